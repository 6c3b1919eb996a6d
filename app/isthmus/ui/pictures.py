"""What the panes are given to show: a reconstruction in the making, and the words for figures."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLocale

from isthmus.codec import Bottleneck
from isthmus.scans import PlaneView


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """A reconstruction as far as it is there.

    Attributes:
        bottleneck: What it came through.
        voxels: Axes (k, j, i), on the original's grid and in its stored type. Slices that are not
            ready hold nothing of meaning and are never shown.
        ready: For each k, whether that slice is there. A slice that is ready no longer changes.
        file_bytes: Size of the compressed file with every byte counted; None until it is written.
        stored_bytes: Size of the original's voxels as stored.

    Raises:
        ValueError: There is not one `ready` for each slice.
    """

    bottleneck: Bottleneck
    voxels: npt.NDArray[np.generic]
    ready: npt.NDArray[np.bool_]
    file_bytes: int | None
    stored_bytes: int

    def __post_init__(self) -> None:
        if self.ready.shape != self.voxels.shape[:1]:
            raise ValueError(f"{self.ready.shape} flags for {self.voxels.shape[0]} slices")

    @property
    def ratio(self) -> float | None:
        """Stored bytes to bytes of the file; None until that is known."""
        return self.stored_bytes / self.file_bytes if self.file_bytes else None

    @property
    def expected_bytes(self) -> float | None:
        """What the file comes to if this scan is like the training scans; None if unknown."""
        bpv = self.bottleneck.expected_bpv
        return bpv * self.voxels.size / 8 if bpv > 0 else None

    @property
    def complete(self) -> bool:
        """Whether every slice is there."""
        return bool(self.ready.all())

    @property
    def label(self) -> str:
        """What stands on every picture made from it, such as "LOSSY 93:1 · 32 ch"."""
        channels = f"{self.bottleneck.channels} ch"
        if self.ratio is not None:
            return f"LOSSY {ratio_text(self.ratio)} · {channels}"
        if self.expected_bytes is not None:
            return f"LOSSY ≈{ratio_text(self.stored_bytes / self.expected_bytes)} · {channels}"
        return f"LOSSY · {channels}"

    @property
    def origin(self) -> str:
        """Where it came from, such as "decoded from 98.4 kB"."""
        if self.file_bytes:
            return f"decoded from {bytes_text(self.file_bytes)}"
        if self.expected_bytes is not None:
            return f"decoded from ≈{bytes_text(self.expected_bytes)}"
        return "decoded, file size not known yet"

    def has_slice(self, view: PlaneView, index: int) -> bool:
        """Whether every voxel of a slice of `view`, by its display number, is there."""
        if view.slice_axis != 0:
            return self.complete
        k = round(view.to_voxel(index, 0, 0)[0])
        return bool(self.ready[k])


def number_text(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number with a true minus and the locale's decimal sign, without grouping.

    Args:
        value: What to write; infinity is "∞".
        decimals: Digits after the decimal sign.
        signed: Whether a number above zero gets a plus.
    """
    if math.isnan(value):
        return "—"
    text = "∞" if math.isinf(value) else _locale().toString(abs(value), "f", decimals)
    rounds_to_zero = not math.isinf(value) and round(abs(value), decimals) == 0
    if rounds_to_zero:
        return text
    if value < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


def ratio_text(ratio: float) -> str:
    """Write a ratio: "93:1", with one decimal below 10."""
    return f"{number_text(ratio, 0 if ratio >= 9.95 else 1)}:1"


def bytes_text(count: float) -> str:
    """Write a number of bytes with three significant figures: "9.17 MB", "98.4 kB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 999.5 or unit == "GB":
            break
        count /= 1000
    if unit == "bytes":
        return f"{number_text(count)} bytes"
    decimals = 0 if count >= 99.95 else 1 if count >= 9.995 else 2
    return f"{number_text(count, decimals)} {unit}"


def grey_decimals(window_width: float) -> int:
    """Return how many decimals tell two neighbouring greys of a window apart."""
    return min(max(math.ceil(-math.log10(window_width / 256)), 0), 6)


def _locale() -> QLocale:
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale
