"""One size of the latent."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bottleneck:
    """Channels kept and step of quantisation, tied to each other.

    Attributes:
        name: Such as `"32ch"`; unique in its model.
        channels: The first so many latent channels are sent.
        step: Step of quantisation, as a share of the scan's normalised range.
        expected_bpv: Mean bits per voxel on the model's training scans.
        expected_psnr: Mean PSNR on the model's training scans, in decibel, peak = maximum −
            minimum of the scan.
    """

    name: str
    channels: int
    step: float
    expected_bpv: float = 0.0
    expected_psnr: float = 0.0
