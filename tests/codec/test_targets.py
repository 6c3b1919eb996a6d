"""A wanted PSNR or ratio is met by the file that comes out, or it is said what can be had."""

import math

import numpy as np
import pytest

import isthmus
from isthmus import codec
from isthmus.codec.targets import reach_psnr, reach_ratio
from isthmus.errors import TargetError
from isthmus.scans import Source, Volume
from isthmus.work import Cancelled, CancelToken

SHAPE = (8, 40, 40)


@pytest.fixture(scope="module")
def linear():
    """The floor that ships."""
    return codec.load("linear-dct-2", "cpu")


@pytest.fixture(scope="module")
def crop(head):
    """A piece of the demo scan, with no more stored than its voxels."""
    return Volume(head.voxels, head.affine)


@pytest.fixture(scope="module")
def noise():
    """Nothing that any model could foretell, in 8 bits."""
    return Volume(np.random.default_rng(0).integers(0, 256, SHAPE, np.uint8), np.eye(4))


@pytest.fixture(scope="module")
def saturated(head):
    """Twelve bits, a third of them at the upper end, below zero as in CT."""
    bright = head.voxels[:8, :40, 40:80].astype(float)
    values = np.clip(bright * 4095 / np.percentile(bright, 67), 0, 4095)
    return Volume((values - 1024).astype(np.int16), np.eye(4), unit="HU")


def psnr_of(engine, data, volume):
    return isthmus.compare(volume, engine.decompress(data)).psnr


@pytest.mark.parametrize("target", [27, 33.3, 40])
def test_the_model_that_ships_meets_a_psnr(crop, target):
    engine = codec.load(device="cpu")
    reached = reach_psnr(engine, crop, target)
    assert abs(psnr_of(engine, reached.data, crop) - target) <= 0.1
    assert reached.psnr == pytest.approx(psnr_of(engine, reached.data, crop), abs=1e-6)
    assert reached.tries <= 6
    header = codec.read_header(reached.data)
    assert engine.info.bottlenecks[header.bottleneck] == reached.bottleneck
    assert header.step == reached.step


@pytest.mark.parametrize("target", [8, 40, 150])
def test_the_model_that_ships_meets_a_ratio(crop, target):
    engine = codec.load(device="cpu")
    reached = reach_ratio(engine, crop, target)
    assert reached.ratio == crop.voxels.nbytes / len(reached.data)
    assert abs(reached.ratio / target - 1) <= 0.02
    assert reached.psnr is None
    assert reached.tries <= 6
    assert psnr_of(engine, reached.data, crop) > 20


@pytest.mark.parametrize("target", [12, 30])
def test_noise_meets_a_psnr(linear, noise, target):
    """It takes nearly every channel: the expected figures are far off."""
    reached = reach_psnr(linear, noise, target)
    assert abs(psnr_of(linear, reached.data, noise) - target) <= 0.1


def test_noise_that_no_model_shortens_is_better_than_asked(linear, noise):
    """Its samples are shorter than 60 dB of it would be, and exact."""
    reached = reach_psnr(linear, noise, 60)
    assert reached.psnr == math.inf
    np.testing.assert_array_equal(linear.decompress(reached.data).voxels, noise.voxels)
    assert len(reached.data) < noise.voxels.nbytes * 1.05


@pytest.mark.parametrize("target", [25, 45])
def test_saturated_values_below_zero_meet_a_psnr(linear, saturated, target):
    reached = reach_psnr(linear, saturated, target)
    assert abs(psnr_of(linear, reached.data, saturated) - target) <= 0.1


def test_a_constant_scan_has_every_psnr(linear):
    volume = Volume(np.full(SHAPE, -7, np.int16), np.eye(4))
    reached = reach_psnr(linear, volume, 40)
    assert reached.psnr == math.inf
    np.testing.assert_array_equal(linear.decompress(reached.data).voxels, volume.voxels)


def test_a_few_voxels_get_at_least_what_was_asked(linear):
    """Their curve is a stair."""
    values = np.random.default_rng(1).integers(0, 4000, (1, 2, 3)).astype(np.uint16)
    volume = Volume(values, np.eye(4))
    reached = reach_psnr(linear, volume, 41)
    assert psnr_of(linear, reached.data, volume) >= 40.9


def test_a_psnr_out_of_reach_says_what_can_be(linear, crop):
    with pytest.raises(TargetError, match=r"to 3 dB: even at its coarsest") as caught:
        reach_psnr(linear, crop, 3)
    least = float(caught.value.remedy.split()[-2])
    assert 3 < least < 25
    # What is said to be possible is.
    assert reach_psnr(linear, crop, least).psnr == pytest.approx(least, abs=0.1)


def test_a_ratio_out_of_reach_says_what_can_be(linear, noise):
    with pytest.raises(TargetError, match=r"100000:1 by linear-dct-2: the nearest .* is \d+:1"):
        reach_ratio(linear, noise, 100_000)
    with pytest.raises(TargetError, match=r"0.1:1 by linear-dct-2"):
        reach_ratio(linear, noise, 0.1)


def test_a_ratio_is_to_the_bits_that_the_scan_stores(linear, saturated):
    stored = saturated.voxels.size * 3 // 2
    twelve = Volume(saturated.voxels, np.eye(4), source=Source(stored_bytes=stored))
    reached = reach_ratio(linear, twelve, 9)
    assert reached.ratio == stored / len(reached.data)
    assert abs(reached.ratio / 9 - 1) <= 0.02


@pytest.mark.parametrize("reach", [reach_psnr, reach_ratio])
@pytest.mark.parametrize("target", [0, -1, math.nan, math.inf])
def test_a_target_is_a_number_above_0(linear, noise, reach, target):
    with pytest.raises(ValueError, match="a number above 0"):
        reach(linear, noise, target)


@pytest.mark.parametrize("reach", [reach_psnr, reach_ratio])
def test_a_search_tells_its_progress_and_stops_when_it_is_cancelled(linear, noise, reach):
    cancel = CancelToken()
    told = []

    def progress(fraction, text=""):
        told.append((fraction, text))
        cancel.cancel()

    with pytest.raises(Cancelled):
        reach(linear, noise, 20, progress=progress, cancel=cancel)
    ((fraction, text),) = told
    assert 0 < fraction <= 1
    assert text.startswith("Try 1: ")
