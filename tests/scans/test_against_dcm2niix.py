"""The same folder opened by Isthmus and by dcm2niix, and NIfTI files by nibabel.

Where the two differ, `dicom-differences.toml` says in what and why.
"""

import shutil
from pathlib import Path

import nibabel
import numpy as np
import pytest
from builders import phantom, write_dicom_series
from dicom_differences import DIFFERENCES, DISCS, EXPECTED, FILES, PAGE, PYDICOM, SHARED, page
from field import by_dcm2niix, by_isthmus, difference
from scipy.spatial.transform import Rotation

from isthmus.scans import Plane, list_series, plane_view, read, read_series

NIFTI = (
    "ct-thorax/example_ct.nii.gz",
    "dicom-enhanced-xa30/reference/5_anat-T1w_acq-tfl.nii",
    *(f"ms-mni/patient07/{name}.nii.gz" for name in ("flair", "t1", "t1post", "t2", "lesion-mask")),
)


def check(name: str, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("dcm2niix", reason="needs dcm2niix, of the test extra")
    theirs, ours = by_dcm2niix(folder, tmp_path / "out"), by_isthmus(folder)
    assert difference(theirs, ours) == EXPECTED.get(name, ""), (len(theirs), len(ours))


@pytest.mark.parametrize("name", FILES)
def test_pydicoms_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(PYDICOM / name, tmp_path / "in")
    check(name, tmp_path / "in", tmp_path)


@pytest.mark.parametrize("name", DISCS)
def test_pydicoms_discs(name: str, tmp_path: Path) -> None:
    check(name, PYDICOM / "test_files" / name, tmp_path)


@pytest.mark.parametrize("name", SHARED)
def test_real_series(name: str, shared_data: Path, tmp_path: Path) -> None:
    check(name, shared_data / name, tmp_path)


@pytest.mark.parametrize("seed", range(6))
def test_series_at_any_angle(seed: int, tmp_path: Path) -> None:
    """Two series in one folder, of one patient, angled by chance."""
    chance = np.random.default_rng(seed)
    for name in ("a", "b"):
        turn = Rotation.from_rotvec(chance.uniform(-4, 4, 3)).as_matrix().round(6)
        write_dicom_series(
            tmp_path / "in" / name,
            phantom((4 + seed, 10, 12)),
            orientation=(*turn[0], *turn[1]),
            origin=chance.uniform(-200, 200, 3).round(3),
            spacing=(0.7, 1.3),
            step=2.0 + seed,
            description=name,
            SeriesNumber=ord(name),
            Manufacturer="SIEMENS",
        )
    check(f"seed {seed}", tmp_path / "in", tmp_path)


@pytest.mark.parametrize("position", ["HFS", "HFP"])
def test_directions_of_a_mosaic_come_in_the_same_order(
    position: str, shared_data: Path, tmp_path: Path
) -> None:
    """Thirteen volumes of diffusion: one by one, not only as a set."""
    pytest.importorskip("dcm2niix", reason="needs dcm2niix, of the test extra")
    folder = shared_data / "dicom-decubitus" / position
    (mosaic,) = (one for one in list_series(folder) if len(one.parts) > 1)
    theirs = [one for one in by_dcm2niix(folder, tmp_path / "out") if one.values.shape[2] == 25]
    assert len(mosaic.parts) == len(theirs) == 13
    for part, one in enumerate(theirs):
        volume = read_series(mosaic, part)
        # dcm2niix turns rows over; slices it leaves as they are.
        np.testing.assert_array_equal(volume.voxels[:, ::-1].T, one.values, err_msg=f"{part}")


@pytest.mark.parametrize("name", NIFTI)
def test_nifti_is_what_nibabel_reads(name: str, shared_data: Path) -> None:
    check_nifti(shared_data / name)


def test_all_longitudinal_scans_are_what_nibabel_reads(shared_data: Path) -> None:
    for path in sorted((shared_data / "ms-longitudinal").rglob("*.nii.gz")):
        check_nifti(path)


def check_nifti(path: Path) -> None:
    volume, image = read(path), nibabel.load(path)
    np.testing.assert_array_equal(volume.voxels.T, np.asanyarray(image.dataobj.get_unscaled()))
    np.testing.assert_array_equal(volume.affine, image.affine)
    assert (volume.scale, volume.offset) == (image.dataobj.slope, image.dataobj.inter)


@pytest.mark.parametrize("position", ["HFS", "HFP"])
def test_letters_are_right_in_either_position(position: str, shared_data: Path) -> None:
    """The volunteer lay on the back, then on the face; both times he looks to the left, upright.

    Only directions compare: he moved. The picture itself tells them: above the head is air, below
    the neck goes on, and the nose stands out before the forehead.
    """
    volume = read(shared_data / "dicom-decubitus" / position)
    view = plane_view(volume, Plane.SAGITTAL)
    assert view.letters == ("A", "P", "S", "I")
    assert view.ends == ("R", "L")
    middle = view.extract(volume.voxels, view.n_slices // 2)
    head = middle > 0.15 * np.percentile(middle, 99)
    first, last = np.flatnonzero(head.mean(axis=1) > 0.1)[[0, -1]]
    assert first > 20
    assert last == len(head) - 1
    forehead, nose = (
        np.flatnonzero(half.mean(axis=0) > 0.05)[0]
        for half in np.array_split(head[first : last + 1], 2)
    )
    assert nose < forehead - 10


@pytest.mark.parametrize("position", ["HFS", "HFP"])
def test_a_point_picked_in_one_plane_is_the_same_in_the_others(
    position: str, shared_data: Path
) -> None:
    volume = read(shared_data / "dicom-decubitus" / position)
    sagittal = plane_view(volume, Plane.SAGITTAL)
    for index, row, column in ((3, 80, 90), (17, 133, 121), (30, 200, 180)):
        voxel = sagittal.to_voxel(index, row, column)
        millimetres = volume.to_mm(*voxel)
        value = sagittal.extract(volume.voxels, index)[row, column]
        for plane in (Plane.AXIAL, Plane.CORONAL):
            view = plane_view(volume, plane)
            n, y, x = (round(place) for place in view.from_voxel(*volume.to_voxel(*millimetres)))
            assert view.extract(volume.voxels, n)[y, x] == value
            assert volume.to_mm(*view.to_voxel(n, y, x)) == pytest.approx(millimetres, abs=1e-6)


def test_the_page_shows_the_table() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_row_is_about_files_that_are_compared() -> None:
    names = [name for row in DIFFERENCES for name in row["files"]]
    assert len(names) == len(set(names))
    assert set(names) <= {*FILES, *DISCS, *SHARED}
    for row in DIFFERENCES:
        assert all(row[key] for key in ("what", "dcm2niix", "isthmus", "why"))
