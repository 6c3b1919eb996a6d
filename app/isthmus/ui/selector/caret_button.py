"""A word with a small arrow beside it that opens a menu."""

import math

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from isthmus.ui import keys
from isthmus.ui.icons import icon
from isthmus.ui.theme import TOKENS, colour, scaled

# Space is the window's: it shows the original.
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_ARROW = QSize(10, 10)
_PAD, _GAP = 1, 1


class CaretButton(QToolButton):
    """Pressed, or with Return or the down key, it opens its menu; other keys are the window's.

    Args:
        token: Name of the text's colour, a field of `Theme`.
    """

    def __init__(self, parent: QWidget | None = None, *, token: str = "text") -> None:
        super().__init__(parent)
        self._token = token
        self.opened = QMenu(self)
        self.setMenu(self.opened)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setStyleSheet("min-width: 0; min-height: 0; padding: 0;")

    def sizeHint(self) -> QSize:
        """Return what words and arrow need."""
        wide = math.ceil(QFontMetricsF(self.font()).horizontalAdvance(self.text()))
        return QSize(wide + _GAP + _ARROW.width() + 2 * _PAD, scaled(22))

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
        """Draw the words, shortened where they must be, and an arrow beside them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.selected if self.isDown() else TOKENS.hover))
            painter.drawRoundedRect(self.rect(), 4, 4)
        inside = self.rect().adjusted(_PAD, 0, -_PAD - _ARROW.width() - _GAP, 0)
        metrics = QFontMetricsF(self.font())
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.setFont(self.font())
        painter.setPen(colour(getattr(TOKENS, self._token)))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        left = inside.left() + math.ceil(metrics.horizontalAdvance(words)) + _GAP
        top = (self.height() - _ARROW.height()) // 2 + 1
        arrow = icon("caret-down-fill").pixmap(_ARROW, self.devicePixelRatioF())
        painter.drawPixmap(left, top, arrow)
