"""The context model and its entropy coder, in exact integers.

Every probability is looked up in an integer table by sums of integers, so the same bytes give the
same latent on every machine, with any number of threads and on any device.

A latent's channels lie in layers, lowest first. A layer is coded for a whole run of slabs before
the next one, so that the first layers of a file are a smaller file. In a layer, slab by slab and
block by block in raster order, channel by channel::

    same layer, slab before (3×3 blocks) ─┐
    same layer, blocks W, N, NW, NE ──────┼─▶ hidden sums ─▶ mean, scale ─▶ table ─▶ rANS
    layers below (3×3 blocks) ────────────┘                      ▲            │
                                                                 └─ integers ◀┘

`isthmus.training.rate` is the differentiable twin that the weights are trained with. Fixed point:
activations in 2⁻⁶, features in 2⁻⁴, all sums in 2⁻¹⁶. `isthmus.codec.kernels` does the sums.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from isthmus.codec.kernels import (
    FEATURE_ENTRIES,
    FRACTIONS,
    GROUPS,
    HIDDEN,
    LINEAR,
    SCALES,
    SYMBOLS,
    TOLD,
    TOTAL,
    code_layer,
    rans_encode,
)
from isthmus.errors import BitstreamError

_LARGEST_SHIFT = 16
# Each integer lets the coder's state grow by 41 in 131,072 or more, so that a byte holds fewer
# than 17,800 of them. A file that claims more is refused before memory is taken for it.
MOST_PER_BYTE = 1 << 15
# Intervals that one integer takes at most.
_INTERVALS = 6

Int32 = npt.NDArray[np.int32]


class ContextModel(NamedTuple):
    """Integer weights and tables, as stored in a checkpoint under `context.`.

    Weights on activations are in 2⁻¹⁰, on features in 2⁻¹², on raw integers and biases in 2⁻¹⁶.
    The first axes are the inputs', so that a non-zero input adds one contiguous row.
    """

    features: Int32  # (4096,): log2(1 + n) in 2⁻⁴
    tell: Int32  # (2·bottleneck + first slab of a run, hidden)
    embed: Int32  # (channel, 2, told)
    causal: Int32  # (layer, tap NW N NE W, told, hidden): to blocks of the same layer
    spatial: Int32  # (layer, tap in raster order of 3×3, told, hidden): to the layers above
    before: Int32  # (layer, tap, told, hidden): from the slab before to this and layers above
    feed: Int32  # (channel, 2, hidden): to the layers above of the same block
    heads: Int32  # (hidden, 2, channel): mean, scale
    offsets: Int32  # (bottleneck, 2, channel)
    within: Int32  # (channel in, 2, 2, channel out)
    linear_spatial: Int32  # (tap, linear in, linear out)
    linear_before: Int32  # (tap, linear in, linear out)
    linear_within: Int32  # (linear in, linear out): in one layer of a block
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
            ValueError: As `check_tables`.
        """
        arrays = {name: tensors[f"context.{name}"] for name in cls._fields}
        check_tables(arrays, _shapes(channels, bottlenecks))
        return cls(**{name: np.ascontiguousarray(a, np.int32) for name, a in arrays.items()})

    def tensors(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the arrays under their names in a checkpoint."""
        return {f"context.{name}": array for name, array in self._asdict().items()}


def check_tables(
    arrays: Mapping[str, npt.NDArray[np.generic]], shapes: Mapping[str, tuple[int, ...]]
) -> None:
    """Check a context model's arrays, since the compiled code checks nothing.

    Raises:
        ValueError: An array has another shape, or the tables are no probabilities.
    """
    wrong = [name for name, array in arrays.items() if array.shape != shapes[name]]
    if wrong:
        raise ValueError(f"arrays of unexpected shape: {', '.join(wrong)}")
    sums, shifts = (arrays[name].astype(np.int64) for name in ("cumulative", "shifts"))
    if (
        (sums[..., 0] != 0).any()
        or (sums[..., -1] != TOTAL).any()
        or (np.diff(sums, axis=-1) < 1).any()
        or not 0 <= shifts.min() <= shifts.max() <= _LARGEST_SHIFT
    ):
        raise ValueError("the tables are no probabilities")


def damaged() -> BitstreamError:
    """Return what is said of bytes that no encoder wrote."""
    return BitstreamError("A part of the file does not decode.", "Copy the file again.")


def layer_edges(channels: int) -> list[tuple[int, int]]:
    """Return where the layers of so many channels start and end."""
    ends = [end for end in GROUPS if end < channels]
    return list(zip([0, *ends], [*ends, channels], strict=True))


def encode_run(model: ContextModel, values: Int32, bottleneck: int, channels: int) -> list[bytes]:
    """Code neighbouring slabs, the first without a slab before it.

    Args:
        model: The weights.
        values: (slab, channel, row, column).
        bottleneck: Its index in the model.
        channels: Only so many are coded; the others must be zero.

    Returns:
        The bytes of each layer.
    """
    streams = []
    for starts, sizes in _intervals(model, values, bottleneck, channels):
        words = np.empty(len(starts) + 2, np.uint16)
        count = rans_encode(starts, sizes, words)
        streams.append(words[:count][::-1].astype("<u2").tobytes())
    return streams


def decode_run(
    model: ContextModel,
    streams: Sequence[bytes],
    shape: tuple[int, int, int, int],
    bottleneck: int,
    channels: int,
) -> Int32:
    """Undo `encode_run`.

    Args:
        model: The weights.
        streams: The bytes of the layers, from the first on; the first few are enough.
        shape: Slabs, channels, rows and columns of the run.
        bottleneck: Its index in the model.
        channels: How many were coded.

    Returns:
        (slab, channel, row, column); channels of layers that aren't there are zero.

    Raises:
        BitstreamError: The bytes do not end where they should.
    """
    slabs, _, rows, columns = shape
    edges = layer_edges(channels)[: len(streams)]
    blocks = slabs * rows * columns
    for (start, end), data in zip(edges, streams, strict=True):
        if (end - start) * blocks > MOST_PER_BYTE * len(data):
            raise damaged()
    values = np.zeros((slabs, rows, columns, shape[1]), np.int32)
    hidden = _told_at_first(model, values.shape, bottleneck)
    none = np.empty(0, np.uint32)
    for layer, ((start, end), data) in enumerate(zip(edges, streams, strict=True)):
        words = np.frombuffer(data[: len(data) // 2 * 2], "<u2").astype(np.uint16)
        left = code_layer(
            model, values, hidden, bottleneck, layer, start, end, layer == len(edges) - 1,
            True, none, none, words,
        )  # fmt: skip
        if left != 0 or len(data) % 2:
            raise damaged()
    return np.ascontiguousarray(values.transpose(0, 3, 1, 2))


def context_counts(
    model: ContextModel, values: Int32, bottleneck: int, channels: int
) -> npt.NDArray[np.int64]:
    """Count how often each symbol occurs in each context, to fit the tables to real scans.

    Returns:
        (scale, fraction, symbol).
    """
    counts = np.zeros((SCALES * FRACTIONS, SYMBOLS), np.int64)
    for contexts, symbols in context_symbols(model, values, bottleneck, channels):
        np.add.at(counts, (contexts, symbols), 1)
    return counts.reshape(SCALES, FRACTIONS, SYMBOLS)


def context_symbols(
    model: ContextModel, values: Int32, bottleneck: int, channels: int
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield for each layer which table each integer is coded with, and by which symbol.

    Yields:
        `scale · FRACTIONS + fraction` and the symbol, each (block, channel of the layer).
    """
    # With these tables the interval of a symbol names it and its context.
    naming = model._replace(
        cumulative=np.arange(SCALES * FRACTIONS * (SYMBOLS + 1), dtype=np.int32).reshape(
            SCALES, FRACTIONS, SYMBOLS + 1
        )
    )
    edges = layer_edges(channels)
    layers = _intervals(naming, values, bottleneck, channels)
    for (start, end), (starts, sizes) in zip(edges, layers, strict=True):
        named = starts[sizes == 1].reshape(-1, end - start).astype(np.int64)
        contexts, symbols = np.divmod(named, SYMBOLS + 1)
        yield contexts, symbols


def _intervals(
    model: ContextModel, values: Int32, bottleneck: int, channels: int
) -> Iterator[tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]]:
    """Yield each layer's intervals, in the order of decoding: where they start, how wide."""
    blocks = np.ascontiguousarray(values.transpose(0, 2, 3, 1), dtype=np.int32)
    hidden = _told_at_first(model, blocks.shape, bottleneck)
    edges = layer_edges(channels)
    for layer, (start, end) in enumerate(edges):
        room = _INTERVALS * (end - start) * blocks[..., 0].size
        starts, sizes = np.empty(room, np.uint32), np.empty(room, np.uint32)
        used = code_layer(
            model, blocks, hidden, bottleneck, layer, start, end, layer == len(edges) - 1,
            False, starts, sizes, np.empty(0, np.uint16),
        )  # fmt: skip
        yield starts[:used], sizes[:used]


def _told_at_first(model: ContextModel, shape: tuple[int, ...], bottleneck: int) -> Int32:
    """Return the sums that each block starts from, (slab, row, column, hidden)."""
    hidden = np.empty((*shape[:3], HIDDEN), np.int32)
    hidden[:1] = model.tell[2 * bottleneck + 1]
    hidden[1:] = model.tell[2 * bottleneck]
    return hidden


def _shapes(channels: int, bottlenecks: int) -> dict[str, tuple[int, ...]]:
    layers = len(layer_edges(channels))
    return {
        "features": (FEATURE_ENTRIES,),
        "tell": (2 * bottlenecks, HIDDEN),
        "embed": (channels, 2, TOLD),
        "causal": (layers, 4, TOLD, HIDDEN),
        "spatial": (layers, 9, TOLD, HIDDEN),
        "before": (layers, 9, TOLD, HIDDEN),
        "feed": (channels, 2, HIDDEN),
        "heads": (HIDDEN, 2, channels),
        "offsets": (bottlenecks, 2, channels),
        "within": (channels, 2, 2, channels),
        "linear_spatial": (9, LINEAR, LINEAR),
        "linear_before": (9, LINEAR, LINEAR),
        "linear_within": (LINEAR, LINEAR),
        "shifts": (SCALES,),
        "cumulative": (SCALES, FRACTIONS, SYMBOLS + 1),
    }
