"""A file's first bytes are a smaller file: the lower layers of channels, for every run of slabs."""

from dataclasses import replace

import numpy as np
import pytest
from builders import phantom

from isthmus.codec.bitstream import RESTART, prefix_sizes, read_header, unpack
from isthmus.codec.context import layer_edges
from isthmus.errors import BitstreamError
from isthmus.quality import compare
from isthmus.scans.volume import Volume

LAYERS = len(layer_edges(128))


@pytest.fixture(scope="module")
def long():
    """A scan of three runs, the last one shorter."""
    return Volume(phantom((37, 24, 24)), np.eye(4))


@pytest.fixture(scope="module")
def written(lively, long):
    """Its latent and its file."""
    latent = lively.encode(long, "128ch", step=0.08)
    data = lively.write(latent)
    assert not read_header(data).plain
    return latent, data


def test_layers_end_where_the_groups_do():
    assert layer_edges(1) == [(0, 1)]
    assert layer_edges(4) == [(0, 4)]
    assert layer_edges(20) == [(0, 4), (4, 8), (8, 16), (16, 20)]
    assert layer_edges(128)[-1] == (96, 128)
    assert LAYERS == 8


@pytest.mark.parametrize("layers", range(1, LAYERS))
def test_a_file_cut_after_a_layer_has_the_channels_up_to_there(lively, written, layers):
    latent, data = written
    size, channels = prefix_sizes(data)[layers - 1], layer_edges(128)[layers - 1][1]
    read = lively.read(data[:size], layers=layers)
    assert np.array_equal(read.values[:, :channels], latent.values[:, :channels])
    assert not read.values[:, channels:].any()
    assert read.layers_missing == (LAYERS - layers,) * 3
    # The same as from the whole file; and a byte less is too little.
    assert np.array_equal(lively.read(data, layers=layers).values, read.values)
    with pytest.raises(BitstreamError, match="ends too early"):
        lively.read(data[: size - 1], layers=layers)
    if layers in (1, 5):
        cut = lively.decompress(data[:size], layers=layers).voxels
        assert np.array_equal(cut, lively.decode(read).voxels)
        assert np.array_equal(cut, lively.decompress(data, layers=layers).voxels)


def test_all_layers_are_the_whole_file(lively, written):
    latent, data = written
    assert prefix_sizes(data)[-1] == len(data)
    assert prefix_sizes(data) == sorted(set(prefix_sizes(data)))
    for layers in (None, LAYERS, LAYERS + 3):
        read = lively.read(data, layers=layers)
        assert np.array_equal(read.values, latent.values)
        assert read.layers_missing == ()


def test_every_layer_brings_quality(linear, head):
    data = linear.compress(head, "128ch")
    found = [
        compare(head, linear.decompress(data, layers=layers)).volume.psnr
        for layers in range(1, LAYERS + 1)
    ]
    assert found == sorted(found)
    assert min(np.diff(found)) > 0.2


def test_the_synthesis_is_told_what_is_missing(lively, written):
    """The same zeros, once because nothing was there and once because it did not come."""
    cut = lively.read(written[1], layers=2)
    told = lively.decode(cut).voxels
    untold = lively.decode(replace(cut, layers_missing=())).voxels
    assert not np.array_equal(told, untold)


def test_what_is_whole_of_a_cut_file_can_be_saved(lively, written):
    """Of each run the layers that came; here the cut lies in the middle of a layer's runs."""
    latent, data = written
    streams = unpack(data)[1]
    third = prefix_sizes(data)[2]
    cut = data[: third + len(streams[3][0]) + len(streams[3][1]) // 2]
    with pytest.raises(BitstreamError, match="too early: 10 of its 24 parts are whole"):
        lively.read(cut)
    assert lively.take_notices() == []
    saved = lively.read(cut, salvage=True)
    (notice,) = lively.take_notices()
    assert notice == "The file ends too early: 10 of its 24 parts are whole. The rest is empty."
    assert saved.layers_missing == (4, 5, 5)
    for run, channels in enumerate((32, 16, 16)):
        slabs = slice(run * RESTART, (run + 1) * RESTART)
        assert np.array_equal(saved.values[slabs, :channels], latent.values[slabs, :channels])
        assert not saved.values[slabs, channels:].any()
    assert np.array_equal(lively.decode(saved).voxels, lively.decompress(cut, salvage=True).voxels)


def test_damage_in_one_run_leaves_the_others_whole(lively, written):
    latent, data = written
    streams = unpack(data)[1]
    at = data.index(streams[0][1])
    spoilt = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    with pytest.raises(BitstreamError, match="damaged: 23 of its 24 parts are whole"):
        lively.read(spoilt)
    saved = lively.read(spoilt, salvage=True)
    assert lively.take_notices()
    assert saved.layers_missing == (0, 8, 0)
    lost = slice(RESTART, 2 * RESTART)
    assert not saved.values[lost].any()
    expected = latent.values.copy()
    expected[lost] = 0
    assert np.array_equal(saved.values, expected)
    # Slabs that lie beside no empty one are as they were.
    voxels, whole = lively.decode(saved).voxels, lively.decode(latent).voxels
    changed = (voxels != whole).any((1, 2)).nonzero()[0]
    assert changed.min() >= 2 * RESTART - 4
    assert changed.max() < 4 * RESTART + 4
