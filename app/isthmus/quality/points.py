"""Operating points: what one bottleneck costs and gives for one scan."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OperatingPoint:
    """One measured point of a scan's rate–distortion curve.

    Attributes:
        file_bytes: Every byte of the compressed file.
        bpv: Bits for each voxel of the scan, from `file_bytes`.
        psnr: Of the volume, in dB.
        ssim: Of the volume.
    """

    file_bytes: int
    bpv: float
    psnr: float
    ssim: float
