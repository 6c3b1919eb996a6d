"""The demo on the welcome page: what it shows, what it is, and the one primary button."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from isthmus.ui import formats
from isthmus.ui.icons import icon, paint_neck
from isthmus.ui.scan_list import picture
from isthmus.ui.tasks import Squeeze
from isthmus.ui.theme import DARK, TOKENS, colour, font, scaled
from isthmus.ui.words import tr


class Picture(QWidget):
    """The demo scan, cut to fill its place: before the neck at the left, after it at the right.

    The neck stands there until the model has drawn it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pixmaps: tuple[QPixmap, QPixmap] | None = None
        self._labels = ("", "")
        self.setMinimumHeight(140)
        self.setAccessibleName(tr("The demo scan before and after the bottleneck"))

    def set_squeeze(self, squeeze: Squeeze) -> None:
        """Show a slice before and after."""
        before, after = picture(squeeze.original), picture(squeeze.reconstruction)
        assert before is not None
        assert after is not None
        self._pixmaps = (before, after)
        size = formats.size(squeeze.stored_bytes)
        ratio = formats.ratio(squeeze.ratio, estimated=True)
        self._labels = (
            tr("Original {size}").format(size=size),
            # LOSSY is the mark that DICOM viewers have; it is the same in every language.
            tr("LOSSY {ratio} · {channels} ch").format(ratio=ratio, channels=squeeze.channels),
        )
        self.setToolTip(
            tr(
                "One slab of the demo scan, decoded just now. The ratio is expected of the whole "
                "file, not measured yet."
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both halves, or the neck."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), self.height() + 8), 7, 7)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._pixmaps is None:
            neck = QRectF(0, 0, self.width() * 0.5, self.width() * 0.5 * 0.3)
            neck.moveCenter(QRectF(self.rect()).center())
            paint_neck(painter, neck, 4)
            return
        middle = self.width() // 2
        before, after = self._pixmaps
        size = before.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, before)
        painter.setClipRect(
            QRectF(middle, 0, self.width(), self.height()), Qt.ClipOperation.IntersectClip
        )
        painter.drawPixmap(place, after)
        painter.setClipPath(outline)
        painter.fillRect(QRectF(middle - 2, 0, 4, self.height()), colour("#000000", 0.6))
        painter.fillRect(QRectF(middle - 1, 0, 2, self.height()), Qt.GlobalColor.white)
        high = scaled(22)
        left = QRectF(14, 14, 0, high)
        _paint_label(painter, left, self._labels[0], DARK.original)
        right = QRectF(0, 14, 0, high)
        right.moveLeft(self.width() - 14 - _label_width(painter, self._labels[1]))
        _paint_label(painter, right, self._labels[1], DARK.reconstruction)
        below = QRectF(14, self.height() - 14 - high, 0, high)
        _paint_label(painter, below, tr("SIMULATED"), DARK.overlay_text)


def _label_width(painter: QPainter, text: str) -> float:
    painter.setFont(font(12, 600))
    return painter.fontMetrics().horizontalAdvance(text) + 14


def _paint_label(painter: QPainter, at: QRectF, text: str, token: str) -> None:
    at.setWidth(_label_width(painter, text))
    painter.setPen(QPen(colour(token), 1))
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, text)


class DemoCard(QWidget):
    """Picture, words and button.

    Attributes:
        picture: Of the demo scan.
        start: Begins the demo.
    """

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.start = QPushButton(" " + tr("Start demo"))
        self.start.setProperty("role", "primary")
        self.start.setIcon(icon("play-fill", "primary_text"))
        self.start.setIconSize(QSize(scaled(16), scaled(16)))
        self.start.setToolTip(tr("Open the demo scan and be led through it (F1)"))
        title = QLabel(tr("One-minute demo"))
        title.setProperty("role", "heading")
        text = QLabel(
            tr("A simulated head, squeezed step by step. Nothing to download, no patient data.")
        )
        text.setProperty("role", "dim")
        text.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(title)
        words.addWidget(text)
        below = QHBoxLayout()
        below.setContentsMargins(24, 20, 24, 24)
        below.setSpacing(24)
        below.addLayout(words, 1)
        below.addWidget(self.start, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.picture, 1)
        column.addLayout(below)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(TOKENS.line), 1))
        painter.setBrush(colour(TOKENS.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
