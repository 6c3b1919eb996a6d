"""From a trained run to a checkpoint: integer context model, fitted tables, card."""

import math
from typing import cast

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from isthmus.codec import kernels
from isthmus.codec.context import ContextModel
from isthmus.training.families import AnyNetworks
from isthmus.training.rate import CAUSAL_TAPS

# The tables' prior weighs as much as so many symbols.
_PRIOR = 400.0
_SHIFT_ABOVE = 4.0  # scales above this send low bits as they are


def context_model(net: AnyNetworks) -> ContextModel:
    """Round a trained rate model to integers, with logistic tables."""
    rate = net.rate
    channels = net.shape.channels
    lower = (rate.within.weight * rate.lower)[:, :, 0, 0]
    sums, weights, features = (
        2**kernels.SUM_BITS,
        2 ** (kernels.SUM_BITS - kernels.ACTIVATION_BITS),
        2 ** (kernels.SUM_BITS - kernels.FEATURE_BITS),
    )
    counts = np.arange(kernels.FEATURE_ENTRIES)
    shifts, cumulative = logistic_tables()
    linear_within = rate.linear_within.weight * rate.straight_within
    causal = [3 * row + column for row, column in CAUSAL_TAPS]
    return ContextModel(
        features=np.rint(2**kernels.FEATURE_BITS * np.log2(1 + counts)).astype(np.int32),
        tell=_fixed(rate.tell.weight, sums),
        # torch's inputs are (signed, size) × channel; ours are channel × (signed, size).
        embed=_fixed(_inputs(rate.embed.weight[:, :, 0, 0], channels), features),
        causal=_fixed(_layers(rate.causal)[:, causal], weights),
        spatial=_fixed(_layers(rate.spatial), weights),
        before=_fixed(_layers(rate.before), weights),
        feed=_fixed(_inputs(rate.feed.weight[:, :, 0, 0], channels), features),
        heads=_fixed(
            rate.heads.weight[:, :, 0, 0].unflatten(0, (2, channels)).permute(2, 0, 1), weights
        ),
        offsets=_fixed(rate.offsets.weight.unflatten(1, (2, channels)), sums),
        within=_fixed(
            lower.unflatten(0, (2, channels)).unflatten(2, (2, channels)).permute(3, 2, 0, 1),
            features,
        ),
        linear_spatial=_fixed(_taps(rate.linear_spatial.weight * rate.straight_spatial), sums),
        linear_before=_fixed(_taps(rate.linear_before.weight * rate.straight_before), sums),
        linear_within=_fixed(linear_within[:, :, 0, 0].T, sums),
        shifts=shifts,
        cumulative=cumulative,
    )


def logistic_tables() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return `shifts` and `cumulative` of a `ContextModel` for logistic distributions."""
    shifts = np.zeros(kernels.SCALES, np.int32)
    shares = np.empty((kernels.SCALES, kernels.FRACTIONS, kernels.SYMBOLS))
    for scale in range(kernels.SCALES):
        spread = 2.0 ** (kernels.SCALE_LOW + scale / kernels.SCALE_STEPS)
        shift = max(0, math.ceil(math.log2(spread / _SHIFT_ABOVE)))
        shifts[scale] = shift
        for fraction in range(kernels.FRACTIONS):
            off = (fraction + 0.5) / kernels.FRACTIONS - 0.5
            edges = np.arange(-kernels.REACH, kernels.REACH + 2) * 2.0**shift - 0.5 - off
            below = 1 / (1 + np.exp(-np.clip(edges / spread, -500, 500)))
            inside = np.diff(below)
            shares[scale, fraction] = [*inside, max(1 - inside.sum(), 0.0)]
    return shifts, cumulative_of(shares)


def fit_tables(model: ContextModel, counts: npt.NDArray[np.int64]) -> ContextModel:
    """Fit the tables to how often each symbol occurred, with the present ones as the prior.

    Args:
        model: Its tables are the prior.
        counts: (scale, fraction, symbol), from `context_counts`.
    """
    # The distribution is even: a mean just below and one just above are mirror images.
    mirrored = counts[:, ::-1, :].copy()
    mirrored[:, :, : kernels.ESCAPE] = mirrored[:, :, : kernels.ESCAPE][:, :, ::-1]
    even = np.where((model.shifts == 0)[:, None, None], counts + mirrored, counts)
    prior = np.diff(model.cumulative, axis=-1) / kernels.TOTAL
    return model._replace(cumulative=cumulative_of(even + _PRIOR * prior))


def cumulative_of(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    """Turn shares (…, symbol) into cumulative integer frequencies, each at least 1, to 65536."""
    shares = shares / shares.sum(-1, keepdims=True)
    room = kernels.TOTAL - kernels.SYMBOLS
    sizes = np.floor(shares * room).astype(np.int64) + 1
    rest = kernels.TOTAL - sizes.sum(-1)
    np.put_along_axis(
        sizes,
        sizes.argmax(-1)[..., None],
        np.take_along_axis(sizes, sizes.argmax(-1)[..., None], -1) + rest[..., None],
        -1,
    )
    cumulative = np.zeros((*shares.shape[:-1], kernels.SYMBOLS + 1), np.int32)
    cumulative[..., 1:] = np.cumsum(sizes, -1)
    return cumulative


def _fixed(weights: Tensor, scale: int) -> npt.NDArray[np.int32]:
    return np.ascontiguousarray(torch.round(weights.detach().double() * scale).int().numpy())


def _inputs(weights: Tensor, channels: int) -> Tensor:
    """(out, 2·channel) to (channel, 2, out)."""
    return weights.reshape(-1, 2, channels).permute(2, 1, 0)


def _taps(weights: Tensor) -> Tensor:
    """(out, in, 3, 3) to (tap, in, out)."""
    return weights.flatten(2).permute(2, 1, 0)


def _layers(around: nn.ModuleList) -> Tensor:
    """One 3×3 convolution for each layer to (layer, tap, in, out)."""
    return torch.stack([_taps(cast(nn.Conv2d, layer).weight) for layer in around])
