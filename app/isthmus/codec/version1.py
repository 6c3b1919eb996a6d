"""Files of format version 1, read only; `docs/bitstream-1.md` describes them.

Their slabs lie one after the other, each with its length and checksum, and all channels of a slab
in one piece.
"""

import struct
import zlib

import numpy as np

from isthmus.codec.fields import Reader, nonsense
from isthmus.codec.header import Header, fits, make_grid
from isthmus.errors import BitstreamError

_AGAIN = "Copy the file again."
_RESTART = 8
_START = struct.Struct("<5sH")
_CHECKSUM = struct.Struct("<I")
# Type, flags, bottleneck, slab depth, checkpoint, shape, three rows of the affine, then low, high,
# minimum, maximum, scale and offset.
_FIXED = struct.Struct("<BBBB8s3I12d6d")


def read_header(data: bytes) -> Header:
    """Read and check the header.

    Args:
        data: Starts with `ISTH` and a 1.

    Raises:
        BitstreamError: It is damaged or cut short.
    """
    return _header(data)[0]


def salvage(data: bytes) -> tuple[Header, list[bytes | None], BitstreamError | None]:
    """Return the header, the slabs before the first damage by runs, and what the damage is.

    Returns:
        The header; for each run of eight slabs its part of the file, which `slabs_in` takes apart,
        or None if none of its slabs is left; and the problem, None for a file without one.

    Raises:
        BitstreamError: As `read_header`.
    """
    header, start = _header(data)
    ends, problem = [start], ""
    while len(ends) <= header.slabs and not problem:
        length, at = _record(data, ends[-1])
        end = at + _CHECKSUM.size + length
        if length < 0 or end > len(data):
            problem = "The file ends too early"
        elif _CHECKSUM.unpack_from(data, at) != (zlib.crc32(data[at + _CHECKSUM.size : end]),):
            problem = "The file is damaged"
        else:
            ends.append(end)
    whole = len(ends) - 1
    if problem:
        problem += f": {whole} of {header.slabs} slabs are whole."
    elif ends[-1] != len(data):
        problem = "The file goes on after its end."
    runs: list[bytes | None] = [None] * header.runs
    for first in range(0, whole, _RESTART):
        runs[first // _RESTART] = data[ends[first] : ends[min(first + _RESTART, whole)]]
    return header, runs, BitstreamError(problem, _AGAIN) if problem else None


def slabs_in(run: bytes) -> list[bytes]:
    """Take the part of a file that `salvage` returned for a run apart into its slabs."""
    slabs, at = [], 0
    while at < len(run):
        length, start = _record(run, at)
        at = start + _CHECKSUM.size + length
        slabs.append(run[start + _CHECKSUM.size : at])
    return slabs


def _header(data: bytes) -> tuple[Header, int]:
    """Return the header and where it ends."""
    if len(data) < _START.size:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    _, size = _START.unpack_from(data)
    body, end = data[_START.size : _START.size + size], _START.size + size + _CHECKSUM.size
    if len(data) < end:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    if _CHECKSUM.unpack_from(data, end - _CHECKSUM.size) != (zlib.crc32(body),):
        raise BitstreamError("The file's header is damaged.", _AGAIN)
    fields = Reader(body)
    kind, flags, bottleneck, depth, checkpoint, *numbers = _FIXED.unpack(fields.raw(_FIXED.size))
    unit, modality = fields.text(), fields.text()
    shape, affine = (numbers[0], numbers[1], numbers[2]), np.eye(4)
    affine[:3] = np.reshape(numbers[3:15], (3, 4))
    low, high, minimum, maximum, scale, offset = numbers[15:]
    if depth == 0 or not fits(shape):
        raise nonsense()
    ranges = (low, high, minimum, maximum, scale, offset)
    grid = make_grid(shape, kind, flags, affine, ranges, unit, modality)
    return Header(checkpoint.hex(), bottleneck, depth, grid, step=None, version=1), end


def _record(data: bytes, at: int) -> tuple[int, int]:
    """Return a slab's length and where its checksum lies; a length of -1 if it is cut short."""
    length = 0
    for index in range(5):
        if at + index >= len(data):
            break
        byte = data[at + index]
        length |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            return length, at + index + 1
    return -1, at
