"""`isthmus decompress`."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.batch import add_paths, plan, run_each
from isthmus.commands.console import Bar, Figures, add_device, add_json, new_parser
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
    add_device(parser)
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import codec, scans
    from isthmus.codec.checkpoint import find_checkpoint

    planned = plan(parser, options, (".nii.gz", ".nii"))

    @cache
    def engine(checkpoint_id: str) -> "Codec":
        return codec.load(find_checkpoint(checkpoint_id), options.device)

    def one(path: Path, out: Path, bar: Bar) -> Figures:
        if planned.in_folder and out.exists():
            raise ScanError(
                out, f"{out.name} is there already; it may be the original.", "Name another folder."
            )
        data = read_whole(path)
        with naming(path):
            chosen = engine(codec.read_header(data).checkpoint_id)
            latent = chosen.read(data, progress=bar)
        volume = chosen.decode(latent, progress=bar)
        # The file says of itself that it is not the original, and how far it is from it.
        ratio = f"{volume.voxels.nbytes / len(data):.3g}:1"
        source = replace(volume.source, lossy=f"{ratio}, {volume.source.lossy}")
        scans.write_nifti(replace(volume, source=source), out, progress=bar)
        for words in chosen.take_notices():
            bar.say(words)
        return {
            "file": str(out),
            "model": chosen.info.name,
            "bottleneck": latent.bottleneck.name,
            "shape": list(volume.shape),
            "type": volume.voxels.dtype.name,
            "lossy": True,
        }

    return run_each(planned, one, as_json=options.json)
