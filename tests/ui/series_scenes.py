"""Folders with several series, and what tests of choosing among them look at."""

import shutil
from pathlib import Path

from builders import phantom, write_dicom_series
from pytestqt.qtbot import QtBot
from window_scenes import LONG

from isthmus.ui.series_chooser import SeriesChooser
from isthmus.ui.window import Window

LOCALIZER = ["ORIGINAL", "PRIMARY", "LOCALIZER"]
T1, T2 = (10, 40, 36), (6, 24, 20)


def two_series(folder: Path, *, localizer: bool = False) -> Path:
    """Write a T1 and a smaller T2 of one patient, and a localizer if it is wanted."""
    dates = {"SeriesDate": "20220407", "StudyDate": "20220406"}
    write_dicom_series(folder, phantom(T1), description="t1 sag", prefix="A", **dates)
    write_dicom_series(folder, phantom(T2), description="t2 tra", prefix="B", **dates)
    if localizer:
        write_localizer(folder)
    return folder


def write_localizer(folder: Path) -> None:
    """Write a localizer of four slices."""
    voxels = phantom((4, 24, 20))
    write_dicom_series(folder, voxels, description="scout", prefix="C", ImageType=LOCALIZER)


def two_parts(folder: Path) -> Path:
    """Write one series with two echoes, the second brighter by 100."""
    voxels, echo = phantom(T1), {"description": "t2 star", "series": "1.2.3.4"}
    write_dicom_series(folder, voxels, prefix="A", EchoNumbers=1, EchoTime=4.9, **echo)
    write_dicom_series(folder, voxels + 100, prefix="B", EchoNumbers=2, EchoTime=9.8, **echo)
    return folder


def archive(folder: Path) -> Path:
    """Return a ZIP archive of a folder."""
    return Path(shutil.make_archive(str(folder), "zip", folder))


def chooser(window: Window, path: Path, qtbot: QtBot) -> SeriesChooser:
    """Open a path and wait for the chooser with everything in it."""
    window.opening.open(path)
    return whole_chooser(window, qtbot)


def whole_chooser(window: Window, qtbot: QtBot) -> SeriesChooser:
    """Wait until the chooser is there and every row has its picture."""

    def there() -> bool:
        return window.choosing.chooser is not None and not window.session.jobs.busy

    qtbot.waitUntil(there, timeout=LONG)
    assert window.choosing.chooser is not None
    return window.choosing.chooser


def title(window: Window) -> str:
    """Return the title of the open scan; empty if none is open."""
    study = window.session.study
    return "" if study is None else study.volume.source.title
