"""A codec of volumes, through imagecodecs."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from isthmus.anchors.anchor import Anchor
from isthmus.anchors.samples import Mapping, Unsigned

_LEAST = 8


class Sperr(Anchor):
    """SPERR (Li, Lindstrom and Clyne, 2023): a 3-D wavelet codec of scientific data."""

    name = "sperr"
    title = "SPERR"
    library = "imagecodecs"
    settings = "3-D, one chunk of at most 256³, aimed at a PSNR"

    def version(self) -> str:
        """Return name and version of the library inside."""
        return str(self._module().sperr_version())

    def _pack(
        self, samples: Unsigned, mapping: Mapping, rmse: float, between: Callable[[], None]
    ) -> tuple[bytes, ...]:
        psnr = max(1.0, 20 * math.log10(max(1, mapping.top) / rmse))
        # The library ends the process on one slice in three dimensions, and on a few voxels.
        short = [(0, max(0, _LEAST - size)) for size in samples.shape[1:]]
        values = np.pad(samples, [(0, 0), *short], mode="edge").astype(np.float32)
        if len(values) == 1:
            values = values[0]
        return (bytes(self._module().sperr_encode(values, psnr, "psnr", numthreads=1)),)

    def _unpack(
        self, streams: tuple[bytes, ...], shape: tuple[int, int, int]
    ) -> npt.NDArray[np.generic]:
        slices, rows, columns = shape
        values = np.asarray(self._module().sperr_decode(streams[0], numthreads=1))
        return values.reshape(slices, *values.shape[-2:])[:, :rows, :columns]
