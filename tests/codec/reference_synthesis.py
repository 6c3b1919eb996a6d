"""Voxels from the integers of an .isth file, written from docs/bitstream.md alone: slow and plain.

In double precision, so that what it finds is what rounding does not decide.
"""

from pathlib import Path

import numpy as np
from reference_decoder import decode_integers, plain_samples, read_file, read_tables


def decode_voxels(data: bytes, checkpoint: Path, layers=None):
    """Return the voxels of a file, (slice, row, column), from its first so many layers."""
    header, streams = read_file(data)
    integers = decode_integers(data, checkpoint, layers)
    net, _ = read_tables(checkpoint, "synthesis.")
    depth, run_of = header["depth"], lambda slab: slab // header["restart"]
    exact = exact_runs(header, streams)
    lacks = 0 if layers is None else header["layers"] - layers
    step, b, last = header["step"], header["bottleneck"], len(integers) - 1
    low, high = header["low"], header["high"]

    def at_ends(slab):
        return min(max(slab, 0), last)

    drafts = []
    for slab, values in enumerate(integers):
        if run_of(slab) in exact:
            first = slab * depth - run_of(slab) * header["restart"] * depth
            part = exact[run_of(slab)][first : first + depth].astype(float)
            missing = [
                (0, -size % unit) for size, unit in zip(part.shape, (depth, 8, 8), strict=True)
            ]
            drafts.append(np.pad((part - low) / (high - low), missing, "edge"))
        else:
            beside = magnitudes(integers[at_ends(slab - 1)]) + magnitudes(
                integers[at_ends(slab + 1)]
            )
            estimated = values + offsets(net, magnitudes(values), beside, b, lacks)
            blocks = np.einsum("krc,ktyx->trycx", step * estimated, net["basis"])
            shape = blocks.shape
            drafts.append(blocks.reshape(depth, shape[1] * 8, shape[3] * 8))
    found = []
    for slab, draft in enumerate(drafts):
        if run_of(slab) not in exact:
            seen = [draft, drafts[at_ends(slab - 1)], drafts[at_ends(slab + 1)]]
            added = restoration(net, np.concatenate(seen), b, lacks)
            draft = draft + header["strength"] / 128 * step * added
        found.append(draft)
    slices, rows, columns = header["shape"]
    stored = np.concatenate(found)[:slices, :rows, :columns] * (high - low) + low
    kind = np.dtype("<" + header["type"])
    if kind.kind in "iu":
        stored = np.rint(stored)
    stored = stored.clip(header["minimum"], header["maximum"]).astype(kind)
    for run, samples in exact.items():
        first = run * header["restart"] * depth
        stored[first : first + len(samples)] = samples
    return stored


def exact_runs(header, streams):
    """Return the samples of each plain run."""
    slices, rows, columns = header["shape"]
    size, found = header["restart"] * header["depth"], {}
    for run in header["plain"]:
        shape = (min(size, slices - run * size), rows, columns)
        samples = plain_samples(streams[0][run], shape, "<" + header["type"])
        found[run] = np.frombuffer(samples, "<" + header["type"]).reshape(shape)
    return found


def magnitudes(values):
    size = np.log2(1 + np.abs(values))
    return np.concatenate([np.sign(values) * size, size])


def offsets(net, own, beside, b, lacks):
    """Return how far the dequantiser finds the coefficients from their integers."""
    if "dequantiser.own.weight" not in net:
        return 0
    h = convolved(net, "dequantiser.own", own) + convolved(net, "dequantiser.beside", beside)
    h = relu(h + told(net, "dequantiser", b, lacks))
    return convolved(net, "dequantiser.leave", relu(h + convolved(net, "dequantiser.mix", h)))


def restoration(net, planes, b, lacks):
    if "restoration.enter.weight" not in net:
        return 0
    count, rows, columns = planes.shape
    x = planes.reshape(count, rows // 2, 2, columns // 2, 2).transpose(0, 2, 4, 1, 3)
    x = 4 * x.reshape(4 * count, rows // 2, columns // 2) - 1
    h = convolved(net, "restoration.enter", x) + told(net, "restoration", b, lacks)
    layer = 0
    while f"restoration.body.{layer}.weight" in net:
        h = h + convolved(net, f"restoration.body.{layer}", relu(h))
        layer += 1
    y = convolved(net, "restoration.leave", relu(h))
    y = y.reshape(-1, 2, 2, rows // 2, columns // 2).transpose(0, 3, 1, 4, 2)
    return y.reshape(-1, rows, columns)


def told(net, name, b, lacks):
    words = net[f"{name}.tell.weight"][b]
    if lacks:
        words = words + net[f"{name}.tell_missing.weight"][lacks]
    return words[:, None, None]


def relu(x):
    return np.maximum(x, 0)


def convolved(net, name, x):
    """Correlate planes (in, row, column) with weights of 1×1 or 3×3."""
    weight = net[f"{name}.weight"]
    reach = weight.shape[-1] // 2
    padded = np.pad(x, [(0, 0), (reach, reach), (reach, reach)])
    rows, columns = x.shape[1:]
    found = np.zeros((len(weight), rows, columns))
    for y, z in np.ndindex(*weight.shape[2:]):
        found += np.tensordot(weight[:, :, y, z], padded[:, y : y + rows, z : z + columns], 1)
    return found + net.get(f"{name}.bias", np.zeros(len(weight)))[:, None, None]
