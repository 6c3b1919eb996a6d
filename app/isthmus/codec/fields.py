"""How single fields of an .isth file's header are written and read."""

import struct

from isthmus.errors import BitstreamError

_TEXT_BYTES = 255
# Seven bits each: lengths up to 2⁴² bytes, more than the largest scan has.
_INTEGER_BYTES = 6
_DOUBLE = struct.Struct(">d")


def nonsense() -> BitstreamError:
    """Return the error of a header that no writer would make."""
    return BitstreamError("The file's header does not make sense.", "Copy the file again.")


def write_integer(value: int) -> bytes:
    """LEB128: seven bits a byte, lowest first, the top bit set while more follow."""
    coded = bytearray()
    while value > 0x7F:
        coded.append(value & 0x7F | 0x80)
        value >>= 7
    coded.append(value)
    return bytes(coded)


def write_number(value: float) -> bytes:
    """A double, most significant byte first, without the zeros at its end; its length before it.

    Most numbers of a header are small integers or come from single precision: a quarter to a half
    of their bytes is zero, which counts in the smallest files.
    """
    coded = _DOUBLE.pack(value).rstrip(b"\0")
    return bytes([len(coded)]) + coded


def write_text(text: str) -> bytes:
    """UTF-8 of at most 255 bytes, cut between two characters; its length before it."""
    whole = text.encode("utf-8", errors="replace")[:_TEXT_BYTES].decode("utf-8", errors="ignore")
    coded = whole.encode("utf-8")
    return bytes([len(coded)]) + coded


class Reader:
    """Reads fields one after the other, and never beyond their end.

    Args:
        data: Bytes from somebody else.

    Every method raises `BitstreamError` where the bytes end early or make no sense.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read."""
        return len(self._data) - self._at

    def raw(self, size: int) -> bytes:
        """Read `size` bytes as they are."""
        if size > self.left:
            raise nonsense()
        self._at += size
        return self._data[self._at - size : self._at]

    def byte(self) -> int:
        """Read one byte."""
        return self.raw(1)[0]

    def integer(self) -> int:
        """Undo `write_integer`."""
        value = 0
        for index in range(_INTEGER_BYTES):
            byte = self.byte()
            value |= (byte & 0x7F) << (7 * index)
            if not byte & 0x80:
                return value
        raise nonsense()

    def number(self) -> float:
        """Undo `write_number`; the number may be infinite or none at all."""
        size = self.byte()
        if size > _DOUBLE.size:
            raise nonsense()
        return float(_DOUBLE.unpack(self.raw(size).ljust(_DOUBLE.size, b"\0"))[0])

    def text(self) -> str:
        """Undo `write_text`."""
        return self.raw(self.byte()).decode("utf-8", errors="replace")
