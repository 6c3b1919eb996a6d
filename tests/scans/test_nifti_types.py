"""Every type of NIfTI, both byte orders, versions and pairs: the voxels that nibabel reads."""

import sys
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from builders import Array, change_header, phantom, write_nifti_scan
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from refusals import refusal, warnings_of

from isthmus.scans import read

INTEGERS = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8"]
FLOATS = ["f4", "f8"]
RGB = np.dtype([("R", "u1"), ("G", "u1"), ("B", "u1")])
RGBA = np.dtype([("R", "u1"), ("G", "u1"), ("B", "u1"), ("A", "u1")])


def colours(dtype: np.dtype[Any], shape: tuple[int, int, int] = (3, 4, 5)) -> Array:
    """Return random colours, axes (k, j, i)."""
    values = np.random.default_rng(3).integers(0, 256, (*shape, len(dtype)), np.uint8)
    return values.view(dtype)[..., 0]


NIBABELS = Path(nibabel.__file__).parent / "tests" / "data"


def test_files_of_other_programs_that_nibabel_is_tested_on() -> None:
    if not NIBABELS.is_dir():
        pytest.skip("this nibabel came without its test files")
    opened = 0
    for path in sorted((*NIBABELS.glob("*.nii"), *NIBABELS.glob("*.nii.gz"))):
        if path.name.endswith(".dconn.nii"):
            assert "is CIFTI" in refusal(path).problem
            continue
        image = image_of(path)
        stored = np.asanyarray(image.dataobj.get_unscaled())
        stored = stored.reshape(*stored.shape[:3], -1, order="F")
        for part in range(stored.shape[-1]):
            volume = read(path, part=part)
            expected = stored[..., part].T
            finite = np.isfinite(expected)
            np.testing.assert_array_equal(volume.voxels[finite], expected[finite])
            np.testing.assert_array_equal(volume.affine, image.affine)
            slope, offset = image.dataobj.slope, image.dataobj.inter
            assert (volume.scale, volume.offset) == (slope, offset)
            opened += 1
    assert opened > 20


def image_of(path: Path) -> Any:
    return nibabel.load(path)


@pytest.mark.parametrize("kind", [nibabel.Nifti1Image, nibabel.Nifti2Image])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("dtype", INTEGERS + FLOATS)
def test_either_byte_order_of_both_versions(
    kind: Any, order: str, dtype: str, tmp_path: Path
) -> None:
    header = kind.header_class(endianness=order)
    header.set_data_dtype(np.dtype(dtype).newbyteorder(order))
    nibabel.save(kind(phantom(dtype=dtype).T, np.diag((2, 3, 4, 1)), header), tmp_path / "a.nii")
    volume, image = read(tmp_path / "a.nii"), image_of(tmp_path / "a.nii")
    assert image.header.endianness == order
    assert volume.voxels.dtype == np.dtype(dtype)
    assert volume.voxels.dtype.isnative
    np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
    np.testing.assert_array_equal(volume.affine, image.affine)
    assert volume.source.warnings == ()


def quadruples(values: Array, order: str) -> bytes:
    """Return doubles as IEEE quadruple precision, bit by bit."""
    bits = values.astype(np.float64).view(np.uint64)
    words = []
    for word in bits.ravel().tolist():
        sign, exponent, fraction = word >> 63, word >> 52 & 0x7FF, word & (1 << 52) - 1
        wide = {0: 0, 0x7FF: 0x7FFF}.get(exponent, exponent - 1023 + 16383)
        words.append((sign << 127 | wide << 112 | fraction << 60).to_bytes(16, order))
    return b"".join(words)


def extended(path: Path, payload: bytes, order: str, datatype: int = 1536) -> Path:
    """Write a file of 2×3×4 numbers of 128 bits, which nibabel can't on most machines."""
    header = nibabel.Nifti1Header(endianness=">" if order == "big" else "<")
    header["datatype"], header["bitpix"] = datatype, len(payload) * 8 // 24
    header["dim"][:4], header["vox_offset"], header["magic"] = (3, 4, 3, 2), 352, b"n+1"
    header.set_sform(np.diag((1, 2, 3, 1)), code=1)
    path.write_bytes(header.binaryblock + bytes(4) + payload)
    return path


VALUES = np.append(np.random.default_rng(4).normal(0, 1e3, 22), (0.0, -1e-30)).reshape(2, 3, 4)
EXTENDED = "The file holds numbers of 128 bits. They are shown in double precision."


@pytest.mark.parametrize("order", ["little", "big"])
def test_quadruple_precision_becomes_double(order: str, tmp_path: Path) -> None:
    path = extended(tmp_path / "a.nii", quadruples(VALUES, order), order)
    volume = read(path)
    assert volume.voxels.dtype == np.float64
    np.testing.assert_array_equal(volume.voxels, VALUES)
    assert volume.source.warnings == (EXTENDED,)
    assert volume.source.stored_bytes == volume.voxels.nbytes


@pytest.mark.skipif(np.finfo(np.longdouble).nmant != 63, reason="not a machine with x87")
def test_the_extended_precision_of_x87_becomes_double(tmp_path: Path) -> None:
    raw = VALUES.astype(np.longdouble).view(np.uint8).reshape(-1, 16).copy()
    raw[:, 10:] = 0  # its padding
    volume = read(extended(tmp_path / "a.nii", raw.tobytes(), "little"))
    np.testing.assert_array_equal(volume.voxels, VALUES)


def test_quadruple_precision_that_is_not_finite(tmp_path: Path) -> None:
    values = VALUES.copy()
    values[0, 0, :3] = np.nan, np.inf, -np.inf
    volume = read(extended(tmp_path / "a.nii", quadruples(values, "little"), "little"))
    assert any("3 of 24 voxels are not a number" in text for text in volume.source.warnings)
    np.testing.assert_array_equal(volume.voxels[1], VALUES[1])


def test_complex_numbers_of_quadruple_precision(tmp_path: Path) -> None:
    pairs = np.stack([VALUES, VALUES[::-1]], axis=-1)
    volume = read(extended(tmp_path / "a.nii", quadruples(pairs, "big"), "big", 2048))
    np.testing.assert_allclose(volume.voxels, np.hypot(VALUES, VALUES[::-1]), rtol=1e-15)
    assert len(volume.source.warnings) == 2


@pytest.mark.parametrize("dtype", ["c8", "c16"])
def test_complex_numbers_show_their_magnitude(dtype: str, tmp_path: Path) -> None:
    voxels = (phantom() - 1j * phantom()[::-1, ::-1, ::-1]).astype(dtype)
    path = write_nifti_scan(tmp_path / "a.nii.gz", voxels)
    volume = read(path)
    assert volume.voxels.dtype == (np.float32 if dtype == "c8" else np.float64)
    np.testing.assert_allclose(volume.voxels, np.abs(voxels).astype(float), rtol=1e-6)
    assert warnings_of(path) == ("The file holds complex numbers. Their magnitude is shown.",)


def test_complex_numbers_are_scaled_before_their_magnitude_is_taken(tmp_path: Path) -> None:
    voxels = (phantom() + 1j * phantom()[::-1]).astype("c16")
    path = write_nifti_scan(tmp_path / "a.nii", voxels, slope=-2.0, intercept=300.0)
    volume = read(path)
    assert (volume.scale, volume.offset) == (1.0, 0.0)
    np.testing.assert_allclose(volume.voxels, np.abs(voxels * -2 + 300))


@pytest.mark.parametrize("dtype", [RGB, RGBA], ids=["RGB24", "RGBA32"])
def test_colours_show_their_brightness(dtype: np.dtype[Any], tmp_path: Path) -> None:
    voxels = colours(dtype)
    path = write_nifti_scan(tmp_path / "a.nii", voxels)
    volume, image = read(path), image_of(path)
    stored = np.asanyarray(image.dataobj).T
    expected = 0.299 * stored["R"] + 0.587 * stored["G"] + 0.114 * stored["B"]
    assert volume.voxels.dtype == np.uint8
    assert np.abs(volume.voxels - expected).max() <= 0.5 + 1e-9
    assert warnings_of(path) == ("The file holds colours. Their brightness is shown.",)
    assert volume.source.stored_bytes == volume.voxels.size  # not three times as much


def test_grey_stored_as_colours_is_exactly_that_grey(tmp_path: Path) -> None:
    grey = phantom(dtype="u1")
    voxels = np.repeat(grey[..., None], 3, axis=-1).view(RGB)[..., 0]
    np.testing.assert_array_equal(read(write_nifti_scan(tmp_path / "a.nii", voxels)).voxels, grey)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", [nibabel.Nifti1Pair, nibabel.Nifti2Pair])
def test_a_pair_opens_by_either_file(kind: Any, packed: bool, tmp_path: Path) -> None:
    end = ".gz" if packed else ""
    nibabel.save(kind(phantom().T, np.diag((2, 3, 4, 1))), tmp_path / f"a.hdr{end}")
    header, data = tmp_path / f"a.hdr{end}", tmp_path / f"a.img{end}"
    for path in (header, data):
        volume = read(path)
        np.testing.assert_array_equal(volume.voxels, phantom())
        np.testing.assert_array_equal(volume.affine, image_of(header).affine)
        assert volume.source.paths == (header, data)
        assert volume.source.title == "a"


def test_a_pair_whose_image_is_missing(tmp_path: Path) -> None:
    nibabel.save(nibabel.Nifti1Pair(phantom().T, np.eye(4)), tmp_path / "a.img")
    (tmp_path / "a.img").unlink()
    error = refusal(tmp_path / "a.hdr")
    assert error.problem == "a.hdr is only the header of a pair; a.img is missing."
    assert error.remedy == "Put both files into one folder."


def test_an_image_whose_header_is_missing(tmp_path: Path) -> None:
    nibabel.save(nibabel.Nifti1Pair(phantom().T, np.eye(4)), tmp_path / "a.img")
    (tmp_path / "a.hdr").unlink()
    assert "a.img" in refusal(tmp_path / "a.img").problem


def test_a_pair_cut_short_says_how_many_slices_there_are(tmp_path: Path) -> None:
    nibabel.save(nibabel.Nifti1Pair(phantom().T, np.eye(4)), tmp_path / "a.img")
    data = tmp_path / "a.img"
    data.write_bytes(data.read_bytes()[: 24 * 20 * 2 * 3 + 5])
    assert refusal(tmp_path / "a.hdr").path == data


affines = st.builds(
    lambda turn, spacing, shear, origin: np.vstack(
        [np.column_stack([turn @ np.diag(spacing) @ shear, origin]), (0, 0, 0, 1)]
    ),
    hnp.arrays(np.float64, (3, 3), elements=st.floats(-1, 1))
    .filter(lambda turn: abs(np.linalg.det(turn)) > 0.05)
    .map(lambda turn: np.linalg.qr(turn)[0]),
    st.tuples(*[st.floats(0.05, 20)] * 3),
    st.floats(-0.4, 0.4).map(lambda lean: np.array([[1, lean, 0], [0, 1, lean], [0, 0, 1]])),
    st.tuples(*[st.floats(-500, 500)] * 3),
)


@settings(max_examples=60, deadline=None)
@given(
    affines,
    st.sampled_from(INTEGERS + FLOATS),
    st.tuples(*[st.integers(1, 6)] * 3),
    st.sampled_from([".nii", ".nii.gz", ".hdr"]),
)
def test_any_affine_type_and_shape_equals_nibabels(
    tmp_path_factory: pytest.TempPathFactory,
    affine: Array,
    dtype: str,
    shape: tuple[int, int, int],
    suffix: str,
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    kind = nibabel.Nifti1Pair if suffix == ".hdr" else nibabel.Nifti1Image
    nibabel.save(kind(phantom(shape, dtype).T, affine, dtype=np.dtype(dtype)), path)
    volume, image = read(path), image_of(path)
    np.testing.assert_array_equal(volume.affine, image.affine)
    np.testing.assert_array_equal(volume.voxels, np.asanyarray(image.dataobj).T)
    assert volume.shape == shape
    assert volume.orientation_known


@pytest.mark.parametrize(
    ("sform", "codes", "words"),
    [
        (np.diag((0.9, 1.1, 3, 1)), (1, 1), ""),
        (np.diag((-0.9, 1.1, 3, 1)), (1, 1), "disagree by up to 34.2 mm, and about left and right"),
        (np.diag((0.9, 1.1, 4, 1)), (4, 1), "The s-form (MNI 152) and the q-form (scanner)"),
    ],
)
def test_forms_that_disagree_are_said(
    sform: Array, codes: tuple[int, int], words: str, tmp_path: Path
) -> None:
    image = nibabel.Nifti1Image(phantom().T, np.eye(4))
    image.set_qform(np.diag((0.9, 1.1, 3, 1)), code=codes[1])
    image.set_sform(sform, code=codes[0])
    nibabel.save(image, tmp_path / "a.nii")
    volume = read(tmp_path / "a.nii")
    np.testing.assert_array_equal(volume.affine, image_of(tmp_path / "a.nii").affine)
    assert any(words in text for text in volume.source.warnings) or not words
    assert bool(volume.source.warnings) == bool(words)


def test_a_slope_of_nan_and_an_offset_of_infinity(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", phantom())
    volume = read(change_header(path, scl_slope=2.0, scl_inter=np.inf))
    assert (volume.scale, volume.offset) == (2.0, 0.0)


def test_infinities_are_counted_in_every_slice(tmp_path: Path) -> None:
    voxels = phantom(dtype="f8") + 5
    voxels[1:4, 2, 2] = -np.inf, np.nan, np.inf
    path = write_nifti_scan(tmp_path / "a.nii", voxels)
    assert "3 of 2,400 voxels are not a number" in warnings_of(path)[0]
    assert read(path).voxels[1:4, 2, 2].tolist() == [voxels[np.isfinite(voxels)].min()] * 3


def test_huge_numbers_are_numbers(tmp_path: Path) -> None:
    voxels = np.full((2, 3, 4), np.finfo(np.float64).max)
    voxels[0, 0, 0] = 1.0
    path = write_nifti_scan(tmp_path / "a.nii", voxels)
    np.testing.assert_array_equal(read(path).voxels, voxels)
    assert warnings_of(path) == ()


def test_big_endian_machines_are_not_what_these_tests_run_on() -> None:
    """Or else “either byte order” would test one order twice."""
    assert sys.byteorder == "little"
