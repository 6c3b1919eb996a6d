"""The scale of the difference map: what its colours mean, and where it is changed."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats, keys
from isthmus.ui.panes.overlay import limit_decimals
from isthmus.ui.panes.raster import DIFFERENCE_TABLE
from isthmus.ui.panes.writing import HALO, write
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.wheel import Wheel

_WIDTH = 72
_BAR = 9
_RIGHT = 11
_WORD = 18
_LEAST = 40
_MOST = 180
# Pixels of dragging that double the limit.
_DOUBLES = 60
_PER_NOTCH = 1.1
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home)


class ColourBar(QWidget):
    """Lies on the difference, right and below the middle. Drag or wheel: up is a wider scale."""

    def __init__(self, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._wheel = Wheel()
        self._words = False
        self._dragged: tuple[QPoint, float] | None = None
        ramp = np.ascontiguousarray(DIFFERENCE_TABLE[::-1, None])
        self._ramp = QImage(ramp.data, 1, len(ramp), 4, QImage.Format.Format_RGB32).copy()
        self.setProperty("focusRing", "own")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setAccessibleName("Scale of the difference")
        store.changed.connect(self._refresh)
        store.volume_changed.connect(self._refresh)
        self._refresh()

    def place(self, area: QRect) -> bool:
        """Find room below the middle of a pane, where the letter at its right edge stands.

        Returns:
            Whether there is enough.
        """
        middle = area.height() / 2
        self._words = area.height() >= 520
        word = _WORD if self._words else 0
        top = middle + (46 if area.height() >= 440 else 18)
        # The scale bar and its words have the bottom.
        room = area.height() - 48 - top - 2 * word - 8
        bar = min(0.26 * area.height(), _MOST, room)
        if bar < _LEAST:
            return False
        height = math.ceil(bar + 2 * word + 16)
        self.setGeometry(area.width() - _WIDTH, round(top), _WIDTH, height)
        return True

    @property
    def bar(self) -> QRectF:
        """Where the colours are."""
        edge = 8 + (_WORD if self._words else 0)
        return QRectF(self.width() - _RIGHT - _BAR, edge, _BAR, self.height() - 2 * edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, its ends and its zero, and what they mean."""
        painter = QPainter(self)
        bar = self.bar
        painter.fillRect(bar.adjusted(-1, -1, 1, 1), HALO)
        painter.drawImage(bar, self._ramp)
        painter.setPen(QPen(colour(DARK.edge), 1))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        limit = self._store.state.difference_limit
        decimals = limit_decimals(limit)
        left = bar.left() - 6
        for share, value in ((0.0, limit), (0.5, 0.0), (1.0, -limit)):
            at = QPointF(left, bar.top() + share * bar.height())
            text = formats.number(value, decimals if value else 0, signed=True)
            write(painter, at, text, align=Qt.AlignmentFlag.AlignRight, pixels=11)
        if self._words:
            for text, y, token in (
                ("added", bar.top() - 17, DARK.reconstruction),
                ("removed", bar.bottom() + 17, DARK.original),
            ):
                at = QPointF(self.width() - _RIGHT, y)
                right = Qt.AlignmentFlag.AlignRight
                write(painter, at, text, align=right, pixels=11, token=token)
        if self.hasFocus():
            painter.setPen(QPen(colour(DARK.focus), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the scale."""
        if event.button() == Qt.MouseButton.LeftButton:
            at = event.globalPosition().toPoint()
            self._dragged = at, self._store.state.difference_limit

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the scale upwards, narrow it downwards."""
        if self._dragged is not None:
            start, limit = self._dragged
            travelled = start.y() - event.globalPosition().toPoint().y()
            if travelled:
                self._store.set_difference_limit(limit * 2 ** (travelled / _DOUBLES))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Return to the computed scale."""
        self._dragged = None
        self._store.reset_difference_limit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Widen or narrow the scale by a tenth for each notch."""
        self._step(self._wheel.notches(event))

    def event(self, event: QEvent) -> bool:
        """Keep the slider's keys, which scroll elsewhere."""
        return keys.keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down change the scale, Home returns to the computed one."""
        if event.key() not in _KEYS or not keys.is_bare(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Home:
            self._store.reset_difference_limit()
        else:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)

    def _step(self, notches: int) -> None:
        if notches:
            limit = self._store.state.difference_limit
            self._store.set_difference_limit(limit * _PER_NOTCH**notches)

    def _refresh(self) -> None:
        limit = self._store.state.difference_limit
        volume = self._store.volume
        unit = f" {volume.unit}" if volume is not None and volume.unit else ""
        value = f"±{formats.number(limit, limit_decimals(limit))}{unit}"
        self.setAccessibleDescription(value)
        self.setToolTip(
            f"Scale of the difference: {value}. Drag or turn the wheel to change it,"
            " double-click for the computed one."
        )
        self.update()
