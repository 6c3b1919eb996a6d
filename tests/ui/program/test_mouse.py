"""The presets of the mouse, by real drags."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_scenes import canvas, open_scan, small_scan

from isthmus.ui.panes.mouse import MOUSE, Preset
from isthmus.ui.program.preferences import MOUSE as MOUSE_KEY
from isthmus.ui.program.preferences import MOUSE_GAIN
from isthmus.ui.window import Window

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def clinical_again():
    """Leave the mouse as other tests expect it."""
    yield
    MOUSE.preset, MOUSE.gain = Preset.CLINICAL, 1.0


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path) -> Window:
    open_scan(window, small_scan(tmp_path), qtbot)
    return window


def drag(window: Window, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier = NONE) -> str:
    """Drag over the first picture and return what that changed."""
    pane, start = canvas(window), QPoint(150, 150)
    before = window.store.state
    QTest.mousePress(pane, button, modifiers, start)
    for step in (QPoint(20, 20), QPoint(40, 30)):
        at = start + step
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            QPointF(pane.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            button,
            modifiers,
        )
        QApplication.sendEvent(pane, event)
    QTest.mouseRelease(pane, button, modifiers, at)
    after = window.store.state
    changed = {
        "window": (after.window_centre, after.window_width)
        != (before.window_centre, before.window_width),
        "zoom": after.mm_per_pixel != before.mm_per_pixel,
        "cursor": after.cursor != before.cursor,
    }
    found = [name for name, is_changed in changed.items() if is_changed]
    if not found and after.centre != before.centre:
        found = ["pan"]
    window.store.reset()
    return " ".join(found)


@pytest.mark.parametrize(
    ("preset", "button", "modifiers", "does"),
    [
        ("clinical", LEFT, NONE, "window"),
        ("clinical", RIGHT, NONE, "zoom"),
        ("clinical", MIDDLE, NONE, "pan"),
        ("clinical", LEFT, SHIFT, "pan"),
        ("right", LEFT, NONE, "cursor"),
        ("right", RIGHT, NONE, "window"),
        ("right", RIGHT, SHIFT, "pan"),
        ("right", RIGHT, CTRL, "zoom"),
        ("neuro", LEFT, NONE, "cursor"),
        ("neuro", RIGHT, NONE, "zoom"),
        ("neuro", MIDDLE, NONE, "pan"),
        ("neuro", LEFT, CTRL | SHIFT, "window"),
    ],
)
def test_buttons_do_what_the_preset_says(
    preset: str,
    button: Qt.MouseButton,
    modifiers: Qt.KeyboardModifier,
    does: str,
    viewing: Window,
) -> None:
    viewing.settings.set_value(MOUSE_KEY, preset)
    viewing.store.zoom(2.0)
    assert drag(viewing, button, modifiers) == does


def test_the_gain_makes_a_drag_count_more(viewing: Window) -> None:
    def widened() -> float:
        before = viewing.store.state.window_width
        QTest.mousePress(canvas(viewing), LEFT, NONE, QPoint(150, 150))
        QTest.mouseMove(canvas(viewing), QPoint(190, 150))
        QTest.mouseRelease(canvas(viewing), LEFT, NONE, QPoint(190, 150))
        after = viewing.store.state.window_width
        viewing.store.set_window(viewing.store.state.window_centre, before)
        return after / before

    usual = widened()
    viewing.settings.set_value(MOUSE_GAIN, 200)
    assert usual > 1
    assert widened() == pytest.approx(usual**2)


def test_an_unknown_preset_is_the_clinical_one(viewing: Window) -> None:
    viewing.settings.set_value(MOUSE_KEY, "left-handed")
    assert drag(viewing, LEFT) == "window"
