"""Series and files of several volumes: the person goes from one to the next."""

from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scenes import grabbed
from series_scenes import T1, two_parts
from window_scenes import LONG, canvas, notices, open_scan, small_scan

from isthmus.ui.part_choice import PartChoice
from isthmus.ui.window import Window


def four_dimensional(folder: Path) -> Path:
    """Write three volumes, each brighter by 100 than the one before."""
    return write_nifti_scan(
        folder / "4d.nii.gz", np.stack([phantom(T1) + 100 * n for n in range(3)])
    )


def parts(window: Window) -> PartChoice:
    return window.toolbar.parts


def least(window: Window) -> int:
    """Return the smallest stored value: which of the parts is open."""
    volume = window.store.volume
    assert volume is not None
    return int(volume.voxels.min())


def words(window: Window) -> list[str]:
    return [parts(window).box.itemText(at) for at in range(parts(window).box.count())]


def press(window: Window, key: Qt.Key, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(canvas(window), key)


def test_one_volume_offers_no_choice(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, four_dimensional(tmp_path), qtbot)
    assert parts(window).isVisible()
    open_scan(window, small_scan(tmp_path), qtbot)
    assert not parts(window).isVisible()
    assert not any(action.isEnabled() for action in window.actions_.parts)


@pytest.mark.parametrize("make", [four_dimensional, two_parts], ids=lambda make: make.__name__)
def test_parts_are_named_and_the_next_is_read_where_one_looks(
    make: object, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    assert callable(make)
    open_scan(window, make(tmp_path), qtbot)
    volume = window.store.volume
    assert volume is not None
    assert words(window) == list(volume.source.parts)
    window.store.go_to_slice(2)
    window.store.zoom(2)
    state, first, pixels = window.store.state, least(window), grabbed(canvas(window))
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        press(window, Qt.Key.Key_PageDown, qtbot)
    assert least(window) == first + 100
    assert parts(window).box.currentIndex() == 1
    assert window.store.index == 2
    assert (window.store.state.cursor, window.store.state.mm_per_pixel) == (
        state.cursor,
        state.mm_per_pixel,
    )
    assert not np.array_equal(grabbed(canvas(window)), pixels)
    assert len(window.scans._entries) == 1  # a part is no other scan
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        press(window, Qt.Key.Key_PageUp, qtbot)
    assert least(window) == first


def test_the_list_chooses_too_and_the_ends_stop(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, four_dimensional(tmp_path), qtbot)
    box = parts(window).box
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_End)
    assert least(window) >= 200
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    press(window, Qt.Key.Key_PageDown, qtbot)
    assert not window.session.jobs.busy
    assert box.currentIndex() == 2


def test_the_part_stands_on_the_pictures_and_is_told_of_once(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, four_dimensional(tmp_path), qtbot)
    said = len(notices(window))
    assert any("3 volumes" in notice for notice in notices(window))
    labelled = grabbed(canvas(window))[30:50, :150]
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        press(window, Qt.Key.Key_PageDown, qtbot)
    assert not np.array_equal(grabbed(canvas(window))[30:50, :150], labelled)
    assert len(notices(window)) == said


def test_a_part_that_cannot_be_read_leaves_the_open_one(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = four_dimensional(tmp_path)
    open_scan(window, path, qtbot)
    before = window.session.study
    path.unlink()
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        press(window, Qt.Key.Key_PageDown, qtbot)
    assert window.session.study is before
    assert parts(window).box.currentIndex() == 0


def test_the_window_goes_over_to_a_part_that_it_would_not_show(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    voxels = np.stack([phantom(T1), 20 * phantom(T1).astype(np.int32)])
    open_scan(window, write_nifti_scan(tmp_path / "4d.nii.gz", voxels), qtbot)
    narrow = window.store.state.window_width
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        press(window, Qt.Key.Key_PageDown, qtbot)
    assert window.store.state.window_width > 10 * narrow
