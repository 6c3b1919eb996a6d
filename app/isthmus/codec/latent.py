"""The integers that the encoder makes, and what is needed to put voxels back on their grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.codec.bottleneck import Bottleneck
from isthmus.scans.volume import Source, Volume

# Rows and columns of voxels in a block.
BLOCK = 8
# The decoder restores as much as it was trained to: 1, in 1/128.
FULL_STRENGTH = 128

# `Volume` calls an affine with a smaller determinant singular, mm³.
_SMALLEST_VOXEL = 1e-12
# Integers above this are not exact as float64, in which the range is kept.
_LARGEST_INTEGER = 2**53


@dataclass(frozen=True, eq=False)
class Grid:
    """What the codec keeps of a volume besides its voxels; see `Volume` for the fields.

    Attributes:
        shape: Slices, rows, columns.
        dtype: The stored type.
        affine: 4×4 float64.
        low: Stored value that the codec maps to 0.
        high: Stored value that the codec maps to 1.
        minimum: Smallest stored value of the original; the reconstruction is clipped to it.
        maximum: Largest stored value of the original.
        scale: To real units.
        offset: To real units.
        unit: Of the real value.
        modality: As in `Volume`.
        orientation_known: As in `Volume`.
        simulated: As in `Source`.

    Raises:
        ValueError: The fields do not fit together, as those of a forged file may not.
    """

    shape: tuple[int, int, int]
    dtype: np.dtype[np.generic]
    affine: npt.NDArray[np.float64]
    low: float
    high: float
    minimum: float
    maximum: float
    scale: float = 1.0
    offset: float = 0.0
    unit: str = ""
    modality: str = ""
    orientation_known: bool = True
    simulated: bool = False

    def __post_init__(self) -> None:
        dtype: Any = self.dtype
        if min(self.shape) < 1:
            raise ValueError(f"a grid has no voxels: {self.shape}")
        if dtype.kind not in "iuf" or dtype.itemsize > 8:
            raise ValueError(f"voxels of type {dtype} cannot be compressed")
        numbers = (self.low, self.high, self.minimum, self.maximum, self.scale, self.offset)
        if not (np.isfinite(numbers).all() and np.isfinite(self.affine).all()):
            raise ValueError("not every number is finite")
        if not (0 < self.high - self.low < np.inf and self.minimum <= self.maximum):
            raise ValueError("a range is empty or too wide")
        if dtype.kind == "f":
            lowest, highest = float(np.finfo(dtype).min), float(np.finfo(dtype).max)
        else:
            lowest = float(max(np.iinfo(dtype).min, -_LARGEST_INTEGER))
            highest = float(min(np.iinfo(dtype).max, _LARGEST_INTEGER))
        if self.minimum < lowest or self.maximum > highest:
            raise ValueError(f"values from {self.minimum} to {self.maximum} do not fit {dtype}")
        if abs(np.linalg.det(self.affine[:3, :3])) < _SMALLEST_VOXEL:
            raise ValueError("the affine is singular")


@dataclass(frozen=True, eq=False)
class Latent:
    """Quantised channels of one scan.

    Attributes:
        values: int32, axes (slab, channel, row, column); one row and column per 8×8 voxels. Only
            the bottleneck's channels.
        bottleneck: What made it.
        checkpoint_id: Whose weights read it.
        grid: Where the reconstruction goes.
        step: Of quantisation, as a share of the scan's normalised range.
        strength: Of the decoder's restoration, in 1/128.
        layers_missing: How many of the bottleneck's layers of channels a file lacked, for each run
            of slabs: zeros here. Empty if it lacked none.
        exact: Stored voxels of runs of slabs that a file holds as they are, by the run's first
            slice; the values of these slabs are zeros.
        original: What was encoded, when it is at hand: runs that no model shortens are written
            from it as they are.
        source: Provenance of the original when it is at hand; a file does not carry it.
    """

    values: npt.NDArray[np.int32]
    bottleneck: Bottleneck
    checkpoint_id: str
    grid: Grid
    step: float
    strength: int = FULL_STRENGTH
    layers_missing: tuple[int, ...] = ()
    exact: Mapping[int, npt.NDArray[np.generic]] = field(default_factory=dict)
    original: Volume | None = None
    source: Source = field(default_factory=Source, compare=False)


def latent_size(grid: Grid) -> tuple[int, int]:
    """Return the rows and columns of a latent: whole blocks that cover a slice."""
    rows, columns = (-(-size // BLOCK) for size in grid.shape[1:])
    return rows, columns
