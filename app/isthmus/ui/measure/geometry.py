"""Where a drawing lies in a slice, and what it measures: millimetres, degrees, square millimetres.

A drawing is kept in millimetres of the patient. Here it is laid into the voxels of its plane, and
lengths are taken through the volume's affine, so that voxels of any shape are measured truly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.quality.regions import Mask, ellipse_mask, polygon_area, polygon_mask
from isthmus.scans import PlaneView, Volume
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.view_state import Point

Points = npt.NDArray[np.float64]

_ROUND = np.linspace(0, 2 * np.pi, 97)[:-1]


@dataclass(frozen=True, eq=False)
class Laid:
    """A drawing in the voxels of its plane.

    Attributes:
        drawing: What is laid.
        index: Display number of its slice.
        points: Its points, shape (n, 2): (row, column), in voxels.
        outline: The line to draw, shape (m, 2), as `points`.
        closed: Whether the outline's last point is joined to its first.
    """

    drawing: Drawing
    index: int
    points: Points
    outline: Points
    closed: bool


def lay(drawing: Drawing, volume: Volume, view: PlaneView) -> Laid:
    """Lay a drawing into the voxels of its plane."""
    placed = in_voxels(drawing.points, volume, view)
    index = math.floor(float(placed[:, 0].mean()) + 0.5)
    points = placed[:, 1:]
    outline = points
    if drawing.shape is Shape.RECTANGLE:
        (top, left), (bottom, right) = points
        outline = np.array([(top, left), (top, right), (bottom, right), (bottom, left)])
    elif drawing.shape is Shape.ELLIPSE:
        centre, radii = _round(points)
        outline = centre + radii * np.stack([np.sin(_ROUND), np.cos(_ROUND)], axis=1)
    return Laid(drawing, index, points, outline, drawing.shape.is_region)


def in_voxels(points: Sequence[Point], volume: Volume, view: PlaneView) -> Points:
    """Return (slice, row, column) of points in RAS+ millimetres; shape (n, 3), not rounded."""
    away = np.asarray(points, dtype=np.float64) - volume.affine[:3, 3]
    voxels = np.linalg.solve(volume.affine[:3, :3], away.T)[::-1].T
    return np.array([view.from_voxel(*map(float, voxel)) for voxel in voxels])


def in_mm(index: float, row: float, column: float, volume: Volume, view: PlaneView) -> Point:
    """Return the RAS+ millimetres of a place in a slice, which may be no whole voxel."""
    return volume.to_mm(*view.to_voxel(index, row, column))


def mask_of(laid: Laid, view: PlaneView) -> Mask:
    """Return the voxels that lie in a region."""
    shape = (view.n_rows, view.n_columns)
    if laid.drawing.shape is Shape.ELLIPSE:
        centre, radii = _round(laid.points)
        middle, half = tuple(map(float, centre)), tuple(map(float, radii))
        return ellipse_mask((middle[0], middle[1]), (half[0], half[1]), shape)
    return polygon_mask(laid.outline, shape)


def length_mm(drawing: Drawing) -> float:
    """Return how long a line is, in millimetres."""
    return math.dist(drawing.points[0], drawing.points[-1])


def angle_degrees(drawing: Drawing) -> float:
    """Return the angle at the middle one of three points, 0 to 180 degrees; NaN without arms."""
    first, corner, last = (np.asarray(point) for point in drawing.points)
    one, other = first - corner, last - corner
    across, along = float(np.linalg.norm(np.cross(one, other))), float(one @ other)
    if across == 0.0 and along == 0.0:
        return math.nan
    return math.degrees(math.atan2(across, along))


def area_mm2(laid: Laid, volume: Volume, view: PlaneView) -> float:
    """Return the area inside a region's outline, in square millimetres."""
    # Columns of the affine are steps along i, j, k; axes of the voxels are numbered k, j, i.
    down, along = (volume.affine[:3, 2 - axis] for axis in (view.row_axis, view.column_axis))
    pixel = float(np.linalg.norm(np.cross(down, along)))
    if laid.drawing.shape is Shape.ELLIPSE:
        _, radii = _round(laid.points)
        return math.pi * float(radii[0] * radii[1]) * pixel
    return polygon_area(laid.outline) * pixel


def _round(points: Points) -> tuple[Points, Points]:
    """Return centre and radii of the ellipse in a box, as (row, column)."""
    return (points[0] + points[1]) / 2, np.abs(points[1] - points[0]) / 2
