"""What the selector draws, without Qt: stops, axes, and which stop a position chooses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.codec import Bottleneck
from isthmus.quality import OperatingPoint
from isthmus.ui import formats

HYSTERESIS = 4.0
_GRID_DB = 2.5
_ENDLESS_DB = 5.0
_ALONE = 10.0


@dataclass(frozen=True)
class Stop:
    """One bottleneck on one scan: measured, or expected from the training scans.

    Attributes:
        bottleneck: Channels and step.
        stored_bytes: Size of the scan as stored.
        n_voxels: Number of voxels of the scan.
        point: What was measured on this scan, if anything yet.
        written: Bytes of the file, once it is written; known before the quality is.
    """

    bottleneck: Bottleneck
    stored_bytes: int = 0
    n_voxels: int = 0
    point: OperatingPoint | None = None
    written: int | None = None

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

    @property
    def ratio_text(self) -> str:
        """Such as "93:1" or "≈93:1"."""
        return formats.ratio(self.ratio, estimated=not self.weighed)

    @property
    def psnr_text(self) -> str:
        """Such as "35.6 dB" or "≈35.6 dB"."""
        return formats.decibel(self.psnr, estimated=not self.measured)

    @property
    def channels_text(self) -> str:
        """Such as "32 channels"."""
        return f"{self.bottleneck.channels} channel{'' if self.bottleneck.channels == 1 else 's'}"


def spoken(stops: Sequence[Stop], index: int) -> str:
    """Return the value that a screen reader says, such as "32 channels, 93 to 1, …, 4 of 7"."""
    stop = stops[index]
    parts = [stop.channels_text]
    if stop.ratio is not None:
        about = "" if stop.weighed else "about "
        parts.append(about + formats.ratio(stop.ratio).replace(":", " to "))
    if stop.psnr is not None:
        about = "" if stop.measured else "about "
        parts.append(f"{about}{formats.decibel(stop.psnr, unit=False)} decibel")
    parts.append(f"{index + 1} of {len(stops)}")
    return ", ".join(parts)


@dataclass(frozen=True)
class Axes:
    """Ranges of the plot: x is the logarithm of the ratio, smaller file left; y is PSNR in dB.

    `largest_ratio` lies at the middle of the first stop, `smallest_ratio` at that of the last.

    Where a stop gives every voxel back, its infinite PSNR has the upper edge to itself: `endless`
    says so, and the last 5 dB below `highest` hold no other level.

    They widen when a point falls outside, and close in once, when the last point is measured.
    Otherwise they hold, so that nothing slides under the hand.
    """

    largest_ratio: float = 1000.0
    smallest_ratio: float = 10.0
    lowest: float = 30.0
    highest: float = 50.0
    endless: bool = False

    @classmethod
    def around(cls, stops: Sequence[Stop]) -> "Axes":
        """Return axes that hold every stop whose place is known."""
        ratios = [stop.ratio for stop in stops if stop.ratio is not None]
        known = [stop.psnr for stop in stops if stop.psnr is not None]
        levels = [level for level in known if math.isfinite(level)]
        if not ratios or not known:
            return cls()
        # Files of one size share the middle.
        apart = _ALONE if len(set(ratios)) == 1 else 1.0
        endless = len(levels) < len(known)
        lowest = _GRID_DB * math.floor((min(levels) - 1) / _GRID_DB) if levels else 0.0
        highest = _GRID_DB * math.ceil((max(levels) + 1) / _GRID_DB) if levels else 0.0
        return cls(
            largest_ratio=max(ratios) * apart,
            smallest_ratio=min(ratios) / apart,
            lowest=lowest,
            highest=highest + (_ENDLESS_DB if endless else 0.0),
            endless=endless,
        )

    def holding(self, stops: Sequence[Stop]) -> "Axes":
        """Return these axes, wider where a stop would fall outside."""
        new = Axes.around(stops)
        return Axes(
            max(self.largest_ratio, new.largest_ratio),
            min(self.smallest_ratio, new.smallest_ratio),
            min(self.lowest, new.lowest),
            max(self.highest, new.highest),
            self.endless or new.endless,
        )

    def x(self, ratio: float) -> float:
        """Return the place of a ratio from 0 (left, smallest file) to 1."""
        whole = math.log(self.largest_ratio / self.smallest_ratio)
        return math.log(self.largest_ratio / ratio) / whole

    def y(self, psnr: float) -> float:
        """Return the place of a PSNR from 0 (bottom) to 1; what is infinite lies at the top."""
        share = (psnr - self.lowest) / (self.highest - self.lowest)
        return min(1.0, max(0.0, share))

    def lines(self, step: float) -> list[float]:
        """Return the levels of the horizontal lines, `step` dB apart."""
        first = math.ceil((self.lowest + 0.5) / step)
        last = math.floor((self.highest - (_ENDLESS_DB if self.endless else 0.0)) / step)
        return [step * count for count in range(first, last + 1)]


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
