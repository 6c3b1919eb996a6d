"""ZIP archives of scans, unpacked into a temporary folder for as long as they are needed.

Scans are decoded from files, some of them slice by slice and much later than the archive was
listed; a folder costs disk instead of memory for that. Only members that begin as DICOM does are
unpacked. An archive may announce much more than its size: what it announces is added up first.
"""

import lzma
import shutil
import struct
import tempfile
import weakref
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.dicom_headers import begins_as_dicom
from isthmus.work import CancelToken, Progress

# DICOM shrinks to a half or a third; empty pictures to a thousandth, but they are few.
_MOST_RATIO = 100
_ALWAYS_ALLOWED = 1 << 30
_MOST_MEMBERS = 200_000
_SPARE_DISK = 1 << 30
_LOCKED = 1  # a flag of a member
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
)


@dataclass(frozen=True)
class Unpacked:
    """What was unpacked. The files are removed when this is no longer referred to.

    Attributes:
        path: The archive.
        folder: Where its files lie.
        left_out: Members that were not unpacked, each with the reason.
    """

    path: Path
    folder: Path
    left_out: tuple[tuple[Path, str], ...]

    def shown(self, path: Path) -> Path:
        """Return how a person knows an unpacked file: as one in the archive."""
        if path.is_relative_to(self.folder):
            return self.path / path.relative_to(self.folder)
        return path


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive, by its content.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


def unpack(path: Path, *, progress: Progress, cancel: CancelToken | None) -> Unpacked:
    """Unpack the DICOM files of an archive.

    Args:
        path: The archive.
        progress: Told the fraction done.
        cancel: Checked between members.

    Raises:
        ScanError: It is damaged, locked with a password, or absurdly large when unpacked.
        Cancelled: `cancel` was set.
        OSError: It cannot be read, or there is no room for it.
    """
    folder = Path(tempfile.mkdtemp(prefix="isthmus-")).resolve()
    try:
        with zipfile.ZipFile(path) as archive:
            left_out = _extract(path, archive, folder, progress, cancel)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, _DAMAGE):
            raise ScanError(
                path,
                f"{path.name} is damaged, or packed in an unknown way.",
                "Copy the archive again, or unpack it with another program and open the folder.",
            ) from error
        raise
    unpacked = Unpacked(path, folder, left_out)
    weakref.finalize(unpacked, shutil.rmtree, folder, ignore_errors=True)
    return unpacked


def _extract(
    path: Path,
    archive: zipfile.ZipFile,
    folder: Path,
    progress: Progress,
    cancel: CancelToken | None,
) -> tuple[tuple[Path, str], ...]:
    """Unpack what may be DICOM, and return the other members with the reason."""
    left_out = []
    members = [member for member in archive.infolist() if not member.is_dir()]
    _check_size(path, members, folder)
    if any(member.flag_bits & _LOCKED for member in members):
        raise ScanError(
            path, f"{path.name} is locked with a password.", "Unpack it, and open the folder."
        )
    for n, member in enumerate(members):
        if cancel is not None:
            cancel.check()
        progress(n / len(members), f"Unpacking file {n + 1} of {len(members)}")
        with archive.open(member) as file:
            dicom = begins_as_dicom(file.read(132))
        if dicom:
            # It cleans names that lead elsewhere, and reads no more than was announced.
            archive.extract(member, folder)
        else:
            left_out.append((path / member.filename, "not DICOM"))
    return tuple(left_out)


def _check_size(path: Path, members: list[zipfile.ZipInfo], folder: Path) -> None:
    """Refuse an archive that would fill the disk before anything is unpacked."""
    total = sum(member.file_size for member in members)
    most = max(_ALWAYS_ALLOWED, _MOST_RATIO * path.stat().st_size)
    free = shutil.disk_usage(folder).free - _SPARE_DISK
    if len(members) > _MOST_MEMBERS or total > most:
        raise ScanError(
            path,
            f"{path.name} announces {len(members)} files of {total / 2**30:.3g} GiB, far more than "
            "an archive of its size holds.",
            "Unpack it with another program, and open the folder.",
        )
    if total > free:
        raise ScanError(
            path,
            f"{path.name} needs {total / 2**30:.3g} GiB to be unpacked, and the disk has "
            f"{max(free, 0) / 2**30:.3g} GiB to spare.",
            "Make room on the disk.",
        )
