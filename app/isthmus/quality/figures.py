"""All figures of what was lost, over a slice, a part of it, and pooled over a volume.

The first four are those of `isthmus.quality.measures` wherever the whole picture counts. Where
only a part counts, a region or the foreground:

- PSNR, MAE, largest error and NRMSE are of its voxels alone; the data range stays the volume's.
- SSIM is the mean of `ssim_map` over its voxels; see `ms_ssim` and `haarpsi` for these.
- A volume's SSIM, MS-SSIM and HaarPSI are means over its slices, weighted by the voxels that count
  in each. Slices where none counts, or where a measure does not exist, are left out.

NRMSE is the root of the mean squared error ∕ data range: scikit-image's `normalized_root_mse` with
`normalization="min-max"`, but always with the volume's range.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.quality.haarpsi import haarpsi
from isthmus.quality.measures import Measures, measure_slice
from isthmus.quality.multiscale import ms_ssim
from isthmus.quality.similarity import ssim_map

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """What was lost where; NaN where a measure does not exist.

    Attributes:
        voxels: How many voxels count.
        psnr: In dB; infinite if nothing was lost.
        ssim: Structural similarity.
        mae: Mean absolute error, in real units.
        max_error: Largest absolute error, in real units.
        nrmse: Root mean squared error ∕ data range.
        ms_ssim: Structural similarity on five scales.
        haarpsi: Haar wavelet-based perceptual similarity.
    """

    voxels: int
    psnr: float
    ssim: float
    mae: float
    max_error: float
    nrmse: float
    ms_ssim: float = math.nan
    haarpsi: float = math.nan

    @classmethod
    def of(cls, measures: Measures, voxels: int) -> "Figures":
        """Return what follows from the measures of a whole slice or volume without more work."""
        return cls(
            voxels,
            measures.psnr,
            measures.ssim,
            measures.mae,
            measures.max_error,
            _relative(measures.psnr),
        )


def slice_figures(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    value_range: tuple[float, float],
    mask: Mask | None = None,
) -> Figures:
    """Measure a slice, or a part of it.

    Args:
        original: Shape (rows, columns), in real units.
        reconstruction: Same shape and units.
        value_range: Minimum and maximum of the original over its volume, in the same units.
        mask: What counts, same shape; everything if None.

    Raises:
        ValueError: The shapes differ or are not 2-D.
    """
    ours, theirs = (
        np.ascontiguousarray(picture, dtype=np.float64) for picture in (original, reconstruction)
    )
    low, high = value_range
    data_range = high - low
    if mask is None:
        measures, voxels = measure_slice(ours, theirs, data_range), ours.size
    else:
        if not ours.shape == theirs.shape == mask.shape:
            raise ValueError(f"not of one shape: {ours.shape}, {theirs.shape}, {mask.shape}")
        measures, voxels = _masked(ours, theirs, data_range, mask), int(np.count_nonzero(mask))
    found = Figures.of(measures, voxels)
    if voxels == 0 or math.isnan(found.psnr) or (mask is not None and data_range <= 0.0):
        return found
    if mask is None and math.isinf(found.psnr):
        multiscale = perceptual = 1.0
    else:
        multiscale = ms_ssim(ours, theirs, data_range, mask)
        perceptual = haarpsi(ours, theirs, value_range, mask)
    return Figures(
        voxels,
        found.psnr,
        found.ssim,
        found.mae,
        found.max_error,
        found.nrmse,
        multiscale,
        perceptual,
    )


def pool(slices: Sequence[Figures], data_range: float) -> Figures:
    """Return the figures of a volume from those of its slices.

    Args:
        slices: Of every slice, in any order.
        data_range: Of the volume.
    """
    counted = [figures for figures in slices if figures.voxels > 0]
    voxels = sum(figures.voxels for figures in counted)
    if voxels == 0:
        return Figures(0, *(math.nan,) * 5)

    def mean(value: Callable[[Figures], float]) -> float:
        known = [f for f in counted if not math.isnan(value(f))]
        weight = sum(f.voxels for f in known)
        return math.fsum(value(f) * f.voxels for f in known) / weight if weight else math.nan

    relative = math.sqrt(mean(lambda f: f.nrmse**2))
    if any(math.isnan(f.psnr) for f in counted):
        relative = psnr = similarity = math.nan
    else:
        psnr = -20 * math.log10(relative) if relative > 0 else math.inf
        similarity = mean(lambda f: f.ssim)
    return Figures(
        voxels,
        psnr,
        similarity,
        mean(lambda f: f.mae),
        max(f.max_error for f in counted),
        relative,
        mean(lambda f: f.ms_ssim),
        mean(lambda f: f.haarpsi),
    )


def _masked(original: Array, reconstruction: Array, data_range: float, mask: Mask) -> Measures:
    if not mask.any():
        return Measures(math.nan, math.nan, math.nan, math.nan)
    error = np.abs((reconstruction - original)[mask])
    mae, largest = float(error.mean()), float(error.max())
    mean_square = float(np.vdot(error, error)) / error.size
    if mean_square == 0.0:
        # Voxels beside the part may differ, and the windows reach there.
        same = data_range <= 0.0 or np.array_equal(original, reconstruction)
        similarity = (
            1.0 if same else float(ssim_map(original, reconstruction, data_range)[mask].mean())
        )
        return Measures(math.inf, similarity, mae, largest)
    if data_range <= 0.0:
        return Measures(math.nan, math.nan, mae, largest)
    similarity = float(ssim_map(original, reconstruction, data_range)[mask].mean(dtype=np.float64))
    psnr = 10 * math.log10(data_range * data_range / mean_square)
    return Measures(psnr, similarity, mae, largest)


def _relative(psnr: float) -> float:
    """Return the root mean squared error ∕ data range that a PSNR says."""
    return math.nan if math.isnan(psnr) else 10 ** (-psnr / 20)
