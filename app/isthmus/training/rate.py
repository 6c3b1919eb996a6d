"""The differentiable twin of the integer context model: how many bits the integers will take.

The structure is that of `isthmus.codec.context`, which runs the same sums in integers. Layer by
layer of channels::

    same layer, slab before, 3×3 ─┐
    same layer, W, N, NW, NE ─────┼─▶ hidden ─▶ mean and scale of a logistic
    layers below, 3×3 ────────────┘

The lowest channels also have a linear path on the raw integers, since their neighbours predict
their value and not only its size.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from isthmus.codec.context import layer_edges
from isthmus.codec.kernels import ACTIVATION_MAX, HIDDEN, LINEAR, TOLD
from isthmus.codec.layers import magnitudes

# Raster order: of the 3×3 neighbours in the same layer only these are known.
CAUSAL_TAPS = ((0, 0), (0, 1), (0, 2), (1, 0))


class RateModel(nn.Module):
    """Bits of each integer, given what the decoder knows before it."""

    lower: Tensor
    causal_taps: Tensor
    straight_spatial: Tensor
    straight_before: Tensor
    straight_within: Tensor

    def __init__(self, channels: int, bottlenecks: int):
        super().__init__()
        self.edges = layer_edges(channels)
        layers = len(self.edges)
        self.tell = nn.Embedding(2 * bottlenecks, HIDDEN)
        self.embed = nn.Conv2d(2 * channels, TOLD, 1, bias=False)
        # What a layer tells: to itself (causal), to the layers above, to the next slab.
        self.causal = nn.ModuleList(_around() for _ in range(layers))
        self.spatial = nn.ModuleList(_around() for _ in range(layers))
        self.before = nn.ModuleList(_around() for _ in range(layers))
        self.feed = nn.Conv2d(2 * channels, HIDDEN, 1, bias=False)
        self.heads = nn.Conv2d(HIDDEN, 2 * channels, 1, bias=False)
        self.offsets = nn.Embedding(bottlenecks, 2 * channels)
        self.within = nn.Conv2d(2 * channels, 2 * channels, 1, bias=False)
        self.linear_spatial = nn.Conv2d(LINEAR, LINEAR, 3, padding=1, bias=False)
        self.linear_before = nn.Conv2d(LINEAR, LINEAR, 3, padding=1, bias=False)
        self.linear_within = nn.Conv2d(LINEAR, LINEAR, 1, bias=False)
        lower = torch.tril(torch.ones(channels, channels), -1)
        self._mask("lower", lower.repeat(2, 2)[:, :, None, None])
        causal = torch.zeros(3, 3)
        for row, column in CAUSAL_TAPS:
            causal[row, column] = 1
        self._mask("causal_taps", causal)
        layer = torch.zeros(LINEAR, dtype=torch.long)
        for index, (start, end) in enumerate(self.edges):
            layer[start : min(end, LINEAR)] = index
        out, into = layer[:, None], layer[None]
        same = (into == out)[:, :, None, None] * causal
        self._mask("straight_spatial", torch.where((into < out)[:, :, None, None], 1.0, same))
        self._mask("straight_before", (into <= out).float()[:, :, None, None])
        within = torch.tril(torch.ones(LINEAR, LINEAR), -1) * (into == out)
        self._mask("straight_within", within[:, :, None, None])
        self._start()

    def _mask(self, name: str, values: Tensor) -> None:
        self.register_buffer(name, values, persistent=False)

    def _start(self) -> None:
        """Start as a factorised model whose first channel is predicted from its neighbours."""
        for layer in (self.within, self.linear_spatial, self.linear_before, self.linear_within):
            nn.init.zeros_(layer.weight)
        nn.init.normal_(self.heads.weight, 0, 0.02)
        nn.init.zeros_(self.tell.weight)
        with torch.no_grad():
            self.linear_spatial.weight[0, 0, 0, 1] = 0.4
            self.linear_spatial.weight[0, 0, 1, 0] = 0.4
            self.linear_before.weight[0, 0, 1, 1] = 0.2

    def start_scales(self, spread: Tensor, steps: Tensor) -> None:
        """Set each channel's scale from its standard deviation.

        Args:
            spread: (channel,) in units of the normalised range.
            steps: (bottleneck,).
        """
        with torch.no_grad():
            self.offsets.weight[:, : spread.numel()] = 0
            self.offsets.weight[:, spread.numel() :] = expected_scales(spread, steps)

    def forward(
        self, values: Tensor, which: Tensor, most: int | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return mean and log2 of the scale for each integer.

        Args:
            values: (run, slab, channel, h, w); the first slab of a run has none before it.
            which: One bottleneck index for each run.
            most: Spare the work for layers that lie wholly above so many channels.

        Returns:
            Two tensors (run·slab, channel, h, w).
        """
        most = values.shape[2] if most is None else most
        runs, slabs, channels = values.shape[:3]
        flat = values.flatten(0, 1)
        first = torch.zeros(runs, slabs, dtype=torch.long, device=values.device)
        first[:, 0] = 1
        bottleneck = which.repeat_interleave(slabs, 0)
        features = magnitudes(flat)
        hidden = self.tell(2 * bottleneck + first.flatten())[:, :, None, None]
        out = self.offsets(bottleneck)[:, :, None, None] + F.conv2d(
            features, self.within.weight * self.lower
        )
        means, scales = [], []
        for layer, (start, end) in enumerate(self.edges):
            if start >= most:
                means.append(torch.zeros_like(flat[:, start:]))
                scales.append(means[-1])
                break
            columns = [*range(start, end), *range(channels + start, channels + end)]
            own = features[:, columns]
            told = F.conv2d(own, self.embed.weight[:, columns]).relu().clamp(max=ACTIVATION_MAX)
            hidden = hidden + self.before[layer](_before(told, runs, slabs))
            weight = cast(nn.Conv2d, self.causal[layer]).weight * self.causal_taps
            causal = F.conv2d(told, weight, padding=1)
            active = F.relu(hidden + causal).clamp(max=ACTIVATION_MAX)
            rows = torch.cat(
                [self.heads.weight[start:end], self.heads.weight[channels + start : channels + end]]
            )
            mean, scale = F.conv2d(active, rows).chunk(2, 1)
            means.append(mean)
            scales.append(scale)
            if end < channels:
                hidden = hidden + self.spatial[layer](told)
                hidden = hidden + F.conv2d(own, self.feed.weight[:, columns])
        mean = torch.cat(means, 1) + out[:, :channels]
        scale = torch.cat(scales, 1) + out[:, channels:]

        low = flat[:, :LINEAR].float()
        with torch.autocast(values.device.type, enabled=False):
            weight = self.linear_spatial.weight * self.straight_spatial
            linear = F.conv2d(low, weight, padding=1)
            weight = self.linear_before.weight * self.straight_before
            linear = linear + F.conv2d(_before(low, runs, slabs), weight, padding=1)
            linear = linear + F.conv2d(low, self.linear_within.weight * self.straight_within)
        mean = torch.cat([mean[:, :LINEAR].float() + linear, mean[:, LINEAR:].float()], 1)
        return mean, scale.float()


def expected_scales(spread: Tensor, steps: Tensor) -> Tensor:
    """Return log2 of the scale of a logistic for each bottleneck's channels, in steps.

    Args:
        spread: Standard deviations, (channel,), in units of the normalised range.
        steps: (bottleneck,).
    """
    return torch.log2((0.35 * spread[None] / steps[:, None]).clamp(0.05, 200))


def _around() -> nn.Conv2d:
    return nn.Conv2d(TOLD, HIDDEN, 3, padding=1, bias=False)


def _before(slabs: Tensor, runs: int, count: int) -> Tensor:
    """Return what lies one slab before, zeros for the first of each run."""
    split = slabs.unflatten(0, (runs, count))
    return torch.cat([torch.zeros_like(split[:, :1]), split[:, :-1]], 1).flatten(0, 1)
