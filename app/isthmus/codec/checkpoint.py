"""Checkpoints: safetensors files with one family of bottlenecks and its card.

The file's metadata holds one JSON text under `isthmus`: the architecture's version, the model's
name and title, its bottlenecks, and the card (data, licences, split, steps, loss, figures). Only
the header is read here; no weights, no torch.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from isthmus import assets
from isthmus.codec.bottleneck import Bottleneck
from isthmus.errors import CheckpointError

ARCHITECTURE = 1
DEFAULT = "mr-general-1"


@dataclass(frozen=True)
class ModelInfo:
    """What a checkpoint is, without its weights.

    Attributes:
        name: File stem, such as `"mr-general-1"`.
        title: For people.
        family: `"trained"`, or `"linear"` for the fixed 3-D DCT that serves as the floor.
        bottlenecks: Smallest first.
        slab_depth: Slices per slab.
        path: The safetensors file.
        checkpoint_id: The first 8 bytes of the SHA-256 of the tensors' bytes, as hex. Files that
            the model writes name it.
        card: Data, licences, split, steps, loss, figures.
    """

    name: str
    title: str
    family: str
    bottlenecks: tuple[Bottleneck, ...]
    slab_depth: int
    path: Path
    checkpoint_id: str
    card: dict[str, Any]

    def bottleneck(self, name: str) -> Bottleneck:
        """Return the bottleneck called `name`.

        Raises:
            CheckpointError: This model has none of that name.
        """
        for bottleneck in self.bottlenecks:
            if bottleneck.name == name:
                return bottleneck
        names = ", ".join(bottleneck.name for bottleneck in self.bottlenecks)
        raise CheckpointError(
            f"The model {self.name} has no bottleneck “{name}”.", f"It has {names}."
        )


def models() -> tuple[ModelInfo, ...]:
    """Return every readable model, the default one first."""
    found, _ = _scan(assets.folder("models"))
    return found


def model_problems() -> tuple[CheckpointError, ...]:
    """Return why checkpoints in the models folder are left out of `models`."""
    _, problems = _scan(assets.folder("models"))
    return problems


def default_model() -> ModelInfo:
    """Return the default model.

    Raises:
        CheckpointError: No checkpoint can be read.
    """
    found, problems = _scan(assets.folder("models"))
    if found:
        return found[0]
    if problems:
        raise problems[0]
    raise CheckpointError(
        f"No model was found in {assets.folder('models')}.", "Install Isthmus again."
    )


def find_model(name: str | None = None) -> ModelInfo:
    """Return the model called `name`, or the one in the safetensors file at that path.

    Raises:
        CheckpointError: There is none, or it is damaged.
    """
    if name is None:
        return default_model()
    if name.endswith(".safetensors"):
        return read_info(Path(name))
    path = assets.folder("models") / f"{name}.safetensors"
    if not path.is_file():
        known = ", ".join(model.name for model in models()) or "none"
        raise CheckpointError(f"There is no model “{name}”.", f"Installed: {known}.")
    return read_info(path)


def find_checkpoint(checkpoint_id: str) -> ModelInfo:
    """Return the model whose weights have this id.

    Raises:
        CheckpointError: No installed model has it.
    """
    for model in models():
        if model.checkpoint_id == checkpoint_id:
            return model
    raise CheckpointError(
        f"No installed model has the weights {checkpoint_id} that made this file.",
        "Put the checkpoint that wrote it into the models folder.",
    )


def read_info(path: Path) -> ModelInfo:
    """Read a checkpoint's header.

    Raises:
        CheckpointError: The file is missing, damaged, not Isthmus's, or newer than this version.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise CheckpointError(
            f"The model file {path.name} is missing.", "Install Isthmus again."
        ) from error
    return _read_info(path, stat.st_mtime_ns, stat.st_size)


def tensors_id(path: Path) -> str:
    """Return the hash of a safetensors file's tensor bytes; the header does not count."""
    data = path.read_bytes()
    header = int.from_bytes(data[:8], "little")
    return hashlib.sha256(data[8 + header :]).hexdigest()[:16]


@lru_cache(maxsize=64)
def _read_info(path: Path, modified: int, size: int) -> ModelInfo:
    damaged = f"The model file {path.name} is damaged."
    remedy = "Install Isthmus again, or copy the file again."
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if not 2 <= length <= size - 8:
                raise CheckpointError(damaged, remedy)
            header = json.loads(file.read(length))
        spans = [entry["data_offsets"] for key, entry in header.items() if key != "__metadata__"]
        text = header.get("__metadata__", {}).get("isthmus")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CheckpointError(damaged, remedy) from error
    if max((end for _, end in spans), default=0) != size - 8 - length:
        raise CheckpointError(f"The model file {path.name} is cut short.", remedy)
    if text is None:
        raise CheckpointError(f"{path.name} is not an Isthmus model.", "Choose another file.")
    try:
        meta = json.loads(text)
        if meta["architecture"] > ARCHITECTURE:
            raise CheckpointError(
                f"The model file {path.name} was made by a newer Isthmus.", "Update Isthmus."
            )
        return ModelInfo(
            name=path.stem,
            title=meta["title"],
            family=meta["family"],
            bottlenecks=tuple(Bottleneck(**entry) for entry in meta["bottlenecks"]),
            slab_depth=meta["slab_depth"],
            path=path,
            checkpoint_id=tensors_id(path),
            card=meta["card"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise CheckpointError(damaged, remedy) from error


def _scan(folder: Path) -> tuple[tuple[ModelInfo, ...], tuple[CheckpointError, ...]]:
    found, problems = [], []
    for path in sorted(folder.glob("*.safetensors"), key=lambda path: (path.stem != DEFAULT, path)):
        try:
            found.append(read_info(path))
        except CheckpointError as problem:
            problems.append(problem)
    return tuple(found), tuple(problems)
