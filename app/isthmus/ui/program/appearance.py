"""The look that the person chose, given to the whole program at once."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from isthmus.ui import motion, theme
from isthmus.ui.program.preferences import REDUCE_MOTION, TEXT_SCALE, THEME
from isthmus.ui.settings import Settings

_KEYS = (THEME, REDUCE_MOTION)


class Appearance(QObject):
    """Keeps theme and motion as the settings say, also when these change; text size from the start.

    Args:
        settings: Where they stand.
        parent: Owns this.
    """

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        settings.changed.connect(self._follow)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        self._used: theme.Theme | None = None
        self.apply()

    @Slot()
    def apply(self) -> None:
        """Let the program look as the settings say."""
        motion.reduce(self._settings.value(REDUCE_MOTION, False))
        wanted, app = self._theme(), QApplication.instance()
        if wanted != self._used and isinstance(app, QApplication):
            # Bars, rows and columns have the height of their text from when they are made.
            scale = None if self._used else self._settings.value(TEXT_SCALE, 100) / 100
            self._used = wanted
            theme.apply(app, wanted, scale)

    def _theme(self) -> theme.Theme:
        name = self._settings.value(THEME, "dark")
        if name == "system":
            scheme = QApplication.styleHints().colorScheme()
            name = "light" if scheme is Qt.ColorScheme.Light else "dark"
        return theme.LIGHT if name == "light" else theme.DARK

    @Slot(str)
    def _follow(self, key: str) -> None:
        if key in _KEYS:
            self.apply()

    @Slot()
    def _follow_system(self) -> None:
        if self._settings.value(THEME, "dark") == "system":
            self.apply()
