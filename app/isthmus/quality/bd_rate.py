"""How many more bits one codec takes than another at equal quality: the Bjøntegaard delta rate.

G. Bjøntegaard, "Calculation of average PSNR differences between RD-curves", ITU-T SG16 Q.6
document VCEG-M33, 2001. The logarithm of the rate is taken as a function of PSNR; the difference
of two such curves, averaged over the range of PSNR that both cover, is a ratio of rates. As in
current practice (JVET), the curves are not one cubic each but piecewise cubic and monotone where
the points are (PCHIP): F. N. Fritsch and J. Butland, "A method for constructing local monotone
piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5 (1984), 300–304.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.quality.points import OperatingPoint

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class BdRate:
    """The mean difference in rate between two codecs.

    Attributes:
        percent: How many more bits the tested codec takes; negative is better.
        low: Least PSNR that both codecs reach, in dB.
        high: Greatest.
    """

    percent: float
    low: float
    high: float


def bd_rate(tested: Iterable[OperatingPoint], reference: Iterable[OperatingPoint]) -> BdRate | None:
    """Compare two codecs on one scan.

    Args:
        tested: Points in any order. Those whose PSNR is not finite are left out; of several with
            one PSNR the cheapest counts.
        reference: As `tested`.

    Returns:
        None if a codec has fewer than two points or their ranges of PSNR do not overlap.

    Raises:
        ValueError: A rate is not above 0.
    """
    ours, theirs = _curve(tested), _curve(reference)
    if ours is None or theirs is None:
        return None
    low = max(float(ours[0][0]), float(theirs[0][0]))
    high = min(float(ours[0][-1]), float(theirs[0][-1]))
    if not low < high:
        return None
    difference = (_integral(*ours, low, high) - _integral(*theirs, low, high)) / (high - low)
    return BdRate(100 * math.expm1(difference), low, high)


def rate_curve(points: Iterable[OperatingPoint], count: int) -> tuple[Array, Array]:
    """Return the curve whose logarithm `bd_rate` averages, to be drawn.

    Args:
        points: As for `bd_rate`.
        count: How many samples to return.

    Returns:
        PSNR in dB, evenly spaced, and the rate at each in bits per voxel; both empty for fewer
        than two points.
    """
    curve = _curve(points)
    if curve is None:
        return np.empty(0), np.empty(0)
    x, y = curve
    pieces = _cubics(x, y)
    psnr = np.linspace(x[0], x[-1], count)
    which = np.clip(np.searchsorted(x, psnr, "right") - 1, 0, len(pieces) - 1)
    logs = [pieces[i](each - x[i]) for i, each in zip(which, psnr, strict=True)]
    return psnr, np.exp(logs)


def _curve(points: Iterable[OperatingPoint]) -> tuple[Array, Array] | None:
    """Return rising PSNRs and the logarithm of the rate at each."""
    cheapest: dict[float, float] = {}
    for point in points:
        if not point.bpv > 0:
            raise ValueError(f"a rate must be above 0, not {point.bpv}")
        if math.isfinite(point.psnr):
            cheapest[point.psnr] = min(point.bpv, cheapest.get(point.psnr, math.inf))
    if len(cheapest) < 2:
        return None
    psnr = np.array(sorted(cheapest))
    return psnr, np.log([cheapest[float(each)] for each in psnr])


def _slopes(x: Array, y: Array) -> Array:
    """Return the derivative at each point, so that the cubics overshoot nowhere."""
    width = np.diff(x)
    secant = np.diff(y) / width
    if len(x) == 2:
        return np.repeat(secant, 2)
    slopes = np.zeros_like(x)
    # Inside: a harmonic mean of the secants, weighted by the widths; 0 at an extremum.
    same = secant[:-1] * secant[1:] > 0
    before, after = 2 * width[1:] + width[:-1], width[1:] + 2 * width[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (before + after) / (before / secant[:-1] + after / secant[1:])
    slopes[1:-1] = np.where(same, mean, 0.0)
    slopes[0] = _end_slope(width[0], width[1], secant[0], secant[1])
    slopes[-1] = _end_slope(width[-1], width[-2], secant[-1], secant[-2])
    return slopes


def _end_slope(near: float, far: float, secant: float, next_secant: float) -> float:
    """Return the derivative at an end: that of a parabola through three points, held in check."""
    slope = ((2 * near + far) * secant - near * next_secant) / (near + far)
    if slope * secant <= 0:
        return 0.0
    if secant * next_secant < 0 and abs(slope) > 3 * abs(secant):
        return 3 * secant
    return slope


def _cubics(x: Array, y: Array) -> list[np.polynomial.Polynomial]:
    """Return the cubic between each two points, as a function of the distance from the first."""
    slopes, pieces = _slopes(x, y), []
    for i, width in enumerate(np.diff(x)):
        secant = (y[i + 1] - y[i]) / width
        square = (3 * secant - 2 * slopes[i] - slopes[i + 1]) / width
        cube = (slopes[i] + slopes[i + 1] - 2 * secant) / width**2
        pieces.append(np.polynomial.Polynomial([y[i], slopes[i], square, cube]))
    return pieces


def _integral(x: Array, y: Array, low: float, high: float) -> float:
    """Integrate the piecewise cubic through the points from `low` to `high`, exactly."""
    total = 0.0
    for piece, left, right in zip(_cubics(x, y), x[:-1], x[1:], strict=True):
        start, end = max(low, float(left)), min(high, float(right))
        if start < end:
            whole = piece.integ()
            total += float(whole(end - left) - whole(start - left))
    return total
