"""A run goes on from a trained model, at its bottlenecks or at others."""

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import enliven, make_recipe, save, shrink, untrained

from isthmus.codec import find_model
from isthmus.codec.weights import read_weights
from isthmus.errors import CheckpointError
from isthmus.training.export import context_model
from isthmus.training.families import new_networks
from isthmus.training.start import begin_from

SCAN = phantom((4, 32, 32)).astype(np.float32) / 1000


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model of two bottlenecks whose networks all say something."""
    net = enliven(untrained(make_recipe(), [SCAN]))
    with torch.no_grad():
        net.rate.offsets.weight += torch.linspace(-1, 1, 256)
    return save(net, tmp_path_factory.mktemp("start") / "tiny-1.safetensors")


def begun(model, **changes):
    torch.manual_seed(9)
    net = untrained(make_recipe(**changes), [SCAN + 0.1])
    begin_from(model, net)
    return net


def test_at_the_same_bottlenecks_nothing_changes(model):
    net = begun(model)
    analysis, synthesis, context = read_weights(model)
    for ours, theirs in ((net.analysis, analysis), (net.synthesis, synthesis)):
        for name, value in theirs.state_dict().items():
            if name != "foresight.offsets.weight":
                torch.testing.assert_close(ours.state_dict()[name], value, msg=name)
    again = context_model(net)
    for name, array in context._asdict().items():
        if name != "offsets":
            assert np.array_equal(getattr(again, name), array), name
    for index, bottleneck in enumerate(model.bottlenecks):
        held = np.s_[index, :, : bottleneck.channels]
        assert np.abs(again.offsets[held] - context.offsets[held]).max() <= 1


def test_a_bottleneck_between_two_is_told_what_lies_between(model):
    middle = float(np.sqrt(0.4 * 0.01))
    net = begun(model, channels=(6, 64, 128), quantisation=(0.4, middle, 0.01))
    for told in (
        net.synthesis.restoration.tell.weight,
        net.synthesis.dequantiser.tell.weight,
        net.analysis.correction.tell.weight,
        net.rate.tell.weight[::2],
    ):
        assert torch.count_nonzero(told[0] - told[2]) > 0
        torch.testing.assert_close(told[1], (told[0] + told[2]) / 2, atol=1e-5, rtol=1e-4)


def test_scales_keep_their_size_at_other_steps(model):
    """Twice the step, half the scale: also in channels that only the finer bottleneck had."""
    net = begun(model, channels=(64, 128), quantisation=(0.8, 0.02))
    _, _, context = read_weights(model)
    octave = 1 << 16
    scales = context_model(net).offsets[:, 1]
    coarse, fine = context.offsets[:, 1]
    assert np.abs(scales[0, :6] - (coarse[:6] - octave)).max() <= 1
    ratio = np.log2(0.8 / 0.01) * octave
    assert np.abs(scales[0, 6:] - (fine[6:] - ratio)).max() <= 1


def test_a_model_of_other_sizes_is_refused(tmp_path):
    small = save(shrink(untrained(make_recipe(), [SCAN])), tmp_path / "small.safetensors")
    with pytest.raises(CheckpointError, match="model small has networks of other sizes"):
        begun(small)


def test_the_classic_family_needs_the_same_bottlenecks():
    net = new_networks(make_recipe(family="classic"), [SCAN])
    with pytest.raises(CheckpointError, match="classic-ae-1 has other bottlenecks"):
        begin_from(find_model("classic-ae-1"), net)
