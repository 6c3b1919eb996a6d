"""What the plot draws upwards: a measure of quality, with the steps of its axis and its floor."""

import math
from dataclasses import dataclass

from isthmus.ui import formats
from isthmus.ui.words import tr


@dataclass(frozen=True)
class Measure:
    """A measure of a whole reconstruction; larger is better.

    Attributes:
        key: As settings have it.
        name: As people have it.
        unit: Written after a value; empty for none.
        decimals: How many a value is written with.
        grid: Distances between lines of the plot, the smallest first.
        snap: The axis begins and ends at multiples of it.
        margin: What the axis reaches beyond the values.
        top: The largest possible value, if there is one.
        floor: Where the quality floor stands at first.
        step: By how much the floor moves.
    """

    key: str
    name: str
    unit: str
    decimals: int
    grid: tuple[float, ...]
    snap: float
    margin: float
    top: float
    floor: float
    step: float

    def text(self, value: float | None, *, estimated: bool = False, unit: bool = True) -> str:
        """Return a value such as "35.6 dB", "≈35.6 dB" or "0.907"."""
        if self is PSNR:
            return formats.decibel(value, estimated=estimated, unit=unit)
        about = "≈" if estimated and value is not None else ""
        return about + formats.number(value, self.decimals)

    def floor_text(self, value: float) -> str:
        """Return what stands at the floor, such as "floor 35 dB"."""
        whole = self is PSNR and float(value).is_integer()
        figure = formats.number(value, 0 if whole else self.decimals)
        return tr("floor {value}").format(value=f"{figure}{self.unit}")

    def title(self) -> str:
        """Return the title of the plot."""
        if self is PSNR:
            return tr("PSNR of this scan, dB")
        return tr("{measure} of this scan").format(measure=self.name)

    def definition(self) -> str:
        """Return what it is, for a tooltip."""
        if self is PSNR:
            return tr(
                "Peak signal-to-noise ratio of the whole volume; the peak is maximum − minimum of "
                "the original."
            )
        if self is SSIM:
            return tr(
                "Structural similarity, 2-D by slice with a Gaussian of 1.5 pixels, mean over all "
                "slices; the range is maximum − minimum of the original over the volume."
            )
        return tr("Haar wavelet-based perceptual similarity, mean over all slices.")

    def snapped(self, value: float) -> float:
        """Return the place of a floor nearest to a value."""
        stepped = self.step * round(value / self.step)
        return min(round(stepped, 6), self.top if math.isfinite(self.top) else 200.0)


PSNR = Measure(
    "psnr", "PSNR", "\u00a0dB", 1, (5.0, 10.0, 20.0, 40.0), 2.5, 1.0, math.inf, 35.0, 0.5
)
SSIM = Measure("ssim", "SSIM", "", 3, (0.02, 0.05, 0.1, 0.2, 0.5), 0.02, 0.005, 1.0, 0.95, 0.005)
HAARPSI = Measure(
    "haarpsi", "HaarPSI", "", 3, (0.02, 0.05, 0.1, 0.2, 0.5), 0.02, 0.005, 1.0, 0.9, 0.005
)
MEASURES = (PSNR, SSIM, HAARPSI)
