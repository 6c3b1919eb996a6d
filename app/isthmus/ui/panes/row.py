"""The row of panes: original, reconstruction and difference, of one size, from one state."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from isthmus.scans import Volume
from isthmus.ui import formats
from isthmus.ui.icons import Mark
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.panes.head import Head
from isthmus.ui.panes.hooks import Hooks
from isthmus.ui.panes.slices import Readout, Slices
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind, Point, ViewState, ViewStore
from isthmus.ui.theme import TOKENS, colour

_GAP = 2
_NAMES = {
    PaneKind.ORIGINAL: (Mark.ORIGINAL, "Original"),
    PaneKind.RECONSTRUCTION: (Mark.RECONSTRUCTION, "Reconstruction"),
    PaneKind.DIFFERENCE: (Mark.DIFFERENCE, "Difference"),
}


class Pane(QWidget):
    """A head above a picture.

    Attributes:
        kind: What it shows.
        head: Mark, name and origin.
        canvas: The picture.
    """

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
        self.head = Head(*_NAMES[kind], self)
        self.canvas = Canvas(kind, store, slices, hooks, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the head its height and the picture the rest."""
        self.arrange()

    def arrange(self) -> None:
        """Lay out head and picture; no layout object, so that it happens at once."""
        height = self.head.height()
        self.head.setGeometry(0, 0, self.width(), height)
        self.canvas.setGeometry(0, height, self.width(), max(self.height() - height, 0))


class PaneRow(QWidget):
    """Three linked panes. Draws what the store says; commands of all panes go to the store.

    Attributes:
        panes: The panes, from the left.
        hooks: What else draws on the pictures and takes the mouse.
    """

    hovered = Signal(object)  # Point in RAS+ millimetres under the pointer, or None
    shown_changed = Signal(object)  # the Reconstruction whose slice is shown, or None
    context_menu_requested = Signal(QPoint)  # in the screen's coordinates

    def __init__(self, store: ViewStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._slices = Slices()
        self.hooks = Hooks()
        self._slices.set_volume(store.volume)
        self._shown: Reconstruction | None = None
        self.panes = tuple(Pane(kind, store, self._slices, self.hooks, self) for kind in _NAMES)
        for pane in self.panes:
            pane.canvas.context_menu_requested.connect(self.context_menu_requested)
            pane.canvas.hovered.connect(self.hovered)
            pane.head.maximise.connect(lambda kind=pane.kind: store.toggle_maximised(kind))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Pictures")
        store.volume_changed.connect(self._take_volume)
        store.changed.connect(self._follow)
        self._refresh()

    # What is shown

    def set_volume(self, volume: Volume | None) -> None:
        """Show another scan, from its middle. The same as the store's command."""
        self._store.set_volume(volume)

    def set_reconstruction(self, reconstruction: Reconstruction | None) -> None:
        """Show a reconstruction as soon as it has the visible slice; the older one until then.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        self._slices.set_reconstruction(reconstruction)
        self._refresh()

    def set_busy(self, fraction: float | None, text: str) -> None:
        """Show a line under the reconstruction's name, and words beside it, while work goes on.

        Args:
            fraction: How far it is, 0 to 1; None if that is not known.
            text: What is going on; with an empty text and no fraction the work is over.
        """
        self.pane(PaneKind.RECONSTRUCTION).head.set_busy(fraction, text)
        for pane in self.panes:
            pane.canvas.set_waiting(fraction is not None or bool(text))

    def set_compact(self, compact: bool) -> None:
        """Take less room for heads and words, for small windows."""
        for pane in self.panes:
            pane.head.set_compact(compact)
            pane.canvas.set_compact(compact)
        self._arrange()

    def pane(self, kind: PaneKind) -> Pane:
        """Return a pane."""
        return next(pane for pane in self.panes if pane.kind is kind)

    @property
    def shown(self) -> Reconstruction | None:
        """The reconstruction whose slice is shown; an older one until the newest is there."""
        return self._shown

    def values_at(self, position: Point) -> Readout | None:
        """Return the values at a position in RAS+ millimetres, as the visible slice shows them.

        Returns:
            Real units; None outside the scan.
        """
        view = self._store.view
        if view is None:
            return None
        return self._slices.values_at(view, self._store.index, position)

    # Sizes

    def event(self, event: QEvent) -> bool:
        """Follow the screen's density, and let Space go when another window comes up."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._store.set_peek(False)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the room in which all overlays still fit."""
        return QSize(3 * 240 + 2 * _GAP, 240)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(3 * 480 + 2 * _GAP, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines between the panes."""
        QPainter(self).fillRect(self.rect(), colour(TOKENS.line))

    def _arrange(self) -> None:
        """Give every pane the same size; what does not divide by three widens the lines."""
        one = self._store.state.maximised
        if one is not None:
            for pane in self.panes:
                pane.setVisible(pane.kind is one)
            self.pane(one).setGeometry(self.rect())
        else:
            width = max((self.width() - 2 * _GAP) // 3, 0)
            places = (0, (self.width() - width) // 2, self.width() - width)
            for pane, left in zip(self.panes, places, strict=True):
                pane.setGeometry(QRect(left, 0, width, self.height()))
                pane.setVisible(True)
        for pane in self.panes:
            pane.head.set_maximised(one is not None)
            pane.arrange()
        size = self.pane(one or PaneKind.ORIGINAL).canvas.size()
        self._store.set_pane_size(size.width(), size.height(), self.devicePixelRatioF())

    # Following the store

    def _take_volume(self, volume: Volume | None) -> None:
        self._slices.set_volume(volume)
        self._refresh()

    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.maximised != old.maximised:
            self._arrange()
        self._refresh()

    def _refresh(self) -> None:
        """Bring heads and pictures up to date; they are painted together."""
        view, volume = self._store.view, self._store.volume
        shown = None
        if view is not None:
            shown = self._slices.reconstruction(view, self._store.index)
        stored = "" if volume is None else f"{formats.size(volume.source.stored_bytes)}, as stored"
        decoded = "" if shown is None else shown.origin
        self._name(PaneKind.ORIGINAL, _NAMES[PaneKind.ORIGINAL], stored)
        if self._store.state.peek:
            self._name(PaneKind.RECONSTRUCTION, _NAMES[PaneKind.ORIGINAL], stored)
        else:
            self._name(PaneKind.RECONSTRUCTION, _NAMES[PaneKind.RECONSTRUCTION], decoded)
        difference = "" if shown is None else "reconstruction − original"
        self._name(PaneKind.DIFFERENCE, _NAMES[PaneKind.DIFFERENCE], difference)
        for pane in self.panes:
            pane.canvas.refresh()
        if shown is not self._shown:
            self._shown = shown
            self.shown_changed.emit(shown)

    def _name(self, kind: PaneKind, name: tuple[Mark, str], subtitle: str) -> None:
        self.pane(kind).head.set_words(*name, subtitle)
