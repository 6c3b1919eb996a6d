"""NRRD and MetaImage as SimpleITK writes them: the same voxels, in the same place in space."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import Array, phantom
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.scans import Volume, read

sitk = pytest.importorskip("SimpleITK", reason="needs SimpleITK, the reference of these formats")

NAMES = ["a.nrrd", "a.nhdr", "a.mha", "a.mhd"]
TYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f4", "f8"]
LPS_TO_RAS = np.array((-1, -1, 1))


def written(path: Path, voxels: Array, *, packed: bool = False, **place: Any) -> Any:
    """Write voxels with SimpleITK and return its image.

    Args:
        path: Where to.
        voxels: Axes (k, j, i), or with a fourth in front, or with components last.
        packed: Whether it is compressed.
        place: `spacing`, `origin`, `direction`, for three axes, in LPS.
    """
    if voxels.ndim == 4 and voxels.shape[-1] > 4:
        image = sitk.JoinSeries([sitk.GetImageFromArray(each) for each in voxels])
    else:
        image = sitk.GetImageFromArray(voxels, isVector=voxels.ndim == 4)
    for name, value in place.items():
        getattr(image, f"Set{name.capitalize()}")([float(number) for number in np.ravel(value)])
    sitk.WriteImage(image, str(path), packed)
    return image


def assert_in_place(volume: Volume, image: Any) -> None:
    """Check that the corners and an inner point lie where SimpleITK has them, within 1e-4 mm."""
    for place in ((0, 0, 0), *np.diag(volume.shape), (1.25, 0.5, 2.0)):
        k, j, i = (float(index) for index in place)
        theirs = np.array(image.TransformContinuousIndexToPhysicalPoint((i, j, k))) * LPS_TO_RAS
        assert np.abs(theirs - volume.to_mm(k, j, i)).max() < 1e-4


TURNED = np.linalg.qr(np.array([[0.9, -0.3, 0.1], [0.2, 0.8, 0.4], [-0.1, 0.3, 0.9]]))[0]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_voxels_and_their_places_equal_simpleitks(
    name: str, dtype: str, packed: bool, tmp_path: Path
) -> None:
    voxels = phantom(dtype=dtype)
    image = written(
        tmp_path / name, voxels, packed=packed, spacing=(0.9, 1.1, 3.0), origin=(-90, 40, 7.5),
        direction=TURNED,
    )  # fmt: skip
    volume = read(tmp_path / name)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.voxels.dtype == np.dtype(dtype)
    assert volume.orientation_known
    assert volume.source.warnings == ()
    assert volume.source.title == "a"
    assert volume.source.stored_bytes == voxels.nbytes
    assert_in_place(volume, image)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["a.nhdr", "a.mhd"])
def test_a_detached_file_opens_by_its_data_as_well(name: str, packed: bool, tmp_path: Path) -> None:
    written(tmp_path / name, phantom(), packed=packed)
    (data,) = (path for path in tmp_path.iterdir() if path.name != name)
    volume = read(data)
    np.testing.assert_array_equal(volume.voxels, phantom())
    assert volume.source.paths == (tmp_path / name, data)


@pytest.mark.parametrize("name", NAMES)
def test_time_points_are_parts(name: str, tmp_path: Path) -> None:
    voxels = np.stack([phantom() + np.uint16(t) for t in range(3)])
    written(tmp_path / name, voxels)
    volume = read(tmp_path / name, part=2)
    np.testing.assert_array_equal(volume.voxels, voxels[2])
    assert volume.source.parts == ("volume 1 of 3", "volume 2 of 3", "volume 3 of 3")
    assert volume.source.warnings[-1] == f"{name} holds 3 volumes. Open is volume 3 of 3."


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_components_that_are_interleaved_are_parts(name: str, packed: bool, tmp_path: Path) -> None:
    voxels = np.stack([phantom(dtype="f4") * (n + 1) for n in range(2)], axis=-1)
    image = written(tmp_path / name, voxels, packed=packed, spacing=(0.9, 1.1, 3.0))
    volume = read(tmp_path / name, part=1)
    np.testing.assert_array_equal(volume.voxels, voxels[..., 1])
    assert volume.source.parts == ("component 1 of 2", "component 2 of 2")
    assert_in_place(volume, image)


@pytest.mark.parametrize("name", ["a.nrrd", "a.mha"])
def test_colours_show_their_brightness(name: str, tmp_path: Path) -> None:
    voxels = np.random.default_rng(3).integers(0, 256, (4, 5, 6, 3), np.uint8)
    written(tmp_path / name, voxels)
    if name == "a.nrrd":  # SimpleITK calls colours a vector
        raw = (tmp_path / name).read_bytes().replace(b"kinds: vector", b"kinds: RGB-color")
        (tmp_path / name).write_bytes(raw)
    volume = read(tmp_path / name)
    expected = voxels @ np.array([0.299, 0.587, 0.114])
    assert np.abs(volume.voxels - expected).max() <= 0.5 + 1e-9
    assert volume.source.warnings == ("The file holds colours. Their brightness is shown.",)
    assert volume.source.parts == ()


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.sampled_from(TYPES),
    st.booleans(),
    st.tuples(*[st.integers(1, 6)] * 3),
    st.tuples(*[st.floats(-1, 1)] * 9)
    .map(lambda numbers: np.reshape(numbers, (3, 3)))
    .filter(lambda turn: abs(np.linalg.det(turn)) > 0.05)
    .map(lambda turn: np.linalg.qr(turn)[0]),
    st.tuples(*[st.floats(0.05, 20)] * 3),
    st.tuples(*[st.floats(-500, 500)] * 3),
)
def test_any_geometry_type_and_shape_equals_simpleitks(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    dtype: str,
    packed: bool,
    shape: tuple[int, int, int],
    direction: Array,
    spacing: tuple[float, ...],
    origin: tuple[float, ...],
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    voxels = phantom(shape, dtype)
    image = written(
        path, voxels, packed=packed, direction=direction, spacing=spacing, origin=origin
    )
    volume = read(path)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert_in_place(volume, image)
    assert volume.orientation_known
