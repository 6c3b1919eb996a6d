"""The window by box, percentiles, keys and mouse: one for all pictures, unless it is unlinked."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from pytestqt.qtbot import QtBot
from scenes import CTRL, LEFT, NONE, SHIFT, drag, mouse
from window_scenes import LONG, open_scan, small_scan
from windowing_scenes import greys, key, pane, with_reconstruction

from isthmus.ui.panes.overlay import look_words
from isthmus.ui.state import PaneKind
from isthmus.ui.view_state import Interpolation
from isthmus.ui.window import Window

ORIGINAL, MADE = PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window with a scan, and a reconstruction that is brighter."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_reconstruction(window)
    return window


def shared(window: Window) -> tuple[float, float]:
    return window.store.state.window_centre, window.store.state.window_width


def words(window: Window, kind: PaneKind, shown: PaneKind | None = None) -> str:
    mapping = window.viewer.panes.pane(kind).canvas.mapping
    assert mapping is not None
    return " ".join(look_words(shown or kind, mapping, window.store.state))


@pytest.mark.parametrize("kind", [ORIGINAL, MADE])
def test_a_box_with_ctrl_sets_the_window_to_the_values_in_it(
    kind: PaneKind, viewing: Window
) -> None:
    canvas = viewing.viewer.panes.pane(kind).canvas
    mapping = canvas.mapping
    assert mapping is not None
    assert viewing.viewer.panes.shown is not None
    made = viewing.viewer.panes.shown.voxels
    voxels = mapping.volume.voxels if kind is ORIGINAL else made
    across, down = mapping.pixels_per_column, mapping.pixels_per_row
    corner = mapping.origin + QPointF(10 * across, 12 * down)
    drag(canvas, corner, QPointF(8 * across, 6 * down), keys=CTRL)
    inside = mapping.view.extract(voxels, mapping.index)[12:18, 10:18]
    low, high = np.percentile(mapping.volume.real(inside), (0.5, 99.5))
    assert shared(viewing) == pytest.approx(((low + high) / 2, high - low))
    assert viewing.store.state.own_window is None


def test_the_box_is_drawn_on_every_picture_and_esc_drops_it(viewing: Window) -> None:
    before = shared(viewing)
    canvas = pane(viewing, ORIGINAL)
    plain = greys(viewing, MADE)
    rows, columns = canvas.height(), canvas.width()
    start, end = QPointF(columns / 3 + 5, rows / 4 + 5), QPointF(columns / 2 - 30, rows / 2 - 30)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT, LEFT, CTRL)
    mouse(canvas, QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, LEFT, CTRL)
    assert np.abs(greys(viewing, MADE) - plain).max() > 100
    canvas.setFocus()
    key(viewing, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(greys(viewing, MADE), plain)
    mouse(canvas, QEvent.Type.MouseButtonRelease, end, LEFT, keys=CTRL)
    assert shared(viewing) == before


def test_ctrl_pressed_during_a_drag_makes_it_faster(viewing: Window) -> None:
    canvas = pane(viewing, ORIGINAL)
    middle = QPointF(canvas.rect().center())
    changes = []
    for keys in (NONE, CTRL):
        centre, width = shared(viewing)
        mouse(canvas, QEvent.Type.MouseButtonPress, middle, LEFT, LEFT)
        moved = middle + QPointF(0, 16)
        mouse(canvas, QEvent.Type.MouseMove, moved, Qt.MouseButton.NoButton, LEFT, keys)
        mouse(canvas, QEvent.Type.MouseButtonRelease, moved, LEFT, keys=keys)
        changes.append((shared(viewing)[0] - centre) / width)
    assert changes[1] == pytest.approx(4 * changes[0])


def test_a_click_with_ctrl_is_a_click(viewing: Window) -> None:
    before, cursor = shared(viewing), viewing.store.state.cursor
    canvas = pane(viewing, ORIGINAL)
    drag(canvas, QPointF(canvas.width() / 2 + 30, canvas.height() / 2), QPointF(1, 0), keys=CTRL)
    assert shared(viewing) == before
    assert viewing.store.state.cursor != cursor


def test_shift_0_takes_percentiles_of_the_volume(viewing: Window, qtbot: QtBot) -> None:
    volume = viewing.store.volume
    assert volume is not None
    before = shared(viewing)
    viewing.features.windowing.set_percentiles(5, 90)
    key(viewing, Qt.Key.Key_0, SHIFT)
    qtbot.waitUntil(lambda: shared(viewing) != before, timeout=LONG)
    low, high = np.percentile(volume.real(volume.voxels), (5, 90), method="inverted_cdf")
    assert shared(viewing) == pytest.approx(((low + high) / 2, high - low))


def test_ctrl_r_turns_all_pictures_over_and_says_so(viewing: Window) -> None:
    viewing.store.show(interpolation=Interpolation.NEAREST)
    before = [greys(viewing, kind) for kind in (ORIGINAL, MADE)]
    key(viewing, Qt.Key.Key_R, CTRL)
    for kind, grey in zip((ORIGINAL, MADE), before, strict=True):
        # Halves round up either way.
        assert np.abs(greys(viewing, kind) - (255 - grey)).max() <= 1
        assert "inverted" in words(viewing, kind)
    key(viewing, Qt.Key.Key_R, CTRL)
    np.testing.assert_array_equal(greys(viewing, ORIGINAL), before[0])


def test_pictures_share_a_window_whatever_is_dragged(viewing: Window) -> None:
    for kind in (ORIGINAL, MADE):
        before = [greys(viewing, each) for each in (ORIGINAL, MADE)]
        canvas = pane(viewing, kind)
        drag(canvas, QPointF(canvas.rect().center()), QPointF(60, 20))
        for each, grey in zip((ORIGINAL, MADE), before, strict=True):
            assert np.abs(greys(viewing, each) - grey).max() > 5


def test_unlinked_each_picture_has_its_own_and_says_so(viewing: Window) -> None:
    key(viewing, Qt.Key.Key_U)
    assert viewing.store.state.own_window == shared(viewing)
    assert "own window" in words(viewing, MADE)
    assert "own window" not in words(viewing, ORIGINAL)
    assert "unlinked" in viewing.toolbar.window_field.text()
    assert "own window of the reconstruction" in words(viewing, ORIGINAL, PaneKind.MIXED)
    original, before = greys(viewing, ORIGINAL), shared(viewing)
    made = greys(viewing, MADE)
    canvas = pane(viewing, MADE)
    drag(canvas, QPointF(canvas.rect().center()), QPointF(80, 30))
    assert shared(viewing) == before
    assert viewing.store.state.own_window != before
    np.testing.assert_array_equal(greys(viewing, ORIGINAL), original)
    assert np.abs(greys(viewing, MADE) - made).max() > 5
    # A preset's key sets that of the picture that the pointer was over.
    key(viewing, Qt.Key.Key_1)
    assert viewing.store.state.own_window == pytest.approx(
        (viewing.features.windowing.presets[0].centre, viewing.features.windowing.presets[0].width)
    )
    key(viewing, Qt.Key.Key_U)
    assert viewing.store.state.own_window is None
    assert "own window" not in words(viewing, MADE)


def test_esc_and_another_scan_link_again(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    key(window, Qt.Key.Key_U)
    key(window, Qt.Key.Key_R, CTRL)
    key(window, Qt.Key.Key_Escape)
    assert window.store.state.own_window is None
    assert not window.store.state.inverted
    key(window, Qt.Key.Key_U)
    assert window.store.state.own_window is not None
    open_scan(window, small_scan(tmp_path, "other.nii.gz"), qtbot)
    assert window.store.state.own_window is None
