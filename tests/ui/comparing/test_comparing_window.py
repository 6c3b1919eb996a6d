"""Comparing in the whole window: the pinned bottleneck is made, maps are computed in the back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scenes import grabbed
from window_scenes import LONG, open_scan, settle, shown, small_scan, with_model

from isthmus.ui.settings import Settings
from isthmus.ui.state import Overlay, PaneKind
from isthmus.ui.view_state import Comparison, Difference, Layout
from isthmus.ui.window import Window

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window with a small scan and the model."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    qtbot.waitUntil(lambda: shown(window) == window.session.asked, timeout=LONG)
    window.viewer.panes.panes[0].canvas.setFocus()
    return window


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)


def labels(window: Window, kind: PaneKind) -> list[str]:
    return [label.text for label in window.viewer.panes.pane(kind).canvas.labels]


def test_the_pinned_bottleneck_is_made_shown_and_swapped(viewing: Window, qtbot: QtBot) -> None:
    window = viewing
    first = window.session.asked
    press(window, Qt.Key.Key_P)
    press(window, Qt.Key.Key_Left)
    second = window.session.asked
    assert (window.store.state.pinned, first == second) == (first, False)
    press(window, Qt.Key.Key_P, SHIFT)
    assert window.store.state.layout is Layout.TWO_RECONSTRUCTIONS
    channels = {
        name: f"{window.session.model.bottleneck(name).channels} ch"  # type: ignore[union-attr]
        for name in (first, second)
    }

    def both() -> bool:
        return channels[second] in " ".join(labels(window, PaneKind.RECONSTRUCTION)) and channels[
            first
        ] in " ".join(labels(window, PaneKind.PINNED))

    qtbot.waitUntil(both, timeout=LONG)
    press(window, Qt.Key.Key_X)
    assert (window.session.asked, window.store.state.pinned) == (second, first)[::-1]
    qtbot.waitUntil(
        lambda: (
            channels[first] in " ".join(labels(window, PaneKind.RECONSTRUCTION))
            and channels[second] in " ".join(labels(window, PaneKind.PINNED))
        ),
        timeout=LONG,
    )
    settle(window, qtbot)
    record = window.session.study.record(second)  # type: ignore[union-attr]
    assert record.picture is not None
    assert record.picture.complete


def test_the_pinned_picture_stays_where_memory_is_short(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    window = Window(settings, budget=1)
    qtbot.addWidget(window)
    window.resize(1400, 800)
    window.show()
    try:
        open_scan(window, small_scan(tmp_path), qtbot)
        with_model(window, qtbot)
        settle(window, qtbot)
        names = window.viewer.deck.selector.names()
        window.store.show(pinned=names[0])
        settle(window, qtbot)
        records = window.session.study.records  # type: ignore[union-attr]
        kept = {name for name, record in records.items() if record.picture is not None}
        assert kept == {names[0], window.session.asked}
    finally:
        window.close()


@pytest.mark.parametrize(
    ("key", "kind", "difference"),
    [
        (Qt.Key.Key_7, PaneKind.SSIM, Difference.SIGNED),
        (Qt.Key.Key_6, PaneKind.DIFFERENCE, Difference.NOISE),
    ],
)
def test_maps_come_from_the_background_and_are_lossy_too(
    viewing: Window, qtbot: QtBot, key: Qt.Key, kind: PaneKind, difference: Difference
) -> None:
    window = viewing
    while window.store.state.overlay is not Overlay.NONE:
        window.store.cycle_overlay()
    window.store.show(difference=difference)
    press(window, key, CTRL)
    pane = window.viewer.panes.pane(kind)
    qtbot.waitUntil(lambda: pane.canvas.reconstruction is not None, timeout=LONG)
    assert labels(window, kind)[0].startswith("LOSSY")
    shown_map = grabbed(pane.canvas)[60:-60]
    assert len({tuple(colour) for colour in shown_map.reshape(-1, 3)}) > 20
    window.store.go_to_slice(0)
    qtbot.waitUntil(lambda: pane.canvas.reconstruction is not None, timeout=LONG)
    window.store.show(comparison=Comparison.SIDE_BY_SIDE)
    settle(window, qtbot)


def test_menus_and_the_toolbar_have_every_comparison(viewing: Window) -> None:
    menu = viewing.actions_.menu("Compare")
    texts = [action.text() for action in menu.actions()]
    for text in ("Swipe", "Flicker", "Checkerboard", "Blend", "SSIM map"):
        assert text in texts
    switcher = viewing.features.comparing.switcher
    assert switcher.isVisible()
    # At this size there is room for the chosen one's word only.
    worded = [button.text() for button in switcher.buttons.values() if button.worded]
    assert worded == ["Side by side"]
    viewing.resize(1920, 1080)
    assert all(button.worded for button in switcher.buttons.values())
    viewing.resize(1000, 640)
    assert not any(button.worded for button in switcher.buttons.values())
