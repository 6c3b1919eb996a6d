"""What all plots of errors share: axes, reading off by pointer and keys, going there."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.ui import formats
from isthmus.ui.keys import is_bare, keeps
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_GO = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ENDS = {Qt.Key.Key_Home, Qt.Key.Key_End}

Span = tuple[float, float]


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values within a range: steps of 1, 2 or 5, no more of them than `most`."""
    width = high - low
    if not (math.isfinite(width) and width > 0 and most > 0):
        return []
    power = 10.0 ** math.floor(math.log10(width / most))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= width / most * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


class Plot(QWidget):
    """A plot of things in a row, one of which may be pointed at.

    Attributes:
        chosen: Number of the thing that is to be gone to.
    """

    chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._at: int | None = None
        self._frame: tuple[Span, Span, QRectF] | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")

    # What a plot says of itself

    @property
    def count(self) -> int:
        """How many things there are; 0 while nothing is known."""
        raise NotImplementedError

    def spans(self) -> tuple[Span, Span]:
        """Return from where to where the axes run, x and y."""
        raise NotImplementedError

    def labels(self) -> tuple[str, str]:
        """Return what the axes are of, x and y."""
        raise NotImplementedError

    def words(self, at: int) -> str:
        """Return what one thing says."""
        raise NotImplementedError

    def summary(self) -> str:
        """Return all in short."""
        raise NotImplementedError

    def explanation(self) -> str:
        """Return what the plot shows and how it is defined."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return what is written while nothing is known."""
        return tr("Measured when the reconstruction is whole.")

    def nearest(self, point: QPointF) -> int | None:
        """Return the thing that is meant by a place in the plot."""
        raise NotImplementedError

    def paint_inside(self, painter: QPainter) -> None:
        """Draw all there is between the axes."""
        raise NotImplementedError

    def tick_text(self, value: float, *, vertical: bool) -> str:
        """Return how a value of an axis is written."""
        low, high = self.spans()[1 if vertical else 0]
        decimals = min(max(math.ceil(-math.log10((high - low) / 5) - 1e-9), 0), 4)
        return formats.number(value, decimals)

    def tick_values(self, *, vertical: bool) -> list[float]:
        """Return where an axis has its lines."""
        low, high = self.spans()[1 if vertical else 0]
        room = self.box.height() / scaled(20) if vertical else self.box.width() / scaled(56)
        return ticks(low, high, max(int(room), 1))

    def can_go(self) -> bool:
        """Whether its things can be gone to."""
        return True

    # Places

    def renew(self) -> None:
        """Draw other things from now on."""
        self._frame = None
        self.describe()
        self.update()

    @property
    def frame(self) -> tuple[Span, Span, QRectF]:
        """From where to where the axes run, x and y, and where they lie."""
        if self._frame is None:
            x_span, y_span = self.spans()
            metrics = QFontMetricsF(font(11))
            line = metrics.height()
            box = QRectF(self.rect()).adjusted(12, line + 4, -12, -(line + 5))
            self._frame = (x_span, y_span, box)  # as much as the lines of the y axis need to know
            texts = (self.tick_text(v, vertical=True) for v in self.tick_values(vertical=True))
            wide = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
            self._frame = (x_span, y_span, box.adjusted(wide, 0, 0, 0))
        return self._frame

    @property
    def box(self) -> QRectF:
        """Where the things are drawn."""
        return self.frame[2]

    def x_at(self, value: float) -> float:
        """Return where a value of the x axis lies."""
        (low, high), _, box = self.frame
        return box.left() + (value - low) / (high - low) * box.width()

    def y_at(self, value: float) -> float:
        """Return where a value of the y axis lies."""
        _, (low, high), box = self.frame
        return box.bottom() - (value - low) / (high - low) * box.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the axes out anew."""
        self._frame = None

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which it can be read."""
        return QSize(240, 76)

    # Reading off

    @property
    def at(self) -> int | None:
        """The thing that is pointed at."""
        return self._at if self._at is not None and self._at < self.count else None

    def point_at(self, at: int | None) -> None:
        """Read off one thing, or none."""
        self._at = at
        self.describe()
        self.update()

    def describe(self) -> None:
        """Tell a screen reader what is pointed at."""
        pointed = self.at is not None
        self.setAccessibleDescription(self.reading() if pointed else self.explanation())

    def reading(self) -> str:
        """Return what the thing that is pointed at says; all in short if none is."""
        return self.summary() if self.at is None else self.words(self.at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read off what lies under the pointer."""
        self.point_at(self.nearest(event.position()) if self.count else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Read off nothing."""
        self.point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what lies under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self.count and self.can_go():
            at = self.nearest(event.position())
            if at is not None:
                self.chosen.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the things; go to the one that is pointed at."""
        key = Qt.Key(event.key())
        if not self.count or not is_bare(event) or key not in self._keys():
            super().keyPressEvent(event)
        elif key in _STEPS:
            start = self.start() if self.at is None else self.at + _STEPS[key]
            self.point_at(min(max(start, 0), self.count - 1))
        elif key in _ENDS:
            self.point_at(0 if key == Qt.Key.Key_Home else self.count - 1)
        elif self.at is not None and self.can_go():
            self.chosen.emit(self.at)

    def start(self) -> int:
        """Return the thing that the first arrow key points at."""
        return self.count // 2

    def _keys(self) -> set[Qt.Key]:
        return {*_STEPS, *_GO, *_ENDS}

    def event(self, event: QEvent) -> bool:
        """Keep its keys, which the window has another use for; tell what it shows."""
        if keeps(event, self._keys()):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.explanation(), self)
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, things, and what is pointed at."""
        painter = QPainter(self)
        painter.setFont(font(11))
        if not self.count:
            painter.setFont(font(12))
            painter.setPen(colour(TOKENS.text3))
            wrapped = int(_MIDDLE) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(12, 0, -12, 0), wrapped, self.nothing())
            return
        self._paint_axes(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self.box.adjusted(-4, -4, 4, 4))
        self.paint_inside(painter)
        painter.restore()

    def _paint_axes(self, painter: QPainter) -> None:
        box, line = self.box, painter.fontMetrics().height()
        x_label, y_label = self.labels()
        for value in self.tick_values(vertical=True):
            y = round(self.y_at(value))
            painter.fillRect(QRectF(box.left(), y, box.width(), 1), colour(TOKENS.line))
            painter.setPen(colour(TOKENS.text3))
            text = self.tick_text(value, vertical=True)
            painter.drawText(QRectF(0, y - line / 2, box.left() - 5, line), _RIGHT, text)
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        painter.setPen(colour(TOKENS.text3))
        below = QRectF(box.left(), box.bottom() + 3, box.width() + 6, line)
        end = below.right() - painter.fontMetrics().horizontalAdvance(x_label) - 10
        for value in self.tick_values(vertical=False):
            x, text = self.x_at(value), self.tick_text(value, vertical=False)
            half = painter.fontMetrics().horizontalAdvance(text) / 2
            if x + half < end:
                painter.drawText(QRectF(x - half, below.top(), 2 * half + 1, line), _MIDDLE, text)
        painter.drawText(below, _RIGHT, x_label)
        above = QRectF(6, 1, self.width() - 18, line)
        painter.drawText(above, _LEFT, y_label)
        painter.setPen(colour(TOKENS.text2 if self.at is None else TOKENS.text))
        taken = painter.fontMetrics().horizontalAdvance(y_label) + 16
        room = above.adjusted(taken, 0, 0, 0)
        elided = painter.fontMetrics().elidedText(
            self.reading(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, _RIGHT, elided)
