"""Opening DICOM by a path: the series of a folder, or that to which a file belongs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.archive import is_archive
from isthmus.scans.dicom_geometry import alike
from isthmus.scans.dicom_index import (
    Found,
    Series,
    beside,
    damaged_file,
    index,
    index_of,
    part_of,
    series_of,
)
from isthmus.scans.series import read_series
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

# Of the whole progress, the part that headers take.
_HEADERS = 0.3


def read_dicom_folder(
    folder: Path,
    *,
    series: str = "",
    part: int = 0,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read one series from a folder and the folders in it.

    Args:
        folder: Where to look; the names of files do not matter.
        series: Series instance UID; empty opens the series with most slices.
        part: Which of several volumes of the series, from 0.
        progress: Told which slice is being read.
        cancel: Checked between files.
        available: Bytes of memory that may be taken; None asks the system.

    Raises:
        ScanError: There is no such series or part, or its files are damaged.
        OutOfMemoryError: It would not fit into memory; no pixels were read.
        Cancelled: `cancel` was set.
        OSError: The folder cannot be read.
    """
    files, found = index_of(folder, progress=part_of(progress, 0, _HEADERS), cancel=cancel)
    if not files.paths and not found.others:
        raise ScanError(folder, f"{_called(folder)} is empty.", "Open a folder with DICOM files.")
    if not found.series:
        raise _no_scan(folder, found)
    chosen = _choose(folder, found, series)
    warnings: list[str] = []
    if len(found.series) > 1 and not series:
        warnings.append(
            f"The {_kind(folder)} holds {len(found.series)} series. The one with most slices is "
            f"open: {chosen.name}, {chosen.n_slices} slices."
        )
    return _read(chosen, part, warnings, progress, cancel, available)


def read_dicom_file(
    path: Path,
    *,
    part: int = 0,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read an enhanced file, or the series in its folder to which a classic file belongs.

    Args and errors are those of `read_dicom_folder`.
    """
    header, files = beside(path)
    found = index(files, progress=part_of(progress, 0, _HEADERS), cancel=cancel)
    chosen = series_of(path, header, found.series)
    warnings: list[str] = []
    if len(chosen.files) > 1:
        things = "files" if chosen.parts else "slices"
        warnings.append(
            f"{path.name} is one of {len(chosen.files)} {things}. The whole series is open."
        )
    return _read(chosen, part, warnings, progress, cancel, available)


def _read(
    chosen: Series,
    part: int,
    warnings: list[str],
    progress: Progress,
    cancel: CancelToken | None,
    available: int | None,
) -> Volume:
    if part == 0:
        warnings += _about_parts(chosen)
    volume = read_series(
        chosen,
        part,
        progress=part_of(progress, _HEADERS, 1),
        cancel=cancel,
        available=available,
    )
    source = replace(volume.source, warnings=(*warnings, *volume.source.warnings))
    return replace(volume, source=source)


def _about_parts(series: Series) -> list[str]:
    """Say that more than what is open can be seen."""
    first, *others = series.volumes
    elsewhere = [part for part in others if not alike(first.frames[0], part.frames[0])]
    here = 1 + len(others) - len(elsewhere)
    warnings = []
    if elsewhere:
        count = sum(len(part.frames) for part in elsewhere)
        total = sum(len(part.frames) for part in series.volumes)
        warnings.append(
            f"{count} slice{'s' if count > 1 else ''} of {total} with another size, angle or stack "
            "left out."
        )
    if here > 1:
        warnings.append(
            f"The series is 4-D. The first of its {here} volumes is open: {first.label}."
        )
    return warnings


def _choose(folder: Path, found: Found, uid: str) -> Series:
    for series in found.series:
        if uid in ("", series.uid):
            return series
    raise ScanError(
        folder,
        f"{_called(folder)} holds no series {uid}.",
        "It holds " + ", ".join(series.uid for series in found.series) + ".",
    )


def _no_scan(folder: Path, found: Found) -> ScanError:
    if found.damaged:
        path, reason = found.damaged[0]
        return damaged_file(path, reason)
    nifti = [path for path, _ in found.others if path.name.lower().endswith((".nii", ".nii.gz"))]
    remedy = "Open a folder with DICOM files."
    if nifti:
        remedy = f"Open {nifti[0].name} itself."
        if not folder.is_dir():
            remedy = f"Unpack it, and open {nifti[0].name}."
    (reason, _), *_ = Counter(reason for _, reason in found.others).most_common(1)
    count = "1 file" if len(found.others) == 1 else f"{len(found.others)} files"
    return ScanError(folder, f"{_called(folder)} holds no scan: {count}, {reason}.", remedy)


def _kind(path: Path) -> str:
    if path.is_dir():
        return "folder"
    return "archive" if is_archive(path) else "disc with"


def _called(path: Path) -> str:
    return f"The {_kind(path)} {path.name}"
