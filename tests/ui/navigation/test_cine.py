"""Cine: true rate, every slice, both kinds of end, and any other input stops it."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSpinBox, QToolButton
from pytestqt.qtbot import QtBot
from scenes import a_volume, grabbed
from window_scenes import canvas, open_scan, small_scan, turn_wheel

from isthmus.ui.navigation.cine import Cine
from isthmus.ui.navigation.player import Player
from isthmus.ui.settings import Settings
from isthmus.ui.state import ViewStore
from isthmus.ui.window import Window

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def scan(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """The window with a scan of 10 slices; its sixth is shown."""
    open_scan(window, small_scan(tmp_path), qtbot)
    return window


def handle(window: Window) -> QWindow:
    found = window.windowHandle()
    assert found is not None
    return found


def press(
    window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key as the window system does, so that shortcuts hear it."""
    QTest.keyClick(handle(window), key, keys)


def shown_slices(
    window: Window, count: int, qtbot: QtBot, begin: Callable[[], None] = lambda: None
) -> list[int]:
    """Begin, and return the numbers of the next slices that are gone to."""
    seen: list[int] = []
    note = lambda new, old: seen.append(window.store.index)  # noqa: E731
    window.store.changed.connect(note)
    begin()
    qtbot.waitUntil(lambda: len(seen) >= count, timeout=20_000)
    window.store.changed.disconnect(note)
    return seen[:count]


def player(window: Window) -> Player:
    return window.viewer.strip.findChildren(Player)[0]


def test_c_plays_all_slices_round_and_round_and_stops(scan: Window, qtbot: QtBot) -> None:
    scan.features.navigation.cine.set_rate(60)
    shown = shown_slices(scan, 12, qtbot, lambda: press(scan, KEY.Key_C))
    assert shown == [6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7]
    press(scan, KEY.Key_C)
    assert not scan.features.navigation.cine.running


def test_back_and_forth_shows_the_ends_once(scan: Window, qtbot: QtBot) -> None:
    scan.features.navigation.cine.set_rate(60)
    press(scan, KEY.Key_C, SHIFT)
    shown = shown_slices(scan, 10, qtbot, lambda: press(scan, KEY.Key_C))
    assert shown == [6, 7, 8, 9, 8, 7, 6, 5, 4, 3]


def test_the_rate_is_true_and_told(scan: Window, qtbot: QtBot) -> None:
    cine = scan.features.navigation.cine
    cine.set_rate(20)
    told: list[float] = []
    cine.reached.connect(told.append)
    start = perf_counter()
    shown_slices(scan, 20, qtbot, lambda: press(scan, KEY.Key_C))
    # Never faster than asked; a busy computer may be slower, and then says so.
    assert perf_counter() - start >= 0.99
    qtbot.waitUntil(lambda: len(told) > 0, timeout=5000)
    assert told[-1] <= 20.5
    assert player(scan).words == f"{told[-1]:.1f} fps"


@pytest.mark.parametrize(
    "interfere",
    [
        lambda window: press(window, KEY.Key_Up),
        lambda window: press(window, KEY.Key_Escape),
        lambda window: press(window, KEY.Key_H),
        lambda window: press(window, KEY.Key_Space),
        lambda window: QTest.mouseClick(handle(window), LEFT, pos=QPoint(600, 300)),
        lambda window: turn_wheel(canvas(window), 1),
        lambda window: window.store.go_to_slice(0),
    ],
)
def test_any_other_input_stops_it(scan: Window, qtbot: QtBot, interfere: object) -> None:
    press(scan, KEY.Key_C)
    assert scan.features.navigation.cine.running
    assert callable(interfere)
    interfere(scan)
    assert not scan.features.navigation.cine.running
    assert not player(scan).isVisible()


def test_another_scan_stops_it(scan: Window, tmp_path: Path, qtbot: QtBot) -> None:
    press(scan, KEY.Key_C)
    open_scan(scan, small_scan(tmp_path, "other.nii.gz"), qtbot)
    assert not scan.features.navigation.cine.running


def test_the_rate_changes_while_it_runs(scan: Window) -> None:
    cine = scan.features.navigation.cine
    press(scan, KEY.Key_C)
    field = player(scan).findChildren(QSpinBox)[0]
    assert field.isVisible()
    assert field.value() == cine.rate == 15
    press(scan, KEY.Key_Right, ALT)
    assert field.value() == cine.rate == 18
    press(scan, KEY.Key_Left, ALT)
    press(scan, KEY.Key_Left, ALT)
    assert cine.rate == 12
    QTest.mouseClick(field, LEFT)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "40")
    QTest.keyClick(field, KEY.Key_Return)
    assert cine.rate == 40
    assert cine.running
    field.selectAll()
    QTest.keyClicks(field, "99")
    QTest.keyClick(field, KEY.Key_Return)
    assert cine.rate <= 60


def test_the_button_in_the_strip_plays_and_the_words_come_back(scan: Window) -> None:
    strip = scan.viewer.strip
    buttons = [b for b in strip.findChildren(QToolButton) if b.isVisible()]
    (button,) = buttons
    assert not button.geometry().intersects(strip.bar_rect(0).toRect())
    QTest.mouseClick(button, LEFT)
    assert scan.features.navigation.cine.running
    assert player(scan).isVisible()
    assert strip.rect().contains(player(scan).geometry())
    before = grabbed(strip)
    QTest.mouseClick(button, LEFT)
    assert not scan.features.navigation.cine.running
    assert (grabbed(strip) != before).any()


def test_one_slice_does_not_play() -> None:
    store = ViewStore()
    store.set_volume(a_volume((1, 8, 8)))
    cine = Cine(store)
    cine.start()
    assert not cine.running


def test_rate_and_ends_are_remembered(qtbot: QtBot, settings: Settings) -> None:
    for rate, swings in ((15, False), (30, True)):
        window = Window(settings)
        qtbot.addWidget(window)
        cine = window.features.navigation.cine
        assert (cine.rate, cine.swings) == (rate, swings)
        cine.set_rate(30)
        cine.set_swings(True)
        window.close()
