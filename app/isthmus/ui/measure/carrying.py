"""Drawings moved and reshaped by keys: taken up with Enter, set down with Enter or Esc."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from isthmus.ui.measure.geometry import Laid, Points
from isthmus.ui.measure.handles import dragged, handles, inside, placed, shifted
from isthmus.ui.measure.shapes import Drawing, Shape, new_key
from isthmus.ui.measure.sheet import Sheet
from isthmus.ui.state import ViewStore

_STEPS = {
    Qt.Key.Key_Up: (-1.0, 0.0),
    Qt.Key.Key_Down: (1.0, 0.0),
    Qt.Key.Key_Left: (0.0, -1.0),
    Qt.Key.Key_Right: (0.0, 1.0),
}
_TURNS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
_FAR = 10


class Carrying:
    """Moves the selected drawing, or one of its handles, voxel by voxel.

    Args:
        store: The view's state.
        sheet: The drawings, laid; it knows what is carried, so that it can be seen.
    """

    def __init__(self, store: ViewStore, sheet: Sheet) -> None:
        self._store = store
        self._sheet = sheet
        self._times = 0
        sheet.drawings.selected_changed.connect(self.end)

    @property
    def on(self) -> bool:
        """Whether arrow keys move a drawing now."""
        return self._sheet.carried

    @property
    def possible(self) -> bool:
        """Whether the selected drawing can be seen."""
        return self._visible() is not None

    def knows(self, event: QKeyEvent) -> bool:
        """Whether a key moves, or goes on to the next handle."""
        return event.key() in _STEPS or event.key() in _TURNS

    def toggle(self) -> None:
        """Take the selected drawing up, or set it down."""
        if self.on:
            self.end()
        elif self.possible:
            self._sheet.carried, self._sheet.carried_handle = True, None
            self._times += 1
            self._sheet.repaint.emit()

    def end(self) -> None:
        """Set down what is carried."""
        if self.on:
            self._sheet.carried, self._sheet.carried_handle = False, None
            self._sheet.repaint.emit()

    def go(self, event: QKeyEvent) -> None:
        """Answer an arrow or Tab."""
        if event.key() in _TURNS:
            self._turn(_TURNS[Qt.Key(event.key())])
            return
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._nudge(np.array(_STEPS[Qt.Key(event.key())]) * (_FAR if far else 1))

    def _visible(self) -> Laid | None:
        """Return the selected drawing, laid, if its slice is shown."""
        mapping, selected = self._sheet.mapping, self._sheet.drawings.selected
        if mapping is None or selected is None or selected.plane is not mapping.view.plane:
            return None
        laid = self._sheet.lay(selected, mapping)
        return laid if laid.index == mapping.index else None

    def draw(self, shape: Shape) -> None:
        """Draw something of a handy size at the cursor, to be moved and reshaped by keys."""
        mapping = self._sheet.mapping
        if mapping is None:
            return
        view = mapping.view
        voxel_at = self._store.voxel(self._store.state.cursor)
        _, row, column = view.from_voxel(*voxel_at)
        middle = np.array([row, column])
        mm = np.array([view.row_mm, view.column_mm])
        half = min(view.n_rows * view.row_mm, view.n_columns * view.column_mm) / 10 / mm
        offsets = {
            Shape.ANGLE: [(-1.0, 0.0), (0.0, 0.0), (0.0, 1.0)],
            Shape.FREEHAND: [(-1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, -1.0)],
            Shape.DISTANCE: [(0.0, -1.0), (0.0, 1.0)],
            Shape.PROFILE: [(0.0, -1.0), (0.0, 1.0)],
        }.get(shape, [(-1.0, -1.0), (1.0, 1.0)])
        points = np.array([inside(middle + np.array(way) * half, view) for way in offsets])
        blank = tuple((0.0, 0.0, 0.0) for _ in offsets)
        drawing = Drawing(shape, view.plane, blank, self._sheet.drawings.name_for(shape), new_key())
        self._sheet.drawings.add(placed(drawing, points, mapping.index, mapping.volume, view))

    def _turn(self, step: int) -> None:
        """Go on to the next handle, or to all of the drawing."""
        laid = self._visible()
        if laid is None:
            return
        stops: list[int | None] = [None, *range(len(handles(laid)))]
        at = stops.index(self._sheet.carried_handle)
        self._sheet.carried_handle = stops[(at + step) % len(stops)]
        self._sheet.repaint.emit()

    def _nudge(self, by: Points) -> None:
        laid, mapping = self._visible(), self._sheet.mapping
        if laid is None or mapping is None:
            return
        handle = self._sheet.carried_handle
        if handle is None:
            points = shifted(laid, by, mapping.view)
        else:
            points = dragged(laid, handle, inside(handles(laid)[handle] + by, mapping.view))
        after = placed(laid.drawing, points, laid.index, mapping.volume, mapping.view)
        self._sheet.drawings.change(laid.drawing, after, gesture=f"keys {self._times} {handle}")
