"""Files say what they hold, and damage to any of their bytes is found."""

import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec import bitstream
from isthmus.codec.bitstream import Header, pack, read_header, salvage, unpack
from isthmus.codec.latent import Grid
from isthmus.errors import BitstreamError

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])
TYPES = ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")


def make_header(**changes):
    entries = {
        "shape": (5, 9, 17),
        "dtype": np.dtype(np.int16),
        "affine": AFFINE,
        "low": -1000.0,
        "high": 1500.5,
        "minimum": -1024.0,
        "maximum": 3071.0,
        "scale": 0.1,
        "offset": -7.0,
        "unit": "HU",
        "modality": "CT",
    }
    return Header("0123456789abcdef", 3, 2, Grid(**{**entries, **changes}))


def assert_same(one, two):
    assert (one.checkpoint_id, one.bottleneck, one.depth) == (
        two.checkpoint_id,
        two.bottleneck,
        two.depth,
    )
    assert np.array_equal(one.grid.affine, two.grid.affine)
    for name in vars(one.grid):
        if name != "affine":
            assert getattr(one.grid, name) == getattr(two.grid, name), name


def forge(header, offset, kind, value, slabs=3):
    """Return a file with one header field overwritten and its checksum made right again."""
    data = bytearray(pack(header, [b"slab"] * slabs))
    length = struct.unpack_from("<H", data, 5)[0]
    struct.pack_into(f"<{kind}", data, 7 + offset, value)
    struct.pack_into("<I", data, 7 + length, zlib.crc32(data[7 : 7 + length]))
    return bytes(data)


numbers = st.floats(-1e30, 1e30)


@settings(deadline=None)
@given(
    shape=st.tuples(*[st.integers(1, 500)] * 3),
    kind=st.sampled_from(TYPES),
    ends=st.tuples(st.integers(0, 60), st.integers(61, 120)),
    low=numbers,
    width=st.floats(1e-3, 1e30),
    scale=numbers,
    offset=numbers,
    unit=st.text(max_size=40),
    modality=st.text(st.characters(max_codepoint=0x7F), max_size=16),
    known=st.booleans(),
    simulated=st.booleans(),
    shift=st.tuples(*[numbers] * 3),
)
def test_headers_come_back(
    shape, kind, ends, low, width, scale, offset, unit, modality, known, simulated, shift
):
    affine = AFFINE.copy()
    affine[:3, 3] = shift
    # Next to a large number a small width vanishes.
    high = max(low + width, np.nextafter(low, np.inf))
    header = make_header(
        shape=shape, dtype=np.dtype(kind), affine=affine, low=low, high=high,
        minimum=float(ends[0]), maximum=float(ends[1]), scale=scale, offset=offset,
        unit=unit, modality=modality, orientation_known=known, simulated=simulated,
    )  # fmt: skip
    slabs = [bytes([index % 256]) * index for index in range(header.slabs)]
    read, found = unpack(pack(header, slabs))
    assert_same(read, header)
    assert found == slabs


def test_the_fields_lie_where_the_document_says():
    data = pack(make_header(), [b"", b"a", b"bc"])
    body = data[7:]
    assert data[:5] == b"ISTH\x01"
    assert body[:4] == bytes([3, bitstream._ORIENTATION_KNOWN, 3, 2])
    assert body[4:12].hex() == "0123456789abcdef"
    assert struct.unpack_from("<3I", body, 12) == (5, 9, 17)
    assert struct.unpack_from("<12d", body, 24) == tuple(AFFINE[:3].ravel())
    assert struct.unpack_from("<6d", body, 120) == (-1000.0, 1500.5, -1024.0, 3071.0, 0.1, -7.0)
    assert body[168:174] == b"\x02HU\x02CT"
    slabs = data[7 + 174 + 4 :]
    assert slabs == b"".join(
        bytes([len(slab)]) + struct.pack("<I", zlib.crc32(slab)) + slab
        for slab in (b"", b"a", b"bc")
    )


@pytest.mark.parametrize("length", [0, 127, 128, 16383, 16384, 2_100_000])
def test_slabs_of_any_length_come_back(length):
    slabs = [b"x" * length, b"", b"y"]
    assert unpack(pack(make_header(), slabs))[1] == slabs


def test_long_texts_are_cut_between_characters():
    read = read_header(pack(make_header(unit="é" * 200), []))
    assert read.grid.unit == "é" * 127


def test_big_endian_voxels_are_the_same_type():
    read = read_header(pack(make_header(dtype=np.dtype(">i2")), []))
    assert read.grid.dtype == np.dtype("<i2")


def test_a_flipped_bit_is_found_wherever_it_is():
    header, slabs = make_header(shape=(9, 9, 9)), [b"first slab", b"", b"3", b"four", b"5"]
    whole = pack(header, slabs)
    for at in range(len(whole)):
        for bit in (1, 16, 128):
            damaged = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
            with pytest.raises(BitstreamError):
                unpack(damaged)


def test_every_truncation_is_found_and_leaves_the_slabs_before_it():
    slabs = [b"first slab", b"", b"third"]
    whole = pack(make_header(), slabs)
    start = len(whole) - sum(5 + len(slab) for slab in slabs)
    ends = [start + sum(5 + len(slab) for slab in slabs[:count]) for count in range(4)]
    for size in range(len(whole)):
        with pytest.raises(BitstreamError) as caught:
            unpack(whole[:size])
        if size >= start:
            _, found, damage = salvage(whole[:size])
            assert found == slabs[: sum(size >= end for end in ends[1:])]
            assert str(damage) == str(caught.value)
            assert f"{len(found)} of 3 slabs are whole" in str(damage)


def test_a_damaged_slab_leaves_those_before_it():
    whole = bytearray(pack(make_header(), [b"one", b"two", b"three"]))
    whole[whole.index(b"two")] ^= 4
    _, found, damage = salvage(bytes(whole))
    assert found == [b"one"]
    assert damage is not None
    assert damage.problem == "The file is damaged: 1 of 3 slabs are whole."


def test_bytes_after_the_end_are_found():
    with pytest.raises(BitstreamError, match="goes on after its end"):
        unpack(pack(make_header(), [b"a", b"b", b"c"]) + b"!")


@pytest.mark.parametrize("data", [b"", b"I", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b" * 50])
def test_other_files_are_named_as_such(data):
    with pytest.raises(BitstreamError, match=r"not an \.isth file"):
        read_header(data)


def test_a_newer_version_asks_for_an_update():
    data = bytearray(pack(make_header(), []))
    data[4] = 2
    with pytest.raises(BitstreamError, match=r"format version 2\. Update Isthmus\."):
        read_header(bytes(data))


@pytest.mark.parametrize(
    ("offset", "kind", "value"),
    [
        (0, "B", 11),  # no such type
        (3, "B", 0),  # slabs without slices
        (12, "I", 0),
        (16, "I", 65_537),
        (24, "d", np.nan),
        (104, "d", 0.0),  # the affine's last row becomes zero
        (120, "d", np.inf),
        (120, "d", 1e9),  # low above high
        (136, "d", 1e9),  # minimum above maximum
        (136, "d", -40_000.0),  # not an int16
        (144, "d", 40_000.0),
        (152, "d", np.nan),
        (168, "B", 200),  # a text that is longer than the header
        (171, "B", 200),
    ],
)
def test_headers_that_make_no_sense_are_refused_though_the_checksum_is_right(offset, kind, value):
    data = forge(make_header(), offset, kind, value)
    with pytest.raises(BitstreamError, match="does not make sense"):
        read_header(data)


def test_absurd_sizes_are_refused_before_memory_is_taken():
    huge = forge(make_header(shape=(4096, 2048, 2047)), 20, "I", 65_536)
    many = forge(make_header(), 12, "I", 65_536)
    tracemalloc.start()
    with pytest.raises(BitstreamError, match="does not make sense"):
        unpack(huge)
    with pytest.raises(BitstreamError, match="3 of 32768 slabs are whole"):
        unpack(many)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize("shape", [(1, 65_537, 1), (65_536, 65_536, 65_536)])
def test_scans_beyond_the_limits_are_refused_when_writing(shape):
    with pytest.raises(BitstreamError, match=r"too large for an \.isth file"):
        pack(make_header(shape=shape), [])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_an_error(tail):
    for data in (tail, b"ISTH\x01" + tail):
        with pytest.raises(BitstreamError):
            unpack(data)
