"""MGH, MGZ and Analyze: what nibabel reads of them, and what they do not say."""

import gzip
import struct
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from builders import Array, phantom
from hypothesis import given, settings
from hypothesis import strategies as st
from nibabel.spm2analyze import Spm2AnalyzeImage
from nibabel.spm99analyze import Spm99AnalyzeImage
from refusals import refusal, warnings_of

from isthmus.scans import read

TILTED = np.array(
    [[0.8, -0.3, 0.1, -50], [0.25, 0.9, 0.4, -70], [-0.1, -0.2, 2.9, 20], [0, 0, 0, 1]]
)
MGH_TYPES = ["u1", "i2", "u2", "i4", "f4"]
NO_SIDES = "left and right are unknown"


def saved_mgh(path: Path, voxels: Array, affine: Array = TILTED) -> Path:
    nibabel.save(nibabel.MGHImage(voxels.T, affine), path)
    return path


def loaded_mgh(path: Path) -> Any:
    """Load with nibabel, which leaves an uncompressed file open if it is given its path."""
    raw = path.read_bytes()
    return nibabel.MGHImage.from_bytes(gzip.decompress(raw) if path.suffix == ".mgz" else raw)


@pytest.mark.parametrize("suffix", [".mgh", ".mgz"])
@pytest.mark.parametrize("dtype", MGH_TYPES)
def test_mgh_equals_nibabels(dtype: str, suffix: str, tmp_path: Path) -> None:
    path = saved_mgh(tmp_path / f"a{suffix}", phantom(dtype=dtype))
    volume, image = read(path), loaded_mgh(path)
    np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
    np.testing.assert_array_equal(volume.affine, image.affine)
    assert volume.voxels.dtype == np.dtype(dtype)
    assert volume.voxels.dtype.isnative
    assert (volume.source.kind, volume.source.title) == ("MGH", "a")
    assert volume.orientation_known
    assert volume.source.warnings == ()


def test_mgh_is_known_by_content(tmp_path: Path) -> None:
    path = saved_mgh(tmp_path / "a.mgz", phantom())
    path.rename(tmp_path / "renamed")
    np.testing.assert_array_equal(read(tmp_path / "renamed").voxels, phantom())


def test_frames_of_mgh_are_parts(tmp_path: Path) -> None:
    voxels = np.stack([phantom(dtype="i2") + np.int16(t) for t in range(3)])
    volume = read(saved_mgh(tmp_path / "a.mgz", voxels), part=2)
    np.testing.assert_array_equal(volume.voxels, voxels[2])
    assert volume.source.parts == ("volume 1 of 3", "volume 2 of 3", "volume 3 of 3")


def test_a_file_of_freesurfer_that_nibabel_is_tested_on() -> None:
    path = Path(nibabel.__file__).parent / "tests" / "data" / "test.mgz"
    if not path.is_file():
        pytest.skip("this nibabel came without its test files")
    image = loaded_mgh(path)
    stored = np.asanyarray(image.dataobj)
    assert stored.ndim == 4
    for part in range(stored.shape[3]):
        volume = read(path, part=part)
        np.testing.assert_array_equal(volume.voxels, stored[..., part].T)
        np.testing.assert_array_equal(volume.affine, image.affine)


def test_mgh_without_position(tmp_path: Path) -> None:
    path = saved_mgh(tmp_path / "a.mgh", phantom(dtype="f4"))
    raw = bytearray(path.read_bytes())
    raw[28:30] = b"\0\0"
    path.write_bytes(raw)
    volume = read(path)
    np.testing.assert_array_equal(volume.affine, loaded_mgh(path).affine)
    assert not volume.orientation_known
    assert NO_SIDES in warnings_of(path)[0]


@pytest.mark.parametrize("number", [np.nan, np.inf, 0.0])
def test_mgh_with_a_damaged_position_keeps_its_spacing(number: float, tmp_path: Path) -> None:
    path = saved_mgh(tmp_path / "a.mgh", phantom(dtype="f4"), np.diag((2, 3, 4, 1)))
    raw = bytearray(path.read_bytes())
    raw[42:54] = struct.pack(">3f", *[number] * 3)
    path.write_bytes(raw)
    volume = read(path)
    assert volume.spacing == pytest.approx((4, 3, 2))
    assert not volume.orientation_known
    assert "damaged" in warnings_of(path)[0]


def test_mgh_that_ends_early_or_announces_too_much(tmp_path: Path) -> None:
    path = saved_mgh(tmp_path / "a.mgh", phantom(dtype="i2"))
    whole = path.read_bytes()
    path.write_bytes(whole[: 284 + 24 * 20 * 2 * 2 + 3])
    assert "a.mgh is cut short: 2 of its 5 slices" in refusal(path).problem
    path.write_bytes(whole[:4] + struct.pack(">4i", *[1 << 20] * 3, 1) + whole[20:])
    assert "a.mgh is cut short: 0 of its 1048576 slices" in refusal(path).problem
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert "cannot hold" in refusal(path).problem
    for size in (-5, 0):
        path.write_bytes(whole[:4] + struct.pack(">i", size) + whole[8:])
        assert "a.mgh" in refusal(path).problem
    path.write_bytes(whole[:20] + struct.pack(">i", 2) + whole[24:])
    assert "a type that no one uses (2)" in refusal(path).problem


@pytest.mark.parametrize("kind", [nibabel.AnalyzeImage, Spm99AnalyzeImage, Spm2AnalyzeImage])
@pytest.mark.parametrize("dtype", ["u1", "i2", "i4", "f4", "f8"])
def test_analyze_equals_nibabels(kind: Any, dtype: str, tmp_path: Path) -> None:
    image = kind(phantom(dtype=dtype).T, None)
    image.header.set_zooms((2, 3, 4))
    nibabel.save(image, tmp_path / "a.img")
    for mat in tmp_path.glob("*.mat"):
        mat.unlink()
    stored = nibabel.load(tmp_path / "a.img")
    for name in ("a.img", "a.hdr"):
        volume = read(tmp_path / name)
        np.testing.assert_array_equal(volume.real(volume.voxels), stored.get_fdata().T)
        np.testing.assert_array_equal(volume.affine, stored.affine)
        assert volume.source.kind == "Analyze"
        assert not volume.orientation_known
        assert volume.source.warnings == (f"a.hdr is Analyze 7.5: {NO_SIDES}.",)


def test_analyze_of_spm_has_an_origin_and_a_scale(tmp_path: Path) -> None:
    image = Spm2AnalyzeImage(phantom(dtype="i2").T, None)
    image.header.set_zooms((2, 3, 4))
    image.header["origin"][:3] = 3, 4, 2
    nibabel.save(image, tmp_path / "a.img")
    raw = bytearray((tmp_path / "a.hdr").read_bytes())
    raw[112:116] = struct.pack("<f", 0.25)
    (tmp_path / "a.hdr").write_bytes(raw)
    for mat in tmp_path.glob("*.mat"):
        mat.unlink()
    volume, stored = read(tmp_path / "a.hdr"), nibabel.load(tmp_path / "a.hdr")
    assert volume.scale == 0.25
    np.testing.assert_array_equal(volume.affine, stored.affine)
    np.testing.assert_array_equal(volume.real(volume.voxels), stored.get_fdata().T)


def test_big_endian_analyze(tmp_path: Path) -> None:
    header = nibabel.AnalyzeHeader(endianness=">")
    header.set_data_dtype(">i2")
    nibabel.save(nibabel.AnalyzeImage(phantom(dtype="i2").T, None, header), tmp_path / "a.img")
    assert (tmp_path / "a.hdr").read_bytes()[:4] == struct.pack(">i", 348)
    np.testing.assert_array_equal(read(tmp_path / "a.hdr").voxels, phantom(dtype="i2"))


@pytest.mark.parametrize("step", [0.0, np.nan, -2.0])
def test_analyze_with_a_damaged_spacing(step: float, tmp_path: Path) -> None:
    nibabel.save(nibabel.AnalyzeImage(phantom(dtype="i2").T, None), tmp_path / "a.img")
    raw = bytearray((tmp_path / "a.hdr").read_bytes())
    raw[80:84] = struct.pack("<f", step)
    (tmp_path / "a.hdr").write_bytes(raw)
    assert read(tmp_path / "a.img").spacing[2] == (abs(step) if step == -2 else 1)


def test_a_position_that_spm_left_beside_is_named(tmp_path: Path) -> None:
    nibabel.save(Spm99AnalyzeImage(phantom(dtype="i2").T, TILTED), tmp_path / "a.img")
    assert (tmp_path / "a.mat").is_file()
    assert warnings_of(tmp_path / "a.hdr")[1] == ("a.mat beside it may tell them, but is not read.")


def test_an_analyze_header_without_its_image(tmp_path: Path) -> None:
    nibabel.save(nibabel.AnalyzeImage(phantom(dtype="i2").T, None), tmp_path / "a.img")
    (tmp_path / "a.img").unlink()
    assert "a.img is missing" in refusal(tmp_path / "a.hdr").problem


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(MGH_TYPES),
    st.tuples(*[st.integers(1, 6)] * 3),
    st.tuples(*[st.floats(-3, 3)] * 9),
    st.tuples(*[st.floats(-300, 300)] * 3),
)
def test_any_mgh_equals_nibabels(
    tmp_path_factory: pytest.TempPathFactory,
    dtype: str,
    shape: tuple[int, int, int],
    axes: tuple[float, ...],
    origin: tuple[float, float, float],
) -> None:
    affine = np.eye(4)
    affine[:3, :3] = np.eye(3) * 4 + np.array(axes).reshape(3, 3) / 2
    affine[:3, 3] = origin
    path = saved_mgh(tmp_path_factory.mktemp("any") / "a.mgh", phantom(shape, dtype), affine)
    volume, image = read(path), loaded_mgh(path)
    np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
    np.testing.assert_array_equal(volume.affine, image.affine)
