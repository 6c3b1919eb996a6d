"""The context model of architecture 1, kept so that its files can be read.

It coded slab by slab, block by block, all channels of a block before the next one.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from isthmus.codec.context import MOST_PER_BYTE, Int32, check_tables, damaged
from isthmus.codec.kernels import FEATURE_ENTRIES, FRACTIONS, SCALES, SYMBOLS
from isthmus.codec.version1_kernels import HIDDEN, LINEAR, decode_slab


class ContextModel(NamedTuple):
    """Integer weights and tables; units as in `isthmus.codec.context`."""

    features: Int32  # (4096,)
    embed: Int32  # (channel, 2, hidden)
    embed_bias: Int32  # (hidden,)
    spatial: Int32  # (tap NW N NE W, hidden in, hidden out)
    before: Int32  # (tap in raster order of 3×3, hidden in, hidden out)
    tell: Int32  # (2·bottleneck + first slab of a run, hidden)
    feed: Int32  # (channel, 2, hidden)
    heads: Int32  # (hidden, 2, channel): mean, scale
    offsets: Int32  # (bottleneck, 2, channel)
    within: Int32  # (channel in, 2, 2, channel out)
    linear_spatial: Int32  # (tap, linear in, linear out)
    linear_before: Int32  # (tap, linear in, linear out)
    linear_within: Int32  # (linear in, linear out)
    shifts: Int32  # (scale,)
    cumulative: Int32  # (scale, fraction, symbol + 1)

    @classmethod
    def from_tensors(
        cls, tensors: Mapping[str, npt.NDArray[np.generic]], channels: int, bottlenecks: int
    ) -> "ContextModel":
        """See `isthmus.codec.context.ContextModel.from_tensors`."""
        arrays = {name: tensors[f"context.{name}"] for name in cls._fields}
        check_tables(arrays, _shapes(channels, bottlenecks))
        return cls(**{name: np.ascontiguousarray(a, np.int32) for name, a in arrays.items()})


def decode_slabs(
    model: ContextModel,
    coded: Sequence[bytes],
    shape: tuple[int, int, int],
    bottleneck: int,
    channels: int,
) -> Int32:
    """Decode neighbouring slabs.

    Args:
        model: The weights.
        coded: The bytes of each slab, from a restart point on.
        shape: Channels, rows and columns of a slab.
        bottleneck: Its index in the model.
        channels: How many are coded.

    Returns:
        (slab, channel, row, column).

    Raises:
        BitstreamError: The bytes do not end where they should.
    """
    integers = channels * shape[1] * shape[2]
    if any(integers > MOST_PER_BYTE * len(data) for data in coded):
        raise damaged()
    values = np.zeros((len(coded), *shape), np.int32)
    before = np.zeros((0, shape[2], 1), np.int32)
    embedded = np.zeros((0, shape[2], HIDDEN), np.int32)
    for index, data in enumerate(coded):
        rows = np.zeros((*shape[1:], shape[0]), np.int32)
        embedding = np.zeros((*shape[1:], HIDDEN), np.int32)
        words = np.frombuffer(data[: len(data) // 2 * 2], "<u2").astype(np.uint16)
        left = decode_slab(
            model, rows, before, embedding, embedded, bottleneck, index == 0, channels, words
        )
        if left != 0 or len(data) % 2:
            raise damaged()
        values[index] = rows.transpose(2, 0, 1)
        before, embedded = rows, embedding
    return values


def _shapes(channels: int, bottlenecks: int) -> dict[str, tuple[int, ...]]:
    return {
        "features": (FEATURE_ENTRIES,),
        "embed": (channels, 2, HIDDEN),
        "embed_bias": (HIDDEN,),
        "spatial": (4, HIDDEN, HIDDEN),
        "before": (9, HIDDEN, HIDDEN),
        "tell": (2 * bottlenecks, HIDDEN),
        "feed": (channels, 2, HIDDEN),
        "heads": (HIDDEN, 2, channels),
        "offsets": (bottlenecks, 2, channels),
        "within": (channels, 2, 2, channels),
        "linear_spatial": (4, LINEAR, LINEAR),
        "linear_before": (9, LINEAR, LINEAR),
        "linear_within": (LINEAR, LINEAR),
        "shifts": (SCALES,),
        "cumulative": (SCALES, FRACTIONS, SYMBOLS + 1),
    }
