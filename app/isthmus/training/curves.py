"""A run's logs as a picture: loss by step, and rate–distortion on the validation scans."""

import csv
from pathlib import Path
from typing import Any

from isthmus.scans.writing import replacing

_EARLIER, _LAST = "#9ecae1", "#08519c"


def draw_curves(train: Path, validation: Path, path: Path) -> None:
    """Draw both logs; without matplotlib, which is optional, nothing happens.

    Args:
        train: CSV with columns step, loss.
        validation: CSV with columns step, channels, estimated_bpv, psnr.
        path: Ends in `.svg`; appears when it is whole.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    losses = _rows(train)
    left.plot(
        [int(row["step"]) for row in losses], [float(row["loss"]) for row in losses], color=_LAST
    )
    left.set(xlabel="step", ylabel="loss, mean of the steps since the last point")
    _draw_validation(right, _rows(validation))
    for axes in (left, right):
        axes.grid(alpha=0.3)
    with replacing(path) as file:
        figure.savefig(file, format="svg", metadata={"Date": None})


def _draw_validation(axes: Any, rows: list[dict[str, str]]) -> None:
    """Draw a curve for each evaluation, the last one dark."""
    steps = list(dict.fromkeys(row["step"] for row in rows))
    for step in steps:
        points = [row for row in rows if row["step"] == step]
        axes.plot(
            [float(row["estimated_bpv"]) for row in points],
            [float(row["psnr"]) for row in points],
            marker="o",
            markersize=3,
            color=_LAST if step == steps[-1] else _EARLIER,
            label=f"step {step}" if step in (steps[0], steps[-1]) else None,
        )
    axes.set(
        xscale="log",
        xlabel="bits per voxel, estimated by the rate model",
        ylabel="PSNR in dB (peak: maximum − minimum)",
        title="validation scans",
    )
    axes.legend()


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []  # nothing has been logged yet
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
