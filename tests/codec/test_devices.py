"""Where the codec computes: on the device there is, and on the CPU when that device is full."""

import numpy as np
import pytest
import torch
from builders import phantom

from isthmus import codec
from isthmus.codec.codec import Codec
from isthmus.codec.devices import TorchDevices
from isthmus.codec.placement import Placement
from isthmus.errors import OutOfMemoryError
from isthmus.scans.volume import Volume
from isthmus.work import choose_device


class SmallCard(Placement):
    """A graphics card with room for so many tensors, played by the CPU.

    It computes in double precision: as on a card, a tensor of one device and a network of the
    other don't go together.
    """

    room = 0
    slabs_at_once = 0

    def on(self, tensor):
        if self.device == "cpu":
            return super().on(tensor)
        self.slabs_at_once = max(self.slabs_at_once, len(tensor))
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


@pytest.mark.parametrize("slices", [10, 17])
def test_a_card_analyses_up_to_eight_slabs_together(lively, lively_info, slices):
    volume = Volume(phantom((slices, 24, 20)), np.eye(4))
    engine = on_card(lively_info, 10_000)
    values = engine.encode(volume, "6ch").values
    assert engine._transforms.placement.slabs_at_once == min(-(-slices // 2), 8)
    assert np.abs(values - lively.encode(volume, "6ch").values).max() <= 1
    assert engine.compress(volume, "6ch") == engine.write(engine.encode(volume, "6ch"))


@pytest.mark.parametrize("room", [1, 4, 7])
def test_what_a_full_card_left_is_analysed_slab_by_slab(lively, lively_info, room):
    """From the slabs on that the card had no room for, all is as on the CPU from the start."""
    volume = Volume(phantom((40, 24, 20)), np.eye(4))
    engine, streaming = on_card(lively_info, room), on_card(lively_info, room)
    latent = engine.encode(volume, "6ch")
    left = room // 3 * 8
    assert np.array_equal(latent.values[left:], lively.encode(volume, "6ch").values[left:])
    assert streaming.compress(volume, "6ch") == engine.write(latent)


def test_a_large_card_is_kept(lively_info, head):
    engine = on_card(lively_info, 10_000)
    engine.decode(engine.encode(head, "6ch"))
    assert engine.device == "cuda:0"
    assert engine.take_notices() == []


def test_a_computer_without_memory_says_so(lively):
    def demand():
        return torch.empty(1 << 60)

    with pytest.raises(OutOfMemoryError, match="not enough memory"):
        lively._transforms.placement.run(demand)


def test_other_failures_are_not_taken_for_full_memory(lively_info):
    engine = on_card(lively_info, 10_000)
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        engine._transforms.placement.run(lambda: torch.ones(2, 3) @ torch.ones(2, 3))
    assert engine.device == "cuda:0"


def test_the_device_is_chosen_by_what_torch_has(lively_info):
    devices = TorchDevices()
    expected = "cpu"
    if torch.backends.mps.is_available():
        expected = "mps"
    if torch.cuda.is_available():
        expected = "cuda:0"
    assert choose_device("auto", devices) == expected
    assert choose_device("cpu", devices) == "cpu"
    assert codec.load(lively_info).device == expected


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a computer without CUDA")
def test_a_device_that_is_not_there_is_replaced_and_named(lively_info):
    engine = codec.load(lively_info, "cuda")
    assert engine.device == "cpu"
    assert engine.take_notices() == ["Computing on the CPU. There is no CUDA device here."]


def test_there_is_no_such_device(lively_info):
    with pytest.raises(ValueError, match="no such device"):
        codec.load(lively_info, "gpu")
