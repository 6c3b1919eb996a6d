"""Slices of whole numbers of 16 bits become pictures by a table: a look-up for each voxel.

There are few numbers and many voxels. A table has one colour for each number that can be stored,
made by the same functions as any other picture's, and serves all slices of a scan until the window
changes. It takes a third of the time of windowing each voxel.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from isthmus.scans import Volume
from isthmus.ui.panes.colour_maps import table
from isthmus.ui.panes.differences import Scale, map_levels
from isthmus.ui.panes.look import Look
from isthmus.ui.panes.raster import grey_levels

_LARGEST = np.iinfo(np.uint16).max

Table = npt.NDArray[np.uint32]


def has_table(volume: Volume) -> bool:
    """Whether a scan's slices are drawn by tables."""
    kind = volume.voxels.dtype
    return kind.kind in "ui" and kind.itemsize <= 2


def look_image(stored: npt.NDArray[np.generic], volume: Volume, look: Look) -> QImage:
    """Return a windowed slice as a picture.

    Args:
        stored: Axes (row, column), in the scan's type, which `has_table`.
        volume: Tells what stored numbers mean.
        look: Window, which way round, colour map.
    """
    kind = volume.voxels.dtype
    colours = _look_table(kind.str, volume.scale, volume.offset, look)
    # Numbers with a sign are counted as if they had none; the table has the same order.
    return _image(colours, stored.view(kind.str.replace("i", "u")))


def difference_image(
    made: npt.NDArray[np.generic],
    original: npt.NDArray[np.generic],
    volume: Volume,
    scale: Scale,
) -> QImage:
    """Return the difference of two slices as a picture.

    Args:
        made: The reconstruction, axes (row, column), in the scan's type, which `has_table`.
        original: The same slice of the scan.
        volume: Tells what stored numbers mean.
        scale: What the colours are to mean; in real units.
    """
    difference = made.astype(np.int32)
    difference -= original.astype(np.int32)
    difference += _LARGEST
    return _image(_difference_table(volume.scale, scale), difference)


@lru_cache(maxsize=6)
def _look_table(kind: str, scale: float, offset: float, look: Look) -> Table:
    """Return 0xffRRGGBB for every number of a type, in the order of its bits."""
    numbers = np.arange(1 << (8 * np.dtype(kind).itemsize), dtype=kind.replace("i", "u"))
    values = numbers.view(kind).astype(np.float64) * scale + offset
    width = -look.width if look.inverted else look.width
    return table(look.colour_map).take(grey_levels(values[None], look.centre, width)[0])


@lru_cache(maxsize=6)
def _difference_table(scale: float, wanted: Scale) -> Table:
    """Return 0xffRRGGBB for every difference of two 16-bit numbers, the smallest first."""
    values = np.arange(-_LARGEST, _LARGEST + 1, dtype=np.float64) * scale
    colours, levels = map_levels(values[None], wanted)
    return colours.take(levels[0])


def _image(colours: Table, numbers: npt.NDArray[Any]) -> QImage:
    pixels = colours.take(numbers)
    rows, columns = pixels.shape
    # The copy owns its pixels, so the array may go.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
