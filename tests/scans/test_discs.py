"""A DICOMDIR and a ZIP archive open as their folder does; bad ones end in a sentence."""

import copy
import gc
import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import pydicom.data
import pytest
from builders import phantom, write_dicom_series, write_nifti_scan
from pydicom.fileset import FileSet

from isthmus.errors import ScanError
from isthmus.scans import list_series, read, read_series
from isthmus.work import Cancelled, CancelToken


@pytest.fixture
def disc(tmp_path: Path) -> Path:
    """A disc of two series, with the DICOMDIR that pydicom writes."""
    source = tmp_path / "source"
    write_dicom_series(source / "a", phantom((6, 8, 8)), series="1.2.3", SeriesNumber=1)
    write_dicom_series(source / "b", phantom((3, 8, 8)), series="1.2.4", SeriesNumber=2)
    files = FileSet()
    for path in sorted(source.rglob("IM*")):
        dataset = pydicom.dcmread(path)
        dataset.StudyDate, dataset.StudyTime, dataset.StudyID = "20200101", "120000", "1"
        dataset.AccessionNumber = ""
        files.add(dataset)
    files.write(tmp_path / "disc")
    with warnings.catch_warnings():
        # pydicom leaves its own temporary folder to the garbage collector, which warns of it.
        warnings.simplefilter("ignore", ResourceWarning)
        del files
        gc.collect()
    shutil.rmtree(source)
    return tmp_path / "disc"


def images(disc: Path) -> list[Path]:
    return sorted(path for path in disc.rglob("*") if path.is_file() and path.name != "DICOMDIR")


def test_a_dicomdir_opens_what_it_names(disc: Path) -> None:
    (path,) = write_dicom_series(disc, phantom((1, 8, 8)), prefix="NOT_NAMED")
    listed = list_series(disc / "DICOMDIR")
    assert [(series.uid, series.n_slices) for series in listed] == [("1.2.3", 6), ("1.2.4", 3)]
    assert len(list_series(disc)) == 3
    path.unlink()
    volume = read(disc / "DICOMDIR", series="1.2.4")
    assert volume.shape == (3, 8, 8)
    assert volume.source.warnings == ()


def test_files_that_a_dicomdir_names_in_vain_are_told(disc: Path) -> None:
    gone = images(disc)[:2]
    for path in gone:
        path.unlink()
    for opened in (disc, disc / "DICOMDIR"):
        volume = read(opened)
        sentence = f"DICOMDIR names 2 files that are not there, such as {gone[0].name}."
        assert sentence in volume.source.warnings
        left_out = [path for path, reason in volume.source.left_out if "not there" in reason]
        assert left_out == gone


def test_capitals_and_version_numbers_do_not_matter(disc: Path) -> None:
    for path in images(disc):
        path.rename(path.with_name(path.name.lower() + ";1"))
    write_dicom_series(disc, phantom((9, 8, 8)), prefix="NOT_NAMED")
    listed = list_series(disc / "DICOMDIR")
    assert [series.n_slices for series in listed] == [6, 3]
    assert listed[0].warnings == ()


def test_if_nothing_that_it_names_is_there_all_beside_it_is_taken(disc: Path) -> None:
    moved = disc / "elsewhere"
    moved.mkdir()
    for n, path in enumerate(images(disc)):
        path.rename(moved / f"{n}")
    assert [series.n_slices for series in list_series(disc / "DICOMDIR")] == [6, 3]


def test_records_that_run_in_a_circle(disc: Path) -> None:
    path = disc / "DICOMDIR"
    dataset = pydicom.dcmread(path)
    first = dataset.DirectoryRecordSequence[0]
    for record in dataset.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = first.seq_item_tell
        record.OffsetOfReferencedLowerLevelDirectoryEntity = first.seq_item_tell
    dataset.save_as(path)
    assert [series.n_slices for series in list_series(path)] == [6, 3]


def test_names_that_lead_out_of_the_disc_are_not_followed(disc: Path) -> None:
    write_dicom_series(disc.parent / "private", phantom((9, 8, 8)), prefix="X")
    path = disc / "DICOMDIR"
    dataset = pydicom.dcmread(path)
    with pydicom.config.disable_value_validation():
        for record in dataset.DirectoryRecordSequence:
            if "ReferencedFileID" in record:
                record.ReferencedFileID = ["..", "private", "X0001"]
        dataset.save_as(path)
    assert [series.n_slices for series in list_series(path)] == [6, 3]


@pytest.mark.parametrize("end", [140, 400, 600, 1500])
def test_a_dicomdir_cut_short_still_opens_the_disc(end: int, disc: Path) -> None:
    path = disc / "DICOMDIR"
    path.write_bytes(path.read_bytes()[:end])
    assert read(disc).shape == (6, 8, 8)


def test_pydicoms_own_discs() -> None:
    folder = Path(pydicom.data.__file__).parent / "test_files" / "dicomdirtests"
    discs = sorted(path for path in folder.glob("DICOMDIR*") if "empty" not in path.name)
    assert len(discs) >= 6
    expected = list_series(discs[0])
    assert sum(series.n_files for series in expected) == 31
    assert len({series.uid for series in expected}) == len(expected) == 13
    kinds = {(series.description, series.kind) for series in expected}
    assert ("Scout", "localizer") in kinds
    assert ("T/S/C RF FAST PILOT", "localizer") in kinds
    assert ("ANGIO Projected from   C", "projection") in kinds
    assert ("Cervical LAT", "picture") in kinds
    assert ("Routine Brain", "") in kinds
    for path in discs[1:]:
        assert list_series(path) == expected


@pytest.fixture
def archive(disc: Path, tmp_path: Path) -> Path:
    """The same disc as an archive, with a program and a report beside the scans."""
    (disc / "VIEW.EXE").write_bytes(b"MZ" + bytes(1000))
    (disc / "report.txt").write_text("no finding")
    return Path(shutil.make_archive(str(tmp_path / "disc"), "zip", disc))


def test_an_archive_opens_as_its_folder(archive: Path, disc: Path) -> None:
    volume, expected = read(archive, series="1.2.3"), read(disc, series="1.2.3")
    np.testing.assert_array_equal(volume.voxels, expected.voxels)
    assert volume.same_grid(expected)
    assert volume.source.paths == (archive,)
    # What was left out is named as it stands in the archive.
    assert dict(volume.source.left_out) == {
        archive / path.relative_to(disc): reason for path, reason in expected.source.left_out
    }


def test_what_was_unpacked_stays_as_long_as_its_series(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    listed = list_series(archive)
    (folder,) = place.iterdir()
    assert not list(folder.rglob("*.EXE"))
    assert read_series(listed[0]).shape == (6, 8, 8)
    assert folder.exists()
    del listed
    gc.collect()
    assert list(place.iterdir()) == []


def test_an_archive_without_scans(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    write_nifti_scan(tmp_path / "f" / "brain.nii.gz", phantom())
    path = Path(shutil.make_archive(str(tmp_path / "a"), "zip", tmp_path / "f"))
    with pytest.raises(ScanError, match=r"a\.zip holds no scan: 1 file, not DICOM\. Unpack it"):
        read(path)
    assert list_series(path) == ()
    with zipfile.ZipFile(tmp_path / "none.zip", "w"):
        pass
    with pytest.raises(ScanError, match=r"none\.zip is empty"):
        read(tmp_path / "none.zip")


def test_archives_that_are_damaged(archive: Path) -> None:
    whole = archive.read_bytes()
    for end in range(10, len(whole), len(whole) // 20):
        archive.write_bytes(whole[:end])
        with pytest.raises(ScanError, match=r"disc\.zip is damaged"):
            list_series(archive)
    spoilt = bytearray(whole)
    for at in range(200, len(spoilt) - 100, 97):
        spoilt[at] ^= 0x55
    archive.write_bytes(spoilt)
    with pytest.raises(ScanError, match=r"disc\.zip"):
        read(archive)


def test_a_locked_archive(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # the flag of encryption, in every entry of the directory
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    archive.write_bytes(data)
    with pytest.raises(ScanError, match="locked with a password"):
        read(archive)


def test_an_archive_that_would_burst_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("0", bytes(128) + b"DICM" + bytes((1 << 25) - 132))
        for n in range(1, 40):  # as real bombs do: many names for the same bytes
            again = copy.copy(bomb.infolist()[0])
            again.filename = f"{n}"
            bomb.filelist.append(again)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(ScanError, match=r"announces 40 files of 1\.25 GiB, far more"):
        list_series(path)


def test_names_that_lead_out_of_the_archive_stay_inside(archive: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            new.writestr(f"../../{name}", old.read(name))
    before = sorted(tmp_path.iterdir())
    assert read(evil).shape == (6, 8, 8)
    assert sorted(tmp_path.iterdir()) == before


def test_unpacking_tells_its_progress_and_can_be_cancelled(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    token = CancelToken()

    def stop(_part: float, text: str = "") -> None:
        if text == "Unpacking file 3 of 12":
            token.cancel()

    with pytest.raises(Cancelled):
        list_series(archive, progress=stop, cancel=token)
    assert list(place.iterdir()) == []
    told: list[float] = []
    list_series(archive, progress=lambda part, text="": told.append(part))
    assert told == sorted(told)
