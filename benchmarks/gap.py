"""The generalisation gap: what models do to scans that they were trained on, and to others.

    python benchmarks/gap.py --data FOLDER --overfitted FILE.safetensors [--csv OUT] [--plot OUT]

Scans differ in how hard they are, so that each figure is a gain: PSNR of the model minus PSNR of
the fixed 3-D DCT with as many channels on the same scan, in dB, peak = maximum − minimum of the
scan. A model that only memorises gains much on its training scans and little or nothing on others.
"""

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from isthmus import codec, read
from isthmus.quality import value_range
from isthmus.scans import Volume
from isthmus.training.data import middle

FLOOR = "linear-dct-2"
TRAINED_ON = tuple(
    f"ms-longitudinal/train/patient{number}/study1_FLAIR.nii.gz" for number in ("01", "03", "04")
)
# What the overfitted model saw: the middle slices of the last of them.
FEW_SLICES, SLICES = "few slices", 4
HELD_OUT = ("ms-longitudinal/validation/patient09/study2_FLAIR.nii.gz",)


@dataclass(frozen=True)
class Gain:
    """Of one size of one model, in dB over the floor; means over scans."""

    model: str
    channels: int
    trained_on: float
    held_out: float


def main() -> int:
    """Measure, print a table, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--overfitted", type=Path, required=True)
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    scans = {path: read(options.data / path) for path in (*TRAINED_ON, *HELD_OUT)}
    scans[FEW_SLICES] = middle(scans[TRAINED_ON[-1]], SLICES)
    floor = {path: sizes(codec.load(FLOOR), scan) for path, scan in scans.items()}
    models = {
        "main family": ("mr-general-2", TRAINED_ON),
        "classic autoencoder": ("classic-ae-1", TRAINED_ON),
        f"classic, overfitted to {SLICES} slices": (options.overfitted, (FEW_SLICES,)),
    }
    gains: list[Gain] = []
    for label, (model, trained_on) in models.items():
        engine = codec.load(model)
        found = {path: sizes(engine, scans[path]) for path in (*trained_on, *HELD_OUT)}
        for channels in sorted(set(found[HELD_OUT[0]]) & set(floor[HELD_OUT[0]])):
            seen, unseen = (
                float(np.mean([found[path][channels] - floor[path][channels] for path in paths]))
                for paths in (trained_on, HELD_OUT)
            )
            gains.append(Gain(label, channels, seen, unseen))
            print(f"{label:32} {channels:4} ch  {seen:+6.2f} dB  {unseen:+6.2f} dB", flush=True)
    if options.csv:
        write_table(options.csv, gains)
    if options.plot:
        draw(options.plot, gains)
    return 0


def sizes(engine: codec.Codec, scan: Volume) -> dict[int, float]:
    """Return the PSNR of each of a model's sizes, in dB, by channels."""
    low, high = value_range(scan)
    found = {}
    for bottleneck in engine.info.bottlenecks:
        decoded = engine.decode(engine.encode(scan, bottleneck))
        error = np.mean((scan.real(decoded.voxels) - scan.real(scan.voxels)) ** 2)
        found[bottleneck.channels] = float(10 * np.log10((high - low) ** 2 / error))
    return found


def write_table(path: Path, gains: list[Gain]) -> None:
    """Write one row for each model and size."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "channels", "gain on training scans, dB", "on held-out, dB"])
        for gain in gains:
            row = (gain.model, gain.channels, round(gain.trained_on, 2), round(gain.held_out, 2))
            writer.writerow(row)


def draw(path: Path, gains: list[Gain]) -> None:
    """Draw a solid line for training scans and a dashed one for held-out scans of each model."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    colours = ("#D55E00", "#0072B2", "#009E73")
    ticks = sorted({gain.channels for gain in gains})
    for colour, label in zip(colours, dict.fromkeys(gain.model for gain in gains), strict=True):
        own = [gain for gain in gains if gain.model == label]
        channels = [gain.channels for gain in own]
        axes.plot(
            channels, [gain.trained_on for gain in own], "o-", color=colour,
            label=f"{label}: trained on",
        )  # fmt: skip
        axes.plot(
            channels, [gain.held_out for gain in own], "o--", color=colour, mfc="white",
            label=f"{label}: held out",
        )  # fmt: skip
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set(
        xscale="log",
        xlabel="channels for each block of 8×8×2 voxels",
        ylabel="PSNR over the fixed 3-D DCT of as many channels, dB",
    )
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None, dpi=150)


if __name__ == "__main__":
    sys.exit(main())
