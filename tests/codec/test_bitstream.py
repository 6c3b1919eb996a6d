"""Files say what they hold, damage to any byte is found, and a cut file keeps its lower layers."""

import struct
import tracemalloc
import zlib
from dataclasses import replace

import handmade
import numpy as np
import pytest
import reference_decoder
from handmade import AFFINE, entry, integer, number, text, version_2
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec.bitstream import (
    Header,
    check_size,
    pack,
    prefix_sizes,
    read_header,
    salvage,
    unpack,
)
from isthmus.codec.latent import Grid
from isthmus.errors import BitstreamError

TYPES = ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")
GRID = {
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


def make_header(**changes):
    """Return the header of `handmade.fields`, with changes to it or its grid."""
    grid = Grid(**GRID | {name: changes.pop(name) for name in GRID.keys() & changes.keys()})
    known = {"checkpoint_id": "0123456789abcdef", "bottleneck": 3, "depth": 2, "step": 0.03125}
    return Header(grid=grid, **known | {"restart": 2} | changes)


def a_file(layers=3, runs=4):
    """Return a small file of version 2 whose streams all differ, the last run plain."""
    header = make_header(shape=(4 * runs - 1, 2, 2), layers=layers, plain=frozenset({runs - 1}))
    streams = [
        [f"layer {layer} run {run}".encode()[: 6 + 8 * layer] for run in range(runs - 1)]
        + [b"" if layer else b"the samples of a run"]
        for layer in range(layers)
    ]
    return pack(header, streams), streams


def flat(streams):
    return [stream for layer in streams for stream in layer]


def assert_same(one, two):
    assert np.array_equal(one.grid.affine, two.grid.affine)
    for name in vars(one.grid).keys() - {"affine"}:
        assert getattr(one.grid, name) == getattr(two.grid, name), name
    for name in vars(one).keys() - {"grid"}:
        assert getattr(one, name) == getattr(two, name), name


numbers = st.floats(-1e100, 1e100)
counts = st.integers(1, 255)


@st.composite
def headers(draw):
    depth, restart, layers = draw(counts), draw(counts), draw(st.integers(1, 9))
    slices = draw(st.integers(1, min(6 * depth * restart, 65_536)))
    low, width = draw(numbers), draw(st.floats(1e-3, 1e100))
    affine = AFFINE.copy()
    affine[:3, 3] = draw(st.tuples(*[numbers] * 3))
    grid = Grid(
        shape=(slices, draw(st.integers(1, 500)), draw(st.integers(1, 500))),
        dtype=np.dtype(draw(st.sampled_from(TYPES))),
        affine=affine,
        low=low,
        # Next to a large number a small width vanishes.
        high=max(low + width, float(np.nextafter(low, np.inf))),
        minimum=float(draw(st.integers(0, 60))),
        maximum=float(draw(st.integers(60, 120))),
        scale=draw(numbers),
        offset=draw(numbers),
        unit=draw(st.text(max_size=40)),
        modality=draw(st.text(max_size=16)),
        orientation_known=draw(st.booleans()),
        simulated=draw(st.booleans()),
    )
    runs = -(-slices // (depth * restart))
    return Header(
        checkpoint_id=draw(st.binary(min_size=8, max_size=8)).hex(),
        bottleneck=draw(st.integers(0, 255)),
        depth=depth,
        grid=grid,
        step=draw(st.floats(0, 1e9, exclude_min=True)),
        layers=layers,
        strength=draw(st.integers(0, 255)),
        restart=restart,
        plain=draw(st.frozensets(st.integers(0, runs - 1))),
        lossy=draw(st.text(max_size=40)),
        leaning=tuple(draw(st.lists(st.integers(-8, 7), max_size=128))),
    )


@settings(deadline=None, max_examples=60)
@given(header=headers(), seed=st.integers(0, 1 << 32))
def test_headers_and_streams_come_back(header, seed):
    rng = np.random.default_rng(seed)
    streams = [
        [
            b"" if layer and run in header.plain else rng.bytes(rng.integers(20))
            for run in range(header.runs)
        ]
        for layer in range(header.layers)
    ]
    whole = pack(header, streams)
    read, found = unpack(whole)
    assert_same(read, header)
    assert found == streams
    sizes = [sum(map(len, layer)) for layer in streams]
    assert np.diff([*prefix_sizes(whole), len(whole)]).tolist() == [*sizes[1:], 0]


@settings(deadline=None, max_examples=40)
@given(header=headers())
def test_a_decoder_written_from_the_document_reads_the_same(header):
    streams = [
        [
            b"" if layer and run in header.plain else b"%d %d" % (layer, run)
            for run in range(header.runs)
        ]
        for layer in range(header.layers)
    ]
    fields, found = reference_decoder.read_file(pack(header, streams))
    assert found == streams
    grid = header.grid
    assert fields == {
        "type": grid.dtype.kind + str(grid.dtype.itemsize),
        "orientation_known": grid.orientation_known,
        "simulated": grid.simulated,
        "bottleneck": header.bottleneck,
        "depth": header.depth,
        "checkpoint": header.checkpoint_id,
        "strength": header.strength,
        "layers": header.layers,
        "restart": header.restart,
        "shape": grid.shape,
        "affine": tuple(grid.affine[:3].ravel()),
        "low": grid.low,
        "high": grid.high,
        "minimum": grid.minimum,
        "maximum": grid.maximum,
        "scale": grid.scale,
        "offset": grid.offset,
        "step": header.step,
        "unit": grid.unit,
        "modality": grid.modality,
        "lossy": header.lossy,
        "leaning": list(header.leaning),
        "plain": sorted(header.plain),
    }


def test_every_field_lies_where_the_document_says():
    assert pack(make_header(), [[b"", b""]]) == version_2()
    streams = [[b"a", b"bc"], [b"def", b""]]
    changes = {"layers": 2, "strength": 77, "plain": frozenset({1}), "lossy": "JPEG, 10:1"}
    changes["leaning"] = (3, -2, 7)
    coded = {
        "layers": b"\2",
        "strength": b"\x4d",
        "plain": b"\1\1",
        "lossy": text("JPEG, 10:1"),
        "leaning": b"\x03\xe3\x07",
        "table": b"".join(map(entry, flat(streams))),
    }
    assert pack(make_header(**changes), streams) == version_2(flat(streams), **coded)


def test_a_typical_header_is_short():
    """At 0.02 bits per voxel a whole scan of 256×256×24 takes 4000 bytes."""
    affine = AFFINE.astype(np.float32).astype(np.float64)
    plain = make_header(affine=affine, shape=(24, 256, 256), restart=8, scale=1.0, offset=0.0)
    assert len(pack(plain, [[b"", b""]])) < 130


@pytest.mark.parametrize("length", [0, 127, 128, 16_383, 16_384, 2_100_000])
def test_streams_of_any_length_come_back(length):
    streams = [[b"x" * length, b"y"], [b"", b"z" * length]]
    assert unpack(pack(make_header(layers=2), streams))[1] == streams


def test_long_texts_are_cut_between_characters():
    assert read_header(pack(make_header(unit="é" * 200), [[b"", b""]])).grid.unit == "é" * 127


def test_big_endian_voxels_are_the_same_type():
    read = read_header(pack(make_header(dtype=np.dtype(">i2")), [[b"", b""]]))
    assert read.grid.dtype == np.dtype("<i2")


def test_runs_say_what_they_hold():
    header = make_header(shape=(21, 1, 1), depth=2, restart=4)
    assert (header.slabs, header.runs) == (11, 3)
    assert [list(header.slabs_of(run)) for run in (0, 2)] == [[0, 1, 2, 3], [8, 9, 10]]
    assert [header.slices_of(run) for run in range(3)] == [range(8), range(8, 16), range(16, 21)]


def test_a_flipped_bit_is_found_wherever_it_is():
    whole, streams = a_file()
    for at in range(len(whole)):
        for bit in range(8):
            damaged = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
            with pytest.raises(BitstreamError):
                unpack(damaged)
            if at < prefix_sizes(whole)[0] - sum(map(len, streams[0])):
                continue
            _, found, _ = salvage(damaged)
            pairs = zip(flat(found), flat(streams), strict=True)
            assert [one for one, other in pairs if one != other] == [None]


def test_every_truncation_is_found_and_leaves_what_lies_before_it():
    whole, streams = a_file()
    start = prefix_sizes(whole)[0] - sum(map(len, streams[0]))
    for size in range(len(whole)):
        cut = whole[:size]
        with pytest.raises(BitstreamError) as caught:
            unpack(cut)
        if size < start:
            with pytest.raises(BitstreamError):
                salvage(cut)
            continue
        _, layers, problem = salvage(cut)
        found = flat(layers)
        ends = start + np.cumsum(list(map(len, flat(streams))))
        for stream, kept, end in zip(flat(streams), found, ends, strict=True):
            assert kept == (stream if end <= size or not stream else None)
        assert str(problem) == str(caught.value)
        part = f"The file ends too early: {len(found) - found.count(None)} of its 12 parts"
        assert part in str(problem)


def test_the_first_bytes_of_a_file_are_its_first_layers():
    whole, streams = a_file()
    for count, size in enumerate(prefix_sizes(whole), 1):
        assert salvage(whole[:size])[1][:count] == streams[:count]
        assert None in flat(salvage(whole[: size - 1])[1][:count])
    start = prefix_sizes(whole)[0] - sum(map(len, streams[0]))
    assert prefix_sizes(whole[:start]) == prefix_sizes(whole)
    assert_same(read_header(whole[:start]), read_header(whole))


def test_a_damaged_stream_leaves_all_others():
    whole, streams = a_file()
    _, found, problem = salvage(whole.replace(b"layer 1 run 2", b"layer 1 run 3"))
    assert found == [streams[0], [*streams[1][:2], None, streams[1][3]], streams[2]]
    assert problem.problem == "The file is damaged: 11 of its 12 parts are whole."


def test_streams_in_each_others_places_are_found_out():
    header = make_header(layers=2)
    streams = [[b"one", b"two"], [b"six", b"ten"]]
    whole = pack(header, streams)
    start = len(whole) - 12
    for order in ((1, 0, 2, 3), (2, 1, 0, 3), (0, 1, 3, 2), (1, 2, 3, 0)):
        moved = b"".join(flat(streams)[at] for at in order)
        _, found, problem = salvage(whole[:start] + moved)
        lost = [at != place for place, at in enumerate(order)]
        assert [stream is None for stream in flat(found)] == lost
        assert "damaged" in str(problem)


def test_the_streams_of_another_file_are_found_out():
    one = pack(make_header(), [[b"one", b"two"]])
    for header in (make_header(), make_header(unit="", modality="MR", step=0.5)):
        other = pack(header, [[b"ONE", b"TWO"]])
        with pytest.raises(BitstreamError, match="damaged: 0 of its 2 parts"):
            unpack(one[:-6] + other[-6:])


def test_bytes_after_the_end_are_found():
    whole, streams = a_file()
    with pytest.raises(BitstreamError, match="goes on after its end"):
        unpack(whole + b"!")
    assert salvage(whole + b"!")[1] == streams


def test_extensions_are_skipped():
    """A later version may add to a file what this one need not know."""
    records = struct.pack("<HI3s", 7, 3, b"new") + struct.pack("<HI", 900, 0)
    changes = {"extensions": integer(len(records)) + records, "behind": integer(10)}
    whole = version_2(**changes) + b"more bytes"
    read, found = unpack(whole)
    assert_same(read, make_header())
    assert found == [[b"", b""]]
    with pytest.raises(BitstreamError, match="too early"):
        unpack(whole[:-1])
    with pytest.raises(BitstreamError, match="goes on after its end"):
        unpack(whole + b"!")


@pytest.mark.parametrize("data", [b"", b"I", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b" * 50])
def test_other_files_are_named_as_such(data):
    for read in (read_header, unpack, salvage, prefix_sizes):
        with pytest.raises(BitstreamError, match=r"not an \.isth file"):
            read(data)


def test_a_newer_version_asks_for_an_update():
    data = bytearray(version_2())
    data[4] = 3
    with pytest.raises(BitstreamError, match=r"format version 3\. Update Isthmus\."):
        read_header(bytes(data))


@pytest.mark.parametrize(
    "forged",
    [
        {"kind": b"\x0b"},  # no such type
        {"depth": b"\0"},
        {"restart": b"\0"},
        {"layers": b"\0", "table": b""},
        {"layers": b"\2"},  # more than the table has
        {"table": entry(b"") * 3},  # or fewer
        {"slices": integer(0), "table": b""},
        {"slices": integer(9)},  # a run more than the table has
        {"rows": integer(65_537)},
        {"columns": integer(2**40)},
        {"extensions": b"\x80" * 6 + b"\0"},  # an integer that is too long
        {"affine0": number(np.nan)},
        {"affine10": number(0.0)},  # singular
        {"affine0": number(1e200), "affine5": number(1e200)},
        {"affine0": b"\x09" + bytes(9)},  # a number that is too long
        {"low": number(np.inf)},
        {"low": number(1e9)},  # above high
        {"minimum": number(1e9)},  # above maximum
        {"minimum": number(-40_000.0)},  # not an int16
        {"maximum": number(40_000.0)},
        {"scale": number(np.nan)},
        {"step": number(0.0)},
        {"step": number(-1.0)},
        {"step": number(np.inf)},
        {"step": number(np.nan)},
        {"unit": b"\xff"},  # texts that are longer than the header
        {"lossy": b"\xffJPEG"},
        {"extensions": integer(1000)},
        {"plain": integer(1) + integer(2)},  # a run that is not there
        {"plain": integer(3) + bytes(3)},
        {"plain": integer(2) + integer(1) + integer(0)},
        {"plain": integer(2**41)},
        {"end": b"\0"},  # a byte that belongs to nothing
        {"behind": b""},
        # A plain run with another layer.
        {"layers": b"\2", "plain": b"\1\0", "table": entry(b"") * 2 + entry(b"x") + entry(b"")},
    ],
    ids=lambda forged: ", ".join(forged),
)
def test_headers_that_make_no_sense_are_refused_though_the_checksum_is_right(forged):
    with pytest.raises(BitstreamError, match="does not make sense"):
        read_header(version_2(**forged))


@settings(deadline=None)
@given(st.data())
def test_no_forged_field_does_more_than_be_refused(data):
    """The checksum does not protect from someone who makes it anew."""
    name = data.draw(st.sampled_from(list(handmade.fields())))
    anything = st.binary(max_size=12) | st.floats().map(number) | st.integers(0).map(integer)
    forged = version_2(**{name: data.draw(anything)})
    try:
        header, streams = unpack(forged)
    except BitstreamError:
        return
    assert pack(header, streams)


def test_absurd_sizes_are_refused_before_memory_is_taken():
    many = {"slices": integer(65_536), "rows": b"\1", "columns": b"\1", "depth": b"\1"}
    forged = [
        version_2(rows=integer(65_536), columns=integer(65_536)),
        version_2(**many, restart=b"\1", layers=b"\xff"),
        version_2(table=integer(2**41) + bytes(4) + entry(b"")),
        version_2(behind=integer(2**41)),
        version_2(extensions=integer(2**41)),
        version_2(plain=integer(2**41)),
        b"ISTH" + struct.pack("<HI", 2, 2**32 - 1) + bytes(100),
    ]
    tracemalloc.start()
    for data in forged:
        with pytest.raises(BitstreamError, match=r"not make sense|too early|in its header"):
            unpack(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000


@pytest.mark.parametrize("shape", [(1, 65_537, 1), (65_536, 65_536, 65_536)])
def test_scans_beyond_the_limits_are_refused_when_writing(shape):
    header = make_header(shape=shape)
    for write in (lambda: check_size(header.grid), lambda: pack(header, [[b""]])):
        with pytest.raises(BitstreamError, match=r"too large for an \.isth file"):
            write()


@pytest.mark.parametrize(
    "streams", [[], [[b""]], [[b"", b""]], [[b"", b""], [b""]], [[b"", b""], [b"", b"x"]]]
)
def test_streams_that_are_not_the_headers_are_not_written(streams):
    with pytest.raises(ValueError, match="layer"):
        pack(make_header(layers=2, plain=frozenset({1})), streams)


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": 0.0}, {"step": np.nan}, {"layers": 0}, {"layers": 256}, {"depth": 0},
        {"restart": 0}, {"bottleneck": 256}, {"strength": -1}, {"plain": frozenset({2})},
        {"checkpoint_id": "00"},
    ],
    ids=str,
)  # fmt: skip
def test_there_is_no_header_that_the_format_cannot_say(wrong):
    with pytest.raises(ValueError, match=r"byte|step|run|checkpoint"):
        make_header(**wrong)


def test_only_this_version_is_written():
    for wrong in (replace(make_header(), version=1), replace(make_header(), step=None)):
        with pytest.raises(ValueError, match="version 2"):
            pack(wrong, [[b"", b""]])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_an_error(tail):
    checked = b"ISTH" + struct.pack("<HI", 2, len(tail)) + tail
    checked += struct.pack("<I", zlib.crc32(checked))
    for data in (tail, b"ISTH\1" + tail, b"ISTH\2\0" + tail, checked):
        with pytest.raises(BitstreamError):
            unpack(data)
