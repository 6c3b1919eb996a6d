"""The welcome page: demo at the left; drop a scan, or take a recent one, at the right."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
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

from isthmus.ui.icons import Sign, paint_neck
from isthmus.ui.scan_list import ScanEntry, paint_row, paint_thumbnail, picture, write_elided
from isthmus.ui.starting.demo_card import DemoCard
from isthmus.ui.tasks import Squeeze
from isthmus.ui.theme import TOKENS, colour, enlarged, font, scaled
from isthmus.ui.words import tr

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


class _Target(QWidget):
    """Where a scan can be dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.hot = False
        self.file, self.folder = QPushButton(tr("Open file…")), QPushButton(tr("Open folder…"))
        self.file.setToolTip(tr("Open a scan, or a session (Ctrl+O)"))
        self.folder.setToolTip(tr("Open a folder with a DICOM series (Ctrl+Shift+O)"))
        sign, title = Sign("tray", 28), QLabel(tr("Drop a scan or a folder here"))
        title.setFont(font(16, 600))
        kinds = QLabel(tr("DICOM, NIfTI, NRRD, MetaImage or MGH"))
        kinds.setProperty("role", "dim")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (self.file, self.folder):
            button.setStyleSheet(enlarged("min-width: 94px; min-height: 30px"))
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
        self.setFixedHeight(scaled(60))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "inside")
        self.setText(entry.title)
        self.setAccessibleName(", ".join((entry.title, *entry.words[:1], entry.when)).strip(", "))
        place = entry.place or entry.path
        self.setToolTip(
            tr("{path} is not there any more. Click to say where it is now.").format(path=place)
            if entry.missing
            else place
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        entry, box = self._entry, self.rect()
        chosen = self.isDown()
        paint_row(painter, box, chosen=chosen, hovered=self.underMouse(), focused=False)
        side = scaled(44)
        thumbnail = QRect(8, (box.height() - side) // 2, side, side)
        paint_thumbnail(painter, thumbnail, self._pixmap, entry.missing)
        painter.setFont(font(12))
        metrics = painter.fontMetrics()
        end = box.adjusted(0, 0, -14, 0)
        painter.setPen(colour(TOKENS.text2 if chosen else TOKENS.text3))
        painter.drawText(end, _RIGHT, entry.when)
        if entry.when:
            end.setRight(end.right() - metrics.horizontalAdvance(entry.when) - 24)
        if entry.missing:
            painter.setFont(font(12, 600))
            painter.setPen(colour(TOKENS.text))
            painter.drawText(end, _RIGHT, tr("Locate…"))
            end.setRight(end.right() - painter.fontMetrics().horizontalAdvance(tr("Locate…")) - 16)
        left, line = thumbnail.right() + 15, scaled(18)
        words = QRect(left, 0, end.right() - left, line)
        lines = entry.words[:1]
        words.moveTop(box.center().y() - (line + 1 if lines else line // 2))
        painter.setFont(font(13, 600))
        painter.setPen(colour(TOKENS.text2 if entry.missing else TOKENS.text))
        write_elided(painter, words, entry.title, Qt.TextElideMode.ElideMiddle)
        painter.setFont(font(12))
        painter.setPen(colour(TOKENS.text2))
        words.moveTop(words.bottom() + 2)
        write_elided(painter, words, "  ".join(lines), Qt.TextElideMode.ElideRight)


class Welcome(QWidget):
    """What is shown while no scan is open. Accepts files and folders anywhere on it.

    Attributes:
        open_file: The person wants to choose a file.
        open_folder: The person wants to choose a folder.
        open_path: Path that was dropped, the first of several, or of a recent scan.
        list_path: Another path that was dropped with it.
        locate: Path of a recent scan that is not there; the person will say where it is now.
        start_demo: The person wants the demo.
        clear_recents: The person wants the list of recent scans forgotten.
    """

    open_file = Signal()
    open_folder = Signal()
    open_path = Signal(str)
    list_path = Signal(str)
    locate = Signal(str)
    start_demo = Signal()
    clear_recents = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Welcome"))
        self._card, self._target = DemoCard(), _Target()
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
        foot = QLabel(tr("Scans stay on this computer. Recent scans are listed by file name only."))
        foot.setProperty("role", "secondary")
        foot.setProperty("role", "note")
        column.addWidget(foot)
        self.set_recents(())

    def set_squeeze(self, squeeze: Squeeze) -> None:
        """Show on the card what the demo is about."""
        self._card.picture.set_squeeze(squeeze)

    def set_recents(self, entries: Sequence[ScanEntry]) -> None:
        """List these scans, newest first."""
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for entry in entries:
            button = _Recent(entry)
            signal = self.locate if entry.missing else self.open_path
            button.clicked.connect(lambda _=False, s=signal, path=entry.path: s.emit(path))
            column.addWidget(button)
        column.addStretch(1)
        self._scroll.setWidget(rows)
        self._recents.setVisible(bool(entries))
        buttons = rows.findChildren(_Recent)
        for first, second in pairwise((self._target.folder, *buttons, self._clear)):
            self.setTabOrder(first, second)
        self._target.setMaximumHeight(scaled(_TARGET) if entries else _UNBOUND)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle, no wider than it reads well."""
        width = min(scaled(_WIDTH), self.width() - 48)
        height = min(scaled(_HEIGHT), round(self.height() * 0.87))
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
            QLabel(tr("Squeeze a scan through a narrow neck and see what comes out.")),
        )
        name.setFont(font(28, 600))
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
        title, clear = QLabel(tr("Recent")), QPushButton(tr("Clear"))
        self._clear = clear
        title.setProperty("role", "title")
        clear.setProperty("role", "link")
        clear.setToolTip(tr("Forget the recent scans. No file is deleted."))
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
