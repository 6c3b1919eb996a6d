"""The list of scans at the left: thumbnails with words, or thumbnails only."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.icons import SIZE, icon
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

LIST_WIDTH = 232
RAIL_WIDTH = 48
_ENTRY = Qt.ItemDataRole.UserRole
_VCENTRE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class ScanEntry:
    """A scan in a list.

    Attributes:
        path: File or folder.
        title: File name or series description, without patient data.
        lines: Up to two lines below it, such as "FLAIR 306×384×39" and "0.57×0.57×3.30 mm".
        thumbnail: uint8, shape (rows, columns); None if there is no picture yet.
        current: Whether it is the open scan.
        missing: Whether the file is gone.
        when: When it was opened, in words; only the welcome page shows it.
        key: What `chosen` sends; the path if empty.
        place: The path in words, without patient data; the path itself if empty.
    """

    path: str
    title: str
    lines: tuple[str, ...] = ()
    thumbnail: npt.NDArray[np.uint8] | None = None
    current: bool = False
    missing: bool = False
    when: str = ""
    key: str = ""
    place: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The lines to show below the title."""
        if self.missing:
            return (tr("moved or renamed"),)
        return tuple(filter(None, self.lines[:2]))


def picture(thumbnail: npt.NDArray[np.uint8] | None) -> QPixmap | None:
    """Return a thumbnail as a pixmap, or None."""
    if thumbnail is None:
        return None
    rows, columns = thumbnail.shape
    image = QImage(thumbnail.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
    return QPixmap.fromImage(image.copy())


def paint_thumbnail(painter: QPainter, box: QRect, pixmap: QPixmap | None, missing: bool) -> None:
    """Draw a thumbnail whole on black, or a frame with a sign where there is no picture."""
    if pixmap is None:
        painter.setPen(QPen(colour(TOKENS.track), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        sign = icon("question" if missing else "image", "text3")
        at = QRect(0, 0, 18, 18)
        at.moveCenter(box.center())
        sign.paint(painter, at)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(box, Qt.GlobalColor.black)
    size = QSize(pixmap.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRect(0, 0, size.width(), size.height())
    fitted.moveCenter(box.center())
    painter.drawPixmap(fitted, pixmap)


def paint_row(painter: QPainter, box: QRect, *, chosen: bool, hovered: bool, focused: bool) -> None:
    """Draw the background of a row, and its focus ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if chosen or hovered:
        painter.setBrush(colour(TOKENS.selected if chosen else TOKENS.hover))
        painter.drawRoundedRect(box, 5, 5)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(TOKENS.focus), 2))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def write_elided(painter: QPainter, box: QRect, text: str, mode: Qt.TextElideMode) -> None:
    """Write one line, shortened to fit."""
    short = painter.fontMetrics().elidedText(text, mode, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | _VCENTRE, short)


class _Delegate(QStyledItemDelegate):
    """Draws a scan as a row of the list or a thumbnail of the rail."""

    rail = False

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(RAIL_WIDTH, 46) if self.rail else QSize(100, 66)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw thumbnail and words."""
        entry: ScanEntry = index.data(_ENTRY)
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        rect, state = option.rect, option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and option.widget.hasFocus()
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if self.rail:
            box = QRect(0, 0, 42, 42)
            box.moveCenter(rect.center())
            paint_row(painter, box, chosen=entry.current, hovered=hovered, focused=focused)
            paint_thumbnail(painter, box.adjusted(3, 3, -3, -3), pixmap, entry.missing)
            painter.restore()
            return
        box = rect.adjusted(6, 1, -6, -1)
        paint_row(painter, box, chosen=entry.current, hovered=hovered, focused=focused)
        thumb = QRect(box.left() + 8, box.top() + (box.height() - 48) // 2, 48, 48)
        paint_thumbnail(painter, thumb, pixmap, entry.missing)
        words = QRect(thumb.right() + 11, 0, box.right() - thumb.right() - 18, 17)
        lines = entry.words
        top = box.center().y() - (18 + 16 * len(lines)) // 2 + 1
        words.moveTop(top)
        painter.setFont(font(13, 600))
        painter.setPen(colour(TOKENS.text2 if entry.missing else TOKENS.text))
        write_elided(painter, words, entry.title, Qt.TextElideMode.ElideMiddle)
        painter.setFont(font(11))
        painter.setPen(colour(TOKENS.text2))
        for number, line in enumerate(lines):
            words.moveTop(top + 18 + 16 * number)
            write_elided(painter, words, line, Qt.TextElideMode.ElideRight)
        painter.restore()


class _View(QListWidget):
    """A list that is walked by arrows; Return chooses, and Space is left to the window."""

    returned = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Return, whatever the system's style says of it."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.returned.emit(item)
        else:
            super().keyPressEvent(event)


class ScanList(QWidget):
    """Open and recent scans. Return or a click chooses one.

    Args:
        actions: Shown as buttons in the head, with their own tooltips: open a file, a folder.

    Attributes:
        chosen: Key of the scan that the person wants to see.
        clicked: It was chosen with the mouse, so that keys are not meant for the list any more.
    """

    chosen = Signal(str)
    clicked = Signal()

    def __init__(self, actions: Sequence[QAction] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(self)
        self._title = QLabel(tr("Scans"))
        self._title.setProperty("role", "title")
        self._head = QWidget()
        self._head.setFixedHeight(42)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(self._title)
        row.addStretch(1)
        self._buttons = [QToolButton() for _ in actions]
        for button, action in zip(self._buttons, actions, strict=True):
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(SIZE)
            row.addWidget(button)
        self._row = row

        self._view = _View()
        self._view.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self._view.setAccessibleName(tr("Scans"))
        self._view.setProperty("focusRing", "own")
        self._view.setItemDelegate(self._delegate)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._view.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self._view.itemClicked.connect(self._click)
        self._view.returned.connect(self._choose)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._view, 1)
        for first, second in pairwise((*self._buttons, self._view)):
            self.setTabOrder(first, second)
        self.set_rail(False)

    def set_entries(self, entries: Sequence[ScanEntry]) -> None:
        """Show these scans, first at the top; what is scrolled to stays."""
        bar = self._view.verticalScrollBar()
        scrolled = bar.value()
        self._view.clear()
        for entry in entries:
            item = QListWidgetItem()
            words = "\n".join((entry.title, *entry.words))
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.DecorationRole, picture(entry.thumbnail))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.replace("\n", ", "))
            item.setToolTip(f"{words}\n{entry.place or entry.path}")
            self._view.addItem(item)
            if entry.current:
                self._view.setCurrentItem(item)
        if scrolled:
            bar.setValue(scrolled)

    def set_rail(self, rail: bool) -> None:
        """Show thumbnails only, in 48 pixels of width."""
        self._delegate.rail = rail
        self._title.setVisible(not rail)
        margins = (10, 0, 10, 0) if rail else (14, 0, 8, 0)
        self._row.setContentsMargins(*margins)
        for button in self._buttons[1:]:
            button.setVisible(not rail)
        self.setFixedWidth(RAIL_WIDTH if rail else LIST_WIDTH)
        self._view.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if rail else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        self._view.scheduleDelayedItemsLayout()

    def _click(self, item: QListWidgetItem) -> None:
        self._choose(item)
        self.clicked.emit()

    def _choose(self, item: QListWidgetItem) -> None:
        entry: ScanEntry = item.data(_ENTRY)
        self.chosen.emit(entry.key or entry.path)
