"""Files of format version 1 can still be read, and damage to them is still found."""

import numpy as np
import pytest
from handmade import AFFINE, version_1
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec.bitstream import prefix_sizes, read_header, salvage, unpack
from isthmus.codec.version1 import slabs_in
from isthmus.errors import BitstreamError

SLABS = [b"first slab", b"", b"third"]


def slabs_of(data):
    """Return the slabs that `salvage` finds in a file of version 1."""
    (runs,) = salvage(data)[1]
    return [slab for run in runs if run is not None for slab in slabs_in(run)]


def test_the_header_comes_back():
    header = read_header(version_1(SLABS))
    assert (header.version, header.checkpoint_id) == (1, "0123456789abcdef")
    assert (header.bottleneck, header.depth, header.restart, header.layers) == (3, 2, 8, 1)
    assert header.step is None
    grid = header.grid
    assert (grid.shape, grid.dtype) == ((5, 9, 17), np.dtype("<i2"))
    assert np.array_equal(grid.affine, AFFINE)
    assert (grid.low, grid.high) == (-1000.0, 1500.5)
    assert (grid.minimum, grid.maximum) == (-1024.0, 3071.0)
    assert (grid.scale, grid.offset, grid.unit, grid.modality) == (0.1, -7.0, "HU", "CT")
    assert grid.orientation_known
    assert not grid.simulated


@settings(deadline=None, max_examples=30)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=40))
def test_slabs_come_back_by_runs_of_eight(slabs):
    data = version_1(slabs, shape=(2 * len(slabs), 1, 1))
    header, ((*runs,),) = unpack(data)
    assert len(runs) == header.runs == -(-len(slabs) // 8)
    for run, part in enumerate(runs):
        assert slabs_in(part) == slabs[8 * run : 8 * run + 8]


def test_there_are_no_layers_to_stop_after():
    with pytest.raises(BitstreamError, match=r"version 1, which has no layers\. Read all of it\."):
        prefix_sizes(version_1(SLABS))


def test_a_flipped_bit_is_found_wherever_it_is():
    whole = version_1(SLABS)
    for at in range(len(whole)):
        for bit in range(8):
            with pytest.raises(BitstreamError):
                unpack(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])


def test_every_truncation_is_found_and_leaves_the_slabs_before_it():
    whole = version_1(SLABS)
    ends = [len(whole) - sum(5 + len(slab) for slab in SLABS[count:]) for count in range(4)]
    for size in range(len(whole)):
        with pytest.raises(BitstreamError):
            unpack(whole[:size])
        if size >= ends[0]:
            found = slabs_of(whole[:size])
            assert found == SLABS[: sum(size >= end for end in ends[1:])]
            assert f"too early: {len(found)} of 3 slabs" in str(salvage(whole[:size])[2])


def test_slabs_after_the_damage_are_lost():
    slabs = [b"%d" % slab for slab in range(20)]
    data = bytearray(version_1(slabs, shape=(20, 1, 1), depth=1))
    data[data.index(b"11")] ^= 4
    _, (runs,), problem = salvage(bytes(data))
    assert slabs_of(bytes(data)) == slabs[:11]
    assert runs[2] is None
    assert problem.problem == "The file is damaged: 11 of 20 slabs are whole."


def test_bytes_after_the_end_are_found():
    with pytest.raises(BitstreamError, match="goes on after its end"):
        unpack(version_1(SLABS) + b"!")


@pytest.mark.parametrize(
    "forged",
    [
        (0, "B", 11),  # no such type
        (3, "B", 0),  # slabs without slices
        (12, "I", 0),
        (16, "I", 65_537),
        (24, "d", np.nan),
        (104, "d", 0.0),  # the affine becomes singular
        (120, "d", np.inf),
        (120, "d", 1e9),  # low above high
        (136, "d", -40_000.0),  # not an int16
        (152, "d", np.nan),
        (168, "B", 200),  # a text that is longer than the header
        (171, "B", 200),
    ],
)
def test_headers_that_make_no_sense_are_refused_though_the_checksum_is_right(forged):
    with pytest.raises(BitstreamError, match="does not make sense"):
        read_header(version_1(SLABS, forged=[forged]))
