"""All measures with their definitions, in a small window of their own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.figures.cells import Cells
from isthmus.ui.figures.rows import ROWS
from isthmus.ui.figures.scope import MEANINGS
from isthmus.ui.figures.scope_choice import ScopeChoice
from isthmus.ui.figures.table import Table, as_text
from isthmus.ui.words import tr


class Details(QDialog):
    """Every measure; follows what is shown as long as it is open.

    Attributes:
        scope_chosen: The `Scope` that is to count from now on.
        export_wanted: The figures are to be saved.
    """

    scope_chosen = Signal(object)
    export_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Quality: all measures"))
        self._table = Table()
        self.scope = ScopeChoice()
        self.scope.chosen.connect(self.scope_chosen)
        self._about = QLabel()
        self._about.setProperty("role", "secondary")
        self.cells = Cells([row.key for row in ROWS], 30)
        self.cells.setAccessibleName(tr("All measures"))
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setProperty("role", "secondary")
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        area = QScrollArea()
        area.setWidget(self._words)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        top = QHBoxLayout()
        top.addWidget(self._about, 1)
        top.addWidget(self.scope)
        copy = QPushButton(tr("&Copy"))
        copy.setToolTip(tr("Copy all figures as text (Ctrl+C)"))
        copy.clicked.connect(self.copy)
        save = QPushButton(tr("&Save…"))
        save.setToolTip(tr("Save all figures with their definitions, as CSV or JSON"))
        save.clicked.connect(self.export_wanted)
        close = QPushButton(tr("Close"))
        close.setToolTip(tr("Close (Esc)"))
        close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(copy)
        bottom.addWidget(save)
        bottom.addStretch(1)
        bottom.addWidget(close)
        for button in (copy, save, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.cells)
        column.addWidget(area, 1)
        column.addLayout(bottom)
        self.resize(560, 640)

    def set_table(self, table: Table) -> None:
        """Show figures; the definitions follow what counts and the range."""
        said = (table.scope, table.value_range)
        before = (self._table.scope, self._table.value_range)
        self._table = table
        self.cells.set_table(table)
        self.cells.setAccessibleDescription("; ".join(self.cells.spoken()))
        self.scope.show_scope(table.scope)
        self._about.setText(" · ".join(filter(None, (table.title, table.reconstruction))))
        if said != before or not self._words.text():
            parts = [f"<p>{tr(MEANINGS[table.scope])}</p>"]
            parts += [
                f"<p><b>{row.name}</b> {tr(row.meaning)}<br>{table.definition(row)}</p>"
                for row in ROWS
            ]
            self._words.setText("".join(parts))

    def copy(self) -> None:
        """Put all figures on the clipboard, as text with tabs."""
        QGuiApplication.clipboard().setText(as_text(self._table))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)
