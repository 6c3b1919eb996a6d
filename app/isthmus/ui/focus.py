"""The focus ring: 2 px wide, 2 px outside whatever the keyboard reached."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from isthmus.ui.tokens import TOKENS

_OUTSIDE = 2
_WIDTH = 2
_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6)
_PRESSES = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.Show,
    QEvent.Type.ParentChange,
)


class FocusRing(QWidget):
    """Lies over a window and rings one of its widgets; never takes a click.

    A style sheet can only draw inside a widget, so the ring is a widget of its own. The property
    `focusRing` of a widget says otherwise: `"inside"` for one that fills its place, `"own"` for one
    that draws its own focus.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def surround(self, target: QWidget) -> None:
        """Move to just outside `target`, or just inside it, cut off at the window's edge."""
        margin = -1 if target.property("focusRing") == "inside" else _OUTSIDE + _WIDTH
        corner = target.mapTo(self._window, QPoint(0, 0))
        around = QRect(corner, target.size()).adjusted(-margin, -margin, margin, margin)
        self.setGeometry(around & self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring along the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(TOKENS.focus), _WIDTH))
        inset = _WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 7, 7)

    class Watcher(QObject):
        """Follows the focus of the whole program and shows the ring once the keyboard moved it.

        Filters the events of the focused widget and its parents only: a filter on the program
        would pass every event of every widget through Python.
        """

        def __init__(self, app: QApplication) -> None:
            super().__init__(app)
            self._ring: FocusRing | None = None
            self._watched: list[QWidget] = []
            self._keyboard = False
            app.focusChanged.connect(self._follow)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            """Note whether keys or the mouse are in use; keep the ring where its widget is."""
            kind = event.type()
            if kind in _PRESSES and isinstance(event, QKeyEvent):
                self._keyboard = self._keyboard or event.key() in _KEYS
            elif kind == QEvent.Type.MouseButtonPress:
                self._keyboard = False
                self._drop()
            elif kind in _MOVES:
                self._place()
            return False

        def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
            self._drop()
            for widget in self._watched:
                if isValid(widget):
                    widget.removeEventFilter(self)
            self._watched = []
            while new is not None:
                self._watched.append(new)
                new.installEventFilter(self)
                new = None if new.isWindow() else new.parentWidget()
            if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
                self._keyboard = False
            if self._keyboard and len(self._watched) > 1:
                target, window = self._watched[0], self._watched[-1]
                if target.property("focusRing") != "own":
                    self._ring = FocusRing(window)
                    self._place()

        def _place(self) -> None:
            if self._ring is None or not isValid(self._ring):
                return
            if self._watched[0].isVisible():
                self._ring.surround(self._watched[0])
            else:
                self._ring.hide()

        def _drop(self) -> None:
            ring, self._ring = self._ring, None
            if ring is not None and isValid(ring):
                ring.hide()
                ring.deleteLater()
