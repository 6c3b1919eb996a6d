"""The head of a pane: mark, name, where its picture comes from, and a thin line while it works."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QWidget

from isthmus.ui.icons import Mark, paint_mark
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

HEIGHT = 30
COMPACT_HEIGHT = 26
# Work that is done sooner shows nothing: a line that flashes says less than none.
_BUSY_AFTER_MS = 150
_LEFT = 12
_MARK = 12


class Head(QWidget):
    """Names a pane, and holds its options. Double-click, or its button, maximises the pane."""

    maximise = Signal()
    dragged = Signal()  # away with the left button: someone wants the picture elsewhere
    menu_requested = Signal(QPoint)  # in the screen's coordinates: what else the pane could show

    def __init__(self, mark: Mark, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._name = name
        self._subtitle = ""
        self._second: tuple[Mark, str] | None = None
        self._options: QWidget | None = None
        self._fraction: float | None = None
        self._busy_text = ""
        self._busy_shown = False
        self._pressed: QPointF | None = None
        self._wait = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._wait.timeout.connect(self._show_busy)
        self._button = _CornersButton(self)
        self._button.clicked.connect(self.maximise)
        self._more = _MoreButton(self)
        self._more.clicked.connect(self._ask_for_menu)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 5, 0)
        self._layout.setSpacing(2)
        self._layout.addStretch()
        self._layout.addWidget(self._more)
        self._layout.addWidget(self._button)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_compact(False)
        self._describe()
        self.setToolTip(tr("Drag the picture from here into another program."))

    @property
    def name(self) -> str:
        """The name that stands there."""
        return self._name

    @property
    def subtitle(self) -> str:
        """The words that stand beside the name."""
        return self._busy_text if self._busy_shown and self._busy_text else self._subtitle

    @property
    def busy(self) -> bool:
        """Whether the line is shown."""
        return self._busy_shown

    def set_words(
        self, mark: Mark, name: str, subtitle: str, second: tuple[Mark, str] | None = None
    ) -> None:
        """Change mark, name and subtitle in one paint.

        Args:
            mark: Of what the pane shows.
            name: Of the same.
            subtitle: Where it comes from.
            second: Mark and name of a second picture in the pane.
        """
        new = (mark, name, subtitle, second)
        if new != (self._mark, self._name, self._subtitle, self._second):
            self._mark, self._name, self._subtitle, self._second = new
            self._describe()
            self._fit_options()
            self.update()

    def set_busy(self, fraction: float | None, text: str) -> None:
        """Show that work goes on, once it has gone on for a moment.

        Args:
            fraction: How far it is, 0 to 1; None if that is not known.
            text: What is going on; with an empty text and no fraction the work is over.
        """
        if (fraction, text) == (self._fraction, self._busy_text):
            return
        self._fraction, self._busy_text = fraction, text
        if fraction is None and not text:
            self._wait.stop()
            self._busy_shown = False
        elif not self._busy_shown and not self._wait.isActive():
            self._wait.start()
        self._describe()
        self.update()

    def set_options(self, options: QWidget | None) -> None:
        """Show controls at the right, where they leave room for the name; None for none."""
        if self._options is not None and self._options is not options:
            self._layout.removeWidget(self._options)
            if self._options.parentWidget() is self:
                self._options.hide()
        if options is not None and options is not self._options:
            self._layout.insertWidget(1, options)
        self._options = options
        self._fit_options()
        self.update()

    def resizeEvent(self, event: object) -> None:
        """See whether there is room for controls."""
        self._fit_options()

    def set_compact(self, compact: bool) -> None:
        """Take less height, for small windows."""
        self.setFixedHeight(COMPACT_HEIGHT if compact else HEIGHT)

    def set_maximised(self, maximised: bool) -> None:
        """Let the button say what it does now."""
        self._button.set_inwards(maximised)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag would begin."""
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell once that the head is dragged."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        travelled = (event.position() - self._pressed).manhattanLength()
        if travelled >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit()

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Maximise the pane, or give the room back."""
        self.maximise.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, name, subtitle and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(TOKENS.panel))
        middle = self.height() / 2
        shown = self._options is not None and self._options.isVisible()
        first_right = self._options if shown and self._options is not None else self._more
        end = first_right.x() - 8
        left = float(_LEFT)
        pictures = [(self._mark, self._name)]
        if self._second is not None:
            pictures.append(self._second)
        for number, (mark, name) in enumerate(pictures):
            if number:
                painter.fillRect(QRectF(left, middle - 6, 1, 12), colour(TOKENS.edge))
                left += 11
            paint_mark(painter, QRectF(left, middle - _MARK / 2, _MARK, _MARK), mark)
            left += _MARK + 8
            left += self._write(painter, left, end, name, font(13, 600), TOKENS.text) + 10
        self._write(painter, left, end, self.subtitle, font(12), TOKENS.text2)
        if self._busy_shown:
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, colour(TOKENS.track))
            if self._fraction is not None:
                line.setWidth(self.width() * min(max(self._fraction, 0.0), 1.0))
                painter.fillRect(line, colour(TOKENS.reconstruction))

    def _fit_options(self) -> None:
        """Hide controls that would hide a name: the menus have them too."""
        if self._options is None:
            return
        names = [self._name] if self._second is None else [self._name, self._second[1]]
        metrics = QFontMetricsF(font(13, 600))
        named = sum(_MARK + 20 + metrics.horizontalAdvance(name) for name in names)
        buttons = self._more.width() + self._button.width() + 24
        room = self.width() - named - buttons - self._options.sizeHint().width()
        self._options.setVisible(room >= 0)

    def _write(
        self, painter: QPainter, left: float, end: float, text: str, face: QFont, token: str
    ) -> float:
        """Write text from the left, cut at the end of the room; return its width."""
        metrics = QFontMetricsF(face)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(end - left, 0.0))
        # A letter and a half says nothing.
        if len(shown) < min(len(text), 4):
            return 0.0
        painter.setFont(face)
        painter.setPen(colour(token))
        # Name and subtitle stand on one line, whatever their sizes.
        name = QFontMetricsF(font(13, 600))
        baseline = self.height() / 2 + (name.ascent() - name.descent()) / 2
        painter.drawText(QPointF(left, baseline), shown)
        return metrics.horizontalAdvance(shown)

    def _ask_for_menu(self) -> None:
        self.menu_requested.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _show_busy(self) -> None:
        self._busy_shown = True
        self._describe()
        self.update()

    def _describe(self) -> None:
        second = "" if self._second is None else f", {self._second[1]}"
        self.setAccessibleName(f"{self._name}{second}")
        self.setAccessibleDescription(self.subtitle)


class _HeadButton(QAbstractButton):
    """A small button whose sign gets brighter under the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(26, 24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(26, 24)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.hover))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setPen(QPen(colour(TOKENS.text if self.underMouse() else TOKENS.text3), 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self.draw(painter, QRectF(self.rect()).center())

    def draw(self, painter: QPainter, centre: QPointF) -> None:
        """Draw the sign."""


class _MoreButton(_HeadButton):
    """An arrowhead that points down: there is a menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        name = tr("What this pane shows")
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (, .)")

    def draw(self, painter: QPainter, centre: QPointF) -> None:
        points = [QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2)]
        painter.drawPolyline(QPolygonF([centre + point for point in points]))


class _CornersButton(_HeadButton):
    """Four corners that point outwards, or inwards while the pane is maximised."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._inwards = False
        self.set_inwards(False)

    def set_inwards(self, inwards: bool) -> None:
        self._inwards = inwards
        name = tr("Show all panes") if inwards else tr("Maximise this pane")
        self.setAccessibleName(name)
        self.setToolTip(tr("{name} (double-click)").format(name=name))
        self.update()

    def draw(self, painter: QPainter, centre: QPointF) -> None:
        far, arm = 5.0, 3.0
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            if self._inwards:
                corner = centre + QPointF(x * (far - arm), y * (far - arm))
                ends = (QPointF(x * arm, 0), QPointF(0, y * arm))
            else:
                corner = centre + QPointF(x * far, y * far)
                ends = (QPointF(-x * arm, 0), QPointF(0, -y * arm))
            painter.drawPolyline(QPolygonF([corner + ends[0], corner, corner + ends[1]]))
