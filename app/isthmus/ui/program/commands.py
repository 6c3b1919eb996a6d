"""Every command that menus and keys offer, as a flat list with the way to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from isthmus.ui.actions import key_text


@dataclass(frozen=True)
class Command:
    """One thing to do.

    Attributes:
        path: Titles of the menus that lead to it, outermost first.
        title: Its own name.
        keys: Its keys as the system writes them; empty for none.
        action: Does it.
    """

    path: tuple[str, ...]
    title: str
    keys: str
    action: QAction

    @property
    def name(self) -> str:
        """The whole way to it, such as "View › Slice › Next slice"."""
        return " › ".join((*self.path, self.title))


def in_menus(bar: QMenuBar) -> list[Command]:
    """Return what the menus offer now, in their order; what is hidden is left out."""
    return [
        command
        for action in bar.actions()
        if isinstance(action.menu(), QMenu)
        for command in _walk(action.menu(), (_plain(action.text()),))  # type: ignore[arg-type]
    ]


def _walk(menu: QMenu, path: tuple[str, ...]) -> Iterator[Command]:
    menu.aboutToShow.emit()  # some are filled only then
    for action in menu.actions():
        inner = action.menu()
        if not action.isVisible() or action.isSeparator():
            continue
        title = _plain(action.text())
        if isinstance(inner, QMenu):
            yield from _walk(inner, (*path, title))
        elif title:
            yield Command(path, title, key_text(action), action)


def _plain(text: str) -> str:
    """Return a menu's text without mnemonics."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
