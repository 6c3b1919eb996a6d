"""A volume goes out as a DICOM series, says where it comes from, and comes back the same."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pydicom.data
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom.dataset import Dataset
from pydicom.uid import CTImageStorage, MRImageStorage

from isthmus.errors import ScanError
from isthmus.scans import Loss, Volume, Window, list_series, read, read_series, write_dicom
from isthmus.scans.volume import Source

LOSS = Loss(93.25, "mr-general-2, 32 ch")
OBLIQUE = (0.96, 0.28, 0.0, -0.28 * 0.8, 0.96 * 0.8, 0.6)
CORONAL, SAGITTAL = (1.0, 0, 0, 0, 0, -1.0), (0, 1.0, 0, 0, 0, -1.0)


def headers(folder: Path) -> list[pydicom.Dataset]:
    return [pydicom.dcmread(path) for path in sorted(folder.iterdir())]


def one_series(folder: Path, **attributes: Any) -> Volume:
    """Write a series whose slices are one study, and read it."""
    ids = {"StudyInstanceUID": "1.2.3.1", "FrameOfReferenceUID": "1.2.3.2", "SeriesNumber": 7}
    voxels = attributes.pop("voxels", phantom())
    write_dicom_series(folder, voxels, **ids | attributes)
    return read(folder)


@pytest.mark.parametrize("orientation", [OBLIQUE, CORONAL, SAGITTAL])
@pytest.mark.parametrize("dtype", ["u2", "i2"])
def test_a_series_comes_back_to_the_last_bit(orientation: Any, dtype: str, tmp_path: Path) -> None:
    voxels = phantom(dtype=dtype) - (300 if dtype == "i2" else 0)
    before = one_series(
        tmp_path / "in",
        voxels=voxels,
        orientation=orientation,
        spacing=(0.123456789, 0.987654321),
        step=1.2345678,
        RescaleSlope="0.123456789012",
        RescaleIntercept="-7.25",
        WindowCenter=["40", "50"],
        WindowWidth=["400", "350"],
        WindowCenterWidthExplanation=["Soft", "Brain"],
    )
    written = write_dicom(before, tmp_path / "out", loss=LOSS)
    assert sorted((tmp_path / "out").iterdir()) == list(written.files)
    after = read(tmp_path / "out")
    assert after.same_grid(before)
    assert after.voxels.dtype == before.voxels.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    assert (after.scale, after.offset) == (before.scale, before.offset) == (0.123456789012, -7.25)
    assert after.windows[:2] == before.windows[:2]
    assert after.windows[0] == Window("Soft", 40, 400)
    assert after.source.series == written.series != before.source.series
    assert after.source.lossy == "ISTHMUS, 93.25:1"
    assert written.notes == ()


def test_what_is_derived_says_so_and_from_what(tmp_path: Path) -> None:
    before = one_series(
        tmp_path / "in",
        ImageType=["ORIGINAL", "PRIMARY", "M", "ND"],
        SeriesDescription="t1",
        PatientName="Müller^Änne",
        SpecificCharacterSet="ISO_IR 192",
        RepetitionTime=500,
    )
    sources = {path: pydicom.dcmread(path) for path in before.source.paths}
    write_dicom(before, tmp_path / "out", loss=LOSS)
    derived = headers(tmp_path / "out")
    known = {header.SOPInstanceUID for header in sources.values()}
    assert len({header.SOPInstanceUID for header in derived} | known) == 2 * len(derived)
    for k, header in enumerate(derived):
        source = sources[before.source.paths[k]]
        assert header.file_meta.MediaStorageSOPInstanceUID == header.SOPInstanceUID
        assert (header.StudyInstanceUID, header.FrameOfReferenceUID) == ("1.2.3.1", "1.2.3.2")
        assert header.SeriesInstanceUID != source.SeriesInstanceUID
        assert header.SOPClassUID == MRImageStorage
        assert header.ImageType == ["DERIVED", "SECONDARY", "M", "ND"]
        assert (header.SeriesNumber, header.InstanceNumber) == (1007, k + 1)
        assert header.SeriesDescription == "t1 [Isthmus lossy 93.2:1]"
        assert (header.PatientName, header.RepetitionTime) == ("Müller^Änne", 500)
        assert header.ImagePositionPatient == source.ImagePositionPatient
        assert header.LossyImageCompression == "01"
        assert header.LossyImageCompressionRatio == 93.25
        assert header.LossyImageCompressionMethod == "ISTHMUS"
        assert "mr-general-2, 32 ch, 93.2:1" in header.DerivationDescription
        assert "Not for diagnosis" in header.DerivationDescription
        (code,) = header.DerivationCodeSequence
        assert (code.CodeValue, code.CodingSchemeDesignator) == ("113040", "DCM")
        (reference,) = header.SourceImageSequence
        assert reference.ReferencedSOPInstanceUID == source.SOPInstanceUID
        assert reference.ReferencedSOPClassUID == source.SOPClassUID
        assert reference.PurposeOfReferenceCodeSequence[0].CodeValue == "121320"
        assert header.ContributingEquipmentSequence[0].Manufacturer == "Isthmus"
    assert {str(path) for path in sources} == {str(path) for path in (tmp_path / "in").iterdir()}


def test_what_was_lossy_before_keeps_its_history(tmp_path: Path) -> None:
    before = one_series(
        tmp_path / "in",
        LossyImageCompression="01",
        LossyImageCompressionRatio=["4", "12.5"],
        LossyImageCompressionMethod="ISO_10918_1",
    )
    write_dicom(before, tmp_path / "same")
    assert headers(tmp_path / "same")[0].LossyImageCompressionRatio == [4, 12.5]
    write_dicom(before, tmp_path / "out", loss=LOSS)
    header = headers(tmp_path / "out")[0]
    assert header.LossyImageCompressionRatio == [4, 12.5, 93.25]
    assert header.LossyImageCompressionMethod == ["ISO_10918_1", "UNKNOWN", "ISTHMUS"]


def test_what_is_only_converted_is_not_called_derived(tmp_path: Path) -> None:
    before = one_series(tmp_path / "in", ImageType=["ORIGINAL", "PRIMARY", "M"])
    write_dicom(before, tmp_path / "out")
    for header in headers(tmp_path / "out"):
        assert header.ImageType == ["ORIGINAL", "PRIMARY", "M"]
        assert "DerivationDescription" not in header
        assert "LossyImageCompression" not in header
        assert header.SourceImageSequence[0].PurposeOfReferenceCodeSequence[0].CodeValue == "121322"
        assert header.SeriesDescription == "t1_test"


def test_what_no_longer_holds_is_left_out(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "in", phantom())
    for path in (tmp_path / "in").iterdir():
        dataset = pydicom.dcmread(path)
        dataset.private_block(0x0029, "SIEMENS CSA HEADER", create=True).add_new(0x10, "OB", b"ab")
        dataset.add_new(0x60003000, "OW", bytes(60))
        dataset.add_new("SmallestImagePixelValue", "US", 1)
        dataset.add_new("RepetitionTime", "DS", "500")
        dataset.save_as(path)
        # A whole number with a point in it, as some scanners write.
        raw = path.read_bytes()
        path.write_bytes(raw.replace(b"\x18\0\x80\0DS\x04\0500 ", b"\x18\0\x82\0IS\x04\x001.5 "))
    write_dicom(read(tmp_path / "in"), tmp_path / "out")
    for header in headers(tmp_path / "out"):
        assert not [tag for tag in header.keys() if tag.is_private or tag.group == 0x6000]  # noqa: SIM118
        assert "SmallestImagePixelValue" not in header
        assert "InversionTime" not in header


def test_slices_keep_their_places_where_one_is_missing(tmp_path: Path) -> None:
    places = [(-100, -120, z) for z in (0, 3, 6, 12, 15)]
    before = one_series(tmp_path / "in", positions=places)
    write_dicom(before, tmp_path / "out")
    found = [header.ImagePositionPatient for header in headers(tmp_path / "out")]
    assert found == [list(map(float, place)) for place in places]
    assert read(tmp_path / "out").same_grid(before)


def test_windows_follow_where_the_scale_is_another(tmp_path: Path) -> None:
    mapping = Dataset()
    mapping.RealWorldValueIntercept, mapping.RealWorldValueSlope = 10.0, 2.0
    mapping.RealWorldValueFirstValueMapped, mapping.RealWorldValueLastValueMapped = 0, 65535
    before = one_series(
        tmp_path / "in", RealWorldValueMappingSequence=[mapping], WindowCenter=100, WindowWidth=50
    )
    assert (before.scale, before.windows[0].centre) == (2, 210)
    write_dicom(before, tmp_path / "out")
    after = read(tmp_path / "out")
    assert (after.scale, after.offset) == (2, 10)
    assert (after.windows[0].centre, after.windows[0].width) == (210, 100)


def test_leaning_slices_keep_their_lean(tmp_path: Path) -> None:
    before = one_series(tmp_path / "in", positions=[(-100, -120 + k, 3 * k) for k in range(5)])
    write_dicom(before, tmp_path / "out")
    assert read(tmp_path / "out").same_grid(before)
    leaning = np.diag((-1.0, -1.0, 3.0, 1.0))
    leaning[1, 2] = 0.7
    write_dicom(Volume(phantom(), leaning, modality="MR"), tmp_path / "made")
    np.testing.assert_allclose(read(tmp_path / "made").affine, leaning, atol=1e-9)


def test_an_enhanced_file_becomes_a_classic_series(tmp_path: Path) -> None:
    source = write_dicom_enhanced(
        tmp_path / "in.dcm", phantom(), orientation=OBLIQUE, order=[3, 0, 4, 1, 2]
    )
    before = read(source)
    write_dicom(before, tmp_path / "out", loss=LOSS)
    after = read(tmp_path / "out")
    assert after.same_grid(before)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    derived, order = headers(tmp_path / "out"), [3, 0, 4, 1, 2]
    for k, header in enumerate(derived):
        assert header.SOPClassUID == MRImageStorage
        assert "PerFrameFunctionalGroupsSequence" not in header
        assert header.WindowCenter == 400 + k
        assert header.SourceImageSequence[0].ReferencedFrameNumber == order.index(k) + 1
    assert len({header.SOPInstanceUID for header in derived}) == len(derived)


def test_each_slice_goes_back_to_its_own_scaling(tmp_path: Path) -> None:
    scalings = [(0.5 + 0.25 * k, -3.0 * k) for k in range(5)]
    source = write_dicom_enhanced(tmp_path / "in.dcm", phantom(), scalings=scalings)
    before = read(source)
    assert before.voxels.dtype == np.float32
    write_dicom(before, tmp_path / "out")
    np.testing.assert_array_equal(
        [header.pixel_array for header in headers(tmp_path / "out")], phantom()
    )
    np.testing.assert_array_equal(read(tmp_path / "out").voxels, before.voxels)


@pytest.mark.parametrize("mirrored", [1.0, -1.0])
@pytest.mark.parametrize("axes", [(0, 1, 2), (0, 2, 1), (1, 2, 0)])
def test_nifti_becomes_dicom_that_stands_upright(
    axes: tuple[int, ...], mirrored: float, tmp_path: Path
) -> None:
    affine = np.eye(4)
    affine[:3, :3] = np.diag((0.9 * mirrored, 1.1, 3.0))[list(axes)].T @ np.eye(3)
    affine[:3, 3] = (-30, -40, 20)
    volume = Volume(phantom(), affine, scale=0.5, offset=-3.0, modality="MR")
    write_dicom(volume, tmp_path / "out")
    after = read(tmp_path / "out")
    assert after.modality == "MR"
    for k, j, i in ((0, 0, 0), (4, 2, 19), (2, 11, 7)):
        there = np.round(after.to_voxel(*volume.to_mm(k, j, i))).astype(int)
        assert after.real(after.voxels[tuple(there)]) == volume.real(volume.voxels[k, j, i])
        np.testing.assert_allclose(after.to_mm(*there), volume.to_mm(k, j, i), atol=1e-9)
    written = headers(tmp_path / "out")
    normal = np.cross(*np.array(written[0].ImageOrientationPatient).reshape(2, 3))
    assert np.all(np.diff([normal @ header.ImagePositionPatient for header in written]) > 0)
    for header in written:
        for direction in np.array(header.ImageOrientationPatient).reshape(2, 3):
            main = int(np.argmax(np.abs(direction)))
            assert (direction[main] < 0) == (main == 2)


def test_nothing_is_made_up_about_a_patient(tmp_path: Path) -> None:
    source = Source(title="Jane Doe 1970", sequence="T1", kind="NIfTI")
    write_dicom(Volume(phantom(), np.eye(4), source=source), tmp_path / "out", loss=LOSS)
    (path, *_) = sorted((tmp_path / "out").iterdir())
    assert b"Jane" not in path.read_bytes()
    header = pydicom.dcmread(path)
    empty = ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime",
             "ReferringPhysicianName", "Manufacturer", "EchoTime", "RepetitionTime")  # fmt: skip
    assert [header[keyword].value or "" for keyword in empty] == [""] * len(empty)
    assert header.SeriesDescription == "T1 [Isthmus lossy 93.2:1]"
    assert header.ScanningSequence == "RM"


def test_a_simulated_head_stays_one(tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4), source=Source(sequence="T1", simulated=True))
    write_dicom(volume, tmp_path / "out")
    header = headers(tmp_path / "out")[0]
    assert header.SeriesDescription == "simulated T1"
    assert header.ImageComments == "Simulated, not a patient"


def test_ct_keeps_hounsfield_units(tmp_path: Path) -> None:
    volume = Volume(phantom(dtype="i2") - 1000, np.eye(4), unit="HU", modality="CT")
    write_dicom(volume, tmp_path / "out")
    header, after = headers(tmp_path / "out")[0], read(tmp_path / "out")
    assert header.SOPClassUID == CTImageStorage
    assert (header.RescaleSlope, header.RescaleIntercept, header.RescaleType) == (1, 0, "HU")
    assert after.unit == "HU"
    np.testing.assert_array_equal(after.voxels[:, ::-1, ::-1], volume.voxels)


@pytest.mark.parametrize("dtype", ["f4", "f8", "i4", "u4"])
def test_what_does_not_fit_is_rounded_and_said(dtype: str, tmp_path: Path) -> None:
    wide = 1000.0 if dtype[0] in "iu" else 0.001
    volume = Volume((phantom(dtype="f8") * wide).astype(dtype), np.eye(4), 2.0, 5.0, modality="MR")
    written = write_dicom(volume, tmp_path / "out")
    (note,) = written.notes
    assert note.startswith("DICOM holds whole numbers of 16 bits: values are rounded to ")
    after = read(tmp_path / "out")
    real, back = volume.real(volume.voxels), after.real(after.voxels)[:, ::-1, ::-1]
    step = float(headers(tmp_path / "out")[0].RescaleSlope)
    assert np.abs(back - real).max() <= 0.5001 * step
    assert step == pytest.approx((real.max() - real.min()) / 65535, rel=1e-6)


@pytest.mark.parametrize("dtype", ["f4", "i4", "i8", "u1"])
def test_whole_numbers_that_fit_stay_exact(dtype: str, tmp_path: Path) -> None:
    volume = Volume(phantom(dtype="u1").astype(dtype), np.eye(4), modality="MR")
    assert write_dicom(volume, tmp_path / "out").notes == ()
    np.testing.assert_array_equal(read(tmp_path / "out").voxels[:, ::-1, ::-1], volume.voxels)


def test_a_mosaic_becomes_slices(shared_data: Path, tmp_path: Path) -> None:
    found = list_series(shared_data / "dicom-decubitus" / "HFS")
    (mosaics,) = (series for series in found if series.parts)
    before = read_series(mosaics, 1)
    write_dicom(before, tmp_path / "out")
    after = read(tmp_path / "out")
    np.testing.assert_allclose(after.affine, before.affine, atol=1e-9)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    header = headers(tmp_path / "out")[0]
    assert header.SeriesDescription.endswith(f"[{before.source.parts[1]}]")
    assert "MOSAIC" not in header.ImageType


def test_a_series_from_a_zip_keeps_its_headers(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "in", phantom(), RepetitionTime=500)
    write_dicom_series(tmp_path / "in", phantom((3, 8, 8)), prefix="other")
    before = read(Path(shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "in")))
    write_dicom(before, tmp_path / "out")
    after = read(tmp_path / "out")
    assert after.same_grid(before)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    assert {header.RepetitionTime for header in headers(tmp_path / "out")} == {500}


def test_white_stays_white_and_padding_stays_padding(tmp_path: Path) -> None:
    voxels = phantom(dtype="i2")
    voxels[:, :3] = -2000
    attributes = {"PhotometricInterpretation": "MONOCHROME1", "PixelPaddingValue": -2000}
    before = one_series(tmp_path / "in", voxels=voxels, **attributes)
    assert before.inverted
    assert before.padding == (-2000, -2000)
    write_dicom(before, tmp_path / "out")
    after = read(tmp_path / "out")
    assert (after.inverted, after.padding) == (True, (-2000, -2000))
    np.testing.assert_array_equal(after.voxels, before.voxels)
    write_dicom(before, tmp_path / "lossy", loss=LOSS)
    assert read(tmp_path / "lossy").inverted
    assert "PixelPaddingValue" not in headers(tmp_path / "lossy")[0]


def test_a_source_that_lacks_what_it_must_have_still_goes_out(tmp_path: Path) -> None:
    before = one_series(tmp_path / "in", Modality=None, StudyInstanceUID=None)
    write_dicom(before, tmp_path / "out")
    found = headers(tmp_path / "out")
    assert len({header.StudyInstanceUID for header in found}) == 1
    assert {header.Modality for header in found} == {"OT"}


def test_what_has_no_kind_for_a_slice_is_refused(tmp_path: Path) -> None:
    path = pydicom.data.get_testdata_file("rtdose.dcm", download=False)
    with pytest.raises(ScanError, match="RT Dose Storage: DICOM has no kind for single slices"):
        write_dicom(read(path), tmp_path / "out")
