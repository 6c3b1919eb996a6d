"""The plot of a profile: both pictures along one line, over millimetres."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats
from isthmus.ui.measure.figures import Profile
from isthmus.ui.measure.geometry import Points
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_STRIP_SHARE = 0.3  # of the height, for the difference below


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values within a range: steps of 1, 2 or 5, no more of them than `most`."""
    width = high - low
    if not (math.isfinite(width) and width > 0 and most > 0):
        return []
    rough = width / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(s * power for s in (1, 2, 5, 10, 20) if s * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


class ProfilePlot(QWidget):
    """Original as a blue line, reconstruction as an orange dashed one; a place can be read off.

    Attributes:
        pointed: Share of the line's length under the pointer or chosen by keys; None for none.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: Profile | None = None
        self._stale = False
        self._unit = ""
        self._decimals = 0
        self._difference = False
        self._share: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")
        self.setAccessibleName(tr("Profile of both pictures along the line"))
        self.setToolTip(
            tr("Linear between the centres of voxels. Point, or use the arrow keys, to read off.")
        )

    def show_profile(
        self, profile: Profile | None, unit: str, decimals: int, *, stale: bool = False
    ) -> None:
        """Show a profile, or none.

        Args:
            profile: What to draw.
            unit: Of its values; empty if they have none.
            decimals: How many a value is worth.
            stale: Whether the line has moved since.
        """
        self._profile, self._unit, self._decimals = profile, unit, decimals
        self._stale = stale
        self._describe()
        self.update()

    def set_difference(self, shown: bool) -> None:
        """Draw reconstruction − original below, or not."""
        self._difference = shown
        self.update()

    def reading(self) -> str:
        """Return the values at the place that is pointed at, in words; empty for none."""
        profile = self._profile
        if profile is None or self._share is None:
            return ""
        at = round(self._share * (len(profile.distances) - 1))
        values = [f"{formats.number(float(profile.distances[at]), 1)} mm"]
        values.append(formats.number(float(profile.original[at]), self._decimals))
        if profile.reconstruction is not None:
            values.append(formats.number(float(profile.reconstruction[at]), self._decimals))
        return " · ".join(values)

    # Events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read off what lies under the pointer."""
        box = self._box()
        if self._profile is not None and box.width() > 0:
            self._point((event.position().x() - box.left()) / box.width())

    def leaveEvent(self, event: QEvent) -> None:
        """Read off nothing."""
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the line."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._profile is None:
            super().keyPressEvent(event)
            return
        share = 0.5 if self._share is None else self._share
        self._point(share + step / (len(self._profile.distances) - 1))

    def event(self, event: QEvent) -> bool:
        """Take the arrow keys, which the window has another use for."""
        keys = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        asked = isinstance(event, QKeyEvent) and event.key() in keys
        if asked and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes and lines."""
        profile = self._profile
        if profile is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(11))
        box = self._box()
        strip = QRectF()
        if self._difference and profile.reconstruction is not None:
            tall = box.height() * _STRIP_SHARE
            strip = QRectF(box.left(), box.bottom() - tall, box.width(), tall)
            box = box.adjusted(0, 0, 0, -tall - scaled(8))
        length = float(profile.distances[-1])
        both = [profile.original]
        if profile.reconstruction is not None:
            both.append(profile.reconstruction)
        low, high = _range(both)
        self._paint_axes(painter, box, strip, length, low, high)
        faint = 0.45 if self._stale else 1.0
        solid = QPen(colour(TOKENS.original, faint), 1.75)
        painter.setPen(solid)
        painter.drawPath(_line(profile.distances, profile.original, box, length, low, high))
        if profile.reconstruction is not None:
            painter.setPen(_dashed(TOKENS.reconstruction, [4.0, 2.5], faint))
            made = _line(profile.distances, profile.reconstruction, box, length, low, high)
            painter.drawPath(made)
        if not strip.isEmpty() and profile.reconstruction is not None:
            error = profile.reconstruction - profile.original
            most = max(abs(value) for value in _range([error])) or 1.0
            painter.setPen(QPen(colour(TOKENS.line), 1))
            middle = strip.center().y()
            painter.drawLine(QPointF(strip.left(), middle), QPointF(strip.right(), middle))
            painter.setPen(_dashed(TOKENS.difference, [6.0, 2.0, 1.0, 2.0], faint))
            painter.drawPath(_line(profile.distances, error, strip, length, -most, most))
            painter.setPen(colour(TOKENS.text3))
            self._write_strip(painter, strip, most)
        self._paint_reading(painter, box.united(strip) if not strip.isEmpty() else box)

    # Parts

    def _box(self) -> QRectF:
        metrics = QFontMetricsF(font(11))
        low, high = _range(
            [self._profile.original]
            + ([] if self._profile.reconstruction is None else [self._profile.reconstruction])
        ) if self._profile is not None else (0.0, 1.0)  # fmt: skip
        wide = max(metrics.horizontalAdvance(self._value(v)) for v in (low, high, -high))
        line = metrics.height()
        return QRectF(self.rect()).adjusted(wide + 10, line + 4, -10, -(line + 4))

    def _value(self, value: float) -> str:
        return formats.number(value, self._decimals)

    def _paint_axes(
        self,
        painter: QPainter,
        box: QRectF,
        strip: QRectF,
        length: float,
        low: float,
        high: float,
    ) -> None:
        line = painter.fontMetrics().height()
        floor = box.bottom() if strip.isEmpty() else strip.bottom()
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawLine(QPointF(box.left(), floor), QPointF(box.right(), floor))
        for value in ticks(low, high, max(int(box.height() / (2.2 * line)), 1)):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            painter.setPen(QPen(colour(TOKENS.line), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(colour(TOKENS.text3))
            room = QRectF(0, y - line / 2, box.left() - 5, line)
            painter.drawText(room, _RIGHT, self._value(value))
        unit = self._unit or tr("value")
        painter.drawText(QPointF(2, line - 3), unit)
        name = f"{tr('distance')} mm"
        wide = painter.fontMetrics().horizontalAdvance(name)
        end = QRectF(self.width() - 10 - wide, floor + 3, wide + 8, line)
        painter.drawText(end, _CENTRE, name)
        places = ticks(0, length, max(int(box.width() / 60), 1))
        decimals = 0 if len(places) < 2 or places[1] - places[0] >= 1 else 1
        for value in places:
            x = box.left() + value / length * box.width()
            room = QRectF(x - 30, floor + 3, 60, line)
            if x + 16 < end.left():
                painter.drawText(room, _CENTRE, formats.number(value, decimals))

    def _write_strip(self, painter: QPainter, strip: QRectF, most: float) -> None:
        line = painter.fontMetrics().height()
        if strip.height() < 2.2 * line:
            text = f"±{self._value(most)}"
            painter.drawText(QRectF(0, strip.top(), strip.left() - 5, strip.height()), _RIGHT, text)
            return
        for y, value in ((strip.top(), most), (strip.bottom(), -most)):
            up = min(max(y - line / 2, strip.top() - 2), strip.bottom() - line + 2)
            room = QRectF(0, up, strip.left() - 5, line)
            text = formats.number(value, self._decimals, signed=True)
            painter.drawText(room, _RIGHT, text)

    def _paint_reading(self, painter: QPainter, box: QRectF) -> None:
        if self._share is None:
            return
        x = box.left() + self._share * box.width()
        painter.setPen(QPen(colour(TOKENS.text2), 1))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(colour(TOKENS.text))
        text = self.reading()
        wide = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(x - wide / 2, box.left()), box.right() - wide)
        painter.drawText(QPointF(left, box.top() - 5), text)

    def _point(self, share: float | None) -> None:
        share = None if share is None else min(max(share, 0.0), 1.0)
        if share != self._share:
            self._share = share
            self._describe()
            self.pointed.emit(share)
            self.update()

    def _describe(self) -> None:
        profile = self._profile
        words = tr("No profile") if profile is None else self.reading()
        self.setAccessibleDescription(words)


def _range(lines: list[Points]) -> tuple[float, float]:
    """Return the least and the greatest value, a little apart if there is only one."""
    known = [line[np.isfinite(line)] for line in lines]
    known = [line for line in known if line.size]
    if not known:
        return 0.0, 1.0
    low, high = min(float(line.min()) for line in known), max(float(line.max()) for line in known)
    if low == high:
        return low - 1.0, high + 1.0
    return low, high


def _line(
    distances: Points, values: Points, box: QRectF, length: float, low: float, high: float
) -> QPainterPath:
    """Return a line through values, broken where there is none."""
    path = QPainterPath()
    known = np.isfinite(values)
    x = box.left() + distances / (length or 1.0) * box.width()
    y = box.bottom() - (np.where(known, values, 0) - low) / (high - low) * box.height()
    down = False
    for at in range(len(values)):
        if not known[at]:
            down = False
        elif down:
            path.lineTo(float(x[at]), float(y[at]))
        else:
            path.moveTo(float(x[at]), float(y[at]))
            down = True
    return path


def _dashed(token: str, dashes: list[float], alpha: float) -> QPen:
    pen = QPen(colour(token, alpha), 1.75)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(dashes)
    return pen
