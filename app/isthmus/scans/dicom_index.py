"""Finding the series among files, from headers alone."""

import dataclasses
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.dicom_files import Files, LeftOut, gather
from isthmus.scans.dicom_frames import DamagedFileError, Header, NotAnImageError
from isthmus.scans.dicom_headers import read_header
from isthmus.scans.dicom_kinds import kind_of
from isthmus.scans.dicom_parts import Part, divide
from isthmus.work import CancelToken, Progress, no_progress

WHAT_OPENS = "Open a NIfTI file (.nii, .nii.gz), a DICOM file, or a folder with DICOM files."
# Of the listing of an archive, the part that unpacking takes.
_UNPACKING = 0.5
Neighbours = tuple[tuple[str, tuple[Path, ...]], ...]
_Key = tuple[str, str]
# Seconds between two reports of what was found.
_REPORT_EVERY = 0.1


@dataclass(frozen=True)
class Series:
    """One thing in a folder that can be opened as a scan.

    Attributes:
        uid: Series instance UID.
        description: What the scanner called it; may be empty.
        modality: `"MR"`, `"CT"`, …
        n_slices: Number of slices of its first part.
        rows: Of the first slice.
        columns: Of the first slice.
        date: When it was made, `YYYYMMDD`, or empty. It may identify a patient: show it only to
            those who ask for it.
        files: Its files, in the order of their names.
        parts: Names of the volumes that it holds, such as `"b 1000"`, the one to open first;
            empty if it is one volume.
        kind: What it is if not slices through a patient, such as `"localizer"` or `"screenshot"`;
            else empty.
        headers: Of its files.
        volumes: The frames of each part.
        copies: Files that are there twice.
        neighbours: Name and files of every series of the collection, this one among them.
        beside: Files that are part of no series, each with the reason.
        warnings: What is odd about it, in sentences.
        collection: Where it was found. An archive stays unpacked as long as this is there.
    """

    uid: str
    description: str
    modality: str
    n_slices: int
    rows: int
    columns: int
    date: str
    files: tuple[Path, ...]
    parts: tuple[str, ...] = ()
    kind: str = ""
    headers: tuple[Header, ...] = field(default=(), repr=False, compare=False)
    volumes: tuple[Part, ...] = field(default=(), repr=False, compare=False)
    copies: tuple[Path, ...] = field(default=(), repr=False, compare=False)
    neighbours: Neighbours = field(default=(), repr=False, compare=False)
    beside: LeftOut = field(default=(), repr=False, compare=False)
    warnings: tuple[str, ...] = field(default=(), repr=False, compare=False)
    collection: Files = field(default=Files(()), repr=False, compare=False)

    @property
    def n_files(self) -> int:
        """Number of files."""
        return len(self.files)

    @property
    def left_out(self) -> LeftOut:
        """Files of the collection that are not part of this series, each with the reason."""
        copies = tuple((path, "is a copy of another file") for path in self.copies)
        elsewhere = tuple(
            (path, f"belongs to another series, {name}")
            for name, files in self.neighbours
            if files is not self.files
            for path in files
        )
        return (*copies, *elsewhere, *self.beside)

    @property
    def name(self) -> str:
        """The description in quotation marks, or the UID, for a sentence."""
        return f"“{self.description}”" if self.description else self.uid


@dataclass(frozen=True)
class Found:
    """What a folder holds: series, that to open first; other files; files that cannot be read."""

    series: tuple[Series, ...]
    others: LeftOut = ()
    damaged: LeftOut = ()


def index_of(
    path: Path,
    *,
    found: Callable[[tuple[Series, ...]], None] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Files, Found]:
    """Gather the files of a collection, and group them by series.

    Args are those of `list_series`.
    """
    unpacked = 0.0 if path.is_dir() else _UNPACKING
    files = gather(path, progress=part_of(progress, 0, unpacked), cancel=cancel)
    return files, index(files, found=found, progress=part_of(progress, unpacked, 1), cancel=cancel)


def beside(path: Path) -> tuple[Header, Files]:
    """Return the header of a file, and the files among which its series lies.

    A file of many frames is a series by itself; others are looked for in the same folder.

    Raises:
        ScanError: It is not a DICOM picture, or damaged.
        OSError: It cannot be read.
    """
    try:
        header = read_header(path)
    except DamagedFileError as error:
        raise damaged_file(path, str(error)) from error
    except NotAnImageError as error:
        raise ScanError(path, f"{path.name} is not a scan: {error}.", WHAT_OPENS) from error
    if header.multiframe:
        return header, Files((path,))
    every = (file for file in path.parent.iterdir() if file.is_file())
    return header, Files(tuple(sorted(every, key=lambda file: file.name)))


def series_of(path: Path, header: Header, series: Iterable[Series]) -> Series:
    """Return the series to which a file belongs; if it is a copy, that of the other file."""
    alike = [one for one in series if one.uid == header.series]
    return next((one for one in alike if path in one.files), alike[0])


def damaged_file(path: Path, reason: str) -> ScanError:
    """Return the error that a file cannot be read."""
    return ScanError(path, f"{path.name} cannot be read: {reason}.", "Copy the file again.")


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress call for a part of the work."""

    def told(fraction: float, text: str = "") -> None:
        progress(start + (end - start) * fraction, text)

    return told


def index(
    files: Files,
    *,
    found: Callable[[tuple[Series, ...]], None] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Found:
    """Read every header and group them by series.

    Args are those of `list_series`.
    """
    by_key: dict[_Key, list[Header]] = defaultdict(list)
    made: dict[_Key, Series] = {}
    others = list(files.left_out)
    damaged: list[tuple[Path, str]] = []
    next_report = time.monotonic() + _REPORT_EVERY
    for n, path in enumerate(files.paths):
        if cancel is not None:
            cancel.check()
        progress(n / len(files.paths), f"Looking at file {n + 1} of {len(files.paths)}")
        try:
            header = read_header(path)
        except NotAnImageError as error:
            others.append((path, str(error)))
        except DamagedFileError as error:
            damaged.append((path, str(error)))
        except OSError as error:
            damaged.append((path, error.strerror or str(error)))
        else:
            by_key[_key(header)].append(header)
            made.pop(_key(header), None)
        started = time.monotonic()
        if found is not None and by_key and started >= next_report:
            _make(made, by_key, files)
            found(_in_order(made.values()))
            now = time.monotonic()
            next_report = now + max(_REPORT_EVERY, 5 * (now - started))
    _make(made, by_key, files)
    others_too, damaged_too = tuple(others), tuple(damaged)
    warnings = (*files.warnings, *(f"{path.name} is left out: {why}." for path, why in damaged[:3]))
    if len(damaged) > 3:
        warnings += (f"{len(damaged) - 3} more files that cannot be read are left out.",)
    in_order = _in_order(made.values())
    neighbours = tuple((one.name, one.files) for one in in_order)
    beside_all = (*others_too, *damaged_too)
    series = tuple(
        dataclasses.replace(one, neighbours=neighbours, beside=beside_all, warnings=warnings)
        for one in in_order
    )
    if found is not None:
        found(series)
    return Found(series, others_too, damaged_too)


def _key(header: Header) -> _Key:
    """Return what files of a series share: their UID, or else what they say of themselves."""
    return header.series, "" if header.series else f"{header.modality} {header.description}"


def _make(made: dict[_Key, Series], by_key: dict[_Key, list[Header]], files: Files) -> None:
    """Make those series of which there are headers that came since."""
    for key, headers in by_key.items():
        if key not in made:
            made[key] = _series(headers, files)


def _series(headers: Sequence[Header], files: Files) -> Series:
    kept, copies = _without_copies(headers)
    first = kept[0]
    parts = divide([frame for header in kept for frame in header.frames])
    return Series(
        uid=first.series,
        description=first.description,
        modality=first.modality,
        n_slices=len(parts[0].frames),
        rows=parts[0].frames[0].rows,
        columns=parts[0].frames[0].columns,
        date=first.date,
        files=tuple(header.path for header in kept),
        parts=tuple(part.label for part in parts) if len(parts) > 1 else (),
        kind=kind_of(kept, parts),
        headers=tuple(kept),
        volumes=parts,
        copies=tuple(header.path for header in copies),
        collection=files,
    )


def _without_copies(headers: Sequence[Header]) -> tuple[list[Header], list[Header]]:
    """Drop files that are there twice, as on discs that were copied into one folder."""
    seen: set[object] = set()
    kept: list[Header] = []
    copies: list[Header] = []
    for header in headers:
        first = header.frames[0]
        same = (header.instance, first.number, first.position, first.marks, len(header.frames))
        if header.instance and same in seen:
            copies.append(header)
        else:
            kept.append(header)
            seen.add(same)
    return kept, copies


def _in_order(series: Iterable[Series]) -> tuple[Series, ...]:
    """Sort series: slices of a patient first, then by their number."""
    return tuple(sorted(series, key=lambda one: (one.kind != "", -one.n_slices, one.uid)))
