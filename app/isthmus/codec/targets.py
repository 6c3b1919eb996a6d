"""A file of a wanted quality or size: which bottleneck to take, and at which step of quantisation.

What is measured is what a decoder will make of the file, or what the file takes on disk;
`isthmus.codec.search` chooses what to try. Neither a latent nor a reconstruction is ever held
whole.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.codec.bitstream import read_header
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.codec import Codec
from isthmus.codec.search import Line, OutOfReachError, Try, lines, search
from isthmus.errors import TargetError
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress

PSNR_WITHIN = 0.1  # dB
RATIO_WITHIN = 0.02
# Slopes by the logarithm of the step, where a model has no expected figures: of PSNR, that of a
# uniform quantiser, 20 dB for a factor of ten; of the logarithm of size, what trained models have.
_SLOPE_PSNR, _SLOPE_SIZE = -20 / math.log(10), -1.25
# What a header takes, roughly.
_HEADER = 300
# Slabs measured at a time. Each time those on either side are analysed too.
_AT_ONCE = 8


@dataclass(frozen=True)
class Reached:
    """What a search ended with.

    Attributes:
        data: The file.
        bottleneck: What it was made with.
        step: Of quantisation, as a share of the scan's normalised range.
        psnr: Of what the file decodes to, in dB, peak = maximum − minimum of the scan; infinite if
            nothing was lost. None if a ratio was asked for.
        ratio: Bytes of the scan as stored to those of the file.
        tries: How often the whole scan was measured.
    """

    data: bytes
    bottleneck: Bottleneck
    step: float
    psnr: float | None
    ratio: float
    tries: int


def reach_psnr(
    codec: Codec,
    volume: Volume,
    psnr: float,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Reached:
    """Compress a volume to a PSNR, within 0.1 dB.

    PSNR is 10 · log10(peak² / mean squared error) over all voxels, as decoded in the stored type;
    peak = maximum − minimum of the volume. Where the curve jumps over the target, as it does on a
    scan of few voxels, the file has more than was asked for.

    Args:
        codec: With the model.
        volume: Any size and type.
        psnr: In dB.
        progress: Told of each stage of each try, each from 0 to 1.
        cancel: Checked between slabs.

    Raises:
        TargetError: The model cannot reach it on this scan; the message says what it can.
        ValueError: The target is not a finite number above 0.
        BitstreamError, OutOfMemoryError, Cancelled: As `Codec.compress`.
    """
    tries = _Tries(codec, volume, progress, cancel)
    family = _family(codec, [each.expected_psnr for each in codec.info.bottlenecks], _SLOPE_PSNR)
    try:
        found = search(tries.psnr, family, _checked(psnr), PSNR_WITHIN)
    except OutOfReachError as error:
        if error.nearest.y != math.inf:
            raise _no_such_psnr(codec, psnr, error.nearest.y) from error
        # Nothing is lost at the coarsest step either, as of a constant scan: that is no failure.
        return tries.ended(error.nearest, measured=True)
    return tries.ended(found.best, measured=True)


def reach_ratio(
    codec: Codec,
    volume: Volume,
    ratio: float,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Reached:
    """Compress a volume to a ratio, within 2 %.

    The ratio is that of the scan's bytes as stored, without padding bits, to those of the file.

    Args:
        codec: With the model.
        volume: Any size and type.
        ratio: Such as 50 for 50:1.
        progress: Told of each stage of each try, each from 0 to 1.
        cancel: Checked between slabs.

    Raises:
        TargetError: The model cannot reach it on this scan; the message says what it can.
        ValueError: The target is not a finite number above 0.
        BitstreamError, OutOfMemoryError, Cancelled: As `Codec.compress`.
    """
    tries = _Tries(codec, volume, progress, cancel)
    voxels = volume.voxels.size
    expected = [
        math.log(_HEADER + each.expected_bpv * voxels / 8) for each in codec.info.bottlenecks
    ]
    family = _family(codec, expected, _SLOPE_SIZE)
    size = math.log(tries.stored / _checked(ratio))
    try:
        found = search(tries.size, family, size, math.log1p(RATIO_WITHIN))
    except OutOfReachError as error:
        raise _no_such_ratio(codec, ratio, tries.stored / math.exp(error.nearest.y)) from error
    if not found.met:
        nearest = min(found.tries, key=lambda one: abs(one.y - size))
        raise _no_such_ratio(codec, ratio, tries.stored / math.exp(nearest.y))
    return tries.ended(found.best, measured=False)


class _Tries:
    """Measures one volume at many steps.

    Attributes:
        stored: Bytes of the volume as stored, which ratios are to.
    """

    def __init__(
        self, codec: Codec, volume: Volume, progress: Progress, cancel: CancelToken | None
    ) -> None:
        self.stored = volume.source.stored_bytes or volume.voxels.nbytes
        self._codec, self._volume = codec, volume
        self._told, self._cancel = progress, cancel
        self._count = 0
        self._written: tuple[int, float, bytes] | None = None

    def psnr(self, index: int, x: float) -> float:
        """Return the PSNR in dB of a bottleneck at the step exp(x)."""
        self._count += 1
        slabs = range(-(-self._volume.shape[0] // self._codec.info.slab_depth))
        bottleneck = self._codec.info.bottlenecks[index]

        def parts() -> Iterator[npt.NDArray[np.generic]]:
            for start in slabs[::_AT_ONCE]:
                if self._cancel is not None:
                    self._cancel.check()
                some = slabs[start : start + _AT_ONCE]
                yield self._codec.preview(self._volume, bottleneck, some, step=math.exp(x))
                self._progress(
                    some.stop / len(slabs), f"measuring slab {some.stop} of {len(slabs)}"
                )

        return self._measured(parts())

    def size(self, index: int, x: float) -> float:
        """Return the logarithm of the file's bytes of a bottleneck at the step exp(x)."""
        self._count += 1
        return math.log(len(self._file(index, x)))

    def ended(self, best: Try, *, measured: bool) -> Reached:
        """Return the file of the best try.

        Args:
            best: One of the tries.
            measured: Whether its height is its PSNR.
        """
        data = self._file(best.index, best.x)
        psnr = best.y if measured else None
        if measured and read_header(data).plain:
            # The file holds some slabs as they are, which is shorter, and better than asked for.
            psnr = self._measured([self._codec.decompress(data, cancel=self._cancel).voxels])
        bottleneck = self._codec.info.bottlenecks[best.index]
        ratio = self.stored / len(data)
        return Reached(data, bottleneck, math.exp(best.x), psnr, ratio, self._count)

    def _file(self, index: int, x: float) -> bytes:
        """Compress, unless this is what was compressed last."""
        if self._written is None or self._written[:2] != (index, x):
            data = self._codec.compress(
                self._volume,
                self._codec.info.bottlenecks[index],
                step=math.exp(x),
                progress=self._progress,
                cancel=self._cancel,
            )
            self._written = index, x, data
        return self._written[2]

    def _measured(self, parts: Iterable[npt.NDArray[np.generic]]) -> float:
        """Return the PSNR of a reconstruction, given its slices in order."""
        voxels = self._volume.voxels
        peak = float(voxels.max()) - float(voxels.min())
        squares, start = [], 0
        for part in parts:
            for plane in part:  # one at a time, as doubles take four times the memory or more
                error = np.subtract(plane, voxels[start], dtype=np.float64)
                if error.any():
                    error /= peak  # before it is squared: floats may be large
                squares.append(float(np.vdot(error, error)))
                start += 1
        mean = math.fsum(squares) / voxels.size
        return -10 * math.log10(mean) if mean > 0 else math.inf

    def _progress(self, fraction: float, text: str = "") -> None:
        self._told(fraction, f"Try {self._count}: {text[:1].lower()}{text[1:]}")


def _family(codec: Codec, expected: Sequence[float], slope: float) -> tuple[Line, ...]:
    return lines([math.log(each.step) for each in codec.info.bottlenecks], expected, slope)


def _checked(target: float) -> float:
    if not 0 < target < math.inf:
        raise ValueError(f"a target must be a number above 0, not {target}")
    return target


def _no_such_psnr(codec: Codec, psnr: float, nearest: float) -> TargetError:
    if nearest < psnr:
        reach, limit = f"at its finest, {codec.info.name} keeps", "at most"
        nearest = math.floor(10 * nearest) / 10
    else:
        reach, limit = f"even at its coarsest, {codec.info.name} keeps", "at least"
        nearest = math.ceil(10 * nearest) / 10
    return TargetError(
        f"This scan cannot be compressed to {psnr:g} dB: {reach} {nearest:.1f} dB of it.",
        f"Ask for {limit} {nearest:.1f} dB.",
    )


def _no_such_ratio(codec: Codec, ratio: float, nearest: float) -> TargetError:
    return TargetError(
        f"This scan cannot be compressed {ratio:g}:1 by {codec.info.name}: the nearest that it "
        f"reaches is {nearest:.3g}:1.",
        "Ask for that, or choose another model.",
    )
