"""The classic family in training: autoencoders of several sizes, each by itself, and their loss."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from isthmus.codec.autoencoder import ClassicAnalysis, ClassicShape, ClassicSynthesis, Widths
from isthmus.codec.layers import Told
from isthmus.codec.rounding import bits, quantise
from isthmus.training.networks import Result, channels_held, without_last_layers
from isthmus.training.rate import RateModel
from isthmus.training.recipe import Recipe

# The error that each size is weighed by, at first, and how fast it follows.
_FIRST_ERROR = 0.02
_ERROR_SPEED = 8.0
# Keeps gradients near the size that they are clipped to.
_SCALE = 0.05


@dataclass(frozen=True)
class ClassicResult(Result):
    """What a run of slabs became.

    Attributes:
        divergence: Of the posterior from the prior, in nats per voxel, (run,).
    """

    divergence: Tensor


class ClassicNetworks(nn.Module):
    """One variational autoencoder for each size, and the entropy model that they share.

    While it is trained, the latent is not rounded: Gaussian noise of the posterior's width stands
    for that, through which the width itself is learned. The entropy model learns from the rounded
    latent, and the autoencoders don't learn from it.
    """

    steps: Tensor
    # Half precision halves the file; what it changes is far below the networks' own error.
    stored_as = torch.float16

    def __init__(self, recipe: Recipe):
        super().__init__()
        sizes = recipe.channels
        self.recipe = recipe
        self.shape = ClassicShape()
        widths = Widths(sizes)
        self.analysis = ClassicAnalysis(self.shape, sizes, widths)
        self.synthesis = ClassicSynthesis(self.shape, sizes, widths)
        self.rate = RateModel(self.shape.channels, len(sizes))
        self.register_buffer("steps", torch.tensor(recipe.quantisation))
        # Logarithm of the error that a size's decoder expects, in units of _ERROR_SPEED.
        start = math.log(_FIRST_ERROR) / _ERROR_SPEED
        self.expected = nn.ParameterList(nn.Parameter(torch.tensor([start])) for _ in sizes)
        self._start_rate()

    def forward(self, x: Tensor, which: Tensor, missing: Tensor | None = None) -> ClassicResult:
        """Squeeze runs of slices through bottlenecks; see `Networks.forward`."""
        runs, slices = x.shape[:2]
        slabs = x.unflatten(1, (slices // self.shape.depth, self.shape.depth))
        count = slabs.shape[1]
        per_slab = which.repeat_interleave(count, 0)
        steps = self.steps[per_slab].view(-1, 1, 1, 1)
        latent = self.analysis(slabs.flatten(0, 1), steps, per_slab)
        held = channels_held(self.recipe.channels, per_slab, self.shape.channels)
        rounded = torch.where(held, quantise(latent.detach(), latent.shape[1]), 0.0)
        seen = latent + torch.randn_like(latent) / steps if self.training else rounded
        by_run = seen.unflatten(0, (runs, count))
        if missing is not None:
            by_run = without_last_layers(by_run, self.recipe.channels, which, missing)
        told = Told(self.steps[which].view(-1, 1, 1, 1), which, missing)
        output = self.synthesis(by_run, told).flatten(1, 2)
        return ClassicResult(
            error=((output - x) ** 2).mean((1, 2, 3)),
            bits_per_voxel=self._bits(rounded.unflatten(0, (runs, count)), which) / x[0].numel(),
            output=output,
            surprise=x.new_zeros(()),
            divergence=self._divergence((latent * steps).unflatten(0, (runs, count)), which),
        )

    def _bits(self, rounded: Tensor, which: Tensor) -> Tensor:
        """Return the bits of integers (run, slab, channel, h, w), (run,).

        Run by run, since a small size needs few of the entropy model's layers. While training,
        half of the runs, drawn anew each time, are enough for what all sizes share; the others
        cost nothing.
        """
        found = rounded.new_zeros(len(which))
        chosen = torch.randperm(len(which))
        for run in chosen[: (len(which) + 1) // 2] if self.training else chosen:
            size = self.recipe.channels[int(which[run])]
            mean, scale = self.rate(rounded[run][None], which[run][None], size)
            cost = bits(rounded[run][:, :size] - mean[:, :size], scale[:, :size])
            found[run] = cost.sum()
        return found

    def _divergence(self, latent: Tensor, which: Tensor) -> Tensor:
        """Return the Kullback–Leibler divergence from N(0, 1) in nats per voxel, (run,).

        Args:
            latent: The posterior's means in its widths, (run, slab, channel, h, w).
            which: A bottleneck index for each run.
        """
        found = []
        for values, index in zip(latent, which.tolist(), strict=True):
            widths = self.synthesis.widths(index)
            means = values[:, : len(widths)] * widths
            nats = (means**2 + widths**2 - 1) / 2 - torch.log(widths)
            found.append(nats.mean((0, 2, 3)).sum() / self.shape.channels)
        return torch.stack(found)

    @torch.no_grad()
    def close_bases(self) -> None:
        """Do nothing: there is no linear transform to invert."""

    @property
    def loss_in_words(self) -> str:
        """What `loss` is, for the card."""
        return (
            "each size by itself, with no weight shared but the entropy model's: MSE/(2σ²) + ln σ "
            f"+ {self.recipe.prior_weight} · divergence of the posterior from N(0, 1) in nats per "
            "voxel, σ learned for each size; the entropy model: bits per voxel"
        )

    def loss(self, result: Result, which: Tensor, _missing: Tensor | None = None) -> Tensor:
        """Return the evidence bound of each size, with the prior's weight, and the bits.

        The error is weighed by what the size's decoder expects of itself, which is learned
        (Rybkin et al., Simple and Effective VAE Training with Calibrated Decoders, 2021), so that
        one β serves all sizes.
        """
        assert isinstance(result, ClassicResult)
        logs = _ERROR_SPEED * torch.cat([self.expected[index] for index in which.tolist()])
        bound = (result.error * torch.exp(-logs) + logs) / 2
        own = bound + self.recipe.prior_weight * result.divergence
        return _SCALE * own.mean() + self.recipe.rate_weight * result.bits_per_voxel.mean()

    @torch.no_grad()
    def _start_rate(self) -> None:
        """Start the entropy model with the scales of latents of unit variance."""
        channels = self.shape.channels
        for index, size in enumerate(self.recipe.channels):
            spread = 1 / (self.synthesis.widths(index)[:, 0, 0] * self.steps[index])
            scales = torch.log2(0.5 * spread)
            self.rate.offsets.weight[index] = 0
            self.rate.offsets.weight[index, channels : channels + size] = scales
