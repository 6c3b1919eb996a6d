"""From volumes to bytes and back, whatever the volume."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from builders import phantom
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec import bitstream
from isthmus.errors import BitstreamError, CheckpointError, OutOfMemoryError
from isthmus.quality import compare
from isthmus.scans.volume import Source, Volume
from isthmus.work import Cancelled, CancelToken

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])


def through(engine, volume, bottleneck, **options):
    """Send a volume through real bytes."""
    return engine.decompress(engine.compress(volume, bottleneck, **options))


def as_integers(engine, volume, bottleneck):
    """Send only integers through the bytes, not the samples where these are shorter."""
    latent = replace(engine.encode(volume, bottleneck), original=None)
    return engine.decode(engine.read(engine.write(latent)))


def assert_comes_back(volume, reconstruction):
    """All but the voxels' values is exact."""
    assert reconstruction.same_grid(volume)
    assert reconstruction.voxels.dtype == volume.voxels.dtype
    assert reconstruction.voxels.min() >= volume.voxels.min()
    assert reconstruction.voxels.max() <= volume.voxels.max()
    for name in ("scale", "offset", "unit", "modality", "orientation_known"):
        assert getattr(reconstruction, name) == getattr(volume, name), name
    assert reconstruction.source.simulated == volume.source.simulated


def test_the_demo_scan_comes_back(linear, head):
    latent = linear.encode(head, "96ch")
    data = linear.write(latent)
    read = linear.read(data)
    assert np.array_equal(read.values, latent.values)
    assert read.bottleneck == latent.bottleneck
    reconstruction = linear.decode(read)
    assert_comes_back(head, reconstruction)
    assert reconstruction.source.simulated
    assert compare(head, reconstruction).volume.psnr > 35
    assert len(data) < head.voxels.nbytes / 4


@pytest.mark.parametrize("bottleneck", ["6ch", "128ch"])
def test_in_one_piece_or_streamed_is_the_same(lively, bottleneck):
    """`compress` and `decompress` never hold the latent; they make what the four steps make."""
    volume = Volume(phantom((37, 30, 20)), AFFINE, modality="MR", source=Source(lossy="JPEG"))
    latent = lively.encode(volume, bottleneck, step=0.03)
    data = lively.write(latent)
    assert lively.compress(volume, bottleneck, step=0.03) == data
    one, two = lively.decode(lively.read(data)), lively.decompress(data)
    assert np.array_equal(one.voxels, two.voxels)
    assert np.array_equal(one.voxels, lively.decode(latent).voxels)
    assert one.source == two.source == Source(lossy=f"JPEG, then lively-1, {bottleneck[:-2]} ch")
    assert_comes_back(volume, two)


def test_any_step_will_do_and_a_finer_one_brings_more_quality_for_more_bytes(linear, head):
    figures = []
    for step in (0.5, 0.3, 0.15, 0.05):
        data = linear.compress(head, "128ch", step=step)
        latent = linear.read(data)
        assert latent.step == step
        assert latent.bottleneck.step == 0.022
        figures.append((len(data), compare(head, linear.decode(latent)).volume.psnr))
    assert figures == sorted(figures)
    assert linear.read(linear.compress(head, "128ch")).step == 0.022


@pytest.mark.parametrize("step", [0.0, -1.0, np.inf, np.nan])
def test_a_step_that_makes_no_sense_is_refused(linear, head, step):
    with pytest.raises(ValueError, match="cannot have a step"):
        linear.encode(head, "4ch", step=step)


def test_the_strength_of_the_restoration_is_kept(lively, head):
    latent = replace(lively.encode(head, "6ch"), strength=0)
    read = lively.read(lively.write(latent))
    assert read.strength == 0
    off, full = lively.decode(read).voxels, lively.decode(replace(read, strength=128)).voxels
    half = lively.decode(replace(read, strength=64)).voxels
    assert not np.array_equal(off, full)
    inside = (off > head.voxels.min() + 1) & (full < head.voxels.max() - 1)
    mean = (off[inside].astype(int) + full[inside].astype(int)) / 2
    assert np.abs(half[inside] - mean).mean() < 1


def test_more_channels_bring_more_quality_for_more_bytes(linear, head):
    figures = []
    for bottleneck in linear.info.bottlenecks:
        data = linear.write(linear.encode(head, bottleneck))
        psnr = compare(head, linear.decode(linear.read(data))).volume.psnr
        figures.append((len(data), psnr))
    assert figures == sorted(figures)
    assert len({psnr for _, psnr in figures}) == len(figures)


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 5, 7), (3, 8, 16), (2, 9, 1), (17, 15, 33)])
@pytest.mark.parametrize("name", ["linear", "lively"])
def test_any_shape_comes_back(name, shape, request):
    engine = request.getfixturevalue(name)
    volume = Volume(phantom(shape), AFFINE, modality="MR")
    for bottleneck in (engine.info.bottlenecks[0], engine.info.bottlenecks[-1]):
        assert_comes_back(volume, as_integers(engine, volume, bottleneck))
        assert_comes_back(volume, through(engine, volume, bottleneck))


@st.composite
def odd_scans(draw):
    """Any size and type, with what scans have: air, negative values, noise, a little metal."""
    shape = draw(st.tuples(st.integers(1, 35), st.integers(1, 19), st.integers(1, 19)))
    kind = np.dtype(draw(st.sampled_from(("u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8"))))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    voxels = phantom(shape, np.float64) / 8
    voxels += draw(st.sampled_from((0, 1, 20))) * random.random(shape)
    if draw(st.booleans()) and kind.kind != "u":
        voxels -= 100
    for k in draw(st.lists(st.integers(0, shape[0] - 1), max_size=5)):
        voxels[k] = draw(st.sampled_from((0.0, 3.0)))  # a constant slice
    if draw(st.booleans()):
        metal = np.iinfo(kind).max if kind.kind in "iu" else 1e30
        voxels[tuple(draw(st.integers(0, side - 1)) for side in shape)] = metal
    lowest, highest = (
        (-1e30, 1e30) if kind.kind == "f" else (np.iinfo(kind).min, np.iinfo(kind).max)
    )
    return Volume(voxels.clip(lowest, highest).astype(kind), AFFINE, scale=0.5, modality="CT")


@settings(deadline=None, max_examples=40)
@given(odd_scans(), st.sampled_from(("6ch", "128ch")), st.sampled_from((None, 0.002, 0.2)))
def test_whatever_a_scan_is_it_comes_back(lively, volume, bottleneck, step):
    assert_comes_back(volume, through(lively, volume, bottleneck, step=step))


KINDS = {
    "u1": lambda x: x * 255,
    "i1": lambda x: x * 200 - 100,
    "u2": lambda x: x * 65535,
    "i2": lambda x: x * 4000 - 1024,
    "u4": lambda x: 4e9 + x * 1000,
    "i4": lambda x: -2e9 + x * 1000,
    "i8": lambda x: 2.0**50 + x * 1000,
    "f2": lambda x: x * 8,
    "f4": lambda x: x * 3e-5 - 1e-5,
    "f8": lambda x: 1e9 + x,
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_type_comes_back(linear, kind):
    """CT-like negative values, and a few grey levels on top of a large offset, too."""
    voxels = KINDS[kind](phantom((6, 40, 40), np.float64) / 1000).astype(kind)
    volume = Volume(voxels, AFFINE, scale=0.5, offset=-3.0, unit="HU", modality="CT")
    reconstruction = as_integers(linear, volume, "128ch")
    assert_comes_back(volume, reconstruction)
    error = reconstruction.voxels.astype(np.float64) - voxels
    assert np.abs(error).mean() < 0.01 * np.ptp(voxels.astype(np.float64))


@pytest.mark.parametrize("kind", ["u1", "i2", "f4", "f8"])
@pytest.mark.parametrize("value", [0, 7, -5, 100])
def test_a_constant_volume_comes_back_exactly(linear, kind, value):
    if kind == "u1" and value < 0:
        value = 255
    volume = Volume(np.full((3, 9, 9), value, kind), AFFINE)
    assert np.array_equal(as_integers(linear, volume, "4ch").voxels, volume.voxels)
    assert np.array_equal(through(linear, volume, "4ch").voxels, volume.voxels)


def test_constants_beyond_all_measure_come_back(linear):
    for value in (1e20, -1e20, 1e-30):
        volume = Volume(np.full((2, 8, 8), value, np.float32), AFFINE)
        assert np.array_equal(as_integers(linear, volume, "4ch").voxels, volume.voxels)


def test_a_few_bright_voxels_do_not_break_the_range(linear):
    """The brightest voxel lies 10³⁸ above the others: integers stay integers."""
    voxels = np.linspace(0, 1e-3, 8192, dtype=np.float32).reshape(2, 64, 64)
    voxels[0, 3, 3] = 1e35
    reconstruction = as_integers(linear, Volume(voxels, AFFINE), "128ch")
    assert np.abs(reconstruction.voxels - voxels).max() < 1e32


def test_a_step_beyond_all_reason_stays_within_the_integers(linear, head):
    latent = replace(linear.encode(head, "128ch", step=1e-12), original=None)
    assert latent.values.max() == 2**30
    assert latent.values.min() == -(2**30)
    assert np.array_equal(linear.read(linear.write(latent)).values, latent.values)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_a_number_is_refused(linear, value):
    voxels = np.ones((2, 8, 8), np.float32)
    voxels[1, 2, 3] = value
    with pytest.raises(BitstreamError, match="not every voxel is a finite number"):
        linear.encode(Volume(voxels, AFFINE), "4ch")


def test_integers_that_the_format_cannot_hold_are_refused(linear):
    with pytest.raises(BitstreamError, match="do not fit"):
        linear.encode(Volume(np.full((1, 2, 2), 2**60), AFFINE), "4ch")


def test_slices_and_slabs_belong_together(linear):
    for n_slices in (1, 2, 9):
        slabs = range(linear.slab_of(n_slices - 1) + 1)
        found = [(slab, k) for slab in slabs for k in linear.slices_of(slab, n_slices)]
        assert found == [(linear.slab_of(k), k) for k in range(n_slices)]


@pytest.mark.parametrize("slab", [-1, 5])
def test_a_slab_that_is_not_there_is_refused(linear, head, slab):
    latent = linear.encode(head, "4ch")
    with pytest.raises(IndexError, match=f"5 slabs; there is no slab {slab}"):
        list(linear.decode_slabs(latent, [slab]))
    with pytest.raises(IndexError, match="there is no slab"):
        linear.preview(head, "4ch", range(slab, slab + 1))


def test_a_latent_holds_the_channels_of_its_bottleneck(linear, head):
    for bottleneck in linear.info.bottlenecks:
        values = linear.encode(head, bottleneck).values
        assert values.shape == (5, bottleneck.channels, 12, 14)
        assert values[:, -1].any()


def test_the_reconstruction_says_that_it_is_lossy(linear, head):
    assert linear.decode(linear.encode(head, "8ch")).source.lossy == "linear-1, 8 ch"
    jpeg = Volume(head.voxels, head.affine, source=Source(head.source.paths, lossy="JPEG 10:1"))
    again = linear.decode(linear.encode(jpeg, "8ch"))
    assert again.source.lossy == "JPEG 10:1, then linear-1, 8 ch"
    assert again.source.paths == head.source.paths


class Steps:
    """Collects progress, and cancels after some of it."""

    def __init__(self, most=None):
        self.most, self.seen, self.token = most, [], CancelToken()

    def __call__(self, fraction, text=""):
        self.seen.append(fraction)
        assert text
        if len(self.seen) == self.most:
            self.token.cancel()


@pytest.mark.parametrize("step", ["encode", "write", "compress", "read", "decode", "decompress"])
def test_each_step_reports_progress_and_can_be_cancelled(linear, step):
    volume = Volume(phantom((40, 16, 16)), AFFINE)
    latent = linear.encode(volume, "8ch")
    data = linear.write(latent)
    asked = {
        "encode": (volume, "8ch"),
        "write": (latent,),
        "compress": (volume, "8ch"),
        "read": (data,),
        "decode": (latent,),
        "decompress": (data,),
    }[step]
    steps = Steps()
    getattr(linear, step)(*asked, progress=steps)
    assert steps.seen == sorted(steps.seen)
    assert steps.seen[-1] == 1.0
    assert len(steps.seen) > 2

    early = Steps(most=1)
    with pytest.raises(Cancelled):
        getattr(linear, step)(*asked, progress=early, cancel=early.token)
    assert len(early.seen) < len(steps.seen)

    token = CancelToken()
    token.cancel()
    unseen = Steps()
    with pytest.raises(Cancelled):
        getattr(linear, step)(*asked, progress=unseen, cancel=token)
    assert not unseen.seen


def test_a_file_that_would_not_fit_into_memory_is_refused(linear):
    """A forged file of one slab that claims 2³³ voxels, and whose checksums are right."""
    data = linear.compress(Volume(phantom((2, 8, 8)), AFFINE), "4ch")
    header, _ = bitstream.unpack(data)
    forged = replace(header, grid=replace(header.grid, shape=(2, 65_536, 65_536)))
    for plain in (frozenset(), frozenset({0})):
        huge = bitstream.pack(replace(forged, plain=plain), [[bytes(2000)]])
        for opened in (linear.read, linear.decompress):
            with pytest.raises(
                (OutOfMemoryError, BitstreamError), match=r"more memory|does not decode|do not make"
            ):
                opened(huge)


def test_models_are_not_mixed_up(linear, lively, head):
    latent = linear.encode(head, "4ch")
    data = linear.write(latent)
    for refused in (
        lambda: lively.decode(latent),
        lambda: lively.decode_slabs(latent, [0]),
        lambda: lively.write(latent),
        lambda: lively.read(data),
    ):
        with pytest.raises(CheckpointError, match=rf"{linear.info.checkpoint_id}.*lively-1"):
            refused()
    with pytest.raises(CheckpointError, match=r"no bottleneck “6ch”\. It has 4ch, 8ch, 16ch"):
        linear.encode(head, "6ch")


def test_a_file_with_another_models_numbers_is_refused(linear, head):
    header, streams = bitstream.unpack(linear.compress(head, "8ch"))
    for changes, kept in (
        ({"bottleneck": 8}, streams),
        ({"bottleneck": 2}, streams),  # of three layers
        ({"depth": 5}, streams),
        ({"layers": 1}, streams[:1]),
    ):
        forged = bitstream.pack(replace(header, **changes), kept)
        for salvage in (False, True):
            with pytest.raises(BitstreamError, match="does not make sense"):
                linear.read(forged, salvage=salvage)


def test_a_reconstruction_leaves_no_cycle_that_holds_the_scan(linear, head):
    """Memory is free as soon as the last reference goes, not when the collector comes by."""
    latent = linear.encode(Volume(head.voxels.copy(), head.affine), "4ch")
    values = weakref.ref(latent.values)
    gc.collect()
    gc.disable()
    try:
        linear.decode(latent)
        del latent
        assert values() is None
    finally:
        gc.enable()
