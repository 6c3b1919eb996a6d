"""The list of the worst places; Enter goes to one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from isthmus.ui.keys import is_bare, keeps
from isthmus.ui.theme import font, scaled
from isthmus.ui.words import tr

_ROW = 22
_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WorstPlaces(QTableWidget):
    """One line for each place, the worst first.

    Attributes:
        chosen: Number of the place that is to be gone to.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 4)
        self.setAccessibleName(tr("Worst places"))
        self.setHorizontalHeaderLabels(
            [tr("Slice"), tr("Mean error"), tr("Size"), tr("Position, mm")]
        )
        self.setToolTip(
            tr(
                "Groups of voxels that touch where the error, averaged over 5 × 5 voxels, is "
                "larger than in 99.9 % of the foreground; ranked by mean error × size. Enter, or "
                "a click, goes there."
            )
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.verticalHeader().setMinimumSectionSize(scaled(_ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.setShowGrid(False)
        self.setFont(font(12))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cellClicked.connect(lambda row, _column: self.chosen.emit(row))

    def show_places(self, lines: Sequence[tuple[str, str, str, str]]) -> None:
        """Show places: slice, mean error, size, position, in words."""
        texts = [self._texts(row) for row in range(self.rowCount())]
        if [tuple(line) for line in lines] == texts:
            return
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip("  ".join(line))
                if column < 3:
                    item.setTextAlignment(_RIGHT)
                self.setItem(row, column, item)
        if lines:
            self.setCurrentCell(0, 0)

    def _texts(self, row: int) -> tuple[str, ...]:
        items = (self.item(row, column) for column in range(4))
        return tuple("" if item is None else item.text() for item in items)

    def event(self, event: QEvent) -> bool:
        """Keep its keys, which the window has another use for."""
        return keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place that is selected."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and is_bare(event) and self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)
