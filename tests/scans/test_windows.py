"""The first window shows the scan."""

from pathlib import Path

import numpy as np
import pytest
from builders import phantom

from isthmus.scans import Volume, Window, read, robust_window


def volume(voxels: np.ndarray, **fields: object) -> Volume:
    return Volume(voxels, np.eye(4), **fields)  # type: ignore[arg-type]


def test_the_files_window_comes_first() -> None:
    own = Window("Brain", 300, 500)
    assert robust_window(volume(phantom(), windows=(own,))) == own


def test_a_window_beside_the_values_is_passed_over() -> None:
    wrong, right = Window("File", 90000, 100), Window("Other", 300, 500)
    assert robust_window(volume(phantom(), windows=(wrong, right))) == right
    assert robust_window(volume(phantom(), windows=(wrong,))).name == "Automatic"


def test_hounsfield_units_get_soft_tissue() -> None:
    window = robust_window(volume(phantom(dtype="i2") - np.int16(1000), unit="HU"))
    assert (window.centre, window.width) == (40, 400)


def test_a_few_bright_voxels_do_not_darken_the_rest() -> None:
    voxels = phantom((8, 40, 40))
    plain = robust_window(volume(voxels))
    voxels[4, 20, 20:24] = 60000
    assert robust_window(volume(voxels)).width == pytest.approx(plain.width, rel=0.3)
    assert 400 < plain.centre + plain.width / 2 <= voxels.max()


@pytest.mark.parametrize("scale", [0.01, 1.0, -2.0])
def test_windows_are_in_real_units(scale: float) -> None:
    scaled = robust_window(volume(phantom(), scale=scale, offset=50))
    values = phantom() * scale + 50
    low, high = scaled.centre - scaled.width / 2, scaled.centre + scaled.width / 2
    assert values.min() - 1 <= low < high <= values.max() + 1
    assert scaled.width > 0.3 * np.ptp(values)


@pytest.mark.parametrize("value", [0, 7])
def test_a_constant_image_has_a_window(value: int) -> None:
    window = robust_window(volume(np.full((2, 3, 4), value, np.int16)))
    assert (window.centre, window.width) == (value, 1.0)


def test_a_mask_has_a_window() -> None:
    voxels = np.zeros((4, 30, 30), np.uint8)
    voxels[2, 3:5, 3:5] = 1
    window = robust_window(volume(voxels))
    assert (window.centre, window.width) == (0.5, 1.0)


def test_real_brains_use_the_grey_range(shared_data: Path) -> None:
    scan = read(shared_data / "ms-longitudinal/validation/patient09/study2_FLAIR.nii.gz")
    window = robust_window(scan)
    shown = scan.voxels[(scan.voxels > 150)]
    clipped = np.mean(shown > window.centre + window.width / 2)
    assert clipped < 0.01
    assert window.width < np.ptp(scan.voxels)
