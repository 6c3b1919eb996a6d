"""What the slice strip offers to play the slices: a button, and while they go by, their rate."""

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from isthmus.ui import formats
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.navigation.cine import FASTEST, SLOWEST, Cine
from isthmus.ui.navigation.entry import Number
from isthmus.ui.theme import TOKENS, enlarged, scaled
from isthmus.ui.words import tr


class Player(QWidget):
    """Stands in the strip while the slices go by: both ends' behaviour, rate asked, rate reached.

    Attributes:
        swing: Back and forth, or round and round.
        rate: Pictures per second that are asked for.
    """

    def __init__(self, cine: Cine, swings: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cine = cine
        self.setAccessibleName(tr("Cine"))
        self.swing = QToolButton()
        self.swing.setDefaultAction(swings)
        self.swing.setIconSize(SIZE)
        self.swing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rate = Number()
        self.rate.setRange(SLOWEST, FASTEST)
        self.rate.setKeyboardTracking(False)
        self.rate.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.rate.setAccessibleName(tr("Slices per second"))
        self.rate.setToolTip(
            tr("Slices per second that are asked for, 1 to 60 (Alt+Left, Alt+Right, or the wheel)")
        )
        self.rate.setFixedWidth(scaled(34))
        self.rate.setStyleSheet(enlarged("padding: 0 2px; min-height: 20px"))
        self._reached = QLabel()
        self._reached.setProperty("role", "secondary")
        self._reached.setToolTip(
            tr("Slices per second that were really shown during the last second. None is left out.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.swing)
        row.addWidget(self.rate)
        row.addWidget(self._reached, 1)
        self.setStyleSheet(f"Player {{ background: {TOKENS.panel}; }}")
        self.rate.valueChanged.connect(cine.set_rate)
        cine.settings_changed.connect(self._show_settings)
        cine.reached.connect(self._show_reached)
        cine.running_changed.connect(self._forget)
        self._show_settings()
        self._forget()

    @property
    def words(self) -> str:
        """What stands there of the rate reached."""
        return self._reached.text()

    @Slot()
    def _show_settings(self) -> None:
        with QSignalBlocker(self.rate):
            self.rate.setValue(self._cine.rate)
        self.swing.setIcon(icon("arrows-left-right" if self._cine.swings else "repeat"))

    @Slot(float)
    def _show_reached(self, rate: float) -> None:
        text = tr("{rate} fps").format(rate=formats.number(rate, 1))
        self._reached.setText(text)
        self._reached.setAccessibleName(tr("Reached: {rate}").format(rate=text))

    @Slot()
    def _forget(self) -> None:
        self._reached.setText(tr("{rate} fps").format(rate=formats.UNKNOWN))
