"""What mouse and wheel mean over a picture, as commands to the store.

| gesture | command |
|---|---|
| wheel, Shift+wheel | one slice, ten slices for each notch; with the magnifier, its power |
| Ctrl+wheel, right-drag up and down | zoom at the pointer, at the place pressed |
| left-drag | window: right is wider, up is brighter; pressing Ctrl then is four times faster |
| Ctrl+left-drag | window from the values within a box; see `windowing.box` |
| middle-drag, Shift+left-drag | pan |
| left click | cursor |
| double-click | maximise the pane, or give the room back |
| right click | context menu |

That is the clinical preset; `mouse` has the others.
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from isthmus.ui.measure.power import stepped
from isthmus.ui.panes.look import has_own, window_of
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.mouse import MOUSE, Drag, drag_of
from isthmus.ui.state import PaneKind, Point, ViewStore
from isthmus.ui.wheel import Wheel

# A press that travels less than this is a click.
_CLICK = 4
# Pixels of dragging that double (or halve) the zoom, and the width of the window.
_ZOOM_DOUBLES = 120
_WIDTH_DOUBLES = 160
# Pixels of dragging that move the window's centre by one width.
_CENTRE_MOVES = 320
_FASTER = 4
_ZOOM_PER_NOTCH = 1.2
# Pixels of dragging for one slice; fewer where a pane's height would not go through all of them.
_SLICE_MOVES = 12.0
_SCROLL_ROOM = 480.0

_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)


@dataclass
class _Press:
    """A button that is down."""

    button: Qt.MouseButton
    drag: Drag
    start: QPointF
    last: QPointF
    anchor: Point
    mapping: Mapping
    slice_pixels: float = _SLICE_MOVES
    first_slice: int = 0
    dragging: bool = False
    sets_cursor: bool = False


class Gestures:
    """Turns events of one pane into commands. Keeps nothing but the press that is under way.

    Attributes:
        kind: What the pane shows.
    """

    def __init__(self, store: ViewStore, kind: PaneKind) -> None:
        self._store = store
        self.kind = kind
        self._wheel = Wheel()
        self._press: _Press | None = None
        self._cursor_before_click = store.state.cursor

    def press(self, event: QMouseEvent, mapping: Mapping) -> None:
        """A button goes down."""
        if self._press is not None or event.button() not in _BUTTONS:
            return
        drag = drag_of(event.button(), event.modifiers(), self._store.state.tool, MOUSE.preset)
        at = event.position()
        anchor, view = mapping.to_mm(pixel_middle(at)), mapping.view
        self._press = _Press(event.button(), drag, at, at, anchor, mapping)
        self._press.first_slice = mapping.index
        self._press.slice_pixels = min(_SLICE_MOVES, _SCROLL_ROOM / view.n_slices)
        left = event.button() == Qt.MouseButton.LeftButton
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._press.sets_cursor = bool(left and not shifted)

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves; drags, if a button is down and it has gone far enough."""
        press = self._press
        if press is None:
            return
        if not event.buttons() & press.button:
            self._press = None
            return
        at = event.position()
        travelled = at - press.start
        if not press.dragging and math.hypot(travelled.x(), travelled.y()) < _CLICK:
            return
        press.dragging = True
        step, press.last = at - press.last, at
        if press.drag is Drag.PAN:
            scale = self._store.state.mm_per_pixel
            self._store.pan(step.x() * scale, step.y() * scale, press.mapping.view.plane)
        elif press.drag is Drag.ZOOM:
            self._store.zoom(2 ** (-step.y() / _ZOOM_DOUBLES), press.anchor)
        elif press.drag is Drag.SCROLL:
            slices = math.trunc(travelled.y() / press.slice_pixels)
            self._store.go_to_slice(press.first_slice + slices, press.mapping.view.plane)
        elif press.drag is Drag.CURSOR:
            to = press.mapping.to_mm(pixel_middle(at))
            self._store.set_cursor(to, press.mapping.view.plane)
        else:
            fast = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._window(step * MOUSE.gain * (_FASTER if fast else 1))

    def release(self, event: QMouseEvent) -> QPoint | None:
        """A button goes up.

        Returns:
            Where a context menu is asked for, in the screen's coordinates, if one is.
        """
        press = self._press
        if press is None or event.button() != press.button:
            return None
        self._press = None
        if press.dragging:
            return None
        if press.button == Qt.MouseButton.RightButton:
            return event.globalPosition().toPoint()
        if press.sets_cursor:
            self._cursor_before_click = self._store.state.cursor
            self._store.set_cursor(press.anchor, press.mapping.view.plane)
        return None

    def double_click(self, event: QMouseEvent, mapping: Mapping) -> None:
        """The left button went down twice: maximise. Its first click must not move the cursor."""
        self._press = None
        if event.button() == Qt.MouseButton.LeftButton:
            self._store.set_cursor(self._cursor_before_click)
            self._store.toggle_maximised(self.kind, mapping.view.plane)

    def wheel(self, event: QWheelEvent, mapping: Mapping) -> None:
        """The wheel turns: away is up, towards the first slice, or larger."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turn = self._wheel.turn(event)
            if turn:
                anchor = mapping.to_mm(pixel_middle(event.position()))
                self._store.zoom(_ZOOM_PER_NOTCH**turn, anchor)
            return
        notches = self._wheel.notches(event)
        tenfold = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._store.state.magnification and not tenfold:
            if notches:
                power = stepped(self._store.state.magnification, notches)
                self._store.show(magnification=power)
        elif notches:
            self._store.scroll(-notches * (10 if tenfold else 1), mapping.view.plane)

    def _window(self, step: QPointF) -> None:
        """Drag the window of the pane's own picture, where pictures do not share one."""
        centre, width = window_of(self._store.state, self.kind)
        self._store.set_window(
            centre + step.y() / _CENTRE_MOVES * width,
            width * 2 ** (step.x() / _WIDTH_DOUBLES),
            own=has_own(self._store.state, self.kind),
        )


def pixel_middle(at: QPointF) -> QPointF:
    """Return the middle of the pixel that the pointer is on: what is drawn is sampled there."""
    return at + QPointF(0.5, 0.5)
