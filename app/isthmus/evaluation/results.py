"""What is measured: points, the curve of a codec, and all curves of a scan."""

from dataclasses import dataclass, replace

from isthmus.quality import OperatingPoint, compare
from isthmus.scans import Volume


@dataclass(frozen=True)
class Measured:
    """One point of one codec on one scan.

    Attributes:
        setting: A bottleneck's name, what an anchor aimed at such as `"39 dB"`, or `"lossless"`.
        point: Rate and quality.
        encode_s: Wall time from voxels in memory to bytes in memory, in seconds.
        decode_s: From those bytes to voxels.
    """

    setting: str
    point: OperatingPoint
    encode_s: float
    decode_s: float


@dataclass(frozen=True)
class Curve:
    """One codec on one scan.

    Attributes:
        codec: An anchor's name, or the label of a row of models.
        title: For people.
        anchor: Whether it is a standard codec.
        version: Of what ran: a model's name and the id of its weights, or a library.
        points: By rising target or size.
        lossless: The lossless point, of anchors that have one.
    """

    codec: str
    title: str
    anchor: bool
    version: str
    points: tuple[Measured, ...]
    lossless: Measured | None = None

    @property
    def operating_points(self) -> tuple[OperatingPoint, ...]:
        """Rate and quality of all lossy points."""
        return tuple(measured.point for measured in self.points)


@dataclass(frozen=True)
class ScanResult:
    """All codecs on one scan.

    Attributes:
        patient: Whose scan it is.
        scan: A short name.
        shape: Slices, rows and columns.
        spacing: Of those, in millimetres.
        dtype: The stored type, such as `"uint16"`.
        peak: Maximum − minimum of the original over the volume, in real units: that of PSNR.
        curves: Models first, then anchors.
    """

    patient: str
    scan: str
    shape: tuple[int, int, int]
    spacing: tuple[float, float, float]
    dtype: str
    peak: float
    curves: tuple[Curve, ...]

    @property
    def voxels(self) -> int:
        """How many voxels the scan has."""
        slices, rows, columns = self.shape
        return slices * rows * columns

    def curve(self, codec: str) -> Curve | None:
        """Return the curve of one codec, if it was measured."""
        return next((curve for curve in self.curves if curve.codec == codec), None)


def operating_point(original: Volume, reconstruction: Volume, file_bytes: int) -> OperatingPoint:
    """Measure what came back.

    Args:
        original: The scan.
        reconstruction: Of the same shape. Its grid may have been rounded by a file, as NIfTI
            rounds that of DICOM, and is not looked at.
        file_bytes: Every byte that it was made from.
    """
    quality = compare(original, replace(reconstruction, affine=original.affine))
    bpv = 8 * file_bytes / original.voxels.size
    return OperatingPoint(file_bytes, bpv, quality.psnr, quality.ssim)
