"""Between a latent and the streams of a file, run by run.

A run is eight slabs; runs are coded independently of each other, several at once. A run that the
model does not shorten is stored as the samples it was made from.
"""

import zlib
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from isthmus.codec import bitstream
from isthmus.codec.checkpoint import ModelInfo
from isthmus.codec.context import ContextModel, decode_run, encode_run, layer_edges
from isthmus.codec.header import Header
from isthmus.codec.latent import latent_size
from isthmus.codec.leaning import find_leaning, leaned
from isthmus.codec.plain import decode_plain, encode_plain
from isthmus.codec.threads import in_threads, threads
from isthmus.codec.version1 import slabs_in
from isthmus.codec.version1_context import decode_slabs
from isthmus.codec.weights import Context
from isthmus.errors import BitstreamError, CheckpointError
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress

Int32 = npt.NDArray[np.int32]
Samples = npt.NDArray[np.generic]

# Every so many rows of a run are tried before all of it is.
_ROWS_TRIED = 8
# How much better than its rows said the whole run may come out.
_HOPE = 1.5
# Of the runs decoded at once, those of the last few times are kept: a slab looks at its neighbours.
_TIMES_KEPT = 2


def encode_channels(
    context: ContextModel, values: Int32, bottleneck: int, samples: Samples | None
) -> tuple[list[bytes], bool]:
    """Code one run.

    Args:
        context: The model's.
        values: (slab, channel, row, column).
        bottleneck: Its index in the model.
        samples: The stored voxels of the run, (slice, row, column), if they are at hand.

    Returns:
        The stream of each layer, and whether they are samples: the first then has them all.
    """
    streams = encode_run(context, values, bottleneck, values.shape[1])
    size = sum(map(len, streams))
    if samples is not None and _may_be_shorter(samples, size):
        plain = encode_plain(samples)
        if len(plain) < size:
            return [plain, *[b""] * (len(streams) - 1)], True
    return streams, False


def write_file(
    context: ContextModel,
    header: Header,
    values: Callable[[range], Int32],
    original: Volume | None,
    doing: str,
    progress: Progress,
    cancel: CancelToken | None,
) -> bytes:
    """Code run after run, several at once, and put the file together.

    Args:
        context: The model's.
        header: Of the file; which runs are plain is found out here.
        values: Returns the integers of a run's slabs, (slab, channel, row, column).
        original: The scan, if it is at hand.
        doing: A word for the progress.
        progress: Called after each run.
        cancel: Checked before each run.

    Raises:
        Cancelled: Through `cancel`.
    """
    waiting: deque[Future[tuple[list[bytes], bool]]] = deque()
    coded: list[tuple[list[bytes], bool]] = []

    def finish_one() -> None:
        if cancel is not None:
            cancel.check()
        coded.append(waiting.popleft().result())
        progress(len(coded) / header.runs, f"{doing}, {len(coded)} of {header.runs}")

    middle = (header.runs - 1) // 2
    integers = values(header.slabs_of(middle))
    leaning = find_leaning(context, integers, header.bottleneck)
    context = leaned(context, header.bottleneck, leaning)
    with ThreadPoolExecutor(threads()) as pool:
        for run in range(header.runs):
            slices, samples = header.slices_of(run), None
            if original is not None:
                samples = original.voxels[slices.start : slices.stop]
            some = integers if run == middle else values(header.slabs_of(run))
            waiting.append(pool.submit(encode_channels, context, some, header.bottleneck, samples))
            # No more of them than are coded at once: memory must not grow with the scan.
            if len(waiting) > threads():
                finish_one()
        while waiting:
            finish_one()
    plain = frozenset(run for run, (_, is_plain) in enumerate(coded) if is_plain)
    streams = list(zip(*(streams for streams, _ in coded), strict=True))
    return bitstream.pack(replace(header, plain=plain, leaning=leaning), streams)


class Runs:
    """Decodes the runs of a file when their slabs are asked for.

    Only a few runs are kept, so that memory doesn't grow with the scan.
    """

    def __init__(
        self,
        header: Header,
        streams: Sequence[Sequence[bytes | None]],
        context: Context,
        shape: tuple[int, int, int],
        cancel: CancelToken | None = None,
    ):
        """Prepare; nothing is decoded yet.

        Args:
            header: Of the file.
            streams: `streams[layer][run]`. Where one is None, its layer and those above it are
                taken as zeros.
            context: The model's.
            shape: Channels of the bottleneck, rows and columns of a slab.
            cancel: Checked between runs.
        """
        if isinstance(context, ContextModel):
            context = leaned(context, header.bottleneck, header.leaning)
        self._header, self._streams, self._context = header, streams, context
        self._shape, self._cancel = shape, cancel
        self._kept: OrderedDict[int, Int32] = OrderedDict()

    def __call__(self, slab: int) -> Int32:
        """Return the integers of a slab, (channel, row, column).

        Raises:
            BitstreamError: Its run does not decode.
            Cancelled: Through `cancel`.
        """
        run = slab // self._header.restart
        if run not in self._kept:
            at_once = range(run, min(run + threads(), self._header.runs))
            found = in_threads(self.decode, at_once, cancel=self._cancel)
            self._kept.update(zip(at_once, found, strict=True))
            while len(self._kept) > _TIMES_KEPT * threads():
                self._kept.popitem(last=False)
        slabs = self._kept[run]
        return np.asarray(slabs[slab % self._header.restart])

    def decode(self, run: int) -> Int32:
        """Return the integers of a run, (slab, channel, row, column); zeros if it is plain.

        Raises:
            BitstreamError: It does not decode.
        """
        header = self._header
        slabs = len(header.slabs_of(run))
        values = np.zeros((slabs, *self._shape), np.int32)
        if run in header.plain:
            return values
        streams = _there(layer[run] for layer in self._streams)
        channels = self._shape[0]
        if isinstance(self._context, ContextModel):
            return decode_run(self._context, streams, values.shape, header.bottleneck, channels)
        if streams:
            coded = slabs_in(streams[0])
            values[: len(coded)] = decode_slabs(
                self._context, coded, self._shape, header.bottleneck, channels
            )
        return values

    def missing(self) -> tuple[int, ...]:
        """Return how many layers of channels each run lacks; nothing if none lacks any."""
        found = []
        for run in range(self._header.runs):
            there = len(_there(layer[run] for layer in self._streams))
            found.append(0 if run in self._header.plain else self._header.layers - there)
        return tuple(found) if any(found) else ()

    def exact(self) -> Mapping[int, Samples]:
        """Return the stored voxels of the plain runs, by their first slice; decoded when asked for.

        Raises:
            BitstreamError: When asked for, if they do not decode.
        """
        return _PlainRuns(self._header, self._streams[0] if self._streams else ())


class _PlainRuns(Mapping[int, Samples]):
    """Only a few are kept, so that memory doesn't grow with the scan."""

    def __init__(self, header: Header, streams: Sequence[bytes | None]):
        self._header = header
        self._streams = {
            header.slices_of(run).start: (run, stream)
            for run in sorted(header.plain)
            if run < len(streams) and (stream := streams[run]) is not None
        }
        self._kept: OrderedDict[int, Samples] = OrderedDict()

    def __getitem__(self, first: int) -> Samples:
        if first not in self._kept:
            run, stream = self._streams[first]
            shape = (len(self._header.slices_of(run)), *self._header.grid.shape[1:])
            self._kept[first] = decode_plain(stream, shape, self._header.grid.dtype)
            while len(self._kept) > _TIMES_KEPT:
                self._kept.popitem(last=False)
        return self._kept[first]

    def __contains__(self, first: object) -> bool:
        return first in self._streams

    def __iter__(self) -> Iterator[int]:
        return iter(self._streams)

    def __len__(self) -> int:
        return len(self._streams)


def open_file(
    info: ModelInfo,
    context: Context,
    data: bytes,
    layers: int | None,
    salvage: bool,
    cancel: CancelToken | None,
) -> tuple[Header, Runs, BitstreamError | None]:
    """Open a file.

    Args:
        info: The model.
        context: The model's.
        data: The file, or so much of it that the layers asked for are there.
        layers: How many are wanted; None for all.
        salvage: Take what is whole of a damaged file.
        cancel: Checked between runs.

    Returns:
        The header, the runs, and what was wrong with the file if it is to be salvaged.

    Raises:
        BitstreamError: It is damaged, cut short or not an .isth file.
        CheckpointError: Other weights wrote it.
    """
    header, streams, damage = bitstream.salvage(data)
    streams = streams[:layers]
    if layers is not None and all(None not in layer for layer in streams):
        damage = None  # nothing that is wanted is missing
    if damage is not None and not salvage:
        raise damage
    check_made_by(info, header.checkpoint_id, "file")
    sound = header.bottleneck < len(info.bottlenecks) and header.depth == info.slab_depth
    if sound:
        chosen = info.bottlenecks[header.bottleneck]
        if header.version == 1:
            header = replace(header, step=chosen.step)
        else:
            sound = header.layers == len(layer_edges(chosen.channels))
    if not sound:
        raise BitstreamError("The file's header does not make sense.", "Copy the file again.")
    shape = (chosen.channels, *latent_size(header.grid))
    return header, Runs(header, streams, context, shape, cancel), damage


def check_made_by(info: ModelInfo, checkpoint_id: str, what: str) -> None:
    """Refuse what other weights made.

    Raises:
        CheckpointError: They did.
    """
    if checkpoint_id != info.checkpoint_id:
        raise CheckpointError(
            f"This {what} was made by the weights {checkpoint_id}, not by {info.name}."
        )


def writable(context: Context, name: str) -> ContextModel:
    """Return a context model that codes.

    Raises:
        CheckpointError: It is of an older architecture.
    """
    if not isinstance(context, ContextModel):
        raise CheckpointError(
            f"The model {name} only reads the files it wrote.", "Choose a newer model."
        )
    return context


def _there(streams: Iterable[bytes | None]) -> list[bytes]:
    """Return the streams before the first that is missing."""
    found = []
    for stream in streams:
        if stream is None:
            break
        found.append(stream)
    return found


def _may_be_shorter(samples: Samples, size: int) -> bool:
    """Guess from a few rows whether so many bytes are more than the samples take."""
    rows = np.ascontiguousarray(samples[:, ::_ROWS_TRIED])
    few = len(zlib.compress(rows.tobytes(), 1))
    return few * samples.size / rows.size < _HOPE * size
