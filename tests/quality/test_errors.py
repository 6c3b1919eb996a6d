"""Errors are counted, agreement is Bland and Altman's, and the worst places are found."""

import math

import numpy as np
import pytest
from scipy.ndimage import label, uniform_filter

from isthmus.quality import Foreground
from isthmus.quality.errors import find_errors
from isthmus.scans.volume import Volume
from isthmus.work import Cancelled, CancelToken

AFFINE = np.diag([1.0, 1.0, 3.0, 1.0])
SHAPE = (6, 72, 66)


def a_pair(dtype=np.int16, scale=1.0, sigma=8.0):
    """A bright block in dark air, and noise on it; volume, other voxels, and where the block is."""
    rng = np.random.default_rng(3)
    voxels = np.zeros(SHAPE)
    voxels[:, 8:64, 8:60] = 500 + 100 * np.sin(np.arange(52) / 7)
    changed = voxels + rng.normal(0, sigma, SHAPE) * (voxels > 0)
    changed += 40 * (voxels == 0) * rng.random(SHAPE)  # what happens in the air does not count
    if np.dtype(dtype).kind in "ui":
        voxels, changed = np.rint(voxels), np.rint(changed)
    volume = Volume(voxels.astype(dtype), AFFINE, scale=scale)
    body = np.zeros(SHAPE, bool)
    body[:, 8:64, 8:60] = True
    return volume, changed.astype(dtype), body


def errors_of(volume, changed):
    return find_errors(volume, changed, Foreground(volume))


@pytest.mark.parametrize(("dtype", "scale"), [(np.int16, 0.5), (np.float32, 1.0)])
def test_the_histogram_counts_every_voxel_of_the_foreground(dtype, scale):
    volume, changed, body = a_pair(dtype, scale)
    found = errors_of(volume, changed).histogram
    expected = (changed.astype(float) - volume.voxels)[body] * scale
    assert found.counts.sum() == body.sum()
    np.testing.assert_array_equal(found.counts, np.histogram(expected, found.edges)[0])
    assert found.mean == pytest.approx(expected.mean(), rel=1e-6)
    assert found.sd == pytest.approx(expected.std(), rel=1e-6)
    assert found.percentiles == pytest.approx(np.percentile(expected, (1, 99)), rel=1e-5)
    np.testing.assert_allclose(found.edges, -found.edges[::-1])
    assert found.edges[-1] >= np.abs(expected).max()


def test_bins_of_whole_numbers_hold_equally_many_of_them():
    volume, changed, _ = a_pair(sigma=60.0)
    edges = errors_of(volume, changed).histogram.edges
    width = edges[1] - edges[0]
    assert width == round(width)
    assert width % 2 == 1
    assert (edges * 2 % 2 == 1).all()  # between two whole numbers


def test_agreement_is_that_of_block_means():
    volume, changed, body = a_pair()
    found = errors_of(volume, changed).agreement
    means, differences = [], []
    for k in range(SHAPE[0]):
        for top in range(0, SHAPE[1], 16):
            for left in range(0, SHAPE[2], 16):
                box = (k, slice(top, top + 16), slice(left, left + 16))
                inside = body[box]
                if inside.mean() >= 0.5:
                    ours, theirs = volume.voxels[box][inside].mean(), changed[box][inside].mean()
                    means.append((ours + theirs) / 2)
                    differences.append(theirs - ours)
    np.testing.assert_allclose(found.means, means)
    np.testing.assert_allclose(found.differences, differences, atol=1e-9)
    assert found.bias == pytest.approx(np.mean(differences))
    assert found.sd == pytest.approx(np.std(differences, ddof=1))
    assert found.limits[1] == pytest.approx(found.bias + 1.96 * found.sd)
    assert len(found.places) == len(means)
    assert body[tuple(found.places.T)].mean() > 0.9


def test_what_was_removed_and_added_is_found_and_ranked():
    volume, changed, _ = a_pair(sigma=2.0)
    changed[2, 20:29, 20:29] -= 60
    changed[4, 40:45, 40:45] += 80
    changed[3, 20:29, 20:29] -= 60
    first, second, *rest = errors_of(volume, changed).worst
    assert first.mean == pytest.approx(-60, abs=10)
    assert first.place[0] in (2, 3)
    assert all(20 <= at < 29 for at in first.place[1:])
    assert second.mean > 0
    assert second.place[0] == 4
    assert all(38 <= at < 47 for at in second.place[1:])
    assert all(abs(r.mean) * r.voxels <= abs(second.mean) * second.voxels for r in rest)


def test_places_are_joined_as_scipy_joins_them():
    volume, changed, body = a_pair(sigma=30.0)
    error = changed.astype(float) - volume.voxels
    averaged = np.array([uniform_filter(each, 5, mode="nearest") for each in error])
    threshold = np.percentile(np.abs(averaged[body]).astype(np.float32), 99.9)
    expected = []
    for sign in (-1, 1):
        groups, count = label((sign * averaged > threshold) & body)
        expected += [
            (int((groups == n).sum()), float(error[groups == n].sum())) for n in range(1, count + 1)
        ]
    expected.sort(key=lambda group: -abs(group[1]))
    found = errors_of(volume, changed).worst
    assert [each.voxels for each in found] == [voxels for voxels, _ in expected[:10]]
    sums = [each.mean * each.voxels for each in found]
    assert sums == pytest.approx([total for _, total in expected[:10]])


def test_a_row_does_not_touch_the_next_one_across_the_edge():
    voxels = np.zeros((1, 400, 200), np.int16)
    voxels[0, :200] = 100
    changed = voxels.copy()
    changed[0, 10:13, 197:] += 50
    changed[0, 11:14, :3] += 50
    found = errors_of(Volume(voxels, AFFINE), changed).worst
    assert len(found) == 2
    assert {each.place[2] > 20 for each in found} == {True, False}


def test_an_identical_volume_has_no_worst_place():
    volume, _, body = a_pair()
    found = errors_of(volume, volume.voxels)
    assert found.worst == ()
    assert found.histogram.counts.sum() == body.sum()
    assert (found.histogram.mean, found.histogram.sd) == (0.0, 0.0)
    assert found.agreement.bias == 0.0


def test_a_scan_without_foreground_has_nothing_to_tell():
    volume = Volume(np.full((2, 20, 20), 5, np.uint8), AFFINE)
    found = errors_of(volume, volume.voxels + np.uint8(1))
    assert found.worst == ()
    assert found.histogram.counts.sum() == 0
    assert math.isnan(found.histogram.mean)
    assert math.isnan(found.agreement.bias)


def test_it_stops_when_it_is_not_wanted_any_more():
    volume, changed, _ = a_pair()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        find_errors(volume, changed, Foreground(volume), cancel=cancel)


def test_other_shapes_are_refused():
    volume, changed, _ = a_pair()
    with pytest.raises(ValueError, match="shapes differ"):
        find_errors(volume, changed[:3], Foreground(volume))
