"""`isthmus decompress`."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.batch import add_paths, plan, run_each
from isthmus.commands.console import Bar, Figures, add_device, add_json, new_parser, whole_number
from isthmus.commands.files import naming, read_whole
from isthmus.errors import ScanError

if TYPE_CHECKING:
    from isthmus.codec import Codec

_USAGE = """isthmus decompress FILE.isth OUT.nii.gz [options]
       isthmus decompress FILE.isth ... --out FOLDER [options]"""


def run(words: list[str]) -> int:
    """Reconstruct scans from .isth files, as NIfTI."""
    parser = new_parser("decompress", "Reconstruct scans from .isth files, as NIfTI.", _USAGE)
    add_paths(parser, "FILE.isth", "OUT.nii.gz")
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
    from isthmus import codec, scans
    from isthmus.codec.checkpoint import find_checkpoint

    planned = plan(parser, options, (".nii.gz", ".nii"))

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
        # The file says of itself that it is not the original, and how far it is from it.
        ratio = f"{volume.voxels.nbytes / len(data):.3g}:1"
        source = replace(volume.source, lossy=f"{ratio}, {volume.source.lossy}")
        scans.write_nifti(replace(volume, source=source), out, progress=bar)
        for words in chosen.take_notices():
            bar.say(words)
        return {
            "file": str(out),
            "model": chosen.info.name,
            "bottleneck": chosen.info.bottlenecks[header.bottleneck].name,
            "layers": min(options.layers or header.layers, header.layers),
            "shape": list(volume.shape),
            "type": volume.voxels.dtype.name,
            "lossy": True,
        }

    return run_each(planned, one, as_json=options.json)
