"""The selector's title: the model whose bottlenecks it shows, and the way to another one."""

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from isthmus.codec import ModelInfo
from isthmus.ui import keys
from isthmus.ui.icons import icon
from isthmus.ui.model_choice import add_models
from isthmus.ui.theme import TOKENS, colour, font

# Space is the window's: it shows the original.
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_ARROW = QSize(10, 10)
_PAD, _GAP = 1, 1


class ModelButton(QToolButton):
    """Shows a model's title; pressed, or with Return or the down key, it offers all models.

    Attributes:
        chosen: The `ModelInfo` that the person chose, unless it is the one that is shown.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("min-width: 0; min-height: 0; padding: 0;")
        self.hide()

    def set_model(self, model: ModelInfo) -> None:
        """Show a model's title."""
        self._name = model.name
        self.setText(model.title)
        self.setToolTip(f"{model.title}\nPress to choose another model.")
        self.setAccessibleName(f"Model: {model.title}")
        self.update()

    def set_small(self, small: bool) -> None:
        """Choose between the type of a large deck and that of a small one."""
        self.setFont(font(11, 500) if small else font(13, 600))

    def sizeHint(self) -> QSize:
        """Return what title and arrow need."""
        wide = math.ceil(QFontMetricsF(self.font()).horizontalAdvance(self.text()))
        return QSize(wide + _GAP + _ARROW.width() + 2 * _PAD, 22)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu; leave other keys to the window."""
        if event.key() in _OPENS and keys.is_bare(event):
            self.showMenu()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Leave the release to the window, as the press was."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that open the menu."""
        return keys.keeps(event, _OPENS) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the title, shortened where it must be, and an arrow beside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.selected if self.isDown() else TOKENS.hover))
            painter.drawRoundedRect(self.rect(), 4, 4)
        inside = self.rect().adjusted(_PAD, 0, -_PAD - _ARROW.width() - _GAP, 0)
        metrics = QFontMetricsF(self.font())
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(self.font())
        painter.setPen(colour(TOKENS.text))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        left = inside.left() + math.ceil(metrics.horizontalAdvance(title)) + _GAP
        top = (self.height() - _ARROW.height()) // 2 + 1
        arrow = icon("caret-down-fill").pixmap(_ARROW, self.devicePixelRatioF())
        painter.drawPixmap(left, top, arrow)

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        add_models(self._menu, self._name, self._choose)

    def _choose(self, model: ModelInfo) -> None:
        if model.name != self._name:
            self.chosen.emit(model)
