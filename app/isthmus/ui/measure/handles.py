"""What can be dragged of a drawing, and what becomes of its points; all in voxels of the slice."""

import numpy as np
from PySide6.QtCore import Qt

from isthmus.scans import PlaneView, Volume
from isthmus.ui.measure.geometry import Laid, Points, in_mm
from isthmus.ui.measure.shapes import Drawing, Shape

# A curve of more points than this has so many handles; dragging one pulls what lies round it.
_ON_CURVE = 12

# Where the handles of a box are: 0 is its first corner, 1 its second, ½ between; (row, column).
_BOX = ((0, 0), (0, 0.5), (0, 1), (0.5, 1), (1, 1), (1, 0.5), (1, 0), (0.5, 0))
_SIDES = tuple(place for place in _BOX if 0.5 in place)


def handles(laid: Laid) -> Points:
    """Return the handles of a drawing, shape (n, 2): (row, column)."""
    points = laid.points
    if laid.drawing.shape in (Shape.RECTANGLE, Shape.ELLIPSE):
        return np.array([points[0] + (points[1] - points[0]) * place for place in _places(laid)])
    if laid.drawing.shape is Shape.FREEHAND:
        return points[_held(len(points))]
    return points


def dragged(laid: Laid, handle: int, to: Points) -> Points:
    """Return a drawing's points after a handle was dragged to (row, column)."""
    points = laid.points.copy()
    if laid.drawing.shape in (Shape.RECTANGLE, Shape.ELLIPSE):
        for axis, place in enumerate(_places(laid)[handle]):
            if place != 0.5:
                points[int(place), axis] = to[axis]
        return points
    if laid.drawing.shape is not Shape.FREEHAND:
        points[handle] = to
        return points
    n, at = len(points), _held(len(points))
    reach = max(n / len(at), 1.0)
    away = np.abs(np.arange(n) - at[handle])
    share = np.clip(1 - np.minimum(away, n - away) / reach, 0, 1)
    smooth = share * share * (3 - 2 * share)
    moved: Points = points + smooth[:, None] * (to - points[at[handle]])
    return moved


def shifted(laid: Laid, by: Points, view: PlaneView) -> Points:
    """Return a drawing's points moved by (rows, columns), as far as the slice goes."""
    low, high = laid.outline.min(axis=0), laid.outline.max(axis=0)
    size = np.array([view.n_rows, view.n_columns])
    least, most = np.minimum(-0.5 - low, 0), np.maximum(size - 0.5 - high, 0)
    moved: Points = laid.points + np.clip(by, least, most)
    return moved


def inside(at: Points, view: PlaneView) -> Points:
    """Return the nearest place within the slice, as (row, column)."""
    clipped: Points = np.clip(at, -0.5, np.array([view.n_rows, view.n_columns]) - 0.5)
    return clipped


def constrained(shape: Shape, start: Points, at: Points, view: PlaneView) -> Points:
    """Return where a second point goes while Shift is held: equal sides, or steps of 45 degrees."""
    mm = np.array([view.row_mm, view.column_mm])
    step = (at - start) * mm
    if shape in (Shape.RECTANGLE, Shape.ELLIPSE):
        side = float(np.abs(step).max())
        step = np.where(step < 0, -side, side)
    else:
        turn = np.round(np.arctan2(step[0], step[1]) / (np.pi / 4)) * (np.pi / 4)
        along = np.array([np.sin(turn), np.cos(turn)])
        step = along * float(step @ along)
    found: Points = start + step / mm
    return found


def placed(
    drawing: Drawing, points: Points, index: int, volume: Volume, view: PlaneView
) -> Drawing:
    """Return a drawing with its points at (row, column) of a slice."""
    return drawing.at(
        in_mm(index, float(row), float(column), volume, view) for row, column in points
    )


def cursor_for(laid: Laid, handle: int | None) -> Qt.CursorShape:
    """Return the pointer that says what dragging here would do."""
    if handle is None:
        return Qt.CursorShape.SizeAllCursor
    if laid.drawing.shape not in (Shape.RECTANGLE, Shape.ELLIPSE):
        return Qt.CursorShape.CrossCursor
    down, along = _places(laid)[handle]
    if down == 0.5:
        return Qt.CursorShape.SizeHorCursor
    if along == 0.5:
        return Qt.CursorShape.SizeVerCursor
    # Which diagonal depends on how the box was drawn.
    (top, left), (bottom, right) = laid.points
    falls = (down == along) == ((bottom - top) * (right - left) > 0)
    return Qt.CursorShape.SizeFDiagCursor if falls else Qt.CursorShape.SizeBDiagCursor


def _places(laid: Laid) -> tuple[tuple[float, float], ...]:
    return _SIDES if laid.drawing.shape is Shape.ELLIPSE else _BOX


def _held(n: int) -> Points:
    """Return which points of a closed curve have a handle."""
    return np.unique(np.arange(min(n, _ON_CURVE)) * n // min(n, _ON_CURVE))
