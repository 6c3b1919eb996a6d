"""The head of a pane: mark, name, where its picture comes from, and a thin line while it works."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from isthmus.ui.icons import Mark, paint_mark
from isthmus.ui.theme import TOKENS, colour, font

HEIGHT = 30
COMPACT_HEIGHT = 26
# Work that is done sooner shows nothing: a line that flashes says less than none.
_BUSY_AFTER_MS = 150
_LEFT = 12
_MARK = 12


class Head(QWidget):
    """Names a pane. Double-click, or its button, maximises the pane."""

    maximise = Signal()

    def __init__(self, mark: Mark, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = mark
        self._name = name
        self._subtitle = ""
        self._fraction: float | None = None
        self._busy_text = ""
        self._busy_shown = False
        self._wait = QTimer(self, singleShot=True, interval=_BUSY_AFTER_MS)
        self._wait.timeout.connect(self._show_busy)
        self._button = _CornersButton(self)
        self._button.clicked.connect(self.maximise)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 5, 0)
        layout.addStretch()
        layout.addWidget(self._button)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_compact(False)
        self._describe()

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

    def set_words(self, mark: Mark, name: str, subtitle: str) -> None:
        """Change mark, name and subtitle in one paint."""
        if (mark, name, subtitle) != (self._mark, self._name, self._subtitle):
            self._mark, self._name, self._subtitle = mark, name, subtitle
            self._describe()
            self.update()

    def set_busy(self, fraction: float | None, text: str) -> None:
        """Show that work goes on, once it has gone on for a moment.

        Args:
            fraction: How far it is, 0 to 1; None if that is not known.
            text: What is going on; with an empty text and no fraction the work is over.
        """
        self._fraction, self._busy_text = fraction, text
        if fraction is None and not text:
            self._wait.stop()
            self._busy_shown = False
        elif not self._busy_shown and not self._wait.isActive():
            self._wait.start()
        self._describe()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Take less height, for small windows."""
        self.setFixedHeight(COMPACT_HEIGHT if compact else HEIGHT)

    def set_maximised(self, maximised: bool) -> None:
        """Let the button say what it does now."""
        self._button.set_inwards(maximised)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Maximise the pane, or give the room back."""
        self.maximise.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, name, subtitle and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(TOKENS.panel))
        middle = self.height() / 2
        paint_mark(painter, QRectF(_LEFT, middle - _MARK / 2, _MARK, _MARK), self._mark)
        left = _LEFT + _MARK + 8.0
        baseline_shift = 0.0
        for text, face, token in (
            (self._name, font(13, 600), TOKENS.text),
            (self.subtitle, font(12), TOKENS.text2),
        ):
            metrics = QFontMetricsF(face)
            if not baseline_shift:
                baseline_shift = middle + (metrics.ascent() - metrics.descent()) / 2
            room = self._button.x() - 8 - left
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(face)
            painter.setPen(colour(token))
            painter.drawText(QPointF(left, baseline_shift), shown)
            left += metrics.horizontalAdvance(shown) + 10
        if self._busy_shown:
            line = QRectF(0, self.height() - 2, self.width(), 2)
            painter.fillRect(line, colour(TOKENS.track))
            if self._fraction is not None:
                line.setWidth(self.width() * min(max(self._fraction, 0.0), 1.0))
                painter.fillRect(line, colour(TOKENS.reconstruction))

    def _show_busy(self) -> None:
        self._busy_shown = True
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self.subtitle)


class _CornersButton(QAbstractButton):
    """Four corners that point outwards, or inwards while the pane is maximised."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._inwards = False
        self.setFixedSize(26, 24)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_inwards(False)

    def set_inwards(self, inwards: bool) -> None:
        self._inwards = inwards
        name = "Show all panes" if inwards else "Maximise this pane"
        self.setAccessibleName(name)
        self.setToolTip(f"{name} (double-click)")
        self.update()

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
        centre = QRectF(self.rect()).center()
        far, arm = 5.0, 3.0
        for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            if self._inwards:
                corner = centre + QPointF(x * (far - arm), y * (far - arm))
                ends = (QPointF(x * arm, 0), QPointF(0, y * arm))
            else:
                corner = centre + QPointF(x * far, y * far)
                ends = (QPointF(-x * arm, 0), QPointF(0, -y * arm))
            painter.drawPolyline(QPolygonF([corner + ends[0], corner, corner + ends[1]]))
