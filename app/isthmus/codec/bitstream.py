"""The .isth file: a header, then slabs, each with its length and checksum.

`docs/bitstream.md` describes the format for someone who writes another decoder; this module is
its only reader and writer. Nothing here knows how a slab's bytes are coded.
"""

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.codec.latent import Grid
from isthmus.errors import BitstreamError

MAGIC = b"ISTH"
VERSION = 1
# Slabs between two restart points: a slab decodes from the nearest one.
RESTART = 8

_AGAIN = "Copy the file again."
_MAX_SIDE = 1 << 16
_MAX_VOXELS = 1 << 34
_TYPES = ("|u1", "|i1", "<u2", "<i2", "<u4", "<i4", "<f4", "<f8", "<f2", "<u8", "<i8")
_TEXT_BYTES = 255
_ORIENTATION_KNOWN, _SIMULATED = 1, 2
# Type, flags, bottleneck, slab depth, checkpoint, shape, three rows of the affine, then low, high,
# minimum, maximum, scale and offset.
_FIXED = struct.Struct("<BBBB8s3I12d6d")


@dataclass(frozen=True, eq=False)
class Header:
    """What a file says of itself before its slabs.

    Attributes:
        checkpoint_id: Whose weights decode it, 16 hex digits.
        bottleneck: Index of the bottleneck in that model.
        depth: Slices per slab.
        grid: Where the reconstruction goes.
    """

    checkpoint_id: str
    bottleneck: int
    depth: int
    grid: Grid

    @property
    def slabs(self) -> int:
        """How many slabs the file holds."""
        return -(-self.grid.shape[0] // self.depth)


def pack(header: Header, slabs: Sequence[bytes]) -> bytes:
    """Return the bytes of a file.

    Raises:
        BitstreamError: The scan's type or size does not fit the format.
    """
    check_size(header.grid)
    grid = header.grid
    kind = grid.dtype.newbyteorder("<").str
    flags = _ORIENTATION_KNOWN * grid.orientation_known + _SIMULATED * grid.simulated
    body = _FIXED.pack(
        _TYPES.index(kind), flags, header.bottleneck, header.depth,
        bytes.fromhex(header.checkpoint_id),
        *grid.shape, *grid.affine[:3].ravel(),
        grid.low, grid.high, grid.minimum, grid.maximum, grid.scale, grid.offset,
    )  # fmt: skip
    body += _text(grid.unit) + _text(grid.modality)
    parts = [MAGIC, struct.pack("<BH", VERSION, len(body)), body, _checksum(body)]
    for slab in slabs:
        parts += [_length(len(slab)), _checksum(slab), slab]
    return b"".join(parts)


def check_size(grid: Grid) -> None:
    """Refuse a scan that is larger than the format allows.

    Raises:
        BitstreamError: It is.
    """
    if not _fits(grid.shape):
        size = "×".join(str(side) for side in grid.shape)
        raise BitstreamError(
            f"A scan of {size} voxels is too large for an .isth file.",
            "Compress a part of it.",
        )


def read_header(data: bytes) -> Header:
    """Read and check the header.

    Raises:
        BitstreamError: It is not an .isth file, is damaged, or is from a newer version.
    """
    return _header(data)[0]


def unpack(data: bytes) -> tuple[Header, list[bytes]]:
    """Return the header and the bytes of every slab, each checked.

    Raises:
        BitstreamError: As `read_header`, or a slab is damaged or missing; the sentence says how
            many slabs before it are whole.
    """
    header, slabs, problem = salvage(data)
    if problem is not None:
        raise problem
    return header, slabs


def salvage(data: bytes) -> tuple[Header, list[bytes], BitstreamError | None]:
    """Return the header, the slabs before the first damage, and what the damage is.

    Raises:
        BitstreamError: As `read_header`.
    """
    header, position = _header(data)
    slabs: list[bytes] = []
    problem = ""
    while len(slabs) < header.slabs and not problem:
        length, start = _read_length(data, position)
        end = start + 4 + length
        slab = data[start + 4 : end]
        if length < 0 or end > len(data):
            problem = "The file ends too early"
        elif data[start : start + 4] != _checksum(slab):
            problem = "The file is damaged"
        else:
            slabs.append(slab)
            position = end
    if problem:
        problem += f": {len(slabs)} of {header.slabs} slabs are whole."
    elif position != len(data):
        problem = "The file goes on after its end."
    return header, slabs, BitstreamError(problem, _AGAIN) if problem else None


def _header(data: bytes) -> tuple[Header, int]:
    if data[:4] != MAGIC:
        raise BitstreamError("This is not an .isth file.", "Open it as a scan instead.")
    if len(data) < 7:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    version, size = struct.unpack_from("<BH", data, 4)
    if version != VERSION:
        raise BitstreamError(f"The file has format version {version}.", "Update Isthmus.")
    body, end = data[7 : 7 + size], 7 + size + 4
    if len(data) < end or size < _FIXED.size + 2:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    if data[end - 4 : end] != _checksum(body):
        raise BitstreamError("The file's header is damaged.", _AGAIN)
    kind, flags, bottleneck, depth, checkpoint, *numbers = _FIXED.unpack_from(body)
    unit, rest = _read_text(body, _FIXED.size)
    modality, _ = _read_text(body, rest)
    shape, affine = (numbers[0], numbers[1], numbers[2]), np.eye(4)
    affine[:3] = np.reshape(numbers[3:15], (3, 4))
    low, high, minimum, maximum, scale, offset = numbers[15:]
    if kind >= len(_TYPES) or depth == 0 or not _fits(shape):
        raise _nonsense()
    try:
        grid = Grid(
            shape=shape,
            dtype=np.dtype(_TYPES[kind]),
            affine=affine,
            low=low,
            high=high,
            minimum=minimum,
            maximum=maximum,
            scale=scale,
            offset=offset,
            unit=unit,
            modality=modality,
            orientation_known=bool(flags & _ORIENTATION_KNOWN),
            simulated=bool(flags & _SIMULATED),
        )
    except ValueError as error:
        raise _nonsense() from error
    return Header(checkpoint.hex(), bottleneck, depth, grid), end


def _fits(shape: tuple[int, int, int]) -> bool:
    return all(0 < side <= _MAX_SIDE for side in shape) and math.prod(shape) <= _MAX_VOXELS


def _nonsense() -> BitstreamError:
    return BitstreamError("The file's header does not make sense.", _AGAIN)


def _checksum(data: bytes) -> bytes:
    return struct.pack("<I", zlib.crc32(data))


def _text(text: str) -> bytes:
    # Cut between two characters, not inside one.
    whole = text.encode("utf-8", errors="replace")[:_TEXT_BYTES].decode("utf-8", errors="ignore")
    coded = whole.encode("utf-8")
    return bytes([len(coded)]) + coded


def _read_text(body: bytes, position: int) -> tuple[str, int]:
    end = position + 1 + (body[position] if position < len(body) else 0)
    if end > len(body):
        raise _nonsense()
    return body[position + 1 : end].decode("utf-8", errors="replace"), end


def _length(length: int) -> bytes:
    """LEB128: seven bits a byte, lowest first, the top bit set while more follow."""
    coded = bytearray()
    while length > 0x7F:
        coded.append(length & 0x7F | 0x80)
        length >>= 7
    coded.append(length)
    return bytes(coded)


def _read_length(data: bytes, position: int) -> tuple[int, int]:
    """Return a length and where it ends; -1 if it is cut short."""
    length = 0
    for index in range(5):
        if position + index >= len(data):
            return -1, position
        byte = data[position + index]
        length |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            return length, position + index + 1
    return -1, position
