"""The differentiable twin of the integer context model: how many bits the integers will take.

The structure is that of `isthmus.codec.context`, which runs the same sums in integers:

    slab before, 3×3 blocks ─┐
    blocks W, N, NW, NE ─────┴─▶ hidden ─▶ for each group of channels: mean and scale of a logistic
                                   ▲                                   │
                                   └───────── groups decoded before ◀──┘

The lowest channels also have a linear path on the raw integers, since their neighbours predict
their value and not only its size.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from isthmus.codec.kernels import ACTIVATION_MAX, GROUPS, HIDDEN, LINEAR
from isthmus.codec.layers import magnitudes

# Raster order: of the 3×3 neighbours in the same slab only these are known.
_KNOWN = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])


class RateModel(nn.Module):
    """Bits of each integer, given what the decoder knows before it."""

    lower: Tensor
    few: Tensor
    known: Tensor

    def __init__(self, channels: int, bottlenecks: int):
        super().__init__()
        self.edges = [0, *[edge for edge in GROUPS if edge < channels], channels]
        self.embed = nn.Conv2d(2 * channels, HIDDEN, 1)
        self.spatial = nn.Conv2d(HIDDEN, HIDDEN, 3, padding=1, bias=False)
        self.before = nn.Conv2d(HIDDEN, HIDDEN, 3, padding=1, bias=False)
        self.tell = nn.Embedding(2 * bottlenecks, HIDDEN)
        self.feed = nn.Conv2d(2 * channels, HIDDEN, 1, bias=False)
        self.heads = nn.Conv2d(HIDDEN, 2 * channels, 1, bias=False)
        self.offsets = nn.Embedding(bottlenecks, 2 * channels)
        self.within = nn.Conv2d(2 * channels, 2 * channels, 1, bias=False)
        self.linear_spatial = nn.Conv2d(LINEAR, LINEAR, 3, padding=1, bias=False)
        self.linear_before = nn.Conv2d(LINEAR, LINEAR, 3, padding=1, bias=False)
        self.linear_within = nn.Conv2d(LINEAR, LINEAR, 1, bias=False)
        lower = torch.tril(torch.ones(channels, channels), -1)
        self.register_buffer("lower", lower.repeat(2, 2)[:, :, None, None], persistent=False)
        few = torch.tril(torch.ones(LINEAR, LINEAR), -1)
        self.register_buffer("few", few[:, :, None, None], persistent=False)
        self.register_buffer("known", _KNOWN, persistent=False)
        self._start()

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
        scale = torch.log2((0.35 * spread[None] / steps[:, None]).clamp(0.05, 200))
        with torch.no_grad():
            self.offsets.weight[:, : spread.numel()] = 0
            self.offsets.weight[:, spread.numel() :] = scale

    def forward(self, values: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and log2 of the scale for each integer.

        Args:
            values: (run, slab, channel, h, w); the first slab of a run has none before it.
            which: One bottleneck index for each run.

        Returns:
            Two tensors (run·slab, channel, h, w).
        """
        runs, slabs, channels = values.shape[:3]
        flat = values.flatten(0, 1)
        first = torch.zeros(runs, slabs, dtype=torch.long, device=values.device)
        first[:, 0] = 1
        bottleneck = which.repeat_interleave(slabs, 0)
        features = magnitudes(flat)
        embedded = F.relu(self.embed(features)).clamp(max=ACTIVATION_MAX)
        hidden = F.conv2d(embedded, self.spatial.weight * self.known, padding=1)
        hidden = hidden + self.before(_before(embedded, runs, slabs))
        told = self.tell(2 * bottleneck + first.flatten())
        hidden = hidden + told[:, :, None, None]

        out = self.offsets(bottleneck)[:, :, None, None] + F.conv2d(
            features, self.within.weight * self.lower
        )
        means, scales = [], []
        for start, end in zip(self.edges[:-1], self.edges[1:], strict=True):
            active = F.relu(hidden).clamp(max=ACTIVATION_MAX)
            rows = torch.cat(
                [self.heads.weight[start:end], self.heads.weight[channels + start : channels + end]]
            )
            mean, scale = F.conv2d(active, rows).chunk(2, 1)
            means.append(mean)
            scales.append(scale)
            columns = [*range(start, end), *range(channels + start, channels + end)]
            hidden = hidden + F.conv2d(features[:, columns], self.feed.weight[:, columns])
        mean = torch.cat(means, 1) + out[:, :channels]
        scale = torch.cat(scales, 1) + out[:, channels:]

        low = flat[:, :LINEAR].float()
        with torch.autocast(values.device.type, enabled=False):
            linear = F.conv2d(low, self.linear_spatial.weight * self.known, padding=1)
            linear = linear + self.linear_before(_before(low, runs, slabs))
            linear = linear + F.conv2d(low, self.linear_within.weight * self.few)
        mean = torch.cat([mean[:, :LINEAR].float() + linear, mean[:, LINEAR:].float()], 1)
        return mean, scale.float()


def bits(values: Tensor, mean: Tensor, scale: Tensor) -> Tensor:
    """Return the bits of each integer under a logistic with this mean and log2 of the scale."""
    inverse = torch.exp2(-scale.clamp(-5, 11))
    away = -(values - mean).abs()
    share = torch.sigmoid((away + 0.5) * inverse) - torch.sigmoid((away - 0.5) * inverse)
    return -torch.log2(share * (1 - 2e-5) + 1e-5 / (1 + away.abs()))


def _before(slabs: Tensor, runs: int, count: int) -> Tensor:
    """Return what lies one slab before, zeros for the first of each run."""
    split = slabs.unflatten(0, (runs, count))
    return torch.cat([torch.zeros_like(split[:, :1]), split[:, :-1]], 1).flatten(0, 1)
