"""Reading DICOM, from a folder, one classic file or one enhanced file, into a `Volume`."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.dicom_frames import (
    DamagedFileError,
    Header,
    NotAnImageError,
)
from isthmus.scans.dicom_geometry import Arrangement, arrange
from isthmus.scans.dicom_headers import read_header
from isthmus.scans.dicom_pixels import read_pixels
from isthmus.scans.failures import explained
from isthmus.scans.memory import check_memory
from isthmus.scans.values import check_values
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress

WHAT_OPENS = "Open a NIfTI file (.nii, .nii.gz), a DICOM file, or a folder with DICOM files."
# Of the whole progress, the part that headers take.
_HEADERS = 0.3
LeftOut = tuple[tuple[Path, str], ...]


@dataclass(frozen=True)
class Series:
    """One thing in a folder that can be opened as a scan.

    Attributes:
        uid: Series instance UID.
        description: What the scanner called it; may be empty.
        modality: `"MR"`, `"CT"`, …
        n_slices: Number of slices.
        rows: Of the first slice.
        columns: Of the first slice.
        date: When it was made, `YYYYMMDD`, or empty. It may identify a patient: show it only to
            those who ask for it.
        files: Its files, in the order of their names.
        mosaic: Whether it is a Siemens mosaic, which cannot be opened yet.
    """

    uid: str
    description: str
    modality: str
    n_slices: int
    rows: int
    columns: int
    date: str
    files: tuple[Path, ...]
    mosaic: bool

    @property
    def n_files(self) -> int:
        """Number of files."""
        return len(self.files)

    @property
    def name(self) -> str:
        """The description in quotation marks, or the UID, for a sentence."""
        return f"“{self.description}”" if self.description else self.uid


@dataclass(frozen=True)
class _Group:
    series: Series
    headers: tuple[Header, ...]


@dataclass(frozen=True)
class _Folder:
    """What a folder holds: series, largest first; other files; files that cannot be read."""

    groups: tuple[_Group, ...]
    others: LeftOut
    damaged: LeftOut


def dicom_series(
    folder: Path | str,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Series, ...]:
    """List the DICOM series in a folder and the folders in it, largest first.

    Only headers are read. An enhanced multi-frame file stands alone, even if others share its UID.

    Raises:
        ScanError: The folder cannot be read.
        Cancelled: `cancel` was set.
    """
    folder = Path(folder).absolute()
    with explained(folder):
        found = _scan(_files_below(folder), progress, cancel)
    return tuple(group.series for group in found.groups)


def read_dicom_folder(
    folder: Path,
    *,
    series: str = "",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read one series from a folder and the folders in it.

    Args:
        folder: Where to look; the names of files do not matter.
        series: Series instance UID; empty opens the series with most slices.
        progress: Told which slice is being read.
        cancel: Checked between files.
        available: Bytes of memory that may be taken; None asks the system.

    Raises:
        ScanError: There is no such series, or its files are damaged.
        OutOfMemoryError: It would not fit into memory; no pixels were read.
        Cancelled: `cancel` was set.
        OSError: The folder cannot be read.
    """
    files = _files_below(folder)
    if not files:
        raise ScanError(
            folder, f"The folder {folder.name} is empty.", "Open a folder with DICOM files."
        )
    found = _scan(files, progress, cancel)
    if not found.groups:
        raise _no_scan(folder, files, found)
    chosen = _choose(folder, found, series)
    warnings: list[str] = []
    if len(found.groups) > 1 and not series:
        warnings.append(
            f"The folder holds {len(found.groups)} series. The one with most slices is open: "
            f"{chosen.series.name}, {chosen.series.n_slices} slices."
        )
    return _read(folder, chosen, found, warnings, progress, cancel, available)


def read_dicom_file(
    path: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read an enhanced file, or the series in its folder to which a classic file belongs.

    Args and errors are those of `read_dicom_folder`.
    """
    try:
        header = read_header(path)
    except DamagedFileError as error:
        raise _damaged(path, str(error)) from error
    except NotAnImageError as error:
        raise ScanError(path, f"{path.name} is not a scan: {error}.", WHAT_OPENS) from error
    warnings: list[str] = []
    if header.multiframe:
        found = _Folder((_group([header]),), (), ())
        chosen = found.groups[0]
    else:
        beside = [file for file in _in_order(path.parent.iterdir()) if file.is_file()]
        found = _scan(beside, progress, cancel)
        chosen = next(
            group for group in found.groups if any(one.path == path for one in group.headers)
        )
        if len(chosen.headers) > 1:
            warnings.append(
                f"{path.name} is one of {len(chosen.headers)} slices. The whole series is open."
            )
    return _read(path, chosen, found, warnings, progress, cancel, available)


def _files_below(folder: Path) -> list[Path]:
    """List the files in a folder and below, in the order of their names, hidden ones too."""

    def fail(error: OSError) -> None:
        raise error

    found = []
    for parent, folders, names in os.walk(folder, onerror=fail):
        folders.sort()  # in place: it is the order in which they are walked
        for path in (Path(parent) / name for name in sorted(names)):
            # Reading a pipe or a device would wait for ever. A broken link is told of later.
            if path.is_file() or not path.exists():
                found.append(path)
    return found


def _in_order(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.name)


def _scan(files: Sequence[Path], progress: Progress, cancel: CancelToken | None) -> _Folder:
    """Read every header and group them by series."""
    by_series: dict[tuple[str, str], list[Header]] = defaultdict(list)
    others: list[tuple[Path, str]] = []
    damaged: list[tuple[Path, str]] = []
    for n, path in enumerate(files):
        if cancel is not None:
            cancel.check()
        progress(_HEADERS * n / len(files), f"Looking at file {n + 1} of {len(files)}")
        try:
            header = read_header(path)
        except NotAnImageError as error:
            others.append((path, str(error)))
        except DamagedFileError as error:
            damaged.append((path, str(error)))
        except OSError as error:
            damaged.append((path, error.strerror or str(error)))
        else:
            by_series[header.series, str(path) if header.multiframe else ""].append(header)
    groups = sorted(
        (_group(headers) for headers in by_series.values()),
        # A mosaic cannot be opened: it must not be chosen for its size.
        key=lambda group: (group.series.mosaic, -group.series.n_slices, group.series.uid),
    )
    return _Folder(tuple(groups), tuple(others), tuple(damaged))


def _group(headers: Sequence[Header]) -> _Group:
    first = headers[0]
    series = Series(
        uid=first.series,
        description=first.description,
        modality=first.modality,
        n_slices=sum(len(header.frames) for header in headers),
        rows=first.frames[0].rows,
        columns=first.frames[0].columns,
        date=first.date,
        files=tuple(header.path for header in headers),
        mosaic=first.mosaic,
    )
    return _Group(series, tuple(headers))


def _choose(folder: Path, found: _Folder, uid: str) -> _Group:
    for group in found.groups:
        if uid in ("", group.series.uid):
            return group
    raise ScanError(
        folder,
        f"The folder {folder.name} holds no series {uid}.",
        "It holds " + ", ".join(group.series.uid for group in found.groups) + ".",
    )


def _no_scan(folder: Path, files: Sequence[Path], found: _Folder) -> ScanError:
    if found.damaged:
        path, reason = found.damaged[0]
        return _damaged(path, reason)
    nifti = [path for path in files if path.name.lower().endswith((".nii", ".nii.gz"))]
    remedy = f"Open {nifti[0].name} itself." if nifti else "Open a folder with DICOM files."
    (reason, _), *_ = Counter(reason for _, reason in found.others).most_common(1)
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    return ScanError(folder, f"The folder {folder.name} holds no scan: {count}, {reason}.", remedy)


def _damaged(path: Path, reason: str) -> ScanError:
    return ScanError(path, f"{path.name} cannot be read: {reason}.", "Copy the file again.")


def _read(
    asked: Path,
    group: _Group,
    found: _Folder,
    warnings: list[str],
    progress: Progress,
    cancel: CancelToken | None,
    available: int | None,
) -> Volume:
    """Read the pixels of one series."""
    if group.series.mosaic:
        raise ScanError(
            asked,
            f"{asked.name} is a mosaic: each picture holds many slices side by side.",
            "Convert it with dcm2niix, and open the result.",
        )
    if group.series.n_slices == 1 and not group.headers[0].frames[0].placed:
        raise ScanError(
            asked,
            f"{asked.name} is a single 2-D picture, not a scan of slices.",
            "Open the folder of the whole series.",
        )
    headers = {header.path: header for header in group.headers}
    arrangement = arrange([frame for header in group.headers for frame in header.frames])
    first = headers[arrangement.frames[0].path]
    frames = arrangement.frames
    n_voxels = len(frames) * frames[0].rows * frames[0].columns
    check_memory(asked, n_voxels * first.bytes_per_voxel, available)
    pixels = read_pixels(
        frames,
        headers,
        progress=lambda part, text="": progress(_HEADERS + (1 - _HEADERS) * part, text),
        cancel=cancel,
    )
    voxels, about_values = check_values(pixels.voxels)
    warnings += arrangement.warnings
    warnings += about_values
    warnings += [f"{path.name} is left out: {reason}." for path, reason in found.damaged[:3]]
    if len(found.damaged) > 3:
        warnings.append(f"{len(found.damaged) - 3} more files that cannot be read are left out.")
    if first.inverted:
        warnings.append("The file means its lowest value to be white. It is shown black.")
    lossy = next((header.lossy for header in group.headers if header.lossy), "")
    if lossy:
        warnings.append(f"The file was already compressed with loss: {lossy}.")
    return Volume(
        voxels=voxels,
        affine=arrangement.affine,
        scale=pixels.scale,
        offset=pixels.offset,
        unit=first.unit,
        modality=first.modality,
        windows=frames[len(frames) // 2].windows,
        orientation_known=arrangement.orientation_known,
        source=Source(
            paths=tuple(dict.fromkeys(frame.path for frame in frames)),
            title=group.series.description or f"{first.modality} series".strip(),
            kind="DICOM, enhanced" if first.multiframe else "DICOM",
            series=group.series.uid,
            # Twelve bits in words of sixteen are twelve: padding would flatter every ratio.
            stored_bytes=-(-n_voxels * first.bits // 8),
            left_out=_left_out(group, found, arrangement),
            warnings=tuple(warnings),
            sequence=first.sequence,
            lossy=lossy,
        ),
    )


def _left_out(group: _Group, found: _Folder, arrangement: Arrangement) -> LeftOut:
    used = {frame.path for frame in arrangement.frames}
    dropped = {
        frame.path: reason for frame, reason in arrangement.left_out if frame.path not in used
    }
    elsewhere = [
        (header.path, f"belongs to another series, {other.series.name}")
        for other in found.groups
        if other is not group
        for header in other.headers
    ]
    return (*dropped.items(), *elsewhere, *found.others, *found.damaged)
