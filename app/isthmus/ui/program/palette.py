"""The command palette: type a few letters, press Enter. Nothing typed here is kept."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from isthmus.ui.program.commands import Command, in_menus
from isthmus.ui.program.search import score
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_WIDTH = 600
_ROW = 32
_ROWS = 11
_Index = QModelIndex | QPersistentModelIndex
_COMMAND = Qt.ItemDataRole.UserRole
_MOVES = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class _Row(QStyledItemDelegate):
    """Draws a command: the way to it dim, its name bright, its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, scaled(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        command: Command = index.data(_COMMAND)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.selected))
            painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 5, 5)
        inside = area.adjusted(18, 0, -18, 0)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        keys_wide = QFontMetrics(font(12)).horizontalAdvance(command.keys)
        painter.setFont(font(12))
        painter.setPen(colour(TOKENS.text2))
        painter.drawText(inside, right, command.keys)
        inside.setRight(inside.right() - keys_wide - 16)
        before = "".join(f"{step} › " for step in command.path)
        painter.setFont(font(13))
        painter.drawText(inside, left, before)
        inside.setLeft(inside.left() + QFontMetrics(font(13)).horizontalAdvance(before))
        painter.setPen(colour(TOKENS.text))
        elided = QFontMetrics(font(13)).elidedText(
            command.title, Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, left, elided)
        painter.restore()


class Palette(QFrame):
    """Lies over the window until a command is chosen or it is left.

    Args:
        window: Its menus are searched.

    Attributes:
        field: Takes what is typed.
        list: What answers to it, the best first.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAccessibleName(tr("Commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._commands = [each for each in in_menus(window.menuBar()) if each.action.isEnabled()]
        self.field = QLineEdit()
        self.field.setObjectName("palettefield")
        self.field.setProperty("focusRing", "own")
        self.field.setPlaceholderText(tr("Find a command"))
        self.field.setAccessibleName(tr("Find a command"))
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._nothing = QLabel(tr("No command is called that."))
        self._nothing.setProperty("role", "dim")
        self._nothing.setContentsMargins(18, 10, 18, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 7)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        self.field.textChanged.connect(self._search)
        self.list.itemClicked.connect(self._run)
        self._search("")

    def popup(self) -> None:
        """Show it at the top of the window, in its middle."""
        wide = min(_WIDTH, self._window.width() - 80)
        self.resize(wide, scaled(52) + _ROWS * scaled(_ROW))
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        self.move(corner.x() + (self._window.width() - wide) // 2, corner.y() + 76)
        self.show()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys walk the list while the field has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                self._move(event.key())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentItem())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        rated = ((score(text, each.name), each) for each in self._commands)
        found = [(value, each) for value, each in rated if value is not None]
        if text.strip():
            found.sort(key=lambda pair: -pair[0])
        self.list.clear()
        for _, command in found:
            item = QListWidgetItem()
            item.setData(_COMMAND, command)
            spoken = ", ".join(part for part in (command.name, command.keys) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._say()

    def _move(self, key: int) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_ROWS,
            Qt.Key.Key_PageDown: _ROWS,
        }
        count = self.list.count()
        if count:
            row = self.list.currentRow() + steps[Qt.Key(key)]
            single = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            self.list.setCurrentRow(row % count if single else min(max(row, 0), count - 1))
        self._say()

    def _say(self) -> None:
        """Tell screen readers what Enter would do: the focus is in the field."""
        item = self.list.currentItem()
        spoken = item.data(Qt.ItemDataRole.AccessibleTextRole) if item is not None else ""
        self.field.setAccessibleDescription(spoken or self._nothing.text())

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command: Command = item.data(_COMMAND)
        self.close()
        command.action.trigger()
