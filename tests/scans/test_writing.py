"""What is written reads back the same, and nothing is ever half written."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest
from builders import phantom, write_dicom_series, write_nifti_scan

from isthmus.errors import ScanError
from isthmus.scans import Source, Volume, Window, read, write_nifti
from isthmus.work import Cancelled, CancelToken

TILTED = np.array(
    [[0.8, -0.3, 0.1, -50], [0.25, 0.9, 0.4, -70], [-0.1, -0.2, 2.9, 20], [0, 0, 0, 1]]
)


@pytest.mark.parametrize("suffix", [".nii", ".nii.gz"])
@pytest.mark.parametrize("dtype", ["u1", "i2", "u2", "i4", "u4", "i8", "f4", "f8"])
def test_a_nifti_scan_comes_back_the_same(dtype: str, suffix: str, tmp_path: Path) -> None:
    source = write_nifti_scan(
        tmp_path / "t2.nii", phantom(dtype=dtype), TILTED, slope=0.5, intercept=-3.0
    )
    before = read(source)
    after = read(write_nifti(before, tmp_path / f"out{suffix}"))
    np.testing.assert_array_equal(after.voxels, before.voxels)
    assert after.voxels.dtype == before.voxels.dtype
    assert after.same_grid(before)
    assert (after.scale, after.offset) == (before.scale, before.offset)
    assert after.source.sequence == "T2"
    assert after.source.lossy == ""
    assert not after.source.simulated


def test_nibabel_reads_the_same_values(tmp_path: Path) -> None:
    volume = Volume(phantom(dtype="i2"), TILTED, scale=2.0, offset=-1024.0)
    image = nibabel.load(write_nifti(volume, tmp_path / "a.nii.gz"))
    np.testing.assert_allclose(image.get_fdata(), volume.real(volume.voxels).T)
    np.testing.assert_allclose(image.affine, TILTED, rtol=1e-6)
    assert image.header.get_xyzt_units()[0] == "mm"
    assert image.header.get_zooms() == pytest.approx(volume.spacing[::-1])


@pytest.mark.parametrize(("affine", "code"), [(np.diag((-1, 2, 3, 1.0)), 1), (TILTED, 0)])
def test_the_q_form_is_set_where_it_can_say_the_same(
    affine: np.ndarray, code: int, tmp_path: Path
) -> None:
    header = nibabel.load(write_nifti(Volume(phantom(), affine), tmp_path / "a.nii")).header
    assert header["qform_code"] == code
    if code:
        np.testing.assert_allclose(header.get_qform(), affine, atol=1e-5)


def test_a_dicom_series_keeps_its_grid_in_single_precision(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "d", phantom(), spacing=(1.123456789, 0.987654321))
    before = read(tmp_path / "d")
    after = read(write_nifti(before, tmp_path / "a.nii.gz"))
    np.testing.assert_array_equal(after.voxels, before.voxels)
    np.testing.assert_allclose(after.affine, before.affine, rtol=1e-6, atol=1e-6)
    again = read(write_nifti(after, tmp_path / "b.nii.gz"))
    assert again.same_grid(after)


def test_an_unknown_orientation_stays_unknown(tmp_path: Path) -> None:
    image = nibabel.Nifti1Image(phantom().T, None)
    image.header.set_zooms((0.9, 1.1, 3.0))
    nibabel.save(image, tmp_path / "a.nii")
    before = read(tmp_path / "a.nii")
    after = read(write_nifti(before, tmp_path / "b.nii"))
    assert not before.orientation_known
    assert not after.orientation_known
    assert after.same_grid(before)


def test_the_window_goes_along(tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4), windows=(Window("Brain", 300.0, 200.0),))
    (window,) = read(write_nifti(volume, tmp_path / "a.nii")).windows
    assert (window.centre, window.width) == (300, 200)


def test_a_reconstruction_says_so_when_it_is_opened_again(tmp_path: Path) -> None:
    source = Source(lossy="93:1, 32 ch; step 4", simulated=True, sequence="FLAIR")
    volume = Volume(phantom(), np.eye(4), source=source)
    after = read(write_nifti(volume, tmp_path / "a.nii.gz")).source
    assert after.lossy == "93:1, 32 ch, step 4"
    assert after.simulated
    assert after.sequence == "FLAIR"


def test_long_words_do_not_spill_out_of_the_header(tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4), source=Source(lossy="ß" * 200))
    assert read(write_nifti(volume, tmp_path / "a.nii")).source.lossy.startswith("???")


def test_the_same_volume_makes_the_same_bytes(tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4))
    first = write_nifti(volume, tmp_path / "a.nii.gz").read_bytes()
    assert write_nifti(volume, tmp_path / "b.nii.gz").read_bytes() == first


def test_a_very_long_axis_is_written_as_nifti_2(tmp_path: Path) -> None:
    volume = Volume(np.zeros((2, 2, 40000), np.uint8), TILTED)
    path = write_nifti(volume, tmp_path / "a.nii.gz")
    assert isinstance(nibabel.load(path), nibabel.Nifti2Image)
    after = read(path)
    assert after.shape == volume.shape
    assert after.same_grid(volume)


def test_cancelling_leaves_what_was_there(tmp_path: Path) -> None:
    path = write_nifti(Volume(phantom(), np.eye(4)), tmp_path / "a.nii.gz")
    before = path.read_bytes()
    token = CancelToken()

    def cancel_at_three(fraction: float, text: str = "") -> None:
        if text == "Writing slice 3 of 5":
            token.cancel()

    with pytest.raises(Cancelled):
        write_nifti(
            Volume(phantom() + np.uint16(1), np.eye(4)),
            path,
            progress=cancel_at_three,
            cancel=token,
        )
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.nii.gz"]


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.nii.gz").mkdir()  # a folder stands where the file should go
    with pytest.raises(ScanError, match=r"a\.nii\.gz cannot be written") as caught:
        write_nifti(Volume(phantom(), np.eye(4)), tmp_path / "a.nii.gz")
    assert caught.value.remedy
    assert [file.name for file in tmp_path.iterdir()] == ["a.nii.gz"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
@pytest.mark.parametrize("name", ["a.nii", "a.nii.gz"])
def test_a_disk_that_fills_up_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    import resource

    path = write_nifti(Volume(phantom((2, 8, 8)), np.eye(4)), tmp_path / name)
    before, limits = path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(fraction: float, text: str = "") -> None:  # no file may have more bytes than these
        resource.setrlimit(resource.RLIMIT_FSIZE, (400, limits[1]))

    try:
        with pytest.raises(ScanError) as caught:
            write_nifti(Volume(phantom((40, 64, 64)), np.eye(4)), path, progress=fill)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.problem == f"{name} cannot be written: File too large."
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {name: before}


def test_a_folder_that_is_lost_ends_in_a_sentence(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()

    def lose(fraction: float, text: str = "") -> None:
        shutil.rmtree(disk, ignore_errors=True)

    with pytest.raises(ScanError, match=r"a\.nii cannot be written: No such file or directory"):
        write_nifti(Volume(phantom(), np.eye(4)), disk / "a.nii", progress=lose)
    assert not disk.exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="cannot be written: No such file or directory"):
        write_nifti(Volume(phantom(), np.eye(4)), tmp_path / "gone" / "a.nii")


def test_another_ending_is_refused(tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4))
    with pytest.raises(ScanError, match=r"ends in \.nii\.gz or \.nii"):
        write_nifti(volume, tmp_path / "a.png")
    assert not any(tmp_path.iterdir())


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    path = write_nifti(Volume(phantom(), np.eye(4)), tmp_path / "a.nii")
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_half_precision_is_widened(tmp_path: Path) -> None:
    volume = Volume(phantom(dtype="f2"), np.eye(4))
    after = read(write_nifti(volume, tmp_path / "a.nii"))
    assert after.voxels.dtype == np.float32
    np.testing.assert_array_equal(after.voxels, volume.voxels)


def test_bytes_in_another_order_are_turned(tmp_path: Path) -> None:
    volume = Volume(phantom(dtype=">i2"), np.eye(4))
    np.testing.assert_array_equal(
        read(write_nifti(volume, tmp_path / "a.nii")).voxels, volume.voxels
    )


def test_real_scans_come_back_the_same(shared_data: Path, tmp_path: Path) -> None:
    before = read(shared_data / "ms-longitudinal/validation/patient09/study2_FLAIR.nii.gz")
    after = read(write_nifti(before, tmp_path / "out.nii.gz"))
    np.testing.assert_array_equal(after.voxels, before.voxels)
    assert after.same_grid(before)
    assert replace(after.source, paths=(), title="") == replace(before.source, paths=(), title="")
