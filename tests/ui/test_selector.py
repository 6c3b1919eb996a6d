"""The bottleneck selector under real mouse, wheel and keys."""

import math
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from scenes import wheel
from selector_scenes import STORED, VOXELS, model

from isthmus.codec import Bottleneck, ModelInfo
from isthmus.quality import OperatingPoint
from isthmus.ui.selector import BottleneckSelector, Density
from isthmus.ui.selector.scene import Lossless
from isthmus.ui.theme import DARK


def centre(selector: BottleneckSelector, name: str) -> QPoint:
    return selector.stop_rect(name).center()


def asked(selector: BottleneckSelector) -> list[str]:
    heard: list[str] = []
    selector.asked.connect(heard.append)
    return heard


def test_click_on_a_stop_asks_for_it(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=centre(selector, "64ch"))
    assert heard == ["64ch"]


def test_click_on_a_point_asks_for_it(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    place = selector.point_at("8ch")
    assert place is not None
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert heard == ["8ch"]


def test_right_click_asks_for_nothing(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    QTest.mouseClick(selector, Qt.MouseButton.RightButton, pos=centre(selector, "64ch"))
    assert heard == []


def test_drag_in_the_plot_passes_each_stop_once_and_keeps_the_last_outside(
    selector: BottleneckSelector,
) -> None:
    heard = asked(selector)
    start, end = selector.point_at("32ch"), selector.point_at("128ch")
    assert start is not None
    assert end is not None
    QTest.mousePress(selector, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for x in range(int(start.x()), int(end.x()) + 1):
        QTest.mouseMove(selector, QPoint(x, 120))
    QTest.mouseMove(selector, QPoint(5000, -400))
    QTest.mouseRelease(selector, Qt.MouseButton.LeftButton, pos=QPoint(5000, -400))
    assert heard == ["64ch", "96ch", "128ch"]


def test_a_trembling_hand_at_half_way_does_not_flicker(selector: BottleneckSelector) -> None:
    left, right = selector.point_at("32ch"), selector.point_at("64ch")
    assert left is not None
    assert right is not None
    half = round((left.x() + right.x()) / 2)
    QTest.mousePress(selector, Qt.MouseButton.LeftButton, pos=left.toPoint())
    heard = asked(selector)
    for x in (half + 2, half - 2, half + 2, half - 2):
        QTest.mouseMove(selector, QPoint(x, 120))
    assert heard == []
    for x in (half + 6, half + 2, half - 2, half + 2):
        QTest.mouseMove(selector, QPoint(x, 120))
    assert heard == ["64ch"]


def test_wheel_goes_one_stop_per_notch_and_stops_at_the_ends(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    wheel(selector, 120)
    wheel(selector, -120)
    wheel(selector, -120 * 9)
    wheel(selector, -120)
    assert heard == ["64ch", "32ch", "4ch"]


def test_fine_wheels_add_up(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    for _ in range(7):
        wheel(selector, 30)
    assert heard == ["64ch"]


def test_a_touchpad_goes_by_pixels_and_its_momentum_is_dropped(
    selector: BottleneckSelector,
) -> None:
    heard = asked(selector)
    phases = Qt.ScrollPhase
    wheel(selector, 0, phase=phases.ScrollBegin)
    for _ in range(8):
        wheel(selector, 40, pixels=4, phase=phases.ScrollUpdate)
    assert heard == ["64ch"]
    for _ in range(8):
        wheel(selector, 120, pixels=30, phase=phases.ScrollMomentum)
    assert heard == ["64ch"]


def test_keys_move_it_and_leave_other_keys_to_the_window(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(selector, key)
    assert heard == ["64ch", "32ch", "128ch", "4ch"]
    QTest.keyClick(selector, Qt.Key.Key_Up)
    QTest.keyClick(selector, Qt.Key.Key_PageUp)
    assert heard[4:] == []


def test_set_asked_tells_no_one(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    selector.set_asked("8ch")
    assert heard == []
    assert selector.accessibleDescription().startswith("8 channels")


def test_screen_readers_find_a_slider_with_its_value_in_words(selector: BottleneckSelector) -> None:
    selector.set_point("32ch", OperatingPoint(97_960, 0.171, 35.62, 0.907))
    interface = QAccessible.queryAccessibleInterface(selector)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Bottleneck"
    words = "32 channels, 94 to 1, 35.6 decibel, 4 of 7"
    assert interface.text(QAccessible.Text.Description) == words


def test_a_screen_reader_can_move_the_slider(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    QAccessible.queryAccessibleInterface(selector).valueInterface().setCurrentValue(5)
    assert heard == ["96ch"]


def test_expected_values_are_marked_until_measured(selector: BottleneckSelector) -> None:
    assert "about 94 to 1, about 35.6 decibel" in selector.accessibleDescription()
    assert "≈" in selector.tip(3)
    assert "Expected from training scans" in selector.tip(3)
    selector.set_point("32ch", OperatingPoint(97_960, 0.171, 35.62, 0.907))
    assert "≈" not in selector.tip(3)
    assert "0.907" in selector.tip(3)


def test_another_scan_forgets_what_was_measured(selector: BottleneckSelector) -> None:
    selector.set_point("32ch", OperatingPoint(97_960, 0.171, 35.62, 0.907))
    selector.set_scan(STORED, VOXELS)
    assert "≈" in selector.tip(3)


def test_points_stay_where_they_are_while_the_selector_moves(selector: BottleneckSelector) -> None:
    before = [selector.point_at(name) for name in selector.names()]
    for name in selector.names():
        selector.set_asked(name)
        selector.set_shown(name)
    assert [selector.point_at(name) for name in selector.names()] == before


def test_a_point_far_from_what_was_expected_widens_the_plot(
    selector: BottleneckSelector,
) -> None:
    selector.set_point("128ch", OperatingPoint(STORED // 3, 5.3, 71.0, 0.99))
    place, other = selector.point_at("128ch"), selector.point_at("4ch")
    assert place is not None
    assert other is not None
    inside = selector.plot_rect()
    assert inside.contains(place.toPoint())
    assert inside.contains(other.toPoint())
    assert place.y() < other.y()
    assert place.x() > other.x()


def measure_all(selector: BottleneckSelector) -> None:
    for number, name in enumerate(selector.names()):
        ratio = 400 / 2**number
        size = round(STORED / ratio)
        selector.set_point(name, OperatingPoint(size, 16 / ratio, 30 + 3.0 * number, 0.9))


def left_share(selector: BottleneckSelector) -> float:
    """Return how far from the left edge the smallest stop's point lies, as a share of the plot."""
    place, plot = selector.point_at("4ch"), selector.plot_rect()
    assert place is not None
    return (place.x() - plot.left()) / plot.width()


def test_the_rate_axis_goes_from_beyond_the_smallest_stop_to_beyond_lossless(
    selector: BottleneckSelector,
) -> None:
    measure_all(selector)
    largest, lossless = 400.0, 3.7
    selector.set_standard([], Lossless(lossless, 2_500_000, "JPEG XL"))
    whole = math.log(1.2 * largest) - math.log(lossless / 1.2)
    assert left_share(selector) == pytest.approx(math.log(1.2) / whole, abs=0.005)


def test_the_plot_closes_in_when_the_last_point_is_measured(selector: BottleneckSelector) -> None:
    measure_all(selector)
    assert left_share(selector) == pytest.approx(0.035, abs=0.005)


def test_the_plot_waits_with_that_while_the_hand_drags(selector: BottleneckSelector) -> None:
    QTest.mousePress(selector, Qt.MouseButton.LeftButton, pos=centre(selector, "32ch"))
    measure_all(selector)
    held = left_share(selector)
    QTest.mouseRelease(selector, Qt.MouseButton.LeftButton, pos=centre(selector, "32ch"))
    assert left_share(selector) < held - 0.02


def test_hover_shows_figures_and_asks_for_nothing(selector: BottleneckSelector) -> None:
    heard = asked(selector)
    at = centre(selector, "16ch")
    QTest.mouseMove(selector, at)
    before = selector.grab().toImage()
    help_event = QHelpEvent(QEvent.Type.ToolTip, at, selector.mapToGlobal(at))
    QApplication.sendEvent(selector, help_event)
    assert "16 channels" in QToolTip.text()
    assert "Bits per voxel" in QToolTip.text()
    assert heard == []
    QTest.mouseMove(selector, QPoint(100, 5))
    assert selector.grab().toImage() != before  # the ghost ring is gone


def pixels(selector: BottleneckSelector, name: str, token: str) -> int:
    """Return how many pixels of a stop have exactly this colour."""
    image = selector.grab(selector.stop_rect(name)).toImage()
    return sum(
        image.pixelColor(x, y).name() == token
        for x in range(image.width())
        for y in range(image.height())
    )


def test_the_asked_stop_is_ringed_and_the_shown_one_filled(selector: BottleneckSelector) -> None:
    selector.set_asked("64ch")
    assert pixels(selector, "64ch", DARK.reconstruction) > 200
    assert pixels(selector, "64ch", DARK.selected) < 50
    assert pixels(selector, "32ch", DARK.reconstruction) < 50
    assert pixels(selector, "32ch", DARK.selected) > 1000
    selector.set_shown("64ch")
    assert pixels(selector, "64ch", DARK.selected) > 1000
    assert pixels(selector, "32ch", DARK.selected) < 50


def test_progress_is_drawn_under_its_stop(selector: BottleneckSelector) -> None:
    selector.set_progress("8ch", 0.5)
    half = pixels(selector, "8ch", DARK.reconstruction)
    selector.set_progress("8ch", 1.0)
    assert pixels(selector, "8ch", DARK.reconstruction) > half > 0
    selector.set_progress("8ch", None)
    assert pixels(selector, "8ch", DARK.reconstruction) == 0


def test_the_focus_ring_comes_with_keys_and_goes_with_the_mouse(
    selector: BottleneckSelector,
) -> None:
    selector.setFocus(Qt.FocusReason.MouseFocusReason)
    around = selector.stop_rect("32ch").adjusted(-3, -3, 3, 3)
    without = selector.grab(around).toImage()
    selector.clearFocus()
    selector.setFocus(Qt.FocusReason.TabFocusReason)
    assert selector.grab(around).toImage() != without
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=centre(selector, "32ch"))
    assert selector.grab(around).toImage().pixelColor(40, 1) == without.pixelColor(40, 1)


@pytest.mark.parametrize("count", [6, 7, 8, 9])
@pytest.mark.parametrize(
    ("width", "height", "density"),
    [
        (924, 256, Density.FULL),
        (880, 256, Density.FULL),
        (962, 150, Density.COMPACT),
        (962, 44, Density.STOPS),
    ],
)
def test_stops_fit_and_are_wide_enough_to_hit(
    qtbot: QtBot, count: int, width: int, height: int, density: Density
) -> None:
    selector = BottleneckSelector()
    qtbot.addWidget(selector)
    selector.set_model(model(count))
    selector.set_scan(STORED, VOXELS)
    selector.set_density(density)
    selector.resize(width, height)
    selector.show()
    cells = [selector.stop_rect(name) for name in selector.names()]
    assert all(selector.rect().contains(cell) and cell.width() >= 56 for cell in cells)
    assert max(cell.width() for cell in cells) - min(cell.width() for cell in cells) <= 1
    assert not any(a.intersects(b) for a, b in pairwise(cells))
    selector.grab()


def test_unknown_rates_leave_stops_that_can_be_chosen(qtbot: QtBot) -> None:
    bottlenecks = tuple(Bottleneck(f"{c}ch", c, 0.125) for c in (4, 8))
    selector = BottleneckSelector()
    qtbot.addWidget(selector)
    selector.set_model(ModelInfo("m", "M", "linear", bottlenecks, 4, 2, Path("m"), "00", {}))
    selector.set_scan(STORED, VOXELS)
    selector.resize(924, 256)
    selector.show()
    heard = asked(selector)
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=centre(selector, "8ch"))
    assert heard == ["8ch"]
    assert selector.accessibleDescription() == "8 channels, 2 of 2"
    selector.grab()


def test_an_empty_selector_takes_input_without_a_word(qtbot: QtBot) -> None:
    selector = BottleneckSelector()
    qtbot.addWidget(selector)
    heard = asked(selector)
    selector.resize(924, 256)
    selector.grab()
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=QPoint(300, 220))
    QTest.keyClick(selector, Qt.Key.Key_Right)
    wheel(selector, 120)
    assert heard == []


def test_the_files_size_is_known_before_its_quality(selector: BottleneckSelector) -> None:
    name = selector.names()[3]
    expected = selector.tip(3)
    assert "≈" in expected
    selector.set_written(name, 50_000)
    known = selector.tip(3)
    assert "50.0\u00a0kB" in known
    assert "≈50.0" not in known
    assert "≈" in known  # the quality is still expected
    assert "Expected from training scans." in known
