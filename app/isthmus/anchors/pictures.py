"""Codecs of pictures, slice by slice, through imagecodecs."""

import math
from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from isthmus.anchors.anchor import Anchor
from isthmus.anchors.samples import Mapping, Unsigned

# How often JPEG 2000 tries to meet an error before it is asked for no error, and what is a miss.
_AIMS = 8
_MISSED = 1.1


class PictureAnchor(Anchor):
    """A codec that knows nothing of a slice's neighbours."""

    library = "imagecodecs"
    lossless = True
    _codec: ClassVar[str]  # as imagecodecs has it in the names of its functions

    def version(self) -> str:
        """Return name and version of the library inside."""
        return str(getattr(self._module(), f"{self._codec}_version")())

    def _pack(
        self, samples: Unsigned, mapping: Mapping, rmse: float, between: Callable[[], None]
    ) -> tuple[bytes, ...]:
        streams = []
        for picture in samples:
            between()
            streams.append(self._pack_slice(picture, mapping.bits, rmse))
        return tuple(streams)

    def _unpack(
        self, streams: tuple[bytes, ...], shape: tuple[int, int, int]
    ) -> npt.NDArray[np.generic]:
        decode = getattr(self._module(), f"{self._codec}_decode")
        # A slice of one row or column comes back without that axis from some codecs.
        return np.stack([decode(stream) for stream in streams]).reshape(shape)

    @abstractmethod
    def _pack_slice(self, picture: Unsigned, bits: int, rmse: float) -> bytes:
        """Compress one slice (rows, columns) whose samples take so many bits."""


class Jpeg2000(PictureAnchor):
    """JPEG 2000 (ISO/IEC 15444-1) by OpenJPEG."""

    name = "jpeg2000"
    title = "JPEG 2000"
    settings = (
        "9-7 wavelet, aimed at a PSNR by slice, 3 dB higher each time that it is missed by a "
        "tenth; lossless: 5-3 wavelet; raw codestream"
    )
    _codec = "jpeg2k"

    def _pack_slice(self, picture: Unsigned, bits: int, rmse: float) -> bytes:
        # With 8 bits or fewer the library takes 16-bit arrays for something else.
        depth = max(9, bits)
        aims = rmse * 10 ** (-3 / 20 * np.arange(_AIMS)) if rmse else np.empty(0)
        for aim in aims:
            packed = self._encode(picture, depth, 20 * math.log10((2**depth - 1) / aim))
            # The library stops too early in slices with next to nothing in them.
            error = self._module().jpeg2k_decode(packed).astype(np.float64) - picture
            if np.sqrt(np.mean(error**2)) <= _MISSED * rmse:
                return packed
        return self._encode(picture, depth, 0)

    def _encode(self, picture: Unsigned, depth: int, level: float) -> bytes:
        """Code at a PSNR of `level` dB below the top of `depth` bits; 0 is lossless."""
        packed = self._module().jpeg2k_encode(
            picture, level, codecformat="j2k", bitspersample=depth, reversible=not level,
            numthreads=1,
        )  # fmt: skip
        return bytes(packed)


class Htj2k(PictureAnchor):
    """High-throughput JPEG 2000 (ISO/IEC 15444-15) by OpenJPH."""

    name = "htj2k"
    title = "HTJ2K"
    settings = "9-7 wavelet, base step of sqrt(12) errors of 2^16; lossless: 5-3 wavelet"
    _codec = "htj2k"

    def _pack_slice(self, picture: Unsigned, bits: int, rmse: float) -> bytes:
        # A step is a share of 2^16, whatever the real depth; rounding to multiples of q has an
        # error of q / sqrt(12). Beyond a quarter nothing is left of a picture.
        step = min(0.25, rmse * math.sqrt(12) / 2**16)
        encode = self._module().htj2k_encode
        return bytes(
            encode(picture, step, reversible=False) if rmse else encode(picture, reversible=True)
        )


class JpegXl(PictureAnchor):
    """JPEG XL (ISO/IEC 18181) by libjxl."""

    name = "jpegxl"
    title = "JPEG XL"
    settings = "VarDCT, effort 7, distance (rmse / 0.0059 / range)^1.2; lossless: modular"
    _codec = "jpegxl"

    def _pack_slice(self, picture: Unsigned, bits: int, rmse: float) -> bytes:
        # Distance is a perceptual measure with no formula; this power was fitted to MRI.
        distance = min(25.0, max(0.01, (rmse / 0.0059 / (2**bits - 1)) ** 1.2))
        packed = self._module().jpegxl_encode(
            picture, effort=7, distance=distance if rmse else 0.0, lossless=not rmse,
            bitspersample=max(9, bits), numthreads=1,
        )  # fmt: skip
        return bytes(packed)


class JpegLs(PictureAnchor):
    """JPEG-LS (ISO/IEC 14495-1) by CharLS; lossy as its near-lossless mode."""

    name = "jpegls"
    title = "JPEG-LS"
    settings = "near-lossless, every voxel within n: errors are uniform, rmse² = n (n + 1) / 3"
    _codec = "jpegls"

    def _pack_slice(self, picture: Unsigned, bits: int, rmse: float) -> bytes:
        near = round((math.sqrt(1 + 12 * rmse * rmse) - 1) / 2)
        near = min(max(near, int(rmse > 0)), 255, 2 ** max(1, bits - 1) - 1)
        return bytes(self._module().jpegls_encode(picture, near))
