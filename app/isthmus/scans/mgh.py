"""What the headers of FreeSurfer's MGH and MGZ files say."""

from pathlib import Path
from typing import Any

import numpy as np

from isthmus.errors import ScanError
from isthmus.scans.image_file import ImageFile, Layout
from isthmus.scans.nifti_affine import usable
from isthmus.scans.parts import PartAxis, part_labels

_START = 284
_KNOWN_TYPES = (0, 1, 3, 4, 10)
_LAST_TYPE = 10
_LONGEST = 1 << 24


def is_mgh(head: bytes) -> bool:
    """Whether the first bytes of a file, decompressed, can be an MGH header.

    Its only mark is a version of 1, so that sizes and type must make sense as well.
    """
    if len(head) < _START or head[:4] != b"\0\0\0\1":
        return False
    sizes = [int.from_bytes(head[at : at + 4], "big", signed=True) for at in (4, 8, 12, 16)]
    kind = int.from_bytes(head[20:24], "big", signed=True)
    return all(0 < size <= _LONGEST for size in sizes) and 0 <= kind <= _LAST_TYPE


def parse_mgh(path: Path, head: bytes) -> ImageFile:
    """Understand an MGH header.

    Args:
        path: A `.mgh` or `.mgz` file.
        head: At least its first 284 bytes, decompressed.

    Raises:
        ScanError: Its voxels are of a type that is not in use.
    """
    from nibabel.freesurfer.mghformat import MGHHeader

    kind: Any = MGHHeader
    raw = kind(head[:_START], check=False)
    if int(raw["type"]) not in _KNOWN_TYPES:
        raise ScanError(
            path,
            f"{path.name} holds voxels of a type that no one uses ({int(raw['type'])}).",
            "Export it again with mri_convert.",
        )
    sizes = tuple(int(size) for size in raw["dims"])
    affine = np.array(raw.get_affine(), dtype=np.float64)
    known = head[28:30] != b"\0\0"  # nibabel sets the flag when it fills in what is usual
    warnings: tuple[str, ...] = ()
    if not known:
        warnings = ("The header does not say how the patient lay: left and right are unknown.",)
    if not usable(affine):
        spacing = np.abs(np.asarray(raw["delta"], dtype=np.float64))
        spacing = np.where(np.isfinite(spacing) & (spacing > 0), spacing, 1.0)
        affine, known = np.diag((*spacing, 1.0)), False
        affine = affine if usable(affine) else np.eye(4)
        warnings = ("The position in the header is damaged: left and right are unknown.",)
    return ImageFile(
        path=path,
        kind="MGH",
        layout=Layout(sizes, (0, 1, 2), np.dtype(raw.get_data_dtype()).newbyteorder(">")),
        affine=affine,
        start=_START,
        labels=part_labels([PartAxis("volume", sizes[3])]),
        orientation_known=known,
        warnings=warnings,
    )
