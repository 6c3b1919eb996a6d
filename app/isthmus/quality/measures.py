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

from isthmus.quality.similarity import ssim
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress


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
