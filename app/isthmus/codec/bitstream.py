"""The .isth file: a header with a table of contents, then streams, by layer and run.

    ISTH, version, length │ fields, table │ CRC │ layer 0: run 0, run 1, … │ layer 1: run 0, …

A file that is cut short after its header still has the lower layers of every run, so that its
first bytes are a preview of the whole. `docs/bitstream.md` describes the format for someone who
writes another decoder; this module and those that it imports are its only readers and writers.
Nothing here knows how a stream's bytes are coded.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isthmus.codec import version1
from isthmus.codec.fields import Reader, nonsense, write_integer
from isthmus.codec.header import RESTART, Header, check_size, parse_header, write_header
from isthmus.errors import BitstreamError

__all__ = [
    "MAGIC",
    "RESTART",
    "VERSION",
    "Header",
    "check_size",
    "pack",
    "prefix_sizes",
    "read_header",
    "salvage",
    "unpack",
]

MAGIC = b"ISTH"
VERSION = 2

_AGAIN = "Copy the file again."
_START = struct.Struct("<4sHI")
_CHECKSUM = struct.Struct("<I")


@dataclass(frozen=True)
class _Stream:
    """An entry of the table: where a stream lies in the file."""

    layer: int
    run: int
    start: int
    end: int
    checksum: int

    def cut_from(self, data: bytes) -> bytes | None:
        """Return the stream's bytes, or None if they are damaged or not all there."""
        if self.start == self.end:
            # Nothing is missing of it, wherever the file ends.
            return b""
        stream = data[self.start : self.end]
        whole = self.end <= len(data) and zlib.crc32(stream) == self.checksum
        return stream if whole else None


@dataclass(frozen=True)
class _Contents:
    """A file's header and table.

    Attributes:
        header: Its fields.
        streams: In the order of the file.
        end: Where the file ends.
    """

    header: Header
    streams: list[_Stream]
    end: int


def pack(header: Header, streams: Sequence[Sequence[bytes]]) -> bytes:
    """Return the bytes of a file.

    Args:
        header: What the streams are.
        streams: `streams[layer][run]`. A plain run has its samples in layer 0 and nothing in the
            others.

    Raises:
        BitstreamError: The scan's size does not fit the format.
        ValueError: The streams are not those of the header.
    """
    fields = write_header(header)
    if [len(layer) for layer in streams] != [header.runs] * header.layers:
        raise ValueError(f"{header.layers} layers of {header.runs} streams are needed")
    if any(layer[run] for layer in streams[1:] for run in header.plain):
        raise ValueError("a plain run lies in layer 0 alone")
    flat = [stream for layer in streams for stream in layer]
    table = [write_integer(len(s)) + _CHECKSUM.pack(zlib.crc32(s)) for s in flat]
    # No bytes of extensions behind the streams yet.
    body = fields + b"".join(table) + write_integer(0)
    head = _START.pack(MAGIC, VERSION, len(body)) + body
    return b"".join((head, _CHECKSUM.pack(zlib.crc32(head)), *flat))


def read_header(data: bytes) -> Header:
    """Read and check the header; the rest of the file need not be there.

    Raises:
        BitstreamError: It is not an .isth file, is damaged, or is from a newer version.
    """
    return version1.read_header(data) if _is_version_1(data) else _contents(data).header


def prefix_sizes(data: bytes) -> list[int]:
    """Return how many bytes of the file hold the first layer, the first two, and so on.

    Args:
        data: A file of version 2, or its first bytes with the whole header.

    Raises:
        BitstreamError: As `read_header`, or the file is of version 1, which has no layers.
    """
    if _is_version_1(data):
        raise BitstreamError(
            "The file is of format version 1, which has no layers.", "Read all of it."
        )
    contents = _contents(data)
    return [
        stream.end for stream in contents.streams[contents.header.runs - 1 :: contents.header.runs]
    ]


def unpack(data: bytes) -> tuple[Header, list[list[bytes]]]:
    """Return the header and the streams, each checked.

    Returns:
        The header and `streams[layer][run]`; see `salvage` for those of version 1.

    Raises:
        BitstreamError: As `read_header`, or a stream is damaged or missing; the sentence says how
            many are whole.
    """
    header, streams, problem = salvage(data)
    if problem is not None:
        raise problem
    return header, [[stream for stream in layer if stream is not None] for layer in streams]


def salvage(data: bytes) -> tuple[Header, list[list[bytes | None]], BitstreamError | None]:
    """Return the header, the streams that are whole, and what is wrong with the file.

    Returns:
        The header; `streams[layer][run]`, with None for a stream that is damaged or missing; and
        the problem, None for a file without one. A file of version 1 is one layer, whose streams
        `version1.slabs_in` takes apart; the last one before the damage may have fewer slabs.

    Raises:
        BitstreamError: As `read_header`.
    """
    if _is_version_1(data):
        header, streams, problem = version1.salvage(data)
        return header, [streams], problem
    contents = _contents(data)
    header = contents.header
    found = [stream.cut_from(data) for stream in contents.streams]
    layers = [found[start : start + header.runs] for start in range(0, len(found), header.runs)]
    whole = len(found) - found.count(None)
    if len(data) < contents.end:
        problem_is = f"The file ends too early: {whole} of its {len(found)} parts are whole."
    elif whole < len(found):
        problem_is = f"The file is damaged: {whole} of its {len(found)} parts are whole."
    elif len(data) > contents.end:
        problem_is = "The file goes on after its end."
    else:
        return header, layers, None
    return header, layers, BitstreamError(problem_is, _AGAIN)


def _is_version_1(data: bytes) -> bool:
    return data[: len(MAGIC) + 1] == MAGIC + b"\x01"


def _contents(data: bytes) -> _Contents:
    """Read everything before the streams."""
    if data[: len(MAGIC)] != MAGIC:
        raise BitstreamError("This is not an .isth file.", "Open it as a scan instead.")
    if len(data) < _START.size:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    _, version, size = _START.unpack_from(data)
    if version != VERSION:
        raise BitstreamError(f"The file has format version {version}.", "Update Isthmus.")
    start = _START.size + size + _CHECKSUM.size
    if len(data) < start:
        raise BitstreamError("The file ends in its header.", _AGAIN)
    head = data[: _START.size + size]
    if _CHECKSUM.unpack_from(data, len(head)) != (zlib.crc32(head),):
        raise BitstreamError("The file's header is damaged.", _AGAIN)
    fields = Reader(head[_START.size :])
    header = parse_header(fields)
    streams = list(_table(header, fields, start))
    end = streams[-1].end + fields.integer()
    if fields.left:
        raise nonsense()
    return _Contents(header, streams, end)


def _table(header: Header, fields: Reader, start: int) -> Iterator[_Stream]:
    """Read the table entry by entry: a forged count runs out of bytes before it takes memory."""
    for layer in range(header.layers):
        for run in range(header.runs):
            length = fields.integer()
            (checksum,) = _CHECKSUM.unpack(fields.raw(_CHECKSUM.size))
            if length and layer and run in header.plain:
                raise nonsense()
            yield _Stream(layer, run, start, start + length, checksum)
            start += length
