"""The panel "Errors": one of four pages, chosen above."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from isthmus.ui.figures.choice import Choice
from isthmus.ui.figures.errors.agreement import Agreement
from isthmus.ui.figures.errors.bars import Bars
from isthmus.ui.figures.errors.curves import MEASURES, Curves, Measure
from isthmus.ui.figures.errors.worst import WorstPlaces
from isthmus.ui.settings import Settings
from isthmus.ui.words import later, tr

_PAGES = (
    ("slices", later("By slice")),
    ("histogram", later("Histogram")),
    ("agreement", later("Agreement")),
    ("worst", later("Worst places")),
)
_PAGE, _MEASURE = "errors/page", "errors/measure"


class ErrorsPanel(QWidget):
    """Shows where and how much a reconstruction is off.

    Args:
        settings: Remembers page and measure.

    Attributes:
        curves: Measures slice by slice.
        bars: The histogram.
        agreement: Bland and Altman's plot.
        worst: The list of the worst places.
        page_choice: Chooses among the four.
        measure_choice: Chooses what the curves are of.
        seen: The panel came onto the screen, or left it.
        page_changed: Another page or measure is shown.
    """

    seen = Signal(bool)
    page_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setAccessibleName(tr("Errors"))
        self.page_choice = Choice(tr("What of the errors is shown"))
        for _, title in _PAGES:
            self.page_choice.addItem(tr(title))
        self.page_choice.setToolTip(tr("What of the errors is shown (↑ ↓)"))
        self.measure_choice = Choice(tr("Measure"))
        for measure in MEASURES:
            self.measure_choice.addItem(measure.name)
        self.measure_choice.setToolTip(tr("What the curves are of (↑ ↓)"))
        self.curves, self.bars, self.agreement = Curves(), Bars(), Agreement()
        self.worst = WorstPlaces()
        self._none = QLabel()
        self._none.setProperty("role", "note")
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._of = QLabel()
        self._of.setProperty("role", "caption")
        self._pages = QStackedWidget()
        for page in (self.curves, self.bars, self.agreement, self.worst, self._none):
            self._pages.addWidget(page)

        top = QHBoxLayout()
        top.setContentsMargins(12, 4, 12, 0)
        top.setSpacing(6)
        top.addWidget(self.page_choice)
        top.addWidget(self.measure_choice)
        top.addStretch(1)
        top.addWidget(self._of)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        names = [name for name, _ in _PAGES]
        first = settings.value(_PAGE, names[0])
        kept = settings.value(_MEASURE, MEASURES[0].name)
        self.page_choice.setCurrentIndex(names.index(first) if first in names else 0)
        measures = [measure.name for measure in MEASURES]
        self.measure_choice.setCurrentIndex(measures.index(kept) if kept in measures else 0)
        self.page_choice.currentIndexChanged.connect(self._change)
        self.measure_choice.currentIndexChanged.connect(self._change)
        self._arrange()

    @property
    def page(self) -> str:
        """The page that is shown: slices, histogram, agreement or worst."""
        return _PAGES[self.page_choice.currentIndex()][0]

    @property
    def measure(self) -> Measure:
        """What the curves are of."""
        return MEASURES[self.measure_choice.currentIndex()]

    def set_of(self, words: str) -> None:
        """Say which bottleneck it is of."""
        self._of.setText(words)
        self._arrange()

    def say_nothing(self, words: str) -> None:
        """Say in the list's place why there is none; empty for the list itself."""
        self._none.setText(words)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the room that it makes do with."""
        return QSize(280, 108)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(392, 220)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit beside the choosers."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that it is wanted."""
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that no one sees it."""
        super().hideEvent(event)
        self.seen.emit(False)

    def _change(self, _at: int) -> None:
        self._settings.set_value(_PAGE, self.page)
        self._settings.set_value(_MEASURE, self.measure.name)
        self._arrange()
        self.page_changed.emit()

    def _arrange(self) -> None:
        at = self.page_choice.currentIndex()
        self.measure_choice.setVisible(self.page == "slices")
        choosers = [self.page_choice] + [self.measure_choice] * (self.page == "slices")
        taken = sum(each.sizeHint().width() for each in choosers) + 6 * len(choosers) + 24
        self._of.setVisible(taken + self._of.sizeHint().width() <= self.width())
        without = self.page == "worst" and bool(self._none.text())
        self._pages.setCurrentIndex(len(_PAGES) if without else at)
