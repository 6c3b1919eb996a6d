"""What a NIfTI header says: shape, type, scaling, and where the voxels lie."""

import io
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.volume import Window

# Bytes that hold the longest header, NIfTI-2.
HEADER_BYTES = 540
_MAGIC = {348: (344, (b"n+1\0", b"ni1\0")), 540: (4, (b"n+2\0", b"ni2\0"))}
_MILLIMETRES = {1: 1000.0, 2: 1.0, 3: 0.001}
_LIKELY_SPACING = (1e-4, 100.0)


@dataclass(frozen=True)
class NiftiHeader:
    """The facts of one header.

    Attributes:
        shape: Shape (k, j, i) of one volume.
        volumes: How many volumes the file holds.
        dtype: The stored type, with the file's byte order.
        start: Where the voxels begin, in bytes.
        affine: Maps (i, j, k, 1) to RAS+ millimetres; never singular.
        orientation_known: Whether the affine comes from the file's q-form or s-form.
        scale: Real value = stored * scale + offset.
        offset: See scale.
        windows: The display range of the header, if it has one.
        description: The header's free text.
        warnings: What had to be mended, in sentences.
    """

    shape: tuple[int, int, int]
    volumes: int
    dtype: np.dtype[Any]
    start: int
    affine: npt.NDArray[np.float64]
    orientation_known: bool
    scale: float
    offset: float
    windows: tuple[Window, ...]
    description: str
    warnings: tuple[str, ...]

    @property
    def voxel_bytes(self) -> int:
        """Size of one volume as stored, in bytes."""
        slices, rows, columns = self.shape
        return slices * rows * columns * self.dtype.itemsize


def is_nifti(head: bytes) -> bool:
    """Whether the first bytes of a file, decompressed, are a NIfTI header."""
    return _version(head) is not None


def parse_header(path: Path, head: bytes) -> NiftiHeader:
    """Read a header from the first `HEADER_BYTES` bytes of a file.

    Raises:
        ScanError: It is damaged, or describes something that is not a scan.
    """
    size = _version(head)
    if size is None:
        raise ScanError(
            path, f"{path.name} is not an image that Isthmus knows.", "Open a NIfTI or DICOM file."
        )
    if len(head) < size:
        raise ScanError(
            path, f"{path.name} is cut short: it ends inside its header.", "Copy the file again."
        )
    raw = _nibabel_header(head, size)
    if bytes(raw["magic"].tobytes())[:2] == b"ni":
        raise ScanError(
            path,
            f"{path.name} is only the header of a NIfTI pair (.hdr and .img).",
            "Convert the pair to one .nii.gz file.",
        )
    shape, volumes, warnings = _shape(path, raw)
    dtype = _dtype(path, raw)
    affine, known, mended = _affine(raw)
    scale, offset = _scaling(raw)
    description = raw["descrip"].tobytes().split(b"\0")[0].decode("latin-1")
    return NiftiHeader(
        shape=shape,
        volumes=volumes,
        dtype=dtype,
        start=max(int(raw["vox_offset"]), size),
        affine=affine,
        orientation_known=known,
        scale=scale,
        offset=offset,
        windows=_windows(raw),
        description=description,
        warnings=warnings + mended,
    )


def _version(head: bytes) -> int | None:
    for order in ("little", "big"):
        size = int.from_bytes(head[:4], order)
        if size in _MAGIC:
            at, known = _MAGIC[size]
            if head[at : at + 4] in known:
                return size
    return None


def _nibabel_header(head: bytes, size: int) -> Any:
    """Parse with nibabel, and let it mend what it mends when it loads an image itself."""
    import nibabel

    kind = nibabel.Nifti1Header if size == 348 else nibabel.Nifti2Header
    header: Any = kind
    header = header.from_fileobj(io.BytesIO(head[:size]), check=False)
    # nibabel would print each repair to the terminal.
    silent = logging.getLogger("isthmus.nifti")
    silent.disabled = True
    header.check_fix(logger=silent, error_level=100)
    return header


def _shape(path: Path, raw: Any) -> tuple[tuple[int, int, int], int, tuple[str, ...]]:
    count = int(raw["dim"][0])
    if not 1 <= count <= 7:
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: it announces {count} dimensions.",
            "Copy or export the file again.",
        )
    sizes = [int(size) for size in raw["dim"][1 : count + 1]]
    if min(sizes) < 1:
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: its size is "
            f"{'×'.join(str(size) for size in sizes)}.",
            "Copy or export the file again.",
        )
    if len(sizes) < 3:
        raise ScanError(
            path,
            f"{path.name} is a single 2-D picture, not a scan of slices.",
            "Open the whole series.",
        )
    volumes = int(np.prod(sizes[3:], dtype=object)) if len(sizes) > 3 else 1
    warnings: tuple[str, ...] = ()
    if volumes > 1:
        shown = len(sizes) - [size > 1 for size in reversed(sizes)].index(True)
        warnings = (f"{path.name} is {shown}-D. The first of its {volumes} volumes is open.",)
    return (sizes[2], sizes[1], sizes[0]), volumes, warnings


def _dtype(path: Path, raw: Any) -> np.dtype[Any]:
    remedy = "Export the file again as whole or floating-point numbers."
    try:
        dtype: np.dtype[Any] = np.dtype(raw.get_data_dtype())
    except KeyError as error:
        code = int(raw["datatype"])
        raise ScanError(
            path, f"{path.name} holds voxels of a type that no one knows ({code}).", remedy
        ) from error
    if dtype.fields is not None:
        raise ScanError(
            path,
            f"{path.name} holds colours (RGB), not one value for each voxel.",
            "Open the scan from which it was made.",
        )
    if dtype.kind == "c":
        raise ScanError(path, f"{path.name} holds complex numbers.", "Export its magnitude.")
    if dtype.kind not in "uif" or dtype.itemsize == 0:
        raise ScanError(path, f"{path.name} holds voxels of type {dtype.name}.", remedy)
    return dtype


def _scaling(raw: Any) -> tuple[float, float]:
    slope, offset = float(raw["scl_slope"]), float(raw["scl_inter"])
    if slope == 0 or not np.isfinite(slope):
        return 1.0, 0.0
    return slope, offset if np.isfinite(offset) else 0.0


def _windows(raw: Any) -> tuple[Window, ...]:
    low, high = float(raw["cal_min"]), float(raw["cal_max"])
    if not (np.isfinite(low) and np.isfinite(high) and high > low):
        return ()
    return (Window("File", (low + high) / 2, high - low),)


def _affine(raw: Any) -> tuple[npt.NDArray[np.float64], bool, tuple[str, ...]]:
    """Return the affine, whether it tells left from right, and warnings.

    The s-form goes before the q-form, as in nibabel. One that is singular is passed over. Without
    either, spacing is all that is known; the axes are then taken as nibabel takes them.
    """
    from nibabel.spatialimages import HeaderDataError

    broken: list[str] = []
    for name, code in (("s-form", "sform_code"), ("q-form", "qform_code")):
        if int(raw[code]) <= 0:
            continue
        try:
            affine = raw.get_sform() if name == "s-form" else raw.get_qform()
        except HeaderDataError:
            affine = np.zeros((4, 4))
        affine = _in_millimetres(np.array(affine, dtype=np.float64), raw)
        if _usable(affine):
            mended = (
                f"The {broken[0]} of the header is damaged. Its {name} is used." if broken else ""
            )
            return affine, True, (mended,) if mended else ()
        broken.append(name)
    zooms = np.abs(np.asarray(raw["pixdim"][1:4], dtype=np.float64))
    raw["pixdim"][1:4] = np.where(np.isfinite(zooms) & (zooms > 0), zooms, 1.0)
    affine = _in_millimetres(np.array(raw.get_base_affine(), dtype=np.float64), raw)
    reason = (
        "The position in the header is damaged"
        if broken
        else "The header does not say how the patient lay"
    )
    return affine, False, (f"{reason}: left and right are unknown.",)


def _usable(affine: npt.NDArray[np.float64]) -> bool:
    """Whether the affine is finite and its axes span space, in millimetres."""
    if not np.isfinite(affine).all():
        return False
    volume = abs(np.linalg.det(affine[:3, :3]))
    lengths = np.linalg.norm(affine[:3, :3], axis=0)
    return bool(volume > max(1e-11, 1e-4 * lengths.prod()))


def _in_millimetres(affine: npt.NDArray[np.float64], raw: Any) -> npt.NDArray[np.float64]:
    """Convert from metres or micrometres, unless voxels would then have a size that none has.

    Some programs write the wrong unit beside millimetres.
    """
    factor = _MILLIMETRES.get(int(raw["xyzt_units"]) & 7, 1.0)
    if factor == 1.0 or not np.isfinite(affine).all():
        return affine
    spacing = np.linalg.norm(affine[:3, :3], axis=0) * factor
    if spacing.min() < _LIKELY_SPACING[0] or spacing.max() > _LIKELY_SPACING[1]:
        return affine
    return np.vstack([affine[:3] * factor, affine[3:]])
