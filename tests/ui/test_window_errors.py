"""What cannot be opened or run is said in words, and the open scan stays.

Each message names the file and what to do. Take one case's handling away, and its test fails.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from pytestqt.qtbot import QtBot
from window_scenes import LONG, SHAPE, errors, notices, open_scan, shown, small_scan

from isthmus import assets
from isthmus.codec import default_model, find_model
from isthmus.ui.window import Window


def not_an_image(folder: Path) -> Path:
    path = folder / "letter.txt"
    path.write_text("Dear Sir or Madam")
    return path


def truncated(folder: Path) -> Path:
    path = small_scan(folder, "broken.nii.gz")
    path.write_bytes(path.read_bytes()[:-2000])
    return path


def empty_folder(folder: Path) -> Path:
    path = folder / "nothing"
    path.mkdir()
    return path


def two_dimensional(folder: Path) -> Path:
    return write_nifti_scan(folder / "flat.nii.gz", phantom(SHAPE)[5])


def too_large(folder: Path) -> Path:
    """A header that announces 256 TiB."""
    path = small_scan(folder, "huge.nii")
    data = bytearray(path.read_bytes())
    data[40:48] = np.array([3, 32767, 32767, 32767], dtype="<i2").tobytes()
    path.write_bytes(data)
    return path


def missing(folder: Path) -> Path:
    return folder / "gone.nii.gz"


FAILS = {
    not_an_image: "not an image|not a scan",
    truncated: "cut short|damaged",
    empty_folder: "empty",
    two_dimensional: "2-D",
    too_large: "memory|cut short",
    missing: "does not exist",
}


@pytest.mark.parametrize("make", FAILS, ids=lambda make: make.__name__)
def test_a_scan_that_cannot_be_opened_leaves_the_open_one(
    make: Callable[[Path], Path], window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    before, state = window.session.study, window.store.state
    path = make(tmp_path)
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.opening.open(path)
    (message,) = errors(window)
    assert path.name in message.title
    assert message.text
    assert any(word in message.title for word in FAILS[make].split("|"))
    assert window.messages.isVisible()
    assert window.session.study is before
    assert window.store.state == state
    assert window.viewer.isVisible()
    assert window.windowTitle() == "stays — Isthmus"


def test_a_first_scan_that_fails_leads_back_to_the_welcome_page(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.opening.open(not_an_image(tmp_path))
    assert window.welcome.isVisible()
    assert window.messages.isVisible()


def four_dimensional(folder: Path) -> Path:
    return write_nifti_scan(folder / "series.nii.gz", np.stack([phantom(SHAPE)] * 3))


def constant(folder: Path) -> Path:
    return write_nifti_scan(folder / "flat.nii.gz", np.full(SHAPE, 7, np.int16))


def with_nan(folder: Path) -> Path:
    voxels = phantom(SHAPE).astype(np.float32)
    voxels[3, 5:9, 5] = np.nan
    return write_nifti_scan(folder / "holes.nii.gz", voxels)


OPENS = {
    four_dimensional: "3 volumes",
    constant: "same value|constant|no contrast",
    with_nan: "NaN|not a number|no number",
}


@pytest.mark.parametrize("make", OPENS, ids=lambda make: make.__name__)
def test_an_odd_scan_is_opened_and_its_oddity_said(
    make: Callable[[Path], Path], window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = make(tmp_path)
    open_scan(window, path, qtbot)
    assert errors(window) == []
    assert any(word in notice for notice in notices(window) for word in OPENS[make].split("|"))
    assert window.messages.isVisible()
    assert window.store.volume is not None
    assert window.store.volume.shape == SHAPE
    assert np.isfinite(window.store.volume.voxels).all()


@pytest.mark.parametrize("make", OPENS, ids=lambda make: make.__name__)
def test_an_odd_scan_goes_through_the_neck(
    make: Callable[[Path], Path], window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, make(tmp_path), qtbot)
    window.session.choose_model()
    window.session.load_codec()
    qtbot.waitUntil(lambda: window.settled, timeout=LONG)
    assert errors(window) == []
    assert shown(window) == window.session.asked


def test_a_missing_checkpoint_is_said_and_the_original_can_be_seen(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    installed = assets.folder
    monkeypatch.setattr(
        assets, "folder", lambda name: tmp_path / name if name == "models" else installed(name)
    )
    path = small_scan(tmp_path)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.start_with([path])
        window.first_painted.emit()
    (message,) = errors(window)
    assert "model" in message.title
    assert message.text
    assert window.viewer.isVisible()
    assert window.session.codec is None
    assert "No model" in window.status.device.text()


@pytest.mark.parametrize("damage", ["cut", "flipped", "removed"])
def test_a_damaged_checkpoint_is_said_and_the_open_scan_stays(
    damage: str, window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    before = window.session.study
    copied = tmp_path / "broken-model.safetensors"
    shutil.copy(default_model().path, copied)
    info = find_model(str(copied))
    data = copied.read_bytes()
    if damage == "cut":
        copied.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        copied.write_bytes(bytes(8) + data[8:])
    else:
        copied.unlink()
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.session.start_model(info)
    (message,) = errors(window)
    assert "broken-model.safetensors" in message.title
    assert message.text
    assert window.session.study is before
    assert window.viewer.isVisible()
    # Another model can be chosen, and works.
    window.session.start_model(default_model())
    qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)


def test_a_bottleneck_that_does_not_exist_is_said(qtbot: QtBot, window: Window) -> None:
    window.session.choose_model()
    right = window.session.asked
    from isthmus.ui.session import Session
    from isthmus.ui.state import ViewStore

    session = Session(ViewStore(), bottleneck="7ch")
    said: list[tuple[str, str]] = []
    session.failed.connect(lambda *words: said.append(words))
    session.choose_model()
    assert "7ch" in said[0][0]
    assert right in said[0][1]
    assert session.asked == right
    session.close()


def test_what_no_one_foresaw_is_said_and_logged(
    window: Window, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)

    def surprise(_context: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    pipeline = window.session.pipeline
    window.session.jobs.submit(
        "codec", "surprise", surprise, done=lambda _: None, failed=pipeline.failed.emit
    )
    qtbot.waitUntil(lambda: bool(errors(window)), timeout=LONG)
    assert "nobody thought of this" in errors(window)[0].text
    assert "ZeroDivisionError" in caplog.text
