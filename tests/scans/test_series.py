"""Listing a folder's series as they are found, reading one, and looking at its middle slice."""

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom.uid import SecondaryCaptureImageStorage, generate_uid

from isthmus.errors import OutOfMemoryError, ScanError
from isthmus.scans import Series, Volume, first_look, list_series, read, read_series
from isthmus.work import Cancelled, CancelToken

CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)
SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
AXIAL = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def test_a_listed_series_reads_as_its_folder_does(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom((6, 8, 8)), prefix="A")
    write_dicom_series(tmp_path / "b", phantom((3, 8, 8)), prefix="B", SeriesDate="20200102")
    (tmp_path / "README.TXT").write_text("Run VIEW.EXE.")
    first, second = list_series(tmp_path)
    assert (first.n_slices, first.rows, first.columns, first.modality) == (6, 8, 8, "MR")
    assert (second.date, second.n_files, second.files[0].name) == ("20200102", 3, "B0001")
    volume, expected = read_series(first), read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, expected.voxels)
    assert volume.same_grid(expected)
    assert volume.source.left_out == expected.source.left_out
    assert volume.source.warnings == ()  # it was chosen: nothing is to be said about the others


def test_what_was_listed_is_read_without_looking_again(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    (series,) = list_series(tmp_path)
    write_dicom_series(tmp_path, phantom((9, 8, 8)), prefix="LATER")
    assert read_series(series).shape == (5, 24, 20)
    paths[2].unlink()
    with pytest.raises(ScanError, match="does not exist"):
        read_series(series)


def test_series_are_told_of_as_they_are_found(tmp_path: Path) -> None:
    for n in range(3):
        write_dicom_series(tmp_path / str(n), phantom((40, 8, 8)), description=f"s{n}")
    told: list[tuple[Series, ...]] = []
    listed = list_series(tmp_path, found=told.append)
    assert told[-1] == listed
    assert [len(series) for series in told] == sorted(len(series) for series in told)
    n_files = [sum(series.n_files for series in every) for every in told]
    assert n_files == sorted(n_files)
    assert n_files[-1] == 120


def test_listing_tells_its_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom())
    told: list[tuple[float, str]] = []
    list_series(tmp_path, progress=lambda part, text="": told.append((part, text)))
    assert told[-1] == (0.8, "Looking at file 5 of 5")
    token = CancelToken()

    def stop(_part: float, text: str = "") -> None:
        if "file 3" in text:
            token.cancel()

    with pytest.raises(Cancelled):
        list_series(tmp_path, progress=stop, cancel=token)


def test_one_file_lists_the_series_to_which_it_belongs(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom(), series="1.2.3", prefix="A")
    write_dicom_series(tmp_path, phantom((9, 8, 8)), prefix="B")
    (series,) = list_series(paths[1])
    assert (series.uid, series.n_slices) == ("1.2.3", 5)
    (tmp_path / "a.txt").write_text("x" * 200)
    with pytest.raises(ScanError, match=r"a\.txt is not a scan: not DICOM"):
        list_series(tmp_path / "a.txt")


@pytest.mark.parametrize("slopes", [2.0, [1.0, 2.0, 0.5, 3.0, 1.5]])
def test_the_middle_slice_is_that_of_the_whole(slopes: Any, tmp_path: Path) -> None:
    windows: dict[str, Any] = {
        "WindowCenter": [10.0, 20.0, 30.0, 40.0, 50.0],
        "WindowWidth": [100.0] * 5,
    }
    write_dicom_series(
        tmp_path, phantom(), orientation=SAGITTAL, RescaleSlope=slopes, RescaleIntercept=5.0,
        **windows,
    )  # fmt: skip
    (series,) = list_series(tmp_path)
    assert_is_middle(first_look(series), read_series(series))


def test_the_middle_slice_of_an_enhanced_file(tmp_path: Path) -> None:
    path = write_dicom_enhanced(tmp_path / "e.dcm", phantom(), order=[3, 0, 4, 1, 2])
    (series,) = list_series(path)
    assert_is_middle(first_look(series), read_series(series))


def assert_is_middle(look: Volume, whole: Volume) -> None:
    middle = whole.shape[0] // 2
    assert look.shape == (1, *whole.shape[1:])
    np.testing.assert_array_equal(look.voxels[0], whole.voxels[middle])
    assert look.voxels.dtype == whole.voxels.dtype
    np.testing.assert_allclose(look.affine[:3, :3], whole.affine[:3, :3], atol=1e-12)
    np.testing.assert_allclose(look.to_mm(0, 3, 4), whole.to_mm(middle, 3, 4), atol=1e-9)
    assert (look.scale, look.offset) == (whole.scale, whole.offset)
    assert look.windows == whole.windows
    assert look.source.stored_bytes == whole.source.stored_bytes


def test_a_series_too_large_for_memory_is_not_read(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom())
    (series,) = list_series(tmp_path)
    with pytest.raises(OutOfMemoryError, match=f"{tmp_path.name} needs"):
        read_series(series, available=1000)


def kinds_of(folder: Path) -> list[tuple[str, str]]:
    return [(series.description, series.kind) for series in list_series(folder)]


def test_localizers_come_after_slices_of_a_patient(tmp_path: Path) -> None:
    uid = generate_uid()
    for name, turned in (("A", AXIAL), ("B", CORONAL), ("C", SAGITTAL)):
        write_dicom_series(
            tmp_path, phantom((5, 8, 8)), series=uid, prefix=name, orientation=turned,
            description="three planes",
        )  # fmt: skip
    scout = {"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}
    write_dicom_series(tmp_path / "s", phantom((9, 8, 8)), description="scout", **scout)
    write_dicom_series(tmp_path / "t", phantom((3, 8, 8)), description="t1")
    assert kinds_of(tmp_path) == [
        ("t1", ""),
        ("scout", "localizer"),
        ("three planes", "localizer"),
    ]
    planes = list_series(tmp_path)[2]
    assert sorted(planes.parts) == ["axial", "coronal", "sagittal"]
    assert read(tmp_path).source.title == "t1"


def test_screenshots_and_pictures_are_called_so(tmp_path: Path) -> None:
    nowhere: dict[str, Any] = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
    for path in write_dicom_series(
        tmp_path / "s", phantom((6, 8, 8)), description="report", **nowhere
    ):
        dataset = pydicom.dcmread(path)
        dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = (
            SecondaryCaptureImageStorage
        )
        dataset.save_as(path)
    write_dicom_series(tmp_path / "p", phantom((1, 8, 8)), description="chest", **nowhere)
    write_dicom_series(tmp_path / "t", phantom((3, 8, 8)), description="t1")
    assert kinds_of(tmp_path) == [("t1", ""), ("report", "screenshot"), ("chest", "picture")]


def test_projections_around_an_axis(tmp_path: Path) -> None:
    uid = generate_uid()
    for n in range(8):
        turn = np.pi / 8 * n
        turned = (np.cos(turn), np.sin(turn), 0.0, 0.0, 0.0, -1.0)
        write_dicom_series(
            tmp_path, phantom((1, 8, 8)), series=uid, prefix=f"P{n}", orientation=turned
        )
    assert [kind for _, kind in kinds_of(tmp_path)] == ["radial"]


def test_a_file_of_many_frames_without_groups_is_a_stack(tmp_path: Path) -> None:
    voxels = phantom((6, 8, 10))
    (path,) = write_dicom_series(tmp_path, voxels[:1], step=2.5)
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames, dataset.PixelData = 6, voxels.tobytes()
    dataset.save_as(path)
    volume = read(path)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.spacing[0] == pytest.approx(2.5)
    dataset.GridFrameOffsetVector = [0, 4, 8, 12, 16, 20]
    dataset.save_as(path)
    assert read(path).spacing[0] == pytest.approx(4)
    del dataset.GridFrameOffsetVector
    dataset.FrameTime = 40.0
    dataset.save_as(path)
    (series,) = list_series(path)
    assert (series.n_slices, series.parts[5]) == (1, "volume 6 of 6")


def test_first_report_and_slice_of_a_real_folder(shared_data: Path) -> None:
    for series in list_series(shared_data / "dicom-schwannoma-t1gd"):
        assert series.n_slices == 120
        assert [path.name for path, _ in series.left_out] == ["niivue-manifest.txt"]
        assert first_look(series).shape == (1, 512, 512)
