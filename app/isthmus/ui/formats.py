"""How figures are written on screen: fixed decimals, true minus, "≈" estimated, "—" unknown.

The decimal sign follows the person's locale. Exports use their own, always with a point.
"""

import math

from PySide6.QtCore import QLocale

UNKNOWN = "—"
MINUS = "−"
_NO_BREAK = "\u00a0"
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def number(value: float | None, decimals: int, *, signed: bool = False) -> str:
    """Return a figure with fixed decimals, or a dash if there is none.

    Args:
        value: The figure; `None` and NaN are unknown.
        decimals: Digits after the decimal sign.
        signed: Write a plus in front of what is above zero.
    """
    if value is None or math.isnan(value):
        return UNKNOWN
    digits = "∞" if math.isinf(value) else f"{abs(value):.{decimals}f}"
    nothing = not math.isinf(value) and float(digits) == 0
    sign = MINUS if value < 0 else "+" if signed else ""
    return ("" if nothing else sign) + digits.replace(".", QLocale().decimalPoint())


def ratio(value: float | None, *, estimated: bool = False) -> str:
    """Return a compression ratio such as "93:1": no decimals from 10:1, one below."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    decimals = 0 if value >= 9.95 else 1
    return f"{'≈' if estimated else ''}{number(value, decimals)}:1"


def size(count: float | None, *, estimated: bool = False) -> str:
    """Return bytes to three significant digits, such as "98.0 kB"; 1 kB = 1000 bytes."""
    if count is None:
        return UNKNOWN
    about = "≈" if estimated else ""
    if count < 999.5:
        return f"{about}{number(count, 0)}{_NO_BREAK}{_UNITS[0]}"
    power = min(int(math.log10(count)) // 3, len(_UNITS) - 1)
    scaled = float(f"{count / 1000**power:.3g}")
    if scaled >= 1000 and power < len(_UNITS) - 1:
        scaled, power = scaled / 1000, power + 1
    decimals = max(0, 2 - int(math.log10(scaled)))
    return f"{about}{number(scaled, decimals)}{_NO_BREAK}{_UNITS[power]}"


def decibel(value: float | None, *, estimated: bool = False, unit: bool = True) -> str:
    """Return a PSNR to one decimal; infinite for a reconstruction without loss."""
    about = "≈" if estimated and value is not None else ""
    known = value is not None and not math.isnan(value)
    return f"{about}{number(value, 1)}{_NO_BREAK + 'dB' if unit and known else ''}"


def similarity(value: float | None) -> str:
    """Return an SSIM to three decimals."""
    return number(value, 3)


def error_decimals(data_range: float) -> int:
    """Return how many decimals a mean error deserves: 1, more where the whole range is small."""
    if not data_range > 0 or not math.isfinite(data_range):
        return 1
    return min(6, max(1, 3 - math.floor(math.log10(data_range))))


def bits_per_voxel(value: float | None, *, estimated: bool = False) -> str:
    """Return bits per voxel to two decimals, three below 0.1; never as none at all."""
    if value is None:
        return UNKNOWN
    if 0 < value < 0.0005:
        return f"<{number(0.001, 3)}"
    return ("≈" if estimated else "") + number(value, 2 if value >= 0.0995 else 3)


def saved(value: float | None) -> str:
    """Return what a ratio saves as a signed percentage; never rounded up to all of it."""
    if value is None or not value > 0:
        return UNKNOWN
    percent = 100 * (1 - 1 / value)
    decimals = 1 if percent < 99.9 else 2
    floored = math.floor(percent * 10**decimals) / 10**decimals
    return f"{number(-floored, decimals)}{_NO_BREAK}%"


def span(low: float, high: float) -> str:
    """Return a range such as "0–1019", in words where a sign would run into the dash."""
    decimals = (
        0 if float(low).is_integer() and float(high).is_integer() else _span_decimals(high - low)
    )
    joint = "–" if low >= 0 else " to "
    return f"{number(low, decimals)}{joint}{number(high, decimals)}"


def _span_decimals(width: float) -> int:
    return error_decimals(width) - 1
