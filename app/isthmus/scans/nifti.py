"""Reading NIfTI files, `.nii` and `.nii.gz`, into a `Volume`.

The first axis of a NIfTI file runs fastest on disk, which is the order of a C-contiguous array
with axes (k, j, i): the bytes are taken as they are, and nothing is transposed.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.gzipped import ByteSource, DamagedStreamError
from isthmus.scans.memory import check_memory
from isthmus.scans.nifti_header import HEADER_BYTES, NiftiHeader, is_nifti, parse_header
from isthmus.scans.provenance import parse_description
from isthmus.scans.sequences import sequence_from_words
from isthmus.scans.values import check_values
from isthmus.scans.volume import Source, Volume, Window
from isthmus.work import CancelToken, Progress, no_progress

_SUFFIXES = (".nii.gz", ".nii")
_COPY_AGAIN = "Copy or download the file again."


def looks_like_nifti(path: Path) -> bool:
    """Whether the file begins as a NIfTI file, compressed or not, whatever its name."""
    import zlib

    with path.open("rb") as file:
        head = file.read(4096)
    if head[:2] == b"\x1f\x8b":
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEADER_BYTES)
        except zlib.error:
            return False
    return is_nifti(head)


def read_nifti(
    path: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read a NIfTI file.

    Args:
        path: A `.nii` or `.nii.gz` file.
        progress: Told which slice is being read.
        cancel: Checked between slices.
        available: Bytes of memory that may be taken; None asks the system.

    Returns:
        The volume; of a file with more than three dimensions, the first one.

    Raises:
        ScanError: It is damaged, cut short, or not a scan.
        OutOfMemoryError: It would not fit into memory; nothing was read.
        Cancelled: `cancel` was set.
    """
    progress(0.0, "Reading the file")
    source = ByteSource(path)
    try:
        head = source.read(HEADER_BYTES)
        header = parse_header(path, head)
        check_memory(path, header.voxel_bytes, available)
        voxels = _read_voxels(path, source, header, head, progress, cancel)
        whole = header.volumes > 1 or source.finish()
    except DamagedStreamError as error:
        raise ScanError(path, f"{path.name} is damaged: {error}.", _COPY_AGAIN) from error
    voxels, value_warnings = check_values(voxels)
    warnings = header.warnings + value_warnings
    if not whole:
        warnings += (f"{path.name} is cut short behind its last slice. All slices are there.",)
    if header.shape[0] == 1:
        warnings += (f"{path.name} holds one slice only.",)
    title = _title(path)
    marks = parse_description(header.description)
    sequence = sequence_from_words((title, header.description))
    modality = "CT" if sequence == "CT" else "MR" if sequence else ""
    ends = [float(end) * header.scale + header.offset for end in (voxels.min(), voxels.max())]
    return Volume(
        voxels=voxels,
        affine=header.affine,
        scale=header.scale,
        offset=header.offset,
        # Files do not name their unit. Only Hounsfield units go so far below zero.
        unit="HU" if modality == "CT" and min(ends) <= -500 else "",
        modality=modality,
        windows=tuple(window for window in header.windows if not _spans(window, ends)),
        orientation_known=header.orientation_known,
        source=Source(
            paths=(path,),
            title=title,
            kind="NIfTI",
            stored_bytes=header.voxel_bytes,
            warnings=warnings,
            sequence=sequence,
            simulated=marks.simulated,
            lossy=marks.lossy,
        ),
    )


def _read_voxels(
    path: Path,
    source: ByteSource,
    header: NiftiHeader,
    head: bytes,
    progress: Progress,
    cancel: CancelToken | None,
) -> npt.NDArray[np.generic]:
    """Read the first volume, slice by slice, in native byte order."""
    n_slices = header.shape[0]
    skipped = len(head)
    early = head[header.start :]  # a NIfTI-1 header is shorter than what was read
    while skipped < header.start:
        passed = len(source.read(min(header.start - skipped, 1 << 20)))
        if not passed:
            raise ScanError(path, f"{path.name} is cut short: it holds no slices.", _COPY_AGAIN)
        skipped += passed
    voxels = np.empty(header.shape, dtype=header.dtype)
    target = voxels.reshape(-1).view(np.uint8).data
    early = early[: len(target)]
    target[: len(early)] = early
    step = header.voxel_bytes // n_slices
    filled = len(early)
    for k in range(n_slices):
        if cancel is not None:
            cancel.check()
        progress(k / n_slices, f"Reading slice {k + 1} of {n_slices}")
        end = max(filled, (k + 1) * step)
        try:
            filled += source.read_into(target[filled:end])
        except DamagedStreamError as error:
            raise ScanError(
                path, f"{path.name} is damaged in slice {k + 1} of {n_slices}.", _COPY_AGAIN
            ) from error
        if filled < end:
            raise ScanError(
                path,
                f"{path.name} is cut short: {k} of its {n_slices} slices are there.",
                _COPY_AGAIN,
            )
    native = header.dtype.newbyteorder("=")
    if native.itemsize > 8:
        native = np.dtype(np.float64)  # extended precision, which few machines can compute with
    return voxels.astype(native, copy=False)


def _spans(window: Window, ends: list[float]) -> bool:
    """Whether a window is just the range of the values, as some programs write it: no choice."""
    low, high = sorted(ends)
    slack = 1e-3 * (high - low)
    return (
        abs(window.centre - window.width / 2 - low) <= slack
        and abs(window.centre + window.width / 2 - high) <= slack
    )


def _title(path: Path) -> str:
    for suffix in _SUFFIXES:
        if path.name.lower().endswith(suffix):
            return path.name[: -len(suffix)]
    return path.stem
