"""A height is found on a family of falling curves, whatever was expected of them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec.search import MOST_TRIES, OutOfReachError, lines, search

STEPS = (0.6, 0.45, 0.32, 0.21, 0.15, 0.105, 0.055, 0.022)
PLACES = tuple(math.log(step) for step in STEPS)
EXPECTED = (30.6, 32.2, 34.1, 36.4, 38.3, 40.5, 45.5, 52.3)
SLOPE = -20 / math.log(10)


def quantiser(kept):
    """Return a measurement like PSNR: what is dropped at any step, and what the step costs.

    Args:
        kept: Share of the energy that each curve keeps.
    """

    def measure(index, x):
        asked.append((index, x))
        error = 0.02 * (1 - kept[index]) + min(math.exp(2 * x) / 12, 0.3)
        return -10 * math.log10(error)

    asked = []
    measure.asked = asked
    return measure


USUAL = (0.95, 0.97, 0.98, 0.988, 0.993, 0.997, 0.9995, 1.0)
# White noise: each curve keeps as much as it has channels.
NOISE = tuple(channels / 128 for channels in (4, 8, 16, 32, 48, 64, 96, 128))


@settings(deadline=None)
@given(
    target=st.floats(8, 85),
    kept=st.sampled_from((USUAL, NOISE)),
    off=st.floats(-15, 15),
)
def test_the_height_is_met(target, kept, off):
    measure = quantiser(kept)
    family = lines(PLACES, [height + off for height in EXPECTED], SLOPE)
    found = search(measure, family, target, 0.1)
    assert found.met
    assert found.best == found.tries[-1]
    assert abs(found.best.y - target) <= 0.1
    assert [(one.index, one.x) for one in found.tries] == measure.asked


@pytest.mark.parametrize("target", [31, 33, 35.5, 38, 40, 44, 50, 60])
def test_where_expectations_hold_a_few_tries_are_enough(target):
    measure = quantiser(USUAL)
    own = [measure(index, place) for index, place in enumerate(PLACES)]
    found = search(measure, lines(PLACES, [y - 1.5 for y in own], SLOPE), target, 0.1)
    assert found.met
    assert len(found.tries) <= 4


def test_the_lowest_curve_that_is_high_enough_is_taken():
    """Others would spend bytes on channels that the step leaves empty."""
    measure = quantiser(USUAL)
    own = [measure(index, place) for index, place in enumerate(PLACES)]
    family = lines(PLACES, own, SLOPE)
    for index, height in enumerate(own[1:], 1):
        assert search(measure, family, height - 0.3, 0.1).best.index == index


@pytest.mark.parametrize(("target", "end"), [(3.0, 0), (150.0, 7)])
def test_out_of_reach_tells_the_end_of_the_curves(target, end):
    measure = quantiser(USUAL)
    with pytest.raises(OutOfReachError) as caught:
        search(measure, lines(PLACES, EXPECTED, SLOPE), target, 0.1)
    assert caught.value.nearest.index == end
    asked = [measure(*one) for one in list(measure.asked)]
    assert caught.value.nearest.y == (min(asked) if end == 0 else max(asked))


def test_where_a_curve_jumps_over_the_height_the_place_above_is_best():
    measure = quantiser(USUAL)

    def jumping(index, x):
        return measure(index, x) if x > math.log(0.05) else math.inf

    found = search(jumping, lines(PLACES, EXPECTED, SLOPE), 60.0, 0.1)
    assert not found.met
    assert found.best.y == math.inf
    assert len(found.tries) == MOST_TRIES


def test_heights_that_nobody_expected_are_found_all_the_same():
    found = search(quantiser(USUAL), lines(PLACES, [0.0] * 8, SLOPE), 37.0, 0.1)
    assert found.met
    # Sizes that were trained each by itself may share a step.
    measure = quantiser(USUAL)
    found = search(
        lambda index, x: measure(index, x), lines([PLACES[-1]] * 8, EXPECTED, SLOPE), 41.0, 0.1
    )
    assert found.met


def test_one_curve_alone_is_searched():
    found = search(quantiser((1.0,)), lines((PLACES[3],), (30.0,), SLOPE), 55.0, 0.1)
    assert found.met
