"""Before its first step of training, the codec is a working transform codec."""

import numpy as np
import pytest
import torch
from checkpoints import make_recipe, save, untrained
from scipy.fft import dctn

from isthmus import codec
from isthmus.codec.layers import (
    BLOCK,
    Shape,
    Synthesis,
    Told,
    dct_basis,
    dct_matrix,
    magnitudes,
    shifted,
)
from isthmus.codec.normalise import normalise
from isthmus.codec.synthesis import SlabSynthesis
from isthmus.quality import compare


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_the_basis_is_the_orthonormal_dct(depth):
    basis = dct_basis(depth).reshape(-1, depth * BLOCK**2)
    block = np.random.default_rng(depth).normal(size=(depth, BLOCK, BLOCK))
    assert np.allclose(basis @ block.ravel(), dctn(block, norm="ortho").ravel(), atol=1e-12)
    assert np.allclose(basis @ basis.T, np.eye(len(basis)), atol=1e-12)


def test_the_matrix_is_orthonormal():
    for n in (1, 2, 5, 8):
        assert np.allclose(dct_matrix(n) @ dct_matrix(n).T, np.eye(n), atol=1e-12)


def test_magnitudes_hold_size_and_sign():
    values = torch.tensor([-3.0, 0.0, 1.0])[None, :, None, None]
    assert magnitudes(values).flatten().tolist() == [-2, 0, 1, 2, 0, 1]


def test_neighbours_are_shifted_and_the_ends_are_their_own():
    slabs = torch.arange(4.0)[None, :, None]
    assert shifted(slabs, -1).flatten().tolist() == [0, 0, 1, 2]
    assert shifted(slabs, 1).flatten().tolist() == [1, 2, 3, 3]


@pytest.fixture(scope="module")
def step_zero(head):
    """Networks of the trained family before any training."""
    return untrained(make_recipe(), [normalise(head)[0]])


def test_without_training_every_correction_is_zero(step_zero):
    random = torch.Generator().manual_seed(0)
    which = torch.tensor([1, 0])
    x = torch.rand(2, 2, 32, 40, generator=random)
    with torch.inference_mode():
        assert not step_zero.analysis.correction(x, which).any()
        assert not step_zero.synthesis.restoration(x.repeat(1, 3, 1, 1), which).any()
        values = torch.randint(-5, 6, (2, 128, 4, 5), generator=random).float()
        beside = magnitudes(values)
        for missing in (None, torch.tensor([0, 3])):
            told = Told(torch.full((2, 1, 1, 1), 0.3), which, missing)
            assert torch.equal(step_zero.synthesis.dequantise(values, beside, told), values)


def test_without_training_a_fine_step_gives_the_scan_back(step_zero, head, tmp_path):
    engine = codec.load(save(step_zero, tmp_path / "zero-1.safetensors"), "cpu")
    data = engine.compress(head, "128ch")
    fine = compare(head, engine.decompress(data)).volume.psnr
    coarse = compare(head, engine.decode(engine.encode(head, "6ch"))).volume.psnr
    assert fine > 48
    assert 15 < coarse < fine - 15
    assert len(data) < head.voxels.nbytes


def test_channels_are_ordered_by_energy(step_zero, head):
    scan = normalise(head)[0][:, :88, :104]
    slabs = torch.from_numpy(scan).unflatten(0, (-1, 2))
    with torch.inference_mode():
        energy = (
            torch.nn.functional.conv2d(slabs, step_zero.analysis.basis, stride=BLOCK) ** 2
        ).mean((0, 2, 3))
    assert torch.equal(energy, energy.sort(descending=True).values)
    assert step_zero.analysis.basis[0].std() < 1e-6  # the mean comes first


@pytest.mark.parametrize("missing", [None, 2])
def test_slabs_alone_are_what_training_sees_in_a_run(lively, missing):
    """The program synthesises slab by slab, training whole runs at once: the same voxels."""
    net: Synthesis = lively._transforms._synthesis
    random = torch.Generator().manual_seed(1)
    values = torch.randint(-4, 5, (1, 5, 128, 3, 4), generator=random).float()
    lacks = None if missing is None else torch.tensor([missing])
    told = Told(torch.full((1, 1, 1, 1), 0.3), torch.tensor([1]), lacks, 0.75)
    with torch.inference_mode():
        run = net(values, told)[0]
        alone = SlabSynthesis(
            net, lambda slab: values[:, slab], lambda slab: told, lambda slab: None, 5
        )
        for slab in (3, 0, 4, 1, 2):
            assert torch.allclose(alone(slab), run[slab], atol=1e-5)
    assert (run - run.mean()).abs().max() > 0.1


def test_a_slab_that_is_known_stands_in_for_its_draft(lively):
    """The slabs beside it are restored beside what it is, not beside what its integers say."""
    net: Synthesis = lively._transforms._synthesis
    random = torch.Generator().manual_seed(2)
    values = torch.randint(-4, 5, (1, 3, 128, 3, 4), generator=random).float()
    known = torch.rand(1, 2, 24, 32, generator=random)
    told = Told(torch.full((1, 1, 1, 1), 0.3), torch.tensor([1]))
    with torch.inference_mode():
        alone = SlabSynthesis(
            net,
            lambda slab: values[:, slab],
            lambda slab: told,
            lambda slab: known if slab == 1 else None,
            3,
        )
        first = net.draft(values[:, 0], magnitudes(values[:, 0]) + magnitudes(values[:, 1]), told)
        assert torch.allclose(alone(0), net.restore(first, first, known, told)[0], atol=1e-5)


def test_a_shape_has_as_many_channels_as_a_block_has_voxels():
    assert Shape(depth=2).channels == len(dct_basis(2)) == 128
