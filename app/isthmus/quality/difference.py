"""Difference maps: where a reconstruction departs from its original, and by how much."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume, Window

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


def difference_volume(original: Volume, reconstruction: Volume) -> Volume:
    """Return reconstruction − original as a volume, in stored units.

    Whole numbers stay whole: the difference is signed, in the narrowest type that holds it, and
    has the original's scale and no offset, so that its real values are differences of real values.

    Raises:
        ValueError: Grids or scalings differ.
    """
    scalings = (original.scale, original.offset), (reconstruction.scale, reconstruction.offset)
    if not original.same_grid(reconstruction) or scalings[0] != scalings[1]:
        raise ValueError("original and reconstruction lie on different grids or scales")
    kinds = original.voxels.dtype.kind + reconstruction.voxels.dtype.kind
    wide = np.int64 if "f" not in kinds else np.float64
    parts = zip(reconstruction.voxels, original.voxels, strict=True)
    kind = np.dtype(np.float32) if wide is np.float64 else np.dtype(np.int32)
    voxels = np.empty(original.shape, dtype=kind)
    for k, (theirs, ours) in enumerate(parts):
        voxels[k] = theirs.astype(wide) - ours.astype(wide)
    narrow = np.iinfo(np.int16)
    if kind.kind == "i" and voxels.min() >= narrow.min and voxels.max() <= narrow.max:
        voxels = voxels.astype(np.int16)
    source = original.source
    lossy = reconstruction.source.lossy
    return replace(
        original,
        voxels=voxels,
        offset=0.0,
        inverted=False,
        padding=None,
        windows=(Window("Difference", 0.0, 2 * difference_limit(original, reconstruction)),),
        source=replace(
            source,
            title=f"{source.title}, difference",
            lossy=f"difference, {lossy}" if lossy else "difference",
            stored_bytes=voxels.nbytes,
        ),
    )
