"""The transforms, in torch: analysis (voxels to coefficients) and synthesis (integers to voxels).

    slab (2×H×W) ─▶ x + step·correction(x) ─▶ 8×8×2 transform ─▶ / step, round ─▶ integers
    integers ─▶ dequantiser ─▶ · step ─▶ inverse transform ─▶ + step·restoration ─▶ slab

Both linear transforms start as the orthonormal 3-D DCT-II, and each correction starts at zero, so
the untrained codec is a working transform codec and training can only add to it. Every network is
told which bottleneck it serves, and those of the synthesis how many layers of channels are missing.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from isthmus.codec.kernels import GROUPS
from isthmus.codec.latent import BLOCK
from isthmus.codec.rounding import Foresight


@dataclass(frozen=True)
class Shape:
    """Sizes of the networks.

    Attributes:
        depth: Slices per slab.
        correction: Hidden channels of the encoder's correction; 0 for none.
        dequantiser: Hidden channels of the dequantiser; 0 for none.
        restoration: Hidden channels of the decoder's restoration; 0 for none.
        layers: Residual convolutions of the restoration.
        foresight: Hidden channels of the encoder's foresight of scales; 0 for plain rounding.
    """

    depth: int = 2
    correction: int = 32
    dequantiser: int = 160
    restoration: int = 64
    layers: int = 4
    foresight: int = 64

    @property
    def channels(self) -> int:
        """Coefficients of one block: as many as it has voxels."""
        return self.depth * BLOCK * BLOCK


def dct_matrix(n: int) -> npt.NDArray[np.float64]:
    """Return the orthonormal DCT-II, rows are basis functions, n×n."""
    k, i = np.arange(n)[:, None], np.arange(n)[None]
    matrix: npt.NDArray[np.float64] = math.sqrt(2 / n) * np.cos(np.pi * (2 * i + 1) * k / (2 * n))
    matrix[0] /= math.sqrt(2)
    return matrix


def dct_basis(depth: int) -> npt.NDArray[np.float64]:
    """Return the 3-D DCT, (coefficient, slice, row, column), low frequencies first."""
    along, across = dct_matrix(depth), dct_matrix(BLOCK)
    basis = np.einsum("ta,yb,xc->tyxabc", along, across, across)
    return np.asarray(basis.reshape(-1, depth, BLOCK, BLOCK))


def magnitudes(values: Tensor) -> Tensor:
    """Return sign·log2(1+|v|) and log2(1+|v|), stacked along the channels."""
    size = torch.log2(1 + values.abs())
    return torch.cat([torch.sign(values) * size, size], 1)


class Told(NamedTuple):
    """What the synthesis is told besides the integers of n slabs.

    Attributes:
        steps: Of quantisation, (n, 1, 1, 1).
        which: n bottleneck indices.
        missing: How many layers of channels did not come, for each of the n; None for none.
        strength: Factor of the restoration.
    """

    steps: Tensor
    which: Tensor
    missing: Tensor | None = None
    strength: float = 1.0

    def repeated(self, times: int) -> "Told":
        """Return the same for runs of so many slabs."""
        steps, which = (each.repeat_interleave(times, 0) for each in (self.steps, self.which))
        missing = None if self.missing is None else self.missing.repeat_interleave(times, 0)
        return Told(steps, which, missing, self.strength)


Net = TypeVar("Net", bound=nn.Module)


def channels_last(net: Net) -> Net:
    """Lay out convolution weights so that the CPU's fast kernels apply; the values stay."""
    for value in net.parameters():
        if value.ndim == 4:
            value.data = value.data.contiguous(memory_format=torch.channels_last)
    return net


class Correction(nn.Module):
    """A residual network at half resolution; its output layer starts at zero."""

    def __init__(self, inputs: int, outputs: int, hidden: int, layers: int, bottlenecks: int):
        super().__init__()
        self.enter = nn.Conv2d(4 * inputs, hidden, 3, padding=1)
        self.tell = nn.Embedding(bottlenecks, hidden)
        self.tell_missing = nn.Embedding(len(GROUPS), hidden)
        self.body = nn.ModuleList(nn.Conv2d(hidden, hidden, 3, padding=1) for _ in range(layers))
        self.leave = nn.Conv2d(hidden, 4 * outputs, 3, padding=1)
        for weight in (self.tell.weight, self.tell_missing.weight):
            nn.init.zeros_(weight)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(_bias(self.leave))

    def forward(self, x: Tensor, which: Tensor, missing: Tensor | None = None) -> Tensor:
        """Map (n, inputs, H, W) to (n, outputs, H, W). See `Told`."""
        h = _tell(self, self.enter(F.pixel_unshuffle(x, 2) * 4 - 1), which, missing)
        for layer in self.body:
            h = h + layer(F.relu(h))
        return F.pixel_shuffle(self.leave(F.relu(h)), 2)


class Dequantiser(nn.Module):
    """How far each coefficient lies from its integer, by what stands around it; starts at zero."""

    def __init__(self, channels: int, hidden: int, bottlenecks: int):
        super().__init__()
        self.own = nn.Conv2d(2 * channels, hidden, 1)
        self.beside = nn.Conv2d(2 * channels, hidden, 1, bias=False)
        self.tell = nn.Embedding(bottlenecks, hidden)
        self.tell_missing = nn.Embedding(len(GROUPS), hidden)
        self.mix = nn.Conv2d(hidden, hidden, 3, padding=1)
        self.leave = nn.Conv2d(hidden, channels, 1)
        for layer in (self.tell, self.tell_missing, self.beside, self.leave):
            nn.init.zeros_(layer.weight)
        nn.init.zeros_(_bias(self.leave))

    def forward(self, values: Tensor, beside: Tensor, told: Told) -> Tensor:
        """See `Synthesis.dequantise`."""
        h = self.own(magnitudes(values)) + self.beside(beside)
        h = F.relu(_tell(self, h, told.which, told.missing))
        off: Tensor = self.leave(F.relu(h + self.mix(h)))
        return off


class Analysis(nn.Module):
    """Voxels to coefficients in units of the quantisation step."""

    def __init__(self, shape: Shape, basis: Tensor, bottlenecks: int):
        super().__init__()
        self.channels = shape.channels
        self.basis = nn.Parameter(basis.clone())
        self.correction = (
            Correction(shape.depth, shape.depth, shape.correction, 2, bottlenecks)
            if shape.correction
            else None
        )
        self.foresight = (
            Foresight(shape.channels, shape.foresight, bottlenecks) if shape.foresight else None
        )

    def forward(self, x: Tensor, steps: Tensor, which: Tensor) -> Tensor:
        """Map slabs (n, depth, H, W) to coefficients (n, channel, H/8, W/8).

        `steps` has shape (n, 1, 1, 1).
        """
        if self.correction is not None:
            x = x + steps * self.correction(x, which)
        return F.conv2d(x, self.basis, stride=BLOCK) / steps

    def scales(self, coefficients: Tensor, which: Tensor) -> Tensor | None:
        """Foretell each integer's scale, for `quantise`; None if the model has no foresight."""
        if self.foresight is None:
            return None
        scales: Tensor = self.foresight(coefficients, which)
        return scales


class Synthesis(nn.Module):
    """Integers to voxels. A slab sees the slabs before and after it."""

    def __init__(self, shape: Shape, basis: Tensor, bottlenecks: int):
        super().__init__()
        self.channels = channels = shape.channels
        hidden = shape.dequantiser
        self.basis = nn.Parameter(basis.clone())
        self.dequantiser = Dequantiser(channels, hidden, bottlenecks) if hidden else None
        self.restoration = (
            Correction(3 * shape.depth, shape.depth, shape.restoration, shape.layers, bottlenecks)
            if shape.restoration
            else None
        )

    def dequantise(self, values: Tensor, beside: Tensor, told: Told) -> Tensor:
        """Return estimates of the coefficients, in steps.

        Args:
            values: Integers of n slabs, (n, channel, h, w).
            beside: Features of their neighbours, `magnitudes` of both summed, (n, 2·channel, h, w).
            told: Of the n slabs.
        """
        if self.dequantiser is None:
            return values
        off: Tensor = self.dequantiser(values, beside, told)
        return values + off

    def draft(self, values: Tensor, beside: Tensor, told: Told) -> Tensor:
        """Return slabs (n, depth, H, W) before the restoration."""
        coefficients = self.dequantise(values, beside, told) * told.steps
        return F.conv_transpose2d(coefficients, self.basis, stride=BLOCK)

    def restore(self, before: Tensor, own: Tensor, after: Tensor, told: Told) -> Tensor:
        """Return finished slabs from drafts of them and of the slabs beside them."""
        if self.restoration is None:
            return own
        seen = torch.cat([own, before, after], 1)
        added: Tensor = self.restoration(seen, told.which, told.missing)
        return own + told.strength * told.steps * added

    def forward(self, values: Tensor, told: Told) -> Tensor:
        """Synthesise runs of neighbouring slabs.

        Args:
            values: (run, slab, channel, h, w).
            told: Of each run.

        Returns:
            (run, slab, depth, H, W). The first and last slab of a run have themselves as the
            missing neighbour.
        """
        runs, slabs = values.shape[:2]
        flat, told = values.flatten(0, 1), told.repeated(slabs)
        features = magnitudes(flat).unflatten(0, (runs, slabs))
        beside = (shifted(features, -1) + shifted(features, 1)).flatten(0, 1)
        draft = self.draft(flat, beside, told).unflatten(0, (runs, slabs))
        before, after = shifted(draft, -1).flatten(0, 1), shifted(draft, 1).flatten(0, 1)
        whole = self.restore(before, draft.flatten(0, 1), after, told)
        output: Tensor = whole.unflatten(0, (runs, slabs))
        return output


def shifted(slabs: Tensor, by: int) -> Tensor:
    """Return each slab's neighbour along axis 1; the ends are their own neighbours."""
    if by < 0:
        return torch.cat([slabs[:, :1], slabs[:, :-1]], 1)
    return torch.cat([slabs[:, 1:], slabs[:, -1:]], 1)


def _tell(
    net: Correction | Dequantiser, h: Tensor, which: Tensor, missing: Tensor | None
) -> Tensor:
    """Add what a network is told to its first layer, in that layer's own precision."""
    told: Tensor = net.tell(which)
    if missing is not None:
        told = told + (missing > 0)[:, None] * net.tell_missing(missing)
    return h + told[:, :, None, None].to(h.dtype)


def _bias(layer: nn.Conv2d) -> Tensor:
    assert layer.bias is not None
    return layer.bias
