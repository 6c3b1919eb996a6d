"""NIfTI files come in as nibabel reads them, in their stored type."""

import gzip
from pathlib import Path

import nibabel
import numpy as np
import pytest
from builders import change_header, phantom, write_nifti_scan
from hypothesis import given
from hypothesis import strategies as st

from isthmus.scans import read

TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"]
TILTED = np.array(
    [[0.8, -0.3, 0.1, -50], [0.25, 0.9, 0.4, -70], [-0.1, -0.2, 2.9, 20], [0, 0, 0, 1]]
)


def saved(path: Path, voxels: np.ndarray, **fields: object) -> Path:
    """Write a file, then change fields of its header, as careless programs do."""
    return change_header(write_nifti_scan(path, voxels), **fields)


@pytest.mark.parametrize("suffix", [".nii", ".nii.gz"])
@pytest.mark.parametrize("dtype", TYPES)
def test_voxels_and_affine_equal_nibabels(dtype: str, suffix: str, tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / f"scan{suffix}", phantom(dtype=dtype), TILTED)
    volume, image = read(path), nibabel.load(path)
    assert volume.voxels.dtype == np.dtype(dtype)
    assert volume.voxels.flags.c_contiguous
    assert not volume.voxels.flags.writeable
    np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
    np.testing.assert_array_equal(volume.affine, image.affine)
    assert volume.source.stored_bytes == volume.voxels.nbytes
    assert volume.source.warnings == ()
    assert volume.orientation_known


@given(st.floats(-5, 5).filter(lambda x: abs(x) > 0.01), st.floats(-2000, 2000))
def test_scaling_is_kept_beside_the_stored_values(
    tmp_path_factory: pytest.TempPathFactory, slope: float, intercept: float
) -> None:
    path = tmp_path_factory.mktemp("scaled") / "scan.nii"
    write_nifti_scan(path, phantom((2, 4, 3), "i2"), slope=slope, intercept=intercept)
    volume = read(path)
    np.testing.assert_array_equal(volume.voxels, phantom((2, 4, 3), "i2"))
    np.testing.assert_allclose(volume.real(volume.voxels), nibabel.load(path).get_fdata().T)


@pytest.mark.parametrize("slope", [0.0, np.nan, np.inf])
def test_a_slope_that_means_nothing_is_one(slope: float, tmp_path: Path) -> None:
    volume = read(saved(tmp_path / "a.nii", phantom(), scl_slope=slope, scl_inter=7.0))
    assert (volume.scale, volume.offset) == (1.0, 0.0)


def test_big_endian_files(tmp_path: Path) -> None:
    header = nibabel.Nifti1Header(endianness=">")
    header.set_data_dtype(">i2")
    image = nibabel.Nifti1Image(phantom(dtype="i2").T, TILTED, header)
    nibabel.save(image, tmp_path / "a.nii")
    assert int.from_bytes((tmp_path / "a.nii").read_bytes()[:4], "big") == 348
    volume = read(tmp_path / "a.nii")
    np.testing.assert_array_equal(volume.voxels, phantom(dtype="i2"))
    assert volume.voxels.dtype.isnative
    np.testing.assert_array_equal(volume.affine, nibabel.load(tmp_path / "a.nii").affine)


def test_nifti_2(tmp_path: Path) -> None:
    nibabel.save(nibabel.Nifti2Image(phantom().T, TILTED), tmp_path / "a.nii.gz")
    volume = read(tmp_path / "a.nii.gz")
    np.testing.assert_array_equal(volume.voxels, phantom())
    np.testing.assert_array_equal(volume.affine, TILTED)


@pytest.mark.parametrize(("sform", "qform"), [(1, 1), (2, 0), (0, 1), (0, 3), (1, 2)])
def test_s_form_goes_before_q_form(sform: int, qform: int, tmp_path: Path) -> None:
    image = nibabel.Nifti1Image(phantom().T, np.eye(4))
    image.set_sform(np.diag((2, -3, 4, 1.0)), code=sform)
    image.set_qform(np.diag((-1, 1.5, 2, 1.0)), code=qform, update_affine=True)
    nibabel.save(image, tmp_path / "a.nii")
    volume = read(tmp_path / "a.nii")
    np.testing.assert_array_equal(volume.affine, nibabel.load(tmp_path / "a.nii").affine)
    assert volume.orientation_known


def test_without_either_form_only_spacing_is_known(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.nii", phantom(), sform_code=0, qform_code=0)
    volume = read(path)
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    np.testing.assert_array_equal(volume.affine, nibabel.load(path).affine)
    assert not volume.orientation_known
    assert any("left and right are unknown" in text for text in volume.source.warnings)


@pytest.mark.parametrize("row", [[0, 0, 0, 0], [np.nan, 0, 0, 0]])
def test_a_singular_s_form_gives_way_to_the_q_form(row: list[float], tmp_path: Path) -> None:
    path = saved(tmp_path / "a.nii", phantom(), srow_z=row, qform_code=1)
    volume = read(path)
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    assert volume.orientation_known
    assert any("s-form" in text for text in volume.source.warnings)


def test_a_singular_affine_leaves_the_spacing(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.nii", phantom(), srow_z=[0, 0, 0, 0], qform_code=0)
    volume = read(path)
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    assert not volume.orientation_known
    assert any("position in the header is damaged" in text for text in volume.source.warnings)


def test_a_spacing_of_nothing_becomes_one_millimetre(tmp_path: Path) -> None:
    zero = [1, 0, np.nan, -2, 0, 0, 0, 0]
    path = saved(tmp_path / "a.nii", phantom(), pixdim=zero, sform_code=0, qform_code=0)
    assert read(path).spacing == pytest.approx((2.0, 1.0, 1.0))


def test_micrometres_become_millimetres(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom(), np.diag((50, 60, 200, 1.0)))
    assert read(path).spacing == pytest.approx((200, 60, 50))
    raw = bytearray(path.read_bytes())
    raw[123] = 3
    path.write_bytes(raw)
    assert read(path).spacing == pytest.approx((0.2, 0.06, 0.05))


def test_metres_beside_millimetres_are_not_believed(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom())
    raw = bytearray(path.read_bytes())
    raw[123] = 1
    path.write_bytes(raw)
    assert read(path).spacing == pytest.approx((3.0, 1.1, 0.9))


def test_gzip_in_many_members(tmp_path: Path) -> None:
    plain = write_nifti_scan(tmp_path / "a.nii", phantom()).read_bytes()
    pieces = [gzip.compress(plain[at : at + 700]) for at in range(0, len(plain), 700)]
    (tmp_path / "b.nii.gz").write_bytes(b"".join(pieces))
    np.testing.assert_array_equal(read(tmp_path / "b.nii.gz").voxels, phantom())


def test_content_counts_not_the_name(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom())
    path.rename(tmp_path / "renamed.dat")
    np.testing.assert_array_equal(read(tmp_path / "renamed.dat").voxels, phantom())


def test_an_extension_behind_the_header_is_passed_over(tmp_path: Path) -> None:
    image = nibabel.Nifti1Image(phantom().T, np.eye(4))
    image.header.extensions.append(nibabel.nifti1.Nifti1Extension("comment", b"x" * 3000))
    nibabel.save(image, tmp_path / "a.nii.gz")
    np.testing.assert_array_equal(read(tmp_path / "a.nii.gz").voxels, phantom())


def test_the_window_of_the_header(tmp_path: Path) -> None:
    (window,) = read(saved(tmp_path / "a.nii", phantom(), cal_min=100, cal_max=500)).windows
    assert (window.centre, window.width) == (300, 400)
    assert read(write_nifti_scan(tmp_path / "b.nii", phantom())).windows == ()


def test_a_window_that_is_just_the_range_is_no_window(tmp_path: Path) -> None:
    voxels = phantom()
    path = saved(tmp_path / "a.nii", voxels, cal_min=voxels.min(), cal_max=voxels.max())
    assert read(path).windows == ()


@pytest.mark.parametrize(
    ("name", "sequence", "modality"),
    [
        ("study2_FLAIR.nii.gz", "FLAIR", "MR"),
        ("sub-01_T1w.nii", "T1", "MR"),
        ("t2_flair_sag.nii", "FLAIR", "MR"),
        ("T2star.nii", "T2*", "MR"),
        ("scan-t2.nii.gz", "T2", "MR"),
        ("example_ct.nii", "CT", "CT"),
        ("detective.nii", "", ""),
        ("art1.nii", "", ""),
    ],
)
def test_the_sequence_is_read_from_the_name(
    name: str, sequence: str, modality: str, tmp_path: Path
) -> None:
    volume = read(write_nifti_scan(tmp_path / name, phantom((2, 3, 4))))
    assert (volume.source.sequence, volume.modality) == (sequence, modality)
    assert volume.source.title == name.split(".")[0]


def test_a_ct_that_goes_far_below_zero_is_in_hounsfield_units(tmp_path: Path) -> None:
    voxels = phantom(dtype="i2") - np.int16(1000)
    assert read(write_nifti_scan(tmp_path / "ct.nii", voxels)).unit == "HU"
    assert read(write_nifti_scan(tmp_path / "ct2.nii", voxels + np.int16(1000))).unit == ""


def test_progress_tells_each_slice(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    path = write_nifti_scan(tmp_path / "a.nii.gz", phantom())
    read(path, progress=lambda fraction, text="": told.append((fraction, text)))
    assert [text for _, text in told if "slice" in text] == [
        f"Reading slice {k} of 5" for k in range(1, 6)
    ]
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)


def test_real_scans_equal_nibabels(shared_data: Path) -> None:
    for name in (
        "ms-longitudinal/validation/patient09/study2_FLAIR.nii.gz",
        "ms-mni/patient07/flair.nii.gz",
        "ct-thorax/example_ct.nii.gz",
    ):
        volume, image = read(shared_data / name), nibabel.load(shared_data / name)
        np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
        assert volume.voxels.dtype == image.get_data_dtype()
        np.testing.assert_array_equal(volume.affine, image.affine)
        assert volume.source.warnings == ()
