"""The panel "Masks": which labels there are, how large each is, and how they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui import formats, keys
from isthmus.ui.actions import NO_FOCUS
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.masks.colours import label_colour
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour, font, scaled
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.masks.masks import Masks

_NAME, _VOXELS, _SIZE = range(3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_VALUE = Qt.ItemDataRole.UserRole
_ROW = 22
_LIST_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Space,
)
_SLIDER_KEYS = (*_LIST_KEYS[:-1], Qt.Key.Key_Left, Qt.Key.Key_Right)


class _Labels(QTreeWidget):
    """The list, which has its keys to itself while it has the focus."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the window has too."""
        return keys.keeps(event, _LIST_KEYS) or super().event(event)


class _Slider(QSlider):
    """The slider, likewise."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the window has too."""
        return keys.keeps(event, _SLIDER_KEYS) or super().event(event)


class MaskPanel(QWidget):
    """Lists the labels of the mask: a tick to show each, its number, voxels and volume.

    The row of the label that the cursor lies in is bold: colours alone do not tell labels apart.

    Args:
        masks: What is listed.
        store: Where the cursor is.

    Attributes:
        table: The labels.
        opacity: Of areas, in percent.
    """

    def __init__(self, masks: Masks, store: ViewStore) -> None:
        super().__init__()
        self._masks = masks
        self._listed: object = None
        self._under = 0
        self._items: list[QTreeWidgetItem] = []
        self.setAccessibleName(tr("Masks"))
        self.table = _Labels()
        self.opacity = _Slider(Qt.Orientation.Horizontal)
        self._name = QLabel()
        self._pages = QStackedWidget()
        self._fill_table()
        self._lay_out()
        self.table.itemChanged.connect(self._take_tick)
        self.opacity.valueChanged.connect(lambda percent: masks.set_opacity(percent / 100))
        masks.changed.connect(self.refresh)
        store.changed.connect(self._mark)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        """Return the room that it makes do with."""
        return QSize(280, 108)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(392, 220)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while no one looked."""
        super().showEvent(event)
        self._mark()

    def _fill_table(self) -> None:
        table = self.table
        table.setColumnCount(3)
        table.setHeaderLabels([tr("Label"), tr("Voxels"), tr("Volume, ml")])
        for column in (_VOXELS, _SIZE):
            table.headerItem().setTextAlignment(column, _RIGHT)
        table.setRootIsDecorated(False)
        table.setIndentation(0)
        table.setUniformRowHeights(True)
        table.setIconSize(QSize(12, 12))
        table.setAccessibleName(tr("Labels"))
        table.setToolTip(
            tr(
                "Labels by their number in the file. A tick shows one; Space sets it. Volume:"
                " voxels times the size of one. Bold: the label that the cursor lies in."
            )
        )
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_VOXELS, _SIZE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        self._name.setFont(font(12, 600))
        # A long name is cut, rather than pushing the controls away; its tip has the whole.
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedWidth(scaled(96))
        self.opacity.setAccessibleName(tr("Opacity of the mask"))
        self.opacity.setToolTip(tr("How opaque areas are; at the left only outlines are drawn"))
        label = QLabel(tr("Opacity"))
        label.setProperty("role", "secondary")
        label.setBuddy(self.opacity)
        self._of_map = (label, self.opacity)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._name, 1)
        row.addSpacing(8)
        row.addWidget(label)
        row.addWidget(self.opacity)
        actions = self._masks.actions
        for action, sign in (
            (actions.shown, "eye"),
            (actions.open, "folder-open"),
            (actions.close, "x"),
        ):
            action.setIcon(icon(sign))
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(SIZE)
            button.setFocusPolicy(NO_FOCUS)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            row.addWidget(button)
        nothing = QLabel(
            tr(
                "No mask is open. Open a label map that lies on the scan's grid, or drop one on"
                " the window while Shift is held."
            )
        )
        nothing.setWordWrap(True)
        nothing.setProperty("role", "secondary")
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.table)
        self._pages.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 12, 6)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

    @Slot()
    def refresh(self) -> None:
        """Show what there is, and how it is drawn."""
        found = self._masks.map
        self._pages.setCurrentIndex(1 if found is None else 0)
        self._name.setText(found.path.name if found is not None else "")
        self._name.setToolTip(str(found.path) if found is not None else "")
        for widget in self._of_map:
            widget.setVisible(found is not None)
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(100 * self._masks.opacity))
        with QSignalBlocker(self.table):
            if found is not self._listed:
                self._listed, self._under = found, 0
                self._list()
            for item in self._items:
                shown = self._masks.is_shown(item.data(_NAME, _VALUE))
                state = Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
                item.setCheckState(_NAME, state)
        self._mark()

    def _list(self) -> None:
        self.table.clear()
        self._items = []
        found = self._masks.map
        for place, label in enumerate(found.labels if found is not None else ()):
            millilitres = formats.number(label.millilitres, 2)
            name = tr("Label {number}").format(number=label.value)
            item = QTreeWidgetItem([name, formats.number(label.count, 0), millilitres])
            item.setData(_NAME, _VALUE, label.value)
            item.setIcon(_NAME, _swatch(label_colour(place)))
            item.setSizeHint(_NAME, QSize(0, scaled(_ROW)))
            for column in (_VOXELS, _SIZE):
                item.setTextAlignment(column, _RIGHT)
            self._items.append(item)
        self.table.addTopLevelItems(self._items)

    @Slot(QTreeWidgetItem, int)
    def _take_tick(self, item: QTreeWidgetItem, column: int) -> None:
        if column == _NAME:
            shown = item.checkState(_NAME) == Qt.CheckState.Checked
            self._masks.show_label(item.data(_NAME, _VALUE), shown)

    @Slot()
    def _mark(self, *_: object) -> None:
        """Make the row of the label under the cursor bold; only while someone can see it."""
        if not self.isVisible():
            return
        under = self._masks.at_cursor()
        if under == self._under:
            return
        self._under = under
        with QSignalBlocker(self.table):
            for item in self._items:
                here = item.data(_NAME, _VALUE) == under
                for column in range(3):
                    item.setFont(column, font(13, 600 if here else 400))
                if here:
                    self.table.scrollToItem(item)
        self.table.viewport().update()


def _swatch(name: str) -> QIcon:
    """Return a label's colour on black, as it is on the pictures."""
    made = QPixmap(24, 24)
    made.setDevicePixelRatio(2)
    made.fill(colour(DARK.line))
    painter = QPainter(made)
    painter.fillRect(1, 1, 10, 10, colour(name))
    painter.end()
    return QIcon(made)
