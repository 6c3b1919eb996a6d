"""What the headers of NIfTI-1, NIfTI-2 and Analyze 7.5 say.

The first axis of these files runs fastest on disk, which is the order of a C-contiguous array with
axes (k, j, i): the bytes are taken as they are, and nothing is transposed.
"""

import io
import logging
import math
from pathlib import Path
from typing import Any

import numpy as np

from isthmus.errors import ScanError
from isthmus.scans.image_file import ImageFile, Layout
from isthmus.scans.nifti_affine import find_affine, spacing_only, usable
from isthmus.scans.parts import PartAxis, part_labels
from isthmus.scans.quadruple import quadruple
from isthmus.scans.volume import Window

_MAGIC = {348: (344, (b"n+1\0", b"ni1\0")), 540: (4, (b"n+2\0", b"ni2\0"))}
_ANALYZE_BYTES = 348
_COLOURS = {128: 3, 2304: 4}
# Types of 128 bits a number, and whether they are complex; nibabel knows them on few machines.
_EXTENDED = {1536: False, 2048: True}
_SECONDS = {8: ("s", 1.0), 16: ("s", 1e-3), 24: ("s", 1e-6), 32: ("Hz", 1.0), 40: ("ppm", 1.0)}
_AXES = ("volume", "component", "sixth axis", "seventh axis")
_COPY_AGAIN = "Copy or export the file again."
_LONGEST_TABLE = 1 << 20


def is_nifti(head: bytes) -> bool:
    """Whether the first bytes of a file, decompressed, are a NIfTI header."""
    return _version(head) is not None


def is_analyze(head: bytes) -> bool:
    """Whether the first bytes of a file are an Analyze 7.5 header, which has little to know by."""
    if len(head) < _ANALYZE_BYTES or is_nifti(head):
        return False
    for order in ("little", "big"):
        if int.from_bytes(head[:4], order) == _ANALYZE_BYTES:
            return 1 <= int.from_bytes(head[40:42], order) <= 7
    return False


def parse_nifti(path: Path, head: bytes) -> ImageFile:
    """Understand a NIfTI header.

    Args:
        path: The file that it begins: a `.nii`, or the `.hdr` of a pair.
        head: At least its first 540 bytes, decompressed.

    Raises:
        ScanError: It is damaged, describes something that is not a scan, or its `.img` is missing.
    """
    size = _version(head)
    if size is None or len(head) < size:
        raise ScanError(
            path, f"{path.name} is cut short: it ends inside its header.", "Copy the file again."
        )
    import nibabel

    kind = nibabel.Nifti1Header if size == 348 else nibabel.Nifti2Header
    raw = _nibabel_header(path, kind, head[:size])
    if 3000 <= int(raw["intent_code"]) < 3100:
        raise ScanError(
            path,
            f"{path.name} is CIFTI: it holds values on the surface of the brain, not a scan.",
            "Open the scan from which it was made.",
        )
    pair = raw["magic"].tobytes()[:2] == b"ni"
    layout = _layout(path, raw)
    affine, known, warnings = find_affine(raw, layout.shape)
    slope, offset = _scaling(float(raw["scl_slope"]), float(raw["scl_inter"]))
    start = _start(path, raw)
    return ImageFile(
        path=path,
        kind="NIfTI",
        layout=layout,
        affine=affine,
        data=data_of_pair(path) if pair else None,
        start=start if pair else max(start, size),
        labels=part_labels(_part_axes(path, raw)),
        orientation_known=known,
        scale=slope,
        offset=offset,
        windows=_windows(raw),
        description=_text(raw["descrip"]),
        warnings=warnings,
    )


def parse_analyze(path: Path, head: bytes) -> ImageFile:
    """Understand an Analyze header, as SPM 2 does, whose additions nibabel reads.

    Raises:
        ScanError: It is damaged, describes something that is not a scan, or its `.img` is missing.
    """
    from nibabel.spm2analyze import Spm2AnalyzeHeader

    raw = _nibabel_header(path, Spm2AnalyzeHeader, head[:_ANALYZE_BYTES])
    layout = _layout(path, raw)
    affine = np.array(raw.get_best_affine(), dtype=np.float64)
    if not usable(affine):
        affine = spacing_only(raw)
    slope, offset = raw.get_slope_inter()
    return ImageFile(
        path=path,
        kind="Analyze",
        layout=layout,
        affine=affine,
        data=data_of_pair(path),
        start=_start(path, raw),
        labels=part_labels(_part_axes(path, raw)),
        orientation_known=False,
        scale=1.0 if slope is None else _scaling(float(slope), 0.0)[0],
        offset=0.0 if offset is None or not np.isfinite(offset) else float(offset),
        windows=(),
        description=_text(raw["descrip"]),
        warnings=(f"{path.name} is Analyze 7.5: left and right are unknown.", *_spm_position(path)),
    )


def _spm_position(path: Path) -> tuple[str, ...]:
    """Say so if SPM left a position beside the file, in a format that needs SciPy to be read."""
    mat = path.with_suffix(".mat")
    return (f"{mat.name} beside it may tell them, but is not read.",) if mat.is_file() else ()


def data_of_pair(header: Path) -> Path:
    """Return the `.img` that belongs to a `.hdr`.

    Raises:
        ScanError: It is missing.
    """
    name = header.name[:-3] if header.name.lower().endswith(".gz") else header.name
    stem = Path(name).stem
    for ending in (".img", ".IMG", ".Img", ".img.gz", ".IMG.GZ"):
        found = header.with_name(stem + ending)
        if found.is_file():
            return found
    raise ScanError(
        header,
        f"{header.name} is only the header of a pair; {stem}.img is missing.",
        "Put both files into one folder.",
    )


def _version(head: bytes) -> int | None:
    for order in ("little", "big"):
        size = int.from_bytes(head[:4], order)
        if size in _MAGIC:
            at, known = _MAGIC[size]
            if head[at : at + 4] in known:
                return size
    return None


def _nibabel_header(path: Path, kind: Any, head: bytes) -> Any:
    """Parse with nibabel, and let it mend what it mends when it loads an image itself."""
    header = kind.from_fileobj(io.BytesIO(head), check=False)
    # nibabel would print each repair to the terminal.
    silent = logging.getLogger("isthmus.nifti")
    silent.disabled = True
    _start(path, header)  # nibabel's repair fails where it is no number
    header.check_fix(logger=silent, error_level=100)
    return header


def _layout(path: Path, raw: Any) -> Layout:
    count = int(raw["dim"][0])
    if not 1 <= count <= 7:
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: it announces {count} dimensions.",
            _COPY_AGAIN,
        )
    sizes = tuple(int(size) for size in raw["dim"][1 : count + 1])
    if min(sizes) < 1:
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: its size is "
            f"{'×'.join(str(size) for size in sizes)}.",
            _COPY_AGAIN,
        )
    if len(sizes) < 3:
        raise ScanError(
            path,
            f"{path.name} is a single 2-D picture, not a scan of slices.",
            "Open the whole series.",
        )
    colours = _COLOURS.get(int(raw["datatype"]))
    if colours:
        return Layout((colours, *sizes), (1, 2, 3), np.dtype(np.uint8), 0)
    return Layout(sizes, (0, 1, 2), _dtype(path, raw))


def _dtype(path: Path, raw: Any) -> np.dtype[Any]:
    remedy = "Export the file again as whole or floating-point numbers."
    code = int(raw["datatype"])
    if code in _EXTENDED:
        return quadruple(big=raw.endianness == ">", is_complex=_EXTENDED[code])
    try:
        dtype: np.dtype[Any] = np.dtype(raw.get_data_dtype())
    except KeyError as error:
        raise ScanError(
            path, f"{path.name} holds voxels of a type that no one knows ({code}).", remedy
        ) from error
    if dtype.kind not in "uifc" or dtype.itemsize == 0:
        raise ScanError(path, f"{path.name} holds voxels of type {dtype.name}.", remedy)
    return dtype


def _start(path: Path, raw: Any) -> int:
    start = float(raw["vox_offset"])
    if not math.isfinite(start):
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: it does not say where the voxels begin.",
            _COPY_AGAIN,
        )
    return max(0, int(start))


def _scaling(slope: float, offset: float) -> tuple[float, float]:
    if slope == 0 or not np.isfinite(slope):
        return 1.0, 0.0
    return slope, offset if np.isfinite(offset) else 0.0


def _windows(raw: Any) -> tuple[Window, ...]:
    low, high = float(raw["cal_min"]), float(raw["cal_max"])
    if not (np.isfinite(low) and np.isfinite(high) and high > low):
        return ()
    return (Window("File", (low + high) / 2, high - low),)


def _text(field: Any) -> str:
    return str(field.tobytes().split(b"\0")[0].decode("latin-1"))


def _part_axes(path: Path, raw: Any) -> list[PartAxis]:
    """Return the axes behind the third."""
    count = int(raw["dim"][0])
    sizes = [int(size) for size in raw["dim"][4 : count + 1]]
    axes = [PartAxis(word, size) for word, size in zip(_AXES, sizes, strict=False)]
    if not axes or axes[0].size == 1:
        return axes
    unit, factor = "", 1.0
    if "xyzt_units" in raw.keys():  # noqa: SIM118  (nibabel's headers are no mappings)
        unit, factor = _SECONDS.get(int(raw["xyzt_units"]) & 0x38, ("", 1.0))
    step = float(raw["pixdim"][4]) * factor
    start = float(raw["toffset"]) * factor if unit else 0.0
    axes[0] = PartAxis(
        "volume",
        axes[0].size,
        names=_b_values(path, axes[0].size),
        start=start if np.isfinite(start) else 0.0,
        step=step if np.isfinite(step) and step > 0 else 0.0,
        unit=unit,
    )
    return axes


def _b_values(path: Path, volumes: int) -> tuple[str, ...]:
    """Return how strongly each volume is diffusion-weighted, from a `.bval` file beside it."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    table = path.with_name(Path(name).stem + ".bval")
    try:
        if not table.is_file() or table.stat().st_size > _LONGEST_TABLE:
            return ()
        values = [float(word) for word in table.read_text(encoding="latin-1").split()]
    except (OSError, ValueError):
        return ()  # a help only; the scan opens without it
    if len(values) != volumes or not all(map(math.isfinite, values)):
        return ()
    return tuple(f"b {value:g}" for value in values)
