"""`isthmus info`."""

import contextlib
from pathlib import Path

from isthmus.commands.console import Figures, add_json, new_parser, report
from isthmus.commands.files import naming, read_whole
from isthmus.errors import CheckpointError


def run(words: list[str]) -> int:
    """Say what an .isth file holds."""
    parser = new_parser("info", "Say what an .isth file holds.")
    parser.add_argument("file", type=Path, metavar="FILE.isth")
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus.codec import ModelInfo, bitstream, checkpoint

    data = read_whole(options.file)
    with naming(options.file):
        header, _ = bitstream.unpack(data)
    grid = header.grid
    model: ModelInfo | None = None
    with contextlib.suppress(CheckpointError):  # the file says enough without it
        model = checkpoint.find_checkpoint(header.checkpoint_id)
    figures: Figures = {
        "file": str(options.file),
        "bytes": len(data),
        "model": model.name if model else None,
        "checkpoint": header.checkpoint_id,
        "bottleneck": header.bottleneck,
        "step": header.step,
        "shape": list(grid.shape),
        "type": grid.dtype.name,
        "modality": grid.modality,
        "simulated": grid.simulated,
        "slabs": header.slabs,
        "stored_as_samples": sum(len(header.slabs_of(run)) for run in header.plain),
        "layers": header.layers,
        # How many bytes of the file hold the first layer, the first two, …
        "layers_end_at": bitstream.prefix_sizes(data) if header.version > 1 else [len(data)],
        "bits_per_voxel": 8 * len(data) / (grid.shape[0] * grid.shape[1] * grid.shape[2]),
    }
    if model and header.bottleneck < len(model.bottlenecks):
        bottleneck = model.bottlenecks[header.bottleneck]
        figures["bottleneck"] = bottleneck.name
        figures["step"] = header.step or bottleneck.step
    report(figures, options.json)
    return 0
