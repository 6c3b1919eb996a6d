"""Comparing, put together for a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from isthmus.ui.comparing.actions import ComparisonActions
from isthmus.ui.comparing.memory import LayoutMemory
from isthmus.ui.comparing.switcher import ModeSwitcher
from isthmus.ui.figures.maps import Maps

if TYPE_CHECKING:
    from isthmus.ui.window import Window


class Comparing(QObject):
    """Layouts, comparisons, maps and the pinned bottleneck of a window.

    Attributes:
        actions: What menus and keys do.
        switcher: The same in the toolbar.
        maps: Makes maps for the panes.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        session, panes = window.session, window.viewer.panes
        self._session, self._panes = session, panes
        self.actions = ComparisonActions(window.actions_, window.store, panes)
        self.memory = LayoutMemory(window.store, window.settings, self)
        self.switcher = ModeSwitcher(window.store, self.actions.comparisons)
        self.switcher.fit_into(window)
        window.toolbar.put_first(self.switcher)
        self.maps = Maps(session, parent=self)
        self.maps.changed.connect(panes.refresh)
        panes.set_maps(self.maps)
        session.pipeline.pinned_changed.connect(panes.set_pinned)
        session.codec_changed.connect(self._take_codec)
        session.model_changed.connect(self._take_model)

    @Slot(object)
    def _take_codec(self, codec: object) -> None:
        """Show nothing of what another codec made."""
        if codec is None:
            self._panes.set_pinned(None)

    @Slot(object)
    def _take_model(self, _model: object) -> None:
        """Let go of a bottleneck that this model has not."""
        model, store = self._session.model, self._session.store
        names = [bottleneck.name for bottleneck in model.bottlenecks] if model is not None else []
        if store.state.pinned not in names:
            store.show(pinned="")
