"""Numbers of 128 bits, which few machines compute with, read as doubles.

NIfTI calls a type FLOAT128 and means the C compiler's `long double`: IEEE quadruple precision on
some machines, the 80 bits of x87 with 48 bits of padding on most.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

_BIAS = 16383


def quadruple(*, big: bool, is_complex: bool = False) -> np.dtype[Any]:
    """Return the type of such samples: their high and low halves, of two numbers if complex."""
    halves = ("high", "low") if big else ("low", "high")
    names = (*halves, *(f"{half}_imaginary" for half in halves)) if is_complex else halves
    return np.dtype([(name, ">u8" if big else "<u8") for name in names])


def to_doubles(samples: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return the values of samples of that type, of complex ones the magnitude.

    What a double cannot hold becomes infinite or 0.
    """
    big = samples.dtype.names is not None and samples.dtype.names[0] == "high"
    real = _to_doubles(samples["high"], samples["low"], big=big)
    if "high_imaginary" not in (samples.dtype.names or ()):
        return real
    imaginary = _to_doubles(samples["high_imaginary"], samples["low_imaginary"], big=big)
    magnitude: npt.NDArray[np.float64] = np.hypot(real, imaginary)
    return magnitude


def _to_doubles(
    high: npt.NDArray[Any], low: npt.NDArray[Any], *, big: bool
) -> npt.NDArray[np.float64]:
    high, low = high.astype(np.uint64), low.astype(np.uint64)
    # In quadruple precision the exponent stands on top: only a zero has nothing there.
    padded = not big and not (high >> np.uint64(16)).any()
    head = high if padded else high >> np.uint64(48)
    exponent = (head & np.uint64(0x7FFF)).astype(np.int32)
    with np.errstate(all="ignore"):
        if padded:
            size = np.ldexp(low.astype(np.float64), exponent - _BIAS - 63)
        else:
            fraction = (high & np.uint64(0xFFFF_FFFF_FFFF)).astype(np.float64)
            fraction += np.where(exponent > 0, 2.0**48, 0.0)
            size = np.ldexp(fraction, exponent - _BIAS - 48)
            size += np.ldexp(low.astype(np.float64), exponent - _BIAS - 112)
    size[exponent == 0x7FFF] = np.nan
    values: npt.NDArray[np.float64] = np.where(head & np.uint64(0x8000), -size, size)
    return values
