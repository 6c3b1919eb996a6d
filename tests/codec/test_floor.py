"""On a patient whom no model was trained on: more bytes, more quality, and never below the floor.

Measured here on the middle slices, so that the test stays quick. The figures of the whole scan were
measured when the model was published; they stand in its card and are held to the same rules.
"""

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from isthmus import codec, read
from isthmus.quality import value_range
from isthmus.scans.volume import Volume

MODELS = [model.name for model in codec.models()]
# The classic family is there to show where it falls short, and may lie below the floor.
FLOORED = [model.name for model in codec.models() if model.family != "classic"]
FLOOR = "linear-dct-2"
SLICES = 16


@pytest.fixture(scope="module")
def scans(shared_data):
    """The validation patient's scans: the middle slices of each."""
    found = []
    for path in sorted((shared_data / "ms-longitudinal" / "validation").rglob("*.nii*")):
        if path.name.startswith("gt."):
            continue
        whole = read(path)
        start = (whole.shape[0] - SLICES) // 2
        found.append(Volume(whole.voxels[start : start + SLICES], whole.affine))
    assert found
    return found


@pytest.fixture(scope="module")
def curve(scans):
    """Return bits per voxel and PSNR of every bottleneck of a model, measured once."""
    known = {}

    def measure(name):
        if name not in known:
            engine = codec.load(name, "cpu")
            known[name] = np.mean([points(engine, scan) for scan in scans], axis=0)
        return known[name]

    return measure


def points(engine, scan):
    """Return (bits per voxel, PSNR) for each bottleneck, from real bytes."""
    low, high = value_range(scan)
    found = []
    for bottleneck in engine.info.bottlenecks:
        data = engine.compress(scan, bottleneck)
        decoded = engine.decompress(data)
        error = np.mean((decoded.voxels.astype(np.float64) - scan.voxels) ** 2)
        found.append((8 * len(data) / scan.voxels.size, 10 * np.log10((high - low) ** 2 / error)))
    return found


def card(name):
    """Return the same from a model's card."""
    rows = codec.find_model(name).card["validation"]
    return np.array([(row["bpv"], row["psnr"]) for row in rows])


def assert_rises(points):
    rate, psnr = points.T
    assert (np.diff(rate) > 0).all(), rate
    assert (np.diff(psnr) > 0).all(), psnr


def assert_not_below(points, floor_points, tolerance=0.0):
    floor_rate, floor_psnr = floor_points.T
    floor = PchipInterpolator(np.log(floor_rate), floor_psnr)
    for rate, psnr in points:
        # Beyond its ends the floor goes on straight.
        inside = np.clip(np.log(rate), np.log(floor_rate[0]), np.log(floor_rate[-1]))
        at = floor(inside) + floor(inside, 1) * (np.log(rate) - inside)
        assert psnr >= at - tolerance, f"{psnr} dB at {rate} bits per voxel; the floor has {at} dB"


@pytest.mark.parametrize("name", MODELS)
def test_quality_and_size_rise_at_every_step(curve, name):
    assert_rises(curve(name))


@pytest.mark.parametrize("name", FLOORED)
def test_no_bottleneck_is_below_the_linear_floor_at_its_rate(curve, name):
    assert_not_below(curve(name), curve(FLOOR), tolerance=1e-9)


@pytest.mark.parametrize("name", MODELS)
def test_the_card_says_that_they_rise_on_the_whole_scan(name):
    assert_rises(card(name))


@pytest.mark.parametrize("name", FLOORED)
def test_the_card_says_that_none_is_below_the_floor_on_the_whole_scan(name):
    assert_not_below(card(name), card(FLOOR), tolerance=0.005)  # two decimals


def test_a_model_below_the_floor_would_be_found():
    floor = card(FLOOR)
    with pytest.raises(AssertionError, match="the floor has"):
        assert_not_below(floor - [0, 0.05], floor)
    with pytest.raises(AssertionError, match="the floor has"):
        assert_not_below(floor * [1.05, 1], floor)
    with pytest.raises(AssertionError):
        assert_rises(floor[::-1])
