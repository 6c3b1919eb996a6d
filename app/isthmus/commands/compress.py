"""`isthmus compress`."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.batch import add_paths, plan, run_each
from isthmus.commands.console import (
    Bar,
    Figures,
    add_device,
    add_json,
    new_parser,
    positive_number,
)
from isthmus.commands.files import add_choice, naming, read_scan, write_whole
from isthmus.errors import UsageError

if TYPE_CHECKING:
    from isthmus.codec import Codec
    from isthmus.codec.targets import Reached
    from isthmus.scans import Volume

_USAGE = """isthmus compress SCAN OUT.isth [options]
       isthmus compress SCAN ... --out FOLDER [options]"""


def run(words: list[str]) -> int:
    """Compress scans into .isth files."""
    parser = new_parser("compress", "Compress scans into .isth files. Lossy.", _USAGE)
    add_paths(parser, "SCAN", "OUT.isth")
    add_choice(parser)
    parser.add_argument("--model", help="a model's name (isthmus models lists them)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--bottleneck", metavar="NAME", help="such as 32ch; by default the middle one"
    )
    size.add_argument(
        "--psnr", type=positive_number, metavar="DB",
        help="so good, within 0.1 dB; peak = maximum − minimum of the scan",
    )  # fmt: skip
    size.add_argument(
        "--ratio", type=positive_number, metavar="R",
        help="so small, within 2 percent: bytes of the scan as stored to bytes of the file",
    )  # fmt: skip
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
        volume = read_scan(scan, options, bar)
        with naming(scan):
            if options.psnr or options.ratio:
                made = _reach(engine(), volume, options.psnr, options.ratio, bar)
                data, chosen, step = made.data, made.bottleneck, made.step
            else:
                made = None
                data = engine().compress(volume, bottleneck, progress=bar)
                chosen, step = bottleneck, bottleneck.step
        write_whole(out, data)
        for words in engine().take_notices():
            bar.say(words)
        stored = volume.source.stored_bytes or volume.voxels.nbytes
        figures: Figures = {
            "file": str(out),
            "model": info.name,
            "bottleneck": chosen.name,
            "step": step,
            "bytes": len(data),
            "stored_bytes": stored,
            "ratio": stored / len(data),
            "bits_per_voxel": 8 * len(data) / volume.voxels.size,
        }
        if made is not None:
            figures |= {"psnr": made.psnr} if options.psnr else {}
            figures["tries"] = made.tries
        return figures

    return run_each(planned, one, as_json=options.json)


def _reach(
    engine: "Codec", volume: "Volume", psnr: float | None, ratio: float | None, bar: Bar
) -> "Reached":
    from isthmus.codec.targets import reach_psnr, reach_ratio

    if psnr is not None:
        return reach_psnr(engine, volume, psnr, progress=bar)
    return reach_ratio(engine, volume, ratio or 0.0, progress=bar)
