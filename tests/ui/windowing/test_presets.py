"""Windows to choose from: the file's, those that fit the kind of scan, the full range."""

from pathlib import Path

import pytest
from builders import phantom, write_dicom_series
from pydicom.uid import CTImageStorage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from series_scenes import T1
from window_scenes import canvas, open_scan, small_scan

from isthmus.ui.window import Window

CT = {
    "SOPClassUID": CTImageStorage,
    "Modality": "CT",
    "RescaleSlope": 1,
    "RescaleIntercept": -500,
    "RescaleType": "HU",
}


def presets(window: Window) -> list[str]:
    menu = window.actions_.window_menu.actions()
    return [action.text() for action in menu[2:]]  # after the first window and a line


def test_the_files_own_windows_come_first_and_have_the_first_keys(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    own = {
        "WindowCenter": [300, 500],
        "WindowWidth": [400, 900],
        "WindowCenterWidthExplanation": ["NARROW", "WIDE"],
    }
    write_dicom_series(tmp_path, phantom(T1), **own)
    open_scan(window, tmp_path, qtbot)
    assert presets(window)[:2] == ["NARROW  400 / 300", "WIDE  900 / 500"]
    state = window.store.state
    assert (state.window_centre, state.window_width) == (300, 400)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(canvas(window), Qt.Key.Key_2)
    state = window.store.state
    assert (state.window_centre, state.window_width) == (500, 900)


@pytest.mark.parametrize("own", [{}, {"WindowCenter": 40, "WindowWidth": 400}])
def test_a_ct_has_the_usual_windows_beside_its_own(
    own: dict[str, int], window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    write_dicom_series(tmp_path, phantom(T1), **CT, **own)
    open_scan(window, tmp_path, qtbot)
    names = [" ".join(text.split()) for text in presets(window)]
    assert "Lung 1,500 / −600" in names or "Lung 1500 / −600" in names
    assert "Bone 1,800 / 400" in names or "Bone 1800 / 400" in names
    assert "Brain 80 / 40" in names
    assert {"Liver 150 / 30", "Mediastinum 350 / 50", "Stroke 40 / 40"} <= set(names)
    assert "Angiography 600 / 300" in names
    # One window is offered once, by the file's own name for it.
    assert sum(name.endswith(" 400 / 40") for name in names) == 1
    assert names[-1].startswith("Full range")


def test_a_scan_without_a_scale_has_none_of_them(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    names, windows = zip(*(text.split("  ") for text in presets(window)), strict=True)
    assert names == ("Automatic", "Narrow", "Full range")
    # Narrow is half of the robust one.
    wide, narrow = (float(one.split(" / ")[0].replace(",", "")) for one in windows[:2])
    assert narrow == pytest.approx(wide / 2, abs=1)
