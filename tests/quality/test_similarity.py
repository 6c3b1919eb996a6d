"""The map of SSIM is scikit-image's to its edges, and its loops take any size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.metrics import structural_similarity

from isthmus.quality import prepare, ssim, ssim_map
from isthmus.quality.similarity import luminance_and_structure


def two_pictures(rows, columns, seed):
    rng = np.random.default_rng(seed)
    original = rng.normal(500, 150, (rows, columns))
    return original, original + rng.normal(0, 40, original.shape)


def reference(original, reconstruction, data_range):
    return structural_similarity(
        original,
        reconstruction,
        data_range=data_range,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(11, 60), columns=st.integers(11, 60), seed=st.integers(0, 2**32 - 1))
def test_the_map_is_that_of_scikit_image_to_its_edges(rows, columns, seed):
    pictures = two_pictures(rows, columns, seed)
    mean, full = reference(*pictures, 1000.0)
    found = ssim_map(*pictures, 1000.0)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, full, atol=1e-6)
    assert ssim(*pictures, 1000.0) == pytest.approx(mean, abs=1e-9)


def test_a_turned_slice_of_whole_numbers_is_measured_as_it_stands():
    original, reconstruction = (each.astype(np.int16) for each in two_pictures(30, 44, 1))
    straight = ssim_map(original, reconstruction, 1000.0)
    turned = ssim_map(original.T[::-1], reconstruction.T[::-1], 1000.0)
    np.testing.assert_allclose(turned, straight.T[::-1], atol=1e-6)


def test_where_nothing_was_lost_the_map_is_one():
    original, _ = two_pictures(20, 20, 2)
    changed = original.copy()
    changed[:, 12:] += 100
    found = ssim_map(original, changed, 1000.0)
    assert found[:, :7] == pytest.approx(1.0)  # 5 pixels off, the window does not reach there
    assert (found[:, 7:] < 1 - 1e-6).any()


def test_the_structure_is_what_remains_without_the_luminance():
    original, reconstruction = two_pictures(40, 40, 3)
    brighter = reconstruction + 300
    one = luminance_and_structure(original, reconstruction, 1000.0)
    other = luminance_and_structure(original, brighter, 1000.0)
    np.testing.assert_allclose(one[1], other[1], atol=1e-9)
    assert other[0].mean() < one[0].mean() - 0.05
    product = ssim(original, reconstruction, 1000.0)
    assert (one[0] * one[1]).mean() == pytest.approx(product, abs=1e-12)


def test_getting_ready_leaves_nothing_behind():
    prepare()
    assert ssim(np.eye(11), np.eye(11), 1.0) == pytest.approx(1.0)
