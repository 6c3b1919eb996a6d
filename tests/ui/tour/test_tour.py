"""The guided demo: six steps with the scan's figures, keys, clock, places, the view afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSpinBox
from pytestqt.qtbot import QtBot
from window_scenes import LONG, canvas, open_scan, settle, small_scan, turn_wheel, with_model

from isthmus.ui import formats
from isthmus.ui.tour.feature import Tour
from isthmus.ui.tour.story import STEPS
from isthmus.ui.view_state import Comparison, Layout
from isthmus.ui.window import Window

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def measured(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """The window with a scan of which everything is known."""
    with_model(window, qtbot)
    open_scan(window, small_scan(tmp_path), qtbot)
    settle(window, qtbot)
    return window


@pytest.fixture
def tour(measured: Window) -> Iterator[Tour]:
    """The demo at its first step."""
    press(measured, KEY.Key_F1)
    made = measured.features.tour
    assert made.number == 0
    yield made
    made.stop()


def press(window: Window, key: Qt.Key) -> None:
    """Press a key as the window system does, so that shortcuts hear it."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def button(tour: Tour, text: str) -> QAbstractButton:
    found = [each for each in tour.card.findChildren(QAbstractButton) if each.text() == text]
    return found[0]


def test_it_leads_through_six_steps_with_the_scans_figures(measured: Window, tour: Tour) -> None:
    assert len(STEPS) == 6
    study, model = measured.session.study, measured.session.model
    assert study is not None
    assert model is not None
    smallest = model.bottlenecks[0].name
    titles = []
    for number in range(6):
        assert tour.number == number
        assert tour.card.isVisible()
        title, text = tour.card.words
        titles.append(title)
        assert "{" not in text
        if number == 0:
            assert formats.size(study.volume.source.stored_bytes) in text
            assert "10 slices of 40 × 36 voxels" in text
        if number == 2:
            record = study.record(smallest)
            assert record.quality is not None
            assert measured.session.asked == smallest
            assert formats.decibel(record.quality.psnr) in text
            assert f"{model.bottlenecks[0].channels} channels" in text
        if number == 5:
            assert "10 Mbit/s" in text
            assert button(tour, "Done").isVisible()
        press(measured, KEY.Key_Right)
    assert len(set(titles)) == 6
    assert not tour.running
    assert not tour.card.isVisible()
    assert not tour.ring.isVisible()


def test_keys_and_buttons_step_and_skip(measured: Window, tour: Tour) -> None:
    asked = measured.session.asked
    press(measured, KEY.Key_Right)
    press(measured, KEY.Key_Right)
    press(measured, KEY.Key_Left)
    assert tour.number == 1
    assert measured.session.asked == asked  # the arrows were the demo's, not the selector's
    QTest.mouseClick(button(tour, "Next"), LEFT)
    assert tour.number == 2
    QTest.mouseClick(button(tour, "Back"), LEFT)
    assert tour.number == 1
    QTest.mouseClick(button(tour, "Skip demo"), LEFT)
    assert not tour.running
    press(measured, KEY.Key_F1)
    assert tour.number == 0
    press(measured, KEY.Key_Escape)
    assert not tour.running
    # Afterwards the arrows are the selector's again.
    press(measured, KEY.Key_Left)
    assert measured.session.asked != asked


def test_return_goes_on_and_space_shows_the_original(
    measured: Window, tour: Tour, qtbot: QtBot
) -> None:
    measured.activateWindow()
    qtbot.waitUntil(measured.isActiveWindow, timeout=5000)
    tour.card.next.setFocus()
    handle = measured.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, KEY.Key_Space)
    assert measured.store.state.peek
    QTest.keyRelease(handle, KEY.Key_Space)
    assert not measured.store.state.peek
    assert tour.number == 0
    press(measured, KEY.Key_Return)
    assert tour.number == 1


def test_the_view_is_put_back(measured: Window, qtbot: QtBot) -> None:
    store = measured.store
    names = measured.viewer.deck.selector.names()
    store.set_bottleneck(names[-1])
    store.show(layout=Layout.ONE, comparison=Comparison.FLICKER)
    store.go_to_slice(2)
    store.zoom(2.5)
    settle(measured, qtbot)
    before = store.state
    tabs = measured.docks.is_wanted("tabs")
    press(measured, KEY.Key_F1)
    for _ in range(4):
        press(measured, KEY.Key_Right)
    assert measured.viewer.deck.map.isVisible()
    assert store.state.layout is Layout.THREE
    press(measured, KEY.Key_Escape)
    assert store.state == before
    assert measured.docks.is_wanted("tabs") == tabs


def test_time_goes_by_stands_still_and_leads_on(
    measured: Window, tour: Tour, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("isthmus.ui.tour.feature.STEP_S", 0.2)
    qtbot.waitUntil(lambda: tour.number == 1, timeout=10_000)
    # Whoever looks around has all the time of the world.
    turn_wheel(canvas(measured), 1)
    assert tour.held
    spent = tour.number
    hold = next(b for b in tour.card.findChildren(QAbstractButton) if not b.text())
    assert "go on" in hold.toolTip()
    QTest.mouseClick(hold, LEFT)
    assert not tour.held
    qtbot.waitUntil(lambda: tour.number == len(STEPS) - 1, timeout=20_000)
    assert spent == 1
    # The last step stays until someone leaves it.
    assert tour.running


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (960, 600)])
def test_the_card_lies_over_no_picture_and_the_ring_round_its_subject(
    measured: Window, tour: Tour, qtbot: QtBot, size: tuple[int, int]
) -> None:
    measured.resize(*size)
    for number in range(6):
        QApplication.processEvents()
        QApplication.processEvents()
        card = tour.card.geometry().adjusted(8, 8, -8, -8)  # less the notch
        assert measured.rect().contains(card)
        for pane in measured.viewer.panes.panes:
            if pane.canvas.isVisible():
                corner = pane.canvas.mapTo(measured, QPoint(0, 0))
                assert not card.intersects(pane.canvas.rect().translated(corner)), number
        status = measured.status.mapTo(measured, QPoint(0, 0)).y()
        assert card.bottom() <= status
        if tour.ring.isVisible():
            image = measured.grab().toImage()
            ring = tour.ring.geometry()
            assert image.pixelColor(ring.left(), ring.center().y()).name() == "#ffffff"
        press(measured, KEY.Key_Right)


def test_what_is_not_there_yet_is_waited_for(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    press(window, KEY.Key_F1)
    press(window, KEY.Key_Right)
    tour = window.features.tour
    _, waiting = tour.card.words
    assert "is being squeezed" in waiting
    with_model(window, qtbot)
    qtbot.waitUntil(lambda: tour.card.words[1] != waiting, timeout=LONG)
    assert "PSNR" in tour.card.words[1]
    tour.stop()


def test_another_scan_ends_it(measured: Window, tour: Tour, tmp_path: Path, qtbot: QtBot) -> None:
    press(measured, KEY.Key_Right)
    open_scan(measured, small_scan(tmp_path, "other.nii.gz"), qtbot)
    assert not tour.running
    assert not tour.card.isVisible()


def test_a_field_that_is_typed_into_keeps_its_keys(measured: Window, tour: Tour) -> None:
    measured.activateWindow()
    measured.viewer.strip.ask_number()
    press(measured, KEY.Key_Left)
    assert tour.number == 0
    press(measured, KEY.Key_Escape)
    assert tour.running
    assert not measured.viewer.strip.findChildren(QSpinBox)[0].isVisible()


def test_the_welcome_page_and_f1_start_it_on_the_demo_scan(window: Window, qtbot: QtBot) -> None:
    start = next(
        each
        for each in window.welcome.findChildren(QAbstractButton)
        if each.text().strip() == "Start demo"
    )
    QTest.mouseClick(start, LEFT)
    qtbot.waitUntil(lambda: window.features.tour.running, timeout=LONG)
    study = window.session.study
    assert study is not None
    assert study.volume.source.simulated
    assert "simulated" in window.features.tour.card.words[1]
    window.features.tour.stop()
