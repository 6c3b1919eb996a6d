"""Opening DICOM by a path: the series of a folder, or that to which a file belongs."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.dicom_files import Files, gather
from isthmus.scans.dicom_frames import DamagedFileError, NotAnImageError
from isthmus.scans.dicom_geometry import alike
from isthmus.scans.dicom_headers import read_header
from isthmus.scans.series import Found, Series, index, read_series
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

WHAT_OPENS = "Open a NIfTI file (.nii, .nii.gz), a DICOM file, or a folder with DICOM files."
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
    files = gather(folder)
    if not files.paths:
        raise ScanError(
            folder, f"The folder {folder.name} is empty.", "Open a folder with DICOM files."
        )
    found = index(files, progress=_part(progress, 0, _HEADERS), cancel=cancel)
    if not found.series:
        raise _no_scan(folder, files, found)
    chosen = _choose(folder, found, series)
    warnings: list[str] = []
    if len(found.series) > 1 and not series:
        warnings.append(
            f"The folder holds {len(found.series)} series. The one with most slices is open: "
            f"{chosen.name}, {chosen.n_slices} slices."
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
    try:
        header = read_header(path)
    except DamagedFileError as error:
        raise _damaged(path, str(error)) from error
    except NotAnImageError as error:
        raise ScanError(path, f"{path.name} is not a scan: {error}.", WHAT_OPENS) from error
    warnings: list[str] = []
    if header.multiframe:
        (chosen,) = index(Files((path,))).series
    else:
        beside = sorted(
            (file for file in path.parent.iterdir() if file.is_file()), key=lambda file: file.name
        )
        found = index(Files(tuple(beside)), progress=_part(progress, 0, _HEADERS), cancel=cancel)
        chosen = next(one for one in found.series if one.uid == header.series)
        if len(chosen.files) > 1:
            warnings.append(
                f"{path.name} is one of {len(chosen.files)} slices. The whole series is open."
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
        progress=_part(progress, _HEADERS, 1),
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


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Return a progress call for a part of the work."""

    def told(fraction: float, text: str = "") -> None:
        progress(start + (end - start) * fraction, text)

    return told


def _choose(folder: Path, found: Found, uid: str) -> Series:
    for series in found.series:
        if uid in ("", series.uid):
            return series
    raise ScanError(
        folder,
        f"The folder {folder.name} holds no series {uid}.",
        "It holds " + ", ".join(series.uid for series in found.series) + ".",
    )


def _no_scan(folder: Path, files: Files, found: Found) -> ScanError:
    if found.damaged:
        path, reason = found.damaged[0]
        return _damaged(path, reason)
    nifti = [path for path in files.paths if path.name.lower().endswith((".nii", ".nii.gz"))]
    remedy = f"Open {nifti[0].name} itself." if nifti else "Open a folder with DICOM files."
    (reason, _), *_ = Counter(reason for _, reason in found.others).most_common(1)
    n_files = len(found.others)
    count = "1 file" if n_files == 1 else f"{n_files} files"
    return ScanError(folder, f"The folder {folder.name} holds no scan: {count}, {reason}.", remedy)


def _damaged(path: Path, reason: str) -> ScanError:
    return ScanError(path, f"{path.name} cannot be read: {reason}.", "Copy the file again.")
