"""The panel "Regions": all drawings of the scan in a table, and the figures of the selected one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.actions import NO_FOCUS
from isthmus.ui.icons import SIZE as ICON
from isthmus.ui.measure.details import Details
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.figures import Figures
from isthmus.ui.measure.list_model import NAME, SIZE, SLICE, DrawingsModel
from isthmus.ui.measure.shapes import Drawing
from isthmus.ui.theme import font, scaled
from isthmus.ui.words import tr

_ROW = 22
# From here on the figures have room below the table; from there on beside it.
_TALL, _WIDE = 200, 560


class RegionsPanel(QWidget):
    """Lists drawings: rename, go to, delete, copy, export; shows the selected one's figures.

    Args:
        drawings: What is listed.
        figures: What is known of them.
        number: Returns the number, from 1, of a drawing's slice, if it is in the scan.
        size: Returns a drawing's length, angle or area in words.
        decimals: Returns how many decimals a value of the scan is worth.
        go: Goes to a drawing.
        actions: What the buttons do.
    """

    def __init__(
        self,
        drawings: Drawings,
        figures: Figures,
        number: Callable[[Drawing], int | None],
        size: Callable[[Drawing], str],
        decimals: Callable[[], int],
        go: Callable[[Drawing], None],
        actions: Sequence[QAction],
    ) -> None:
        super().__init__()
        self._drawings = drawings
        self._figures = figures
        self._decimals = decimals
        self._go = go
        self._following = False
        self.setAccessibleName(tr("Regions"))
        self.model = DrawingsModel(drawings, number, size)
        self.table = _Table(self.model, self._open)
        self.details = Details()
        nothing = QLabel(
            tr("Nothing is drawn yet. Choose a tool, then drag on a picture, or press Enter there.")
        )
        nothing.setWordWrap(True)
        nothing.setProperty("role", "secondary")
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(nothing)

        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(2)
        self._what = QLabel()
        self._what.setFont(font(12, 600))
        buttons.addWidget(self._what, 1)
        for action in actions:
            buttons.addWidget(tool_button(action))
        self._beside = QHBoxLayout()
        self._beside.setSpacing(16)
        self._beside.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 12, 6)
        column.setSpacing(2)
        column.addLayout(buttons)
        column.addLayout(self._beside, 1)
        self._below = column
        column.addWidget(self.details)

        self.table.selectionModel().selectionChanged.connect(self._choose)
        drawings.changed.connect(self.refresh)
        drawings.selected_changed.connect(self.refresh)
        figures.changed.connect(self.refresh)
        self.refresh()

    def rename(self, key: str) -> None:
        """Let the person type a drawing's name."""
        row = self.model.row(key)
        if row >= 0:
            self.table.setFocus()
            self.table.setCurrentIndex(self.model.index(row, NAME))
            self.table.edit(self.model.index(row, NAME))

    def minimumSizeHint(self) -> QSize:
        """Return the room that it makes do with."""
        return QSize(280, 108)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(392, 220)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the figures where there is room for them."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while no one looked."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is known now."""
        if not self.isVisible() and self.model.rowCount() == len(self._drawings.all):
            return
        selected = self._drawings.selected
        self._pages.setCurrentIndex(0 if self._drawings.all else 1)
        self._what.setText(selected.name if selected else "")
        if selected is not None:
            self.details.show_known(self._figures.known(selected), self._decimals())
        self._arrange()
        row = self.model.row(selected.key) if selected else -1
        current = self.table.currentIndex().row() if self.table.selectedIndexes() else -1
        if row != current:
            self._following = True
            if row < 0:
                self.table.clearSelection()
            else:
                self.table.selectRow(row)
            self._following = False

    def _arrange(self) -> None:
        selected = self._drawings.selected
        beside = self.width() >= scaled(_WIDE)
        wanted = selected is not None and selected.shape.is_region
        self.details.setVisible(wanted and (beside or self.height() >= scaled(_TALL)))
        if beside != (self._beside.indexOf(self.details) >= 0):
            if beside:
                self._beside.addWidget(self.details, 1)
            else:
                self._below.addWidget(self.details)

    @Slot(QItemSelection, QItemSelection)
    def _choose(self, _new: QItemSelection, _old: QItemSelection) -> None:
        rows = self.table.selectionModel().selectedRows()
        drawing = self.model.drawing(rows[0].row()) if rows else None
        if not self._following and drawing is not None:
            self._drawings.select(drawing.key)

    def _open(self, row: int) -> None:
        drawing = self.model.drawing(row)
        if drawing is not None:
            self._drawings.select(drawing.key)
            self._go(drawing)


class _Table(QTableView):
    """One row for each drawing, chosen as a whole."""

    def __init__(self, model: DrawingsModel, go: Callable[[int], None]) -> None:
        super().__init__()
        self._go = go
        self.setModel(model)
        self.setAccessibleName(tr("Drawings"))
        self.setProperty("focusRing", "inside")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setFixedHeight(scaled(18))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (SLICE, SIZE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to a drawing with Enter; the rest is the table's."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self._go(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self._go(index.row())


def tool_button(action: QAction) -> QToolButton:
    """Return a small button for an action, by its icon."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(ICON)
    button.setFocusPolicy(NO_FOCUS)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button
