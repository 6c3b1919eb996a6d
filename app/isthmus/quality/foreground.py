"""Where the patient is in a picture, as opposed to the air round them.

Air takes half of many scans and is reproduced easily, so that it flatters every mean over the
whole picture. The foreground is what lies more than a tenth above the bottom of the robust range,
from the 2nd to the 98th percentile of the volume (as in S. M. Smith, "Fast robust automated brain
extraction", Human Brain Mapping 17 (2002), 143–155), and what that encloses in its slice: fluid,
bone and air inside the body count. Otsu's threshold would lose what a surface coil leaves dark.
"""

import math
from functools import cached_property

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume

_PERCENTILES = (2.0, 98.0)
_SHARE = 0.1
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
        """What voxels of the foreground lie above, in real units; infinite if none do.

        Of large scans, evenly spaced voxels are judged, 4 million of them.
        """
        volume = self._volume
        flat = volume.voxels.reshape(-1)
        sample = flat[:: max(1, flat.size // _SAMPLE)]
        sample = sample[self._pictured(sample)]
        if sample.size == 0:
            return math.inf
        low, high = np.percentile(volume.real(sample), _PERCENTILES)
        return float(low + _SHARE * (high - low))

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
