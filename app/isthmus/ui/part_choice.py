"""Which of several volumes of a series or a file is shown: echo, b-value, time point."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from isthmus.ui.actions import NO_FOCUS, Actions
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.keys import keeps
from isthmus.ui.words import tr

_WIDEST = 200
_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Space,
}


class _Box(QComboBox):
    """A list with a sign that there is one; while it has the focus, keys walk it."""

    def event(self, event: QEvent) -> bool:
        return keeps(event, _KEYS) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = QRect(self.width() - 20, (self.height() - 12) // 2, 12, 12)
        icon("caret-down").paint(QPainter(self), at)


class PartChoice(QWidget):
    """Previous, a list, next, and how many there are. Hidden where there is but one part.

    Args:
        actions: Its buttons run the window's actions.

    Attributes:
        chosen: Number of the part that the person wants, from 0.
        box: The list.
    """

    chosen = Signal(int)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._shown = 0
        self.box = _Box()
        self.box.setAccessibleName(tr("Part of the scan"))
        self.box.setToolTip(tr("Part of the scan that is shown (PgUp, PgDown)"))
        self.box.setFocusPolicy(NO_FOCUS)
        self.box.setMaximumWidth(_WIDEST)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.activated.connect(self._choose)
        self._count = QLabel()
        self._count.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(2)
        for action, sign in zip(actions.parts, ("caret-left", "caret-right"), strict=True):
            action.setIcon(icon(sign))
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(SIZE)
            button.setFocusPolicy(NO_FOCUS)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            row.addWidget(button)
        row.insertWidget(1, self.box)
        row.addWidget(self._count)
        actions.step_part.connect(self.step)
        self.hide()

    def set_parts(self, parts: Sequence[str], shown: int) -> None:
        """Offer these parts; none or one is no choice."""
        several = len(parts) > 1
        self._shown = shown
        if several and parts != [self.box.itemText(at) for at in range(self.box.count())]:
            self.box.clear()
            self.box.addItems(list(parts))
            self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + 32)
        self._point(shown)
        self.setVisible(several)
        self._actions.set_several_parts(several)

    @Slot(int)
    def step(self, step: int) -> None:
        """Choose the next part or the one before; the ends stop it."""
        at = self.box.currentIndex() + step
        if 0 <= at < self.box.count():
            self._choose(at)

    @Slot(object)
    def follow(self, path: object) -> None:
        """Speak of the part that is shown again when no other is being read."""
        if path is None:
            self._point(self._shown)

    @Slot(int)
    def _choose(self, at: int) -> None:
        self._point(at)
        self.chosen.emit(at)

    def _point(self, at: int) -> None:
        self.box.setCurrentIndex(at)
        counted = f" of {self.box.count()}" in self.box.currentText()
        self._count.setText("" if counted else f"{at + 1} / {self.box.count()}")
        self._count.setVisible(not counted)
