"""The map of a scan's slabs: principal components, the same way round every time."""

import numpy as np
import pytest

from isthmus.latents import map_slabs
from isthmus.work import Cancelled, CancelToken


def latent(n_slabs=9, n_channels=5, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(-40, 40, (n_slabs, n_channels, 6, 7)).astype(np.int32)


def ranges(n_slabs, depth=4):
    return tuple(range(depth * slab, depth * (slab + 1)) for slab in range(n_slabs))


def reference(values):
    """The textbook: singular values of the centred data."""
    flat = values.reshape(len(values), -1).astype(np.float64)
    left, singular, _ = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
    return left[:, :2] * singular[:2], singular[:2] ** 2 / np.sum(singular**2)


def test_points_and_shares_are_those_of_a_singular_value_decomposition():
    values = latent()
    found = map_slabs(values, ranges(9))
    points, shares = reference(values)
    for axis in range(2):
        sign = np.sign(points[:, axis] @ found.points[:, axis])
        np.testing.assert_allclose(found.points[:, axis], sign * points[:, axis], atol=1e-8)
    assert found.explained == pytest.approx(shares)
    np.testing.assert_allclose(found.points.mean(axis=0), 0, atol=1e-9)


def test_steps_weigh_the_channels():
    values = latent()
    steps = np.array([1.0, 2.0, 0.5, 0.0, 3.0])
    weighted = map_slabs(values * steps[None, :, None, None], ranges(9))
    found = map_slabs(values, ranges(9), steps)
    np.testing.assert_allclose(found.points, weighted.points, atol=1e-8)


def test_the_first_axis_runs_towards_later_slices():
    direction = latent(1, 3, seed=4)[0]
    rising = np.stack([position * direction for position in range(6)])
    found = map_slabs(rising, ranges(6)).points[:, 0]
    assert (np.diff(found) > 0).all()
    assert (np.diff(map_slabs(-rising, ranges(6)).points[:, 0]) > 0).all()


def test_the_sign_does_not_depend_on_the_sign_of_the_latent():
    values = latent(seed=5)
    np.testing.assert_allclose(
        map_slabs(values, ranges(9)).points, map_slabs(-values, ranges(9)).points, atol=1e-8
    )


def test_an_axis_without_a_trend_points_to_its_farthest_slab():
    heights = np.array([1, 0, -3, 0, 1]).reshape(-1, 1, 1, 1)
    direction = latent(1, 2, seed=6)
    for sign in (1, -1):
        found = map_slabs(sign * heights * direction, ranges(5)).points[:, 0]
        assert found[2] == np.abs(found).max()


@pytest.mark.parametrize("n_slabs", [1, 4])
def test_equal_slabs_lie_on_one_point(n_slabs):
    found = map_slabs(np.repeat(latent(1), n_slabs, axis=0), ranges(n_slabs))
    assert found.points.tolist() == [[0.0, 0.0]] * n_slabs
    assert found.explained == (0.0, 0.0)


def test_two_slabs_have_one_axis():
    found = map_slabs(latent(2), ranges(2))
    assert found.explained == (pytest.approx(1.0), 0.0)
    assert found.points[:, 1].tolist() == [0.0, 0.0]


def test_a_slice_finds_its_slab():
    found = map_slabs(latent(3), (range(4), range(4, 8), range(8, 10)))
    assert [found.slab_of(k) for k in (0, 3, 4, 9)] == [0, 0, 1, 2]
    assert found.slab_of(10) is None


@pytest.mark.parametrize(
    ("values", "slices", "steps"),
    [
        (latent()[0], ranges(9), None),
        (latent(), ranges(8), None),
        (latent(), ranges(9), [1.0]),
    ],
)
def test_shapes_that_do_not_fit_are_refused(values, slices, steps):
    with pytest.raises(ValueError, match=r"slab|steps"):
        map_slabs(values, slices, steps)


def test_it_reports_and_stops_between_channels():
    cancel = CancelToken()
    fractions = []

    def stop_after_two(fraction, text=""):
        fractions.append(fraction)
        if len(fractions) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        map_slabs(latent(), ranges(9), progress=stop_after_two, cancel=cancel)
    assert fractions == pytest.approx([0.2, 0.4])
