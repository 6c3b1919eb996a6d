"""The DICOM series in a folder: listed from headers alone, then read one by one."""

import dataclasses
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from isthmus.errors import ScanError
from isthmus.scans.dicom_files import Files, LeftOut, gather
from isthmus.scans.dicom_frames import DamagedFileError, Frame, Header, NotAnImageError
from isthmus.scans.dicom_geometry import Arrangement, arrange
from isthmus.scans.dicom_headers import read_header
from isthmus.scans.dicom_kinds import kind_of
from isthmus.scans.dicom_mosaic import read_slices
from isthmus.scans.dicom_parts import Part, divide
from isthmus.scans.failures import explained
from isthmus.scans.memory import check_memory
from isthmus.scans.values import check_values
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress

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
        left_out: Files beside it that are not part of it, each with the reason.
        warnings: What is odd about it, in sentences.
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
    left_out: LeftOut = field(default=(), repr=False, compare=False)
    warnings: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def n_files(self) -> int:
        """Number of files."""
        return len(self.files)

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


def list_series(
    path: Path | str,
    *,
    found: Callable[[tuple[Series, ...]], None] | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Series, ...]:
    """List the DICOM series in a folder and the folders in it.

    Those with slices of a patient come first, the largest before the others. Only headers are read.

    Args:
        path: A folder.
        found: Told of the series so far, as they are found, at most ten times a second.
        progress: Told the fraction done and which file is being looked at.
        cancel: Checked between files.

    Raises:
        ScanError: The folder cannot be read.
        Cancelled: `cancel` was set.
    """
    path = Path(path).absolute()
    with explained(path):
        files = gather(path)
        return index(files, found=found, progress=progress, cancel=cancel).series


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
    by_uid: dict[str, list[Header]] = defaultdict(list)
    made: dict[str, Series] = {}
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
            by_uid[header.series].append(header)
            made.pop(header.series, None)
        started = time.monotonic()
        if found is not None and by_uid and started >= next_report:
            _make(made, by_uid)
            found(_in_order(made.values()))
            now = time.monotonic()
            next_report = now + max(_REPORT_EVERY, 5 * (now - started))
    _make(made, by_uid)
    others_too, damaged_too = tuple(others), tuple(damaged)
    warnings = (*files.warnings, *(f"{path.name} is left out: {why}." for path, why in damaged[:3]))
    if len(damaged) > 3:
        warnings += (f"{len(damaged) - 3} more files that cannot be read are left out.",)
    series = tuple(
        dataclasses.replace(
            one,
            left_out=(*one.left_out, *_of_others(one, made.values()), *others_too, *damaged_too),
            warnings=(*one.warnings, *warnings),
        )
        for one in _in_order(made.values())
    )
    if found is not None:
        found(series)
    return Found(series, others_too, damaged_too)


def read_series(
    series: Series,
    part: int = 0,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read one of the series that `list_series` found.

    Args:
        series: Which.
        part: Which of `series.parts`, from 0.
        progress: Told the fraction done and which slice is being read.
        cancel: Checked between slices.
        available: Bytes of memory that may be taken; None asks the system.

    Raises:
        ScanError: Its files are damaged, or there is no such part.
        OutOfMemoryError: It would not fit into memory; no pixels were read.
        Cancelled: `cancel` was set.
    """
    with explained(series.files[0]):
        arrangement = _arranged(series, part)
        frames = arrangement.frames
        first = _header(series, frames[0])
        n_voxels = len(frames) * frames[0].rows * frames[0].columns
        check_memory(series.files[0], n_voxels * first.bytes_per_voxel, available)
        return _volume(series, part, arrangement, frames, progress, cancel)


def first_look(series: Series, part: int = 0) -> Volume:
    """Read only the middle slice of a series.

    Returns:
        A volume of one slice, placed, windowed and scaled as it is in the whole.

    Raises:
        ScanError: Its files are damaged, or there is no such part.
    """
    with explained(series.files[0]):
        arrangement = _arranged(series, part)
        frames = arrangement.frames
        middle = len(frames) // 2
        affine = arrangement.affine.copy()
        affine[:, 3] = arrangement.affine @ (0, 0, middle, 1)
        arrangement = dataclasses.replace(arrangement, affine=affine)
        volume = _volume(series, part, arrangement, frames[middle : middle + 1], no_progress, None)
        if len({(frame.slope, frame.intercept) for frame in frames}) == 1:
            return volume
        real = volume.real(volume.voxels).astype(np.float32)
        return dataclasses.replace(volume, voxels=real, scale=1.0, offset=0.0)


def _make(made: dict[str, Series], by_uid: dict[str, list[Header]]) -> None:
    """Make those series of which there are headers that came since."""
    for uid, headers in by_uid.items():
        if uid not in made:
            made[uid] = _series(headers)


def _series(headers: Sequence[Header]) -> Series:
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
        left_out=tuple((header.path, "is a copy of another file") for header in copies),
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


def _of_others(series: Series, every: Iterable[Series]) -> LeftOut:
    return tuple(
        (path, f"belongs to another series, {other.name}")
        for other in _in_order(every)
        if other.uid != series.uid
        for path in other.files
    )


def _arranged(series: Series, part: int) -> Arrangement:
    """Put the slices of a part in order, or say why there are none."""
    folder = series.files[0].parent
    if not 0 <= part < len(series.volumes):
        raise ScanError(
            folder,
            f"The series {series.name} has no such part.",
            f"It has {', '.join(series.parts)}." if series.parts else "It is one volume.",
        )
    if series.kind == "mosaic":
        raise ScanError(
            folder,
            f"{folder.name} is a mosaic that does not say how many slices it holds.",
            "Convert it with dcm2niix, and open the result.",
        )
    frames = series.volumes[part].frames
    if len(frames) == 1 and not frames[0].placed:
        raise ScanError(
            series.files[0],
            f"{series.files[0].name} is a single 2-D picture, not a scan of slices.",
            "Open the folder of the whole series.",
        )
    return arrange(frames)


def _header(series: Series, frame: Frame) -> Header:
    return next(header for header in series.headers if header.path == frame.path)


def _volume(
    series: Series,
    part: int,
    arrangement: Arrangement,
    frames: Sequence[Frame],
    progress: Progress,
    cancel: CancelToken | None,
) -> Volume:
    """Read the pixels of some frames of an arrangement into a volume with its affine."""
    first = _header(series, arrangement.frames[0])
    headers = {header.path: header for header in series.headers}
    pixels = read_slices(frames, headers, progress=progress, cancel=cancel)
    voxels, about_values = check_values(pixels.voxels)
    warnings = [*arrangement.warnings, *pixels.warnings, *about_values, *series.warnings]
    if first.inverted:
        warnings.append("The file means its lowest value to be white. It is shown so.")
    lossy = next((header.lossy for header in series.headers if header.lossy), "")
    if lossy:
        warnings.append(f"The file was already compressed with loss: {lossy}.")
    n_voxels = len(arrangement.frames) * first.frames[0].rows * first.frames[0].columns
    return Volume(
        voxels=voxels,
        affine=arrangement.affine,
        scale=pixels.scale,
        offset=pixels.offset,
        unit=first.unit,
        modality=first.modality,
        windows=arrangement.frames[len(arrangement.frames) // 2].windows,
        orientation_known=arrangement.orientation_known,
        inverted=first.inverted,
        padding=pixels.padding,
        source=Source(
            paths=tuple(dict.fromkeys(frame.path for frame in arrangement.frames)),
            title=series.description or f"{first.modality} series".strip(),
            kind="DICOM, enhanced" if first.multiframe else "DICOM",
            series=series.uid,
            # Twelve bits in words of sixteen are twelve: padding would flatter every ratio.
            stored_bytes=-(-n_voxels * first.bits // 8),
            left_out=_left_out(series, part, arrangement),
            warnings=tuple(warnings),
            sequence=first.sequence,
            lossy=lossy,
            parts=series.parts,
            part=part,
        ),
    )


def _left_out(series: Series, part: int, arrangement: Arrangement) -> LeftOut:
    used = {frame.path for frame in arrangement.frames}
    dropped = {
        frame.path: reason for frame, reason in arrangement.left_out if frame.path not in used
    }
    for n, other in enumerate(series.volumes):
        if n != part:
            for frame in other.frames:
                if frame.path not in used:
                    dropped[frame.path] = f"belongs to another part, {other.label}"
    return (*dropped.items(), *series.left_out)
