"""Another decoder of .isth files, written from docs/bitstream.md alone: slow, and in plain Python.

Whole numbers here have no width; what the format wraps to 32 bits is wrapped on purpose. Files of
version 1, after docs/bitstream-1.md, are at the end.
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np

ENDS = (4, 8, 16, 32, 48, 64, 96, 128)
AROUND = [(tap // 3 - 1, tap % 3 - 1) for tap in range(9)]
CAUSAL = [(-1, -1), (-1, 0), (-1, 1), (0, -1)]


def wrapped(values):
    return (values + 2**31) % 2**32 - 2**31


class Words:
    """The rANS state."""

    def __init__(self, data):
        self.words = list(struct.unpack(f"<{len(data) // 2}H", data))
        self.state = self.words[0] << 16 | self.words[1]
        self.position = 2

    def refill(self):
        if self.state < 65536:
            self.state = self.state << 16 | self.words[self.position]
            self.position += 1

    def symbol(self, table):
        slot = self.state & 65535
        symbol = int(np.searchsorted(table, slot, side="right")) - 1
        low, high = int(table[symbol]), int(table[symbol + 1])
        self.state = (high - low) * (self.state >> 16) + slot - low
        self.refill()
        return symbol

    def bits(self, count):
        if count == 0:
            return 0
        slot = self.state & 65535
        share = 1 << (16 - count)
        self.state = share * (self.state >> 16) + slot % share
        self.refill()
        return slot >> (16 - count)

    @property
    def finished(self):
        return self.state == 65536 and self.position == len(self.words)


def edges(channels):
    """Return where each layer of so many channels starts and ends."""
    ends = [end for end in ENDS if end < channels] + [channels]
    return list(zip([0, *ends], ends, strict=False))


def decode_run(tables, streams, size, bottleneck, channels):
    """Return a run's integers, (slab, channel, row, column).

    `streams` are those of its layers, the lowest first, as many as there are; `size` counts slabs,
    rows and columns.
    """
    values = np.zeros((size[0], tables["embed"].shape[0], *size[1:]), np.int64)
    hidden = np.empty((*size, 96), np.int64)
    hidden[:] = tables["tell"][2 * bottleneck]
    hidden[0] = tables["tell"][2 * bottleneck + 1]
    layers = edges(channels)[: len(streams)]
    for layer, ((start, end), stream) in enumerate(zip(layers, streams, strict=True)):
        words = Words(stream)
        told = np.zeros((*size, 32), np.int64)
        for s in range(size[0]):
            if s > 0:
                spread(hidden[s], told[s - 1], tables["before"][layer])
            for r, c in np.ndindex(*size[1:]):
                own = hidden[s, r, c].copy()
                for tap, at in enumerate(beside((r, c), CAUSAL, size[1:])):
                    if at:
                        own += told[s][at] @ tables["causal"][layer, tap]
                told[s, r, c] = decode_block(
                    tables, words, activations(own), values, (s, r, c), bottleneck, start, end
                )
            for at in np.ndindex(*size[1:]):
                for k in range(start, end):
                    hidden[s][at] += features(tables, values[s, k][at]) @ tables["feed"][k]
            spread(hidden[s], told[s], tables["spatial"][layer])
        assert words.finished
    return values


def decode_block(tables, words, active, values, place, bottleneck, start, end):
    """Fill in a block's integers of channels start to end; return what they tell."""
    s, r, c = place
    mean, scale = (half.copy() for half in tables["offsets"][bottleneck])
    mean += active @ tables["heads"][:, 0]
    scale += active @ tables["heads"][:, 1]
    own = np.zeros(32, np.int64)
    for k in range(start):
        add_later(tables, k, values[s, k, r, c], mean, scale)
    for k in range(start, end):
        direct = 0
        if k < 16:
            for tap, at in enumerate(beside((r, c), AROUND, values.shape[2:])):
                if at:
                    direct += values[s, :16, *at] @ tables["linear_spatial"][tap, :, k]
                    if s > 0:
                        direct += values[s - 1, :16, *at] @ tables["linear_before"][tap, :, k]
            direct += values[s, start:k, r, c] @ tables["linear_within"][start:k, k]
        value = one_integer(
            tables, words, int(wrapped(mean[k])) + int(direct), int(wrapped(scale[k]))
        )
        values[s, k, r, c] = value
        own += features(tables, value) @ tables["embed"][k]
        add_later(tables, k, value, mean, scale)
    return activations(own)


def features(tables, value):
    """Return an integer's signed size and its size."""
    size = int(tables["features"][min(abs(int(value)), 4095)])
    return np.array([size if value >= 0 else -size, size])


def add_later(tables, channel, value, mean, scale):
    """Add what a channel tells to the means and scales of those after it."""
    pair, weights = features(tables, value), tables["within"][channel]
    mean[channel + 1 :] += pair @ weights[:, 0, channel + 1 :]
    scale[channel + 1 :] += pair @ weights[:, 1, channel + 1 :]


def activations(sums):
    return np.clip((wrapped(sums) + 512) >> 10, 0, 2047)


def beside(place, taps, size):
    """Return a block's neighbours, None for those outside."""
    found = [(place[0] + down, place[1] + right) for down, right in taps]
    return [at if 0 <= at[0] < size[0] and 0 <= at[1] < size[1] else None for at in found]


def spread(hidden, told, weights):
    """Add to each block what the 3×3 around it tell."""
    for place in np.ndindex(*told.shape[:2]):
        for tap, at in enumerate(beside(place, AROUND, told.shape[:2])):
            if at:
                hidden[place] += told[at] @ weights[tap]


def one_integer(tables, words, mean, scale):
    mean = min(max(mean, -(2**46)), 2**46)
    centre = (mean + 32768) >> 16
    fraction = (mean - (centre << 16) + 32768) >> 13
    row = min(max((scale + 4 * 65536 + 8192) >> 14, 0), 59)
    shift = int(tables["shifts"][row])
    symbol = words.symbol(tables["cumulative"][row, fraction])
    if symbol == 41:
        negative, length = words.bits(1), words.bits(5)
        high, low = words.bits(length // 2), words.bits(length - length // 2)
        away = 20 + 2**length + (high << (length - length // 2)) + low
        away = -away if negative else away
    else:
        away = symbol - 20
    return centre + (away << shift) + words.bits(shift)


def read_tables(checkpoint: Path, part="context."):
    """Return a checkpoint's arrays of one part and its metadata, without safetensors."""
    data = checkpoint.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    meta = json.loads(header.pop("__metadata__")["isthmus"])
    tables = {}
    for name, entry in header.items():
        if name.startswith(part):
            start, end = entry["data_offsets"]
            kind = {"I16": "<i2", "I32": "<i4", "F32": "<f4"}[entry["dtype"]]
            flat = np.frombuffer(data[8 + length + start : 8 + length + end], kind)
            wide = float if kind == "<f4" else np.int64
            tables[name.removeprefix(part)] = flat.reshape(entry["shape"]).astype(wide)
    return tables, meta


class Fields:
    """The header of a file of version 2, read from front to back."""

    def __init__(self, data):
        self.data = data

    def take(self, size):
        assert size <= len(self.data)
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def byte(self):
        return self.take(1)[0]

    def integer(self):
        value = shift = 0
        while (byte := self.byte()) >= 128:
            value += (byte - 128) << shift
            shift += 7
        return value + (byte << shift)

    def number(self):
        return struct.unpack(">d", self.take(self.byte()).ljust(8, b"\0"))[0]

    def text(self):
        return self.take(self.byte()).decode()


def read_file(data):
    """Return the fields of a file of version 2 by name, and its streams [layer][run]."""
    magic, version, size = struct.unpack("<4sHI", data[:10])
    assert (magic, version) == (b"ISTH", 2)
    assert struct.unpack("<I", data[10 + size : 14 + size]) == (zlib.crc32(data[: 10 + size]),)
    rest = Fields(data[10 : 10 + size])
    types = ["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8", "f2", "u8", "i8"]
    found = {"type": types[rest.byte()]}
    flags = rest.byte()
    found |= {"orientation_known": flags % 2 == 1, "simulated": flags // 2 % 2 == 1}
    found |= {"bottleneck": rest.byte(), "depth": rest.byte(), "checkpoint": rest.take(8).hex()}
    found |= {name: rest.byte() for name in ("strength", "layers", "restart")}
    found["shape"] = (rest.integer(), rest.integer(), rest.integer())
    found["affine"] = tuple(rest.number() for _ in range(12))
    for name in ("low", "high", "minimum", "maximum", "scale", "offset", "step"):
        found[name] = rest.number()
    found |= {name: rest.text() for name in ("unit", "modality", "lossy")}
    count = rest.integer()
    halves = [half for byte in rest.take((count + 1) // 2) for half in (byte % 16, byte // 16)]
    found["leaning"] = [half - 16 if half > 7 else half for half in halves[:count]]
    rest.take(rest.integer())
    run, found["plain"] = 0, []
    for _ in range(rest.integer()):
        run += rest.integer()
        found["plain"].append(run)
        run += 1
    slabs = -(-found["shape"][0] // found["depth"])
    runs = -(-slabs // found["restart"])
    table = [[(rest.integer(), rest.take(4)) for _ in range(runs)] for _ in range(found["layers"])]
    behind = rest.integer()
    assert rest.data == b""
    after, streams = Fields(data[14 + size :]), []
    for layer in table:
        streams.append([after.take(length) for length, _ in layer])
        assert [struct.pack("<I", zlib.crc32(s)) for s in streams[-1]] == [crc for _, crc in layer]
    assert len(after.data) == behind
    return found, streams


def decode_integers(data, checkpoint: Path, layers=None):
    """Return a file's integers, (slab, channel, row, column); zeros in plain runs.

    Of `layers` only the first so many are read.
    """
    tables, meta = read_tables(checkpoint)
    header, streams = read_file(data)
    channels = meta["bottlenecks"][header["bottleneck"]]["channels"]
    for k, by in enumerate(header["leaning"]):
        tables["offsets"][header["bottleneck"], 1, k] += 16384 * by
    assert header["layers"] == len(edges(channels))
    slices, height, width = header["shape"]
    slabs, restart = -(-slices // header["depth"]), header["restart"]
    size = (-(-height // 8), -(-width // 8))
    found = []
    for run, first in enumerate(range(0, slabs, restart)):
        shape = (min(restart, slabs - first), *size)
        of_run = [] if run in header["plain"] else [layer[run] for layer in streams[:layers]]
        found.append(decode_run(tables, of_run, shape, header["bottleneck"], channels))
    return np.concatenate(found)


def plain_samples(stream, shape, kind):
    """Return the bytes of a plain run's samples, in C order, little-endian."""
    size = int(kind[2:])
    count = shape[0] * shape[1] * shape[2]
    planes = zlib.decompress(stream[1:], wbits=-15)
    assert len(planes) == size * count
    step = {0: 0, 1: 1, 2: shape[2], 3: shape[1] * shape[2]}[stream[0]]
    place = {1: lambda n: n % shape[2], 2: lambda n: n // shape[2] % shape[1],
             3: lambda n: n // (shape[1] * shape[2])}.get(stream[0], lambda n: 0)  # fmt: skip
    samples = []
    for n in range(count):
        folded = sum(planes[plane * count + n] << 8 * plane for plane in range(size))
        value = -(folded + 1) // 2 if folded % 2 else folded // 2
        if place(n):
            value += samples[n - step]
        samples.append(value % 2 ** (8 * size))
    return b"".join(sample.to_bytes(size, "little") for sample in samples)


def decode_file(data: bytes, checkpoint: Path):
    """Return all integers of a file of version 1, (slab, channel, row, column)."""
    tables, meta = read_tables(checkpoint)
    assert data[:5] == b"ISTH\x01"
    (length,) = struct.unpack_from("<H", data, 5)
    header = data[7 : 7 + length]
    assert struct.unpack_from("<I", data, 7 + length) == (zlib.crc32(header),)
    bottleneck, depth = header[2], header[3]
    slices, height, width = struct.unpack_from("<3I", header, 12)
    channels = meta["bottlenecks"][bottleneck]["channels"]
    position, found, before = 7 + length + 4, [], None
    for slab in range(-(-slices // depth)):
        size, shift = 0, 0
        while True:
            byte = data[position]
            size, shift, position = size | (byte & 127) << shift, shift + 7, position + 1
            if byte < 128:
                break
        body = data[position + 4 : position + 4 + size]
        assert struct.unpack_from("<I", data, position) == (zlib.crc32(body),)
        position += 4 + size
        blocks = (-(-height // 8), -(-width // 8))
        before = decode_slab(
            tables, body, None if slab % 8 == 0 else before, blocks, bottleneck, channels
        )
        found.append(before[0])
    assert position == len(data)
    return np.stack(found)


def decode_slab(tables, data, before, size, bottleneck, channels):
    """Return the integers (channel, row, column) of a slab of version 1, and its embeddings.

    Embeddings are (row, column, hidden). `before` is what this returned for the slab before, or
    None at a restart point.
    """
    rows, columns = size
    all_channels = tables["embed"].shape[0]
    lowest = min(16, all_channels)
    values = np.zeros((all_channels, rows, columns), np.int64)
    embedding = np.zeros((rows, columns, 96), np.int64)
    words = Words(data)
    for r in range(rows):
        for c in range(columns):
            hidden = tables["tell"][2 * bottleneck + (before is None)].copy()
            direct = np.zeros(lowest, np.int64)

            def add(source, at, tap, kind, hidden=hidden, direct=direct):
                integers, embedded = source
                if 0 <= at[0] < rows and 0 <= at[1] < columns:
                    hidden += embedded[at] @ tables[kind][tap]
                    direct += integers[:lowest, *at] @ tables[f"linear_{kind}"][tap]

            if before is not None:
                for tap in range(9):
                    add(before, (r + tap // 3 - 1, c + tap % 3 - 1), tap, "before")
            for tap, at in enumerate(((r - 1, c - 1), (r - 1, c), (r - 1, c + 1), (r, c - 1))):
                add((values, embedding), at, tap, "spatial")
            own = tables["embed_bias"].copy()
            mean, scale = (half.copy() for half in tables["offsets"][bottleneck])
            start = 0
            for end in (*ENDS[:7], all_channels):
                end = min(end, channels)
                active = np.clip((wrapped(hidden) + 512) >> 10, 0, 2047)
                mean[start:end] += active @ tables["heads"][:, 0, start:end]
                scale[start:end] += active @ tables["heads"][:, 1, start:end]
                for k in range(start, end):
                    at = int(wrapped(mean[k])) + (int(direct[k]) if k < lowest else 0)
                    value = one_integer(tables, words, at, int(wrapped(scale[k])))
                    values[k, r, c] = value
                    size_of = int(tables["features"][min(abs(value), 4095)])
                    pair = np.array([size_of if value >= 0 else -size_of, size_of])
                    hidden += pair @ tables["feed"][k]
                    own += pair @ tables["embed"][k]
                    later = np.einsum("i,ihj->hj", pair, tables["within"][k])[:, k + 1 :]
                    mean[k + 1 :] += later[0]
                    scale[k + 1 :] += later[1]
                    if k < lowest:
                        direct[k + 1 :] += value * tables["linear_within"][k, k + 1 : lowest]
                start = max(start, end)
            embedding[r, c] = np.clip((wrapped(own) + 512) >> 10, 0, 2047)
    assert words.finished
    return values, embedding
