"""What the headers of NRRD files say, `.nrrd` and `.nhdr` with its data beside it.

pynrrd understands the fields. The samples are read by `image_file`, because pynrrd takes a file
whole, compressed or not, whatever its size, and all volumes of it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.byte_source import ByteSource, Packing
from isthmus.scans.detached import as_text, detached_data, several_files
from isthmus.scans.image_file import ImageFile, Layout
from isthmus.scans.nifti_affine import usable
from isthmus.scans.parts import PartAxis, part_labels

_COPY_AGAIN = "Copy or export the file again."
_LONGEST_HEADER, _MOST_LINES_SKIPPED = 1 << 18, 10_000
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_TYPES = {
    name: code
    for code, names in {
        "i1": "signed char|int8|int8_t",
        "u1": "uchar|unsigned char|uint8|uint8_t",
        "i2": "short|short int|signed short|signed short int|int16|int16_t",
        "u2": "ushort|unsigned short|unsigned short int|uint16|uint16_t",
        "i4": "int|signed int|int32|int32_t",
        "u4": "uint|unsigned int|uint32|uint32_t",
        "i8": "longlong|long long|long long int|signed long long|signed long long int|int64"
        "|int64_t",
        "u8": "ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t",
        "f4": "float",
        "f8": "double",
    }.items()
    for name in names.split("|")
}
_PACKINGS: dict[str, Packing] = {
    "raw": "",
    "gz": "gzip",
    "gzip": "gzip",
    "bz2": "bzip2",
    "bzip2": "bzip2",
}
_TEXT = ("txt", "text", "ascii")
# Signs that turn the axes of a space to RAS+.
_SPACES = {
    "right-anterior-superior": (1, 1, 1),
    "ras": (1, 1, 1),
    "left-anterior-superior": (-1, 1, 1),
    "las": (-1, 1, 1),
    "left-posterior-superior": (-1, -1, 1),
    "lps": (-1, -1, 1),
}
# A space that does not say how the patient lay is taken as ITK takes it.
_UNKNOWN_SPACE = (-1, -1, 1)
_MILLIMETRES = {
    "mm": 1.0, "millimeter": 1.0, "millimeters": 1.0, "millimetre": 1.0, "millimetres": 1.0,
    "cm": 10.0, "m": 1e3, "meter": 1e3, "um": 1e-3, "µm": 1e-3, "micron": 1e-3, "microns": 1e-3,
    "nm": 1e-6,
}  # fmt: skip
_SPATIAL_KINDS = ("domain", "space")
_COLOUR_KINDS = {"rgb-color": 3, "3-color": 3, "rgba-color": 4, "4-color": 4}
_COMPONENT_KINDS = ("vector", "normal", "gradient", "matrix", "color", "complex", "quaternion")
_Affine = npt.NDArray[np.float64]


def is_nrrd(head: bytes) -> bool:
    """Whether a file begins as NRRD."""
    return head.startswith(b"NRRD00")


def parse_nrrd(path: Path) -> ImageFile:
    """Understand an NRRD header.

    Args:
        path: A `.nrrd` file or a `.nhdr`, as it lies on disk.

    Raises:
        ScanError: It is damaged, describes something that is not a scan, or its data are missing.
    """
    header, end = _header(path)
    sizes = _sizes(path, header)
    space, affine, known, warnings = _geometry(path, header, sizes)
    dtype, supposed = _dtype(path, header)
    colour = _colour_axis(header, sizes, space, dtype)
    layout = Layout(sizes, space, dtype, colour)
    data, start, packing, packed_at = _data(path, header, end, layout)
    return ImageFile(
        path=path,
        kind="NRRD",
        layout=layout,
        affine=affine,
        data=data,
        start=start,
        packing=packing,
        packed_at=packed_at,
        labels=part_labels([_part_axis(header, layout, axis) for axis in layout.part_axes]),
        orientation_known=known,
        modality="MR" if header.get("modality") == "DWMRI" else "",
        description=str(header.get("content", "")),
        warnings=warnings + supposed,
    )


def _header(path: Path) -> tuple[Mapping[str, Any], int]:
    """Return the fields, and where the header ends."""
    import nrrd

    with ByteSource(path, "") as source:
        text = source.read(_LONGEST_HEADER)
    blank = _BLANK_LINE.search(text)
    if blank is None and len(text) == _LONGEST_HEADER:
        raise ScanError(path, f"The header of {path.name} has no end.", _COPY_AGAIN)
    lines = text[: blank.start() if blank else None].decode("latin-1").splitlines()
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip().lower() in ("data file", "datafile") and (
            value.split()[:1] == ["LIST"] or "%" in value
        ):
            raise several_files(path)
    try:
        fields: Mapping[str, Any] = nrrd.read_header(lines)
    except Exception as error:  # whatever its parsers trip over
        raise ScanError(
            path, f"The header of {path.name} is damaged: {str(error).rstrip('.')}.", _COPY_AGAIN
        ) from error
    return fields, blank.end() if blank else len(text)


def _sizes(path: Path, header: Mapping[str, Any]) -> tuple[int, ...]:
    for field in ("dimension", "sizes", "type", "encoding"):
        if field not in header:
            raise ScanError(
                path, f"The header of {path.name} is damaged: it lacks “{field}”.", _COPY_AGAIN
            )
    sizes = tuple(int(size) for size in header["sizes"])
    if len(sizes) != header["dimension"] or min(sizes, default=0) < 1 or len(sizes) > 16:
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: its size is {'×'.join(map(str, sizes[:16]))} "
            f"in {header['dimension']} dimensions.",
            _COPY_AGAIN,
        )
    return sizes


def _dtype(path: Path, header: Mapping[str, Any]) -> tuple[np.dtype[Any], tuple[str, ...]]:
    code = _TYPES.get(str(header["type"]).lower())
    if code is None:
        raise ScanError(
            path,
            f"{path.name} holds voxels of type {header['type']!r}.",
            "Export the file again as whole or floating-point numbers.",
        )
    order = str(header.get("endian", "")).lower()
    supposed: tuple[str, ...] = ()
    if order not in ("little", "big") and code[1] != "1":
        supposed = (f"The header of {path.name} lacks the order of bytes. Little is supposed.",)
    return np.dtype((">" if order == "big" else "<") + code), supposed


def _geometry(
    path: Path, header: Mapping[str, Any], sizes: tuple[int, ...]
) -> tuple[tuple[int, int, int], _Affine, bool, tuple[str, ...]]:
    """Return which axes are space, the affine, whether it tells left from right, and warnings."""
    name = str(header.get("space", "")).lower().removesuffix("-time")
    signs, known = _SPACES.get(name, _UNKNOWN_SPACE), name in _SPACES
    warnings: tuple[str, ...] = ()
    rows = _directions(header, sizes)
    if rows is None:
        axes = _spatial_axes(header, sizes)
        known = False
    else:
        axes = tuple(axis for axis, row in enumerate(rows) if np.isfinite(row).all() and row.any())
    if len(axes) != 3:
        few = len(axes) < 3
        raise ScanError(
            path,
            f"{path.name} is a single 2-D picture, not a scan of slices."
            if few
            else f"The header of {path.name} is damaged: it has {len(axes)} axes of space.",
            "Open the whole series." if few else _COPY_AGAIN,
        )
    space = (axes[0], axes[1], axes[2])
    affine = np.eye(4)
    if rows is not None:
        units, said = _units(header)
        affine[:3, :3] = rows[list(space)].T * units[:, None]
        origin = np.asarray(header.get("space origin", np.zeros(3)), dtype=np.float64)[:3]
        if origin.shape == (3,) and np.isfinite(origin).all():
            affine[:3, 3] = origin * units
        affine[:3] *= np.array(signs)[:, None]
        warnings += said
    if rows is None or not usable(affine):
        spacing = _spacings(header, space)
        affine = np.diag((signs[0] * spacing[0], signs[1] * spacing[1], spacing[2], 1.0))
        affine = affine if usable(affine) else np.eye(4)
        known = False
    if not known:
        reason = (
            f"its space is “{name}”" if name and name not in _SPACES else "no patient axes are told"
        )
        warnings += (f"In {path.name}, {reason}: left and right are unknown.",)
    return space, affine, known, warnings


def _directions(header: Mapping[str, Any], sizes: tuple[int, ...]) -> _Affine | None:
    """Return the step of each axis in space, NaN for axes that are not in it."""
    if header.get("space directions") is None:
        return None
    rows = np.asarray(header["space directions"], dtype=np.float64)
    if rows.ndim != 2 or len(rows) != len(sizes) or rows.shape[1] < 3:
        return None
    return rows[:, :3]


def _spatial_axes(header: Mapping[str, Any], sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Find the axes of space in a header without directions."""
    kinds = _kinds(header, sizes)
    named = tuple(axis for axis, kind in enumerate(kinds) if kind in _SPATIAL_KINDS)
    if len(named) == 3:
        return named
    spacings = np.asarray(header.get("spacings", []), dtype=np.float64)
    if len(spacings) == len(sizes):
        spaced = tuple(axis for axis, step in enumerate(spacings) if np.isfinite(step))
        if len(spaced) == 3:
            return spaced
    other = [axis for axis, kind in enumerate(kinds) if kind and kind not in _SPATIAL_KINDS]
    return tuple(axis for axis in range(len(sizes)) if axis not in other)[:3]


def _spacings(header: Mapping[str, Any], space: tuple[int, int, int]) -> list[float]:
    spacings = np.asarray(header.get("spacings", []), dtype=np.float64)
    steps = [abs(float(spacings[axis])) if axis < len(spacings) else 1.0 for axis in space]
    return [step if np.isfinite(step) and step > 0 else 1.0 for step in steps]


def _units(header: Mapping[str, Any]) -> tuple[_Affine, tuple[str, ...]]:
    """Return millimetres per unit of each axis of space, and what had to be supposed."""
    stated = [str(unit).strip() for unit in header.get("space units", [])][:3]
    factors = [_MILLIMETRES.get(unit.lower(), 1.0) for unit in stated]
    odd = [unit for unit in stated if unit and unit.lower() not in _MILLIMETRES]
    said = (f"The header measures in “{odd[0]}”, which is taken as millimetres.",) if odd else ()
    return np.array(factors + [1.0] * (3 - len(factors))), said


def _kinds(header: Mapping[str, Any], sizes: tuple[int, ...]) -> list[str]:
    kinds = [str(kind).lower() for kind in header.get("kinds", [])]
    return ["" if kind in ("???", "none") else kind for kind in kinds][: len(sizes)] + [""] * (
        len(sizes) - len(kinds)
    )


def _colour_axis(
    header: Mapping[str, Any],
    sizes: tuple[int, ...],
    space: tuple[int, int, int],
    dtype: np.dtype[Any],
) -> int | None:
    """Find the axis of colours; one that runs slowest is offered as volumes instead."""
    if dtype.kind != "u" or dtype.itemsize > 2:
        return None
    for axis, kind in enumerate(_kinds(header, sizes)):
        if _COLOUR_KINDS.get(kind) == sizes[axis] and axis < space[2] and axis not in space:
            return axis
    return None


def _part_axis(header: Mapping[str, Any], layout: Layout, axis: int) -> PartAxis:
    size = layout.sizes[axis]
    kind = _kinds(header, layout.sizes)[axis]
    if any(word in kind for word in _COMPONENT_KINDS):
        return PartAxis("component", size)
    names: tuple[str, ...] = ()
    try:
        strongest = float(header["DWMRI_b-value"])
        lengths = [
            sum(float(word) ** 2 for word in str(header[f"DWMRI_gradient_{n:04}"]).split()[:3])
            for n in range(size)
        ]
        names = tuple(f"b {round(strongest * length)}" for length in lengths)
    except (KeyError, ValueError, OverflowError):
        pass  # not diffusion, or not for each volume
    return PartAxis("volume", size, names)


def _data(
    path: Path, header: Mapping[str, Any], end: int, layout: Layout
) -> tuple[Path | None, int, Packing, int]:
    """Return the data file if there is one, and where and how the samples lie."""
    encoding = str(header["encoding"]).lower()
    if encoding in _TEXT:
        raise as_text(path)
    if encoding not in _PACKINGS:
        raise ScanError(
            path,
            f"{path.name} is encoded as {encoding!r}, which Isthmus cannot decode.",
            "Convert it to NIfTI, or to NRRD with gzip.",
        )
    packing = _PACKINGS[encoding]
    name = header.get("data file", header.get("datafile"))
    data = None if name is None else detached_data(path, str(name))
    lines = int(header.get("line skip", header.get("lineskip", 0)))
    skipped = int(header.get("byte skip", header.get("byteskip", 0)))
    if lines < 0 or lines > _MOST_LINES_SKIPPED or skipped < -1 or (packing and skipped == -1):
        raise ScanError(
            path,
            f"The header of {path.name} is damaged: it skips {lines} lines and {skipped} bytes.",
            _COPY_AGAIN,
        )
    at = end if data is None else 0
    if lines:
        with (data or path).open("rb") as file:
            file.seek(at)
            for _ in range(lines):
                file.readline(_LONGEST_HEADER)
            at = file.tell()
    if skipped == -1:
        whole = layout.block * layout.blocks
        return data, max(0, (data or path).stat().st_size - whole), packing, 0
    return data, skipped, packing, at
