"""Layouts through keys and mouse: every pane of one zoom, place and window, whatever happens."""

import numpy as np
import pytest
from comparing_scenes import CTRL, FIRST, SECOND, SHIFT, Bench, flat
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from scenes import a_reconstruction, a_volume, click, double_click, wheel

from isthmus.scans import Plane
from isthmus.ui.comparing.memory import LayoutMemory
from isthmus.ui.panes import Pane
from isthmus.ui.settings import Settings
from isthmus.ui.state import PaneKind, ViewStore
from isthmus.ui.view_state import Comparison, Difference, Layout, ViewState

THREE = [PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.DIFFERENCE]


def test_a_key_goes_through_the_layouts(bench: Bench) -> None:
    seen = []
    for _ in range(4):
        seen.append((bench.store.state.layout, len(bench.kinds)))
        bench.press(Qt.Key.Key_L)
    assert seen == [
        (Layout.THREE, 3),
        (Layout.NINE, 9),
        (Layout.ONE, 1),
        (Layout.TWO_RECONSTRUCTIONS, 3),
    ]
    assert bench.store.state.layout is Layout.THREE
    bench.press(Qt.Key.Key_L, SHIFT)
    assert bench.store.state.layout is Layout.TWO_RECONSTRUCTIONS
    assert bench.comparing.layouts[Layout.TWO_RECONSTRUCTIONS].isChecked()


# Which pane shows what


def test_keys_change_what_the_pane_under_the_pointer_shows(bench: Bench) -> None:
    bench.row.panes[0].canvas.setFocus()
    bench.point_at(bench.row.panes[2])
    bench.press(Qt.Key.Key_Period)
    assert bench.kinds == [*THREE[:2], PaneKind.SSIM]
    bench.press(Qt.Key.Key_Comma)
    assert bench.kinds == THREE
    bench.press(Qt.Key.Key_Comma)
    # It was there already: both change places.
    assert bench.kinds == [PaneKind.ORIGINAL, PaneKind.DIFFERENCE, PaneKind.RECONSTRUCTION]


def test_the_one_large_pane_changes_too(bench: Bench) -> None:
    bench.press(Qt.Key.Key_L)
    bench.press(Qt.Key.Key_L)
    assert bench.kinds == [PaneKind.RECONSTRUCTION]
    bench.press(Qt.Key.Key_Period)
    assert bench.kinds == [PaneKind.DIFFERENCE]


def test_keys_change_what_stands_beside_a_mixed_picture_and_not_the_mixed_one(
    bench: Bench,
) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    bench.point_at(bench.row.panes[0])
    bench.press(Qt.Key.Key_Period)
    assert bench.kinds == [PaneKind.MIXED, PaneKind.DIFFERENCE]
    bench.point_at(bench.row.panes[1])
    bench.press(Qt.Key.Key_Period)
    assert bench.kinds == [PaneKind.MIXED, PaneKind.SSIM]


def test_a_menu_in_the_head_says_and_changes_what_a_pane_shows(bench: Bench) -> None:
    head = bench.row.panes[0].head
    offered = bench.row.menu_of(bench.row.panes[0])
    texts = [action.text() for action in offered.actions()]
    assert texts[:3] == ["Original", "Reconstruction", "Difference"]
    assert [action.text() for action in offered.actions() if action.isChecked()] == ["Original"]
    next(action for action in offered.actions() if action.text() == "SSIM map").trigger()
    assert bench.kinds[0] is PaneKind.SSIM
    assert head.name == "SSIM map"


def test_layout_and_panels_are_remembered_between_runs(bench: Bench, kept: Settings) -> None:
    memory = LayoutMemory(bench.store, kept, bench.host)
    bench.point_at(bench.row.panes[2])
    bench.press(Qt.Key.Key_Period)
    bench.press(Qt.Key.Key_L)
    other = ViewStore()
    LayoutMemory(other, kept, other)
    assert other.state.layout is Layout.NINE
    assert other.state.panels == (*THREE[:2], PaneKind.SSIM)
    assert memory.parent() is bench.host


@pytest.mark.parametrize("text", ["", "original", "original, original, ssim", "x, y, z"])
def test_a_broken_memory_is_no_memory(kept: Settings, text: str) -> None:
    kept.set_value("layout/kind", text)
    kept.set_value("layout/panels", text)
    store = ViewStore()
    LayoutMemory(store, kept, store)
    assert store.state == ViewState()


# All planes


@pytest.fixture
def nine(bench: Bench) -> Bench:
    """All planes of a scan that is as long along each axis."""
    volume = a_volume((30, 40, 50), (2.0, 1.0, 1.0))
    bench.store.set_volume(volume)
    bench.row.set_reconstruction(a_reconstruction(volume))
    bench.press(Qt.Key.Key_L)
    return bench


def indices(bench: Bench) -> dict[Plane, int]:
    return {plane: bench.store.index_of(plane) for plane in Plane}


def of(bench: Bench, kind: PaneKind, plane: Plane) -> Pane:
    return bench.row.pane(kind, plane)


@pytest.mark.parametrize("plane", list(Plane))
def test_the_wheel_scrolls_the_plane_of_its_pane(nine: Bench, plane: Plane) -> None:
    before = indices(nine)
    wheel(of(nine, PaneKind.RECONSTRUCTION, plane).canvas, -120)
    after = indices(nine)
    assert {each: after[each] - before[each] for each in Plane} == {
        each: int(each is plane) for each in Plane
    }
    for pane in nine.row.panes:
        mapping = pane.canvas.mapping
        assert mapping is not None
        assert (mapping.view.plane, mapping.index) == (pane.plane, after[pane.plane])


@pytest.mark.parametrize("plane", list(Plane))
def test_keys_scroll_the_plane_under_the_pointer(nine: Bench, plane: Plane) -> None:
    nine.point_at(of(nine, PaneKind.ORIGINAL, plane))
    before = indices(nine)
    nine.press(Qt.Key.Key_Down)
    assert indices(nine)[plane] == before[plane] + 1
    assert sum(indices(nine).values()) == sum(before.values()) + 1


@pytest.mark.parametrize("plane", list(Plane))
def test_a_click_puts_the_cursor_in_every_plane(nine: Bench, plane: Plane) -> None:
    canvas = of(nine, PaneKind.DIFFERENCE, plane).canvas
    mapping = canvas.mapping
    assert mapping is not None
    at = mapping.rect().center() + QPointF(18, -11)
    wanted = mapping.to_mm(at + QPointF(0.5, 0.5))
    click(canvas, at)
    assert nine.store.state.cursor == pytest.approx(wanted)
    assert nine.store.state.plane is plane
    for pane in nine.row.panes:
        mapping = pane.canvas.mapping
        assert mapping is not None
        # The crosshair is drawn where the cursor is, in the slice that it lies in.
        shown = np.array(mapping.to_mm(mapping.from_mm(nine.store.state.cursor)))
        assert np.abs(shown - wanted).max() <= 1.01


def test_dragging_moves_every_plane_and_the_middle_stays_one_place(nine: Bench) -> None:
    nine.store.zoom(2.0)
    nine.store.pan(7.0, -5.0, Plane.SAGITTAL)
    centre = np.array(nine.store.state.centre)
    for pane in nine.row.panes:
        mapping = pane.canvas.mapping
        assert mapping is not None
        middle = QPointF(pane.canvas.width() / 2, pane.canvas.height() / 2)
        shown = np.array(mapping.to_mm(middle))
        along = {Plane.SAGITTAL: 0, Plane.CORONAL: 1, Plane.AXIAL: 2}[pane.plane]
        apart = np.delete(np.abs(shown - centre), along)
        assert apart.max() <= 0.51 * nine.store.state.mm_per_pixel


def test_every_slice_fits_at_one_scale(nine: Bench) -> None:
    scales = set()
    fills = []
    for pane in nine.row.panes:
        mapping = pane.canvas.mapping
        assert mapping is not None
        rect, canvas = mapping.rect(), pane.canvas.rect()
        assert canvas.toRectF().adjusted(-1, -1, 1, 1).contains(rect)
        fills.append(max(rect.width() / canvas.width(), rect.height() / canvas.height()))
        scales.add(nine.store.state.mm_per_pixel)
    assert len(scales) == 1
    assert max(fills) == pytest.approx(1.0)


@pytest.mark.parametrize("plane", list(Plane))
def test_a_double_click_maximises_one_of_nine_and_back(nine: Bench, plane: Plane) -> None:
    pane = of(nine, PaneKind.RECONSTRUCTION, plane)
    double_click(pane.canvas, QPointF(pane.canvas.rect().center()))
    assert [each for each in nine.row.panes if each.isVisible()] == [pane]
    assert pane.size() == nine.row.size()
    assert pane.head.isVisible()
    assert nine.store.state.maximised == (PaneKind.RECONSTRUCTION, plane)
    double_click(pane.canvas, QPointF(pane.canvas.rect().center()))
    assert len(nine.kinds) == 9


def test_a_maximised_pane_gives_its_room_to_the_next_comparison(bench: Bench) -> None:
    double_click(bench.row.panes[1].canvas, QPointF(200, 200))
    bench.press(Qt.Key.Key_2, CTRL)
    assert bench.kinds == [PaneKind.MIXED]
    bench.press(Qt.Key.Key_1, CTRL)
    assert len(bench.kinds) == 1
    bench.press(Qt.Key.Key_L)
    assert len(bench.kinds) == 9


def test_a_maximised_pane_goes_along_to_another_plane(bench: Bench) -> None:
    double_click(bench.row.panes[1].canvas, QPointF(200, 200))
    bench.press(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert bench.store.state.maximised == (PaneKind.RECONSTRUCTION, Plane.CORONAL)
    assert bench.kinds == [PaneKind.RECONSTRUCTION]


# One truth


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("comparison", [Comparison.SIDE_BY_SIDE, Comparison.SWIPE])
def test_200_resizes_leave_zoom_and_place(
    bench: Bench, layout: Layout, comparison: Comparison
) -> None:
    bench.store.show(layout=layout, comparison=comparison)
    bench.store.zoom(3.1)
    bench.store.pan(2.3, -1.7)
    before = bench.store.state
    random = np.random.default_rng(3)
    for width, height in random.integers((640, 240), (2000, 1200), (200, 2)):
        bench.row.resize(int(width), int(height))
        assert bench.store.state == before


_step = st.sampled_from(
    [
        *((Qt.Key(Qt.Key.Key_1 + number), CTRL) for number in range(7)),
        *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_V, Qt.Key.Key_L)),
        *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_Y, Qt.Key.Key_Period)),
        *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_P, Qt.Key.Key_X)),
        *((key, Qt.KeyboardModifier.NoModifier) for key in (Qt.Key.Key_Up, Qt.Key.Key_F)),
        *((key, SHIFT) for key in (Qt.Key.Key_V, Qt.Key.Key_L, Qt.Key.Key_P)),
        (Qt.Key.Key_Up, CTRL),
        (Qt.Key.Key_0, CTRL),
        (Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier),
    ]
)
_hand = st.tuples(
    st.sampled_from(["wheel", "zoom", "click", "double"]),
    st.integers(0, 8),
    st.floats(0.05, 0.95),
    st.floats(0.05, 0.95),
)


@hypothesis_settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(_step | _hand, min_size=1, max_size=14))
def test_nothing_brings_the_panes_apart(bench: Bench, steps: list[tuple[object, ...]]) -> None:
    """Whatever keys and mouse do: one scale, one middle, one slice per plane, one window."""
    bench.open(a_volume(voxels=flat(FIRST)), flat(SECOND))
    bench.store.show(layout=Layout.THREE, comparison=Comparison.SIDE_BY_SIDE, maximised=None)
    for step in steps:
        if isinstance(step[0], Qt.Key):
            bench.press(*step)  # type: ignore[arg-type]
            continue
        what, number, right, down = step
        seen = [pane for pane in bench.row.panes if pane.isVisible()]
        canvas = seen[int(number) % len(seen)].canvas  # type: ignore[call-overload]
        at = QPointF(canvas.width() * float(right), canvas.height() * float(down))  # type: ignore[arg-type]
        if what == "wheel":
            wheel(canvas, -120, at=at)
        elif what == "zoom":
            wheel(canvas, 120, at=at, keys=CTRL)
        elif what == "click":
            click(canvas, at)
        else:
            double_click(canvas, at)
    state = bench.store.state
    seen = [pane for pane in bench.row.panes if pane.isVisible()]
    assert seen
    assert len({pane.spot for pane in seen}) == len(seen)
    for pane in seen:
        mapping = pane.canvas.mapping
        assert mapping is not None
        assert mapping.view.plane is pane.plane
        assert mapping.index == bench.store.index_of(pane.plane)
        assert mapping.pixels_per_row == pytest.approx(mapping.view.row_mm / state.mm_per_pixel)
        columns = mapping.view.column_mm / state.mm_per_pixel
        assert mapping.pixels_per_column == pytest.approx(columns)
        middle = QPointF(pane.canvas.width() / 2, pane.canvas.height() / 2)
        along = {Plane.SAGITTAL: 0, Plane.CORONAL: 1, Plane.AXIAL: 2}[pane.plane]
        shown = np.array(mapping.to_mm(middle)) - state.centre
        assert np.delete(np.abs(shown), along).max() <= 0.51 * state.mm_per_pixel
    # The same window: a place has the grey of the window wherever it is drawn.
    for pane in seen:
        kind = {PaneKind.ORIGINAL: FIRST, PaneKind.RECONSTRUCTION: SECOND}.get(pane.kind)
        if kind is not None:
            pictures = bench.row.slices.picture(
                pane.kind,
                pane.canvas.mapping,
                state,
                pane.canvas.rect().toRectF(),  # type: ignore[arg-type]
            )
            assert pictures is not None
            low = state.window_centre - state.window_width / 2
            share = (kind - low) / state.window_width
            wanted = int(np.clip(share * 255 + 0.5, 0, 255))
            assert pictures.image.pixelColor(3, 3).red() == wanted


def test_difference_options_follow_the_pane_that_shows_one(bench: Bench, qtbot: QtBot) -> None:
    assert bench.row.differing.parentWidget() is bench.row.panes[2].head
    bench.press(Qt.Key.Key_6, CTRL)
    assert bench.row.differing.parentWidget() is bench.row.panes[0].head
    assert bench.row.differing.isVisible()
    bench.comparing.differences[Difference.ABSOLUTE].trigger()
    assert bench.row.differing.style_button.text() == "Absolute"
    # Where there is no room, the name stays and the options go: the menus have them too.
    bench.press(Qt.Key.Key_1, CTRL)
    bench.host.resize(740, 400)
    assert not bench.row.differing.isVisible()
