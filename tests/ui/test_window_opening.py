"""Every way to open a scan ends with that scan in the panes."""

import os
from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot
from window_scenes import LONG, SHAPE, canvas, open_scan, small_scan

from isthmus.ui.scan_list import ScanEntry
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window


def is_open(window: Window, path: Path) -> bool:
    study = window.session.study
    return study is not None and study.opened.path == path


def entries(window: Window) -> list[ScanEntry]:
    view = window.scans.widget.findChild(QListWidget)
    assert view is not None
    return [view.item(row).data(Qt.ItemDataRole.UserRole) for row in range(view.count())]


def titles(window: Window) -> list[str]:
    return [entry.title for entry in entries(window)]


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drag paths in, and drop them in the middle if they are taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left, middle = Qt.MouseButton.LeftButton, widget.rect().center()
    enter = QDragEnterEvent(middle, actions, data, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), actions, data, left, none))
    return True


def answer_dialog(path: Path) -> QTimer:
    """Choose a path in the file dialog that comes up next, as a person would."""
    timer = QTimer(interval=10)

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            timer.stop()
            line = dialog.findChild(QLineEdit)
            assert line is not None
            line.setText(str(path))
            dialog.accept()

    timer.timeout.connect(choose)
    timer.start()
    return timer


def test_a_window_without_a_path_is_the_welcome_page(window: Window, qtbot: QtBot) -> None:
    window.start_with([])
    assert window.welcome.isVisible()
    assert not window.viewer.isVisible()
    assert window.windowTitle() == "Isthmus"
    assert window.status.research.isVisible()


def test_paths_of_the_command_open_the_first_and_list_all(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    first, second = small_scan(tmp_path, "first.nii.gz"), small_scan(tmp_path, "second.nii.gz")
    window = Window(settings)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.start_with([first, second])
    window.show()
    assert is_open(window, first)
    assert titles(window) == ["first", "second"]
    assert window.viewer.isVisible()
    assert window.windowTitle() == "first — Isthmus"
    window.close()


@pytest.mark.parametrize("way", ["file", "folder"])
def test_the_menu_asks_for_a_path(way: str, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    if way == "file":
        path, action = small_scan(tmp_path), window.actions_.open_file_action
    else:
        path, action = tmp_path / "series", window.actions_.open_folder_action
        write_dicom_series(path, phantom(SHAPE))
    timer = answer_dialog(path)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        action.trigger()
    assert not timer.isActive()
    assert is_open(window, path)


@pytest.mark.parametrize("page", ["welcome", "viewer"])
def test_files_can_be_dropped_anywhere(
    page: str, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    target = window.welcome if page == "welcome" else window
    if page == "viewer":
        open_scan(window, small_scan(tmp_path, "before.nii.gz"), qtbot)
    first, second = small_scan(tmp_path, "first.nii.gz"), small_scan(tmp_path, "second.nii.gz")
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        assert drop(target, first, second)
    assert is_open(window, first)
    assert {"first", "second"} <= set(titles(window))


def test_a_dropped_folder_is_opened(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "series", phantom(SHAPE))
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        assert drop(window, tmp_path / "series")
    assert is_open(window, tmp_path / "series")


def test_what_is_no_file_is_not_taken(window: Window) -> None:
    data = QMimeData()
    data.setText("not a file")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_recent_scans_are_remembered_and_opened_again(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = small_scan(tmp_path, "first.nii.gz"), small_scan(tmp_path, "second.nii.gz")
    open_scan(window, first, qtbot)
    open_scan(window, second, qtbot)
    assert [path for path, _ in settings.recents()] == [second, first]
    recent: list[QAction] = window.actions_.recent_menu.actions()
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        recent[1].trigger()
    assert is_open(window, first)
    assert [path for path, _ in settings.recents()] == [first, second]
    recent_clear = window.actions_.recent_menu.actions()[-1]
    recent_clear.trigger()
    assert settings.recents() == ()
    assert not window.actions_.recent_menu.isEnabled()


def test_a_scan_of_the_list_is_opened(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = small_scan(tmp_path, "first.nii.gz"), small_scan(tmp_path, "second.nii.gz")
    open_scan(window, first, qtbot)
    open_scan(window, second, qtbot)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        click_in_list(window, "first")
    assert is_open(window, first)
    assert [entry.current for entry in entries(window)] == [True, False]


def click_in_list(window: Window, title: str) -> None:
    view = window.scans.widget.findChild(QListWidget)
    assert view is not None
    at = view.visualItemRect(view.item(titles(window).index(title))).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_open_scan_is_read_again_only_if_it_has_changed(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = small_scan(tmp_path, "here.nii.gz")
    open_scan(window, path, qtbot)
    before = window.session.study
    assert before is not None
    before.record("32ch").failed = True  # something that is known of it
    window.viewer.strip.setFocus()
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    click_in_list(window, "here")
    assert not window.session.jobs.busy
    assert window.session.study is before
    assert before.records
    assert QApplication.focusWidget() is canvas(window)

    os.utime(path, ns=(1, 1))
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        click_in_list(window, "here")
    assert window.session.study is not before


def test_the_open_scan_of_a_folder_is_read_again_if_one_file_has_changed(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "series"
    write_dicom_series(folder, phantom(SHAPE))
    open_scan(window, folder, qtbot)
    title = titles(window)[0]
    # Its thumbnail may still be made.
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    click_in_list(window, title)
    assert not window.session.jobs.busy
    os.utime(sorted(folder.iterdir())[3], ns=(1, 1))
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        click_in_list(window, title)


def test_going_back_to_the_open_scan_stops_reading_another(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "here.nii.gz"), qtbot)
    before = window.session.study
    big = small_scan(tmp_path, "big.nii.gz", (64, 256, 256))
    window.scans.add([big])
    click_in_list(window, "big")
    assert window.session.wanted is not None
    assert window.session.wanted.path == big
    click_in_list(window, "here")
    assert window.session.wanted is None
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    assert window.session.study is before


def test_keys_stay_with_the_panes_after_a_click_that_fails(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "here.nii.gz"), qtbot)
    window.scans.add([tmp_path / "gone.nii.gz"])
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        click_in_list(window, "gone")
    focused = QApplication.focusWidget()
    assert focused is canvas(window)
    index = window.store.index
    QTest.keyClick(focused, Qt.Key.Key_Down)
    assert abs(window.store.index - index) == 1
    QTest.keyPress(focused, Qt.Key.Key_Space)
    assert window.store.state.peek
    QTest.keyRelease(focused, Qt.Key.Key_Space)


def test_the_first_start_says_what_this_is_not_for_where_it_hides_nothing(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    window.start_with([])
    window.first_painted.emit()
    message = window.messages.current
    assert message is not None
    assert message.title == "Research use. Not for diagnosis."
    open_scan(window, small_scan(tmp_path), qtbot)
    assert window.messages.current is None
    assert window.status.research.isVisible()


def test_a_first_start_on_a_scan_is_not_covered_by_a_notice(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.start_with([small_scan(tmp_path)])
        window.first_painted.emit()
    assert window.messages.history == []
    assert settings.greet()  # it is said at the next start without a scan


def test_the_demo_is_simulated_and_not_a_recent_scan(
    window: Window, settings: Settings, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.actions_.demo.trigger()
    study = window.session.study
    assert study is not None
    assert study.volume.source.simulated
    labels = [label.text for label in window.viewer.panes.panes[0].canvas.labels]
    assert "SIMULATED" in labels
    assert settings.recents() == ()


def test_an_enhanced_dicom_file_is_opened(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = write_dicom_enhanced(tmp_path / "enhanced.dcm", phantom(SHAPE))
    open_scan(window, path, qtbot)
    assert window.store.volume is not None
    np.testing.assert_array_equal(np.sort(window.store.volume.shape), np.sort(SHAPE))


def test_the_first_slice_is_there_before_the_model(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    assert window.session.codec is None
    pixels = canvas(window).grab().toImage()
    middle = pixels.pixelColor(pixels.rect().center())
    assert middle.lightness() > 0 or pixels.pixelColor(pixels.width() // 2, 60).lightness() > 0
    assert window.viewer.panes.shown is None
