"""Regions of a slice: which voxels count, and what they say of original and reconstruction.

Positions are in voxels of the slice, (row, column); whole numbers are the centres of voxels.

- A voxel counts if its centre lies inside the outline. Where a curve crosses itself, what it goes
  round twice is outside again (the even-odd rule). A centre on the very edge of a polygon counts at
  its upper and left edges only, so that regions side by side share no voxel.
- SD is that of a sample: the root of the sum of squared departures by n − 1. SNR is mean ∕ SD.
- PSNR takes its peak from the whole volume, as everywhere; see `isthmus.quality.measures`.
- SSIM is the mean of the slice's SSIM map over the region's voxels. Their windows reach 5 pixels
  beyond the region; at the edges of the slice the picture is mirrored, as by scikit-image.
- Errors are those of reconstruction − original; bias is their mean.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from isthmus.quality.similarity import RADIUS, ssim_map

Picture = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mask:
    """The voxels of a slice that lie in a region, in the smallest box round its outline.

    Attributes:
        top: Row of the slice at which the box begins.
        left: Column at which it begins.
        inside: bool, shape (rows, columns) of the box; has no element if the box is empty.
    """

    top: int
    left: int
    inside: npt.NDArray[np.bool_]

    @property
    def count(self) -> int:
        """Number of voxels."""
        return int(np.count_nonzero(self.inside))

    @property
    def box(self) -> tuple[slice, slice]:
        """The rows and columns of the slice that the box covers."""
        rows, columns = self.inside.shape
        return slice(self.top, self.top + rows), slice(self.left, self.left + columns)

    def whole(self, shape: tuple[int, int]) -> npt.NDArray[np.bool_]:
        """Return the mask at the size of the slice."""
        full = np.zeros(shape, np.bool_)
        full[self.box] = self.inside
        return full


@dataclass(frozen=True)
class Statistics:
    """Values of one picture in a region, in real units; NaN where too few voxels are in it.

    Attributes:
        count: Number of voxels.
        mean: Their mean.
        sd: Their standard deviation, of a sample.
        minimum: The lowest.
        maximum: The highest.
    """

    count: int
    mean: float
    sd: float
    minimum: float
    maximum: float

    @property
    def snr(self) -> float:
        """Mean ∕ SD; infinite where all voxels are alike, NaN where SD is not defined."""
        if math.isnan(self.sd) or self.sd == self.mean == 0.0:
            return math.nan
        return math.copysign(math.inf, self.mean) if self.sd == 0.0 else self.mean / self.sd


@dataclass(frozen=True)
class Agreement:
    """How a reconstruction departs from its original in a region; NaN where no voxel is in it.

    Attributes:
        psnr: In dB; infinite if nothing was lost.
        ssim: Mean of the SSIM map.
        mae: Mean absolute error, in real units.
        max_error: Largest absolute error, in real units.
        bias: Mean of reconstruction − original, in real units.
        sd: Standard deviation of reconstruction − original, of a sample.
    """

    psnr: float
    ssim: float
    mae: float
    max_error: float
    bias: float
    sd: float


@dataclass(frozen=True)
class RegionFigures:
    """What a region says; the last two are None while there is no reconstruction of its slice."""

    original: Statistics
    reconstruction: Statistics | None = None
    between: Agreement | None = None


def polygon_mask(vertices: npt.ArrayLike, shape: tuple[int, int]) -> Mask:
    """Return the voxels inside a closed polygon.

    Args:
        vertices: Shape (n, 2): (row, column) of each corner; the last is joined to the first.
        shape: Rows and columns of the slice; what lies outside does not count.

    Raises:
        ValueError: The vertices are not finite or not of that shape.
    """
    corners = _corners(vertices)
    if len(corners) < 3:
        return _nothing()
    low, high = corners.min(axis=0), corners.max(axis=0)
    top, bottom = _span(low[0], high[0], shape[0])
    left, right = _span(low[1], high[1], shape[1])
    rows, columns = bottom - top, right - left
    if rows <= 0 or columns <= 0:
        return _nothing()
    # Each edge turns in and out from where it crosses the middle line of a row of voxels.
    turns = np.zeros((rows, columns + 1), np.int32)
    for (r0, c0), (r1, c1) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if r0 == r1:
            continue
        above, below = min(r0, r1), max(r0, r1)
        first, end = max(math.ceil(above), top), min(math.ceil(below), bottom)
        if first >= end:
            continue
        lines = np.arange(first, end)
        crossing = c0 + (lines - r0) / (r1 - r0) * (c1 - c0)
        at = np.clip(np.ceil(crossing).astype(np.int64) - left, 0, columns)
        np.add.at(turns, (lines - top, at), 1)
    inside = np.cumsum(turns, axis=1)[:, :columns] % 2 == 1
    return Mask(top, left, inside)


def ellipse_mask(
    centre: tuple[float, float], radii: tuple[float, float], shape: tuple[int, int]
) -> Mask:
    """Return the voxels inside an ellipse whose axes run along rows and columns.

    Args:
        centre: (row, column).
        radii: Half its height in rows and half its width in columns.
        shape: Rows and columns of the slice.
    """
    if not all(math.isfinite(value) for value in (*centre, *radii)) or min(radii) <= 0:
        return _nothing()
    top, bottom = _span(centre[0] - radii[0], centre[0] + radii[0], shape[0])
    left, right = _span(centre[1] - radii[1], centre[1] + radii[1], shape[1])
    if bottom <= top or right <= left:
        return _nothing()
    down = ((np.arange(top, bottom) - centre[0]) / radii[0]) ** 2
    along = ((np.arange(left, right) - centre[1]) / radii[1]) ** 2
    return Mask(top, left, down[:, None] + along[None, :] < 1)


def polygon_area(vertices: npt.ArrayLike) -> float:
    """Return the area of a closed polygon by the even-odd rule, in units of its coordinates².

    Args:
        vertices: Shape (n, 2).

    Raises:
        ValueError: The vertices are not finite or not of that shape.
    """
    corners = _corners(vertices)
    if len(corners) < 3:
        return 0.0
    starts, ends = corners, np.roll(corners, -1, axis=0)
    heights = np.unique(np.concatenate([corners[:, 0], _crossing_heights(starts, ends)]))
    total = 0.0
    # Between two neighbouring heights no edge begins, ends or crosses another: what is inside is
    # a row of trapezoids, and their width at half height counts.
    for low, high in pairwise(heights):
        middle = (low + high) / 2
        across = (starts[:, 0] > middle) != (ends[:, 0] > middle)
        (r0, c0), (r1, c1) = starts[across].T, ends[across].T
        crossing = np.sort(c0 + (middle - r0) / (r1 - r0) * (c1 - c0))
        total += (high - low) * float((crossing[1::2] - crossing[::2]).sum())
    return total


def measure_region(
    original: Picture, reconstruction: Picture | None, mask: Mask, data_range: float
) -> RegionFigures:
    """Measure a region of one slice.

    Args:
        original: Shape (rows, columns), in real units.
        reconstruction: Same shape and units; None if there is none.
        mask: The region, within that shape.
        data_range: Maximum − minimum of the original over its volume, in real units.

    Raises:
        ValueError: The shapes differ.
    """
    ours = original[mask.box][mask.inside]
    if reconstruction is None:
        return RegionFigures(_statistics(ours))
    if reconstruction.shape != original.shape:
        raise ValueError(f"slices of different shapes: {original.shape}, {reconstruction.shape}")
    theirs = reconstruction[mask.box][mask.inside]
    return RegionFigures(
        _statistics(ours),
        _statistics(theirs),
        _agreement(original, reconstruction, mask, theirs - ours, data_range),
    )


def _corners(vertices: npt.ArrayLike) -> Picture:
    corners = np.asarray(vertices, dtype=np.float64)
    if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
        raise ValueError("a polygon needs finite (row, column) pairs")
    return corners


def _crossing_heights(starts: Picture, ends: Picture) -> Picture:
    """Return the rows at which edges of a polygon cross each other."""
    along = ends - starts
    apart = starts[None, :, :] - starts[:, None, :]
    turn = along[:, None, 0] * along[None, :, 1] - along[:, None, 1] * along[None, :, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        first = (apart[..., 0] * along[None, :, 1] - apart[..., 1] * along[None, :, 0]) / turn
        second = (apart[..., 0] * along[:, None, 1] - apart[..., 1] * along[:, None, 0]) / turn
        heights = starts[:, None, 0] + first * along[:, None, 0]
    met = (first > 0) & (first < 1) & (second > 0) & (second < 1)
    return np.asarray(heights[met])


def _span(low: float, high: float, size: int) -> tuple[int, int]:
    """Return the first voxel centre from `low` on, and one after the last up to `high`."""
    return max(math.ceil(low), 0), min(math.floor(high) + 1, size)


def _nothing() -> Mask:
    return Mask(0, 0, np.zeros((0, 0), np.bool_))


def _statistics(values: Picture) -> Statistics:
    if not values.size:
        return Statistics(0, math.nan, math.nan, math.nan, math.nan)
    sd = float(values.std(ddof=1)) if values.size > 1 else math.nan
    low, high = float(values.min()), float(values.max())
    return Statistics(values.size, float(values.mean()), sd, low, high)


def _agreement(
    original: Picture, reconstruction: Picture, mask: Mask, error: Picture, data_range: float
) -> Agreement:
    if not error.size:
        return Agreement(*(math.nan,) * 6)
    mean_square = float(np.vdot(error, error)) / error.size
    if mean_square == 0.0:
        psnr = math.inf
    elif data_range > 0.0:
        psnr = 10.0 * math.log10(data_range * data_range / mean_square)
    else:
        psnr = math.nan
    ssim = math.nan
    if data_range > 0.0:
        ssim = _similarity(original, reconstruction, mask, data_range)
    elif mean_square == 0.0:
        ssim = 1.0
    sizes = np.abs(error)
    sd = float(error.std(ddof=1)) if error.size > 1 else math.nan
    return Agreement(psnr, ssim, float(sizes.mean()), float(sizes.max()), float(error.mean()), sd)


def _similarity(original: Picture, reconstruction: Picture, mask: Mask, data_range: float) -> float:
    """Return the mean of the slice's SSIM map over a region.

    Only what the windows reach is looked at. Where that is cut off inside the slice, the map is
    wrong beyond the region only; at the slice's edges it is mirrored as the slice itself would be.
    """
    cuts, inner = [], []
    for within, size in zip(mask.box, original.shape, strict=True):
        low, high = max(within.start - RADIUS, 0), min(within.stop + RADIUS, size)
        cuts.append(slice(low, high))
        inner.append(slice(within.start - low, within.stop - low))
    cut = tuple(cuts)
    found = ssim_map(original[cut], reconstruction[cut], data_range)[tuple(inner)]
    return float(found[mask.inside].mean(dtype=np.float64))
