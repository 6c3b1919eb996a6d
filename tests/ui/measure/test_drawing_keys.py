"""Drawings without a mouse: drawn at the cursor, moved, reshaped, chosen and put down by keys."""

import numpy as np
import pytest
from drawing_scenes import SHIFT, draw, only, pane, press_key
from PySide6.QtCore import Qt

from isthmus.ui.measure.geometry import in_voxels
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.measure.shapes import Shape
from isthmus.ui.window import Window


def voxels(window: Window, measuring: Measuring) -> np.ndarray:
    """Return (row, column) of the one drawing's points."""
    view = window.store.view
    assert view is not None
    assert window.store.volume is not None
    return in_voxels(only(measuring).points, window.store.volume, view)[:, 1:]


@pytest.mark.parametrize(
    ("key", "modifiers", "shape"),
    [
        (Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier, Shape.DISTANCE),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, Shape.ANGLE),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, Shape.ELLIPSE),
        (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, Shape.RECTANGLE),
        (Qt.Key.Key_F, SHIFT, Shape.FREEHAND),
        (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier, Shape.PROFILE),
    ],
)
def test_enter_draws_at_the_cursor_with_any_tool(
    opened: Window,
    measuring: Measuring,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    shape: Shape,
) -> None:
    canvas = pane(opened)
    press_key(canvas, key, modifiers)
    press_key(canvas, Qt.Key.Key_Return)
    assert only(measuring).shape is shape
    assert (measuring.size(only(measuring)) or 0) > 0
    before, index = voxels(opened, measuring), opened.store.index
    press_key(canvas, Qt.Key.Key_Right)
    press_key(canvas, Qt.Key.Key_Down, SHIFT)
    moved = voxels(opened, measuring) - before
    assert moved == pytest.approx(np.tile((10.0, 1.0), (len(before), 1)), abs=1e-6)
    assert opened.store.index == index


def test_tab_goes_through_the_handles_and_arrows_move_the_one(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    press_key(canvas, Qt.Key.Key_Return)
    before = voxels(opened, measuring)
    press_key(canvas, Qt.Key.Key_Tab)
    press_key(canvas, Qt.Key.Key_Up, times=3)
    moved = voxels(opened, measuring) - before
    assert moved[0] == pytest.approx((-3, 0), abs=1e-6)
    assert moved[1] == pytest.approx((0, 0), abs=1e-6)
    assert canvas.hasFocus()
    press_key(canvas, Qt.Key.Key_Backtab, SHIFT)
    press_key(canvas, Qt.Key.Key_Left)
    assert voxels(opened, measuring) - before == pytest.approx(
        np.array([(-3.0, -1.0), (0.0, -1.0)]), abs=1e-6
    )
    # Three steps of one handle are one step back.
    control = Qt.KeyboardModifier.ControlModifier
    press_key(canvas, Qt.Key.Key_Z, control, times=2)
    assert voxels(opened, measuring) == pytest.approx(before)


def test_esc_or_enter_gives_the_arrow_keys_back(opened: Window, measuring: Measuring) -> None:
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_R, (10, 8), (20, 20))
    for end in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        press_key(canvas, Qt.Key.Key_Return)
        index = opened.store.index
        press_key(canvas, Qt.Key.Key_Up)
        assert opened.store.index == index
        press_key(canvas, end)
        press_key(canvas, Qt.Key.Key_Up)
        assert opened.store.index == index - 1
        press_key(canvas, Qt.Key.Key_Down)
    assert measuring.drawings.selected is not None
    press_key(canvas, Qt.Key.Key_Escape)
    assert measuring.drawings.selected is None
    press_key(canvas, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()


def test_j_goes_from_drawing_to_drawing_and_to_their_slices(
    opened: Window, measuring: Measuring
) -> None:
    canvas = pane(opened)
    slices = []
    for _ in range(3):
        draw(canvas, Qt.Key.Key_D, (10, 8), (20, 20))
        slices.append(opened.store.index)
        press_key(canvas, Qt.Key.Key_Down)
    press_key(canvas, Qt.Key.Key_J)
    assert opened.store.index == slices[0]
    press_key(canvas, Qt.Key.Key_J)
    assert opened.store.index == slices[1]
    press_key(canvas, Qt.Key.Key_J, SHIFT, times=2)
    assert opened.store.index == slices[2]
    assert measuring.drawings.selected is measuring.drawings.all[2]


def test_every_action_has_its_key_in_its_tooltip_and_is_off_when_it_has_nothing_to_do(
    opened: Window, measuring: Measuring
) -> None:
    actions = measuring.actions
    for action in (*actions.tools.values(), actions.magnifier):
        assert f"({action.shortcut().toString()}" in action.toolTip()
        assert action.isEnabled()
    assert not actions.delete.isEnabled()
    assert not actions.export.isEnabled()
    draw(pane(opened), Qt.Key.Key_D, (10, 8), (20, 20))
    assert actions.delete.isEnabled()
    assert actions.export.isEnabled()
    assert not actions.export_profile.isEnabled()
