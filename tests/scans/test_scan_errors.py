"""What cannot be opened is refused in a sentence that names the file, what it is, and a remedy."""

import gzip
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from builders import (
    change_header,
    phantom,
    write_dicom_enhanced,
    write_dicom_series,
    write_nifti_scan,
)
from refusals import refusal, warnings_of

from isthmus.errors import IsthmusError, OutOfMemoryError, ScanError
from isthmus.scans import read
from isthmus.work import Cancelled, CancelToken


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"%PDF-1.7", "a PDF document"),
        (b"ISTH\x01", "a file compressed by Isthmus"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"CDF\x01", "a MINC file, which Isthmus does not read"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file, as MINC 2 is"),
        (b"\x93NUMPY\x01", "a NumPy array"),
        (b"\ntype = string-attribute\n", "an AFNI header"),
        (gzip.compress(b"Dear colleague, " * 20), "a gzip archive of another kind"),
        (b"Dear colleague, ", "not DICOM"),
    ],
)
def test_not_an_image(start: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "thing.bin"
    path.write_bytes(start + bytes(4000))
    assert words in refusal(path).problem


def test_a_file_that_is_only_named_nifti(tmp_path: Path) -> None:
    path = tmp_path / "scan.nii.gz"
    path.write_bytes(gzip.compress(b"no header" * 100))
    assert "scan.nii.gz is not NIfTI" in refusal(path).problem
    path.write_bytes(b"\x1f\x8b" + bytes(100))
    assert "scan.nii.gz is not NIfTI" in refusal(path).problem


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "scan.nii").touch()
    assert "scan.nii is empty" in refusal(tmp_path / "scan.nii").problem


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    assert "gone.nii does not exist" in refusal(tmp_path / "gone.nii").problem


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "scan.nii")
    assert "scan.nii is neither a file nor a folder" in refusal(tmp_path / "scan.nii").problem
    write_dicom_series(tmp_path, phantom())
    assert read(tmp_path).shape == phantom().shape


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="the administrator may read everything"
)
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "scan.nii", phantom())
    path.chmod(0)
    assert "scan.nii may not be read" in refusal(path).problem


def test_a_path_that_the_system_refuses(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 400)
    with pytest.raises(ScanError, match="cannot be read: ") as caught:
        read(path)
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("kept", [0, 2, 4])
def test_a_nifti_cut_short_says_how_many_slices_there_are(kept: int, tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "scan.nii", phantom())
    whole = path.read_bytes()
    path.write_bytes(whole[: 352 + kept * 24 * 20 * 2 + 100])
    assert f"scan.nii is cut short: {kept} of its 5 slices" in refusal(path).problem


def test_a_compressed_nifti_cut_short_says_how_many_slices_there_are(tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).integers(0, 60000, (9, 64, 64), np.uint16)
    path = write_nifti_scan(tmp_path / "scan.nii.gz", voxels)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    problem = refusal(path).problem
    assert "of its 9 slices are there" in problem
    assert int(problem.split(": ")[1].split(" ")[0]) in (3, 4)


def test_a_compressed_nifti_that_ends_behind_its_voxels_opens(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "scan.nii.gz", phantom())
    path.write_bytes(path.read_bytes()[:-4])
    assert any("cut short behind its last slice" in text for text in warnings_of(path))
    np.testing.assert_array_equal(read(path).voxels, phantom())


def test_a_nifti_that_ends_in_its_header(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "scan.nii", phantom())
    whole = path.read_bytes()
    path.write_bytes(whole[:347])
    assert "scan.nii is not NIfTI, or is damaged in its header" in refusal(path).problem
    path.write_bytes(whole[:350])
    assert "scan.nii is cut short: it holds no slices" in refusal(path).problem
    nibabel.save(nibabel.Nifti2Image(phantom().T, np.eye(4)), path)
    path.write_bytes(path.read_bytes()[:400])
    assert "scan.nii is cut short: it ends inside its header" in refusal(path).problem


def test_damaged_compression_is_found(tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).integers(0, 60000, (9, 64, 64), np.uint16)
    path = write_nifti_scan(tmp_path / "scan.nii.gz", voxels)
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0x55
    path.write_bytes(damaged)
    assert "scan.nii.gz is damaged" in refusal(path).problem


def changed(path: Path, **fields: Any) -> Path:
    return change_header(write_nifti_scan(path, phantom()), **fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"dim": [3, 20, -24, 5, 1, 1, 1, 1]}, "its size is 20×-24×5"),
        ({"dim": [0, 20, 24, 5, 1, 1, 1, 1]}, "announces 0 dimensions"),
        ({"dim": [900, 20, 24, 5, 1, 1, 1, 1]}, "scan.nii"),
        ({"datatype": 7777}, "a type that no one knows (7777)"),
        ({"magic": b"ni1\0"}, "only the header of a pair; scan.img is missing"),
        ({"vox_offset": 1e9}, "holds no slices"),
        ({"vox_offset": np.nan}, "does not say where the voxels begin"),
        ({"vox_offset": -np.inf}, "does not say where the voxels begin"),
    ],
)
def test_damaged_and_unfit_nifti_headers(
    fields: dict[str, Any], words: str, tmp_path: Path
) -> None:
    assert words in refusal(changed(tmp_path / "scan.nii", **fields)).problem


def test_a_2d_nifti(tmp_path: Path) -> None:
    nibabel.save(nibabel.Nifti1Image(np.zeros((20, 24), np.int16), np.eye(4)), tmp_path / "a.nii")
    error = refusal(tmp_path / "a.nii")
    assert "a.nii is a single 2-D picture" in error.problem
    assert "whole series" in error.remedy


def test_one_slice_of_nifti_opens_and_says_so(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom((1, 8, 8)))
    assert read(path).shape == (1, 8, 8)
    assert "a.nii holds one slice only." in warnings_of(path)


@pytest.mark.parametrize(
    ("times", "words"),
    [((3,), "volume 1 of 3"), ((2, 1), "volume 1 of 2"), ((1, 3), "component 1 of 3")],
)
def test_4d_opens_its_first_volume_and_says_so(
    times: tuple[int, ...], words: str, tmp_path: Path
) -> None:
    n = int(np.prod(times))
    voxels = np.stack([phantom() + np.uint16(t) for t in range(n)]).reshape(*times[::-1], 5, 24, 20)
    path = write_nifti_scan(tmp_path / "a.nii.gz", voxels)
    np.testing.assert_array_equal(read(path).voxels, phantom())
    assert f"a.nii.gz holds {n} volumes. Open is {words}." in warnings_of(path)
    assert read(path).source.stored_bytes == phantom().nbytes


def test_a_fourth_dimension_of_one_is_nothing_to_speak_of(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom()[None])
    assert read(path).shape == phantom().shape
    assert warnings_of(path) == ()


def test_a_constant_image_opens_and_says_so(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", np.full((3, 4, 5), 7, np.int16))
    assert warnings_of(path) == ("Every voxel has the same value, 7: there is nothing to see.",)
    write_dicom_series(tmp_path / "d", np.full((3, 4, 5), 7, np.int16))
    assert "Every voxel has the same value, 7" in warnings_of(tmp_path / "d")[0]


def test_voxels_that_are_not_numbers_become_the_lowest_and_are_counted(tmp_path: Path) -> None:
    voxels = phantom(dtype="f4") - np.float32(40)
    lowest = float(voxels.min())
    broken = voxels.copy()
    broken[0, 0, :3] = np.nan, np.inf, -np.inf
    path = write_nifti_scan(tmp_path / "a.nii", broken)
    volume = read(path)
    assert np.isfinite(volume.voxels).all()
    assert volume.voxels[0, 0, :3].tolist() == pytest.approx([lowest] * 3)
    np.testing.assert_array_equal(volume.voxels[1:], voxels[1:])
    assert "3 of 2,400 voxels are not a number" in warnings_of(path)[0]


def test_nothing_but_nan_is_zero(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", np.full((2, 3, 4), np.nan, np.float32))
    assert read(path).voxels.max() == 0
    assert len(warnings_of(path)) == 2


@pytest.mark.parametrize("kind", ["nifti", "series", "enhanced"])
def test_too_little_memory_is_told_before_it_is_taken(kind: str, tmp_path: Path) -> None:
    makers: dict[str, Callable[[], Path]] = {
        "nifti": lambda: write_nifti_scan(tmp_path / "a.nii.gz", phantom()),
        "series": lambda: write_dicom_series(tmp_path / "a", phantom())[0].parent,
        "enhanced": lambda: write_dicom_enhanced(tmp_path / "a.dcm", phantom()),
    }
    path = makers[kind]()
    needed = 4 * phantom().nbytes
    with pytest.raises(OutOfMemoryError, match=r"a\S* needs 19 KiB of memory") as caught:
        read(path, available=needed - 1)
    assert caught.value.remedy
    assert read(path, available=needed).shape == phantom().shape


@pytest.mark.parametrize("suffix", [".nii", ".nii.gz"])
def test_absurd_sizes_are_refused(suffix: str, tmp_path: Path) -> None:
    path = changed(tmp_path / "scan.nii", dim=[3, 32767, 32767, 32767, 1, 1, 1, 1])
    if suffix == ".nii.gz":
        path = Path(shutil.move(path, tmp_path / "plain"))
        (tmp_path / "scan.nii.gz").write_bytes(gzip.compress(path.read_bytes()))
        path = tmp_path / "scan.nii.gz"
    assert "is cut short" in refusal(path).problem


def test_an_absurd_size_of_a_file_without_end_is_too_much_memory(tmp_path: Path) -> None:
    path = changed(tmp_path / "scan.nii", dim=[3, 32767, 32767, 512, 1, 1, 1, 1])
    with path.open("r+b") as file:
        file.truncate(352 + 2 * 32767 * 32767 * 512)  # holes: it takes no room on the disk
    with pytest.raises(OutOfMemoryError, match=r"needs 4.0 TiB of memory"):
        read(path)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("nifti", "Reading slice"),
        ("series", "Reading slice"),
        ("series", "Looking at file"),
        ("enhanced", "Reading slice"),
    ],
)
def test_reading_can_be_cancelled(kind: str, word: str, tmp_path: Path) -> None:
    makers: dict[str, Callable[[], Path]] = {
        "nifti": lambda: write_nifti_scan(tmp_path / "a.nii", phantom()),
        "series": lambda: write_dicom_series(tmp_path / "a", phantom())[0].parent,
        "enhanced": lambda: write_dicom_enhanced(tmp_path / "a.dcm", phantom()),
    }
    token, told = CancelToken(), []

    def cancel_soon(fraction: float, text: str = "") -> None:
        told.append(text)
        if text.startswith(word):
            token.cancel()

    with pytest.raises(Cancelled):
        read(makers[kind](), progress=cancel_soon, cancel=token)
    assert len([text for text in told if text.startswith(word)]) <= 2


def test_an_unforeseen_failure_keeps_its_cause(tmp_path: Path) -> None:
    def fail(fraction: float, text: str = "") -> None:
        raise RuntimeError("the unforeseen")

    path = write_nifti_scan(tmp_path / "a.nii", phantom())
    with pytest.raises(ScanError, match="the unforeseen") as caught:
        read(path, progress=fail)
    assert isinstance(caught.value.__cause__, RuntimeError)


def test_random_damage_never_crashes(tmp_path: Path) -> None:
    """Flip bytes of the headers of each kind of file: a volume or a sentence, nothing else."""
    random = np.random.default_rng(5)
    nifti = write_nifti_scan(tmp_path / "a.nii", phantom((2, 8, 8)))
    (classic,) = write_dicom_series(tmp_path / "c", phantom((1, 8, 8)))
    (tmp_path / "e").mkdir()
    enhanced = write_dicom_enhanced(tmp_path / "e" / "e.dcm", phantom((2, 8, 8)))
    opened = 0
    for path in (nifti, classic, enhanced):
        whole = path.read_bytes()
        for _ in range(60):
            damaged = bytearray(whole)
            for at in random.integers(0, len(whole) - 128, 6):
                damaged[at] = random.integers(256)
            path.write_bytes(damaged)
            try:
                opened += read(path, available=1 << 28).voxels.size > 0
            except IsthmusError as error:
                assert error.problem  # noqa: PT017  (either outcome is right)
    assert 0 < opened < 180


def test_a_header_that_announces_a_billion_volumes(tmp_path: Path) -> None:
    path = tmp_path / "a.nii"
    raw = bytearray(write_nifti_scan(path, phantom()).read_bytes())
    raw[40:56] = struct.pack("<8h", 5, 20, 24, 5, 32767, 32767, 1, 1)
    path.write_bytes(raw)
    assert "1073676289 volumes" in warnings_of(path)[0]
