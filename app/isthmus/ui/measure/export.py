"""Drawings and profiles as CSV: "." decimals, units in the heads, definitions in lines with #."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from isthmus import __version__
from isthmus.errors import IsthmusError
from isthmus.quality.regions import RegionFigures
from isthmus.scans.writing import replacing
from isthmus.ui.measure.figures import Profile
from isthmus.ui.measure.shapes import Drawing, Shape

# In English whatever the language: programs read these files.
_DEFINITIONS = (
    "A voxel counts if its centre lies inside the outline.",
    "SD is that of a sample (n - 1). SNR is mean / SD.",
    "PSNR is 10 log10(peak^2 / mean squared error over the region).",
    "Peak is maximum - minimum of the original over the volume, for PSNR and SSIM.",
    "SSIM is the mean of the slice's SSIM map (Gaussian window, sigma 1.5 voxels) over the region.",
    "Errors are those of reconstruction - original; bias is their mean, difference_sd their SD.",
    "Places are RAS+ millimetres: x y z, points separated by semicolons.",
)
_STATISTICS = ("mean", "sd", "minimum", "maximum", "snr")
_AGREEMENT = ("psnr_db", "ssim", "mae", "max_error", "bias", "difference_sd")
_UNITS = {Shape.DISTANCE: "mm", Shape.PROFILE: "mm", Shape.ANGLE: "deg"}


@dataclass(frozen=True)
class About:
    """What the figures are of.

    Attributes:
        title: The scan's short name.
        unit: Of its values; empty if they have none.
        reconstruction: What stands on its pictures, such as "LOSSY 93:1 · 32 ch"; empty for none.
    """

    title: str
    unit: str
    reconstruction: str


@dataclass(frozen=True)
class Row:
    """One drawing and what is known of it; its slice is numbered from 1, as on the screen."""

    drawing: Drawing
    number: int | None
    size: float
    figures: RegionFigures | None


def drawings_table(rows: Sequence[Row]) -> list[list[str]]:
    """Return a head and one line for each drawing."""
    head = ["name", "shape", "plane", "slice", "size", "size_unit", "voxels"]
    head += [f"original_{name}" for name in _STATISTICS]
    head += [f"reconstruction_{name}" for name in _STATISTICS]
    head += [*_AGREEMENT, "points_mm"]
    table = [head]
    for row in rows:
        drawing, found = row.drawing, row.figures
        original = found.original if found else None
        line = [
            drawing.name,
            drawing.shape.value,
            drawing.plane.value,
            "" if row.number is None else str(row.number),
            _figure(row.size),
            _UNITS.get(drawing.shape, "mm2"),
            "" if original is None else str(original.count),
        ]
        for of in (original, found.reconstruction if found else None):
            line += [_figure(getattr(of, name)) if of else "" for name in _STATISTICS]
        between = found.between if found else None
        names = ("psnr", "ssim", "mae", "max_error", "bias", "sd")
        line += [_figure(getattr(between, name)) if between else "" for name in names]
        line.append("; ".join(" ".join(f"{v:.4f}" for v in point) for point in drawing.points))
        table.append(line)
    return table


def profile_table(profile: Profile) -> list[list[str]]:
    """Return a head and one line for each place along a line."""
    made = profile.reconstruction
    table = [["distance_mm", "original", "reconstruction", "difference"]]
    for at, distance in enumerate(profile.distances):
        ours = float(profile.original[at])
        line = [f"{float(distance):.4f}", _figure(ours), "", ""]
        if made is not None:
            line[2:] = [_figure(float(made[at])), _figure(float(made[at]) - ours)]
        table.append(line)
    return table


def as_csv(table: Iterable[Sequence[str]], about: About, notes: Sequence[str]) -> str:
    """Return a table as CSV with what it is of above it, in lines that begin with #."""
    said = [
        f"Isthmus {__version__}. Research use. Not for diagnosis.",
        f"Scan: {about.title}",
        f"Reconstruction: {about.reconstruction or 'none yet'}",
        f"Values in {about.unit or 'the units of the scan'}. Empty: unknown.",
        *notes,
    ]
    text = io.StringIO()
    for line in said:
        text.write("# " + " ".join(line.split()) + "\n")
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def drawings_csv(rows: Sequence[Row], about: About) -> str:
    """Return drawings with their figures as CSV."""
    return as_csv(drawings_table(rows), about, _DEFINITIONS)


def profile_csv(profile: Profile, drawing: Drawing, about: About) -> str:
    """Return a profile as CSV."""
    ends = " to ".join(" ".join(f"{v:.4f}" for v in point) for point in drawing.points)
    notes = (
        f"{drawing.name}, {drawing.plane.value}, from {ends} (RAS+ millimetres).",
        "Linear between the centres of voxels. Difference: reconstruction - original.",
    )
    return as_csv(profile_table(profile), about, notes)


def as_tabs(table: Iterable[Sequence[str]]) -> str:
    """Return a table for the clipboard, as spreadsheets take it."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in table)


def save(text: str, path: Path) -> None:
    """Write a text file, whole or not at all.

    Raises:
        IsthmusError: It cannot be written.
    """
    try:
        with replacing(path) as file:
            file.write(text.encode("utf-8"))
    except OSError as error:
        raise IsthmusError(
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error


def _figure(value: float) -> str:
    """Return a figure to seven digits; nothing for what is not defined."""
    return "" if math.isnan(value) else f"{value:.7g}"
