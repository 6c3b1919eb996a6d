"""Stored values to the codec's range and back, and padding to whole blocks."""

import numpy as np
import numpy.typing as npt

from isthmus.codec.latent import Grid
from isthmus.scans.volume import Volume

# Percentiles that become 0 and 1; what lies outside is kept, not clipped.
_LOW, _HIGH = 0.05, 99.9
# Percentiles are taken from about so many voxels, evenly spread.
_SAMPLE = 2_000_000


def grid_of(volume: Volume) -> Grid:
    """Return what the codec keeps of a volume besides its latent."""
    voxels = volume.voxels
    minimum, maximum = float(voxels.min()), float(voxels.max())
    sample = voxels.reshape(-1)[:: max(1, voxels.size // _SAMPLE)].astype(np.float64)
    # An unsigned picture starts at 0: air is noise above it, not an offset.
    low = 0.0 if minimum >= 0 else float(np.percentile(sample, _LOW))
    high = float(np.percentile(sample, _HIGH))
    if high <= low:
        high = maximum if maximum > low else low + 1.0
    return Grid(
        shape=volume.shape,
        dtype=volume.voxels.dtype,
        affine=volume.affine,
        low=low,
        high=high,
        minimum=minimum,
        maximum=maximum,
        scale=volume.scale,
        offset=volume.offset,
        unit=volume.unit,
        modality=volume.modality,
        orientation_known=volume.orientation_known,
        simulated=volume.source.simulated,
    )


def normalise(volume: Volume) -> tuple[npt.NDArray[np.float32], Grid]:
    """Return all voxels in the codec's range, float32 (k, j, i), and the grid."""
    grid = grid_of(volume)
    return to_codec(volume.voxels, grid), grid


def to_codec(voxels: npt.NDArray[np.generic], grid: Grid) -> npt.NDArray[np.float32]:
    """Map stored values to the codec's range."""
    gain = np.float32(1.0 / (grid.high - grid.low))
    return (voxels.astype(np.float32) - np.float32(grid.low)) * gain


def to_stored(values: npt.NDArray[np.float32], grid: Grid) -> npt.NDArray[np.generic]:
    """Map the codec's range back to the stored type, clipped to the original's range."""
    stored = values.astype(np.float64) * (grid.high - grid.low) + grid.low
    if grid.dtype.kind in "iu":
        np.rint(stored, out=stored)
    np.clip(stored, grid.minimum, grid.maximum, out=stored)
    return stored.astype(grid.dtype)


def pad_to_blocks(
    slices: npt.NDArray[np.float32], depth: int, block: int
) -> npt.NDArray[np.float32]:
    """Repeat the edges up to whole slabs and blocks."""
    missing = [
        (0, -size % unit) for size, unit in zip(slices.shape, (depth, block, block), strict=True)
    ]
    return np.pad(slices, missing, mode="edge")
