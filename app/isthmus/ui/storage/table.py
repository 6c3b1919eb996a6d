"""The table of operating points as CSV: this scan at every bottleneck and by standard codecs."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.writing import replacing

HEADER = (
    "codec", "version", "setting", "channels", "step", "source", "bytes", "ratio",
    "bits_per_voxel", "psnr_db", "ssim",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of the table.

    Attributes:
        codec: A model's name, or a standard codec's.
        version: Of what did it, as far as it is known.
        setting: A bottleneck's name, `"lossless"`, or what was aimed at.
        channels: Of a bottleneck.
        step: Of a bottleneck.
        measured: Whether its figures were measured on this scan; else they are expected from
            training scans.
        size: Bytes of the file.
        ratio: Stored scan to file.
        bpv: Bits per voxel.
        psnr: Of the volume, in dB; the peak is maximum − minimum of the original.
        ssim: Of the volume.
    """

    codec: str
    version: str
    setting: str
    channels: int | None
    step: float | None
    measured: bool
    size: float | None
    ratio: float | None
    bpv: float | None
    psnr: float | None
    ssim: float | None


def text(entries: Iterable[Entry]) -> str:
    """Return the table as CSV, with points as decimal signs, empty where nothing is known."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for entry in entries:
        writer.writerow(
            (
                entry.codec,
                entry.version,
                entry.setting,
                "" if entry.channels is None else entry.channels,
                _figure(entry.step, 6),
                "measured" if entry.measured else "expected",
                "" if entry.size is None else round(entry.size),
                _figure(entry.ratio, 6),
                _figure(entry.bpv, 6),
                _figure(entry.psnr, 6),
                _figure(entry.ssim, 6),
            )
        )
    return out.getvalue()


def save(path: Path, entries: Sequence[Entry]) -> Path:
    """Write the table; whatever goes wrong leaves what was at `path` as it was.

    Raises:
        ScanError: The file cannot be written.
    """
    try:
        with replacing(path) as file:
            file.write(text(entries).encode())
    except OSError as error:
        raise ScanError(
            path,
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    return path


def _figure(value: float | None, digits: int) -> str:
    if value is None or math.isnan(value):
        return ""
    return "inf" if math.isinf(value) else f"{value:.{digits}g}"
