"""A measure slice by slice: of the bottleneck that is shown, and of the others that are known."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from isthmus.quality import Measures
from isthmus.ui import formats
from isthmus.ui.figures.errors.plot import Plot, Span
from isthmus.ui.theme import TOKENS, colour
from isthmus.ui.words import later, tr


@dataclass(frozen=True)
class Measure:
    """What a curve is of.

    Attributes:
        name: What it is called.
        label: At its axis.
        value: Takes it from a slice's measures.
        decimals: How many it is worth; None for those of an error.
    """

    name: str
    label: str
    value: Callable[[Measures], float]
    decimals: int | None


MEASURES = (
    Measure("PSNR", later("PSNR, dB"), lambda measures: measures.psnr, 1),
    Measure("SSIM", "SSIM", lambda measures: measures.ssim, 3),
    Measure("MAE", "MAE", lambda measures: measures.mae, None),
)


@dataclass(frozen=True)
class Line:
    """One bottleneck's slices.

    Attributes:
        name: What it is called, such as "32 channels".
        values: By display number in the acquired plane, as the slice strip has them.
        shown: Whether its picture is shown.
    """

    name: str
    values: tuple[float, ...]
    shown: bool


class Curves(Plot):
    """Draws a line for each bottleneck, that of the shown one thick, and marks the slice."""

    def __init__(self) -> None:
        super().__init__(tr("Quality slice by slice"))
        self._lines: tuple[Line, ...] = ()
        self._measure = MEASURES[0]
        self._decimals = 1
        self._current = 0

    def show_lines(self, lines: Sequence[Line], measure: Measure, decimals: int) -> None:
        """Show curves.

        Args:
            lines: All of equal length.
            measure: What they are of.
            decimals: How many a value is worth.
        """
        self._lines, self._measure, self._decimals = tuple(lines), measure, decimals
        self.renew()

    def set_current(self, index: int) -> None:
        """Mark the slice that is shown, by its display number; -1 for none."""
        self._current = index
        self.update()

    @property
    def _shown(self) -> Line | None:
        return next((line for line in self._lines if line.shown), None)

    @property
    def count(self) -> int:
        """How many slices there are."""
        known = any(math.isfinite(v) for line in self._lines for v in line.values)
        return len(self._lines[0].values) if known else 0

    def spans(self) -> tuple[Span, Span]:
        """Return the numbers of the slices, and all finite values with a margin."""
        values = [v for line in self._lines for v in line.values if math.isfinite(v)]
        low, high = min(values), max(values)
        margin = 0.06 * (high - low) or abs(high) * 0.05 or 1.0
        return (0.5, self.count + 0.5), (low - margin, high + margin)

    def labels(self) -> tuple[str, str]:
        """Return what the axes are of."""
        return tr("slice"), tr(self._measure.label)

    def tick_values(self, *, vertical: bool) -> list[float]:
        """Return whole numbers for the slices."""
        found = super().tick_values(vertical=vertical)
        return found if vertical else [v for v in found if v >= 1 and v == round(v)]

    def words(self, at: int) -> str:
        """Return a slice's figure."""
        line = self._shown or self._lines[0]
        figure = formats.number(line.values[at], self._decimals)
        said = tr("Slice {number}: {measure} {figure}, {bottleneck}")
        return said.format(
            number=at + 1, measure=self._measure.name, figure=figure, bottleneck=line.name
        )

    def summary(self) -> str:
        """Return the figure of the slice that is shown."""
        return self.words(self._current) if 0 <= self._current < self.count else ""

    def explanation(self) -> str:
        """Return what is drawn."""
        if not self.count:
            return self.nothing()
        names = ", ".join(line.name for line in self._lines)
        return tr(
            "{measure} of every acquired slice, in their order, every voxel of the slice counted, "
            "with the volume's peak. Thick: the bottleneck that is shown. Thin: others that are "
            "known, of {names}. Click, or arrow keys and Enter, to go to a slice."
        ).format(measure=self._measure.name, names=names)

    def start(self) -> int:
        """Begin at the slice that is shown."""
        return max(self._current, 0)

    def nearest(self, point: QPointF) -> int | None:
        """Return the slice at a place."""
        share = (point.x() - self.box.left()) / max(self.box.width(), 1)
        return min(max(int(share * self.count), 0), self.count - 1)

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the current slice's line, thin curves, the thick one, and points."""
        if 0 <= self._current < self.count:
            x = self.x_at(self._current + 1)
            painter.setPen(QPen(colour(TOKENS.text2), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, self.box.top()), QPointF(x, self.box.bottom()))
        for line in sorted(self._lines, key=lambda line: line.shown):
            token = TOKENS.reconstruction if line.shown else TOKENS.text3
            painter.setPen(QPen(colour(token), 2 if line.shown else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._path(line.values))
        shown = self._shown
        if shown is not None:
            self._mark(painter, shown, self._current, colour(TOKENS.reconstruction))
            if self.at is not None:
                self._mark(painter, shown, self.at, colour(TOKENS.text))

    def _mark(self, painter: QPainter, line: Line, at: int, fill: QColor) -> None:
        if 0 <= at < len(line.values) and math.isfinite(line.values[at]):
            painter.setPen(QPen(colour(TOKENS.text), 1.5))
            painter.setBrush(fill)
            painter.drawEllipse(QPointF(self.x_at(at + 1), self.y_at(line.values[at])), 3.5, 3.5)

    def _path(self, values: tuple[float, ...]) -> QPainterPath:
        """Return a line through finite values; it breaks where one is not."""
        path, down = QPainterPath(), False
        for at, value in enumerate(values):
            if not math.isfinite(value):
                down = False
                continue
            point = QPointF(self.x_at(at + 1), self.y_at(value))
            if down:
                path.lineTo(point)
            else:
                path.moveTo(point)
                path.lineTo(point + QPointF(0.01, 0))
            down = True
        return path
