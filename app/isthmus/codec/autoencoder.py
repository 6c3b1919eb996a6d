"""The classic family: the nonlinear convolutional autoencoder of the literature, in torch.

    slab (2×H×W) ─▶ ½ ─▶ ¼ ─▶ ⅛ ─▶ k numbers a block ─▶ / (width · step), round ─▶ integers
    integers ─▶ · width · step ─▶ ⅛ ─▶ ¼ ─▶ ½ ─▶ slab

Strided convolutions with residual blocks between them, from random weights. Each bottleneck has an
encoder and a decoder of its own, k fixed numbers for a block of 8×8×2 voxels, and sees one slab
alone. Its latent has a Gaussian posterior (Kingma and Welling, Auto-Encoding Variational Bayes,
2014) whose width is one number for each channel, and about unit variance under a prior N(0, 1).
Numbers are rounded in units of their width: a step of √12 adds as much noise as the posterior has.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import Told

# Widths are stored as logarithms over this, so that Adam moves them as fast as they need.
_WIDTH_SPEED = 8.0
# Widths at first, from the first channel to the last: the first ones get to carry the most.
_FIRST_WIDTH, _LAST_WIDTH = 0.05, 0.5
# From the normalised range to about unit size, and back.
_GAIN, _SHIFT = 4.0, 1.0


@dataclass(frozen=True)
class ClassicShape:
    """Sizes of the networks.

    Attributes:
        depth: Slices per slab.
        hidden: Feature maps at a half, a quarter and an eighth of the resolution. The last are
            never fewer than a bottleneck's channels.
    """

    depth: int = 2
    hidden: tuple[int, int, int] = (24, 48, 72)

    @property
    def channels(self) -> int:
        """Most numbers of one block: as many as it has voxels."""
        return self.depth * BLOCK * BLOCK


class Widths(nn.Module):
    """The posterior's standard deviation in each channel of each bottleneck.

    Analysis and synthesis of one model have the same ones.
    """

    def __init__(self, sizes: Sequence[int]):
        super().__init__()
        ends = torch.tensor([_FIRST_WIDTH, _LAST_WIDTH]).log() / _WIDTH_SPEED
        self.logs = nn.ParameterList(
            nn.Parameter(torch.linspace(float(ends[0]), float(ends[1]), size)) for size in sizes
        )

    def forward(self, index: int) -> Tensor:
        """Return the widths of bottleneck `index`, (channel, 1, 1)."""
        return torch.exp(_WIDTH_SPEED * self.logs[index])[:, None, None]


class ResidualBlock(nn.Module):
    """Adds two convolutions' correction to its input; none at first."""

    def __init__(self, channels: int):
        super().__init__()
        self.enter = nn.Conv2d(channels, channels, 3, padding=1)
        self.leave = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.leave.weight)

    def forward(self, h: Tensor) -> Tensor:
        """Map (n, channel, h, w) to the same shape."""
        added: Tensor = self.leave(F.relu(self.enter(F.relu(h))))
        return h + added


class Encoder(nn.Module):
    """Slabs to `size` numbers for each block."""

    def __init__(self, shape: ClassicShape, size: int):
        super().__init__()
        half, quarter, eighth = shape.hidden
        eighth = max(eighth, size)
        self.body = nn.Sequential(
            nn.PixelUnshuffle(2),
            _even(nn.Conv2d(4 * shape.depth, half, 3, padding=1)),
            ResidualBlock(half),
            _even(nn.Conv2d(half, quarter, 3, stride=2, padding=1)),
            ResidualBlock(quarter),
            _even(nn.Conv2d(quarter, eighth, 3, stride=2, padding=1)),
            ResidualBlock(eighth),
        )
        self.leave = _even(nn.Conv2d(eighth, size, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Map (n, depth, H, W) to the posterior's means, (n, size, H/8, W/8), float32."""
        h = self.body(_GAIN * x - _SHIFT)
        # The means are finer than what bfloat16 tells apart.
        with torch.autocast(x.device.type, enabled=False):
            means: Tensor = self.leave(h.float())
        return means


class Decoder(nn.Module):
    """`size` numbers for each block to slabs."""

    def __init__(self, shape: ClassicShape, size: int):
        super().__init__()
        half, quarter, eighth = shape.hidden
        eighth = max(eighth, size)
        self.enter = _even(nn.Conv2d(size, eighth, 1))
        self.body = nn.Sequential(
            ResidualBlock(eighth),
            _even(nn.Conv2d(eighth, 4 * quarter, 1)),
            nn.PixelShuffle(2),
            ResidualBlock(quarter),
            _even(nn.Conv2d(quarter, 4 * half, 1)),
            nn.PixelShuffle(2),
            ResidualBlock(half),
            _even(nn.Conv2d(half, 4 * shape.depth, 3, padding=1)),
            nn.PixelShuffle(2),
        )

    def forward(self, latent: Tensor) -> Tensor:
        """Map (n, size, h, w) to (n, depth, 8·h, 8·w), float32."""
        with torch.autocast(latent.device.type, enabled=False):
            h = self.enter(latent.float())
        made: Tensor = self.body(h).float()
        return (made + _SHIFT) / _GAIN


class ClassicAnalysis(nn.Module):
    """Voxels to numbers in units of their width times the quantisation step.

    Has the interface of `isthmus.codec.layers.Analysis`.
    """

    def __init__(self, shape: ClassicShape, sizes: Sequence[int], widths: Widths | None = None):
        """Prepare random networks.

        Args:
            shape: Sizes of the networks.
            sizes: Channels of each bottleneck.
            widths: Shared with the synthesis while both are trained.
        """
        super().__init__()
        self.channels = shape.channels
        self.widths = widths or Widths(sizes)
        self.encoders = nn.ModuleList(Encoder(shape, size) for size in sizes)

    def forward(self, x: Tensor, steps: Tensor, which: Tensor) -> Tensor:
        """Map slabs (n, depth, H, W) to numbers (n, channel, H/8, W/8); unused channels are 0.

        `steps` has shape (n, 1, 1, 1) and `which` (n,); of either one may serve all slabs.
        """
        steps = steps.expand(len(x), 1, 1, 1)
        rows, columns = x.shape[-2] // BLOCK, x.shape[-1] // BLOCK
        latent = x.new_zeros((len(x), self.channels, rows, columns))
        for index, here in _by_size(which, len(x)):
            means = self.encoders[index](x[here]) / (self.widths(index) * steps[here])
            latent[here, : means.shape[1]] = means
        return latent

    def scales(self, _latent: Tensor, _which: Tensor) -> None:
        """Foretell nothing: see `isthmus.codec.layers.Analysis.scales`."""


class ClassicSynthesis(nn.Module):
    """Integers to voxels. A slab sees no other.

    Has the interface of `isthmus.codec.layers.Synthesis`. What is missing of a latent is 0, the
    prior's mean; the restoration's strength changes nothing, since there is none.
    """

    def __init__(self, shape: ClassicShape, sizes: Sequence[int], widths: Widths | None = None):
        """Prepare random networks; the arguments are those of `ClassicAnalysis`."""
        super().__init__()
        self.channels, self.depth = shape.channels, shape.depth
        self.widths = widths or Widths(sizes)
        self.decoders = nn.ModuleList(Decoder(shape, size) for size in sizes)

    def draft(self, values: Tensor, _beside: Tensor | None, told: Told) -> Tensor:
        """Map integers (n, channel, h, w) to slabs (n, depth, 8·h, 8·w)."""
        rows, columns = values.shape[-2] * BLOCK, values.shape[-1] * BLOCK
        steps = told.steps.expand(len(values), 1, 1, 1)
        slabs = values.new_zeros((len(values), self.depth, rows, columns))
        for index, here in _by_size(told.which, len(values)):
            widths = self.widths(index)
            latent = values[here, : len(widths)] * (widths * steps[here])
            slabs[here] = self.decoders[index](latent)
        return slabs

    def restore(self, _before: Tensor, own: Tensor, _after: Tensor, _told: Told) -> Tensor:
        """Return the draft as it is."""
        return own

    def forward(self, values: Tensor, told: Told) -> Tensor:
        """Map (run, slab, channel, h, w) to (run, slab, depth, 8·h, 8·w); `told` is of the runs."""
        runs, slabs = values.shape[:2]
        flat = self.draft(values.flatten(0, 1), None, told.repeated(slabs))
        output: Tensor = flat.unflatten(0, (runs, slabs))
        return output


def _by_size(which: Tensor, count: int) -> Iterator[tuple[int, Tensor]]:
    """Yield each bottleneck index of so many slabs, and which of them have it, (n,) of bool."""
    which = which.expand(count)
    for index in sorted(set(which.tolist())):
        yield index, which == index


def _even(layer: nn.Conv2d) -> nn.Conv2d:
    """Start a layer that neither strengthens nor weakens what goes through it."""
    nn.init.orthogonal_(layer.weight)
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
    return layer
