"""Files of both format versions, put together by hand from the documents of the formats.

Nothing here uses the program's own writers, so that fields can be forged that these would refuse,
and checksums still be right.
"""

import struct
import zlib

import numpy as np

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])


def integer(value):
    coded = b""
    while value >= 128:
        coded += bytes([value % 128 + 128])
        value //= 128
    return coded + bytes([value])


def number(value):
    coded = struct.pack(">d", value)
    while coded.endswith(b"\0"):
        coded = coded[:-1]
    return bytes([len(coded)]) + coded


def text(words):
    return bytes([len(words.encode())]) + words.encode()


def entry(stream):
    return integer(len(stream)) + struct.pack("<I", zlib.crc32(stream))


def fields(**changes):
    """Return the fields of a header of version 2 by name, each as bytes.

    Unchanged: a CT of 5×9×17 voxels in three slabs and one layer of two runs, neither plain; no
    stream has a byte.
    """
    known = {
        "kind": b"\3",
        "flags": b"\1",
        "bottleneck": b"\3",
        "depth": b"\2",
        "checkpoint": bytes.fromhex("0123456789abcdef"),
        "strength": b"\x80",
        "layers": b"\1",
        "restart": b"\2",
        "slices": integer(5),
        "rows": integer(9),
        "columns": integer(17),
        **{f"affine{at}": number(value) for at, value in enumerate(AFFINE[:3].flat)},
        "low": number(-1000.0),
        "high": number(1500.5),
        "minimum": number(-1024.0),
        "maximum": number(3071.0),
        "scale": number(0.1),
        "offset": number(-7.0),
        "step": number(0.03125),
        "unit": text("HU"),
        "modality": text("CT"),
        "lossy": text(""),
        "leaning": integer(0),
        "extensions": integer(0),
        "plain": integer(0),
        "table": entry(b"") * 2,
        "behind": integer(0),
        "end": b"",
    }
    assert changes.keys() <= known.keys()
    return known | changes


def version_2(streams=(), **changes):
    """Return a file; the changed fields are given as bytes."""
    body = b"".join(fields(**changes).values())
    head = b"ISTH" + struct.pack("<HI", 2, len(body)) + body
    return head + struct.pack("<I", zlib.crc32(head)) + b"".join(streams)


def version_1(slabs, *, shape=(5, 9, 17), depth=2, forged=()):
    """Return a file of version 1 with these bytes for slabs.

    Args:
        slabs: The bytes of each.
        shape: Slices, rows, columns.
        depth: Slices per slab.
        forged: Triples (offset in the header, format of a field, value) to overwrite.
    """
    header = bytearray(
        struct.pack("<BBBB8s3I", 3, 1, 3, depth, bytes.fromhex("0123456789abcdef"), *shape)
        + struct.pack("<12d", *AFFINE[:3].flat)
        + struct.pack("<6d", -1000.0, 1500.5, -1024.0, 3071.0, 0.1, -7.0)
        + text("HU")
        + text("CT")
    )
    for offset, kind, value in forged:
        struct.pack_into(f"<{kind}", header, offset, value)
    records = [entry(slab) + slab for slab in slabs]
    checksum = struct.pack("<I", zlib.crc32(header))
    return b"".join((b"ISTH\1", struct.pack("<H", len(header)), header, checksum, *records))
