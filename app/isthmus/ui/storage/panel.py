"""The storage panel: four ways to keep this scan, in bytes and in seconds on a chosen line."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui import keys
from isthmus.ui.settings import Settings
from isthmus.ui.storage.bars import Bars
from isthmus.ui.storage.sums import (
    LINE_KEY,
    LINES,
    OWN_LINE,
    PER_DAY_KEY,
    SCANS_PER_DAY,
    WORKING_DAYS,
    Habit,
    Row,
)
from isthmus.ui.theme import scaled
from isthmus.ui.words import tr

_OWN = "storage-megabits"
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_PER_DAY, _MOST_MEGABITS = 10_000, 400_000.0


class LineChoice(QComboBox):
    """A box whose own keys come before the window's while it has the focus."""

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move in a list, and those that open it."""
        return keys.keeps(event, (*_MOVES, *_OPENS)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with Return too: Space is the window's."""
        if event.key() in _OPENS and keys.is_bare(event):
            self.showPopup()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class StoragePanel(QWidget):
    """Shows rows that it is handed, for scans a day and a line that the person chooses.

    Attributes:
        seen: Whether it became visible or was hidden.
        habit_changed: Scans a day or the line were chosen.
        save_wanted: Where the table of operating points is to be saved.
    """

    seen = Signal(bool)
    habit_changed = Signal()
    save_wanted = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.line = LineChoice()
        self.own = QDoubleSpinBox()
        self.per_day = QSpinBox()
        self.export = QPushButton(tr("CSV…"))
        self.bars = Bars()
        self._fill_controls()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(self.own)
        row.addWidget(self.per_day)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.bars, 1)
        self.line.currentIndexChanged.connect(self._take_line)
        self.own.valueChanged.connect(self._take_own)
        self.per_day.valueChanged.connect(self._take_per_day)
        self.export.clicked.connect(self._choose_file)
        settings.changed.connect(self._follow)
        self.own.setVisible(self.line.currentData() == OWN_LINE)

    def _fill_controls(self) -> None:
        for line in LINES:
            self.line.addItem(line.title(), line.key)
        self.line.addItem(tr("Own line"), OWN_LINE)
        found = self.line.findData(self._settings.value(LINE_KEY, LINES[0].key))
        self.line.setCurrentIndex(max(0, found))
        self.line.setToolTip(
            tr("The line that scans are sent on.\nSeconds are bytes · 8 / rate, without overhead.")
        )
        self.line.setAccessibleName(tr("Line"))
        self.line.setMinimumContentsLength(5)
        self.own.setRange(0.1, _MOST_MEGABITS)
        self.own.setDecimals(1)
        self.own.setSuffix(tr(" Mbit/s"))
        self.own.setValue(self._settings.value(_OWN, 50.0))
        self.own.setToolTip(tr("Rate of your own line; a megabit is a million bits."))
        self.own.setAccessibleName(tr("Rate of your own line, in megabits a second"))
        self.per_day.setRange(1, _MOST_PER_DAY)
        self.per_day.setSuffix(tr(" a day"))
        self.per_day.setValue(self._settings.value(PER_DAY_KEY, SCANS_PER_DAY))
        self.per_day.setToolTip(
            tr("Scans like this one on each of {days} working days a year.").format(
                days=WORKING_DAYS
            )
        )
        self.per_day.setAccessibleName(tr("Scans a working day"))
        self.export.setToolTip(
            tr(
                "Save every bottleneck and standard codec on this scan as a table: bytes, ratio, "
                "bits per voxel, PSNR, SSIM."
            )
        )
        self.export.setAccessibleName(tr("Save the table of operating points as CSV"))
        for control in (self.line, self.own, self.per_day, self.export):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            # The type is named, or the sheet would also reach the line edit inside a box.
            kind = control.metaObject().className()
            control.setStyleSheet(f"{kind} {{ padding: 0 6px; min-height: {scaled(22)}px; }}")
        for box in (self.own, self.per_day):
            box.setFixedWidth(scaled(84 if box is self.per_day else 104))
            box.setKeyboardTracking(False)

    @property
    def habit(self) -> Habit:
        """Scans a day and the line, as chosen."""
        key = self.line.currentData()
        rates = {line.key: line.megabits for line in LINES}
        return Habit(self.per_day.value(), rates.get(key, self.own.value()))

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        self.bars.set_rows(rows, self.habit)
        self.export.setEnabled(bool(rows))

    @Slot()
    def _take_line(self) -> None:
        self.own.setVisible(self.line.currentData() == OWN_LINE)
        self._settings.set_value(LINE_KEY, self.line.currentData())
        self.habit_changed.emit()

    @Slot(float)
    def _take_own(self, value: float) -> None:
        self._settings.set_value(_OWN, value)
        self.habit_changed.emit()

    @Slot(int)
    def _take_per_day(self, value: int) -> None:
        self._settings.set_value(PER_DAY_KEY, value)
        self.habit_changed.emit()

    @Slot(str)
    def _follow(self, key: str) -> None:
        """Take what was chosen in the settings' dialog."""
        if key == LINE_KEY:
            found = self.line.findData(self._settings.value(LINE_KEY, LINES[0].key))
            self.line.setCurrentIndex(max(0, found))
        elif key == PER_DAY_KEY:
            self.per_day.setValue(self._settings.value(PER_DAY_KEY, SCANS_PER_DAY))

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the table of operating points"),
            tr("operating points.csv"),
            tr("Table (*.csv)"),
        )
        if name:
            path = Path(name)
            self.save_wanted.emit(path if path.suffix else path.with_suffix(".csv"))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to work."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop working."""
        super().hideEvent(event)
        self.seen.emit(False)
