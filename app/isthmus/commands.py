"""The commands without a window: models, compress, info, decompress, train."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from isthmus.errors import BitstreamError, ScanError, UsageError

if TYPE_CHECKING:
    from isthmus.codec import Codec

T = TypeVar("T")
Command = Callable[[list[str]], int]


def models(words: list[str]) -> int:
    """List the checkpoints and their bottlenecks."""
    parser = _parser("models", "List the installed models and their bottlenecks.")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(words)
    from isthmus import codec

    found = codec.models()
    for problem in codec.model_problems():
        print(f"isthmus: {problem}", file=sys.stderr)
    if options.json:
        listed = [
            {
                "name": model.name,
                "title": model.title,
                "family": model.family,
                "checkpoint": model.checkpoint_id,
                "bottlenecks": [vars(bottleneck) for bottleneck in model.bottlenecks],
                "card": model.card,
            }
            for model in found
        ]
        _print_json({"models": listed})
        return 0
    for model in found:
        print(f"{model.name}  {model.title}  {model.checkpoint_id}")
        print("  bottleneck  channels   step   bits/voxel     PSNR   (means on training scans)")
        for each in model.bottlenecks:
            print(
                f"  {each.name:<10} {each.channels:>9} {each.step:>6.3f}"
                f" {each.expected_bpv:>12.3f} {each.expected_psnr:>5.1f} dB"
            )
    return 0


def compress(words: list[str]) -> int:
    """Compress a scan into an .isth file."""
    parser = _parser("compress", "Compress a scan into an .isth file. Lossy.")
    parser.add_argument("scan", type=Path, metavar="SCAN")
    parser.add_argument("out", type=Path, metavar="OUT.isth")
    parser.add_argument("--model", help="a model's name (isthmus models lists them)")
    parser.add_argument("--bottleneck", help="such as 32ch; by default the middle one")
    _add_common(parser)
    options = parser.parse_args(words)
    from isthmus import codec, scans

    _check_out(options.out, (".isth",))
    info = codec.find_model(options.model)
    middle = info.bottlenecks[len(info.bottlenecks) // 2].name
    bottleneck = info.bottleneck(options.bottleneck or middle)
    volume = scans.read(options.scan, progress=_progress)
    engine = codec.load(info, options.device)
    data = engine.write(engine.encode(volume, bottleneck, progress=_progress), progress=_progress)
    _write_whole(options.out, data)
    _tell(engine)
    stored = volume.source.stored_bytes or volume.voxels.nbytes
    figures = {
        "file": str(options.out),
        "model": info.name,
        "bottleneck": bottleneck.name,
        "bytes": len(data),
        "stored_bytes": stored,
        "ratio": stored / len(data),
        "bits_per_voxel": 8 * len(data) / volume.voxels.size,
    }
    _report(figures, options.json)
    return 0


def info(words: list[str]) -> int:
    """Say what an .isth file holds."""
    parser = _parser("info", "Say what an .isth file holds.")
    parser.add_argument("file", type=Path, metavar="FILE.isth")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(words)
    from isthmus.codec import bitstream, checkpoint

    data = _read_whole(options.file)
    header, slabs = _naming(options.file, lambda: bitstream.unpack(data))
    grid = header.grid
    known = {model.checkpoint_id: model for model in checkpoint.models()}
    model = known.get(header.checkpoint_id)
    figures: dict[str, Any] = {
        "file": str(options.file),
        "bytes": len(data),
        "model": model.name if model else None,
        "checkpoint": header.checkpoint_id,
        "bottleneck": header.bottleneck,
        "shape": list(grid.shape),
        "type": grid.dtype.name,
        "modality": grid.modality,
        "simulated": grid.simulated,
        "slabs": len(slabs),
        "bits_per_voxel": 8 * len(data) / (grid.shape[0] * grid.shape[1] * grid.shape[2]),
    }
    if model and header.bottleneck < len(model.bottlenecks):
        figures["bottleneck"] = model.bottlenecks[header.bottleneck].name
    _report(figures, options.json)
    return 0


def decompress(words: list[str]) -> int:
    """Reconstruct a NIfTI file from an .isth file."""
    parser = _parser("decompress", "Reconstruct a scan from an .isth file.")
    parser.add_argument("file", type=Path, metavar="FILE.isth")
    parser.add_argument("out", type=Path, metavar="OUT.nii.gz")
    _add_common(parser)
    options = parser.parse_args(words)
    from isthmus import codec, scans
    from isthmus.codec.checkpoint import find_checkpoint

    _check_out(options.out, (".nii.gz", ".nii"))
    data = _read_whole(options.file)
    header = _naming(options.file, lambda: codec.read_header(data))
    engine = codec.load(find_checkpoint(header.checkpoint_id), options.device)
    latent = _naming(options.file, lambda: engine.read(data, progress=_progress))
    volume = engine.decode(latent, progress=_progress)
    # The file says of itself that it is not the original, and how far it is from it.
    ratio = f"{volume.voxels.nbytes / len(data):.3g}:1"
    source = replace(volume.source, lossy=f"{ratio}, {volume.source.lossy}")
    scans.write_nifti(replace(volume, source=source), options.out)
    _tell(engine)
    figures = {
        "file": str(options.out),
        "model": engine.info.name,
        "bottleneck": latent.bottleneck.name,
        "shape": list(volume.shape),
        "type": volume.voxels.dtype.name,
        "lossy": True,
    }
    _report(figures, options.json)
    return 0


def train(words: list[str]) -> int:
    """Train a family of bottlenecks by a recipe."""
    parser = _parser("train", "Train a family of bottlenecks by a recipe and write its checkpoint.")
    parser.add_argument("recipe", type=Path, metavar="RECIPE.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder with the scans")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for state and logs; resumed if it has some"
    )
    parser.add_argument("--minutes", type=float, help="stop after so many, and write what is there")
    parser.add_argument("--threads", type=_count, help="CPU threads")
    parser.add_argument("--model", type=Path, help="where to write the checkpoint")
    options = parser.parse_args(words)
    from isthmus.training.command import train as run

    path = run(
        options.recipe,
        options.data,
        options.out,
        minutes=options.minutes,
        threads=options.threads,
        model=options.model,
        say=lambda text: print(text, flush=True),
    )
    print(f"Wrote {path}")
    return 0


COMMANDS: dict[str, Command] = {
    "models": models,
    "compress": compress,
    "info": info,
    "decompress": decompress,
    "train": train,
}


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"isthmus {name}", description=description)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="what computes"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"expected a whole number above 0, not {text!r}")
    return int(text)


def _check_out(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a place that cannot be written to before any work is done for it.

    Raises:
        UsageError: The name has another ending; it might be that of a scan.
        ScanError: There is no such folder.
    """
    if not path.name.lower().endswith(endings):
        raise UsageError(
            f"{path.name} is no name for the output.", f"Let it end in {' or '.join(endings)}."
        )
    if not path.parent.is_dir():
        raise ScanError(
            path, f"There is no folder {path.parent} to write to.", "Make it, or choose another."
        )


def _tell(engine: "Codec") -> None:
    """Print what the person should know of how it went."""
    for notice in engine.take_notices():
        print(f"isthmus: {notice}", file=sys.stderr)


def _progress(fraction: float, text: str = "") -> None:
    """Show progress on a terminal's last line; nothing where standard error is a file."""
    if sys.stderr.isatty():
        end = "\r" if fraction < 1 else "\n"
        print(f"\033[K{fraction:4.0%}  {text}", end=end, file=sys.stderr, flush=True)


def _report(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        _print_json(figures)
        return
    for key, value in figures.items():
        shown = f"{value:.4g}" if isinstance(value, float) else value
        print(f"{key.replace('_', ' ')}: {shown}")


def _print_json(figures: dict[str, Any]) -> None:
    print(json.dumps(figures, ensure_ascii=False))


def _read_whole(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ScanError(path, f"{path.name} cannot be read.", "Check the path.") from error


def _naming(path: Path, read: Callable[[], T]) -> T:
    """Run `read`; if the bytes are at fault, say in which file."""
    try:
        return read()
    except BitstreamError as error:
        raise ScanError(path, f"{path.name}: {error.problem}", error.remedy) from error


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either whole or not there."""
    from isthmus.scans.writing import replacing

    try:
        with replacing(path) as file:
            file.write(data)
    except OSError as error:
        raise ScanError(
            path, f"{path.name} cannot be written: {error.strerror}.", "Choose another place."
        ) from error
