"""The left button's tools: W windows, T pans, Z zooms, S scrolls; a click sets the cursor."""

import pytest
from drawing_scenes import at, pane, press_key
from PySide6.QtCore import QPointF, Qt
from scenes import click, drag

from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.view_state import Tool
from isthmus.ui.window import Window


@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_tool_does_one_thing_and_leaves_the_rest(opened: Window, number: int) -> None:
    canvas, store = pane(opened, number), opened.store
    start = at(canvas, 14, 10)
    for key, tool, changed in (
        (Qt.Key.Key_T, Tool.PAN, {"centre", "fit"}),
        (Qt.Key.Key_Z, Tool.ZOOM, {"centre", "mm_per_pixel"}),
        (Qt.Key.Key_S, Tool.SCROLL, {"cursor"}),
        (Qt.Key.Key_W, Tool.WINDOW, {"window_centre", "window_width"}),
    ):
        press_key(canvas, key)
        assert store.state.tool is tool
        before = store.state
        drag(canvas, start, QPointF(30, 60))
        names = {
            name for name in vars(before) if getattr(before, name) != getattr(store.state, name)
        }
        assert changed <= names | {"fit"}
        assert names <= changed | {"fit", "centre"}


def test_scrolling_by_drag_goes_down_the_slices_and_back(opened: Window) -> None:
    canvas, store = pane(opened), opened.store
    press_key(canvas, Qt.Key.Key_S)
    index = store.index
    drag(canvas, QPointF(150, 150), QPointF(0, 26))
    assert store.index == index + 2
    drag(canvas, QPointF(150, 150), QPointF(0, -38))
    assert store.index == index - 1


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_Z, Qt.Key.Key_S])
def test_a_click_with_any_of_them_sets_the_cursor(opened: Window, key: Qt.Key) -> None:
    canvas, store = pane(opened), opened.store
    press_key(canvas, key)
    before = store.state.cursor
    click(canvas, at(canvas, 14, 10))
    assert store.state.cursor != before


def test_the_toolbar_shows_the_tool_in_hand(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    for key, tool in ((Qt.Key.Key_T, Tool.PAN), (Qt.Key.Key_E, Tool.ELLIPSE)):
        press_key(canvas, key)
        checked = [each for each, action in measuring.actions.tools.items() if action.isChecked()]
        assert checked == [tool]
        shown = [button.defaultAction() for button in measuring.actions.buttons]
        assert measuring.actions.tools[tool] in shown
