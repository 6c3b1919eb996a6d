"""BD-rate against scipy's PCHIP, and the mean over patients against scipy's Student."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.interpolate import PchipInterpolator

from isthmus.quality import OperatingPoint, bd_rate, mean_with_confidence, rate_curve


def points(psnr, bpv):
    return [
        OperatingPoint(int(1000 * rate), rate, db, 0.9) for db, rate in zip(psnr, bpv, strict=True)
    ]


def by_scipy(tested, reference):
    curves = []
    for each in (tested, reference):
        ordered = sorted(each, key=lambda point: point.psnr)
        curves.append(
            PchipInterpolator(
                [point.psnr for point in ordered], np.log([point.bpv for point in ordered])
            )
        )
    low = max(curve.x[0] for curve in curves)
    high = min(curve.x[-1] for curve in curves)
    ours, theirs = (curve.integrate(low, high) / (high - low) for curve in curves)
    return 100 * (math.exp(ours - theirs) - 1), low, high


@pytest.mark.parametrize("seed", range(20))
def test_it_is_what_an_independent_pchip_gives(seed):
    rng = np.random.default_rng(seed)
    curves = []
    for _ in range(2):
        n = rng.integers(2, 9)
        psnr = rng.permutation(np.cumsum(rng.uniform(0.2, 5, n)) + rng.uniform(24, 27))
        # Not always monotone: the slopes at extrema and ends have rules of their own.
        curves.append(points(psnr, np.exp(psnr / 9 - 4 + rng.normal(0, 0.3, n))))
    found = bd_rate(*curves)
    percent, low, high = by_scipy(*curves)
    if low >= high:
        assert found is None
    else:
        assert found.percent == pytest.approx(percent, rel=1e-9)
        assert (found.low, found.high) == (low, high)


def test_a_tenth_fewer_bits_are_minus_ten_percent():
    psnr, rate = np.array([30.0, 34, 38, 43]), np.array([0.1, 0.2, 0.5, 1.3])
    assert bd_rate(points(psnr, 0.9 * rate), points(psnr, rate)).percent == pytest.approx(-10)
    assert bd_rate(points(psnr, rate), points(psnr, rate)).percent == pytest.approx(0)


def test_only_the_common_range_counts():
    reference = points([30, 34, 38], [0.1, 0.2, 0.4])
    # Half the rate where both are; ruinous above.
    tested = points([34, 36, 38, 39], [0.1, 0.1 * 2**0.5, 0.2, 50.0])
    found = bd_rate(tested[:3], reference)
    assert (found.low, found.high) == (34, 38)
    assert found.percent == pytest.approx(-50)


def test_curves_that_share_no_quality_have_none():
    assert bd_rate(points([30, 34], [0.1, 0.2]), points([34, 38], [0.2, 0.4])) is None
    assert bd_rate(points([30], [0.1]), points([28, 38], [0.2, 0.4])) is None


def test_lossless_points_and_costlier_twins_do_not_count():
    reference = points([30, 34, 38], [0.1, 0.2, 0.4])
    more = points([34, math.inf, math.nan], [0.3, 4.0, 4.0])
    assert bd_rate(reference + more, reference).percent == pytest.approx(0)


def test_what_is_drawn_is_what_is_compared():
    psnr, rate = np.array([30.0, 31, 38, 43]), np.array([0.1, 0.2, 0.5, 1.3])
    x, y = rate_curve(points(psnr, rate), 50)
    assert (x[0], x[-1], len(x)) == (30, 43, 50)
    assert np.log(y) == pytest.approx(PchipInterpolator(psnr, np.log(rate))(x))
    assert [len(each) for each in rate_curve(points([30], [0.1]), 50)] == [0, 0]


def test_a_rate_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        bd_rate(points([30, 34], [0.0, 0.2]), points([30, 34], [0.1, 0.2]))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 12, 31])
def test_the_interval_is_students(count):
    values = np.random.default_rng(count).normal(-40, 5, count)
    mean = mean_with_confidence(values)
    low, high = stats.t.interval(0.95, count - 1, values.mean(), stats.sem(values))
    assert (mean.value, mean.count) == (pytest.approx(values.mean()), count)
    assert mean.value - mean.half_width == pytest.approx(low)
    assert mean.value + mean.half_width == pytest.approx(high)


def test_one_patient_has_no_interval():
    mean = mean_with_confidence([-42.0])
    assert (mean.value, mean.count) == (-42.0, 1)
    assert math.isnan(mean.half_width)
    with pytest.raises(ValueError, match="nothing"):
        mean_with_confidence([])
