"""The entropy coder's inner loops, compiled by numba, and the constants of its fixed point.

All arithmetic is on integers, so that every machine agrees. The compiled code is cached beside
this file, or in the user's cache where that is not writable; the first run compiles it.

rANS after J. Duda, "Asymmetric numeral systems" (arXiv:1311.2540): 32-bit state, 16-bit words.
"""

import numba
import numpy as np

# Sizes of the context model, and the groups of channels that its hidden sums are renewed after.
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


@numba.njit(cache=True, nogil=True)
def _add_rows(out, values, weights):
    """Add values @ weights to out, skipping zeros."""
    for i in range(values.shape[0]):
        value = values[i]
        if value != 0:
            row = weights[i]
            for o in range(out.shape[0]):
                out[o] += value * row[o]


@numba.njit(cache=True, nogil=True)
def _add_linear(out, values, weights):
    """Add values @ weights to 64-bit sums, for the lowest channels."""
    for i in range(weights.shape[0]):
        value = np.int64(values[i])
        if value != 0:
            for o in range(weights.shape[1]):
                out[o] += value * np.int64(weights[i, o])


@numba.njit(cache=True, nogil=True)
def code_slab(
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
