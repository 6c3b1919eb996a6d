"""The swipe's line: a grip that the keyboard reaches, and a line that the mouse takes hold of."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mixing import swipe_line
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import Comparison, PaneKind, ViewState
from isthmus.ui.words import tr

GRIP = 34
# How far the grip's middle is from the end of the line, and how near the line is taken hold of.
_FROM_END = 46
_REACH = 5
_STEP, _LARGE_STEP = 0.01, 0.1
_TOWARDS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


def swipes(state: ViewState, kind: PaneKind) -> bool:
    """Whether a pane shows two pictures with a line between them."""
    return kind is PaneKind.MIXED and state.comparison is Comparison.SWIPE and not state.peek


def share_at(state: ViewState, area: QRectF, at: QPointF) -> float:
    """Return which share of a pane a place stands for, along the way that the line goes."""
    upright = state.swipe_upright
    share = at.x() / area.width() if upright else at.y() / area.height()
    return min(max(share, 0.0), 1.0)


class SwipeGrip(QWidget):
    """A round grip on the line, near the bottom or the right; arrow keys move it with the focus."""

    def __init__(self, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._held: QPointF | None = None
        self.setFixedSize(GRIP, GRIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setAccessibleName(tr("Swipe line"))
        self.hide()

    def place(self, shown: bool) -> None:
        """Stand on the line, or nowhere."""
        parent = self.parentWidget()
        state = self._store.state
        self.setVisible(shown)
        if not shown or parent is None:
            return
        area = QRectF(parent.rect())
        at, half = swipe_line(state, area), GRIP // 2
        if state.swipe_upright:
            end = max(area.height() - _FROM_END, area.height() / 2)
            self.move(round(at) - half, round(end) - half)
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            end = max(area.width() - _FROM_END, area.width() / 2)
            self.move(round(end) - half, round(at) - half)
            self.setCursor(Qt.CursorShape.SizeVerCursor)
        share = tr("{percent} %").format(percent=formats.number(100 * state.swipe, 0))
        if share != self.accessibleDescription():
            self.setAccessibleDescription(share)
            self.setToolTip(
                tr(
                    "Swipe line at {share}. Drag it, or press the arrow keys; Shift goes further."
                ).format(share=share)
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the line."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = QPointF(self.rect().center()) - event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the line along."""
        parent = self.parentWidget()
        if self._held is not None and parent is not None:
            at = self.mapToParent(event.position()) + self._held
            share = share_at(self._store.state, QRectF(parent.rect()), at)
            self._store.show(swipe=share)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put the line back into the middle."""
        self._held = None
        self._store.show(swipe=0.5)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, which change slice and bottleneck elsewhere."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and event.key() in _TOWARDS and _plain(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the line by 1 %, with Shift by 10 %."""
        if event.key() not in _TOWARDS or not _plain(event):
            super().keyPressEvent(event)
            return
        large = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = _TOWARDS[Qt.Key(event.key())] * (_LARGE_STEP if large else _STEP)
        share = round(min(max(self._store.state.swipe + step, 0.0), 1.0), 4)
        self._store.show(swipe=share)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no focus."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a dark disc with a white rim and two arrowheads along the way that it goes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setBrush(Qt.GlobalColor.black)
        painter.setPen(QPen(Qt.GlobalColor.black, 4))
        painter.drawEllipse(disc)
        painter.setPen(QPen(colour(DARK.focus), 2))
        painter.drawEllipse(disc)
        if self.hasFocus():
            painter.setPen(QPen(colour(DARK.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc.adjusted(4, 4, -4, -4))
        middle = QRectF(self.rect()).center()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(DARK.focus))
        for side in (-1, 1):
            tip, back, half = side * 8.0, side * 3.0, 3.5
            points = [QPointF(tip, 0), QPointF(back, -half), QPointF(back, half)]
            if not self._store.state.swipe_upright:
                points = [point.transposed() for point in points]
            painter.drawPolygon(QPolygonF([middle + point for point in points]))


class SwipeTool:
    """Takes the mouse at the line itself, and lets the line follow the pointer where it is to."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store
        self._held = False

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Take hold of the line if it is near."""
        state = self._store.state
        left = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if not left or not swipes(state, place.kind) or state.swipe_follows:
            return False
        at = event.position()
        along = at.x() if state.swipe_upright else at.y()
        self._held = abs(along - swipe_line(state, place.area)) <= _REACH
        return self._held

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Carry the line along if it is held, or if it follows the pointer anyway."""
        state = self._store.state
        if not swipes(state, place.kind):
            return False
        follows = state.swipe_follows and not event.buttons()
        if self._held or follows:
            self._store.show(swipe=share_at(state, place.area, event.position()))
        return self._held

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """Let go."""
        held, self._held = self._held, False
        return held

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """Leave a double click to others."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Leave keys to others: the grip has its own."""
        return False


def _plain(event: QKeyEvent) -> bool:
    """Whether no modifier is held but Shift."""
    allowed = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
    return not event.modifiers() & ~allowed
