"""What a training run is: a short TOML file."""

import math
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import Shape
from isthmus.errors import UsageError


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a run, given the data.

    Attributes:
        name: The model's name.
        title: For people.
        family: `"trained"`; `"linear"` to keep the 3-D DCT and train only the entropy model;
            `"classic"` for an autoencoder of each size.
        channels: Latent channels of each bottleneck, smallest first.
        quantisation: Step of each bottleneck; see `Bottleneck`.
        train: Folder of training scans, below the data folder.
        validation: Folder of validation scans, below the data folder.
        leave_out: Files and folders whose name starts like this are not trained on.
        licence: Licence and source of the training data, for the card.
        limits: What the training data lacks, for the card.
        steps: Optimiser steps in all.
        batch: Runs of slabs in a step; each gets a bottleneck of its own.
        slabs: Slabs in a run.
        crop: Rows and columns of a run, in voxels.
        learning_rate: At its highest; falls by a cosine to 3 %.
        rate_weight: λ of the loss MSE/step² + λ · bits per voxel, at fine steps; see `bit_worth`.
        average: Decay of the moving average of the weights, which is what ships.
        evaluate_every: Steps between two evaluations on the validation scans.
        seed: Of the weights and the crops.
        slices: Only so many from the middle of each scan are trained on; 0 for all.
        start: Model that is trained further, see `begin_from`; "" to start from the 3-D DCT.
        transforms: How fast the transforms move, as a share of the learning rate.
        progressive: Share of runs whose synthesis must do without the last layers of channels.
        prior_weight: β of the classic family's loss, the weight of its variational prior.
        augment: Whether crops are flipped, transposed and scaled in brightness.

    Raises:
        UsageError: An entry makes no sense.
    """

    name: str
    title: str
    family: str
    channels: tuple[int, ...]
    quantisation: tuple[float, ...]
    train: str
    validation: str
    licence: str
    limits: str
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
    slices: int = 0
    start: str = ""
    transforms: float = 1.0
    progressive: float = 0.08
    prior_weight: float = 0.1
    augment: bool = True

    def __post_init__(self) -> None:
        for name in _TEXTS:
            _require(isinstance(getattr(self, name), str) and getattr(self, name), name, "a text")
        for name in _COUNTS:
            _require(_is_whole(getattr(self, name), 1), name, "a whole number above 0")
        for name in _POSITIVE:
            _require(_is_positive(getattr(self, name)), name, "a number above 0")
        _require(isinstance(self.start, str), "start", "a model's name")
        _require(
            isinstance(self.progressive, int | float) and 0 <= self.progressive <= 1,
            "progressive", "between 0 and 1",
        )  # fmt: skip
        _require(_is_whole(self.slices, 0), "slices", "a whole number")
        _require(_is_whole(self.seed, 0), "seed", "a whole number")
        _require(self.crop % BLOCK == 0, "crop", f"a multiple of {BLOCK}")
        _require(_is_positive(self.average) and self.average < 1, "average", "between 0 and 1")
        _require(all(isinstance(each, str) for each in self.leave_out), "leave_out", "texts")
        most = Shape().channels
        _require(
            all(_is_whole(each, 1) and each <= most for each in self.channels),
            "channels",
            f"whole numbers from 1 to {most}",
        )
        _require(all(map(_is_positive, self.quantisation)), "quantisation", "numbers above 0")
        if self.family not in ("trained", "linear", "classic"):
            raise UsageError(
                f"The family “{self.family}” is not known.", "Use trained, linear or classic."
            )
        _require(isinstance(self.augment, bool), "augment", "true or false")
        if len(self.channels) != len(self.quantisation) or not self.channels:
            raise UsageError("The recipe needs as many channels as quantisation steps.")
        if list(self.channels) != sorted(set(self.channels)):
            raise UsageError("The recipe's channels must rise.")


_TEXTS = ("name", "title", "family", "train", "validation", "licence", "limits")
_COUNTS = ("steps", "batch", "slabs", "crop", "evaluate_every")
_POSITIVE = ("learning_rate", "rate_weight", "transforms", "prior_weight")


def _require(holds: object, name: str, what: str) -> None:
    if not holds:
        raise UsageError(f"The recipe's entry {name} must be {what}.")


def _is_whole(value: object, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and 0 < value < math.inf


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        UsageError: The file is missing, not TOML, or has entries that don't fit.
    """
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"The recipe {path.name} cannot be read.", "Check the path.") from error
    except ValueError as error:  # not TOML, or not even text
        raise UsageError(f"The recipe {path.name} is not valid TOML: {error}.") from error
    known = {field.name for field in fields(Recipe)}
    if unknown := sorted(set(entries) - known):
        raise UsageError(f"The recipe {path.name} has unknown entries: {', '.join(unknown)}.")
    required = {field.name for field in fields(Recipe) if field.default is MISSING}
    if missing := sorted(required - set(entries)):
        raise UsageError(f"The recipe {path.name} lacks entries: {', '.join(missing)}.")
    for field in fields(Recipe):
        if str(field.type).startswith("tuple") and field.name in entries:
            _require(isinstance(entries[field.name], list), field.name, "a list")
            entries[field.name] = tuple(entries[field.name])
    return Recipe(**entries)
