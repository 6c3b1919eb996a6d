"""What the selector knows and draws; `selector` adds what the hand does to it."""

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from isthmus.codec import ModelInfo
from isthmus.quality import OperatingPoint
from isthmus.quality.guidelines import Guideline
from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.cells import paint_stops
from isthmus.ui.selector.curve import Stop, spoken
from isthmus.ui.selector.glide import Glide
from isthmus.ui.selector.header import Header
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.selector.measure import MEASURES, Measure
from isthmus.ui.selector.model_button import ModelButton
from isthmus.ui.selector.plot import paint_plot
from isthmus.ui.selector.scene import Lossless, Scene, StandardCurve
from isthmus.ui.selector.words import paint_words
from isthmus.ui.theme import text_scale
from isthmus.ui.words import tr

# How many steps of progress a stop's line shows.
_STEPS = 64


class SelectorView(QAbstractSlider):
    """Stops, curve and words of one model on one scan, told from outside.

    To a screen reader it is a slider named "Bottleneck" whose description is the value in words.
    What is asked for has a ring, what is shown is filled: they differ until the picture is there.

    Attributes:
        asked: Name of the bottleneck that the person chose. Not sent for `set_asked`.
        model_chosen: The other `ModelInfo` that the person chose; its bottlenecks are not shown
            before `set_model`.
        model: Shows the model's title and offers the others.
        header: Offers measures and standard codecs.
    """

    asked = Signal(str)
    model_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: list[Stop] = []
        self._axes = Axes()
        self._floors = {measure.key: measure.floor for measure in MEASURES}
        self._shown: int | None = None
        self._pinned: int | None = None
        self._hovered: int | None = None
        self._floor_held = False
        self._progress: dict[int, float] = {}
        self._guidelines: tuple[Guideline, ...] = ()
        self._standard: tuple[StandardCurve, ...] = ()
        self._lossless: Lossless | None = None
        self._density = Density.FULL
        self._layout = Layout.of(1, 1, 0, Density.FULL)
        self._keyboard = False
        self._telling = True
        self.model = ModelButton(self)
        self.model.chosen.connect(self.model_chosen)
        self.header = Header(self)
        self._handle, self._neck = Glide(self), Glide(self)
        for glide in (self._handle, self._neck):
            glide.valueChanged.connect(self.update)
        self.setAccessibleName(tr("Bottleneck"))
        self.valueChanged.connect(self._choose)

    # The model and the scan

    def set_model(self, model: ModelInfo) -> None:
        """Show the bottlenecks of a model; nothing is asked, shown or measured yet."""
        scan = (self._stops[0].stored_bytes, self._stops[0].n_voxels) if self._stops else (0, 0)
        self._stops = [Stop(bottleneck, *scan) for bottleneck in model.bottlenecks]
        self.model.set_model(model)
        self._telling = False
        self.setRange(0, max(0, len(self._stops) - 1))
        self.setValue(0)
        self._telling = True
        self._start_over()

    def set_scan(self, stored_bytes: int, n_voxels: int) -> None:
        """Forget what was measured: this is another scan.

        Args:
            stored_bytes: Its voxels as stored; the "original" of every ratio.
            n_voxels: How many voxels it has.
        """
        self._stops = [Stop(stop.bottleneck, stored_bytes, n_voxels) for stop in self._stops]
        self._standard, self._lossless = (), None
        self._start_over()

    def set_point(self, name: str, point: OperatingPoint | None) -> None:
        """Show what was measured on this scan in place of what was expected."""
        self._replace(name, point=point)

    def set_written(self, name: str, file_bytes: int | None) -> None:
        """Show what the file takes on this scan before its quality is measured."""
        self._replace(name, written=file_bytes)

    def set_haarpsi(self, name: str, value: float | None) -> None:
        """Know the HaarPSI of a stop on this scan; it is offered from then on."""
        if value is not None:
            self.header.offer(MEASURES)
        self._replace(name, haarpsi=value)

    def set_seconds(self, name: str, seconds: float | None) -> None:
        """Know how long a stop took here, from the scan to its reconstruction."""
        self._replace(name, seconds=seconds)

    def _replace(self, name: str, **changes: object) -> None:
        index = self._index(name)
        self._stops[index] = replace(self._stops[index], **changes)  # type: ignore[arg-type]
        self._fit()
        self._move(self._neck, self._neck_target())
        self._describe()
        self.update()

    # What stands beside the curve

    def set_guidelines(self, lines: Sequence[Guideline]) -> None:
        """Draw the ratios that national bodies recommend for what made the scan."""
        self._guidelines = tuple(lines)
        self.update()

    def set_standard(self, curves: Sequence[StandardCurve], lossless: Lossless | None) -> None:
        """Draw standard codecs on this scan, as far as they were really encoded."""
        first = self._lossless is None and lossless is not None
        self._standard, self._lossless = tuple(curves), lossless
        if first:
            self._fit()
        self.update()

    # What is asked, shown, pinned

    def set_asked(self, name: str) -> None:
        """Put the ring on a stop, without telling anyone."""
        self._telling = False
        self.setValue(self._index(name))
        self._telling = True

    def set_shown(self, name: str | None) -> None:
        """Fill the stop whose picture is on screen; None if there is none."""
        self._shown = None if name is None else self._index(name)
        self._move(self._neck, self._neck_target())
        self.update()

    def set_pinned(self, name: str | None) -> None:
        """Put a hollow square on the stop that is kept beside; None if there is none."""
        self._pinned = self._index(name) if name in self.names() and name else None
        self._describe()
        self.update()

    def set_progress(self, name: str, fraction: float | None) -> None:
        """Show how much of a stop's file is made; None takes the line away."""
        index = self._index(name)
        before = self._progress.get(index)
        if fraction is None:
            self._progress.pop(index, None)
        else:
            # In steps that can be seen: jobs report far more often.
            self._progress[index] = round(min(1.0, max(0.0, fraction)) * _STEPS) / _STEPS
        if self._progress.get(index) != before:
            self.update()

    # The measure and its floor

    @property
    def measure(self) -> Measure:
        """What the plot draws upwards."""
        return self.header.measure

    def set_measure(self, measure: Measure) -> None:
        """Draw another measure upwards; each has its own floor."""
        self.header.measure = measure
        self.header.show_state()
        self._axes = Axes.around(self._stops, measure, self._lossless_ratio())
        self._lay_out()

    @property
    def floor(self) -> float:
        """The quality floor, in the unit of the measure that is drawn."""
        return self._floors[self.measure.key]

    def set_floor(self, value: float, measure: Measure | None = None) -> None:
        """Put the floor of a measure somewhere, without telling anyone."""
        measure = measure or self.measure
        self._floors[measure.key] = measure.snapped(value)
        self._describe()
        self.update()

    def set_standard_wanted(self, wanted: bool) -> None:
        """Show whether standard codecs are asked for."""
        self.header.standard = wanted
        self.header.show_state()

    # Size

    def set_density(self, density: Density) -> None:
        """Show all, less, or stops only."""
        self._density = density
        self.updateGeometry()
        self._lay_out()

    def set_compact(self, compact: bool) -> None:
        """Choose between the deck of a large window and that of a small one."""
        self.set_density(Density.COMPACT if compact else Density.FULL)

    def names(self) -> tuple[str, ...]:
        """Return the names of the bottlenecks, smallest first."""
        return tuple(stop.bottleneck.name for stop in self._stops)

    def stop_rect(self, name: str) -> QRect:
        """Return where a stop's button is, in this widget."""
        return self._layout.stops[self._index(name)].toRect()

    def plot_rect(self) -> QRect:
        """Return where the plot is; empty where only stops are shown."""
        return self._layout.plot.toRect()

    def point_at(self, name: str) -> QPointF | None:
        """Return where a stop's point is in the plot, or None if it is not drawn."""
        return self._layout.place(self._axes, self._stops[self._index(name)])

    def sizeHint(self) -> QSize:
        """Return the size in a large or a small window."""
        return QSize(924 if self._density is Density.FULL else 880, self._density.value)

    def minimumSizeHint(self) -> QSize:
        """Return what the stops need."""
        return QSize(148 + 60 * min(10, max(1, len(self._stops))), self._density.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        self._lay_out()

    # Painting

    def scene(self) -> Scene:
        """Return what is drawn."""
        neck = self._neck.value
        return Scene(
            stops=self._stops,
            axes=self._axes,
            asked=self.value(),
            shown=self._shown,
            hovered=self._hovered,
            pinned=self._pinned,
            handle=self._handle.value or 0.0,
            neck_ratio=None if neck is None else math.exp(neck),
            floor=self.floor,
            floor_held=self._floor_held,
            progress=self._progress,
            focused=self._keyboard and self.hasFocus(),
            guidelines=self._guidelines,
            standard=self._standard if self.header.standard else (),
            lossless=self._lossless,
            header_taken=self.header.taken,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, curve and stops."""
        painter = QPainter(self)
        if not self._stops:
            return
        if self._layout.scale != text_scale():
            self._lay_out()
        scene = self.scene()
        paint_words(painter, self._layout, scene)
        if not self._layout.plot.isEmpty():
            paint_plot(painter, self._layout, scene)
        paint_stops(painter, self._layout, scene)

    # Private

    def _start_over(self) -> None:
        self._axes = Axes.around(self._stops, self.measure, self._lossless_ratio())
        self._shown = self._hovered = self._pinned = None
        self._progress = {}
        self._lay_out()
        self._handle.settle(float(self.value()))
        self._neck.settle(self._neck_target())
        self._describe()

    @property
    def dragging(self) -> bool:
        """Whether the hand holds something."""
        return False

    def _fit(self) -> None:
        """Widen the axes for what lies outside; close in when all is measured and no one drags."""
        ratio = self._lossless_ratio()
        if all(stop.measured for stop in self._stops) and not self.dragging:
            self._axes = Axes.around(self._stops, self.measure, ratio)
        else:
            self._axes = self._axes.holding(self._stops, ratio)
        self.update()

    def _lossless_ratio(self) -> float | None:
        return None if self._lossless is None else self._lossless.ratio

    def _lay_out(self) -> None:
        density = Density.STOPS if self.height() < 100 else self._density
        self._layout = Layout.of(self.width(), self.height(), len(self._stops), density)
        place = self._layout.title.toRect()
        self.model.setVisible(bool(self._stops) and not place.isEmpty())
        self.model.set_small(density is Density.COMPACT)
        place.setWidth(min(place.width(), self.model.sizeHint().width()))
        self.model.setGeometry(place)
        self.header.place(self._layout.header if self._stops else QRectF())
        self.update()

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._move(self._handle, float(index))
        self._move(self._neck, self._neck_target())
        self._describe()
        if self._telling and self._stops:
            self.asked.emit(self._stops[index].bottleneck.name)

    def _describe(self) -> None:
        if self._stops:
            self.setAccessibleDescription(spoken(self._stops, self.value()))

    def _index(self, name: str) -> int:
        return self.names().index(name)

    def _neck_target(self) -> float | None:
        if not self._stops:
            return None
        ratio = self._stops[self.value() if self._shown is None else self._shown].ratio
        return None if ratio is None else math.log(ratio)

    def _move(self, glide: Glide, target: float | None) -> None:
        """Glide where it can be seen, else jump."""
        if self.isVisible():
            glide.glide(target)
        else:
            glide.settle(target)
        self.update()
