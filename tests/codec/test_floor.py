"""On a patient whom no model was trained on: more bytes, more quality, and never below the floor.

Means over a few whole slabs around the middle of each scan, so that the test stays quick; the
figures of whole scans stand in each model's card.
"""

import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from isthmus import codec, read
from isthmus.quality import value_range
from isthmus.scans.volume import Volume

MODELS = [model.name for model in codec.models()]
TRAINED = [model.name for model in codec.models() if model.family == "trained"]
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
        data = engine.write(engine.encode(scan, bottleneck))
        decoded = engine.decode(engine.read(data))
        error = np.mean((decoded.voxels.astype(np.float64) - scan.voxels) ** 2)
        found.append((8 * len(data) / scan.voxels.size, 10 * np.log10((high - low) ** 2 / error)))
    return found


@pytest.mark.parametrize("name", MODELS)
def test_quality_and_size_rise_at_every_step(curve, name):
    rate, psnr = curve(name).T
    assert (np.diff(rate) > 0).all(), rate
    assert (np.diff(psnr) > 0).all(), psnr


@pytest.mark.parametrize("name", TRAINED)
def test_no_bottleneck_is_below_the_linear_floor_at_its_rate(curve, name):
    floor_rate, floor_psnr = curve("linear-dct-1").T
    floor = PchipInterpolator(np.log(floor_rate), floor_psnr)
    for rate, psnr in curve(name):
        # Beyond the floor's ends its curve goes on straight, as it does between them, nearly.
        inside = np.clip(np.log(rate), np.log(floor_rate[0]), np.log(floor_rate[-1]))
        at = floor(inside) + floor(inside, 1) * (np.log(rate) - inside)
        assert psnr >= at, f"{psnr:.2f} dB at {rate:.4f} bits per voxel; the floor has {at:.2f} dB"
