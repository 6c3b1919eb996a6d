"""From a checkpoint's file to networks."""

import json

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from isthmus.codec.checkpoint import ModelInfo, identity
from isthmus.codec.context import ContextModel
from isthmus.codec.layers import BLOCK, Analysis, Shape, Synthesis
from isthmus.errors import CheckpointError


def read_weights(info: ModelInfo) -> tuple[Analysis, Synthesis, ContextModel]:
    """Read the networks of a model.

    Raises:
        CheckpointError: The file is damaged, has changed since `info` was read, or does not fit
            this version.
    """
    try:
        return _read(info)
    except (OSError, SafetensorError, RuntimeError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"The model file {info.path.name} is damaged.",
            "Install Isthmus again, or copy the file again.",
        ) from error


def _read(info: ModelInfo) -> tuple[Analysis, Synthesis, ContextModel]:
    if identity(info.path) != info.checkpoint_id:
        raise ValueError("the file has changed")
    with safe_open(info.path, framework="pt") as file:
        meta = json.loads(file.metadata()["isthmus"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    shape, count = Shape(**meta["shape"]), len(info.bottlenecks)
    blank = torch.zeros_like(tensors["analysis.basis"])
    if blank.shape != (shape.channels, info.slab_depth, BLOCK, BLOCK):
        raise ValueError("the transform has an unexpected size")
    if info.bottlenecks[-1].channels > shape.channels:
        raise ValueError("a bottleneck has more channels than the transform")
    analysis, synthesis = Analysis(shape, blank, count), Synthesis(shape, blank, count)
    analysis.load_state_dict(_part(tensors, "analysis."))
    synthesis.load_state_dict(_part(tensors, "synthesis."))
    arrays = {name: value.numpy() for name, value in tensors.items() if name[:8] == "context."}
    return analysis, synthesis, ContextModel.from_tensors(arrays, shape.channels, count)


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
