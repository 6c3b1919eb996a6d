"""Reading a file from front to back, compressed or not.

A compressed file is a stream: reaching into its middle means decompressing everything before it,
so that it is read once, in order, and never held whole. What it could hold at most follows from
its size on disk, which unmasks headers that announce more before any memory is taken.
"""

import bz2
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from isthmus.work import CancelToken

Packing = Literal["", "gzip", "zlib", "bzip2"]

GZIP_MAGIC = b"\x1f\x8b"
# What one decompression step makes at most, and what it is fed: little, because the rest of a step
# is copied for each of several streams that follow one another in a file.
_MADE, _FED = 1 << 20, 1 << 15
# Two bits of a deflated stream make at most 258 bytes; a bzip2 block makes at most 46 MB and
# takes some 40 bytes.
_MOST_MADE = {"gzip": 1032, "zlib": 1032, "bzip2": 4_000_000}
# Bytes that may follow the wanted ones and are still read to check the sum at the end.
_TAIL = 1 << 24


class DamagedStreamError(Exception):
    """The compressed bytes are not what was compressed."""


class ByteSource:
    """The bytes of a file in order, decompressed on the way if they need it.

    Args:
        path: A regular file.
        packing: How it is compressed; an empty string if it is not; None finds gzip by itself.
        start: Where in the file, as it lies on disk, the bytes begin.
        cancel: Checked at every step.

    Attributes:
        packing: How it is compressed.
        capacity: Bytes that can be in it: exactly those that are, if it is not compressed, else
            no more than this.
    """

    def __init__(
        self,
        path: Path,
        packing: Packing | None = None,
        *,
        start: int = 0,
        cancel: CancelToken | None = None,
    ) -> None:
        self._cancel, self._start = cancel, start
        self._file = path.open("rb", buffering=0)
        self._stored = max(0, path.stat().st_size - start)
        self._file.seek(start)
        if packing is None:
            packing = "gzip" if self._file.read(2) == GZIP_MAGIC else ""
            self._file.seek(start)
        self.packing: Packing = packing
        self.capacity = self._stored * _MOST_MADE.get(packing, 1)
        self._unpacker: Any = _unpacker(packing)
        self._waiting = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def read_into(self, target: memoryview) -> int:
        """Fill `target` with the next bytes.

        Args:
            target: A writable view of bytes.

        Returns:
            How many there were; fewer than asked only where the file ends.

        Raises:
            DamagedStreamError: The compressed bytes are damaged.
            Cancelled: `cancel` was set.
        """
        filled = 0
        while filled < len(target):
            if self.packing:
                piece = self._next(len(target) - filled)
                target[filled : filled + len(piece)] = piece
                passed = len(piece)
            else:
                self._check()
                passed = self._file.readinto(target[filled : filled + _MADE]) or 0
            if not passed:
                break
            filled += passed
        return filled

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, or those that are left; see `read_into`."""
        buffer = bytearray(size)
        return bytes(buffer[: self.read_into(memoryview(buffer))])

    def skip(self, size: int) -> int:
        """Pass over `size` bytes.

        Returns:
            How many were passed; fewer only where the file ends.

        Raises:
            DamagedStreamError: The compressed bytes are damaged.
            Cancelled: `cancel` was set.
        """
        if not self.packing:
            size = min(size, self._stored - (self._file.tell() - self._start))
            self._file.seek(size, 1)
            return size
        passed = 0
        while passed < size:
            piece = self._next(size - passed)
            if not piece:
                break
            passed += len(piece)
        return passed

    def finish(self) -> bool:
        """Read what is left, if it is not much, so that the sum of a compressed file is checked.

        Returns:
            Whether the file was whole: a compressed one may end early behind the voxels.

        Raises:
            DamagedStreamError: The sum does not fit.
            Cancelled: `cancel` was set.
        """
        return not self.packing or self.skip(_TAIL) == _TAIL or bool(self._unpacker.eof)

    def _check(self) -> None:
        if self._cancel is not None:
            self._cancel.check()

    def _next(self, limit: int) -> bytes:
        """Return up to `limit` decompressed bytes; none at the end."""
        while True:
            self._check()
            if self._unpacker.eof:
                # Several streams may follow each other in one file, as bgzip writes them.
                self._waiting = self._unpacker.unused_data
                if len(self._waiting) < 4:
                    self._waiting += self._file.read(_FED)
                magic = {"gzip": GZIP_MAGIC, "bzip2": b"BZh"}.get(self.packing)
                if magic is None or not self._waiting.startswith(magic):
                    return b""
                self._unpacker = _unpacker(self.packing)
            if not self._waiting and getattr(self._unpacker, "needs_input", True):
                self._waiting = self._file.read(_FED)
            ended = not self._waiting and getattr(self._unpacker, "needs_input", True)
            try:
                piece: bytes = self._unpacker.decompress(self._waiting, min(limit, _MADE))
            except (zlib.error, OSError, EOFError) as error:
                raise DamagedStreamError(str(error)) from error
            self._waiting = getattr(self._unpacker, "unconsumed_tail", b"")
            if piece or (ended and not self._unpacker.eof):
                return piece


def _unpacker(packing: Packing) -> Any:
    if packing == "bzip2":
        return bz2.BZ2Decompressor()
    # Where zlib is announced, gzip is taken as well, as MetaImage's own reader does.
    return zlib.decompressobj(zlib.MAX_WBITS | (16 if packing == "gzip" else 32))
