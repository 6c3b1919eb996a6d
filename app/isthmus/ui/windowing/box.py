"""A box dragged with Ctrl: the window then runs over the values in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.writing import HALO
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import PaneKind, Tool

if TYPE_CHECKING:
    from isthmus.ui.panes import PaneRow
    from isthmus.ui.windowing.windowing import Windowing

# A box that is smaller was a click.
_SMALLEST = 4
# So many values tell percentiles that no one could tell from those of all.
_MOST_VALUES = 1 << 16
# The left button's other tools want Ctrl for themselves.
_LOOKING = (Tool.WINDOW, Tool.PAN, Tool.ZOOM, Tool.SCROLL)
_MADE = (PaneKind.RECONSTRUCTION, PaneKind.PINNED)


class Box:
    """Takes the left button where Ctrl was held first, and draws the box on every picture.

    Also notes which picture the pointer is over.

    Args:
        windowing: Is told the window.
        panes: The pictures.
    """

    def __init__(self, windowing: Windowing, panes: PaneRow) -> None:
        self._windowing = windowing
        self._panes = panes
        self._from: Place | None = None
        self._start = self._end = QPointF()

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Begin a box."""
        self._windowing.pointed = place.kind
        wanted = (
            event.button() == Qt.MouseButton.LeftButton
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and self._windowing.store.state.tool in _LOOKING
        )
        if wanted:
            self._from = place
            self._start = self._end = event.position()
        return wanted

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Draw it larger."""
        if self._from is None:
            self._windowing.pointed = place.kind
            return False
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._drop()
            return False
        self._end = event.position()
        _update(self._panes)
        return True

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """Take the values in it for the window; a click goes where clicks go."""
        if self._from is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        self._end = event.position()
        mapping, box = self._from.mapping, self._rect
        kind = self._from.kind
        self._drop()
        if min(box.width(), box.height()) < _SMALLEST:
            self._windowing.store.set_cursor(mapping.to_mm(self._start))
            return True
        made = self._panes.shown if kind in _MADE else None
        values = values_in(mapping, box, made)
        if values.size:
            low, high = np.percentile(values, self._windowing.percentiles)
            self._windowing.set_limits(float(low), float(high))
        return True

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """Leave double clicks to the gestures."""
        return False

    def wants(self, event: QKeyEvent) -> bool:
        """Take Esc while there is a box."""
        return self._from is not None and event.key() == Qt.Key.Key_Escape

    def key(self, event: QKeyEvent) -> bool:
        """Let Esc drop the box."""
        if not self.wants(event):
            return False
        self._drop()
        return True

    def paint(self, painter: QPainter, place: Place) -> None:
        """Draw the box, in each pane of its plane at the same place."""
        if self._from is None or place.mapping.view != self._from.mapping.view:
            return
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rect = self._rect.toRect().adjusted(0, 0, -1, -1)
        painter.setPen(QPen(HALO, 3))
        painter.drawRect(rect)
        painter.setPen(QPen(colour(DARK.overlay_text), 1, Qt.PenStyle.DashLine))
        painter.drawRect(rect)
        painter.restore()

    @property
    def _rect(self) -> QRectF:
        return QRectF(self._start, self._end).normalized()

    def _drop(self) -> None:
        self._from = None
        _update(self._panes)


def values_in(
    mapping: Mapping, box: QRectF, made: Reconstruction | None = None
) -> npt.NDArray[np.float64]:
    """Return the values of the visible slice whose middles lie in a box; a sample of very many.

    Args:
        mapping: Which slice, and where it lies.
        box: In the pane's device-independent pixels.
        made: The reconstruction whose values are wanted; the original's if None.

    Returns:
        Real units, in one row; without padding and NaN.
    """
    volume, view = mapping.volume, mapping.view
    voxels = volume.voxels if made is None else made.voxels
    down, right = mapping.pixels_per_row, mapping.pixels_per_column
    top, bottom = ((edge - mapping.origin.y()) / down for edge in (box.top(), box.bottom()))
    left, end = ((edge - mapping.origin.x()) / right for edge in (box.left(), box.right()))
    rows, columns = _whole(top, bottom), _whole(left, end)
    stored = view.extract(voxels, mapping.index)[rows, columns].reshape(-1)
    stored = stored[:: -(-stored.size // _MOST_VALUES) or 1]
    if volume.padding is not None:
        first, last = volume.padding
        stored = stored[np.less(stored, first) | np.greater(stored, last)]
    values = volume.real(stored)
    return values[np.isfinite(values)]


def _whole(low: float, high: float) -> slice:
    """Return the voxels whose middles lie between two edges, at least that under the first."""
    first, end = max(round(low), 0), max(round(high), 0)
    return slice(first, max(end, first + 1))


def _update(panes: QWidget) -> None:
    panes.update()
    for child in panes.findChildren(QWidget):
        child.update()
