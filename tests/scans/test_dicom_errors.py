"""DICOM that cannot be opened is refused in a sentence that names the file and a remedy."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series, write_nifti_scan
from refusals import refusal, warnings_of

from isthmus.errors import OutOfMemoryError, ScanError
from isthmus.scans import read


def test_a_2d_dicom_picture(tmp_path: Path) -> None:
    nowhere: dict[str, Any] = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
    (path,) = write_dicom_series(tmp_path, phantom((1, 8, 8)), **nowhere)
    assert "is a single 2-D picture" in refusal(path).problem
    assert "is a single 2-D picture" in refusal(tmp_path).problem


def test_a_dicom_picture_of_four_values_a_pixel(tmp_path: Path) -> None:
    kind = {"SamplesPerPixel": 4, "PhotometricInterpretation": "CMYK", "PlanarConfiguration": 0}
    (path,) = write_dicom_series(tmp_path, phantom((1, 4, 12), "u1"), **kind)
    assert "a picture of 4 values a pixel" in refusal(path).problem
    assert "a picture of 4 values a pixel" in refusal(tmp_path).problem


def test_values_of_packed_bits(tmp_path: Path) -> None:
    (path,) = write_dicom_series(tmp_path, phantom((1, 8, 8)), BitsAllocated=12)
    assert "a picture with values of 12 bits" in refusal(path).problem


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "scans" / "below").mkdir(parents=True)
    assert refusal(tmp_path / "scans").problem == "The folder scans is empty."


def test_a_folder_without_images(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    assert "holds no scan: 2 files, not DICOM" in refusal(tmp_path).problem


def test_a_folder_of_nifti_files_names_one(tmp_path: Path) -> None:
    write_nifti_scan(tmp_path / "brain.nii.gz", phantom())
    assert "Open brain.nii.gz itself." in refusal(tmp_path).remedy


def test_a_series_that_is_not_there(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), series="1.2.3")
    error = refusal(tmp_path, series="9.9.9")
    assert "no series 9.9.9" in error.problem
    assert "1.2.3" in error.remedy


def test_a_classic_file_cut_short_in_its_pixels(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    paths[1].write_bytes(paths[1].read_bytes()[:-300])
    error = refusal(tmp_path)
    assert error.problem == f"{paths[1].name} is cut short: its picture ends early."


def test_an_enhanced_file_cut_short_says_how_many_slices_there_are(tmp_path: Path) -> None:
    path = write_dicom_enhanced(tmp_path / "e.dcm", phantom(), order=[4, 2, 0, 1, 3])
    path.write_bytes(path.read_bytes()[: -(24 * 20 * 2 * 2 + 100)])
    assert refusal(path).problem == "e.dcm is cut short: 2 of its 5 slices are there."


def test_a_file_without_pixels(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    dataset = pydicom.dcmread(paths[0])
    del dataset.PixelData
    dataset.save_as(paths[0])
    assert "its picture ends early" in refusal(tmp_path).problem


def test_a_file_cut_short_in_its_header(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    paths[0].write_bytes(paths[0].read_bytes()[:500])
    assert f"{paths[0].name} cannot be read: its header ends early" in refusal(paths[0]).problem
    assert any(
        text.startswith(f"{paths[0].name} is left out: its header ends early")
        for text in warnings_of(tmp_path)
    )
    for path in paths[1:]:
        path.unlink()
    assert f"{paths[0].name} cannot be read: its header ends early" in refusal(tmp_path).problem


def test_every_place_where_a_dicom_file_may_end(tmp_path: Path) -> None:
    """Whatever the cut, a sentence comes out, or a whole picture."""
    (path,) = write_dicom_series(tmp_path / "a", phantom((1, 8, 8)))
    whole = path.read_bytes()
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        with pytest.raises(ScanError):
            read(path)


def test_an_encoding_that_cannot_be_decoded(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    for path in paths:
        dataset = pydicom.dcmread(path)
        dataset.PixelData = pydicom.encaps.encapsulate([b"\xff\xd8" + bytes(50)])
        dataset.file_meta.TransferSyntaxUID = pydicom.uid.MPEG2MPML
        dataset.save_as(path)
    error = refusal(tmp_path)
    assert "MPEG2 Main Profile / Main Level, which Isthmus cannot decode" in error.problem


def test_damaged_compressed_pixels(tmp_path: Path) -> None:
    (path,) = write_dicom_series(tmp_path, phantom((1, 24, 20)))
    dataset = pydicom.dcmread(path)
    dataset.compress(pydicom.uid.RLELossless)
    dataset.PixelData = pydicom.encaps.encapsulate([b"\x01" * 40])
    dataset.save_as(path)
    assert "its RLE Lossless pixels cannot be decoded" in refusal(path).problem


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_file_in_the_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom())
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert warnings_of(tmp_path) == ("link is left out: No such file or directory.",)


def test_the_folder_in_which_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert refusal(Path()).problem == "The folder scans is empty."


def test_enhanced_groups_that_do_not_fit_the_frames(tmp_path: Path) -> None:
    path = write_dicom_enhanced(tmp_path / "e.dcm", phantom())
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames = 7
    dataset.save_as(path)
    assert "announces 7 frames and describes 5" in refusal(path).problem


def test_a_file_with_fewer_frames_than_groups_opens_those(tmp_path: Path) -> None:
    voxels = phantom()
    path = write_dicom_enhanced(tmp_path / "e.dcm", voxels)
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames = 2
    dataset.PixelData = voxels[:2].tobytes()
    dataset.save_as(path)
    np.testing.assert_array_equal(read(path).voxels, voxels[:2])


def test_more_frames_than_bytes_are_refused_at_once(tmp_path: Path) -> None:
    (path,) = write_dicom_series(tmp_path, phantom((1, 8, 8)), NumberOfFrames=190_000)
    assert "announces 190000 frames, more than its size can hold" in refusal(path).problem


def test_a_preamble_like_a_tiff_file_is_still_dicom(tmp_path: Path) -> None:
    """Files may be both (PS3.10, 7.1); what stands before the mark says nothing."""
    voxels = phantom((1, 8, 8))
    (path,) = write_dicom_series(tmp_path, voxels)
    path.write_bytes(b"II*\0" + path.read_bytes()[4:])
    np.testing.assert_array_equal(read(path).voxels, voxels)


@pytest.mark.parametrize("spacing", [[0, 0], [-1, 1], [1e-300, 1e-300], [1e300, 1]])
def test_pixels_of_no_size_are_taken_for_a_millimetre(spacing: list[float], tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), PixelSpacing=spacing)
    volume = read(tmp_path)
    assert volume.spacing[1:] == (1.0, 1.0)
    assert any("1 mm is assumed" in text for text in volume.source.warnings)


def test_absurd_dicom_sizes_are_refused(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), Rows=65535, Columns=65535)
    with pytest.raises(OutOfMemoryError, match="needs 160 GiB"):
        read(tmp_path, available=1 << 35)
