"""The layout, and what its panes show, from one run to the next."""

from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject

from isthmus.ui.settings import Settings
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.view_state import Layout, PaneKind

_LAYOUT, _PANELS, _ALONE, _BESIDE = "layout/kind", "layout/panels", "layout/alone", "layout/beside"

Word = TypeVar("Word", bound=StrEnum)


class LayoutMemory(QObject):
    """Restores the layout at once and remembers each change."""

    def __init__(self, store: ViewStore, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        state = store.state
        store.show(
            layout=_word(Layout, settings.value(_LAYOUT, ""), state.layout),
            panels=_panels(settings.value(_PANELS, ""), state.panels),
            alone=_word(PaneKind, settings.value(_ALONE, ""), state.alone),
            beside=_word(PaneKind, settings.value(_BESIDE, ""), state.beside),
        )
        store.changed.connect(self._follow)

    def _follow(self, new: ViewState, old: ViewState) -> None:
        shown = (new.layout, new.panels, new.alone, new.beside)
        if shown != (old.layout, old.panels, old.alone, old.beside):
            self._settings.set_value(_LAYOUT, str(new.layout))
            self._settings.set_value(_PANELS, ", ".join(new.panels))
            self._settings.set_value(_ALONE, str(new.alone))
            self._settings.set_value(_BESIDE, str(new.beside))


def _word(kind: type[Word], text: str, usual: Word) -> Word:
    """Return what a text stands for, or what is usual if it stands for nothing."""
    return next((each for each in kind if each == text and each != PaneKind.MIXED), usual)


def _panels(
    text: str, usual: tuple[PaneKind, PaneKind, PaneKind]
) -> tuple[PaneKind, PaneKind, PaneKind]:
    known = {str(kind): kind for kind in PaneKind if kind is not PaneKind.MIXED}
    found = [known[name] for name in text.split(", ") if name in known]
    if len(found) != len(usual) or len(set(found)) != len(usual):
        return usual
    return found[0], found[1], found[2]
