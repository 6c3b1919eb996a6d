"""What the panes are given to show: a reconstruction in the making, and what it is called."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.codec import Bottleneck
from isthmus.scans import PlaneView, Volume
from isthmus.ui import formats
from isthmus.ui.words import tr


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """A reconstruction as far as it is there.

    Attributes:
        bottleneck: What it came through.
        voxels: Axes (k, j, i), on the original's grid and in its stored type. Slices that are not
            ready hold nothing of meaning and are never shown.
        ready: For each k, whether that slice is there. A slice that is ready no longer changes.
        file_bytes: Size of the compressed file with every byte counted; None until it is written.
        stored_bytes: Size of the original's voxels as stored.

    Raises:
        ValueError: There is not one `ready` for each slice.
    """

    bottleneck: Bottleneck
    voxels: npt.NDArray[np.generic]
    ready: npt.NDArray[np.bool_]
    file_bytes: int | None
    stored_bytes: int

    def __post_init__(self) -> None:
        if self.ready.shape != self.voxels.shape[:1]:
            raise ValueError(f"{self.ready.shape} flags for {self.voxels.shape[0]} slices")

    @property
    def ratio(self) -> float | None:
        """Stored bytes to bytes of the file; None until that is known."""
        return self.stored_bytes / self.file_bytes if self.file_bytes else None

    @property
    def expected_bytes(self) -> float | None:
        """What the file comes to if this scan is like the training scans; None if unknown."""
        bpv = self.bottleneck.expected_bpv
        return bpv * self.voxels.size / 8 if bpv > 0 else None

    @property
    def complete(self) -> bool:
        """Whether every slice is there."""
        return bool(self.ready.all())

    @property
    def label(self) -> str:
        """What stands on every picture made from it, such as "LOSSY 93:1 · 32 ch"."""
        # LOSSY is DICOM viewers' mark, the same in every language; its tooltip explains it.
        channels = tr("{channels} ch").format(channels=self.bottleneck.channels)
        if self.ratio is not None:
            return f"LOSSY {formats.ratio(self.ratio)} · {channels}"
        if self.expected_bytes is not None:
            expected = self.stored_bytes / self.expected_bytes
            return f"LOSSY {formats.ratio(expected, estimated=True)} · {channels}"
        return f"LOSSY · {channels}"

    @property
    def origin(self) -> str:
        """Where it came from, such as "decoded from 98.4 kB"; what is expected before that."""
        if self.file_bytes:
            return tr("decoded from {size}").format(size=formats.size(self.file_bytes))
        if self.expected_bytes is not None:
            size = formats.size(self.expected_bytes, estimated=True)
            return tr("previewed, {size} expected").format(size=size)
        return tr("previewed, file size not known yet")

    def has_slice(self, view: PlaneView, index: int) -> bool:
        """Whether every voxel of a slice of `view`, by its display number, is there."""
        if view.slice_axis != 0:
            return self.complete
        k = round(view.to_voxel(index, 0, 0)[0])
        return bool(self.ready[k])


def value_decimals(volume: Volume | None, window_width: float) -> int:
    """Return how many decimals a value of a scan is worth, wherever it is written.

    None where the scan has whole numbers only, else as many as tell two neighbouring greys of a
    window apart.

    Args:
        volume: The scan, if one is open.
        window_width: In real units.
    """
    if volume is not None:
        whole = volume.voxels.dtype.kind in "ui"
        if whole and volume.scale % 1 == 0 and volume.offset % 1 == 0:
            return 0
    return min(max(math.ceil(-math.log10(window_width / 256)), 0), 6)
