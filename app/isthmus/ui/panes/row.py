"""All panes: laid out and named as the state says, drawn from it, one in zoom, place and window."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from isthmus.scans import Plane, Volume
from isthmus.ui.comparing.arrangement import GAP, arrangement, changed_panel, choices, spots
from isthmus.ui.comparing.flicker import Flicker
from isthmus.ui.comparing.names import kind_name
from isthmus.ui.comparing.options import DifferenceOptions, MixingOptions
from isthmus.ui.panes.differences import MAPS
from isthmus.ui.panes.drawing import Drawing
from isthmus.ui.panes.hooks import Hooks
from isthmus.ui.panes.pane import Pane
from isthmus.ui.panes.slices import MapSource, Readout, Slices, in_background
from isthmus.ui.panes.swipe import SwipeTool
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind, Point, ViewState, ViewStore
from isthmus.ui.theme import TOKENS, colour
from isthmus.ui.words import tr

# What decides which panes there are and where; the rest is drawn in them.
_ARRANGING = frozenset(
    ("layout", "panels", "alone", "beside", "comparison", "difference", "maximised", "plane")
)
# What only some panes show: greys, mixed pictures, maps.
_LOOK = frozenset(("window_centre", "window_width", "own_window", "inverted", "colour_map"))
_MIXING = frozenset(
    ("swipe", "swipe_upright", "swipe_follows", "blend", "square_mm", "flicker_hz", "flicker_runs")
)
_DIFFERING = frozenset(("difference_limit", "noise_limit", "amplification", "scale_by_slice"))


class PaneRow(QWidget):
    """Linked panes. Draws what the store says; commands of all panes go to the store.

    Attributes:
        hooks: What else draws on the pictures and takes the mouse.
        flicker: Which of two pictures has its turn.
        drawing: Draws panes of every kind.
        mixing: Options of comparisons that show two pictures in one pane.
        differing: Options of maps.
        arranged: There are other panes now, or they show something else.
    """

    hovered = Signal(object)  # Point in RAS+ millimetres under the pointer, or None
    shown_changed = Signal(object)  # the Reconstruction whose slice is shown, or None
    context_menu_requested = Signal(QPoint)  # in the screen's coordinates
    arranged = Signal()
    picture_dragged = Signal(object)  # the pane whose head is dragged

    def __init__(self, store: ViewStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._slices = Slices()
        self._slices.set_volume(store.volume)
        self.hooks = Hooks()
        self.hooks.tools.append(SwipeTool(store))
        self.drawing = Drawing(store, self._slices, self.hooks)
        self._shown: Reconstruction | None = None
        self._pinned: Reconstruction | None = None
        self._all: list[Pane] = []
        self.mixing = MixingOptions(store)
        self.differing = DifferenceOptions(store)
        for options in (self.mixing, self.differing):
            options.setParent(self)
            options.hide()
        self._in_use = 0
        self._compact = False
        self._waiting = ""
        self._hovered_plane: Plane | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Pictures"))
        self.flicker = Flicker(store, self)
        self.flicker.turned.connect(self._take_turn)
        store.volume_changed.connect(self._take_volume)
        store.changed.connect(self._follow)
        self._arrange()
        self._refresh()

    # What is shown

    @property
    def slices(self) -> Slices:
        """Where the panes' pictures and values come from."""
        return self._slices

    def set_volume(self, volume: Volume | None) -> None:
        """Show another scan, from its middle. The same as the store's command."""
        self._store.set_volume(volume)

    def set_maps(self, maps: MapSource) -> None:
        """Take maps from there that are computed in the background; `refresh` shows new ones."""
        self._slices.maps = maps
        self._refresh()

    def set_reconstruction(self, reconstruction: Reconstruction | None) -> None:
        """Show a reconstruction as soon as it has the visible slice; the older one until then.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        self._slices.set_reconstruction(reconstruction)
        self._refresh()

    def set_pinned(self, reconstruction: Reconstruction | None) -> None:
        """Show a pinned reconstruction as soon as it has the visible slice; None for none.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        self._slices.set_pinned(reconstruction)
        self._refresh()

    def set_busy(self, fraction: float | None, text: str) -> None:
        """Show a line under the reconstruction's name, and words beside it, while work goes on.

        Args:
            fraction: How far it is, 0 to 1; None if that is not known.
            text: What is going on; with an empty text and no fraction the work is over.
        """
        self._waiting = tr("Reconstructing…") if fraction is not None or text else ""
        heads = [pane for pane in self.panes if not pane.head.isHidden()]
        making = (PaneKind.RECONSTRUCTION, PaneKind.MIXED)
        busy = next((pane for pane in heads if pane.kind in making), None)
        if busy is None and heads and text:
            busy = heads[0]
        for pane in self._all:
            if pane is busy:
                pane.head.set_busy(fraction, text)
            else:
                pane.head.set_busy(None, "")
        self._show_waiting()

    def set_compact(self, compact: bool) -> None:
        """Take less room for heads and words, for small windows."""
        self._compact = compact
        for pane in self._all:
            pane.head.set_compact(compact)
            pane.canvas.set_compact(compact)
        self._arrange()

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The panes of the layout, row by row; only one is seen while that one is maximised."""
        return tuple(self._all[: self._in_use])

    def pane(self, kind: PaneKind, plane: Plane | None = None) -> Pane:
        """Return the pane of the layout that shows something.

        Args:
            kind: What it shows.
            plane: In which plane; the state's if None.

        Raises:
            KeyError: There is none.
        """
        plane = plane or self._store.state.plane
        for pane in self.panes:
            if pane.spot == (kind, plane):
                return pane
        raise KeyError(kind)

    @property
    def pointed(self) -> Pane | None:
        """The pane that keys act on: under the pointer, else with the focus, else the only one."""
        seen = [pane for pane in self.panes if pane.isVisible()]
        for pane in seen:
            if pane.underMouse():
                return pane
        focused = (pane for pane in seen if pane.isAncestorOf(self.window().focusWidget()))
        return next(focused, seen[0] if len(seen) == 1 else None)

    @property
    def shown(self) -> Reconstruction | None:
        """The reconstruction whose slice is shown; an older one until the newest is there."""
        return self._shown

    def values_at(self, position: Point) -> Readout | None:
        """Return the values at a position in RAS+ millimetres, as the visible slice shows them.

        Returns:
            Real units; None outside the scan.
        """
        plane = self._hovered_plane or self._store.state.plane
        view = self._store.view_of(plane)
        if view is None:
            return None
        return self._slices.values_at(view, self._store.index_of(plane), position)

    # Sizes

    def event(self, event: QEvent) -> bool:
        """Follow the screen's density, and let Space go when another window comes up."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._store.show(peek=False, flicker_held=False)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the room in which all overlays still fit."""
        return QSize(3 * 240 + 2 * GAP, 240)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(3 * 480 + 2 * GAP, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines between the panes."""
        QPainter(self).fillRect(self.rect(), colour(TOKENS.line))

    def _arrange(self) -> None:
        """Give every pane its place, and tell the store how large the largest picture is."""
        state = self._store.state
        height = self._first().head.height()
        everywhere = replace(state, maximised=None)
        cells = arrangement(everywhere, self.size(), height)
        self._in_use = len(cells)
        while len(self._all) < len(cells):
            self._make()
        for pane, cell in zip(self._all, cells, strict=False):
            pane.assign(cell, False)
        seen = set(self._all[: len(cells)])
        main = next(pane for pane, cell in zip(self._all, cells, strict=False) if cell.main)
        if state.maximised is not None:
            (cell,) = arrangement(state, self.size(), height)
            main = next((pane for pane in self.panes if pane.spot == cell.spot), main)
            main.assign(replace(cell, kind=main.kind, plane=main.plane), True)
            seen = {main}
        for pane in self._all:
            pane.setVisible(pane in seen)
        self._place_options()
        self._store.set_pane_size(
            main.canvas.width(), main.canvas.height(), self.devicePixelRatioF()
        )

    def _place_options(self) -> None:
        """Give the heads of mixed pictures and of maps their controls, once each."""
        wanted: dict[Pane, QWidget] = {}
        for pane in self.panes:
            if pane.isHidden() or pane.head.isHidden():
                continue
            if pane.kind is PaneKind.MIXED:
                wanted.setdefault(pane, self.mixing)
            elif pane.kind in MAPS and self.differing not in wanted.values():
                self.differing.set_ssim(pane.kind is PaneKind.SSIM)
                wanted[pane] = self.differing
        for pane in self._all:
            if pane not in wanted:
                pane.head.set_options(None)
        for pane, options in wanted.items():
            pane.head.set_options(options)

    def _first(self) -> Pane:
        if not self._all:
            self._make()
        return self._all[0]

    def _make(self) -> None:
        store = self._store
        kind, plane = spots(store.state)[0]
        pane = Pane(kind, plane, store, self.drawing, self.hooks, self)
        pane.head.set_compact(self._compact)
        pane.canvas.set_compact(self._compact)
        pane.canvas.context_menu_requested.connect(self.context_menu_requested)
        pane.canvas.hovered.connect(lambda at: self._take_hover(pane, at))
        pane.head.dragged.connect(lambda: self.picture_dragged.emit(pane))
        pane.head.maximise.connect(lambda: store.toggle_maximised(*pane.spot))
        pane.head.menu_requested.connect(lambda at: self._show_menu(pane, at))
        self._all.append(pane)

    # Following the store

    def _take_volume(self, volume: Volume | None) -> None:
        self._slices.set_volume(volume)
        self._refresh()

    def _follow(self, new: ViewState, old: ViewState) -> None:
        before = vars(old)
        changed = {name for name, value in vars(new).items() if value != before[name]}
        if changed & _ARRANGING:
            self._arrange()
            self.arranged.emit()
        self._refresh(lambda kind: self._concerns(changed, kind))

    def _concerns(self, changed: set[str], kind: PaneKind) -> bool:
        """Whether a pane of a kind looks different when parts of the state have changed."""
        if self._store.state.magnification:
            return True  # a magnifier shows other panes' pictures too
        rest = changed - _MIXING if kind is not PaneKind.MIXED else set(changed)
        if kind not in MAPS:
            return bool(rest - _DIFFERING)
        volume = self._store.volume
        # The window decides how many decimals values of a scan have that are no whole numbers.
        whole = volume is None or volume.voxels.dtype.kind in "ui"
        return bool(rest - _LOOK) if whole else bool(rest)

    @Slot()
    def _take_turn(self) -> None:
        """Paint the other picture, its label and its name, and nothing between."""
        self.drawing.second_turn = self.flicker.second
        for pane in self.panes:
            if pane.kind is PaneKind.MIXED:
                pane.canvas.update()

    def _take_hover(self, pane: Pane, at: Point | None) -> None:
        self._hovered_plane = None if at is None else pane.plane
        self.hovered.emit(at)

    @Slot()
    def refresh(self) -> None:
        """Draw anew: a map is there, or something hooked in has changed."""
        self._refresh()

    def _refresh(self, concerns: Callable[[PaneKind], bool] = lambda _kind: True) -> None:
        """Bring heads and pictures up to date; they are painted together.

        Args:
            concerns: Whether a pane of a kind has anything new to show.
        """
        self.drawing.second_turn = self.flicker.second
        view = self._store.view
        shown = pinned = None
        if view is not None:
            shown = self._slices.reconstruction(view, self._store.index)
            pinned = self._slices.reconstruction(view, self._store.index, PaneKind.PINNED)
        self._pinned = pinned
        self._show_waiting()
        for pane in self.panes:
            if pane.isHidden():
                continue
            if not pane.head.isHidden():
                pane.head.set_words(*self.drawing.head_words(pane.kind, shown, pinned))
            if concerns(pane.kind):
                pane.canvas.refresh()
        if shown is not self._shown:
            self._shown = shown
            self.shown_changed.emit(shown)

    def _show_waiting(self) -> None:
        for pane in self.panes:
            words = self._waiting
            if pane.kind is PaneKind.PINNED and self._store.state.pinned:
                words = tr("Reconstructing…")
            elif self._shown is not None and in_background(pane.kind, self._store.state):
                words = tr("Computing…")
            pane.canvas.set_waiting(words)

    # What a pane shows

    def _show_menu(self, pane: Pane, at: QPoint) -> None:
        menu = self.menu_of(pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu_of(self, pane: Pane) -> QMenu:
        """Return a menu of what a pane could show; what the layout decides is greyed."""
        menu = QMenu(self)
        for kind in choices(self._store.state):
            changes = changed_panel(self._store.state, pane.spot, kind)
            action = menu.addAction(kind_name(kind))
            action.setCheckable(True)
            action.setChecked(kind is pane.kind)
            action.setEnabled(bool(changes) or kind is pane.kind)
            action.triggered.connect(lambda _=False, c=changes: self._store.show(**c))
        return menu
