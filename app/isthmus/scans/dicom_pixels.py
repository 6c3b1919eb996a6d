"""Decoding the pixels of DICOM slices into one array, in the type in which they are stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.dicom_frames import Frame, Header
from isthmus.work import CancelToken, Progress

_COPY_AGAIN = "Copy the series again from its source."


@dataclass(frozen=True)
class Pixels:
    """The voxels of a series.

    Attributes:
        voxels: Axes (k, j, i), one k for each frame asked for.
        scale: Real value = voxel * scale + offset.
        offset: See scale.
    """

    voxels: npt.NDArray[np.generic]
    scale: float
    offset: float


def read_pixels(
    frames: Sequence[Frame],
    headers: Mapping[Path, Header],
    *,
    progress: Progress,
    cancel: CancelToken | None,
) -> Pixels:
    """Decode frames, in the order in which they are given.

    Where every slice has the same slope and intercept, voxels stay as stored and those two are
    returned; where they differ, as PET and some MR have them, the voxels are real values in
    float32.

    Raises:
        ScanError: A file is cut short, damaged, or compressed in a way that cannot be decoded.
        Cancelled: `cancel` was set.
    """
    scalings = {(frame.slope, frame.intercept) for frame in frames}
    uniform = len(scalings) == 1
    stored = np.result_type(*{_stored_type(headers[frame.path]) for frame in frames})
    voxels: npt.NDArray[Any] | None = None
    done = 0
    for path, wanted in _by_file(frames).items():
        decoded = _decode(headers[path], [frame.index for _, frame in wanted])
        for (k, frame), plane in zip(wanted, decoded, strict=True):
            if voxels is None:
                # Pixels may be stored as real numbers, which headers alone do not tell.
                kind = plane.dtype if plane.dtype.kind == "f" else stored
                shape = (len(frames), frame.rows, frame.columns)
                voxels = np.empty(shape, dtype=kind if uniform else np.float32)
            voxels[k] = plane if uniform else plane * frame.slope + frame.intercept
            done += 1
            progress(done / len(frames), f"Reading slice {done} of {len(frames)}")
            if cancel is not None:
                cancel.check()
    if voxels is None:
        raise ValueError("no frames")
    scale, offset = scalings.pop() if uniform else (1.0, 0.0)
    return Pixels(voxels, scale, offset)


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


def _stored_type(header: Header) -> np.dtype[Any]:
    return np.dtype(f"{'i' if header.signed else 'u'}{header.bytes_per_voxel}")


def _decode(header: Header, indices: Sequence[int]) -> Iterator[npt.NDArray[Any]]:
    """Yield frames of one file, with axes (row, column).

    pydicom clears unused high bits and applies the sign.
    """
    from pydicom.pixels.utils import iter_pixels

    path, done = header.path, 0
    try:
        for plane in iter_pixels(path, indices=list(indices), raw=True):
            yield np.asarray(plane)
            done += 1
    except OSError:
        raise
    except Exception as error:  # each decoder raises its own kinds
        raise _explain(header, error, done) from error


def _explain(header: Header, error: Exception, done: int) -> ScanError:
    """Say why the pixels of a file cannot be had."""
    path = header.path
    if isinstance(error, NotImplementedError) or "missing dependencies" in str(error):
        return ScanError(
            path,
            f"{path.name} is compressed as {header.encoding}, which Isthmus cannot decode.",
            "Convert the series to uncompressed DICOM or to NIfTI.",
        )
    if isinstance(error, AttributeError | EOFError | ValueError):
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
