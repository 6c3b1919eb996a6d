"""The program's own commands: settings, palette, keys, undo, themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup, QKeySequence

from isthmus.ui.panes import mouse
from isthmus.ui.program.appearance import Appearance
from isthmus.ui.program.commands import in_menus
from isthmus.ui.program.exports.exports import Exports
from isthmus.ui.program.palette import Palette
from isthmus.ui.program.preferences import MOUSE, MOUSE_GAIN, THEME, sections
from isthmus.ui.program.settings_dialog import SettingsDialog
from isthmus.ui.program.shortcut_sheet import ShortcutSheet
from isthmus.ui.words import later, tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_THEMES = {"dark": later("&Dark"), "light": later("&Light"), "system": later("As the &system")}


class Program(QObject):
    """Puts the program's commands into the menus and answers them.

    Args:
        window: Whose.

    Attributes:
        appearance: Keeps the look as the settings say.
        exports: Pictures and films.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings
        self.appearance = Appearance(window.settings, self)
        self._make_edit()
        self._make_themes()
        make = window.actions_.make
        self.palette = make(tr("Find a &command…"), "Ctrl+K", self.show_palette)
        self.settings = make(tr("&Settings…"), "Ctrl+,", self.show_settings)
        menu = window.actions_.menu("Edit")
        menu.addSeparator()
        menu.addActions([self.palette, self.settings])
        window.toolbar.add_field(self.palette, "magnifying-glass", tr("Find a command"), tr("Find"))
        window.toolbar.add_right(self.settings, "gear-six")
        window.actions_.shortcuts.connect(self.show_shortcuts)
        self._recall()
        self.exports = Exports(window)

    def _make_edit(self) -> None:
        window = self._window
        undo = window.undo.createUndoAction(window, tr("&Undo"))
        redo = window.undo.createRedoAction(window, tr("&Redo"))
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        window.addActions([undo, redo])
        window.actions_.listed.extend([undo, redo])
        window.actions_.menu("Edit").addActions([undo, redo])
        self.undo, self.redo = undo, redo

    def _make_themes(self) -> None:
        menu = self._window.actions_.menu("View").addMenu(tr("&Theme"))
        group = QActionGroup(self)
        self.themes = {}
        for name, title in _THEMES.items():
            action = self._window.actions_.make(
                tr(title), "", lambda name=name: self._settings.set_value(THEME, name), check=True
            )
            group.addAction(action)
            menu.addAction(action)
            self.themes[name] = action
        self._settings.changed.connect(self._follow)
        self._follow(THEME)
        self._follow(MOUSE)

    def _recall(self) -> None:
        """Look at pictures as in the last run, as far as it is not remembered elsewhere."""
        for _, preferences in sections():
            for each in preferences:
                if each.key and each.field:
                    kept = self._settings.value(each.key, each.usual)  # type: ignore[type-var]
                    self._window.store.show(**{each.field: each.of(kept)})
        self._window.store.changed.connect(self._remember)

    @Slot(object, object)
    def _remember(self, new: object, old: object) -> None:
        for _, preferences in sections():
            for each in preferences:
                if each.key and each.field:
                    value = getattr(new, each.field)
                    if value != getattr(old, each.field):
                        self._settings.set_value(each.key, value)

    @Slot(str)
    def _follow(self, key: str) -> None:
        if key == THEME:
            name = self._settings.value(THEME, "dark")
            self.themes.get(name, self.themes["dark"]).setChecked(True)
        elif key in (MOUSE, MOUSE_GAIN):
            name = self._settings.value(MOUSE, "")
            mouse.MOUSE.preset = next((p for p in mouse.Preset if p == name), mouse.Preset.CLINICAL)
            mouse.MOUSE.gain = self._settings.value(MOUSE_GAIN, 100) / 100

    # Dialogs

    @Slot()
    def show_palette(self) -> None:
        """Offer every command by its name."""
        Palette(self._window).popup()

    @Slot()
    def show_settings(self) -> None:
        """Show all settings."""
        SettingsDialog(self._settings, self._window.store, self._window).open()

    @Slot()
    def show_shortcuts(self) -> None:
        """Show every key and gesture."""
        commands = in_menus(self._window.menuBar())
        ShortcutSheet(commands, self._window.actions_, self._window).open()
