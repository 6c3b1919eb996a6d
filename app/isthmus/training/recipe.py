"""What a training run is: a short TOML file."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from isthmus.errors import UsageError


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a run, given the data.

    Attributes:
        name: The model's name.
        title: For people.
        family: `"trained"`, or `"linear"` to keep the 3-D DCT and train only the entropy model.
        channels: Latent channels of each bottleneck, smallest first.
        quantisation: Step of each bottleneck, as a share of the normalised range.
        train: Folder of training scans, below the data folder.
        validation: Folder of validation scans, below the data folder.
        leave_out: Files whose name starts like this are not scans.
        licence: Licence and source of the training data, for the card.
        steps: Optimiser steps in all.
        batch: Runs of slabs in a step; each gets a bottleneck of its own.
        slabs: Slabs in a run.
        crop: Rows and columns of a run, in voxels.
        learning_rate: At its highest; falls by a cosine to 3 %.
        rate_weight: λ of the loss MSE/step² + λ · bits per voxel.
        average: Decay of the moving average of the weights, which is what ships.
        evaluate_every: Steps between two evaluations on the validation scans.
        seed: Of the weights and the crops.
    """

    name: str
    title: str
    family: str
    channels: tuple[int, ...]
    quantisation: tuple[float, ...]
    train: str
    validation: str
    licence: str
    leave_out: tuple[str, ...] = ()
    steps: int = 10_000
    batch: int = 4
    slabs: int = 4
    crop: int = 128
    learning_rate: float = 2e-3
    rate_weight: float = 0.12
    average: float = 0.999
    evaluate_every: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        if self.family not in ("trained", "linear"):
            raise UsageError(f"The family “{self.family}” is not known.", "Use trained or linear.")
        if len(self.channels) != len(self.quantisation) or not self.channels:
            raise UsageError("The recipe needs as many channels as quantisation steps.")
        if list(self.channels) != sorted(set(self.channels)):
            raise UsageError("The recipe's channels must rise.")


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        UsageError: The file is missing, not TOML, or has entries that don't fit.
    """
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The recipe {path.name} cannot be read.", "Check the path.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The recipe {path.name} is not valid TOML: {error}.") from error
    known = {field.name for field in fields(Recipe)}
    if unknown := sorted(set(entries) - known):
        raise UsageError(f"The recipe {path.name} has unknown entries: {', '.join(unknown)}.")
    for key, value in entries.items():
        if isinstance(value, list):
            entries[key] = tuple(value)
    try:
        return Recipe(**entries)
    except TypeError as error:
        raise UsageError(f"The recipe {path.name} lacks entries: {error}.") from error
