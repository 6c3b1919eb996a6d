"""Bad input: every spoilt file must end in a volume or in one clear sentence, soon and small.

    python benchmarks/fuzz.py [--seed N] [--short] [--only TEXT] [--data FOLDER] [--json]

Sound files of every format are mutated (cut, bits flipped, wrong lengths, absurd values), and set
among traps: bombs, loops, junk. Each goes through `isthmus.scans.read`, `list_series`, `first_look`
and `read_series` in a process of its own, with a limit of memory and time. Needs Linux or macOS.

files      opened
volumes    of these, opened as a scan
refusals   of these, refused by an error made for a person
crashes    any other exception, or a process that died
hangs      took more than 10 s of the processor, or waited for a minute
oversized  took more than twice the voxels that the sound header announces, or than the file's
           size, and 128 MiB on top
unclear    messages that are no sentence with a remedy, or come from a cause nobody foresaw
worst_s    processor seconds of the slowest
peak_mib   most memory that one took on top of what the process had
"""

import argparse
import json
import os
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from fuzz_bombs import Case
from fuzz_corpus import corpus

_DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
_SECONDS = 10.0
_KILLED_AFTER = 60.0
_MIB = 1 << 20
_BASE = 128 * _MIB
_ADDRESS_SPACE = 4096 * _MIB
_UNFORESEEN = "in a way that Isthmus does not know"


@dataclass(frozen=True)
class Result:
    """What became of one case.

    Attributes:
        name: Of the case.
        end: `"volume"`, `"refusal"` or `"crash"`.
        message: What the person would read, or the traceback.
        seconds: Of the processor; waiting does not count, so that a busy machine says the same.
        taken: Bytes of memory at the peak, on top of what the process had.
        allowed: Bytes that it may take.
        unclear: A message that is no clear sentence; empty if all are.
    """

    name: str
    end: str
    message: str
    seconds: float
    taken: int
    allowed: int
    unclear: str = ""

    @property
    def hangs(self) -> bool:
        """Whether it takes longer than anyone waits."""
        return self.seconds > _SECONDS

    @property
    def oversized(self) -> bool:
        """Whether it took more memory than the header justifies."""
        return self.taken > self.allowed

    @property
    def bad(self) -> bool:
        """Whether it shows a fault."""
        return self.end == "crash" or self.hangs or self.oversized or bool(self.unclear)


def main() -> int:
    """Run all cases, and print a table or one JSON object; 1 if one shows a fault."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="of every random choice (default: 1)")
    parser.add_argument("--short", action="store_true", help="about 60 files, in seconds")
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name holds this")
    parser.add_argument("--data", type=Path, default=_DATA, help="folder with real scans")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    _warm_up()
    cases = corpus(options.data, options.seed, short=options.short)
    results = [_run(case) for case in cases if options.only in case.name]
    figures = _figures(results)
    bad = [result for result in results if result.bad]
    if options.json:
        print(json.dumps({**figures, "faults": [asdict(result) for result in bad]}))
        return int(bool(bad))
    for result in bad if not options.only else results:
        print(f"{result.name}: {result.end}, {result.seconds:.1f} s, {result.taken // _MIB} MiB")
        print(f"    {(result.unclear or result.message).strip()}")
    for name, value in figures.items():
        print(f"{name:<10} {value}")
    return int(bool(bad))


def _figures(results: list[Result]) -> dict[str, float]:
    return {
        "files": len(results),
        "volumes": sum(result.end == "volume" for result in results),
        "refusals": sum(result.end == "refusal" for result in results),
        "crashes": sum(result.end == "crash" for result in results),
        "hangs": sum(result.hangs for result in results),
        "oversized": sum(result.oversized for result in results),
        "unclear": sum(bool(result.unclear) for result in results),
        "worst_s": round(max((result.seconds for result in results), default=0.0), 1),
        "peak_mib": max((result.taken for result in results), default=0) // _MIB,
    }


def _warm_up() -> None:
    """Import what readers import when first needed, so that no case pays for it."""
    from fuzz_corpus import DICOM_FILES

    from isthmus.errors import IsthmusError
    from isthmus.scans import demo_scan, read

    for path in (demo_scan(), *sorted(DICOM_FILES.glob("*.dcm"))):
        with tempfile.TemporaryDirectory() as folder:
            alone = Path(folder) / path.name
            alone.write_bytes(path.read_bytes())
            try:
                read(alone)
            except IsthmusError:
                continue


def _run(case: Case) -> Result:
    """Open one case in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "a" / "b"
        unpacked = Path(folder) / "c" / "d"
        inside.mkdir(parents=True)
        unpacked.mkdir(parents=True)
        path = case.make(inside)
        reader, writer = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if not child:
            os.close(reader)
            tempfile.tempdir = str(unpacked)  # so that what leaves it is seen
            _child(path, writer)
        os.close(writer)
        told = _told(reader, started + _KILLED_AFTER)
        if not told:
            os.kill(child, signal.SIGKILL)
        _, status, _ = os.wait4(child, 0)
        seconds = time.monotonic() - started
        escaped = sorted(
            {*Path(folder).glob("*"), *Path(folder).glob("c/*")}
            - {inside.parent, unpacked.parent, unpacked}
        )
        on_disk = sum(one.lstat().st_size for one in inside.rglob("*") if one.is_file())
    if not told:
        died = f"killed after {seconds:.0f} s" if seconds > _SECONDS else f"died: status {status}"
        return Result(case.name, "crash", died, seconds, 0, 0)
    outcome: dict[str, Any] = json.loads(told)
    if escaped:
        return Result(case.name, "crash", f"wrote outside: {escaped[0].name}", seconds, 0, 0)
    allowed = _BASE + 2 * max(case.voxel_bytes, on_disk, outcome["nbytes"])
    return Result(
        case.name,
        outcome["end"],
        outcome["message"],
        outcome["seconds"],
        outcome["taken"],
        allowed,
        outcome["unclear"],
    )


def _told(reader: int, until: float) -> bytes:
    """Return what the process writes before it ends; nothing if it is late."""
    told = b""
    with os.fdopen(reader, "rb", buffering=0) as stream:
        while select.select([stream], [], [], max(until - time.monotonic(), 0.0))[0]:
            piece = stream.read(65536)
            if not piece:
                return told
            told += piece
    return b""


def _child(path: Path, writer: int) -> None:
    """Open the path in every way, tell what came of it, and leave without cleaning up."""
    import psutil

    process = psutil.Process()
    before = process.memory_info()
    resource.setrlimit(resource.RLIMIT_AS, (before.vms + _ADDRESS_SPACE,) * 2)
    started = time.process_time()
    end, nbytes, messages = "crash", 0, []
    try:
        end, nbytes, messages = _open(path)
        message = messages[0] if messages else ""
    except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
        message = traceback.format_exc()
    seconds = time.process_time() - started
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    unclear = next((one for one in messages if not _clear(one)), "")
    told = {
        "end": end,
        "message": message,
        "nbytes": nbytes,
        "seconds": seconds,
        "taken": max(peak - before.rss, 0),
        "unclear": unclear,
    }
    with os.fdopen(writer, "wb") as stream:
        stream.write(json.dumps(told).encode())
    os._exit(0)


def _open(path: Path) -> tuple[str, int, list[str]]:
    """Open a path in every way that there is.

    Returns:
        How `read` ended, bytes of the largest volume, and every message for the person.
    """
    from isthmus.errors import IsthmusError
    from isthmus.scans import first_look, list_series, read, read_series

    messages, nbytes, end = [], 0, "refusal"
    listed: tuple[Any, ...] = ()
    try:
        volume = read(path)
        end, nbytes = "volume", volume.voxels.nbytes
        _look(volume)
        for part in range(1, min(len(volume.source.parts), 3)):
            _look(read(path, part=part))
    except IsthmusError as error:
        messages.append(f"{error.problem}\n{error.remedy}")
    try:
        listed = list_series(path)
    except IsthmusError as error:
        messages.append(f"{error.problem}\n{error.remedy}")
    for series in listed[:3]:
        for open_series in (first_look, read_series):
            try:
                volume = open_series(series, max(len(series.parts) - 1, 0))
                nbytes = max(nbytes, volume.voxels.nbytes)
                _look(volume)
            except IsthmusError as error:
                messages.append(f"{error.problem}\n{error.remedy}")
    return end, nbytes, messages


def _look(volume: Any) -> None:
    """Touch every voxel: a mapped file that is cut short kills who reads behind its end."""
    volume.voxels.max()
    assert volume.affine.shape == (4, 4)


def _clear(message: str) -> bool:
    """Whether it is one sentence about the problem and a remedy, from a cause that is known."""
    problem, remedy = message.split("\n", 1)
    return (
        problem.endswith(".")
        and 10 < len(problem) < 400
        and problem.isprintable()
        and bool(remedy)
        and "\n" not in remedy
        and _UNFORESEEN not in problem
    )


if __name__ == "__main__":
    sys.exit(main())
