"""A run that goes on from a trained model, also with other bottlenecks than the model's."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from isthmus.codec import kernels
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ModelInfo
from isthmus.codec.context import ContextModel
from isthmus.codec.weights import read_weights
from isthmus.errors import CheckpointError
from isthmus.training.families import AnyNetworks
from isthmus.training.rate import CAUSAL_TAPS


def begin_from(model: ModelInfo, net: AnyNetworks) -> None:
    """Take over the networks of a trained model; what it lacks stays as it is.

    What networks are told of a bottleneck is interpolated between the model's bottlenecks, by the
    logarithm of the step. The entropy model is taken over unless it is of the first format. The
    classic family has networks of its own for each bottleneck, and needs the same ones.

    Raises:
        CheckpointError: Its networks have other sizes, or the classic family other bottlenecks.
    """
    theirs = [(bottleneck.channels, bottleneck.step) for bottleneck in model.bottlenecks]
    ours = list(zip(net.recipe.channels, net.recipe.quantisation, strict=True))
    if net.recipe.family == "classic" and theirs != ours:
        raise CheckpointError(f"The model {model.name} has other bottlenecks than the recipe.")
    analysis, synthesis, context = read_weights(model)
    between = _Between(model.bottlenecks, net.recipe.quantisation)
    try:
        for part, trained in ((net.analysis, analysis), (net.synthesis, synthesis)):
            found = {name: between.fit(name, value) for name, value in trained.state_dict().items()}
            part.load_state_dict(found, strict=False)
        if isinstance(context, ContextModel):
            net.rate.load_state_dict(rate_weights(context, between))
    except (RuntimeError, ValueError) as error:
        raise CheckpointError(f"The model {model.name} has networks of other sizes.") from error


def rate_weights(context: ContextModel, between: "_Between") -> dict[str, Tensor]:
    """Return the weights of the rate model that `export.context_model` would round to `context`.

    Args:
        context: The integers.
        between: Carries what belongs to a bottleneck to the run's bottlenecks.
    """
    sums, weights, features = (
        2.0**-bits
        for bits in (
            kernels.SUM_BITS,
            kernels.SUM_BITS - kernels.ACTIVATION_BITS,
            kernels.SUM_BITS - kernels.FEATURE_BITS,
        )
    )
    tell, offsets = _floats(context.tell, sums), _floats(context.offsets, sums)
    means, scales = offsets.unbind(1)
    found = {
        # Rows: bottleneck × (within a run, first of it).
        "tell.weight": between.told(tell.unflatten(0, (-1, 2)).flatten(1))
        .unflatten(1, (2, -1))
        .flatten(0, 1),
        "offsets.weight": torch.cat([between.told(means), between.scales(scales)], 1),
        "embed.weight": _outputs(_floats(context.embed, features)),
        "feed.weight": _outputs(_floats(context.feed, features)),
        "heads.weight": _floats(context.heads, weights).flatten(1).T[:, :, None, None],
        "within.weight": _floats(context.within, features)
        .permute(2, 3, 1, 0)
        .reshape(2 * len(context.within), -1)[:, :, None, None],
        "linear_spatial.weight": _square(_floats(context.linear_spatial, sums)),
        "linear_before.weight": _square(_floats(context.linear_before, sums)),
        "linear_within.weight": _floats(context.linear_within, sums).T[:, :, None, None],
    }
    known = [3 * row + column for row, column in CAUSAL_TAPS]
    for layer, taps in enumerate(_floats(context.causal, weights)):
        whole = torch.zeros(9, *taps.shape[1:])
        whole[known] = taps
        found[f"causal.{layer}.weight"] = _square(whole)
        found[f"spatial.{layer}.weight"] = _square(_floats(context.spatial[layer], weights))
        found[f"before.{layer}.weight"] = _square(_floats(context.before[layer], weights))
    return found


class _Between:
    """Carries what a model's networks are told of its bottlenecks over to other bottlenecks."""

    def __init__(self, theirs: Iterable[Bottleneck], wanted: Iterable[float]):
        # Finest first, for interpolation.
        self._order, self._theirs = zip(
            *sorted(enumerate(theirs), key=lambda each: each[1].step), strict=True
        )
        self._places = np.log2([each.step for each in self._theirs])
        self._wanted = np.log2(list(wanted))

    def fit(self, name: str, value: Tensor) -> Tensor:
        """Return a transform's weight for the new bottlenecks."""
        if name.endswith(".tell.weight"):
            return self.told(value)
        if name == "foresight.offsets.weight":
            return self.scales(value)
        return value

    def told(self, rows: Tensor) -> Tensor:
        """Interpolate (bottleneck, feature)."""
        have = rows.double().numpy()[list(self._order)]
        columns = [np.interp(self._wanted, self._places, column) for column in have.T]
        return torch.tensor(np.stack(columns, 1), dtype=torch.float32)

    def scales(self, rows: Tensor) -> Tensor:
        """Interpolate log2 of scales in steps, (bottleneck, channel).

        A bottleneck says nothing of channels that it lacks: there the next finer one counts.
        """
        have = rows.double().numpy()[list(self._order)] + self._places[:, None]
        columns = []
        for channel, column in enumerate(have.T):
            held = [at for at, each in enumerate(self._theirs) if each.channels > channel]
            found = np.interp(self._wanted, self._places[held], column[held])
            columns.append(found - self._wanted)
        return torch.tensor(np.stack(columns, 1), dtype=torch.float32)


def _floats(integers: npt.NDArray[np.int32], unit: float) -> Tensor:
    return torch.from_numpy(integers.astype(np.float32) * np.float32(unit))


def _outputs(weights: Tensor) -> Tensor:
    """(channel, 2, out) to (out, 2·channel, 1, 1)."""
    return weights.permute(2, 1, 0).flatten(1)[:, :, None, None]


def _square(taps: Tensor) -> Tensor:
    """(tap, in, out) to (out, in, 3, 3)."""
    return taps.permute(2, 1, 0).reshape(taps.shape[2], taps.shape[1], 3, 3)
