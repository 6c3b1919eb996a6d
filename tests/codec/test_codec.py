"""From volumes to bytes and back, whatever the volume, the order, the threads and the device."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import make_recipe, save, untrained

from isthmus import codec
from isthmus.codec import bitstream
from isthmus.codec.codec import Codec
from isthmus.codec.devices import TorchDevices
from isthmus.codec.normalise import normalise
from isthmus.codec.placement import Placement
from isthmus.errors import BitstreamError, CheckpointError, OutOfMemoryError
from isthmus.quality import compare
from isthmus.scans.volume import Source, Volume
from isthmus.work import Cancelled, CancelToken, choose_device

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])
BOTH = ("6ch", "128ch")


def through(engine, volume, bottleneck):
    """Send a volume through real bytes."""
    return engine.decode(engine.read(engine.write(engine.encode(volume, bottleneck))))


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
    assert compare(head, reconstruction).volume.psnr > 34
    assert len(data) < head.voxels.nbytes / 7


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
        assert_comes_back(volume, through(engine, volume, bottleneck))


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
    reconstruction = through(linear, volume, "128ch")
    assert_comes_back(volume, reconstruction)
    error = reconstruction.voxels.astype(np.float64) - voxels
    assert np.abs(error).mean() < 0.01 * np.ptp(voxels.astype(np.float64))


@pytest.mark.parametrize("kind", ["u1", "i2", "f4", "f8"])
@pytest.mark.parametrize("value", [0, 7, -5, 100])
def test_a_constant_volume_comes_back_exactly(linear, kind, value):
    if kind == "u1" and value < 0:
        value = 255
    volume = Volume(np.full((3, 9, 9), value, kind), AFFINE)
    assert np.array_equal(through(linear, volume, "4ch").voxels, volume.voxels)


def test_constants_beyond_all_measure_come_back(linear):
    for value in (1e20, -1e20, 1e-30):
        volume = Volume(np.full((2, 8, 8), value, np.float32), AFFINE)
        assert np.array_equal(through(linear, volume, "4ch").voxels, volume.voxels)


def test_a_few_bright_voxels_do_not_break_the_range(linear):
    """The brightest voxel lies 10³⁸ above the others: integers stay integers."""
    voxels = np.linspace(0, 1e-3, 8192, dtype=np.float32).reshape(2, 64, 64)
    voxels[0, 3, 3] = 1e35
    reconstruction = through(linear, Volume(voxels, AFFINE), "128ch")
    assert np.abs(reconstruction.voxels - voxels).max() < 1e32


def test_a_step_beyond_all_reason_stays_within_the_integers(head, tmp_path):
    recipe = make_recipe(family="linear", quantisation=(0.4, 1e-12))
    net = untrained(recipe, [normalise(head)[0]])
    engine = codec.load(save(net, tmp_path / "fine-1.safetensors"), "cpu")
    latent = engine.encode(head, "128ch")
    assert latent.values.max() == 2**30
    assert latent.values.min() == -(2**30)
    assert np.array_equal(engine.read(engine.write(latent)).values, latent.values)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_not_a_number_is_refused(linear, value):
    voxels = np.ones((2, 8, 8), np.float32)
    voxels[1, 2, 3] = value
    with pytest.raises(BitstreamError, match="not every voxel is a finite number"):
        linear.encode(Volume(voxels, AFFINE), "4ch")


def test_integers_that_the_format_cannot_hold_are_refused(linear):
    with pytest.raises(BitstreamError, match="do not fit"):
        linear.encode(Volume(np.full((1, 2, 2), 2**60), AFFINE), "4ch")


@pytest.mark.parametrize("bottleneck", BOTH)
def test_two_runs_and_any_number_of_threads_make_the_same_bytes(lively, head, bottleneck):
    def once():
        data = lively.write(lively.encode(head, bottleneck))
        return data, lively.decode(lively.read(data)).voxels

    threads = torch.get_num_threads()
    try:
        results = []
        for count in (1, 2, 2):
            torch.set_num_threads(count)
            results.append(once())
    finally:
        torch.set_num_threads(threads)
    for data, voxels in results[1:]:
        assert data == results[0][0]
        assert np.array_equal(voxels, results[0][1])


ELSEWHERE = """
import hashlib, sys
from pathlib import Path
import numpy as np
from isthmus import codec, read
engine = codec.load(Path(sys.argv[1]), "cpu")
data = Path(sys.argv[2]).read_bytes()
latent = engine.read(data)
print(hashlib.sha256(latent.values.tobytes()).hexdigest())
print(hashlib.sha256(engine.write(latent)).hexdigest())
print(hashlib.sha256(engine.decode(latent).voxels.tobytes()).hexdigest())
"""


def test_another_process_decodes_the_same(lively, lively_info, head, tmp_path):
    latent = lively.encode(head, "128ch")
    data = lively.write(latent)
    (tmp_path / "scan.isth").write_bytes(data)
    output = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, lively_info.path, tmp_path / "scan.isth"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    here = (latent.values.tobytes(), data, lively.decode(latent).voxels.tobytes())
    assert output.split() == [hashlib.sha256(each).hexdigest() for each in here]


@pytest.mark.parametrize("bottleneck", BOTH)
def test_slabs_decode_in_any_order_as_the_whole_does(lively, head, bottleneck):
    latent = lively.encode(head, bottleneck)
    whole = lively.decode(latent).voxels
    order = [4, 0, 1, 0, 3, 2]
    for slab, part in zip(order, lively.decode_slabs(latent, iter(order)), strict=True):
        slices = lively.slices_of(slab, head.shape[0])
        assert np.array_equal(part, whole[slices.start : slices.stop])


def test_a_preview_equals_what_decode_gives_there(lively, head):
    short = Volume(head.voxels[:9], head.affine)
    whole = lively.decode(lively.encode(short, "128ch")).voxels
    for slabs in (range(1), range(1, 4), range(4, 5)):
        first = lively.slices_of(slabs[0], 9).start
        part = lively.preview(short, "128ch", slabs)
        assert np.array_equal(part, whole[first : first + len(part)])
        assert len(part) == sum(len(lively.slices_of(slab, 9)) for slab in slabs)


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


def test_channels_beyond_the_bottleneck_are_zero(linear, head):
    for bottleneck in linear.info.bottlenecks[:-1]:
        values = linear.encode(head, bottleneck).values
        assert values.shape == (5, 128, 12, 14)
        assert not values[:, bottleneck.channels :].any()
        assert values[:, : bottleneck.channels].any()


def test_the_reconstruction_says_that_it_is_lossy(linear, head):
    assert linear.decode(linear.encode(head, "8ch")).source.lossy == "linear-dct-1, 8 ch"
    jpeg = Volume(head.voxels, head.affine, source=Source(head.source.paths, lossy="JPEG 10:1"))
    again = linear.decode(linear.encode(jpeg, "8ch"))
    assert again.source.lossy == "JPEG 10:1, then linear-dct-1, 8 ch"
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


@pytest.mark.parametrize("step", ["encode", "write", "read", "decode"])
def test_each_step_reports_progress_and_can_be_cancelled(linear, step):
    volume = Volume(phantom((40, 16, 16)), AFFINE)
    latent = linear.encode(volume, "8ch")
    given = {
        "encode": (volume, "8ch"),
        "write": (latent,),
        "read": (linear.write(latent),),
        "decode": (latent,),
    }[step]
    steps = Steps()
    getattr(linear, step)(*given, progress=steps)
    assert steps.seen == sorted(steps.seen)
    assert steps.seen[-1] == 1.0
    assert len(steps.seen) > 2

    early = Steps(most=1)
    with pytest.raises(Cancelled):
        getattr(linear, step)(*given, progress=early, cancel=early.token)
    assert len(early.seen) < len(steps.seen)

    token = CancelToken()
    token.cancel()
    unseen = Steps()
    with pytest.raises(Cancelled):
        getattr(linear, step)(*given, progress=unseen, cancel=token)
    assert not unseen.seen


class SmallCard(Placement):
    """A graphics card with room for so many tensors, played by the CPU.

    It computes in double precision: as on a card, a tensor of one device and a network of the
    other don't go together.
    """

    room = 0

    def on(self, tensor):
        if self.device == "cpu":
            return super().on(tensor)
        if self.room == 0:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")
        self.room -= 1
        return tensor.double() if tensor.is_floating_point() else tensor

    def move(self, device):
        super().move("cpu")
        self.device = device
        for net in self._nets:
            net.to(torch.float32 if device == "cpu" else torch.float64)


def on_card(info, room):
    placements = []

    def place(device, nets):
        placements.append(SmallCard("cuda:0", nets))
        placements[0].room = room
        return placements[0]

    return Codec.load(info, "auto", place)


NOTICE = "Continuing on the CPU. The graphics card ran out of memory. Nothing was lost."


@pytest.mark.parametrize("room", [0, 1, 4, 15, 20])
def test_a_full_card_hands_over_to_the_cpu(lively, lively_info, head, room):
    latent = lively.encode(head, "6ch")
    expected = lively.decode(latent).voxels.astype(np.int64)
    engine = on_card(lively_info, room)
    assert engine.device == "cuda:0"
    encoded = engine.encode(head, "6ch")
    assert np.abs(encoded.values - latent.values).max() <= 1  # rounding of another precision
    decoded = engine.decode(latent).voxels
    assert np.abs(decoded - expected).max() <= 1
    preview = engine.preview(head, "6ch", range(2, 4))
    assert preview.shape == (4, *head.shape[1:])
    assert engine.device == "cpu"
    assert engine.take_notices() == [NOTICE]
    assert engine.take_notices() == []


@pytest.mark.parametrize("room", [0, 1, 2, 3, 4, 5, 7, 13])
def test_a_card_that_fills_up_during_a_preview_hands_over(lively, lively_info, head, room):
    """A preview encodes in the midst of decoding: wherever that stops, all of it starts again."""
    engine = on_card(lively_info, room)
    preview = engine.preview(head, "6ch", range(2)).astype(np.int64)
    assert engine.device == "cpu"
    assert np.abs(preview - lively.preview(head, "6ch", range(2))).max() <= 1
    assert engine.take_notices() == [NOTICE]


def test_a_large_card_is_kept(lively_info, head):
    engine = on_card(lively_info, 10_000)
    engine.decode(engine.encode(head, "6ch"))
    assert engine.device == "cuda:0"
    assert engine.take_notices() == []


def test_a_computer_without_memory_says_so(lively):
    def demand():
        return torch.empty(1 << 60)

    with pytest.raises(OutOfMemoryError, match="not enough memory"):
        lively._placement.run(demand)


def test_other_failures_are_not_taken_for_full_memory(lively_info):
    engine = on_card(lively_info, 10_000)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        engine._placement.run(lambda: torch.ones(2, 3) @ torch.ones(2, 3))
    assert engine.device == "cuda:0"


def test_a_file_that_would_not_fit_into_memory_is_refused(linear):
    """A forged file of three slabs that claims 2³³ voxels, and whose checksums are right."""
    small = linear.read(linear.write(linear.encode(Volume(phantom((2, 8, 8)), AFFINE), "4ch")))
    grid = type(small.grid)(**{**vars(small.grid), "shape": (2, 65_536, 65_536)})
    header = bitstream.Header(linear.info.checkpoint_id, 0, 2, grid)
    with pytest.raises((OutOfMemoryError, BitstreamError), match=r"more memory|does not decode"):
        linear.read(bitstream.pack(header, [bytes(2000)]))


def test_the_device_is_chosen_by_what_torch_has():
    devices = TorchDevices()
    expected = "cpu"
    if torch.backends.mps.is_available():
        expected = "mps"
    if torch.cuda.is_available():
        expected = "cuda:0"
    assert choose_device("auto", devices) == expected
    assert choose_device("cpu", devices) == "cpu"
    assert codec.load("linear-dct-1").device == expected


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a computer without CUDA")
def test_a_device_that_is_not_there_is_replaced_and_named():
    engine = codec.load("linear-dct-1", "cuda")
    assert engine.device == "cpu"
    assert engine.take_notices() == ["Computing on the CPU. There is no CUDA device here."]


def test_there_is_no_such_device():
    with pytest.raises(ValueError, match="no such device"):
        codec.load("linear-dct-1", "gpu")


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


def test_what_is_whole_of_a_damaged_file_can_be_saved(linear):
    volume = Volume(phantom((40, 24, 24)), AFFINE)
    latent = linear.encode(volume, "32ch")
    data = linear.write(latent)
    cut = data[: len(data) * 2 // 3]
    with pytest.raises(BitstreamError, match=r"1\d of 20 slabs are whole"):
        linear.read(cut)
    assert linear.take_notices() == []
    saved = linear.read(cut, salvage=True)
    (notice,) = linear.take_notices()
    whole = len(bitstream.salvage(cut)[1])
    assert notice == (f"The file ends too early: {whole} of 20 slabs are whole. The rest is empty.")
    assert 8 < whole < 20
    assert np.array_equal(saved.values[:whole], latent.values[:whole])
    assert not saved.values[whole:].any()
    # The last whole slab is restored beside an empty one; those before it are as they were.
    slices = 2 * (whole - 2)
    assert np.array_equal(
        linear.decode(saved).voxels[:slices], linear.decode(latent).voxels[:slices]
    )


def test_a_file_with_another_models_numbers_is_refused(linear, head):
    latent = linear.encode(head, "4ch")
    slabs = bitstream.unpack(linear.write(latent))[1]
    for bottleneck, depth, count in ((8, 2, 5), (0, 5, 2)):
        header = bitstream.Header(linear.info.checkpoint_id, bottleneck, depth, latent.grid)
        with pytest.raises(BitstreamError, match="does not make sense"):
            linear.read(bitstream.pack(header, slabs[:count]))


def test_a_reconstruction_leaves_no_cycle_that_holds_the_scan(linear, head):
    """Memory is free as soon as the last reference goes, not when the collector comes by."""
    import gc
    import weakref

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
