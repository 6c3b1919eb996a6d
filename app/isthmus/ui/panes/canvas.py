"""The black area of a pane: one slice, and what is written on it.

A pane is a plain widget that draws a `QImage` with `QPainter`, not a view of a plotting library.
There is no view box that could hold a range of its own, drift on a resize or be linked to another:
all that a pane knows it reads from the store when it paints. It is also fast. A 512 × 512 slice is
windowed by numpy in a third of a millisecond and scaled by Qt's raster engine in one more, and
both panes and pictures of panes are painted by the same few lines, at any pixel density.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.scans import Plane
from isthmus.ui.accessibility import speak_as
from isthmus.ui.comparing.names import kind_name
from isthmus.ui.panes import mixed_labels
from isthmus.ui.panes.colour_bar import ColourBar
from isthmus.ui.panes.differences import MAPS
from isthmus.ui.panes.drawing import Drawing
from isthmus.ui.panes.gestures import Gestures, pixel_middle
from isthmus.ui.panes.hooks import Hooks, Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.navigator import Navigator
from isthmus.ui.panes.overlay import Label, plane_name
from isthmus.ui.panes.swipe import SwipeGrip, swipes
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import Overlay, PaneKind, ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.words import tr

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """Draws one picture from the state and turns the mouse into commands.

    Attributes:
        kind: What it shows.
        plane: In which plane.
        grip: On the swipe's line.
        navigator: The whole slice, small.
    """

    hovered = Signal(object)  # Point in RAS+ millimetres, or None when the pointer has left
    context_menu_requested = Signal(QPoint)  # in the screen's coordinates

    def __init__(
        self,
        kind: PaneKind,
        plane: Plane,
        store: ViewStore,
        drawing: Drawing,
        hooks: Hooks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.plane = plane
        self._store = store
        self._drawing = drawing
        self._hooks = hooks
        self._gestures = Gestures(store, kind)
        self._waiting = ""
        self._compact = False
        self._main = False
        self._ring = False
        self._pointer: QPointF | None = None
        self._mapped: tuple[object, tuple[object, ...], Mapping | None] = (None, (), None)
        self._bar = ColourBar(store, self)
        self.navigator = Navigator(store, self)
        self.grip = SwipeGrip(store, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        speak_as(self, "graphic")
        self.setAccessibleName(kind_name(kind))

    def assign(self, kind: PaneKind, plane: Plane, main: bool) -> None:
        """Show something else from now on; `refresh` makes it seen.

        Args:
            kind: What.
            plane: In which plane.
            main: Whether it is the largest pane.
        """
        self.kind = self._gestures.kind = kind
        self.plane, self._main = plane, main
        self.setAccessibleName(kind_name(kind))

    @property
    def mapping(self) -> Mapping | None:
        """Where the visible slice lies in this pane; None while no scan is open."""
        store = self._store
        key = (store.volume, self.size(), self.plane, store.pixel_ratio)
        state, known, mapping = self._mapped
        # Asked for many times between two changes, and a state that changed is another one.
        if state is not store.state or known != key:
            mapping = Mapping.of(store, self.size(), self.plane)
            self._mapped = store.state, key, mapping
        return mapping

    @property
    def reconstruction(self) -> Reconstruction | None:
        """What this pane's picture is made from, if it shows one that is made from any."""
        mapping = self.mapping
        return None if mapping is None else self._drawing.reconstruction(self.kind, mapping)

    @property
    def labels(self) -> list[Label]:
        """The labels on the picture, from the top."""
        mapping = self.mapping
        return [] if mapping is None else self._drawing.labels(self.kind, mapping)

    @property
    def colour_bar(self) -> ColourBar | None:
        """The scale of a map, in a pane that shows one."""
        return self._bar if self.kind in MAPS else None

    @property
    def placeholder(self) -> str:
        """What stands there while there is nothing to show."""
        if self._store.one_slice and self.plane is not self._store.state.plane:
            return tr("Reading the scan…")
        if self.kind is PaneKind.PINNED and not self._store.state.pinned:
            return tr("Nothing is pinned. P pins the bottleneck that is shown.")
        return self._waiting or tr("No reconstruction yet")

    def set_waiting(self, words: str) -> None:
        """Say what is on its way, for as long as there is nothing to show; empty for nothing."""
        if words != self._waiting:
            self._waiting = words
            self.update()

    def set_compact(self, compact: bool) -> None:
        """Write less, for small windows."""
        self._compact = compact
        self.update()

    def refresh(self) -> None:
        """Draw anew what the state and the slices say now."""
        mapping = self.mapping
        if mapping is not None:
            self._describe(mapping)
        self._place_parts(mapping)
        self.update()
        # A slice may have moved under a resting pointer.
        self._tell_pointer(mapping)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slice, then what is written on it, then the focus."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, Qt.GlobalColor.black)
        mapping = self.mapping
        if mapping is not None:
            self._drawing.paint(
                painter,
                self._place(mapping),
                compact=self._compact,
                placeholder=self.placeholder,
                taken=self._taken_width(),
            )
        if self._ring:
            painter.setPen(QPen(colour(DARK.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Explain a label under the pointer; let tools have keys that are the window's or Tab."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._explain(event)
            return True
        if isinstance(event, QKeyEvent) and self._taken(event):
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for what stands on the picture."""
        self._place_parts(self.mapping)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        mapping = self.mapping
        if mapping is not None and not self._hooked("press", event, mapping):
            self._gestures.press(event, mapping)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, and tell where the pointer is."""
        self._pointer = pixel_middle(event.position())
        mapping = self.mapping
        if mapping is None or not self._hooked("move", event, mapping):
            self._gestures.move(event)
        self._tell_pointer(mapping)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a click or a drag."""
        mapping = self.mapping
        if mapping is not None and self._hooked("release", event, mapping):
            return
        menu_at = self._gestures.release(event)
        if menu_at is not None:
            self.context_menu_requested.emit(menu_at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Maximise the pane or give the room back."""
        mapping = self.mapping
        if mapping is None or not self._hooked("double_click", event, mapping):
            self._double_click(event, mapping)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a tool its keys; the window has all others."""
        if not any(tool.key(event) for tool in self._hooks.tools):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Answer the menu key; the right button is answered when it goes up without a drag."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.context_menu_requested.emit(self.mapToGlobal(self.rect().center()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        mapping = self.mapping
        if mapping is not None:
            self._gestures.wheel(event, mapping)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Keys are for the plane under the pointer."""
        self._store.point_at(self.plane)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has left."""
        self._store.point_at(None)
        self._pointer = None
        self.hovered.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus if the keyboard brought it."""
        self._ring = event.reason() in _KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no focus; a key that is held is let go of here."""
        self._ring = False
        self._store.set_peek(False)
        self.update()

    def _place(self, mapping: Mapping) -> Place:
        return Place(self.kind, mapping, QRectF(self.rect()), self._pointer)

    def _hooked(self, name: str, event: QMouseEvent, mapping: Mapping) -> bool:
        """Whether one of the tools answers a mouse event."""
        place = self._place(mapping)
        return any(getattr(tool, name)(event, place) for tool in self._hooks.tools)

    def _taken(self, event: QKeyEvent) -> bool:
        """Whether one of those who want a key of the window, or Tab, has it."""
        takers = [one for one in self._hooks.key_takers if one.wants(event)]
        if event.type() == QEvent.Type.ShortcutOverride and takers:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and any(one.key(event) for one in takers)

    def _tell_pointer(self, mapping: Mapping | None) -> None:
        if self._pointer is not None and mapping is not None:
            self.hovered.emit(mapping.to_mm(self._pointer))

    def _double_click(self, event: QMouseEvent, mapping: Mapping | None) -> None:
        if mapping is not None:
            self._gestures.double_click(event, mapping)

    def _describe(self, mapping: Mapping) -> None:
        """Tell screen readers which slice stands here, and what it is."""
        plane = plane_name(mapping.view.plane)
        described = tr("{plane} slice {n} of {count}").format(
            plane=plane[:1].upper() + plane[1:], n=mapping.index + 1, count=mapping.view.n_slices
        )
        found = ", ".join([described, *(label.text for label in self.labels)])
        if found != self.accessibleDescription():
            self.setAccessibleDescription(found)

    def _placed(self) -> list[mixed_labels.Placed]:
        mapping = self.mapping
        if mapping is None:
            return []
        area = QRectF(self.rect())
        return self._drawing.placed(self.kind, mapping, area, self._taken_width())

    def _taken_width(self) -> float:
        """Return how much of the top right labels at a line leave to the navigator."""
        at_line = swipes(self._store.state, self.kind) and self._store.state.swipe_upright
        return self.navigator.width() + 8.0 if at_line and self.navigator.isVisible() else 0.0

    def _place_parts(self, mapping: Mapping | None) -> None:
        """Place what stands on the picture as a widget of its own."""
        state, area = self._store.state, QRectF(self.rect())
        scale = None if mapping is None else self._drawing.scale(self.kind, mapping)
        wanted = scale is not None and state.overlay is not Overlay.NONE
        if scale is not None:
            self._bar.set_scale(scale)
        self._bar.setVisible(wanted and self._bar.place(self.rect()))
        self.grip.place(mapping is not None and swipes(state, self.kind))
        large = self._main and (self.kind is PaneKind.MIXED or state.maximised is not None)
        if mapping is None or not large:
            self.navigator.place(None, None, 0.0)
            return
        picture = self._drawing.picture(self.kind, mapping, area)
        upright = swipes(state, self.kind) and state.swipe_upright
        tops = [0.0] if upright else [rect.bottom() for _, rect in self._placed()]
        self.navigator.place(mapping, picture, max(tops, default=0.0) + 9)

    def _explain(self, event: QHelpEvent) -> None:
        found = mixed_labels.label_at(self._placed(), QPointF(event.pos()))
        if found is not None:
            label, rect = found
            QToolTip.showText(event.globalPos(), label.tip, self, rect.toRect())
        else:
            QToolTip.hideText()
