"""What `isthmus train` does."""

import csv
import time
from collections.abc import Callable
from pathlib import Path

import torch

from isthmus.codec.devices import TorchDevices
from isthmus.errors import UsageError
from isthmus.training.loop import Run
from isthmus.training.publish import publish
from isthmus.training.recipe import read_recipe
from isthmus.work.device import choose_device

# Scans that the tables are fitted to and expectations measured on: enough to be stable.
_MEASURED = 5


def train(
    recipe_path: Path,
    data: Path,
    out: Path,
    *,
    minutes: float | None,
    threads: int | None,
    device: str = "auto",
    model: Path | None,
    say: Callable[[str], None],
) -> Path:
    """Train to the recipe's end, or for some minutes, then write the checkpoint.

    Args:
        recipe_path: A TOML file; see `Recipe`.
        data: The folder that the recipe's folders of scans lie in.
        out: State, logs and, unless `model` says otherwise, the checkpoint. An earlier state in
            it is resumed.
        minutes: Stop after so many, even before the recipe's last step.
        threads: CPU threads; None for torch's choice.
        device: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`; the CPU if it is not there.
        model: Where to write the checkpoint.
        say: Told of the progress.

    Returns:
        The checkpoint's path.

    Raises:
        UsageError: Recipe, data or folder do not fit.
        ScanError: A scan cannot be read.
        CheckpointError: The state in `out` is damaged or of another recipe.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    recipe = read_recipe(recipe_path)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder {out} cannot be made.", "Choose another --out.") from error
    chosen = choose_device(device, TorchDevices())
    say(f"Training on {chosen}.")
    run = Run(recipe, data, out, say, chosen)
    start = time.monotonic()
    run.train(minutes)
    spent = _spent(out / "minutes.csv", (time.monotonic() - start) / 60)
    path = model or out / f"{recipe.name}.safetensors"
    stride = max(1, len(run.train_volumes) // _MEASURED)
    publish(
        recipe, run.averaged().cpu(), run.step, spent, run.train_volumes[::stride], run.validation,
        path, say,
    )  # fmt: skip
    return path


def _spent(path: Path, minutes: float) -> float:
    """Add this session's minutes to those of earlier ones, and return the sum."""
    with path.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow([round(minutes, 2)])
    with path.open(newline="", encoding="utf-8") as file:
        return sum(float(row[0]) for row in csv.reader(file))
