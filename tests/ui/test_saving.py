"""Reconstruction and difference are saved from the window, as NIfTI and as DICOM."""

from pathlib import Path

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_series
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot
from window_scenes import LONG, errors, notices, open_scan, settle, small_scan, with_model

from isthmus.scans import read
from isthmus.ui import saving
from isthmus.ui.saving import SAVE, Wish
from isthmus.ui.window import Window


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder with a small DICOM series."""
    write_dicom_series(tmp_path / "series", phantom((10, 40, 36)), SeriesNumber=1)
    return tmp_path / "series"


@pytest.fixture
def viewing(window: Window, series: Path, qtbot: QtBot) -> Window:
    """A window in which the series is open and its reconstruction whole."""
    open_scan(window, series, qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    return window


def save(window: Window, wish: Wish, qtbot: QtBot) -> None:
    window.commands.saving.save(wish)
    qtbot.waitUntil(lambda: not window.session.jobs.has(SAVE), timeout=LONG)


def rebuilt(window: Window) -> np.ndarray:
    record = window.session.record()
    assert record is not None
    assert record.picture is not None
    return record.picture.voxels


@pytest.mark.parametrize("name", ["out.nii.gz", "out"])
@pytest.mark.parametrize("difference", [False, True])
def test_what_is_shown_is_saved(
    viewing: Window, tmp_path: Path, name: str, difference: bool, qtbot: QtBot
) -> None:
    path = tmp_path / name
    save(viewing, Wish(path, difference, dicom=name == "out"), qtbot)
    assert errors(viewing) == []
    assert any(f"saved {path}" in notice for notice in notices(viewing))
    original, saved = read(tmp_path / "series"), read(path)
    wanted = rebuilt(viewing).astype(int)
    if difference:
        wanted = wanted - original.voxels
    np.testing.assert_array_equal(saved.voxels, wanted)
    assert saved.source.lossy
    if name == "out":
        assert saved.same_grid(original)
        header = pydicom.dcmread(saved.source.paths[0])
        assert header.PatientID == "SECRET-4711"
        assert header.LossyImageCompressionMethod == "ISTHMUS"
        assert ("DIFFERENCE" in header.ImageType) is difference


def test_the_dialog_offers_each_format(
    viewing: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = []

    def answer(_host: object, title: str, name: str, filters: str, first: str) -> tuple[str, str]:
        offered.append((title, name, filters, first))
        return str(tmp_path / "out"), saving.DEIDENTIFIED

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    viewing.actions_.save_difference.trigger()
    qtbot.waitUntil(lambda: (tmp_path / "out").exists(), timeout=LONG)
    ((title, name, filters, first),) = offered
    assert title == "Save the difference"
    assert name.startswith("t1_test difference ")
    assert filters.split(";;") == [saving.NIFTI, saving.DICOM, saving.DEIDENTIFIED]
    assert first == saving.DICOM
    qtbot.waitUntil(lambda: any("a face, stay" in said for said in notices(viewing)), timeout=LONG)
    header = pydicom.dcmread(next((tmp_path / "out").iterdir()))
    assert header.PatientIdentityRemoved == "YES"


def test_nifti_asks_what_made_it(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    answers = [("MR", False), ("CT", True)]
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: answers.pop(0))
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), saving.DICOM)
    )
    window.actions_.save_reconstruction.trigger()
    assert not window.session.jobs.has(SAVE)
    window.actions_.save_reconstruction.trigger()
    qtbot.waitUntil(lambda: not window.session.jobs.has(SAVE), timeout=LONG)
    assert read(tmp_path / "out").modality == "CT"


def test_nothing_is_saved_before_it_is_whole(window: Window, series: Path, qtbot: QtBot) -> None:
    open_scan(window, series, qtbot)
    window.actions_.save_reconstruction.trigger()
    assert any("still being made" in notice for notice in notices(window))
    assert not window.session.jobs.has(SAVE)


def test_the_scan_itself_is_never_written_over(viewing: Window, series: Path, qtbot: QtBot) -> None:
    before = {path: path.read_bytes() for path in series.iterdir()}
    first = min(before)
    save(viewing, Wish(first), qtbot)
    save(viewing, Wish(series, dicom=True), qtbot)
    assert {path: path.read_bytes() for path in series.iterdir()} == before
    said = [message.title for message in errors(viewing)]
    assert said == [
        f"{first.name} is the scan itself.",
        "series lies in the folder of the scan.",
    ]


def test_stopping_leaves_nothing(viewing: Window, tmp_path: Path, qtbot: QtBot) -> None:
    before = sorted(tmp_path.rglob("*"))
    viewing.commands.saving.save(Wish(tmp_path / "out", dicom=True))
    viewing.session.jobs.cancel(SAVE)
    qtbot.waitUntil(lambda: not viewing.session.jobs.busy, timeout=LONG)
    assert sorted(tmp_path.rglob("*")) == before
