"""The integers that the encoder makes, and what is needed to put voxels back on their grid."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from isthmus.codec.bottleneck import Bottleneck
from isthmus.scans.volume import Source


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Latent:
    """Quantised channels of one scan.

    Attributes:
        values: int32, axes (slab, channel, row, column); one row and column per 8×8 voxels.
        bottleneck: What made it.
        checkpoint_id: Whose weights read it.
        grid: Where the reconstruction goes.
        source: Provenance of the original when it is at hand; a file does not carry it.
    """

    values: npt.NDArray[np.int32]
    bottleneck: Bottleneck
    checkpoint_id: str
    grid: Grid
    source: Source = field(default_factory=Source, compare=False)
