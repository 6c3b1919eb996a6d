"""Noise is found where there is structure too, locally, and errors are told in units of it."""

import numpy as np
import pytest
from scipy.ndimage import convolve

from isthmus.quality import local_noise, noise_relative, noise_sigma


def a_picture(sigma, seed=1, shape=(256, 256)):
    """Smooth structure and sharp edges, with noise."""
    rng = np.random.default_rng(seed)
    y, x = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij")
    clean = 500 * np.exp(-2 * (y**2 + x**2)) + 300 * (np.hypot(y, x) < 0.5) + 200 * (x > 0.3)
    return clean + sigma * rng.normal(0, 1, shape)


EVERYWHERE = np.ones((256, 256), bool)


@pytest.mark.parametrize("sigma", [2.0, 10.0, 40.0])
def test_the_noise_of_a_picture_with_edges_is_found(sigma):
    assert noise_sigma(a_picture(sigma), EVERYWHERE) == pytest.approx(sigma, rel=0.05)


def test_it_is_the_robust_spread_of_immerkaers_filter():
    picture = a_picture(10.0)
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]])
    response = np.abs(convolve(picture, mask, mode="nearest"))
    expected = np.median(response) / 0.6745 / 6
    assert noise_sigma(picture, EVERYWHERE) == pytest.approx(expected, rel=1e-9)


def test_only_the_foreground_is_judged():
    picture = a_picture(10.0)
    picture[:, :100] = 0.0
    foreground = EVERYWHERE.copy()
    foreground[:, :110] = False
    assert noise_sigma(picture, foreground) == pytest.approx(10.0, rel=0.05)


def test_noise_that_differs_within_a_slice_is_followed():
    strength = np.linspace(4.0, 24.0, 256)[None, :].repeat(256, axis=0)
    found = local_noise(a_picture(strength), EVERYWHERE, 0.1)
    assert found.shape == (256, 256)
    middle = found[32:-32, 32:-32] / strength[32:-32, 32:-32]
    assert np.abs(np.median(middle) - 1) < 0.05
    assert np.abs(middle - 1).max() < 0.35


def test_an_error_of_three_sigma_is_three():
    picture = a_picture(10.0)
    error = np.zeros_like(picture)
    error[100:120, 100:120] = -30.0
    found = noise_relative(picture, picture + error, EVERYWHERE, 0.1)
    assert found.dtype == np.float32
    assert np.median(found[100:120, 100:120]) == pytest.approx(-3.0, rel=0.15)
    assert (found[error == 0] == 0).all()


def test_a_picture_without_noise_has_at_least_that_of_rounding():
    flat = np.full((64, 64), 100.0)
    found = noise_relative(flat, flat + 1, np.ones((64, 64), bool), 0.25)
    assert found == pytest.approx(4.0)


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (33, 31)])
def test_a_slice_of_any_size_has_a_noise(shape):
    rng = np.random.default_rng(2)
    picture = rng.normal(0, 5, shape)
    found = local_noise(picture, np.zeros(shape, bool), 0.5)
    assert found.shape == shape
    assert (found >= 0.5).all()
