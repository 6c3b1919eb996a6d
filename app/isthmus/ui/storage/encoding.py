"""What runs in the lane "anchors": the whole scan through a standard codec, there and back.

Plain functions of plain data, without Qt. They give up their work between two slices.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from isthmus.errors import IsthmusError
from isthmus.quality import compare, value_range
from isthmus.scans import Volume
from isthmus.work import JobContext

if TYPE_CHECKING:
    from isthmus.anchors import Anchor, Coded

JPEG_LS, JPEG_XL, JPEG_2000, HEVC = "jpegls", "jpegxl", "jpeg2000", "hevc-inter"

# How near to a PSNR an encoding has to come, in dB, and how often it is tried.
NEAR = 0.05
_TRIES = 5


@dataclass(frozen=True)
class Point:
    """One encoding of the scan by a standard codec.

    Attributes:
        codec: The anchor's name.
        size: Bytes of all its streams. What takes samples back to voxels is not among them, to the
            codec's advantage.
        psnr: Of the volume, in dB, measured on what was decoded; infinite where nothing is lost.
        ssim: Of the volume.
        version: Of the library that did it.
    """

    codec: str
    size: int
    psnr: float
    ssim: float
    version: str


def installed(codec: str) -> bool:
    """Return whether a standard codec can be run here."""
    from isthmus.anchors import find_anchor

    return find_anchor(codec).installed


def lossless(volume: Volume, codec: str, context: JobContext) -> Point:
    """Encode without loss, and check that every voxel comes back.

    Raises:
        IsthmusError: The codec's library is missing, or the voxels are not what it takes.
    """
    anchor = _anchor(codec)
    coded = anchor.encode(volume.voxels, 0, _between(volume, anchor, "", context))
    if not coded.mapping.exact:
        raise IsthmusError(f"{anchor.title} keeps integers of at most 16 bits; these are others.")
    for start in range(0, volume.shape[0], _SOME):
        context.cancel.check()
        part = _part(coded, start)
        if not np.array_equal(anchor.decode(part), volume.voxels[start : start + _SOME]):
            raise IsthmusError(f"{anchor.title} did not give every voxel back.")
    return Point(codec, coded.size, math.inf, 1.0, anchor.version())


def at_quality(volume: Volume, codec: str, psnr: float, context: JobContext) -> Point:
    """Encode so that what comes back has a PSNR; it is met to a twentieth of a decibel or nearly.

    Args:
        volume: The scan.
        codec: A lossy one.
        psnr: In dB; without loss if infinite.
        context: Told how far it is.

    Raises:
        IsthmusError: The codec's library is missing.
    """
    low, high = value_range(volume)
    if math.isinf(psnr) or not high > low:
        return lossless(volume, codec, context)
    anchor = _anchor(codec)
    aimed = psnr
    best: tuple[float, Coded] | None = None
    for attempt in range(_TRIES):
        between = _between(volume, anchor, f" at {psnr:.1f} dB", context, attempt)
        coded = anchor.encode(volume.voxels, _rmse(volume, aimed), between)
        reached = _psnr(volume, anchor, coded, context)
        missed = psnr - reached
        if best is None or abs(missed) < abs(best[0]):
            best = missed, coded
        if abs(missed) <= NEAR or math.isinf(reached):
            break
        aimed += missed
    assert best is not None
    return _measured(volume, anchor, best[1], context)


def near(volume: Volume, codec: str, psnr: float, context: JobContext) -> Point:
    """Encode once, aimed at a PSNR, which is met roughly; what is measured is what came back.

    Raises:
        IsthmusError: The codec's library is missing.
    """
    anchor = _anchor(codec)
    between = _between(volume, anchor, f" near {psnr:.0f} dB", context)
    coded = anchor.encode(volume.voxels, _rmse(volume, psnr), between)
    return _measured(volume, anchor, coded, context)


_SOME = 8  # slices that are compared at once


def _anchor(codec: str) -> "Anchor":
    from isthmus.anchors import find_anchor

    return find_anchor(codec)


def _between(
    volume: Volume, anchor: "Anchor", aim: str, context: JobContext, attempt: int = 0
) -> Callable[[], None]:
    """Return what is done between two slices: look whether anyone still waits, and tell."""
    slices = volume.shape[0]
    done = 0
    again = f", try {attempt + 1}" if attempt else ""

    def between() -> None:
        nonlocal done
        context.cancel.check()
        context.progress(done / slices, f"{anchor.title}{aim}{again}")
        done += 1

    return between


def _rmse(volume: Volume, psnr: float) -> float:
    """Return the error that belongs to a PSNR, in stored units."""
    low, high = value_range(volume)
    return float((high - low) / abs(volume.scale) * 10 ** (-psnr / 20))


def _psnr(volume: Volume, anchor: "Anchor", coded: "Coded", context: JobContext) -> float:
    """Return the PSNR of what comes back, of the volume, in dB."""
    voxels = anchor.decode(coded)
    total = 0.0
    for original, back in zip(volume.voxels, voxels, strict=True):
        context.cancel.check()
        error = np.subtract(back, original, dtype=np.float64)
        total += float(np.vdot(error, error))
    if total == 0:
        return math.inf
    low, high = value_range(volume)
    span = (high - low) / abs(volume.scale)
    return float(10 * math.log10(span * span * voxels.size / total))


def _measured(volume: Volume, anchor: "Anchor", coded: "Coded", context: JobContext) -> Point:
    back = replace(volume, voxels=anchor.decode(coded))
    quality = compare(volume, back, cancel=context.cancel)
    return Point(anchor.name, coded.size, quality.psnr, quality.ssim, anchor.version())


def _part(coded: "Coded", start: int) -> "Coded":
    """Return some slices of what a codec of pictures made."""
    streams = coded.streams[start : start + _SOME]
    return replace(coded, streams=streams, shape=(len(streams), *coded.shape[1:]))
