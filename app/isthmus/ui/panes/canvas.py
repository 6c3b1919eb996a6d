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

from isthmus.ui.panes import overlay
from isthmus.ui.panes.colour_bar import ColourBar
from isthmus.ui.panes.gestures import Gestures, pixel_middle
from isthmus.ui.panes.hooks import Hooks, Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.slices import Slices
from isthmus.ui.panes.writing import write
from isthmus.ui.pictures import Reconstruction, value_decimals
from isthmus.ui.state import Overlay, PaneKind, ViewStore
from isthmus.ui.theme import DARK, colour

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Canvas(QWidget):
    """Draws one picture from the state and turns the mouse into commands.

    Attributes:
        kind: What it shows.
    """

    hovered = Signal(object)  # Point in RAS+ millimetres, or None when the pointer has left
    context_menu_requested = Signal(QPoint)  # in the screen's coordinates

    def __init__(
        self,
        kind: PaneKind,
        store: ViewStore,
        slices: Slices,
        hooks: Hooks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._store = store
        self._slices = slices
        self._hooks = hooks
        self._gestures = Gestures(store, kind)
        self._waiting = False
        self._compact = False
        self._ring = False
        self._pointer: QPointF | None = None
        self._bar = ColourBar(store, self) if kind is PaneKind.DIFFERENCE else None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setAccessibleName(kind.capitalize())

    @property
    def mapping(self) -> Mapping | None:
        """Where the visible slice lies in this pane; None while no scan is open."""
        return Mapping.of(self._store, self.size())

    @property
    def reconstruction(self) -> Reconstruction | None:
        """What this pane's picture is made from, if it shows one that is made from any."""
        view = self._store.view
        if view is None or self._shown_kind is PaneKind.ORIGINAL:
            return None
        return self._slices.reconstruction(view, self._store.index)

    @property
    def labels(self) -> list[overlay.Label]:
        """The labels on the picture, from the top."""
        mapping = self.mapping
        if mapping is None:
            return []
        return overlay.labels(self.kind, mapping, self.reconstruction, self._store.state.peek)

    @property
    def colour_bar(self) -> ColourBar | None:
        """The scale of the difference, in the pane that shows it."""
        return self._bar

    @property
    def placeholder(self) -> str:
        """What stands there while there is no reconstruction to show."""
        return "Reconstructing…" if self._waiting else "No reconstruction yet"

    def set_waiting(self, waiting: bool) -> None:
        """Say whether a reconstruction is on its way, for as long as there is none to show."""
        if waiting != self._waiting:
            self._waiting = waiting
            self.update()

    def set_compact(self, compact: bool) -> None:
        """Write less, for small windows."""
        self._compact = compact
        self.update()

    def refresh(self) -> None:
        """Draw anew what the state and the slices say now."""
        mapping = self.mapping
        if mapping is not None:
            state = self._store.state
            described = (
                f"{mapping.view.plane.capitalize()} slice {mapping.index + 1}"
                f" of {mapping.view.n_slices}"
            )
            found = [
                label.text
                for label in overlay.labels(self.kind, mapping, self.reconstruction, state.peek)
            ]
            self.setAccessibleDescription(", ".join([described, *found]))
        self._place_bar()
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
            self._paint_picture(painter, mapping, area)
        if self._ring:
            painter.setPen(QPen(colour(DARK.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Explain a label under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._explain(event)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the scale of the difference."""
        self._place_bar()

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
            self._gestures.double_click(event)

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

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has left."""
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

    @property
    def _shown_kind(self) -> PaneKind:
        peeking = self._store.state.peek and self.kind is PaneKind.RECONSTRUCTION
        return PaneKind.ORIGINAL if peeking else self.kind

    def _place(self, mapping: Mapping) -> Place:
        return Place(self.kind, mapping, QRectF(self.rect()), self._pointer)

    def _hooked(self, name: str, event: QMouseEvent, mapping: Mapping) -> bool:
        """Whether one of the tools answers a mouse event."""
        place = self._place(mapping)
        return any(getattr(tool, name)(event, place) for tool in self._hooks.tools)

    def _tell_pointer(self, mapping: Mapping | None) -> None:
        if self._pointer is not None and mapping is not None:
            self.hovered.emit(mapping.to_mm(self._pointer))

    def _paint_picture(self, painter: QPainter, mapping: Mapping, area: QRectF) -> None:
        state = self._store.state
        kind = self._shown_kind
        picture = self._slices.picture(kind, mapping, state, area)
        if picture is None:
            middle = Qt.AlignmentFlag.AlignHCenter
            words = self.placeholder
            write(painter, area.center(), words, align=middle, pixels=13, token=DARK.text2)
        else:
            picture.draw(painter)
        for layer in self._hooks.layers:
            layer.paint(painter, self._place(mapping))
        if overlay.draws(state.overlay, words=True):
            overlay.draw_words(painter, kind, mapping, state, area, self._compact)
        if overlay.draws(state.overlay, words=False):
            overlay.draw_letters(painter, mapping, area)
            overlay.draw_scale(painter, state, area)
            if state.crosshair and picture is not None:
                self._paint_cursor(painter, mapping, area)
        overlay.draw_labels(painter, self.labels, self.width())

    def _paint_cursor(self, painter: QPainter, mapping: Mapping, area: QRectF) -> None:
        state = self._store.state
        value = ""
        if overlay.draws(state.overlay, words=True):
            readout = self._slices.values_at(mapping.view, mapping.index, state.cursor)
            decimals = value_decimals(mapping.volume, state.window_width)
            value = overlay.value_text(self._shown_kind, readout, decimals)
        overlay.draw_cursor(painter, mapping, state, area, value)

    def _place_bar(self) -> None:
        if self._bar is not None:
            wanted = (
                self.reconstruction is not None and self._store.state.overlay is not Overlay.NONE
            )
            self._bar.setVisible(self._bar.place(self.rect()) and wanted)

    def _explain(self, event: QHelpEvent) -> None:
        found = self.labels
        for label, rect in zip(found, overlay.label_rects(found, self.width()), strict=True):
            if rect.contains(event.pos()):
                QToolTip.showText(event.globalPos(), label.tip, self, rect.toRect())
                return
        QToolTip.hideText()
