"""A Siemens mosaic comes apart into slices that lie where they were measured."""

from pathlib import Path

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_series
from pydicom.uid import JPEG2000Lossless

from isthmus.errors import ScanError
from isthmus.scans import (
    Plane,
    acquired_plane,
    first_look,
    list_series,
    plane_view,
    read,
    read_series,
)

STEP = 4.5


def write_mosaic(path: Path, voxels: np.ndarray, number: int = 1) -> Path:
    """Write a volume of seven slices as one picture of three by three tiles.

    The picture's position is that of a picture as large as all tiles around the first slice.
    """
    count, rows, columns = voxels.shape
    picture = np.zeros((3 * rows, 3 * columns), voxels.dtype)
    for k, plane in enumerate(voxels):
        down, right = divmod(k, 3)
        picture[down * rows :, right * columns :][:rows, :columns] = plane
    corner = np.array((-100.0, -120.0, -30.0)) - (columns * 0.9, rows * 1.1, 0)
    (made,) = write_dicom_series(
        path.parent,
        picture[None],
        series="1.2.3",
        positions=[corner],
        step=4.0,
        ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"],
        SpacingBetweenSlices=STEP,
        prefix=path.name,
    )
    dataset = pydicom.dcmread(made)
    block = dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True)
    block.add_new(0x0A, "US", count)
    dataset.AcquisitionNumber = dataset.InstanceNumber = number
    dataset.save_as(made)
    return made


def test_tiles_become_slices_at_their_places(tmp_path: Path) -> None:
    voxels = phantom((7, 10, 12))
    volume = read(write_mosaic(tmp_path / "m", voxels))
    np.testing.assert_array_equal(volume.voxels, voxels)
    for k, j, i in ((0, 0, 0), (6, 0, 0), (2, 9, 11)):
        expected = (100 - 0.9 * i, 120 - 1.1 * j, -30 + STEP * k)
        np.testing.assert_allclose(volume.to_mm(k, j, i), expected, atol=1e-4)
    assert volume.source.warnings == ()
    assert volume.source.stored_bytes == voxels.nbytes


def test_each_file_is_a_volume_of_the_series(tmp_path: Path) -> None:
    voxels = [phantom((7, 10, 12)) + 10 * n for n in range(3)]
    for n, volume in enumerate(voxels):
        write_mosaic(tmp_path / f"m{n}", volume, n + 1)
    (series,) = list_series(tmp_path)
    assert (series.n_slices, series.rows, series.columns, series.kind) == (7, 10, 12, "")
    assert series.parts == ("time 1 of 3", "time 2 of 3", "time 3 of 3")
    for n, volume in enumerate(voxels):
        np.testing.assert_array_equal(read(tmp_path, part=n).voxels, volume)
        np.testing.assert_array_equal(first_look(series, n).voxels[0], volume[3])


def test_a_compressed_mosaic(tmp_path: Path) -> None:
    voxels = phantom((7, 16, 16))
    path = write_mosaic(tmp_path / "m", voxels)
    dataset = pydicom.dcmread(path)
    dataset.compress(JPEG2000Lossless)
    dataset.save_as(path)
    np.testing.assert_array_equal(read(path).voxels, voxels)


@pytest.mark.parametrize("count", [0, 26, 4464])
def test_a_wrong_number_of_tiles_is_refused(count: int, tmp_path: Path) -> None:
    path = write_mosaic(tmp_path / "m", phantom((7, 10, 11)))
    dataset = pydicom.dcmread(path)
    dataset.private_block(0x0019, "SIEMENS MR HEADER")[0x0A].value = count
    dataset.save_as(path)
    with pytest.raises(ScanError, match="does not say how many slices it holds"):
        read(path)


@pytest.mark.parametrize("position", ["HFS", "HFP"])
def test_real_scans_of_a_volunteer_lying_and_turned_over(position: str, shared_data: Path) -> None:
    folder = shared_data / "dicom-decubitus" / position
    first, second = list_series(folder)
    assert (first.description, first.n_slices, first.parts) == ("t1_fl2d_sag", 35, ())
    assert (second.description, second.n_slices) == ("ep2d_diff_mddw_20_p2", 25)
    assert second.parts[:3] == ("b 0", "b 1000, direction 1", "b 1000, direction 2")
    assert len(second.parts) == 13
    t1, diffusion = read(folder), read(folder, series=second.uid)
    assert acquired_plane(t1) is Plane.SAGITTAL
    assert acquired_plane(diffusion) is Plane.AXIAL
    assert diffusion.shape == (25, 128, 128)
    np.testing.assert_allclose(diffusion.spacing, (5.2, 1.71875, 1.71875), atol=1e-5)
    # Whichever way the head lay on the table, its top is up and the nose points to the left.
    view = plane_view(t1, Plane.SAGITTAL)
    assert view.letters == ("A", "P", "S", "I")
    tissue = view.extract(t1.voxels, 17) > 60
    assert tissue[:20].mean() < 0.05 < 0.5 < tissue[100:140].mean()
    columns = np.arange(256)
    at_brain, at_nose = (
        (tissue[rows] * columns).sum() / tissue[rows].sum()
        for rows in (slice(80, 120), slice(170, 210))
    )
    assert at_nose < at_brain - 8


def test_both_positions_mixed_in_one_folder(shared_data: Path) -> None:
    listed = list_series(shared_data / "dicom-decubitus")
    assert [series.description for series in listed] == [
        *["t1_fl2d_sag"] * 2,
        *["ep2d_diff_mddw_20_p2"] * 2,
    ]
    assert len({series.uid for series in listed}) == 4
    for series in listed[:2]:
        assert series.n_files == 35
        assert acquired_plane(read_series(series)) is Plane.SAGITTAL
