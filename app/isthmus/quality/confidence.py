"""A mean over patients, and how far it may be from that over all patients there are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mean:
    """A mean with its confidence interval.

    Attributes:
        value: The mean.
        count: Of what it is the mean.
        half_width: The interval is value ± half_width; NaN for a single value, which says nothing
            about others.
    """

    value: float
    count: int
    half_width: float


def mean_with_confidence(values: Sequence[float], level: float = 0.95) -> Mean:
    """Return a mean with Student's interval, which small samples need.

    Args:
        values: One for each patient: scans of one patient are alike, and would feign certainty.
        level: The share of such intervals that hold the true mean, if the values are normal.

    Raises:
        ValueError: There are no values.
    """
    count = len(values)
    if count == 0:
        raise ValueError("there is nothing to take the mean of")
    value = math.fsum(values) / count
    if count == 1:
        return Mean(value, 1, math.nan)
    variance = math.fsum((each - value) ** 2 for each in values) / (count - 1)
    quantile = _student_quantile(0.5 + level / 2, count - 1)
    return Mean(value, count, quantile * math.sqrt(variance / count))


def _student_quantile(probability: float, freedom: int) -> float:
    """Return where Student's distribution reaches a probability above a half, by bisection."""
    low, high = 0.0, 1.0
    while _student_below(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if _student_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high


def _student_below(t: float, freedom: int) -> float:
    """Return the probability of a value below `t` ≥ 0.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan2(t, math.sqrt(freedom))
    square = math.cos(angle) ** 2
    odd = freedom % 2
    term, total = (math.cos(angle) if odd else 1.0), 0.0
    for k in range(1 + odd, freedom, 2):
        total += term
        term *= square * k / (k + 1)
    inside = math.sin(angle) * total
    if odd:
        inside = 2 / math.pi * (angle + inside)
    return 0.5 + inside / 2
