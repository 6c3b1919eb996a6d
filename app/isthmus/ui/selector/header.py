"""What stands above the plot: what is drawn upwards, and whether standard codecs are beside."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from isthmus.ui.selector.caret_button import CaretButton
from isthmus.ui.selector.measure import MEASURES, PSNR, Measure
from isthmus.ui.theme import font
from isthmus.ui.words import tr


class Header(QObject):
    """Two controls of the selector, and the same choices as entries of a menu.

    Attributes:
        measure_chosen: The `Measure` that the person chose.
        standard_chosen: Whether the person wants standard codecs beside the curve.
        measure: Which measure is drawn.
        standard: Whether standard codecs are asked for.
    """

    measure_chosen = Signal(object)
    standard_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure = PSNR
        self.standard = False
        self._offered: tuple[Measure, ...] = MEASURES[:2]
        self._title = CaretButton(parent, token="text2")
        self._title.opened.aboutToShow.connect(self._fill_title)
        self._codecs = QToolButton(parent)
        self._codecs.setCheckable(True)
        self._codecs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._codecs.setStyleSheet("min-width: 0; min-height: 0; padding: 0 5px;")
        self._codecs.clicked.connect(self._choose_standard)
        self.show_state()

    def offer(self, measures: tuple[Measure, ...]) -> None:
        """Offer these measures."""
        self._offered = measures

    def show_state(self) -> None:
        """Write what is chosen."""
        self._title.setText(self.measure.title())
        about = tr("Press to draw another measure.")
        self._title.setToolTip(f"{self.measure.definition()}\n{about}")
        self._title.setAccessibleName(
            tr("Measure of the curve: {measure}").format(measure=self.measure.name)
        )
        self._codecs.setText(tr("JPEG 2000, HEVC"))
        self._codecs.setChecked(self.standard)
        self._codecs.setToolTip(standard_tip(self.standard))
        self._codecs.setAccessibleName(tr("Standard codecs beside the curve"))
        self._title.update()

    def place(self, room: QRectF) -> None:
        """Stand at the left of a row; hidden where there is none."""
        there = not room.isEmpty()
        for control in (self._title, self._codecs):
            control.setVisible(there)
        if not there:
            return
        self._title.setFont(font(12))
        self._codecs.setFont(font(11))
        row = room.toRect()
        wide = self._title.sizeHint().width()
        self._title.setGeometry(row.left(), row.top(), wide, row.height())
        hint = self._codecs.sizeHint().width()
        self._codecs.setGeometry(row.left() + wide + 10, row.top() + 1, hint, row.height() - 2)

    @property
    def taken(self) -> float:
        """How far the controls reach, in pixels from the row's left."""
        return self._codecs.geometry().right() - self._title.geometry().left() + 1.0

    def add_to(self, menu: QMenu) -> None:
        """Offer the same choices in a menu."""
        self._add_measures(menu)
        menu.addSeparator()
        entry = menu.addAction(tr("Curves of JPEG 2000 and HEVC"))
        entry.setCheckable(True)
        entry.setChecked(self.standard)
        entry.triggered.connect(self._choose_standard)

    @Slot()
    def _fill_title(self) -> None:
        self._title.opened.clear()
        self._add_measures(self._title.opened)

    def _add_measures(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for measure in self._offered:
            entry = group.addAction(measure.name)
            entry.setCheckable(True)
            entry.setChecked(measure is self.measure)
            entry.triggered.connect(self._chooser(measure))
        menu.addActions(group.actions())

    def _chooser(self, measure: Measure) -> Callable[[], None]:
        return lambda: self.measure_chosen.emit(measure)

    @Slot(bool)
    def _choose_standard(self, wanted: bool) -> None:
        self.standard_chosen.emit(wanted)


def standard_tip(wanted: bool) -> str:
    """Return what standard codecs beside the curve are."""
    if wanted:
        return tr(
            "JPEG 2000 and HEVC are really encoded from this whole scan, once everything else is "
            "known. Press to take their curves away."
        )
    return tr(
        "Press to encode this whole scan by JPEG 2000 and HEVC too, once everything else is known, "
        "and to draw their curves."
    )
