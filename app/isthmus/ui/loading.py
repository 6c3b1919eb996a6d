"""What stands in the window while a scan is read: a page, or a line below its first slice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.words import spoken, tr


class Loading(QWidget):
    """A file's name, how far it is, and Cancel.

    Attributes:
        cancelled: Cancel was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel()
        self._name.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setProperty("role", "secondary")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(320)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.addStretch(1)
        for widget in (self._name, self._text):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(self._bar)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addSpacing(16)
        column.addLayout(row)
        column.addStretch(1)
        column.setSpacing(6)

    def start(self, name: str) -> None:
        """Speak of another file."""
        self._name.setText(name)
        self.set_progress(0.0, "")

    def set_progress(self, fraction: float, text: str) -> None:
        """Say how far it is, from 0 to 1."""
        self._bar.setValue(round(1000 * fraction))
        self._text.setText(spoken(text) or tr("Reading"))


class ReadingLine(QFrame):
    """Stands in the slice strip's place while only the middle slice is there.

    Attributes:
        cancelled: Cancel was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading")
        self._text = QLabel()
        self._text.setMinimumWidth(180)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(240)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setProperty("role", "quiet")
        self.cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self._bar)
        row.addWidget(self.cancel)
        row.addStretch(1)
        self.set_progress(0.0, "")

    def set_progress(self, fraction: float, text: str) -> None:
        """Say how far it is, from 0 to 1."""
        self._bar.setValue(round(1000 * fraction))
        self._text.setText(spoken(text) or tr("Reading"))
