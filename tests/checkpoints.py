"""Small models for tests, in real checkpoints."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from isthmus.codec import Bottleneck, ModelInfo
from isthmus.codec.checkpoint import read_info
from isthmus.codec.layers import Analysis, Shape, Synthesis
from isthmus.training.export import context_model
from isthmus.training.networks import Networks, energy_order
from isthmus.training.publish import write_checkpoint
from isthmus.training.recipe import Recipe

# Eight bottlenecks as those that ship.
FAMILY = (4, 8, 16, 32, 48, 64, 96, 128)
STEPS = (0.6, 0.45, 0.32, 0.21, 0.15, 0.105, 0.055, 0.022)


def make_recipe(**changes: Any) -> Recipe:
    """Return a recipe for a run of seconds."""
    entries: dict[str, Any] = {
        "name": "tiny-1",
        "title": "Tiny",
        "family": "trained",
        "channels": (6, 128),
        "quantisation": (0.4, 0.01),
        "train": "train",
        "validation": "validation",
        "licence": "made on the spot",
        "limits": "knows nothing",
        "steps": 4,
        "batch": 2,
        "slabs": 2,
        "crop": 32,
        "evaluate_every": 2,
        "seed": 3,
    }
    return Recipe(**{**entries, **changes})


def write_recipe(path: Path, **changes: object) -> Path:
    """Write a recipe of seconds as TOML; an entry that is None is left out."""
    lines = []
    for name, value in {**vars(make_recipe(leave_out=("gt.",))), **changes}.items():
        if value is not None:
            text = json.dumps(list(value) if isinstance(value, tuple) else value)
            lines.append(f"{name} = {text}\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


def untrained(recipe: Recipe, scans: Sequence[np.ndarray[Any, Any]]) -> Networks:
    """Return networks as they are before the first step of training.

    Args:
        recipe: Of the family.
        scans: Normalised, float32 (k, j, i).
    """
    torch.manual_seed(0)
    return Networks(recipe, *energy_order(list(scans), 2)).eval()


def enliven(net: Networks, seed: int = 0) -> Networks:
    """Give every layer that starts at zero small random weights, as if it had been trained."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in net.named_parameters():
            if value.requires_grad and not name.endswith(("basis", "offsets.weight")):
                value += torch.randn(value.shape, generator=generator) * 0.3 / value[0].numel()
    return net


def shrink(net: Networks) -> Networks:
    """Replace the transforms' networks by small ones, for tests that run them often."""
    basis, count = net.analysis.basis.detach(), len(net.recipe.channels)
    net.shape = Shape(correction=4, dequantiser=8, restoration=4, layers=1, foresight=4)
    foresight = net.analysis.foresight
    net.analysis = Analysis(net.shape, basis, count)
    net.synthesis = Synthesis(net.shape, basis, count)
    if foresight is not None and net.analysis.foresight is not None:
        net.analysis.foresight.offsets.load_state_dict(foresight.offsets.state_dict())
    return net.eval()


def save(net: Networks, path: Path) -> ModelInfo:
    """Write networks as a checkpoint, with tables that no scan has been fitted to."""
    recipe = net.recipe
    bottlenecks = [
        Bottleneck(f"{channels}ch", channels, step)
        for channels, step in zip(recipe.channels, recipe.quantisation, strict=True)
    ]
    write_checkpoint(path, recipe, net, context_model(net), bottlenecks, {"data": recipe.licence})
    return read_info(path)
