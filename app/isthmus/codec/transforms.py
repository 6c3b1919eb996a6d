"""The trained transforms at work on a device: slabs to integers and back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from isthmus.codec.families import AnyAnalysis, AnySynthesis
from isthmus.codec.header import Header
from isthmus.codec.latent import BLOCK, FULL_STRENGTH
from isthmus.codec.layers import Told
from isthmus.codec.normalise import pad_to_blocks, to_codec, to_stored
from isthmus.codec.placement import Placement
from isthmus.codec.rounding import bit_worth, quantise
from isthmus.codec.synthesis import LOOKS_AT, SlabSynthesis
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken

# Integers are kept within this, whatever the voxels; the entropy coder reaches further.
_LARGEST = 1 << 30
# Slabs that a graphics card analyses together.
_AT_ONCE = 8

_Int32 = npt.NDArray[np.int32]
_Samples = npt.NDArray[np.generic]


@dataclass(frozen=True)
class Parts:
    """What a reconstruction is made from, besides what a file's header says.

    Attributes:
        values: Returns the integers of a slab, (channel, row, column).
        missing: How many layers of channels are missing, for each run; empty for none.
        exact: Stored voxels of runs that are known as they are, by their first slice.
    """

    values: Callable[[int], _Int32]
    missing: tuple[int, ...] = ()
    exact: Mapping[int, _Samples] = field(default_factory=dict)


class Transforms:
    """Analysis and synthesis of one model, wherever they are placed."""

    def __init__(self, placement: Placement, analysis: AnyAnalysis, synthesis: AnySynthesis):
        self.placement = placement
        self._analysis, self._synthesis = analysis, synthesis

    @property
    def at_once(self) -> int:
        """How many slabs are analysed together.

        One on the CPU, so that a slab comes out the same whoever asks for it; a graphics card
        would idle with so little.
        """
        return 1 if self.placement.device == "cpu" else _AT_ONCE

    def pieces(self, slabs: range, cancel: CancelToken | None) -> Iterator[range]:
        """Yield slabs in the pieces that are analysed together, as long as they are wanted."""
        while slabs:
            if cancel is not None:
                cancel.check()
            piece = slabs[: self.at_once]
            yield piece
            slabs = slabs[len(piece) :]

    def analyse_around(
        self, volume: Volume, header: Header, channels: int, slabs: Sequence[int]
    ) -> Callable[[int], _Int32]:
        """Return what gives the integers of each slab that the synthesis of some looks at.

        Someone waits for these few slabs, so that two are analysed at a time, even where a core
        is left free of the work that no one waits for.

        Args:
            volume: As for `analyse`.
            header: As for `analyse`.
            channels: As for `analyse`.
            slabs: Those that are to be synthesised.
        """

        def analyse(slab: int) -> _Int32:
            found: _Int32 = self.analyse(volume, header, channels, range(slab, slab + 1))[0]
            return found

        first, last = min(slabs) - LOOKS_AT, max(slabs) + LOOKS_AT
        near = range(max(first, 0), min(last + 1, header.slabs))
        with ThreadPoolExecutor(2 if self.placement.device == "cpu" else 1) as pool:
            made = dict(zip(near, pool.map(analyse, near), strict=True))
        return made.__getitem__

    @torch.inference_mode()
    def analyse(self, volume: Volume, header: Header, channels: int, slabs: range) -> _Int32:
        """Return the integers of neighbouring slabs, (slab, channel, row, column).

        Args:
            volume: The scan.
            header: Of the file that it becomes.
            channels: How many are kept.
            slabs: Their numbers, as many as fit into memory.

        Raises:
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        parts = torch.from_numpy(_normalised(volume.voxels, header, slabs))

        def some(x: Tensor) -> Tensor:
            on = self.placement.on
            which = on(torch.tensor([header.bottleneck]))
            steps = on(_steps(header))
            coefficients = self._analysis(on(x), steps, which)
            scales = self._analysis.scales(coefficients, which)
            values = quantise(coefficients, channels, scales, bit_worth(steps))[:, :channels]
            return values.clamp(-_LARGEST, _LARGEST).to("cpu", torch.int32)

        def work() -> Tensor:
            # How many at once is asked here: after a card filled up, it is one.
            return torch.cat([some(x) for x in parts.split(self.at_once)])

        return np.asarray(self.placement.run(work).numpy())

    def synthesise(self, header: Header, parts: Parts, slabs: Iterable[int]) -> Iterator[_Samples]:
        """Yield slabs in the order asked for, each (slice, row, column) in the stored type.

        Raises:
            IndexError: The scan has no such slab.
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        made, device = None, ""
        for slab in slabs:
            if not 0 <= slab < header.slabs:
                raise IndexError(f"the scan has {header.slabs} slabs; there is no slab {slab}")
            exact = _exact(header, parts, slab)
            if exact is not None:
                yield exact
                continue

            @torch.inference_mode()
            def one(at: int = slab) -> npt.NDArray[np.float32]:
                nonlocal made, device
                if made is None or device != self.placement.device:
                    device = self.placement.device
                    made = self._slabs(header, parts)
                return np.asarray(made(at).cpu().numpy())

            slices, (_, rows, columns) = _slices(header, slab), header.grid.shape
            yield to_stored(self.placement.run(one)[: len(slices), :rows, :columns], header.grid)

    def _slabs(self, header: Header, parts: Parts) -> SlabSynthesis:
        """Return a synthesis on the device as it is now."""
        on = self.placement.on
        channels = self._synthesis.channels
        steps, which = on(_steps(header)), on(torch.tensor([header.bottleneck]))

        def values(slab: int) -> Tensor:
            kept = parts.values(slab)
            whole = np.zeros((1, channels, *kept.shape[1:]), np.float32)
            whole[0, : len(kept)] = kept
            return on(torch.from_numpy(whole))

        def told(slab: int) -> Told:
            missing = parts.missing[slab // header.restart] if parts.missing else 0
            # No network was trained to do without all layers.
            missing = min(missing, header.layers - 1)
            lacks = on(torch.tensor([missing])) if missing else None
            return Told(steps, which, lacks, header.strength / FULL_STRENGTH)

        def exact(slab: int) -> Tensor | None:
            known = _exact(header, parts, slab)
            if known is None:
                return None
            return on(torch.from_numpy(_padded(to_codec(known, header.grid), header)[None]))

        return SlabSynthesis(self._synthesis, values, told, exact, header.slabs)


def _exact(header: Header, parts: Parts, slab: int) -> _Samples | None:
    run = header.slices_of(slab // header.restart)
    known = parts.exact.get(run.start)
    slices = _slices(header, slab)
    return None if known is None else known[slices.start - run.start : slices.stop - run.start]


def _slices(header: Header, slab: int) -> range:
    return range(slab * header.depth, min((slab + 1) * header.depth, header.grid.shape[0]))


def _normalised(voxels: _Samples, header: Header, slabs: range) -> npt.NDArray[np.float32]:
    """Return neighbouring slabs in the codec's range, (slab, slice, row, column), whole blocks."""
    start, stop = slabs.start * header.depth, slabs.stop * header.depth
    padded = _padded(to_codec(voxels[start:stop], header.grid), header)
    return padded.reshape(len(slabs), header.depth, *padded.shape[1:])


def _padded(part: npt.NDArray[np.float32], header: Header) -> npt.NDArray[np.float32]:
    return pad_to_blocks(part, header.depth, BLOCK)


def _steps(header: Header) -> Tensor:
    return torch.full((1, 1, 1, 1), chosen_step(header))


def chosen_step(header: Header) -> float:
    """Return the step of quantisation; a file of version 1 was given its bottleneck's."""
    assert header.step is not None
    return header.step
