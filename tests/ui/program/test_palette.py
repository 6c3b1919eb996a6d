"""The command palette and the sheet of shortcuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_scenes import open_scan, small_scan

from isthmus.scans import Plane
from isthmus.ui.program.commands import in_menus
from isthmus.ui.program.palette import Palette
from isthmus.ui.program.search import score
from isthmus.ui.program.shortcut_sheet import ShortcutSheet
from isthmus.ui.window import Window


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """The window with a scan, and no model."""
    open_scan(window, small_scan(tmp_path), qtbot)
    return window


def palette_of(window: Window) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(Palette)
    assert found is not None
    return found


def titles(palette: Palette) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [palette.list.item(row).data(role) for row in range(palette.list.count())]


def test_a_command_is_found_by_a_few_letters_and_run_by_enter(viewing: Window) -> None:
    palette = palette_of(viewing)
    QTest.keyClicks(palette.field, "coron")
    assert titles(palette)[0].startswith("View › Coronal, Alt+Y")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert viewing.store.state.plane is Plane.CORONAL
    assert not palette.isVisible()


def test_arrows_walk_the_list_and_go_round(viewing: Window) -> None:
    palette = palette_of(viewing)
    QTest.keyClicks(palette.field, "slice")
    count = palette.list.count()
    assert count > 3
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == count - 1
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 0
    assert titles(palette)[0] == palette.field.accessibleDescription()
    palette.close()


def test_entries_of_submenus_and_recent_scans_are_found(viewing: Window) -> None:
    palette = palette_of(viewing)
    QTest.keyClicks(palette.field, "head")
    assert any("Open recent › head" in title for title in titles(palette))
    palette.close()


def test_what_cannot_be_done_now_is_not_offered(window: Window) -> None:
    palette = palette_of(window)
    QTest.keyClicks(palette.field, "coronal")
    assert not any("Coronal" in title for title in titles(palette))
    palette.close()


def test_nothing_found_is_said_and_enter_does_nothing(viewing: Window) -> None:
    palette = palette_of(viewing)
    QTest.keyClicks(palette.field, "zzqx")
    assert titles(palette) == []
    assert "No command" in palette.field.accessibleDescription()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_nothing_typed_is_kept(viewing: Window, qtbot: QtBot) -> None:
    palette = palette_of(viewing)
    QTest.keyClicks(palette.field, "mueller")
    palette.close()
    qtbot.waitUntil(lambda: viewing.findChild(Palette) is None)
    viewing.features.program.palette.trigger()
    again = viewing.findChild(Palette)
    assert again is not None
    assert again.field.text() == ""
    assert len(titles(again)) > 20
    again.close()


@pytest.mark.parametrize(
    ("wanted", "better", "worse"),
    [
        ("slice", "View › Slice", "View › Translice"),
        ("osc", "Open scan", "Close"),
        ("FIT", "View › Fit", "File › Profit"),
        ("menu über", "Menu › Uber", "Menu"),
    ],
)
def test_the_better_answer_comes_first(wanted: str, better: str, worse: str) -> None:
    best = score(wanted, better)
    assert best is not None
    other = score(wanted, worse)
    assert other is None or other < best


def test_the_sheet_has_every_key_and_gesture(viewing: Window) -> None:
    QTest.keyClick(viewing, Qt.Key.Key_Question)
    sheet = viewing.findChild(ShortcutSheet)
    assert sheet is not None
    texts = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Fit", "F", "Crosshair", "H", "Hold Space", "Mouse", "Compare", "Ctrl+K"} <= texts
    keys = {command.keys for command in in_menus(viewing.menuBar()) if command.keys}
    assert keys <= texts
    sheet.close()


def test_the_sheet_is_searched(viewing: Window) -> None:
    viewing.actions_.shortcuts_action.trigger()
    sheet = viewing.findChild(ShortcutSheet)
    assert sheet is not None
    QTest.keyClicks(sheet.field, "save picture")
    shown = {label.text() for label in sheet.findChildren(QLabel) if label.isVisible()}
    assert "Ctrl+E" in shown
    assert "Ctrl+O" not in shown
    assert "Mouse" not in shown
    sheet.field.selectAll()
    QTest.keyClicks(sheet.field, "zzqx")
    shown = {label.text() for label in sheet.findChildren(QLabel) if label.isVisible()}
    assert shown == {"No key does that."}
    sheet.close()


def test_no_two_commands_have_the_same_key(viewing: Window) -> None:
    seen: dict[str, str] = {}
    for command in in_menus(viewing.menuBar()):
        for key in command.action.shortcuts():
            text = key.toString()
            assert seen.setdefault(text, command.name) == command.name, text
