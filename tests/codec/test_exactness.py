"""The same file decodes to the same latent wherever and however it is decoded.

Voxels are floating point on the way: they may differ by one stored unit, in few places.
"""

import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from isthmus import scans
from isthmus.codec.bitstream import prefix_sizes, read_header, unpack
from isthmus.scans.volume import Volume

BOTTLENECKS = ("6ch", "128ch")
# Share of the voxels that may come out one stored unit off.
MOST_OFF = 0.001

ELSEWHERE = """
import sys
from pathlib import Path
import numpy as np
import torch
from isthmus import codec
engine = codec.load(Path(sys.argv[1]), "cpu")
for path in map(Path, sys.argv[2:]):
    data = path.read_bytes()
    for threads in (1, 2):
        torch.set_num_threads(threads)
        latent = engine.read(data)
        voxels = engine.decode(latent).voxels
        again = np.frombuffer(engine.write(latent), np.uint8)
        np.savez(path.with_suffix(f".{threads}.npz"), latent.values, voxels, again)
print(torch.backends.cpu.get_cpu_capability())
"""


@pytest.fixture(scope="module")
def scan():
    """A part of the demo scan that makes three runs."""
    volume = scans.read(scans.demo_scan())
    voxels = np.ascontiguousarray(volume.voxels[10:45, 60:109, 70:126])
    return Volume(voxels, volume.affine, modality=volume.modality)


@pytest.fixture(scope="module")
def files(lively, scan):
    """The file of each bottleneck, with the latent and the voxels that it decodes to here."""
    found = {}
    for bottleneck in BOTTLENECKS:
        data = lively.compress(scan, bottleneck, step=0.05)
        header = read_header(data)
        assert (header.runs, header.plain) == (3, frozenset())
        latent = lively.read(data)
        found[bottleneck] = data, latent, lively.decode(latent).voxels
    return found


def assert_the_same(voxels, expected, where):
    """At most one stored unit off, in few places; says in how many."""
    assert voxels.dtype == expected.dtype
    difference = np.abs(voxels.astype(np.int64) - expected.astype(np.int64))
    share = np.mean(difference > 0)
    print(f"{where}: {share:.4%} of the voxels are off, by {difference.max()} at most")  # noqa: T201
    assert difference.max() <= 1
    assert share < MOST_OFF


@pytest.mark.parametrize("capability", ["default", "native"])
def test_another_process_decodes_the_same(lively_info, files, tmp_path, capability):
    """With one thread and with two, by the CPU's best instructions and by those that all have."""
    environment = {name: value for name, value in os.environ.items() if name[:4] != "ATEN"}
    if capability == "default":
        environment |= {"ATEN_CPU_CAPABILITY": "default", "ONEDNN_MAX_CPU_ISA": "SSE41"}
    paths = [tmp_path / f"{bottleneck}.isth" for bottleneck in BOTTLENECKS]
    for path, (data, _, _) in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, lively_info.path, *paths],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    if capability == "default":
        assert done.stdout.split() == ["DEFAULT"]
    for path, (data, latent, expected) in zip(paths, files.values(), strict=True):
        for threads in (1, 2):
            with np.load(path.with_suffix(f".{threads}.npz")) as arrays:
                values, voxels, again = arrays.values()
            assert np.array_equal(values, latent.values)
            assert again.tobytes() == data
            assert_the_same(voxels, expected, f"{path.stem}, {capability}, {threads} threads")


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_two_threads_decode_the_same(lively, files, bottleneck):
    data, latent, expected = files[bottleneck]
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        read = lively.read(data)
        assert np.array_equal(read.values, latent.values)
        assert lively.write(read) == data
        assert_the_same(lively.decompress(data).voxels, expected, f"{bottleneck}, 2 threads")
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_any_number_of_threads_writes_the_same(lively, files, bottleneck):
    _, latent, _ = files[bottleneck]
    threads = torch.get_num_threads()
    try:
        written = []
        for count in (1, 2, 3):
            torch.set_num_threads(count)
            written.append(lively.write(latent))
    finally:
        torch.set_num_threads(threads)
    assert written == [files[bottleneck][0]] * 3


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
def test_slabs_decode_in_any_order_as_the_whole_does(lively, files, bottleneck):
    """To the very voxel: each slab is computed by itself, whatever was asked for before."""
    data, _, expected = files[bottleneck]
    order = [17, 4, 0, 1, 0, 9, 8, 7, 16, 12, 3]
    read = lively.read(data)
    for slab, part in zip(order, lively.decode_slabs(read, iter(order)), strict=True):
        slices = lively.slices_of(slab, len(expected))
        assert np.array_equal(part, expected[slices.start : slices.stop])
    assert np.array_equal(lively.decompress(data).voxels, expected)


def test_a_prefix_decodes_as_the_same_layers_of_the_whole_file_do(lively, files):
    data, latent, _ = files["128ch"]
    size = prefix_sizes(data)[4]
    cut, whole = lively.read(data[:size], layers=5), lively.read(data, layers=5)
    assert np.array_equal(cut.values, whole.values)
    assert np.array_equal(cut.values[:, :48], latent.values[:, :48])
    assert not cut.values[:, 48:].any()
    assert np.array_equal(lively.decode(cut).voxels, lively.decode(whole).voxels)


def test_runs_decode_by_themselves(lively, files):
    """With all other runs destroyed, a run's integers are what they were."""
    data, latent, _ = files["6ch"]
    for run in range(3):
        # Layers of six channels: 0 to 4 and 4 to 6, each of three runs.
        spoilt = bytearray(data)
        ends = ends_of_streams(data)
        for number, (start, end) in enumerate(ends):
            if number % 3 != run:
                spoilt[start:end] = bytes(end - start)
        saved = lively.read(bytes(spoilt), salvage=True)
        lively.take_notices()
        slabs = slice(8 * run, 8 * run + 8)
        assert np.array_equal(saved.values[slabs], latent.values[slabs])
        assert saved.layers_missing == tuple(0 if each == run else 2 for each in range(3))


def ends_of_streams(data):
    """Return where each stream starts and ends, in the order of the file."""
    sizes = [len(stream) for layer in unpack(data)[1] for stream in layer]
    ends = len(data) - sum(sizes) + np.cumsum(sizes)
    return [(int(end) - size, int(end)) for size, end in zip(sizes, ends, strict=True)]


def test_a_preview_equals_what_decode_gives_there(lively, scan):
    short = Volume(scan.voxels[:9], scan.affine)
    whole = lively.decode(lively.encode(short, "128ch", step=0.02)).voxels
    for slabs in (range(1), range(1, 4), range(4, 5)):
        first = lively.slices_of(slabs[0], 9).start
        part = lively.preview(short, "128ch", slabs, step=0.02)
        assert np.array_equal(part, whole[first : first + len(part)])
        assert len(part) == sum(len(lively.slices_of(slab, 9)) for slab in slabs)
