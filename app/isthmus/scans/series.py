"""The DICOM series in a folder, disc or archive: listed from headers, then read one by one."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from isthmus.errors import ScanError
from isthmus.scans.dicom_files import LeftOut, is_collection
from isthmus.scans.dicom_frames import Frame, Header
from isthmus.scans.dicom_geometry import Arrangement, arrange
from isthmus.scans.dicom_index import Series, beside, index, index_of, series_of
from isthmus.scans.dicom_mosaic import read_slices
from isthmus.scans.failures import explained
from isthmus.scans.memory import check_memory
from isthmus.scans.values import check_values
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress

__all__ = ["Series", "first_look", "list_series", "read_series"]


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
        path: A folder, a DICOMDIR, a ZIP archive of a folder, or a DICOM file: its series then.
        found: Told of the series so far, as they are found, at most ten times a second.
        progress: Told the fraction done and which file is being looked at.
        cancel: Checked between files.

    Raises:
        ScanError: It cannot be read.
        Cancelled: `cancel` was set.
    """
    path = Path(path).absolute()
    with explained(path):
        if is_collection(path):
            return index_of(path, found=found, progress=progress, cancel=cancel)[1].series
        header, files = beside(path)
        listed = index(files, progress=progress, cancel=cancel).series
        series = (series_of(path, header, listed),)
        if found is not None:
            found(series)
        return series


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
    with explained(_place(series)):
        arrangement = _arranged(series, part)
        frames = arrangement.frames
        first = _header(series, frames[0])
        n_voxels = len(frames) * frames[0].rows * frames[0].columns
        check_memory(_place(series), n_voxels * first.bytes_per_voxel, available)
        return _volume(series, part, arrangement, frames, progress, cancel)


def first_look(series: Series, part: int = 0) -> Volume:
    """Read only the middle slice of a series.

    Returns:
        A volume of one slice, placed, windowed and scaled as it is in the whole.

    Raises:
        ScanError: Its files are damaged, or there is no such part.
    """
    with explained(_place(series)):
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


def _arranged(series: Series, part: int) -> Arrangement:
    """Put the slices of a part in order, or say why there are none."""
    place = _place(series)
    if not 0 <= part < len(series.volumes):
        raise ScanError(
            place,
            f"The series {series.name} has no volume {part + 1}: it holds {len(series.volumes)}.",
            f"Choose one from 1 to {len(series.volumes)}.",
        )
    if series.kind == "mosaic":
        raise ScanError(
            place,
            f"{place.name} is a mosaic that does not say how many slices it holds.",
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


def _place(series: Series) -> Path:
    """Return the one path that a person knows a series by."""
    if series.collection.unpacked:
        return series.collection.unpacked.path
    return series.files[0] if len(series.files) == 1 else series.files[0].parent


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
            paths=_paths(series, arrangement),
            title=series.description or f"{first.modality} series".strip(),
            kind="DICOM, enhanced" if first.multiframe else "DICOM",
            series=series.uid,
            # Twelve bits in words of sixteen are twelve: padding would flatter every ratio.
            stored_bytes=-(-n_voxels * first.bits // 8),
            left_out=_left_out(series, part, arrangement),
            warnings=tuple(warnings),
            sequence=first.sequence,
            lossy=lossy,
            anonymous=all(header.anonymous for header in series.headers),
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
    shown = series.collection.shown
    return tuple((shown(path), reason) for path, reason in (*dropped.items(), *series.left_out))


def _paths(series: Series, arrangement: Arrangement) -> tuple[Path, ...]:
    """Return the files that were read; for those that were unpacked, the archive."""
    if series.collection.unpacked:
        return (series.collection.unpacked.path,)
    return tuple(dict.fromkeys(frame.path for frame in arrangement.frames))
