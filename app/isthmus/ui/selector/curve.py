"""What the selector speaks of, without Qt: stops, and which stop a position chooses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.codec import Bottleneck
from isthmus.quality import OperatingPoint
from isthmus.ui import formats
from isthmus.ui.selector.measure import HAARPSI, PSNR, Measure
from isthmus.ui.words import tr

HYSTERESIS = 4.0


@dataclass(frozen=True)
class Stop:
    """One bottleneck on one scan: measured, or expected from the training scans.

    Attributes:
        bottleneck: Channels and step.
        stored_bytes: Size of the scan as stored.
        n_voxels: Number of voxels of the scan.
        point: What was measured on this scan, if anything yet.
        written: Bytes of the file, once it is written; known before the quality is.
        haarpsi: HaarPSI of the volume, if it was measured.
        seconds: Wall time from the scan to its reconstruction here, if it was made here.
    """

    bottleneck: Bottleneck
    stored_bytes: int = 0
    n_voxels: int = 0
    point: OperatingPoint | None = None
    written: int | None = None
    haarpsi: float | None = None
    seconds: float | None = None

    @property
    def weighed(self) -> bool:
        """Whether the file's size is this scan's own."""
        return self.measured or self.written is not None

    @property
    def measured(self) -> bool:
        """Whether the figures are this scan's own."""
        return self.point is not None

    @property
    def bpv(self) -> float | None:
        """Bits per voxel, measured or expected."""
        if self.point is not None:
            return self.point.bpv
        if self.written is not None and self.n_voxels:
            return 8 * self.written / self.n_voxels
        return self.bottleneck.expected_bpv if self.bottleneck.expected_bpv > 0 else None

    @property
    def file_bytes(self) -> float | None:
        """Bytes of the file, measured or expected."""
        if self.point is not None:
            return self.point.file_bytes
        if self.written is not None:
            return self.written
        bpv = self.bpv
        return None if bpv is None or not self.n_voxels else bpv * self.n_voxels / 8

    @property
    def ratio(self) -> float | None:
        """How many times smaller than the stored scan, measured or expected."""
        size = self.file_bytes
        return None if not size or not self.stored_bytes else self.stored_bytes / size

    @property
    def psnr(self) -> float | None:
        """Of the volume, in dB, measured or expected."""
        if self.point is not None:
            return self.point.psnr
        return self.bottleneck.expected_psnr if self.bottleneck.expected_psnr > 0 else None

    def value(self, measure: Measure) -> float | None:
        """Return a measure of the volume; only PSNR is expected before it is measured."""
        if measure is PSNR:
            return self.psnr
        if measure is HAARPSI:
            return self.haarpsi if self.measured else None
        return self.point.ssim if self.point is not None else None

    def text(self, measure: Measure, *, unit: bool = True) -> str:
        """Return a measure in words, such as "≈35.6 dB"."""
        return measure.text(self.value(measure), estimated=not self.measured, unit=unit)

    @property
    def ratio_text(self) -> str:
        """Such as "93:1" or "≈93:1"."""
        return formats.ratio(self.ratio, estimated=not self.weighed)

    @property
    def psnr_text(self) -> str:
        """Such as "35.6 dB" or "≈35.6 dB"."""
        return self.text(PSNR)

    @property
    def channels_text(self) -> str:
        """Such as "32 channels"."""
        count = self.bottleneck.channels
        return tr("1 channel") if count == 1 else tr("{count} channels").format(count=count)

    @property
    def step_text(self) -> str:
        """Return the step of quantisation, such as "step 0.125"."""
        step = formats.number(self.bottleneck.step, 6).rstrip("0")
        return tr("step {step}").format(step=step)


def spoken(stops: Sequence[Stop], index: int) -> str:
    """Return the value that a screen reader says, such as "32 channels, 93 to 1, …, 4 of 7"."""
    stop = stops[index]
    parts = [stop.channels_text]
    if stop.ratio is not None:
        larger = formats.ratio(stop.ratio).removesuffix(":1")
        text = tr("{ratio} to 1") if stop.weighed else tr("about {ratio} to 1")
        parts.append(text.format(ratio=larger))
    if stop.psnr is not None:
        level = formats.decibel(stop.psnr, unit=False)
        text = tr("{level} decibel") if stop.measured else tr("about {level} decibel")
        parts.append(text.format(level=level))
    parts.append(tr("{number} of {count}").format(number=index + 1, count=len(stops)))
    return ", ".join(parts)


def below(stop: Stop, measure: Measure, floor: float) -> bool:
    """Return whether a stop is known, or expected, to lie below the floor."""
    value = stop.value(measure)
    return value is not None and value < floor


def smallest_above(stops: Sequence[Stop], measure: Measure, floor: float) -> int | None:
    """Return the index of the stop with the fewest bytes that reaches the floor; None if none."""
    reaching = [
        index
        for index, stop in enumerate(stops)
        if (value := stop.value(measure)) is not None and value >= floor
    ]
    return min(
        reaching,
        key=lambda index: (
            size if (size := stops[index].file_bytes) is not None else math.inf,
            index,
        ),
        default=None,
    )


def nearest(x: float, places: Sequence[float], current: int | None = None) -> int:
    """Return the index of the place nearest to `x`.

    Args:
        x: In pixels.
        places: Rising, in pixels; not empty.
        current: What is chosen now. It holds until `x` is `HYSTERESIS` beyond half way, so that a
            trembling hand does not flicker between two stops.
    """
    if current is not None:
        away = x - places[current]
        x -= math.copysign(min(HYSTERESIS, abs(away)), away)
    return min(range(len(places)), key=lambda index: abs(places[index] - x))


def along(values: Sequence[float], position: float) -> float:
    """Return `values` at a fractional index, linear between two."""
    low = min(len(values) - 1, max(0, math.floor(position)))
    high = min(len(values) - 1, low + 1)
    return values[low] + (values[high] - values[low]) * (position - low)
