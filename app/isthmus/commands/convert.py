"""`isthmus convert`."""

from pathlib import Path

from isthmus.commands.console import Bar, Figures, add_json, new_parser, report
from isthmus.commands.files import (
    NIFTI,
    add_choice,
    add_dicom,
    check_out,
    means_folder,
    read_scan,
    write_scan,
)
from isthmus.errors import UsageError


def run(words: list[str]) -> int:
    """Convert a scan to NIfTI or to a DICOM series."""
    parser = new_parser(
        "convert", "Convert a scan to NIfTI or to a DICOM series: its voxels as stored, its grid."
    )
    parser.add_argument("scan", type=Path, metavar="SCAN")
    parser.add_argument(
        "out", type=Path, metavar="OUT", help="ends in .nii.gz or .nii; or a new folder, for DICOM"
    )
    add_choice(parser)
    add_dicom(parser)
    add_json(parser)
    options = parser.parse_args(words)
    out: Path = options.out
    check_out(out, NIFTI, folders=True)
    scan: Path = options.scan
    if means_folder(out) and scan.is_dir() and out.resolve().is_relative_to(scan.resolve()):
        raise UsageError(f"{out.name} lies in the folder of the scan.", "Choose another.")
    with Bar() as bar:
        volume = read_scan(scan, options, bar)
        if out.resolve() in (path.resolve() for path in volume.source.paths):
            raise UsageError(f"{out.name} is the scan itself.", "Choose another name.")
        figures: Figures = write_scan(volume, out, options, bar)
    figures |= {
        "shape": list(volume.shape),
        "type": volume.voxels.dtype.name,
        "spacing": list(volume.spacing),
        "modality": volume.modality,
    }
    report(figures, options.json)
    return 0
