"""Drawings and other commands are taken back and done again, by key and by menu."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_scenes import canvas, open_scan, small_scan

from isthmus.ui.view_state import Tool
from isthmus.ui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def entry(window: Window, beginning: str) -> QAction:
    menu = window.actions_.menu("Edit")
    return next(
        each for each in menu.actions() if each.text().replace("&", "").startswith(beginning)
    )


def test_a_drawing_is_taken_back_and_done_again(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    assert not entry(window, "Undo").isEnabled()
    window.store.show(tool=Tool.DISTANCE)
    start, end = QPoint(150, 150), QPoint(190, 170)
    QTest.mousePress(canvas(window), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas(window), end)
    QTest.mouseRelease(canvas(window), Qt.MouseButton.LeftButton, pos=end)
    drawings = window.features.measuring.drawings
    (drawn,) = drawings.all
    assert drawn.name in entry(window, "Undo").text()
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert drawings.all == ()
    assert not entry(window, "Undo").isEnabled()
    entry(window, "Redo").trigger()
    assert drawings.all == (drawn,)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert drawings.all == (drawn,)
