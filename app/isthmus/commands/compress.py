"""`isthmus compress`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.batch import add_paths, plan, run_each
from isthmus.commands.console import Bar, Figures, add_device, add_json, new_parser
from isthmus.commands.files import naming, read_scan, write_whole
from isthmus.errors import UsageError

if TYPE_CHECKING:
    from isthmus.codec import Codec

_USAGE = """isthmus compress SCAN OUT.isth [options]
       isthmus compress SCAN ... --out FOLDER [options]"""


def run(words: list[str]) -> int:
    """Compress scans into .isth files."""
    parser = new_parser("compress", "Compress scans into .isth files. Lossy.", _USAGE)
    add_paths(parser, "SCAN", "OUT.isth")
    parser.add_argument("--series", default="", metavar="UID", help="which series of the folder")
    parser.add_argument("--model", help="a model's name (isthmus models lists them)")
    parser.add_argument(
        "--bottleneck", metavar="NAME", help="such as 32ch; by default the middle one"
    )
    add_device(parser)
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import codec

    planned = plan(parser, options, (".isth",))
    if options.series and len(planned.tasks) > 1:
        raise UsageError("--series chooses from one folder.", "Compress the folders one by one.")
    info = codec.find_model(options.model)
    middle = info.bottlenecks[len(info.bottlenecks) // 2].name
    bottleneck = info.bottleneck(options.bottleneck or middle)

    @cache
    def engine() -> "Codec":
        return codec.load(info, options.device)

    def one(scan: Path, out: Path, bar: Bar) -> Figures:
        volume = read_scan(scan, options.series, bar)
        with naming(scan):
            latent = engine().encode(volume, bottleneck, progress=bar)
        data = engine().write(latent, progress=bar)
        write_whole(out, data)
        for words in engine().take_notices():
            bar.say(words)
        stored = volume.source.stored_bytes or volume.voxels.nbytes
        return {
            "file": str(out),
            "model": info.name,
            "bottleneck": bottleneck.name,
            "bytes": len(data),
            "stored_bytes": stored,
            "ratio": stored / len(data),
            "bits_per_voxel": 8 * len(data) / volume.voxels.size,
        }

    return run_each(planned, one, as_json=options.json)
