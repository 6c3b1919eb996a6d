"""PSNR, SSIM, MAE and largest error, of a slice and of a volume.

- The data range of PSNR and SSIM is maximum − minimum of the original over the whole volume.
- PSNR is 10 · log10(range² / mean squared error) in decibels; infinite for identical pictures.
- SSIM (Wang et al., 2004) is 2-D with a Gaussian window of 1.5 pixels, 11 pixels wide, population
  covariances, K1 = 0.01, K2 = 0.03, averaged where the whole window lies inside the slice:
  scikit-image's `structural_similarity` with `gaussian_weights=True, sigma=1.5,
  use_sample_covariance=False`. That of a volume is the mean over its acquired slices.
- The volume's PSNR and MAE pool all voxels; its largest error is that of the worst voxel.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

_SIGMA = 1.5
_RADIUS = 5  # pixels, 3.5 sigma rounded: the 11-pixel window of Wang et al.
_SIZE = 2 * _RADIUS + 1
_K1, _K2 = 0.01, 0.03

# Rows filtered at a time: their intermediate pictures stay in the processor's cache.
_STRIP = 32


def _gaussian() -> npt.NDArray[np.float64]:
    offsets = np.arange(-_RADIUS, _RADIUS + 1)
    weights = np.exp(-0.5 * (offsets / _SIGMA) ** 2)
    return np.asarray(weights / weights.sum())


_WEIGHTS = [float(weight) for weight in _gaussian()]


@dataclass(frozen=True)
class Measures:
    """What one slice or one volume lost.

    Attributes:
        psnr: Peak signal-to-noise ratio in dB; infinite if nothing was lost, NaN if something was
            lost from an original without contrast.
        ssim: Structural similarity, 1 if nothing was lost; NaN as for `psnr`.
        mae: Mean absolute error, in real units.
        max_error: Largest absolute error, in real units.
    """

    psnr: float
    ssim: float
    mae: float
    max_error: float


@dataclass(frozen=True)
class Quality:
    """What a reconstruction lost.

    Attributes:
        volume: Of all voxels.
        slices: Of each acquired slice k, with the volume's data range.
        data_range: Minimum and maximum of the original, in real units.
    """

    volume: Measures
    slices: tuple[Measures, ...]
    data_range: tuple[float, float]

    @property
    def psnr(self) -> float:
        """PSNR of the volume, in dB."""
        return self.volume.psnr

    @property
    def ssim(self) -> float:
        """SSIM of the volume: the mean over its slices."""
        return self.volume.ssim

    @property
    def mae(self) -> float:
        """Mean absolute error of the volume, in real units."""
        return self.volume.mae

    @property
    def max_error(self) -> float:
        """Largest absolute error of the volume, in real units."""
        return self.volume.max_error


def value_range(volume: Volume) -> tuple[float, float]:
    """Return minimum and maximum of a volume, in real units."""
    stored = (float(volume.voxels.min()), float(volume.voxels.max()))
    low, high = (value * volume.scale + volume.offset for value in stored)
    return min(low, high), max(low, high)


def compare(
    original: Volume,
    reconstruction: Volume,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Quality:
    """Measure a reconstruction against its original, slice by slice.

    Args:
        original: The scan.
        reconstruction: What came back, on exactly the same grid.
        progress: Told after each slice.
        cancel: Looked at before each slice.

    Raises:
        ValueError: The grids differ.
        Cancelled: The work is no longer wanted.
    """
    if not original.same_grid(reconstruction):
        raise ValueError("original and reconstruction lie on different grids")
    low, high = value_range(original)
    n_slices = original.shape[0]
    slices: list[Measures] = []
    squares: list[float] = []
    for k in range(n_slices):
        if cancel is not None:
            cancel.check()
        measures, mean_square = _measure(
            original.real(original.voxels[k]),
            reconstruction.real(reconstruction.voxels[k]),
            high - low,
        )
        slices.append(measures)
        squares.append(mean_square)
        progress((k + 1) / n_slices, "Measuring quality")
    return Quality(_pool(slices, squares, high - low), tuple(slices), (low, high))


def measure_slice(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
) -> Measures:
    """Measure one slice.

    Args:
        original: Shape (rows, columns), in real units (see `Volume.real`).
        reconstruction: Same shape and units.
        data_range: Maximum − minimum of the original over its volume, in the same units.

    Raises:
        ValueError: The shapes differ or are not 2-D.
    """
    return _measure(np.asarray(original), np.asarray(reconstruction), data_range)[0]


def ssim(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
) -> float:
    """Return the mean structural similarity of two slices.

    A slice narrower than the window of 11 pixels is first mirrored at its edges.

    Args:
        original: Shape (rows, columns).
        reconstruction: Same shape and units.
        data_range: See `measure_slice`; greater than 0.
    """
    if min(original.shape) < _SIZE:
        margins = [(_RADIUS, _RADIUS) if size < _SIZE else (0, 0) for size in original.shape]
        original = np.pad(original, margins, mode="symmetric")
        reconstruction = np.pad(reconstruction, margins, mode="symmetric")
    c1, c2 = (_K1 * data_range) ** 2, (_K2 * data_range) ** 2
    rows = int(original.shape[0]) - 2 * _RADIUS
    columns = int(original.shape[1]) - 2 * _RADIUS
    total = 0.0
    for start in range(0, rows, _STRIP):
        inside = slice(start, min(start + _STRIP, rows) + 2 * _RADIUS)
        x = original[inside].astype(np.float64)
        y = reconstruction[inside].astype(np.float64)
        mean_x, mean_y = _blur(x), _blur(y)
        product = mean_x * mean_y
        squares = mean_x * mean_x + mean_y * mean_y
        covariance = _blur(x * y) - product
        variances = _blur(x * x + y * y) - squares
        similarity = (2 * product + c1) * (2 * covariance + c2)
        similarity /= (squares + c1) * (variances + c2)
        total += float(similarity.sum())
    return total / (rows * columns)


def _blur(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Filter by the Gaussian where it fits: shape (rows, columns) loses 10 of each."""
    return _blur_rows(_blur_rows(picture).T).T


def _blur_rows(picture: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Filter along axis 0, pairing the taps that share a weight."""
    n = picture.shape[0] - 2 * _RADIUS
    blurred = _WEIGHTS[_RADIUS] * picture[_RADIUS : _RADIUS + n]
    pair = np.empty_like(blurred)
    for tap in range(_RADIUS):
        mirrored = 2 * _RADIUS - tap
        np.add(picture[tap : tap + n], picture[mirrored : mirrored + n], out=pair)
        pair *= _WEIGHTS[tap]
        blurred += pair
    return blurred


def _measure(
    original: npt.NDArray[np.generic], reconstruction: npt.NDArray[np.generic], data_range: float
) -> tuple[Measures, float]:
    """Return the measures of a slice and its mean squared error."""
    if original.ndim != 2 or original.shape != reconstruction.shape:
        raise ValueError(f"not two slices of one shape: {original.shape}, {reconstruction.shape}")
    error = np.subtract(reconstruction, original, dtype=np.float64)
    mean_square = float(np.vdot(error, error)) / error.size
    np.abs(error, out=error)
    if mean_square == 0.0:
        similarity = 1.0
    elif data_range > 0.0:
        similarity = ssim(original, reconstruction, data_range)
    else:
        similarity = math.nan
    psnr = _psnr(mean_square, data_range)
    return Measures(psnr, similarity, float(error.mean()), float(error.max())), mean_square


def _psnr(mean_square: float, data_range: float) -> float:
    if mean_square == 0.0:
        return math.inf
    if data_range <= 0.0:
        return math.nan
    return 10.0 * math.log10(data_range * data_range / mean_square)


def _pool(slices: Sequence[Measures], squares: Sequence[float], data_range: float) -> Measures:
    """Measures of a volume from those of its slices, which are all of one size."""
    n = len(slices)
    return Measures(
        psnr=_psnr(math.fsum(squares) / n, data_range),
        ssim=math.fsum(measures.ssim for measures in slices) / n,
        mae=math.fsum(measures.mae for measures in slices) / n,
        max_error=max(measures.max_error for measures in slices),
    )
