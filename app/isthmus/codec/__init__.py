"""The bottleneck: transforms, entropy model, bitstream, checkpoints, and the Codec that ties them.

Listing models and reading a file's header need neither torch nor the entropy coder; both are
imported when a model is loaded.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isthmus.codec.bitstream import Header, read_header
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ModelInfo, default_model, find_model, model_problems, models

if TYPE_CHECKING:
    from isthmus.codec.codec import Codec
    from isthmus.codec.latent import Latent

# Read by torch's thread pool when torch is imported, which is later. By default its threads spin
# while they wait for each other: as soon as another program wants a core, everything takes five to
# seven times as long.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

__all__ = [
    "Bottleneck",
    "Codec",
    "Header",
    "Latent",
    "ModelInfo",
    "default_model",
    "find_model",
    "load",
    "model_problems",
    "models",
    "read_header",
]


def load(model: "str | Path | ModelInfo | None" = None, device: str = "auto") -> "Codec":
    """Load a model's weights and return its codec. Imports torch.

    Args:
        model: A model's name, a safetensors file, a model's info, or None for the default model.
        device: `"auto"` (CUDA, then Apple MPS, then CPU), `"cpu"`, `"cuda"` or `"mps"`.

    Raises:
        CheckpointError: There is no such model, or its file is damaged.
        ValueError: There is no such device.
    """
    from isthmus.codec.codec import Codec

    info = model if isinstance(model, ModelInfo) else find_model(model)
    return Codec.load(info, device)


def __getattr__(name: str) -> Any:
    """Import the classes that need torch when they are first asked for."""
    if name == "Codec":
        from isthmus.codec.codec import Codec

        return Codec
    if name == "Latent":
        from isthmus.codec.latent import Latent

        return Latent
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
