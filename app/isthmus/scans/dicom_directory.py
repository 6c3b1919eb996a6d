"""DICOMDIR: the list of files that a disc should hold.

Its records form a tree by offsets, which may run in circles. They also stand one after another, and
that is how they are read here: all that is wanted is the files that they name.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from isthmus.scans.dicom_tags import texts

_STORAGE = b"1.2.840.10008.1.3.10"


def is_directory(path: Path) -> bool:
    """Whether a file is a DICOMDIR, by its content.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(400)
    return start[128:132] == b"DICM" and _STORAGE in start


def named_files(path: Path, files: Sequence[Path]) -> tuple[tuple[Path, ...], list[Path]]:
    """Return the files that a DICOMDIR names: those that are there, and those that are not.

    Names are compared as discs are read, without regard to capitals and version numbers. A
    DICOMDIR that is damaged names none.

    Args:
        path: The DICOMDIR.
        files: All files below its folder.
    """
    folder = path.parent
    by_name = {
        _key(file.relative_to(folder).parts): file for file in files if file.is_relative_to(folder)
    }
    there: dict[Path, None] = {}
    missing: dict[Path, None] = {}
    for parts in _names(path):
        file = by_name.get(_key(parts))
        if file is None:
            missing[folder.joinpath(*parts)] = None
        else:
            there[file] = None
    return tuple(there), list(missing)


def _names(path: Path) -> list[tuple[str, ...]]:
    import pydicom

    names: list[tuple[str, ...]] = []
    # Values are parsed when looked at, and pydicom raises many kinds of errors then.
    with contextlib.suppress(Exception):
        for record in pydicom.dcmread(path).get("DirectoryRecordSequence") or []:
            parts = tuple(texts(record, "ReferencedFileID"))
            # A name that leads out of the disc is not followed.
            if parts and all(part and part not in {".", ".."} for part in parts):
                names.append(parts)
    return names


def _key(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.partition(";")[0].rstrip(".").upper() for part in parts)
