"""DICOM files in every transfer syntax, encoded by pydicom and imagecodecs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pydicom
from pydicom import uid
from pydicom.encaps import encapsulate

Encode = Callable[[np.ndarray, int], bytes]


def _depth(bits: int) -> int | None:
    """Return the depth to ask of an encoder, which knows that of bytes."""
    return bits if bits > 8 else None


def _unsigned(plane: np.ndarray, bits: int) -> np.ndarray:
    """Return the bits of signed values as JPEG and JPEG-LS carry them: without a sign."""
    return plane.view(f"u{plane.itemsize}") & np.uint16((1 << bits) - 1)


def _lossless_jpeg(predictor: int) -> Encode:
    def encode(plane: np.ndarray, bits: int) -> bytes:
        return imagecodecs.jpeg8_encode(
            _unsigned(plane, bits), lossless=True, predictor=predictor, bitspersample=_depth(bits)
        )

    return encode


def _lossy_jpeg(plane: np.ndarray, bits: int) -> bytes:
    return imagecodecs.jpeg8_encode(plane, level=98, bitspersample=_depth(bits))


def _jpeg_2000(reversible: bool) -> Encode:
    def encode(plane: np.ndarray, bits: int) -> bytes:
        level = 0 if reversible else 60  # decibel
        return imagecodecs.jpeg2k_encode(
            plane, level, codecformat="j2k", reversible=reversible, bitspersample=_depth(bits)
        )

    return encode


def _htj2k(reversible: bool) -> Encode:
    def encode(plane: np.ndarray, bits: int) -> bytes:
        level = None if reversible else 0.0001  # step of quantisation
        return imagecodecs.htj2k_encode(plane, level, reversible=reversible)

    return encode


COMPRESSED: dict[str, Encode] = {
    uid.JPEGBaseline8Bit: _lossy_jpeg,
    uid.JPEGExtended12Bit: _lossy_jpeg,
    uid.JPEGLossless: _lossless_jpeg(6),
    uid.JPEGLosslessSV1: _lossless_jpeg(1),
    uid.JPEGLSLossless: lambda plane, bits: imagecodecs.jpegls_encode(_unsigned(plane, bits)),
    uid.JPEGLSNearLossless: lambda plane, bits: imagecodecs.jpegls_encode(plane, level=2),
    uid.JPEG2000Lossless: _jpeg_2000(True),
    uid.JPEG2000: _jpeg_2000(False),
    uid.HTJ2KLossless: _htj2k(True),
    uid.HTJ2KLosslessRPCL: _htj2k(True),
    uid.HTJ2K: _htj2k(False),
}


def recode(path: Path, syntax: str) -> Path:
    """Write an uncompressed file again in another transfer syntax, with the same voxels."""
    dataset = pydicom.dcmread(path)
    bits = int(dataset.BitsStored)
    kind = f"{'i' if dataset.PixelRepresentation else 'u'}{dataset.BitsAllocated // 8}"
    count = int(dataset.get("NumberOfFrames", 1))
    shape = (count, dataset.Rows, dataset.Columns)
    planes = np.frombuffer(dataset.PixelData, f"<{kind}").reshape(shape)
    if syntax == uid.RLELossless:
        dataset.compress(syntax)
        dataset.save_as(path)
        return path
    if syntax in COMPRESSED:
        dataset.PixelData = encapsulate([COMPRESSED[syntax](plane, bits) for plane in planes])
        dataset["PixelData"].VR = "OB"
    else:
        order = ">" if syntax == uid.ExplicitVRBigEndian else "<"
        dataset.PixelData = planes.astype(f"{order}{kind}").tobytes()
        # Bytes in words would have to be swapped in pairs.
        dataset["PixelData"].VR = "OB" if planes.itemsize == 1 else "OW"
    dataset.file_meta.TransferSyntaxUID = uid.UID(syntax)
    pydicom.dcmwrite(
        path,
        dataset,
        implicit_vr=syntax == uid.ImplicitVRLittleEndian,
        little_endian=syntax != uid.ExplicitVRBigEndian,
        force_encoding=True,
    )
    return path


def change_frames(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """Change each compressed frame of a file."""
    dataset = pydicom.dcmread(path)
    count = int(dataset.get("NumberOfFrames", 1))
    frames = pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=count)
    dataset.PixelData = encapsulate([change(frame) for frame in frames])
    dataset.save_as(path)
    return path


def with_attributes(path: Path, **attributes: Any) -> Path:
    """Set attributes of a file by keyword; None removes one."""
    dataset = pydicom.dcmread(path)
    for keyword, value in attributes.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)
    dataset.save_as(path)
    return path
