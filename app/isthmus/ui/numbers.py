"""Numbers as they are kept in the state: the voxel that one lies in, two figures of another."""

import math


def nearest(coordinate: float, count: int) -> int:
    """Return the voxel that a coordinate lies in, among `count`."""
    return min(max(math.floor(coordinate + 0.5), 0), count - 1)


def two_figures(value: float) -> float:
    """Round a number above 0 to two significant figures."""
    return float(f"{value:.2g}")
