"""A film of the comparison: which frames, how fast, and where to."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from isthmus.errors import IsthmusError
from isthmus.ui.formats import number
from isthmus.ui.program.exports.filming import Filming
from isthmus.ui.program.exports.plans import (
    Plan,
    Subject,
    can_sweep,
    of_comparison,
    through_slices,
)
from isthmus.ui.state import ViewStore
from isthmus.ui.words import tr

_RATE = 10
_WIDTH = 420


class FilmDialog(QDialog):
    """Stays while the film is made, so that nothing is done to the view meanwhile.

    Args:
        filming: Makes it.
        store: What is filmed.
        parent: The window.

    Attributes:
        subject: Chooses slices or comparison.
        first: Number of the first slice, from 1.
        last: Number of the last slice, from 1.
        rate: Frames a second.
        scale: How large.
        format: GIF or MP4.
        save: Asks for a file and begins.
        bar: How far it is.
    """

    def __init__(self, filming: Filming, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save a film"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._filming = filming
        self._store = store
        view = store.view
        count = 1 if view is None else view.n_slices
        self.subject = QComboBox()
        self.subject.addItem(tr("The slices, one after the other"), Subject.SLICES)
        if can_sweep(store.state.comparison):
            self.subject.addItem(tr("The comparison, at this slice"), Subject.COMPARISON)
        self.first, self.last, self.rate = QSpinBox(), QSpinBox(), QSpinBox()
        for box, value, low, high in (
            (self.first, 1, 1, count),
            (self.last, count, 1, count),
            (self.rate, _RATE, 1, 30),
        ):
            box.setRange(low, high)
            box.setValue(value)
            box.lineEdit().setTextMargins(10, 0, 0, 0)
            box.valueChanged.connect(self._tell)
        self.rate.setSuffix(tr(" frames/s"))
        self.scale, self.format = QComboBox(), QComboBox()
        for scale in (1.0, 1.5, 2.0):
            self.scale.addItem(f"{number(scale, 1 if scale % 1 else 0)}×", scale)
        self.format.addItem("GIF", ".gif")
        if find_spec("av") is not None:
            self.format.addItem("MP4", ".mp4")
            self.format.setCurrentIndex(1)
        else:
            self.format.setToolTip(tr("MP4 needs PyAV: pip install 'isthmus[video]'."))
        self._about = QLabel()
        self._about.setProperty("role", "secondary")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        slices = QHBoxLayout()
        slices.setSpacing(8)
        slices.addWidget(self.first, 1)
        slices.addWidget(QLabel(tr("to")))
        slices.addWidget(self.last, 1)
        self._slices = QWidget()
        self._slices.setLayout(slices)
        slices.setContentsMargins(0, 0, 0, 0)
        for name, control in (
            (tr("Film of"), self.subject),
            (tr("Slices"), self._slices),
            (tr("Speed"), self.rate),
            (tr("Scale"), self.scale),
            (tr("Format"), self.format),
        ):
            form.addRow(name, control)
            control.setAccessibleName(name)
        self.first.setAccessibleName(tr("First slice"))
        self.last.setAccessibleName(tr("Last slice"))
        form.addRow("", self._about)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        self.save = QPushButton(tr("Save…"))
        self.save.setDefault(True)
        self.save.clicked.connect(self._choose)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(self.bar)
        column.addWidget(buttons)
        self._form = form
        for chooser in (self.subject, self.scale, self.format):
            chooser.currentIndexChanged.connect(self._tell)
        filming.progressed.connect(self._show_progress)
        filming.done.connect(self.accept)
        filming.failed.connect(self._show_problem)
        self._tell()

    def plan(self) -> Plan:
        """Return the frames that are chosen."""
        if self.subject.currentData() == Subject.COMPARISON:
            return of_comparison(self._store.state, self.rate.value())
        return through_slices(self.first.value() - 1, self.last.value() - 1, self.rate.value())

    def start(self, path: Path) -> None:
        """Make the film."""
        suffix: str = self.format.currentData()
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
        self._problem.hide()
        self._set_running(True)
        self._filming.start(path, self.plan(), self.scale.currentData())

    def reject(self) -> None:
        """Stop the film, and leave no half of it; or close."""
        if self._filming.running:
            self._filming.cancel()
        super().reject()

    @Slot()
    def _choose(self) -> None:
        suffix: str = self.format.currentData()
        name = self.format.currentText()
        path, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save a film"),
            f"isthmus{suffix}",
            tr("{format} film").format(format=name) + f" (*{suffix})",
        )
        if path:
            self.start(Path(path))

    @Slot()
    def _tell(self) -> None:
        """Say what it will be, and offer what counts for it."""
        plan = self.plan()
        by_slice = self.subject.currentData() == Subject.SLICES
        self._form.setRowVisible(self._slices, by_slice)
        self.rate.setEnabled(by_slice or "flicker" not in self._store.state.comparison)
        self._about.setText(
            tr("{count} frames, {seconds} s. LOSSY stands in all of them.").format(
                count=len(plan.steps), seconds=number(plan.seconds, 1)
            )
        )
        self._about.setWordWrap(True)

    def _set_running(self, running: bool) -> None:
        for widget in (self.subject, self._slices, self.rate, self.scale, self.format, self.save):
            widget.setEnabled(not running)
        self.bar.setValue(0)

    @Slot(int, int)
    def _show_progress(self, done: int, count: int) -> None:
        self.bar.setRange(0, count)
        self.bar.setValue(done)

    @Slot(object)
    def _show_problem(self, error: BaseException) -> None:
        self._set_running(False)
        words = f"{error.problem} {error.remedy}" if isinstance(error, IsthmusError) else str(error)
        self._problem.setText(words)
        self._problem.show()
