"""The format is what docs/bitstream.md says: a decoder written from that page alone agrees."""

import dataclasses

import numpy as np
import pytest
from reference_decoder import decode_integers, decode_run, edges, read_file
from reference_synthesis import decode_voxels

from isthmus.codec import context
from isthmus.codec.bitstream import prefix_sizes
from isthmus.codec.context import ContextModel, encode_run
from isthmus.scans.volume import Volume
from isthmus.training.export import logistic_tables

CHANNELS, BOTTLENECKS = 40, 2
LOWEST, HIGHEST = -(2**31), 2**31 - 1


def any_model(loud):
    """Tables of any numbers; loud ones make sums wrap around in 32 bits."""
    random = np.random.default_rng(3)

    def some(*shape):
        most = 2_000_000 if loud else 900
        return random.integers(-most, most + 1, shape)

    layer = np.repeat(np.arange(3), (4, 4, 8))
    lower, same = layer[:, None] < layer, layer[:, None] == layer
    causal = np.arange(9)[:, None, None] < 4
    shifts, cumulative = logistic_tables()
    arrays = {
        "features": 16 * np.log2(1 + np.arange(4096)).round(),
        "tell": 40 * some(2 * BOTTLENECKS, 96),
        "embed": some(CHANNELS, 2, 32),
        "causal": some(5, 4, 32, 96),
        "spatial": some(5, 9, 32, 96),
        "before": some(5, 9, 32, 96),
        "feed": some(CHANNELS, 2, 96),
        "heads": some(96, 2, CHANNELS),
        "offsets": 100 * some(BOTTLENECKS, 2, CHANNELS),
        "within": 4 * some(CHANNELS, 2, 2, CHANNELS),
        # Weights of integers that are not known yet are 0.
        "linear_spatial": 10 * some(9, 16, 16) * (lower | (same & causal)),
        "linear_before": 10 * some(9, 16, 16) * (lower | same),
        "linear_within": 10 * some(16, 16) * np.triu(same, 1),
        "shifts": shifts,
        "cumulative": cumulative,
    }
    tensors = {f"context.{name}": array.astype(np.int32) for name, array in arrays.items()}
    return ContextModel.from_tensors(tensors, CHANNELS, BOTTLENECKS)


def any_run(channels, slabs=3, rows=3, columns=2):
    """Integers of a run, most of them small or zero, some as large as there are."""
    random = np.random.default_rng(channels)
    values = np.zeros((slabs, CHANNELS, rows, columns), np.int32)
    kept = values[:, :channels]
    kept[:] = np.rint(random.standard_cauchy(kept.shape).clip(-1e6, 1e6))
    kept[0, 0, 0], kept[-1, 0, -1, -1], kept[1, -1, 0, 0] = LOWEST, HIGHEST, LOWEST
    return values


def as_read(model):
    return {name: array.astype(np.int64) for name, array in model._asdict().items()}


@pytest.mark.parametrize("loud", [False, True])
@pytest.mark.parametrize("channels", [3, 16, 37])
def test_another_decoder_reads_the_same_run(channels, loud):
    """First and later slabs, every layer, escapes, shifts, sums beyond 32 bits."""
    model, values = any_model(loud), any_run(channels)
    streams = encode_run(model, values, 1, channels)
    size = (len(values), *values.shape[2:])
    assert len(streams) == len(edges(channels))
    assert np.array_equal(decode_run(as_read(model), streams, size, 1, channels), values)
    shape = values.shape
    assert np.array_equal(context.decode_run(model, streams, shape, 1, channels), values)


def test_every_array_has_a_part_in_it():
    """Without any one of the arrays, both decoders would have to find other integers."""
    model, values = any_model(loud=False), any_run(12)
    streams = encode_run(model, values, 0, 12)
    for name in model._fields:
        if name not in ("cumulative", "shifts"):
            other = model._replace(**{name: np.zeros_like(getattr(model, name))})
            assert encode_run(other, values, 0, 12) != streams, name


def test_the_first_layers_are_enough_for_their_channels():
    model, values = any_model(loud=False), any_run(37)
    streams = encode_run(model, values, 0, 37)
    size = (len(values), *values.shape[2:])
    for layers, (_, end) in enumerate(edges(37), 1):
        found = decode_run(as_read(model), streams[:layers], size, 0, 37)
        assert np.array_equal(found[:, :end], values[:, :end])
        assert not found[:, end:].any()


@pytest.fixture(scope="module")
def file(lively):
    """A file of three runs, the second of them plain.

    Its sides are odd, its step and its strength are not the usual ones.
    """
    voxels = np.random.default_rng(8).integers(0, 900, (37, 13, 17)).astype(np.uint16)
    voxels[16:32] = np.indices((16, 13, 17)).sum(0) % 2 * 800
    volume = Volume(voxels, np.eye(4))
    latent = lively.encode(volume, "128ch", step=0.1)
    latent = dataclasses.replace(latent, strength=70)
    data = lively.write(latent)
    assert read_file(data)[0]["plain"] == [1]
    return data, latent


def test_another_decoder_reads_the_same_file(file, lively, lively_info):
    data, latent = file
    found = decode_integers(data, lively_info.path)
    assert np.array_equal(found, lively.read(data).values)
    assert np.array_equal(found[:8], latent.values[:8])
    assert np.array_equal(found[16:], latent.values[16:])
    assert not found[8:16].any()
    assert found[:8].any()


@pytest.mark.parametrize("layers", [None, 3])
def test_another_decoder_makes_the_same_voxels(file, lively, lively_info, layers):
    data, _ = file
    cut = data if layers is None else data[: prefix_sizes(data)[layers - 1]]
    expected = lively.decompress(cut, layers=layers).voxels.astype(int)
    found = decode_voxels(data, lively_info.path, layers).astype(int)
    assert np.array_equal(found[16:32], expected[16:32])
    assert np.abs(found - expected).max() <= 1
    assert np.mean(found != expected) < 0.002


def test_another_decoder_makes_the_same_voxels_without_networks(linear, head):
    small = Volume(np.ascontiguousarray(head.voxels[:3, 30:60, 30:55]), head.affine)
    data = linear.compress(small, "16ch")
    found = decode_voxels(data, linear.info.path).astype(int)
    assert np.abs(found - linear.decompress(data).voxels.astype(int)).max() <= 1


def test_a_run_that_lost_all_its_layers_leaves_the_others(file, lively):
    data, _ = file
    streams = read_file(data)[1]
    first = prefix_sizes(data)[0] - sum(map(len, streams[0]))
    damaged = data[:first] + bytes([data[first] ^ 1]) + data[first + 1 :]
    found, whole = lively.decompress(damaged, salvage=True), lively.decompress(data)
    assert np.array_equal(found.voxels[16:], whole.voxels[16:])
    assert not np.array_equal(found.voxels[:16], whole.voxels[:16])
