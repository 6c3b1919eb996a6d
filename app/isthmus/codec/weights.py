"""From a checkpoint's file to networks."""

import json

from safetensors import SafetensorError, safe_open
from torch import Tensor

from isthmus.codec import version1_context
from isthmus.codec.checkpoint import ModelInfo, identity
from isthmus.codec.context import ContextModel
from isthmus.codec.families import AnyAnalysis, AnySynthesis, blank_networks
from isthmus.errors import CheckpointError

Context = ContextModel | version1_context.ContextModel


def read_weights(info: ModelInfo) -> tuple[AnyAnalysis, AnySynthesis, Context]:
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


def _read(info: ModelInfo) -> tuple[AnyAnalysis, AnySynthesis, Context]:
    if identity(info.path) != info.checkpoint_id:
        raise ValueError("the file has changed")
    with safe_open(info.path, framework="pt") as file:
        meta = json.loads(file.metadata()["isthmus"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    first = info.architecture == 1
    # What the first architecture did not have.
    shape = meta["shape"] | ({"foresight": 0} if first else {})
    if shape["depth"] != info.slab_depth:
        raise ValueError("the transform has an unexpected size")
    sizes = [bottleneck.channels for bottleneck in info.bottlenecks]
    analysis, synthesis = blank_networks(info.family, shape, sizes)
    for prefix, net in (("analysis.", analysis), ("synthesis.", synthesis)):
        state = _part(tensors, prefix)
        if first:
            told = {name: value for name, value in net.state_dict().items() if _MISSING in name}
            state = told | state
        net.load_state_dict(state)
    arrays = {name: value.numpy() for name, value in tensors.items() if name[:8] == "context."}
    kind = version1_context.ContextModel if first else ContextModel
    return analysis, synthesis, kind.from_tensors(arrays, synthesis.channels, len(sizes))


_MISSING = ".tell_missing."


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
