"""Scales that lean: fewer bytes where a scan is unlike the training, and the same integers."""

import numpy as np
import pytest
from checkpoints import make_recipe, untrained

from isthmus.codec.context import decode_run, encode_run
from isthmus.codec.kernels import FRACTIONS, SCALES, SYMBOLS
from isthmus.codec.leaning import _extra_cost, find_leaning, leaned
from isthmus.training.export import context_model

CHANNELS = 128


@pytest.fixture(scope="module")
def model():
    """A context model that expects the scales of its scan, whatever stands beside."""
    scan = np.random.default_rng(0).random((8, 32, 32), np.float32)
    model = context_model(untrained(make_recipe(), [scan]))
    offsets = model.offsets.copy()
    offsets[0, 1] = 0  # log₂ of the scale is 0 in every channel
    # Without what neighbours say of mean and scale.
    linear = {name: 0 * getattr(model, name) for name in model._fields if "linear" in name}
    return model._replace(offsets=offsets, heads=0 * model.heads, **linear)


def integers(scales):
    """Logistic noise, (slab, channel, row, column), of one scale for each channel."""
    random = np.random.default_rng(1).logistic(size=(6, len(scales), 9, 11))
    return np.rint(random * np.array(scales)[:, None, None]).astype(np.int32)


def size(model, values):
    return sum(map(len, encode_run(model, values, 0, values.shape[1])))


def test_the_leaning_is_that_of_the_scan(model):
    scales = [1, 1, 1, 2, 1, 0.5, 1, 1]
    # Quarter octaves: twice the scale is four of them. Trailing zeros are not written.
    assert find_leaning(model, integers(scales), 0) == (0, 0, 0, 4, 0, -4)


def test_leaning_shortens_the_streams_and_they_decode(model):
    values = integers([0.5, 2, 2, 0.5, 1, 1, 0.5, 2])
    leaning = find_leaning(model, values, 0)
    adapted = leaned(model, 0, leaning)
    assert size(adapted, values) < 0.97 * size(model, values)
    streams = encode_run(adapted, values, 0, values.shape[1])
    assert np.array_equal(decode_run(adapted, streams, values.shape, 0, values.shape[1]), values)


def test_what_is_expected_does_not_lean(model):
    assert find_leaning(model, integers([1] * 8), 0) == ()
    assert leaned(model, 0, ()) is model


def test_a_leaning_that_saves_less_than_it_costs_is_left_out(model):
    values = integers([1.2] * 4)[:1, :, :2, :2]
    assert find_leaning(model, values, 0) == ()


def test_other_bottlenecks_do_not_lean(model):
    changed = leaned(model, 1, (1, -2)).offsets - model.offsets
    assert changed[1, 1, :2].tolist() == [1 << 14, -(2 << 14)]
    assert np.count_nonzero(changed) == 2


@pytest.mark.parametrize("by", [-4, -1, 1, 4])
def test_the_extra_cost_is_that_of_the_tables(model, by):
    extra = _extra_cost(model, by)
    assert extra.shape == (SCALES, FRACTIONS, SYMBOLS)
    bits = -np.log2(np.diff(model.cumulative, axis=-1) / 65536)
    row = 16  # scale 1: no low bits, on either side
    assert np.allclose(extra[row], bits[row + by] - bits[row], atol=1e-4)
