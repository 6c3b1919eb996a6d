"""Decoding of version 1's slabs: block by block in raster order, all channels of each.

Only read: files are written by `isthmus.codec.kernels`, whose coder of single integers is shared.
"""

import numba
import numpy as np

from isthmus.codec.kernels import ACTIVATION_LIMIT, FEATURE_ENTRIES, add_rows, decode_integer

HIDDEN = 96
LINEAR = 16
# Groups of channels after which the hidden sums are renewed.
GROUPS = (4, 8, 16, 32, 48, 64, 96)


@numba.njit(cache=True, nogil=True)
def _add_linear(out, values, weights):
    """Add values @ weights to 64-bit sums, for the lowest channels."""
    for i in range(weights.shape[0]):
        value = np.int64(values[i])
        if value != 0:
            for o in range(weights.shape[1]):
                out[o] += value * np.int64(weights[i, o])


@numba.njit(cache=True, nogil=True)
def decode_slab(
    model, values, before, embedding, embedded_before, bottleneck, first, channels, words
):  # fmt: skip
    """Read one slab's integers. `values` (row, column, channel) and `embedding` are filled.

    Returns:
        0 if the stream ended as it should.
    """
    rows, columns = values.shape[0], values.shape[1]
    hidden = embedding.shape[2]
    linear = min(model.linear_within.shape[0], values.shape[2])
    shifts, cumulative = model.shifts, model.cumulative
    if words.shape[0] < 2:
        return 1
    state = (np.uint64(words[0]) << np.uint64(16)) | np.uint64(words[1])
    position = 2
    overrun = False

    sums = np.empty((columns, hidden), np.int32)
    straight = np.empty((columns, linear), np.int64)
    active = np.empty(hidden, np.int32)
    own = np.empty(hidden, np.int32)
    means = np.empty(channels, np.int32)
    scales = np.empty(channels, np.int32)
    dr = np.array([-1, -1, -1, 0])
    dc = np.array([-1, 0, 1, -1])

    for r in range(rows):
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
                        add_rows(sums[c], embedded_before[rr, cc], model.before[tap])
                        _add_linear(straight[c], before[rr, cc], model.linear_before[tap])
        for tap in range(3):
            if r == 0:
                break
            for c in range(columns):
                cc = c + dc[tap]
                if 0 <= cc < columns:
                    add_rows(sums[c], embedding[r + dr[tap], cc], model.spatial[tap])
                    _add_linear(straight[c], values[r + dr[tap], cc], model.linear_spatial[tap])

        for c in range(columns):
            total, direct = sums[c], straight[c]
            if c > 0:
                add_rows(total, embedding[r, c - 1], model.spatial[3])
                _add_linear(direct, values[r, c - 1], model.linear_spatial[3])
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
                            scales[ch] += value * model.heads[i, 1, ch]
                for ch in range(start, end):
                    mean = np.int64(means[ch])
                    if ch < linear:
                        mean += direct[ch]
                    value, state, position, overrun = decode_integer(
                        shifts, cumulative, mean, scales[ch], state, position, overrun, words
                    )
                    values[r, c, ch] = value
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
    return 0 if state == np.uint64(1 << 16) and position == words.shape[0] else 1
