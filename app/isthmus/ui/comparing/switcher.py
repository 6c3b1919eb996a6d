"""The switch of the comparisons in the toolbar: seven segments, each a sign and a word."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QWidget

from isthmus.ui import keys
from isthmus.ui.comparing.glyphs import SIZE, paint_glyph
from isthmus.ui.comparing.names import comparison_name
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.view_state import Comparison, ViewState

_PADDING, _GAP, _HEIGHT = 9, 8, 26
# From which size of the window on there is room for all words, and below which for none.
_WIDE, _HIGH = 1600, 900
_NARROW, _LOW = 1150, 700
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Words(Enum):
    """Which segments have a word beside their sign."""

    ALL = auto()
    CHOSEN = auto()
    NONE = auto()


class ModeSwitcher(QFrame):
    """Chooses one of the seven comparisons.

    Args:
        store: Whose comparison it shows and sets.
        actions: The same as actions, for their names and keys.
    """

    def __init__(
        self,
        store: ViewStore,
        actions: dict[Comparison, QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "segment")
        self._words = Words.ALL
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(2)
        self.setFixedHeight(scaled(_HEIGHT + 4))
        group = QButtonGroup(self)
        group.setExclusive(True)
        self.buttons: dict[Comparison, ModeButton] = {}
        for comparison, action in actions.items():
            button = ModeButton(comparison, action.toolTip())
            button.clicked.connect(action.trigger)
            group.addButton(button)
            row.addWidget(button)
            self.buttons[comparison] = button
        store.changed.connect(self._follow)
        self._follow(store.state, None)

    def set_words(self, words: Words) -> None:
        """Write words beside signs as far as there is room."""
        self._words = words
        for button in self.buttons.values():
            button.set_words(words)

    def fit_into(self, window: QWidget) -> None:
        """Write as many words as a window has room for, now and whenever its size changes."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            large = watched.width() >= _WIDE and watched.height() >= _HIGH
            low = watched.height() < _LOW or watched.width() < _NARROW
            self.set_words(Words.ALL if large else Words.NONE if low else Words.CHOSEN)
        return super().eventFilter(watched, event)

    def _follow(self, new: ViewState, old: ViewState | None) -> None:
        if old is not None and new.comparison is old.comparison:
            return
        self.buttons[new.comparison].setChecked(True)
        for button in self.buttons.values():
            button.set_words(self._words)


class ModeButton(QAbstractButton):
    """One segment."""

    def __init__(self, comparison: Comparison, tip: str) -> None:
        super().__init__()
        self._comparison = comparison
        self._words = Words.ALL
        self.setCheckable(True)
        self.setText(comparison_name(comparison))
        self.setAccessibleName(comparison_name(comparison))
        self.setToolTip(tip)
        # Tab reaches it; a click leaves the keys with the panes.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words(Words.ALL)

    def set_words(self, words: Words) -> None:
        """Show the word, or the sign alone."""
        self._words = words
        self.setFixedSize(self.sizeHint())
        self.update()

    @property
    def worded(self) -> bool:
        """Whether the word stands beside the sign."""
        return self._words is Words.ALL or (self._words is Words.CHOSEN and self.isChecked())

    def sizeHint(self) -> QSize:
        """Return the room for sign and word; the same whether chosen or not."""
        width = SIZE + 2 * _PADDING
        if self.worded:
            width += _GAP + round(QFontMetricsF(font(13, 600)).horizontalAdvance(self.text()))
        return QSize(width, scaled(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, which go through the segments here."""
        return keys.keeps(event, _ARROWS) or super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Get brighter under the pointer."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Be as before."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.underMouse()
        if lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.selected if self.isChecked() else TOKENS.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        tone = colour(TOKENS.text if lit else TOKENS.text2)
        middle = self.height() / 2
        paint_glyph(
            painter, QRectF(_PADDING, middle - SIZE / 2, SIZE, SIZE), self._comparison, tone
        )
        if self.worded:
            face = font(13, 600 if self.isChecked() else 400)
            metrics = QFontMetricsF(face)
            painter.setFont(face)
            painter.setPen(tone)
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(_PADDING + SIZE + _GAP, baseline), self.text())
