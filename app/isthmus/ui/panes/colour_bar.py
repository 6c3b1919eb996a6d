"""The scale of the difference map: what its colours mean, and where it is changed."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats, keys
from isthmus.ui.numbers import two_figures
from isthmus.ui.panes.colour_maps import GREY
from isthmus.ui.panes.colour_maps import table as colour_table
from isthmus.ui.panes.differences import (
    SSIM_MAP,
    Scale,
    limit_decimals,
    scale_ends,
    scale_words,
)
from isthmus.ui.panes.raster import DIFFERENCE_TABLE
from isthmus.ui.panes.writing import HALO, write
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import Difference, ViewState
from isthmus.ui.wheel import Wheel
from isthmus.ui.words import tr

_WIDTH = 72
_BAR = 9
_RIGHT = 11
_WORD = 18
_LEAST = 40
_MOST = 180
# Pixels of dragging that double the limit.
_DOUBLES = 60
_PER_NOTCH = 1.1
# How few and how many times the noise the scale of its map can end at.
_LEAST_NOISE, _MOST_NOISE = 1.0, 1000.0
_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home)


class ColourBar(QWidget):
    """Lies on the difference, right and below the middle. Drag or wheel: up is a wider scale."""

    def __init__(self, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._wheel = Wheel()
        self._words = False
        self._dragged: tuple[QPoint, float] | None = None
        self._scale = Scale(Difference.SIGNED, store.state.difference_limit)
        self._ramp = _ramp(self._scale.style)
        self.setProperty("focusRing", "own")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setAccessibleName(tr("Scale of the difference"))
        self._said: tuple[object, ...] = ()
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

    def set_scale(self, scale: Scale) -> None:
        """Say what the colours mean. Hand and keys change it only where the state has its limit."""
        if scale.style is not self._scale.style:
            self._ramp = _ramp(scale.style)
        self._scale = scale
        self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, its ends and its zero, and what they mean."""
        painter = QPainter(self)
        bar = self.bar
        painter.fillRect(bar.adjusted(-1, -1, 1, 1), HALO)
        painter.drawImage(bar, self._ramp)
        painter.setPen(QPen(colour(DARK.edge), 1))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        low, high = scale_ends(self._scale)
        decimals = limit_decimals(two_figures(self._scale.limit))
        signed = self._scale.style is not None
        left = bar.left() - 6
        for share in (0.0, 0.5, 1.0):
            value = high + share * (low - high)
            at = QPointF(left, bar.top() + share * bar.height())
            places = decimals + (share == 0.5) if value else 0
            text = formats.number(value, places, signed=signed)
            write(painter, at, text, align=Qt.AlignmentFlag.AlignRight, pixels=11)
        if self._words:
            above, below = _words_of(self._scale.style)
            for text, y, token in (
                (above, bar.top() - 17, DARK.reconstruction),
                (below, bar.bottom() + 17, DARK.original),
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
            self._dragged = at, self._limit

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the scale upwards, narrow it downwards."""
        if self._dragged is not None:
            start, limit = self._dragged
            travelled = start.y() - event.globalPosition().toPoint().y()
            if travelled:
                self._set(limit * 2 ** (travelled / _DOUBLES))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Return to the computed scale."""
        self._dragged = None
        self._reset()

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
            self._reset()
        else:
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)

    @property
    def _limit(self) -> float:
        """The limit that hand and keys change."""
        state = self._store.state
        by_noise = self._scale.style is Difference.NOISE
        return state.noise_limit if by_noise else state.difference_limit

    @property
    def _is_changed_here(self) -> bool:
        return self._scale.style is not None and not self._store.state.scale_by_slice

    def _set(self, limit: float) -> None:
        if not self._is_changed_here:
            return
        if self._scale.style is Difference.NOISE:
            self._store.show(noise_limit=min(max(two_figures(limit), _LEAST_NOISE), _MOST_NOISE))
        else:
            self._store.set_difference_limit(limit)

    def _reset(self) -> None:
        if self._scale.style is Difference.NOISE:
            self._store.show(noise_limit=ViewState().noise_limit)
        else:
            self._store.reset_difference_limit()

    def _step(self, notches: int) -> None:
        if notches:
            self._set(self._limit * _PER_NOTCH**notches)

    def _refresh(self) -> None:
        volume, state = self._store.volume, self._store.state
        unit = volume.unit if volume is not None else ""
        said = (self._scale, unit, state.amplification, state.scale_by_slice)
        if said == self._said:
            return
        self._said = said
        value = scale_words(self._scale, unit, state.amplification)
        self.setAccessibleDescription(value)
        tip = tr("{scale}. Reconstruction against original.")
        if self._is_changed_here:
            tip = tr(
                "{scale}. Drag or turn the wheel to change it, double-click for the computed one."
            )
        self.setToolTip(tip.format(scale=value))
        self.update()


def _ramp(style: Difference | None) -> QImage:
    """Return the colours of a map as a picture of one column, the highest value on top."""
    table = DIFFERENCE_TABLE
    middle = len(table) // 2
    if style is None:
        table = colour_table(SSIM_MAP)
    elif style is Difference.ABSOLUTE:
        table = colour_table(GREY)
    elif style is Difference.REMOVED:
        table = table[: middle + 1]
    elif style is Difference.ADDED:
        table = table[middle:]
    ramp = np.ascontiguousarray(table[::-1, None])
    return QImage(ramp.data, 1, len(ramp), 4, QImage.Format.Format_RGB32).copy()


def _words_of(style: Difference | None) -> tuple[str, str]:
    """Return what the upper and the lower end of a map mean; empty where it is said elsewhere."""
    if style is None:
        return tr("lost"), ""
    if style is Difference.ABSOLUTE:
        return tr("changed"), ""
    added, removed = tr("added"), tr("removed")
    return (
        "" if style is Difference.REMOVED else added,
        "" if style is Difference.ADDED else removed,
    )
