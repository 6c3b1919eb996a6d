"""The magnifier: the same place of both pictures, enlarged, wherever the pointer is."""

import numpy as np
import pytest
from drawing_scenes import at, hover, pane, press_key
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QApplication
from scenes import grabbed
from test_values import with_reconstruction
from window_scenes import turn_wheel

from isthmus.ui.measure.magnifier import Magnifier, place_magnifier
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.window import Window


@pytest.fixture
def magnifier(opened: Window, measuring: Measuring) -> Magnifier:
    """The window's magnifier, over a scan that has a reconstruction."""
    with_reconstruction(opened)
    return measuring.magnifier


@pytest.mark.parametrize("number", [0, 1, 2])
def test_it_follows_the_pointer_in_every_pane(
    opened: Window, magnifier: Magnifier, number: int
) -> None:
    canvas = pane(opened, number)
    press_key(canvas, Qt.Key.Key_G)
    assert opened.store.state.magnification == 4
    for place in ((10, 8), (30, 28)):
        hover(canvas, at(canvas, *place))
        assert magnifier.isVisible()
        mapping = canvas.mapping
        assert mapping is not None
        expected = mapping.to_mm(at(canvas, *place) + QPointF(0.5, 0.5))
        assert magnifier.spot == pytest.approx(expected)
        # It keeps off the place in this pane.
        spot = canvas.mapTo(opened.viewer.panes, at(canvas, *place).toPoint())
        assert not magnifier.geometry().contains(spot)
    press_key(canvas, Qt.Key.Key_G)
    assert not magnifier.isVisible()


def test_it_shows_the_same_voxels_of_both_pictures_undistorted(
    opened: Window, magnifier: Magnifier
) -> None:
    made = opened.viewer.panes.shown
    assert made is not None
    canvas = pane(opened)
    press_key(canvas, Qt.Key.Key_G)
    hover(canvas, at(canvas, 18, 16))
    QApplication.processEvents()
    pixels = grabbed(magnifier).astype(int)
    volume, view, state = opened.store.volume, opened.store.view, opened.store.state
    assert volume is not None
    assert view is not None
    side = (magnifier.width() - 4) // 2
    for number, voxels in enumerate((volume.voxels, made.voxels)):
        value = float(view.extract(voxels, opened.store.index)[18, 16])
        low = state.window_centre - state.window_width / 2
        grey = np.clip((value - low) / state.window_width * 255, 0, 255)
        middle = 1 + number * (side + 2) + side // 2, 1 + 22 + side // 2
        assert pixels[middle[1], middle[0]] == pytest.approx(grey, abs=1)
        # One voxel fills what it is to fill, without a shade to its neighbours; beside the cross.
        mapping = canvas.mapping
        assert mapping is not None
        wide = int(4 * mapping.pixels_per_column / 2) - 4
        beside = slice(middle[1] + 7, middle[1] + 14), slice(middle[0] + 5, middle[0] + wide)
        assert np.abs(pixels[beside] - grey).max() <= 1


def test_the_wheel_and_plus_and_minus_change_its_power_and_shift_still_scrolls(
    opened: Window, magnifier: Magnifier
) -> None:
    canvas, store = pane(opened), opened.store
    press_key(canvas, Qt.Key.Key_G)
    index = store.index
    turn_wheel(canvas, 1)
    assert (store.state.magnification, store.index) == (6, index)
    turn_wheel(canvas, 5)
    assert store.state.magnification == 8
    press_key(canvas, Qt.Key.Key_Minus, times=2)
    assert store.state.magnification == 4
    press_key(canvas, Qt.Key.Key_Plus)
    assert store.state.magnification == 6
    turn_wheel(canvas, -9)
    assert store.state.magnification == 2
    press_key(canvas, Qt.Key.Key_Down)
    assert store.index == index + 1
    turn_wheel(canvas, 1, Qt.KeyboardModifier.ShiftModifier)
    assert store.index < index
    press_key(canvas, Qt.Key.Key_G)
    turn_wheel(canvas, -1)
    assert store.index == 1
    press_key(canvas, Qt.Key.Key_Plus)
    assert store.state.magnification == 0


def test_without_a_pointer_it_stands_at_the_cursor(opened: Window, magnifier: Magnifier) -> None:
    canvas = pane(opened)
    hover(canvas, at(canvas, 10, 8))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    press_key(canvas, Qt.Key.Key_G)
    assert magnifier.isVisible()
    assert magnifier.spot == pytest.approx(opened.store.state.cursor)


def test_it_takes_no_mouse(opened: Window, magnifier: Magnifier) -> None:
    assert magnifier.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert magnifier.focusPolicy() == Qt.FocusPolicy.NoFocus


@settings(max_examples=150, deadline=None)
@given(st.floats(0, 1320), st.floats(0, 560), st.sampled_from([0, 1, 2]))
def test_it_never_hides_its_place_and_other_panes_only_if_it_must(
    x: float, y: float, number: int
) -> None:
    room = QRectF(0, 0, 1320, 560)
    width = 440.0
    at_ = QPointF(min(x % width + number * width, 1319), y)
    keep = [QPointF(x % width + n * width, y) for n in range(3) if n != number]
    found = place_magnifier(QSizeF(356, 220), at_, room, keep)
    assert room.contains(found)
    assert not found.contains(at_)
    assert sum(found.contains(point) for point in keep) == 0
