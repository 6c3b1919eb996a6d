"""`isthmus decompress`."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.batch import add_paths, plan, run_each
from isthmus.commands.console import Bar, Figures, add_device, add_json, new_parser, whole_number
from isthmus.commands.files import (
    NIFTI,
    add_choice,
    add_dicom,
    naming,
    read_scan,
    read_whole,
    write_scan,
)
from isthmus.errors import ScanError, UsageError

if TYPE_CHECKING:
    from isthmus.codec import Codec
    from isthmus.scans import Volume

_USAGE = """isthmus decompress FILE.isth OUT [options]
       isthmus decompress FILE.isth ... --out FOLDER [options]"""


def run(words: list[str]) -> int:
    """Reconstruct scans from .isth files, as NIfTI or as a DICOM series."""
    parser = new_parser(
        "decompress",
        "Reconstruct scans from .isth files: as NIfTI or, where OUT is a new folder, as a DICOM "
        "series.",
        _USAGE,
    )
    add_paths(parser, "FILE.isth", "OUT")
    parser.add_argument(
        "--like", type=Path, metavar="ORIGINAL",
        help="the scan that was compressed: DICOM takes patient, study and references from it",
    )  # fmt: skip
    add_choice(parser, "ORIGINAL")
    parser.add_argument(
        "--difference", action="store_true",
        help="write reconstruction minus ORIGINAL instead, in stored units",
    )  # fmt: skip
    add_dicom(parser)
    parser.add_argument(
        "--layers", type=whole_number, metavar="N",
        help="only the first N layers of channels: a coarser scan, of which a file's beginning is "
        "enough (isthmus info says how many bytes)",
    )  # fmt: skip
    parser.add_argument(
        "--model", help="the model that wrote the files, if it is not installed: its .safetensors"
    )
    add_device(parser)
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import codec
    from isthmus.codec.checkpoint import find_checkpoint
    from isthmus.scans import Loss

    planned = plan(parser, options, NIFTI, folders=True)
    if options.like is not None and len(planned.tasks) > 1:
        raise UsageError("--like names the original of one file.", "Decompress one at a time.")
    if options.like is None and (options.difference or options.series):
        raise UsageError("There is no original to look at.", "Name it with --like.")

    @cache
    def engine(checkpoint_id: str) -> "Codec":
        known = options.model is None
        info = find_checkpoint(checkpoint_id) if known else codec.find_model(options.model)
        return codec.load(info, options.device)

    def one(path: Path, out: Path, bar: Bar) -> Figures:
        if planned.in_folder and out.exists():
            raise ScanError(
                out, f"{out.name} is there already; it may be the original.", "Name another folder."
            )
        data = read_whole(path)
        with naming(path):
            header = codec.read_header(data)
            chosen = engine(header.checkpoint_id)
            volume = chosen.decompress(data, layers=options.layers, progress=bar)
        original = read_scan(options.like, options, bar) if options.like else None
        if original is not None and out.resolve() in (
            path.resolve() for path in original.source.paths
        ):
            raise UsageError(f"{out.name} is the original itself.", "Choose another name.")
        # The file says of itself that it is not the original, and how far it is from it.
        stored = original.source.stored_bytes if original else volume.voxels.nbytes
        ratio, how = stored / len(data), volume.source.lossy
        volume = replace(volume, source=replace(volume.source, lossy=f"{ratio:.3g}:1, {how}"))
        if options.difference and original is not None:
            volume = _difference(options.like, original, volume)
        figures = write_scan(
            volume,
            out,
            options,
            bar,
            original=original,
            loss=Loss(ratio, how),
            difference=options.difference,
        )
        for words in chosen.take_notices():
            bar.say(words)
        return figures | {
            "model": chosen.info.name,
            "bottleneck": chosen.info.bottlenecks[header.bottleneck].name,
            "layers": min(options.layers or header.layers, header.layers),
            "shape": list(volume.shape),
            "type": volume.voxels.dtype.name,
            "lossy": True,
            "difference": options.difference,
        }

    return run_each(planned, one, as_json=options.json)


def _difference(like: Path, original: "Volume", reconstruction: "Volume") -> "Volume":
    from isthmus.quality import difference_volume

    try:
        return difference_volume(original, reconstruction)
    except ValueError as error:
        raise ScanError(
            like, f"{like.name} is not what was compressed: {error}.", "Name the original."
        ) from error
