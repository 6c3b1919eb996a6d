"""The rows of the storage panel: a bar to scale, and figures for this scan and for a year."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.ui import formats
from isthmus.ui.storage.sums import (
    WORKING_DAYS,
    Habit,
    Kind,
    Row,
    duration_text,
    gigabytes_text,
    rate_text,
    seconds_text,
)
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_THINNEST = 1.0
_GAP = 9.0
# Below this width the time of a year moves to the tooltip.
_NARROW = 364


@dataclass(frozen=True)
class _Column:
    title: str
    right: float
    wide: float


class Bars(QWidget):
    """Draws the rows. Its description says them in words, for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._habit = Habit()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")
        self.setAccessibleName(tr("Storage and transfer"))
        self.setMinimumSize(200, scaled(66))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[Row, ...], habit: Habit) -> None:
        """Show these rows, the first one as the whole of all bars."""
        if (rows, habit) != (self._rows, self._habit):
            self._rows, self._habit = rows, habit
            self.setAccessibleDescription(" ".join(spoken(row, habit) for row in rows))
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size in a large deck."""
        return QSize(364, 172)

    def row_rect(self, kind: Kind) -> QRect:
        """Return where a row is."""
        return self._place([row.kind for row in self._rows].index(kind)).toRect()

    def bar_rect(self, kind: Kind) -> QRectF:
        """Return where a row's bar is drawn; empty where its size is not known."""
        index = [row.kind for row in self._rows].index(kind)
        return self._bar(index, self._place(index))

    def event(self, event: QEvent) -> bool:
        """Say about the row under the pointer what its figures are."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _show_tip(self, at: QPoint, where: QPoint) -> None:
        for index, row in enumerate(self._rows):
            place = self._place(index).toRect()
            if place.contains(at):
                QToolTip.showText(where, about(row, self._habit), self, place)
                return
        QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heads of the columns, then row by row words, figures and bar."""
        if not self._rows:
            return
        painter = QPainter(self)
        columns = self._columns()
        head = QRectF(0, 0, self.width(), self._head)
        painter.setFont(font(11))
        painter.setPen(colour(TOKENS.text3))
        for column in columns:
            place = QRectF(column.right - column.wide, head.top(), column.wide, head.height())
            painter.drawText(place, _RIGHT, column.title)
        for index, row in enumerate(self._rows):
            self._paint_row(painter, index, row, columns)

    @property
    def _head(self) -> float:
        return float(scaled(14))

    def _place(self, index: int) -> QRectF:
        pitch = (self.height() - self._head) / max(1, len(self._rows))
        return QRectF(0, self._head + index * pitch, self.width(), pitch)

    def _columns(self) -> list[_Column]:
        """Give each column what its widest figure needs, from the right."""
        titles = [tr("scan"), tr("time"), tr("year"), tr("time")]
        written = [figures(row, self._habit) for row in self._rows if row.size is not None]
        metrics = QFontMetricsF(font(self._pixels, 600))
        wide = [
            max(metrics.horizontalAdvance(text) for text in (title, *column)) + _GAP
            for title, column in zip(titles, zip(*written, strict=True), strict=True)
        ]
        if self.width() < scaled(_NARROW):
            del wide[-1], titles[-1]
        found, right = [], float(self.width())
        for title, each in zip(reversed(titles), reversed(wide), strict=True):
            found.append(_Column(title, right, each))
            right -= each
        return found[::-1]

    @property
    def _pixels(self) -> int:
        """Size of the type: smaller where rows are low."""
        return 12 if self._place(0).height() >= scaled(22) else 11

    def _paint_row(self, painter: QPainter, index: int, row: Row, columns: list[_Column]) -> None:
        place = self._place(index)
        thick = 4.0 if place.height() >= scaled(22) else 3.0
        text = QRectF(place.left(), place.top(), place.width(), place.height() - thick - 3)
        line = QRectF(text)
        line.setHeight(min(text.height(), scaled(18)))
        line.moveBottom(text.bottom())
        ours = row.kind is Kind.BOTTLENECK
        token = {Kind.STORED: TOKENS.original_text, Kind.BOTTLENECK: TOKENS.reconstruction_text}
        painter.setFont(font(self._pixels, 600 if ours else 400))
        painter.setPen(colour(token.get(row.kind, TOKENS.text2)))
        first = columns[0].right - columns[0].wide
        name_wide = line.width() if row.size is None else first - 6
        name = row.name if row.size is not None else f"{row.name}: {row.state or formats.UNKNOWN}"
        metrics = QFontMetricsF(painter.font())
        fitting = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_wide)
        painter.drawText(line, _LEFT, fitting)
        if row.size is not None:
            painter.setPen(colour(TOKENS.text if ours else TOKENS.text2))
            for column, figure in zip(columns, figures(row, self._habit), strict=False):
                cell = QRectF(column.right - column.wide, line.top(), column.wide, line.height())
                painter.drawText(cell, _RIGHT, figure)
        self._paint_bar(painter, index, row, place, thick)

    def _paint_bar(
        self, painter: QPainter, index: int, row: Row, place: QRectF, thick: float
    ) -> None:
        track = QRectF(place.left(), place.bottom() - thick - 1, place.width(), thick)
        painter.fillRect(
            QRectF(track.left(), track.bottom() - 1, track.width(), 1), colour(TOKENS.line)
        )
        bar = self._bar(index, place)
        if bar.isEmpty():
            return
        fill = {Kind.STORED: TOKENS.original, Kind.BOTTLENECK: TOKENS.reconstruction}
        token = fill.get(row.kind, TOKENS.edge)
        if row.estimated:
            pen = QPen(colour(token), 1)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(bar, colour(token))

    def _bar(self, index: int, place: QRectF) -> QRectF:
        whole, size = self._rows[0].size, self._rows[index].size
        if not whole or size is None:
            return QRectF()
        thick = 4.0 if place.height() >= scaled(22) else 3.0
        wide = max(_THINNEST, place.width() * min(1.0, size / whole))
        return QRectF(place.left(), place.bottom() - thick - 1, wide, thick)


def figures(row: Row, habit: Habit) -> tuple[str, str, str, str]:
    """Return size and seconds of this scan, then gigabytes and seconds of a year of such scans."""
    size, about = row.size, row.estimated
    year = None if size is None else size * habit.per_year
    return (
        formats.size(size, estimated=about),
        seconds_text(None if size is None else habit.seconds(size), estimated=about),
        gigabytes_text(year, estimated=about),
        seconds_text(None if year is None else habit.seconds(year), estimated=about),
    )


def spoken(row: Row, habit: Habit) -> str:
    """Return a row in a sentence."""
    if row.size is None:
        return f"{row.name}: {row.state or tr('not known yet')}."
    size, seconds, year, year_seconds = figures(row, habit)
    return tr("{name}: {size}, {seconds}; a year {year}, {year_seconds}.").format(
        name=row.name, size=size, seconds=seconds, year=year, year_seconds=year_seconds
    )


def about(row: Row, habit: Habit) -> str:
    """Return the tooltip of a row, as rich text."""
    lines = [f"<b>{row.name}</b>", row.about]
    if row.size is None:
        lines.append(row.state or tr("Not known yet."))
        return "<br>".join(filter(None, lines))
    lines.append(tr("Expected from training scans.") if row.estimated else tr("Measured here."))
    size, seconds, year, year_seconds = figures(row, habit)
    long = duration_text(habit.seconds(row.size * habit.per_year))
    lines.append(
        tr("This scan: {size}, {seconds} at {rate}.").format(
            size=size, seconds=seconds, rate=rate_text(habit.megabits)
        )
    )
    lines.append(
        tr("A year, {count} scans a day on {days} days: {size}, {seconds}{words}.").format(
            count=habit.per_day,
            days=WORKING_DAYS,
            size=year,
            seconds=year_seconds,
            words=f" ({long})" if long else "",
        )
    )
    lines.append(tr("Seconds are bytes · 8 / rate, without any overhead of the line."))
    return "<br>".join(filter(None, lines))
