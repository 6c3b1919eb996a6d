"""The settings in a dialog, built from their table. A change holds at once."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.program.preferences import Choice, Preference, Span, Value, sections
from isthmus.ui.settings import Settings
from isthmus.ui.state import ViewStore
from isthmus.ui.words import tr

_WIDTH = 520
_CONTROL = 220


class SettingsDialog(QDialog):
    """All settings, by section.

    Args:
        settings: Where they are kept.
        store: Where those are that say how pictures are looked at.
        parent: The window.

    Attributes:
        controls: By key, or by the state's field: what sets it.
    """

    def __init__(self, settings: Settings, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._store = store
        self.controls: dict[str, QWidget] = {}
        self._shows: list[Callable[[], None]] = []
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for title, preferences in sections():
            self._add_heading(grid, tr(title))
            for preference in preferences:
                self._add(grid, preference)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        usual = buttons.addButton(tr("Usual settings"), QDialogButtonBox.ButtonRole.ResetRole)
        usual.setToolTip(tr("Set everything here to what it was at the first start."))
        usual.setAutoDefault(False)
        usual.clicked.connect(self.make_usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 12, 16)
        column.setSpacing(16)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        room = parent.window().height() - 80
        self.resize(_WIDTH, min(inside.sizeHint().height() + 90, room))
        settings.changed.connect(self._refresh)
        store.changed.connect(self._refresh)

    @Slot()
    def make_usual(self) -> None:
        """Set everything to what it was at the first start."""
        for _, preferences in sections():
            for preference in preferences:
                self._set(preference, preference.usual)

    # Values

    def _value(self, preference: Preference) -> Value:
        if preference.field:
            value: Value = getattr(self._store.state, preference.field)
            return value
        return self._settings.value(preference.key, preference.usual)  # type: ignore[type-var]

    def _set(self, preference: Preference, value: Value) -> None:
        if preference.key:
            self._settings.set_value(preference.key, value)  # type: ignore[type-var]
        if preference.field:
            self._store.show(**{preference.field: preference.of(value)})

    @Slot()
    def _refresh(self) -> None:
        for show in self._shows:
            show()

    # Rows

    @staticmethod
    def _add_heading(grid: QGridLayout, title: str) -> None:
        heading = QLabel(title)
        heading.setProperty("role", "title")
        row = grid.rowCount()
        if row > 1:
            grid.setRowMinimumHeight(row, 8)
            row += 1
        grid.addWidget(heading, row, 0, 1, 2)

    def _add(self, grid: QGridLayout, preference: Preference) -> None:
        name = QLabel(tr(preference.title))
        control, show = self._control(preference)
        control.setAccessibleName(tr(preference.title))
        control.setAccessibleDescription(tr(preference.tip))
        control.setToolTip(tr(preference.tip))
        name.setToolTip(tr(preference.tip))
        name.setBuddy(control)
        control.setFixedWidth(_CONTROL)
        row = grid.rowCount()
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(control, row, 1)
        self.controls[preference.key or preference.field] = control
        self._shows.append(show)
        show()

    def _control(self, preference: Preference) -> tuple[QWidget, Callable[[], None]]:
        kind = preference.kind
        if isinstance(kind, Choice):
            return self._list(preference, kind)
        if isinstance(kind, Span):
            return self._number(preference, kind)
        box = QCheckBox()
        box.toggled.connect(lambda on: self._set(preference, on))
        return box, lambda: box.setChecked(bool(self._value(preference)))

    def _list(self, preference: Preference, kind: Choice) -> tuple[QWidget, Callable[[], None]]:
        box = QComboBox()
        for value, name in kind.options:
            box.addItem(tr(name), str(value))
        box.activated.connect(lambda _: self._set(preference, box.currentData()))
        return box, lambda: box.setCurrentIndex(box.findData(str(self._value(preference))))

    def _number(self, preference: Preference, kind: Span) -> tuple[QWidget, Callable[[], None]]:
        box: QSpinBox | QDoubleSpinBox
        if kind.decimals:
            box = QDoubleSpinBox()
            box.setDecimals(kind.decimals)
            box.setRange(kind.low, kind.high)
            box.setSingleStep(kind.step)
        else:
            box = QSpinBox()
            box.setRange(int(kind.low), int(kind.high))
            box.setSingleStep(int(kind.step))
        box.setSuffix(kind.unit)
        box.lineEdit().setTextMargins(10, 0, 0, 0)
        box.setKeyboardTracking(False)
        box.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        box.valueChanged.connect(lambda value: self._set(preference, value))

        def show() -> None:
            value = self._value(preference)
            if box.value() != value:
                box.setValue(value)  # type: ignore[arg-type]

        return box, show
