"""De-identification takes out of a DICOM header what the standard's basic profile names."""

from pathlib import Path

import pydicom
from builders import phantom, write_dicom_series
from pydicom.dataset import Dataset

from isthmus.scans import Loss, Written, read, write_dicom
from isthmus.scans.dicom_writing import PIXELS_STAY

WORDS = ("Secretname", "Secretphysician", "Secretward", "Secretstudy", "Secretprivate",
         "Secretdeep", "SECRET", "19700102", "19991231", "Doe", "Secretseries", "Secretcomment",
         "9.8.7.6")  # fmt: skip


def identified(folder: Path) -> None:
    """Write a series that names a person in many places."""
    request = Dataset()
    request.RequestingPhysician = "Secretphysician"
    request.RequestedProcedureDescription = "Secretdeep"
    kept = Dataset()  # in a sequence that the profile leaves
    kept.CodeValue, kept.CodingSchemeDesignator, kept.CodeMeaning = "1", "99", "Head"
    kept.ContentCreatorName = "Secretname"
    reference = Dataset()
    reference.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.4"
    reference.ReferencedSOPInstanceUID = "9.8.7.6.1"
    write_dicom_series(
        folder,
        phantom(),
        description="Secretseries t1",
        PatientBirthDate="19700102",
        PatientAge="055Y",
        StudyDate="19991231",
        StudyTime="235959",
        AcquisitionDate="19991231",
        StudyInstanceUID="9.8.7.6",
        FrameOfReferenceUID="9.8.7.6.5",
        ReferringPhysicianName="Secretphysician",
        InstitutionName="Secretward",
        StudyDescription="Secretstudy",
        AccessionNumber="SECRET-1",
        ImageComments="Secretcomment",
        RequestAttributesSequence=[request],
        AnatomicRegionSequence=[kept],
        ReferencedImageSequence=[reference],
        RepetitionTime=500,
    )
    for path in folder.iterdir():
        dataset = pydicom.dcmread(path)
        dataset.private_block(0x0029, "MAKER", create=True).add_new(1, "LO", "Secretprivate")
        dataset.save_as(path)


def written(tmp_path: Path) -> Written:
    identified(tmp_path / "in")
    volume = read(tmp_path / "in")
    return write_dicom(volume, tmp_path / "out", loss=Loss(50, "m, 32 ch"), deidentify=True)


def test_nothing_of_the_person_is_left_at_any_depth(tmp_path: Path) -> None:
    done = written(tmp_path)
    source = b"".join(path.read_bytes() for path in (tmp_path / "in").iterdir())
    known = {pydicom.dcmread(path).SOPInstanceUID for path in (tmp_path / "in").iterdir()}
    assert all(word.encode() in source for word in WORDS)
    for path in done.files:
        data = path.read_bytes()
        assert [word for word in (*WORDS, *known) if word.encode() in data] == []


def test_what_was_done_is_said(tmp_path: Path) -> None:
    done = written(tmp_path)
    assert done.notes == (PIXELS_STAY,)
    for header in map(pydicom.dcmread, done.files):
        assert header.PatientIdentityRemoved == "YES"
        assert "Basic Application Confidentiality Profile" in str(header.DeidentificationMethod)
        assert "dicom-anonymizer" in str(header.DeidentificationMethod)
        (code,) = header.DeidentificationMethodCodeSequence
        assert (code.CodeValue, code.CodingSchemeDesignator) == ("113100", "DCM")
        assert header.LongitudinalTemporalInformationModified == "REMOVED"
        dates = [element for element in header if element.VR in ("DA", "DT", "TM")]
        assert [element.keyword for element in dates if element.value] == []


def test_what_the_picture_means_stays(tmp_path: Path) -> None:
    done = written(tmp_path)
    found = [pydicom.dcmread(path) for path in done.files]
    assert len({header.StudyInstanceUID for header in found}) == 1
    assert len({header.FrameOfReferenceUID for header in found}) == 1
    for header in found:
        assert header.RepetitionTime == 500
        assert header.AnatomicRegionSequence[0].CodeMeaning == "Head"
        assert header.LossyImageCompressionRatio == 50
        assert header.SeriesDescription == "T1 [Isthmus lossy 50:1]"
        assert header.ImageType[0] == "DERIVED"
        # A reference would lead back, or nowhere.
        assert "SourceImageSequence" not in header
        assert "ReferencedImageSequence" not in header
    assert read(tmp_path / "out").same_grid(read(tmp_path / "in"))


def test_two_series_of_one_study_stay_one_study(tmp_path: Path) -> None:
    done = written(tmp_path)
    again = write_dicom(read(tmp_path / "in"), tmp_path / "again", deidentify=True)
    first, second = (pydicom.dcmread(one.files[0]) for one in (done, again))
    assert first.StudyInstanceUID == second.StudyInstanceUID
    assert first.SeriesInstanceUID != second.SeriesInstanceUID
