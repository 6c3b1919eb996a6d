"""`isthmus convert`."""

from pathlib import Path

from isthmus.commands.console import Bar, add_json, new_parser, report
from isthmus.commands.files import check_out, read_scan
from isthmus.errors import UsageError

_NIFTI = (".nii.gz", ".nii")


def run(words: list[str]) -> int:
    """Convert a scan to NIfTI."""
    parser = new_parser("convert", "Convert a scan to NIfTI: its voxels as stored, and its grid.")
    parser.add_argument("scan", type=Path, metavar="SCAN")
    parser.add_argument("out", type=Path, metavar="OUT.nii.gz")
    parser.add_argument("--series", default="", metavar="UID", help="which series of the folder")
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import scans

    out: Path = options.out
    if out.is_dir() or not out.suffix:
        raise UsageError("Isthmus cannot write DICOM yet.", "Let OUT end in .nii.gz or .nii.")
    check_out(out, _NIFTI)
    with Bar() as bar:
        volume = read_scan(options.scan, options.series, bar)
        if out.resolve() in (path.resolve() for path in volume.source.paths):
            raise UsageError(f"{out.name} is the scan itself.", "Choose another name.")
        scans.write_nifti(volume, out, progress=bar)
    report(
        {
            "file": str(out),
            "bytes": out.stat().st_size,
            "shape": list(volume.shape),
            "type": volume.voxels.dtype.name,
            "spacing": list(volume.spacing),
            "modality": volume.modality,
        },
        options.json,
    )
    return 0
