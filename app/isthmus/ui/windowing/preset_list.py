"""The windows that a scan offers, in a list beside the histogram."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from isthmus.scans import Volume, Window
from isthmus.ui import keys
from isthmus.ui.formats import number
from isthmus.ui.pictures import value_decimals
from isthmus.ui.theme import TOKENS, colour, scaled
from isthmus.ui.words import tr

_WIDTH, _ROW, _KEY = 224, 24, 20
_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PresetList(QTreeWidget):
    """Presets with their keys; a click, or Return on the row that the arrows chose, takes one.

    Attributes:
        chosen: The `Window` that was taken.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Presets"))
        self.setToolTip(tr("Windows to choose from: width / centre, and the key of the first nine"))
        self.setFixedWidth(scaled(_WIDTH))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setColumnCount(3)
        header = self.header()
        header.setMinimumSectionSize(scaled(_KEY))
        header.setStretchLastSection(False)
        for column, mode in enumerate(
            (
                QHeaderView.ResizeMode.Fixed,
                QHeaderView.ResizeMode.Stretch,
                QHeaderView.ResizeMode.ResizeToContents,
            )
        ):
            header.setSectionResizeMode(column, mode)
        header.resizeSection(0, scaled(_KEY))
        self._windows: tuple[Window, ...] = ()
        self.itemClicked.connect(self._take)
        self.itemActivated.connect(self._take)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the window has too."""
        return keys.keeps(event, _KEYS) or super().event(event)

    def set_presets(self, windows: tuple[Window, ...], volume: Volume | None) -> None:
        """Offer windows, in the order of their keys."""
        self._windows = windows
        self.clear()
        for place, window in enumerate(windows, start=1):
            decimals = value_decimals(volume, window.width)
            width, centre = (number(value, decimals) for value in (window.width, window.centre))
            key = str(place) if place <= 9 else ""
            item = QTreeWidgetItem([key, tr(window.name), f"{width} / {centre}"])
            item.setSizeHint(0, QSize(0, scaled(_ROW)))
            item.setTextAlignment(2, _RIGHT)
            for column in (0, 2):
                item.setForeground(column, colour(TOKENS.text2))
            self.addTopLevelItem(item)

    def set_current(self, centre: float, width: float) -> None:
        """Mark the one that is in use, if one is."""
        there = [(window.centre, window.width) for window in self._windows]
        item = None
        if (centre, width) in there:
            item = self.topLevelItem(there.index((centre, width)))
        if item is not self.currentItem():
            self.setCurrentItem(item)  # type: ignore[arg-type]

    def _take(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(self._windows[self.indexOfTopLevelItem(item)])
