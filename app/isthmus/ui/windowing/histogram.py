"""How often each value occurs in a scan, counted in a lane; percentiles come from the counts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.quality.foreground import Foreground
from isthmus.scans import Volume

# Whole numbers up to so many are counted one by one; all else falls into as many equal bins.
_MOST_BINS = 1 << 16


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts of a volume's voxels by value. Padding is no value, nor is NaN.

    Attributes:
        first: Middle of the first bin, in real units.
        step: From one bin's middle to the next, in real units, above 0.
        counts: Voxels in each bin.
        minimum: Smallest value, exact.
        maximum: Largest value, exact.
        exact: Whether each value has a bin of its own.
        threshold: Values above it are foreground (Otsu's threshold); see `quality.foreground`.
    """

    first: float
    step: float
    counts: npt.NDArray[np.int64]
    minimum: float
    maximum: float
    exact: bool
    threshold: float

    @property
    def total(self) -> int:
        """Number of voxels counted."""
        return int(self.counts.sum())

    @property
    def foreground_share(self) -> float:
        """Share of the voxels above the threshold, 0 to 1."""
        values = self.first + self.step * np.arange(len(self.counts))
        return float(self.counts[values > self.threshold].sum() / max(self.total, 1))

    def percentile(self, percent: float) -> float:
        """Return the smallest value that at least `percent` of the voxels do not exceed.

        Exact where each value has its own bin, else the middle of the bin, held within the range.
        """
        wanted = percent / 100 * self.total
        place = int(np.searchsorted(np.cumsum(self.counts), max(wanted, 1)))
        value = self.first + self.step * min(place, len(self.counts) - 1)
        return min(max(value, self.minimum), self.maximum)

    def over(self, low: float, high: float, bins: int) -> npt.NDArray[np.int64]:
        """Return the counts of `bins` equal steps from `low` to `high`; what lies outside is left.

        A bin that reaches over the border of two steps counts where its middle is; with fewer
        values than steps, each value is spread over the steps that it spans, undivided.
        """
        width = (high - low) / bins
        if width >= self.step:
            values = self.first + self.step * np.arange(len(self.counts))
            at = np.floor((values - low) / width).astype(np.int64)
            inside = (at >= 0) & (at < bins)
            return np.bincount(at[inside], self.counts[inside], bins).astype(np.int64)
        middles = low + width * (np.arange(bins) + 0.5)
        at = np.rint((middles - self.first) / self.step).astype(np.int64)
        inside = (at >= 0) & (at < len(self.counts))
        return np.where(inside, self.counts[at.clip(0, len(self.counts) - 1)], 0)


def count(
    volume: Volume,
    check: Callable[[], None] = lambda: None,
    *,
    threshold: float | None = None,
) -> Histogram:
    """Count the values of a volume.

    Args:
        volume: The scan, or a reconstruction of it.
        check: Called between slices; raises to stop, or gives way.
        threshold: Where the foreground begins, in real units; found if not given.
    """
    voxels = volume.voxels
    low, high, whole = _ends(volume, check)
    n_bins = min(int(high - low) + 1, _MOST_BINS) if whole else _MOST_BINS
    exact = whole and high - low < _MOST_BINS
    step = 1.0 if exact else max((high - low) / (n_bins - 1), np.finfo(np.float64).tiny)
    counts = np.zeros(n_bins, np.int64)
    for plane in voxels:
        check()
        seen = _pictured(volume, plane)
        at = (seen.astype(np.float64) - low) / step
        counts += np.bincount(np.rint(at).astype(np.int64), minlength=n_bins)
    ends = sorted((float(volume.real(low)), float(volume.real(high))))
    if volume.scale < 0:
        counts = counts[::-1]
    if threshold is None:
        threshold = Foreground(volume).threshold
    return Histogram(ends[0], step * abs(volume.scale), counts, ends[0], ends[1], exact, threshold)


def _ends(volume: Volume, check: Callable[[], None]) -> tuple[float, float, bool]:
    """Return smallest and largest stored value, and whether they are whole numbers by type."""
    lows, highs = [], []
    for plane in volume.voxels:
        check()
        seen = _pictured(volume, plane)
        if seen.size:
            lows.append(float(seen.min()))
            highs.append(float(seen.max()))
    whole = volume.voxels.dtype.kind in "ui"
    return (min(lows), max(highs), whole) if lows else (0.0, 0.0, whole)


def _pictured(volume: Volume, plane: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return the stored values of a slice that mean something, in one row."""
    flat = plane.reshape(-1)
    if volume.padding is not None:
        low, high = volume.padding
        flat = flat[np.less(flat, low) | np.greater(flat, high)]
    if flat.dtype.kind == "f":
        flat = flat[np.isfinite(flat)]
    return flat
