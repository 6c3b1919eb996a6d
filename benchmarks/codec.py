"""How fast the codec is and how much memory it takes, by size of scan, beside standard codecs.

    python benchmarks/codec.py [SCAN] [--model NAME] [--bottleneck NAME] [--device NAME]
                               [--threads N] [--anchors NAMES] [--json]

Without SCAN, on three sizes made of the demo scan: as it is, 256×256×48, and mirrored to
512×512×120 and 512×512×500. Each is measured in fresh processes, encoding apart from decoding.
Times are medians of a few rounds after one slab that does not count, of large scans of one round.
The table is Markdown: `python benchmarks/codec.py > docs/speed.md` makes that page.

encode_s, decode_s          from voxels to the bytes of a file, and back
encode_cpu_s, decode_cpu_s  the same in seconds of processor time, all threads together: what a
                            busy computer shows more truly
slab_s                      one slab through both transforms: what the window shows first
peak_mib                    most memory that either took, beyond the volume, torch and the model
"""

import argparse
import json
import math
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

SIZES = ((48, 256, 256), (120, 512, 512), (500, 512, 512))
SPENT_S = 4.0
RANS_SYMBOLS = 2_000_000
CODES = ("encode", "decode")
TIMES = ("encode_s", "decode_s", "encode_cpu_s", "decode_cpu_s")

Figures = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """What a process of its own measures; a shape of None leaves the scan as it is."""

    scan: Path
    shape: tuple[int, int, int] | None
    model: str | None
    bottleneck: str
    device: str
    threads: int | None
    anchors: str = "none"
    data: bytes = b""

    def load(self) -> Any:
        """Return the codec, its entropy coder compiled and all that is loaded lazily loaded."""
        import torch

        from isthmus import codec

        if self.threads is not None:
            torch.set_num_threads(self.threads)
        engine = codec.load(self.model, self.device)
        engine.warm_up()
        return engine

    def volume(self) -> Any:
        """Return the scan, mirrored to the shape."""
        from isthmus import read
        from isthmus.scans.volume import Volume

        scan = read(self.scan)
        if self.shape in (None, scan.shape):
            return scan
        voxels = np.empty(self.shape, scan.voxels.dtype)
        k, j, i = (mirrored(new, old) for new, old in zip(self.shape, scan.shape, strict=True))
        for slice_, source in zip(voxels, k, strict=True):
            slice_[:] = scan.voxels[source][np.ix_(j, i)]
        return Volume(voxels, scan.affine, modality=scan.modality)


def mirrored(size: int, period: int) -> npt.NDArray[np.intp]:
    """Return the indices 0 … period-1, back to 0, and so on, `size` of them."""
    there = np.arange(size) % (2 * period)
    return np.minimum(there, 2 * period - 1 - there)


def timed(work: Callable[[], Any], rounds: int = 5) -> tuple[float, float, Any]:
    """Return the median seconds of `work`, those of processor time, and what it returns."""
    # Again until a few seconds are spent.
    walls: list[float] = []
    processors: list[float] = []
    while len(walls) < rounds and sum(walls) < SPENT_S:
        wall, processor = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    return statistics.median(walls), statistics.median(processors), result


def memory() -> tuple[int, int]:
    """Return the bytes that this process holds, and the most that it has held at once."""
    import psutil

    held = psutil.Process().memory_info()
    if sys.platform == "win32":
        return held.rss, held.peak_wset
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return held.rss, unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure_encoder(job: Job) -> tuple[Figures, bytes]:
    """Return an encoder's figures, and the file."""
    engine, volume = job.load(), job.volume()
    before, _ = memory()
    middle = engine.slab_of(volume.shape[0] // 2)
    slab = partial(engine.preview, volume, job.bottleneck, [middle])
    slab()
    wall, processor, data = timed(partial(engine.compress, volume, job.bottleneck))
    peak = memory()[1] - before
    figures = {
        "shape": list(volume.shape),
        "volume_mib": mebi(volume.voxels.nbytes),
        "encode_s": wall,
        "encode_cpu_s": processor,
        "encode_mib": mebi(peak),
        "slab_s": timed(slab, rounds=9)[0],
        "bytes": len(data),
        "ratio": volume.voxels.nbytes / len(data),
    }
    return figures, data


def measure_decoder(job: Job) -> Figures:
    """Return a decoder's figures."""
    engine = job.load()
    before, _ = memory()
    wall, processor, volume = timed(partial(engine.decompress, job.data))
    peak = memory()[1] - before - volume.voxels.nbytes
    return {"decode_s": wall, "decode_cpu_s": processor, "decode_mib": mebi(peak)}


def measure_load(job: Job) -> float:
    """Return the seconds from torch being there to a model that is ready."""
    import torch  # noqa: F401

    from isthmus import codec

    return timed(partial(codec.load, job.model, job.device), rounds=1)[0]


def measure_coder(job: Job) -> Figures:
    """Return integers a second of processor time of the entropy coder, which has one thread."""
    from isthmus.codec.context import decode_run, encode_run
    from isthmus.codec.weights import read_weights

    engine, volume = job.load(), job.volume()
    context = read_weights(engine.info)[2]
    latent = engine.encode(volume, job.bottleneck)
    index = engine.info.bottlenecks.index(latent.bottleneck)
    run = latent.values[len(latent.values) // 16 * 8 :][:8]
    channels = run.shape[1]
    _, encode, streams = timed(partial(encode_run, context, run, index, channels))
    _, decode, values = timed(partial(decode_run, context, streams, run.shape, index, channels))
    assert np.array_equal(values, run)
    return {
        "encode_per_s": run.size / encode,
        "decode_per_s": run.size / decode,
        **measure_rans(context.shifts, context.cumulative),
    }


def measure_rans(shifts: npt.NDArray[np.int32], cumulative: npt.NDArray[np.int32]) -> Figures:
    """Return the same of rANS alone: integers of one table, whose statistics they have."""
    import numba

    from isthmus.codec.kernels import REACH, SCALE_LOW, SCALE_STEPS, decode_integer, rans_encode

    row = -SCALE_LOW * SCALE_STEPS  # a scale of 1
    # What the decoder is given for this row, and for a mean of 0.
    scale, table = 0, cumulative[row, 4].astype(np.uint32)
    slots = np.random.default_rng(0).integers(0, int(table[-2]), RANS_SYMBOLS)
    symbols = np.searchsorted(table, slots, "right") - 1
    starts, sizes = table[symbols], np.diff(table)[symbols]

    @numba.njit(nogil=True)
    def read_all(shifts: Any, cumulative: Any, words: Any, found: Any) -> None:
        state = (np.uint64(words[0]) << np.uint64(16)) | np.uint64(words[1])
        position, overrun = 2, False
        for i in range(found.shape[0]):
            found[i], state, position, overrun = decode_integer(
                shifts, cumulative, np.int64(0), np.int32(scale), state, position, overrun, words
            )

    words = np.empty(len(starts) + 2, np.uint16)
    found = np.empty(len(starts), np.int64)
    rans_encode(starts[:9], sizes[:9], words)
    _, encode, count = timed(partial(rans_encode, starts, sizes, words))
    stream = words[:count][::-1].copy()
    read_all(shifts, cumulative, stream, found[:9])
    decode = timed(partial(read_all, shifts, cumulative, stream, found))[1]
    assert np.array_equal(found, symbols - REACH)
    return {"rans_encode_per_s": len(found) / encode, "rans_decode_per_s": len(found) / decode}


def measure_anchors(job: Job) -> dict[str, Figures]:
    """Return the times of standard codecs at the error that the model makes."""
    from isthmus.anchors import find_anchors
    from isthmus.errors import IsthmusError

    engine, volume = job.load(), job.volume()
    error = engine.decompress(job.data).voxels - volume.voxels.astype(np.float64)
    rmse = float(np.sqrt(np.mean(error**2)))
    rows: dict[str, Figures] = {}
    for anchor in find_anchors(job.anchors):
        try:
            wall, processor, coded = timed(partial(anchor.encode, volume.voxels, rmse))
        except IsthmusError as missing:
            print(missing, file=sys.stderr)
            continue
        back = timed(partial(anchor.decode, coded))
        times = dict(zip(TIMES, (wall, back[0], processor, back[1]), strict=True))
        rows[anchor.title] = {**times, "bytes": coded.size}
    return rows


def apart(work: Callable[[Job], Any], job: Job) -> Any:
    """Return what `work` does in a process of its own, with nothing in memory before it."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(work, job).result()


def measure(jobs: Sequence[Job]) -> Figures:
    """Measure one job after the other; what does not depend on size, on the first."""
    first, sizes = jobs[0], {}
    for job in jobs:
        print(job.shape or job.scan.name, file=sys.stderr)
        figures, data = apart(measure_encoder, job)
        figures |= apart(measure_decoder, replace(job, data=data))
        figures["peak_mib"] = max(figures["encode_mib"], figures["decode_mib"])
        million = math.prod(figures["shape"]) / 1e6
        for name in CODES:
            figures[f"{name}_s_per_megavoxel"] = figures[f"{name}_s"] / million
        sizes["×".join(map(str, reversed(figures["shape"])))] = figures
        if job is jobs[0]:
            first = replace(first, data=data)
    return {
        **apart(describe, first),
        "bottleneck": first.bottleneck,
        "sizes": sizes,
        "load_s": statistics.median(apart(measure_load, first) for _ in range(3)),
        "coder": apart(measure_coder, first),
        "anchors": apart(measure_anchors, first),
    }


def describe(job: Job) -> Figures:
    """Return what was measured on, and how large the weights are."""
    engine = job.load()
    import torch

    from isthmus import assets

    weights = assets.folder("models").glob("*.safetensors")
    return {
        "scan": job.scan.name,
        "model": engine.info.name,
        "device": engine.device,
        "threads": torch.get_num_threads(),
        "cores": os.cpu_count(),
        "weights_mib": mebi(sum(path.stat().st_size for path in weights)),
    }


def page(figures: Figures) -> str:
    """Return the figures as a page of Markdown."""
    sizes, coder = figures["sizes"], figures["coder"]
    names, all_of = list(sizes), list(sizes.values())

    def row(title: str, text: str, key: str, factor: float = 1.0) -> list[str]:
        return [title, *(text.format(each[key] * factor) for each in all_of)]

    by_size = [
        row("encode, s", "{:.2f}", "encode_s"),
        row("decode, s", "{:.2f}", "decode_s"),
        row("encode, s a million voxels", "{:.3f}", "encode_s_per_megavoxel"),
        row("decode, s a million voxels", "{:.3f}", "decode_s_per_megavoxel"),
        row("encode, s of processor time", "{:.2f}", "encode_cpu_s"),
        row("decode, s of processor time", "{:.2f}", "decode_cpu_s"),
        row("one slab for the window, s", "{:.3f}", "slab_s"),
        row("the volume, MiB", "{:.0f}", "volume_mib"),
        row("encode, MiB beyond it", "{:.0f}", "encode_mib"),
        row("decode, MiB beyond it", "{:.0f}", "decode_mib"),
        row("file, kB", "{:.0f}", "bytes", 1e-3),
        row("ratio", "{:.0f}:1", "ratio"),
    ]
    speeds = [
        ["rANS alone", *(f"{coder[f'rans_{name}_per_s'] / 1e6:.0f}" for name in CODES)],
        ["with the context model", *(f"{coder[f'{name}_per_s'] / 1e6:.1f}" for name in CODES)],
    ]
    about = (
        f"{figures['model']} at {figures['bottleneck']} on {figures['scan']}"
        f"{', mirrored to larger sizes' if len(names) > 1 else ''}; {figures['device']}, "
        f"{figures['threads']} threads, {figures['cores']} cores. "
        "Made by `python benchmarks/codec.py`, whose first lines say how.\n"
    )
    lines = ["# Speed and memory\n", about, *table(["", *names], by_size)]
    lines += table(["limits", "limit", "measured"], limits(figures))
    lines += table(["million integers a second of processor time", *CODES], speeds)
    if figures["anchors"]:
        lines.append(f"Standard codecs on {names[0]} at the same error, one thread each:\n")
        beside = {f"**Isthmus, {figures['model']}**": all_of[0], **figures["anchors"]}
        lines += table(
            ["", "kB", "encode, s", "decode, s", "processor, s", "processor, s"],
            [
                [title, f"{each['bytes'] / 1e3:.0f}", *(f"{each[key]:.2f}" for key in TIMES)]
                for title, each in beside.items()
            ],
        )
    return "\n".join(lines).rstrip()


def limits(figures: Figures) -> list[list[str]]:
    """Return each limit that was set and what was measured, as far as it was."""
    sizes = figures["sizes"]
    small, middle, large = (sizes.get("×".join(map(str, reversed(shape)))) for shape in SIZES)
    found = []
    if small:
        found += [
            ["256×256×48 encoded", "< 2 s", f"{small['encode_s']:.2f} s"],
            ["256×256×48 decoded", "< 2 s", f"{small['decode_s']:.2f} s"],
            ["one slab of it for the window", "< 0.15 s", f"{small['slab_s']:.3f} s"],
        ]
    if middle and large:
        for name in CODES:
            key = f"{name}_s_per_megavoxel"
            growth = f"{large[key] / middle[key]:.2f}"
            found.append([f"{name} a voxel, 500 slices to 120", "1", growth])
    if large:
        memory = f"{large['peak_mib']:.0f} MiB"
        found.append(["512×512×500, beyond the volume", "< 2048 MiB", memory])
    found.append(["all weights", "< 24 MiB", f"{figures['weights_mib']:.1f} MiB"])
    found.append(["loading, after torch", "< 0.3 s", f"{figures['load_s']:.2f} s"])
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def mebi(size: float) -> float:
    """Return bytes in MiB."""
    return size / 2**20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scan", nargs="?", type=Path, metavar="SCAN")
    parser.add_argument("--model", help="a model's name or file; by default the default one")
    parser.add_argument("--bottleneck", metavar="NAME", help="by default the middle one")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--threads", type=int, help="torch's; by default its own choice")
    parser.add_argument("--anchors", default="all", help="names, or all, or none")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    from isthmus.anchors import find_anchors
    from isthmus.codec import find_model
    from isthmus.errors import IsthmusError
    from isthmus.scans import demo_scan

    try:
        bottlenecks = find_model(options.model).bottlenecks
        middle = bottlenecks[len(bottlenecks) // 2].name
        chosen = find_model(options.model).bottleneck(options.bottleneck or middle).name
        find_anchors(options.anchors)
    except IsthmusError as error:
        parser.error(str(error))
    shapes = SIZES if options.scan is None else (None,)
    jobs = [
        Job(
            options.scan or demo_scan(), shape, options.model, chosen, options.device,
            options.threads, options.anchors,
        )
        for shape in shapes
    ]  # fmt: skip
    figures = measure(jobs)
    print(json.dumps(figures) if options.json else page(figures))


if __name__ == "__main__":
    main()
