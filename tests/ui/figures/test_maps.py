"""Maps of visible slices are made in the background, kept within bounds, and newest first."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from skimage.metrics import structural_similarity
from window_scenes import LONG, open_scan, settle, small_scan, with_model

from isthmus.scans import Plane
from isthmus.ui.figures.maps import MapKind, Maps
from isthmus.ui.window import Window


@pytest.fixture
def shown(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """A window with a small scan whose reconstructions are all there."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    return window


def made(maps: Maps, window: Window, kind: MapKind, qtbot: QtBot, plane: Plane, index: int):
    """Ask for a map, wait until it is said to be there, and return it."""
    study = window.session.study
    picture = window.session.record().picture
    view = study.views[plane]
    if maps.array(kind, view, index, picture) is None:
        with qtbot.waitSignal(maps.changed, timeout=LONG):
            pass
    return maps.array(kind, view, index, picture)


@pytest.mark.parametrize("plane", list(Plane))
def test_a_map_of_ssim_is_that_of_scikit_image_in_every_plane(shown, qtbot, plane):
    maps = Maps(shown.session)
    study, picture = shown.session.study, shown.session.record().picture
    view = study.views[plane]
    found = made(maps, shown, MapKind.SSIM, qtbot, plane, 4)
    original, reconstruction = (
        study.volume.real(view.extract(voxels, 4))
        for voxels in (study.volume.voxels, picture.voxels)
    )
    margins = [(5, 5) if size < 11 else (0, 0) for size in original.shape]
    padded = [np.pad(each, margins, mode="symmetric") for each in (original, reconstruction)]
    _, expected = structural_similarity(
        *padded,
        data_range=study.data_range,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    inside = tuple(slice(a, a + n) for (a, _), n in zip(margins, original.shape, strict=True))
    np.testing.assert_allclose(found, expected[inside], atol=1e-6)


def test_a_map_relative_to_noise_has_the_sign_of_the_difference(shown, qtbot):
    maps = Maps(shown.session)
    study, picture = shown.session.study, shown.session.record().picture
    found = made(maps, shown, MapKind.NOISE, qtbot, Plane.AXIAL, 5)
    view = study.views[Plane.AXIAL]
    difference = view.extract(picture.voxels.astype(int) - study.volume.voxels, 5)
    assert found.dtype == np.float32
    assert (np.sign(found) == np.sign(difference)).all()
    assert np.abs(found).max() > 0


def test_the_neighbours_of_a_visible_slice_are_made_ready(shown, qtbot):
    maps = Maps(shown.session)
    study, picture = shown.session.study, shown.session.record().picture
    view, index = study.views[Plane.AXIAL], shown.store.index
    made(maps, shown, MapKind.SSIM, qtbot, Plane.AXIAL, index)
    qtbot.waitUntil(lambda: not shown.session.jobs.busy, timeout=LONG)
    near = [index - 2, index - 1, index + 1, index + 2]
    assert all(maps.array(MapKind.SSIM, view, each, picture) is not None for each in near)


def test_only_the_newest_of_many_wishes_is_made(shown, qtbot):
    maps = Maps(shown.session)
    study, picture = shown.session.study, shown.session.record().picture
    view = study.views[Plane.CORONAL]  # not the visible plane: nothing is made ahead
    told = []
    maps.changed.connect(lambda: told.append(1))
    for index in range(20):
        assert maps.array(MapKind.NOISE, view, index, picture) is None
    qtbot.waitUntil(lambda: not shown.session.jobs.busy, timeout=LONG)
    assert len(told) == 1
    assert maps.array(MapKind.NOISE, view, 19, picture) is not None
    assert maps.array(MapKind.NOISE, view, 3, picture) is None


def test_maps_are_kept_within_their_budget_and_the_last_used_stay(shown, qtbot):
    view = shown.session.study.views[Plane.SAGITTAL]
    picture = shown.session.record().picture
    size = 4 * view.n_rows * view.n_columns
    maps = Maps(shown.session, budget=2 * size)
    for index in (0, 1, 0, 2):
        made(maps, shown, MapKind.SSIM, qtbot, Plane.SAGITTAL, index)
    assert maps.array(MapKind.SSIM, view, 0, picture) is not None
    assert maps.array(MapKind.SSIM, view, 2, picture) is not None
    assert maps.array(MapKind.SSIM, view, 1, picture) is None


def test_another_scan_takes_the_maps_of_the_one_before_away(shown, qtbot, tmp_path):
    maps = Maps(shown.session)
    picture = shown.session.record().picture
    made(maps, shown, MapKind.SSIM, qtbot, Plane.AXIAL, 5)
    open_scan(shown, small_scan(tmp_path, "other.nii.gz", (10, 40, 36)), qtbot)
    view = shown.session.study.views[Plane.AXIAL]
    assert maps.array(MapKind.SSIM, view, 5, picture) is None
