"""What the headers of MetaImage files say, `.mha` and `.mhd` with its data beside it.

The header is a few lines of text and is read here. The libraries that know it are SimpleITK and
itk; MedPy (GPL) and imageio build on them. SimpleITK weighs 260 MB installed, and a damaged header
ends the whole process in its C++: with 200 mutated headers each, 12 of 20 runs of SimpleITK 2.5.7
died of a segmentation fault. It is the reference in the tests instead.
"""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.byte_source import ByteSource, Packing
from isthmus.scans.detached import as_text, detached_data, several_files
from isthmus.scans.image_file import ImageFile, Layout
from isthmus.scans.nifti_affine import usable
from isthmus.scans.parts import PartAxis, part_labels

_COPY_AGAIN = "Copy or export the file again."
_LONGEST_HEADER = 1 << 16
_MOST_AXES = 10
_TYPES = {
    "MET_CHAR": "i1",
    "MET_UCHAR": "u1",
    "MET_SHORT": "i2",
    "MET_USHORT": "u2",
    "MET_INT": "i4",
    "MET_UINT": "u4",
    "MET_LONG": "i4",  # four bytes, whatever a C compiler takes for it
    "MET_ULONG": "u4",
    "MET_LONG_LONG": "i8",
    "MET_ULONG_LONG": "u8",
    "MET_FLOAT": "f4",
    "MET_DOUBLE": "f8",
}
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "m": 1e3, "um": 1e-3, "nm": 1e-6}
_MODALITIES = {"MET_MOD_CT": "CT", "MET_MOD_MR": "MR", "MET_MOD_NM": "NM", "MET_MOD_US": "US"}
_Fields = Mapping[str, str]
_Affine = npt.NDArray[np.float64]


def is_metaimage(head: bytes) -> bool:
    """Whether a file begins with the text of a MetaImage header."""
    lines = [line.partition(b"=")[::2] for line in head.split(b"\n")[:20]]
    names = [name.strip() for name, _ in lines]
    return names[0].isalnum() and b"NDims" in names


def parse_metaimage(path: Path) -> ImageFile:
    """Understand a MetaImage header.

    Args:
        path: A `.mha` or a `.mhd` file, as it lies on disk.

    Raises:
        ScanError: It is damaged, describes something that is not a scan, or its data are missing.
    """
    fields, end = _fields(path)
    if fields.get("ObjectType", "Image") != "Image":
        raise ScanError(
            path, f"{path.name} holds a {fields['ObjectType'][:40]}, not an image.", "Open a scan."
        )
    sizes, channels = _sizes(path, fields)
    dtype = _dtype(path, fields)
    affine, known, warnings = _geometry(path, fields, len(sizes))
    if channels == 1:
        layout = Layout(sizes, (0, 1, 2), dtype)
    else:
        colour = 0 if channels in (3, 4) and dtype == np.uint8 else None
        layout = Layout((channels, *sizes), (1, 2, 3), dtype, colour)
    data, start, packing, packed_at = _data(path, fields, end, layout)
    scale = _number(path, fields, "ElementToIntensityFunctionSlope", 1.0)
    return ImageFile(
        path=path,
        kind="MetaImage",
        layout=layout,
        affine=affine,
        data=data,
        start=start,
        packing=packing,
        packed_at=packed_at,
        labels=part_labels(
            [
                PartAxis("component" if axis < layout.space[0] else "volume", layout.sizes[axis])
                for axis in layout.part_axes
            ]
        ),
        orientation_known=known,
        scale=scale or 1.0,
        offset=_number(path, fields, "ElementToIntensityFunctionOffset", 0.0) if scale else 0.0,
        modality=_MODALITIES.get(fields.get("Modality", ""), ""),
        warnings=warnings,
    )


def _fields(path: Path) -> tuple[_Fields, int]:
    """Return the fields up to the one that names the data, which is the last, and its end."""
    with ByteSource(path, "") as source:
        text = source.read(_LONGEST_HEADER)
    fields: dict[str, str] = {}
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        name, _, value = text[at:end].decode("latin-1").partition("=")
        at = end + 1
        fields[name.strip()] = value.strip()
        if name.strip() == "ElementDataFile":
            return fields, at
    raise ScanError(
        path, f"The header of {path.name} does not say where its voxels are.", _COPY_AGAIN
    )


def _damaged(path: Path, field: str, value: str) -> ScanError:
    return ScanError(
        path, f"The header of {path.name} is damaged: its {field} is {value[:40]!r}.", _COPY_AGAIN
    )


def _numbers(path: Path, fields: _Fields, *names: str) -> tuple[str, list[float]]:
    """Return the first of these fields that is there, and its finite numbers."""
    for name in names:
        if name in fields:
            try:
                values = [float(word) for word in fields[name].split()]
            except ValueError as error:
                raise _damaged(path, name, fields[name]) from error
            if not all(map(math.isfinite, values)):
                raise _damaged(path, name, fields[name])
            return name, values
    return names[0], []


def _number(path: Path, fields: _Fields, name: str, default: float) -> float:
    _, values = _numbers(path, fields, name)
    return values[0] if values else default


def _whole(path: Path, fields: _Fields, name: str, default: int) -> int:
    number = _number(path, fields, name, default)
    if number != int(number):
        raise _damaged(path, name, fields[name])
    return int(number)


def _true(fields: _Fields, *names: str) -> bool:
    return any(fields.get(name, "")[:1] in ("T", "t", "1") for name in names)


def _sizes(path: Path, fields: _Fields) -> tuple[tuple[int, ...], int]:
    """Return the size of each axis, and how many values each voxel has."""
    axes = _whole(path, fields, "NDims", 0)
    if axes == 2:
        raise ScanError(
            path,
            f"{path.name} is a single 2-D picture, not a scan of slices.",
            "Open the whole series.",
        )
    if not 3 <= axes <= _MOST_AXES:
        raise _damaged(path, "NDims", fields.get("NDims", ""))
    _, values = _numbers(path, fields, "DimSize")
    if len(values) != axes or any(size < 1 or size != int(size) for size in values):
        raise _damaged(path, "DimSize", fields.get("DimSize", ""))
    channels = _whole(path, fields, "ElementNumberOfChannels", 1)
    if channels < 1:
        raise _damaged(path, "ElementNumberOfChannels", fields["ElementNumberOfChannels"])
    return tuple(int(size) for size in values), channels


def _dtype(path: Path, fields: _Fields) -> np.dtype[np.generic]:
    name = fields.get("ElementType", "").upper().removesuffix("_ARRAY")
    if name not in _TYPES:
        raise ScanError(
            path,
            f"{path.name} holds voxels of type {fields.get('ElementType', '')[:40]!r}.",
            "Export the file again as whole or floating-point numbers.",
        )
    big = _true(fields, "BinaryDataByteOrderMSB", "ElementByteOrderMSB")
    return np.dtype((">" if big else "<") + _TYPES[name])


def _geometry(path: Path, fields: _Fields, axes: int) -> tuple[_Affine, bool, tuple[str, ...]]:
    """Return the affine, whether it tells left from right, and warnings.

    As ITK takes them, positions are in LPS, and the directions of an axis lie one after another.
    """
    _, spacing = _numbers(path, fields, "ElementSpacing", "ElementSize")
    _, origin = _numbers(path, fields, "Offset", "Position", "Origin")
    name, matrix = _numbers(path, fields, "TransformMatrix", "Orientation", "Rotation")
    if matrix and len(matrix) != axes * axes:
        raise _damaged(path, name, fields[name])
    letters = fields.get("AnatomicalOrientation", "")
    unit = fields.get("DistanceUnits", "mm").lower()
    factor = _MILLIMETRES.get(unit, 1.0)
    warnings: tuple[str, ...] = ()
    if unit not in _MILLIMETRES and unit != "?":
        warnings = (f"The header measures in “{unit[:20]}”, which is taken as millimetres.",)
    steps = np.array([(spacing[n] if n < len(spacing) else 1.0) or 1.0 for n in range(3)])
    directions = np.array(matrix or np.eye(axes).ravel()).reshape(axes, axes)[:3, :3]
    affine = np.eye(4)
    affine[:3, :3] = directions.T * steps * factor
    affine[:3, 3] = np.array(origin[:3] + [0.0] * (3 - len(origin[:3]))) * factor
    affine[:2] *= -1
    # The letters tell from where an axis runs: RAI are the axes of LPS. Without directions, other
    # letters than these can't be told from an oversight. ITK writes "????" for four axes.
    known = letters == "RAI" or (bool(matrix) and not (axes == 3 and "?" in letters))
    if not usable(affine):
        steps = np.abs(steps) * factor
        affine, known = np.diag((-steps[0], -steps[1], steps[2], 1.0)), False
        affine = affine if usable(affine) else np.eye(4)
        warnings += (f"The position in the header of {path.name} is damaged.",)
    if not known:
        warnings += (f"{path.name} does not tell patient axes: left and right are unknown.",)
    return affine, known, warnings


def _data(
    path: Path, fields: _Fields, end: int, layout: Layout
) -> tuple[Path | None, int, Packing, int]:
    """Return the data file if there is one, and where and how the samples lie."""
    if not _true(fields, "BinaryData") and "BinaryData" in fields:
        raise as_text(path)
    name = fields["ElementDataFile"]
    if name.split()[:1] == ["LIST"] or "%" in name:
        raise several_files(path)
    local = name.upper() == "LOCAL"
    data = None if local else detached_data(path, name)
    packing: Packing = "zlib" if _true(fields, "CompressedData") else ""
    skipped = _whole(path, fields, "HeaderSize", 0)
    if skipped < -1 or (skipped == -1 and packing):
        raise _damaged(path, "HeaderSize", fields["HeaderSize"])
    if skipped == -1:
        whole = layout.block * layout.blocks
        return data, max(0, (data or path).stat().st_size - whole), packing, 0
    at = end if local else 0
    return data, 0, packing, at + skipped
