"""Samples of every type come back to the bit, and never cost more than they do."""

import tracemalloc
import zlib

import numpy as np
import pytest
import reference_decoder
from builders import phantom
from hypothesis import given, settings
from hypothesis.extra import numpy as hnp

from isthmus.codec.plain import decode_plain, encode_plain
from isthmus.errors import BitstreamError

TYPES = ("u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8")


@pytest.mark.parametrize("kind", TYPES)
def test_samples_of_any_type_come_back_to_the_bit(kind):
    dtype = np.dtype(kind)

    # Not many of each: deflate sets up its tables anew for every array.
    @settings(deadline=None, max_examples=25)
    @given(hnp.arrays(f"u{dtype.itemsize}", hnp.array_shapes(min_dims=3, max_dims=3, max_side=9)))
    def comes_back(bits):
        samples = bits.view(dtype)
        stream = encode_plain(samples)
        found = decode_plain(stream, samples.shape, dtype)
        assert (found.dtype, found.shape) == (dtype, samples.shape)
        assert found.tobytes() == samples.tobytes()
        assert (
            reference_decoder.plain_samples(stream, samples.shape, dtype.str) == samples.tobytes()
        )

    comes_back()


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_samples_are_predicted_along_the_axis_that_serves(axis):
    steps = np.random.default_rng(1).integers(-3, 4, (16, 17, 18))
    walk = np.cumsum(steps, axis=axis).astype(np.int16)
    stream = encode_plain(walk)
    assert stream[0] == 3 - axis
    # Seven steps are 2.8 bits.
    assert 8 * len(stream) < 3.2 * walk.size
    assert np.array_equal(decode_plain(stream, walk.shape, walk.dtype), walk)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("side", [1, 3, 40])
def test_noise_costs_no_more_than_its_samples(kind, side):
    rng = np.random.default_rng(1)
    noise = np.frombuffer(rng.bytes(side**3 * np.dtype(kind).itemsize), kind).reshape([side] * 3)
    assert len(encode_plain(noise)) <= 1.001 * noise.nbytes + 16


def test_samples_of_fewer_bits_cost_only_these():
    noise = np.random.default_rng(1).integers(0, 4096, (16, 64, 64)).astype(np.int16)
    assert len(encode_plain(noise)) < 1.02 * noise.size * 12 / 8


def test_a_picture_costs_less_than_deflating_it():
    picture = phantom((8, 64, 64), np.int16)
    assert len(encode_plain(picture)) < 0.85 * len(zlib.compress(picture.tobytes(), 9))


def test_big_endian_and_strided_samples_are_the_same_samples():
    samples = phantom((4, 9, 7), np.int16)
    assert encode_plain(samples.astype(">i2")) == encode_plain(samples)
    assert encode_plain(np.asfortranarray(samples)) == encode_plain(samples)
    found = decode_plain(encode_plain(samples), samples.shape, np.dtype(">i2"))
    assert np.array_equal(found, samples)


@pytest.mark.parametrize("kind", ["u1", "f8"])
def test_a_damaged_stream_is_refused_or_harmless(kind):
    """The file's checksums find damage before; someone may have made them anew."""
    samples = phantom((3, 4, 5), kind)
    stream = encode_plain(samples)
    for at in range(len(stream)):
        with pytest.raises(BitstreamError):
            decode_plain(stream[:at], samples.shape, samples.dtype)
        for bit in range(8):
            damaged = stream[:at] + bytes([stream[at] ^ 1 << bit]) + stream[at + 1 :]
            try:
                found = decode_plain(damaged, samples.shape, samples.dtype)
            except BitstreamError:
                continue
            assert found.shape == samples.shape


def test_a_stream_of_another_size_is_refused():
    samples = phantom((3, 8, 8), np.int16)
    stream = encode_plain(samples)
    for shape, dtype in (((3, 8, 9), "i2"), ((3, 8, 7), "i2"), ((3, 8, 8), "i4")):
        with pytest.raises(BitstreamError, match="samples do not make sense"):
            decode_plain(stream, shape, np.dtype(dtype))
    with pytest.raises(BitstreamError, match="samples do not make sense"):
        decode_plain(stream + b"!", samples.shape, samples.dtype)


def test_a_small_stream_cannot_take_much_memory():
    bomb = b"\0" + zlib.compress(bytes(50_000_000), 9)[2:-4]
    tracemalloc.start()
    for shape in ((65_536, 512, 512), (1, 100, 100)):
        with pytest.raises(BitstreamError, match="samples do not make sense"):
            decode_plain(bomb, shape, np.dtype("u1"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
