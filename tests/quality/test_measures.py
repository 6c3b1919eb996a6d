"""Measures agree with scikit-image, pool as documented, and stop when asked."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from isthmus.quality import Measures, compare, measure_slice, value_range
from isthmus.scans.volume import Volume
from isthmus.work import Cancelled, CancelToken

AFFINE = np.diag([1.0, 1.0, 3.0, 1.0])


def picture(shape, seed, dtype=np.int16, high=1800):
    """A smooth head-like blob with noise, never constant."""
    rng = np.random.default_rng(seed)
    axes = np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij")
    blob = np.exp(-3 * sum(axis**2 for axis in axes))
    return (high * blob + rng.normal(0, 0.02 * high, shape)).clip(0).astype(dtype)


def degraded(voxels, seed, amount=12.0):
    noise = np.random.default_rng(seed).normal(0, amount, voxels.shape)
    return (voxels + noise).clip(0).astype(voxels.dtype)


def reference_ssim(original, reconstruction, data_range):
    return structural_similarity(
        original.astype(np.float64),
        reconstruction.astype(np.float64),
        data_range=data_range,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
    )


@settings(max_examples=40, deadline=None)
@given(
    rows=st.integers(11, 90),
    columns=st.integers(11, 90),
    seed=st.integers(0, 2**32 - 1),
    dtype=st.sampled_from([np.uint8, np.int16, np.uint16, np.float32, np.float64]),
)
def test_a_slice_agrees_with_scikit_image(rows, columns, seed, dtype):
    high = 200 if dtype == np.uint8 else 3000
    original = picture((rows, columns), seed, dtype, high)
    reconstruction = degraded(original, seed + 1)
    data_range = float(original.max()) - float(original.min())

    measured = measure_slice(original, reconstruction, data_range)

    assert measured.ssim == pytest.approx(
        reference_ssim(original, reconstruction, data_range), abs=1e-6
    )
    assert measured.psnr == pytest.approx(
        peak_signal_noise_ratio(
            original.astype(np.float64), reconstruction.astype(np.float64), data_range=data_range
        ),
        abs=1e-6,
    )
    error = np.abs(original.astype(np.float64) - reconstruction.astype(np.float64))
    assert measured.mae == pytest.approx(error.mean())
    assert measured.max_error == error.max()


def test_a_volume_agrees_with_scikit_image_slice_by_slice():
    original = picture((5, 60, 47), 1)
    reconstruction = degraded(original, 2)
    data_range = float(original.max()) - float(original.min())

    quality = compare(Volume(original, AFFINE), Volume(reconstruction, AFFINE))

    expected = [
        reference_ssim(ours, theirs, data_range)
        for ours, theirs in zip(original, reconstruction, strict=True)
    ]
    assert [measures.ssim for measures in quality.slices] == pytest.approx(expected, abs=1e-6)
    assert quality.ssim == pytest.approx(np.mean(expected), abs=1e-6)
    assert quality.psnr == pytest.approx(
        peak_signal_noise_ratio(
            original.astype(np.float64), reconstruction.astype(np.float64), data_range=data_range
        ),
        abs=1e-6,
    )
    assert quality.data_range == (original.min(), original.max())
    assert quality.max_error == max(measures.max_error for measures in quality.slices)


def test_slices_use_the_range_of_the_whole_volume():
    original = np.stack([picture((32, 32), 3, high=100), picture((32, 32), 4, high=2000)])
    reconstruction = degraded(original, 5, amount=5.0)
    quality = compare(Volume(original, AFFINE), Volume(reconstruction, AFFINE))
    data_range = float(original.max()) - float(original.min())
    assert quality.slices[0] == measure_slice(original[0], reconstruction[0], data_range)


def test_a_volume_is_measured_in_real_units():
    stored = picture((3, 40, 40), 6)
    changed = degraded(stored, 7)
    raw = compare(Volume(stored, AFFINE), Volume(changed, AFFINE))

    real = compare(
        Volume(stored, AFFINE, scale=-0.5, offset=1000.0, unit="HU"),
        Volume(changed, AFFINE, scale=-0.5, offset=1000.0, unit="HU"),
    )

    assert real.psnr == pytest.approx(raw.psnr)
    assert real.mae == pytest.approx(0.5 * raw.mae)
    assert real.max_error == pytest.approx(0.5 * raw.max_error)
    assert real.data_range == (1000.0 - 0.5 * stored.max(), 1000.0 - 0.5 * stored.min())


def test_unsigned_voxels_do_not_wrap():
    original = np.full((12, 12), 5, np.uint8)
    reconstruction = np.full((12, 12), 7, np.uint8)
    measured = measure_slice(original, reconstruction, 255.0)
    assert measured.mae == 2.0
    assert measured.max_error == 2.0


def test_an_identical_volume_has_lost_nothing():
    volume = Volume(picture((3, 30, 30), 8), AFFINE)
    assert compare(volume, volume).volume == Measures(math.inf, 1.0, 0.0, 0.0)


def test_a_constant_original_has_no_psnr_once_something_is_lost():
    original = np.full((2, 20, 20), 100, np.int16)
    volume = Volume(original, AFFINE)
    assert compare(volume, volume).psnr == math.inf
    changed = original.copy()
    changed[1, 3, 3] = 101
    quality = compare(volume, Volume(changed, AFFINE))
    assert math.isnan(quality.psnr)
    assert math.isnan(quality.ssim)
    assert quality.max_error == 1.0


@pytest.mark.parametrize("shape", [(1, 1), (10, 40), (40, 4)])
def test_a_slice_narrower_than_the_window_still_has_an_ssim(shape):
    original = picture(shape, 9)
    reconstruction = original + np.int16(200)
    assert 0.0 < measure_slice(original, reconstruction, 1800.0).ssim < 1.0


def test_value_range_of_a_float_volume():
    assert value_range(Volume(np.array([[[-1.5, 2.5]]], np.float32), AFFINE)) == (-1.5, 2.5)


def test_another_grid_is_refused():
    voxels = picture((2, 20, 20), 11)
    moved = AFFINE.copy()
    moved[0, 3] = 1e-9
    with pytest.raises(ValueError, match="different grids"):
        compare(Volume(voxels, AFFINE), Volume(voxels, moved))


@pytest.mark.parametrize(("ours", "theirs"), [((8, 8), (8, 9)), ((2, 8, 8), (2, 8, 8))])
def test_what_is_not_two_slices_of_one_shape_is_refused(ours, theirs):
    with pytest.raises(ValueError, match="not two slices"):
        measure_slice(np.zeros(ours), np.zeros(theirs), 1.0)


def test_progress_rises_to_one_and_cancelling_stops_at_the_next_slice():
    volume = Volume(picture((6, 20, 20), 12), AFFINE)
    fractions = []
    compare(volume, volume, progress=lambda fraction, text="": fractions.append(fraction))
    assert fractions == pytest.approx([(k + 1) / 6 for k in range(6)])

    cancel = CancelToken()
    seen = []

    def stop_after_two(fraction, text=""):
        seen.append(fraction)
        if len(seen) == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        compare(volume, volume, progress=stop_after_two, cancel=cancel)
    assert len(seen) == 2
