"""The foreground is the body with what it encloses, without the air round it."""

import numpy as np
import pytest

from isthmus.quality import Foreground
from isthmus.scans.volume import Volume

AFFINE = np.diag([1.0, 1.0, 3.0, 1.0])


def a_head(shape=(6, 60, 50)):
    """A bright ring round dark fluid round tissue, in noisy air, with one far too bright voxel."""
    rng = np.random.default_rng(1)
    _, y, x = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij")
    radius = np.hypot(y, x)
    voxels = np.where(radius < 0.8, 300.0, 4.0)
    voxels[(radius < 0.6) & (radius > 0.4)] = 5.0
    voxels[radius < 0.4] = 200.0
    voxels += np.abs(rng.normal(0, 3.0, shape))
    voxels[0, 0, 0] = 30_000.0
    return voxels, radius < 0.8


def test_it_is_the_body_with_what_it_encloses():
    voxels, body = a_head()
    foreground = Foreground(Volume(voxels.astype(np.int16), AFFINE))
    for k in range(1, 6):
        np.testing.assert_array_equal(foreground.mask(voxels[k].astype(np.int16)), body[k])


def test_it_is_judged_in_real_units():
    voxels, body = a_head()
    stored = (4000 - voxels.clip(0, 4000)).astype(np.int16)  # bright is low
    volume = Volume(stored, AFFINE, scale=-1.0, offset=4000.0)
    np.testing.assert_array_equal(Foreground(volume).mask(stored[3]), body[3])


def test_what_is_no_picture_counts_as_air():
    voxels, body = a_head()
    stored = voxels.astype(np.int16)
    stored[:, :10] = 3000
    volume = Volume(stored, AFFINE, padding=(3000, 3000))
    expected = body[3].copy()
    expected[:10] = False
    np.testing.assert_array_equal(Foreground(volume).mask(stored[3]), expected)


@pytest.mark.parametrize("value", [0, 7])
def test_a_constant_scan_has_no_foreground(value):
    voxels = np.full((2, 9, 9), value, np.uint8)
    assert not Foreground(Volume(voxels, AFFINE)).mask(voxels[0]).any()


def test_a_scan_that_is_all_padding_has_no_foreground():
    voxels = np.full((2, 9, 9), 5, np.uint8)
    volume = Volume(voxels, AFFINE, padding=(5, 5))
    assert not Foreground(volume).mask(voxels[0]).any()


def test_a_coronal_slice_has_a_foreground_too():
    voxels, body = a_head()
    stored = voxels.astype(np.int16)
    volume = Volume(stored, AFFINE)
    found = Foreground(volume).mask(stored[:, 30, :])
    np.testing.assert_array_equal(found[1:, :][:, :4], body[1:, 30, :4])
    assert found[3, 25]
