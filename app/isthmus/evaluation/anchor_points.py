"""An anchor's points on a scan, spread over the range of quality that is asked for."""

import math
import time
from collections.abc import Callable
from dataclasses import replace

from isthmus.anchors import Anchor
from isthmus.evaluation.results import Measured, operating_point
from isthmus.evaluation.store import Store
from isthmus.quality import value_range
from isthmus.scans import Volume

# Anchors aim at multiples of this, whatever the range, so that a run with another model finds the
# points of the one before in the store.
STEP = 3  # dB
FEWEST = 6
# Nothing is aimed at beyond these.
_LOWEST, _HIGHEST = 9, 99


def measure_anchor(
    volume: Volume,
    anchor: Anchor,
    low: float,
    high: float,
    store: Store,
    say: Callable[[str], None],
) -> tuple[Measured, ...]:
    """Measure an anchor so that its points enclose a range of PSNR, at least six of them.

    Codecs meet what they aim at only roughly; if the range is not covered, they aim further, until
    their settings end.

    Args:
        volume: The scan; it has contrast.
        anchor: The codec.
        low: Least PSNR, in dB.
        high: Greatest.
        store: Asked before a point is measured, and told after.
        say: Told what is being measured.

    Returns:
        By rising target, without repetitions.

    Raises:
        IsthmusError: The anchor's library is not installed.
    """
    first, last = math.floor(low / STEP), math.ceil(high / STEP)
    missing = max(0, FEWEST - (last - first + 1))
    first, last = first - missing // 2, last + missing - missing // 2
    found: dict[int, Measured] = {}

    def measure(number: int) -> Measured:
        say(f"{anchor.title} at {number * STEP} dB")
        found[number] = store.recall(
            volume, anchor, number * STEP, lambda: _measure(volume, anchor, number * STEP)
        )
        return found[number]

    for number in range(first, last + 1):
        measure(number)
    while first * STEP > _LOWEST and found[first].point.psnr > low:
        first -= 1
        if _same(measure(first), found[first + 1]):
            break
    while last * STEP < _HIGHEST and found[last].point.psnr < high:
        last += 1
        if _same(measure(last), found[last - 1]):
            break
    ordered = [found[number] for number in range(first, last + 1)]
    return tuple(
        each for i, each in enumerate(ordered) if i == 0 or not _same(each, ordered[i - 1])
    )


def measure_lossless(
    volume: Volume, anchor: Anchor, store: Store, say: Callable[[str], None]
) -> Measured | None:
    """Measure an anchor without loss, if it can.

    Raises:
        IsthmusError: The anchor's library is not installed.
    """
    if not anchor.lossless:
        return None
    say(f"{anchor.title}, lossless")
    return store.recall(volume, anchor, math.inf, lambda: _measure(volume, anchor, math.inf))


def _measure(volume: Volume, anchor: Anchor, target: float) -> Measured:
    low, high = value_range(volume)
    rmse = (high - low) / abs(volume.scale) * 10 ** (-target / 20)
    start = time.perf_counter()
    coded = anchor.encode(volume.voxels, rmse)
    encode_s = time.perf_counter() - start
    start = time.perf_counter()
    voxels = anchor.decode(coded)
    decode_s = time.perf_counter() - start
    point = operating_point(volume, replace(volume, voxels=voxels), coded.size)
    setting = "lossless" if math.isinf(target) else f"{target:g} dB"
    return Measured(setting, point, encode_s, decode_s)


def _same(one: Measured, other: Measured) -> bool:
    return one.point == other.point
