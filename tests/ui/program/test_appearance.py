"""Themes, text size and motion, changed while the window runs."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from window_scenes import canvas, open_scan, small_scan

from isthmus.ui import motion, theme
from isthmus.ui.icons import icon
from isthmus.ui.program.preferences import FLICKER, REDUCE_MOTION, TEXT_SCALE, THEME, sections
from isthmus.ui.program.settings_dialog import SettingsDialog
from isthmus.ui.settings import Settings
from isthmus.ui.storage.sums import PER_DAY_KEY
from isthmus.ui.theme import DARK, LIGHT, TOKENS
from isthmus.ui.view_state import Convention
from isthmus.ui.window import Window


@pytest.fixture(autouse=True)
def dark_again(qapp: QApplication):
    """Leave the program as other tests expect it."""
    yield
    motion.reduce(False)
    theme.apply(qapp, DARK, 1.0)


def settings_of(window: Window) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def ground(widget: QWidget) -> str:
    """Return the colour of a widget's corner."""
    return widget.grab().toImage().pixelColor(2, 2).name()


def test_the_menu_switches_the_theme_of_all_that_is_open(window: Window) -> None:
    assert ground(window.menuBar()) == DARK.window
    dialog = settings_of(window)
    window.features.program.themes["light"].trigger()
    assert ground(window.menuBar()) == LIGHT.window
    assert ground(window.status) == LIGHT.window
    assert ground(dialog) == LIGHT.panel
    assert window.features.program.themes["light"].isChecked()
    window.features.program.themes["dark"].trigger()
    assert ground(window.menuBar()) == DARK.window
    assert ground(dialog) == DARK.panel


def test_pictures_stay_on_black(window: Window) -> None:
    window.features.program.themes["light"].trigger()
    window.pages.setCurrentWidget(window.docks)
    assert ground(canvas(window)) == "#000000"


def test_icons_are_redrawn_in_the_theme(qapp: QApplication) -> None:
    same = icon("x")

    def darkest() -> int:
        image = same.pixmap(32, 32).toImage()
        return min(
            image.pixelColor(x, y).value()
            for x in range(32)
            for y in range(32)
            if image.pixelColor(x, y).alpha() == 255
        )

    before = darkest()
    theme.apply(qapp, LIGHT)
    assert darkest() < before - 60


def test_the_theme_is_remembered(window: Window, settings: Settings, qtbot: QtBot) -> None:
    window.features.program.themes["light"].trigger()
    window.close()
    theme.apply(QApplication.instance(), DARK)
    other = Window(settings)
    qtbot.addWidget(other)
    assert TOKENS.panel == LIGHT.panel
    other.close()


def test_an_unknown_theme_is_the_dark_one(settings: Settings, qtbot: QtBot) -> None:
    settings.set_value(THEME, "mauve")
    made = Window(settings)
    qtbot.addWidget(made)
    assert TOKENS.panel == DARK.panel
    made.close()


def test_the_dialog_has_every_setting_and_each_says_what_it_does(window: Window) -> None:
    dialog = settings_of(window)
    for _, preferences in sections():
        for preference in preferences:
            control = dialog.controls[preference.key or preference.field]
            assert control.accessibleName()
            assert control.toolTip()
    dialog.close()


def test_a_list_in_the_dialog_is_walked_by_keys_and_holds_at_once(window: Window) -> None:
    dialog = settings_of(window)
    box = dialog.controls[THEME]
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert TOKENS.panel == LIGHT.panel
    assert window.settings.value(THEME, "") == "light"
    dialog.close()


def test_text_and_the_bars_that_hold_it_grow_from_the_next_start(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = settings_of(window)
    box = dialog.controls[TEXT_SCALE]
    assert isinstance(box, QSpinBox)
    box.selectAll()
    QTest.keyClicks(box, "150")
    QTest.keyClick(box, Qt.Key.Key_Return)
    dialog.close()
    window.close()
    other = Window(settings)
    qtbot.addWidget(other)
    other.resize(1920, 1080)
    other.show()
    open_scan(other, small_scan(tmp_path), qtbot)
    assert other.toolbar.window_field.font().pixelSize() == round(13 * 1.5)
    # That is as much room as 1280×720 has: the deck goes compact first, at half again its height.
    assert other.toolbar.height() == round(38 * 1.5)
    assert other.status.height() == 24 * 1.5
    assert other.docks.panels["selector"].height() == 150 * 1.5 - 1
    assert min(pane.width() for pane in other.viewer.panes.panes) >= 320
    other.close()


def test_motion_can_be_taken_away(window: Window) -> None:
    assert motion.milliseconds(120) == 120
    dialog = settings_of(window)
    QTest.keyClick(dialog.controls[REDUCE_MOTION], Qt.Key.Key_Space)
    assert motion.milliseconds(120) == 0
    dialog.close()


def test_what_a_setting_says_of_pictures_is_seen_on_them_at_once(window: Window) -> None:
    dialog = settings_of(window)
    box = dialog.controls["convention"]
    assert isinstance(box, QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert window.store.state.convention is Convention.NEUROLOGICAL
    window.store.show(convention=Convention.RADIOLOGICAL)
    assert box.currentData() == Convention.RADIOLOGICAL
    dialog.close()


def test_the_flicker_rate_is_remembered(window: Window, settings: Settings, qtbot: QtBot) -> None:
    window.store.show(flicker_hz=3.5)
    assert settings.value(FLICKER, 0.0) == 3.5
    other = Window(settings)
    qtbot.addWidget(other)
    assert other.store.state.flicker_hz == 3.5
    other.close()


def test_all_settings_go_back_to_the_usual_ones(window: Window) -> None:
    dialog = settings_of(window)
    window.settings.set_value(THEME, "light")
    window.settings.set_value(TEXT_SCALE, 125)
    dialog.make_usual()
    assert window.settings.value(THEME, "") == "dark"
    assert window.settings.value(TEXT_SCALE, 0) == 100
    dialog.close()


def test_what_the_storage_panel_counts_with_can_be_set_here_too(window: Window) -> None:
    dialog = settings_of(window)
    box = dialog.controls[PER_DAY_KEY]
    assert isinstance(box, QSpinBox)
    box.selectAll()
    QTest.keyClicks(box, "35")
    QTest.keyClick(box, Qt.Key.Key_Return)
    panel = window.features.storage.panel
    assert panel.habit.per_day == 35
    panel.per_day.setValue(12)
    assert box.value() == 12
    dialog.close()
