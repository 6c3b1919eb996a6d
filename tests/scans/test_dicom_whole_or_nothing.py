"""A DICOM folder is written whole or not at all, and nothing that was there is touched."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_dicom_series

from isthmus.errors import IsthmusError, ScanError
from isthmus.scans import Volume, read, write_dicom
from isthmus.scans.volume import Source
from isthmus.work import Cancelled, CancelToken

VOLUME = Volume(phantom(), np.eye(4), modality="MR", source=Source(title="scan"))


def at_slice(number: int, act: Callable[[], object]) -> Callable[..., None]:
    """Return a progress call that acts when this slice is about to be written."""

    def progress(fraction: float, text: str = "") -> None:
        if text.startswith(f"Writing slice {number} "):
            act()

    return progress


def there(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def refused(folder: Path, volume: Volume = VOLUME) -> ScanError:
    with pytest.raises(ScanError) as caught:
        write_dicom(volume, folder)
    assert folder.name in caught.value.problem
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("empty_folder_is_there", [False, True])
def test_a_cancel_leaves_nothing(empty_folder_is_there: bool, tmp_path: Path) -> None:
    out, cancel = tmp_path / "out", CancelToken()
    if empty_folder_is_there:
        out.mkdir()
    before = there(tmp_path)
    with pytest.raises(Cancelled):
        write_dicom(VOLUME, out, cancel=cancel, progress=at_slice(3, cancel.cancel))
    assert there(tmp_path) == before


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dicom(VOLUME, tmp_path / "out", progress=at_slice(4, stop))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:  # from here on no file may have more than a hundred bytes
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))

    try:
        with pytest.raises(ScanError) as caught:
            write_dicom(VOLUME, tmp_path / "out", progress=at_slice(3, fill))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.problem == "out cannot be written: File too large."
    assert caught.value.remedy == "Choose another folder, or make room on the disk."
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_lost_ends_in_a_sentence(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with pytest.raises(ScanError) as caught:
        write_dicom(VOLUME, disk / "out", progress=at_slice(3, lambda: shutil.rmtree(disk)))
    assert caught.value.problem == "out cannot be written: No such file or directory."
    assert not list(tmp_path.iterdir())


def test_what_fills_the_folder_meanwhile_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def other() -> None:
        out.mkdir()
        (out / "theirs").write_text("theirs")

    with pytest.raises(ScanError):
        write_dicom(VOLUME, out, progress=at_slice(5, other))
    assert there(tmp_path) == {"out": b"", "out/theirs": b"theirs"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_dicom(VOLUME, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(list((tmp_path / "out").iterdir())) == len(VOLUME.voxels)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_there_is_never_replaced(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if kind == "folder":
        out.mkdir()
    (out if kind == "file" else out / "a").write_text("mine")
    before = there(tmp_path)
    assert refused(out).problem == "out is there already, with something in it."
    assert there(tmp_path) == before


def test_there_is_no_folder_to_write_to(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="There is no folder "):
        write_dicom(VOLUME, tmp_path / "gone" / "out")


@pytest.mark.parametrize("inside", [".", "out", "deep/out"])
def test_the_source_is_never_touched(inside: str, tmp_path: Path) -> None:
    source = tmp_path / "in"
    write_dicom_series(source, phantom())
    if "/" in inside:
        (source / inside).parent.mkdir()
    volume, before = read(source), there(tmp_path)
    refused((source / inside).absolute(), volume)
    assert there(tmp_path) == before
    write_dicom(volume, tmp_path / "out")
    assert {name: there(tmp_path)[name] for name in before} == before


def test_a_source_that_is_gone_ends_in_a_sentence(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "in", phantom())
    volume = read(tmp_path / "in")
    shutil.rmtree(tmp_path / "in")
    with pytest.raises(ScanError) as caught:
        write_dicom(volume, tmp_path / "out")
    assert caught.value.problem == (
        "The headers of t1_test cannot be read again: No such file or directory."
    )
    assert not list(tmp_path.iterdir())


def test_what_dicom_cannot_say_is_refused(tmp_path: Path) -> None:
    lost = Volume(phantom(), np.eye(4), modality="MR", orientation_known=False)
    with pytest.raises(ScanError, match="where left and right are, and DICOM has to"):
        write_dicom(lost, tmp_path / "out")
    with pytest.raises(ScanError, match="does not say what made it, and DICOM has to"):
        write_dicom(Volume(phantom(), np.eye(4)), tmp_path / "out")
    sheared = np.eye(4)
    sheared[0, 1] = 0.3
    with pytest.raises(IsthmusError, match="rows and columns are not at right angles"):
        write_dicom(Volume(phantom(), sheared, modality="MR"), tmp_path / "out")
    assert not list(tmp_path.iterdir())
