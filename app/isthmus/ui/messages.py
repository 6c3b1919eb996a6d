"""Messages over the deck: errors that stay until closed, notices that leave by themselves."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QEnterEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from isthmus.ui.icons import SIZE, Sign, icon
from isthmus.ui.theme import TOKENS, colour
from isthmus.ui.words import spoken, tr

_NOTICE_MS = 8000
_WIDTH = 480
_MARGIN = 12
_BREAK = "\u200b"
_LONG = 24


class Kind(StrEnum):
    """How much a message matters."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True)
class Message:
    """What was said.

    Attributes:
        kind: Error or notice.
        title: What is wrong, or what happened; names the file or thing.
        text: What to do about it; may be empty.
    """

    kind: Kind
    title: str
    text: str = ""


def breakable(text: str) -> str:
    """Return `text` with places to break inside long words, as file names are."""
    words = []
    for word in text.split(" "):
        if len(word) > _LONG:
            for mark in "/\\_-.":
                word = word.replace(mark, mark + _BREAK)
            pieces = word.split(_BREAK)
            chunks = [
                piece[start : start + _LONG]
                for piece in pieces
                for start in range(0, max(1, len(piece)), _LONG)
            ]
            word = _BREAK.join(chunks)
        words.append(word)
    return " ".join(words)


class MessageBar(QWidget):
    """Shows one message at the bottom right of its parent, over the deck; counts the others.

    Errors come before notices, newer ones before older. It moves nothing and takes no focus.

    Attributes:
        history: Every message so far, oldest first.
        changed: The history grew.
    """

    changed = Signal()

    def __init__(self, parent: QWidget, notice_ms: int = _NOTICE_MS) -> None:
        super().__init__(parent)
        self._place_in = parent
        self.history: list[Message] = []
        self._open: list[Message] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(notice_ms)
        self._timer.timeout.connect(self.close_current)

        self._icon = Sign(size=18)
        self._title, self._text, self._count = QLabel(), QLabel(), QLabel()
        for label, role in ((self._title, "title"), (self._text, "secondary")):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "secondary")
        self._close = QToolButton()
        self._close.setIcon(icon("x"))
        self._close.setIconSize(SIZE)
        self._close.setToolTip(tr("Close (Esc)"))
        self._close.setAccessibleName(tr("Close message"))
        self._close.clicked.connect(self.close_current)

        self._close.setFixedSize(28, 28)
        words = QVBoxLayout()
        words.setContentsMargins(0, 5, 0, 0)
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addStretch(1)
        self._count.setContentsMargins(0, 5, 0, 0)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 8, 12)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        sign = QVBoxLayout()
        sign.setContentsMargins(0, 5, 0, 0)
        sign.addWidget(self._icon, 0, top)
        row.addLayout(sign)
        row.addLayout(words, 1)
        row.addWidget(self._count, 0, top)
        row.addWidget(self._close, 0, top)
        parent.installEventFilter(self)
        self.hide()

    @property
    def current(self) -> Message | None:
        """The message on screen."""
        errors = [message for message in self._open if message.kind is Kind.ERROR]
        waiting = errors or self._open
        return waiting[-1] if waiting else None

    def show_error(self, problem: str, remedy: str = "") -> None:
        """Say what is wrong and what to do; stays until closed."""
        self._add(Message(Kind.ERROR, spoken(problem), spoken(remedy)))

    def show_notice(self, title: str, text: str = "") -> None:
        """Say what needs no answer; leaves after 8 s unless the pointer is on it."""
        self._add(Message(Kind.NOTICE, title, text))

    def close_current(self) -> None:
        """Close the message on screen and show the next."""
        if self.current is not None:
            self._open.remove(self.current)
        self._refresh()

    def withdraw(self, title: str) -> None:
        """Close messages with this title; the history stays."""
        self._open = [message for message in self._open if message.title != title]
        self._refresh()

    def clear(self) -> None:
        """Close every message; the history stays."""
        self._open.clear()
        self._refresh()

    def sizeHint(self) -> QSize:
        """Return the size that the text needs at the bar's width."""
        width = min(_WIDTH, self._place_in.width() - 2 * _MARGIN)
        return QSize(width, max(48, self._row.heightForWidth(width)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape while the close button has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_current()
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Keep a notice while the pointer is on it."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Let a notice leave again."""
        self._run_timer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        resized = event.type() == QEvent.Type.Resize and watched is self._place_in
        if resized and not self.isHidden():
            self._settle()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, with an edge that tells an error."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(box, 8, 8)
        painter.fillPath(path, colour(TOKENS.control))
        if self.current is not None and self.current.kind is Kind.ERROR:
            painter.setClipPath(path)
            painter.fillRect(QRectF(0, 0, 3.5, self.height()), colour(TOKENS.error))
            painter.setClipping(False)
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawPath(path)

    def _add(self, message: Message) -> None:
        self.history.append(message)
        if message in self._open:
            self._open.remove(message)
        self._open.append(message)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        message = self.current
        self._timer.stop()
        if message is None:
            self.hide()
            return
        error = message.kind is Kind.ERROR
        name, tint = ("x-circle", "error") if error else ("info", "text2")
        self._icon.set_icon(name, tint)
        self._title.setText(breakable(message.title))
        self._text.setText(breakable(message.text))
        self._text.setVisible(bool(message.text))
        self._count.setText(tr("1 of {count}").format(count=len(self._open)))
        self._count.setVisible(len(self._open) > 1)
        self.setAccessibleName(tr("Error") if error else tr("Notice"))
        self.setAccessibleDescription(f"{message.title} {message.text}".strip())
        # Before it shows: elsewhere, it could lie under the pointer for a moment and be "entered".
        self._settle()
        self.show()
        self.raise_()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if not self.underMouse():
            self._run_timer()

    def _run_timer(self) -> None:
        if self.current is not None and self.current.kind is Kind.NOTICE:
            self._timer.start()

    def _settle(self) -> None:
        """Lie at the bottom right of the parent, as high as the text needs."""
        self._row.activate()
        size = self.sizeHint()
        corner = self._place_in.rect().bottomRight()
        self.setGeometry(
            corner.x() + 1 - _MARGIN - size.width(),
            corner.y() + 1 - _MARGIN - size.height(),
            size.width(),
            size.height(),
        )
