"""Ways to a slice: a number, the page keys, and the pointer with Shift."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scenes import LEFT, NONE, SHIFT, click, mouse
from window_scenes import canvas, open_scan, small_scan

from isthmus.scans import Plane
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.window import Window

KEY = Qt.Key
NO_BUTTON = Qt.MouseButton.NoButton


@pytest.fixture
def scan(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """The window with a scan of 30 slices; its sixteenth is shown."""
    open_scan(window, small_scan(tmp_path, shape=(30, 40, 36)), qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return window


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, keys)


def type_number(window: Window, text: str) -> None:
    for letter in text:
        press(window, KEY(ord(letter)))


def test_a_number_is_typed_in_and_gone_to(scan: Window) -> None:
    press(scan, KEY.Key_G, Qt.KeyboardModifier.ControlModifier)
    entry = scan.viewer.strip.entry
    assert entry.isVisible()
    assert entry.hasFocus()
    type_number(scan, "7")
    assert scan.store.index == 15  # not before it is whole: 7 may become 71
    press(scan, KEY.Key_Return)
    assert scan.store.index == 6
    assert not entry.isVisible()
    assert QApplication.focusWidget() is canvas(scan)


def test_what_is_typed_can_be_left(scan: Window) -> None:
    scan.store.zoom(3.0)
    zoomed = scan.store.state.mm_per_pixel
    press(scan, KEY.Key_G, Qt.KeyboardModifier.ControlModifier)
    type_number(scan, "7")
    press(scan, KEY.Key_Escape)
    assert scan.store.index == 15
    assert not scan.viewer.strip.entry.isVisible()
    assert scan.store.state.mm_per_pixel == zoomed  # Esc was the entry's


def test_no_slice_beyond_the_last_can_be_typed(scan: Window) -> None:
    press(scan, KEY.Key_G, Qt.KeyboardModifier.ControlModifier)
    type_number(scan, "99")
    press(scan, KEY.Key_Return)
    assert 0 <= scan.store.index <= 29


def test_a_double_click_on_the_number_asks_too(scan: Window) -> None:
    strip = scan.viewer.strip
    at = QPointF(30, strip.height() / 2)
    click(strip, at)
    mouse(strip, QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)
    assert strip.entry.isVisible()


def test_page_keys_go_ten_slices_where_there_are_no_parts(scan: Window) -> None:
    press(scan, KEY.Key_PageDown)
    assert scan.store.index == 25
    press(scan, KEY.Key_PageUp)
    press(scan, KEY.Key_PageUp)
    assert scan.store.index == 5
    # With parts, they step through those; the list of shortcuts says which it is.
    scan.actions_.set_several_parts(True)
    press(scan, KEY.Key_PageDown)
    assert scan.store.index == 5
    keys = {key.toString() for action in scan.actions_.slices for key in action.shortcuts()}
    assert "PgDown" not in keys


def test_the_cursor_follows_the_pointer_while_shift_is_held(scan: Window) -> None:
    picture = canvas(scan)
    mapping = Mapping.of(scan.store, picture.size())
    assert mapping is not None
    at = QPointF(picture.width() / 2 + 30, picture.height() / 2 - 20)
    before = scan.store.state.cursor
    mouse(picture, QEvent.Type.MouseMove, at, NO_BUTTON, NO_BUTTON, NONE)
    assert scan.store.state.cursor == before
    mouse(picture, QEvent.Type.MouseMove, at, NO_BUTTON, NO_BUTTON, SHIFT)
    assert scan.store.state.cursor == pytest.approx(mapping.to_mm(at + QPointF(0.5, 0.5)))
    # Another plane shows the slice that the pointer led to.
    scan.store.set_plane(Plane.SAGITTAL)
    there = scan.store.index
    scan.store.set_cursor(before)
    assert scan.store.index != there


def test_the_strip_is_a_slider_to_a_screen_reader(scan: Window) -> None:
    strip = scan.viewer.strip
    assert (strip.minimum(), strip.maximum(), strip.value()) == (1, 30, 16)
    press(scan, KEY.Key_Down)
    assert strip.value() == 17
    strip.setValue(4)  # as a screen reader does
    assert scan.store.index == 3
    scan.store.set_plane(Plane.CORONAL)
    assert (strip.minimum(), strip.maximum()) == (1, 40)
    assert strip.value() == scan.store.index + 1
