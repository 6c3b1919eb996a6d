"""The plot of the histogram, with the window's ends and its centre to be dragged."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats, keys
from isthmus.ui.panes.colour_maps import GREY, table
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.windowing.histogram import Histogram
from isthmus.ui.words import tr

_BINS = 256
_RAMP, _GRIP, _SIDE = 10, 6, 10
_NEAR = 7
# What the plot spans: between these percentiles, and a little more at either end.
_ENDS, _MARGIN = (0.05, 99.95), 0.06
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_STEP = 0.02


@dataclass(frozen=True)
class Shown:
    """What the plot shows.

    Attributes:
        low: Lower end of the window, in real units.
        high: Upper end.
        inverted: Whether low values are bright.
        colour_map: Name of the colour map.
        decimals: Of values.
    """

    low: float = 0.0
    high: float = 1.0
    inverted: bool = False
    colour_map: str = GREY
    decimals: int = 0


class HistogramPlot(QWidget):
    """Counts on a logarithmic scale: the original as an outline, the reconstruction as an area.

    Attributes:
        moved: Lower and upper end of the window, in real units, as they are dragged.
    """

    moved = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._original: Histogram | None = None
        self._made: Histogram | None = None
        self._span = (0.0, 1.0)
        self._bars: dict[str, npt.NDArray[np.float64]] = {}
        self._dragged = ""
        self._grabbed = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Histogram"))
        self.setToolTip(
            tr(
                "Voxels of the whole volume by value, logarithmic. Drag an end of the window, or"
                " between the ends to move it. Arrow keys: left and right move it, up and down"
                " widen and narrow it."
            )
        )

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(scaled(440), scaled(190))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which it can be read."""
        return QSize(scaled(260), scaled(120))

    @property
    def area(self) -> QRectF:
        """Where the counts are."""
        below = _RAMP + 4 + scaled(16)
        return QRectF(_SIDE, _GRIP, self.width() - 2 * _SIDE, self.height() - _GRIP - below)

    def x_of(self, value: float) -> float:
        """Return where a value lies, in pixels from the left."""
        low, high = self._span
        area = self.area
        return area.left() + (value - low) / (high - low) * area.width()

    def value_at(self, x: float) -> float:
        """Return the value, in real units, that lies at a place."""
        low, high = self._span
        area = self.area
        return low + (x - area.left()) / area.width() * (high - low)

    def set_counts(self, original: Histogram | None, made: Histogram | None) -> None:
        """Take the histograms that there are."""
        if original is not self._original or made is not self._made:
            self._original, self._made = original, made
            self.span()

    def set_shown(self, shown: Shown) -> None:
        """Take the window as it is. What the plot spans stays, while it is dragged at least."""
        self._shown = shown
        words = tr("Window from {low} to {high}").format(
            low=formats.number(shown.low, shown.decimals),
            high=formats.number(shown.high, shown.decimals),
        )
        self.setAccessibleDescription(words)
        inside = self._span[0] <= shown.low and shown.high <= self._span[1]
        if not self._dragged and not inside:
            self.span()
        self.update()

    def span(self) -> None:
        """Let the plot span the values and the window anew."""
        lows, highs = [self._shown.low], [self._shown.high]
        if self._original is not None:
            low, high = (self._original.percentile(each) for each in _ENDS)
            more = _MARGIN * (high - low)
            lows.append(low - more)
            highs.append(high + more)
        low, high = min(lows), max(highs)
        self._span = (low, high) if high > low else (low, low + 1)
        self._bars = {
            name: np.log1p(counted.over(*self._span, _BINS).astype(np.float64))
            for name, counted in (("original", self._original), ("made", self._made))
            if counted is not None
        }
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw counts, foreground, window and what it makes of the values."""
        painter = QPainter(self)
        area = self.area
        painter.fillRect(area, colour(TOKENS.window))
        self._paint_counts(painter, area)
        self._paint_foreground(painter, area)
        self._paint_ramp(painter, area)
        self._paint_window(painter, area)
        if self._original is None:
            painter.setPen(colour(TOKENS.text2))
            painter.setFont(font(12))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("Counting…"))

    def _paint_counts(self, painter: QPainter, area: QRectF) -> None:
        highest = max((bars.max() for bars in self._bars.values()), default=0)
        if highest <= 0:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if "made" in self._bars:
            path = _steps(self._bars["made"] / highest, area, closed=True)
            painter.fillPath(path, colour(TOKENS.reconstruction, 0.4))
        if "original" in self._bars:
            path = _steps(self._bars["original"] / highest, area)
            painter.strokePath(path, QPen(colour(TOKENS.original), 1.3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_foreground(self, painter: QPainter, area: QRectF) -> None:
        """Mark where the foreground begins, by Otsu's threshold."""
        if self._original is None:
            return
        x = self.x_of(self._original.threshold)
        if not area.left() < x < area.right() - 20:
            return
        painter.setPen(QPen(colour(TOKENS.text3), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setFont(font(11))
        place = QRectF(x + 5, area.top() + 3, area.right() - x - 8, scaled(16))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, tr("foreground ▸"))

    def _paint_ramp(self, painter: QPainter, area: QRectF) -> None:
        """Draw what each value is drawn as."""
        left, right = (self.x_of(value) for value in (self._shown.low, self._shown.high))
        colours = table(self._shown.colour_map)
        colours = colours[::-1] if self._shown.inverted else colours
        ramp = np.ascontiguousarray(colours[None])
        image = QImage(ramp.data, ramp.shape[1], 1, ramp.nbytes, QImage.Format.Format_RGB32)
        place = QRectF(area.left(), area.bottom() + 3, area.width(), _RAMP)
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, QColor(int(colours[0])))
        after = QRectF(right, place.top(), max(place.right() - right, 0), _RAMP)
        painter.fillRect(after, QColor(int(colours[-1])))
        painter.drawImage(QRectF(left, place.top(), max(right - left, 1), _RAMP), image)
        painter.restore()
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.setPen(colour(TOKENS.text2))
        painter.setFont(font(11))
        words = QRectF(area.left(), place.bottom() + 1, area.width(), scaled(16))
        for align, value in zip(
            (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), self._span, strict=True
        ):
            painter.drawText(words, align, formats.number(value, self._shown.decimals))

    def _paint_window(self, painter: QPainter, area: QRectF) -> None:
        left, right = (self.x_of(value) for value in (self._shown.low, self._shown.high))
        middle = (left + right) / 2
        painter.save()
        painter.setClipRect(QRectF(area.left() - _GRIP, 0, area.width() + 2 * _GRIP, self.height()))
        for start, end in ((area.left(), left), (right, area.right())):
            if end > start:
                outside = QRectF(start, area.top(), end - start, area.height())
                painter.fillRect(outside, colour(TOKENS.panel, 0.55))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = area.bottom() + 3 + _RAMP
        for x in (left, right):
            painter.setPen(QPen(colour(TOKENS.text), 1.5))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, bottom))
            _grip(painter, x, area.top())
        painter.setPen(QPen(colour(TOKENS.text2), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle, area.top()), QPointF(middle, bottom))
        painter.restore()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an end, or of the window between them; else bring the nearer end here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        self._dragged = self._part_at(x)
        self._grabbed = self.value_at(x) - self._shown.low
        if self._dragged != "window":
            self._drag(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what can be."""
        x = event.position().x()
        if self._dragged:
            self._drag(x)
            return
        moves = self._part_at(x) == "window"
        shape = Qt.CursorShape.SizeAllCursor if moves else Qt.CursorShape.SizeHorCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; what the plot spans may follow now."""
        self._dragged = ""
        self.set_shown(self._shown)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, which mean slices and bottlenecks elsewhere."""
        return keys.keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the window, or make it wider or narrower."""
        low, high = self._shown.low, self._shown.high
        step = _STEP * (high - low)
        change = {
            Qt.Key.Key_Left: (-step, -step),
            Qt.Key.Key_Right: (step, step),
            Qt.Key.Key_Up: (-step, step),
            Qt.Key.Key_Down: (step, -step),
        }.get(Qt.Key(event.key()))
        if change is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(low + change[0], high + change[1])

    def _part_at(self, x: float) -> str:
        """Return what a press takes hold of: an end of the window, or the window."""
        left, right = self.x_of(self._shown.low), self.x_of(self._shown.high)
        nearer = "low" if abs(x - left) < abs(x - right) else "high"
        if min(abs(x - left), abs(x - right)) <= _NEAR or not left < x < right:
            return nearer
        return "window"

    def _drag(self, x: float) -> None:
        low, high = self._shown.low, self._shown.high
        width, least = high - low, (self._span[1] - self._span[0]) / 1000
        area = self.area
        value = self.value_at(min(max(x, area.left()), area.right()))
        if self._dragged == "low":
            low = min(value, high - least)
        elif self._dragged == "high":
            high = max(value, low + least)
        else:
            low = self.value_at(x) - self._grabbed
            high = low + width
        if (low, high) != (self._shown.low, self._shown.high):
            self.moved.emit(low, high)


def _steps(heights: npt.NDArray[np.float64], area: QRectF, *, closed: bool = False) -> QPainterPath:
    """Return an outline of steps, from the left, heights from 0 to 1 of the area's."""
    edges = area.left() + area.width() * np.arange(len(heights) + 1) / len(heights)
    tops = area.bottom() - 0.94 * area.height() * heights
    across = np.repeat(edges, 2)[1:-1]
    points = [QPointF(x, y) for x, y in zip(across, np.repeat(tops, 2), strict=True)]
    if closed:
        points = [area.bottomLeft(), *points, area.bottomRight()]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    return path


def _grip(painter: QPainter, x: float, top: float) -> None:
    """Draw a triangle that points down at an end of the window."""
    side = _GRIP * math.sqrt(0.75)
    triangle = [QPointF(x - side, top - _GRIP), QPointF(x + side, top - _GRIP), QPointF(x, top + 2)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(TOKENS.text))
    painter.drawPolygon(QPolygonF(triangle))
