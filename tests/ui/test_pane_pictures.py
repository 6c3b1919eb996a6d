"""What the panes draw: the right greys and colours in the right place, and true labels."""

from dataclasses import replace

import numpy as np
import pytest
from pane_scenes import GREY, ORANGE, bare, picture, shows, windowed
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from scenes import Array, a_reconstruction, a_volume, grabbed, pixels_of

from isthmus.scans import Plane, Source, Volume
from isthmus.ui.panes import PaneRow
from isthmus.ui.panes.overlay import scale_step
from isthmus.ui.panes.raster import DIFFERENCE_TABLE
from isthmus.ui.state import Overlay, PaneKind, ViewStore
from isthmus.ui.view_state import Interpolation


@pytest.mark.parametrize("plane", list(Plane))
def test_greys_are_those_of_the_window_voxel_by_voxel(
    row: PaneRow, store: ViewStore, plane: Plane
) -> None:
    store.set_volume(a_volume((30, 40, 50), (1.0, 1.0, 1.0), scale=0.5, offset=-20.0))
    volume = store.volume
    assert volume is not None
    row.set_reconstruction(a_reconstruction(volume))
    bare(store)
    store.set_plane(plane)
    store.go_to_slice(7)
    store.one_to_one()
    store.set_window(180.3, 333.7)  # no value lies half way between two greys
    view = store.view
    assert view is not None
    for kind, voxels in (
        (PaneKind.ORIGINAL, volume.voxels),
        (PaneKind.RECONSTRUCTION, a_reconstruction(volume).voxels),
    ):
        drawn = picture(row, kind)
        expected = windowed(volume.real(view.extract(voxels, 7)), store)
        assert drawn.shape[:2] == expected.shape
        for channel in range(3):
            np.testing.assert_array_equal(drawn[..., channel], expected)


def test_low_values_that_are_meant_white_are_drawn_white(row: PaneRow, store: ViewStore) -> None:
    volume = replace(a_volume((8, 40, 50), (1.0, 1.0, 1.0)), inverted=True)
    store.set_volume(volume)
    row.set_reconstruction(a_reconstruction(volume))
    bare(store)
    store.set_window(180.3, 333.7)
    store.one_to_one()
    view = store.view
    assert view is not None
    for kind, voxels in (
        (PaneKind.ORIGINAL, volume.voxels),
        (PaneKind.RECONSTRUCTION, a_reconstruction(volume).voxels),
    ):
        usual = windowed(volume.real(view.extract(voxels, store.index)), store)
        np.testing.assert_array_equal(picture(row, kind)[..., 0], 255 - usual)


def test_voxels_stay_whole_pixels_where_the_picture_lies_between_them(
    row: PaneRow, store: ViewStore
) -> None:
    store.set_volume(a_volume((8, 40, 50), (1.0, 1.0, 1.0)))
    volume, view = store.volume, store.view
    assert volume is not None
    assert view is not None
    bare(store)
    store.set_window(180.3, 333.7)
    store.one_to_one()
    expected = windowed(volume.real(view.extract(volume.voxels, store.index)), store)
    for width, height in ((1204, 430), (1207, 431), (1210, 432)):
        row.resize(width, height)
        for _ in range(3):
            store.pan(0.37, -0.41)
            # Qt would round too, but then the pointer would be off by what it rounded.
            mapping = row.pane(PaneKind.ORIGINAL).canvas.mapping
            assert mapping is not None
            assert mapping.origin == QPointF(mapping.origin.toPoint())
            drawn = picture(row, PaneKind.ORIGINAL)[..., 0]
            np.testing.assert_array_equal(drawn, expected)


def test_one_voxel_is_one_device_pixel_on_a_dense_screen(row: PaneRow, store: ViewStore) -> None:
    store.set_volume(a_volume((8, 40, 50), (1.0, 1.0, 1.0)))
    bare(store)
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    store.set_pane_size(canvas.width(), canvas.height(), 2.0)
    store.one_to_one()
    image = QImage(canvas.size() * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    canvas.render(image)
    mapping, volume, view = canvas.mapping, store.volume, store.view
    assert mapping is not None
    assert volume is not None
    assert view is not None
    left, top = round(2 * mapping.origin.x()), round(2 * mapping.origin.y())
    drawn = pixels_of(image)[top : top + 40, left : left + 50, 0]
    expected = windowed(volume.real(view.extract(volume.voxels, store.index)), store)
    np.testing.assert_array_equal(drawn, expected)


def test_differences_have_the_colours_of_the_scale(row: PaneRow, store: ViewStore) -> None:
    volume = a_volume((3, 20, 20), (1.0, 1.0, 1.0), voxels=np.full((3, 20, 20), 500, np.uint16))
    store.set_volume(volume)
    made = volume.voxels.copy()
    steps = [-100, -60, -25, 0, 25, 60, 100, 4000]
    made[1, 5, : len(steps)] = np.array(steps) + 500
    row.set_reconstruction(a_reconstruction(volume, voxels=made))
    store.set_difference_limit(100.0)
    bare(store)
    store.one_to_one()
    view = store.view
    assert view is not None
    drawn = picture(row, PaneKind.DIFFERENCE)
    expected = ["a6d8ff", "4a97d8", "12385e", "000000", "573006", "d88222", "ffcf8c", "ffcf8c"]
    for column, name in enumerate(expected):
        _, at_row, at_column = (round(v) for v in view.from_voxel(1, 5, column))
        colour = QColor(f"#{name}")
        wanted = (colour.red(), colour.green(), colour.blue())
        # A stop may lie between two of the 255 entries.
        assert np.abs(drawn[at_row, at_column].astype(int) - wanted).max() <= 3, name
    assert len(DIFFERENCE_TABLE) == 255
    assert DIFFERENCE_TABLE[127] == 0xFF000000


def test_anisotropic_voxels_have_their_true_aspect(row: PaneRow, store: ViewStore) -> None:
    store.set_volume(a_volume((10, 40, 30), (4.0, 1.5, 0.5)))
    store.show(interpolation=Interpolation.NEAREST)
    bare(store)
    for plane, (height, width) in {
        Plane.AXIAL: (40 * 1.5, 30 * 0.5),
        Plane.CORONAL: (10 * 4.0, 30 * 0.5),
        Plane.SAGITTAL: (10 * 4.0, 40 * 1.5),
    }.items():
        store.set_plane(plane)
        mapping = row.pane(PaneKind.ORIGINAL).canvas.mapping
        assert mapping is not None
        rect = mapping.rect()
        assert rect.width() / rect.height() == pytest.approx(width / height)
        # What is drawn has that aspect too, and fills the pane one way.
        bright = grabbed(row.pane(PaneKind.ORIGINAL).canvas)[..., 0] > 0
        rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
        assert np.ptp(rows) + 1 <= np.ceil(rect.height())
        assert np.ptp(columns) + 1 <= np.ceil(rect.width())
        canvas = row.pane(PaneKind.ORIGINAL).canvas
        filled = max(rect.width() / canvas.width(), rect.height() / canvas.height())
        assert filled == pytest.approx(1.0)


def test_right_is_on_the_left_and_anterior_on_top(row: PaneRow, store: ViewStore) -> None:
    """A bright voxel at the patient's right front is drawn at the top left, whatever the axes."""
    voxels = np.zeros((3, 20, 20), np.uint16)
    voxels[1, 17, 17] = 1000
    for flips in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        affine = np.diag([flips[0], flips[1], 1.0, 1.0])
        turned = voxels[:, :: flips[1], :: flips[0]]
        store.set_volume(Volume(turned, affine))
        store.set_window(500, 1000)
        bare(store)
        store.one_to_one()
        drawn = picture(row, PaneKind.ORIGINAL)[..., 0]
        assert np.argwhere(drawn == 255).tolist() == [[2, 2]]


def test_a_small_picture_averages_voxels_and_says_how_many_it_shows(
    row: PaneRow, store: ViewStore
) -> None:
    stripes = np.zeros((3, 80, 80), np.uint16)
    stripes[:, :, ::2] = 1000
    store.set_volume(a_volume(voxels=stripes, spacing=(1.0, 1.0, 1.0)))
    store.set_window(500, 1000)
    bare(store)
    store.one_to_one()
    store.zoom(0.5)
    mapping = row.pane(PaneKind.ORIGINAL).canvas.mapping
    assert mapping is not None
    assert mapping.share_shown == pytest.approx(0.25)
    drawn = picture(row, PaneKind.ORIGINAL)[2:-2, 2:-2, 0]
    assert set(np.unique(drawn)) == {128}


def test_nan_and_constant_pictures_are_drawn(row: PaneRow, store: ViewStore) -> None:
    voxels = np.full((3, 16, 16), 5.0, np.float32)
    volume = a_volume(voxels=voxels)
    store.set_volume(volume)
    made = voxels.copy()
    made[1, 3, 3] = np.nan
    row.set_reconstruction(a_reconstruction(volume, voxels=made))
    for kind in list(PaneKind)[:3]:
        assert picture(row, kind).size


# Labels and words


@pytest.mark.parametrize("overlay", list(Overlay))
@pytest.mark.parametrize("compact", [False, True])
def test_lossy_is_painted_in_every_overlay_state(
    row: PaneRow, store: ViewStore, overlay: Overlay, compact: bool
) -> None:
    assert store.volume is not None
    row.set_reconstruction(a_reconstruction(store.volume))
    row.set_compact(compact)
    while store.state.overlay is not overlay:
        store.cycle_overlay()
    assert shows(row, PaneKind.RECONSTRUCTION, ORANGE)
    assert shows(row, PaneKind.DIFFERENCE, GREY)
    assert not shows(row, PaneKind.ORIGINAL, ORANGE)
    assert not shows(row, PaneKind.ORIGINAL, GREY)


def test_labels_say_what_is_known(row: PaneRow, store: ViewStore) -> None:
    volume = a_volume(source=Source(stored_bytes=28_800, simulated=True, lossy="JPEG, 10:1"))
    store.set_volume(volume)
    row.set_reconstruction(a_reconstruction(volume, 64, ratio=None, expected_bpv=0.5))

    def texts(kind: PaneKind) -> list[str]:
        return [label.text for label in row.pane(kind).canvas.labels]

    assert texts(PaneKind.ORIGINAL) == ["SOURCE LOSSY", "SIMULATED"]
    assert texts(PaneKind.RECONSTRUCTION) == ["LOSSY ≈32:1 · 64 ch", "SIMULATED"]
    assert texts(PaneKind.DIFFERENCE) == ["LOSSY ≈32:1 · 64 ch", "SIMULATED"]
    row.set_reconstruction(a_reconstruction(volume, 64, ratio=40))
    assert texts(PaneKind.DIFFERENCE)[0] == "LOSSY 40:1 · 64 ch"


def test_a_label_explains_itself(row: PaneRow, store: ViewStore) -> None:
    assert store.volume is not None
    row.set_reconstruction(a_reconstruction(store.volume, ratio=93.0))
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    at = QPoint(canvas.width() - 30, 20)
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert QToolTip.text().startswith("Decoded from 310")
    assert "93 times smaller than the stored scan. Details were lost" in QToolTip.text()
    QToolTip.hideText()


def test_words_come_and_go_with_the_overlay(row: PaneRow, store: ViewStore) -> None:
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    store.set_volume(a_volume(voxels=np.zeros((5, 20, 20), np.uint16)))
    store.toggle_crosshair()

    def bright(part: Array) -> bool:
        return bool((part > 200).any())

    for overlay, words, letters in (
        (Overlay.ALL, True, True),
        (Overlay.LABELS, False, True),
        (Overlay.NONE, False, False),
    ):
        assert store.state.overlay is overlay
        shown = grabbed(canvas)
        middle = shown.shape[0] // 2
        assert bright(shown[:60, :120]) == words
        assert bright(shown[-60:, :180]) == words
        assert bright(shown[middle - 12 : middle + 12, :24]) == letters
        assert bright(shown[-30:, -130:]) == letters
        store.cycle_overlay()


def test_unknown_orientation_has_no_letters(row: PaneRow, store: ViewStore) -> None:
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    store.toggle_crosshair()
    zeros = np.zeros((5, 20, 20), np.uint16)
    store.set_volume(a_volume(voxels=zeros, orientation_known=False))
    store.set_window(500, 1000)
    middle = canvas.width() // 2
    assert grabbed(canvas)[:26, middle - 12 : middle + 12].max() == 0
    store.set_volume(a_volume(voxels=zeros))
    store.set_window(500, 1000)
    assert grabbed(canvas)[:26, middle - 12 : middle + 12].max() > 200


@pytest.mark.parametrize(
    ("mm_per_pixel", "width", "expected"),
    [(0.33, 562, 50), (1.0, 400, 100), (0.01, 300, 0.5), (5.0, 100, 100), (0.1, 100, 2)],
)
def test_the_scale_is_the_largest_round_one_within_30_percent(
    mm_per_pixel: float, width: float, expected: float
) -> None:
    assert scale_step(mm_per_pixel, width) == pytest.approx(expected)
