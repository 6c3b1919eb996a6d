"""`isthmus convert` and `isthmus decompress` into a folder: DICOM."""

import json
from pathlib import Path

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_series
from endings import assert_one_line

import isthmus


@pytest.fixture
def series(tmp_path):
    """A folder with a small DICOM series."""
    write_dicom_series(tmp_path / "series", phantom((6, 24, 20)), FrameOfReferenceUID="1.2.3.4")
    return tmp_path / "series"


@pytest.fixture
def packed(run, series, tmp_path):
    """The same, compressed."""
    path = tmp_path / "scan.isth"
    assert run("compress", series, path, "--model", "linear-dct-2").code == 0
    return path


def headers(folder: Path) -> list[pydicom.Dataset]:
    return [pydicom.dcmread(path) for path in sorted(folder.iterdir())]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_dicom_is_converted_to_dicom(run, series, tmp_path):
    before = isthmus.read(series)
    out = tmp_path / "out"
    ended = run("convert", series, out, "--json")
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert (told["folder"], told["files"], told["shape"]) == (str(out), 6, [6, 24, 20])
    assert told["bytes"] == sum(path.stat().st_size for path in out.iterdir())
    assert told["deidentified"] is False
    after = isthmus.read(out)
    assert after.source.series == told["series"] != before.source.series
    assert after.same_grid(before)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    assert {header.PatientID for header in headers(out)} == {"SECRET-4711"}


def test_deidentify_takes_the_person_out_and_says_what_stays(run, series, tmp_path):
    ended = run("convert", series, tmp_path / "out", "--deidentify", "--json")
    assert ended.code == 0
    assert_one_line(ended.err, "text that is drawn into the pictures, and a face, stay.")
    assert json.loads(ended.out)["deidentified"] is True
    for path in (tmp_path / "out").iterdir():
        assert b"Doe" not in path.read_bytes()
        assert b"SECRET" not in path.read_bytes()


def test_deidentify_is_refused_where_it_does_nothing(run, series, tmp_path):
    ended = run("convert", series, tmp_path / "out.nii.gz", "--deidentify")
    assert ended.code == 2
    assert_one_line(ended.err, "--deidentify is for DICOM")
    assert names(tmp_path) == ["series"]


@pytest.mark.parametrize("out", ["series", "series/out"])
def test_the_folder_of_the_scan_is_not_written_to(run, series, tmp_path, out):
    before = names(series)
    ended = run("convert", series, tmp_path / out)
    assert ended.code == 2
    assert_one_line(ended.err, "lies in the folder of the scan. Choose another.")
    assert names(series) == before


def test_a_folder_with_something_in_it_stays_as_it_is(run, series, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    ended = run("convert", series, tmp_path / "out")
    assert ended.code == 1
    assert_one_line(ended.err, "out is there already, with something in it. Name a new folder.")
    assert names(tmp_path / "out") == ["mine.txt"]


def test_nifti_wants_to_know_what_made_it(run, scan, tmp_path):
    ended = run("convert", scan, tmp_path / "out")
    assert ended.code == 1
    assert_one_line(ended.err, "does not say what made it, and DICOM has to. Name the modality")
    assert not (tmp_path / "out").exists()
    ended = run("convert", scan, tmp_path / "out", "--modality", "MR", "--json")
    assert (ended.code, ended.err) == (0, "")
    before, after = isthmus.read(scan), isthmus.read(tmp_path / "out")
    assert after.modality == "MR"
    middle = before.to_mm(2, 20, 17)
    k, j, i = (round(part) for part in after.to_voxel(*middle))
    assert after.real(after.voxels[k, j, i]) == before.real(before.voxels[2, 20, 17])


def test_a_reconstruction_goes_back_into_the_study(run, series, packed, tmp_path):
    out = tmp_path / "back"
    ended = run("decompress", packed, out, "--like", series, "--json")
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(ended.out)
    assert (told["folder"], told["files"], told["difference"]) == (str(out), 6, False)
    before, after = isthmus.read(series), isthmus.read(out)
    assert after.same_grid(before)
    assert run("decompress", packed, tmp_path / "back.nii.gz").code == 0
    np.testing.assert_array_equal(after.voxels, isthmus.read(tmp_path / "back.nii.gz").voxels)
    ratio = before.source.stored_bytes / packed.stat().st_size
    # write_dicom_series gives every slice a study of its own.
    studies = {header.StudyInstanceUID for header in headers(series)}
    for header in headers(out):
        assert list(header.ImageType[:2]) == ["DERIVED", "SECONDARY"]
        assert header.LossyImageCompression == "01"
        assert header.LossyImageCompressionMethod == "ISTHMUS"
        assert float(header.LossyImageCompressionRatio) == pytest.approx(ratio, rel=1e-5)
        assert "linear-dct-2" in header.DerivationDescription
        assert header.StudyInstanceUID in studies
        assert header.FrameOfReferenceUID == "1.2.3.4"


def test_without_the_original_nobody_is_named(run, packed, tmp_path):
    assert run("decompress", packed, tmp_path / "back").code == 0
    for header in headers(tmp_path / "back"):
        assert (header.PatientName, header.PatientID) == ("", "")
        assert header.LossyImageCompression == "01"
        assert "SourceImageSequence" not in header


def test_a_lossy_nifti_file_is_lossy_as_dicom(run, packed, tmp_path):
    assert run("decompress", packed, tmp_path / "back.nii.gz").code == 0
    assert run("convert", tmp_path / "back.nii.gz", tmp_path / "out", "--modality", "MR").code == 0
    header = headers(tmp_path / "out")[0]
    assert (header.LossyImageCompression, header.ImageType[0]) == ("01", "DERIVED")
    assert float(header.LossyImageCompressionRatio) > 1


@pytest.mark.parametrize("name", ["difference", "difference.nii.gz"])
def test_the_difference_is_signed_and_in_stored_units(run, series, packed, tmp_path, name):
    assert run("decompress", packed, tmp_path / "back.nii.gz").code == 0
    ended = run("decompress", packed, tmp_path / name, "--like", series, "--difference", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["difference"] is True
    original, back = isthmus.read(series), isthmus.read(tmp_path / "back.nii.gz")
    wanted = back.voxels.astype(int) - original.voxels.astype(int)
    assert wanted.min() < 0 < wanted.max()
    found = isthmus.read(tmp_path / name)
    np.testing.assert_array_equal(found.voxels, wanted)
    assert found.voxels.dtype == np.int16
    assert "difference" in (found.source.title + found.source.lossy)


def test_an_original_of_another_scan_is_refused(run, packed, tmp_path):
    write_dicom_series(tmp_path / "other", phantom((5, 24, 20)))
    for extra in ([], ["--difference"]):
        ended = run("decompress", packed, tmp_path / "out", "--like", tmp_path / "other", *extra)
        assert ended.code == 1
        assert ended.err.startswith("isthmus: ")
        assert not (tmp_path / "out").exists()
    assert_one_line(ended.err, "other is not what was compressed")


def test_a_difference_needs_the_original(run, packed, tmp_path):
    ended = run("decompress", packed, tmp_path / "out", "--difference")
    assert ended.code == 2
    assert_one_line(ended.err, "There is no original to look at. Name it with --like.")
