"""What a command reads and writes: scans and .isth files, whole or not at all."""

import argparse
import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.console import Bar, Figures, whole_number
from isthmus.errors import BitstreamError, ScanError, TargetError, UsageError

if TYPE_CHECKING:
    from isthmus.scans import Loss, Volume


NIFTI = (".nii.gz", ".nii")


def check_out(path: Path, endings: Sequence[str], *, folders: bool = False) -> None:
    """Refuse a place that cannot be written to before any work is done for it.

    Args:
        path: The output.
        endings: What its name may end in.
        folders: Whether it may also be a folder, for a DICOM series.

    Raises:
        UsageError: The name has another ending; it might be that of a scan.
        ScanError: There is no such folder.
    """
    if not (folders and means_folder(path)) and not path.name.lower().endswith(tuple(endings)):
        raise UsageError(
            f"{path.name} is no name for the output.", f"Let it end in {' or '.join(endings)}."
        )
    if not path.parent.is_dir():
        raise no_folder(path.parent)


def means_folder(path: Path) -> bool:
    """Whether an output is a folder: one that is there, or a name without an ending."""
    return path.is_dir() or not path.suffix


def add_dicom(parser: argparse.ArgumentParser) -> None:
    """Add the options of writing DICOM."""
    parser.add_argument(
        "--deidentify", action="store_true",
        help="DICOM headers by the basic profile of PS3.15 annex E; not what the pictures show",
    )  # fmt: skip
    parser.add_argument(
        "--modality", choices=("MR", "CT"), default="",
        help="for DICOM, what made a scan that does not say so itself",
    )  # fmt: skip


def write_scan(
    volume: "Volume",
    out: Path,
    options: argparse.Namespace,
    bar: Bar,
    *,
    original: "Volume | None" = None,
    loss: "Loss | None" = None,
    difference: bool = False,
) -> Figures:
    """Write a scan as NIfTI or, where the output is a folder, as DICOM, and return its figures.

    Args:
        volume: The scan.
        out: Where to.
        options: What `add_dicom` asked for.
        bar: Shows the progress.
        original: The scan whose DICOM headers are taken, if not the volume's own.
        loss: How it was compressed.
        difference: Whether it is a difference.

    Raises:
        UsageError: An option is for DICOM, and the output is not.
        ScanError: It cannot be written.
    """
    from isthmus import scans

    figures: Figures
    if means_folder(out):
        written = scans.write_dicom(
            volume,
            out,
            original=original,
            loss=loss,
            difference=difference,
            deidentify=options.deidentify,
            modality=options.modality,
            progress=bar,
        )
        for note in written.notes:
            bar.say(note)
        size = sum(path.stat().st_size for path in written.files)
        figures = {"folder": str(out), "files": len(written.files), "bytes": size}
        return figures | {"series": written.series, "deidentified": options.deidentify}
    if options.deidentify:
        raise UsageError(
            "--deidentify is for DICOM: a NIfTI file from Isthmus names no one.", "Leave it out."
        )
    scans.write_nifti(volume, out, progress=bar)
    return {"file": str(out), "bytes": out.stat().st_size}


def add_choice(parser: argparse.ArgumentParser, of: str = "the folder") -> None:
    """Add the options that choose one of several scans in a place.

    Args:
        parser: Gets them.
        of: What is chosen from.
    """
    parser.add_argument("--series", default="", metavar="UID", help=f"which series of {of}")
    parser.add_argument(
        "--part", type=whole_number, default=1, metavar="N",
        help="which volume of a series or file with several, from 1; isthmus series lists them",
    )  # fmt: skip


def read_scan(path: Path, options: argparse.Namespace, bar: Bar) -> "Volume":
    """Read a scan and print what is odd about it.

    Args:
        path: A file, or a folder.
        options: What `add_choice` asked for: by default the largest series, its first part.
        bar: Shows the progress.

    Raises:
        UsageError: A series was named for a file.
        ScanError, OutOfMemoryError: As `isthmus.scans.read`.
    """
    from isthmus import scans

    if options.series and path.is_file() and not scans.is_collection(path):
        raise UsageError(
            f"--series chooses from a folder, and {path.name} is a file.", "Leave it out."
        )
    volume = scans.read(path, series=options.series, part=options.part - 1, progress=bar)
    for warning in filter(None, (*volume.source.warnings, volume.source.about_strays)):
        bar.say(f"{path.name}: {warning}")
    return volume


def read_whole(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        ScanError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ScanError(path, f"{path.name} cannot be read.", "Check the path.") from error


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say which file it is that the codec refuses.

    Raises:
        ScanError: In place of a `BitstreamError` or a `TargetError`.
    """
    try:
        yield
    except (BitstreamError, TargetError) as error:
        raise ScanError(path, f"{path.name}: {error.problem}", error.remedy) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is either whole or not there.

    Raises:
        ScanError: It cannot be written.
    """
    from isthmus.scans.writing import replacing

    try:
        with replacing(path) as file:
            file.write(data)
    except OSError as error:
        raise ScanError(
            path, f"{path.name} cannot be written: {error.strerror}.", "Choose another place."
        ) from error


def no_folder(folder: Path) -> ScanError:
    """Return the error that there is no such folder to write to."""
    return ScanError(
        folder, f"There is no folder {folder} to write to.", "Make it, or choose another."
    )
