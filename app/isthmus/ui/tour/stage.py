"""Where ring and card stand: round the subject, beside it, and never over a picture."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from isthmus.ui.theme import DARK, TOKENS, colour
from isthmus.ui.tour.card import NOTCH, Card, Shape

_WIDTH = 2
_GAP = 4
_HIGHEST = 32


class Ring(QWidget):
    """A line round a part of the window; takes no click, and covers nothing but itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._on_black = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, place: QRect, *, on_black: bool) -> None:
        """Move to a part of the window, just inside its edge: no pixel beside it changes."""
        self._on_black = on_black
        self.setGeometry(place)
        whole = QRegion(0, 0, place.width(), place.height())
        inner = self.rect().adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
        # Only the line is the widget's: a picture below is painted without it.
        self.setMask(whole - QRegion(inner))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setPen(QPen(colour(DARK.focus if self._on_black else TOKENS.focus), _WIDTH))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Scrim(QWidget):
    """Dims the instruments that a step does not speak of; takes no click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def cover(self, deck: QRect, subject: QRect | None) -> None:
        """Lie over the deck, but not over the subject; both in the window's pixels."""
        covered = QRegion(deck)
        if subject is not None:
            covered -= QRegion(subject)
        self.setVisible(not covered.isEmpty())
        if not covered.isEmpty():
            self.setGeometry(deck)
            self.setMask(covered.translated(-deck.topLeft()))
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is below."""
        QPainter(self).fillRect(self.rect(), colour(TOKENS.panel, 0.72))


@dataclass(frozen=True)
class Room:
    """Where a card may stand, in the window's pixels.

    Attributes:
        left: Left end of the pictures' page.
        right: Its right end.
        top: Below the last picture.
        deck: Below the slice strip.
        bottom: Above the status line.
    """

    left: int
    right: int
    top: int
    deck: int
    bottom: int


def place(card: Card, subject: QRect | None, room: Room) -> None:
    """Give a card shape and place: over the deck, beside its subject, or below it.

    Args:
        card: The card; its parent is the window.
        subject: What it speaks of, in the window's pixels; None if that is not to be seen.
        room: Where the card may stand.
    """
    card.set_shape(Shape.of(room.bottom - room.deck - 2 * _GAP))
    # Where the deck is low, the slice strip is covered too; a picture never is.
    top = room.deck if card.shape_ is not Shape.LOW else room.top
    size = card.size()
    y = max(top, room.bottom - size.height() + NOTCH - _GAP)
    if room.bottom - top > size.height():
        y = top + (room.bottom - top - size.height()) // 2
    y = min(y, card.window().height() - size.height())
    left, right = room.left - NOTCH + _GAP, room.right - size.width() + NOTCH - _GAP
    if subject is None:
        card.move(left, y)
        card.point(None, Qt.Edge.LeftEdge)
    elif subject.bottom() <= room.deck:
        # A picture: the card stands below it.
        x = min(max(subject.center().x() - size.width() // 2, left), right)
        card.move(x, y)
        card.point(QPointF(subject.center().x() - x, 0), Qt.Edge.TopEdge)
    else:
        beside, before = subject.right() + 1, subject.left() - size.width()
        if beside + size.width() - NOTCH <= room.right:
            x, side = beside, Qt.Edge.LeftEdge
        elif before >= left:
            x, side = before, Qt.Edge.RightEdge
        else:
            # No room beside it: over its end, where the least of it is hidden.
            x, side = right, None
        card.move(x, y)
        at = min(max(subject.center().y() - y, 2 * _HIGHEST), size.height() - 2 * _HIGHEST)
        card.point(None if side is None else QPointF(0, at), side or Qt.Edge.LeftEdge)
    card.raise_()


def rect_in(window: QWidget, widget: QWidget) -> QRect | None:
    """Return where a widget is in its window; None if it is not to be seen there."""
    if not widget.isVisible() or widget.window() is not window:
        return None
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
