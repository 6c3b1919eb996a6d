"""From real values to pixels: window and colour map, the difference's colours, thinning out.

Nothing here knows of widgets. Greys are linear: no gamma, no tint.
"""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from isthmus.ui.panes.colour_maps import GREY, table
from isthmus.ui.panes.look import Look

Values = npt.NDArray[np.floating]

# Blue is what was removed, orange what was added, black what stayed. (position, colour)
_STOPS = (
    (-1.0, "#a6d8ff"),
    (-0.6, "#4a97d8"),
    (-0.25, "#12385e"),
    (0.0, "#000000"),
    (0.25, "#573006"),
    (0.6, "#d88222"),
    (1.0, "#ffcf8c"),
)
# An odd number of entries, so that zero has one of its own.
_ENTRIES = 255
_MIDDLE = _ENTRIES // 2


def _table() -> npt.NDArray[np.uint32]:
    """Return the difference's colours as 0xffRRGGBB, from −limit to +limit."""
    at = np.linspace(-1, 1, _ENTRIES)
    positions = [position for position, _ in _STOPS]
    colours = [QColor(name) for _, name in _STOPS]
    channels = (
        [c.red() for c in colours],
        [c.green() for c in colours],
        [c.blue() for c in colours],
    )
    table: npt.NDArray[np.uint32] = np.full(_ENTRIES, 0xFF, dtype=np.uint32)
    for channel in channels:
        table = (table * 256) | np.rint(np.interp(at, positions, channel)).astype(np.uint32)
    return table


DIFFERENCE_TABLE = _table()


def grey_levels(values: Values, centre: float, width: float) -> npt.NDArray[np.uint8]:
    """Window real values to greys: black at centre − width/2, white at centre + width/2.

    Args:
        values: Axes (row, column), real units. NaN becomes black.
        centre: Centre of the window, real units.
        width: Width of the window, real units, not 0. Below 0, low values are white and high ones
            black, as MONOCHROME1 means them.
    """
    # Half a level is added before the cut to whole levels: rounding to the nearest.
    levels = (values - (centre - width / 2)) * (255 / width) + 0.5
    np.fmax(levels, 0, out=levels)  # takes 0 for NaN
    np.minimum(levels, 255, out=levels)
    return levels.astype(np.uint8)


def difference_levels(values: Values, limit: float) -> npt.NDArray[np.uint8]:
    """Return entries of `DIFFERENCE_TABLE` for signed differences; 0 is the middle entry.

    Args:
        values: Axes (row, column), real units. NaN counts as no difference.
        limit: The scale runs from −limit to +limit, real units, above 0.
    """
    levels = values * (_MIDDLE / limit)
    np.clip(levels, -_MIDDLE, _MIDDLE, out=levels)
    np.rint(levels, out=levels)
    np.copyto(levels, 0.0, where=np.isnan(levels))
    levels += _MIDDLE
    return levels.astype(np.uint8)


def grey_image(values: Values, look: Look) -> QImage:
    """Return windowed values as a picture, in greys or in the colours of the look's map.

    Args:
        values: Axes (row, column), real units. NaN becomes black, or the map's first colour.
        look: Window, which way round, colour map.
    """
    width = -look.width if look.inverted else look.width
    levels = np.ascontiguousarray(grey_levels(values, look.centre, width))
    rows, columns = levels.shape
    if look.colour_map != GREY:
        return _picture(table(look.colour_map).take(levels))
    grey = QImage(levels.data, columns, rows, columns, QImage.Format.Format_Grayscale8)
    # A copy, which owns its pixels and is in the format that Qt scales fastest.
    return grey.convertToFormat(QImage.Format.Format_RGB32)


def _picture(pixels: npt.NDArray[np.uint32]) -> QImage:
    """Return 0xffRRGGBB as a picture that owns its pixels, so that the array may go."""
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def thinned(values: Values, rows: int, columns: int) -> Values:
    """Return means over blocks of `rows` × `columns` pixels.

    Linear interpolation alone skips pixels when a picture is drawn at less than half its size.
    The last block of either axis may be smaller.
    """
    if rows <= 1 and columns <= 1:
        return values
    at_rows = np.arange(0, values.shape[0], rows)
    at_columns = np.arange(0, values.shape[1], columns)
    sums = np.add.reduceat(np.add.reduceat(values, at_rows, axis=0), at_columns, axis=1)
    counts = np.outer(
        np.diff(at_rows, append=values.shape[0]), np.diff(at_columns, append=values.shape[1])
    )
    means: Values = sums / counts
    return means
