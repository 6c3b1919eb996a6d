"""Mouse and wheel over real panes: what each gesture does to all of them."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scenes import (
    CTRL,
    LEFT,
    MIDDLE,
    NONE,
    RIGHT,
    SHIFT,
    a_reconstruction,
    a_volume,
    click,
    double_click,
    drag,
    mouse,
    wheel,
)

from isthmus.ui.panes import PaneRow
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.state import Overlay, PaneKind, ViewStore
from isthmus.ui.view_state import Interpolation


@pytest.fixture
def row(qtbot: QtBot) -> PaneRow:
    """Three shown panes with a scan of 50 slices and a reconstruction."""
    made = PaneRow(ViewStore())
    qtbot.addWidget(made)
    made.resize(1204, 630)
    made.show()
    volume = a_volume((50, 40, 30))
    made.set_volume(volume)
    made.set_reconstruction(a_reconstruction(volume))
    return made


@pytest.fixture(params=list(PaneKind)[:3])
def canvas(row: PaneRow, request: pytest.FixtureRequest) -> Canvas:
    """Each of the three pictures in turn: every gesture works in every pane."""
    return row.pane(request.param).canvas


def under(canvas: Canvas, at: QPointF) -> np.ndarray:
    """Return the position in millimetres under a place of a pane."""
    mapping = canvas.mapping
    assert mapping is not None
    return np.array(mapping.to_mm(at))


def test_a_notch_is_a_slice_and_shift_makes_it_ten(canvas: Canvas, store: ViewStore) -> None:
    wheel(canvas, -120)
    assert store.index == 26
    wheel(canvas, 120)
    wheel(canvas, 120)
    assert store.index == 24
    wheel(canvas, -120, keys=SHIFT)
    assert store.index == 34
    # Some systems turn the wheel sideways while Shift is held.
    wheel(canvas, 120, keys=SHIFT, sideways=True)
    assert store.index == 24


def test_small_turns_add_up(canvas: Canvas, store: ViewStore) -> None:
    for _ in range(7):
        wheel(canvas, -15)
    assert store.index == 25
    wheel(canvas, -15)
    assert store.index == 26
    for _ in range(3):
        wheel(canvas, -40)
    assert store.index == 27
    # Turning back starts afresh.
    wheel(canvas, -100)
    wheel(canvas, 100)
    assert store.index == 27
    wheel(canvas, 20)
    assert store.index == 26


def test_events_without_a_turn_are_nothing(canvas: Canvas, store: ViewStore) -> None:
    before = store.state
    wheel(canvas, 0)
    wheel(canvas, 0, keys=CTRL)
    assert store.state == before


def test_a_touchpad_scrolls_by_pixels_and_never_runs_away(canvas: Canvas, store: ViewStore) -> None:
    update = Qt.ScrollPhase.ScrollUpdate
    wheel(canvas, 0, phase=Qt.ScrollPhase.ScrollBegin)
    for _ in range(20):
        wheel(canvas, -60, pixels=-6, phase=update)
    assert store.index == 25 + 20 * 6 // 30
    before = store.state
    for _ in range(50):
        wheel(canvas, -120, pixels=-30, phase=Qt.ScrollPhase.ScrollMomentum)
    assert store.state == before


def test_pixels_without_phases_are_not_believed(canvas: Canvas, store: ViewStore) -> None:
    wheel(canvas, -120, pixels=-4000)
    assert store.index == 26


def test_ctrl_wheel_zooms_at_the_pointer(canvas: Canvas, store: ViewStore) -> None:
    at = QPointF(140, 310)
    before, scale = under(canvas, at), store.state.mm_per_pixel
    wheel(canvas, 120, at=at, keys=CTRL)
    assert store.state.mm_per_pixel == pytest.approx(scale / 1.2)
    assert np.abs(under(canvas, at) - before).max() <= scale
    wheel(canvas, -60, at=at, keys=CTRL)
    wheel(canvas, -60, at=at, keys=CTRL)
    assert store.state.mm_per_pixel == pytest.approx(scale)
    assert store.index == 25


def test_dragging_right_widens_and_up_brightens(canvas: Canvas, store: ViewStore) -> None:
    start = QPointF(200, 300)
    before = store.state
    drag(canvas, start, QPointF(80, 0))
    wider = store.state
    assert wider.window_width > before.window_width
    assert wider.window_centre == pytest.approx(before.window_centre)
    drag(canvas, start, QPointF(-80, 0))
    assert store.state.window_width == pytest.approx(before.window_width)
    drag(canvas, start, QPointF(0, -50))
    assert store.state.window_centre < before.window_centre
    assert store.state.window_width == pytest.approx(before.window_width)
    drag(canvas, start, QPointF(0, 50))
    assert store.state.window_centre == pytest.approx(before.window_centre)
    assert store.state.cursor == before.cursor
    assert store.state.centre == before.centre


def test_windowing_goes_with_the_width_and_ctrl_is_four_times_faster(
    canvas: Canvas, store: ViewStore
) -> None:
    start = QPointF(200, 300)
    store.set_window(500, 1000)
    drag(canvas, start, QPointF(0, -32))
    slow = 500 - store.state.window_centre
    store.set_window(500, 1000)
    drag(canvas, start, QPointF(0, -32), keys=CTRL)
    assert 500 - store.state.window_centre == pytest.approx(4 * slow)
    store.set_window(500, 100)
    drag(canvas, start, QPointF(0, -32))
    assert 500 - store.state.window_centre == pytest.approx(slow / 10)


@pytest.mark.parametrize(("button", "keys"), [(MIDDLE, NONE), (LEFT, SHIFT)])
def test_the_picture_is_panned_with_the_hand(
    canvas: Canvas, store: ViewStore, button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    store.zoom(2)
    start, by = QPointF(150, 250), QPointF(60, 45)
    before = store.state
    held = under(canvas, start)
    drag(canvas, start, by, button, keys)
    assert np.abs(under(canvas, start + by) - held).max() <= before.mm_per_pixel
    assert store.state.mm_per_pixel == before.mm_per_pixel
    assert store.state.window_width == before.window_width
    assert store.state.cursor == before.cursor


def test_right_drag_zooms_where_it_was_pressed(row: PaneRow, store: ViewStore) -> None:
    canvas = row.pane(PaneKind.RECONSTRUCTION).canvas
    menus: list[QPoint] = []
    row.context_menu_requested.connect(menus.append)
    start = QPointF(150, 250)
    before, scale = under(canvas, start), store.state.mm_per_pixel
    drag(canvas, start, QPointF(0, -60), RIGHT)
    assert store.state.mm_per_pixel == pytest.approx(scale / 2**0.5)
    assert np.abs(under(canvas, start) - before).max() <= scale
    drag(canvas, start, QPointF(0, 60), RIGHT)
    assert store.state.mm_per_pixel == pytest.approx(scale)
    assert menus == []


def test_right_click_and_menu_key_ask_for_a_menu(row: PaneRow, store: ViewStore) -> None:
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    menus: list[QPoint] = []
    row.context_menu_requested.connect(menus.append)
    before = store.state
    click(canvas, QPointF(70, 80), RIGHT)
    assert menus == [canvas.mapToGlobal(QPoint(70, 80))]
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        at = QPoint(5, 5)
        event = QContextMenuEvent(reason, at, canvas.mapToGlobal(at))
        QApplication.sendEvent(canvas, event)
    assert menus[1:] == [canvas.mapToGlobal(canvas.rect().center())]
    assert store.state == before


def test_a_click_puts_the_cursor_on_the_voxel_that_is_drawn_there(
    canvas: Canvas, store: ViewStore
) -> None:
    store.show(interpolation=Interpolation.NEAREST)
    volume, view, mapping = store.volume, store.view, canvas.mapping
    assert volume is not None
    assert view is not None
    assert mapping is not None
    for at in (QPointF(100, 200), QPointF(281, 333)):
        click(canvas, at)
        _, row, column = view.from_voxel(*volume.to_voxel(*store.state.cursor))
        rect = mapping.rect()
        exact_row = (at.y() + 0.5 - rect.top()) / rect.height() * view.n_rows
        exact_column = (at.x() + 0.5 - rect.left()) / rect.width() * view.n_columns
        assert (row, column) == pytest.approx((exact_row - 0.5, exact_column - 0.5))
        assert store.index == 25
        shown = canvas.mapping
        assert shown is not None
        drawn = shown.from_mm(store.state.cursor)
        assert (drawn.x(), drawn.y()) == pytest.approx((at.x() + 0.5, at.y() + 0.5))


def test_a_trembling_click_is_a_click(canvas: Canvas, store: ViewStore) -> None:
    before = store.state
    drag(canvas, QPointF(100, 200), QPointF(2, -3))
    assert store.state.window_width == before.window_width
    assert store.state.cursor != before.cursor


def test_a_double_click_maximises_and_leaves_the_cursor(
    canvas: Canvas, row: PaneRow, store: ViewStore
) -> None:
    cursor = store.state.cursor
    double_click(canvas, QPointF(100, 200))
    assert store.state.maximised == (canvas.kind, canvas.plane)
    assert canvas.width() == row.width()
    assert store.state.cursor == cursor
    double_click(canvas, QPointF(100, 200))
    assert store.state.maximised is None
    assert store.state.cursor == cursor


def test_the_head_maximises_too(row: PaneRow, store: ViewStore) -> None:
    head = row.pane(PaneKind.DIFFERENCE).head
    QTest.mouseDClick(head, LEFT, NONE, QPoint(200, 15))
    assert store.state.maximised == (PaneKind.DIFFERENCE, store.state.plane)
    button = head.findChildren(type(head._button))[0]
    assert button.accessibleName() == "Show all panes"
    QTest.mouseClick(button, LEFT)
    assert store.state.maximised is None
    assert button.accessibleName() == "Maximise this pane"


def test_a_lost_release_ends_the_drag(canvas: Canvas, store: ViewStore) -> None:
    start = QPointF(100, 200)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    before = store.state
    mouse(canvas, QEvent.Type.MouseMove, start + QPointF(90, 90), Qt.MouseButton.NoButton)
    assert store.state == before


def test_the_pointer_is_told_in_millimetres_and_follows_the_slice(
    row: PaneRow, store: ViewStore
) -> None:
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    told: list[tuple[float, float, float] | None] = []
    row.hovered.connect(told.append)
    mouse(canvas, QEvent.Type.MouseMove, QPointF(100, 200), Qt.MouseButton.NoButton)
    assert told[-1] == pytest.approx(tuple(under(canvas, QPointF(100.5, 200.5))))
    first = told[-1]
    assert first is not None
    wheel(canvas, -120, at=QPointF(100, 200))
    assert told[-1] == pytest.approx((first[0], first[1], first[2] + 3.0))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert told[-1] is None
    count = len(told)
    store.scroll(1)
    assert len(told) == count


# The scale of the difference


def test_the_scale_is_dragged_turned_and_reset(row: PaneRow, store: ViewStore) -> None:
    bar = row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert bar is not None
    assert bar.isVisible()
    store.set_difference_limit(100.0, automatic=True)
    before = store.state
    middle = QPointF(bar.bar.center())
    drag(bar, middle, QPointF(0, -60))
    assert store.state.difference_limit == 200.0
    drag(bar, middle, QPointF(0, 120))
    assert store.state.difference_limit == 50.0
    wheel(bar, 120)
    assert store.state.difference_limit == 55.0
    wheel(bar, -120)
    assert store.state.difference_limit == 50.0
    assert bar.accessibleDescription() == "Scale ±50"
    double_click(bar, middle)
    assert store.state == before


def test_the_scale_answers_keys(row: PaneRow, store: ViewStore) -> None:
    bar = row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert bar is not None
    store.set_difference_limit(100.0, automatic=True)
    QTest.keyClick(bar, Qt.Key.Key_Up)
    assert store.state.difference_limit == 110.0
    QTest.keyClick(bar, Qt.Key.Key_Down)
    QTest.keyClick(bar, Qt.Key.Key_Down)
    assert store.state.difference_limit == 91.0
    QTest.keyClick(bar, Qt.Key.Key_Home)
    assert store.state.difference_limit == 100.0


def test_the_scale_lies_below_the_letter_and_above_the_scale_bar(row: PaneRow) -> None:
    canvas = row.pane(PaneKind.DIFFERENCE).canvas
    bar = canvas.colour_bar
    assert bar is not None
    for height in range(230, 1400, 30):
        row.resize(1204, height)
        if bar.isVisible():
            assert bar.geometry().top() > canvas.height() / 2 + 8
            assert bar.geometry().bottom() < canvas.height() - 36
            assert bar.bar.height() >= 40
    row.resize(1204, 160)
    assert not bar.isVisible()


def test_the_scale_is_there_with_the_difference_only(row: PaneRow, store: ViewStore) -> None:
    bar = row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert bar is not None
    while store.state.overlay is not Overlay.NONE:
        assert bar.isVisible()
        store.cycle_overlay()
    assert not bar.isVisible()
    store.cycle_overlay()
    assert bar.isVisible()
    row.set_reconstruction(None)
    assert not bar.isVisible()
