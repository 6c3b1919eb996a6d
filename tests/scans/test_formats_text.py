"""NRRD and MetaImage headers as other programs write them, and damaged ones."""

import bz2
import gzip
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import nrrd
import numpy as np
import pytest
from builders import Array, phantom
from hypothesis import given, settings
from hypothesis import strategies as st
from refusals import refusal, warnings_of

from isthmus.errors import IsthmusError, OutOfMemoryError, ScanError
from isthmus.scans import read

SHAPE = phantom().shape
NO_SIDES = "left and right are unknown"


def write_nrrd(path: Path, payload: bytes | None = None, **changes: Any) -> Path:
    """Write an NRRD of the phantom, field by field.

    Args:
        path: Where to.
        payload: What follows the header; by default, what its encoding makes of the phantom.
        changes: Fields with underscores for spaces; None leaves one out.
    """
    fields = {
        "type": "unsigned short",
        "dimension": 3,
        "space": "right-anterior-superior",
        "sizes": "20 24 5",
        "space directions": "(0.9,0,0) (0,1.1,0) (0,0,3)",
        "encoding": "raw",
        "endian": "little",
        "space origin": "(-10,20,30)",
    }
    fields |= {name.replace("_", " "): value for name, value in changes.items()}
    lines = ["NRRD0005", *(f"{name}: {v}" for name, v in fields.items() if v is not None)]
    packers: dict[str, Any] = {"gzip": gzip.compress, "bzip2": bz2.compress}
    raw = phantom().astype("<u2").tobytes()
    if payload is None:
        payload = packers.get(str(fields["encoding"]), bytes)(raw)
    path.write_bytes("\n".join(lines).encode() + b"\n\n" + payload)
    return path


def write_mha(path: Path, payload: bytes | None = None, **changes: Any) -> Path:
    """Write a MetaImage of the phantom, field by field; None leaves one out."""
    fields = {
        "ObjectType": "Image",
        "NDims": 3,
        "BinaryData": True,
        "BinaryDataByteOrderMSB": False,
        "TransformMatrix": "1 0 0 0 1 0 0 0 1",
        "Offset": "10 20 30",
        "ElementSpacing": "0.9 1.1 3",
        "DimSize": "20 24 5",
        "AnatomicalOrientation": "RAI",
        "ElementType": "MET_USHORT",
        **changes,
    }
    fields["ElementDataFile"] = fields.pop("ElementDataFile", "LOCAL")
    lines = [f"{name} = {value}\n" for name, value in fields.items() if value is not None]
    payload = phantom().astype("<u2").tobytes() if payload is None else payload
    path.write_bytes("".join(lines).encode() + payload)
    return path


@pytest.mark.parametrize("encoding", ["raw", "gzip", "bzip2"])
@pytest.mark.parametrize("dtype", ["u1", "i2", "u4", "f8"])
def test_what_pynrrd_writes(dtype: str, encoding: str, tmp_path: Path) -> None:
    voxels = phantom(dtype=dtype)
    header = {
        "encoding": encoding,
        "space": "left-posterior-superior",
        "space directions": np.diag((0.9, 1.1, 3.0)),
        "space origin": np.array((1.0, 2.0, 3.0)),
    }
    for name in ("a.nrrd", "b.nhdr"):
        nrrd.write(str(tmp_path / name), voxels.T, header)
        volume = read(tmp_path / name)
        np.testing.assert_array_equal(volume.voxels, voxels)
        np.testing.assert_allclose(volume.affine, [
            (-0.9, 0, 0, -1), (0, -1.1, 0, -2), (0, 0, 3, 3), (0, 0, 0, 1)
        ])  # fmt: skip
        assert volume.source.warnings == ()


@pytest.mark.parametrize(
    ("space", "x", "y", "known"),
    [
        ("right-anterior-superior", 1, 1, True),
        ("RAS", 1, 1, True),
        ("left-anterior-superior", -1, 1, True),
        ("LAS", -1, 1, True),
        ("left-posterior-superior", -1, -1, True),
        ("LPS", -1, -1, True),
        ("scanner-xyz", -1, -1, False),
        ("3D-right-handed", -1, -1, False),
    ],
)
def test_each_space_of_nrrd(space: str, x: int, y: int, known: bool, tmp_path: Path) -> None:
    volume = read(write_nrrd(tmp_path / "a.nrrd", space=space))
    told = np.array([(0.9, 0, 0, -10), (0, 1.1, 0, 20), (0, 0, 3, 30), (0, 0, 0, 1)])
    np.testing.assert_array_equal(volume.affine, np.diag((x, y, 1, 1)) @ told)
    assert volume.orientation_known == known
    assert (
        any(NO_SIDES in text and space.lower() in text for text in volume.source.warnings) != known
    )


def test_nrrd_without_a_space(tmp_path: Path) -> None:
    volume = read(write_nrrd(tmp_path / "a.nrrd", space=None, space_dimension=3))
    assert not volume.orientation_known
    assert NO_SIDES in volume.source.warnings[0]
    assert volume.spacing == pytest.approx((3, 1.1, 0.9))


def test_nrrd_with_spacings_only(tmp_path: Path) -> None:
    bare = {"space": None, "space_directions": None, "space_origin": None}
    volume = read(write_nrrd(tmp_path / "a.nrrd", spacings="2 3 4", **bare))
    assert volume.spacing == (4, 3, 2)
    assert not volume.orientation_known
    assert read(write_nrrd(tmp_path / "b.nrrd", **bare)).spacing == (1, 1, 1)


def test_sheared_directions_of_nrrd_stay_sheared(tmp_path: Path) -> None:
    sheared = "(0.9,0,0) (0.3,1.1,0) (0.2,-0.5,3)"
    volume = read(write_nrrd(tmp_path / "a.nrrd", space_directions=sheared))
    np.testing.assert_array_equal(
        volume.affine[:3, :3].T, [(0.9, 0, 0), (0.3, 1.1, 0), (0.2, -0.5, 3)]
    )
    assert volume.to_mm(1, 2, 3) == pytest.approx((-10 + 2.7 + 0.6 + 0.2, 20 + 2.2 - 0.5, 33))


@pytest.mark.parametrize("rows", ["(1,0,0) (2,0,0) (0,0,1)", "(0,0,0) (0,1,0) (0,0,1)"])
def test_nrrd_with_directions_that_do_not_span_space(rows: str, tmp_path: Path) -> None:
    path = write_nrrd(tmp_path / "a.nrrd", space_directions=rows)
    try:
        assert not read(path).orientation_known
    except ScanError as error:
        assert "2-D" in error.problem  # noqa: PT017  (one axis has no direction)


@pytest.mark.parametrize(
    ("unit", "factor"), [('"mm" "mm" "mm"', 1), ('"um" "um" "um"', 1e-3), ('"cm" "cm" "cm"', 10)]
)
def test_units_of_nrrd(unit: str, factor: float, tmp_path: Path) -> None:
    volume = read(write_nrrd(tmp_path / "a.nrrd", space_units=unit))
    assert volume.spacing == pytest.approx((3 * factor, 1.1 * factor, 0.9 * factor))
    assert volume.affine[0, 3] == pytest.approx(-10 * factor)
    assert volume.source.warnings == ()


def test_a_unit_that_no_one_knows_is_said(tmp_path: Path) -> None:
    path = write_nrrd(tmp_path / "a.nrrd", space_units='"ell" "ell" "ell"')
    assert warnings_of(path) == ("The header measures in “ell”, which is taken as millimetres.",)


def test_diffusion_whose_directions_run_fastest(tmp_path: Path) -> None:
    volumes = np.stack([phantom() + np.uint16(n) for n in range(3)])
    path = write_nrrd(
        tmp_path / "a.nrrd",
        np.moveaxis(volumes, 0, -1).astype("<u2").tobytes(),
        dimension=4,
        sizes="3 20 24 5",
        space_directions="none (0.9,0,0) (0,1.1,0) (0,0,3)",
        kinds="list domain domain domain",
    )
    raw = path.read_bytes().replace(
        b"\n\n",
        b"\nmodality:=DWMRI\nDWMRI_b-value:=1000\nDWMRI_gradient_0000:=0 0 0\n"
        b"DWMRI_gradient_0001:=1 0 0\nDWMRI_gradient_0002:=0 0.5 0.5\n\n",
        1,
    )
    path.write_bytes(raw)
    for part, name in enumerate(("b 0", "b 1000", "b 500")):
        volume = read(path, part=part)
        np.testing.assert_array_equal(volume.voxels, volumes[part])
        assert volume.source.parts[part] == f"volume {part + 1} of 3, {name}"
        assert volume.modality == "MR"
        assert volume.spacing == pytest.approx((3, 1.1, 0.9))


def test_an_axis_of_time_between_those_of_space(tmp_path: Path) -> None:
    volumes = np.stack([phantom() + np.uint16(n) for n in range(2)])
    path = write_nrrd(
        tmp_path / "a.nrrd",
        np.moveaxis(volumes, 0, 1).astype("<u2").tobytes(),
        dimension=4,
        space="right-anterior-superior-time",
        sizes="20 24 2 5",
        space_directions="(0.9,0,0,0) (0,1.1,0,0) (0,0,0,2.5) (0,0,3,0)",
        space_origin="(-10,20,30,0)",
    )
    np.testing.assert_array_equal(read(path, part=1).voxels, volumes[1])
    assert read(path).orientation_known


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_colours_may_lie_on_any_of_the_faster_axes(axis: int, tmp_path: Path) -> None:
    colours = np.random.default_rng(3).integers(0, 256, (5, 24, 20, 3), np.uint8)
    names = ["20", "24", "5"]
    rows = ["(0.9,0,0)", "(0,1.1,0)", "(0,0,3)"]
    kinds = ["domain"] * 3
    for words, word in ((names, "3"), (rows, "none"), (kinds, "RGB-color")):
        words.insert(axis, word)
    path = write_nrrd(
        tmp_path / "a.nrrd",
        np.ascontiguousarray(np.moveaxis(colours, -1, 3 - axis)).tobytes(),
        type="uchar",
        dimension=4,
        sizes=" ".join(names),
        space_directions=" ".join(rows),
        kinds=" ".join(kinds),
    )
    expected = colours @ np.array([0.299, 0.587, 0.114])
    assert np.abs(read(path).voxels - expected).max() <= 0.5 + 1e-9
    assert read(path).source.parts == ()


def test_lines_and_bytes_that_are_skipped(tmp_path: Path) -> None:
    raw = phantom().astype("<u2").tobytes()
    (tmp_path / "a.raw").write_bytes(b"one\ntwo\nxyz" + raw)
    header = write_nrrd(tmp_path / "a.nhdr", b"", data_file="a.raw", line_skip=2, byte_skip=3)
    np.testing.assert_array_equal(read(header).voxels, phantom())
    header = write_nrrd(tmp_path / "a.nhdr", b"", data_file="a.raw", byte_skip=-1)
    np.testing.assert_array_equal(read(header).voxels, phantom())
    (tmp_path / "a.raw").write_bytes(b"one\n" + gzip.compress(b"xyz" + raw))
    header = write_nrrd(
        tmp_path / "a.nhdr", b"", data_file="a.raw", line_skip=1, byte_skip=3, encoding="gzip"
    )
    np.testing.assert_array_equal(read(header).voxels, phantom())


@pytest.mark.parametrize("name", ["data/a.raw", "data\\a.raw", "C:\\gone\\a.raw"])
def test_data_of_another_folder_or_computer(name: str, tmp_path: Path) -> None:
    folder = tmp_path if "gone" in name else tmp_path / "data"
    folder.mkdir(exist_ok=True)
    if "\\" in name:
        folder = tmp_path  # only its last part can be followed
    (folder / "a.raw").write_bytes(phantom().astype("<u2").tobytes())
    for path in (
        write_nrrd(tmp_path / "a.nhdr", b"", data_file=name),
        write_mha(tmp_path / "a.mhd", b"", ElementDataFile=name),
    ):
        np.testing.assert_array_equal(read(path).voxels, phantom())


def test_data_are_not_opened_by_a_header_that_means_another_file(tmp_path: Path) -> None:
    (tmp_path / "b.raw").write_bytes(phantom().astype("<u2").tobytes())
    (tmp_path / "a.raw").write_bytes(b"something else" * 100)
    write_mha(tmp_path / "a.mhd", b"", ElementDataFile="b.raw")
    assert "a.raw" in refusal(tmp_path / "a.raw").problem


def test_big_endian_data(tmp_path: Path) -> None:
    raw = phantom().astype(">u2").tobytes()
    for path in (
        write_nrrd(tmp_path / "a.nrrd", raw, endian="big"),
        write_mha(tmp_path / "a.mha", raw, BinaryDataByteOrderMSB=True),
    ):
        volume = read(path)
        np.testing.assert_array_equal(volume.voxels, phantom())
        assert volume.voxels.dtype.isnative


def test_nrrd_without_an_order_of_bytes(tmp_path: Path) -> None:
    path = write_nrrd(tmp_path / "a.nrrd", endian=None)
    np.testing.assert_array_equal(read(path).voxels, phantom())
    assert warnings_of(path) == (
        "The header of a.nrrd lacks the order of bytes. Little is supposed.",
    )


NRRD_DAMAGE: list[tuple[dict[str, Any], str]] = [
    ({"sizes": "20 24"}, "its size is 20×24 in 3 dimensions"),
    ({"sizes": "20 -24 5"}, "its size is 20×-24×5"),
    ({"sizes": "20 x 5"}, "damaged"),
    ({"sizes": None}, "lacks “sizes”"),
    ({"type": "block"}, "voxels of type 'block'"),
    ({"type": "quark"}, "voxels of type 'quark'"),
    ({"encoding": "hex"}, "encoded as 'hex'"),
    ({"encoding": "ascii"}, "as text"),
    ({"data_file": "gone.raw"}, "its data, 'gone.raw', are missing"),
    ({"data_file": "slice%03d.raw 1 5 1"}, "in several files"),
    ({"data_file": "LIST"}, "in several files"),
    ({"byte_skip": -7}, "skips 0 lines and -7 bytes"),
    ({"line_skip": 10**9}, "skips 1000000000 lines"),
    ({"dimension": 2, "sizes": "20 24", "space_directions": "(1,0,0) (0,1,0)"}, "2-D picture"),
    ({"space_directions": "(1,0,0) (0,1"}, "damaged"),
    ({"byte_skip": 10**12}, "holds no slices"),
    ({"sizes": "20 24 6"}, "5 of its 6 slices are there"),
    ({"sizes": "20000 20000 20000"}, "0 of its 20000 slices are there"),
    ({"sizes": "20000 20000 20000", "encoding": "gzip"}, "cannot hold"),
    ({"sizes": f"{2**62} {2**62} {2**62}"}, "a.nrrd"),
    ({"encoding": "gzip", "payload": bytes(9000)}, "a.nrrd is damaged"),
]


@pytest.mark.parametrize(("changes", "words"), NRRD_DAMAGE)
def test_damaged_nrrd_is_refused(changes: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = write_nrrd(tmp_path / "a.nrrd", **changes)
    tracemalloc.start()
    error = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert words in error.problem
    assert peak < 8 << 20


def test_a_header_of_nrrd_without_an_end(tmp_path: Path) -> None:
    path = tmp_path / "a.nrrd"
    path.write_bytes(b"NRRD0004\n" + b"# nothing\n" * 100_000)
    assert "has no end" in refusal(path).problem
    path.write_bytes(b"NRRD0009\ntype: short\n\n")
    assert "The header of a.nrrd is damaged" in refusal(path).problem
    path.write_bytes(b"NRRD0004\nno colon here\n\n")
    assert "The header of a.nrrd is damaged" in refusal(path).problem


@pytest.mark.parametrize("write", [write_nrrd, write_mha])
def test_an_image_that_is_packed_as_a_whole(write: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "a")
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert refusal(path).problem == "a is compressed as a whole."


def test_a_metaimage_is_in_lps(tmp_path: Path) -> None:
    volume = read(write_mha(tmp_path / "a.mha", TransformMatrix="0 1 0 -1 0 0 0 0 1"))
    # Along i one goes to the back, along j to the right.
    np.testing.assert_array_equal(
        volume.affine, [(0, 1.1, 0, -10), (-0.9, 0, 0, -20), (0, 0, 3, 30), (0, 0, 0, 1)]
    )
    np.testing.assert_array_equal(volume.voxels, phantom())


@pytest.mark.parametrize(
    ("letters", "matrix", "known"),
    [
        ("RAI", None, True),
        ("???", None, False),
        (None, None, False),
        ("LPI", None, False),
        ("???", "1 0 0 0 1 0 0 0 1", False),
        (None, "1 0 0 0 1 0 0 0 1", True),
        ("RAI", "1 0 0 1 0 0 0 0 1", False),
    ],
)
def test_when_a_metaimage_tells_left_from_right(
    letters: str | None, matrix: str | None, known: bool, tmp_path: Path
) -> None:
    path = write_mha(tmp_path / "a.mha", AnatomicalOrientation=letters, TransformMatrix=matrix)
    volume = read(path)
    assert volume.orientation_known == known
    assert any(NO_SIDES in text for text in volume.source.warnings) != known
    assert volume.spacing == pytest.approx((3, 1.1, 0.9))


def test_scaling_modality_and_unit_of_a_metaimage(tmp_path: Path) -> None:
    path = write_mha(
        tmp_path / "a.mha",
        Modality="MET_MOD_CT",
        ElementToIntensityFunctionSlope=2,
        ElementToIntensityFunctionOffset=-1024,
        DistanceUnits="cm",
    )
    volume = read(path)
    assert (volume.scale, volume.offset, volume.modality, volume.unit) == (2, -1024, "CT", "HU")
    assert volume.spacing == pytest.approx((30, 11, 9))


@pytest.mark.parametrize(
    ("name", "dtype"),
    [
        ("MET_CHAR", "i1"),
        ("MET_UCHAR", "u1"),
        ("MET_LONG", "i4"),  # as ITK has it
        ("MET_ULONG", "u4"),
        ("MET_LONG_LONG", "i8"),
        ("MET_FLOAT_ARRAY", "f4"),
    ],
)
def test_types_of_a_metaimage(name: str, dtype: str, tmp_path: Path) -> None:
    voxels = phantom(dtype=dtype)
    volume = read(write_mha(tmp_path / "a.mha", voxels.tobytes(), ElementType=name))
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.voxels.dtype == dtype


@pytest.mark.parametrize("level", [1, 9])
def test_compressed_metaimages(level: int, tmp_path: Path) -> None:
    raw = phantom().astype("<u2").tobytes()
    for name, packed in (("a.mha", zlib.compress(raw, level)), ("b.mha", gzip.compress(raw))):
        path = write_mha(tmp_path / name, packed, CompressedData=True)
        np.testing.assert_array_equal(read(path).voxels, phantom())
        path.write_bytes(path.read_bytes()[:-800])
        assert "slices are there" in refusal(path).problem


def test_a_metaimage_whose_data_have_a_header_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.raw").write_bytes(b"x" * 99 + phantom().astype("<u2").tobytes())
    for size in (99, -1):
        path = write_mha(tmp_path / "a.mhd", b"", ElementDataFile="a.raw", HeaderSize=size)
        np.testing.assert_array_equal(read(path).voxels, phantom())


MHA_DAMAGE: list[tuple[dict[str, Any], str]] = [
    ({"DimSize": "20 24"}, "its DimSize is '20 24'"),
    ({"DimSize": "20 -24 5"}, "its DimSize is"),
    ({"DimSize": "20 2.5 5"}, "its DimSize is"),
    ({"DimSize": "20 nan 5"}, "its DimSize is"),
    ({"DimSize": None}, "its DimSize is ''"),
    ({"NDims": 2}, "2-D picture"),
    ({"NDims": 99}, "its NDims is '99'"),
    ({"NDims": "many"}, "its NDims is 'many'"),
    ({"ElementType": "MET_QUARK"}, "voxels of type 'MET_QUARK'"),
    ({"ElementType": None}, "voxels of type ''"),
    ({"ObjectType": "Tube"}, "holds a Tube, not an image"),
    ({"ElementNumberOfChannels": 0}, "its ElementNumberOfChannels is '0'"),
    ({"ElementNumberOfChannels": 10**9}, "slices are there"),
    ({"TransformMatrix": "1 0 0"}, "its TransformMatrix is '1 0 0'"),
    ({"ElementSpacing": "a b c"}, "its ElementSpacing is 'a b c'"),
    ({"BinaryData": False}, "as text"),
    ({"ElementDataFile": "LIST"}, "in several files"),
    ({"ElementDataFile": "a%03d.raw 1 5 1"}, "in several files"),
    ({"ElementDataFile": "gone.raw"}, "its data, 'gone.raw', are missing"),
    ({"ElementDataFile": ""}, "are missing"),
    ({"HeaderSize": -3}, "its HeaderSize is '-3'"),
    ({"DimSize": "20000 20000 20000"}, "0 of its 20000 slices are there"),
    ({"DimSize": "20000 20000 20000", "CompressedData": True}, "cannot hold"),
    ({"DimSize": "1e300 1e300 1e300"}, "a.mha"),
    ({"CompressedData": True}, "a.mha is damaged"),
]


@pytest.mark.parametrize(("changes", "words"), MHA_DAMAGE)
def test_damaged_metaimages_are_refused(
    changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    path = write_mha(tmp_path / "a.mha", **changes)
    tracemalloc.start()
    error = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert words in error.problem
    assert peak < 8 << 20


def test_a_metaimage_that_says_nothing_of_its_data(tmp_path: Path) -> None:
    path = tmp_path / "a.mha"
    path.write_bytes(b"ObjectType = Image\nNDims = 3\nDimSize = 4 4 4\n")
    assert "does not say where its voxels are" in refusal(path).problem


def test_a_bomb_of_the_announced_size_is_too_much_memory(tmp_path: Path) -> None:
    zeros = gzip.compress(bytes(64 << 20))
    path = write_nrrd(tmp_path / "a.nrrd", zeros, sizes="1024 1024 32", encoding="gzip")
    with pytest.raises(OutOfMemoryError, match="needs 256 MiB"):
        read(path, available=255 << 20)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["nrrd", "mha"]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 9)), max_size=4),
)
def test_a_damaged_header_is_a_volume_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    damage: list[tuple[float, bytes, int]],
) -> None:
    """Cut and put bytes anywhere in the text, as no program does and every disc can."""
    path = tmp_path_factory.mktemp("damage") / "a"
    whole = (write_nrrd if kind == "nrrd" else write_mha)(path).read_bytes()
    text, voxels = whole[: -phantom().nbytes], whole[-phantom().nbytes :]
    for place, put, cut in damage:
        at = 4 + int(place * (len(text) - 4))
        text = text[:at] + put + text[at + cut :]
    path.write_bytes(text + voxels)
    try:
        volume = read(path, available=1 << 28)
        assert volume.voxels.size
    except IsthmusError as error:
        assert error.problem.endswith(".")  # noqa: PT017  (either outcome is right)


def test_the_two_headers_of_these_tests_say_the_same(tmp_path: Path) -> None:
    one: Array = read(write_nrrd(tmp_path / "a.nrrd", space="left-posterior-superior",
                                 space_origin="(10,20,30)")).affine  # fmt: skip
    np.testing.assert_array_equal(one, read(write_mha(tmp_path / "a.mha")).affine)
