"""What no model shortens is stored as its samples: exact, and never larger than they are."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from builders import phantom

from isthmus.codec.bitstream import read_header
from isthmus.codec.context import layer_edges
from isthmus.scans.volume import Volume

AFFINE = np.diag([1.0, 1.0, 3.0, 1.0])


def most_bytes(volume, bottleneck):
    """Return the most that a file may take: its samples, header, table, and deflate's framing."""
    runs = -(-volume.shape[0] // 16)
    table = runs * (9 + 5 * (len(layer_edges(bottleneck.channels)) - 1))
    return volume.voxels.nbytes * 1.001 + 200 + 16 * runs + table


def noise(kind, shape=(20, 40, 40)):
    whole = np.random.default_rng(3).bytes(int(np.prod(shape)) * np.dtype(kind).itemsize)
    return Volume(np.frombuffer(whole, kind).reshape(shape), AFFINE)


def mask(kind=np.uint8, shape=(40, 48, 40)):
    return Volume((phantom(shape) > 400).astype(kind), AFFINE)


def test_what_was_just_written_need_not_be_decoded_to_read_it(linear):
    """One run is plain, one is not: both come back as they do from the bytes alone."""
    whole = noise("u2", (32, 40, 40)).voxels.copy()
    whole[:16] = 2000 + phantom((16, 40, 40)) + whole[:16] // 1000
    volume = Volume(whole, AFFINE)
    finest = linear.info.bottlenecks[-1]
    latent = linear.encode(volume, finest, step=1e-3)
    data = linear.write(latent)
    assert read_header(data).plain == {1}
    alone, helped = linear.read(data), linear.read(data, known=latent)
    assert np.array_equal(helped.values, alone.values)
    assert np.array_equal(linear.decode(helped).voxels, linear.decode(alone).voxels)


@pytest.mark.parametrize("kind", ["u1", "u2", "i2"])
def test_noise_comes_back_exact_and_takes_no_more_than_its_samples(linear, kind):
    volume = noise(kind)
    finest = linear.info.bottlenecks[-1]
    data = linear.compress(volume, finest, step=1e-4)
    assert read_header(data).plain == {0, 1}
    assert len(data) <= most_bytes(volume, finest)
    assert np.array_equal(linear.decompress(data).voxels, volume.voxels)
    assert np.array_equal(linear.decode(linear.read(data)).voxels, volume.voxels)


def test_samples_are_decoded_run_by_run(linear):
    """Of a scan of noise only a few runs are held beside the reconstruction and the file."""
    run = np.dtype("u2").itemsize * 16 * 64 * 64
    volume = noise("u2", (12 * 16, 64, 64))
    data = linear.compress(volume, linear.info.bottlenecks[-1], step=1e-4)
    assert len(read_header(data).plain) == 12
    tracemalloc.start()
    back = linear.decompress(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert np.array_equal(back.voxels, volume.voxels)
    assert peak < back.voxels.nbytes + len(data) + 10 * run


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
def test_masks_come_back_exact_and_small(linear, kind):
    volume = mask(kind)
    data = linear.compress(volume, "128ch")
    assert len(data) < volume.voxels.size / 16
    assert np.array_equal(linear.decompress(data).voxels, volume.voxels)
    # The integers would have taken more.
    latent = linear.encode(volume, "128ch")
    assert linear.write(latent) == data
    assert len(linear.write(replace(latent, original=None))) > 2 * len(data)


def flat(value, kind, shape=(3, 17, 9)):
    return Volume(np.full(shape, value, kind), AFFINE)


SCANS = {
    "noise": noise("u1"),
    "wide noise": noise("u2", (3, 9, 70)),
    "mask": mask(shape=(18, 24, 24)),
    "phantom": Volume(phantom((17, 30, 41)), AFFINE),
    "real numbers": Volume(phantom((17, 30, 41), np.float64) / 7, AFFINE),
    "one voxel": flat(7, np.int16, (1, 1, 1)),
    "one row": Volume(phantom((1, 1, 300)), AFFINE),
    "one column of slices": Volume(phantom((300, 1, 1)), AFFINE),
    "air": flat(-1024, np.int16),
}


@pytest.mark.parametrize("name", SCANS)
def test_no_file_is_longer_than_its_samples(lively, name):
    volume = SCANS[name]
    for bottleneck in lively.info.bottlenecks:
        for step in (None, 1e-5):
            size = len(lively.compress(volume, bottleneck, step=step))
            assert size <= most_bytes(volume, bottleneck), (bottleneck.name, step)


def test_runs_stored_as_samples_stand_beside_others(lively):
    """Their slices are exact; the others are what they are without them, but beside them."""
    voxels = phantom((48, 40, 40))
    voxels[16:32] = 1000 * mask(np.uint16, (16, 40, 40)).voxels
    volume = Volume(voxels, AFFINE)
    data = lively.compress(volume, "128ch", step=0.2)
    assert read_header(data).plain == {1}
    read = lively.read(data)
    assert read.exact.keys() == {16}
    assert np.array_equal(read.exact[16], voxels[16:32])
    assert not read.values[8:16].any()
    assert read.layers_missing == ()
    whole = lively.decode(read).voxels
    assert np.array_equal(whole, lively.decompress(data).voxels)
    assert np.array_equal(whole[16:32], voxels[16:32])
    for k in (slice(0, 16), slice(32, 48)):
        error = np.abs(whole[k].astype(int) - voxels[k])
        assert 0 < error.mean() < 60
    # In any order, too, and previewed or cut to its first layers.
    for slab, part in zip((12, 8, 7, 16), lively.decode_slabs(read, [12, 8, 7, 16]), strict=True):
        assert np.array_equal(part, whole[2 * slab : 2 * slab + 2])
    first = lively.read(data, layers=1)
    assert first.layers_missing == (7, 0, 7)
    assert np.array_equal(lively.decode(first).voxels[16:32], voxels[16:32])


def test_a_slab_sees_the_samples_beside_it(lively):
    """The restoration looks at the neighbour that is known exactly, not at empty integers."""
    voxels = phantom((32, 40, 40))
    voxels[16:] = 1000 * mask(np.uint16, (16, 40, 40)).voxels
    read = lively.read(lively.compress(Volume(voxels, AFFINE), "128ch", step=0.2))
    other = {16: np.zeros_like(read.exact[16])}
    one = lively.decode(read).voxels
    read.exact.update(other)
    two = lively.decode(read).voxels
    assert not np.array_equal(one[14:16], two[14:16])
    assert np.array_equal(one[:12], two[:12])


def test_a_latent_that_knows_no_samples_is_written_as_integers(linear):
    latent = linear.read(linear.write(linear.encode(Volume(phantom(), AFFINE), "16ch")))
    assert latent.original is None
    again = linear.write(latent)
    assert read_header(again).plain == frozenset()
    assert np.array_equal(linear.read(again).values, latent.values)
