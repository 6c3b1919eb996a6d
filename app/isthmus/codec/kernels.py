"""The entropy coder's inner loops, compiled by numba, and the constants of its fixed point.

All arithmetic is on integers, so that every machine agrees. The compiled code is cached beside
this file, or in the user's cache where that is not writable; the first run compiles it.

rANS after J. Duda, "Asymmetric numeral systems" (arXiv:1311.2540): 32-bit state, 16-bit words.
"""

import numba
import numpy as np

# Where the layers of channels end.
GROUPS = (4, 8, 16, 32, 48, 64, 96, 128)
# Sizes of the context model: sums of a block, what a block's layer tells others, linear channels.
HIDDEN = 96
TOLD = 32
LINEAR = 16

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


@numba.njit(cache=True, nogil=True)
def add_rows(out, values, weights):
    """Add values @ weights to out, skipping zeros."""
    for i in range(values.shape[0]):
        value = values[i]
        if value != 0:
            row = weights[i]
            for o in range(out.shape[0]):
                out[o] += value * row[o]


@numba.njit(cache=True, nogil=True)
def _pack(packed, sums):
    """Turn sums into activations; keep those that aren't zero.

    Args:
        packed: Filled with how many there are, then they, then from the middle on their places.
        sums: In 2⁻¹⁶.
    """
    count, places = 0, sums.shape[0]
    for i in range(places):
        value = min(max((sums[i] + 512) >> 10, 0), ACTIVATION_LIMIT)
        if value != 0:
            count += 1
            packed[count] = value
            packed[count + places] = i
    packed[0] = count


@numba.njit(cache=True, nogil=True)
def _add_packed(out, packed, weights):
    """Add activations @ weights to out, four rows at a time: most of the time is spent here."""
    count, places = packed[0], weights.shape[0]
    k = 1
    while k + 3 <= count:
        a, b, c, d = packed[k], packed[k + 1], packed[k + 2], packed[k + 3]
        at = k + places
        row_a, row_b = weights[packed[at]], weights[packed[at + 1]]
        row_c, row_d = weights[packed[at + 2]], weights[packed[at + 3]]
        for o in range(out.shape[0]):
            out[o] += a * row_a[o] + b * row_b[o] + c * row_c[o] + d * row_d[o]
        k += 4
    while k <= count:
        value, row = packed[k], weights[packed[k + places]]
        for o in range(out.shape[0]):
            out[o] += value * row[o]
        k += 1


@numba.njit(cache=True, nogil=True)
def _spread(hidden, told, weights):
    """Add what each block tells to the sums of the 3×3 blocks around it.

    Args:
        hidden: (row, column, hidden), added to.
        told: (row, column, ·), packed.
        weights: (tap, told, hidden); tap t of a block looks at row + t // 3 - 1.
    """
    rows, columns = told.shape[:2]
    for tap in range(9):
        down, right = 1 - tap // 3, 1 - tap % 3
        for r in range(max(0, -down), min(rows, rows - down)):
            for c in range(max(0, -right), min(columns, columns - right)):
                _add_packed(hidden[r + down, c + right], told[r, c], weights[tap])


@numba.njit(cache=True, nogil=True)
def _straight(direct, values, weights, r, c, start, end, known):
    """Add values @ weights of the 3×3 blocks around (r, c) for channels start … end.

    The first `known` channels of each block are looked at; weights of what isn't decoded yet are
    zero.
    """
    for tap in range(9):
        rr, cc = r + tap // 3 - 1, c + tap % 3 - 1
        if 0 <= rr < values.shape[0] and 0 <= cc < values.shape[1]:
            for i in range(known):
                value = np.int64(values[rr, cc, i])
                if value != 0:
                    for o in range(start, end):
                        direct[o] += value * np.int64(weights[tap, i, o])


@numba.njit(cache=True, nogil=True)
def code_layer(
    model, values, hidden, bottleneck, layer, start, end, last, decoding, starts, sizes, words
):  # fmt: skip
    """Walk one layer of a run of slabs: record intervals for the encoder, or read the stream.

    Encoding and decoding share this walk so that they cannot drift apart.

    Args:
        model: A `ContextModel`.
        values: (slab, row, column, channel), read when encoding; channels start … end are filled
            when decoding.
        hidden: (slab, row, column, hidden), what the layers before told; this layer's is added.
        bottleneck: Its index.
        layer: Its index.
        start: First channel of the layer.
        end: One past its last channel.
        last: Whether no layer follows, so that nothing needs to be told to it.
        decoding: Which of the two.
        starts: Room for the intervals, when encoding.
        sizes: The same.
        words: The stream, when decoding.

    Returns:
        Encoding: how many intervals were recorded. Decoding: 0 if the stream ended as it should.
    """
    slabs, rows, columns = values.shape[0], values.shape[1], values.shape[2]
    width, reach, count = hidden.shape[3], model.embed.shape[2], end - start
    linear = min(model.linear_within.shape[0], values.shape[3])
    straight_end = min(end, linear)
    shifts, cumulative = model.shifts, model.cumulative
    used = 0
    position = 0
    state = np.uint64(0)
    overrun = False
    if decoding:
        if words.shape[0] < 2:
            return 1
        state = (np.uint64(words[0]) << np.uint64(16)) | np.uint64(words[1])
        position = 2

    # This layer's part of the weights, means beside scales.
    heads = np.empty((width, 2 * count), np.int32)
    within = np.empty((end, 2, 2 * count), np.int32)
    for part in range(2):
        here = slice(part * count, (part + 1) * count)
        heads[:, here] = model.heads[:, part, start:end]
        within[:, :, here] = model.within[:end, :, part, start:end]
    offsets = model.offsets[bottleneck, :, start:end].copy().reshape(2 * count)

    told = np.zeros((2, rows, columns, 1 + 2 * reach), np.int32)
    total = np.empty(width, np.int32)
    active = np.empty(1 + 2 * width, np.int32)
    own = np.empty(reach, np.int32)
    expected = np.empty(2 * count, np.int32)
    direct = np.zeros(linear, np.int64)

    for s in range(slabs):
        now, then = s % 2, 1 - s % 2
        if s > 0:
            _spread(hidden[s], told[then], model.before[layer])
        for r in range(rows):
            for c in range(columns):
                total[:] = hidden[s, r, c]
                for tap in range(4):
                    rr, cc = r + (0 if tap == 3 else -1), c + (-1 if tap == 3 else tap - 1)
                    if rr >= 0 and 0 <= cc < columns:
                        _add_packed(total, told[now, rr, cc], model.causal[layer, tap])
                _pack(active, total)
                expected[:] = offsets
                _add_packed(expected, active, heads)
                for lower in range(start):
                    _add_features(expected, model.features, values[s, r, c, lower], within[lower])
                if start < straight_end:
                    direct[start:straight_end] = 0
                    _straight(
                        direct, values[s], model.linear_spatial, r, c, start, straight_end,
                        straight_end,
                    )  # fmt: skip
                    if s > 0:
                        _straight(
                            direct, values[s - 1], model.linear_before, r, c, start, straight_end,
                            straight_end,
                        )  # fmt: skip
                own[:] = 0

                for ch in range(start, end):
                    mean = np.int64(expected[ch - start])
                    scale = expected[ch - start + count]
                    if ch < linear:
                        mean += direct[ch]
                    if decoding:
                        value, state, position, overrun = decode_integer(
                            shifts, cumulative, mean, scale, state, position, overrun, words
                        )
                        values[s, r, c, ch] = value
                    else:
                        value = np.int64(values[s, r, c, ch])
                        used = _encode_integer(
                            shifts, cumulative, mean, scale, value, starts, sizes, used
                        )

                    if value != 0:
                        _add_features(own, model.features, value, model.embed[ch])
                        # Channels up to this one have no weights in it.
                        _add_features(expected, model.features, value, within[ch])
                        if ch < linear:
                            for later in range(ch + 1, straight_end):
                                direct[later] += value * np.int64(model.linear_within[ch, later])
                        if not last:
                            _add_features(hidden[s, r, c], model.features, value, model.feed[ch])
                _pack(told[now, r, c], own)
            if overrun:
                return 1
        if not last:
            _spread(hidden[s], told[now], model.spatial[layer])
    if decoding:
        return 0 if state == np.uint64(1 << 16) and position == words.shape[0] else 1
    return used


@numba.njit(cache=True, nogil=True)
def _add_features(out, features, value, weights):
    """Add an integer's features, sign · size and size, @ weights to out."""
    if value != 0:
        # In 32 bits the lowest integer has no absolute value, and would index before the
        # features' start.
        size = features[min(abs(np.int64(value)), FEATURE_ENTRIES - 1)]
        signed = size if value > 0 else -size
        for o in range(out.shape[0]):
            out[o] += signed * weights[0, o] + size * weights[1, o]


@numba.njit(cache=True, nogil=True)
def _context(mean, scale):
    """Return the whole part of a mean, and which table: its scale and the mean's fraction."""
    mean = min(max(mean, -(1 << 46)), 1 << 46)
    centre = (mean + 32768) >> 16
    fraction = (mean - (centre << 16) + 32768) >> 13
    row = (np.int64(scale) - SCALE_LOW * 65536 + 8192) >> 14
    return centre, min(max(row, 0), SCALES - 1), fraction


@numba.njit(cache=True, nogil=True)
def decode_integer(shifts, cumulative, mean, scale, state, position, overrun, words):
    """Read one integer; return it and what is left of the stream."""
    centre, row, fraction = _context(mean, scale)
    shift = np.int64(shifts[row])
    table = cumulative[row, fraction]
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
    state = np.uint64(table[symbol + 1] - table[symbol]) * (state >> np.uint64(16)) + np.uint64(
        slot - table[symbol]
    )
    state, position, overrun = _refill(state, position, overrun, words)
    away = np.int64(symbol - REACH)
    if symbol == ESCAPE:
        sign, state = _take(state, 1)
        state, position, overrun = _refill(state, position, overrun, words)
        length, state = _take(state, 5)
        state, position, overrun = _refill(state, position, overrun, words)
        low_length = length - (length >> 1)
        high_bits, state = _take(state, length >> 1)
        state, position, overrun = _refill(state, position, overrun, words)
        low_bits, state = _take(state, low_length)
        state, position, overrun = _refill(state, position, overrun, words)
        away = REACH + (np.int64(1) << length) + (high_bits << low_length) + low_bits
        if sign:
            away = -away
    if shift > 0:
        rest, state = _take(state, shift)
        state, position, overrun = _refill(state, position, overrun, words)
        away = (away << shift) + rest
    return centre + away, state, position, overrun


@numba.njit(cache=True, nogil=True)
def _encode_integer(shifts, cumulative, mean, scale, value, starts, sizes, used):
    """Record one integer's intervals; return how many are recorded then."""
    centre, row, fraction = _context(mean, scale)
    shift = np.int64(shifts[row])
    table = cumulative[row, fraction]
    away = (value - centre) >> shift
    symbol = ESCAPE
    if -REACH <= away <= REACH:
        symbol = away + REACH
    starts[used] = table[symbol]
    sizes[used] = table[symbol + 1] - table[symbol]
    used += 1
    if symbol == ESCAPE:
        excess = abs(away) - REACH
        length = np.int64(0)
        while excess >> (length + 1):
            length += 1
        low_length = length - (length >> 1)
        used = _record(starts, sizes, used, 1 if away < 0 else 0, 1)
        used = _record(starts, sizes, used, length, 5)
        rest = excess - (np.int64(1) << length)
        used = _record(starts, sizes, used, rest >> low_length, length >> 1)
        used = _record(starts, sizes, used, rest & ((1 << low_length) - 1), low_length)
    if shift > 0:
        used = _record(starts, sizes, used, (value - centre) & ((1 << shift) - 1), shift)
    return used


@numba.njit(cache=True, nogil=True)
def _record(starts, sizes, used, value, bits):
    """Record `bits` bits of `value` as an interval of equal shares."""
    if bits == 0:
        return used
    starts[used] = value << (16 - bits)
    sizes[used] = 1 << (16 - bits)
    return used + 1


@numba.njit(cache=True, nogil=True)
def _take(state, bits):
    """Read what `_record` recorded; refill after it."""
    if bits == 0:
        return np.int64(0), state
    slot = state & np.uint64(0xFFFF)
    value = np.int64(slot >> np.uint64(16 - bits))
    size = np.uint64(1) << np.uint64(16 - bits)
    state = size * (state >> np.uint64(16)) + (slot & (size - np.uint64(1)))
    return value, state


@numba.njit(cache=True, nogil=True)
def _refill(state, position, overrun, words):
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
def rans_encode(starts, sizes, words):
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
