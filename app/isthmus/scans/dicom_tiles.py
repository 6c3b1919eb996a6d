"""Where the tiles of a Siemens mosaic lie.

A mosaic is one picture that holds the slices of a volume in a square, one file for each volume. Its
position is that of a picture as large as the whole square around the middle of the first slice, and
the way from slice to slice stands in Siemens' own header, CSA.
"""

import dataclasses
import math
import struct
from typing import Any

from isthmus.scans.dicom_frames import Frame
from isthmus.scans.dicom_marks import Marks, private_values
from isthmus.scans.dicom_tags import Vector, cross, floats, unit_vector

_MOST_TILES = 1024


def tiles(picture: Frame, dataset: Any) -> tuple[Frame, ...]:
    """Return a frame for each slice in a mosaic; the picture itself if it does not say how many.

    Args:
        picture: The whole picture, placed as the file says.
        dataset: Its header.
    """
    csa = _csa(dataset)
    counts = private_values(dataset, 0x0019, 0x0A, "SIEMENS MR HEADER", "H")
    counts = counts or _numbers(csa, "NumberOfImagesInMosaic")
    count = int(counts[0]) if counts else 0
    if not 0 < count <= _MOST_TILES:
        return (picture,)
    across = math.isqrt(count - 1) + 1
    if picture.rows % across or picture.columns % across:
        return (picture,)
    rows, columns = picture.rows // across, picture.columns // across
    first = _first(picture, rows, columns)
    marks = _completed(picture, csa)
    step = _step(picture, _numbers(csa, "SliceNormalVector"))
    return tuple(
        dataclasses.replace(
            picture,
            rows=rows,
            columns=columns,
            position=_add(first, step, k) if first and step else None,
            tile=k,
            across=across,
            marks=marks,
        )
        for k in range(count)
    )


def _csa(dataset: Any) -> dict[str, Any]:
    """Return the elements of the image's CSA header; none if it is missing or damaged."""
    from nibabel.nicom import csareader

    get_header: Any = csareader.get_csa_header  # nibabel's types leave it open
    try:
        header = get_header(dataset, "image")
    except (csareader.CSAReadError, struct.error, ValueError, IndexError):
        return {}
    return dict(header["tags"]) if header else {}


def _numbers(csa: dict[str, Any], name: str) -> tuple[float, ...]:
    element = csa.get(name)
    return floats(element["items"]) if element else ()


def _completed(picture: Frame, csa: dict[str, Any]) -> Marks:
    """Add a b-value and its direction from the CSA header, where old files have it alone."""
    marks, b_values = picture.marks, _numbers(csa, "B_value")
    if marks.b_value is not None or not b_values:
        return marks
    direction = _numbers(csa, "DiffusionGradientDirection")
    return dataclasses.replace(
        marks,
        b_value=b_values[0],
        gradient=unit_vector(direction) if len(direction) == 3 else None,
    )


def _first(picture: Frame, rows: int, columns: int) -> Vector | None:
    """Return the centre of the first voxel of the first tile."""
    if picture.position is None or picture.along_row is None or picture.along_column is None:
        return None
    row_mm, column_mm = picture.spacing or (1.0, 1.0)
    right = _add(picture.position, picture.along_row, (picture.columns - columns) / 2 * column_mm)
    return _add(right, picture.along_column, (picture.rows - rows) / 2 * row_mm)


def _step(picture: Frame, normal: tuple[float, ...]) -> Vector | None:
    """Return the way from one tile to the next."""
    if picture.along_row is None or picture.along_column is None:
        return None
    direction = unit_vector(normal) if len(normal) == 3 else None
    direction = direction or cross(picture.along_row, picture.along_column)
    apart = picture.thickness or 1.0
    return direction[0] * apart, direction[1] * apart, direction[2] * apart


def _add(start: Vector, way: Vector, times: float) -> Vector:
    return (
        start[0] + way[0] * times,
        start[1] + way[1] * times,
        start[2] + way[2] * times,
    )
