"""Difference maps: where a reconstruction departs from its original, and by how much."""

import math

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume

_PERCENTILE = 99.0


def difference(original: Volume, reconstruction: Volume) -> npt.NDArray[np.float32]:
    """Return reconstruction − original, in real units.

    Returns:
        Axes (slice, row, column), as the volumes.

    Raises:
        ValueError: The grids differ.
    """
    if not original.same_grid(reconstruction):
        raise ValueError("original and reconstruction lie on different grids")
    return np.asarray(
        [
            reconstruction.real(theirs) - original.real(ours)
            for ours, theirs in zip(original.voxels, reconstruction.voxels, strict=True)
        ],
        dtype=np.float32,
    )


def difference_limit(original: Volume, reconstruction: Volume) -> float:
    """Return where a difference map's colour scale starts out: ± this, in real units.

    Twice the 99th percentile of the absolute difference over the foreground (all that is above
    the original's minimum, so that empty background does not count), rounded to two significant
    figures. One step of the stored values if nothing differs there.

    Raises:
        ValueError: The grids differ.
    """
    departures = np.abs(difference(original, reconstruction))
    foreground = departures[original.voxels > original.voxels.min()]
    limit = 2.0 * float(np.percentile(foreground, _PERCENTILE)) if foreground.size else 0.0
    if limit == 0.0:
        return abs(original.scale) or 1.0
    return round(limit, 1 - math.floor(math.log10(limit)))
