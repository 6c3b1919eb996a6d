"""All that is trained, in one module, and its loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from isthmus.codec.context import layer_edges
from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import Analysis, Shape, Synthesis, Told, dct_basis
from isthmus.codec.rounding import BIT_WORTH, BIT_WORTH_COARSE, bit_worth, bits, quantise
from isthmus.errors import UsageError
from isthmus.training.rate import RateModel, expected_scales
from isthmus.training.recipe import Recipe

# Loss of a bottleneck is weighted by (step / this) to the power below, so that none drowns.
_REFERENCE_STEP = 0.08
_STEP_POWER = 0.7
# The foresight follows the rate model; Adam makes its weight matter only for clipping.
_FORESIGHT_WEIGHT = 0.01
# Where layers are missing, the error grows by orders of magnitude: its logarithm is trained.
_MUCH_ERROR = 0.05


@dataclass(frozen=True)
class Result:
    """What a run of slabs became.

    Attributes:
        error: Mean squared error of each run, in the normalised range, (run,).
        bits_per_voxel: Estimated by the rate model, (run,).
        output: (run, slice, H, W).
        surprise: Mean squared error of the foretold scales, in octaves; 0 without foresight.
    """

    error: Tensor
    bits_per_voxel: Tensor
    output: Tensor
    surprise: Tensor


def shape_of(family: str) -> Shape:
    """Return the networks' sizes; the linear family has none but the transform."""
    if family == "linear":
        return Shape(correction=0, dequantiser=0, restoration=0, foresight=0)
    return Shape()


def energy_order(scans: list[npt.NDArray[np.float32]], depth: int) -> tuple[Tensor, Tensor]:
    """Sort the 3-D DCT's coefficients by their energy in the training scans.

    Args:
        scans: Normalised, (k, j, i).
        depth: Slices per slab.

    Returns:
        The sorted basis (channel, depth, 8, 8) and each channel's root mean square (channel,).

    Raises:
        UsageError: No scan holds a whole block.
    """
    scans = [scan for scan in scans if scan.shape[0] >= depth and min(scan.shape[1:]) >= BLOCK]
    if not scans:
        raise UsageError("Every training scan is smaller than one block.", "Choose larger scans.")
    basis = torch.tensor(dct_basis(depth), dtype=torch.float32)
    energy = torch.zeros(len(basis))
    for scan in scans:
        slices, rows, columns = (
            size // unit * unit
            for size, unit in zip(scan.shape, (depth, BLOCK, BLOCK), strict=True)
        )
        slabs = torch.from_numpy(scan[:slices, :rows, :columns]).unflatten(0, (-1, depth))
        energy += (nn.functional.conv2d(slabs, basis, stride=BLOCK) ** 2).mean((0, 2, 3))
    order = torch.argsort(energy, descending=True)
    return basis[order], torch.sqrt(energy[order] / len(scans))


class Networks(nn.Module):
    """Analysis, synthesis and rate model of one family."""

    steps: Tensor
    stored_as = torch.float32

    def __init__(self, recipe: Recipe, basis: Tensor, spread: Tensor):
        super().__init__()
        count = len(recipe.channels)
        self.recipe = recipe
        self.shape = shape_of(recipe.family)
        self.analysis = Analysis(self.shape, basis, count)
        self.synthesis = Synthesis(self.shape, basis, count)
        self.rate = RateModel(self.shape.channels, count)
        self.register_buffer("steps", torch.tensor(recipe.quantisation))
        self.rate.start_scales(spread, self.steps)
        if self.analysis.foresight is not None:
            scales = expected_scales(spread, self.steps)
            self.analysis.foresight.offsets.weight.data[:, : spread.numel()] = scales
        if recipe.family == "linear":
            self.analysis.requires_grad_(False)
            self.synthesis.requires_grad_(False)

    def forward(self, x: Tensor, which: Tensor, missing: Tensor | None = None) -> Result:
        """Squeeze runs of slices through bottlenecks.

        Args:
            x: (run, slice, H, W).
            which: A bottleneck index for each run.
            missing: How many of its layers each run's synthesis must do without; None for none.
        """
        runs, slices = x.shape[:2]
        slabs = x.unflatten(1, (slices // self.shape.depth, self.shape.depth))
        per_slab = which.repeat_interleave(slabs.shape[1], 0)
        steps = self.steps[per_slab].view(-1, 1, 1, 1)
        coefficients = self.analysis(slabs.flatten(0, 1), steps, per_slab).float()
        foretold = self.analysis.scales(coefficients.detach(), per_slab)
        held = channels_held(self.recipe.channels, per_slab, self.shape.channels)
        values = _rounded(coefficients, foretold, held, bit_worth(steps))
        by_run = values.unflatten(0, (runs, -1))
        mean, scale = self.rate(by_run, which)
        cost = torch.where(held, bits(values - mean, scale), 0.0)
        told = Told(self.steps[which].view(-1, 1, 1, 1), which, missing)
        if missing is not None:
            by_run = without_last_layers(by_run, self.recipe.channels, which, missing)
        output = self.synthesis(by_run, told).float().flatten(1, 2)
        surprise = x.new_zeros(())
        if foretold is not None:
            surprise = ((foretold - scale.detach())[held.expand_as(scale)] ** 2).mean()
        return Result(
            error=((output - x) ** 2).mean((1, 2, 3)),
            bits_per_voxel=cost.unflatten(0, (runs, -1)).sum((1, 2, 3, 4)) / x[0].numel(),
            output=output,
            surprise=surprise,
        )

    @torch.no_grad()
    def close_bases(self) -> None:
        """Make the synthesis basis the inverse of the analysis basis, before the networks ship.

        In training the two drift apart where the training scans have little energy. Left like
        that, sharper scans would not come back whole at fine steps, however many bits are spent;
        scans like those trained on lose next to nothing. The linear family's bases are each
        other's inverse as they are.
        """
        if self.recipe.family != "linear":
            inverse = torch.linalg.inv(self.analysis.basis.flatten(1).double()).T
            self.synthesis.basis.copy_(inverse.view_as(self.synthesis.basis))

    @property
    def loss_in_words(self) -> str:
        """What `loss` is, for the card."""
        fine = self.recipe.rate_weight
        coarse = fine * BIT_WORTH_COARSE / BIT_WORTH
        return (
            "(step/0.08)^0.7 · (MSE/step² + λ · bits per voxel), "
            f"λ from {fine:g} at fine steps to {coarse:.3g} at coarse ones"
        )

    def loss(self, result: Result, which: Tensor, missing: Tensor | None = None) -> Tensor:
        """Return the weighted rate–distortion cost, MSE/step² + λ · bits per voxel."""
        steps = self.steps[which]
        weight = (steps / _REFERENCE_STEP) ** _STEP_POWER
        error = result.error / steps**2
        if missing is not None:
            grown = _MUCH_ERROR * torch.log1p(error / _MUCH_ERROR)
            error = torch.where(missing > 0, grown, error)
        rate_weight = self.recipe.rate_weight * bit_worth(steps) / BIT_WORTH
        cost = error + rate_weight * result.bits_per_voxel
        return (weight * cost).mean() + _FORESIGHT_WEIGHT * result.surprise


def channels_held(sizes: Sequence[int], which: Tensor, channels: int) -> Tensor:
    """Return which channels each of n bottlenecks has, (n, channel, 1, 1)."""
    held = torch.tensor([sizes[int(index)] for index in which], device=which.device)
    return (torch.arange(channels, device=which.device)[None] < held[:, None])[:, :, None, None]


def without_last_layers(
    values: Tensor, sizes: Sequence[int], which: Tensor, missing: Tensor
) -> Tensor:
    """Drop the last layers of runs (run, slab, channel, h, w).

    The encoder does not learn from these runs: it serves the whole file.
    """
    runs = []
    for run, index, count in zip(values, which, missing, strict=True):
        if count > 0:
            edges = layer_edges(sizes[int(index)])
            run = run.detach().clone()
            run[:, edges[-int(count)][0] :] = 0
        runs.append(run)
    return torch.stack(runs)


def _rounded(coefficients: Tensor, scales: Tensor | None, held: Tensor, worth: Tensor) -> Tensor:
    """Round the channels that are held; the encoder learns as if rounding had a slope of one."""
    detached = coefficients.detach()
    scales = scales if scales is None else scales.detach()
    rounded = quantise(detached, detached.shape[1], scales, worth)
    return torch.where(held, coefficients + (rounded - detached), 0.0)
