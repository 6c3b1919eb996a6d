"""The small windows beside the window: messages, about."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from isthmus import __version__
from isthmus.ui.status import RESEARCH
from isthmus.ui.words import tr


def messages(history: Iterable[tuple[str, str]], parent: QWidget) -> QDialog:
    """Return what was said since the start, newest first."""
    said = list(history)[::-1] or [(tr("No messages yet."), "")]
    return _table(tr("Messages"), [("", said)], parent)


def about(parent: QWidget) -> QDialog:
    """Return what the program is, what it is not, and what it is built with."""
    paragraphs = (
        f"<b>Isthmus {__version__}</b><br>"
        + tr("See what a learned bottleneck does to a medical scan."),
        f"<b>{tr(RESEARCH)}</b><br>"
        + tr(
            "Isthmus is not a medical device. Reconstructions are lossy: they can lose what was "
            "there and show what was not. The display is not calibrated."
        ),
        tr("Scans stay on this computer. Nothing is sent anywhere."),
        tr(
            "Built with Qt for Python (LGPL), PyTorch, NumPy, SciPy, Numba, nibabel, pydicom, "
            "dicom-anonymizer, Pillow and Phosphor icons (MIT). The simulated head is made from "
            "the Colin27 average brain (Louis Collins, McConnell Brain Imaging Centre, Montreal "
            "Neurological Institute, McGill University; Holmes et al., 1998). What each model was "
            "trained on stands in its card."
        ),
        tr("Isthmus itself is under the MIT licence."),
    )
    text = QLabel("".join(f"<p>{each}</p>" for each in paragraphs))
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setFixedWidth(460)
    return _dialog(tr("About Isthmus"), text, parent)


def _table(title: str, groups: list[tuple[str, list[tuple[str, str]]]], parent: QWidget) -> QDialog:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for heading, lines in groups:
        if heading:
            label = QLabel(heading)
            label.setProperty("role", "title")
            grid.addWidget(label, grid.rowCount(), 0, 1, 2)
        for left, right in lines:
            row = grid.rowCount()
            for column, text in enumerate((left, right)):
                cell = QLabel(text)
                cell.setTextFormat(Qt.TextFormat.PlainText)
                cell.setWordWrap(True)
                cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(cell, row, column)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setMinimumSize(560, min(520, inside.sizeHint().height() + 8))
    return _dialog(title, area, parent)


def _dialog(title: str, content: QWidget, parent: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(16)
    column.addWidget(content)
    column.addWidget(buttons)
    return dialog
