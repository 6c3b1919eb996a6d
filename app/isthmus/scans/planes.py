"""How a volume is cut and turned for the screen: axial, coronal and sagittal planes.

A volume keeps the axes of its file. A `PlaneView` says, once for each plane, which axis of the
voxels is scrolled through, which runs down the screen and which to the right, and which of them
run backwards. Everything that draws or points goes through it, so left and right are decided here
and nowhere else.

The convention is radiological unless the neurological one is asked for: the patient's right is on
the left of axial and coronal pictures (neurological: on the right), anterior or superior is at the
top, and a sagittal picture looks to the left in both. An oblique volume is not resampled: each of
its axes stands for the nearest direction of the body.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume


class Plane(StrEnum):
    """A plane of the body."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


# For each plane, the directions (world axis x, y, z of RAS+; sign) in which slices are numbered,
# rows run down the screen, and columns run to the right; then the letters at the screen's left,
# right, top and bottom, and those of the first and last slice.
_X, _Y, _Z = 0, 1, 2
_Direction = tuple[int, int]
_LAYOUT: dict[
    Plane,
    tuple[_Direction, _Direction, _Direction, tuple[str, str, str, str], tuple[str, str]],
] = {
    Plane.AXIAL: ((_Z, 1), (_Y, -1), (_X, -1), ("R", "L", "A", "P"), ("I", "S")),
    Plane.CORONAL: ((_Y, 1), (_Z, -1), (_X, -1), ("R", "L", "S", "I"), ("P", "A")),
    Plane.SAGITTAL: ((_X, -1), (_Z, -1), (_Y, -1), ("A", "P", "S", "I"), ("R", "L")),
}
# Planes in which the conventions differ: seen from the feet or the front, or from behind the eyes.
_MIRRORED = (Plane.AXIAL, Plane.CORONAL)


@dataclass(frozen=True)
class PlaneView:
    """How one plane of one volume is drawn.

    Display coordinates are (index, row, column): the slice, counted along `ends`; the row, counted
    from the top of the screen; the column, counted from its left. Whole numbers are the centres of
    voxels. Axes of voxels are numbered as in `Volume.voxels`: 0 is k, 1 is j, 2 is i.

    Attributes:
        plane: Which plane.
        shape: Shape (k, j, i) of the volume.
        slice_axis: The axis of the voxels that is scrolled through.
        row_axis: The axis that runs down the screen.
        column_axis: The axis that runs to the right.
        flip_slices: Whether slices are numbered against the voxels' order.
        flip_rows: Whether rows run against the voxels' order.
        flip_columns: Whether columns run against the voxels' order.
        slice_mm: Distance between the centres of neighbouring slices, in millimetres.
        row_mm: Height of a pixel, in millimetres.
        column_mm: Width of a pixel, in millimetres.
        letters: Directions of the body at the left, right, top and bottom of the screen; None if
            the file does not say how the patient lay.
        ends: Directions of the body at the first and at the last slice; None as for `letters`.
    """

    plane: Plane
    shape: tuple[int, int, int]
    slice_axis: int
    row_axis: int
    column_axis: int
    flip_slices: bool
    flip_rows: bool
    flip_columns: bool
    slice_mm: float
    row_mm: float
    column_mm: float
    letters: tuple[str, str, str, str] | None
    ends: tuple[str, str] | None

    @property
    def n_slices(self) -> int:
        """Number of slices to scroll through."""
        return self.shape[self.slice_axis]

    @property
    def n_rows(self) -> int:
        """Number of pixels from top to bottom."""
        return self.shape[self.row_axis]

    @property
    def n_columns(self) -> int:
        """Number of pixels from left to right."""
        return self.shape[self.column_axis]

    def extract(self, voxels: npt.NDArray[np.generic], index: int) -> npt.NDArray[np.generic]:
        """Return slice `index` as it stands on the screen.

        Args:
            voxels: An array of the volume's shape (k, j, i).
            index: Display number of the slice, from 0 to `n_slices` − 1.

        Returns:
            A view, not a copy, with axes (row, column): rows downwards, columns to the right.

        Raises:
            ValueError: The array has another shape.
            IndexError: There is no such slice.
        """
        if voxels.shape != self.shape:
            raise ValueError(f"expected an array of shape {self.shape}, not {voxels.shape}")
        if not 0 <= index < self.n_slices:
            raise IndexError(f"slice {index} of {self.n_slices}")
        where = self.n_slices - 1 - index if self.flip_slices else index
        turned = voxels.transpose(self._axes)
        rows, columns = (slice(None, None, -1 if flip else None) for flip in self._flips[1:])
        return turned[where, rows, columns]

    def to_voxel(self, index: float, row: float, column: float) -> tuple[float, float, float]:
        """Return the (k, j, i) of a display position; not rounded, not clipped."""
        found = [0.0, 0.0, 0.0]
        for axis, flip, value in zip(
            self._axes, self._flips, (float(index), float(row), float(column)), strict=True
        ):
            found[axis] = self.shape[axis] - 1 - value if flip else value
        return found[0], found[1], found[2]

    def from_voxel(self, k: float, j: float, i: float) -> tuple[float, float, float]:
        """Return the (index, row, column) of a voxel position; not rounded, not clipped."""
        voxel = (float(k), float(j), float(i))
        index, row, column = (
            self.shape[axis] - 1 - voxel[axis] if flip else voxel[axis]
            for axis, flip in zip(self._axes, self._flips, strict=True)
        )
        return index, row, column

    @property
    def _axes(self) -> tuple[int, int, int]:
        return self.slice_axis, self.row_axis, self.column_axis

    @property
    def _flips(self) -> tuple[bool, bool, bool]:
        return self.flip_slices, self.flip_rows, self.flip_columns


def plane_view(volume: Volume, plane: Plane, *, neurological: bool = False) -> PlaneView:
    """Return how `plane` of `volume` is drawn.

    For an oblique volume each axis of the voxels is given to the nearest direction of the body,
    none twice, so the three planes always show three different axes.

    Args:
        volume: The scan.
        plane: Which plane of it.
        neurological: Whether the patient's left is on the left of axial and coronal pictures.
            Slices are numbered alike in both conventions. A volume whose file does not tell left
            from right is drawn mirrored too: it stays the mirror image of the other convention.
    """
    axis_of, sign_of = _nearest_axes(volume.affine)
    slices, rows, columns, letters, ends = _LAYOUT[plane]
    if neurological and plane in _MIRRORED:
        columns = columns[0], -columns[1]
        letters = letters[1], letters[0], letters[2], letters[3]
    spacing = volume.spacing
    known = volume.orientation_known
    slice_axis, row_axis, column_axis = (axis_of[world] for world, _ in (slices, rows, columns))
    flip_slices, flip_rows, flip_columns = (
        sign_of[world] != sign for world, sign in (slices, rows, columns)
    )
    return PlaneView(
        plane=plane,
        shape=volume.shape,
        slice_axis=slice_axis,
        row_axis=row_axis,
        column_axis=column_axis,
        flip_slices=flip_slices,
        flip_rows=flip_rows,
        flip_columns=flip_columns,
        slice_mm=spacing[slice_axis],
        row_mm=spacing[row_axis],
        column_mm=spacing[column_axis],
        letters=letters if known else None,
        ends=ends if known else None,
    )


def plane_views(volume: Volume, *, neurological: bool = False) -> dict[Plane, PlaneView]:
    """Return how each plane of a volume is drawn; arguments as for `plane_view`."""
    return {plane: plane_view(volume, plane, neurological=neurological) for plane in Plane}


def acquired_plane(volume: Volume) -> Plane:
    """Return the plane in which the slices (axis k) of the volume lie."""
    axis_of, _ = _nearest_axes(volume.affine)
    return next(plane for plane in Plane if axis_of[_LAYOUT[plane][0][0]] == 0)


def _nearest_axes(
    affine: npt.NDArray[np.float64],
) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Give each world axis (x, y, z) its own axis of the voxels.

    Returns:
        For each world axis, the number of its voxel axis (0 is k, 1 is j, 2 is i), and the sign
        with which the world coordinate changes along it. Of the six assignments, the one whose
        direction cosines add up to most is taken.
    """
    cosines = affine[:3, :3] / np.linalg.norm(affine[:3, :3], axis=0)
    cosines = cosines[:, ::-1]  # columns of the affine are i, j, k; axes of the voxels k, j, i
    best = max(
        permutations(range(3)),
        key=lambda axes: sum(abs(cosines[world, axis]) for world, axis in enumerate(axes)),
    )
    signs = [1 if cosines[world, axis] >= 0 else -1 for world, axis in enumerate(best)]
    return (best[0], best[1], best[2]), (signs[0], signs[1], signs[2])
