"""Writing a volume to disk, whole or not at all."""

import contextlib
import gzip
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np

from isthmus.errors import ScanError
from isthmus.scans.provenance import make_description
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

_NIFTI1_LONGEST = 32767


def write_nifti(
    volume: Volume,
    path: Path | str,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """Write a volume as NIfTI, with its type, scaling and grid.

    The file appears when it is complete; until then, and if anything fails, whatever was at `path`
    stays as it was. NIfTI holds its affine, scale and offset in single precision, so that those of
    a DICOM series are rounded to about seven digits; those of a NIfTI file come back unchanged.

    Args:
        volume: What to write.
        path: A name that ends in `.nii.gz` (compressed) or `.nii`.
        progress: Told which slice is being written.
        cancel: Checked between slices.

    Returns:
        The path.

    Raises:
        ScanError: The name has another ending, or the file cannot be written.
        Cancelled: `cancel` was set; nothing was written.
    """
    path = Path(path)
    if not path.name.lower().endswith((".nii", ".nii.gz")):
        raise ScanError(
            path, f"{path.name} cannot be written.", "Choose a name that ends in .nii.gz or .nii."
        )
    n_slices = volume.shape[0]
    stored = _stored_type(volume)
    try:
        with replacing(path) as file:
            file.write(_header(volume, stored))
            for k, plane in enumerate(volume.voxels):
                if cancel is not None:
                    cancel.check()
                progress(k / n_slices, f"Writing slice {k + 1} of {n_slices}")
                file.write(np.ascontiguousarray(plane, dtype=stored).data)
    except OSError as error:
        raise ScanError(
            path,
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    progress(1.0, "Written")
    return path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside `path` that takes its place when the block ends well."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as raw:
            if path.name.lower().endswith(".gz"):
                # Neither a time nor a name inside: the same volume makes the same bytes.
                with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Make a folder beside `folder` that takes its place when the block ends well.

    Raises:
        OSError: It cannot be made, or `folder` is there and not empty.
    """
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    try:
        beside.mkdir()
        yield beside
        if folder.exists():
            folder.rmdir()  # an empty one only
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _stored_type(volume: Volume) -> np.dtype[Any]:
    """Return the type on disk: the volume's own, but for half precision, which NIfTI lacks."""
    own = volume.voxels.dtype
    return np.dtype(np.float32) if own == np.float16 else own.newbyteorder("=")


def _header(volume: Volume, stored: np.dtype[Any]) -> bytes:
    """Return a NIfTI header and the four bytes behind it that say that no extension follows."""
    import nibabel

    kind = nibabel.Nifti1Header if max(volume.shape) <= _NIFTI1_LONGEST else nibabel.Nifti2Header
    header: Any = kind()  # type: ignore[no-untyped-call]
    header.set_data_dtype(stored)
    header.set_data_shape(volume.shape[::-1])
    header.set_zooms(volume.spacing[::-1])
    header.set_xyzt_units("mm")
    if volume.orientation_known:
        header.set_sform(volume.affine, code=1)
        # The q-form knows no shear; programs that read it first must not be led astray.
        header.set_qform(volume.affine, code=1 if _is_rectangular(volume) else 0)
        header.set_zooms(volume.spacing[::-1])
    header["scl_slope"], header["scl_inter"] = volume.scale, volume.offset
    header["vox_offset"] = header["sizeof_hdr"] + 4
    header["magic"] = b"n+1" if kind is nibabel.Nifti1Header else b"n+2\0\r\n\x1a\n"
    header["descrip"] = make_description(volume.source)
    if volume.windows:
        window = volume.windows[0]
        header["cal_min"] = window.centre - window.width / 2
        header["cal_max"] = window.centre + window.width / 2
    return bytes(header.binaryblock) + bytes(4)


def _is_rectangular(volume: Volume) -> bool:
    axes = volume.affine[:3, :3] / np.linalg.norm(volume.affine[:3, :3], axis=0)
    return bool(np.allclose(axes.T @ axes, np.eye(3), atol=1e-5))
