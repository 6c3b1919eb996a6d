"""Figures agree with independent implementations, over a slice, a part of it and a volume."""

import json
import math

import numpy as np
import pytest
from reference_figures import FILE, HAARPSI, HIGH, MS_SSIM, pair
from scipy.ndimage import gaussian_filter
from skimage.metrics import normalized_root_mse, peak_signal_noise_ratio, structural_similarity

from isthmus.quality import compare
from isthmus.quality.figures import Figures, pool, slice_figures
from isthmus.quality.haarpsi import haarpsi
from isthmus.quality.multiscale import ms_ssim
from isthmus.scans.volume import Volume

GOLDEN = json.loads(FILE.read_text(encoding="utf-8"))
RANGE = (0.0, HIGH)
AFFINE = np.diag([1.0, 1.0, 3.0, 1.0])


@pytest.mark.parametrize(("case", "expected"), list(zip(HAARPSI, GOLDEN["haarpsi"], strict=True)))
def test_haarpsi_is_that_of_piq(case, expected):
    assert haarpsi(*pair(*case), RANGE) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("case", "expected"), list(zip(MS_SSIM, GOLDEN["ms_ssim"], strict=True)))
def test_ms_ssim_is_that_of_pytorch_msssim(case, expected):
    assert ms_ssim(*pair(*case), HIGH) == pytest.approx(expected, abs=1e-6)


def reference_ms_ssim(x, y, data_range):
    """Wang, Simoncelli and Bovik 2003, written down with scipy."""
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    product = 1.0
    for scale, weight in enumerate((0.0448, 0.2856, 0.3001, 0.2363, 0.1333)):
        mx, my, xx, yy, xy = (
            gaussian_filter(each, 1.5, truncate=3.5)[5:-5, 5:-5]
            for each in (x, y, x * x, y * y, x * y)
        )
        structure = (2 * (xy - mx * my) + c2) / (xx - mx * mx + yy - my * my + c2)
        luminance = (2 * mx * my + c1) / (mx * mx + my * my + c1)
        mean = (structure * luminance if scale == 4 else structure).mean()
        product *= max(mean, 0) ** weight
        rows, columns = x.shape[0] // 2, x.shape[1] // 2
        x, y = (
            each[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2).mean((1, 3))
            for each in (x, y)
        )
    return product


def test_ms_ssim_of_odd_sizes_leaves_the_last_row_out():
    x, y = pair(181, 217, 5)
    assert ms_ssim(x, y, HIGH) == pytest.approx(reference_ms_ssim(x, y, HIGH), abs=1e-9)


def test_a_slice_too_small_for_five_scales_has_no_ms_ssim():
    assert math.isnan(ms_ssim(*pair(175, 400, 6), HIGH))
    assert not math.isnan(ms_ssim(*pair(176, 400, 6), HIGH))


def test_the_figures_of_a_slice_are_those_of_scikit_image():
    x, y = pair(200, 180, 7)
    found = slice_figures(x, y, RANGE)
    assert found.voxels == x.size
    assert found.psnr == pytest.approx(peak_signal_noise_ratio(x, y, data_range=HIGH), abs=1e-6)
    rms = math.sqrt(((x - y) ** 2).mean())
    assert found.nrmse == pytest.approx(rms / HIGH, abs=1e-9)
    low, high = float(x.min()), float(x.max())
    own = slice_figures(x, y, (low, high)).nrmse
    assert own == pytest.approx(normalized_root_mse(x, y, normalization="min-max"), abs=1e-6)


def test_the_figures_of_a_part_are_of_its_voxels_alone():
    x, y = pair(200, 180, 8)
    mask = np.zeros(x.shape, bool)
    mask[60:140, 50:130] = True
    found = slice_figures(x, y, RANGE, mask)
    error = (y - x)[mask]
    _, full = structural_similarity(
        x,
        y,
        data_range=HIGH,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    assert found.voxels == 80 * 80
    assert found.psnr == pytest.approx(10 * math.log10(HIGH**2 / (error**2).mean()), abs=1e-9)
    assert found.ssim == pytest.approx(full[mask].mean(), abs=1e-6)
    assert found.mae == pytest.approx(np.abs(error).mean())
    assert found.max_error == np.abs(error).max()
    assert found.nrmse == pytest.approx(math.sqrt((error**2).mean()) / HIGH)
    assert 0 < found.haarpsi < 1


def test_what_happens_outside_a_part_hardly_counts():
    x, y = pair(200, 180, 9)
    mask = np.zeros(x.shape, bool)
    mask[:, 90:] = True
    y[:, 90:] = x[:, 90:]
    found = slice_figures(x, y, RANGE, mask)
    assert (found.psnr, found.mae, found.max_error, found.nrmse) == (math.inf, 0, 0, 0)
    assert found.ssim > 0.98
    assert found.haarpsi > 0.98
    assert slice_figures(x, y, RANGE, ~mask).haarpsi < 0.9


def test_the_whole_as_a_part_agrees_with_the_whole():
    x, y = pair(192, 176, 10)
    whole, part = slice_figures(x, y, RANGE), slice_figures(x, y, RANGE, np.ones(x.shape, bool))
    assert part.haarpsi == pytest.approx(whole.haarpsi, abs=1e-12)
    assert part.ms_ssim == pytest.approx(whole.ms_ssim, abs=1e-12)
    assert part.psnr == pytest.approx(whole.psnr)


def test_a_volume_pools_what_its_slices_say():
    pictures = [pair(180, 176, seed) for seed in (11, 12, 13)]
    original, changed = (
        Volume(np.array(each).astype(np.int16), AFFINE) for each in zip(*pictures, strict=True)
    )
    quality = compare(original, changed)
    slices = [slice_figures(x, y, quality.data_range) for x, y in pictures]
    found = pool(slices, quality.data_range[1] - quality.data_range[0])
    expected = Figures.of(quality.volume, original.voxels.size)
    for name in ("voxels", "psnr", "ssim", "mae", "max_error", "nrmse"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-9)
    assert found.haarpsi == pytest.approx(np.mean([each.haarpsi for each in slices]))


def test_slices_count_by_how_much_of_them_counts():
    x, y = pair(180, 176, 14)
    large, small, none = np.ones(x.shape, bool), np.zeros(x.shape, bool), np.zeros(x.shape, bool)
    small[40:100, 40:100] = True
    slices = [slice_figures(x, y, RANGE, mask) for mask in (large, small, none)]
    found = pool(slices, HIGH)
    error = np.concatenate([(y - x)[large], (y - x)[small]])
    assert found.psnr == pytest.approx(10 * math.log10(HIGH**2 / (error**2).mean()))
    assert found.mae == pytest.approx(np.abs(error).mean())
    weights = [each.voxels for each in slices[:2]]
    assert found.ssim == pytest.approx(np.average([s.ssim for s in slices[:2]], weights=weights))


def test_where_nothing_was_lost_all_figures_say_so():
    x, _ = pair(180, 176, 15)
    assert slice_figures(x, x, RANGE) == Figures(x.size, math.inf, 1, 0, 0, 0, 1, 1)
    assert pool([slice_figures(x, x, RANGE)] * 2, HIGH).psnr == math.inf


def test_an_original_without_contrast_has_no_relative_figures():
    x = np.full((20, 20), 7.0)
    found = slice_figures(x, x + 1, (7.0, 7.0))
    assert found.mae == 1.0
    assert all(math.isnan(v) for v in (found.psnr, found.ssim, found.nrmse, found.haarpsi))


def test_an_empty_part_has_no_figures():
    x, y = pair(30, 30, 16)
    found = slice_figures(x, y, RANGE, np.zeros(x.shape, bool))
    assert found.voxels == 0
    assert math.isnan(found.psnr)
    assert pool([found], HIGH).voxels == 0


def test_other_shapes_are_refused():
    x, y = pair(30, 30, 17)
    with pytest.raises(ValueError, match="not of one shape"):
        slice_figures(x, y, RANGE, np.ones((30, 31), bool))
