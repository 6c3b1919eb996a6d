"""Where one of a family of falling curves crosses a height, found by few measurements.

A codec's PSNR, and the logarithm of its files' size, both fall as the logarithm of the step of
quantisation grows. Each bottleneck has such a curve, and a step of its own on it. At finer steps
than that it gains little, as what it drops is lost at any step; at coarser ones it comes down as
far as one likes. So the curve to take is the lowest that is high enough at its own step, and the
place on it lies at its own step or at a coarser one; only the highest curve is also used at finer
ones. Here nothing is known of codecs::

    expected heights ─▶ curve, place on it ─▶ measure ─┬─▶ near enough: done
                              ▲                        │
                              └─ a line through tries ─┘

The first try takes the expected heights at their word, the second shifts them by what the first
one missed; the others stay on their curve, draw lines between tries, and leave it only if it turns
out not to reach the height.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Where the curves are as expected, three or four are enough.
MOST_TRIES = 12
# How much coarser than its own place a curve is used, and how much finer the highest.
_COARSER, _FINEST = math.log(64), math.log(256)
# A line through two near tries may have any slope; it is believed so far from the expected one.
_STEEPEST, _SHALLOWEST = 3.0, 0.1
# Between two tries, the part next to each that is left out, so that every try shortens the rest.
_MARGIN = 0.02
# So many tries on one curve, and the rest is halved now and then: that ends well on any curve.
_PATIENCE = 4


@dataclass(frozen=True)
class Try:
    """One measurement.

    Attributes:
        index: Of the curve.
        x: Place on it: the logarithm of the step.
        y: Height there.
    """

    index: int
    x: float
    y: float


@dataclass(frozen=True)
class Found:
    """How a search ended.

    Attributes:
        best: Where the height is met; or, where the curve jumps over it, the place just above.
        met: Whether it is met.
        tries: All of them, in order.
    """

    best: Try
    met: bool
    tries: tuple[Try, ...]


class OutOfReachError(Exception):
    """The height lies above all curves, or below them.

    Attributes:
        nearest: The end of the curves.
    """

    def __init__(self, nearest: Try) -> None:
        self.nearest = nearest
        super().__init__(f"{nearest}")


@dataclass(frozen=True)
class Line:
    """What is expected of one curve.

    Attributes:
        place: Its own place, where it serves best.
        height: Expected there.
        slope: dy/dx around it, below 0.
    """

    place: float
    height: float
    slope: float

    def height_at(self, x: float) -> float:
        """Return the height expected at a place."""
        return self.height + self.slope * (x - self.place)

    def place_of(self, y: float) -> float:
        """Return the place where a height is expected."""
        return self.place + (y - self.height) / self.slope


def lines(places: Sequence[float], heights: Sequence[float], slope: float) -> tuple[Line, ...]:
    """Return what is expected of a family of curves, the coarsest first.

    Args:
        places: Each curve's own.
        heights: Expected there. Where they do not rise, as if unknown, the slope gives them.
        slope: dy/dx where the neighbours in the family do not give it; below 0.
    """
    if any(high <= low for low, high in pairwise(heights)):
        heights = [slope * place for place in places]
    own = list(zip(places, heights, strict=True))
    between = [
        (y1 - y0) / (x1 - x0) if x1 < x0 and y1 > y0 else slope
        for (x0, y0), (x1, y1) in pairwise(own)
    ]
    # A curve's slope is the mean of those to its neighbours; the ends have one neighbour.
    left, right = (between[:1] or [slope]) + between, between + (between[-1:] or [slope])
    return tuple(
        Line(x, y, (one + other) / 2) for (x, y), one, other in zip(own, left, right, strict=True)
    )


def search(
    measure: Callable[[int, float], float], family: Sequence[Line], target: float, within: float
) -> Found:
    """Find a curve and a place on it where the height is the target.

    Args:
        measure: Returns the height at a place, given a curve's index; may be infinite.
        family: What is expected of the curves, the coarsest first.
        target: The height.
        within: How near to it is near enough.

    Raises:
        OutOfReachError: The target lies above or below what the curves reach.
    """
    last = finest = len(family) - 1  # `finest`: the curve that is used at finer places, too
    low, high = -1, len(family)  # curves that do not come up to the target, or down to it
    failures = 0
    tries: list[Try] = []
    index = _lowest(family, target, low, high)
    x = family[index].place_of(target)
    while len(tries) < MOST_TRIES:
        fine, coarse = _bounds(family[index], finer=index == finest)
        x = min(max(x, fine), coarse)
        one = Try(index, x, measure(index, x))
        tries.append(one)
        if abs(one.y - target) <= within:
            return Found(one, True, tuple(tries))
        missed = one.y - family[index].height_at(x)
        same = [each for each in tries if each.index == index]
        x = _next_place(same, family[index], target)
        if x < fine and (index != finest or one.x == fine):
            low = index
            # Further up each time: a scan like none in the training may need the highest.
            leap = 1 << max(0, failures - 1)
            index = max(index + leap, _lowest(family, target - missed, low, high))
            failures += 1
        elif x > coarse and one.x == coarse:
            high = index
            index = _lowest(family, target - missed, low, high)
        elif len(tries) == 1:
            index = _lowest(family, target - missed, low, high)
        else:
            continue
        index = min(max(index, low + 1), high - 1)
        if not low < index < high:
            if low in (-1, finest):
                break
            # The height lies in a gap between two curves: finer places of the lower one reach it.
            finest, index, low = low, low, low - 1
            same = [each for each in tries if each.index == index]
            x = _next_place(same, family[index], target)
        elif index != one.index:
            # If expectations failed more than once, only a curve's own place says if it will do.
            x = family[index].place_of(target - missed) if failures < 2 else family[index].place
    above = [one for one in tries if one.y > target]
    if low == last or not above:
        raise OutOfReachError(max(tries, key=lambda one: one.y))
    if high == 0:
        raise OutOfReachError(min(tries, key=lambda one: one.y))
    return Found(min(above, key=lambda one: one.y), False, tuple(tries))


def _lowest(family: Sequence[Line], target: float, low: int, high: int) -> int:
    """Return the lowest curve between two that is expected to reach a height at its own place."""
    for index in range(low + 1, high):
        if family[index].height >= target:
            return index
    return high - 1


def _bounds(line: Line, *, finer: bool) -> tuple[float, float]:
    """Return between which places a curve is used, the finer first."""
    return line.place - (_FINEST if finer else 0.0), line.place + _COARSER


def _next_place(same: Sequence[Try], line: Line, target: float) -> float:
    """Return where to try a curve next, which may be further than it is used.

    Args:
        same: The tries on it, in order; the last one missed.
        line: What is expected of it.
        target: The height.
    """
    above, below = ([one for one in same if (one.y > target) is side] for side in (True, False))
    if not (above and below):
        return _beyond(same, line, target)
    fine, coarse = max(above, key=lambda one: one.x), min(below, key=lambda one: one.x)
    share = 0.5
    if math.isfinite(fine.y) and not (len(same) > _PATIENCE and len(same) % 2):
        # Through the two tries that came nearest, if their line stays between the two sides.
        first, second = sorted(same, key=lambda one: abs(one.y - target))[:2]
        x = _crossing(first, second, target)
        if not fine.x < x < coarse.x:
            x = _crossing(fine, coarse, target)
        share = (x - fine.x) / (coarse.x - fine.x)
    return fine.x + min(max(share, _MARGIN), 1 - _MARGIN) * (coarse.x - fine.x)


def _crossing(first: Try, second: Try, target: float) -> float:
    """Return where a line through two tries meets the target; NaN if it does not."""
    rise = second.y - first.y
    return first.x + (target - first.y) * (second.x - first.x) / rise if rise else math.nan


def _beyond(same: Sequence[Try], line: Line, target: float) -> float:
    """Return where a line through the last tries, all on one side of the target, meets it."""
    last, slope = same[-1], line.slope
    if len(same) > 1 and math.isfinite(same[-2].y) and last.x != same[-2].x:
        slope = (last.y - same[-2].y) / (last.x - same[-2].x)
        slope = min(max(slope, line.slope * _STEEPEST), line.slope * _SHALLOWEST)
    return last.x + (target - last.y) / slope
