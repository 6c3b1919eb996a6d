"""The welcome page: demo at the left; drop a scan, or take a recent one, at the right."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.icons import Sign, icon, paint_neck
from isthmus.ui.scan_list import ScanEntry, paint_row, paint_thumbnail, picture, write_elided
from isthmus.ui.theme import TOKENS, colour, font

_WIDTH, _HEIGHT = 1120, 660
_TARGET, _UNBOUND = 178, 16777215
_VOLUMES = {".nii", ".hdr", ".img", ".mgh", ".mgz", ".nrrd", ".nhdr", ".mha", ".mhd", ".zip"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def dropped_paths(mime: QMimeData) -> tuple[str, ...]:
    """Return the files and folders that were dropped.

    Several files of one folder that are not volumes by their names are slices of a series: the
    folder stands for them.
    """
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    parents = {path.parent for path in paths}
    slices = all(path.is_file() and not _VOLUMES & set(path.suffixes) for path in paths)
    if len(paths) > 1 and len(parents) == 1 and slices:
        paths = list(parents)
    return tuple(str(path) for path in paths)


class _Logo(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(76, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_neck(QPainter(self), QRectF(self.rect()), 5, 0.42)


class _Picture(QWidget):
    """The demo scan, cut to fill its place; the neck while there is no picture."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()
        self.setMinimumHeight(160)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), self.height() + 8), 7, 7)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self.pixmap.isNull():
            neck = QRectF(0, 0, self.width() * 0.5, self.width() * 0.5 * 0.3)
            neck.moveCenter(QRectF(self.rect()).center())
            paint_neck(painter, neck, 4)
            return
        size = self.pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, self.pixmap)
        _paint_label(painter, QRectF(14, self.height() - 36, 0, 22), "SIMULATED")


def _paint_label(painter: QPainter, at: QRectF, text: str) -> None:
    painter.setFont(font(12, 600))
    at.setWidth(painter.fontMetrics().horizontalAdvance(text) + 14)
    painter.setPen(QPen(colour(TOKENS.overlay_text), 1))
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.drawText(at, Qt.AlignmentFlag.AlignCenter, text)


class _Card(QWidget):
    """The demo: a picture, what it is, and the one primary button."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = _Picture()
        self.start = QPushButton(" Start demo")
        self.start.setProperty("role", "primary")
        self.start.setIcon(icon("play-fill", "primary_text"))
        self.start.setIconSize(QSize(16, 16))
        title = QLabel("Demo scan")
        title.setProperty("role", "heading")
        text = QLabel("A simulated head, not a patient.\nNothing to download.")
        text.setProperty("role", "dim")
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(title)
        words.addWidget(text)
        below = QHBoxLayout()
        below.setContentsMargins(24, 20, 24, 24)
        below.addLayout(words, 1)
        below.addWidget(self.start, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.picture, 1)
        column.addLayout(below)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(TOKENS.line), 1))
        painter.setBrush(colour(TOKENS.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


class _Target(QWidget):
    """Where a scan can be dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.hot = False
        self.file, self.folder = QPushButton("Open file…"), QPushButton("Open folder…")
        sign, title = Sign("tray", 28), QLabel("Drop a scan or a folder here")
        title.setStyleSheet("font-size: 16px; font-weight: 600")
        kinds = QLabel("DICOM or NIfTI")
        kinds.setProperty("role", "dim")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (self.file, self.folder):
            button.setStyleSheet("min-width: 94px; min-height: 30px")
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 22, 16, 18)
        column.setSpacing(4)
        for label in (sign, title, kinds):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.insertStretch(0, 1)
        column.addSpacing(12)
        column.addLayout(buttons)
        column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour(TOKENS.text if self.hot else TOKENS.edge), 1.5)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(colour(TOKENS.control) if self.hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class _Recent(QAbstractButton):
    """One recent scan."""

    def __init__(self, entry: ScanEntry) -> None:
        super().__init__()
        self._entry = entry
        self._pixmap = picture(entry.thumbnail)
        self.setFixedHeight(60)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "inside")
        self.setText(entry.title)
        self.setAccessibleName(", ".join((entry.title, *entry.words[:1], entry.when)).strip(", "))
        self.setToolTip(entry.place or entry.path)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        entry, box = self._entry, self.rect()
        paint_row(
            painter,
            box,
            chosen=self.isDown(),
            hovered=self.underMouse(),
            focused=False,
        )
        paint_thumbnail(painter, QRect(8, 8, 44, 44), self._pixmap, entry.missing)
        painter.setFont(font(12))
        wide = painter.fontMetrics().horizontalAdvance(entry.when) + 16 if entry.when else 0
        painter.setPen(colour(TOKENS.text2 if self.isDown() else TOKENS.text3))
        painter.drawText(box.adjusted(0, 0, -14, 0), _RIGHT, entry.when)
        words = QRect(66, 12, box.width() - 66 - 14 - wide, 18)
        painter.setFont(font(13, 600))
        painter.setPen(colour(TOKENS.text2 if entry.missing else TOKENS.text))
        lines = entry.words[:1]
        if not lines:
            words.moveTop(21)
        write_elided(painter, words, entry.title, Qt.TextElideMode.ElideMiddle)
        painter.setFont(font(12))
        painter.setPen(colour(TOKENS.text2))
        words.moveTop(31)
        write_elided(painter, words, "  ".join(lines), Qt.TextElideMode.ElideRight)


class Welcome(QWidget):
    """What is shown while no scan is open. Accepts files and folders anywhere on it.

    Attributes:
        open_file: The person wants to choose a file.
        open_folder: The person wants to choose a folder.
        open_path: Path that was dropped, the first of several, or of a recent scan.
        list_path: Another path that was dropped with it.
        start_demo: The person wants the demo scan.
        clear_recents: The person wants the list of recent scans forgotten.
    """

    open_file = Signal()
    open_folder = Signal()
    open_path = Signal(str)
    list_path = Signal(str)
    start_demo = Signal()
    clear_recents = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName("Welcome")
        self._card, self._target = _Card(), _Target()
        self._card.start.clicked.connect(self.start_demo)
        self._target.file.clicked.connect(self.open_file)
        self._target.folder.clicked.connect(self.open_folder)

        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(36)
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addWidget(self._card, 559)
        sides.addLayout(self._right(), 537)
        column.addLayout(sides, 1)
        column.addSpacing(24)
        foot = QLabel("Scans stay on this computer. Recent scans are listed by file name only.")
        foot.setProperty("role", "secondary")
        foot.setProperty("role", "note")
        column.addWidget(foot)
        self.set_recents(())

    def set_picture(self, pixmap: QPixmap) -> None:
        """Show the demo scan on the card."""
        self._card.picture.pixmap = pixmap
        self._card.picture.update()

    def set_recents(self, entries: Sequence[ScanEntry]) -> None:
        """List these scans, newest first."""
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for entry in entries:
            button = _Recent(entry)
            button.clicked.connect(lambda _=False, path=entry.path: self.open_path.emit(path))
            column.addWidget(button)
        column.addStretch(1)
        self._scroll.setWidget(rows)
        self._recents.setVisible(bool(entries))
        buttons = rows.findChildren(_Recent)
        for first, second in pairwise((self._target.folder, *buttons, self._clear)):
            self.setTabOrder(first, second)
        self._target.setMaximumHeight(_TARGET if entries else _UNBOUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle, no wider than it reads well."""
        width = min(_WIDTH, self.width() - 48)
        height = min(_HEIGHT, round(self.height() * 0.87))
        left, top = (self.width() - width) // 2, (self.height() - height) * 2 // 5
        self._body.setGeometry(left, top, width, height)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self._heat(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Cool down."""
        self._heat(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self._heat(False)
        first, *others = dropped_paths(event.mimeData())
        for path in others:
            self.list_path.emit(path)
        self.open_path.emit(first)
        event.acceptProposedAction()

    def _heat(self, hot: bool) -> None:
        self._target.hot = hot
        self._target.update()

    def _head(self) -> QHBoxLayout:
        name, line = (
            QLabel("Isthmus"),
            QLabel("Squeeze a scan through a narrow neck and see what comes out."),
        )
        name.setStyleSheet("font-size: 28px; font-weight: 600")
        line.setProperty("role", "lead")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(_Logo(), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(words, 1)
        return head

    def _right(self) -> QVBoxLayout:
        title, clear = QLabel("Recent"), QPushButton("Clear")
        self._clear = clear
        title.setProperty("role", "title")
        clear.setProperty("role", "link")
        clear.setToolTip("Forget the recent scans. No file is deleted.")
        clear.clicked.connect(self.clear_recents)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(clear)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._recents = QWidget()
        below = QVBoxLayout(self._recents)
        below.setContentsMargins(0, 14, 0, 0)
        below.setSpacing(6)
        below.addLayout(head)
        below.addWidget(self._scroll, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._target, 1)
        column.addWidget(self._recents, 3)
        return column
