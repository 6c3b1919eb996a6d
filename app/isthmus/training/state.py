"""A run's state on disk, as safetensors: weights, their average, the optimiser, the step."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from isthmus.errors import CheckpointError
from isthmus.training.families import AnyNetworks


def save_state(
    path: Path, step: int, net: AnyNetworks, average: dict[str, Tensor], adam: torch.optim.Adam
) -> None:
    """Write the state atomically."""
    tensors = {f"net.{name}": value for name, value in net.state_dict().items()}
    tensors |= {f"average.{name}": value for name, value in average.items()}
    for index, entry in adam.state_dict()["state"].items():
        tensors |= {f"adam.{index}.{key}": value for key, value in entry.items()}
    temporary = path.with_suffix(".partial")
    save_file(
        {name: value.detach().contiguous().clone() for name, value in tensors.items()},
        temporary,
        metadata={"step": json.dumps(step), "bottlenecks": _bottlenecks(net)},
    )
    temporary.replace(path)


def load_state(
    path: Path, net: AnyNetworks, average: dict[str, Tensor], adam: torch.optim.Adam
) -> int:
    """Restore a state into `net`, `average` and `adam`; return its step.

    Raises:
        CheckpointError: The file does not belong to this recipe or is damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            step = int(json.loads(metadata["step"]))
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        if metadata.get("bottlenecks", _bottlenecks(net)) != _bottlenecks(net):
            raise ValueError("the recipe has other bottlenecks")
        _restore(tensors, net, average, adam)
    except (SafetensorError, OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"The training state {path} is damaged or of another recipe.",
            "Choose another --out folder.",
        ) from error
    return step


def _restore(
    tensors: dict[str, Tensor], net: AnyNetworks, average: dict[str, Tensor], adam: torch.optim.Adam
) -> None:
    averaged = _part(tensors, "average.")
    if {name: value.shape for name, value in averaged.items()} != {
        name: value.shape for name, value in average.items()
    }:
        raise ValueError("the average has other weights")
    if not torch.equal(tensors["net.steps"], net.steps):
        raise ValueError("the recipe has other steps of quantisation")
    net.load_state_dict(_part(tensors, "net."))
    average.update({name: value.to(net.steps.device) for name, value in averaged.items()})
    moments: dict[int, dict[str, Tensor]] = {}
    for name, value in _part(tensors, "adam.").items():
        index, key = name.split(".", 1)
        moments.setdefault(int(index), {})[key] = value
    adam.load_state_dict({**adam.state_dict(), "state": moments})


def _bottlenecks(net: AnyNetworks) -> str:
    """Return what a recipe may not change between two sessions of one run."""
    recipe = net.recipe
    return json.dumps([recipe.family, recipe.channels, recipe.quantisation])


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
