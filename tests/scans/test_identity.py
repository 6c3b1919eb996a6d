"""Whose scan it is can be asked for, and stands nowhere else."""

from pathlib import Path

import pytest
from builders import phantom, write_dicom_series, write_nifti_scan
from pydicom.dataset import Dataset

from isthmus.errors import ScanError
from isthmus.scans import Identity, identity, read
from isthmus.scans.identity import place_without_identity, without_identity


def test_a_file_says_whose_it_is(tmp_path: Path) -> None:
    (path, *_) = write_dicom_series(
        tmp_path, phantom(), PatientBirthDate="19700131", StudyDate="20220407"
    )
    found = identity(path)
    assert found == Identity("Doe, Jane", "SECRET-4711", "1970-01-31", "2022-04-07")
    assert found.lines == ("Doe, Jane  SECRET-4711", "born 1970-01-31  scanned 2022-04-07")


def test_what_the_file_does_not_say_is_left_out(tmp_path: Path) -> None:
    (path, *_) = write_dicom_series(tmp_path, phantom(), PatientName="", PatientID=None)
    assert identity(path).lines == ()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Yamada^Tarou=山田^太郎", "Yamada, Tarou"),
        ("=山田^太郎", "山田, 太郎"),
        ("Doe^Jane^M^Dr", "Doe, Jane M Dr"),
        ("QA phantom", "QA phantom"),
    ],
)
def test_names_are_written_as_people_do(written: str, read_as: str, tmp_path: Path) -> None:
    (path, *_) = write_dicom_series(
        tmp_path, phantom(), SpecificCharacterSet="ISO_IR 192", PatientName=written
    )
    assert identity(path).name == read_as


def test_nifti_does_not_tell(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "head.nii", phantom())
    assert identity(path) == Identity()


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match=r"gone\.dcm"):
        identity(tmp_path / "gone.dcm")


def test_no_log_holds_it() -> None:
    assert "Doe" not in repr(Identity("Doe, Jane", "4711", "1970-01-31", "2022-04-07"))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("t1 of Jane DOE, brain", "t1 of ••• •••, brain"),
        ("DOEJANE_flair", "•••_flair"),
        ("pat SECRET-4711 t2", "pat ••• t2"),
        ("19700131_t2", "•••_t2"),
        ("t2_tse_doe_3mm", "t2_tse_•••_3mm"),
        ("does_not_hold_it", "does_not_hold_it"),
        ("t1 2022-04-07", "t1 •••"),
    ],
)
def test_descriptions_lose_the_patients_name(words: str, shown: str) -> None:
    header = Dataset()
    header.PatientName = "Doe^Jane"
    header.PatientID = "SECRET-4711"
    header.PatientBirthDate = "19700131"
    header.StudyDate = "20220407"
    assert without_identity(words, header) == shown


def test_a_title_tells_nothing_of_the_patient(tmp_path: Path) -> None:
    write_dicom_series(
        tmp_path / "in", phantom(), description="Jane Doe t1", PatientName="Doe^Jane"
    )
    volume = read(tmp_path / "in")
    assert volume.source.title == "••• ••• t1"


def test_a_folder_named_after_its_patient_is_shown_without_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "DOE_JANE" / "20220407"
    paths = write_dicom_series(folder, phantom(), StudyDate="20220407")
    other = write_nifti_scan(tmp_path / "head.nii", phantom())
    gone = tmp_path / "gone.dcm"
    shown = place_without_identity(folder, [other, gone, paths[0]])
    assert shown == str(tmp_path / "•••_•••" / "•••")
