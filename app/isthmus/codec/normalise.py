"""Stored values to the codec's range and back, and padding to whole blocks."""

import numpy as np
import numpy.typing as npt

from isthmus.codec.latent import Grid
from isthmus.errors import BitstreamError
from isthmus.scans.volume import Volume

# Percentiles that become 0 and 1; what lies outside is kept, not clipped.
_LOW, _HIGH = 0.05, 99.9
# Percentiles are taken from about so many voxels, evenly spread.
_SAMPLE = 2_000_000
# The voxels outside the percentiles reach at most so many times their distance, or a scan with
# few bright voxels would become integers beyond all bounds.
_WIDEST = 1000.0


def grid_of(volume: Volume) -> Grid:
    """Return what the codec keeps of a volume besides its latent.

    Raises:
        BitstreamError: Voxels are not finite, or of a type or size that the format lacks.
    """
    voxels = volume.voxels
    minimum, maximum = float(voxels.min()), float(voxels.max())
    if not np.isfinite(maximum - minimum):
        raise BitstreamError(
            "The scan cannot be compressed: not every voxel is a finite number.",
            "Replace those that are not.",
        )
    sample = voxels.reshape(-1)[:: max(1, voxels.size // _SAMPLE)].astype(np.float64)
    low, high = (float(value) for value in np.percentile(sample, (_LOW, _HIGH)))
    # A picture that starts near 0 starts at 0: air is noise above it, not an offset.
    if 0 <= minimum < high / 4:
        low = 0.0
    if high <= low:
        high = maximum if maximum > low else low + max(1.0, abs(low))
    high = max(high, low + (maximum - minimum) / _WIDEST)
    try:
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
    except ValueError as error:
        raise BitstreamError(f"The scan cannot be compressed: {error}.") from error


def normalise(volume: Volume) -> tuple[npt.NDArray[np.float32], Grid]:
    """Return all voxels in the codec's range, float32 (k, j, i), and the grid."""
    grid = grid_of(volume)
    return to_codec(volume.voxels, grid), grid


def to_codec(voxels: npt.NDArray[np.generic], grid: Grid) -> npt.NDArray[np.float32]:
    """Map stored values to the codec's range."""
    # In double precision: a few grey levels on top of a large offset must not fall together.
    values = voxels.astype(np.float64)
    values -= grid.low
    values *= 1.0 / (grid.high - grid.low)
    return values.astype(np.float32)


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
