"""Colour map, interpolation and convention: by key and menu, in all panes, said, remembered."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from scenes import SHIFT, grabbed
from window_scenes import open_scan, small_scan
from windowing_scenes import greys, key, pane, with_reconstruction

from isthmus.scans import Plane
from isthmus.ui.panes.colour_maps import COLOUR_MAPS, table
from isthmus.ui.panes.overlay import look_words
from isthmus.ui.settings import Settings
from isthmus.ui.state import Overlay, PaneKind
from isthmus.ui.view_state import Convention, Interpolation
from isthmus.ui.window import Window

ORIGINAL, MADE, DIFFERENCE = (
    PaneKind.ORIGINAL,
    PaneKind.RECONSTRUCTION,
    PaneKind.DIFFERENCE,
)


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window with a scan and a reconstruction."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_reconstruction(window)
    return window


def corner(window: Window, kind: PaneKind) -> list[str]:
    mapping = window.viewer.panes.pane(kind).canvas.mapping
    assert mapping is not None
    return look_words(kind, mapping, window.store.state)


def test_shift_q_goes_through_the_colour_maps_and_back_to_grey(viewing: Window) -> None:
    viewing.store.show(interpolation=Interpolation.NEAREST)
    shades = greys(viewing, ORIGINAL)[..., 0]
    for each in COLOUR_MAPS[1:]:
        key(viewing, Qt.Key.Key_Q, SHIFT)
        for kind in (ORIGINAL, MADE):
            assert f"colours: {each.name}" in " ".join(corner(viewing, kind))
        entries = table(each.name)[shades]
        rgb = np.stack([entries >> 16 & 255, entries >> 8 & 255, entries & 255], axis=-1)
        np.testing.assert_array_equal(greys(viewing, ORIGINAL), rgb)
    key(viewing, Qt.Key.Key_Q, SHIFT)
    assert viewing.store.state.colour_map == "grey"
    assert not any("colours" in line for line in corner(viewing, ORIGINAL))


def test_chosen_colours_have_a_bar_and_the_difference_keeps_its_own(viewing: Window) -> None:
    # Where nothing but black is round the picture.
    before = {kind: grabbed(pane(viewing, kind))[:, -22:-10] for kind in (ORIGINAL, MADE)}
    difference = grabbed(pane(viewing, DIFFERENCE))
    viewing.store.show(colour_map="viridis")
    for kind, plain in before.items():
        strip = grabbed(pane(viewing, kind))[:, -22:-10].astype(int)
        new = strip[(strip != plain).any(axis=(1, 2))]
        assert len(new) > 30
        yellow, purple = (abs(new - colour).sum(axis=2).min() for colour in _ENDS)
        assert max(yellow, purple) < 30
    np.testing.assert_array_equal(grabbed(pane(viewing, DIFFERENCE)), difference)


_ENDS = ((0xFD, 0xE7, 0x25), (0x44, 0x01, 0x54))


def test_q_goes_round_and_every_pane_says_which(viewing: Window) -> None:
    seen = []
    for _ in Interpolation:
        key(viewing, Qt.Key.Key_Q)
        state = viewing.store.state.interpolation
        seen.append(state)
        for kind in (ORIGINAL, MADE, DIFFERENCE):
            assert corner(viewing, kind)[-1].endswith(state)
    assert set(seen) == set(Interpolation)


def test_shift_n_mirrors_pictures_and_letters_and_says_so(viewing: Window) -> None:
    store = viewing.store
    for plane in (Plane.AXIAL, Plane.CORONAL, Plane.SAGITTAL):
        store.set_plane(plane)
        store.show(overlay=Overlay.NONE, crosshair=False, interpolation=Interpolation.NEAREST)
        view, index = store.view, store.index
        before = grabbed(pane(viewing, ORIGINAL)).astype(int)
        key(viewing, Qt.Key.Key_N, SHIFT)
        assert store.view is not None
        assert view is not None
        assert store.index == index
        after = grabbed(pane(viewing, ORIGINAL)).astype(int)
        mirrored = plane is not Plane.SAGITTAL
        expected = before[:, ::-1] if mirrored else before
        # The fitted picture may lie one pixel aside.
        apart = [np.abs(np.roll(expected, n, axis=1) - after).mean() for n in (-1, 0, 1)]
        assert min(apart) < 1
        letters = store.view.letters
        assert letters is not None
        assert letters[:2] == (("L", "R") if mirrored else view.letters[:2])
        key(viewing, Qt.Key.Key_N, SHIFT)
        assert store.view == view


def test_the_neurological_convention_is_written_on_the_pictures(viewing: Window) -> None:
    viewing.store.zoom(0.3)  # nothing but words in the corner
    plain = grabbed(pane(viewing, ORIGINAL))[:90, :240].astype(int)
    key(viewing, Qt.Key.Key_N, SHIFT)
    written = grabbed(pane(viewing, ORIGINAL))[:90, :240].astype(int)
    # A line more at the top left, where there was none.
    rows = np.flatnonzero((written.max(axis=(1, 2)) > 200) & (plain.max(axis=(1, 2)) < 60))
    assert len(rows) >= 6
    assert viewing.features.windowing.actions.convention.isChecked()


def test_the_cursor_stays_where_it_is_in_the_patient(viewing: Window) -> None:
    cursor = viewing.store.state.cursor
    canvas = viewing.viewer.panes.pane(ORIGINAL).canvas
    assert canvas.mapping is not None
    before = canvas.mapping.from_mm(cursor)
    key(viewing, Qt.Key.Key_N, SHIFT)
    assert viewing.store.state.cursor == cursor
    assert canvas.mapping is not None
    after = canvas.mapping.from_mm(cursor)
    assert after.x() == pytest.approx(canvas.width() - before.x(), abs=2)


def test_how_one_looks_is_remembered(
    viewing: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    key(viewing, Qt.Key.Key_N, SHIFT)
    key(viewing, Qt.Key.Key_Q, SHIFT)
    key(viewing, Qt.Key.Key_Q)
    key(viewing, Qt.Key.Key_I)
    again = Window(settings)
    qtbot.addWidget(again)
    state, before = again.store.state, viewing.store.state
    assert state.convention == Convention.NEUROLOGICAL
    assert state.colour_map == before.colour_map != "grey"
    assert state.interpolation == before.interpolation != Interpolation.LINEAR
    assert state.overlay == before.overlay == Overlay.LABELS
    again.close()


def test_a_setting_of_another_time_does_no_harm(settings: Settings, qtbot: QtBot) -> None:
    settings.set_value("view/colour map", "jet")
    settings.set_value("view/interpolation", "sinc")
    window = Window(settings)
    qtbot.addWidget(window)
    assert window.store.state.colour_map == "grey"
    assert window.store.state.interpolation == Interpolation.LINEAR
    window.close()
