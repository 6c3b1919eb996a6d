"""Checkpoints: safetensors files with one family of bottlenecks and its card.

The file's metadata holds one JSON text under `isthmus`: the architecture's version, the model's
title, its bottlenecks, the networks' sizes, and the card (data, licences, split, steps, loss,
figures). Here the weights are only hashed; no torch, and nothing is ever unpickled.
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

# What this version trains and writes with; it reads files of all before.
ARCHITECTURE = 2
DEFAULT = "mr-general-3"

_REMEDY = "Install Isthmus again, or copy the file again."
# The format's header has one byte for each of these.
_MOST = 255


@dataclass(frozen=True)
class ModelInfo:
    """What a checkpoint is, without its weights.

    Attributes:
        name: File stem, such as `"mr-general-3"`.
        title: For people.
        family: `"trained"`; `"linear"` for the fixed 3-D DCT that serves as the floor; `"classic"`
            for the convolutional autoencoder of the literature.
        bottlenecks: Smallest first.
        slab_depth: Slices per slab.
        architecture: Of the networks and the context model; only the newest compresses.
        path: The safetensors file.
        checkpoint_id: 16 hex digits that stand for everything that decides what a file decodes
            to; see `identity`. Files that the model writes name it.
        card: Data, licences, split, steps, loss, figures.
    """

    name: str
    title: str
    family: str
    bottlenecks: tuple[Bottleneck, ...]
    slab_depth: int
    architecture: int
    path: Path
    checkpoint_id: str
    card: dict[str, Any]

    @property
    def compresses(self) -> bool:
        """Whether it still compresses; models of older architectures only read their files."""
        return self.architecture == ARCHITECTURE

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
    """Return every model that compresses, the default one first."""
    found, _ = _scan(assets.folder("models"))
    return tuple(model for model in found if model.compresses)


def model_problems() -> tuple[CheckpointError, ...]:
    """Return why checkpoints in the models folder are left out of `models`."""
    _, problems = _scan(assets.folder("models"))
    return problems


def default_model() -> ModelInfo:
    """Return the default model.

    Raises:
        CheckpointError: No checkpoint can be read.
    """
    _, problems = _scan(assets.folder("models"))
    if found := models():
        return found[0]
    if problems:
        raise problems[0]
    raise CheckpointError(
        f"No model was found in {assets.folder('models')}.", "Install Isthmus again."
    )


def find_model(name: str | Path | None = None) -> ModelInfo:
    """Return the model called `name`, or the one in the safetensors file at that path.

    Models that a better one has replaced are found too, though `models` does not list them.

    Raises:
        CheckpointError: There is none, or it is damaged.
    """
    if name is None:
        return default_model()
    if isinstance(name, Path) or name.endswith(".safetensors"):
        return read_info(Path(name))
    for folder in _folders():
        path = folder / f"{name}.safetensors"
        if path.is_file():
            break
    else:
        known = ", ".join(model.name for model in models()) or "none"
        raise CheckpointError(f"There is no model “{name}”.", f"Installed: {known}.")
    return read_info(path)


def find_checkpoint(checkpoint_id: str) -> ModelInfo:
    """Return the model whose weights have this id.

    Raises:
        CheckpointError: No installed model has it.
    """
    for folder in _folders():
        for model in _scan(folder)[0]:
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


def identity(path: Path) -> str:
    """Return the first 8 bytes, as hex, of a SHA-256 over what decides how files decode.

    That is the tensors' bytes, their names, types and shapes, and from the metadata the networks'
    sizes and each bottleneck's channels and step. Title, card and expectations do not count.

    Raises:
        OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError: The file is
            damaged.
    """
    header, start = _read_header(path)
    meta = json.loads(header.pop("__metadata__")["isthmus"])
    deciding = {
        "architecture": meta["architecture"],
        "shape": meta["shape"],
        "slab_depth": meta["slab_depth"],
        "bottlenecks": [[entry["channels"], entry["step"]] for entry in meta["bottlenecks"]],
        "tensors": header,
    }
    digest = hashlib.sha256(json.dumps(deciding, sort_keys=True).encode())
    with path.open("rb") as file:
        file.seek(start)
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:16]


def _read_header(path: Path) -> tuple[dict[str, Any], int]:
    """Return a safetensors file's header, and where its tensors start."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= path.stat().st_size - 8:
            raise ValueError("the header does not fit into the file")
        header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise TypeError("the header is not an object")
    return header, 8 + length


@lru_cache(maxsize=64)
def _read_info(path: Path, modified: int, size: int) -> ModelInfo:
    """Read what `path` holds; the time and size tell a changed file from one read before."""
    try:
        header, start = _read_header(path)
        text = header.pop("__metadata__", {}).get("isthmus")
        if max((int(end) for _, end in _spans(header)), default=0) != size - start:
            raise CheckpointError(f"The model file {path.name} is cut short.", _REMEDY)
        if text is None:
            raise CheckpointError(f"{path.name} is not an Isthmus model.", "Choose another file.")
        meta = json.loads(text)
        architecture = int(meta["architecture"])
        if architecture > ARCHITECTURE:
            raise CheckpointError(
                f"The model file {path.name} was made by a newer Isthmus.", "Update Isthmus."
            )
        bottlenecks = tuple(Bottleneck(**entry) for entry in meta["bottlenecks"])
        names, depth = {bottleneck.name for bottleneck in bottlenecks}, meta["slab_depth"]
        if not 0 < len(names) == len(bottlenecks) <= _MOST or not 0 < depth <= _MOST:
            raise ValueError("the bottlenecks do not make sense")
        return ModelInfo(
            name=path.stem,
            title=str(meta["title"]),
            family=str(meta["family"]),
            bottlenecks=bottlenecks,
            slab_depth=int(depth),
            architecture=architecture,
            path=path,
            checkpoint_id=identity(path),
            card=dict(meta["card"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CheckpointError(f"The model file {path.name} is damaged.", _REMEDY) from error


def _folders() -> tuple[Path, Path]:
    """Return where models lie, and where those that a better one has replaced do."""
    folder = assets.folder("models")
    return folder, folder / "earlier"


def _spans(header: dict[str, Any]) -> list[tuple[int, int]]:
    return [entry["data_offsets"] for entry in header.values()]


def _scan(folder: Path) -> tuple[tuple[ModelInfo, ...], tuple[CheckpointError, ...]]:
    found, problems = [], []
    for path in sorted(folder.glob("*.safetensors"), key=lambda path: (path.stem != DEFAULT, path)):
        try:
            found.append(read_info(path))
        except CheckpointError as problem:
            problems.append(problem)
    return tuple(found), tuple(problems)
