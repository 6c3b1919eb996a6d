"""Finding the samples that lie in another file than their header."""

from pathlib import Path, PureWindowsPath

from isthmus.errors import ScanError


def detached_data(header: Path, name: str) -> Path:
    """Return the file that a textual header names as its data.

    Args:
        header: Where the header lies.
        name: What it says: mostly a name, relative to its own folder. A path that leads nowhere,
            as after a move to another computer, still counts by its last part.

    Raises:
        ScanError: It is not there.
    """
    last = PureWindowsPath(name).name  # takes both kinds of slashes
    for found in (header.parent / name, header.parent / last):
        try:
            if last and found.is_file():
                return found
        except ValueError:  # a zero byte in the name
            break
    raise ScanError(
        header,
        f"{header.name} is only a header; its data, {last!r}, are missing.",
        "Put both files into one folder.",
    )


def several_files(header: Path) -> ScanError:
    """Return what to say of a header whose data lie in a file for each slice."""
    return ScanError(
        header,
        f"{header.name} has its data in several files, which Isthmus does not read.",
        "Convert it to one file, as NIfTI or NRRD.",
    )


def as_text(header: Path) -> ScanError:
    """Return what to say of samples that are written out as words."""
    return ScanError(
        header,
        f"{header.name} holds its voxels as text, which Isthmus does not read.",
        "Convert it to a binary file, as NIfTI or NRRD.",
    )
