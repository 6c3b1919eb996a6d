"""The ranges of the plot, without Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.ui.selector.curve import Stop
from isthmus.ui.selector.measure import PSNR, Measure

_BEYOND = 1.2
_ENDLESS = 5.0
# What lossless codecs reach, roughly, for as long as no one has measured it on this scan.
_LOSSLESS = 3.0


@dataclass(frozen=True)
class Axes:
    """Ranges of the plot: x is the logarithm of the ratio, smaller file left; y is a measure.

    From 1.2 times the ratio of the smallest stop to that of lossless / 1.2. Where a stop gives
    every voxel back, its infinite PSNR has the upper edge to itself: `endless` says so, and the
    last 5 dB below `highest` hold no other level.

    They widen when a point falls outside, and close in once, when the last point is measured.
    Otherwise they hold, so that nothing slides under the hand.

    Attributes:
        largest_ratio: At the left edge.
        smallest_ratio: At the right edge.
        lowest: At the bottom, in the measure's own unit.
        highest: At the top.
        endless: Whether the top is for what has no loss.
        measure: What y is.
    """

    largest_ratio: float = 1000.0
    smallest_ratio: float = 2.5
    lowest: float = 30.0
    highest: float = 50.0
    endless: bool = False
    measure: Measure = PSNR

    @classmethod
    def around(
        cls, stops: Sequence[Stop], measure: Measure = PSNR, lossless: float | None = None
    ) -> "Axes":
        """Return axes that hold every stop whose place is known.

        Args:
            stops: Any.
            measure: What y is.
            lossless: Ratio of the best lossless codec on this scan; a guess where it is None.
        """
        ratios = [stop.ratio for stop in stops if stop.ratio is not None]
        known = [value for stop in stops if (value := stop.value(measure)) is not None]
        levels = [level for level in known if math.isfinite(level)]
        right = min([lossless or _LOSSLESS, *ratios]) / _BEYOND
        left = _BEYOND * max(ratios, default=1000.0 / _BEYOND)
        endless = len(levels) < len(known)
        if levels or not endless:
            low, high = _range(levels, measure)
        else:
            low = high = 0.0  # nothing is lost at any stop: no level has a place
        return cls(left, right, low, high + (_ENDLESS if endless else 0.0), endless, measure)

    def holding(self, stops: Sequence[Stop], lossless: float | None = None) -> "Axes":
        """Return these axes, wider where a stop would fall outside."""
        new = Axes.around(stops, self.measure, lossless)
        if not any(stop.value(self.measure) is not None for stop in stops):
            new = Axes(new.largest_ratio, new.smallest_ratio, self.lowest, self.highest)
        return Axes(
            max(self.largest_ratio, new.largest_ratio),
            min(self.smallest_ratio, new.smallest_ratio),
            min(self.lowest, new.lowest),
            max(self.highest, new.highest),
            self.endless or new.endless,
            self.measure,
        )

    def x(self, ratio: float) -> float:
        """Return the place of a ratio from 0 (left, smallest file) to 1."""
        whole = math.log(self.largest_ratio / self.smallest_ratio)
        return math.log(self.largest_ratio / ratio) / whole

    def y(self, value: float) -> float:
        """Return the place of a value from 0 (bottom) to 1; what is infinite lies at the top."""
        return min(1.0, max(0.0, self.height(value)))

    def height(self, value: float) -> float:
        """Return the place of a value, below 0 or above 1 where it lies outside."""
        return (value - self.lowest) / (self.highest - self.lowest)

    def value(self, y: float) -> float:
        """Return the value at a place from 0 (bottom) to 1."""
        return self.lowest + min(1.0, max(0.0, y)) * (self.highest - self.lowest)

    def lines(self, step: float) -> list[float]:
        """Return the levels of the horizontal lines, `step` apart."""
        edge = 0.1 * min(step, self.measure.grid[0])
        first = math.ceil((self.lowest + edge) / step - 1e-9)
        last = math.floor((self.highest - (_ENDLESS if self.endless else 0.0)) / step + 1e-9)
        return [round(step * count, 6) for count in range(first, last + 1)]


def _range(levels: Sequence[float], measure: Measure) -> tuple[float, float]:
    """Return bottom and top for some levels."""
    if not levels:
        return (30.0, 50.0) if measure is PSNR else (0.8, 1.0)
    snap = measure.snap
    low = snap * math.floor((min(levels) - measure.margin) / snap)
    high = min(measure.top, snap * math.ceil((max(levels) + measure.margin) / snap))
    return low, max(high, low + snap)
