"""What a command reads and writes: scans and .isth files, whole or not at all."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.console import Bar
from isthmus.errors import BitstreamError, ScanError, TargetError, UsageError

if TYPE_CHECKING:
    from isthmus.scans import Volume


def check_out(path: Path, endings: Sequence[str]) -> None:
    """Refuse a place that cannot be written to before any work is done for it.

    Raises:
        UsageError: The name has another ending; it might be that of a scan.
        ScanError: There is no such folder.
    """
    if not path.name.lower().endswith(tuple(endings)):
        raise UsageError(
            f"{path.name} is no name for the output.", f"Let it end in {' or '.join(endings)}."
        )
    if not path.parent.is_dir():
        raise no_folder(path.parent)


def read_scan(path: Path, series: str, bar: Bar) -> "Volume":
    """Read a scan and print what is odd about it.

    Args:
        path: A file, or a folder.
        series: Which series of the folder; empty for the largest.
        bar: Shows the progress.

    Raises:
        UsageError: A series was named for a file.
        ScanError, OutOfMemoryError: As `isthmus.scans.read`.
    """
    from isthmus import scans

    if series and path.is_file():
        raise UsageError(
            f"--series chooses from a folder, and {path.name} is a file.", "Leave it out."
        )
    volume = scans.read(path, series=series, progress=bar)
    for warning in volume.source.warnings:
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
