"""The window in which one of several series is chosen, while they are still being found."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.icons import SIZE
from isthmus.ui.series_list import SeriesList, SeriesRow
from isthmus.ui.words import spoken, tr

_WIDTH, _LOWEST, _HIGHEST = 720, 360, 760
_MARGIN = 48
# So many fit without looking for one.
_FEW = 6


class SeriesChooser(QDialog):
    """Lists series as they are found. What is open behind it stays open until one is chosen.

    Args:
        privacy: Shows patient and dates, or hides them; drawn as a button with an eye.
        host: The window.

    Attributes:
        picked: Key of the series that the person chose.
        list: The series.
    """

    picked = Signal(str)

    def __init__(self, privacy: QAction, host: QWidget) -> None:
        super().__init__(host)
        self.setWindowTitle(tr("Choose a series"))
        self.setModal(True)
        self._waits = False
        self._host = host
        self._grown = False
        self.list = SeriesList()
        self.list.picked.connect(self._pick)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._eye = QToolButton()
        self._eye.setDefaultAction(privacy)
        self._eye.setIconSize(SIZE)
        self._eye.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addAction(privacy)  # its key works here too
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by description, modality or size"))
        self.filter.setAccessibleName(tr("Filter series"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.filter.installEventFilter(self)
        self.filter.hide()
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)

        self._text = QLabel()
        self._text.setProperty("role", "secondary")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.open_button = QPushButton(tr("Open"))
        self.open_button.setProperty("role", "primary")
        self.open_button.setStyleSheet("min-height: 28px; min-width: 60px; font-size: 13px")
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self.list.pick)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setStyleSheet("min-height: 28px; min-width: 52px")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self.set_progress(0.0, "")

    def set_rows(self, rows: Sequence[SeriesRow], *, looking: bool) -> None:
        """Show the series found so far.

        Args:
            rows: All of them.
            looking: Whether there may be more.
        """
        volumes = sum(1 for row in rows if not row.other)
        self._title.setText(
            tr("1 series") if volumes == 1 else tr("{count} series").format(count=volumes)
        )
        # Once it is there it stays: a list must not jump while it is read.
        if len(rows) > _FEW:
            self.filter.show()
        self.list.set_rows(rows, whole=not looking)
        self._grow()
        self.open_button.setEnabled(bool(self.list.current))
        self.bar.setVisible(looking)
        if not looking:
            self._text.setText(self._said_at_rest)

    def set_progress(self, fraction: float, text: str) -> None:
        """Say how far the search is, from 0 to 1."""
        self.bar.setValue(round(1000 * fraction))
        if self._waits:
            text = tr("Opens as soon as every file has been looked at")
        self._text.setText(spoken(text))

    def wait(self) -> None:
        """Say that the chosen series opens once all of it is found."""
        self._waits = True
        self.list.setEnabled(False)
        self.filter.setEnabled(False)
        self.open_button.setEnabled(False)
        self.set_progress(self.bar.value() / 1000, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the filter's arrows walk the list, and its Return choose."""
        if watched is self.filter and isinstance(event, QKeyEvent):
            walks = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
            if event.type() == QEvent.Type.KeyPress and event.key() in walks:
                self.list.keyPressEvent(event)
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            ):
                self.list.pick()
                return True
        return super().eventFilter(watched, event)

    @property
    def _said_at_rest(self) -> str:
        return tr("Patient and dates are hidden.") if not self._eye.isChecked() else ""

    def _grow(self) -> None:
        """Make room for more series, as far as the window goes; never less than before."""
        around = self.sizeHint().height() - self.list.sizeHint().height()
        host = self._host.size()
        wanted = min(max(around + self.list.height_of_all + 4, _LOWEST), _HIGHEST)
        height = min(wanted, host.height() - 2 * _MARGIN)
        size = QSize(min(_WIDTH, host.width() - 2 * _MARGIN), height)
        if not self._grown or height > self.height():
            self.resize(size)
        self._grown = True

    def _pick(self, key: str) -> None:
        self.picked.emit(key)

    def _filter(self, text: str) -> None:
        self.list.set_filter(text)
        self.open_button.setEnabled(bool(self.list.current))

    def _find(self) -> None:
        self.filter.show()
        self.filter.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 14, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._eye)
        search = QHBoxLayout()
        search.setContentsMargins(20, 0, 20, 0)
        search.addWidget(self.filter)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.setSpacing(12)
        foot.addWidget(self.bar)
        foot.addWidget(self._text, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.open_button)
        shelf = QWidget()
        shelf.setObjectName("shelf")
        inside = QVBoxLayout(shelf)
        inside.setContentsMargins(8, 6, 4, 6)
        inside.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 14)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(search)
        column.addWidget(shelf, 1)
        column.addLayout(foot)
        self.list.setFocus()
