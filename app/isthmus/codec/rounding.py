"""From coefficients to integers: rounding that weighs bits against error.

An integer is lowered by one where the bits that this saves are worth more than the error that it
adds. What an integer costs depends on how large its neighbours are; a small network, which only
the encoder has, foretells it from the slab's own coefficients, so that a slab is rounded by itself.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

# Squared error, in steps, that one bit is worth: at fine steps, and at coarse ones, where most
# integers are zero and a finer step with more zeros serves better than a coarser one with fewer.
BIT_WORTH, BIT_WORTH_COARSE = 0.13, 0.20
_FINE, _COARSE = 0.04, 0.30


class Foresight(nn.Module):
    """Foretells the scale that the entropy coder will expect of each integer.

    Starts as one scale for each channel.
    """

    def __init__(self, channels: int, hidden: int, bottlenecks: int):
        super().__init__()
        self.enter = nn.Conv2d(channels, hidden, 3, padding=1)
        self.leave = nn.Conv2d(hidden, channels, 1)
        self.offsets = nn.Embedding(bottlenecks, channels)
        nn.init.zeros_(self.leave.weight)
        for value in (self.leave.bias, self.offsets.weight):
            if value is not None:
                nn.init.zeros_(value)

    def forward(self, coefficients: Tensor, which: Tensor) -> Tensor:
        """Return log2 of the scales.

        Args:
            coefficients: (n, channel, h, w) in steps.
            which: n bottleneck indices.
        """
        h = F.relu(self.enter(torch.log2(1 + coefficients.abs())))
        scales: Tensor = self.leave(h) + self.offsets(which)[:, :, None, None]
        return scales.float()


def bit_worth(steps: Tensor) -> Tensor:
    """Return the squared error, in steps, that one bit is worth at each step."""
    low, high = math.log2(_FINE), math.log2(_COARSE)
    share = ((torch.log2(steps) - low) / (high - low)).clamp(0, 1)
    return BIT_WORTH + (BIT_WORTH_COARSE - BIT_WORTH) * share


def quantise(
    coefficients: Tensor,
    channels: int,
    scales: Tensor | None = None,
    worth: Tensor | float = BIT_WORTH,
) -> Tensor:
    """Round to integers and drop all but the first `channels`.

    The first channel, the mean, is rounded to the nearest: it is coded by its difference from
    others, so that lowering it saves nothing.

    Args:
        coefficients: (n, channel, h, w) in steps.
        channels: How many are kept.
        scales: log2 of each integer's scale, as foretold; without it all integers are rounded
            down from 0.58 instead of 0.5.
        worth: Of one bit, see `bit_worth`; with scales.
    """
    size = coefficients.abs()
    if scales is None:
        rounded = torch.floor(size + 0.42)
    else:
        rounded = torch.floor(size + 0.5)
        saved = bits(rounded, scales) - bits((rounded - 1).clamp(min=0), scales)
        rounded = rounded - (size - rounded + 0.5 < worth / 2 * saved).to(rounded.dtype)
        rounded = rounded.clamp(min=0)
    rounded[:, 0] = torch.floor(size[:, 0] + 0.5)
    values = torch.sign(coefficients) * rounded
    values[:, channels:] = 0
    return values


def bits(away: Tensor, scale: Tensor) -> Tensor:
    """Return the bits of integers so far from the mean of a logistic, given log2 of its scale."""
    inverse = torch.exp2(-scale.clamp(-5, 11))
    away = -away.abs()
    share = torch.sigmoid((away + 0.5) * inverse) - torch.sigmoid((away - 0.5) * inverse)
    return -torch.log2(share * (1 - 2e-5) + 1e-5 / (1 - away))
