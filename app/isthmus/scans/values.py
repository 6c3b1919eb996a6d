"""Voxels that have just been read: made fit to be shown, and what the person must know of that."""

from typing import Any

import numpy as np
import numpy.typing as npt

COLOURS = "The file holds colours. Their brightness is shown."
EXTENDED = "The file holds numbers of 128 bits. They are shown in double precision."
COMPLEX = "The file holds complex numbers. Their magnitude is shown."


def luminance(colours: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the brightness of colours, in their own type; of greys, exactly their value.

    Args:
        colours: Unsigned, of one or two bytes; the last axis holds red, green, blue, and perhaps
            opacity, which is passed over.

    Returns:
        The luma of ITU-R BT.601, rounded, with the last axis gone.
    """
    red, green, blue = (colours[..., part].astype(np.uint32) for part in range(3))
    brightness: npt.NDArray[Any] = (299 * red + 587 * green + 114 * blue + 500) // 1000
    return brightness.astype(colours.dtype.newbyteorder("="))


def check_values(
    voxels: npt.NDArray[np.generic],
) -> tuple[npt.NDArray[np.generic], tuple[str, ...]]:
    """Replace what is not a number, and say what is odd about the rest.

    Args:
        voxels: Axes (k, j, i); changed in place where a value is NaN or infinite.

    Returns:
        The voxels, all finite, and sentences for the person. NaN and infinities become the
        smallest finite value, or 0 if there is none.
    """
    warnings: tuple[str, ...] = ()
    # A sum is finite unless a value is not, or values are huge: most scans need no closer look.
    if voxels.dtype.kind == "f" and not _all_finite(voxels):
        # By slice, so that flags and copies stay small beside the scan.
        bad, lowest = 0, np.inf
        for plane in voxels:
            finite = np.isfinite(plane)
            bad += plane.size - int(np.count_nonzero(finite))
            lowest = min(lowest, plane.min(where=finite, initial=np.inf))
        if bad:
            lowest = lowest if bad < voxels.size else 0.0
            for plane in voxels:
                plane[~np.isfinite(plane)] = lowest
            sentence = (
                f"{bad:,} of {voxels.size:,} voxels are not a number. They are shown as the "
                f"lowest value, {float(lowest):g}."
            )
            warnings += (sentence,)
    low, high = voxels.min(), voxels.max()
    if low == high:
        warnings += (f"Every voxel has the same value, {float(low):g}: there is nothing to see.",)
    return voxels, warnings


def _all_finite(voxels: npt.NDArray[np.generic]) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.isfinite(voxels.sum(dtype=np.float64)))
