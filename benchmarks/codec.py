"""How fast the codec is, and how much memory it takes, for each bottleneck.

    python benchmarks/codec.py [SCAN] [--model NAME] [--device NAME] [--threads N] [--json]

Without SCAN, on the demo scan, 256×256×48. Times are medians of a few rounds after one that does
not count, in which code is compiled and read from disk.

encode_s    from voxels to the bytes of a file
decode_s    from those bytes to voxels
slab_s      one slab through both transforms, without bytes: what the window shows first
peak_mib    most memory that the process held meanwhile, torch and the scan included
"""

import argparse
import json
import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from isthmus import codec, read
from isthmus.scans import demo_scan

ROUNDS, SLAB_ROUNDS = 3, 9
SAMPLE_SECONDS = 0.002
COLUMNS = ("encode_s", "decode_s", "slab_s", "peak_mib", "bytes", "ratio")


class PeakMemory:
    """Watches the process's resident memory while the block runs.

    Attributes:
        mib: The most that was seen.
    """

    def __init__(self) -> None:
        self.mib = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        process = psutil.Process()
        while not self._done.wait(SAMPLE_SECONDS):
            self.mib = max(self.mib, process.memory_info().rss / 2**20)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()


def seconds(work: Callable[[], Any], rounds: int) -> float:
    """Return the median time that `work` takes."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure(engine: "codec.Codec", volume: Any, bottleneck: "codec.Bottleneck") -> dict[str, Any]:
    """Return the figures of one bottleneck."""

    def encode() -> bytes:
        return engine.write(engine.encode(volume, bottleneck))

    middle = engine.slab_of(volume.shape[0] // 2)
    data = encode()
    engine.decode(engine.read(data))
    with PeakMemory() as memory:
        encode_s = seconds(encode, ROUNDS)
        decode_s = seconds(lambda: engine.decode(engine.read(data)), ROUNDS)
    return {
        "encode_s": round(encode_s, 3),
        "decode_s": round(decode_s, 3),
        "slab_s": round(
            seconds(lambda: engine.preview(volume, bottleneck, [middle]), SLAB_ROUNDS), 4
        ),
        "peak_mib": round(memory.mib),
        "bytes": len(data),
        "ratio": round(volume.voxels.nbytes / len(data), 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("scan", nargs="?", type=Path, metavar="SCAN")
    parser.add_argument("--model", help="a model's name or file; by default the default one")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument("--threads", type=int, help="torch's; by default its own choice")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    import torch

    if options.threads is not None:
        torch.set_num_threads(options.threads)
    path = options.scan or demo_scan()
    volume = read(path)
    engine = codec.load(options.model, options.device)
    rows = {each.name: measure(engine, volume, each) for each in engine.info.bottlenecks}
    figures = {
        "scan": path.name,
        "shape": list(volume.shape),
        "model": engine.info.name,
        "device": engine.device,
        "threads": torch.get_num_threads(),
        "cores": os.cpu_count(),
        "sizes": rows,
    }
    if options.json:
        print(json.dumps(figures))
        return
    slices, height, width = volume.shape
    print(
        f"{path.name}, {width}×{height}×{slices}; {engine.info.name} on {engine.device}, "
        f"{figures['threads']} threads, {figures['cores']} cores"
    )
    print(f"{'':>8}" + "".join(f"{name:>10}" for name in COLUMNS))
    for name, row in rows.items():
        print(f"{name:>8}" + "".join(f"{row[column]:>10}" for column in COLUMNS))


if __name__ == "__main__":
    main()
