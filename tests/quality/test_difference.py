"""Difference maps are signed and in real units; their first scale ignores empty background."""

from dataclasses import replace

import numpy as np
import pytest

from isthmus.quality import difference, difference_limit, difference_volume
from isthmus.scans.volume import Source, Volume

AFFINE = np.eye(4)


def volume(voxels, **more):
    return Volume(np.asarray(voxels), AFFINE, **more)


def test_the_sign_is_reconstruction_minus_original():
    ours = volume(np.array([[[10, 20]]], np.uint16))
    theirs = volume(np.array([[[12, 15]]], np.uint16))
    found = difference(ours, theirs)
    assert found.dtype == np.float32
    assert found.tolist() == [[[2.0, -5.0]]]


def test_the_file_scale_is_applied_and_its_offset_cancels():
    ours = volume(np.array([[[10, 20]]], np.uint16), scale=0.5, offset=-1000.0)
    theirs = volume(np.array([[[12, 15]]], np.uint16), scale=0.5, offset=-1000.0)
    assert difference(ours, theirs).tolist() == [[[1.0, -2.5]]]


def test_the_limit_is_twice_the_99th_percentile_of_the_foreground():
    ours = np.zeros((2, 100, 100), np.int16)
    ours[1] = 500
    theirs = ours.copy()
    theirs[1] += np.linspace(0, 100, 10_000).reshape(100, 100).astype(np.int16)
    assert difference_limit(volume(ours), volume(theirs)) == 200.0

    theirs[0] += 30_000
    assert difference_limit(volume(ours), volume(theirs)) == 200.0


@pytest.mark.parametrize(("error", "limit"), [(617, 1200.0), (62, 120.0), (4, 8.0)])
def test_the_limit_has_two_significant_figures(error, limit):
    ours = np.arange(1000, dtype=np.int16).reshape(10, 10, 10)
    assert difference_limit(volume(ours), volume(ours + np.int16(error))) == limit


def test_the_limit_of_small_real_values():
    ours = np.linspace(0, 1, 1000, dtype=np.float32).reshape(10, 10, 10)
    assert difference_limit(volume(ours), volume(ours + np.float32(0.01234))) == 0.025


@pytest.mark.parametrize("scale", [1.0, 0.25])
def test_the_limit_of_identical_volumes_is_one_stored_step(scale):
    ours = volume(np.arange(27, dtype=np.int16).reshape(3, 3, 3), scale=scale)
    assert difference_limit(ours, ours) == scale


def test_the_limit_of_a_constant_volume_is_not_zero():
    ours = volume(np.full((3, 3, 3), 7, np.int16))
    assert difference_limit(ours, ours) == 1.0


def test_another_grid_is_refused():
    with pytest.raises(ValueError, match="different grids"):
        difference(volume(np.zeros((1, 2, 2))), volume(np.zeros((1, 2, 3))))


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [("u1", "u1", "i2"), ("u2", "u2", "i2"), ("i2", "i2", "i2"), ("f4", "f4", "f4")],
)
def test_a_difference_volume_is_signed_and_exact(ours: str, theirs: str, kind: str) -> None:
    values = np.arange(24).reshape(2, 3, 4)
    original = Volume(values.astype(ours), np.diag((2, 2, 3, 1)), 0.5, 7.0)
    back = replace(original, voxels=(23 - values).astype(theirs), source=Source(lossy="9:1, m"))
    found = difference_volume(original, back)
    np.testing.assert_array_equal(found.voxels, 23 - 2 * values)
    assert found.voxels.dtype == np.dtype(kind)
    assert found.same_grid(original)
    np.testing.assert_array_equal(
        found.real(found.voxels), back.real(back.voxels) - original.real(original.voxels)
    )
    assert found.source.lossy == "difference, 9:1, m"
    assert found.windows[0].centre == 0


def test_a_difference_that_needs_more_bits_gets_them() -> None:
    original = Volume(np.array([[[0, 65535]]], dtype="u2"), np.eye(4))
    back = replace(original, voxels=original.voxels[..., ::-1])
    found = difference_volume(original, back).voxels
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, [[[65535, -65535]]])


def test_a_difference_of_other_grids_or_scales_is_refused() -> None:
    original = Volume(np.zeros((2, 3, 4), "u2"), np.eye(4))
    for other in (replace(original, affine=np.diag((1, 1, 2, 1))), replace(original, scale=2.0)):
        with pytest.raises(ValueError, match="different grids or scales"):
            difference_volume(original, other)
