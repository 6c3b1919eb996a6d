"""Counts and percentiles of a scan, against numpy's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import a_volume

from isthmus.ui.windowing.histogram import count

RNG = np.random.default_rng(5)
SHARES = (0.5, 10.0, 50.0, 99.5, 100.0)


def test_whole_numbers_are_counted_one_by_one() -> None:
    voxels = RNG.integers(-300, 2000, (4, 20, 20)).astype(np.int16)
    volume = a_volume(voxels=voxels, scale=2.0, offset=-10.0)
    counted = count(volume)
    real = volume.real(voxels)
    assert counted.exact
    assert (counted.minimum, counted.maximum) == (real.min(), real.max())
    assert counted.total == voxels.size
    values = counted.first + counted.step * np.arange(len(counted.counts))
    for value, number in zip(*np.unique(real, return_counts=True), strict=True):
        assert counted.counts[values == value] == number
    for share in SHARES:
        expected = np.percentile(real, share, method="inverted_cdf")
        assert counted.percentile(share) == expected


@given(st.lists(st.integers(0, 40), min_size=8, max_size=8), st.floats(0, 100))
def test_a_percentile_is_what_so_many_voxels_do_not_exceed(values: list[int], share: float) -> None:
    voxels = np.array(values, np.uint8).reshape(2, 2, 2)
    counted = count(a_volume(voxels=voxels))
    expected = np.percentile(voxels, share, method="inverted_cdf")
    # numpy asks for a share of the steps between voxels at its very ends; one voxel at most.
    assert counted.percentile(share) == pytest.approx(float(expected))


def test_fractions_and_a_falling_scale_keep_exact_ends() -> None:
    voxels = RNG.normal(100, 40, (3, 30, 30)).astype(np.float32)
    volume = a_volume(voxels=voxels, scale=-0.5, offset=3.0)
    counted, real = count(volume), volume.real(voxels)
    assert not counted.exact
    assert (counted.minimum, counted.maximum) == (real.min(), real.max())
    for share in SHARES:
        expected = np.percentile(real, share, method="inverted_cdf")
        assert counted.percentile(share) == pytest.approx(expected, abs=counted.step)


def test_padding_and_nan_are_no_values() -> None:
    voxels = RNG.normal(5, 1, (3, 8, 8)).astype(np.float32)
    voxels[0, 0, 0], voxels[1, 1, 1] = np.nan, -5000
    counted = count(a_volume(voxels=voxels, padding=(-6000.0, -4000.0)))
    assert counted.total == voxels.size - 2
    assert counted.minimum > 0


def test_the_plot_gets_every_voxel_once() -> None:
    voxels = RNG.integers(0, 5000, (4, 16, 16)).astype(np.uint16)
    counted = count(a_volume(voxels=voxels))
    coarse = counted.over(-0.5, 4999.5, 100)
    expected, _ = np.histogram(voxels, 100, (-0.5, 4999.5))
    np.testing.assert_array_equal(coarse, expected)
    # Finer than the values, each stands as a step of its own height.
    fine = counted.over(99.5, 103.5, 40)
    heights = [np.count_nonzero(voxels == value) for value in (100, 101, 102, 103)]
    np.testing.assert_array_equal(fine, np.repeat(heights, 10))


def test_the_foreground_is_what_is_above_otsus_threshold() -> None:
    voxels = np.zeros((2, 10, 10), np.uint16)
    voxels[:, 3:7, 2:8] = 800 + RNG.integers(0, 50, (2, 4, 6))
    counted = count(a_volume(voxels=voxels))
    assert 50 < counted.threshold < 800
    assert counted.foreground_share == pytest.approx(24 / 100)
