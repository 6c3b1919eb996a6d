"""Codecs of films, through PyAV: a slice is a frame, and the third axis is time."""

import io
import math
import os
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from isthmus.anchors.anchor import Anchor
from isthmus.anchors.samples import Mapping, Unsigned

# Frames are made larger by repeating their edges. The codecs want even sizes; and in frames hardly
# larger than its blocks of 64, x265 reads memory that it has not written, so that its bytes depend
# on what ran before.
_EVEN, _LEAST = 2, 128


class FilmAnchor(Anchor):
    """A codec of films, one thread, with a fixed quantiser; its stream without any container."""

    library = "av"
    _codec: ClassVar[str]
    _container: ClassVar[str]
    _pixels: ClassVar[str]

    def version(self) -> str:
        """Return the version of PyAV, whose wheels hold the encoders."""
        return f"PyAV {self._module().__version__}"

    def _pack(
        self, samples: Unsigned, mapping: Mapping, rmse: float, between: Callable[[], None]
    ) -> tuple[bytes, ...]:
        av = self._module()
        frames = _padded(samples)
        out = io.BytesIO()
        with av.open(out, "w", format=self._container) as film:
            stream = film.add_stream(self._codec, rate=25)
            stream.height, stream.width = frames.shape[1:]
            stream.pix_fmt = self._pixels
            stream.codec_context.thread_count = 1
            stream.options = self._options(rmse)
            for frame in frames:
                between()
                picture = av.VideoFrame.from_ndarray(self._planes(frame), format=self._pixels)
                film.mux(stream.encode(picture))
            film.mux(stream.encode())
        return (out.getvalue(),)

    def _unpack(
        self, streams: tuple[bytes, ...], shape: tuple[int, int, int]
    ) -> npt.NDArray[np.generic]:
        with self._module().open(io.BytesIO(streams[0]), format=self._container) as film:
            film.streams.video[0].codec_context.thread_count = 1
            frames = [frame.to_ndarray() for frame in film.decode(video=0)]
        # Of a film with colours, the planes of colour stand below that of brightness.
        return np.stack(frames)[:, : shape[1], : shape[2]]

    def _planes(self, frame: Unsigned) -> npt.NDArray[Any]:
        """Return a frame as `VideoFrame.from_ndarray` wants it."""
        return frame

    @abstractmethod
    def _options(self, rmse: float) -> dict[str, str]:
        """Return the encoder's options for an error given in samples."""


class _Hevc(FilmAnchor):
    """HEVC (ITU-T H.265) by x265, 12 bits, grey."""

    bits = 12
    _codec, _container, _pixels = "libx265", "hevc", "gray12le"
    _structure: ClassVar[str]
    _steps_per_rmse: ClassVar[float]  # measured on MRI between 30 and 60 dB

    def _options(self, rmse: float) -> dict[str, str]:
        # The step of the quantiser in 12-bit samples is 16 · 2^((qp − 4) / 6).
        step = self._steps_per_rmse * rmse
        qp = min(51, max(0, round(4 + 6 * math.log2(step / 16))))
        return {
            "preset": "slow",
            "tune": "psnr",
            # Without `info=0`, x265 writes its own settings into the stream.
            "x265-params": f"qp={qp}:pools=1:frame-threads=1:info=0:log-level=none:"
            + self._structure,
        }


class HevcIntra(_Hevc):
    """HEVC, each frame by itself."""

    name = "hevc-intra"
    title = "HEVC intra"
    settings = "x265 slow, tune psnr, 12-bit grey, QP for a step of 6.5 errors, keyint=1"
    _structure = "keyint=1"
    _steps_per_rmse = 6.5


class HevcInter(_Hevc):
    """HEVC, frames predicted from each other."""

    name = "hevc-inter"
    title = "HEVC inter"
    settings = (
        "x265 slow, tune psnr, 12-bit grey, QP for a step of 4.2 errors, keyint=-1, bframes=8"
    )
    _structure = "keyint=-1:bframes=8"
    _steps_per_rmse = 4.2


class Av1(FilmAnchor):
    """AV1 by SVT-AV1, which takes 10 bits and no grey: the colours are constant, and cost little.

    Ten bits end what can be measured near 71 dB.
    """

    name = "av1"
    title = "AV1"
    settings = "SVT-AV1 preset 4, tune psnr, 10-bit 4:2:0, CRF of 2 errors, one key frame"
    bits = 10
    _codec, _container, _pixels = "libsvtav1", "obu", "yuv420p10le"

    def _pack(
        self, samples: Unsigned, mapping: Mapping, rmse: float, between: Callable[[], None]
    ) -> tuple[bytes, ...]:
        # Read when the encoder starts: errors only, or its settings go to standard error.
        os.environ.setdefault("SVT_LOG", "1")
        return super()._pack(samples, mapping, rmse, between)

    def _planes(self, frame: Unsigned) -> npt.NDArray[Any]:
        rows, columns = frame.shape
        planes = np.full((rows * 3 // 2, columns), 1 << (self.bits - 1), np.uint16)
        planes[:rows] = frame
        return planes

    def _options(self, rmse: float) -> dict[str, str]:
        # Measured on MRI: the error in 10-bit samples is about half of the CRF.
        crf = min(63, max(1, round(2 * rmse)))
        return {"preset": "4", "svtav1-params": f"rc=0:crf={crf}:tune=1:lp=1:keyint=-1"}


def _padded(samples: Unsigned) -> Unsigned:
    """Repeat the last row and column up to sizes that the codecs take."""
    margins = [(0, 0)]
    for size in samples.shape[1:]:
        wanted = max(_LEAST, size + size % _EVEN)
        margins.append((0, wanted - size))
    return np.pad(samples, margins, mode="edge")
