"""How a scan's integers differ from what the context model expects of each channel.

A file says for each channel by how much the expected scales are too small or too large for this
scan. On scans like those trained on that saves next to nothing; on other vendors, other resolutions
and CT it saves some percent of the bytes, for half a byte a channel.
"""

import numpy as np
import numpy.typing as npt

from isthmus.codec.context import ContextModel, Int32, context_symbols
from isthmus.codec.kernels import ESCAPE, REACH, SCALES, SUM_BITS, TOTAL

# Scales are tabulated in quarter octaves, and lean by so many of them at most.
QUARTER = 1 << (SUM_BITS - 2)
_MOST = 4
# Bits that the slabs looked at must save for a channel to lean: it costs four in the header, and
# next to them some are saved by chance.
_LEAST_SAVED = 6.0
# So many slabs tell as much as a whole run.
_SLABS = 4


def leaned(context: ContextModel, bottleneck: int, leaning: tuple[int, ...]) -> ContextModel:
    """Return the context model of one file.

    Args:
        context: The model's.
        bottleneck: Its index.
        leaning: By how many quarter octaves each channel's scales are larger, from the first
            channel on; 0 for the rest.
    """
    if not leaning:
        return context
    offsets = context.offsets.copy()
    offsets[bottleneck, 1, : len(leaning)] += QUARTER * np.array(leaning, np.int32)
    return context._replace(offsets=offsets)


def find_leaning(context: ContextModel, values: Int32, bottleneck: int) -> tuple[int, ...]:
    """Return what `leaned` should be given.

    Args:
        context: The model's.
        values: The integers of one run of the scan, (slab, channel, row, column).
        bottleneck: Its index.
    """
    first = max(0, (len(values) - _SLABS) // 2)
    values = values[first : first + _SLABS]
    choices = [by for by in range(-_MOST, _MOST + 1) if by != 0]
    costs = [_extra_cost(context, by) for by in choices]
    found: list[int] = []
    for contexts, symbols in context_symbols(context, values, bottleneck, values.shape[1]):
        where = contexts * costs[0].shape[-1] + symbols
        extra = np.stack([cost.ravel()[where].sum(0) for cost in costs])
        best = extra.argmin(0)
        saved = -extra.min(0)
        found += [
            choices[at] if bits > _LEAST_SAVED else 0 for at, bits in zip(best, saved, strict=True)
        ]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def _extra_cost(context: ContextModel, by: int) -> npt.NDArray[np.float32]:
    """Return how many bits more each symbol of each table takes where scales lean, (…, symbol)."""
    bits = -np.log2(np.diff(context.cumulative, axis=-1) / TOTAL)
    bits += context.shifts[:, None, None]
    rows = np.clip(np.arange(SCALES) + by, 0, SCALES - 1)
    # Where more or fewer low bits are sent as they are, the same integer has another symbol.
    away = np.ldexp(np.arange(ESCAPE) - REACH, (context.shifts - context.shifts[rows])[:, None])
    symbols = np.full((SCALES, ESCAPE + 1), ESCAPE)
    symbols[:, :ESCAPE] = np.where(np.abs(away) <= REACH, np.floor(away) + REACH, ESCAPE)
    leant = np.take_along_axis(bits[rows], symbols[:, None, :], -1)
    return np.asarray(leant - bits, np.float32)
