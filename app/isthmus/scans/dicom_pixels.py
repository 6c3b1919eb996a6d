"""The voxels of DICOM slices in one array, in the type in which they are stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.dicom_frames import Frame, Header
from isthmus.scans.dicom_pictures import PicturesEndError, grey_planes
from isthmus.scans.values import COLOURS
from isthmus.work import CancelToken, Progress

_COPY_AGAIN = "Copy the series again from its source."


@dataclass(frozen=True)
class Pixels:
    """The voxels of a series.

    Attributes:
        voxels: Axes (k, j, i), one k for each frame asked for.
        scale: Real value = voxel * scale + offset.
        offset: See scale.
        padding: Lowest and highest voxel that mean "no picture here"; None if there is none.
        warnings: Sentences on the values, for the person.
    """

    voxels: npt.NDArray[np.generic]
    scale: float
    offset: float
    padding: tuple[float, float] | None = None
    warnings: tuple[str, ...] = ()


def read_pixels(
    frames: Sequence[Frame],
    headers: Mapping[Path, Header],
    *,
    progress: Progress,
    cancel: CancelToken | None,
) -> Pixels:
    """Decode frames, in the order in which they are given.

    Where every slice has the same slope and intercept, voxels stay as stored and those two are
    returned; where they differ, as PET and some MR have them, no single pair fits: the voxels are
    real values in float32. Where a file has a table for its values, voxels are what it makes of
    them, and colours become luminance.

    Raises:
        ScanError: A file is cut short, damaged, or compressed in a way that cannot be decoded.
        Cancelled: `cancel` was set.
    """
    files = {frame.path: headers[frame.path] for frame in frames}
    scalings = {(frame.slope, frame.intercept) for frame in frames}
    uniform = len(scalings) == 1
    stored = np.result_type(*{_stored_type(frame, files[frame.path]) for frame in frames})
    voxels: npt.NDArray[Any] | None = None
    done = 0
    for path, wanted in _by_file(frames).items():
        decoded = _decode(files[path], [frame.index for _, frame in wanted])
        for (k, frame), plane in zip(wanted, decoded, strict=True):
            if voxels is None:
                # Pixels may be stored as real numbers, which headers alone do not tell.
                kind = plane.dtype if plane.dtype.kind == "f" else stored
                shape = (len(frames), *plane.shape)
                voxels = np.empty(shape, dtype=kind if uniform else np.float32)
            voxels[k] = plane if uniform else plane * frame.slope + frame.intercept
            done += 1
            progress(done / len(frames), f"Reading slice {done} of {len(frames)}")
            if cancel is not None:
                cancel.check()
    if voxels is None:
        raise ValueError("no frames")
    scale, offset = scalings.pop() if uniform else (1.0, 0.0)
    padding, about_padding = _padding(voxels, list(files.values()), uniform)
    warnings = [*_notes(list(files.values())), *about_padding]
    if not uniform:
        slopes = sorted({frame.slope for frame in frames})
        warnings.append(
            f"The slices are scaled each in its own way (slopes from {slopes[0]:.4g} to "
            f"{slopes[-1]:.4g}): voxels hold real values, rounded to 7 digits."
        )
    return Pixels(voxels, scale, offset, padding, tuple(warnings))


def _by_file(frames: Sequence[Frame]) -> dict[Path, list[tuple[int, Frame]]]:
    """Return the frames of each file with their k, in the file's order.

    Read forwards, a file that is cut short tells how many of its frames are there.
    """
    files: dict[Path, list[tuple[int, Frame]]] = {}
    for k, frame in enumerate(frames):
        files.setdefault(frame.path, []).append((k, frame))
    for wanted in files.values():
        wanted.sort(key=lambda place: place[1].index)
    return files


def _stored_type(frame: Frame, header: Header) -> np.dtype[Any]:
    if frame.table:
        return np.dtype("u1" if frame.table <= 8 else "u2")
    return np.dtype(f"{'i' if header.signed else 'u'}{header.bytes_per_voxel}")


def _notes(headers: Sequence[Header]) -> list[str]:
    """Return what is to be said of the values, each sentence once."""
    notes = [note for header in headers for note in header.notes]
    if any(header.colour for header in headers):
        notes.append(COLOURS)
    return list(dict.fromkeys(notes))


def _padding(
    voxels: npt.NDArray[Any], headers: Sequence[Header], uniform: bool
) -> tuple[tuple[float, float] | None, list[str]]:
    """Return the padding of all files, if they agree on it and it is there, and say so."""
    said = {header.padding for header in headers}
    (ends,) = said if len(said) == 1 else (None,)
    # A table or a scale of each slice's own has turned padding into other values.
    if ends is None or not uniform or any(frame.table for frame in headers[0].frames):
        return None, []
    count = sum(int(np.count_nonzero((plane >= ends[0]) & (plane <= ends[1]))) for plane in voxels)
    if count == 0:
        return None, []
    words = f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    sentence = (
        f"{count:,} of {voxels.size:,} voxels are padding (stored as {words}): they stay as they "
        "are, but count for no window."
    )
    return (float(ends[0]), float(ends[1])), [sentence]


def _decode(header: Header, indices: Sequence[int]) -> Iterator[npt.NDArray[Any]]:
    """Yield frames of one file, with axes (row, column)."""
    done = 0
    try:
        for plane in grey_planes(header.path, indices):
            yield plane
            done += 1
    except (OSError, MemoryError):
        raise
    except Exception as error:  # each decoder raises its own kinds
        raise _explain(header, error, done) from error


def _explain(header: Header, error: Exception, done: int) -> ScanError:
    """Say why the pixels of a file cannot be had."""
    path = header.path
    if isinstance(error, NotImplementedError):
        return ScanError(
            path,
            f"{path.name} is compressed as {header.encoding}, which Isthmus cannot decode.",
            "Convert the series to uncompressed DICOM or to NIfTI.",
        )
    if isinstance(error, PicturesEndError):
        frames = len(header.frames)
        there = (
            f"{done} of its {frames} slices are there" if frames > 1 else "its picture ends early"
        )
        return ScanError(path, f"{path.name} is cut short: {there}.", _COPY_AGAIN)
    return ScanError(
        path,
        f"{path.name} is damaged: its {header.encoding} pixels cannot be decoded.",
        _COPY_AGAIN,
    )
