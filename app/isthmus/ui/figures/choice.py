"""A list to choose from, small enough for a panel."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDialog

from isthmus.ui.icons import icon
from isthmus.ui.keys import keeps

_ARROW = 12
_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}


class Choice(QComboBox):
    """A list with a sign that there is one; while it has the focus, keys walk it.

    Args:
        name: What is chosen, for screen readers.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that choose to itself while it has the focus."""
        return keeps(event, _KEYS) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow too, which the style sheet has in dialogs only."""
        super().paintEvent(event)
        if isinstance(self.window(), QDialog):
            return
        top = (self.height() - _ARROW) // 2
        painter = QPainter(self)
        icon("caret-down").paint(painter, self.width() - _ARROW - 8, top, _ARROW, _ARROW)
