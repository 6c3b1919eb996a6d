"""Several series at one path: the person chooses, and nothing is lost until then."""

from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_dicom_series
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot
from series_scenes import T1, archive, chooser, title, two_series, whole_chooser, write_localizer
from window_scenes import LONG, errors, notices, open_scan, small_scan

from isthmus.scans import list_series
from isthmus.ui.reading import Listing
from isthmus.ui.scan_list import ScanEntry
from isthmus.ui.series_chooser import SeriesChooser
from isthmus.ui.window import Window


def titles(found: SeriesChooser) -> list[str]:
    return [row.title for row in found.list.rows()]


def listed(window: Window) -> list[ScanEntry]:
    view = window.scans.widget.findChild(QListWidget)
    assert view is not None
    return [view.item(row).data(Qt.ItemDataRole.UserRole) for row in range(view.count())]


def click_listed(window: Window, name: str) -> None:
    view = window.scans.widget.findChild(QListWidget)
    assert view is not None
    at = [entry.title for entry in listed(window)].index(name)
    place = view.visualItemRect(view.item(at)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_one_series_opens_at_once_though_a_localizer_lies_beside_it(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    write_dicom_series(tmp_path, phantom(T1), description="t1 sag")
    write_localizer(tmp_path)
    open_scan(window, tmp_path, qtbot)
    assert window.choosing.chooser is None
    assert title(window) == "t1 sag"
    assert [(one.title, one.words[-1]) for one in listed(window)][1] == ("scout", "localizer")
    assert errors(window) == []


@pytest.mark.parametrize("way", ["keys", "double click", "button", "filter"])
def test_the_series_that_is_picked_is_opened(
    way: str, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    found = chooser(window, two_series(tmp_path), qtbot)
    assert titles(found) == ["t1 sag", "t2 tra"]
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        if way == "double click":
            at = found.list.visualItemRect(found.list.item(1)).center()
            viewport = found.list.viewport()
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
            QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
        elif way == "filter":
            QTest.keyClick(found, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(found.filter, "T2")
            assert titles(found) == ["t2 tra"]
            QTest.keyClick(found.filter, Qt.Key.Key_Return)
        else:
            QTest.keyClick(found.list, Qt.Key.Key_Down)
            if way == "keys":
                QTest.keyClick(found.list, Qt.Key.Key_Return)
            else:
                QTest.mouseClick(found.open_button, Qt.MouseButton.LeftButton)
    assert title(window) == "t2 tra"
    assert window.choosing.chooser is None
    assert window.viewer.isVisible()


def test_rows_say_what_a_series_is_and_show_its_middle_slice(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    first, _ = chooser(window, two_series(tmp_path), qtbot).list.rows()
    assert first.facts[:3] == ("MR", "10 slices", "36×40")
    assert first.facts[3].endswith("kB")
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.choosing.chooser.list.pick()  # type: ignore[union-attr]  # it is there
    study = window.session.study
    assert study is not None
    assert first.thumbnail is not None
    np.testing.assert_array_equal(first.thumbnail, study.opened.thumbnail)


def test_what_is_no_volume_stands_at_the_end_under_a_heading(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    write_localizer(tmp_path)
    found = chooser(window, two_series(tmp_path), qtbot)
    assert titles(found) == ["t1 sag", "t2 tra", "scout"]
    words = [
        found.list.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(found.list.count())
    ]
    assert words[2] == "Not volumes"
    assert found.list.rows()[2].parts == "localizer"
    # The heading cannot be chosen: the arrows pass it by.
    for _ in range(2):
        QTest.keyClick(found.list, Qt.Key.Key_Down)
    assert found.list.current == found.list.rows()[2].key


@pytest.mark.parametrize("way", ["escape", "button"])
def test_what_is_open_stays_open_until_one_is_picked(
    way: str, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    before = window.session.study
    found = chooser(window, two_series(tmp_path / "study"), qtbot)
    assert window.session.study is before
    assert window.viewer.isVisible()
    if way == "escape":
        QTest.keyClick(found.list, Qt.Key.Key_Escape)
    else:
        QTest.mouseClick(found.cancel, Qt.MouseButton.LeftButton)
    assert window.choosing.chooser is None
    assert QApplication.activeModalWidget() is None
    assert window.session.study is before
    assert window.session.wanted is None


def test_the_other_series_stay_listed_and_open_without_a_search(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    found = chooser(window, two_series(tmp_path), qtbot)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        found.list.pick()
    assert [(one.title, one.current) for one in listed(window)] == [
        ("t1 sag", True),
        ("t2 tra", False),
    ]
    assert all(one.thumbnail is not None for one in listed(window))
    with (
        qtbot.assertNotEmitted(window.session.listed),
        qtbot.waitSignal(window.session.opened, timeout=LONG),
    ):
        click_listed(window, "t2 tra")
    assert title(window) == "t2 tra"
    assert [one.current for one in listed(window)] == [False, True]
    # The folder, not one of its series, is remembered.
    assert [path for path, _ in window.settings.recents()] == [tmp_path]


def test_series_are_listed_as_they_are_found_and_a_pick_waits_for_all_of_them(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    every = list_series(two_series(tmp_path))
    window.session.listed.emit(Listing(tmp_path, every[:1]))
    assert window.choosing.chooser is None  # there may be no other
    window.session.listed.emit(Listing(tmp_path, every))
    found = window.choosing.chooser
    assert found is not None
    assert found.bar.isVisible()
    with qtbot.assertNotEmitted(window.session.opened):
        found.list.pick()
        qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    assert not found.list.isEnabled()
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.session.listed.emit(Listing(tmp_path, every, whole=True))
    assert title(window) == "t1 sag"


def test_a_search_that_is_stopped_closes_the_chooser(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    every = list_series(two_series(tmp_path))
    window.opening.open(tmp_path)
    window.session.listed.emit(Listing(tmp_path, every))
    assert window.choosing.chooser is not None
    window.session.cancel_reading()
    assert window.choosing.chooser is None
    assert window.welcome.isVisible()
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    assert window.session.study is None


def test_an_archive_is_opened_as_its_folder(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = archive(two_series(tmp_path / "study"))
    found = chooser(window, path, qtbot)
    assert titles(found) == ["t1 sag", "t2 tra"]
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        found.list.pick()
    assert window.store.volume is not None
    assert window.store.volume.shape == T1
    assert [path for path, _ in window.settings.recents()] == [path]


def test_a_folder_is_looked_through_again_when_it_is_opened_again(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    found = chooser(window, two_series(tmp_path), qtbot)
    QTest.keyClick(found.list, Qt.Key.Key_Escape)
    write_dicom_series(tmp_path, phantom((5, 24, 20)), description="late", prefix="D")
    assert "late" in titles(chooser(window, tmp_path, qtbot))


def test_without_anyone_to_ask_the_largest_is_opened_and_that_is_said(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.session.asks = False
    open_scan(window, two_series(tmp_path), qtbot)
    assert title(window) == "t1 sag"
    assert any("2 series" in notice for notice in notices(window))


def test_pictures_made_during_the_search_stand_in_the_list_too(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    every = list_series(two_series(tmp_path))
    for _ in range(2):  # the second time, neither has grown
        window.session.listed.emit(Listing(tmp_path, every))
    whole_chooser(window, qtbot)
    assert listed(window) == []
    window.session.listed.emit(Listing(tmp_path, every, whole=True))
    assert not window.session.jobs.busy
    assert [one.thumbnail is not None for one in listed(window)] == [True, True]


def test_a_list_that_is_walked_does_not_move(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    every = list_series(two_series(tmp_path))
    window.session.listed.emit(Listing(tmp_path, every[::-1]))
    found = window.choosing.chooser
    assert found is not None
    assert titles(found) == ["t2 tra", "t1 sag"]
    QTest.keyClick(found.list, Qt.Key.Key_Down)
    window.session.listed.emit(Listing(tmp_path, every, whole=True))
    found = whole_chooser(window, qtbot)
    assert titles(found) == ["t2 tra", "t1 sag"]
    assert found.list.current == found.list.rows()[1].key


def test_a_list_that_no_one_has_touched_ends_in_order(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    every = list_series(two_series(tmp_path))
    window.session.listed.emit(Listing(tmp_path, every[::-1]))
    window.session.listed.emit(Listing(tmp_path, every, whole=True))
    found = whole_chooser(window, qtbot)
    assert titles(found) == ["t1 sag", "t2 tra"]
    assert found.list.current == found.list.rows()[0].key
