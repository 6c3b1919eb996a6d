"""Axial, coronal and sagittal pictures stand as radiologists expect, whatever the file's axes."""

from itertools import permutations, product
from pathlib import Path

import nibabel
import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from hypothesis import given
from hypothesis import strategies as st
from nibabel.orientations import axcodes2ornt, inv_ornt_aff, ornt_transform
from scipy.spatial.transform import Rotation

from isthmus.scans import Plane, Volume, acquired_plane, plane_view, plane_views, read

CODES = [
    "".join(pair[side] for pair, side in zip(order, sides, strict=True))
    for order in permutations(("LR", "PA", "IS"))
    for sides in product((0, 1), repeat=3)
]
NEUROLOGICAL = (False, True)
# The directions (x, y, z of RAS+; sign) of slices, rows downwards and columns to the right.
DIRECTIONS = {
    Plane.AXIAL: ((2, 1), (1, -1), (0, -1)),
    Plane.CORONAL: ((1, 1), (2, -1), (0, -1)),
    Plane.SAGITTAL: ((0, -1), (2, -1), (1, -1)),
}


def reference_slice(
    ras: np.ndarray, plane: Plane, index: int, neurological: bool = False
) -> np.ndarray:
    """The same picture from an array with axes (x, y, z) of RAS+, written out by hand."""
    if plane is Plane.SAGITTAL:
        return ras[len(ras) - 1 - index, ::-1, ::-1].T
    if neurological:
        return (ras[:, ::-1, index] if plane is Plane.AXIAL else ras[:, index, ::-1]).T
    return (ras[::-1, ::-1, index] if plane is Plane.AXIAL else ras[::-1, index, ::-1]).T


def oblique(rotation: list[float], flips: list[int], spacing: tuple[float, ...]) -> Volume:
    affine = np.eye(4)
    affine[:3, :3] = Rotation.from_rotvec(rotation).as_matrix() * flips * spacing
    affine[:3, 3] = (7.0, -11.0, 13.0)
    return Volume(np.zeros((3, 4, 5), np.uint8), affine)


ROTATIONS = st.lists(st.floats(-4, 4), min_size=3, max_size=3)
FLIPS = st.lists(st.sampled_from((-1, 1)), min_size=3, max_size=3)


def test_there_are_48_ways_to_store_a_volume() -> None:
    assert len(set(CODES)) == 48


@pytest.mark.parametrize("codes", CODES)
def test_every_axis_code_shows_the_same_pictures(codes: str, tmp_path: Path) -> None:
    ras = phantom((5, 9, 7)).T
    affine = np.diag((0.9, 1.1, 3.0, 1.0))
    turn = ornt_transform(axcodes2ornt("RAS"), axcodes2ornt(codes))
    turned = nibabel.Nifti1Image(
        nibabel.apply_orientation(ras, turn), affine @ inv_ornt_aff(turn, ras.shape)
    )
    nibabel.save(turned, tmp_path / "scan.nii")

    volume = read(tmp_path / "scan.nii")

    assert nibabel.aff2axcodes(volume.affine) == tuple(codes)
    for plane, mirrored in product(Plane, NEUROLOGICAL):
        view = plane_view(volume, plane, neurological=mirrored)
        assert view.n_slices == {"axial": 5, "coronal": 9, "sagittal": 7}[plane]
        for index in range(view.n_slices):
            np.testing.assert_array_equal(
                view.extract(volume.voxels, index), reference_slice(ras, plane, index, mirrored)
            )


@pytest.mark.parametrize(
    ("plane", "letters", "ends", "millimetres"),
    [
        (Plane.AXIAL, ("R", "L", "A", "P"), ("I", "S"), (3.0, 1.1, 0.9)),
        (Plane.CORONAL, ("R", "L", "S", "I"), ("P", "A"), (1.1, 3.0, 0.9)),
        (Plane.SAGITTAL, ("A", "P", "S", "I"), ("R", "L"), (0.9, 3.0, 1.1)),
    ],
)
def test_letters_and_sizes_of_pixels(
    plane: Plane,
    letters: tuple[str, ...],
    ends: tuple[str, str],
    millimetres: tuple[float, ...],
    tmp_path: Path,
) -> None:
    view = plane_view(read(write_nifti_scan(tmp_path / "a.nii", phantom())), plane)
    assert view.letters == letters
    assert view.ends == ends
    assert (view.slice_mm, view.row_mm, view.column_mm) == pytest.approx(millimetres)
    assert (view.n_slices, view.n_rows, view.n_columns) == tuple(
        view.shape[axis] for axis in (view.slice_axis, view.row_axis, view.column_axis)
    )


@pytest.mark.parametrize(
    ("plane", "letters"),
    [
        (Plane.AXIAL, ("L", "R", "A", "P")),
        (Plane.CORONAL, ("L", "R", "S", "I")),
        (Plane.SAGITTAL, ("A", "P", "S", "I")),
    ],
)
def test_the_neurological_convention_has_the_patients_left_at_the_left(
    plane: Plane, letters: tuple[str, ...], tmp_path: Path
) -> None:
    volume = read(write_nifti_scan(tmp_path / "a.nii", phantom()))
    view, usual = plane_view(volume, plane, neurological=True), plane_view(volume, plane)
    assert view.letters == letters
    assert view.ends == usual.ends
    assert (view.slice_mm, view.row_mm, view.column_mm) == (
        usual.slice_mm,
        usual.row_mm,
        usual.column_mm,
    )
    # The letter at the right is where the body goes as columns go on.
    voxel = view.to_voxel(1, 1, view.n_columns - 1)
    middle = view.to_voxel(1, 1, 0)
    way = np.array(volume.to_mm(*voxel)) - np.array(volume.to_mm(*middle))
    world, sign = {"R": (0, 1), "L": (0, -1), "A": (1, 1), "P": (1, -1)}[view.letters[1]]
    assert way[world] * sign > 0


@given(ROTATIONS, FLIPS)
def test_conventions_differ_by_a_mirror_and_nothing_else(
    rotation: list[float], flips: list[int]
) -> None:
    volume = oblique(rotation, flips, (0.5, 0.6, 4.0))
    voxels = np.arange(60).reshape(volume.shape)
    for plane in Plane:
        one, other = (plane_view(volume, plane, neurological=each) for each in NEUROLOGICAL)
        step = 1 if plane is Plane.SAGITTAL else -1
        for index in range(one.n_slices):
            np.testing.assert_array_equal(
                other.extract(voxels, index), one.extract(voxels, index)[:, ::step]
            )


@pytest.mark.parametrize("neurological", NEUROLOGICAL)
@given(ROTATIONS, FLIPS)
def test_an_oblique_volume_shows_three_different_axes(
    neurological: bool, rotation: list[float], flips: list[int]
) -> None:
    volume = oblique(rotation, flips, (0.5, 0.6, 4.0))
    views = list(plane_views(volume, neurological=neurological).values())
    assert {view.slice_axis for view in views} == {0, 1, 2}
    for view in views:
        assert {view.slice_axis, view.row_axis, view.column_axis} == {0, 1, 2}
        # Along each axis of the display the body's coordinate changes in the promised direction.
        origin = np.array(volume.to_mm(*view.to_voxel(0, 0, 0)))
        for step, (world, sign) in zip(np.eye(3), DIRECTIONS[view.plane], strict=True):
            way = np.array(volume.to_mm(*view.to_voxel(*step))) - origin
            mirrored = neurological and view.plane is not Plane.SAGITTAL and step[2]
            assert way[world] * (-sign if mirrored else sign) >= 0


@given(ROTATIONS)
def test_a_slightly_tilted_volume_keeps_its_planes(rotation: list[float]) -> None:
    tilted = np.asarray(rotation) * 0.15  # up to about 60 degrees over all three, 35 about one
    if np.linalg.norm(tilted) > np.radians(40):
        tilted *= np.radians(40) / np.linalg.norm(tilted)
    volume = oblique(list(tilted), [1, 1, 1], (1, 1, 1))
    assert acquired_plane(volume) is Plane.AXIAL
    assert plane_view(volume, Plane.SAGITTAL).slice_axis == 2


@pytest.mark.parametrize("neurological", NEUROLOGICAL)
@given(ROTATIONS, FLIPS, st.tuples(*(st.floats(-3, 8),) * 3), st.sampled_from(list(Plane)))
def test_display_and_voxel_positions_are_each_others_inverse(
    neurological: bool,
    rotation: list[float],
    flips: list[int],
    place: tuple[float, float, float],
    plane: Plane,
) -> None:
    view = plane_view(oblique(rotation, flips, (1, 1, 1)), plane, neurological=neurological)
    assert view.from_voxel(*view.to_voxel(*place)) == pytest.approx(place)
    assert view.to_voxel(*view.from_voxel(*place)) == pytest.approx(place)


@pytest.mark.parametrize("neurological", NEUROLOGICAL)
@given(ROTATIONS, FLIPS, st.data())
def test_a_pixel_is_the_voxel_at_its_position(
    neurological: bool, rotation: list[float], flips: list[int], data: st.DataObject
) -> None:
    volume = oblique(rotation, flips, (1, 1, 1))
    voxels = np.arange(60).reshape(volume.shape)
    plane = data.draw(st.sampled_from(list(Plane)))
    view = plane_view(volume, plane, neurological=neurological)
    index, row, column = (
        data.draw(st.integers(0, n - 1)) for n in (view.n_slices, view.n_rows, view.n_columns)
    )
    k, j, i = (int(value) for value in view.to_voxel(index, row, column))
    assert view.extract(voxels, index)[row, column] == voxels[k, j, i]


def test_a_slice_is_a_view_of_the_voxels() -> None:
    volume = oblique([0.3, 0.1, 2.0], [1, -1, 1], (1, 1, 1))
    for plane in Plane:
        assert np.shares_memory(plane_view(volume, plane).extract(volume.voxels, 1), volume.voxels)


def test_slices_that_do_not_exist_are_refused() -> None:
    volume = oblique([0, 0, 0], [1, 1, 1], (1, 1, 1))
    view = plane_view(volume, Plane.AXIAL)
    for index in (-1, 3):
        with pytest.raises(IndexError):
            view.extract(volume.voxels, index)
    with pytest.raises(ValueError, match="shape"):
        view.extract(volume.voxels[:2], 0)


def test_no_letters_without_a_known_orientation() -> None:
    volume = Volume(np.zeros((2, 3, 4), np.uint8), np.eye(4), orientation_known=False)
    view = plane_view(volume, Plane.AXIAL)
    assert view.letters is None
    assert view.ends is None


@pytest.mark.parametrize(
    ("codes", "plane"), [("RAS", "axial"), ("RSA", "coronal"), ("PSR", "sagittal")]
)
def test_the_acquired_plane_is_that_of_the_slices(codes: str, plane: str) -> None:
    turn = ornt_transform(axcodes2ornt("RAS"), axcodes2ornt(codes))
    affine = inv_ornt_aff(turn, (4, 4, 4))
    assert acquired_plane(Volume(np.zeros((4, 4, 4), np.uint8), affine)) == plane
