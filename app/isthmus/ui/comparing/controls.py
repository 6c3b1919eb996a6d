"""Small controls for the head of a pane."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from isthmus.ui import keys
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.theme import TOKENS, colour, scaled

_HANDLE, _TRACK = 10, 3
_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class ThinSlider(QSlider):
    """A thin line with a round handle, which goes where it is pressed and keeps its keys."""

    def __init__(self, name: str, width: int = 96) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setFixedWidth(width)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return the height of a control in a head."""
        return QSize(self.width(), 24)

    def event(self, event: QEvent) -> bool:
        """Keep the slider's keys, which scroll elsewhere."""
        return keys.keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down as right and left; other keys are the window's."""
        if event.key() in _KEYS and keys.is_bare(event):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where it is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, room = self.height() / 2, self.width() - _HANDLE
        share = (self.value() - self.minimum()) / max(self.maximum() - self.minimum(), 1)
        at = _HANDLE / 2 + share * room
        track = QRectF(_HANDLE / 2, middle - _TRACK / 2, room, _TRACK)
        painter.setBrush(colour(TOKENS.edge))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        painter.setBrush(colour(TOKENS.text if self.isEnabled() else TOKENS.edge))
        painter.drawRoundedRect(track.adjusted(0, 0, at - track.right(), 0), 1.5, 1.5)
        painter.drawEllipse(QRectF(at - _HANDLE / 2, middle - _HANDLE / 2, _HANDLE, _HANDLE))

    def _go(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _HANDLE / 2) / max(self.width() - _HANDLE, 1)
        share = min(max(share, 0.0), 1.0)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))


def value_label(widest: str) -> QLabel:
    """Return a label for a value, as wide as the widest, so that nothing moves beside it."""
    label = QLabel(widest)
    label.setProperty("role", "secondary")
    label.setFixedWidth(label.fontMetrics().horizontalAdvance(widest) + 4)
    return label


def small_button(
    name: str, run: Callable[[], object], *, sign: str = "", check: bool = False
) -> QToolButton:
    """Return a button of a head.

    Args:
        name: What it does; its tooltip, and its word where it has no icon.
        run: Called when it is pressed.
        sign: Phosphor's name of its icon; empty for the word.
        check: Whether it can be on.
    """
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setCheckable(check)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setFixedHeight(scaled(24))
    # The head is low: the sheet's height of buttons would not fit into it.
    button.setStyleSheet("QToolButton { min-height: 0; padding: 0 6px; font-size: 12px; }")
    if sign:
        button.setIcon(icon(sign))
        button.setIconSize(SIZE)
    else:
        button.setText(name)
    button.clicked.connect(lambda _checked=False: run())
    return button


def row_of(*widgets: QWidget) -> QWidget:
    """Return widgets side by side as one."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    return row
