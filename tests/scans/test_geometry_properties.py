"""However a series was angled, spaced, named and shuffled, every voxel lies where its file says."""

import random
from dataclasses import dataclass

import nibabel
import numpy as np
import pytest
from builders import write_dicom_enhanced, write_dicom_series
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from isthmus.scans import Plane, Volume, plane_view, read

# Millimetres: the agreement that is asked for, and what the rounding of positions leaves of it.
TOLERANCE = 1e-4
LPS_TO_RAS = np.diag((-1.0, -1.0, 1.0))
PATIENT_POSITIONS = ("HFS", "HFP", "HFDR", "HFDL", "FFS", "FFP", "FFDR", "FFDL", "LFP", "")

FEW = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Geometry:
    """Where the slices of a series lie, in LPS+; directions rounded as a scanner writes them."""

    shape: tuple[int, int, int]
    orientation: tuple[float, ...]
    spacing: tuple[float, float]
    positions: tuple[tuple[float, ...], ...]

    @property
    def voxels(self) -> np.ndarray:
        """All different, so that a value says which voxel it is."""
        return np.arange(np.prod(self.shape), dtype=np.uint16).reshape(self.shape)

    def places(self, values: np.ndarray) -> np.ndarray:
        """RAS+ positions of voxels by the standard's formula (PS3.3 C.7.6.2.1.1); one a row."""
        k, j, i = (index[:, None] for index in np.unravel_index(values.ravel(), self.shape))
        along_row, along_column = np.reshape(self.orientation, (2, 3))
        row_mm, column_mm = self.spacing
        first = np.array(self.positions)[k[:, 0]]
        return (first + along_row * column_mm * i + along_column * row_mm * j) @ LPS_TO_RAS


@st.composite
def geometries(draw: st.DrawFn, *, slices: int | None = None, tilted: bool = False) -> Geometry:
    shape = (
        slices or draw(st.integers(2, 6)),
        draw(st.integers(2, 12)),
        draw(st.integers(2, 12)),
    )
    turn = Rotation.from_rotvec([draw(st.floats(-4, 4)) for _ in range(3)]).as_matrix().round(6)
    millimetres = st.floats(0.2, 12).map(lambda value: round(value, 4))
    step = draw(millimetres)
    way = np.cross(turn[0], turn[1]) * step
    if tilted:
        # 3° to 30°, as gantries go, either way.
        angle = np.radians(draw(st.floats(3, 30)) * draw(st.sampled_from((-1, 1))))
        way = way + turn[1] * step * np.tan(angle)
    origin = np.array([draw(st.floats(-300, 300)) for _ in range(3)])
    return Geometry(
        shape,
        tuple(np.concatenate((turn[0], turn[1]))),
        (draw(millimetres), draw(millimetres)),
        tuple(tuple((origin + k * way).round(6)) for k in range(shape[0])),
    )


def check_places(volume: Volume, geometry: Geometry) -> None:
    """Every value is there once, and lies where the file of its slice says."""
    assert sorted(volume.voxels.ravel()) == sorted(geometry.voxels.ravel())
    k, j, i = np.indices(volume.shape).reshape(3, -1)
    check_points(volume, geometry, (k, j, i), volume.voxels)


def check_points(
    volume: Volume, geometry: Geometry, voxels: tuple[np.ndarray, ...], values: np.ndarray
) -> None:
    """The voxels (k, j, i), which hold `values`, lie where the files put those values."""
    k, j, i = voxels
    found = nibabel.affines.apply_affine(volume.affine, np.column_stack((i, j, k)))
    np.testing.assert_allclose(found, geometry.places(values), atol=TOLERANCE, rtol=0)


@FEW
@given(geometries(), st.sampled_from(PATIENT_POSITIONS), st.randoms(use_true_random=False))
def test_a_classic_series(
    tmp_path_factory: pytest.TempPathFactory,
    geometry: Geometry,
    patient: str,
    chance: random.Random,
) -> None:
    folder = tmp_path_factory.mktemp("series")
    numbers = list(range(1, geometry.shape[0] + 1))
    chance.shuffle(numbers)
    paths = write_dicom_series(
        folder,
        geometry.voxels,
        orientation=geometry.orientation,
        spacing=geometry.spacing,
        positions=geometry.positions,
        PatientPosition=patient,
        InstanceNumber=numbers,
    )
    names = [f"{chance.choice(('', 'a/', 'b/c/'))}{n}" for n in range(len(paths))]
    chance.shuffle(names)
    for path, name in zip(paths, names, strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        path.rename(folder / name)
    volume = read(folder)
    check_places(volume, geometry)
    assert volume.source.warnings == ()


@FEW
@given(geometries(), st.booleans(), st.randoms(use_true_random=False))
def test_an_enhanced_file(
    tmp_path_factory: pytest.TempPathFactory,
    geometry: Geometry,
    shared: bool,
    chance: random.Random,
) -> None:
    order = list(range(geometry.shape[0]))
    chance.shuffle(order)
    first, second = np.array(geometry.positions[:2])
    path = write_dicom_enhanced(
        tmp_path_factory.mktemp("enhanced") / "file",
        geometry.voxels,
        orientation=geometry.orientation,
        origin=first,
        spacing=geometry.spacing,
        step=float(np.linalg.norm(second - first)),
        order=order,
        shared=shared,
    )
    check_places(read(path), geometry)


@FEW
@given(geometries(tilted=True))
def test_a_tilted_gantry(tmp_path_factory: pytest.TempPathFactory, geometry: Geometry) -> None:
    folder = tmp_path_factory.mktemp("tilted")
    write_dicom_series(
        folder,
        geometry.voxels,
        orientation=geometry.orientation,
        spacing=geometry.spacing,
        positions=geometry.positions,
        Modality="CT",
    )
    volume = read(folder)
    check_places(volume, geometry)
    assert any("tilted gantry" in text for text in volume.source.warnings)


@FEW
@given(geometries(slices=1), st.sampled_from((None, 0.7, 5.0)))
def test_a_single_slice(
    tmp_path_factory: pytest.TempPathFactory, geometry: Geometry, thickness: float | None
) -> None:
    folder = tmp_path_factory.mktemp("single")
    write_dicom_series(
        folder,
        geometry.voxels,
        orientation=geometry.orientation,
        spacing=geometry.spacing,
        positions=geometry.positions,
        SliceThickness=thickness,
    )
    volume = read(folder)
    check_places(volume, geometry)
    assert volume.spacing[0] == pytest.approx(thickness or 1.0, rel=1e-6)


@FEW
@given(geometries())
def test_a_point_is_the_same_in_every_plane(
    tmp_path_factory: pytest.TempPathFactory, geometry: Geometry
) -> None:
    """A voxel that is picked by its value in one plane lies at the same millimetres in all."""
    folder = tmp_path_factory.mktemp("planes")
    write_dicom_series(
        folder,
        geometry.voxels,
        orientation=geometry.orientation,
        spacing=geometry.spacing,
        positions=geometry.positions,
    )
    volume = read(folder)
    for plane in Plane:
        view = plane_view(volume, plane)
        for index in range(view.n_slices):
            picture = view.extract(volume.voxels, index)
            places = [view.to_voxel(index, *point) for point in np.ndindex(picture.shape)]
            check_points(volume, geometry, tuple(np.transpose(places)), picture)


@settings(FEW, max_examples=60)
@given(
    st.integers(0, 4),
    st.integers(0, 4),
    st.lists(st.floats(-4, 4), min_size=6, max_size=6),
    st.sampled_from((-1.0, 0.0, 1.0)),
    st.lists(st.floats(0.25, 12, width=32), min_size=6, max_size=6),
    st.lists(st.floats(-300, 300, width=32), min_size=6, max_size=6),
)
def test_nifti_lies_where_nibabel_puts_it(
    tmp_path_factory: pytest.TempPathFactory,
    sform: int,
    qform: int,
    turns: list[float],
    qfac: float,
    millimetres: list[float],
    origins: list[float],
) -> None:
    """Any s-form with any q-form: the same one wins, and puts every voxel at the same place."""
    path = tmp_path_factory.mktemp("nifti") / "scan.nii"
    image = nibabel.Nifti1Image(np.zeros((5, 4, 3), np.int16), np.eye(4))
    header = image.header
    turned = [Rotation.from_rotvec(turns[n : n + 3]) for n in (0, 3)]
    rows = np.column_stack((turned[0].as_matrix() * millimetres[:3], origins[:3]))
    header["srow_x"], header["srow_y"], header["srow_z"] = rows
    x, y, z, w = turned[1].as_quat()
    header["quatern_b"], header["quatern_c"], header["quatern_d"] = np.sign(w or 1.0) * np.array(
        (x, y, z)
    )
    header["qoffset_x"], header["qoffset_y"], header["qoffset_z"] = origins[3:]
    header["pixdim"][:4] = [qfac, *millimetres[3:]]
    path.write_bytes(header.binaryblock + bytes(4) + image.dataobj.tobytes())
    # The codes stand at bytes 252 and 254; nibabel would keep them in step with the forms.
    raw = bytearray(path.read_bytes())
    raw[252:256] = np.array((qform, sform), "<i2").tobytes()
    path.write_bytes(raw)
    np.testing.assert_allclose(read(path).affine[:3], nibabel.load(path).affine[:3], atol=TOLERANCE)
