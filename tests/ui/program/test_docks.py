"""Panels are moved, floated, closed, brought back and remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot
from window_scenes import open_scan, small_scan

from isthmus.ui.settings import Settings
from isthmus.ui.window import Window

BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A large window with a scan, and no model."""
    open_scan(window, small_scan(tmp_path), qtbot)
    window.resize(1920, 1080)
    return window


def seen(window: Window) -> set[str]:
    return {key for key, panel in window.docks.panels.items() if panel.isVisible()}


def entry(window: Window, title: str):
    menu = window.actions_.menu("Window")
    return next(each for each in menu.actions() if each.text().replace("&", "") == title)


def test_everything_starts_where_the_look_has_it(viewing: Window) -> None:
    assert seen(viewing) == {"scans", "selector", "quality", "tabs"}
    panels = viewing.docks.panels
    assert panels["scans"].width() == 232
    assert (panels["quality"].width(), panels["tabs"].width()) == (372, 392)
    for key in ("selector", "quality", "tabs"):
        assert panels[key].height() == 255  # and the line above
        assert panels[key].widget().geometry().top() == 0  # no title bar


def test_a_panel_is_closed_and_brought_back_from_the_menu(viewing: Window) -> None:
    entry(viewing, "Quality").trigger()
    assert "quality" not in seen(viewing)
    assert not entry(viewing, "Quality").isChecked()
    entry(viewing, "Quality").trigger()
    assert "quality" in seen(viewing)
    assert viewing.docks.panels["quality"].width() == 372


def test_title_bars_are_there_while_panels_are_arranged(viewing: Window) -> None:
    panel = viewing.docks.panels["quality"]
    entry(viewing, "Arrange panels").trigger()
    buttons = panel.titleBarWidget().findChildren(QToolButton)
    assert all(button.isVisible() for button in buttons)
    close = next(each for each in buttons if "Close" in each.toolTip())
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert "quality" not in seen(viewing)
    assert not entry(viewing, "Quality").isChecked()
    entry(viewing, "Arrange panels").trigger()
    assert viewing.docks.panels["selector"].titleBarWidget().height() == 0


def test_a_panel_floats_and_returns(viewing: Window) -> None:
    panel = viewing.docks.panels["tabs"]
    entry(viewing, "Arrange panels").trigger()
    float_it = panel.titleBarWidget().findChildren(QToolButton)[0]
    QTest.mouseClick(float_it, Qt.MouseButton.LeftButton)
    assert panel.isFloating()
    entry(viewing, "Arrange panels").trigger()
    assert float_it.isVisible()  # what floats keeps its bar
    viewing.resize(1024, 660)
    assert panel.isVisible()  # it takes no height of a low window
    QTest.mouseClick(float_it, Qt.MouseButton.LeftButton)
    assert not panel.isFloating()


def test_the_arrangement_is_remembered(
    viewing: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    viewing.docks.addDockWidget(RIGHT, viewing.docks.panels["quality"])
    entry(viewing, "Scans").trigger()
    viewing.close()
    other = Window(settings)
    qtbot.addWidget(other)
    other.show()
    open_scan(other, small_scan(tmp_path, "other.nii.gz"), qtbot)
    other.resize(1920, 1080)
    assert other.docks.dockWidgetArea(other.docks.panels["quality"]) == RIGHT
    assert seen(other) == {"selector", "quality", "tabs"}
    entry(other, "Reset layout").trigger()
    assert other.docks.dockWidgetArea(other.docks.panels["quality"]) == BELOW
    assert seen(other) == {"scans", "selector", "quality", "tabs"}
    assert other.docks.panels["quality"].width() == 372
    other.close()


def test_what_was_remembered_and_is_damaged_does_no_harm(
    settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.set_value("panels/state", "bm90IGEgc3RhdGU=")
    settings.set_value("panels/hidden", "FULL.nothing ELSEWHERE.quality quality")
    made = Window(settings)
    qtbot.addWidget(made)
    made.show()
    open_scan(made, small_scan(tmp_path), qtbot)
    made.resize(1920, 1080)
    assert seen(made) == {"scans", "selector", "quality", "tabs"}
    made.close()


def test_rooms_come_and_go_without_moving_a_panel(viewing: Window) -> None:
    before = {key: panel.geometry() for key, panel in viewing.docks.panels.items()}
    for size in ((1366, 768), (1024, 660), (1366, 768), (1920, 1080)):
        viewing.resize(*size)
    assert {key: panel.geometry() for key, panel in viewing.docks.panels.items()} == before


def test_another_panel_stands_beside_the_map_and_can_be_brought_to_the_front(
    viewing: Window,
) -> None:
    panel = QLabel("figures")
    viewing.docks.add(panel, "Figures", "panel-of-a-test")
    entry(viewing, "Latent map and more").trigger()
    assert not panel.isVisible()
    viewing.docks.show_tab("panel-of-a-test")
    assert panel.isVisible()
