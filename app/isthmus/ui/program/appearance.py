"""The look that the person chose, given to the whole program at once."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from isthmus.ui import motion, theme
from isthmus.ui.program.preferences import REDUCE_MOTION, TEXT_SCALE, THEME
from isthmus.ui.settings import Settings

_KEYS = (THEME, TEXT_SCALE, REDUCE_MOTION)


class Appearance(QObject):
    """Keeps theme, text size and motion as the settings say, also when they or the system change.

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
        self._used: tuple[theme.Theme, float] | None = None
        self.apply()

    @Slot()
    def apply(self) -> None:
        """Let the program look as the settings say."""
        motion.reduce(self._settings.value(REDUCE_MOTION, False))
        wanted = self._theme(), self._settings.value(TEXT_SCALE, 100) / 100
        app = QApplication.instance()
        if wanted != self._used and isinstance(app, QApplication):
            self._used = wanted
            theme.apply(app, *wanted)

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
