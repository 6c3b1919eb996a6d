"""Label maps: what others marked in a scan, voxel by voxel, on exactly the same grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.read import read
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

_LARGEST = 65_535
# More different values than any atlas has are a picture.
_MOST_LABELS = 2_000
_RESAMPLE = (
    "Resample it onto the scan's grid by nearest neighbour, where it was made, and open the result."
)
_OTHER_FILE = "Open a label map: whole numbers from 0, where 0 is nothing."


@dataclass(frozen=True)
class MaskLabel:
    """One of the marked structures.

    Attributes:
        value: Its number in the file, above 0.
        count: Its voxels.
        millilitres: What they take.
    """

    value: int
    count: int
    millilitres: float


@dataclass(frozen=True, eq=False)
class LabelMap:
    """Which structure each voxel belongs to.

    Attributes:
        path: The file.
        voxels: Axes (k, j, i), on the scan's grid; uint8 or uint16, read-only; 0 is nothing.
        labels: What occurs, by rising number, without 0.
    """

    path: Path
    voxels: npt.NDArray[np.unsignedinteger]
    labels: tuple[MaskLabel, ...]


def read_labels(
    path: Path,
    scan: Volume,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> LabelMap:
    """Read a label map that lies on a scan's grid.

    Nothing is resampled: a mask that has to be moved no longer says what its maker drew.

    Args:
        path: A file of any kind that `read` knows.
        scan: What the labels are laid over.
        progress: Told how far reading is.
        cancel: Checked between slices.

    Raises:
        ScanError: It cannot be read, holds no labels, or lies on another grid; the message says
            what differs.
        OutOfMemoryError: It would not fit into memory.
        Cancelled: `cancel` was set.
    """
    found = read(path, progress=progress, cancel=cancel)
    if len(found.source.parts) > 1:
        raise ScanError(
            path,
            f"{path.name} holds {len(found.source.parts)} volumes, not one label map.",
            "Save the one that is wanted by itself, and open that.",
        )
    if not scan.same_grid(found):
        raise ScanError(
            path, f"{path.name} is not on this scan's grid: {_apart(found, scan)}.", _RESAMPLE
        )
    counts = np.zeros(_LARGEST + 1, np.int64)
    for plane in _planes(path, found, cancel):
        counts += np.bincount(plane.reshape(-1), minlength=len(counts))
    values = np.flatnonzero(counts[1:]) + 1
    if not len(values):
        raise ScanError(path, f"{path.name} is empty: every voxel is 0.", _OTHER_FILE)
    if len(values) > _MOST_LABELS:
        raise ScanError(
            path,
            f"{path.name} holds {len(values)} different values: it is a picture, not a label map.",
            _OTHER_FILE,
        )
    voxels = np.empty(found.shape, np.uint8 if values[-1] < 256 else np.uint16)
    for k, plane in enumerate(_planes(path, found, cancel)):
        voxels[k] = plane
    voxels.flags.writeable = False
    each = abs(float(np.linalg.det(scan.affine[:3, :3]))) / 1000
    labels = tuple(MaskLabel(int(v), int(counts[v]), float(counts[v] * each)) for v in values)
    return LabelMap(path, voxels, labels)


def _planes(
    path: Path, found: Volume, cancel: CancelToken | None
) -> Iterator[npt.NDArray[np.int64]]:
    """Yield the labels of each slice, in order.

    Raises:
        ScanError: A value is no label.
    """
    for stored in found.voxels:
        if cancel is not None:
            cancel.check()
        real = found.real(stored)
        low, high = float(real.min()), float(real.max())
        # "not" also finds NaN.
        if not (low >= 0 and high <= _LARGEST):
            odd = low if not low >= 0 else high
            raise ScanError(
                path, f"{path.name} holds the value {odd:g}, which is no label.", _OTHER_FILE
            )
        whole = np.rint(real)
        if not np.array_equal(whole, real):
            raise ScanError(
                path, f"{path.name} holds fractions: it is a picture, not a label map.", _OTHER_FILE
            )
        yield whole.astype(np.int64)


def _apart(mask: Volume, scan: Volume) -> str:
    """Return what tells two grids apart, in words."""
    if mask.shape != scan.shape:
        sizes = ("×".join(str(n) for n in reversed(one.shape)) for one in (mask, scan))
        return "it has {} voxels, the scan {}".format(*sizes)
    if not np.allclose(mask.spacing, scan.spacing, rtol=1e-4):
        sizes = (" × ".join(f"{mm:.4g}" for mm in reversed(one.spacing)) for one in (mask, scan))
        return "its voxels are {} mm large, the scan's {}".format(*sizes)
    ends = ((0, n - 1) for n in scan.shape)
    farthest = max(
        float(np.linalg.norm(np.subtract(mask.to_mm(*corner), scan.to_mm(*corner))))
        for corner in product(*ends)
    )
    return f"its voxels lie up to {farthest:.2g} mm beside the scan's"
