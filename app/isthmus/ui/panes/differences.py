"""What differs between two pictures, as a picture: signed, absolute, one sign, in units of noise.

The scale runs from minus to plus a limit, which amplification divides. It is the same on every
slice unless the state says that it is to follow the slice.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from isthmus.ui import formats
from isthmus.ui.numbers import two_figures
from isthmus.ui.panes.colour_maps import GREY, table
from isthmus.ui.panes.raster import DIFFERENCE_TABLE, Values, difference_levels, grey_levels
from isthmus.ui.view_state import Difference, PaneKind, ViewState
from isthmus.ui.words import tr

SSIM_MAP = "cividis"
# Every so many-th voxel along both axes tells how large the differences of a slice are.
_SAMPLE = 2
_PERCENTILE = 99.0

MAPS = (PaneKind.DIFFERENCE, PaneKind.REMOVED, PaneKind.ADDED, PaneKind.SSIM)
"""Kinds of panes that show what differs, not how something looks."""


@dataclass(frozen=True)
class Scale:
    """What the colours of a map mean.

    Attributes:
        style: Which difference it is; None for structural similarity.
        limit: The end of the scale: real units, or times the noise, or 1 − SSIM; above 0.
    """

    style: Difference | None
    limit: float

    @property
    def in_real_units(self) -> bool:
        """Whether it is a difference of values."""
        return self.style not in (None, Difference.NOISE)


def style_of(kind: PaneKind, state: ViewState) -> Difference | None:
    """Return which difference a pane shows; None where it shows structural similarity."""
    if kind is PaneKind.SSIM:
        return None
    if kind is PaneKind.REMOVED:
        return Difference.REMOVED
    if kind is PaneKind.ADDED:
        return Difference.ADDED
    # Two pictures cannot stand in one pane.
    return Difference.SIGNED if state.difference is Difference.APART else state.difference


def scale_of(kind: PaneKind, state: ViewState, of_slice: float | None) -> Scale:
    """Return the scale of a pane's map.

    Args:
        kind: A kind of `MAPS`.
        state: Its limit, and how often it is amplified.
        of_slice: Where the scale of the visible slice would end; None if the state's is shown.
    """
    style = style_of(kind, state)
    if style is None:
        limit = 1.0
    elif style is Difference.NOISE:
        limit = of_slice or state.noise_limit
    else:
        limit = of_slice or state.difference_limit
    return Scale(style, limit / state.amplification)


def limit_decimals(limit: float) -> int:
    """Return how many decimals a limit of two significant figures needs."""
    text = f"{limit:.10f}".rstrip("0")
    return len(text.partition(".")[2])


def scale_ends(scale: Scale) -> tuple[float, float]:
    """Return the values at the lower and the upper end of a scale."""
    if scale.style is None or scale.style in (Difference.ABSOLUTE, Difference.ADDED):
        return 0.0, scale.limit
    return -scale.limit, 0.0 if scale.style is Difference.REMOVED else scale.limit


def scale_words(scale: Scale, unit: str, amplification: float) -> str:
    """Return a scale as it is written on a picture.

    Args:
        scale: What the colours mean.
        unit: Of the scan's values; empty for none.
        amplification: How many times the difference is amplified.
    """
    limit = formats.number(scale.limit, limit_decimals(two_figures(scale.limit)))
    if scale.style is None:
        words = tr("1 − SSIM from 0 to {limit}").format(limit=limit)
    elif scale.style is Difference.NOISE:
        words = tr("Scale ±{limit} × noise").format(limit=limit)
    elif scale.style in (Difference.SIGNED, Difference.APART):
        words = tr("Scale ±{limit}").format(limit=limit)
    else:
        sign = "−" if scale.style is Difference.REMOVED else ""
        words = tr("Scale 0 to {limit}").format(limit=f"{sign}{limit}")
    if scale.in_real_units and unit:
        words += f"  {unit}"
    if amplification > 1:
        words += f"  ×{formats.number(amplification, 0)}"
    return words


def limit_of_slice(values: Values) -> float | None:
    """Return where a scale made for one slice ends: twice the 99th percentile; None if at 0.

    Args:
        values: The signed difference, axes (row, column).
    """
    found = 2 * float(np.percentile(np.abs(values[::_SAMPLE, ::_SAMPLE]), _PERCENTILE))
    return two_figures(found) if np.isfinite(found) and found > 0 else None


def map_levels(
    values: npt.NDArray[np.floating], scale: Scale
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Return a map's colours, and which of them each value has.

    Args:
        values: Axes (row, column): the signed difference, in real units or times the noise; or
            the structural similarity.
        scale: What the colours are to mean.

    Returns:
        A table of 0xffRRGGBB, and entries of it with the axes of the values.
    """
    limit = scale.limit
    if scale.style is None:
        # What was lost is bright.
        return table(SSIM_MAP), grey_levels(1.0 - values, limit / 2, limit)
    if scale.style is Difference.ABSOLUTE:
        return table(GREY), grey_levels(np.abs(values), limit / 2, limit)
    if scale.style is Difference.REMOVED:
        values = np.minimum(values, 0.0)
    elif scale.style is Difference.ADDED:
        values = np.maximum(values, 0.0)
    return DIFFERENCE_TABLE, difference_levels(values, limit)


def map_image(values: npt.NDArray[np.floating], scale: Scale) -> QImage:
    """Return a map as a picture; arguments as for `map_levels`."""
    colours, levels = map_levels(values, scale)
    pixels = colours.take(levels)
    rows, columns = pixels.shape
    # The copy owns its pixels, so the array may go.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
