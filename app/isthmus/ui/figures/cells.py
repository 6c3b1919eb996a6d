"""A grid of figures: a line for each measure, a column for each slice, volume or region."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.ui import formats
from isthmus.ui.figures.rows import ROWS, Row
from isthmus.ui.figures.table import Column, Table
from isthmus.ui.icons import icon
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CLOCK = 12


class Cells(QWidget):
    """Draws a table. Definitions stand in its tooltips.

    Args:
        keys: Which measures, from the top.
        row_height: Of a line.
        heading: What stands left of the columns' heads; empty for nothing.
    """

    def __init__(self, keys: Sequence[str], row_height: int, heading: str = "") -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._table = Table()
        self._heading = heading
        self.set_rows(keys, row_height, heading)

    def set_rows(self, keys: Sequence[str], row_height: int, heading: str = "") -> None:
        """Show other measures; see the class."""
        by_key = {row.key: row for row in ROWS}
        self._rows = tuple(by_key[key] for key in keys)
        self._row_height, self._heading = scaled(row_height), heading
        self._head_height = scaled(26 if heading else 22)
        self.setFixedHeight(self._head_height + self._row_height * len(self._rows))
        self.set_table(self._table)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The measures that are shown, from the top."""
        return self._rows

    def set_table(self, table: Table) -> None:
        """Show figures."""
        self._table = table
        self.update()

    def spoken(self) -> list[str]:
        """Return each figure in words, such as "PSNR, slice 21: 34.4"."""
        return [self._spoken(row, column) for row in self._rows for column in self._table.columns]

    def _spoken(self, row: Row, column: Column) -> str:
        text = self._text(row, column)
        still = column.still_for(row)
        of = column.name[:1].lower() + column.name[1:]
        if text == formats.UNKNOWN:
            return tr("{measure}, {of}: unknown").format(measure=row.name, of=of)
        late = f", {still}" if still else ""
        return tr("{measure}, {of}: {figure}").format(measure=row.name, of=of, figure=text) + late

    def _text(self, row: Row, column: Column) -> str:
        return row.text(column.figures, self._table.data_range)

    def tip_at(self, x: float, y: float) -> str:
        """Return the definition of the measure at a place, and whose a stale figure is."""
        line = int((y - self._head_height) // self._row_height)
        if y < self._head_height or line >= len(self._rows):
            return ""
        row, tip = self._rows[line], self._table.tip(self._rows[line])
        at = self._column_at(x)
        if at is None:
            return tip
        column = self._table.columns[at]
        still = column.still_for(row)
        if still and self._text(row, column) != formats.UNKNOWN:
            tip += "<br>" + tr("Clock: {still}.").format(still=still)
        return tip

    def event(self, event: QEvent) -> bool:
        """Tell the definition under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), tip, self) if tip else QToolTip.hideText()
            return True
        return super().event(event)

    def _width(self) -> int:
        """Return how wide a column of figures is."""
        count = max(len(self._table.columns), 1)
        return min(scaled(96), max(scaled(64), (self.width() - scaled(92)) // count))

    def _column_at(self, x: float) -> int | None:
        count, width = len(self._table.columns), self._width()
        at = int((x - (self.width() - width * count)) // width)
        return at if 0 <= at < count else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write heads, names and figures, with a line above each row."""
        painter = QPainter(self)
        width, right = self._width(), self.width()
        columns = self._table.columns
        left = right - width * len(columns)
        painter.setFont(font(13, 600))
        painter.setPen(colour(TOKENS.text))
        painter.drawText(0, 0, left, self._head_height, _LEFT, self._heading)
        painter.setFont(font(12))
        painter.setPen(colour(TOKENS.text2))
        for at, column in enumerate(columns):
            name = painter.fontMetrics().elidedText(
                column.name, Qt.TextElideMode.ElideRight, width - 8
            )
            painter.drawText(left + at * width, 0, width, self._head_height, _RIGHT, name)
        for line, row in enumerate(self._rows):
            top = self._head_height + line * self._row_height
            painter.fillRect(0, top, right, 1, colour(TOKENS.line))
            painter.setFont(font(13))
            painter.setPen(colour(TOKENS.text))
            painter.drawText(0, top, left, self._row_height, _LEFT, row.name)
            wide = painter.fontMetrics().horizontalAdvance(row.name + " ")
            painter.setFont(font(11))
            painter.setPen(colour(TOKENS.text3))
            painter.drawText(wide, top, left, self._row_height, _LEFT, row.unit)
            for at in range(len(columns)):
                self._paint_figure(painter, row, at, left + at * width, top, width)

    def _paint_figure(
        self, painter: QPainter, row: Row, at: int, left: int, top: int, width: int
    ) -> None:
        """Write a figure, right-aligned, with a clock to its left while it is stale."""
        column = self._table.columns[at]
        text, first = self._text(row, column), at == 0
        unknown = text == formats.UNKNOWN
        stale = bool(column.still_for(row)) and not unknown
        bright = TOKENS.text if first else TOKENS.text2
        painter.setFont(font(14, 600) if first else font(13))
        painter.setPen(colour(TOKENS.text3 if stale or unknown else bright))
        painter.drawText(left, top, width, self._row_height, _RIGHT, text)
        if stale:
            wide = painter.fontMetrics().horizontalAdvance(text)
            middle = top + (self._row_height - _CLOCK) // 2
            clock = icon("clock", "text3")
            clock.paint(painter, left + width - wide - 6 - _CLOCK, middle, _CLOCK, _CLOCK)
