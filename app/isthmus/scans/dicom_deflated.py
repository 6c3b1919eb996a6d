"""Deflated DICOM, unpacked only as far as it is looked at.

A few kilobytes can unpack to gigabytes: what is taken is bounded by the header, then by the pixels
that the header announces.
"""

import io
import zlib
from pathlib import Path
from typing import BinaryIO

_DEFLATED = b"1.2.840.10008.1.2.1.99"
_PLAIN = b"1.2.840.10008.1.2.1".ljust(len(_DEFLATED), b"\0")
# The file's meta header: where it begins, and the element that says how long it is.
_META, _LENGTH = 132, b"\x02\0\0\0UL\x04\0"
# More than headers take: those of enhanced files with thousands of frames have a few megabytes.
HEADER_BYTES = 32 << 20
_FED = 1 << 16


def open_dicom(path: Path, unpacked: int = HEADER_BYTES) -> BinaryIO:
    """Open a DICOM file to read; a deflated one as if it had been written plain.

    Args:
        path: The file.
        unpacked: How many bytes of a deflated file to unpack; behind them it seems to end.

    Raises:
        OSError: It cannot be opened.
    """
    file = path.open("rb")
    try:
        head = file.read(_META + 12)
        begins = head[_META : _META + 8] == _LENGTH
        meta = file.read(int.from_bytes(head[-4:], "little")) if begins else b""
        if _DEFLATED not in meta:
            file.seek(0)
            return file
        plain = io.BytesIO()
        plain.write(head + meta.replace(_DEFLATED, _PLAIN))
        _inflate(file, plain, unpacked)
    except BaseException:
        file.close()
        raise
    file.close()
    plain.seek(0)
    return plain


def _inflate(file: BinaryIO, plain: BinaryIO, most: int) -> None:
    """Unpack until the stream ends, is damaged, or `most` bytes are there."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    fed = file.read(_FED)
    try:
        while fed and most > 0 and not stream.eof:
            made = stream.decompress(fed, most)
            plain.write(made)
            most -= len(made)
            fed = stream.unconsumed_tail or file.read(_FED)
    except zlib.error:
        return  # what came before the damage shows where the file ends early
