"""The panel "Errors": found out when it is seen, read off by pointer and keys, and a way there."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from scenes import grabbed, mouse
from window_scenes import LONG, open_scan, settle, small_scan, with_model

from isthmus.quality.errors import find_errors
from isthmus.ui.figures.errors.panel import ErrorsPanel
from isthmus.ui.figures.errors.plot import Plot
from isthmus.ui.settings import Settings
from isthmus.ui.theme import DARK
from isthmus.ui.window import Window

PAGES = ["slices", "histogram", "agreement", "worst"]


@pytest.fixture
def seen(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """A window whose small scan is measured at one bottleneck, the panel in front."""
    window.resize(1700, 950)
    window.docks.show_tab("errors")
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    qtbot.waitUntil(lambda: window.session.record().quality is not None, timeout=LONG)
    panel = window.features.erring.panel
    qtbot.waitUntil(panel.isVisible, timeout=LONG)
    return window


def panel_of(window: Window) -> ErrorsPanel:
    return window.features.erring.panel


def turn_to(window: Window, page: str, qtbot: QtBot) -> None:
    """Choose a page by keys, and wait for what it shows."""
    choice = panel_of(window).page_choice
    QTest.keyClick(choice, Qt.Key.Key_Home)
    for _ in range(PAGES.index(page)):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert panel_of(window).page == page
    if page != "slices":
        qtbot.waitUntil(lambda: window.session.record().errors is not None, timeout=LONG)


def point_at(plot: Plot, at: QPointF) -> None:
    mouse(plot, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)


def press(plot: Plot, at: QPointF) -> None:
    mouse(plot, QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)


def tip(plot: Plot) -> str:
    at = QPoint(plot.width() // 2, plot.height() // 2)
    QApplication.sendEvent(plot, QHelpEvent(QEvent.Type.ToolTip, at, plot.mapToGlobal(at)))
    return QToolTip.text()


def test_the_curves_show_each_slice_and_a_click_goes_there(seen: Window) -> None:
    curves, study = panel_of(seen).curves, seen.session.study
    quality = seen.session.record().quality
    acquired = [study.numbers()[k] for k in range(10)]
    point_at(curves, QPointF(curves.x_at(3), curves.box.center().y()))
    psnr = quality.slices[acquired.index(3)].psnr
    assert curves.reading().startswith(f"Slice 3: PSNR {psnr:.1f}")
    assert curves.reading() == curves.accessibleDescription()
    press(curves, QPointF(curves.x_at(3), curves.box.center().y()))
    assert seen.store.index == 2


def test_the_curves_follow_the_slice_and_name_every_known_bottleneck(
    seen: Window, qtbot: QtBot
) -> None:
    settle(seen, qtbot)
    curves = panel_of(seen).curves
    before = grabbed(curves)
    seen.store.go_to_slice(1)
    assert not np.array_equal(before, grabbed(curves))
    for bottleneck in seen.session.model.bottlenecks:
        assert f"{bottleneck.channels} channels" in tip(curves)
    at = curves.words(1).rpartition(", ")[2]
    assert at == f"{seen.session.model.bottleneck(seen.session.asked).channels} channels"


def test_another_measure_can_be_chosen_and_is_remembered(
    seen: Window, settings: Settings, qtbot: QtBot
) -> None:
    panel = panel_of(seen)
    QTest.keyClick(panel.measure_choice, Qt.Key.Key_Down)
    quality, numbers = seen.session.record().quality, seen.session.study.numbers()
    assert f"SSIM {quality.slices[numbers.index(1)].ssim:.3f}" in panel.curves.words(0)
    again = ErrorsPanel(settings)
    qtbot.addWidget(again)
    assert again.measure.name == "SSIM"


def test_the_curves_are_walked_by_keys(seen: Window) -> None:
    curves = panel_of(seen).curves
    bottleneck = seen.session.asked
    curves.setFocus()
    QTest.keyClick(curves, Qt.Key.Key_Home)
    QTest.keyClick(curves, Qt.Key.Key_Right)
    assert curves.reading().startswith("Slice 2:")
    QTest.keyClick(curves, Qt.Key.Key_Return)
    assert seen.store.index == 1
    assert seen.session.asked == bottleneck  # the arrows are the plot's


def test_nothing_is_looked_for_before_a_page_needs_it(seen: Window, qtbot: QtBot) -> None:
    assert seen.session.record().errors is None
    turn_to(seen, "histogram", qtbot)
    assert seen.session.record().errors is not None


def test_the_histogram_says_what_a_bin_holds_and_how_errors_spread(
    seen: Window, qtbot: QtBot
) -> None:
    turn_to(seen, "histogram", qtbot)
    bars, study = panel_of(seen).bars, seen.session.study
    found = find_errors(study.volume, seen.session.record().picture.voxels, study.foreground)
    point_at(bars, QPointF(bars.x_at(0), bars.box.center().y()))
    most = int(found.histogram.counts[len(found.histogram.counts) // 2])
    assert f"{most} voxels" in bars.reading()
    assert f"SD {found.histogram.sd:.1f}" in tip(bars)
    pixels = {tuple(colour) for row in grabbed(bars) for colour in row}
    for token in (DARK.original, DARK.reconstruction):
        wanted = np.array([int(token[at : at + 2], 16) for at in (1, 3, 5)])
        assert min(np.abs(np.array(pixel) - wanted).max() for pixel in pixels) < 70


def test_a_block_of_the_agreement_is_gone_to(seen: Window, qtbot: QtBot) -> None:
    turn_to(seen, "agreement", qtbot)
    plot, found = panel_of(seen).agreement, seen.session.record().errors.agreement
    assert plot.count == len(found.means) > 10
    said = tip(plot)
    assert "16 × 16 × 1" in said
    assert "1.96 SD" in said
    at = int(np.argmax(found.means))
    press(plot, QPointF(plot.x_at(found.means[at]), plot.y_at(found.differences[at])))
    k, j, i = (round(v) for v in seen.store.voxel(seen.store.state.cursor))
    assert (k, j, i) == tuple(found.places[at])
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Home)
    QTest.keyClick(plot, Qt.Key.Key_Enter)
    at = int(np.argmin(found.means))
    assert round(seen.store.voxel(seen.store.state.cursor)[0]) == found.places[at][0]


def test_enter_and_click_go_to_the_worst_places(seen: Window, qtbot: QtBot) -> None:
    turn_to(seen, "worst", qtbot)
    table, worst = panel_of(seen).worst, seen.session.record().errors.worst
    assert table.isVisible()
    assert table.rowCount() == len(worst) > 1
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert tuple(round(v) for v in seen.store.voxel(seen.store.state.cursor)) == worst[0].place
    index = seen.store.index
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert seen.store.index == index  # the arrows are the list's
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert tuple(round(v) for v in seen.store.voxel(seen.store.state.cursor)) == worst[1].place
    first = table.visualItemRect(table.item(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)
    assert tuple(round(v) for v in seen.store.voxel(seen.store.state.cursor)) == worst[0].place
    number = seen.session.study.numbers()[worst[0].place[0]]
    assert table.item(0, 0).text() == str(number)
    assert ("added" if worst[0].mean > 0 else "removed") in table.item(0, 1).text()


def test_another_bottleneck_has_errors_of_its_own(seen: Window, qtbot: QtBot) -> None:
    turn_to(seen, "histogram", qtbot)
    before = seen.session.record().errors
    names = [each.name for each in seen.session.model.bottlenecks]
    other = next(name for name in names if name != seen.session.asked)
    seen.store.set_bottleneck(other)
    qtbot.waitUntil(lambda: seen.session.record().errors is not None, timeout=LONG)
    assert seen.session.record().errors is not before
    assert panel_of(seen).bars.count == len(seen.session.record().errors.histogram.counts)


def test_without_a_scan_every_page_says_why_it_is_empty(window: Window, qtbot: QtBot) -> None:
    panel = ErrorsPanel(Settings(None))
    qtbot.addWidget(panel)
    panel.say_nothing("Looked for when the reconstruction is whole.")
    panel.resize(392, 200)
    panel.show()
    for page in range(4):
        panel.page_choice.setCurrentIndex(page)
        panel.grab()
    assert tip(panel.bars) == "Measured when the reconstruction is whole."
    assert tip(panel.curves) == "Measured when the reconstruction is whole."


@pytest.mark.parametrize("size", [(300, 110), (392, 200), (600, 400)])
def test_it_can_be_read_from_a_small_panel_to_a_large_one(
    seen: Window, qtbot: QtBot, size: tuple[int, int]
) -> None:
    panel = panel_of(seen)
    assert panel.minimumSizeHint().width() <= 300
    assert panel.minimumSizeHint().height() <= 110
    for page in PAGES[:3]:
        turn_to(seen, page, qtbot)
        plot = {"slices": panel.curves, "histogram": panel.bars, "agreement": panel.agreement}[page]
        plot.resize(size[0], size[1] - 30)
        plot.grab()
        assert plot.box.height() > 35
        assert plot.box.width() > 200
        assert plot.tick_values(vertical=False)
        assert plot.tick_values(vertical=True)
