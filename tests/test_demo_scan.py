"""The demo scan is what its papers say: simulated, axial, with each lesion where it is listed."""

import json
import runpy

import numpy as np
import pytest

from isthmus import assets
from isthmus.scans import demo_scan, read

FOLDER = assets.folder("resources") / "demo"
LESIONS = json.loads((FOLDER / "lesions.json").read_text(encoding="utf-8"))["lesions"]


@pytest.fixture(scope="module")
def volume():
    return read(demo_scan())


def distances(volume, lesion):
    """Distance of each voxel from a lesion's centre, 1 at its surface."""
    k, j, i = np.indices(volume.shape, sparse=True)
    total = 0.0
    for axis, index in enumerate((i, j, k)):
        step, start = volume.affine[axis, axis], volume.affine[axis, 3]
        away = (step * index + start - lesion["centre_mm"][axis]) / (lesion["size_mm"][axis] / 2)
        total = total + away**2
    return np.sqrt(total)


def test_it_is_a_simulated_axial_scan_of_everyday_size(volume):
    assert volume.source.simulated
    assert volume.shape == (48, 256, 256)
    assert volume.spacing == (3.0, 1.0, 1.0)
    assert volume.voxels.dtype == np.uint16
    assert volume.orientation_known
    assert 1000 < volume.voxels.max() < 4096


def test_its_slices_rise_from_the_eyes_to_the_scalp(volume):
    head = (volume.voxels > 300).sum(axis=(1, 2))
    assert head[0] > 15_000
    assert head[-1] < 1_000
    top = volume.to_mm(47, 128, 128)
    bottom = volume.to_mm(0, 128, 128)
    assert top[2] - bottom[2] == pytest.approx(47 * 3.0)


@pytest.mark.parametrize("lesion", LESIONS, ids=lambda lesion: lesion["name"])
def test_each_lesion_has_its_contrast_at_its_place(volume, lesion):
    assert volume.to_voxel(*lesion["centre_mm"]) == pytest.approx(lesion["centre_voxel"], abs=0.01)
    away = distances(volume, lesion)
    inside = volume.voxels[away < 0.6].mean()
    around = np.median(volume.voxels[(away > 1.5) & (away < 2.2)])
    assert inside / around - 1 == pytest.approx(lesion["contrast"], abs=0.08)


def test_the_list_of_lesions_is_the_one_that_the_script_draws():
    made = runpy.run_path(str(FOLDER / "make.py"))["LESIONS"]
    drawn = [(lesion.name, lesion.centre_mm, lesion.size_mm) for lesion in made]
    listed = [(item["name"], tuple(item["centre_mm"]), tuple(item["size_mm"])) for item in LESIONS]
    assert listed == drawn
    assert [item["contrast"] for item in LESIONS] == [item.contrast for item in made]


def test_noise_is_as_realistic_as_promised(volume):
    corner = volume.voxels[:, :24, :24].astype(np.float64)
    deviation = np.sqrt(np.mean(corner**2) / 2)
    white_matter = np.median(volume.voxels[24, 90:110, 98:104])
    assert 22 < white_matter / deviation < 36
