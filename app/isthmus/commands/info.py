"""`isthmus info`."""

from pathlib import Path

from isthmus.commands.console import Figures, add_json, new_parser, report
from isthmus.commands.files import naming, read_whole


def run(words: list[str]) -> int:
    """Say what an .isth file holds."""
    parser = new_parser("info", "Say what an .isth file holds.")
    parser.add_argument("file", type=Path, metavar="FILE.isth")
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus.codec import bitstream, checkpoint

    data = read_whole(options.file)
    with naming(options.file):
        header, _ = bitstream.unpack(data)
    grid = header.grid
    known = {model.checkpoint_id: model for model in checkpoint.models()}
    model = known.get(header.checkpoint_id)
    figures: Figures = {
        "file": str(options.file),
        "bytes": len(data),
        "model": model.name if model else None,
        "checkpoint": header.checkpoint_id,
        "bottleneck": header.bottleneck,
        "shape": list(grid.shape),
        "type": grid.dtype.name,
        "modality": grid.modality,
        "simulated": grid.simulated,
        "slabs": header.slabs,
        "bits_per_voxel": 8 * len(data) / (grid.shape[0] * grid.shape[1] * grid.shape[2]),
    }
    if model and header.bottleneck < len(model.bottlenecks):
        figures["bottleneck"] = model.bottlenecks[header.bottleneck].name
    report(figures, options.json)
    return 0
