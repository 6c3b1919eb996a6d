"""From a folder or a file the right series is opened, and what else lies there is told."""

from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom.uid import (
    generate_uid,
)

from isthmus.errors import ScanError
from isthmus.scans import Plane, Volume, acquired_plane, list_series, read


def warned(volume: Volume, words: str) -> bool:
    return any(words in text for text in volume.source.warnings)


def test_folders_below_and_names_without_extension(tmp_path: Path) -> None:
    voxels = phantom()
    for k, path in enumerate(write_dicom_series(tmp_path, voxels)):
        (tmp_path / f"disc{k % 2}" / "a").mkdir(parents=True, exist_ok=True)
        path.rename(tmp_path / f"disc{k % 2}" / "a" / path.name)
    np.testing.assert_array_equal(read(tmp_path).voxels, voxels)


def test_files_that_are_not_dicom_are_left_out_and_listed(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom())
    (tmp_path / "README.TXT").write_text("Viewer for Windows. Run VIEW.EXE.")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "preview.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
    volume = read(tmp_path)
    assert volume.shape == (5, 24, 20)
    left_out = {path.name: reason for path, reason in volume.source.left_out}
    assert left_out == dict.fromkeys(("README.TXT", "empty", "preview.jpg"), "not DICOM")
    assert volume.source.warnings == ()


def test_dicom_without_pictures_is_left_out(tmp_path: Path) -> None:
    (path, *_) = write_dicom_series(tmp_path / "sr", phantom((1, 4, 4)))
    report = pydicom.dcmread(path)
    for keyword in ("Rows", "Columns", "PixelData"):
        delattr(report, keyword)
    report.SOPClassUID = "1.2.840.10008.5.1.4.1.1.88.11"
    report.save_as(path)
    write_dicom_series(tmp_path / "mr", phantom())
    volume = read(tmp_path)
    assert volume.source.left_out == ((path, "DICOM without a picture"),)
    for name in ("a", "b"):
        (tmp_path / name).write_text("a text")
    assert read(tmp_path).source.about_strays == (
        "3 files are left out: not DICOM (2), DICOM without a picture (1)."
    )


def test_grey_slices_are_opened_before_a_larger_series_in_colour(tmp_path: Path) -> None:
    kind = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    write_dicom_series(tmp_path / "map", phantom((6, 4, 12), "u1"), description="FA", **kind)
    write_dicom_series(tmp_path / "mr", phantom((5, 4, 12)), description="t1")
    assert read(tmp_path).source.title == "t1"


def test_of_several_series_the_largest_is_opened_and_said_so(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom((3, 8, 8)), description="t2_small", prefix="A")
    write_dicom_series(tmp_path, phantom((6, 8, 8)), description="t1_large", prefix="B")
    write_dicom_series(tmp_path, phantom((2, 8, 8)), description="scout", prefix="C")
    volume = read(tmp_path)
    assert volume.source.title == "t1_large"
    assert volume.shape == (6, 8, 8)
    assert warned(volume, "holds 3 series")
    assert warned(volume, "“t1_large”, 6 slices")
    reasons = [reason for _, reason in volume.source.left_out]
    assert reasons.count("belongs to another series, “t2_small”") == 3
    assert len(reasons) == 5


def test_a_series_can_be_chosen(tmp_path: Path) -> None:
    uid = generate_uid()
    write_dicom_series(tmp_path, phantom((3, 8, 8)), series=uid, prefix="A")
    write_dicom_series(tmp_path, phantom((6, 8, 8)), prefix="B")
    volume = read(tmp_path, series=uid)
    assert volume.shape == (3, 8, 8)
    assert volume.source.series == uid
    assert volume.source.warnings == ()


def test_series_are_listed_largest_first(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom((3, 8, 8)), description="small", prefix="A")
    write_dicom_series(tmp_path / "below", phantom((6, 8, 8)), description="large", prefix="B")
    (tmp_path / "notes").write_text("x")
    listed = [(one.description, one.n_files, one.n_slices) for one in list_series(tmp_path)]
    assert listed == [("large", 6, 6), ("small", 3, 3)]
    assert list_series(tmp_path / "below")[0].modality == "MR"
    with pytest.raises(ScanError, match="gone does not exist"):
        list_series(tmp_path / "gone")


def test_one_file_opens_its_series(tmp_path: Path) -> None:
    voxels = phantom()
    paths = write_dicom_series(tmp_path, voxels, prefix="A")
    write_dicom_series(tmp_path, phantom((9, 8, 8)), prefix="B")
    volume = read(paths[2])
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert warned(volume, f"{paths[2].name} is one of 5 slices")
    assert not warned(volume, "holds 2 series")


def test_one_file_alone_opens_as_one_slice(tmp_path: Path) -> None:
    (path,) = write_dicom_series(tmp_path, phantom((1, 8, 9)), step=4.5)
    volume = read(path)
    assert volume.shape == (1, 8, 9)
    assert volume.spacing == pytest.approx((4.5, 1.1, 0.9))
    assert warned(volume, "one slice only")


def test_a_series_without_description_is_named_by_its_modality(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "DOE_JANE", phantom(), description="")
    assert read(tmp_path / "DOE_JANE").source.title == "MR series"


def test_values_against_the_standard_do_not_matter(tmp_path: Path) -> None:
    """Pydicom warns of them, and a warning is an error here."""
    for path in write_dicom_series(tmp_path, phantom(), series="1.2.840.99999.1"):
        path.write_bytes(path.read_bytes().replace(b"1.2.840.99999.1", b"1.2.84x.99999.1"))
    volume = read(tmp_path)
    assert volume.source.series == "1.2.84x.99999.1"
    assert volume.source.warnings == ()


def test_nothing_about_the_patient_is_kept(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom())
    write_dicom_enhanced(tmp_path / "e.dcm", phantom())
    for path in (tmp_path, tmp_path / "e.dcm"):
        volume = read(path)
        assert "Doe" not in repr(volume)
        assert "4711" not in repr(volume)


def test_a_mosaic_is_refused_and_never_chosen(tmp_path: Path) -> None:
    mosaic = {"ImageType": ["ORIGINAL", "PRIMARY", "MOSAIC"]}
    write_dicom_series(tmp_path / "m", phantom((6, 8, 8)), **mosaic)
    with pytest.raises(ScanError, match="m is a mosaic"):
        read(tmp_path / "m")
    write_dicom_series(tmp_path / "plain", phantom((3, 8, 8)))
    assert read(tmp_path).shape == (3, 8, 8)


def test_progress_tells_files_and_slices(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    write_dicom_series(tmp_path, phantom())
    read(tmp_path, progress=lambda fraction, text="": told.append((fraction, text)))
    assert "Reading slice 5 of 5" in [text for _, text in told]
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1.0)


def test_real_series_with_a_stray_file(shared_data: Path) -> None:
    volume = read(shared_data / "dicom-schwannoma-t1gd")
    assert volume.shape == (120, 512, 512)
    assert [path.name for path, _ in volume.source.left_out] == ["niivue-manifest.txt"]
    assert volume.source.about_strays == "1 file is left out: not DICOM."
    assert volume.source.warnings == ()
    assert volume.spacing == pytest.approx((1.5, 0.41015625, 0.41015625))
    assert nibabel.aff2axcodes(volume.affine) == ("L", "P", "S")


def test_real_folder_with_two_series(shared_data: Path) -> None:
    volume = read(shared_data / "dicom-decubitus" / "HFS")
    assert volume.source.title == "t1_fl2d_sag"
    assert volume.shape == (35, 256, 256)
    assert acquired_plane(volume) is Plane.SAGITTAL
    assert warned(volume, "holds 2 series")
