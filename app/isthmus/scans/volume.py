"""A scan in memory: voxels, where they lie in the patient, and what they mean."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

# Why files of no scan are left out; what else is left out, warnings tell of.
_STRAY = {"not DICOM", "DICOM without a picture", "is a copy of another file"}


@dataclass(frozen=True)
class Window:
    """Window centre and width, in real units (after scale and offset)."""

    name: str
    centre: float
    width: float


@dataclass(frozen=True)
class Source:
    """Where a volume came from. Holds no patient data.

    Attributes:
        paths: The files that were read.
        title: A short name for lists and titles: a file's stem or a series description.
        kind: What was read, such as `"NIfTI"` or `"DICOM, enhanced"`.
        series: Series instance UID or an empty string.
        stored_bytes: Size of the voxels as stored, in bytes: the number of voxels times the bits
            stored of each, without DICOM's padding bits. The "original" of every compression
            ratio.
        left_out: Files in the folder that are not part of this volume, each with the reason.
        warnings: Sentences that the person should see once, such as "The file is 4-D. Its first
            volume is shown."
        sequence: What the picture weights or which sequence made it, if known: "FLAIR", "T1".
        simulated: Whether this is not a patient.
        lossy: How the source was already compressed with loss, in words; empty if it was not.
        anonymous: Whether every file says that the patient's identity was taken out of it.
        parts: Names of the volumes of which this is one, such as `"b 1000"`: echoes, time points
            and the like of one series or file. Empty if it is the only one.
        part: Which of them.
    """

    paths: tuple[Path, ...] = ()
    title: str = ""
    kind: str = ""
    series: str = ""
    stored_bytes: int = 0
    left_out: tuple[tuple[Path, str], ...] = ()
    warnings: tuple[str, ...] = ()
    sequence: str = ""
    simulated: bool = False
    lossy: str = ""
    anonymous: bool = False
    parts: tuple[str, ...] = ()
    part: int = 0

    @property
    def about_strays(self) -> str:
        """A sentence on files beside the scan that belong to no scan; empty if there are none."""
        reasons = Counter(reason for _, reason in self.left_out if reason in _STRAY)
        if not reasons:
            return ""
        total = reasons.total()
        each = ", ".join(
            reason if len(reasons) == 1 else f"{reason} ({count})"
            for reason, count in reasons.most_common()
        )
        return f"{total} file{'s are' if total > 1 else ' is'} left out: {each}."


@dataclass(frozen=True, eq=False)
class Volume:
    """An immutable scan.

    Attributes:
        voxels: Axes (slice, row, column) = (k, j, i), C-contiguous, in the stored type, read-only.
        affine: 4×4 float64, maps (i, j, k, 1) to millimetres in RAS+ (nibabel's convention).
        scale: Real value = voxels * scale + offset.
        offset: See scale.
        unit: Unit of the real value, such as `"HU"`; empty for MR.
        modality: `"MR"`, `"CT"` or empty if unknown.
        windows: Windows from the file.
        orientation_known: Whether the file said where left and right are.
        inverted: Whether low values are meant to be white and high ones black.
        padding: Lowest and highest voxel that mean "no picture here"; None if there is none.
        source: Provenance.

    Raises:
        ValueError: The voxels are not a non-empty 3-D array of numbers, or the affine is singular.
    """

    voxels: npt.NDArray[np.generic]
    affine: npt.NDArray[np.float64]
    scale: float = 1.0
    offset: float = 0.0
    unit: str = ""
    modality: str = ""
    windows: tuple[Window, ...] = ()
    orientation_known: bool = True
    inverted: bool = False
    padding: tuple[float, float] | None = None
    source: Source = field(default_factory=Source)

    def __post_init__(self) -> None:
        voxels = np.ascontiguousarray(self.voxels)
        if voxels.ndim != 3 or voxels.size == 0:
            raise ValueError(f"voxels must be a non-empty 3-D array, not {voxels.shape}")
        if voxels.dtype.kind not in "uif":
            raise ValueError(f"voxels must be numbers, not {voxels.dtype}")
        affine = np.array(self.affine, dtype=np.float64)
        if affine.shape != (4, 4) or not np.isfinite(affine).all():
            raise ValueError("the affine must be 4×4 and finite")
        if abs(np.linalg.det(affine[:3, :3])) < 1e-12:
            raise ValueError("the affine is singular")
        if voxels is self.voxels or voxels.base is not None:
            voxels = voxels.view()
        voxels.flags.writeable = False
        affine.flags.writeable = False
        object.__setattr__(self, "voxels", voxels)
        object.__setattr__(self, "affine", affine)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of slices, rows and columns."""
        slices, rows, columns = self.voxels.shape
        return slices, rows, columns

    @property
    def spacing(self) -> tuple[float, float, float]:
        """Distance between voxel centres along (k, j, i), in millimetres."""
        columns = np.linalg.norm(self.affine[:3, :3], axis=0)
        return float(columns[2]), float(columns[1]), float(columns[0])

    def same_grid(self, other: "Volume") -> bool:
        """Whether shape and affine are exactly equal; never "close"."""
        return self.shape == other.shape and np.array_equal(self.affine, other.affine)

    def to_mm(self, k: float, j: float, i: float) -> tuple[float, float, float]:
        """Return the RAS+ position of a voxel, in millimetres."""
        x, y, z = self.affine[:3, :3] @ (i, j, k) + self.affine[:3, 3]
        return float(x), float(y), float(z)

    def to_voxel(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Return the (k, j, i) of a position in RAS+ millimetres; not rounded, not clipped."""
        return _to_voxel(self.affine.tobytes(), x, y, z)

    def real(self, stored: npt.NDArray[np.generic] | float) -> npt.NDArray[np.float64]:
        """Return real values of stored ones."""
        return np.asarray(stored, dtype=np.float64) * self.scale + self.offset


@lru_cache(maxsize=64)
def _to_voxel(affine: bytes, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return the (k, j, i) of a position; the same few are asked for at every paint."""
    matrix = np.frombuffer(affine, dtype=np.float64).reshape(4, 4)
    i, j, k = np.linalg.solve(matrix[:3, :3], np.array((x, y, z)) - matrix[:3, 3])
    return float(k), float(j), float(i)
