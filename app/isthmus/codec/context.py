"""The context model and its entropy coder, in exact integers, compiled by numba.

Every probability is looked up in an integer table by sums of integers, so the same bytes give the
same latent on every machine, with any number of threads and on any device.

For each slab, block by block in raster order and channel by channel::

    blocks of the slab before (3×3) ─┐
    blocks W, N, NW, NE ─────────────┴─▶ hidden sums ─▶ mean, scale ─▶ table ─▶ rANS
                                             ▲                           │
                                             └── integers so far ◀───────┘

`isthmus.training.rate` is the differentiable twin that the weights are trained with. Fixed point:
activations in 2⁻⁶, features in 2⁻⁴, all sums in 2⁻¹⁶ (see the constants).

rANS after J. Duda, "Asymmetric numeral systems" (arXiv:1311.2540): 32-bit state, 16-bit words.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from isthmus.errors import BitstreamError

HIDDEN = 96
LINEAR = 16
GROUPS = (4, 8, 16, 32, 48, 64, 96)

ACTIVATION_BITS, FEATURE_BITS, SUM_BITS = 6, 4, 16
ACTIVATION_LIMIT = 2047
ACTIVATION_MAX = ACTIVATION_LIMIT / 2**ACTIVATION_BITS
FEATURE_ENTRIES = 4096

# Scales are quantised to quarter octaves from 2⁻⁴, means to eighths.
SCALES, SCALE_LOW, SCALE_STEPS = 60, -4, 4
FRACTIONS = 8
REACH = 20  # integers further from the mean are escaped
SYMBOLS = 2 * REACH + 2
ESCAPE = SYMBOLS - 1
TOTAL = 1 << 16

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
    def from_tensors(cls, tensors: Mapping[str, npt.NDArray[np.generic]]) -> "ContextModel":
        """Take the model from a checkpoint's arrays.

        Raises:
            KeyError: An array is missing.
        """
        return cls(
            *(
                np.ascontiguousarray(tensors[f"context.{name}"], dtype=np.int32)
                for name in cls._fields
            )
        )

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
        used = _code_slab(
            model, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            False, starts, sizes, np.empty(0, np.uint16),
        )  # fmt: skip
        words = np.empty(used + 2, np.uint16)
        count = _rans_encode(starts[:used], sizes[:used], words)
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
    values = np.zeros((len(coded), *shape), np.int32)
    before, embedded = _nothing_before(shape[1:])
    none = np.empty(0, np.uint32)
    for index, data in enumerate(coded):
        rows = np.zeros((*shape[1:], shape[0]), np.int32)
        embedding = np.zeros((*shape[1:], HIDDEN), np.int32)
        words = np.frombuffer(data[: len(data) // 2 * 2], "<u2").astype(np.uint16)
        left = _code_slab(
            model, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            True, none, none, words,
        )  # fmt: skip
        if left != 0 or len(data) % 2:
            raise BitstreamError("A slab of the file does not decode.", "Copy the file again.")
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
        used = _code_slab(
            naming, rows, before, embedding, embedded, bottleneck, index == 0, channels,
            False, starts, sizes, np.empty(0, np.uint16),
        )  # fmt: skip
        symbols = starts[:used][sizes[:used] == 1]
        table, symbol = np.divmod(symbols, SYMBOLS + 1)
        np.add.at(counts.reshape(-1, SYMBOLS), (table, symbol), 1)
        before, embedded = rows, embedding
    return counts


def _nothing_before(size: tuple[int, ...]) -> tuple[Int32, Int32]:
    return np.zeros((0, *size[1:], 1), np.int32), np.zeros((0, size[1], HIDDEN), np.int32)


def _by_block(slab: Int32) -> Int32:
    return np.ascontiguousarray(slab.transpose(1, 2, 0), dtype=np.int32)


@numba.njit(cache=True, nogil=True)
def _add_rows(out, values, weights):  # type: ignore[no-untyped-def]
    """Add values @ weights to out, skipping zeros."""
    for i in range(values.shape[0]):
        value = values[i]
        if value != 0:
            row = weights[i]
            for o in range(out.shape[0]):
                out[o] += value * row[o]


@numba.njit(cache=True, nogil=True)
def _add_linear(out, values, weights):  # type: ignore[no-untyped-def]
    """Add values @ weights to 64-bit sums, for the lowest channels."""
    for i in range(weights.shape[0]):
        value = np.int64(values[i])
        if value != 0:
            for o in range(weights.shape[1]):
                out[o] += value * np.int64(weights[i, o])


@numba.njit(cache=True, nogil=True)
def _code_slab(  # type: ignore[no-untyped-def]
    model, values, before, embedding, embedded_before, bottleneck, first, channels,
    decoding, starts, sizes, words,
):  # fmt: skip
    """Walk one slab: record intervals for the encoder, or read integers from the stream.

    Encoding and decoding share this walk so that they cannot drift apart. `values` is (row,
    column, channel), read when encoding and filled when decoding. `embedding` is filled.

    Returns:
        Encoding: how many intervals were recorded. Decoding: 0 if the stream ended as it should.
    """
    rows, columns = values.shape[0], values.shape[1]
    hidden = embedding.shape[2]
    linear = min(model.linear_within.shape[0], values.shape[2])
    used = 0
    position = 0
    state = np.uint64(0)
    overrun = False
    if decoding:
        if words.shape[0] < 2:
            return 1
        state = (np.uint64(words[0]) << np.uint64(16)) | np.uint64(words[1])
        position = 2

    sums = np.empty((columns, hidden), np.int32)
    straight = np.empty((columns, linear), np.int64)
    active = np.empty(hidden, np.int32)
    means = np.empty(channels, np.int32)
    scales = np.empty(channels, np.int32)
    dr = np.array([-1, -1, -1, 0])
    dc = np.array([-1, 0, 1, -1])

    for r in range(rows):
        # What a whole row can know: the slab before and the row above. Tap by tap, so that
        # one tap's weights stay in the cache.
        for c in range(columns):
            sums[c] = model.tell[2 * bottleneck + (1 if first else 0)]
            straight[c] = 0
        if not first:
            for tap in range(9):
                rr = r + tap // 3 - 1
                if rr < 0 or rr >= rows:
                    continue
                for c in range(columns):
                    cc = c + tap % 3 - 1
                    if 0 <= cc < columns:
                        _add_rows(sums[c], embedded_before[rr, cc], model.before[tap])
                        _add_linear(straight[c], before[rr, cc], model.linear_before[tap])
        for tap in range(3):
            if r == 0:
                break
            for c in range(columns):
                cc = c + dc[tap]
                if 0 <= cc < columns:
                    _add_rows(sums[c], embedding[r + dr[tap], cc], model.spatial[tap])
                    _add_linear(straight[c], values[r + dr[tap], cc], model.linear_spatial[tap])

        for c in range(columns):
            total, direct = sums[c], straight[c]
            if c > 0:
                _add_rows(total, embedding[r, c - 1], model.spatial[3])
                _add_linear(direct, values[r, c - 1], model.linear_spatial[3])
            own = np.empty(hidden, np.int32)
            own[:] = model.embed_bias
            for ch in range(channels):
                means[ch] = model.offsets[bottleneck, 0, ch]
                scales[ch] = model.offsets[bottleneck, 1, ch]
            start = 0
            for group in range(len(GROUPS) + 1):
                end = channels
                if group < len(GROUPS):
                    end = min(GROUPS[group], channels)
                if end <= start:
                    break
                for i in range(hidden):
                    value = (total[i] + 512) >> 10
                    active[i] = min(max(value, 0), ACTIVATION_LIMIT)
                for i in range(hidden):
                    value = active[i]
                    if value != 0:
                        for ch in range(start, end):
                            means[ch] += value * model.heads[i, 0, ch]
                        for ch in range(start, end):
                            scales[ch] += value * model.heads[i, 1, ch]
                for ch in range(start, end):
                    mean = np.int64(means[ch])
                    if ch < linear:
                        mean += direct[ch]
                    mean = min(max(mean, -(1 << 46)), 1 << 46)
                    centre = (mean + 32768) >> 16
                    fraction = (mean - (centre << 16) + 32768) >> 13
                    scale = (np.int64(scales[ch]) - SCALE_LOW * 65536 + 8192) >> 14
                    scale = min(max(scale, 0), SCALES - 1)
                    shift = np.int64(model.shifts[scale])
                    table = model.cumulative[scale, fraction]

                    if decoding:
                        slot = np.int64(state & np.uint64(0xFFFF))
                        symbol = REACH
                        if not table[symbol] <= slot < table[symbol + 1]:
                            low, high = 0, SYMBOLS
                            while high - low > 1:
                                middle = (low + high) >> 1
                                if table[middle] <= slot:
                                    low = middle
                                else:
                                    high = middle
                            symbol = low
                        state = np.uint64(table[symbol + 1] - table[symbol]) * (
                            state >> np.uint64(16)
                        ) + np.uint64(slot - table[symbol])
                        state, position, overrun = _refill(state, position, overrun, words)
                        if symbol == ESCAPE:
                            sign, state = _take(state, 1)
                            state, position, overrun = _refill(state, position, overrun, words)
                            length, state = _take(state, 5)
                            state, position, overrun = _refill(state, position, overrun, words)
                            high_bits, state = _take(state, length >> 1)
                            state, position, overrun = _refill(state, position, overrun, words)
                            low_bits, state = _take(state, length - (length >> 1))
                            state, position, overrun = _refill(state, position, overrun, words)
                            excess = (
                                (np.int64(1) << length)
                                + (high_bits << (length - (length >> 1)))
                                + low_bits
                                - 1
                            )
                            away = REACH + 1 + excess
                            if sign:
                                away = -away
                        else:
                            away = np.int64(symbol - REACH)
                        if shift > 0:
                            rest, state = _take(state, shift)
                            state, position, overrun = _refill(state, position, overrun, words)
                            away = (away << shift) + rest
                        value = centre + away
                        values[r, c, ch] = value
                    else:
                        value = np.int64(values[r, c, ch])
                        away = (value - centre) >> shift
                        if -REACH <= away <= REACH:
                            symbol = away + REACH
                            starts[used] = table[symbol]
                            sizes[used] = table[symbol + 1] - table[symbol]
                            used += 1
                        else:
                            starts[used] = table[ESCAPE]
                            sizes[used] = table[ESCAPE + 1] - table[ESCAPE]
                            used += 1
                            excess = abs(away) - REACH
                            length = np.int64(0)
                            while excess >> (length + 1):
                                length += 1
                            low_length = length - (length >> 1)
                            used = _record(starts, sizes, used, 1 if away < 0 else 0, 1)
                            used = _record(starts, sizes, used, length, 5)
                            rest = excess - (np.int64(1) << length)
                            used = _record(starts, sizes, used, rest >> low_length, length >> 1)
                            used = _record(
                                starts, sizes, used, rest & ((1 << low_length) - 1), low_length
                            )
                        if shift > 0:
                            rest = (value - centre) & ((1 << shift) - 1)
                            used = _record(starts, sizes, used, rest, shift)

                    if value != 0:
                        size = model.features[min(abs(value), FEATURE_ENTRIES - 1)]
                        signed = size if value > 0 else -size
                        for i in range(hidden):
                            total[i] += signed * model.feed[ch, 0, i] + size * model.feed[ch, 1, i]
                            own[i] += signed * model.embed[ch, 0, i] + size * model.embed[ch, 1, i]
                        for later in range(ch + 1, channels):
                            means[later] += (
                                signed * model.within[ch, 0, 0, later]
                                + size * model.within[ch, 1, 0, later]
                            )
                            scales[later] += (
                                signed * model.within[ch, 0, 1, later]
                                + size * model.within[ch, 1, 1, later]
                            )
                        if ch < linear:
                            for later in range(ch + 1, linear):
                                direct[later] += value * np.int64(model.linear_within[ch, later])
                start = end
            for i in range(hidden):
                value = (own[i] + 512) >> 10
                embedding[r, c, i] = min(max(value, 0), ACTIVATION_LIMIT)
        if overrun:
            return 1
    if decoding:
        return 0 if state == np.uint64(1 << 16) and position == words.shape[0] else 1
    return used


@numba.njit(cache=True, nogil=True)
def _record(starts, sizes, used, value, bits):  # type: ignore[no-untyped-def]
    """Record `bits` bits of `value` as an interval of equal shares."""
    if bits == 0:
        return used
    starts[used] = value << (16 - bits)
    sizes[used] = 1 << (16 - bits)
    return used + 1


@numba.njit(cache=True, nogil=True)
def _take(state, bits):  # type: ignore[no-untyped-def]
    """Read what `_record` recorded; refill after it."""
    if bits == 0:
        return np.int64(0), state
    slot = state & np.uint64(0xFFFF)
    value = np.int64(slot >> np.uint64(16 - bits))
    size = np.uint64(1) << np.uint64(16 - bits)
    state = size * (state >> np.uint64(16)) + (slot & (size - np.uint64(1)))
    return value, state


@numba.njit(cache=True, nogil=True)
def _refill(state, position, overrun, words):  # type: ignore[no-untyped-def]
    """Bring the state back above 2¹⁶; past the end of the stream, say so."""
    if state < np.uint64(1 << 16):
        if position < words.shape[0]:
            state = (state << np.uint64(16)) | np.uint64(words[position])
            position += 1
        else:
            state = (state << np.uint64(16)) | np.uint64(1)
            overrun = True
    return state, position, overrun


@numba.njit(cache=True, nogil=True)
def _rans_encode(starts, sizes, words):  # type: ignore[no-untyped-def]
    """Code recorded intervals, last first; the words come out in the reverse of reading order."""
    state = np.uint64(1 << 16)
    count = 0
    for i in range(starts.shape[0] - 1, -1, -1):
        size = np.uint64(sizes[i])
        if state >= (size << np.uint64(16)):
            words[count] = np.uint16(state & np.uint64(0xFFFF))
            count += 1
            state = state >> np.uint64(16)
        state = ((state // size) << np.uint64(16)) + (state % size) + np.uint64(starts[i])
    words[count] = np.uint16(state & np.uint64(0xFFFF))
    words[count + 1] = np.uint16(state >> np.uint64(16))
    return count + 2
