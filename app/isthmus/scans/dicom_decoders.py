"""Decoding one compressed frame of DICOM pixels, as a plugin of pydicom.

pydicom unpacks the frames and corrects signs and unused bits; what it leaves to plugins is done
here by libraries under permissive licences: libjpeg-turbo (from imagecodecs) for JPEG, CharLS for
JPEG-LS, OpenJPEG for JPEG 2000 and its high-throughput form, the packed bits of imagecodecs for RLE
(those of pylibjpeg panic when damaged, which no `except Exception` catches). Before any of them is
given a frame, its header is held against the file's: a few flipped bytes would otherwise make a
decoder fill gigabytes, and a frame that ends early would come out with a grey rest.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydicom import uid
from pydicom.pixels.decoders.base import DecodeRunner

# What pydicom calls this plugin.
NAME = "isthmus"

_START, _END = b"\xff\xd8", b"\xff\xd9"
_PADDING = b"\0\xff"  # what makes a frame's length even
_JPEG_2000_START = b"\xff\x4f\xff\x51"
# Markers of JPEG that begin a frame: all SOFs, and JPEG-LS's own.
_FRAME_MARKERS = {*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC}
# Markers without a length.
_BARE_MARKERS = {0x01, *range(0xD0, 0xD9)}


# Segments of a frame in RLE, by its header; bytes that one may be too long.
_MOST_SEGMENTS, _SLACK = 15, 16


class UndecodableError(Exception):
    """A frame is not what the file's header says; the message is the reason."""


@dataclass(frozen=True)
class FrameSize:
    """What a compressed frame says of itself."""

    rows: int
    columns: int
    samples: int
    bits: int


def frame_size(frame: bytes) -> FrameSize:
    """Read the size from the header of a JPEG, JPEG-LS or JPEG 2000 stream.

    Raises:
        UndecodableError: It is none of these, or ends inside its header.
    """
    try:
        if frame.startswith(_START):
            return _jpeg_size(frame)
        # A JPEG 2000 stream may stand inside the boxes of a .jp2 file.
        start = frame.find(_JPEG_2000_START, 0, 4096)
        if start >= 0:
            return _jpeg_2000_size(frame, start)
    except (struct.error, IndexError) as error:
        raise UndecodableError("its header ends early") from error
    raise UndecodableError("it is not compressed as the file says")


def _jpeg_size(frame: bytes) -> FrameSize:
    place = 2
    while True:
        if frame[place] != 0xFF:
            raise UndecodableError("its header is damaged")
        marker = frame[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
        elif marker in _BARE_MARKERS:
            place += 2
        elif marker in _FRAME_MARKERS:
            bits, rows, columns, samples = struct.unpack_from(">BHHB", frame, place + 4)
            return FrameSize(rows, columns, samples, bits)
        else:
            place += 2 + int.from_bytes(frame[place + 2 : place + 4], "big")


def _jpeg_2000_size(frame: bytes, start: int) -> FrameSize:
    width, height, left, top = struct.unpack_from(">4I", frame, start + 8)
    samples, bits = struct.unpack_from(">HB", frame, start + 40)
    return FrameSize(height - top, width - left, samples, (bits & 0x7F) + 1)


def _check(frame: bytes, runner: DecodeRunner) -> FrameSize:
    """Hold a frame against the file's header before memory is taken for it."""
    size = frame_size(frame)
    announced = runner.rows, runner.columns, runner.samples_per_pixel
    if (size.rows, size.columns, size.samples) != announced:
        raise UndecodableError(
            f"its frame has {size.rows} rows, {size.columns} columns and {size.samples} samples, "
            f"its header says {announced[0]}, {announced[1]} and {announced[2]}"
        )
    if not frame.rstrip(_PADDING).endswith(_END):
        raise UndecodableError("its frame ends early")
    return size


def _jpeg(frame: bytes, runner: DecodeRunner) -> bytearray:
    """Decode 8 or 12 bits with loss, or 2 to 16 without; colours stay as they are coded."""
    import imagecodecs

    size = _check(frame, runner)
    # The same colour space in and out: pydicom knows what the samples mean.
    colours = "GRAYSCALE" if size.samples == 1 else "YCBCR"
    samples = imagecodecs.jpeg8_decode(frame, colorspace=colours, outcolorspace=colours)
    _say_bits(runner, samples.dtype.itemsize * 8)
    runner.set_option("planar_configuration", 0)
    return bytearray(samples.tobytes())


def _jpeg_ls(frame: bytes, runner: DecodeRunner) -> bytearray:
    import jpeg_ls

    size = _check(frame, runner)
    samples, facts = jpeg_ls.decode_pixel_data(frame)
    if runner.pixel_representation == 1:
        # JPEG-LS knows no sign, and its own number of bits may be more than the value's.
        runner.set_option("jls_precision", min(size.bits, runner.bits_stored))
    runner.set_option("planar_configuration", int(facts["interleave_mode"] == 0))
    _say_bits(runner, 8 if size.bits <= 8 else 16)
    return bytearray(samples)


def _jpeg_2000(frame: bytes, runner: DecodeRunner) -> bytearray:
    from openjpeg.utils import decode_pixel_data

    size = _check(frame, runner)
    if runner.photometric_interpretation in ("YBR_ICT", "YBR_RCT"):
        runner.set_option("photometric_interpretation", "RGB")  # it undoes its own transforms
    options: Mapping[str, Any] = runner.options
    samples = decode_pixel_data(frame, version=2, **options)
    _say_bits(runner, 8 if size.bits <= 8 else 16 if size.bits <= 16 else 32)
    runner.set_option("planar_configuration", 0)
    return bytearray(samples)


def _rle(frame: bytes, runner: DecodeRunner) -> bytearray:
    """Decode segments of packed bits: one for each byte of a sample, the most significant first."""
    import imagecodecs

    width, n_pixels = runner.bits_allocated // 8, runner.rows * runner.columns
    n_segments, *starts = struct.unpack_from("<16L", frame)
    if n_segments != width * runner.samples_per_pixel or n_segments > _MOST_SEGMENTS:
        raise UndecodableError(f"its frame has {n_segments} segments")
    ends = [*starts[1:n_segments], len(frame)]
    pixels = np.empty((runner.samples_per_pixel, n_pixels, width), dtype=np.uint8)
    for n, (start, end) in enumerate(zip(starts, ends, strict=False)):
        # What a segment unpacks to may be longer than the picture by what made its length even.
        made = imagecodecs.packbits_decode(frame[start:end], out=n_pixels + _SLACK)
        if len(made) < n_pixels:
            raise UndecodableError("its frame ends early")
        sample, byte = divmod(n, width)
        pixels[sample, :, width - 1 - byte] = np.frombuffer(made, np.uint8, n_pixels)
    runner.set_option("planar_configuration", 1)
    return bytearray(pixels.tobytes())


def _say_bits(runner: DecodeRunner, bits: int) -> None:
    """Tell pydicom how wide the decoded samples are, which the header need not know."""
    runner.set_option("bits_allocated", bits)
    if runner.bits_stored > bits:
        runner.set_option("bits_stored", bits)


_DECODERS: dict[str, Callable[[bytes, DecodeRunner], bytearray]] = {
    uid.JPEGBaseline8Bit: _jpeg,
    uid.JPEGExtended12Bit: _jpeg,
    uid.JPEGLossless: _jpeg,
    uid.JPEGLosslessSV1: _jpeg,
    uid.JPEGLSLossless: _jpeg_ls,
    uid.JPEGLSNearLossless: _jpeg_ls,
    uid.JPEG2000Lossless: _jpeg_2000,
    uid.JPEG2000: _jpeg_2000,
    uid.HTJ2KLossless: _jpeg_2000,
    uid.HTJ2KLosslessRPCL: _jpeg_2000,
    uid.HTJ2K: _jpeg_2000,
    uid.RLELossless: _rle,
}

# The two names that pydicom asks of a plugin.
DECODER_DEPENDENCIES: dict[str, tuple[str, ...]] = dict.fromkeys(_DECODERS, ())


def is_available(syntax: str) -> bool:
    """Whether this plugin decodes a transfer syntax."""
    return syntax in _DECODERS


def decode_frame(frame: bytes, runner: DecodeRunner) -> bytearray:
    """Decode one frame.

    Args:
        frame: A whole stream.
        runner: pydicom's: what the header says, and where the width of the samples is noted.

    Raises:
        UndecodableError: The frame does not fit the header, or ends early.
        Exception: Each library raises its own when a stream is damaged.
    """
    return _DECODERS[runner.transfer_syntax](frame, runner)


def plugin_for(syntax: str) -> str:
    """Return the name of the plugin to ask pydicom for; empty for syntaxes it reads by itself."""
    from pydicom.pixels.decoders.base import get_decoder

    if syntax not in _DECODERS:
        return ""
    decoder = get_decoder(syntax)
    if NAME not in decoder.available_plugins:
        decoder.add_plugin(NAME, (__name__, decode_frame.__name__))
    return NAME
