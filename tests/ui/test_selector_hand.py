"""Floor, pin, measure, many stops, and what stands beside the curve, by real events."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QToolTip
from pytestqt.qtbot import QtBot
from selector_scenes import STORED, VOXELS, many, model

from isthmus.quality import OperatingPoint
from isthmus.quality.guidelines import guidelines_for
from isthmus.ui.selector import BottleneckSelector
from isthmus.ui.selector.curve import Stop, smallest_above
from isthmus.ui.selector.measure import HAARPSI, PSNR, SSIM
from isthmus.ui.selector.references import ratios
from isthmus.ui.selector.scene import Lossless, StandardCurve
from isthmus.ui.theme import DARK

LEFT = Qt.MouseButton.LeftButton


def tip_at(selector: BottleneckSelector, at: QPoint) -> str:
    QToolTip.hideText()
    QApplication.sendEvent(selector, QHelpEvent(QEvent.Type.ToolTip, at, selector.mapToGlobal(at)))
    return QToolTip.text()


def on_floor(selector: BottleneckSelector) -> QPoint:
    """Return a place on the floor's line away from every point."""
    return QPoint(selector.plot_rect().right() - 120, round(selector.floor_at()))


def level(selector: BottleneckSelector, value: float) -> int:
    """Return the y of a value in the plot."""
    plot, axes = selector.plot_rect(), selector.axes_now()
    return round(plot.bottom() + 1 - axes.y(value) * plot.height())


def measured(selector: BottleneckSelector) -> None:
    for number, name in enumerate(selector.names()):
        ratio = 400 / 2**number
        point = OperatingPoint(
            round(STORED / ratio), 16 / ratio, 30 + 3.0 * number, 0.82 + number / 40
        )
        selector.set_point(name, point)


def test_the_floor_is_dragged_in_half_decibels_and_asks_for_nothing(
    selector: BottleneckSelector,
) -> None:
    heard: list[str] = []
    floors: list[float] = []
    selector.asked.connect(heard.append)
    selector.floor_moved.connect(floors.append)
    start = on_floor(selector)
    QTest.mouseMove(selector, start)
    assert selector.cursor().shape() == Qt.CursorShape.SizeVerCursor
    QTest.mousePress(selector, LEFT, pos=start)
    QTest.mouseMove(selector, QPoint(start.x(), level(selector, 41.1)))
    QTest.mouseMove(selector, QPoint(start.x() + 300, level(selector, 42.0)))
    QTest.mouseRelease(selector, LEFT, pos=QPoint(start.x(), level(selector, 42.0)))
    assert selector.floor == pytest.approx(42.0, abs=0.5)
    assert all(float(2 * floor).is_integer() for floor in floors)
    assert heard == []


def test_a_point_on_the_floor_goes_before_it(selector: BottleneckSelector) -> None:
    selector.set_floor(39.5)
    heard: list[str] = []
    selector.asked.connect(heard.append)
    place = selector.point_at("64ch")
    assert place is not None
    QTest.mouseClick(selector, LEFT, pos=place.toPoint())
    assert heard == ["64ch"]


def test_enter_takes_the_smallest_file_above_the_floor(selector: BottleneckSelector) -> None:
    heard: list[str] = []
    selector.asked.connect(heard.append)
    selector.set_floor(39.0)
    QTest.keyClick(selector, Qt.Key.Key_Return)
    assert heard == ["64ch"]


def test_enter_says_so_when_no_stop_reaches_the_floor(selector: BottleneckSelector) -> None:
    heard: list[str] = []
    selector.asked.connect(heard.append)
    selector.set_floor(80.0)
    QTest.keyClick(selector, Qt.Key.Key_Return)
    assert heard == []
    assert "No stop reaches 80.0" in QToolTip.text().replace("\u00a0", " ")


def test_the_smallest_above_is_by_bytes_not_by_place() -> None:
    bottlenecks = model(3).bottlenecks
    sizes = ((900, 40.0), (300, 41.0), (600, 42.0))
    stops = [
        Stop(bottleneck, STORED, VOXELS, OperatingPoint(size, 0.1, db, 0.9))
        for bottleneck, (size, db) in zip(bottlenecks, sizes, strict=True)
    ]
    assert smallest_above(stops, PSNR, 39.0) == 1
    assert smallest_above(stops, PSNR, 41.5) == 2
    assert smallest_above(stops, PSNR, 50.0) is None


def colours(selector: BottleneckSelector, name: str) -> set[str]:
    image = selector.grab(selector.stop_rect(name)).toImage()
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_stops_below_the_floor_dim_but_can_still_be_chosen(selector: BottleneckSelector) -> None:
    measured(selector)
    assert DARK.text in colours(selector, "128ch")
    selector.set_floor(60.0)
    assert DARK.text not in colours(selector, "128ch")
    heard: list[str] = []
    selector.asked.connect(heard.append)
    QTest.mouseClick(selector, LEFT, pos=selector.stop_rect("128ch").center())
    assert heard == ["128ch"]
    assert "Below the floor" in tip_at(selector, selector.stop_rect("128ch").center())


def test_the_floor_says_what_it_is(selector: BottleneckSelector) -> None:
    said = tip_at(selector, on_floor(selector))
    assert "never switched off" in said
    assert "maximum − minimum of the original" in said


def test_a_pinned_stop_has_a_hollow_square_on_the_curve(selector: BottleneckSelector) -> None:
    place = selector.point_at("8ch")
    assert place is not None
    corner = (place + QPointF(7, -7)).toPoint()
    plain = selector.grab().toImage().pixelColor(corner)
    selector.set_pinned("8ch")
    pinned = selector.grab().toImage().pixelColor(corner)
    assert pinned != plain
    assert pinned.red() > pinned.blue() + 40
    selector.set_pinned(None)
    assert selector.grab().toImage().pixelColor(corner) == plain


def test_the_tooltip_of_a_stop_tells_how_long_it_took(selector: BottleneckSelector) -> None:
    selector.set_seconds("16ch", 4.62)
    at = selector.stop_rect("16ch").center()
    said = tip_at(selector, at).replace("\u00a0", " ")
    assert "4.6 s" in said
    for word in ("File", "Bits per voxel", "PSNR", "SSIM"):
        assert word in said


def pick(selector: BottleneckSelector, menu: QMenu, name: str) -> None:
    """Press an entry of an open menu."""
    entry = next(action for action in menu.actions() if action.text() == name)
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())


def test_another_measure_is_chosen_above_the_plot(
    selector: BottleneckSelector, qtbot: QtBot
) -> None:
    measured(selector)
    before = selector.point_at("8ch")
    button = next(each for each in selector.findChildren(QToolButton) if "dB" in each.text())
    button.setFocus()
    seen: list[str] = []
    menu = button.menu()
    menu.aboutToShow.connect(lambda: seen.extend(["open"]))
    QTimer.singleShot(0, lambda: pick(selector, menu, "SSIM"))
    QTest.keyClick(button, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: selector.measure is SSIM)
    assert seen == ["open"]
    assert selector.point_at("8ch") != before
    assert button.text() == "SSIM of this scan"
    assert selector.floor == pytest.approx(0.95)


def test_haarpsi_is_offered_once_it_is_known(selector: BottleneckSelector) -> None:
    def offered() -> list[str]:
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, QPoint(400, 100), selector.mapToGlobal(QPoint(400, 100))
        )
        QApplication.sendEvent(selector, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        names = [action.text() for action in menu.actions() if action.text()]
        menu.close()
        return names

    assert offered() == ["PSNR", "SSIM", "Curves of JPEG 2000 and HEVC"]
    measured(selector)
    selector.set_haarpsi("32ch", 0.874)
    assert offered()[:3] == ["PSNR", "SSIM", "HaarPSI"]
    selector.set_measure(HAARPSI)
    assert selector.point_at("32ch") is not None
    assert selector.point_at("8ch") is None
    assert "0.874" in selector.tip(3)


def test_guidelines_stand_at_their_ratio_and_say_their_source(selector: BottleneckSelector) -> None:
    selector.set_guidelines(guidelines_for("MR"))
    lines = ratios(selector.layout_now(), selector.scene())
    assert [line.text for line in lines] == ["Germany 7:1", "Canada 24:1, second hand"]
    said = tip_at(selector, QPoint(round(lines[0].x), selector.plot_rect().center().y() - 30))
    for words in ("DRG", "2009", "not for learned codecs", "doi 10.1055"):
        assert words in said
    assert "second hand" in tip_at(selector, lines[1].label.center().toPoint())


def test_labels_of_ratios_stand_over_their_own_lines_and_apart(
    selector: BottleneckSelector,
) -> None:
    selector.set_guidelines(guidelines_for("CT"))
    selector.set_standard([], Lossless(3.7, 2_500_000, "JPEG XL"))
    lines = ratios(selector.layout_now(), selector.scene())
    labels = [line.label for line in lines if line.text]
    assert len(lines) == 5
    assert len(labels) >= 3
    for line in lines:
        if line.text:
            assert line.label.left() - 1 <= line.x <= line.label.right() + 1
    for number, label in enumerate(labels):
        assert not any(label.intersects(other) for other in labels[number + 1 :])
    plot = selector.plot_rect()
    assert "JPEG XL" in tip_at(selector, QPoint(round(lines[0].x), plot.top() + 20))


def test_no_modality_has_no_guideline(selector: BottleneckSelector) -> None:
    selector.set_guidelines(guidelines_for(""))
    assert ratios(selector.layout_now(), selector.scene()) == []


def test_curves_of_standard_codecs_are_drawn_only_when_asked_for(
    selector: BottleneckSelector,
) -> None:
    plain = selector.grab().toImage()
    curve = StandardCurve("HEVC", (7, 4), ((300, 31.0, 0.8), (60, 36.0, 0.9), (20, 44.0, 0.95)))
    selector.set_standard([curve], None)
    assert selector.grab().toImage() == plain
    wanted: list[bool] = []
    selector.standard_wanted.connect(wanted.append)
    button = next(
        each for each in selector.findChildren(QToolButton) if each.text() == "JPEG 2000, HEVC"
    )
    QTest.mouseClick(button, LEFT)
    assert wanted == [True]
    inside = selector.plot_rect()
    assert selector.grab(inside).toImage() != plain.copy(inside)
    QTest.mouseClick(button, LEFT)
    assert wanted == [True, False]


@pytest.mark.parametrize(("count", "ticks"), [(9, False), (12, False), (15, True), (20, True)])
def test_many_stops_lose_their_channels_and_then_become_ticks_with_a_list(
    qtbot: QtBot, count: int, ticks: bool
) -> None:
    selector = BottleneckSelector()
    qtbot.addWidget(selector)
    selector.set_model(many(count))
    selector.set_scan(STORED, VOXELS)
    selector.resize(924, 256)
    selector.show()
    selector.grab()
    assert selector.layout_now().ticks is ticks
    heard: list[str] = []
    selector.asked.connect(heard.append)
    names = selector.names()
    QTest.mouseClick(selector, LEFT, pos=selector.stop_rect(names[3]).center())
    if not ticks:
        assert heard == [names[3]]
        return
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == count
    assert heard == []
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[5]).center())
    assert heard == [names[5]]
