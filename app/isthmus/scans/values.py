"""Checks on voxels that have just been read."""

import numpy as np
import numpy.typing as npt


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
    if voxels.dtype.kind == "f":
        finite = np.isfinite(voxels)
        bad = voxels.size - int(np.count_nonzero(finite))
        if bad:
            lowest = voxels[finite].min() if bad < voxels.size else voxels.dtype.type(0)
            voxels[~finite] = lowest
            sentence = (
                f"{bad:,} of {voxels.size:,} voxels are not a number. They are shown as the "
                f"lowest value, {float(lowest):g}."
            )
            warnings += (sentence,)
    low, high = voxels.min(), voxels.max()
    if low == high:
        warnings += (f"Every voxel has the same value, {float(low):g}: there is nothing to see.",)
    return voxels, warnings
