"""Where a written DICOM slice lies: positions and directions in LPS+ millimetres."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import IsthmusError
from isthmus.scans.volume import Volume

_LPS = np.diag((-1.0, -1.0, 1.0, 1.0))
# Less than this, in millimetres or as part of a direction, is rounding.
_SAME = 1e-3


def upright(volume: Volume) -> Volume:
    """Turn a volume, by mirroring whole axes, so that its pictures stand as DICOM's do.

    NIfTI counts rows from the back or the feet as often as not, and viewers of DICOM show pictures
    as they are stored. Rows are to run to the patient's left or back, columns to the back or the
    feet, and slices along their normal. Every voxel stays where it is in the patient.
    """
    voxels, affine = volume.voxels, volume.affine.copy()

    def mirror(axis: int) -> None:
        nonlocal voxels
        array_axis = 2 - axis
        affine[:3, 3] += affine[:3, axis] * (voxels.shape[array_axis] - 1)
        affine[:3, axis] *= -1
        voxels = np.flip(voxels, array_axis)

    for axis in (0, 1):
        direction = (_LPS @ affine)[:3, axis]
        main = int(np.argmax(np.abs(direction)))
        if (direction[main] < 0) != (main == 2):
            mirror(axis)
    # Right-handed is right-handed in LPS+ and in RAS+: the one is half a turn of the other.
    if np.linalg.det(affine[:3, :3]) < 0:
        mirror(2)
    return replace(volume, voxels=voxels, affine=affine)


def place(header: Any, volume: Volume, k: int, position: npt.NDArray[np.float64] | None) -> None:
    """Write into a header where slice `k` lies.

    What the source's header says is kept, to the letter, if it agrees with the volume: so that a
    series that is read again has the same affine to the last bit.

    Args:
        header: Of a slice of the source, or a new one.
        volume: Gives the grid.
        k: The slice.
        position: What the source's header says, in LPS+ millimetres.

    Raises:
        IsthmusError: Rows and columns are not at right angles, which DICOM cannot say.
    """
    if not volume.orientation_known:
        return
    affine = _LPS @ volume.affine
    column_mm, row_mm = (float(np.linalg.norm(affine[:3, axis])) for axis in (0, 1))
    along_row, along_column = affine[:3, 0] / column_mm, affine[:3, 1] / row_mm
    if abs(float(along_row @ along_column)) > _SAME:
        raise IsthmusError(
            "The scan's rows and columns are not at right angles, as DICOM has them.",
            "Write a NIfTI file instead.",
        )
    normal = np.cross(along_row, along_column)
    start = affine[:3, 3] + k * affine[:3, 2]
    directions = np.concatenate([along_row, along_column])
    if position is not None and _agrees(
        header, position - start, normal, directions, (row_mm, column_mm)
    ):
        return
    step = float(affine[:3, 2] @ normal)
    header.PixelSpacing = _decimals([row_mm, column_mm])
    header.ImageOrientationPatient = _decimals(directions)
    header.ImagePositionPatient = _decimals(start)
    header.SpacingBetweenSlices = _decimals([abs(step)])[0]
    if not header.get("SliceThickness"):
        header.SliceThickness = header.SpacingBetweenSlices
    header.pop("SliceLocation", None)
    header.pop("ImagerPixelSpacing", None)


def _agrees(
    header: Any,
    away: npt.NDArray[np.float64],
    normal: npt.NDArray[np.float64],
    directions: npt.NDArray[np.float64],
    spacing: tuple[float, float],
) -> bool:
    """Whether a header says the same; along the normal, a gap in the series may lie between."""
    try:
        theirs = np.array([float(part) for part in header.ImageOrientationPatient])
        apart = np.array([float(part) for part in header.PixelSpacing])
    except (AttributeError, TypeError, ValueError):
        return False
    across = away - (away @ normal) * normal
    return (
        bool(np.linalg.norm(across) < 10 * _SAME)
        and theirs.shape == directions.shape
        and bool(np.abs(theirs - directions).max() < _SAME)
        and apart.shape == (2,)
        and bool(np.abs(apart - spacing).max() < 1e-6)
    )


def _decimals(values: Any) -> list[Any]:
    """Return decimal strings of 16 characters, as many figures as fit."""
    from pydicom.valuerep import DSfloat

    return [DSfloat(float(value) + 0.0, auto_format=True) for value in values]
