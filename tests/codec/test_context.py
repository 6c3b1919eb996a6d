"""The entropy coder gives back what it was given, whatever that is, and never more than bytes."""

import copy
import hashlib

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import FAMILY, STEPS, enliven, make_recipe, untrained
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from reference_decoder import decode_run as decode_otherwise

from isthmus.codec import context, kernels
from isthmus.codec.context import (
    ContextModel,
    context_counts,
    decode_run,
    encode_run,
    layer_edges,
)
from isthmus.codec.normalise import normalise
from isthmus.codec.rounding import bits, quantise
from isthmus.errors import BitstreamError
from isthmus.training.export import context_model, fit_tables, logistic_tables

CHANNELS, BOTTLENECKS = 128, len(FAMILY)
LAYERS = len(layer_edges(CHANNELS))
settings.register_profile("codec", deadline=None, suppress_health_check=list(HealthCheck))
thorough = settings(settings.get_profile("codec"), max_examples=40)


@pytest.fixture(scope="module")
def model():
    """A context model of eight bottlenecks in which every weight is at work."""
    recipe = make_recipe(family="linear", channels=FAMILY, quantisation=STEPS)
    return context_model(enliven(untrained(recipe, [phantom((8, 64, 64)).astype("f4") / 1000])))


def runs(draw, elements, most=3):
    """Draw a run of slabs, with zeros beyond the bottleneck's channels, and the bottleneck."""
    bottleneck = draw(st.integers(0, BOTTLENECKS - 1))
    size = draw(st.tuples(st.integers(1, 2), st.integers(1, most), st.integers(1, most)))
    values = np.zeros((size[0], CHANNELS, *size[1:]), np.int32)
    kept = (size[0], FAMILY[bottleneck], *size[1:])
    values[:, : kept[1]] = draw(arrays(np.int32, kept, elements=elements, fill=st.just(0)))
    return values, bottleneck


@st.composite
def sparse(draw):
    return runs(draw, st.integers(-3, 3))


@st.composite
def dense(draw):
    values, bottleneck = runs(draw, st.just(0))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    spread = draw(st.sampled_from((1, 20, 2000)))
    values[:, : FAMILY[bottleneck]] = random.normal(
        0, spread, values[:, : FAMILY[bottleneck]].shape
    )
    return values, bottleneck


@st.composite
def huge(draw):
    return runs(draw, st.sampled_from((0, 1, -1, 4095, 4096, 2**20, 2**31 - 1, -(2**31))))


def made(shape, low, high, seed):
    """Integers from a formula, the same on every machine."""
    mixed = (np.arange(int(np.prod(shape)), dtype=np.int64) + seed) * 2654435761 % 2**32 >> 9
    return (low + mixed % (high - low)).reshape(shape).astype(np.int32)


def round_trip(model, values, bottleneck, channels):
    streams = encode_run(model, values, bottleneck, channels)
    assert len(streams) == len(layer_edges(channels))
    return decode_run(model, streams, values.shape, bottleneck, channels)


@pytest.mark.parametrize("kind", [sparse, dense, huge])
def test_integers_come_back(model, kind):
    @thorough
    @given(kind())
    def come_back(drawn):
        values, bottleneck = drawn
        assert np.array_equal(round_trip(model, values, bottleneck, FAMILY[bottleneck]), values)

    come_back()


@pytest.mark.parametrize("channels", [1, 3, 4, 5, 17, 63, 100, 127, 128])
def test_any_number_of_channels_can_be_kept(model, channels):
    values = np.zeros((3, CHANNELS, 2, 3), np.int32)
    values[:, :channels] = np.random.default_rng(channels).integers(-40, 41, (3, channels, 2, 3))
    assert np.array_equal(round_trip(model, values, 2, channels), values)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (5, 7)])
def test_odd_sizes_come_back(model, size):
    values = np.random.default_rng(0).integers(-9, 10, (9, CHANNELS, *size)).astype(np.int32)
    assert np.array_equal(round_trip(model, values, 7, CHANNELS), values)


@pytest.mark.parametrize("layers", range(LAYERS + 1))
def test_the_first_layers_are_enough_for_their_channels(model, layers):
    values = np.random.default_rng(5).integers(-9, 10, (3, CHANNELS, 4, 3)).astype(np.int32)
    streams = encode_run(model, values, 7, CHANNELS)[:layers]
    found = decode_run(model, streams, values.shape, 7, CHANNELS)
    end = (0, *(end for _, end in layer_edges(CHANNELS)))[layers]
    assert np.array_equal(found[:, :end], values[:, :end])
    assert not found[:, end:].any()


@pytest.mark.parametrize("layer", range(LAYERS))
def test_lower_layers_do_not_depend_on_higher_ones(model, layer):
    """Whatever stands in a layer, the streams below it are the same bytes; its own are not."""
    values = np.random.default_rng(6).integers(-9, 10, (3, CHANNELS, 4, 3)).astype(np.int32)
    start, end = layer_edges(CHANNELS)[layer]
    changed = values.copy()
    changed[:, start:end] = 4 - changed[:, start:end]
    one, two = (encode_run(model, each, 7, CHANNELS) for each in (values, changed))
    assert one[:layer] == two[:layer]
    assert one[layer] != two[layer]
    # All layers above look at it: their streams change though their integers don't.
    assert all(mine != theirs for mine, theirs in zip(one[layer:], two[layer:], strict=True))


def test_every_slab_uses_the_one_before():
    """With a mean that is the same integer of the slab before, repeated slabs cost little."""
    net = untrained(
        make_recipe(family="linear"), [np.random.default_rng(0).random((4, 32, 32), np.float32)]
    )
    with torch.no_grad():
        net.rate.linear_spatial.weight.zero_()
        net.rate.linear_before.weight[:4, :4, 1, 1] = torch.eye(4)
        net.rate.offsets.weight[:, CHANNELS:] = -3
    model = context_model(net)
    values = np.zeros((1, CHANNELS, 6, 6), np.int32)
    values[:, :4] = np.random.default_rng(1).integers(-90, 91, (1, 4, 6, 6))
    alone = len(encode_run(model, values, 1, CHANNELS)[0])
    assert len(encode_run(model, np.repeat(values, 4, 0), 1, CHANNELS)[0]) < 1.2 * alone


@thorough
@given(st.data())
def test_damaged_streams_never_crash(model, data):
    values, bottleneck = data.draw(dense())
    channels = FAMILY[bottleneck]
    coded = encode_run(model, values, bottleneck, channels)
    layer = data.draw(st.integers(0, len(coded) - 1))
    whole = coded[layer]
    if data.draw(st.booleans()):
        coded[layer] = whole[: data.draw(st.integers(0, len(whole) - 1))]
        with pytest.raises(BitstreamError, match="does not decode"):
            decode_run(model, coded, values.shape, bottleneck, channels)
        return
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    coded[layer] = whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
    try:
        decoded = decode_run(model, coded, values.shape, bottleneck, channels)
    except BitstreamError:
        return
    assert decoded.shape == values.shape
    assert not np.array_equal(decoded, values)


@thorough
@given(st.lists(st.binary(max_size=400), max_size=3), st.integers(2, 7), st.integers(1, 4))
def test_any_bytes_are_an_answer_or_an_error(model, streams, bottleneck, size):
    shape = (2, CHANNELS, size, size)
    try:
        values = decode_run(model, streams, shape, bottleneck, FAMILY[bottleneck])
    except BitstreamError:
        return
    assert values.shape == shape


def test_more_integers_than_bytes_can_hold_are_refused_at_once(model):
    """Nothing is allocated: the array would take 128 TiB."""
    with pytest.raises(BitstreamError, match="does not decode"):
        decode_run(model, [bytes(1000)], (8, CHANNELS, 1 << 18, 1 << 18), 7, CHANNELS)


def test_an_empty_run_is_allowed_to_be_very_small(model):
    """The guard above must not refuse the best case: nothing but zeros."""
    values = np.zeros((2, CHANNELS, 64, 64), np.int32)
    sure = logistic_tables()[1]
    sizes = np.ones(sure.shape[-1] - 1, np.int32)
    sizes[kernels.REACH] += kernels.TOTAL - sizes.sum()
    sure[..., 1:] = np.cumsum(sizes)
    certain = model._replace(cumulative=sure, linear_spatial=0 * model.linear_spatial)
    coded = encode_run(certain, values, 0, 4)
    assert max(map(len, coded)) < 20
    assert not decode_run(certain, coded, values.shape, 0, 4).any()


def test_counts_are_those_of_the_symbols(model):
    values = np.random.default_rng(2).integers(-2, 3, (3, CHANNELS, 4, 5)).astype(np.int32)
    counts = context_counts(model, values, 7, CHANNELS)
    assert counts.sum() == values.size
    # Fitted to what they are then used for, the tables cannot take more.
    fitted = fit_tables(model, 1000 * counts)
    size = sum(map(len, encode_run(model, values, 7, CHANNELS)))
    assert sum(map(len, encode_run(fitted, values, 7, CHANNELS))) < size
    assert np.array_equal(round_trip(fitted, values, 7, CHANNELS), values)


def test_counts_tell_an_escape_from_its_bits(model):
    values = np.full((1, CHANNELS, 1, 1), 10**6, np.int32)
    counts = context_counts(model, values, 7, CHANNELS)
    assert counts.sum() == CHANNELS
    assert counts[..., kernels.ESCAPE].sum() > CHANNELS / 2


@pytest.fixture(scope="module")
def twin(head):
    """A rate model in which every weight is at work, with the coefficients it starts from."""
    scan, _ = normalise(head)
    scan = scan[:, :88, :104]
    return enliven(untrained(make_recipe(family="linear"), [scan])), scan


@pytest.mark.parametrize("index", [0, 1])
def test_real_bytes_are_what_the_twin_estimates(twin, index):
    net, scan = twin
    channels, step = net.recipe.channels[index], net.recipe.quantisation[index]
    slabs = torch.from_numpy(scan).unflatten(0, (-1, 2))
    which = torch.full((len(slabs),), index)
    with torch.inference_mode():
        values = quantise(net.analysis(slabs, torch.full((1, 1, 1, 1), step), which), channels)
        mean, scale = net.rate(values[None], torch.tensor([index]))
        estimate = float(bits(values - mean, scale)[:, :channels].sum())
    coded = encode_run(context_model(net), values.int().numpy(), index, channels)
    # Each stream also carries the coder's state, four bytes.
    real = 8 * sum(len(stream) - 4 for stream in coded)
    assert real == pytest.approx(estimate, rel=0.03)


def predictions(model, values, bottleneck, channels):
    """Return the row of the table and the mean that each integer is coded with.

    Each is an array (slab, channel, row, column); the mean is NaN where an escape hides it. With
    tables whose entries count up, the interval of a symbol names it and its table.
    """
    names = np.arange(kernels.SCALES * kernels.FRACTIONS * (kernels.SYMBOLS + 1), dtype=np.int32)
    naming = model._replace(cumulative=names.reshape(model.cumulative.shape))
    slabs, _, rows, columns = values.shape
    scales = np.empty((slabs, rows, columns, channels), int)
    means = np.empty(scales.shape)
    layers = context._intervals(naming, values, bottleneck, channels)
    for (start, end), (starts, sizes) in zip(layer_edges(channels), layers, strict=True):
        integers = values[:, start:end].transpose(0, 2, 3, 1)
        table, symbol = np.divmod(
            starts[sizes == 1].astype(int).reshape(integers.shape), kernels.SYMBOLS + 1
        )
        scale, fraction = np.divmod(table, kernels.FRACTIONS)
        away = np.where(symbol == kernels.ESCAPE, np.nan, symbol - kernels.REACH)
        away = np.where(model.shifts[scale] == 0, away, np.nan)
        scales[..., start:end] = scale
        means[..., start:end] = integers - away + (fraction + 0.5) / kernels.FRACTIONS - 0.5
    return scales.transpose(0, 3, 1, 2), means.transpose(0, 3, 1, 2)


def test_every_prediction_is_that_of_the_twin(twin):
    """Tap by tap and weight by weight: both walks see the same neighbours in the same places."""
    net, scan = copy.deepcopy(twin[0]), twin[1]
    slabs = torch.from_numpy(scan).unflatten(0, (-1, 2))
    which = torch.ones(len(slabs), dtype=torch.long)
    with torch.inference_mode():
        net.rate.heads.weight *= 8  # as much as in a trained model
        values = quantise(net.analysis(slabs, torch.full((1, 1, 1, 1), 0.05), which), 128)
        mean, scale = (part.numpy() for part in net.rate(values[None], torch.tensor([1])))
    rows, means = predictions(context_model(net), values.int().numpy(), 1, 128)
    steps = kernels.SCALE_STEPS * (scale - kernels.SCALE_LOW)
    steps = steps.clip(0, kernels.SCALES - 1)
    assert np.abs(rows - steps).max() < 0.5 + 0.3
    seen = np.isfinite(means)
    assert seen.mean() > 0.5
    assert np.abs(means - mean)[seen].max() < 1 / 16 + 0.1
    # And that of its own place: one block further on it is another.
    assert np.abs(rows - np.roll(steps, 1, -1)).max() > 2
    assert np.abs(means - np.roll(mean, 1, -1))[seen].max() > 2


def test_another_decoder_agrees_on_every_rounding(model):
    """Scales on the very edge between two rows of the table, means between two eighths."""
    none = {name: np.zeros_like(array) for name, array in model._asdict().items()}
    edges = made(none["offsets"].shape, -40, 90, 14) * 8192
    kept = {"shifts": model.shifts, "cumulative": model.cumulative, "features": model.features}
    odd = model._replace(**{**none, **kept, "offsets": edges})
    values = made((1, CHANNELS, 2, 2), -60, 60, 15)
    streams = encode_run(odd, values, 3, CHANNELS)
    tables = {name: array.astype(np.int64) for name, array in odd._asdict().items()}
    found = decode_otherwise(tables, streams, (1, 2, 2), 3, CHANNELS)
    assert np.array_equal(found[:, :CHANNELS], values)


def test_the_format_stays_as_it_is():
    """Bytes of a model made by formula. If they change, files that exist no longer decode."""
    hidden, told, few = kernels.HIDDEN, kernels.TOLD, kernels.LINEAR
    layer = np.searchsorted(kernels.GROUPS, np.arange(few), side="right")
    below, same = layer[:, None] < layer, layer[:, None] == layer
    past = np.arange(9)[:, None, None] < 4  # the taps NW, N, NE and W
    shares = 1 + 60_000 // (1 + np.abs(np.arange(kernels.SYMBOLS) - kernels.REACH) ** 2)
    sizes = np.repeat(shares[None], kernels.SCALES * kernels.FRACTIONS, 0)
    sizes = 1 + sizes * (kernels.TOTAL - kernels.SYMBOLS) // sizes.sum(1, keepdims=True)
    sizes[:, kernels.REACH] += kernels.TOTAL - sizes.sum(1)
    cumulative = np.zeros((len(sizes), kernels.SYMBOLS + 1), np.int32)
    cumulative[:, 1:] = np.cumsum(sizes, 1)
    arrays = {
        "features": (16 * np.arange(kernels.FEATURE_ENTRIES) // 30).clip(0, 192),
        "embed": made((CHANNELS, 2, told), -2000, 2000, 1),
        "causal": made((LAYERS, 4, told, hidden), -300, 300, 2),
        "spatial": made((LAYERS, 9, told, hidden), -300, 300, 3),
        "before": made((LAYERS, 9, told, hidden), -300, 300, 4),
        "tell": made((2 * BOTTLENECKS, hidden), -60000, 60000, 5),
        "feed": made((CHANNELS, 2, hidden), -2000, 2000, 6),
        "heads": made((hidden, 2, CHANNELS), -400, 400, 7),
        "offsets": made((BOTTLENECKS, 2, CHANNELS), -200000, 200000, 8),
        "within": made((CHANNELS, 2, 2, CHANNELS), -500, 500, 9),
        "linear_spatial": made((9, few, few), -20000, 20000, 10) * (below | (same & past)),
        "linear_before": made((9, few, few), -9000, 9000, 11) * (below | same),
        "linear_within": made((few, few), -9000, 9000, 12) * np.triu(same, 1),
        "shifts": logistic_tables()[0],
        "cumulative": cumulative.reshape(kernels.SCALES, kernels.FRACTIONS, -1),
    }
    model = ContextModel.from_tensors(
        {f"context.{name}": array for name, array in arrays.items()}, CHANNELS, BOTTLENECKS
    )
    values = made((3, CHANNELS, 3, 4), -30, 31, 13)
    values[:, :, ::2] //= 9
    values[1, ::7] *= 100_003
    streams = encode_run(model, values, 7, CHANNELS)
    digest = hashlib.sha256(b"|".join(streams)).hexdigest()
    assert digest == "b3667ab89741c5d69a74c341ef0e33c81d39ffe9b780bae22e24170d83c2914b"
    assert np.array_equal(round_trip(model, values, 7, CHANNELS), values)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("offsets", lambda array: array[:-1]),
        ("before", lambda array: array[:4]),
        ("features", lambda array: array[:100]),
        ("shifts", lambda array: array + 20),
        ("cumulative", lambda array: array[..., ::-1]),
        ("cumulative", lambda array: np.zeros_like(array)),
    ],
)
def test_arrays_that_the_compiled_code_could_not_survive_are_refused(model, name, change):
    tensors = model.tensors()
    tensors[f"context.{name}"] = change(tensors[f"context.{name}"])
    with pytest.raises(ValueError, match=r"unexpected shape|no probabilities"):
        ContextModel.from_tensors(tensors, CHANNELS, BOTTLENECKS)
