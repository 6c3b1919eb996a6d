"""Reading a file from front to back, compressed with gzip or not.

A compressed file is read from disk once, whole: reaching into the middle of a gzip stream means
decompressing everything before it.
"""

import zlib
from pathlib import Path

GZIP_MAGIC = b"\x1f\x8b"
_STEP = 1 << 20


class DamagedStreamError(Exception):
    """The compressed bytes are not what was compressed."""


class ByteSource:
    """The bytes of a file in order, decompressed on the way if they need it.

    Args:
        path: The file; it is read into memory at once.
    """

    def __init__(self, path: Path) -> None:
        self._packed = memoryview(path.read_bytes())
        self._at = 0
        self.compressed = bytes(self._packed[:2]) == GZIP_MAGIC
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._waiting = b""

    def read_into(self, target: memoryview) -> int:
        """Fill `target` with the next bytes.

        Args:
            target: A writable view of bytes.

        Returns:
            How many there were; fewer than asked only where the file ends.

        Raises:
            DamagedStreamError: The compressed bytes are damaged.
        """
        filled = 0
        while filled < len(target):
            piece = self._next(len(target) - filled)
            if not piece:
                break
            target[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, or those that are left; see `read_into`."""
        buffer = bytearray(size)
        return bytes(buffer[: self.read_into(memoryview(buffer))])

    def finish(self) -> bool:
        """Read what is left, so that the checksum of a compressed file is checked.

        Returns:
            Whether the file was whole: a compressed one may end early behind the voxels.

        Raises:
            DamagedStreamError: The checksum does not fit.
        """
        while self.compressed and self._next(_STEP):
            pass
        return not self.compressed or self._inflater.eof

    def _next(self, limit: int) -> bytes | memoryview:
        """Return up to `limit` bytes; none at the end of the file."""
        if not self.compressed:
            stored = self._packed[self._at : self._at + min(limit, _STEP)]
            self._at += len(stored)
            return stored
        while True:
            if self._inflater.eof:
                # Several gzip streams may follow each other in one file, as bgzip writes them.
                start = self._at - len(self._inflater.unused_data)
                if bytes(self._packed[start : start + 2]) != GZIP_MAGIC:
                    return b""
                self._at, self._waiting = start, b""
                self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if not self._waiting:
                self._waiting = bytes(self._packed[self._at : self._at + _STEP])
                self._at += len(self._waiting)
            ended = not self._waiting
            try:
                piece = self._inflater.decompress(self._waiting, min(limit, _STEP))
            except zlib.error as error:
                raise DamagedStreamError(str(error)) from error
            self._waiting = self._inflater.unconsumed_tail
            if piece or (ended and not self._inflater.eof):
                return piece
