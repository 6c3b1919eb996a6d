"""A picture of the window or of its panes: how large, and where to."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.words import tr

_PREVIEW = QSize(480, 230)
SCALES = (1, 2, 3, 4)


class PictureDialog(QDialog):
    """Offers pictures at one to four times the pixels of the screen.

    Args:
        offers: What can be drawn: a name, and a function that draws it at a scale.
        warning: What should be known before the picture leaves; empty for nothing.
        save: Called with the picture that is to be saved; returns whether someone chose a file.
        parent: The window.

    Attributes:
        what: Chooses what is drawn.
        scale: Chooses how large.
        copy: Puts the picture into the clipboard.
        save: Asks for a file.
    """

    def __init__(
        self,
        offers: list[tuple[str, QSize, Callable[[float], QImage]]],
        warning: str,
        save: Callable[[QImage], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save a picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._offers = offers
        self._save = save
        self.what = QComboBox()
        for name, _, _ in offers:
            self.what.addItem(name)
        self.what.setAccessibleName(tr("What the picture shows"))
        self.scale = QComboBox()
        for scale in SCALES:
            self.scale.addItem(f"{scale}×", scale)
        self.scale.setAccessibleName(tr("Pixels, in times those of the screen"))
        self.scale.setToolTip(
            tr("Everything is drawn anew for that many pixels, nothing is enlarged.")
        )
        self._preview = QLabel()
        self._preview.setFixedSize(_PREVIEW)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._preview.setAccessibleName(tr("Preview"))
        self.size_label = QLabel()
        self.size_label.setProperty("role", "secondary")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(tr("Picture of"), self.what)
        form.addRow(tr("Scale"), self.scale)
        form.addRow("", self.size_label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy = QPushButton(tr("Copy"))
        self.save = QPushButton(tr("Save…"))
        for button, run in ((self.copy, self._copy), (self.save, self._choose)):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(run)
        self.save.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self._preview)
        column.addLayout(form)
        if warning:
            words = QLabel(warning)
            words.setWordWrap(True)
            column.addWidget(words)
        column.addWidget(buttons)
        self.what.currentIndexChanged.connect(self._show)
        self.scale.currentIndexChanged.connect(self._tell_size)
        self._show()

    def picture(self) -> QImage:
        """Return the picture that is chosen, at its scale."""
        _, _, draw = self._offers[self.what.currentIndex()]
        return draw(float(self.scale.currentData()))

    @Slot()
    def _show(self) -> None:
        _, _, draw = self._offers[self.what.currentIndex()]
        ratio = self.devicePixelRatioF()
        small = QPixmap.fromImage(draw(1.0)).scaled(
            _PREVIEW * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(ratio)
        self._preview.setPixmap(small)
        self._tell_size()

    @Slot()
    def _tell_size(self) -> None:
        _, size, _ = self._offers[self.what.currentIndex()]
        wanted = size * float(self.scale.currentData())
        self.size_label.setText(
            tr("{width} × {height} pixels").format(width=wanted.width(), height=wanted.height())
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setImage(self.picture())

    @Slot()
    def _choose(self) -> None:
        if self._save(self.picture()):
            self.accept()
