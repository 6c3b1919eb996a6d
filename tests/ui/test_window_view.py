"""Moving about in the open scan: every input ends in the one state that all panes show."""

import random
from pathlib import Path

import numpy as np
import pytest
from builders import write_nifti_scan
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from scenes import a_reconstruction, grabbed
from window_scenes import SHAPE, canvas, open_scan, small_scan, turn_wheel

from isthmus.latents import SliceMap
from isthmus.scans import Plane
from isthmus.ui.deck import Room
from isthmus.ui.state import Overlay, PaneKind
from isthmus.ui.window import Window

EVEN = range(0, SHAPE[0], 2)


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """The window with a scan, and no model."""
    open_scan(window, small_scan(tmp_path), qtbot)
    return window


def press(window: Window, key: Qt.Key, **modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window, key, modifiers.get("with_", Qt.KeyboardModifier.NoModifier))


def test_the_wheel_scrolls_and_all_panes_follow(viewing: Window) -> None:
    before = viewing.store.index
    turn_wheel(canvas(viewing, 1), -1)
    assert viewing.store.index == before + 1
    for number in range(3):
        described = canvas(viewing, number).accessibleDescription()
        assert described.startswith(f"Axial slice {before + 2} of {SHAPE[0]}")


def test_keys_scroll(viewing: Window) -> None:
    viewing.store.go_to_slice(4)
    for key, index in (
        (Qt.Key.Key_Down, 5),
        (Qt.Key.Key_Up, 4),
        (Qt.Key.Key_End, SHAPE[0] - 1),
        (Qt.Key.Key_Home, 0),
    ):
        press(viewing, key)
        assert viewing.store.index == index
    press(viewing, Qt.Key.Key_Down, with_=Qt.KeyboardModifier.ShiftModifier)
    assert viewing.store.index == SHAPE[0] - 1


@pytest.mark.parametrize(
    ("key", "plane"),
    [(Qt.Key.Key_X, Plane.SAGITTAL), (Qt.Key.Key_Y, Plane.CORONAL), (Qt.Key.Key_Z, Plane.AXIAL)],
)
def test_keys_choose_the_plane(key: Qt.Key, plane: Plane, viewing: Window) -> None:
    press(viewing, key, with_=Qt.KeyboardModifier.AltModifier)
    assert viewing.store.state.plane is plane
    assert viewing.actions_.planes[plane].isChecked()


def test_dragging_sets_the_window_and_0_takes_it_back(viewing: Window) -> None:
    start = viewing.store.state
    pane, middle = canvas(viewing), canvas(viewing).rect().center()
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pane, middle + QPoint(60, 0))
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    wider = viewing.store.state.window_width
    assert wider > start.window_width
    width = viewing.toolbar.window_field.text().split(" / ")[0]
    assert float(width) == pytest.approx(wider, rel=0.01)
    press(viewing, Qt.Key.Key_0)
    assert viewing.store.state.window_width == start.window_width


def test_presets_have_the_numbers_as_keys(viewing: Window) -> None:
    study = viewing.session.study
    assert study is not None
    full = study.opened.presets[-1]
    number = len(study.opened.presets)
    press(viewing, Qt.Key(Qt.Key.Key_0 + number))
    state = viewing.store.state
    assert (state.window_centre, state.window_width) == (full.centre, full.width)
    low, high = study.opened.full_range
    assert full.centre - full.width / 2 == pytest.approx(low)
    assert full.centre + full.width / 2 == pytest.approx(high)


def test_keys_zoom_and_reset(viewing: Window) -> None:
    fitted = viewing.store.state.mm_per_pixel
    press(viewing, Qt.Key.Key_0, with_=Qt.KeyboardModifier.ControlModifier)
    assert viewing.store.state.mm_per_pixel == pytest.approx(0.9)
    press(viewing, Qt.Key.Key_F)
    assert viewing.store.state.mm_per_pixel == fitted
    viewing.store.zoom(3.0)
    press(viewing, Qt.Key.Key_Escape)
    assert viewing.store.state.mm_per_pixel == fitted


def test_keys_switch_crosshair_and_overlay(viewing: Window) -> None:
    press(viewing, Qt.Key.Key_H)
    assert not viewing.store.state.crosshair
    assert not viewing.actions_.crosshair.isChecked()
    press(viewing, Qt.Key.Key_I)
    assert viewing.store.state.overlay is Overlay.LABELS


def test_space_is_held_wherever_the_focus_is(viewing: Window) -> None:
    scans = viewing.scans.widget.findChild(QListWidget)
    for widget in (canvas(viewing), viewing.viewer.strip, viewing.viewer.deck.selector, scans):
        widget.setFocus()
        QTest.keyPress(widget, Qt.Key.Key_Space)
        assert viewing.store.state.peek
        QTest.keyRelease(widget, Qt.Key.Key_Space)
        assert not viewing.store.state.peek


def test_the_status_line_tells_where_the_pointer_is(viewing: Window) -> None:
    pane = canvas(viewing)
    QTest.mouseMove(pane, pane.rect().center())
    QTest.mouseMove(pane, pane.rect().center() + QPoint(1, 1))
    text = viewing.status.position.text()
    assert "voxel" in text
    assert text.endswith(f", {viewing.store.k}")
    assert text[0] in "RL"
    assert viewing.status.values["original"].text() not in ("", "—")
    assert viewing.status.values["reconstruction"].text() == "—"


def test_figures_of_a_scan_have_the_same_decimals_everywhere(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    voxels = np.arange(10 * 12 * 12, dtype=np.uint16).reshape(10, 12, 12) % 99
    open_scan(window, write_nifti_scan(tmp_path / "whole.nii.gz", voxels), qtbot)
    window.store.set_window(49.0, 98.0)
    assert window.toolbar.window_field.text() == "98 / 49"
    assert window.status.values["original"].text().isdecimal()
    offered = [action.text() for action in window.actions_.window_menu.actions()]
    assert any(text.endswith("  98 / 49") for text in offered)
    # The next scan has fractions, in the same window.
    open_scan(window, write_nifti_scan(tmp_path / "part.nii.gz", voxels * np.float32(0.5)), qtbot)
    window.store.set_window(49.0, 98.0)
    assert window.toolbar.window_field.text() == "98.0 / 49.0"
    assert window.status.values["original"].text()[-2] == "."


def test_beside_the_scan_there_is_no_voxel(viewing: Window) -> None:
    pane, store = canvas(viewing), viewing.store
    store.zoom(0.25)
    for away in (QPoint(4, 4), QPoint(pane.width() - 4, pane.height() - 4)):
        QTest.mouseMove(pane, away)
        text = viewing.status.position.text()
        assert text.endswith(" mm")
        assert viewing.status.values["original"].text() == "—"
    assert pane.mapping is not None  # type: ignore[attr-defined]
    corner = pane.mapping.rect().topLeft().toPoint()  # type: ignore[attr-defined]
    QTest.mouseMove(pane, corner - QPoint(1, 1))
    assert "voxel" not in viewing.status.position.text()
    QTest.mouseMove(pane, corner + QPoint(1, 1))
    assert "voxel" in viewing.status.position.text()


def test_200_resizes_leave_every_pane_where_it_was(viewing: Window) -> None:
    viewing.store.zoom(2.5)
    viewing.store.pan(4.0, -3.0)
    before = viewing.store.state
    shuffled = random.Random(7)
    for _ in range(200):
        viewing.resize(shuffled.randrange(960, 2200), shuffled.randrange(600, 1300))
    viewing.resize(1400, 800)
    assert viewing.store.state == before
    sizes = {pane.canvas.size() for pane in viewing.viewer.panes.panes}
    assert len(sizes) == 1
    for number in range(3):
        pane = viewing.viewer.panes.panes[number].canvas
        assert pane.mapping is not None
        middle = pane.mapping.to_mm(QRectF(pane.rect()).center())
        scale = before.mm_per_pixel  # a picture lies on whole pixels
        assert middle[:2] == pytest.approx(before.centre[:2], abs=scale)


def test_fitted_pictures_follow_the_window(viewing: Window) -> None:
    small = viewing.store.state.mm_per_pixel
    viewing.resize(2000, 1200)
    assert viewing.store.state.fit
    assert viewing.store.state.mm_per_pixel < small


@pytest.mark.parametrize(
    ("size", "room", "heights"),
    [
        (QSize(1920, 1080), Room.FULL, (44, 42, 256, 26)),
        (QSize(1366, 768), Room.COMPACT, (38, 32, 150, 24)),
        (QSize(1600, 899), Room.COMPACT, (38, 32, 150, 24)),
        (QSize(1024, 660), Room.LOW, (38, 32, 44, 24)),
    ],
)
def test_the_layout_follows_the_room(
    size: QSize, room: Room, heights: tuple[int, ...], viewing: Window
) -> None:
    viewing.resize(size)
    deck = viewing.viewer.deck
    parts = (viewing.toolbar, viewing.viewer.strip, viewing.status)
    bars = (*heights[:2], heights[3])
    assert tuple(part.height() for part in parts) == bars
    page = viewing.docks.height()
    assert page - viewing.viewer.geometry().bottom() - 1 == heights[2]  # with the line above it
    assert deck.map.isVisible() == (room is Room.FULL)
    assert deck.quality.isVisible() == (room is not Room.LOW)
    assert viewing.scans.widget.width() == (232 if room is Room.FULL else 48)
    assert viewing.status.research.isVisible()


def test_the_map_comes_on_demand_where_room_is_short(viewing: Window) -> None:
    viewing.resize(1366, 768)
    press(viewing, Qt.Key.Key_M)
    assert viewing.viewer.deck.map.isVisible()
    press(viewing, Qt.Key.Key_M)
    assert not viewing.viewer.deck.map.isVisible()


def press_focused(window: Window, key: Qt.Key) -> None:
    """Press a key as the window system does: shortcuts come before the focused widget."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is widget


def test_a_focused_slider_has_its_keys_before_the_window(viewing: Window) -> None:
    viewing.session.choose_model()
    volume, store, deck = viewing.store.volume, viewing.store, viewing.viewer.deck
    assert volume is not None
    viewing.viewer.panes.set_reconstruction(a_reconstruction(volume))
    store.go_to_slice(4)

    scale = viewing.viewer.panes.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert scale is not None
    focus(scale)
    start = store.state.difference_limit
    press_focused(viewing, Qt.Key.Key_Up)
    wider = store.state.difference_limit
    assert wider > start
    press_focused(viewing, Qt.Key.Key_Down)
    assert store.state.difference_limit < wider
    press_focused(viewing, Qt.Key.Key_Home)
    assert (store.state.difference_limit, store.index) == (start, 4)

    names = deck.selector.names()
    focus(deck.selector)
    press_focused(viewing, Qt.Key.Key_End)
    assert (store.state.bottleneck, store.index) == (names[-1], 4)
    press_focused(viewing, Qt.Key.Key_Left)
    assert (store.state.bottleneck, store.index) == (names[-2], 4)
    press_focused(viewing, Qt.Key.Key_Home)
    assert (store.state.bottleneck, store.index) == (names[0], 4)
    press_focused(viewing, Qt.Key.Key_Down)  # no key of the selector's
    assert (store.state.bottleneck, store.index) == (names[0], 5)

    viewing.resize(1920, 1080)
    deck.map.set_map(SliceMap(np.eye(5)[:, :2], (0.5, 0.1), tuple(range(k, k + 2) for k in EVEN)))
    focus(deck.map)
    press_focused(viewing, Qt.Key.Key_End)
    assert (store.state.bottleneck, store.k) == (names[0], 8)
    press_focused(viewing, Qt.Key.Key_Left)
    assert (store.state.bottleneck, store.k) == (names[0], 6)


def test_the_strip_scrolls_by_the_keys_of_the_window(viewing: Window) -> None:
    focus(viewing.viewer.strip)
    for key, index in (
        (Qt.Key.Key_End, SHAPE[0] - 1),
        (Qt.Key.Key_Up, SHAPE[0] - 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Down, 1),
    ):
        press_focused(viewing, key)
        assert viewing.store.index == index


def test_a_click_on_the_map_leaves_the_arrows_with_the_bottleneck(viewing: Window) -> None:
    viewing.session.choose_model()
    viewing.resize(1920, 1080)
    store, deck = viewing.store, viewing.viewer.deck
    store.set_bottleneck(deck.selector.names()[0])
    deck.map.set_map(SliceMap(np.eye(5)[:, :2], (0.5, 0.1), tuple(range(k, k + 2) for k in EVEN)))
    QTest.mouseClick(deck.map, Qt.MouseButton.LeftButton, pos=deck.map.place_of(0).toPoint())
    k = store.k
    press_focused(viewing, Qt.Key.Key_Right)
    assert (store.state.bottleneck, store.k) == (deck.selector.names()[1], k)


def region(viewing: Window) -> str:
    """Return the name of the region that has the focus."""
    focused = QApplication.focusWidget()
    places = {
        "tools": viewing.toolbar,
        "scans": viewing.scans.widget,
        "panes": viewing.viewer.panes,
        "strip": viewing.viewer.strip,
        "selector": viewing.viewer.deck.selector,
        "quality": viewing.viewer.deck.quality,
        "map": viewing.viewer.deck.map,
        "status": viewing.status,
    }
    found = [
        name
        for name, place in places.items()
        if focused is not None and (place is focused or place.isAncestorOf(focused))
    ]
    return found[0] if found else ""


def test_f6_goes_round_the_regions(viewing: Window) -> None:
    canvas(viewing).setFocus()
    there = []
    for _ in range(7):
        press(viewing, Qt.Key.Key_F6)
        there.append(region(viewing))
    assert there == ["strip", "selector", "quality", "status", "tools", "scans", "panes"]
    press(viewing, Qt.Key.Key_F6, with_=Qt.KeyboardModifier.ShiftModifier)
    assert region(viewing) == "scans"


def test_tab_goes_through_the_regions_in_order(viewing: Window) -> None:
    viewing.resize(1920, 1080)
    canvas(viewing).setFocus()
    there = ["panes"]
    for _ in range(60):
        press_focused(viewing, Qt.Key.Key_Tab)
        if region(viewing) != there[-1]:
            there.append(region(viewing))
    round_trip = ["strip", "selector", "quality", "map", "status", "tools", "scans", "panes"]
    assert there[1 : 1 + len(round_trip)] == round_trip


def name_of_menu(window: Window) -> bytes:
    """Return the pixels of the second menu's name, which no highlight reaches here."""
    bar = window.menuBar()
    place = bar.actionGeometry(bar.actions()[1])
    return grabbed(bar)[:, place.left() : place.right()].tobytes()


def test_letters_of_menus_are_underlined_while_alt_asks_for_them(viewing: Window) -> None:
    handle = viewing.windowHandle()
    assert handle is not None
    canvas(viewing).setFocus()
    plain = name_of_menu(viewing)
    QTest.keyPress(handle, Qt.Key.Key_Alt)
    underlined = name_of_menu(viewing)
    assert underlined != plain
    QTest.keyClick(handle, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(handle, Qt.Key.Key_Alt)
    assert name_of_menu(viewing) == plain
    # Alt alone leads into the menus: the letters stay until the keyboard has left them.
    QTest.keyClick(handle, Qt.Key.Key_Alt)
    assert name_of_menu(viewing) == underlined
    QTest.keyClick(handle, Qt.Key.Key_Escape)
    assert name_of_menu(viewing) == plain
