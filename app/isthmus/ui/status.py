"""The bottom line: device, model, what runs; position and values; what this program is not for."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QToolButton,
    QWidget,
)

from isthmus.scans import Volume
from isthmus.ui.actions import NO_FOCUS
from isthmus.ui.formats import number
from isthmus.ui.icons import SIZE, Mark, MarkSign, icon
from isthmus.ui.theme import scaled
from isthmus.ui.words import later, tr

RESEARCH = later("Research use. Not for diagnosis.")
_MARKS = {
    Mark.ORIGINAL: later("Original"),
    Mark.RECONSTRUCTION: later("Reconstruction"),
    Mark.DIFFERENCE: later("Difference"),
}
_TALL, _LOW = 26, 24


class StatusLine(QFrame):
    """26 px high, 24 where room is short.

    Attributes:
        cancelled: The × beside the running job was pressed.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAccessibleName(tr("Status"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(6)
        self.device = QToolButton()
        self.device.setIcon(icon("cpu"))
        self.device.setIconSize(SIZE)
        self.device.setToolButtonStyle(self.device.toolButtonStyle().ToolButtonTextBesideIcon)
        self.device.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.device.setFocusPolicy(NO_FOCUS)
        self.device.setToolTip(tr("Where the model runs, and which model. Press to change."))
        self.job = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(88)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.cancel = QToolButton()
        self.cancel.setIcon(icon("x"))
        self.cancel.setIconSize(SIZE * 0.75)
        self.cancel.setToolTip(tr("Stop the work (the open scan stays)"))
        self.cancel.setAccessibleName(tr("Stop the work"))
        self.cancel.setFocusPolicy(NO_FOCUS)
        self.cancel.clicked.connect(self.cancelled)
        self.position = QLabel()
        self.values: dict[Mark, QLabel] = {}
        row.addWidget(self.device)
        row.addSpacing(6)
        for widget in (self.job, self.bar, self.cancel):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.position)
        row.addSpacing(6)
        for mark in Mark:
            sign, value = MarkSign(mark, 11), QLabel()
            sign.setToolTip(tr(_MARKS[mark]))
            value.setObjectName("value")
            value.setAccessibleName(tr(_MARKS[mark]))
            self.values[mark] = value
            row.addWidget(sign)
            row.addWidget(value)
            row.addSpacing(4)
        row.addSpacing(6)
        self.research = QLabel(tr(RESEARCH))
        self.research.setObjectName("research")
        row.addWidget(self.research)
        self._signs = self.findChildren(MarkSign)
        self.set_job(None)
        self.set_position(None, None)

    def set_compact(self, compact: bool) -> None:
        """Choose between the high and the low line."""
        self.setFixedHeight(scaled(_LOW if compact else _TALL))

    def set_menu(self, menu: QMenu) -> None:
        """Give the device its menu."""
        self.device.setMenu(menu)

    def set_device(self, device: str, model: str) -> None:
        """Say where the model runs and what it is called."""
        self.device.setText("   ".join(part for part in (device, model) if part))

    def set_job(self, text: str | None, fraction: float = 0.0, *, can_cancel: bool = True) -> None:
        """Say what runs, or nothing if the text is None."""
        for widget in (self.job, self.bar):
            widget.setVisible(text is not None)
        self.cancel.setVisible(text is not None and can_cancel)
        self.job.setText(text or "")
        self.bar.setValue(round(1000 * fraction))

    def set_position(
        self, volume: Volume | None, position: tuple[float, float, float] | None
    ) -> None:
        """Say where the pointer or the cursor is, in RAS+ millimetres; beside the scan no voxel."""
        for widget in (self.position, *self._signs, *self.values.values()):
            widget.setVisible(volume is not None)
        if volume is None or position is None:
            self.position.clear()
            return
        text = place(volume, position)
        k, j, i = (math.floor(index + 0.5) for index in volume.to_voxel(*position))
        if all(0 <= at < size for at, size in zip((k, j, i), volume.shape, strict=True)):
            text += "   " + tr("voxel {i}, {j}, {k}").format(i=i, j=j, k=k)
        self.position.setText(text)

    def set_values(
        self, original: float | None, reconstruction: float | None, decimals: int
    ) -> None:
        """Say what lies there, in real units, each with as many decimals."""
        both = original is not None and reconstruction is not None
        change = reconstruction - original if both else None  # type: ignore[operator]
        for mark, value in zip(Mark, (original, reconstruction, change), strict=True):
            signed = mark is Mark.DIFFERENCE
            text = number(value, decimals, signed=signed)
            self.values[mark].setText(text)


def place(volume: Volume, position: tuple[float, float, float]) -> str:
    """Write a position in millimetres with the directions of the body, such as "R 12.6 A 31.5".

    Where the file does not say how the patient lay there are no letters but a question mark.
    """
    if not volume.orientation_known:
        return "  ".join(number(value, 1) for value in position) + " mm ?"
    letters = ("RL", "AP", "SI")  # positive and negative ends of x, y, z in RAS+
    parts = [
        f"{ends[value < 0]} {number(abs(value), 1)}"
        for ends, value in zip(letters, position, strict=True)
    ]
    return "  ".join(parts) + " mm"
