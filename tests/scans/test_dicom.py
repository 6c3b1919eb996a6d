"""DICOM series come in sorted by position, placed as the standard says, in their stored type."""

from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pydicom
import pytest
from builders import AXIAL, phantom, write_dicom_enhanced, write_dicom_series
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.uid import (
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)
from scipy.spatial.transform import Rotation

from isthmus.scans import Plane, Volume, acquired_plane, plane_view, read

SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)


def place(
    orientation: Any, origin: Any, spacing: Any, step: float, k: float, j: float, i: float
) -> np.ndarray:
    """Where a voxel lies in RAS+: equation C.7.6.2.1-1 of the standard, with x and y turned."""
    along_row, along_column = np.array(orientation[:3]), np.array(orientation[3:])
    lps = (
        np.array(origin)
        + along_row * spacing[1] * i
        + along_column * spacing[0] * j
        + np.cross(along_row, along_column) * step * k
    )
    return lps * (-1, -1, 1)


def warned(volume: Volume, words: str) -> bool:
    return any(words in text for text in volume.source.warnings)


@pytest.mark.parametrize("dtype", ["u1", "u2", "i2"])
def test_slices_are_sorted_by_position_in_their_stored_type(dtype: str, tmp_path: Path) -> None:
    voxels = phantom(dtype=dtype)
    if dtype == "i2":
        voxels -= 300
    write_dicom_series(tmp_path, voxels)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.voxels.dtype == np.dtype(dtype)
    assert volume.source.stored_bytes == voxels.nbytes
    assert volume.source.warnings == ()
    assert volume.source.left_out == ()
    assert volume.modality == "MR"
    assert volume.source.sequence == "T1"


@pytest.mark.parametrize("enhanced", [False, True])
@settings(max_examples=12, deadline=None)
@given(rotation=st.lists(st.floats(-4, 4), min_size=3, max_size=3), step=st.floats(0.5, 8))
def test_oblique_positions_are_those_of_the_standard(
    enhanced: bool,
    rotation: list[float],
    step: float,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("oblique")
    turn = Rotation.from_rotvec(rotation).as_matrix()
    orientation = [round(float(value), 8) for value in (*turn[:, 0], *turn[:, 1])]
    origin, spacing = (-31.5, 44.25, 60.0), (1.25, 0.75)
    voxels = phantom((4, 6, 5))
    kept: dict[str, Any] = {"orientation": orientation, "origin": origin, "spacing": spacing}
    if enhanced:
        write_dicom_enhanced(folder / "a.dcm", voxels, step=step, order=[2, 0, 3, 1], **kept)
        volume = read(folder / "a.dcm")
    else:
        write_dicom_series(folder, voxels, step=step, **kept)
        volume = read(folder)
    np.testing.assert_array_equal(volume.voxels, voxels)
    for k, j, i in [(0, 0, 0), (3, 0, 0), (0, 5, 0), (0, 0, 4), (2, 3, 1)]:
        expected = place(orientation, origin, spacing, step, k, j, i)
        np.testing.assert_allclose(volume.to_mm(k, j, i), expected, atol=1e-4)


@pytest.mark.parametrize(
    ("orientation", "plane"), [(AXIAL, "axial"), (CORONAL, "coronal"), (SAGITTAL, "sagittal")]
)
def test_a_slice_stands_as_the_scanner_meant_it(
    orientation: Any, plane: str, tmp_path: Path
) -> None:
    """Scanners store rows and columns in radiological convention: nothing is to be flipped."""
    voxels = phantom()
    write_dicom_series(tmp_path, voxels, orientation=orientation)
    volume = read(tmp_path)
    assert acquired_plane(volume) == plane
    view = plane_view(volume, Plane(plane))
    index = int(view.from_voxel(1, 0, 0)[0])
    np.testing.assert_array_equal(view.extract(volume.voxels, index), voxels[1])


def test_a_tilted_gantry_shears_the_affine(tmp_path: Path) -> None:
    positions = [(-100.0, -120.0 + 0.5 * k, 3.0 * k) for k in range(5)]
    write_dicom_series(tmp_path, phantom(), positions=positions)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, phantom())
    np.testing.assert_allclose(volume.to_mm(4, 0, 0), (100, 118, 12), atol=1e-6)
    assert len(volume.source.warnings) == 1
    assert warned(volume, "The slices lean by 9.5°, as with a tilted gantry.")


def test_slices_to_the_side_are_told(tmp_path: Path) -> None:
    positions = [(-100.0, -120.0 + (2.0 if k == 3 else 0.0), 3.0 * k) for k in range(6)]
    write_dicom_series(tmp_path, phantom((6, 8, 8)), positions=positions)
    assert warned(read(tmp_path), "slice 4 is 2 mm to the side")


def test_missing_slices_are_counted(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom((9, 8, 8)))
    paths[3].unlink()
    paths[4].unlink()
    volume = read(tmp_path)
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    assert warned(volume, "2 slices are missing")
    assert warned(volume, "9 mm instead of 3 mm, follows slice 3. Positions behind it are wrong")


def test_of_several_gaps_each_is_named(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom((12, 8, 8)))
    for k in (2, 5, 9):
        paths[k].unlink()
    assert warned(read(tmp_path), "follows slice 2. Others follow slices 4, 7.")


def test_uneven_slices_are_measured(tmp_path: Path) -> None:
    positions = [(0.0, 0.0, z) for z in (0.0, 3.0, 6.0, 9.4, 12.4)]
    write_dicom_series(tmp_path, phantom(), positions=positions)
    volume = read(tmp_path)
    assert warned(
        volume,
        "unevenly spaced: 3 to 3.4 mm. They are shown 3 mm apart, which is wrong behind slice 3.",
    )


def test_rounded_positions_are_even(tmp_path: Path) -> None:
    positions = [(0.0, 0.0, round(10 / 3 * k, 2)) for k in range(5)]
    write_dicom_series(tmp_path, phantom(), positions=positions)
    volume = read(tmp_path)
    assert volume.source.warnings == ()
    assert volume.spacing[0] == pytest.approx(13.33 / 4)


def test_of_two_slices_at_one_place_the_first_is_kept(tmp_path: Path) -> None:
    voxels = phantom((6, 8, 8))
    positions = [(0.0, 0.0, 3.0 * k) for k in (0, 1, 2, 2, 3, 4)]
    paths = write_dicom_series(tmp_path, voxels, positions=positions)
    volume = read(tmp_path)
    # Instance numbers fall with k, so the second of the pair comes first.
    np.testing.assert_array_equal(volume.voxels, voxels[[0, 1, 3, 4, 5]])
    assert warned(
        volume, "1 slice left out: another lies at the same place, and comes first (slice 3)"
    )
    assert volume.source.left_out == ((paths[2], "lies at the place of another slice"),)


def test_a_4d_series_opens_its_first_volume(tmp_path: Path) -> None:
    voxels = phantom((10, 8, 8))
    positions = [(0.0, 0.0, 3.0 * (k % 5)) for k in range(10)]
    write_dicom_series(tmp_path, voxels, positions=positions, InstanceNumber=list(range(1, 11)))
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, voxels[:5])
    assert warned(volume, "4-D. The first of its 2 volumes is open: volume 1 of 2.")


def test_slices_at_another_angle_are_left_out(tmp_path: Path) -> None:
    uid = generate_uid()
    write_dicom_series(tmp_path, phantom(), series=uid, prefix="A")
    write_dicom_series(tmp_path, phantom((2, 24, 20)), series=uid, prefix="B", orientation=SAGITTAL)
    volume = read(tmp_path)
    assert acquired_plane(volume) is Plane.AXIAL
    assert volume.shape == (5, 24, 20)
    assert warned(volume, "2 slices of 7 with another size, angle or stack")
    assert len(volume.source.left_out) == 2


def test_directions_that_differ_by_rounding_are_one_volume(tmp_path: Path) -> None:
    tilted = [[0.99875 + (-1) ** k * 1e-6, 0.05, 0.0, -0.05, 0.99875, 0.0] for k in range(5)]
    write_dicom_series(tmp_path, phantom(), ImageOrientationPatient=tilted)
    volume = read(tmp_path)
    assert volume.shape[0] == 5
    assert volume.source.warnings == ()


def test_without_positions_slices_stand_by_number(tmp_path: Path) -> None:
    voxels = phantom()
    gone: dict[str, Any] = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
    write_dicom_series(tmp_path, voxels, **gone)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, voxels[::-1])
    assert not volume.orientation_known
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    assert warned(volume, "left and right are unknown")


def test_without_a_pixel_size_one_millimetre_is_assumed(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), PixelSpacing=None)
    volume = read(tmp_path)
    assert volume.spacing == pytest.approx((3.0, 1.0, 1.0))
    assert warned(volume, "1 mm is assumed")


def test_one_rescale_for_all_slices_stays_beside_the_voxels(tmp_path: Path) -> None:
    ct: dict[str, Any] = {"Modality": "CT", "RescaleSlope": 1.0, "RescaleIntercept": -1024.0}
    write_dicom_series(tmp_path, phantom(), **ct)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, phantom())
    assert (volume.scale, volume.offset, volume.unit) == (1.0, -1024.0, "HU")
    assert volume.modality == "CT"


def test_a_rescale_of_each_slice_makes_real_values(tmp_path: Path) -> None:
    slopes = [1.0, 2.0, 0.5, 3.0, 1.5]
    write_dicom_series(tmp_path, phantom(), RescaleSlope=slopes, RescaleIntercept=10.0)
    volume = read(tmp_path)
    assert volume.voxels.dtype == np.float32
    expected = phantom() * np.array(slopes)[:, None, None] + 10
    np.testing.assert_allclose(volume.voxels, expected, rtol=1e-6)
    assert (volume.scale, volume.offset) == (1.0, 0.0)
    assert volume.source.stored_bytes == phantom().nbytes


@pytest.mark.parametrize("dtype", ["u2", "i2"])
def test_bits_above_those_stored_are_cleared(dtype: str, tmp_path: Path) -> None:
    true = (phantom() % 2048).astype(dtype)
    if dtype == "i2":
        true -= 900
    dirty = true.view("u2") & 0x0FFF | 0xA000
    signed = int(dtype == "i2")
    bits = {"BitsStored": 12, "HighBit": 11, "PixelRepresentation": signed}
    write_dicom_series(tmp_path, dirty, **bits)
    volume = read(tmp_path)
    assert volume.voxels.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(volume.voxels, true)
    # Ratios are to what was stored: twelve bits a voxel.
    assert volume.source.stored_bytes == true.size * 12 // 8


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless, JPEGLSLossless])
def test_lossless_encodings(syntax: pydicom.uid.UID, tmp_path: Path) -> None:
    voxels = phantom((3, 64, 48))  # JPEG 2000 needs 32 pixels for its levels
    for path in write_dicom_series(tmp_path, voxels):
        dataset = pydicom.dcmread(path)
        dataset.compress(syntax)
        dataset.save_as(path)
    np.testing.assert_array_equal(read(tmp_path).voxels, voxels)


def test_windows_come_from_the_file(tmp_path: Path) -> None:
    own: dict[str, Any] = {"WindowCenter": [40.0, 300.0], "WindowWidth": [400.0, 1500.0]}
    own["WindowCenterWidthExplanation"] = ["SOFT", "BONE"]
    write_dicom_series(tmp_path, phantom(), **own)
    found = [(window.name, window.centre, window.width) for window in read(tmp_path).windows]
    assert found == [("SOFT", 40, 400), ("BONE", 300, 1500)]


def test_a_window_without_width_is_passed_over(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), WindowCenter=40.0, WindowWidth=0.0)
    assert read(tmp_path).windows == ()


def test_a_source_with_loss_says_so(tmp_path: Path) -> None:
    lossy = {"LossyImageCompression": "01", "LossyImageCompressionRatio": 12.5}
    write_dicom_series(tmp_path, phantom(), LossyImageCompressionMethod="ISO_15444_1", **lossy)
    volume = read(tmp_path)
    assert volume.source.lossy == "ISO_15444_1, 12.5:1"
    assert warned(volume, "already compressed with loss")
    write_dicom_series(tmp_path / "b", phantom(), LossyImageCompression="00")
    assert read(tmp_path / "b").source.lossy == ""


def test_a_scan_is_anonymous_if_every_file_says_so(tmp_path: Path) -> None:
    write_dicom_series(tmp_path / "a", phantom(), PatientIdentityRemoved="YES")
    write_dicom_series(tmp_path / "b", phantom())
    write_dicom_series(tmp_path / "c", phantom(), PatientIdentityRemoved="YES")
    one = sorted((tmp_path / "c").iterdir())[3]
    header = pydicom.dcmread(one)
    header.PatientIdentityRemoved = "NO"
    header.save_as(one)
    said = [read(tmp_path / name).source.anonymous for name in "abc"]
    assert said == [True, False, False]


def test_inverted_pictures_say_so(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), PhotometricInterpretation="MONOCHROME1")
    assert warned(read(tmp_path), "lowest value to be white")


def test_a_sequence_without_words_comes_from_its_code(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), description="head", ScanningSequence=["GR", "IR"])
    assert read(tmp_path).source.sequence == "Inversion recovery"


@pytest.mark.parametrize("shared", [True, False])
def test_an_enhanced_file(shared: bool, tmp_path: Path) -> None:
    voxels = phantom()
    path = write_dicom_enhanced(
        tmp_path / "e.dcm", voxels, order=[3, 0, 4, 1, 2], shared=shared, orientation=SAGITTAL
    )
    volume = read(path)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.source.kind == "DICOM, enhanced"
    assert volume.source.warnings == ()
    assert [window.centre for window in volume.windows] == [402]
    assert volume.spacing == pytest.approx((3.0, 1.1, 0.9))
    assert read(tmp_path).same_grid(volume)


def test_of_several_stacks_the_largest_is_opened(tmp_path: Path) -> None:
    voxels = phantom((6, 8, 8))
    path = write_dicom_enhanced(tmp_path / "e.dcm", voxels, stacks=["a", "a", "b", "b", "b", "b"])
    volume = read(path)
    np.testing.assert_array_equal(volume.voxels, voxels[2:])
    assert warned(volume, "2 slices of 6")


def test_scaling_in_the_groups_of_frames(tmp_path: Path) -> None:
    voxels = phantom((3, 8, 8))
    same = write_dicom_enhanced(tmp_path / "a.dcm", voxels, scalings=[(2.0, 5.0)] * 3)
    assert (read(same).scale, read(same).offset) == (2.0, 5.0)
    own = write_dicom_enhanced(
        tmp_path / "b.dcm", voxels, scalings=[(2.0, 0.0), (1.0, 0.0), (0.5, 1.0)], order=[2, 1, 0]
    )
    np.testing.assert_allclose(read(own).voxels[0], voxels[0] * 2.0)
    np.testing.assert_allclose(read(own).voxels[2], voxels[2] * 0.5 + 1)


def test_real_enhanced_file_equals_dcm2niix(shared_data: Path) -> None:
    folder = shared_data / "dicom-enhanced-xa30"
    volume = read(folder / "5_anat-T1w_acq-tfl.dcm")
    image = nibabel.load(folder / "reference" / "5_anat-T1w_acq-tfl.nii")
    reference = Volume(np.asanyarray(image.dataobj).T, image.affine)
    # dcm2niix turned the axes; as pictures they must be equal, and so must positions.
    for plane in Plane:
        mine, theirs = plane_view(volume, plane), plane_view(reference, plane)
        assert mine.n_slices == theirs.n_slices
        for index in (0, mine.n_slices // 3, mine.n_slices - 1):
            np.testing.assert_array_equal(
                mine.extract(volume.voxels, index), theirs.extract(reference.voxels, index)
            )
            here = volume.to_mm(*mine.to_voxel(index, 5, 9))
            there = reference.to_mm(*theirs.to_voxel(index, 5, 9))
            np.testing.assert_allclose(here, there, atol=1e-3)
