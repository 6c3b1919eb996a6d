"""What regions and profiles say, measured in the background on original and reconstruction."""

import numpy as np
import pytest
from drawing_scenes import draw, draw_curve, only, pane, press_key
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from scenes import drag
from skimage.measure import points_in_poly
from skimage.metrics import structural_similarity

from isthmus.quality.regions import RegionFigures
from isthmus.ui.measure.geometry import in_voxels
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.window import Window


def with_reconstruction(window: Window, number: int = 3) -> Reconstruction:
    """Give the open scan a reconstruction at one of the model's bottlenecks, as the pipeline does.

    Each has noise of its own; none of the model's weights are needed.
    """
    session = window.session
    study = session.study
    assert study is not None
    if session.model is None:
        session.choose_model()
    assert session.model is not None
    bottleneck = session.model.bottlenecks[number]
    noise = np.random.default_rng(number).normal(3, 5 + number, study.volume.shape)
    voxels = np.clip(study.volume.voxels + noise, 0, 60000).astype(study.volume.voxels.dtype)
    stored = study.volume.source.stored_bytes
    ready = np.ones(study.volume.shape[0], bool)
    made = Reconstruction(bottleneck, voxels, ready, round(stored / 93), stored)
    study.record(bottleneck.name).picture = made
    window.store.set_bottleneck(bottleneck.name)
    session.pipeline.picture_changed.emit(made)
    return made


def figures(measuring: Measuring, qtbot: QtBot, *, whole: bool = True) -> RegionFigures:
    """Return the figures of the selected region once they are there."""

    def known() -> bool:
        selected = measuring.drawings.selected
        assert selected is not None
        found = measuring.figures.known(selected)
        there = found.figures is not None and not found.stale
        return there and (not whole or found.figures.between is not None)

    qtbot.waitUntil(known, timeout=20_000)
    selected = measuring.drawings.selected
    assert selected is not None
    found = measuring.figures.known(selected).figures
    assert found is not None
    return found


def slices_of(window: Window, made: Reconstruction) -> tuple[np.ndarray, np.ndarray]:
    """Return the visible slice of original and reconstruction."""
    view, volume = window.store.view, window.store.volume
    assert view is not None
    assert volume is not None
    index = window.store.index
    return (
        view.extract(volume.voxels, index).astype(float),
        view.extract(made.voxels, index).astype(float),
    )


def test_without_a_reconstruction_the_original_alone_is_measured(
    opened: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    draw(pane(opened), Qt.Key.Key_R, (9.8, 7.8), (20.2, 20.2))
    found = figures(measuring, qtbot, whole=False)
    assert found.reconstruction is None
    view, volume = opened.store.view, opened.store.volume
    assert view is not None
    assert volume is not None
    values = view.extract(volume.voxels, opened.store.index)[10:21, 8:21]
    assert found.original.count == values.size
    assert found.original.mean == pytest.approx(values.mean())


def test_a_freehand_region_has_the_references_figures(
    opened: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    made = with_reconstruction(opened)
    draw_curve(pane(opened), [(8, 8), (6, 20), (18, 29), (31, 22), (28, 9), (18, 12)])
    found = figures(measuring, qtbot)
    view, volume = opened.store.view, opened.store.volume
    assert view is not None
    assert volume is not None
    corners = in_voxels(only(measuring).points, volume, view)[:, 1:]
    ours, theirs = slices_of(opened, made)
    grid = np.stack(np.meshgrid(*map(np.arange, ours.shape), indexing="ij"), axis=-1)
    inside = points_in_poly(grid.reshape(-1, 2), corners).reshape(ours.shape)
    error = (theirs - ours)[inside]
    assert found.original.count == inside.sum()
    assert found.reconstruction is not None
    assert found.reconstruction.sd == pytest.approx(theirs[inside].std(ddof=1))
    assert found.between is not None
    assert found.between.bias == pytest.approx(error.mean())
    assert found.between.mae == pytest.approx(np.abs(error).mean())
    peak = float(volume.voxels.max()) - float(volume.voxels.min())
    psnr = 10 * np.log10(peak**2 / np.mean(error**2))
    assert found.between.psnr == pytest.approx(psnr)
    _, ssim = structural_similarity(
        ours, theirs, data_range=peak, gaussian_weights=True, sigma=1.5,
        use_sample_covariance=False, full=True,
    )  # fmt: skip
    assert found.between.ssim == pytest.approx(ssim[inside].mean(), abs=1e-6)


def test_moving_measures_anew_and_says_until_then_that_figures_are_old(
    opened: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    with_reconstruction(opened)
    canvas = pane(opened, 1)
    draw(canvas, Qt.Key.Key_E, (8, 8), (18, 20))
    before = figures(measuring, qtbot)
    mapping = canvas.mapping
    assert mapping is not None
    laid = measuring.sheet.lay(only(measuring), mapping)
    row, column = laid.outline[12]
    start = QPointF(
        mapping.origin.x() + (column + 0.5) * mapping.pixels_per_column,
        mapping.origin.y() + (row + 0.5) * mapping.pixels_per_row,
    )
    drag(canvas, start, QPointF(60, 70))
    known = measuring.figures.known(only(measuring))
    assert known.stale
    assert known.figures == before
    assert figures(measuring, qtbot) != before


def test_another_bottleneck_has_figures_of_its_own_and_keeps_the_originals(
    opened: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    with_reconstruction(opened)
    draw(pane(opened), Qt.Key.Key_R, (10, 8), (20, 20))
    first = figures(measuring, qtbot)
    with_reconstruction(opened, 5)
    known = measuring.figures.known(only(measuring))
    assert known.figures is not None
    assert known.figures.original == first.original
    second = figures(measuring, qtbot)
    assert second.original == first.original
    assert second.between != first.between
    with_reconstruction(opened)  # known already: nothing is measured again
    assert measuring.figures.known(only(measuring)).figures == first


def test_names_change_no_figures(opened: Window, measuring: Measuring, qtbot: QtBot) -> None:
    with_reconstruction(opened)
    draw(pane(opened), Qt.Key.Key_R, (10, 8), (20, 20))
    found = figures(measuring, qtbot)
    measuring.drawings.rename(only(measuring).key, "lesion")
    known = measuring.figures.known(only(measuring))
    assert not known.stale
    assert known.figures is found


def test_what_others_may_ask(opened: Window, measuring: Measuring, qtbot: QtBot) -> None:
    with_reconstruction(opened)
    assert measuring.region is None
    with qtbot.waitSignal(measuring.region_changed):
        draw(pane(opened), Qt.Key.Key_R, (10, 8), (20, 20))
    found = figures(measuring, qtbot)
    assert measuring.region == ("Rectangle 1", found)
    press_key(pane(opened), Qt.Key.Key_Escape)
    assert measuring.region is None


def test_a_profile_is_measured_on_both_pictures(
    opened: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    made = with_reconstruction(opened)
    draw(pane(opened), Qt.Key.Key_K, (20, 4), (20, 30))
    drawing = only(measuring)

    def known() -> bool:
        profile = measuring.figures.known(drawing).profile
        return profile is not None and profile.reconstruction is not None

    qtbot.waitUntil(known, timeout=20_000)
    profile = measuring.figures.known(drawing).profile
    assert profile is not None
    assert profile.reconstruction is not None
    assert profile.distances[-1] == pytest.approx(measuring.size(drawing))
    view, volume = opened.store.view, opened.store.volume
    assert view is not None
    assert volume is not None
    (r0, c0), (r1, c1) = in_voxels(drawing.points, volume, view)[:, 1:]
    share = profile.distances / profile.distances[-1]
    for values, picture in zip(
        (profile.original, profile.reconstruction), slices_of(opened, made), strict=True
    ):
        row, column = r0 + share * (r1 - r0), c0 + share * (c1 - c0)
        top = np.floor(row).astype(int)
        lines = [
            np.interp(column, np.arange(picture.shape[1]), picture[int(t)])[n]
            * (1 - (row[n] - t)) + np.interp(column, np.arange(picture.shape[1]),
                                             picture[int(t) + 1])[n] * (row[n] - t)
            for n, t in enumerate(top)
        ]  # fmt: skip
        assert values == pytest.approx(lines)
