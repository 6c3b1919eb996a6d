"""A scan's slabs as points in a plane: principal components of their latents.

A latent has far more values than slabs, so the components come from the slabs' Gram matrix, which
is small, and not from the covariance of the values, which is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.work import CancelToken, Progress, no_progress


@dataclass(frozen=True, eq=False)
class SliceMap:
    """Where each slab's latent lies on the first two principal components.

    Attributes:
        points: Shape (slab, 2), float64, in the latent's own units; their mean is 0.
        explained: Share of the latent's variance, from 0 to 1, along each component.
        slices: Which slices k each point stands for.
    """

    points: npt.NDArray[np.float64]
    explained: tuple[float, float]
    slices: tuple[range, ...]

    def slab_of(self, k: int) -> int | None:
        """Return the point that stands for slice k, or None if none does."""
        return next((slab for slab, slices in enumerate(self.slices) if k in slices), None)


def map_slabs(
    values: npt.NDArray[np.generic],
    slices: tuple[range, ...],
    steps: Sequence[float] | npt.NDArray[np.floating] | None = None,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SliceMap:
    """Project each slab's latent to two principal components.

    Axes point the same way every time: towards later slices, or, where an axis does not run along
    the scan, towards its farthest point.

    Args:
        values: A latent, axes (slab, channel, row, column); quantised integers or real numbers.
        slices: The slices k of each slab.
        steps: Size of one quantisation step by channel; 1 for all if None.
        progress: Told after each channel.
        cancel: Looked at before each channel.

    Returns:
        Points at 0 and shares of 0 along any component that does not exist (one slab, or slabs
        that are all equal).

    Raises:
        ValueError: The shapes do not fit together.
        Cancelled: The work is no longer wanted.
    """
    if values.ndim != 4:
        raise ValueError(f"a latent has axes (slab, channel, row, column), not {values.shape}")
    n_slabs, n_channels = values.shape[:2]
    if len(slices) != n_slabs:
        raise ValueError(f"{len(slices)} ranges of slices for {n_slabs} slabs")
    sizes = np.ones(n_channels) if steps is None else np.asarray(steps, dtype=np.float64)
    if sizes.shape != (n_channels,):
        raise ValueError(f"{sizes.shape} steps for {n_channels} channels")

    gram = np.zeros((n_slabs, n_slabs))
    for channel in range(n_channels):
        if cancel is not None:
            cancel.check()
        rows = values[:, channel].reshape(n_slabs, -1) * sizes[channel]
        rows = rows - rows.mean(axis=0)
        gram += rows @ rows.T
        progress((channel + 1) / n_channels, "Mapping the latent")

    variances, vectors = np.linalg.eigh(gram)
    total = float(np.trace(gram))
    points = np.zeros((n_slabs, 2))
    shares = [0.0, 0.0]
    for axis in range(min(2, n_slabs)):
        variance = float(variances[-1 - axis])
        # What is left of a component that does not exist is rounding error.
        if variance > 1e-12 * total:
            points[:, axis] = _oriented(vectors[:, -1 - axis]) * np.sqrt(variance)
            shares[axis] = variance / total
    points.flags.writeable = False
    return SliceMap(points, (shares[0], shares[1]), slices)


def _oriented(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Turn a unit vector of any sign the way that `map_slabs` promises."""
    later = np.arange(len(vector)) - (len(vector) - 1) / 2
    trend = float(vector @ later)
    if abs(trend) < 1e-9 * len(vector):
        # The first among entries that rounding alone tells apart.
        farthest = np.flatnonzero(np.abs(vector) > np.abs(vector).max() * (1 - 1e-9))[0]
        trend = float(vector[farthest])
    return vector if trend > 0 else -vector
