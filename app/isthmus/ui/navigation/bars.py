"""How good each slice is, as heights and colours of bars."""

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from isthmus.ui.theme import TOKENS, colour

# The height of a bar spans this much around the median, in decibel; a slice far below stretches
# it downwards. Bars from worst to best would let the empty end slices flatten all others.
_BELOW = 2.6
_ABOVE = 2.5
_FLOOR = 0.6
# From grey at the median to orange this much below it, in decibel.
_ORANGE_BELOW = 1.3
_LEAST_PIXELS = 3.0
_UNKNOWN_SHARE = 0.3


def slice_bars(
    psnr: npt.NDArray[np.float64] | None, count: int, room: float
) -> tuple[npt.NDArray[np.float64], list[QColor]]:
    """Return the height of each slice's bar, in pixels, and its colour.

    Args:
        psnr: In decibel, one for each slice; NaN (no bar) or None (flat ticks) if unknown.
        count: How many slices there are.
        room: The largest height, in pixels.
    """
    known = None if psnr is None else psnr[np.isfinite(psnr)]
    if psnr is None or known is None or not known.size:
        return np.full(count, round(_UNKNOWN_SHARE * room)), [colour(TOKENS.track)] * count
    median = float(np.median(known))
    bottom = min(median - _BELOW, float(known.min()) - _FLOOR)
    shares = np.clip((psnr - bottom) / (median + _ABOVE - bottom), 0.0, 1.0)
    heights = np.where(np.isnan(psnr), 0.0, np.maximum(np.round(shares * room), _LEAST_PIXELS))
    orange = np.nan_to_num(np.clip((median - psnr) / _ORANGE_BELOW, 0.0, 1.0))
    return heights, [_towards_orange(float(share)) for share in orange]


def _towards_orange(share: float) -> QColor:
    """Return grey at 0, the reconstruction's orange at 1."""
    grey, orange = QColor(TOKENS.text3), QColor(TOKENS.reconstruction)
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in (
            (grey.red(), orange.red()),
            (grey.green(), orange.green()),
            (grey.blue(), orange.blue()),
        )
    )
    return QColor(red, green, blue)
