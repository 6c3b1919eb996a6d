"""Structural similarity on five scales: MS-SSIM.

Z. Wang, E. P. Simoncelli and A. C. Bovik, "Multiscale structural similarity for image quality
assessment", 37th Asilomar Conference on Signals, Systems and Computers (2003), 1398–1402. The
window is that of `isthmus.quality.similarity`; from scale to scale, blocks of 2 × 2 pixels are
averaged, a last odd row or column left out. The weights are those of the paper. A mean below 0
counts as 0. The package pytorch-msssim agrees wherever sizes stay even on all scales; at an odd
one it averages with zeros beyond the edge.
"""

import math

import numpy as np
import numpy.typing as npt

from isthmus.quality.similarity import RADIUS, luminance_and_structure

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
SMALLEST = (2 * RADIUS + 1) * 2 ** (len(_WEIGHTS) - 1)
"""Rows and columns that a slice needs: on the last scale the window of 11 pixels must fit."""


def ms_ssim(
    original: Array, reconstruction: Array, data_range: float, mask: Mask | None = None
) -> float:
    """Return the MS-SSIM of two slices.

    Args:
        original: Shape (rows, columns).
        reconstruction: Same shape and units.
        data_range: Maximum − minimum of the original over its volume, in the same units; above 0.
        mask: Where it is averaged, same shape; everywhere if None. On coarser scales a pixel
            counts if at least half of it lies inside.

    Returns:
        NaN if the slice has fewer than 176 rows or columns (of fewer scales it would be another
        measure), or if the mask is empty on a scale, its outermost 5 pixels aside.
    """
    if min(original.shape) < SMALLEST:
        return math.nan
    ours, theirs = original, reconstruction
    inside = None if mask is None else mask.astype(np.float64)
    product = 1.0
    for scale, weight in enumerate(_WEIGHTS):
        luminance, structure = luminance_and_structure(ours, theirs, data_range)
        last = scale == len(_WEIGHTS) - 1
        found = luminance * structure if last else structure
        if inside is not None:
            found = found[inside[RADIUS:-RADIUS, RADIUS:-RADIUS] >= 0.5]
        if found.size == 0:
            return math.nan
        product *= max(float(found.mean()), 0.0) ** weight
        if not last:
            ours, theirs = halved(ours), halved(theirs)
            inside = None if inside is None else halved(inside)
    return product


def halved(picture: Array) -> Array:
    """Average blocks of 2 × 2 pixels; a last odd row or column is left out."""
    rows, columns = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    down = picture[0:rows:2, :columns] + picture[1:rows:2, :columns]
    return np.asarray((down[:, 0::2] + down[:, 1::2]) / 4)
