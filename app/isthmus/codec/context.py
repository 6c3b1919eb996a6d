"""The context model and its entropy coder, in exact integers.

Every probability is looked up in an integer table by sums of integers, so the same bytes give the
same latent on every machine, with any number of threads and on any device.

For each slab, block by block in raster order and channel by channel::

    blocks of the slab before (3×3) ─┐
    blocks W, N, NW, NE ─────────────┴─▶ hidden sums ─▶ mean, scale ─▶ table ─▶ rANS
                                             ▲                           │
                                             └── integers so far ◀───────┘

`isthmus.training.rate` is the differentiable twin that the weights are trained with. Fixed point:
activations in 2⁻⁶, features in 2⁻⁴, all sums in 2⁻¹⁶. `isthmus.codec.kernels` does the sums.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from isthmus.codec.kernels import (
    FEATURE_ENTRIES,
    FRACTIONS,
    HIDDEN,
    LINEAR,
    SCALES,
    SYMBOLS,
    TOTAL,
    code_slab,
    rans_encode,
)
from isthmus.errors import BitstreamError

_LARGEST_SHIFT = 16
# Each integer lets the coder's state grow by 41 in 131,072 or more, so that a byte holds fewer
# than 17,800 of them. A file that claims more is refused before memory is taken for it.
_MOST_PER_BYTE = 1 << 15
_AGAIN = "Copy the file again."

Int32 = npt.NDArray[np.int32]


class ContextModel(NamedTuple):
    """Integer weights and tables, as stored in a checkpoint under `context.`.

    Weights on activations are in 2⁻¹⁰, on features in 2⁻¹², on raw integers and biases in 2⁻¹⁶.
    The first axis is the input's, so that a non-zero input adds one contiguous row.
    """

    features: Int32  # (4096,): log2(1 + n) in 2⁻⁴
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
    shifts: Int32  # (scale,): low bits that are sent as they are
    cumulative: Int32  # (scale, fraction, symbol + 1): sums of frequencies, to 65536

    @classmethod
    def from_tensors(
        cls, tensors: Mapping[str, npt.NDArray[np.generic]], channels: int, bottlenecks: int
    ) -> "ContextModel":
        """Take the model from a checkpoint's arrays.

        Args:
            tensors: By name, of any integer type.
            channels: Of the latent.
            bottlenecks: How many the model has.

        Raises:
            KeyError: An array is missing.
            ValueError: An array has another shape, or the tables are no probabilities. The
                compiled code checks nothing, so this is checked here.
        """
        model = cls(
            *(
                np.ascontiguousarray(tensors[f"context.{name}"], dtype=np.int32)
                for name in cls._fields
            )
        )
        shapes = _shapes(channels, bottlenecks)
        wrong = [name for name, array in model._asdict().items() if array.shape != shapes[name]]
        if wrong:
            raise ValueError(f"arrays of unexpected shape: {', '.join(wrong)}")
        sums = model.cumulative
        if (
            (sums[..., 0] != 0).any()
            or (sums[..., -1] != TOTAL).any()
            or (np.diff(sums, axis=-1) < 1).any()
            or not 0 <= model.shifts.min() <= model.shifts.max() <= _LARGEST_SHIFT
        ):
            raise ValueError("the tables are no probabilities")
        return model

    def tensors(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the arrays under their names in a checkpoint."""
        return {f"context.{name}": array for name, array in self._asdict().items()}


def encode_run(model: ContextModel, values: Int32, bottleneck: int, channels: int) -> list[bytes]:
    """Code neighbouring slabs, the first without a slab before it.

    Args:
        model: The weights.
        values: (slab, channel, row, column).
        bottleneck: Its index in the model.
        channels: Only so many are coded; the others must be zero.

    Returns:
        The bytes of each slab.
    """
    coded = []
    before, embedded = _nothing_before(values.shape[2:])
    for index, slab in enumerate(values):
        rows = _by_block(slab)
        embedding = np.zeros((*slab.shape[1:], HIDDEN), np.int32)
        starts = np.empty(6 * channels * slab[0].size + 16, np.uint32)
        sizes = np.empty_like(starts)
        used = code_slab(
            model, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            False, starts, sizes, np.empty(0, np.uint16),
        )  # fmt: skip
        words = np.empty(used + 2, np.uint16)
        count = rans_encode(starts[:used], sizes[:used], words)
        coded.append(words[:count][::-1].astype("<u2").tobytes())
        before, embedded = rows, embedding
    return coded


def decode_run(
    model: ContextModel,
    coded: list[bytes],
    shape: tuple[int, int, int],
    bottleneck: int,
    channels: int,
) -> Int32:
    """Undo `encode_run`.

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
    if any(integers > _MOST_PER_BYTE * len(data) for data in coded):
        raise BitstreamError("A slab of the file does not decode.", _AGAIN)
    values = np.zeros((len(coded), *shape), np.int32)
    before, embedded = _nothing_before(shape[1:])
    none = np.empty(0, np.uint32)
    for index, data in enumerate(coded):
        rows = np.zeros((*shape[1:], shape[0]), np.int32)
        embedding = np.zeros((*shape[1:], HIDDEN), np.int32)
        words = np.frombuffer(data[: len(data) // 2 * 2], "<u2").astype(np.uint16)
        left = code_slab(
            model, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            True, none, none, words,
        )  # fmt: skip
        if left != 0 or len(data) % 2:
            raise BitstreamError("A slab of the file does not decode.", _AGAIN)
        values[index] = rows.transpose(2, 0, 1)
        before, embedded = rows, embedding
    return values


def context_counts(
    model: ContextModel, values: Int32, bottleneck: int, channels: int
) -> npt.NDArray[np.int64]:
    """Count how often each symbol occurs in each context, to fit the tables to real scans.

    Returns:
        (scale, fraction, symbol).
    """
    starts = np.empty(6 * channels * values[0, 0].size + 16, np.uint32)
    sizes = np.empty_like(starts)
    counts = np.zeros((SCALES, FRACTIONS, SYMBOLS), np.int64)
    before, embedded = _nothing_before(values.shape[2:])
    # With these tables the interval of a symbol names it and its context.
    naming = model._replace(
        cumulative=np.arange(SCALES * FRACTIONS * (SYMBOLS + 1), dtype=np.int32).reshape(
            SCALES, FRACTIONS, SYMBOLS + 1
        )
    )
    for index, slab in enumerate(values):
        rows = _by_block(slab)
        embedding = np.zeros((*slab.shape[1:], HIDDEN), np.int32)
        used = code_slab(
            naming, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            False, starts, sizes, np.empty(0, np.uint16),
        )  # fmt: skip
        symbols = starts[:used][sizes[:used] == 1]
        table, symbol = np.divmod(symbols, SYMBOLS + 1)
        np.add.at(counts.reshape(-1, SYMBOLS), (table, symbol), 1)
        before, embedded = rows, embedding
    return counts


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


def _nothing_before(size: tuple[int, ...]) -> tuple[Int32, Int32]:
    return np.zeros((0, *size[1:], 1), np.int32), np.zeros((0, size[1], HIDDEN), np.int32)


def _by_block(slab: Int32) -> Int32:
    return np.ascontiguousarray(slab.transpose(1, 2, 0), dtype=np.int32)
