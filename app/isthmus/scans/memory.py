"""Is there memory enough for a scan? Asked before it is taken."""

from pathlib import Path

from isthmus.errors import OutOfMemoryError

# A scan is held once as stored; a reconstruction, and float copies for measures, come on top.
_COPIES = 4


def available_memory() -> int:
    """Return how many bytes this process may still take without pushing others to disk."""
    import psutil

    return int(psutil.virtual_memory().available)


def check_memory(path: Path, voxel_bytes: int, available: int | None) -> None:
    """Refuse a scan that would not fit.

    Args:
        path: The file or folder, for the message.
        voxel_bytes: Size of the voxels that its header announces.
        available: Bytes that may be taken; None asks the system.

    Raises:
        OutOfMemoryError: Four times the voxels do not fit.
    """
    limit = available_memory() if available is None else available
    if voxel_bytes * _COPIES > limit:
        raise OutOfMemoryError(
            f"{path.name} needs {in_words(voxel_bytes * _COPIES)} of memory; "
            f"{in_words(limit)} are free.",
            "Close other programs, or open a smaller scan.",
        )


def in_words(size: int) -> str:
    """Return a number of bytes for a sentence: `"412 MiB"`, `"1.5 GiB"`."""
    value, units = float(size), ["bytes", "KiB", "MiB", "GiB", "TiB"]
    while value >= 1024 and len(units) > 1:
        value /= 1024
        units.pop(0)
    return (
        f"{value:.1f} {units[0]}"
        if value < 10 and units[0] != "bytes"
        else f"{value:.0f} {units[0]}"
    )
