"""The list of series in the chooser: a picture, what it is, how large, and how many parts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from isthmus.ui.scan_list import paint_row, paint_thumbnail, picture, write_elided
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import later, tr

_ROW = Qt.ItemDataRole.UserRole
_HEIGHT, _THUMBNAIL, _HEADING = 76, 60, 36
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
OTHERS = later("Not volumes")


@dataclass(frozen=True, eq=False)
class SeriesRow:
    """One series as the list shows it.

    Attributes:
        key: What is sent when it is chosen.
        title: Its description.
        facts: Modality, number of slices, size; in order of importance.
        parts: Its parts in words, or what else it is; may be empty.
        private: Whose it is and of which day, for the right edge; empty unless the person asked.
        thumbnail: uint8, square; None while there is none.
        other: Whether it stands under "Not volumes".
    """

    key: str
    title: str
    facts: tuple[str, ...]
    parts: str = ""
    private: str = ""
    thumbnail: npt.NDArray[np.uint8] | None = None
    other: bool = False

    @property
    def words(self) -> str:
        """All that is said of it, for the filter and for screen readers."""
        said = (self.title, *self.facts, self.parts, self.private)
        return ", ".join(part for part in said if part)


class _Delegate(QStyledItemDelegate):
    """Draws a series, or the heading above those that are no volumes."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(200, _HEADING if index.data(_ROW) is None else _HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw picture and words."""
        row: SeriesRow | None = index.data(_ROW)
        painter.save()
        if row is None:
            painter.setFont(font(12, 600))
            painter.setPen(colour(TOKENS.text2))
            painter.drawText(option.rect.adjusted(12, 8, -12, 0), _LEFT, tr(OTHERS))
            painter.restore()
            return
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(4, 1, -4, -1)
        paint_row(
            painter,
            box,
            chosen=chosen,
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            focused=chosen and option.widget.hasFocus(),
        )
        top = box.top() + (box.height() - _THUMBNAIL) // 2
        thumb = QRect(box.left() + 8, top, _THUMBNAIL, _THUMBNAIL)
        painter.fillRect(thumb, Qt.GlobalColor.black)
        paint_thumbnail(painter, thumb, index.data(Qt.ItemDataRole.DecorationRole), False)
        self._write(painter, box.adjusted(_THUMBNAIL + 22, 0, -14, 0), row)
        painter.restore()

    def _write(self, painter: QPainter, box: QRect, row: SeriesRow) -> None:
        lines = [line for line in ("   ".join(row.facts), row.parts) if line]
        line = QRect(box.left(), 0, box.width(), 18)
        line.moveTop(box.center().y() - (19 + 17 * len(lines)) // 2 + 1)
        title = QRect(line)
        if row.private:
            painter.setFont(font(12))
            painter.setPen(colour(TOKENS.text2))
            metrics = painter.fontMetrics()
            private = metrics.elidedText(
                row.private, Qt.TextElideMode.ElideLeft, line.width() * 3 // 5
            )
            painter.drawText(line, _RIGHT, private)
            title.setWidth(line.width() - metrics.horizontalAdvance(private) - 16)
        painter.setFont(font(13, 600))
        painter.setPen(colour(TOKENS.text2 if row.other else TOKENS.text))
        write_elided(painter, title, row.title, Qt.TextElideMode.ElideMiddle)
        painter.setFont(font(12))
        painter.setPen(colour(TOKENS.text2))
        line.translate(0, 2)
        for text in lines:
            line.translate(0, 17)
            write_elided(painter, line, text, Qt.TextElideMode.ElideRight)


class SeriesList(QListWidget):
    """Series to choose from; arrows walk, Return or a double click chooses.

    Attributes:
        picked: Key of the series that the person chose.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._filter = ""
        self._heading: QListWidgetItem | None = None
        self._touched = False
        self._items: dict[str, QListWidgetItem] = {}
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(tr("Series"))
        self.setProperty("focusRing", "own")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self.itemDoubleClicked.connect(lambda _item: self.pick())

    @property
    def current(self) -> str:
        """Key of the series that Return would choose; empty if there is none."""
        row = self._row(self.currentItem())
        return row.key if row is not None else ""

    @property
    def height_of_all(self) -> int:
        """How high it is with every row shown."""
        return sum(self.sizeHintForRow(at) for at in range(self.count()))

    def rows(self) -> list[SeriesRow]:
        """Return the rows that are shown, from the top."""
        items = [self.item(at) for at in range(self.count())]
        found = [self._row(item) for item in items if not item.isHidden()]
        return [row for row in found if row is not None]

    def set_rows(self, rows: Sequence[SeriesRow], *, whole: bool) -> None:
        """Show these series; those that are there already stay where they are.

        A list that grows under a hand must not move what the hand is about to press. Only where no
        hand is near, the whole list comes into the order that was given.

        Args:
            rows: All that are found.
            whole: Whether there will be no others.
        """
        new = {row.key: row for row in rows}
        if whole and not (self._touched or self.underMouse()) and list(new) != list(self._items):
            self.clear()
            self._items.clear()
            self._heading = None
        for key, item in list(self._items.items()):
            row, old = new.get(key), self._row(item)
            if row is None or old is None or row.other != old.other:
                self.takeItem(self.row(item))
                del self._items[key]
        for key, row in new.items():
            item = self._items.get(key) or self._add(row)
            self._fill(item, row)
        self._show_heading()
        self.set_filter(self._filter)
        if self.currentItem() is None:
            self._go_to_first()

    def set_filter(self, text: str) -> None:
        """Show only series whose words hold each word of this text."""
        self._filter = text
        wanted = text.casefold().split()
        for item in self._items.values():
            row = self._row(item)
            words = row.words.casefold() if row is not None else ""
            item.setHidden(not all(word in words for word in wanted))
        others = [self._row(item) for item in self._items.values() if not item.isHidden()]
        if self._heading is not None:
            self._heading.setHidden(not any(row is not None and row.other for row in others))
        current = self.currentItem()
        if current is not None and current.isHidden():
            self.setCurrentRow(-1)
            self._go_to_first()

    def pick(self) -> None:
        """Choose the current series."""
        if self.current:
            self.picked.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose on Return, whatever the system's style says of it."""
        self._touched = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pick()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note that the list is in use."""
        self._touched = True
        super().mousePressEvent(event)

    def _add(self, row: SeriesRow) -> QListWidgetItem:
        item = QListWidgetItem()
        at = self.count()
        if not row.other:
            at = sum(1 for known in self._items.values() if not self._is_other(known))
        self.insertItem(at, item)
        self._items[row.key] = item
        return item

    def _fill(self, item: QListWidgetItem, row: SeriesRow) -> None:
        old = self._row(item)
        item.setData(_ROW, row)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, row.words)
        if old is None or old.thumbnail is not row.thumbnail:
            item.setData(Qt.ItemDataRole.DecorationRole, picture(row.thumbnail))

    def _show_heading(self) -> None:
        """Put the heading above the first that is no volume, or take it away."""
        if self._heading is not None:
            self.takeItem(self.row(self._heading))
            self._heading = None
        others = [self.row(item) for item in self._items.values() if self._is_other(item)]
        if others:
            self._heading = QListWidgetItem()
            self._heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self._heading.setData(Qt.ItemDataRole.AccessibleTextRole, OTHERS)
            self.insertItem(min(others), self._heading)

    def _go_to_first(self) -> None:
        """Make the first shown series the current one."""
        for at in range(self.count()):
            item = self.item(at)
            if not item.isHidden() and self._row(item) is not None:
                self.setCurrentItem(item)
                return

    def _is_other(self, item: QListWidgetItem) -> bool:
        row = self._row(item)
        return row is not None and row.other

    @staticmethod
    def _row(item: QListWidgetItem | None) -> SeriesRow | None:
        found = item.data(_ROW) if item is not None else None
        return found if isinstance(found, SeriesRow) else None
