"""Mouse and keys over the pictures: draw, select, move, reshape.

| input | what it does |
|---|---|
| a tool's left-drag, or clicks | draws; Shift keeps sides equal or angles at 45° |
| Esc, right click | gives the drawing up; then the tool; then the selection |
| press on a drawing | selects it; dragged, it moves; a handle reshapes |
| double click on a drawing | asks for its name |
| Enter | with a tool: draws round the cursor; with a selection: arrow keys move it |
| then arrows, Shift+arrows, Tab | one voxel, ten, the next handle; Enter or Esc ends |
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent

from isthmus.ui.measure.carrying import Carrying
from isthmus.ui.measure.geometry import Laid, Points
from isthmus.ui.measure.handles import (
    constrained,
    cursor_for,
    dragged,
    handles,
    inside,
    placed,
    shifted,
)
from isthmus.ui.measure.shapes import SHAPES, Drawing, Shape, new_key
from isthmus.ui.measure.sheet import Hit, Sheet, voxel
from isthmus.ui.measure.sketch import CLICK, DRAFT, Sketch
from isthmus.ui.panes.gestures import pixel_middle
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.state import ViewStore
from isthmus.ui.view_state import Overlay, Tool, ViewState

_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@dataclass
class _Grip:
    """A drawing that is being dragged.

    Attributes:
        laid: As it was.
        handle: Which handle; None for all of it.
        start: Where it was taken, in the pane.
        mapping: Of that pane.
        moved: Whether it has gone far enough to be no click.
    """

    laid: Laid
    handle: int | None
    start: QPointF
    mapping: Mapping
    moved: bool = False


class DrawingTool(QObject):
    """Takes the mouse for what is drawn, and keys for what is selected.

    Args:
        store: The view's state.
        sheet: The drawings, laid.

    Attributes:
        named: A drawing was double-clicked; carries its key.
        pointer_changed: The pointer's shape over the pictures, or None for the usual one.
    """

    named = Signal(str)
    pointer_changed = Signal(object)

    def __init__(self, store: ViewStore, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._sheet = sheet
        self._drawings = sheet.drawings
        self._sketch: Sketch | None = None
        self._grip: _Grip | None = None
        self._carrying = Carrying(store, sheet)
        self._pointer: Qt.CursorShape | None = None
        store.changed.connect(self._follow)
        store.volume_changed.connect(self._forget)

    @property
    def shape(self) -> Shape | None:
        """What the chosen tool draws; None if it draws nothing."""
        return SHAPES.get(self._store.state.tool)

    @property
    def busy(self) -> bool:
        """Whether something is being drawn or dragged."""
        return self._sketch is not None or self._grip is not None

    # The mouse

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Begin or go on with a drawing, or take hold of one."""
        at = pixel_middle(event.position())
        if self.busy:
            if event.button() == _LEFT and self._sketch is not None:
                self._go_on(at, place, event)
            elif event.button() == _RIGHT:
                self.cancel()
            return True
        if event.button() != _LEFT:
            return False
        plain = not event.modifiers()
        hit = self._hit(at, place) if plain else None
        if hit is not None:
            self._drawings.select(hit.laid.drawing.key)
            self._carrying.end()
            self._grip = _Grip(hit.laid, hit.handle, at, place.mapping)
            return True
        if self.shape is None or not plain:
            return False
        if self._store.state.overlay is Overlay.NONE:
            self._store.show(overlay=Overlay.ALL)  # what is drawn must be seen
        self._carrying.end()
        self._sketch = Sketch(self.shape, place, at)
        self._show_sketch()
        return True

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Draw, drag, or say what lies under the pointer."""
        at = pixel_middle(event.position())
        straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._sketch is not None:
            if self._sketch.fits(place.mapping):
                self._sketch.move(at, place.mapping, straight=straight)
                self._show_sketch()
            return True
        if self._grip is not None:
            self._drag(at, straight)
            return True
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self._hit(at, place))
        return False

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """End a drag."""
        if event.button() != _LEFT or not self.busy:
            return False
        if self._sketch is not None:
            if self._sketch.release(pixel_middle(event.position())):
                self._finish()
            return True
        grip, self._grip = self._grip, None
        if grip is not None and grip.moved:
            now = self._drawings.get(grip.laid.drawing.key)
            if now is not None:
                self._drawings.change(grip.laid.drawing, now)
        return True

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """End a curve of clicks, or ask for a drawing's name; never maximise a pane instead."""
        if self._sketch is not None:
            if self._sketch.shape is Shape.FREEHAND:
                self._sketch.close()
                self._finish()
            else:  # two quick clicks are two points
                self._go_on(pixel_middle(event.position()), place, event)
            return True
        hit = self._hit(pixel_middle(event.position()), place)
        if hit is not None and event.button() == _LEFT:
            self.named.emit(hit.laid.drawing.key)
            return True
        return self.shape is not None

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for a drawing, though the window has another use for it."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            chosen = self._drawings.selected is not None
            return self.busy or self._carrying.on or chosen or self.shape is not None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.shape is not None or self._carrying.possible
        return self._carrying.on and self._carrying.knows(event)

    def key(self, event: QKeyEvent) -> bool:
        """Answer a key that is wanted."""
        if not self.wants(event):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.shape is not None and not self.busy:
                self._carrying.draw(self.shape)
            self._carrying.toggle()
        else:
            self._carrying.go(event)
        return True

    def escape(self) -> None:
        """Give up what is under way: the drawing, carrying, the tool, the selection; one a time."""
        if self.busy:
            self.cancel()
        elif self._carrying.on:
            self._carrying.end()
        elif self.shape is not None:
            self._store.show(tool=Tool.WINDOW)
        else:
            self._drawings.select("")

    @Slot()
    def cancel(self, _what: object = None) -> None:
        """Give up what is being drawn or dragged."""
        grip, self._grip, self._sketch = self._grip, None, None
        if grip is not None and grip.moved:
            self._drawings.preview(grip.laid.drawing)
        if self._sheet.draft is not None or grip is not None:
            self._sheet.draft = None
            self._sheet.repaint.emit()

    # Drawing

    def _go_on(self, at: QPointF, place: Place, event: QMouseEvent) -> None:
        assert self._sketch is not None
        if not self._sketch.fits(place.mapping):
            return
        straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._sketch.press(at, place.mapping, straight=straight):
            self._finish()
        else:
            self._show_sketch()

    def _show_sketch(self) -> None:
        assert self._sketch is not None
        name = self._drawings.name_for(self._sketch.shape)
        self._sheet.draft = self._sketch.drawing(name, DRAFT)
        self._sheet.repaint.emit()

    def _finish(self) -> None:
        assert self._sketch is not None
        sketch, self._sketch, self._sheet.draft = self._sketch, None, None
        drawing = sketch.drawing(self._drawings.name_for(sketch.shape), new_key())
        if drawing is not None:
            self._drawings.add(drawing)
        self._sheet.repaint.emit()

    # Dragging

    def _hit(self, at: QPointF, place: Place) -> Hit | None:
        if self._store.state.overlay is Overlay.NONE:
            return None
        if self.shape is None:
            return self._sheet.hit(at, place.mapping)
        # With a tool in hand, only handles of what is selected stand in the way of a new drawing.
        selected = self._drawings.selected
        if selected is None:
            return None
        hit = self._sheet.hit(at, place.mapping, only=selected.key)
        return hit if hit is not None and hit.handle is not None else None

    def _drag(self, at: QPointF, straight: bool) -> None:
        grip = self._grip
        assert grip is not None
        step = at - grip.start
        if not grip.moved and math.hypot(step.x(), step.y()) < CLICK:
            return
        grip.moved = True
        laid, view = grip.laid, grip.mapping.view
        if grip.handle is None:
            by = voxel(at, grip.mapping) - voxel(grip.start, grip.mapping)
            points = shifted(laid, by, view)
        else:
            to = voxel(at, grip.mapping)
            if straight and laid.drawing.shape is not Shape.FREEHAND:
                to = constrained(laid.drawing.shape, self._opposite(laid, grip.handle), to, view)
            points = dragged(laid, grip.handle, inside(to, view))
        self._drawings.preview(self._at(laid, points, grip.mapping))

    def _opposite(self, laid: Laid, handle: int) -> Points:
        """Return what stays while a handle is dragged: the corner across, or the line's other end.

        An angle keeps its corner, whichever arm is dragged.
        """
        found = handles(laid)
        if laid.drawing.shape in (Shape.RECTANGLE, Shape.ELLIPSE):
            opposite: Points = found[(handle + len(found) // 2) % len(found)]
        else:
            opposite = found[1 if handle == 0 else handle - 1]
        return opposite

    def _at(self, laid: Laid, points: Points, mapping: Mapping) -> Drawing:
        return placed(laid.drawing, points, laid.index, mapping.volume, mapping.view)

    def _hover(self, hit: Hit | None) -> None:
        key = hit.laid.drawing.key if hit else ""
        shape = cursor_for(hit.laid, hit.handle) if hit else None
        if shape is None and self.shape is not None:
            shape = Qt.CursorShape.CrossCursor
        if key != self._sheet.hovered:
            self._sheet.hovered = key
            self._sheet.repaint.emit()
        self._point(shape)

    def _point(self, shape: Qt.CursorShape | None) -> None:
        if shape != self._pointer:
            self._pointer = shape
            self.pointer_changed.emit(shape)

    @Slot(object)
    def _forget(self, _volume: object) -> None:
        self._sheet.forget()
        self.cancel()
        self._carrying.end()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.tool != old.tool:
            self.cancel()
            self._carrying.end()
            self._point(Qt.CursorShape.CrossCursor if self.shape is not None else None)
        if (new.cursor, new.plane) != (old.cursor, old.plane) and self.busy:
            self._leave_slice()

    def _leave_slice(self) -> None:
        """Give up what is drawn on a slice that is no longer shown."""
        held = self._sketch or self._grip
        assert held is not None
        mapping = held.mapping
        index, _, _ = mapping.view.from_voxel(*self._store.voxel(self._store.state.cursor))
        if math.floor(index + 0.5) != mapping.index:
            self.cancel()
