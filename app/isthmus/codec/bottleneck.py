"""One size of the latent."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Bottleneck:
    """Channels kept and step of quantisation, tied to each other.

    Attributes:
        name: Such as `"32ch"`; unique in its model.
        channels: The first so many latent channels are sent.
        step: Step of quantisation, as a share of the scan's normalised range; in the classic
            family as a share of the posterior's width in each channel.
        expected_bpv: Mean bits per voxel on the model's training scans.
        expected_psnr: Mean PSNR on the model's training scans, in decibel, peak = maximum −
            minimum of the scan.

    Raises:
        ValueError: A figure makes no sense, as in a damaged checkpoint.
    """

    name: str
    channels: int
    step: float
    expected_bpv: float = 0.0
    expected_psnr: float = 0.0

    def __post_init__(self) -> None:
        if not (isinstance(self.name, str) and self.name):
            raise ValueError("a bottleneck needs a name")
        if not (isinstance(self.channels, int) and self.channels > 0):
            raise ValueError(f"a bottleneck cannot have {self.channels!r} channels")
        if not 0 < self.step < math.inf:
            raise ValueError(f"a bottleneck cannot have a step of {self.step!r}")
