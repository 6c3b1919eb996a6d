"""Rounding weighs the bits that a lower integer saves against the error that it adds."""

import pytest
import torch
from checkpoints import make_recipe, save, untrained
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus import codec
from isthmus.codec.bitstream import read_header
from isthmus.codec.normalise import normalise
from isthmus.codec.rounding import BIT_WORTH, BIT_WORTH_COARSE, bit_worth, bits, quantise


def coefficients(seed, spread=3.0):
    generator = torch.Generator().manual_seed(seed)
    return spread * torch.randn(2, 20, 6, 7, generator=generator)


def nearest(values):
    return torch.sign(values) * torch.floor(values.abs() + 0.5)


def test_without_foresight_it_goes_towards_zero_but_for_the_first_channel():
    values = torch.tensor([0.4, 0.5, 0.57, 0.59, -0.57, -0.59, 1.57, -2.6])
    first, second, third = quantise(values.expand(1, 3, 1, 8), 2)[0, :, 0]
    assert first.tolist() == [0, 1, 1, 1, -1, -1, 2, -3]
    assert second.tolist() == [0, 0, 0, 1, 0, -1, 1, -3]
    assert not third.any()


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**31), st.floats(-6, 12), st.sampled_from((0.3, 3.0, 300.0)))
def test_it_is_the_nearest_or_one_step_below(seed, scale, spread):
    values = coefficients(seed, spread)
    rounded = quantise(values, 16, torch.full_like(values, scale))
    below = nearest(values).abs() - rounded.abs()
    assert set(below[:, :16].unique().tolist()) <= {0.0, 1.0}
    assert torch.equal(rounded[:, 0], nearest(values[:, 0]))
    assert not rounded[:, 16:].any()
    # Never across zero, and never off by more than a step.
    assert (rounded * values >= 0).all()
    assert ((rounded - values)[:, :16].abs() < 1.5 - 1e-6).all()


def test_where_integers_are_large_it_is_the_nearest():
    """A wide distribution saves next to nothing by one less."""
    values = coefficients(1, 100.0)
    assert torch.equal(quantise(values, 20, torch.full_like(values, 11.0)), nearest(values))


def test_where_integers_are_rare_small_ones_are_dropped():
    values = torch.full((1, 3, 1, 1), 0.9)
    assert quantise(values, 3, torch.full_like(values, -4.0)).flatten().tolist() == [1, 0, 0]
    assert quantise(values, 3, torch.full_like(values, 1.0)).flatten().tolist() == [1, 1, 1]


def test_a_bit_is_worth_more_at_coarse_steps():
    steps = torch.tensor([1e-4, 0.02, 0.1, 0.2, 0.3, 0.9])
    worth = bit_worth(steps)
    assert worth[:2].tolist() == pytest.approx([BIT_WORTH] * 2)
    assert worth[4:].tolist() == pytest.approx([BIT_WORTH_COARSE] * 2)
    assert BIT_WORTH < worth[2] < worth[3] < BIT_WORTH_COARSE
    # What it is worth decides: between the two is where this integer is dropped.
    values, scales = torch.full((1, 2, 1, 1), 0.8), torch.full((1, 2, 1, 1), -1.0)
    fine, coarse = (quantise(values, 2, scales, each)[0, 1] for each in (0.1, 0.9))
    assert (int(fine), int(coarse)) == (1, 0)


@pytest.mark.parametrize("scale", [-4.0, -1.0, 0.5, 3.0])
def test_no_other_choice_of_the_two_is_cheaper(scale):
    """Squared error and bits, weighed: the cost that the rounding is for."""
    values = coefficients(2, 2.0)[:, 1:]
    scales = torch.full_like(values, scale)

    def cost(integers):
        return (integers - values) ** 2 + BIT_WORTH * bits(integers, scales)

    chosen = quantise(torch.cat([values[:, :1], values], 1), 21, torch.full((2, 20, 6, 7), scale))
    one, two = nearest(values), torch.sign(values) * (nearest(values).abs() - 1).clamp(min=0)
    best = torch.minimum(cost(one), cost(two))
    assert torch.allclose(cost(chosen[:, 1:]), best, atol=1e-4)


def test_bits_are_those_of_a_logistic():
    """Over all integers the shares sum to one, and a scale one octave up costs one bit."""
    away = torch.arange(-3000.0, 3001)
    for scale in (-3.0, 0.0, 4.0):
        total = torch.exp2(-bits(away, torch.full_like(away, scale))).sum()
        assert float(total) == pytest.approx(1, abs=1e-3)
    at = torch.zeros(1)
    assert float(bits(at, at + 7) - bits(at, at + 6)) == pytest.approx(1, abs=0.01)
    assert float(bits(at, at - 5)) < 0.01


def test_it_saves_real_bytes_for_little_error(head, tmp_path):
    """Foresight as it starts, one scale for each channel, against one that expects anything."""
    net = untrained(make_recipe(quantisation=(0.4, 0.1)), [normalise(head)[0]])
    careful = codec.load(save(net, tmp_path / "careful-1.safetensors"), "cpu")
    with torch.no_grad():
        net.analysis.foresight.offsets.weight.fill_(11)
    nearest = codec.load(save(net, tmp_path / "nearest-1.safetensors"), "cpu")

    def measure(engine):
        data = engine.compress(head, "128ch")
        grid = read_header(data).grid
        back = engine.decompress(data).voxels
        error = (back.astype(float) - head.voxels) / (0.1 * (grid.high - grid.low))
        return len(data), float((error**2).sum())

    (size, error), (plain_size, plain_error) = measure(careful), measure(nearest)
    assert size < 0.93 * plain_size
    # The error that comes in, in steps, is worth less than the bits that it saves.
    assert plain_error < error < plain_error + BIT_WORTH * 8 * (plain_size - size)
