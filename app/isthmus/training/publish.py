"""A trained run becomes a checkpoint with its card, every figure measured on real bytes."""

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import save_file
from torch import Tensor

from isthmus.codec.bitstream import RESTART
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ARCHITECTURE, read_info
from isthmus.codec.codec import Codec
from isthmus.codec.context import ContextModel, context_counts
from isthmus.codec.kernels import FRACTIONS, SCALES, SYMBOLS
from isthmus.quality import compare
from isthmus.scans.volume import Volume
from isthmus.training.export import context_model, fit_tables
from isthmus.training.families import AnyNetworks
from isthmus.training.recipe import Recipe


def publish(
    recipe: Recipe,
    net: AnyNetworks,
    steps: int,
    minutes: float,
    train: Sequence[Volume],
    validation: Sequence[Volume],
    path: Path,
    say: Callable[[str], None],
) -> None:
    """Write the checkpoint `path` and its card beside it, as .json.

    Args:
        recipe: What was trained.
        net: The averaged weights.
        steps: Optimiser steps done.
        minutes: Spent on them.
        train: Scans to fit the tables to, and to measure what is expected of new scans.
        validation: Scans that were not trained on.
        path: Ends in .safetensors; written atomically.
        say: Told of the progress.
    """
    bottlenecks = [
        Bottleneck(f"{channels}ch", channels, step)
        for channels, step in zip(recipe.channels, recipe.quantisation, strict=True)
    ]
    card: dict[str, Any] = {
        "data": recipe.licence,
        "split": f"by patient: {recipe.train} is trained on, {recipe.validation} only judged on",
        "start": recipe.start or "the 3-D DCT, or random weights in the classic family",
        "steps": steps,
        "minutes": round(minutes),
        "loss": net.loss_in_words,
        "psnr": "peak = maximum − minimum of the scan, over all voxels",
        "limits": recipe.limits,
    }
    model = context_model(net)
    # Until every figure is known, the checkpoint is a draft that no one else may find.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        draft = Path(folder) / path.name
        write_checkpoint(draft, recipe, net, model, bottlenecks, card)
        say("Fitting the tables")
        model = fit_tables(model, _counts(Codec.load(read_info(draft), "cpu"), model, train))
        write_checkpoint(draft, recipe, net, model, bottlenecks, card)
        codec = Codec.load(read_info(draft), "cpu")
    for name, scans in (("train", train), ("validation", validation)):
        card[name] = []
        for index, bottleneck in enumerate(bottlenecks):
            row = measure(codec, bottleneck, scans)
            card[name].append({"bottleneck": bottleneck.name, **row})
            say(f"{name}  {bottleneck.name}  {row}")
            if name == "train":
                bottlenecks[index] = replace(
                    bottleneck, expected_bpv=row["bpv"], expected_psnr=row["psnr"]
                )
    write_checkpoint(path, recipe, net, model, bottlenecks, card)


def write_checkpoint(
    path: Path,
    recipe: Recipe,
    net: AnyNetworks,
    model: ContextModel,
    bottlenecks: Sequence[Bottleneck],
    card: dict[str, Any],
) -> None:
    """Write weights, metadata and card."""
    tensors: dict[str, Tensor] = {}
    for prefix, part in (("analysis", net.analysis), ("synthesis", net.synthesis)):
        for name, value in part.state_dict().items():
            tensors[f"{prefix}.{name}"] = value.detach().to(net.stored_as).contiguous().clone()
    for name, array in model.tensors().items():
        small = np.abs(array).max(initial=0) < 2**15
        tensors[name] = torch.from_numpy(array.astype(np.int16 if small else np.int32))
    meta = {
        "architecture": ARCHITECTURE,
        "title": recipe.title,
        "family": recipe.family,
        "slab_depth": net.shape.depth,
        "shape": asdict(net.shape),
        "bottlenecks": [asdict(bottleneck) for bottleneck in bottlenecks],
        "card": card,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata={"isthmus": json.dumps(meta, ensure_ascii=False)})
    temporary.chmod(0o644)  # safetensors lets only the owner read it
    temporary.replace(path)
    text = json.dumps({"name": recipe.name, **meta}, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def measure(codec: Codec, bottleneck: Bottleneck, scans: Sequence[Volume]) -> dict[str, float]:
    """Return mean bits per voxel, ratio, PSNR and SSIM over scans, from files' real bytes."""
    rows = []
    for scan in scans:
        data = codec.write(codec.encode(scan, bottleneck))
        quality = compare(scan, codec.decode(codec.read(data)))
        rows.append(
            (8 * len(data) / scan.voxels.size, scan.voxels.nbytes / len(data),
             quality.volume.psnr, quality.volume.ssim)
        )  # fmt: skip
    bpv, ratio, psnr, ssim = np.mean(rows, axis=0)
    return {
        "bpv": round(float(bpv), 4),
        "ratio": round(float(ratio), 1),
        "psnr": round(float(psnr), 2),
        "ssim": round(float(ssim), 4),
    }


def _counts(codec: Codec, model: ContextModel, scans: Sequence[Volume]) -> npt.NDArray[np.int64]:
    total = np.zeros((SCALES, FRACTIONS, SYMBOLS), np.int64)
    for scan in scans:
        for index, bottleneck in enumerate(codec.info.bottlenecks):
            values = codec.encode(scan, bottleneck).values
            for start in range(0, len(values), RESTART):
                run = values[start : start + RESTART]
                total += context_counts(model, run, index, bottleneck.channels)
    return total
