"""Reading the voxels of one volume from a file whose header has been understood.

NIfTI, Analyze, MGH, NRRD and MetaImage differ in their headers; what follows the header is the same
in all of them: an array whose first axis runs fastest, plain or compressed, perhaps with axes for
time or components besides the three of space. A format's module turns its header into an
`ImageFile`, and `read_image` does the rest, with the same limits and the same sentences.

Nothing is memory-mapped. A map of the person's file would save one copy of a single volume, which
every view of it and the codec touch whole anyway; but it would kill the program (SIGBUS, which
Python cannot catch) as soon as someone scrolls after another program has cut the file short, or a
network drive or a stick has gone; it would let voxels of a frozen `Volume` change when the file is
written in place; and on Windows it would keep the file from being replaced. What a map is good for
is had without it: of an uncompressed file only the bytes of the wanted volume are read, straight
into the array, so that one part of a 4-D file takes the memory of that part.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.byte_source import ByteSource, DamagedStreamError, Packing
from isthmus.scans.memory import check_memory, in_words
from isthmus.scans.provenance import parse_description
from isthmus.scans.quadruple import to_doubles
from isthmus.scans.sequences import sequence_from_words
from isthmus.scans.values import COLOURS, COMPLEX, EXTENDED, check_values, luminance
from isthmus.scans.volume import Source, Volume, Window
from isthmus.work import CancelToken, Progress, no_progress

COPY_AGAIN = "Copy or download the file again."
_STRIDE = 1 << 24  # bytes of a stream that are passed over between two calls of progress
_SUFFIXES = (".nii", ".hdr", ".img", ".mgh", ".mgz", ".nrrd", ".nhdr", ".mha", ".mhd")


@dataclass(frozen=True)
class Layout:
    """How the samples of an image follow each other on disk.

    Attributes:
        sizes: Length of every axis, the one that runs fastest first.
        space: Which of them are i, j and k, in rising order.
        dtype: Type of one sample, with its byte order; one of `quadruple` for 128 bits.
        colour: Which axis holds red, green and blue, if one does.
    """

    sizes: tuple[int, ...]
    space: tuple[int, int, int]
    dtype: np.dtype[Any]
    colour: int | None = None

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape (k, j, i) of one volume."""
        i, j, k = (self.sizes[axis] for axis in self.space)
        return k, j, i

    @property
    def part_axes(self) -> tuple[int, ...]:
        """The axes that are neither space nor colour; the first runs fastest."""
        kept = {*self.space, self.colour}
        return tuple(axis for axis in range(len(self.sizes)) if axis not in kept)

    @property
    def parts(self) -> int:
        """How many volumes there are."""
        return math.prod(self.sizes[axis] for axis in self.part_axes)

    @property
    def block(self) -> int:
        """Bytes from the first axis to k: of one volume, or of several that are interleaved."""
        return math.prod(self.sizes[: self.space[2] + 1]) * self.dtype.itemsize

    @property
    def blocks(self) -> int:
        """How many blocks follow each other."""
        return math.prod(self.sizes[self.space[2] + 1 :])

    @property
    def shown_type(self) -> np.dtype[Any]:
        """The type of voxels in memory: native, real, and one that machines compute with."""
        native = self.dtype.newbyteorder("=")
        if native.kind == "c":
            return np.dtype(np.float32 if native.itemsize <= 8 else np.float64)
        return np.dtype(np.float64) if native.fields else native

    @property
    def is_complex(self) -> bool:
        """Whether samples are complex numbers."""
        return self.dtype.kind == "c" or len(self.dtype.names or ()) > 2

    def position(self, part: int) -> dict[int, int]:
        """Return where on each part axis a volume lies."""
        found = {}
        for axis in self.part_axes:
            part, found[axis] = divmod(part, self.sizes[axis])
        return found


@dataclass(frozen=True)
class ImageFile:
    """What a header says, whatever its format.

    Attributes:
        path: What the person opened or the header lies in; named in messages.
        kind: The format, for `Source.kind`.
        layout: Order, sizes and type of the samples.
        affine: Maps (i, j, k, 1) to RAS+ millimetres; never singular.
        data: The file with the voxels, if it is not the header's.
        start: Where the voxels begin: behind decompression, unless `packed_at` says otherwise.
        packing: How the data are compressed; None finds gzip by itself.
        packed_at: Where on disk the compressed data begin.
        labels: Names of the volumes, if there are several.
        orientation_known: Whether the header tells left from right.
        scale: Real value = stored * scale + offset.
        offset: See scale.
        modality: `"CT"` or the like, if the header says so.
        windows: Display ranges of the header.
        description: Its free text, where marks of earlier programs stand.
        warnings: What had to be mended or supposed, in sentences.
    """

    path: Path
    kind: str
    layout: Layout
    affine: npt.NDArray[np.float64]
    data: Path | None = None
    start: int = 0
    packing: Packing | None = None
    packed_at: int = 0
    labels: tuple[str, ...] = ()
    orientation_known: bool = True
    scale: float = 1.0
    offset: float = 0.0
    modality: str = ""
    windows: tuple[Window, ...] = ()
    description: str = ""
    warnings: tuple[str, ...] = ()


def read_image(
    image: ImageFile,
    part: int = 0,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read one volume.

    Args:
        image: What the header says.
        part: Which of several volumes.
        progress: Told which slice is being read.
        cancel: Checked between slices.
        available: Bytes of memory that may be taken; None asks the system.

    Raises:
        ScanError: The file is damaged, cut short, or has no such part.
        OutOfMemoryError: The volume would not fit into memory; nothing was read.
        Cancelled: `cancel` was set.
    """
    path, layout = image.data or image.path, image.layout
    labels, warnings = image.labels, image.warnings
    with ByteSource(path, image.packing, start=image.packed_at, cancel=cancel) as source:
        there = _check_length(path, image, source)
        if not 0 <= part < layout.parts:
            raise ScanError(
                image.path,
                f"{image.path.name} has no volume {part + 1}: it holds {layout.parts}.",
                f"Choose one from 1 to {layout.parts}.",
            )
        if part >= there:
            raise ScanError(
                path,
                f"{path.name} is cut short: {there} of its {layout.parts} volumes are there.",
                COPY_AGAIN,
            )
        if there < min(layout.parts, len(labels)):
            labels = labels[:there]
            warnings += (
                f"{path.name} is cut short: {there} of its {layout.parts} volumes are there.",
            )
        slab = layout.block // layout.shape[0]
        shown = math.prod(layout.shape) * layout.shown_type.itemsize
        check_memory(path, max(shown, slab), available)
        try:
            begun = _skip(path, image, source, part, progress)
            voxels = _read_voxels(path, image, source, part, begun, progress)
            whole = layout.blocks > 1 or source.finish()
        except DamagedStreamError as error:
            raise ScanError(path, f"{path.name} is damaged: {error}.", COPY_AGAIN) from error
    if not whole:
        warnings += (f"{path.name} is cut short behind its last slice. All slices are there.",)
    return _volume(image, voxels, labels, part, warnings)


def _skip(path: Path, image: ImageFile, source: ByteSource, part: int, progress: Progress) -> float:
    """Pass over what lies before a volume, and return which fraction of the work that was."""
    start = image.start + image.layout.block * _block_of(image.layout, part)
    # In a stream it takes as long as reading; elsewhere it costs nothing.
    whole = start + image.layout.block if source.packing else 0
    passed = 0
    while passed < start:
        progress(passed / whole if whole else 0.0, "Passing over earlier volumes")
        step = source.skip(min(start - passed, _STRIDE) if whole else start)
        if not step:
            raise ScanError(path, f"{path.name} is cut short: it holds no slices.", COPY_AGAIN)
        passed += step
    return start / whole if whole else 0.0


def _block_of(layout: Layout, part: int) -> int:
    """Return which block a volume lies in: its place on the axes that run slower than k."""
    number, stride = 0, 1
    for axis, at in layout.position(part).items():
        if axis > layout.space[2]:
            number += at * stride
            stride *= layout.sizes[axis]
    return number


def _check_length(path: Path, image: ImageFile, source: ByteSource) -> int:
    """Compare what the header announces with what the file can hold, before memory is taken.

    Returns:
        How many volumes there can be.
    """
    layout = image.layout
    there = max(0, source.capacity - image.start)
    blocks = min(layout.blocks, there // layout.block)
    if blocks:
        return layout.parts // layout.blocks * blocks
    announced = in_words(layout.block)
    if source.packing:
        raise ScanError(
            path,
            f"{path.name} is cut short or damaged: {announced} are announced, which its "
            f"{in_words(path.stat().st_size)} cannot hold.",
            COPY_AGAIN,
        )
    if source.capacity <= image.start:
        raise ScanError(path, f"{path.name} is cut short: it holds no slices.", COPY_AGAIN)
    n_slices = layout.shape[0]
    raise ScanError(
        path,
        f"{path.name} is cut short: {there // (layout.block // n_slices)} of its {n_slices} "
        "slices are there.",
        COPY_AGAIN,
    )


def _read_voxels(
    path: Path,
    image: ImageFile,
    source: ByteSource,
    part: int,
    begun: float,
    progress: Progress,
) -> npt.NDArray[np.generic]:
    """Read a volume slice by slice, in native byte order; `begun` is the work done before."""
    layout = image.layout
    n_slices = layout.shape[0]
    voxels = np.empty(layout.shape, dtype=layout.shown_type)
    # Where a slice lies on disk as it does in memory, it is read into its place.
    direct = layout.space == (0, 1, 2) and layout.dtype == layout.shown_type
    inner = layout.sizes[: layout.space[2]]
    slab = None if direct else np.empty(inner[::-1], dtype=layout.dtype)
    at = layout.position(part)
    chosen = tuple(at.get(axis, slice(None)) for axis in reversed(range(len(inner))))
    for k in range(n_slices):
        progress(begun + (1 - begun) * k / n_slices, f"Reading slice {k + 1} of {n_slices}")
        target = voxels[k] if slab is None else slab
        size = target.nbytes
        try:
            filled = source.read_into(target.reshape(-1).view(np.uint8).data)
        except DamagedStreamError as error:
            raise ScanError(
                path, f"{path.name} is damaged in slice {k + 1} of {n_slices}.", COPY_AGAIN
            ) from error
        if filled < size:
            raise ScanError(
                path,
                f"{path.name} is cut short: {k} of its {n_slices} slices are there.",
                COPY_AGAIN,
            )
        if slab is not None:
            voxels[k] = _shown(slab[chosen], image)
    return voxels


def _shown(plane: npt.NDArray[Any], image: ImageFile) -> npt.NDArray[Any]:
    """Turn samples of one slice, colour last if there is any, into real numbers."""
    layout = image.layout
    if layout.colour is not None:
        # Seen from the slowest axis, colour is last where it ran fastest.
        rest = [axis for axis in range(layout.space[2]) if axis in (*layout.space, layout.colour)]
        return luminance(np.moveaxis(plane, -1 - rest.index(layout.colour), -1))
    if plane.dtype.fields:
        return to_doubles(plane)
    if plane.dtype.kind == "c":
        if (image.scale, image.offset) != (1.0, 0.0):
            plane = plane * image.scale + image.offset
        magnitude: npt.NDArray[Any] = np.abs(plane)
        return magnitude
    return plane


def _volume(
    image: ImageFile,
    voxels: npt.NDArray[np.generic],
    labels: tuple[str, ...],
    part: int,
    warnings: tuple[str, ...],
) -> Volume:
    layout, name = image.layout, image.path.name
    scale, offset = image.scale, image.offset
    if layout.colour is not None:
        warnings += (COLOURS,)
        scale, offset = 1.0, 0.0
    elif layout.is_complex:
        warnings += (COMPLEX,)
        scale, offset = 1.0, 0.0
    if layout.dtype.fields:
        warnings += (EXTENDED,)
    if layout.parts > 1:
        shown = labels[part] if part < len(labels) else f"volume {part + 1}"
        warnings += (f"{name} holds {layout.parts} volumes. Open is {shown}.",)
    if layout.shape[0] == 1:
        warnings += (f"{name} holds one slice only.",)
    voxels, odd = check_values(voxels)
    title = title_of(image.path)
    marks = parse_description(image.description)
    sequence = sequence_from_words((title, image.description))
    modality = image.modality or ("CT" if sequence == "CT" else "MR" if sequence else "")
    ends = [float(end) * scale + offset for end in (voxels.min(), voxels.max())]
    return Volume(
        voxels=voxels,
        affine=image.affine,
        scale=scale,
        offset=offset,
        # Files do not name their unit. Only Hounsfield units go so far below zero.
        unit="HU" if modality == "CT" and min(ends) <= -500 else "",
        modality=modality,
        windows=tuple(window for window in image.windows if not _spans(window, ends)),
        orientation_known=image.orientation_known,
        source=Source(
            paths=(image.path,) if image.data is None else (image.path, image.data),
            title=title,
            kind=image.kind,
            # What is shown, not what it was made from: colours and complex numbers hold more,
            # and ratios would be flattered by it.
            stored_bytes=voxels.nbytes,
            warnings=warnings + odd,
            sequence=sequence,
            simulated=marks.simulated,
            lossy=marks.lossy,
            parts=labels if len(labels) > 1 else (),
            part=part,
        ),
    )


def _spans(window: Window, ends: list[float]) -> bool:
    """Whether a window is just the range of the values, as some programs write it: no choice."""
    low, high = sorted(ends)
    slack = 1e-3 * (high - low)
    return (
        abs(window.centre - window.width / 2 - low) <= slack
        and abs(window.centre + window.width / 2 - high) <= slack
    )


def title_of(path: Path) -> str:
    """Return a file's name without the endings of its format."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return Path(name).stem
