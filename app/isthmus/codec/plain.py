"""A run of slabs as the samples that are stored in the scan: exact, whatever they are.

What no model can shorten, such as noise, is written like this, so that it never costs more than
its samples do.

    samples ─ differences along one axis ─ small ones positive ─ bytes by significance ─ deflate
"""

import math
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from isthmus.errors import BitstreamError

Samples = npt.NDArray[np.generic]
_Whole = npt.NDArray[np.unsignedinteger]

# The first byte: which samples are predicted from. 0 is none, then those to the left, those above,
# and those of the slice before: axes 2, 1 and 0.
_PREDICTORS = (None, 2, 1, 0)
# Raw deflate: the table of the file has a checksum already.
_RAW = -zlib.MAX_WBITS
# No byte of deflate makes more than so many: two bits for 258 bytes.
_MOST_FROM_A_BYTE = 1032


def encode_plain(samples: Samples) -> bytes:
    """Code the samples of a run.

    Args:
        samples: Axes (slice, row, column), integers or floats of up to 8 bytes.

    Returns:
        A stream, at most a thousandth and 16 bytes longer than the samples.
    """
    whole = _as_whole(samples)
    # All are tried: deflate is quick, and no estimate foresees what its repetitions save.
    coded = [
        bytes([number]) + _deflate(_by_significance(_folded(_differences(whole, axis))))
        for number, axis in enumerate(_PREDICTORS)
    ]
    return min(coded, key=len)


def decode_plain(stream: bytes, shape: Sequence[int], dtype: np.dtype[np.generic]) -> Samples:
    """Undo `encode_plain`.

    Args:
        stream: What it returned.
        shape: Slices, rows and columns of the run.
        dtype: The type of the samples.

    Returns:
        The samples, axes (slice, row, column), the same to the bit.

    Raises:
        BitstreamError: The stream is not that of a run of this shape and type.
    """
    size = math.prod(shape) * dtype.itemsize
    if not stream or stream[0] >= len(_PREDICTORS) or size > _MOST_FROM_A_BYTE * len(stream):
        raise _nonsense()
    planes = np.frombuffer(_inflate(stream[1:], size), np.uint8).reshape(dtype.itemsize, -1)
    whole = np.ascontiguousarray(planes.T).view(f"<u{dtype.itemsize}").reshape(shape)
    whole = _unfolded(whole)
    axis = _PREDICTORS[stream[0]]
    if axis is not None:
        # Sums wrap around as differences did.
        np.cumsum(whole, axis=axis, dtype=whole.dtype, out=whole)
    return whole.view(dtype.newbyteorder("<")).astype(dtype, copy=False)


def _as_whole(samples: Samples) -> _Whole:
    """Read the bits of each sample as an unsigned number."""
    little = np.ascontiguousarray(samples, samples.dtype.newbyteorder("<"))
    return little.view(f"<u{samples.dtype.itemsize}")


def _differences(whole: _Whole, axis: int | None) -> _Whole:
    if axis is None:
        return whole
    first = np.zeros_like(whole.take([0], axis))
    return np.diff(whole, axis=axis, prepend=first)


def _folded(whole: _Whole) -> _Whole:
    """Map 0, −1, 1, −2 and so on, modulo 2ⁿ, to 0, 1, 2, 3."""
    one = whole.dtype.type(1)
    return np.where(whole >> _top(whole), ~(whole << one), whole << one)


def _unfolded(whole: _Whole) -> _Whole:
    one = whole.dtype.type(1)
    return np.where(whole & one, ~(whole >> one), whole >> one)


def _top(whole: _Whole) -> np.unsignedinteger:
    return whole.dtype.type(8 * whole.dtype.itemsize - 1)


def _by_significance(whole: _Whole) -> bytes:
    """Return the lowest bytes of all numbers, then the next ones, and so on."""
    return whole.reshape(-1, 1).view(np.uint8).T.tobytes()


def _deflate(data: bytes) -> bytes:
    # Filtered: what prediction leaves has few repetitions, and searching them costs more than it
    # saves.
    coder = zlib.compressobj(6, zlib.DEFLATED, _RAW, strategy=zlib.Z_FILTERED)
    return coder.compress(data) + coder.flush()


def _inflate(data: bytes, size: int) -> bytes:
    coder = zlib.decompressobj(_RAW)
    try:
        # One byte more than there should be shows a stream that is too long.
        found = coder.decompress(data, size + 1)
    except zlib.error as error:
        raise _nonsense() from error
    if len(found) != size or not coder.eof or coder.unused_data:
        raise _nonsense()
    return found


def _nonsense() -> BitstreamError:
    return BitstreamError("The file's samples do not make sense.", "Copy the file again.")
