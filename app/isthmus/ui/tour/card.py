"""The card of the guided demo: which step, what it says, and the ways on, back and out."""

from enum import Enum
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from isthmus.ui.icons import SIZE, icon
from isthmus.ui.theme import TOKENS, colour, enlarged, font, scaled
from isthmus.ui.words import tr

NOTCH = 8
_TAB = Qt.FocusPolicy.TabFocus


class Shape(Enum):
    """How much room the card has: its width and height, and the sizes of title and text."""

    TALL = (440, 236, 18, 14)
    WIDE = (520, 142, 14, 13)
    LOW = (880, 68, 12, 12)

    @classmethod
    def of(cls, height: int) -> "Shape":
        """Return the largest that fits into so many pixels of height."""
        return next((each for each in cls if each.size.height() <= height), cls.LOW)

    @property
    def size(self) -> QSize:
        """Width and height at the person's text scale."""
        return QSize(scaled(self.value[0]), scaled(self.value[1]))


class _Button(QPushButton):
    """A button that Return presses and Space does not: Space shows the original."""

    def __init__(self, text: str, tip: str, role: str = "") -> None:
        super().__init__(text)
        self.setToolTip(tip)
        self.setProperty("role", role)
        self.setFocusPolicy(_TAB)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _Hold(QToolButton):
    """Stops and starts the time; Return presses it and Space does not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _Progress(QWidget):
    """A dash for each step: full, filling, empty."""

    def __init__(self) -> None:
        super().__init__()
        self.count, self.done = 1, 0.0
        self.setFixedHeight(scaled(16))
        self.setMinimumWidth(scaled(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pitch = min(self.width() / self.count, 28)
        middle = self.height() / 2
        for number in range(self.count):
            dash = QRectF(number * pitch, middle - 1.5, pitch - 5, 3)
            painter.fillRect(dash, colour(TOKENS.track))
            share = min(max(self.done - number, 0.0), 1.0)
            dash.setWidth(dash.width() * share)
            painter.fillRect(dash, colour(TOKENS.text))


class Card(QWidget):
    """Speaks of one step.

    Attributes:
        following: The person wants the next step.
        preceding: The person wants the step before.
        skipped: The person has had enough.
        held: The person wants the time to stop, or to go on.
        next: The button that leads on; it has the keyboard first.
    """

    following = Signal()
    preceding = Signal()
    skipped = Signal()
    held = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._points_to: float | None = None
        self._left_of_it = False
        self._above = False
        self.shape_ = Shape.TALL
        self._count, self._time = QLabel(), QLabel()
        for label in (self._count, self._time):
            label.setProperty("role", "secondary")
        self._progress = _Progress()
        self._hold = _Hold()
        self._hold.setIconSize(SIZE)
        self._hold.setFocusPolicy(_TAB)
        self._hold.clicked.connect(self.held)
        self._title, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setMinimumHeight(1)  # the card's size is its own, not its words'
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._skip = _Button(tr("Skip demo"), tr("Leave the demo (Esc)"), "quiet")
        self._back = _Button(tr("Back"), tr("The step before (Left)"), "quiet")
        self.next = _Button(tr("Next"), tr("The next step (Right)"), "primary")
        self._skip.clicked.connect(self.skipped)
        self._back.clicked.connect(self.preceding)
        self.next.clicked.connect(self.following)

        self._words = ""
        self._head, self._buttons = QWidget(), QWidget()
        head = QHBoxLayout(self._head)
        head.setSpacing(10)
        head.addWidget(self._count)
        head.addWidget(self._progress, 1)
        head.addWidget(self._time)
        head.addWidget(self._hold)
        buttons = QHBoxLayout(self._buttons)
        buttons.setSpacing(8)
        buttons.addWidget(self._skip)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.next)
        for layout in (head, buttons):
            layout.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout(self)
        self._arrange()
        self.hide()

    # What it says

    def set_step(self, number: int, count: int, title: str) -> None:
        """Speak of another step, counted from 0."""
        self._count.setText(tr("{n} of {count}").format(n=number + 1, count=count))
        self._title.setText(title)
        self._progress.count = count
        self._back.setEnabled(number > 0)
        last = number == count - 1
        self.next.setText(tr("Done") if last else tr("Next"))
        self.next.setToolTip(tr("Leave the demo (Right)") if last else tr("The next step (Right)"))
        self._skip.setVisible(not last)
        self.setAccessibleName(
            tr("Guided demo, step {n} of {count}: {title}").format(
                n=number + 1, count=count, title=title
            )
        )

    def set_words(self, text: str, *, waiting: bool) -> None:
        """Say something; while it waits for a figure, more quietly."""
        self._words = text
        self._text.setProperty("role", "dim" if waiting else "")
        self._text.style().polish(self._text)
        self._say()
        self.setAccessibleDescription(text)

    @property
    def words(self) -> tuple[str, str]:
        """Title and text that stand there."""
        return self._title.text(), self._words

    def set_time(self, left: float, done: float, *, held: bool) -> None:
        """Show the time.

        Args:
            left: Seconds to the end of the demo.
            done: How many steps are over, with the share of the present one.
            held: Whether the time stands still because the person wants it to.
        """
        seconds = max(round(left), 0)
        self._time.setText(f"{seconds // 60}:{seconds % 60:02}")
        self._time.setAccessibleName(tr("{seconds} seconds left").format(seconds=seconds))
        self._hold.setIcon(icon("play" if held else "pause"))
        tip = tr("Let the demo go on by itself") if held else tr("Stay at this step")
        self._hold.setToolTip(tip)
        self._hold.setAccessibleName(tip)
        self._progress.done = done
        self._progress.update()

    # Where it is

    def set_shape(self, shape: Shape) -> None:
        """Take more or less room."""
        if shape is not self.shape_:
            self.shape_ = shape
            self._arrange()

    def point(self, at: QPointF | None, side: Qt.Edge) -> None:
        """Point to the subject.

        Args:
            at: Where, in this widget; None for nowhere.
            side: The edge on which the notch stands.
        """
        self._left_of_it = side == Qt.Edge.RightEdge
        self._above = side == Qt.Edge.TopEdge
        self._points_to = None if at is None else (at.x() if self._above else at.y())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its notch."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(NOTCH, NOTCH, -NOTCH, -NOTCH)
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.setBrush(colour(TOKENS.control))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self._points_to is None:
            return
        at = self._points_to
        if self._above:
            tip, base = QPointF(at, box.top() - NOTCH + 1), box.top() + 1
            ends = (QPointF(at - NOTCH, base), QPointF(at + NOTCH, base))
        else:
            edge = box.right() if self._left_of_it else box.left()
            out = NOTCH - 1 if self._left_of_it else 1 - NOTCH
            inside = edge - (1 if self._left_of_it else -1)
            tip = QPointF(edge + out, at)
            ends = (QPointF(inside, at - NOTCH), QPointF(inside, at + NOTCH))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([ends[0], tip, ends[1]]))
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawPolyline([ends[0], tip, ends[1]])

    def _say(self) -> None:
        text = self._words
        if self.shape_ is Shape.LOW:
            text = f"<b>{escape(self._title.text())}.</b> {escape(text)}"
        self._text.setText(text)
        self._text.setToolTip(self._words if self.shape_ is Shape.LOW else "")

    def _arrange(self) -> None:
        shape = self.shape_
        width, height, title, text = shape.value
        self.setFixedSize(scaled(width) + 2 * NOTCH, scaled(height) + 2 * NOTCH)
        self._title.setFont(font(title, 600))
        self._text.setFont(font(text))
        # In the lowest card the title begins the text.
        self._title.setVisible(shape is not Shape.LOW)
        margin = {Shape.TALL: 16, Shape.WIDE: 9, Shape.LOW: 7}[shape]
        sides = margin + 4 + NOTCH
        self._grid.setContentsMargins(sides, margin + NOTCH, sides, margin + NOTCH)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing({Shape.TALL: 10, Shape.WIDE: 3, Shape.LOW: 2}[shape])
        parts = (self._head, self._title, self._text, self._buttons)
        for widget in parts:
            self._grid.removeWidget(widget)
        places = {
            Shape.TALL: ((0, 0, 1, 2), (1, 0, 1, 2), (2, 0, 1, 2), (3, 0, 1, 2)),
            Shape.WIDE: ((0, 1, 1, 1), (0, 0, 1, 1), (1, 0, 1, 2), (2, 0, 1, 2)),
            Shape.LOW: ((0, 1, 1, 1), (3, 0, 1, 1), (0, 0, 2, 1), (1, 1, 1, 1)),
        }[shape]
        for widget, where in zip(parts, places, strict=True):
            self._grid.addWidget(widget, *where)
        for row in range(4):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch({Shape.TALL: 2, Shape.WIDE: 1, Shape.LOW: 1}[shape], 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if shape is not Shape.TALL else 1)
        self._head.setMaximumHeight(scaled(28 if shape is Shape.TALL else 22))
        small = "min-height: 22px; padding: 0 10px; font-size: 12px"
        for button in (self._skip, self._back, self.next):
            button.setStyleSheet("" if shape is Shape.TALL else enlarged(small))
        self._say()
