"""Navigation as a feature of the window: its actions, and how they reach strip and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QSinglePointEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from isthmus.ui.actions import Gesture
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.navigation.cine import USUAL, Cine
from isthmus.ui.navigation.player import Player
from isthmus.ui.navigation.pointer import Follow
from isthmus.ui.words import later, tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_RATE, _SWINGS = "cine/rate", "cine/swings"
# A step of the rate by key is a fifth of it, so that 1 and 60 are both near.
_SHARE = 5
_INPUT = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
)
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class Navigation(QObject):
    """Plays the slices, asks for a slice's number, lets the cursor follow the pointer.

    Args:
        window: Whose.

    Attributes:
        cine: Plays the slices; any other input of the window stops it.
        play: Starts and stops it.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._strip = window.viewer.strip
        self._settings = window.settings
        self._watched: QObject | None = None
        self.cine = Cine(window.store, self)
        self.cine.set_rate(self._settings.value(_RATE, USUAL))
        self.cine.set_swings(self._settings.value(_SWINGS, False))
        make = window.actions_.make
        self.go_to = make(tr("&Go to slice…"), "Ctrl+G", self._strip.ask_number, scan=True)
        self.play = make(tr("Pla&y the slices"), "C", self.cine.toggle, scan=True, check=True)
        self.play.setAutoRepeat(False)
        swings = make(
            tr("Play back and &forth"), "Shift+C", self._toggle_swings, scan=True, check=True
        )
        slower = make(tr("Play slo&wer"), "Alt+Left", lambda: self._change_rate(-1), scan=True)
        faster = make(tr("Play f&aster"), "Alt+Right", lambda: self._change_rate(1), scan=True)
        self._own = (self.play, swings, slower, faster)
        menu = window.actions_.slice_menu
        menu.addAction(self.go_to)
        menu.addSeparator()
        menu.addActions(self._own)
        window.actions_.gestures.append(
            Gesture(later("Shift+move"), later("The cursor follows the pointer, in all planes"))
        )

        button = QToolButton()
        button.setDefaultAction(self.play)
        button.setIconSize(SIZE)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._player = Player(self.cine, swings)
        self._parts = (button, self._player)
        self._strip.set_player(*self._parts)
        self._swings = swings
        window.viewer.panes.hooks.layers.append(self.cine)
        window.viewer.panes.hooks.tools.append(Follow(window.store))
        self.cine.running_changed.connect(self._show_running)
        self.cine.settings_changed.connect(self._remember)
        self._show_running(False)
        swings.setChecked(self.cine.swings)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the cine at any input of the window that is not the cine's own."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate or (kind in _INPUT and not self._is_own(event)):
            self.cine.stop()
        return False

    def _is_own(self, event: QEvent) -> bool:
        """Whether an input changes how it plays, and so is no reason to stop."""
        if isinstance(event, QKeyEvent):
            focused = QApplication.focusWidget()
            if focused is not None and self._player.isAncestorOf(focused):
                return event.key() != Qt.Key.Key_Escape
            pressed = QKeySequence(event.keyCombination())
            own = any(pressed in action.shortcuts() for action in self._own)
            return own or event.key() in _MODIFIERS
        if isinstance(event, QSinglePointEvent):
            under = self._window.childAt(event.position().toPoint())
            return under is not None and self._holds(under)
        return False

    def _holds(self, under: QWidget) -> bool:
        return any(part is under or part.isAncestorOf(under) for part in self._parts)

    def _toggle_swings(self) -> None:
        self.cine.set_swings(not self.cine.swings)

    def _change_rate(self, way: int) -> None:
        rate = self.cine.rate
        self.cine.set_rate(rate + way * max(1, rate // _SHARE))

    @Slot(bool)
    def _show_running(self, running: bool) -> None:
        self.play.setChecked(running)
        self.play.setIcon(icon("pause" if running else "play"))
        self._player.setVisible(running)
        self._strip.update()
        handle = self._window.windowHandle()
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        if running and handle is not None:
            self._watched = handle
            handle.installEventFilter(self)

    @Slot()
    def _remember(self) -> None:
        self._swings.setChecked(self.cine.swings)
        self._settings.set_value(_RATE, self.cine.rate)
        self._settings.set_value(_SWINGS, self.cine.swings)
