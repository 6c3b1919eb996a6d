"""The underlined letters of menus, hidden until Alt asks for them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QMenuBar,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from shiboken6 import isValid

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Mnemonics(QObject):
    """Knows whether they are to be seen: while Alt is held, and while it has led into the menus.

    Watches the window that has the focus only. It sees every key that none of its parts took.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._held = False
        self._window: QWidget | None = None
        app.focusChanged.connect(self._follow)

    @property
    def shown(self) -> bool:
        """Whether letters are underlined now."""
        return self._held or isinstance(QApplication.focusWidget(), QMenuBar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow Alt. Its release is another window's if it was held to go there."""
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Alt:
            self._hold(kind == QEvent.Type.KeyPress)
        elif kind == QEvent.Type.WindowDeactivate:
            self._hold(False)
        return False

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        window = None if new is None else new.window()
        if window is None or window is self._window:
            return
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def _hold(self, held: bool) -> None:
        if held != self._held:
            self._held = held
            if self._window is not None and isValid(self._window):
                for bar in self._window.findChildren(QMenuBar):
                    bar.update()


class HiddenMnemonics(QProxyStyle):
    """Fusion, which would underline the letters always, with the letters of `Mnemonics`."""

    def __init__(self, mnemonics: Mnemonics) -> None:
        super().__init__("Fusion")
        self._mnemonics = mnemonics

    def styleHint(  # noqa: N802  (Qt's name)
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803  (Qt's name)
    ) -> int:
        """Say whether mnemonics are underlined; leave all else to Fusion."""
        if hint == QStyle.StyleHint.SH_UnderlineShortcut:
            return int(self._mnemonics.shown)
        return super().styleHint(hint, option, widget, returnData)
