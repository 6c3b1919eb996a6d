"""Values along a line through a slice."""

import numpy as np
import numpy.typing as npt

from isthmus.quality.regions import Picture

_FEWEST, _MOST = 2, 4096
_PER_VOXEL = 2


def line_positions(start: tuple[float, float], end: tuple[float, float]) -> npt.NDArray[np.float64]:
    """Return evenly spaced positions on a line, both ends included, two or more for each voxel.

    Args:
        start: (row, column), in voxels.
        end: As `start`.

    Returns:
        Shape (n, 2).
    """
    longest = max(abs(b - a) for a, b in zip(start, end, strict=True))
    n = min(max(int(np.ceil(longest * _PER_VOXEL)) + 1, _FEWEST), _MOST)
    share = np.linspace(0.0, 1.0, n)[:, None]
    return np.asarray(start) * (1 - share) + np.asarray(end) * share


def sample(picture: Picture, positions: npt.NDArray[np.float64]) -> Picture:
    """Return a picture's values at positions, linear between the centres of voxels.

    Args:
        picture: Shape (rows, columns).
        positions: Shape (n, 2): (row, column), in voxels.

    Returns:
        Shape (n,). NaN outside the picture; the half voxel at its edges has the voxel's value.
    """
    rows, columns = picture.shape
    down, along = positions.T
    limits = np.array([rows, columns]) - 0.5
    inside = ((positions >= -0.5) & (positions <= limits)).all(axis=1)
    down, along = np.clip(down, 0, rows - 1), np.clip(along, 0, columns - 1)
    r0 = np.minimum(down.astype(np.int64), max(rows - 2, 0))
    c0 = np.minimum(along.astype(np.int64), max(columns - 2, 0))
    r1, c1 = np.minimum(r0 + 1, rows - 1), np.minimum(c0 + 1, columns - 1)
    a, b = down - r0, along - c0
    found = (1 - a) * ((1 - b) * picture[r0, c0] + b * picture[r0, c1])
    found += a * ((1 - b) * picture[r1, c0] + b * picture[r1, c1])
    found[~inside] = np.nan
    return np.asarray(found)
