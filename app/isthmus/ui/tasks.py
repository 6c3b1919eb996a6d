"""What runs in the lanes but for reading: plain functions of plain data, without Qt.

load_codec ─▶ Codec     (lane "codec")
preview ─▶ Preview      (lane "codec", most urgent)
rebuild ─▶ Encoded, Decoded, Decoded … ─▶ SliceMap   (lane "codec", gives way to previews)
measure, measure_plane                    (lane "measure")
"""

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from isthmus.latents import SliceMap, map_slabs
from isthmus.quality import (
    Measures,
    Quality,
    compare,
    difference_limit,
    measure_slice,
    prepare,
)
from isthmus.scans import (
    PlaneView,
    Volume,
    Window,
    acquired_plane,
    demo_scan,
    plane_view,
    read,
    robust_window,
)
from isthmus.work import CancelToken, JobContext

if TYPE_CHECKING:
    from isthmus.codec import Bottleneck, Codec, ModelInfo

THUMBNAIL, _LARGE = 96, 512  # pixels


@dataclass(frozen=True)
class Preview:
    """The visible slab alone.

    Attributes:
        slices: Which acquired slices it holds.
        voxels: Axes (slice, row, column), in the volume's type.
        k: The slice that was looked at when it was asked for.
        measures: Of that slice.
        limit: Where a difference map's scale would start, judged by this slab.
    """

    slices: range
    voxels: npt.NDArray[np.generic]
    k: int
    measures: Measures
    limit: float


@dataclass(frozen=True)
class Encoded:
    """The compressed file, whole."""

    file: bytes


@dataclass(frozen=True)
class Decoded:
    """More slices stand in the array that the job was given.

    Attributes:
        ready: Boolean for each acquired slice.
    """

    ready: npt.NDArray[np.bool_]


@dataclass
class Focus:
    """The acquired slice looked at. Written by the main thread, read by a lane; one integer."""

    k: int = 0


@dataclass(frozen=True, eq=False)
class Squeeze:
    """One slice of the demo scan before and after the neck.

    Attributes:
        original: uint8, shape (side, side).
        reconstruction: The same place, decoded.
        stored_bytes: Of the scan, as stored.
        channels: Of the bottleneck.
        ratio: How much smaller the file is expected to be; None if nothing is expected.
    """

    original: npt.NDArray[np.uint8]
    reconstruction: npt.NDArray[np.uint8]
    stored_bytes: int
    channels: int
    ratio: float | None


def demo_squeeze(codec: "Codec", context: JobContext) -> Squeeze:
    """Send one slab of the demo scan through the smallest bottleneck but one.

    Raises:
        IsthmusError: The installation is incomplete.
    """
    volume = read(demo_scan(), cancel=context.cancel)
    context.give_way()
    window, k = robust_window(volume), volume.shape[0] // 2
    bottleneck = codec.info.bottlenecks[:2][-1]
    slab = codec.slab_of(k)
    slices = codec.slices_of(slab, volume.shape[0])
    made = volume.voxels.copy()
    made[slices.start : slices.stop] = codec.preview(volume, bottleneck, range(slab, slab + 1))
    stored = volume.source.stored_bytes
    expected = bottleneck.expected_bpv * volume.voxels.size / 8
    return Squeeze(
        square(volume, window, _LARGE),
        square(replace(volume, voxels=made), window, _LARGE),
        stored,
        bottleneck.channels,
        stored / expected if expected > 0 else None,
    )


def load_codec(
    model: "ModelInfo", device: str, context: JobContext
) -> tuple["Codec", tuple[str, ...]]:
    """Import torch and load a model's weights.

    Returns:
        The codec, and which devices can be asked for by name.

    Raises:
        CheckpointError: The model's file is damaged.
    """
    context.progress(0.0, "Loading the model")
    with _nothing_collected():
        from isthmus.codec import load
        from isthmus.codec.devices import TorchDevices, leave_a_core_free

        leave_a_core_free()
        codec = load(model, device)
        context.progress(0.8, "Preparing the entropy coder")
        codec.warm_up()
        prepare()
        probe = TorchDevices()
        there = {"cpu": True, "cuda": probe.cuda_available(), "mps": probe.mps_available()}
        _spare_the_collector()
    return codec, tuple(name for name, usable in there.items() if usable)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Keep Python's collector from going through all that an import makes, again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@functools.cache
def _spare_the_collector() -> None:
    """Tell Python's collector, once, that what is loaded stays.

    Modules of torch and numba are most of what it walks, and every thread stands still while it
    does: the window would miss ten frames.
    """
    gc.freeze()


def preview(
    codec: "Codec",
    volume: Volume,
    bottleneck: "Bottleneck",
    k: int,
    data_range: float,
    cancel: CancelToken,
) -> Preview:
    """Send the slab of slice `k` through the neck, without writing bytes, and measure the slice."""
    slab = codec.slab_of(k)
    slices = codec.slices_of(slab, volume.shape[0])
    voxels = codec.preview(volume, bottleneck, range(slab, slab + 1))
    cancel.check()
    original = volume.voxels[slices.start : slices.stop]
    measures = measure_slice(
        volume.real(volume.voxels[k]), volume.real(voxels[k - slices.start]), data_range
    )
    limit = difference_limit(replace(volume, voxels=original), replace(volume, voxels=voxels))
    return Preview(slices, voxels, k, measures, limit)


def rebuild(
    codec: "Codec",
    volume: Volume,
    bottleneck: "Bottleneck",
    file: bytes | None,
    target: npt.NDArray[np.generic],
    focus: Focus,
    context: JobContext,
) -> SliceMap:
    """Encode the scan, write its bytes, and decode every slab from them, the visible one first.

    The latent itself is twice the scan or more: only its map outlives the job.

    Args:
        codec: The model.
        volume: The scan.
        bottleneck: What to send it through.
        file: Its bytes if they are known from before; nothing is encoded then.
        target: Where the reconstruction goes; shape and type of the volume.
        focus: The slice looked at; it may change while this runs.
        context: Takes `Encoded` once, then `Decoded` after each slab.

    Returns:
        The latent's map.
    """
    channels = f"{bottleneck.channels} channels"

    def advance(start: float, share: float, text: str) -> Callable[..., None]:
        def progress(fraction: float, _text: str = "") -> None:
            context.progress(start + share * fraction, text)
            context.give_way()

        return progress

    latent = None
    if file is None:
        encoding = f"Encoding, {channels}"
        latent = codec.encode(
            volume, bottleneck, progress=advance(0.0, 0.4, encoding), cancel=context.cancel
        )
        file = codec.write(latent, progress=advance(0.4, 0.1, encoding), cancel=context.cancel)
        context.partial(Encoded(file))
    decoding = f"Decoding, {channels}"
    latent = codec.read(
        file, known=latent, progress=advance(0.5, 0.1, decoding), cancel=context.cancel
    )
    n_slices = volume.shape[0]
    ready = np.zeros(n_slices, dtype=np.bool_)

    def order() -> Iterator[int]:
        """Yield slabs, each time the one nearest to where the person looks at that moment."""
        waiting = set(range(codec.slab_of(n_slices - 1) + 1))
        while waiting:
            context.cancel.check()
            context.give_way()
            looked_at = codec.slab_of(focus.k)
            slab = min(waiting, key=lambda number: (abs(number - looked_at), number))
            waiting.remove(slab)
            under_way.append(slab)
            yield slab

    under_way: list[int] = []
    for part in codec.decode_slabs(latent, order()):
        slices = codec.slices_of(under_way.pop(), n_slices)
        target[slices.start : slices.stop] = part
        ready[slices.start : slices.stop] = True
        context.partial(Decoded(ready.copy()))
        done = int(np.count_nonzero(ready))
        context.progress(0.6 + 0.4 * done / n_slices, f"{decoding}, slice {done} of {n_slices}")
    slices_of_slabs = tuple(codec.slices_of(slab, n_slices) for slab in range(len(latent.values)))
    return map_slabs(latent.values, slices_of_slabs, cancel=context.cancel)


def measure(
    volume: Volume, target: npt.NDArray[np.generic], context: JobContext
) -> tuple[Quality, float]:
    """Return the quality of a whole reconstruction, and its difference map's first limit."""
    reconstruction = replace(volume, voxels=target)

    def progress(fraction: float, text: str = "") -> None:
        context.progress(fraction, text)
        context.give_way()

    quality = compare(volume, reconstruction, progress=progress, cancel=context.cancel)
    return quality, difference_limit(volume, reconstruction)


def measure_one(
    volume: Volume,
    target: npt.NDArray[np.generic],
    k: int,
    data_range: float,
    context: JobContext,
) -> Measures:
    """Return the measures of one acquired slice."""
    context.cancel.check()
    return measure_slice(volume.real(volume.voxels[k]), volume.real(target[k]), data_range)


def measure_plane(
    volume: Volume,
    target: npt.NDArray[np.generic],
    view: PlaneView,
    data_range: float,
    context: JobContext,
) -> tuple[Measures, ...]:
    """Return the measures of each display slice of a plane, in display order."""
    measures = []
    for index in range(view.n_slices):
        context.cancel.check()
        context.progress(index / view.n_slices, "Measuring slices")
        original = volume.real(view.extract(volume.voxels, index))
        measures.append(
            measure_slice(original, volume.real(view.extract(target, index)), data_range)
        )
    return tuple(measures)


def square(volume: Volume, window: Window, size: int) -> npt.NDArray[np.uint8]:
    """Return the middle acquired slice, windowed, with its right aspect on a black square."""
    view = plane_view(volume, acquired_plane(volume))
    picture = view.extract(volume.voxels, view.n_slices // 2)
    # Nearest voxels on a square of the longer side, so that nothing is cut.
    side = max(view.n_rows * view.row_mm, view.n_columns * view.column_mm)
    steps = (np.arange(size) + 0.5) / size * side - side / 2
    rows = np.floor(steps / view.row_mm + view.n_rows / 2).astype(int)
    columns = np.floor(steps / view.column_mm + view.n_columns / 2).astype(int)
    inside = np.ix_((rows >= 0) & (rows < view.n_rows), (columns >= 0) & (columns < view.n_columns))
    small = picture[np.ix_(rows.clip(0, view.n_rows - 1), columns.clip(0, view.n_columns - 1))]
    width = -window.width if volume.inverted else window.width
    shade = (volume.real(small) - window.centre) / width + 0.5
    made = np.zeros((size, size), dtype=np.uint8)
    made[inside] = (255 * shade.clip(0, 1)).astype(np.uint8)[inside]
    return made
