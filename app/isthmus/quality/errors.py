"""Where and how a reconstruction departs from its original: histogram, agreement, worst places.

All over the foreground (see `isthmus.quality.foreground`), in real units, of reconstruction −
original: above 0 something was added, below 0 removed.

- Percentiles are of all voxels, or of 4 million evenly spaced ones where there are more.
- Agreement is that of J. M. Bland and D. G. Altman, "Statistical methods for assessing agreement
  between two methods of clinical measurement", Lancet 327 (1986), 307–310, of the means of blocks
  of 16 × 16 voxels of a slice that lie at least half in the foreground. Limits: bias ± 1.96 SD.
- A worst place is a group of voxels that touch by their sides where the error, averaged over 5 × 5
  voxels of its slice, has one sign and is larger than in 99.9 % of the foreground. The average
  keeps structure and loses noise. Groups are ranked by the sum of their voxels' own errors.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.quality.foreground import Foreground
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

Array = npt.NDArray[np.float64]

BLOCK = 16  # voxels
MOST_PLACES = 10
_BINS = 121
_AVERAGED = 5  # voxels
_SHARE = 99.9  # per cent
_SAMPLE = 1 << 22  # voxels
_PERCENTILES = (1.0, 99.0)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How often each error occurs.

    Attributes:
        edges: Of the bins, rising, symmetric about 0, which lies in the middle of one; shape
            (n + 1,).
        counts: Voxels in each; shape (n,).
        mean: Of the errors.
        sd: Their standard deviation.
        percentiles: The 1st and the 99th.
    """

    edges: Array
    counts: npt.NDArray[np.int64]
    mean: float
    sd: float
    percentiles: tuple[float, float]


@dataclass(frozen=True, eq=False)
class BlandAltman:
    """How well the means of blocks agree.

    Attributes:
        means: Of original and reconstruction in each block; shape (n,).
        differences: Reconstruction − original; shape (n,).
        places: (k, j, i) of the voxel in the middle of each block; shape (n, 3).
        bias: Mean of the differences; NaN without blocks.
        sd: Their standard deviation, of a sample; NaN with fewer than two blocks.
    """

    means: Array
    differences: Array
    places: npt.NDArray[np.int64]
    bias: float
    sd: float

    @property
    def limits(self) -> tuple[float, float]:
        """Between which 95 % of the differences lie, if they are normal."""
        return self.bias - 1.96 * self.sd, self.bias + 1.96 * self.sd


@dataclass(frozen=True)
class WorstPlace:
    """Voxels that touch and are off the same way.

    Attributes:
        place: (k, j, i) of the voxel round which the error is largest.
        voxels: How many there are.
        mean: Their mean error, in real units.
    """

    place: tuple[int, int, int]
    voxels: int
    mean: float


@dataclass(frozen=True)
class Errors:
    """All of it; `worst` begins with the worst."""

    histogram: Histogram
    agreement: BlandAltman
    worst: tuple[WorstPlace, ...]


def find_errors(
    original: Volume,
    reconstruction: npt.NDArray[np.generic],
    foreground: Foreground,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Errors:
    """Look at every slice of a reconstruction twice.

    Args:
        original: The scan.
        reconstruction: Voxels on its grid and in its type.
        foreground: Of the original.
        progress: Told after each slice.
        cancel: Looked at before each slice.

    Raises:
        ValueError: The shapes differ.
        Cancelled: The work is no longer wanted.
    """
    if reconstruction.shape != original.shape:
        raise ValueError(f"shapes differ: {original.shape}, {reconstruction.shape}")
    stride = max(1, original.voxels.size // _SAMPLE)
    errors, averages, blocks = [], [], []
    count, total, squares, largest = 0, 0.0, 0.0, 0.0
    n_slices = original.shape[0]

    def slices(start: float) -> Iterator[tuple[int, Array, Array, npt.NDArray[np.bool_]]]:
        for k in range(n_slices):
            if cancel is not None:
                cancel.check()
            ours = original.real(original.voxels[k])
            error = original.real(reconstruction[k]) - ours
            yield k, ours, error, foreground.mask(original.voxels[k])
            progress(start + 0.5 * (k + 1) / n_slices, "")

    for k, ours, error, mask in slices(0.0):
        blocks.append(_blocks(k, ours, error, mask))
        there = error[mask]
        if there.size:
            count, total = count + there.size, total + float(there.sum())
            squares += float(np.vdot(there, there))
            largest = max(largest, float(np.abs(there).max()))
            errors.append(there[::stride].astype(np.float32))
            averages.append(np.abs(_averaged(error)[mask][::stride]).astype(np.float32))
    edges = _edges(largest, original)
    counts = np.zeros(len(edges) - 1, np.int64)
    sampled = np.concatenate(errors) if errors else np.empty(0, np.float32)
    threshold = float(np.percentile(np.concatenate(averages), _SHARE)) if averages else math.inf
    flagged = []
    for k, _ours, error, mask in slices(0.5):
        bins = np.floor((error[mask] - edges[0]) * (1 / (edges[1] - edges[0]))).astype(np.int64)
        counts += np.bincount(bins.clip(0, len(counts) - 1), minlength=len(counts))
        flagged.append(_flagged(k, error, mask, threshold))
    mean = total / count if count else math.nan
    sd = math.sqrt(max(squares / count - mean * mean, 0.0)) if count else math.nan
    low, high = np.percentile(sampled, _PERCENTILES) if count else (math.nan, math.nan)
    return Errors(
        Histogram(edges, counts, mean, sd, (float(low), float(high))),
        _agreement(blocks),
        _worst(np.concatenate(flagged), original.shape),
    )


def _edges(largest: float, volume: Volume) -> Array:
    """Return the edges of bins that all hold as many possible errors, if these are countable."""
    if largest == 0.0:
        largest = abs(volume.scale)
    width = 2 * largest / _BINS
    if volume.voxels.dtype.kind in "ui":
        step = abs(volume.scale)
        steps = math.ceil(width / step - 1e-9)
        width = step * (steps + 1 - steps % 2)  # odd, so that 0 has as many as others
    half = math.ceil(largest / width - 0.5 - 1e-9)
    return np.asarray((np.arange(2 * half + 2) - half - 0.5) * width)


def _blocks(k: int, original: Array, error: Array, mask: npt.NDArray[np.bool_]) -> Array:
    """Return rows of (mean of both, difference, k, j, i) of a slice's blocks."""
    rows, columns = (math.ceil(size / BLOCK) for size in mask.shape)
    tops, lefts = np.arange(rows) * BLOCK, np.arange(columns) * BLOCK

    def sums(values: npt.NDArray[np.generic]) -> Array:
        down = np.add.reduceat(np.asarray(values, dtype=np.float64), tops, axis=0)
        return np.asarray(np.add.reduceat(down, lefts, axis=1))

    inside = sums(mask)
    enough = inside >= sums(np.ones(mask.shape)) / 2
    count = inside[enough]
    difference = sums(np.where(mask, error, 0.0))[enough] / count
    mean = sums(np.where(mask, original, 0.0))[enough] / count + difference / 2
    j, i = np.meshgrid(
        np.minimum(tops + BLOCK // 2, mask.shape[0] - 1),
        np.minimum(lefts + BLOCK // 2, mask.shape[1] - 1),
        indexing="ij",
    )
    return np.stack([mean, difference, np.full(count.shape, float(k)), j[enough], i[enough]], 1)


def _agreement(blocks: list[Array]) -> BlandAltman:
    found = np.concatenate(blocks)
    differences = found[:, 1]
    return BlandAltman(
        found[:, 0],
        differences,
        found[:, 2:].astype(np.int64),
        float(differences.mean()) if len(found) else math.nan,
        float(differences.std(ddof=1)) if len(found) > 1 else math.nan,
    )


def _averaged(error: Array) -> Array:
    """Average over 5 × 5 voxels; at the edges the outermost is repeated."""
    reach = _AVERAGED // 2
    padded = np.pad(error, reach, mode="edge")
    rows, columns = error.shape
    down, across = padded[:rows].copy(), np.zeros(error.shape)
    for at in range(1, _AVERAGED):
        down += padded[at : at + rows]
    for at in range(_AVERAGED):
        across += down[:, at : at + columns]
    across /= _AVERAGED**2
    return across


def _flagged(k: int, error: Array, mask: npt.NDArray[np.bool_], threshold: float) -> Array:
    """Return rows of (place in the flattened volume, average, error) where much is off."""
    averaged = _averaged(error)
    at = np.flatnonzero((np.abs(averaged) > threshold) & mask)
    return np.stack([at + float(k) * error.size, averaged.flat[at], error.flat[at]], 1)


def _worst(flagged: Array, shape: tuple[int, int, int]) -> tuple[WorstPlace, ...]:
    """Join what touches and rank it; `flagged` is sorted by place."""
    if not len(flagged):
        return ()
    places, averages, errors = flagged[:, 0].astype(np.int64), flagged[:, 1], flagged[:, 2]
    groups = _joined(places, averages > 0, shape)
    names, group = np.unique(groups, return_inverse=True)
    voxels = np.bincount(group)
    sums = np.bincount(group, errors)
    order = np.lexsort((-np.abs(averages), group))
    peaks = order[np.searchsorted(group[order], np.arange(len(names)))]
    worst = []
    for which in np.argsort(-np.abs(sums), kind="stable")[:MOST_PLACES]:
        k, j, i = np.unravel_index(int(places[peaks[which]]), shape)
        mean = float(sums[which] / voxels[which])
        worst.append(WorstPlace((int(k), int(j), int(i)), int(voxels[which]), mean))
    return tuple(worst)


def _joined(
    places: npt.NDArray[np.int64], sign: npt.NDArray[np.bool_], shape: tuple[int, int, int]
) -> npt.NDArray[np.int64]:
    """Return a number for each place, the same for those that touch by sides with one sign."""
    _, rows, columns = shape
    pairs = []
    for step in (1, columns, rows * columns):
        after = np.searchsorted(places, places + step)
        near = np.flatnonzero(after < len(places))
        near = near[places[after[near]] == places[near] + step]
        if step == 1:
            near = near[places[near] % columns != columns - 1]
        elif step == columns:
            near = near[places[near] // columns % rows != rows - 1]
        near = near[sign[near] == sign[after[near]]]
        pairs.append(np.stack([near, after[near]]))
    one, other = np.concatenate(pairs, axis=1)
    groups = np.arange(len(places))
    while True:
        lowest = np.minimum(groups[one], groups[other])
        joined = groups.copy()
        for side in (one, other):
            np.minimum.at(joined, side, lowest)
            np.minimum.at(joined, groups[side], lowest)
        joined = joined[joined]
        if np.array_equal(joined, groups):
            return groups
        groups = joined
