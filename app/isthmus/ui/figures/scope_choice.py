"""The chooser of what counts: the whole image, or the foreground."""

from PySide6.QtCore import Qt, Signal

from isthmus.ui.figures.choice import Choice
from isthmus.ui.figures.scope import MEANINGS, NAMES, Scope
from isthmus.ui.words import tr


class ScopeChoice(Choice):
    """Shows and asks for a `Scope`.

    Attributes:
        chosen: The `Scope` that the person chose.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("What counts"))
        for at, scope in enumerate(Scope):
            self.addItem(tr(NAMES[scope]))
            self.setItemData(at, tr(MEANINGS[scope]), Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(lambda at: self.chosen.emit(list(Scope)[at]))
        self.show_scope(Scope.WHOLE)

    def show_scope(self, scope: Scope) -> None:
        """Show what counts."""
        self.setCurrentIndex(list(Scope).index(scope))
        self.setToolTip(tr(MEANINGS[scope]))
