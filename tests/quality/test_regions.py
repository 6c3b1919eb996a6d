"""Which voxels a region holds, and its figures, beside independent implementations."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.draw import ellipse as skimage_ellipse
from skimage.measure import points_in_poly
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from isthmus.quality.profiles import line_positions, sample
from isthmus.quality.regions import (
    Mask,
    ellipse_mask,
    measure_region,
    polygon_area,
    polygon_mask,
)

SHAPE = (24, 31)
place = st.tuples(st.floats(-6, 30), st.floats(-6, 37))


def centres():
    """Return (row, column) of each voxel, shape (n, 2)."""
    return np.stack(np.meshgrid(*map(np.arange, SHAPE), indexing="ij"), axis=-1).reshape(-1, 2)


@settings(max_examples=80, deadline=None)
@given(st.lists(place, min_size=3, max_size=12))
def test_a_polygon_holds_the_voxels_whose_centres_lie_inside(corners):
    ours = polygon_mask(corners, SHAPE).whole(SHAPE)
    theirs = points_in_poly(centres(), corners).reshape(SHAPE)
    # Centres on an edge may go either way elsewhere.
    away = distance_to_edges(np.array(corners)) > 1e-9
    assert (ours == theirs)[away.reshape(SHAPE)].all()


def distance_to_edges(corners):
    """Return how far each voxel's centre is from the outline."""
    at = centres().astype(float)
    nearest = np.full(len(at), np.inf)
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = b - a
        length = float(along @ along)
        share = np.clip((at - a) @ along / length, 0, 1) if length else np.zeros(len(at))
        nearest = np.minimum(nearest, np.linalg.norm(at - a - share[:, None] * along, axis=1))
    return nearest


@settings(max_examples=50, deadline=None)
@given(place, st.floats(0.1, 20), st.floats(0.1, 20))
def test_an_ellipse_holds_the_voxels_whose_centres_lie_inside(centre, down, along):
    ours = ellipse_mask(centre, (down, along), SHAPE).whole(SHAPE)
    theirs = np.zeros(SHAPE, bool)
    theirs[skimage_ellipse(*centre, down, along, shape=SHAPE)] = True
    inside = ((centres() - centre) / (down, along)) ** 2
    away = np.abs(inside.sum(axis=1) - 1) > 1e-9
    assert (ours == theirs)[away.reshape(SHAPE)].all()


def test_rectangles_side_by_side_share_no_voxel_and_miss_none():
    left = polygon_mask([(2, 3), (2, 9), (8, 9), (8, 3)], SHAPE).whole(SHAPE)
    right = polygon_mask([(2, 9), (2, 14), (8, 14), (8, 9)], SHAPE).whole(SHAPE)
    both = polygon_mask([(2, 3), (2, 14), (8, 14), (8, 3)], SHAPE).whole(SHAPE)
    assert not (left & right).any()
    assert np.array_equal(left | right, both)
    assert both.sum() == 6 * 11


@pytest.mark.parametrize(
    "mask",
    [
        polygon_mask([(1, 1), (5, 5)], SHAPE),
        polygon_mask([(-9, -9), (-9, -5), (-5, -5)], SHAPE),
        polygon_mask([(1.2, 1.2), (1.2, 1.8), (1.8, 1.8), (1.8, 1.2)], SHAPE),
        ellipse_mask((5, 5), (0, 3), SHAPE),
        ellipse_mask((5, math.nan), (2, 3), SHAPE),
        ellipse_mask((-50, 5), (2, 3), SHAPE),
    ],
)
def test_what_holds_no_voxel_says_nothing(mask):
    assert mask.count == 0
    found = measure_region(np.ones(SHAPE), np.zeros(SHAPE), mask, 1.0)
    assert found.original.count == 0
    assert math.isnan(found.original.mean)
    assert math.isnan(found.between.psnr)


def test_a_polygon_refuses_what_is_none():
    with pytest.raises(ValueError, match="finite"):
        polygon_mask([(0, 0), (1, math.inf), (2, 2)], SHAPE)
    with pytest.raises(ValueError, match="finite"):
        polygon_area([(0, 0, 0)])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.2, 9), min_size=3, max_size=24))
def test_the_area_of_a_star_is_that_of_the_shoelace_formula(radii):
    angles = np.arange(len(radii)) * 2 * np.pi / len(radii)
    corners = np.array(radii)[:, None] * np.stack([np.sin(angles), np.cos(angles)], axis=1)
    (y, x), (y1, x1) = corners.T, np.roll(corners, -1, axis=0).T
    shoelace = abs(float((x * y1 - x1 * y).sum())) / 2
    assert polygon_area(corners) == pytest.approx(shoelace, rel=1e-9)


def test_what_a_curve_goes_round_in_both_senses_adds_up():
    eight = [(0, 0), (2, 2), (2, 0), (0, 2)]  # two triangles that meet in the middle
    assert polygon_area(eight) == pytest.approx(2.0)
    assert polygon_area([*eight[:2]]) == 0.0


def test_figures_are_those_of_the_references():
    random = np.random.default_rng(4)
    original = random.normal(300, 40, SHAPE)
    made = original + random.normal(2, 9, SHAPE)
    corners = [(-2.1, 4.3), (9.5, -3.2), (22.3, 12.1), (6.2, 35.4)]
    mask = polygon_mask(corners, SHAPE)
    inside = points_in_poly(centres(), corners).reshape(SHAPE)
    found = measure_region(original, made, mask, 500.0)
    for statistics, picture in ((found.original, original), (found.reconstruction, made)):
        values = picture[inside]
        assert statistics.count == values.size
        assert statistics.mean == pytest.approx(values.mean())
        assert statistics.sd == pytest.approx(values.std(ddof=1))
        assert (statistics.minimum, statistics.maximum) == (values.min(), values.max())
        assert statistics.snr == pytest.approx(values.mean() / values.std(ddof=1))
    between, error = found.between, (made - original)[inside]
    assert between.bias == pytest.approx(error.mean())
    assert between.sd == pytest.approx(error.std(ddof=1))
    assert between.mae == pytest.approx(np.abs(error).mean())
    assert between.max_error == pytest.approx(np.abs(error).max())
    psnr = peak_signal_noise_ratio(original[inside], made[inside], data_range=500.0)
    assert between.psnr == pytest.approx(psnr)
    _, ssim = structural_similarity(
        original, made, data_range=500.0, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False, full=True,
    )  # fmt: skip
    assert between.ssim == pytest.approx(ssim[inside].mean(), abs=1e-6)


def test_identical_pictures_and_flat_ones_have_their_own_figures():
    flat = np.full(SHAPE, 7.0)
    mask = polygon_mask([(0, 0), (0, 9), (9, 9), (9, 0)], SHAPE)
    found = measure_region(flat, flat.copy(), mask, 0.0)
    assert found.between.psnr == math.inf
    assert found.between.ssim == 1.0
    assert found.original.snr == math.inf
    assert math.isnan(measure_region(flat, flat + 1, mask, 0.0).between.psnr)
    assert math.isnan(measure_region(0 * flat, None, mask, 1.0).original.snr)
    one = measure_region(flat, None, Mask(3, 3, np.ones((1, 1), bool)), 1.0)
    assert one.original.count == 1
    assert math.isnan(one.original.sd)
    assert one.reconstruction is None


def test_slices_of_different_shapes_are_refused():
    with pytest.raises(ValueError, match="different shapes"):
        measure_region(np.ones(SHAPE), np.ones((3, 3)), Mask(0, 0, np.ones((1, 1), bool)), 1.0)


def test_a_profile_is_linear_between_voxels_and_ends_with_the_slice():
    rows, columns = np.meshgrid(*map(np.arange, SHAPE), indexing="ij")
    picture = 3.0 * rows + 2.0 * columns
    positions = line_positions((1.25, 2.5), (9.0, 14.0))
    assert len(positions) == 24
    assert positions[0] == pytest.approx((1.25, 2.5))
    assert positions[-1] == pytest.approx((9.0, 14.0))
    assert sample(picture, positions) == pytest.approx(positions @ (3.0, 2.0))
    across = sample(picture, np.array([(-0.6, 3.0), (-0.4, 3.0), (23.4, 30.4), (0.0, 30.6)]))
    assert np.isnan(across).tolist() == [True, False, False, True]
    assert across[1:3] == pytest.approx([6.0, picture[-1, -1]])
    assert sample(np.array([[5.0]]), line_positions((0, 0), (0, 0))) == pytest.approx([5.0, 5.0])
