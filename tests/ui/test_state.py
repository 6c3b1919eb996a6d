"""The state: commands do what they say, keep it within the scan, and tell of it once."""

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from scenes import a_volume

from isthmus.scans import Plane, Window, plane_view
from isthmus.ui.state import Overlay, PaneKind, ViewState, ViewStore
from isthmus.ui.view_state import Interpolation


@pytest.fixture
def store(qtbot: QtBot) -> ViewStore:
    """A store that speaks of a small scan in panes of 300 × 200."""
    made = ViewStore()
    made.set_volume(a_volume())
    made.set_pane_size(300, 200)
    return made


def told(store: ViewStore) -> list[tuple[ViewState, ViewState]]:
    """Return a list that fills with what the store tells."""
    found: list[tuple[ViewState, ViewState]] = []
    store.changed.connect(lambda new, old: found.append((new, old)))
    return found


def test_a_new_scan_is_shown_from_its_middle_fitted_in_its_own_window(store: ViewStore) -> None:
    store.set_plane(Plane.SAGITTAL)
    store.zoom(3)
    store.set_peek(True)
    volume = a_volume((9, 20, 16), windows=(Window("File", 400.0, 300.0),))
    store.set_volume(volume)
    state = store.state
    assert state.plane is Plane.AXIAL
    assert store.index == 4
    assert volume.to_voxel(*state.cursor) == pytest.approx((4, 10, 8))
    assert (state.window_centre, state.window_width) == (400.0, 300.0)
    assert state.fit
    assert not state.peek
    assert state.mm_per_pixel == pytest.approx(20 / 200)


def test_a_scan_cut_in_another_plane_is_shown_in_that_plane(qtbot: QtBot) -> None:
    volume = a_volume()
    turned = type(volume)(
        volume.voxels,
        np.array([[0, 0, 3, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], dtype=float),
    )
    store = ViewStore()
    store.set_volume(turned)
    assert store.state.plane is Plane.SAGITTAL
    assert store.view is not None
    assert store.view.slice_axis == 0


def test_commands_without_a_scan_do_nothing(qtbot: QtBot) -> None:
    store = ViewStore()
    found = told(store)
    store.scroll(1)
    store.go_to_slice(3)
    store.go_to_k(3)
    store.set_cursor((1.0, 2.0, 3.0))
    store.zoom(2)
    store.pan(1, 1)
    store.one_to_one()
    store.set_pane_size(100, 100)
    assert found == []
    assert store.index == store.k == 0
    assert store.view is None


def test_scrolling_stops_at_the_ends_and_stays_in_line(store: ViewStore) -> None:
    volume = store.volume
    assert volume is not None
    store.set_cursor(volume.to_mm(5, 7.25, 9.5))
    store.scroll(3)
    assert store.index == 8
    assert volume.to_voxel(*store.state.cursor) == pytest.approx((8, 7.25, 9.5))
    store.scroll(100)
    assert store.index == 11
    store.scroll(-100)
    assert store.index == 0


def test_slices_are_counted_along_the_plane(store: ViewStore) -> None:
    store.set_plane(Plane.CORONAL)
    store.go_to_slice(0)
    assert store.volume is not None
    # Coronal slices run from posterior to anterior, as y does.
    assert store.state.cursor[1] == pytest.approx(store.volume.to_mm(0, 0, 0)[1])
    store.go_to_slice(39)
    assert store.index == 39


def test_an_acquired_slice_is_reached_from_every_plane(store: ViewStore) -> None:
    for plane in Plane:
        store.set_plane(plane)
        store.go_to_k(2)
        assert store.k == 2
        store.go_to_k(99)
        assert store.k == 11


def test_the_cursor_stays_within_the_scan(store: ViewStore) -> None:
    assert store.volume is not None
    store.set_cursor((1e4, -1e4, 1e4))
    k, j, i = store.volume.to_voxel(*store.state.cursor)
    assert (k, j, i) == pytest.approx((11.5, -0.5, 29.5))
    assert store.k == 11
    inside = store.volume.to_mm(3.2, 4.4, 5.1)
    store.set_cursor(inside)
    assert store.state.cursor == inside


def test_another_plane_goes_through_the_cursor(store: ViewStore) -> None:
    assert store.volume is not None
    cursor = store.volume.to_mm(3, 8, 21)
    store.set_cursor(cursor)
    store.zoom(4)
    store.set_plane(Plane.SAGITTAL)
    assert store.view is not None
    assert store.index == round(store.view.from_voxel(3, 8, 21)[0])
    assert store.state.centre == cursor


def test_fit_fills_the_panes_and_follows_their_size(store: ViewStore) -> None:
    assert store.state.mm_per_pixel == pytest.approx(40 / 200)
    store.set_pane_size(100, 400)
    assert store.state.mm_per_pixel == pytest.approx(30 / 100)
    # Slices 3 mm apart: a coronal picture is 12 × 3 mm high and 30 mm wide.
    store.set_plane(Plane.CORONAL)
    store.set_pane_size(300, 100)
    assert store.state.mm_per_pixel == pytest.approx(36 / 100)


def test_centre_and_scale_outlast_200_sizes_unless_fitted(store: ViewStore) -> None:
    store.zoom(2.7)
    store.pan(3.3, -2.1)
    before = store.state
    random = np.random.default_rng(0)
    for width, height in random.integers(60, 2000, (200, 2)):
        store.set_pane_size(int(width), int(height))
        assert store.state == before
    store.fit()
    assert store.state.fit
    assert store.state.mm_per_pixel == pytest.approx(max(30 / width, 40 / height))


def test_zoom_keeps_its_anchor_and_its_limits(store: ViewStore) -> None:
    store.zoom(2)
    before = store.state
    anchor = (2.0, 20.0, 8.0)
    store.zoom(1.5, anchor)
    after = store.state
    assert after.mm_per_pixel == pytest.approx(before.mm_per_pixel / 1.5)
    for a, c0, c1 in zip(anchor, before.centre, after.centre, strict=True):
        # As many pixels from the middle as before.
        assert (a - c1) / after.mm_per_pixel == pytest.approx((a - c0) / before.mm_per_pixel)
    store.zoom(1e9)
    assert store.state.mm_per_pixel == pytest.approx(1 / 96)
    # A quarter of what fits or of 1:1, whichever is smaller.
    store.zoom(1e-9)
    assert store.state.mm_per_pixel == pytest.approx(4 * 1)
    for nonsense in (0.0, -1.0, math.nan, math.inf):
        store.zoom(nonsense)
        assert store.state.mm_per_pixel == pytest.approx(4 * 1)
    store.set_pane_size(20, 20)
    store.zoom(1e-9)
    assert store.state.mm_per_pixel == pytest.approx(4 * 40 / 20)


def test_pan_moves_the_picture_but_never_out_of_sight(store: ViewStore) -> None:
    volume, view = store.volume, store.view
    assert volume is not None
    assert view is not None
    _, row, column = view.from_voxel(*volume.to_voxel(*store.state.centre))
    store.pan(4, 3)
    _, row_after, column_after = view.from_voxel(*volume.to_voxel(*store.state.centre))
    # The picture goes right and down, so what is in the middle lies further left and up.
    assert (row - row_after, column - column_after) == pytest.approx((3, 4))
    store.pan(1e6, 1e6)
    _, row, column = view.from_voxel(*volume.to_voxel(*store.state.centre))
    assert (row, column) == pytest.approx((-0.5, -0.5))


def test_one_to_one_is_one_device_pixel_for_the_shorter_side(qtbot: QtBot) -> None:
    store = ViewStore()
    store.set_volume(a_volume(spacing=(3.0, 1.2, 0.8)))
    store.set_pane_size(300, 200, 2.0)
    store.one_to_one()
    assert store.state.mm_per_pixel == pytest.approx(0.8 * 2)
    assert not store.state.fit


def test_reset_returns_zoom_pan_and_window_but_not_the_place(store: ViewStore) -> None:
    first = store.state
    store.go_to_slice(2)
    store.zoom(3)
    store.pan(2, 2)
    store.set_window(1.0, 2.0)
    store.reset()
    assert store.index == 2
    assert store.state.mm_per_pixel == first.mm_per_pixel
    assert store.state.window_centre == first.window_centre
    assert store.state.window_width == first.window_width


def test_a_window_never_collapses(store: ViewStore) -> None:
    store.set_window(10.0, -5.0)
    assert store.state.window_width == 1.0
    store.set_window(math.nan, 5.0)
    store.set_window(5.0, math.inf)
    assert (store.state.window_centre, store.state.window_width) == (10.0, 1.0)
    store.set_volume(a_volume(voxels=np.linspace(0, 1, 2000, dtype=np.float32).reshape(5, 20, 20)))
    store.set_window(0.5, 0.0)
    assert 0 < store.state.window_width < 0.01


def test_a_chosen_difference_scale_outlasts_a_computed_one(store: ViewStore) -> None:
    store.set_difference_limit(118.7, automatic=True)
    assert store.state.difference_limit == 120.0
    store.set_difference_limit(61.4)
    assert store.state.difference_limit == 61.0
    store.set_difference_limit(80.0, automatic=True)
    assert store.state.difference_limit == 61.0
    store.reset_difference_limit()
    assert store.state.difference_limit == 80.0
    for nonsense in (0.0, -3.0, math.nan, math.inf):
        store.set_difference_limit(nonsense)
    assert store.state.difference_limit == 80.0
    store.set_difference_limit(61.4)
    store.set_volume(a_volume())
    store.set_difference_limit(44.0, automatic=True)
    assert store.state.difference_limit == 44.0


def test_switches(store: ViewStore) -> None:
    states = []
    for _ in range(3):
        store.cycle_overlay()
        states.append(store.state.overlay)
    assert states == [Overlay.LABELS, Overlay.NONE, Overlay.ALL]
    store.toggle_crosshair()
    store.show(interpolation=Interpolation.NEAREST)
    store.set_bottleneck("32ch")
    store.toggle_maximised(PaneKind.DIFFERENCE)
    state = store.state
    assert (state.crosshair, state.interpolation, state.bottleneck) == (False, "nearest", "32ch")
    assert state.maximised == (PaneKind.DIFFERENCE, state.plane)
    store.toggle_maximised(PaneKind.ORIGINAL)
    assert store.state.maximised == (PaneKind.ORIGINAL, state.plane)
    store.toggle_maximised(PaneKind.ORIGINAL)
    assert store.state.maximised is None


def test_what_did_not_change_is_not_told(store: ViewStore) -> None:
    found = told(store)
    store.go_to_slice(store.index)
    store.set_peek(False)
    store.fit()
    assert found == []


def test_changes_within_changes_are_told_in_order(store: ViewStore) -> None:
    seen: list[tuple[int, float]] = []

    def follow(new: ViewState, old: ViewState) -> None:
        if new.maximised and not old.maximised:
            store.set_pane_size(900, 600)

    store.changed.connect(follow)
    found = told(store)
    store.toggle_maximised(PaneKind.ORIGINAL)
    seen.extend((new.maximised is not None, new.mm_per_pixel) for new, _ in found)
    assert len(found) == 2
    assert found[1][1] == found[0][0]
    assert found[-1][0] == store.state


def test_20000_signals_do_no_harm(store: ViewStore) -> None:
    count = 0

    def listen(new: ViewState, old: ViewState) -> None:
        nonlocal count
        count += new.crosshair != old.crosshair

    store.changed.connect(listen)
    for _ in range(20_000):
        store.toggle_crosshair()
    assert count == 20_000


def test_the_visible_slice_is_the_nearest_in_every_plane(store: ViewStore) -> None:
    volume = store.volume
    assert volume is not None
    for plane in Plane:
        store.set_plane(plane)
        view = plane_view(volume, plane)
        for index in range(view.n_slices):
            for shift in (-0.49, 0.0, 0.49):
                store.set_cursor(volume.to_mm(*view.to_voxel(index + shift, 3, 3)))
                assert store.index == index
