"""Drawing by mouse on any pane: what is drawn, where it is seen, what it measures."""

import math

import numpy as np
import pytest
from drawing_scenes import (
    SHIFT,
    at,
    draw,
    draw_angle,
    draw_curve,
    hover,
    only,
    pane,
    press_key,
    yellowish,
)
from PySide6.QtCore import QEvent, QPointF, Qt
from scenes import LEFT, RIGHT, click, double_click, drag, mouse
from window_scenes import turn_wheel

from isthmus.scans import Plane
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.measure.shapes import Shape
from isthmus.ui.view_state import Overlay, Tool
from isthmus.ui.window import Window

KEYS = {
    Shape.DISTANCE: (Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier),
    Shape.ELLIPSE: (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
    Shape.RECTANGLE: (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier),
    Shape.PROFILE: (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier),
}
# Voxels of the scan are 1.1 mm high and 0.9 mm wide.
DOWN, ALONG = 1.1, 0.9


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("shape", list(KEYS))
def test_a_drag_with_a_tool_draws_on_every_pane(
    opened: Window, measuring: Measuring, shape: Shape, number: int
) -> None:
    panes = [pane(opened, each) for each in range(3)]
    before = [yellowish(canvas) for canvas in panes]
    key, modifiers = KEYS[shape]
    draw(pane(opened, number), key, (10, 8), (20, 28), modifiers)
    assert only(measuring).shape is shape
    assert measuring.drawings.selected is only(measuring)
    after = [yellowish(canvas) for canvas in panes]
    assert all(new > old + 40 for new, old in zip(after, before, strict=True))


def test_sizes_are_those_of_true_voxels(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    pixel = opened.store.state.mm_per_pixel
    draw(canvas, Qt.Key.Key_D, (10, 8), (20, 28))
    assert measuring.size(only(measuring)) == pytest.approx(
        math.hypot(10 * DOWN, 20 * ALONG), abs=2 * pixel
    )
    draw(canvas, Qt.Key.Key_R, (14, 10), (24, 30))
    draw(canvas, Qt.Key.Key_E, (12, 6), (30, 26))
    draw_curve(canvas, [(8, 8), (8, 18), (8, 28), (18, 28), (28, 28), (28, 18), (28, 8), (18, 8)])
    _, rectangle, ellipse, curve = measuring.drawings.all
    area = 10 * DOWN * 20 * ALONG
    assert measuring.size(rectangle) == pytest.approx(area, rel=0.03)
    assert measuring.size(ellipse) == pytest.approx(math.pi / 4 * 18 * DOWN * 20 * ALONG, rel=0.03)
    assert curve.shape is Shape.FREEHAND
    assert measuring.size(curve) == pytest.approx(20 * DOWN * 20 * ALONG, rel=0.04)


def test_an_angle_is_taken_in_millimetres(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    draw_angle(canvas, [(10, 10), (20, 10), (30, 30)])
    drawn = only(measuring)
    assert drawn.shape is Shape.ANGLE
    expected = 180 - math.degrees(math.atan2(20 * ALONG, 10 * DOWN))
    assert measuring.size(drawn) == pytest.approx(expected, abs=1)
    # Or drag the first arm, and click for the second.
    press_key(canvas, Qt.Key.Key_A)
    start = at(canvas, 10, 15)
    drag(canvas, start, at(canvas, 20, 15) - start)
    hover(canvas, at(canvas, 20, 30))
    click(canvas, at(canvas, 20, 30))
    assert measuring.size(measuring.drawings.all[1]) == pytest.approx(90, abs=1)


def test_clicks_draw_too_and_a_curve_closes_at_its_start_or_with_a_double_click(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    press_key(canvas, Qt.Key.Key_R)
    for place in ((10, 8), (20, 28)):
        hover(canvas, at(canvas, *place))
        click(canvas, at(canvas, *place))
    assert only(measuring).shape is Shape.RECTANGLE
    measuring.drawings.remove(only(measuring).key)
    corners = [(8, 8), (8, 28), (28, 28), (28, 8)]
    press_key(canvas, Qt.Key.Key_F, SHIFT)
    for place in [*corners, corners[0]]:
        hover(canvas, at(canvas, *place))
        click(canvas, at(canvas, *place))
    assert measuring.size(only(measuring)) == pytest.approx(20 * DOWN * 20 * ALONG, rel=0.02)
    corners = [(10, 10), (10, 26), (26, 26), (26, 10)]
    for place in corners[:-1]:
        hover(canvas, at(canvas, *place))
        click(canvas, at(canvas, *place))
    hover(canvas, at(canvas, *corners[-1]))
    double_click(canvas, at(canvas, *corners[-1]))
    assert len(measuring.drawings.all) == 2
    assert len(measuring.drawings.all[1].points) == 4
    assert opened.store.state.maximised is None


def test_shift_keeps_sides_equal_and_lines_straight(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    for key, column in ((Qt.Key.Key_R, 6), (Qt.Key.Key_D, 9)):
        press_key(canvas, key)
        start = at(canvas, 8, column)
        mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
        end = at(canvas, 9, column + 20)
        mouse(canvas, QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton, LEFT, SHIFT)
        mouse(canvas, QEvent.Type.MouseButtonRelease, end, LEFT, keys=SHIFT)
    square, line = measuring.drawings.all
    sides = np.abs(np.subtract(*square.points))[:2]
    assert sides[0] == pytest.approx(sides[1])
    assert sides[0] == pytest.approx(20 * ALONG, rel=0.05)
    assert np.subtract(*line.points)[1] == pytest.approx(0, abs=1e-6)


def test_a_drawing_belongs_to_its_slice_and_plane(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    bare = yellowish(canvas)
    draw(canvas, Qt.Key.Key_E, (10, 8), (25, 28))
    drawn = yellowish(canvas)
    assert drawn > bare + 100
    turn_wheel(canvas, -1)
    assert yellowish(canvas) <= bare + 5
    turn_wheel(canvas, 1)
    assert yellowish(canvas) == drawn
    press_key(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    assert opened.store.state.plane is Plane.CORONAL
    assert yellowish(canvas) <= bare + 5
    draw(canvas, Qt.Key.Key_D, (3, 8), (6, 20))
    planes = [drawing.plane for drawing in measuring.drawings.all]
    assert planes == [Plane.AXIAL, Plane.CORONAL]
    press_key(canvas, Qt.Key.Key_J)
    assert opened.store.state.plane is Plane.AXIAL
    assert yellowish(canvas) > bare + 100


@pytest.mark.parametrize("way", ["Esc", "right click", "tool", "scroll"])
def test_what_is_being_drawn_can_be_given_up(
    opened: Window, measuring: Measuring, way: str
) -> None:
    canvas = pane(opened)
    state = opened.store.state
    press_key(canvas, Qt.Key.Key_D)
    bare = yellowish(canvas)
    click(canvas, at(canvas, 10, 8))
    hover(canvas, at(canvas, 20, 28))
    assert yellowish(canvas) > bare
    if way == "Esc":
        press_key(canvas, Qt.Key.Key_Escape)
    elif way == "right click":
        click(canvas, at(canvas, 15, 15), RIGHT)
    elif way == "tool":
        press_key(canvas, Qt.Key.Key_R)
    else:
        turn_wheel(canvas, -1)
    assert measuring.drawings.all == ()
    assert yellowish(canvas) == bare
    assert not measuring.tool.busy
    # The first Esc gives up the drawing, the second the tool; only then it resets the view.
    if way == "Esc":
        assert opened.store.state.tool is Tool.DISTANCE
        opened.store.set_window(10, 20)
        press_key(canvas, Qt.Key.Key_Escape)
        assert opened.store.state.tool is Tool.WINDOW
        assert opened.store.state.window_width == 20
        press_key(canvas, Qt.Key.Key_Escape)
        assert opened.store.state.window_width == state.window_width


def test_a_drag_that_is_given_up_leaves_the_drawing_as_it_was(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 28))
    before = only(measuring)
    start = at(canvas, 10, 13)
    mouse(canvas, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    mouse(canvas, QEvent.Type.MouseMove, start + QPointF(0, 40), Qt.MouseButton.NoButton, LEFT)
    assert only(measuring) != before
    press_key(canvas, Qt.Key.Key_Escape)
    assert only(measuring) == before
    mouse(canvas, QEvent.Type.MouseButtonRelease, start, LEFT)


def test_a_drawing_is_moved_by_its_line_and_reshaped_by_its_handles(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened, 1)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    before = np.array(only(measuring).points)
    window = opened.store.state
    start = at(canvas, 10, 11) + QPointF(0, -5)  # beside the line: it need not be hit exactly
    drag(canvas, start, at(canvas, 15, 14) - at(canvas, 10, 11))
    moved = np.array(only(measuring).points) - before
    assert np.abs(moved[0] - moved[1]).max() < 1e-6
    assert np.abs(moved[0][:2]) == pytest.approx((3 * ALONG, 5 * DOWN), rel=0.1)
    corner = at(canvas, 25, 23) + QPointF(7, 7)
    drag(canvas, corner, at(canvas, 30, 23) - at(canvas, 25, 23))
    size = measuring.size(only(measuring))
    assert size == pytest.approx(12 * ALONG * 15 * DOWN, rel=0.1)
    assert opened.store.state.window_width == window.window_width
    assert opened.store.state.cursor == window.cursor


def test_moving_stops_at_the_slice(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_E, (10, 8), (20, 20))
    area = measuring.size(only(measuring))
    # On its line, away from the four handles.
    drag(canvas, at(canvas, 15 - 5 * 0.707, 14 - 6 * 0.707), QPointF(-2000, -2000))
    assert measuring.size(only(measuring)) == pytest.approx(area)
    mapping = canvas.mapping
    assert mapping is not None
    laid = measuring.sheet.lay(only(measuring), mapping)
    assert laid.outline.min() == pytest.approx(-0.5, abs=1e-6)


def test_a_curve_is_pulled_where_it_is_dragged(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    turn = np.linspace(0, 2 * np.pi, 40)[:-1]
    draw_curve(canvas, [(20 + 8 * np.sin(a), 18 + 8 * np.cos(a)) for a in turn])
    area = measuring.size(only(measuring))
    points = only(measuring).points
    drag(canvas, at(canvas, 20, 26), at(canvas, 20, 31) - at(canvas, 20, 26))
    assert measuring.size(only(measuring)) > 1.05 * area
    away = np.linalg.norm(np.subtract(points, only(measuring).points), axis=1)
    assert np.count_nonzero(away < 1e-6) > len(points) / 2


def test_without_a_drawing_under_it_the_left_button_still_windows(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    width = opened.store.state.window_width
    drag(canvas, at(canvas, 15, 14), QPointF(60, 0))  # inside, away from the line
    assert opened.store.state.window_width > width
    assert measuring.drawings.selected is only(measuring)


def test_delete_undo_and_redo(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    first = only(measuring)
    start = at(canvas, 10, 11)
    drag(canvas, start, QPointF(0, 50), steps=20)
    moved = only(measuring)
    control = Qt.KeyboardModifier.ControlModifier
    press_key(canvas, Qt.Key.Key_Z, control)
    assert only(measuring) == first  # a drag is one step, however long
    press_key(canvas, Qt.Key.Key_Z, control | SHIFT)
    assert only(measuring) == moved
    press_key(canvas, Qt.Key.Key_Delete)
    assert measuring.drawings.all == ()
    press_key(canvas, Qt.Key.Key_Z, control)
    assert only(measuring) == moved
    press_key(canvas, Qt.Key.Key_Z, control, times=2)
    assert measuring.drawings.all == ()
    assert not opened.undo.canUndo()


def test_overlays_that_are_hidden_hide_drawings_and_drawing_shows_them(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_E, (10, 8), (25, 28))
    press_key(canvas, Qt.Key.Key_I, times=2)
    assert opened.store.state.overlay is Overlay.NONE
    assert yellowish(canvas) == 0
    press_key(canvas, Qt.Key.Key_D)
    click(canvas, at(canvas, 20, 20))
    assert opened.store.state.overlay is Overlay.ALL


def test_a_tool_that_draws_changes_the_pointer(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    press_key(canvas, Qt.Key.Key_D)
    assert canvas.cursor().shape() == Qt.CursorShape.CrossCursor
    press_key(canvas, Qt.Key.Key_D)
    assert opened.store.state.tool is Tool.WINDOW
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    hover(canvas, at(canvas, 15, 20))
    assert canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    hover(canvas, at(canvas, 10, 11))
    assert canvas.cursor().shape() == Qt.CursorShape.SizeAllCursor
