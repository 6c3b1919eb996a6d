"""What every feature makes its commands with: actions, menus, keys.

An action made here is found by menus, keys, the palette and the sheet of shortcuts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from isthmus.ui.words import later, tr

_TITLES = {
    "File": later("&File"),
    "Edit": later("&Edit"),
    "View": later("&View"),
    "Compare": later("&Compare"),
    "Measure": later("&Measure"),
    "Window": later("&Window"),
    "Help": later("&Help"),
}
MENUS = tuple(_TITLES)
"""The menus of the bar from the left, by the names that code calls them."""

NO_FOCUS = Qt.FocusPolicy.TabFocus
"""Controls are reached by Tab; a click leaves the keys with the panes."""


@dataclass(frozen=True)
class Gesture:
    """Something done with the mouse, for the list of shortcuts."""

    keys: str
    does: str


class ActionKit(QObject):
    """Makes actions and menus of a window.

    Args:
        host: The window.

    Attributes:
        listed: Every action that `make` made.
        gestures: What is done with the mouse, for the list of shortcuts; features append theirs.
    """

    def __init__(self, host: QMainWindow) -> None:
        super().__init__(host)
        self._host = host
        self.listed: list[QAction] = []
        self.gestures: list[Gesture] = []
        self._menus: dict[str, QMenu] = {}
        self._needs_scan: list[QAction] = []
        self._scan_open = False

    def make(
        self,
        text: str,
        keys: str | tuple[str, ...],
        run: Callable[..., object],
        *,
        scan: bool = False,
        check: bool = False,
    ) -> QAction:
        """Return a new action of the window; keys, palette and the list of shortcuts know it.

        Args:
            text: What it is called in menus, with a mnemonic and "…" where a dialog follows.
            keys: Its keys as Qt's portable text, the first one shown; empty for none.
            run: Called without arguments.
            scan: Whether it needs an open scan.
            check: Whether it can be ticked.
        """
        action = QAction(text, self._host)
        sequences = (keys,) if isinstance(keys, str) else keys
        action.setShortcuts([QKeySequence(key) for key in sequences if key])
        action.setCheckable(check)
        action.setIconVisibleInMenu(False)  # it would stand in the tick's place
        # No menu swallows a key that is held: slices and bottlenecks scroll on.
        action.setAutoRepeat(True)
        action.triggered.connect(lambda _checked=False: run())
        self._host.addAction(action)
        name = text.replace("&", "").rstrip("…")
        shown = " or ".join(
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            for key in sequences
            if key
        )
        action.setToolTip(f"{name} ({shown})" if shown else name)
        self.listed.append(action)
        if scan:
            self._needs_scan.append(action)
            action.setEnabled(self._scan_open)
        return action

    def menu(self, name: str) -> QMenu:
        """Return a menu of the window's bar, made where it has its place if there is none yet.

        Args:
            name: One of `MENUS`, whatever the language.
        """
        if name not in self._menus:
            after = MENUS[MENUS.index(name) + 1 :]
            following = next((self._menus[each] for each in after if each in self._menus), None)
            menu = QMenu(tr(_TITLES[name]), self._host)
            bar = self._host.menuBar()
            if following is None:
                bar.addMenu(menu)
            else:
                bar.insertMenu(following.menuAction(), menu)
            self._menus[name] = menu
        return self._menus[name]

    def set_scan_open(self, is_open: bool) -> None:
        """Enable what needs a scan."""
        self._scan_open = is_open
        for action in self._needs_scan:
            action.setEnabled(is_open)


def key_text(action: QAction) -> str:
    """Return an action's keys as the person's system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(key.toString(native) for key in action.shortcuts())


def plain_text(action: QAction) -> str:
    """Return an action's name without mnemonic and ellipsis."""
    return action.text().replace("&", "").rstrip("…")
