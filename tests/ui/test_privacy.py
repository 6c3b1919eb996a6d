"""Patient and dates are hidden until a switch shows them, and no run remembers the switch."""

from pathlib import Path

import numpy as np
from builders import phantom, write_dicom_series
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot
from scenes import grabbed
from series_scenes import T1, chooser, title, two_series, whole_chooser
from window_scenes import LONG, canvas, open_scan, small_scan

from isthmus.ui.screenshot import save_picture
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window

WHO = ("Doe, Jane  SECRET-4711", "scanned 2022-04-06")


def switch(window: Window, qtbot: QtBot) -> None:
    """Press the switch's key."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(canvas(window), Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)


def series(folder: Path) -> Path:
    write_dicom_series(folder, phantom(T1), description="t1 of Jane Doe", StudyDate="20220406")
    return folder


def test_the_switch_shows_the_patient_and_hides_them_again(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, series(tmp_path), qtbot)
    hidden = grabbed(window.viewer)
    assert window.store.state.patient == ()
    switch(window, qtbot)
    assert window.store.state.patient == WHO
    assert not np.array_equal(grabbed(window.viewer), hidden)
    switch(window, qtbot)
    assert window.store.state.patient == ()
    np.testing.assert_array_equal(grabbed(window.viewer), hidden)


def test_the_next_scan_has_its_own_patient(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, series(tmp_path / "one"), qtbot)
    switch(window, qtbot)
    write_dicom_series(tmp_path / "two", phantom(T1), PatientName="Roe^Rita", PatientID="X")
    seen: list[tuple[str, ...]] = []
    window.store.changed.connect(lambda new, _old: seen.append(new.patient))
    open_scan(window, tmp_path / "two", qtbot)
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    assert window.store.state.patient == ("Roe, Rita  X",)
    # Nothing of the new scan was ever shown under the other's name.
    assert WHO not in seen


def test_a_file_without_a_patient_says_so(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    switch(window, qtbot)
    (line,) = window.store.state.patient
    assert "does not say" in line


def test_titles_and_lists_do_not_hold_the_name(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, series(tmp_path / "study"), qtbot)
    assert window.windowTitle() == "t1 of ••• ••• — Isthmus"
    assert title(window) == "t1 of ••• •••"


def test_the_chooser_shows_days_and_names_when_asked(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    found = chooser(window, two_series(tmp_path), qtbot)
    hidden = grabbed(found)
    assert not any("2022" in row.words or "Doe" in row.words for row in found.list.rows())
    QTest.keyClick(found.list, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    found = whole_chooser(window, qtbot)
    shown = [row.private for row in found.list.rows()]
    assert shown == ["Doe, Jane  SECRET-4711   2022-04-07"] * 2
    window.actions_.privacy.trigger()
    assert [row.private for row in found.list.rows()] == ["", ""]
    np.testing.assert_array_equal(grabbed(found), hidden)


def test_a_new_window_hides_again_and_nothing_is_written(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, series(tmp_path / "study"), qtbot)
    switch(window, qtbot)
    window.close()
    store = settings._store
    assert isinstance(store, QSettings)
    store.sync()
    written = Path(store.fileName()).read_text(encoding="utf-8")
    assert "study" in written  # the recent scan
    for secret in ("Doe", "Jane", "4711", "patient", "privacy", "2022"):
        assert secret not in written
    other = Window(settings)
    qtbot.addWidget(other)
    assert not other.actions_.privacy.isChecked()
    other.close()


def test_a_screenshot_holds_what_the_window_shows(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, series(tmp_path / "study"), qtbot)

    def screenshot(name: str) -> bytes:
        save_picture(window, tmp_path / name)
        window.messages.clear()
        return (tmp_path / name).read_bytes()

    def switched() -> bool:
        hidden = screenshot("before.png")
        switch(window, qtbot)
        shown = screenshot("shown.png")
        switch(window, qtbot)
        return hidden != shown and screenshot("after.png") == hidden

    # Thumbnails and figures may still come in between.
    qtbot.waitUntil(switched, timeout=20_000)


def test_a_folder_named_after_its_patient_is_called_something_else(
    window: Window, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, series(tmp_path / "DOE_JANE head"), qtbot)
    view = window.scans.widget.findChild(QListWidget)
    assert view is not None
    assert view.item(0).toolTip().endswith("••• head")
    assert window.actions_.recent_menu.actions()[0].text() == "•••_••• head"
    other = Window(settings)  # as at the next start
    qtbot.addWidget(other)
    assert [entry.title for entry in other.scans.recents()] == ["•••_••• head"]
    assert [Path(entry.path).name for entry in other.scans.recents()] == ["DOE_JANE head"]
    other.close()
