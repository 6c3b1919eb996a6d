"""Cubic interpolation of the visible part of a slice, at the pixels of the screen.

Nearest and linear are Qt's, on the windowed picture. Cubic is the convolution of R. Keys (1981,
"Cubic convolution interpolation for digital image processing", a = −1/2, also known as
Catmull-Rom), as Pillow computes it, on the values themselves, before the window cuts them. Where
the picture is drawn smaller than its voxels the kernel widens by as much, so that none is skipped.
Beyond its edges a slice goes on as it ends.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF

from isthmus.ui.panes.mapping import Mapping

# How far Keys' kernel reaches, in voxels, and one more for places between them.
_REACH = 2


@dataclass(frozen=True)
class Part:
    """What is seen of a slice: whole device pixels, and the voxels below them.

    Attributes:
        left: First device pixel, from the pane's left edge.
        top: First device pixel, from the pane's top edge.
        columns: Number of device pixels to the right.
        rows: Number of device pixels downwards.
        box: Left, top, right and bottom of the same area in voxels, from the slice's outer corner.
        ratio: Device pixels per device-independent pixel.
    """

    left: int
    top: int
    columns: int
    rows: int
    box: tuple[float, float, float, float]
    ratio: float

    @property
    def rect(self) -> QRectF:
        """Where it lies in the pane, in device-independent pixels."""
        scaled = (self.left, self.top, self.columns, self.rows)
        return QRectF(*(each / self.ratio for each in scaled))


def visible_part(mapping: Mapping, area: QRectF) -> Part | None:
    """Return what of a slice is seen in a pane, or None if nothing is."""
    ratio = mapping.pixel_ratio
    across = _span(
        mapping.origin.x() * ratio,
        mapping.pixels_per_column * ratio,
        mapping.view.n_columns,
        area.width() * ratio,
    )
    down = _span(
        mapping.origin.y() * ratio,
        mapping.pixels_per_row * ratio,
        mapping.view.n_rows,
        area.height() * ratio,
    )
    if across is None or down is None:
        return None
    (left, columns, first, last), (top, rows, above, below) = across, down
    return Part(left, top, columns, rows, (first, above, last, below), ratio)


def cubic(values: npt.NDArray[np.floating], part: Part) -> npt.NDArray[np.float32]:
    """Return values at the middles of a part's device pixels.

    Args:
        values: The whole slice, axes (row, column).
        part: What is seen of it.

    Returns:
        Axes (row, column), shape (`part.rows`, `part.columns`).
    """
    from PIL import Image

    left, top, right, bottom = part.box
    rows, columns = _reached(top, bottom, part.rows), _reached(left, right, part.columns)
    picture = Image.fromarray(_cut(values, rows, columns))
    box = left - columns[0], top - rows[0], right - columns[0], bottom - rows[0]
    size = part.columns, part.rows
    made = picture.resize(size, Image.Resampling.BICUBIC, box)
    return np.asarray(made, dtype=np.float32)


def _span(
    origin: float, step: float, count: int, room: float
) -> tuple[int, int, float, float] | None:
    """Return first pixel, number of pixels, and first and last edge in voxels along one axis.

    Args:
        origin: Where the slice begins, in device pixels.
        step: Device pixels per voxel.
        count: Number of voxels.
        room: Device pixels of the pane.
    """
    first = max(math.floor(origin + 0.5), 0)
    # A pixel belongs to the picture if its middle does.
    end = min(math.ceil(origin + step * count - 0.5), math.ceil(room))
    if end <= first:
        return None
    return first, end - first, (first - origin) / step, (end - origin) / step


def _reached(low: float, high: float, pixels: int) -> tuple[int, int]:
    """Return the first voxel along an axis that a kernel reaches, and that after the last."""
    reach = math.ceil(_REACH * max((high - low) / pixels, 1.0)) + 1
    return math.floor(low) - reach, math.ceil(high) + reach


def _cut(
    values: npt.NDArray[np.floating], rows: tuple[int, int], columns: tuple[int, int]
) -> npt.NDArray[np.float32]:
    """Return some voxels of a slice; what lies beyond it repeats its edge."""
    (top, bottom), (left, right) = rows, columns
    n_rows, n_columns = values.shape
    made = np.empty((bottom - top, right - left), np.float32)
    above, below = max(-top, 0), max(bottom - n_rows, 0)
    before, after = max(-left, 0), max(right - n_columns, 0)
    inner = made[above : len(made) - below, before : made.shape[1] - after]
    inner[...] = values[top + above : bottom - below, left + before : right - after]
    made[above : len(made) - below, :before] = inner[:, :1]
    made[above : len(made) - below, made.shape[1] - after :] = inner[:, -1:]
    made[:above] = made[above]
    made[len(made) - below :] = made[len(made) - below - 1]
    return made
