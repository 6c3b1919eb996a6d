"""The drawings of a scan as the rows of a table."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot

from isthmus.scans import Plane
from isthmus.ui import formats
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.shapes import Drawing
from isthmus.ui.words import later, tr

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
NAME, SLICE, SIZE = range(3)
_HEADS = (later("Name"), later("Slice"), later("Size"))
_PLANES = {
    Plane.AXIAL: later("axial"),
    Plane.CORONAL: later("coronal"),
    Plane.SAGITTAL: later("sagittal"),
}


class DrawingsModel(QAbstractTableModel):
    """Name, slice and size of each drawing; the name can be edited.

    Args:
        drawings: What is listed.
        number: Returns the number, from 1, of a drawing's slice; None if it lies outside the scan.
        size: Returns a drawing's length, angle or area in words.
    """

    def __init__(
        self,
        drawings: Drawings,
        number: Callable[[Drawing], int | None],
        size: Callable[[Drawing], str],
    ) -> None:
        super().__init__()
        self._drawings = drawings
        self._number = number
        self._size = size
        self._shown: tuple[Drawing, ...] = ()
        drawings.changed.connect(self.refresh)

    def drawing(self, row: int) -> Drawing | None:
        """Return the drawing of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row(self, key: str) -> int:
        """Return the row of a drawing; −1 if it is not listed."""
        return next((at for at, one in enumerate(self._shown) if one.key == key), -1)

    @Slot()
    def refresh(self) -> None:
        """List what there is now; a selection stays where only values changed."""
        before, self._shown = self._shown, self._drawings.all
        if [one.key for one in before] != [one.key for one in self._shown]:
            self.beginResetModel()
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(before, self._shown, strict=True)):
            if old is not new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, SIZE))

    def rowCount(self, parent: _Index = _TOP) -> int:
        """Return how many drawings there are."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _TOP) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's head."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(_HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell, or what it says to a screen reader."""
        drawing = self.drawing(index.row())
        if drawing is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(drawing, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            words = tr("{shape}, {plane}. Double click or Enter goes there, F2 renames.")
            return words.format(shape=drawing.shape.words, plane=tr(_PLANES[drawing.plane]))
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a drawing."""
        drawing = self.drawing(index.row())
        if drawing is None or role != Qt.ItemDataRole.EditRole or not str(value).strip():
            return False
        self._drawings.rename(drawing.key, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Say which cells can be edited."""
        found = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return found | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else found

    def _text(self, drawing: Drawing, column: int) -> str:
        if column == NAME:
            return drawing.name
        if column == SIZE:
            return self._size(drawing)
        number = self._number(drawing)
        return formats.UNKNOWN if number is None else str(number)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
