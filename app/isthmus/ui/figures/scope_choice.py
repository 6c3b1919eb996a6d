"""The chooser of what counts: the whole image, or the foreground."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from isthmus.ui.figures.scope import MEANINGS, NAMES, Scope
from isthmus.ui.icons import icon
from isthmus.ui.keys import keeps
from isthmus.ui.words import tr

_ARROW = 12
_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}


class ScopeChoice(QComboBox):
    """Shows and asks for a `Scope`.

    Attributes:
        chosen: The `Scope` that the person chose.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What counts"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for at, scope in enumerate(Scope):
            self.addItem(tr(NAMES[scope]))
            self.setItemData(at, tr(MEANINGS[scope]), Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(lambda at: self.chosen.emit(list(Scope)[at]))
        self.show_scope(Scope.WHOLE)

    def show_scope(self, scope: Scope) -> None:
        """Show what counts."""
        self.setCurrentIndex(list(Scope).index(scope))
        self.setToolTip(tr(MEANINGS[scope]))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that choose to itself while it has the focus."""
        return keeps(event, _KEYS) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow too, which the style sheet leaves out."""
        super().paintEvent(event)
        top = (self.height() - _ARROW) // 2
        painter = QPainter(self)
        icon("caret-down").paint(painter, self.width() - _ARROW - 8, top, _ARROW, _ARROW)
