"""The panes: a reconstruction comes in, and nothing can bring the panes apart."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pane_scenes import ORANGE, bare, picture, shows, windowed
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from scenes import a_reconstruction, a_volume, grabbed, pixels_of

from isthmus.scans import Plane
from isthmus.ui.panes import PaneRow
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind, ViewStore

# The reconstruction comes in


def test_nothing_is_made_up_before_there_is_a_reconstruction(
    row: PaneRow, store: ViewStore
) -> None:
    bare(store)
    for kind in (PaneKind.RECONSTRUCTION, PaneKind.DIFFERENCE):
        shown = grabbed(row.pane(kind).canvas)
        middle = shown.shape[0] // 2
        assert shown[: middle - 20].max() == 0
        assert shown[middle + 20 :].max() == 0
        assert shown[middle - 20 : middle + 20].max() > 0
    assert row.shown is None


def test_the_old_picture_stays_with_its_label_until_the_new_slice_is_there(
    row: PaneRow, store: ViewStore
) -> None:
    volume = store.volume
    assert volume is not None
    old = a_reconstruction(volume, 32)
    row.set_reconstruction(old)
    seen: list[Reconstruction | None] = []
    row.shown_changed.connect(seen.append)
    before = grabbed(row)
    ready = np.zeros(12, dtype=bool)
    row.set_reconstruction(a_reconstruction(volume, 200, ready=ready, ratio=20))
    np.testing.assert_array_equal(grabbed(row), before)
    assert row.shown is old
    ready = ready.copy()
    ready[store.k] = True
    new = a_reconstruction(volume, 200, ready=ready, ratio=20)
    row.set_reconstruction(new)
    assert row.shown is new
    assert seen == [new]
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    assert canvas.labels[0].text == "LOSSY 20:1 · 200 ch"
    assert (grabbed(canvas) != before[30:, 402:802]).any()
    # A slice that only the old one has: its picture, with its own label again.
    store.scroll(1)
    assert row.shown is old
    assert canvas.labels[0].text == "LOSSY 93:1 · 32 ch"
    store.scroll(-1)
    assert row.shown is new


def test_other_planes_wait_for_every_slice(row: PaneRow, store: ViewStore) -> None:
    volume = store.volume
    assert volume is not None
    ready = np.ones(12, dtype=bool)
    ready[3] = False
    row.set_reconstruction(a_reconstruction(volume, ready=ready))
    assert row.shown is not None
    store.set_plane(Plane.CORONAL)
    assert row.shown is None
    row.set_reconstruction(a_reconstruction(volume))
    assert row.shown is not None


def test_slices_that_are_not_ready_are_never_shown(row: PaneRow, store: ViewStore) -> None:
    volume = store.volume
    assert volume is not None
    ready = np.zeros(12, dtype=bool)
    ready[5] = True
    garbage = np.full(volume.shape, 60000, np.uint16)
    row.set_reconstruction(a_reconstruction(volume, voxels=garbage, ready=ready))
    bare(store)
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    for index in range(12):
        store.go_to_slice(index)
        bright = (grabbed(canvas)[40:] > 250).mean()
        assert bright > 0.3 if index == 5 else bright < 0.01


def test_a_new_scan_forgets_the_old_ones_reconstruction(row: PaneRow, store: ViewStore) -> None:
    assert store.volume is not None
    old = a_reconstruction(store.volume)
    row.set_reconstruction(old)
    store.set_volume(a_volume((5, 20, 20)))
    assert row.shown is None
    with pytest.raises(ValueError, match="reconstruction of"):
        row.set_reconstruction(old)
    row.set_reconstruction(None)
    assert row.shown is None


def test_peek_shows_the_original_with_its_name_and_label(row: PaneRow, store: ViewStore) -> None:
    assert store.volume is not None
    row.set_reconstruction(a_reconstruction(store.volume))
    pane = row.pane(PaneKind.RECONSTRUCTION)
    before = grabbed(row)
    store.set_peek(True)
    assert (pane.head.name, pane.head.subtitle) == ("Original", "28.8\u00a0kB, as stored")
    assert [label.text for label in pane.canvas.labels] == ["Original"]
    bare(store)
    np.testing.assert_array_equal(
        picture(row, PaneKind.RECONSTRUCTION)[35:], picture(row, PaneKind.ORIGINAL)[35:]
    )
    assert not shows(row, PaneKind.RECONSTRUCTION, ORANGE)
    store.cycle_overlay()
    store.set_peek(False)
    np.testing.assert_array_equal(grabbed(row), before)


def test_a_peek_ends_when_the_focus_leaves(row: PaneRow, store: ViewStore) -> None:
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    canvas.setFocus()
    store.set_peek(True)
    row.pane(PaneKind.ORIGINAL).canvas.setFocus()
    assert not store.state.peek


def test_work_shows_a_line_after_a_moment(qtbot: QtBot, row: PaneRow, store: ViewStore) -> None:
    assert store.volume is not None
    row.set_reconstruction(a_reconstruction(store.volume))
    head = row.pane(PaneKind.RECONSTRUCTION).head
    row.set_busy(0.5, "64 channels")
    assert not head.busy
    qtbot.waitUntil(lambda: head.busy, timeout=2000)
    assert head.subtitle == "64 channels"
    line = grabbed(head)[-1]
    assert tuple(line[10]) == ORANGE
    assert tuple(line[-10]) != ORANGE
    row.set_busy(None, "")
    assert not head.busy
    assert head.subtitle.startswith("decoded from")


def test_values_are_those_of_the_voxel(row: PaneRow, store: ViewStore) -> None:
    volume = a_volume(scale=2.0, offset=-10.0)
    store.set_volume(volume)
    position = volume.to_mm(6, 20.3, 14.6)
    readout = row.values_at(position)
    assert readout is not None
    original = 2.0 * float(volume.voxels[6, 20, 15]) - 10.0
    assert (readout.original, readout.reconstruction, readout.difference) == (original, None, None)
    row.set_reconstruction(a_reconstruction(volume, 32))
    readout = row.values_at(position)
    assert readout is not None
    assert (readout.reconstruction, readout.difference) == (original + 64.0, 64.0)
    assert row.values_at(volume.to_mm(6, 20, 31)) is None


# One truth


def test_panes_have_one_size_whatever_the_window(row: PaneRow, store: ViewStore) -> None:
    for width in range(700, 720):
        row.resize(width, 300)
        sizes = {pane.canvas.size().toTuple() for pane in row.panes}
        assert len(sizes) == 1
        assert row.panes[-1].geometry().right() == width - 1


def test_200_resizes_leave_every_pane_where_it_was(row: PaneRow, store: ViewStore) -> None:
    volume = store.volume
    assert volume is not None
    store.zoom(3.1)
    store.pan(2.3, -1.7)
    state = store.state
    random = np.random.default_rng(2)
    for width, height in random.integers((640, 200), (2600, 1400), (200, 2)):
        row.resize(int(width), int(height))
        assert store.state == state
        for pane in row.panes:
            mapping = pane.canvas.mapping
            assert mapping is not None
            middle = QPointF(pane.canvas.width() / 2, pane.canvas.height() / 2)
            shown = np.array(mapping.to_mm(middle))
            # The picture's corner lies on a whole pixel.
            half = 0.51 * state.mm_per_pixel
            assert np.abs(shown - state.centre)[:2].max() <= half
    store.fit()
    for width, height in random.integers((640, 200), (2600, 1400), (20, 2)):
        row.resize(int(width), int(height))
        for pane in row.panes:
            mapping = pane.canvas.mapping
            assert mapping is not None
            rect, canvas = mapping.rect(), pane.canvas
            filled = max(rect.width() / canvas.width(), rect.height() / canvas.height())
            assert filled == pytest.approx(1.0)


_numbers = st.floats(-50, 50, allow_nan=False)
COMMANDS: list[st.SearchStrategy[tuple[str, tuple[object, ...]]]] = [
    st.tuples(st.just("scroll"), st.tuples(st.integers(-15, 15))),
    st.tuples(st.just("go_to_slice"), st.tuples(st.integers(-5, 60))),
    st.tuples(st.just("go_to_k"), st.tuples(st.integers(-5, 20))),
    st.tuples(st.just("set_plane"), st.tuples(st.sampled_from(list(Plane)))),
    st.tuples(st.just("set_cursor"), st.tuples(st.tuples(_numbers, _numbers, _numbers))),
    st.tuples(st.just("set_window"), st.tuples(_numbers, _numbers)),
    st.tuples(
        st.just("zoom"),
        st.tuples(st.floats(0.2, 5), st.tuples(_numbers, _numbers, _numbers) | st.none()),
    ),
    st.tuples(st.just("pan"), st.tuples(_numbers, _numbers)),
    st.tuples(st.just("set_difference_limit"), st.tuples(st.floats(0.1, 500))),
    *(
        st.tuples(st.just(name), st.just(()))
        for name in ("reset", "fit", "one_to_one", "toggle_crosshair")
    ),
]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.one_of(COMMANDS), min_size=1, max_size=15), st.integers(660, 1400))
def test_no_commands_bring_the_panes_apart(
    row: PaneRow, commands: list[tuple[str, tuple[object, ...]]], width: int
) -> None:
    """With a reconstruction without loss, two panes must show the same pixels, the third none."""
    store = row._store
    volume = a_volume()
    store.set_volume(volume)
    row.set_reconstruction(a_reconstruction(volume, voxels=volume.voxels))
    for count, (name, arguments) in enumerate(commands):
        getattr(store, name)(*arguments)
        if count == len(commands) // 2:
            row.resize(width, 400)
    bare(store)
    mappings = [pane.canvas.mapping for pane in row.panes]
    assert mappings[0] is not None
    assert mappings[0] == mappings[1] == mappings[2]
    original, made, difference = (grabbed(pane.canvas)[35:] for pane in row.panes)
    np.testing.assert_array_equal(original, made)
    assert difference.max() == 0


def test_a_picture_is_not_taken_for_that_of_voxels_that_are_gone(
    row: PaneRow, store: ViewStore
) -> None:
    """Memory is used again: each reconstruction may lie where the one before it lay."""
    volume = store.volume
    assert volume is not None
    bare(store)
    store.one_to_one()
    store.set_window(500, 1000)
    view = store.view
    assert view is not None
    for level in range(100, 900, 40):
        made = np.full(volume.shape, level, np.uint16)
        row.set_reconstruction(a_reconstruction(volume, level, voxels=made))
        expected = windowed(np.array([float(level)]), store)[0]
        del made
        assert set(np.unique(picture(row, PaneKind.RECONSTRUCTION))) == {expected}


def test_panes_tell_screen_readers_what_they_show(row: PaneRow, store: ViewStore) -> None:
    assert store.volume is not None
    row.set_reconstruction(a_reconstruction(store.volume))
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    assert canvas.accessibleName() == "Reconstruction"
    assert canvas.accessibleDescription() == "Axial slice 7 of 12, LOSSY 93:1 · 32 ch"
    store.scroll(1)
    assert canvas.accessibleDescription().startswith("Axial slice 8 of 12")


def test_the_keyboards_focus_is_shown_inside_the_pane(row: PaneRow) -> None:
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    row.activateWindow()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert grabbed(canvas)[0, :60].max() < 100
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert grabbed(canvas)[:2, 2:60].min() == 255


@pytest.fixture
def widest(row: PaneRow) -> Callable[[PaneKind], int]:
    """Return the width that a pane has on the screen, 0 if it is hidden."""
    return lambda kind: row.pane(kind).width() if row.pane(kind).isVisible() else 0


def test_one_pane_takes_all_the_room_and_gives_it_back(
    row: PaneRow, store: ViewStore, widest: Callable[[PaneKind], int]
) -> None:
    before = store.state
    store.toggle_maximised(PaneKind.DIFFERENCE)
    assert [widest(kind) for kind in list(PaneKind)[:3]] == [0, 0, row.width()]
    store.toggle_maximised(PaneKind.DIFFERENCE)
    assert len({widest(kind) for kind in list(PaneKind)[:3]}) == 1
    assert store.state == before


def test_pictures_can_be_painted_anywhere(row: PaneRow, store: ViewStore) -> None:
    image = QImage(row.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    row.render(painter, QPoint())
    painter.end()
    np.testing.assert_array_equal(pixels_of(image), grabbed(row))
