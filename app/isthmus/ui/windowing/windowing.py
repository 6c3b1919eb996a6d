"""Windows, colour maps, interpolation and convention as a feature of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from isthmus.scans import Window as GreyWindow
from isthmus.ui.panes.colour_maps import COLOUR_MAPS, GREY, known
from isthmus.ui.panes.look import has_own, window_of
from isthmus.ui.view_state import Convention, Interpolation, Overlay, PaneKind, ViewState
from isthmus.ui.windowing.actions import WindowingActions
from isthmus.ui.windowing.box import Box
from isthmus.ui.windowing.counts import Counts
from isthmus.ui.windowing.histogram import Histogram
from isthmus.ui.windowing.map_bar import MapBar
from isthmus.ui.windowing.popup import HistogramPopup

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_LOW, _HIGH = "window/low percentile", "window/high percentile"
_USUAL = (0.5, 99.5)
_REMEMBERED = {
    "interpolation": "view/interpolation",
    "convention": "view/convention",
    "colour_map": "view/colour map",
    "overlay": "view/overlay",
}


class Windowing(QObject):
    """Turns what is asked of grey values into commands of the store, and remembers how to look.

    Args:
        window: Whose.

    Attributes:
        store: The view's state.
        counts: Histograms of the scan and of its reconstruction.
        pointed: The kind of picture that the pointer was over last. Where reconstructions have a
            window of their own, keys and fields set that of the picture that was pointed at.
        actions: What menus and keys do.
        popup: The histogram under the window field.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings
        self.store = window.store
        self.pointed = PaneKind.ORIGINAL
        self.counts = Counts(window.session)
        self.actions = WindowingActions(window.actions_, self)
        hooks = window.viewer.panes.hooks
        box = Box(self, window.viewer.panes)
        hooks.tools.append(box)
        hooks.key_takers.append(box)
        hooks.layers.extend((MapBar(window.store), box))
        self.popup = HistogramPopup(self, window)
        window.toolbar.window_field.clicked.connect(self.open_popup)
        window.actions_.window_chosen.connect(self.apply)
        window.viewer.panes.shown_changed.connect(self._recount)
        self._recall()
        self.store.changed.connect(self._follow)

    # Windows

    @property
    def own(self) -> bool:
        """Whether the window that keys and fields set is that of the reconstructions alone."""
        return has_own(self.store.state, self.pointed)

    @property
    def shown(self) -> tuple[float, float]:
        """Centre and width of the window that keys and fields set, in real units."""
        return window_of(self.store.state, self.pointed)

    @property
    def presets(self) -> tuple[GreyWindow, ...]:
        """The windows that the open scan offers."""
        study = self._window.session.study
        return study.opened.presets if study is not None else ()

    def set(self, centre: float, width: float) -> None:
        """Set the window, in real units."""
        self.store.set_window(centre, width, own=self.own)

    @Slot(object)
    def apply(self, window: GreyWindow) -> None:
        """Take a preset."""
        self.set(window.centre, window.width)

    def set_limits(self, low: float, high: float) -> None:
        """Set the window by its ends, in real units."""
        self.set((low + high) / 2, high - low)

    @property
    def percentiles(self) -> tuple[float, float]:
        """The shares, in percent, of values below the ends of automatic windows."""
        low, high = (self._settings.value(k, v) for k, v in zip((_LOW, _HIGH), _USUAL, strict=True))
        return (low, high) if 0 <= low < high <= 100 else _USUAL

    def set_percentiles(self, low: float, high: float) -> None:
        """Let automatic windows run from one percentile to another, 0 ≤ low < high ≤ 100."""
        if 0 <= low < high <= 100:
            self._settings.set_value(_LOW, float(low))
            self._settings.set_value(_HIGH, float(high))

    def automatic(self) -> None:
        """Set the window by percentiles of the volume, as soon as it is counted."""
        self.counts.ask(self._set_automatic)

    def _set_automatic(self, counted: Histogram) -> None:
        if self.own and self.counts.made is not None:
            counted = self.counts.made
        low, high = (counted.percentile(percent) for percent in self.percentiles)
        self.set_limits(low, high)

    def invert(self) -> None:
        """Draw bright what was dark, in original and reconstruction alike."""
        self.store.show(inverted=not self.store.state.inverted)

    def unlink(self) -> None:
        """Give reconstructions a window of their own, the same at first; or share one again."""
        state = self.store.state
        shared = state.window_centre, state.window_width
        self.store.show(own_window=shared if state.own_window is None else None)

    # How to look

    def cycle_interpolation(self) -> None:
        """Take the next way of interpolating."""
        order = list(Interpolation)
        at = order.index(self.store.state.interpolation)
        self.store.show(interpolation=order[(at + 1) % len(order)])

    def cycle_colour_map(self) -> None:
        """Take the next colour map."""
        names = [each.name for each in COLOUR_MAPS]
        at = names.index(self.store.state.colour_map)
        self.store.show(colour_map=names[(at + 1) % len(names)])

    def toggle_convention(self) -> None:
        """Put the patient's other side to the left of axial and coronal pictures."""
        other = (
            Convention.RADIOLOGICAL if self.store.state.neurological else Convention.NEUROLOGICAL
        )
        self.store.show(convention=other)

    # The histogram

    @Slot()
    def open_popup(self) -> None:
        """Show the histogram under the window field; with the keys in the field of the width."""
        self.counts.ask()
        self.counts.ask_made(self._window.viewer.panes.shown)
        self.popup.open_below(self._window.toolbar.window_field)

    @Slot(object)
    def _recount(self, _shown: object = None) -> None:
        if self.popup.isVisible() or self.store.state.own_window is not None:
            self.counts.ask_made(self._window.viewer.panes.shown)

    # What is remembered

    def _recall(self) -> None:
        """Look as in the last run; what no one knows any more is left as it is."""
        recalled: dict[str, object] = {}
        state = self.store.state
        for field, kind in (
            ("interpolation", Interpolation),
            ("convention", Convention),
            ("overlay", Overlay),
        ):
            name = self._settings.value(_REMEMBERED[field], str(getattr(state, field)))
            if name in list(kind):
                recalled[field] = kind(name)
        name = self._settings.value(_REMEMBERED["colour_map"], GREY)
        recalled["colour_map"] = name if known(name) else GREY
        self.store.show(**recalled)

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        for field, key in _REMEMBERED.items():
            if getattr(new, field) != getattr(old, field):
                self._settings.set_value(key, str(getattr(new, field)))
        if new.own_window is not None and old.own_window is None:
            self._recount()
