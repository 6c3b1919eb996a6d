"""Which files may belong to a scan: those below a folder."""

import os
from dataclasses import dataclass
from pathlib import Path

LeftOut = tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class Files:
    """What is to be looked at.

    Attributes:
        paths: Files, in the order of their names.
        left_out: What is known not to be part of any series, each with the reason.
        warnings: What is odd, in sentences.
    """

    paths: tuple[Path, ...]
    left_out: LeftOut = ()
    warnings: tuple[str, ...] = ()


def gather(path: Path) -> Files:
    """List the files in a folder and the folders in it.

    Raises:
        OSError: It cannot be read.
    """
    return Files(files_below(path))


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
