"""Which files may belong to a scan: those below a folder, named by a DICOMDIR, or in an archive."""

import os
from dataclasses import dataclass
from pathlib import Path

from isthmus.scans.archive import Unpacked, is_archive, unpack
from isthmus.scans.dicom_directory import is_directory, named_files
from isthmus.scans.dicom_headers import begins_as_dicom
from isthmus.work import CancelToken, Progress, no_progress

LeftOut = tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class Files:
    """What is to be looked at.

    Attributes:
        paths: Files, in the order of their names.
        left_out: What is known not to be part of any series, each with the reason.
        warnings: What is odd, in sentences.
        unpacked: Where the files came from if they were unpacked for this; they are there as long
            as this is.
    """

    paths: tuple[Path, ...]
    left_out: LeftOut = ()
    warnings: tuple[str, ...] = ()
    unpacked: Unpacked | None = None

    def shown(self, path: Path) -> Path:
        """Return how a person knows a file: one that was unpacked, as a file in the archive."""
        return self.unpacked.shown(path) if self.unpacked else path


def is_collection(path: Path) -> bool:
    """Whether a path holds or names many files: a folder, a DICOMDIR or a ZIP archive.

    Raises:
        OSError: It cannot be read.
    """
    return path.is_dir() or (path.is_file() and (is_archive(path) or is_directory(path)))


def looks_like_dicom(path: Path) -> bool:
    """Whether a file begins as DICOM does.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return begins_as_dicom(file.read(132))


def gather(
    path: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Files:
    """List the files that a collection holds, or the file itself.

    A DICOMDIR is believed about what there should be, and missing files are told of; but what its
    files are is read from the files. If it names none that is there, all beside it are taken.

    Args:
        path: A folder, a DICOMDIR, a ZIP archive, or any other file.
        progress: Told how much of an archive is unpacked.
        cancel: Checked between the files of an archive.

    Raises:
        ScanError: The archive is damaged, locked or too large.
        Cancelled: `cancel` was set.
        OSError: It cannot be read.
    """
    if path.is_dir():
        return _in_folder(path)
    if is_archive(path):
        unpacked = unpack(path, progress=progress, cancel=cancel)
        inside = _in_folder(unpacked.folder)
        left_out = (*unpacked.left_out, *inside.left_out)
        return Files(inside.paths, left_out, inside.warnings, unpacked)
    if is_directory(path):
        every = files_below(path.parent)
        there, missing = named_files(path, every)
        beside = tuple(file for file in every if file != path)
        return Files(there or beside, *_about(missing))
    return Files((path,))


def _in_folder(folder: Path) -> Files:
    every = files_below(folder)
    directories = [
        path
        for path in every
        if path.name.upper().startswith("DICOMDIR") and path.is_file() and is_directory(path)
    ]
    missing = [one for path in directories for one in named_files(path, every)[1]]
    left_out, warnings = _about(missing)
    return Files(
        tuple(path for path in every if path not in directories),
        (*left_out, *((path, "a DICOM directory") for path in directories)),
        warnings,
    )


def _about(missing: list[Path]) -> tuple[LeftOut, tuple[str, ...]]:
    """Tell of files that a DICOMDIR names and that are not there."""
    if not missing:
        return (), ()
    count = "1 file that is" if len(missing) == 1 else f"{len(missing)} files that are"
    sentence = f"DICOMDIR names {count} not there, such as {missing[0].name}."
    return tuple((one, "is named in DICOMDIR, but is not there") for one in missing), (sentence,)


def files_below(folder: Path) -> tuple[Path, ...]:
    """List the files in a folder and below, in the order of their names, hidden ones too.

    Raises:
        OSError: A folder cannot be read.
    """

    def fail(error: OSError) -> None:
        raise error

    found = []
    for parent, folders, names in os.walk(folder, onerror=fail):
        folders.sort()  # in place: it is the order in which they are walked
        for path in (Path(parent) / name for name in sorted(names)):
            # Reading a pipe or a device would wait for ever. A broken link is told of later.
            if path.is_file() or not path.exists():
                found.append(path)
    return tuple(found)
