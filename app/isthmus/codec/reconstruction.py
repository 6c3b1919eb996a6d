"""Whole reconstructions: slabs put on the original's grid."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from isthmus.codec.header import Header
from isthmus.codec.transforms import Parts, Transforms
from isthmus.errors import OutOfMemoryError
from isthmus.scans.memory import available_memory, in_words
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress


def rebuild(
    transforms: Transforms,
    header: Header,
    parts: Parts,
    source: Source,
    how: str,
    progress: Progress,
    cancel: CancelToken | None,
) -> Volume:
    """Synthesise all slabs.

    Args:
        transforms: The model's.
        header: Of the file.
        parts: Its integers.
        source: Provenance of the original.
        how: The model and bottleneck, in words, for the mark that it is lossy.
        progress: Called after each slab.
        cancel: Checked before each slab.

    Raises:
        OutOfMemoryError: Neither device nor computer has memory enough.
        Cancelled: Through `cancel`.
    """
    grid = header.grid

    def order() -> Iterator[int]:
        for slab in range(header.slabs):
            if cancel is not None:
                cancel.check()
            yield slab

    check_memory(int(np.prod(grid.shape)) * grid.dtype.itemsize)
    voxels = np.empty(grid.shape, grid.dtype)
    for slab, part in enumerate(transforms.synthesise(header, parts, order())):
        start = slab * header.depth
        voxels[start : start + len(part)] = part
        progress((slab + 1) / header.slabs, f"Decoding slab {slab + 1} of {header.slabs}")
    return Volume(
        voxels=voxels,
        affine=grid.affine,
        scale=grid.scale,
        offset=grid.offset,
        unit=grid.unit,
        modality=grid.modality,
        orientation_known=grid.orientation_known,
        source=replace(source, lossy=f"{source.lossy}, then {how}" if source.lossy else how),
    )


def check_memory(needed: int) -> None:
    """Refuse what would not fit.

    Args:
        needed: Bytes.

    Raises:
        OutOfMemoryError: Fewer are free.
    """
    if needed > (free := available_memory()):
        raise OutOfMemoryError(
            f"The scan needs {in_words(needed)} more memory; {in_words(free)} are free.",
            "Close other programs.",
        )
