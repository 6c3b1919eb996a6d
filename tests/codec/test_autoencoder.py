"""The classic family: an autoencoder of each size, in real checkpoints and files."""

import copy
import json

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import enliven, make_recipe, save
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from isthmus import codec
from isthmus.codec.autoencoder import ClassicShape
from isthmus.codec.checkpoint import read_info
from isthmus.codec.families import blank_networks
from isthmus.codec.layers import Told
from isthmus.errors import CheckpointError
from isthmus.scans.volume import Volume
from isthmus.training.classic import ClassicNetworks

SIZES = (2, 20, 128)


def networks(seed=0):
    """Return networks whose every layer does something."""
    torch.manual_seed(seed)
    recipe = make_recipe(family="classic", channels=SIZES, quantisation=(0.2, 0.2, 3.5))
    net = ClassicNetworks(recipe)
    widths = copy.deepcopy(net.synthesis.widths.state_dict())
    enliven(net)
    net.synthesis.widths.load_state_dict(widths)  # or they would differ by powers of ten
    return net.eval()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return save(networks(), tmp_path_factory.mktemp("classic") / "classic-1.safetensors")


@pytest.fixture(scope="module")
def engine(model):
    return codec.load(model, "cpu")


def scan(shape=(5, 41, 35)):
    return Volume(phantom(shape), np.diag([0.5, 0.6, 3.0, 1.0]))


@pytest.mark.parametrize("size", SIZES)
def test_a_scan_goes_through_real_bytes_at_each_size(engine, size):
    volume = scan()
    latent = engine.encode(volume, f"{size}ch")
    assert latent.values.shape == (3, size, 6, 5)
    assert latent.values[:, size // 2 :].any()
    back = engine.read(engine.write(latent))
    assert np.array_equal(back.values, latent.values)
    made = engine.decode(back)
    assert made.voxels.shape == volume.voxels.shape
    assert made.voxels.dtype == volume.voxels.dtype
    assert np.array_equal(made.affine, volume.affine)
    assert volume.voxels.min() <= made.voxels.min() <= made.voxels.max() <= volume.voxels.max()
    assert np.array_equal(engine.decode(latent).voxels, made.voxels)


def test_a_slab_decodes_alone(engine):
    latent = engine.encode(scan(), "20ch")
    whole = engine.decode(latent).voxels
    (slab,) = engine.decode_slabs(latent, [1])
    assert np.array_equal(slab, whole[2:4])


def test_a_finer_step_makes_larger_numbers(engine):
    coarse = engine.encode(scan(), "20ch").values
    fine = engine.encode(scan(), "20ch", step=0.02).values
    assert np.abs(fine - 10 * coarse).max() <= 8  # both rounded, with a wider zero
    assert np.abs(fine).sum() > 8 * np.abs(coarse).sum()


def test_the_first_layers_decode_with_zeros_above(engine):
    latent = engine.encode(scan(), "20ch")
    part = engine.read(engine.write(latent), layers=2)
    assert np.array_equal(part.values[:, :8], latent.values[:, :8])
    assert not part.values[:, 8:].any()
    assert engine.decode(part).voxels.shape == (5, 41, 35)


def test_a_size_decodes_from_its_own_channels_alone():
    """Whatever stands in channels that a size doesn't have, its slabs are the same."""
    _, synthesis = blank_networks("classic", {"depth": 2, "hidden": (24, 48, 72)}, SIZES)
    enliven(networks())
    values = torch.randn(1, 128, 2, 2)
    other = values.clone()
    other[:, 2:] += 1
    told = Told(torch.ones(1, 1, 1, 1), torch.tensor([0]))
    assert torch.equal(synthesis.draft(values, None, told), synthesis.draft(other, None, told))
    told = told._replace(which=torch.tensor([1]))
    assert not torch.equal(synthesis.draft(values, None, told), synthesis.draft(other, None, told))


def test_sizes_in_one_batch_come_out_as_they_do_alone():
    net = networks()
    slabs = torch.rand(3, 2, 16, 24)
    which = torch.tensor([2, 0, 1])
    steps = torch.tensor([0.2, 0.2, 3.5]).view(3, 1, 1, 1)
    with torch.inference_mode():
        together = net.analysis(slabs, steps, which)
        for at in range(3):
            one = slice(at, at + 1)
            alone = net.analysis(slabs[one], steps[one], which[one])
            torch.testing.assert_close(together[one], alone, atol=1e-3, rtol=1e-3)
        for_all = net.analysis(slabs, steps[:1], which[:1])  # as a graphics card is asked
        torch.testing.assert_close(for_all[:1], together[:1], atol=1e-3, rtol=1e-3)
        assert for_all[2, 100:].any()


def test_training_one_size_leaves_the_others_as_they_are():
    net = networks().train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    for which in (torch.tensor([0, 2]), torch.tensor([1, 1]), torch.tensor([1, 1])):
        adam.zero_grad()
        net.loss(net(torch.rand(2, 4, 16, 16), which), which).backward()
        if 1 in which:
            adam.step()
    moved = {
        name for name, value in net.state_dict().items() if not torch.equal(value, before[name])
    }
    own = {name for name in before if not name.startswith("rate.")}
    assert moved & own == {
        name for name in own if "s.1." in name or name.endswith(("logs.1", ".1"))
    }


def test_the_entropy_model_teaches_the_autoencoders_nothing():
    net = networks().train()
    which = torch.tensor([0, 1])
    net(torch.rand(2, 4, 16, 16), which).bits_per_voxel.sum().backward()
    learning = {name for name, value in net.named_parameters() if value.grad is not None}
    assert learning
    assert all(name.startswith("rate.") for name in learning)


def test_latents_of_the_priors_own_kind_cost_the_least():
    """The divergence is that of two Gaussians: none where the posterior is the prior."""
    net = networks()
    index, size = 1, SIZES[1]
    with torch.no_grad():
        net.synthesis.widths.logs[index].zero_()  # a width of 1
    zero = torch.zeros(1, 2, 128, 3, 3)
    assert net._divergence(zero, torch.tensor([index])) == 0
    one = zero.clone()
    one[:, :, :size] = 1
    expected = 0.5 * size / 128  # nats a voxel of N(1, 1) from N(0, 1) in each of its numbers
    assert net._divergence(one, torch.tensor([index])).item() == pytest.approx(expected)


def test_analysis_and_synthesis_ship_with_the_same_widths_in_half_precision(model):
    tensors = load_file(model.path)
    widths = [name for name in tensors if name.startswith("analysis.widths")]
    assert len(widths) == len(SIZES)
    for name in widths:
        assert torch.equal(tensors[name], tensors[name.replace("analysis", "synthesis")])
    assert tensors["synthesis.decoders.0.enter.weight"].dtype == torch.float16


@pytest.mark.parametrize(
    "change",
    [{"family": "magic"}, {"family": "trained"}, {"slab_depth": 4},
     {"shape": {"depth": 2, "hidden": [24, 48, 64]}}, {"shape": {"depth": 2}},
     {"shape": {"depth": 1, "hidden": [24, 48, 72]}}],
)  # fmt: skip
def test_a_checkpoint_whose_networks_do_not_fit_is_refused(model, tmp_path, change):
    path = tmp_path / "odd-1.safetensors"
    with safe_open(model.path, "pt") as file:
        meta = json.loads(file.metadata()["isthmus"])
    save_file(load_file(model.path), path, {"isthmus": json.dumps({**meta, **change})})
    with pytest.raises(CheckpointError, match=r"odd-1\.safetensors is damaged"):
        codec.load(read_info(path), "cpu")


def test_a_block_has_as_many_numbers_as_voxels_at_most():
    assert ClassicShape(depth=2).channels == 128
    with pytest.raises(ValueError, match="more channels than the transform"):
        blank_networks("classic", {"depth": 1, "hidden": (24, 48, 72)}, (2, 65))
