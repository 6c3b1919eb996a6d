"""From a checkpoint's file to networks."""

import json

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from isthmus.codec import version1_context
from isthmus.codec.checkpoint import ModelInfo, identity
from isthmus.codec.context import ContextModel
from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import Analysis, Shape, Synthesis
from isthmus.errors import CheckpointError

Context = ContextModel | version1_context.ContextModel


def read_weights(info: ModelInfo) -> tuple[Analysis, Synthesis, Context]:
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


def _read(info: ModelInfo) -> tuple[Analysis, Synthesis, Context]:
    if identity(info.path) != info.checkpoint_id:
        raise ValueError("the file has changed")
    with safe_open(info.path, framework="pt") as file:
        meta = json.loads(file.metadata()["isthmus"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    first = info.architecture == 1
    # What the first architecture did not have.
    shape = Shape(**meta["shape"], **({"foresight": 0} if first else {}))
    count = len(info.bottlenecks)
    blank = torch.zeros_like(tensors["analysis.basis"])
    if blank.shape != (shape.channels, info.slab_depth, BLOCK, BLOCK):
        raise ValueError("the transform has an unexpected size")
    if info.bottlenecks[-1].channels > shape.channels:
        raise ValueError("a bottleneck has more channels than the transform")
    analysis, synthesis = Analysis(shape, blank, count), Synthesis(shape, blank, count)
    for prefix, net in (("analysis.", analysis), ("synthesis.", synthesis)):
        state = _part(tensors, prefix)
        if first:
            told = {name: value for name, value in net.state_dict().items() if _MISSING in name}
            state = told | state
        net.load_state_dict(state)
    arrays = {name: value.numpy() for name, value in tensors.items() if name[:8] == "context."}
    kind = version1_context.ContextModel if first else ContextModel
    return analysis, synthesis, kind.from_tensors(arrays, shape.channels, count)


_MISSING = ".tell_missing."


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
