"""Where the patient is in a picture, as opposed to the air round them.

Air takes half of many scans and is reproduced easily, so that it flatters every mean over the
whole picture. The foreground is what lies above Otsu's threshold (N. Otsu, "A threshold selection
method from gray-level histograms", IEEE Trans. Syst., Man, Cybern. 9 (1979), 62–66) and what that
encloses in its slice: dark tissue, fluid and air inside the body count.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume

_BINS = 256
_PERCENTILE = 99.5
_SAMPLE = 1 << 22  # voxels


class Foreground:
    """The foreground of one scan. Computes its threshold when it is first asked for.

    Args:
        volume: The original.
    """

    def __init__(self, volume: Volume) -> None:
        self._volume = volume

    @cached_property
    def threshold(self) -> float:
        """Otsu's threshold of the volume, in real units.

        Of a histogram of 256 bins from the minimum to the 99.5th percentile, so that a few bright
        voxels do not move it; of large scans, evenly spaced voxels are taken, 4 million of them.
        """
        volume = self._volume
        flat = volume.voxels.reshape(-1)
        sample = flat[:: max(1, flat.size // _SAMPLE)]
        sample = sample[self._pictured(sample)]
        if sample.size == 0:
            return float("inf")
        values = volume.real(sample)
        return otsu(np.minimum(values, np.percentile(values, _PERCENTILE)))

    def mask(self, stored: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
        """Return where the foreground is in a slice.

        Args:
            stored: Shape (rows, columns), a slice of the volume in any plane, in stored units.

        Returns:
            Same shape, C-contiguous.
        """
        from isthmus.quality import kernels

        values = self._volume.real(stored)
        found = np.ascontiguousarray((values > self.threshold) & self._pictured(stored))
        kernels.fill_holes(found)
        return found

    def _pictured(self, stored: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
        """Return where a voxel does not mean "no picture here"."""
        padding = self._volume.padding
        if padding is None:
            return np.ones(stored.shape, np.bool_)
        values = np.asarray(stored, dtype=np.float64)
        return np.asarray((values < padding[0]) | (values > padding[1]))


def otsu(values: npt.NDArray[np.float64]) -> float:
    """Return the threshold that parts values into two classes of most different means.

    Args:
        values: Any shape, not empty.

    Returns:
        The middle of a bin; the values themselves if all are equal.
    """
    low, high = float(values.min()), float(values.max())
    if low == high:
        return low
    counts, edges = np.histogram(values, _BINS, (low, high))
    middles = (edges[:-1] + edges[1:]) / 2
    below, above = np.cumsum(counts), np.cumsum(counts[::-1])[::-1]
    sums = counts * middles
    mean_below = np.cumsum(sums) / below
    mean_above = np.cumsum(sums[::-1])[::-1] / above
    between = below[:-1] * above[1:] * (mean_below[:-1] - mean_above[1:]) ** 2
    return float(middles[np.argmax(between)])
