"""The middle slice of a series is shown before the rest, which then takes its place unseen."""

from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_dicom_series
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scenes import grabbed
from series_scenes import T1, chooser, title, two_series
from window_scenes import LONG, canvas, errors, notices, open_scan, small_scan, turn_wheel

from isthmus.scans import Plane
from isthmus.ui.reading import Look
from isthmus.ui.window import Window


def look(window: Window, path: Path, qtbot: QtBot) -> Look:
    """Open the first series of a folder, and stop at its first slice; the rest is not told yet."""
    found = chooser(window, path, qtbot)
    looks: list[Look] = []

    def stop(seen: Look) -> None:
        looks.append(seen)
        window.session.jobs._timer.stop()  # outcomes that are there already wait

    window.session.looked.connect(stop, Qt.ConnectionType.SingleShotConnection)
    found.list.pick()
    qtbot.waitUntil(lambda: bool(looks), timeout=LONG)
    return looks[0]


def go_on(window: Window, qtbot: QtBot) -> None:
    """Hear of the rest."""
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.session.jobs._timer.start()


def test_the_first_slice_stands_where_the_whole_will_have_it(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    seen = look(window, two_series(tmp_path), qtbot)
    assert window.session.study is None
    assert window.viewer.isVisible()
    assert window.viewer.reading.isVisible()
    assert not window.viewer.strip.isVisible()
    assert window.windowTitle() == "t1 sag — Isthmus"
    assert seen.volume.shape == T1
    before, state = grabbed(canvas(window)), window.store.state
    assert before.max() > 200
    go_on(window, qtbot)
    assert title(window) == "t1 sag"
    assert window.store.state == state
    assert window.store.volume is not None
    assert window.store.volume.same_grid(seen.volume)
    np.testing.assert_array_equal(grabbed(canvas(window)), before)
    assert window.viewer.strip.isVisible()
    assert not window.viewer.reading.isVisible()


def test_what_was_changed_on_the_first_slice_stays_for_the_whole(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    look(window, two_series(tmp_path), qtbot)
    window.store.zoom(3)
    window.store.set_window(300, 200)
    state = window.store.state
    go_on(window, qtbot)
    assert window.store.state == state


def test_slices_that_are_not_read_yet_cannot_be_gone_to(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    look(window, two_series(tmp_path), qtbot)
    index = window.store.index
    turn_wheel(canvas(window), -1)
    QTest.keyClick(canvas(window), Qt.Key.Key_End)
    window.store.set_plane(Plane.SAGITTAL)
    window.store.go_to_k(0)
    assert (window.store.index, window.store.state.plane) == (index, Plane.AXIAL)
    go_on(window, qtbot)
    turn_wheel(canvas(window), -1)
    assert abs(window.store.index - index) == 1


@pytest.mark.parametrize("way", ["button", "escape"])
def test_cancel_after_the_first_slice_leads_back_to_the_open_scan_as_it_was(
    way: str, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    before = window.session.study
    window.store.set_plane(Plane.CORONAL)
    window.store.go_to_slice(3)
    window.store.zoom(2)
    state, pixels = window.store.state, grabbed(canvas(window))
    look(window, two_series(tmp_path / "study"), qtbot)
    if way == "button":
        QTest.mouseClick(window.viewer.reading.cancel, Qt.MouseButton.LeftButton)
    else:
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(canvas(window), Qt.Key.Key_Escape)
    assert window.session.study is before
    assert window.store.state == state
    assert window.windowTitle() == "stays — Isthmus"
    assert window.viewer.strip.isVisible()
    np.testing.assert_array_equal(grabbed(canvas(window)), pixels)


def test_cancel_with_nothing_open_before_leads_back_to_the_welcome_page(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    look(window, two_series(tmp_path), qtbot)
    window.session.cancel_reading()
    assert window.welcome.isVisible()
    assert window.store.volume is None
    assert window.windowTitle() == "Isthmus"
    assert not window.actions_.fit.isEnabled()


def test_a_series_that_fails_after_its_first_slice_leads_back(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = two_series(tmp_path / "study")
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    before = window.session.study
    found = chooser(window, folder, qtbot)
    # Half of the first slice is lost between listing and reading; the middle one is not.
    first = folder / "A0001"
    first.write_bytes(first.read_bytes()[:-1000])
    with (
        qtbot.waitSignal(window.session.looked, timeout=LONG),
        qtbot.waitSignal(window.session.failed, timeout=LONG),
    ):
        found.list.pick()
    assert window.session.study is before
    assert window.windowTitle() == "stays — Isthmus"
    assert "A0001" in errors(window)[0].title


def test_a_folder_with_one_series_shows_its_first_slice_too(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    write_dicom_series(tmp_path, phantom(T1))
    with qtbot.waitSignals([window.session.looked, window.session.opened], timeout=LONG):
        window.opening.open(tmp_path)


def test_what_is_left_out_is_said_though_a_slice_was_shown_before(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    write_dicom_series(tmp_path, phantom(T1))
    (tmp_path / "readme.txt").write_text("not a scan")
    open_scan(window, tmp_path, qtbot)
    assert any("1 file is left out" in notice for notice in notices(window))


def test_figures_of_the_scan_before_come_back_with_it(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    window.session.choose_model()
    window.session.load_codec()
    qtbot.waitUntil(lambda: window.session.complete, timeout=LONG)
    asked = window.session.asked
    look(window, two_series(tmp_path / "study"), qtbot)
    assert window.viewer.panes.shown is None
    window.session.cancel_reading()
    shown = window.viewer.panes.shown
    assert shown is not None
    assert shown.bottleneck.name == asked
    record = window.session.record()
    assert record is not None
    assert record.quality is not None
