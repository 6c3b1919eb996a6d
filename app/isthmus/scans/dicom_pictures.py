"""The pictures inside one DICOM file, decoded and made grey.

Whatever the transfer syntax, colours and tables are, one value a pixel comes out: as stored where
the picture is grey, through the Modality LUT where the file has one, luminance where it is in
colour.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from isthmus.scans.dicom_decoders import plugin_for
from isthmus.scans.values import luminance

Plane = npt.NDArray[Any]

# What decoding needs of the header, beside what pydicom always reads.
_ATTRIBUTES = [
    "BitsAllocated",
    "BitsStored",
    "BluePaletteColorLookupTableData",
    "BluePaletteColorLookupTableDescriptor",
    "Columns",
    "ExtendedOffsetTable",
    "ExtendedOffsetTableLengths",
    "GreenPaletteColorLookupTableData",
    "GreenPaletteColorLookupTableDescriptor",
    "HighBit",
    "ModalityLUTSequence",
    "NumberOfFrames",
    "PhotometricInterpretation",
    "PixelRepresentation",
    "PlanarConfiguration",
    "RedPaletteColorLookupTableData",
    "RedPaletteColorLookupTableDescriptor",
    "Rows",
    "SamplesPerPixel",
    "SegmentedBluePaletteColorLookupTableData",
    "SegmentedGreenPaletteColorLookupTableData",
    "SegmentedRedPaletteColorLookupTableData",
]
_PIXELS = {8: "FloatPixelData", 9: "DoubleFloatPixelData", 16: "PixelData"}
_UNDEFINED = 0xFFFFFFFF
# The black and the white of studio range, which the YBR_PARTIAL spaces have.
_STUDIO_BLACK, _STUDIO_RANGE = 16.0, 219.0


class PicturesEndError(Exception):
    """The file ends before its pictures do."""


def grey_planes(path: Path, indices: Sequence[int]) -> Iterator[Plane]:
    """Yield frames of one file, with axes (row, column).

    Args:
        path: The file.
        indices: Numbers of frames from 0, in rising order.

    Raises:
        PicturesEndError: The file is cut short; the frames before were given.
        NotImplementedError: The transfer syntax is unknown.
        OSError: The file cannot be read.
        Exception: Each decoder raises its own for what is damaged.
    """
    import pydicom
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.pixels.utils import as_pixel_options

    with path.open("rb") as file:
        dataset = pydicom.dcmread(
            file, stop_before_pixels=True, force=True, specific_tags=_ATTRIBUTES
        )
        syntax = _syntax(dataset)
        decoder = get_decoder(syntax)
        given: dict[str, Any] = {"transfer_syntax_uid": syntax}
        if syntax == pydicom.uid.DeflatedExplicitVRLittleEndian:
            source: Any = pydicom.dcmread(path, force=True)
            given["pixel_keyword"] = next(key for key in _PIXELS.values() if key in source)
        else:
            source = file
            given["pixel_keyword"], representation, length = _find_pixels(file, dataset)
            if representation:
                given["pixel_vr"] = representation
        _complete(dataset)
        options = as_pixel_options(dataset, **given)
        native = not syntax.is_encapsulated
        wanted: Iterable[int] = indices
        if native and source is file:
            wanted = _there(file, length, options, indices)
        masked = native or syntax == pydicom.uid.RLELossless
        if masked and "Float" not in given["pixel_keyword"]:
            options["correct_unused_bits"] = False  # pydicom takes the highest bit for granted
        for samples, facts in decoder.iter_array(
            source,
            indices=wanted,
            raw=True,
            decoding_plugin=plugin_for(syntax),
            **options,
        ):
            if masked and samples.dtype.kind != "f":
                _keep_stored_bits(samples, dataset)
            yield _grey(samples, str(facts["photometric_interpretation"]), dataset)


def _syntax(dataset: Any) -> Any:
    """Return the transfer syntax, guessed from the header's own encoding if the file is silent."""
    from pydicom import uid

    said = dataset.file_meta.get("TransferSyntaxUID")
    if said:
        return said
    implicit, little = dataset.original_encoding
    if implicit:
        return uid.ImplicitVRLittleEndian
    return uid.ExplicitVRLittleEndian if little else uid.ExplicitVRBigEndian


def _find_pixels(file: IO[bytes], dataset: Any) -> tuple[str, str, int]:
    """Go to the first byte of the pixels; return keyword, representation if told, and length.

    The header's own encoding counts: some files announce another.
    """
    implicit, little = dataset.original_encoding
    order = "<" if little else ">"
    try:
        group, element = struct.unpack(f"{order}HH", file.read(4))
        representation = "" if implicit else file.read(4)[:2].decode("ascii")
        (length,) = struct.unpack(f"{order}L", file.read(4))
    except struct.error as error:
        raise PicturesEndError("no pixels") from error
    if group != 0x7FE0 or element not in _PIXELS:
        raise PicturesEndError("no pixels")
    return _PIXELS[element], representation, length


def _complete(dataset: Any) -> None:
    """Fill in what old files leave out because it goes without saying."""
    usual = {
        "SamplesPerPixel": 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "PixelRepresentation": 0,
        "BitsAllocated": 16,
    }
    for keyword, value in usual.items():
        if dataset.get(keyword) in (None, ""):
            setattr(dataset, keyword, value)
    if dataset.get("BitsStored") is None:
        dataset.BitsStored = dataset.BitsAllocated
    if dataset.SamplesPerPixel > 1 and dataset.get("PlanarConfiguration") is None:
        dataset.PlanarConfiguration = 0


def _there(
    file: IO[bytes], length: int, options: dict[str, Any], indices: Sequence[int]
) -> Iterator[int]:
    """Yield those frames that the file holds whole; the first that it does not ends it."""
    start = file.tell()
    end = file.seek(0, 2)
    file.seek(start)
    held = end - start if length == _UNDEFINED else min(length, end - start)
    samples = options["samples_per_pixel"]
    if options["photometric_interpretation"] == "YBR_FULL_422":
        samples = 2
    bits = options["rows"] * options["columns"] * samples * options["bits_allocated"]
    for index in indices:
        if -(-bits * (index + 1) // 8) > held:
            raise PicturesEndError(f"frame {index} is not there")
        yield index


def _keep_stored_bits(samples: Plane, dataset: Any) -> None:
    """Clear the bits that are not the value's, such as overlays; extend its sign."""
    allocated, stored = 8 * samples.dtype.itemsize, int(dataset.BitsStored)
    if not 0 < stored < allocated or int(dataset.BitsAllocated) < 8:
        return
    high = dataset.get("HighBit")
    if high is None or not stored <= high + 1 <= allocated:
        high = stored - 1
    np.left_shift(samples, allocated - 1 - int(high), out=samples)
    np.right_shift(samples, allocated - stored, out=samples)


def _grey(samples: Plane, colours: str, dataset: Any) -> Plane:
    """Return one value a pixel."""
    from pydicom.pixels.processing import apply_color_lut, apply_modality_lut

    if colours == "PALETTE COLOR":
        samples, colours = apply_color_lut(samples, dataset), "RGB"
    if samples.ndim == 3:
        return _luminance(samples, colours)
    if dataset.get("ModalityLUTSequence"):
        return np.asarray(apply_modality_lut(samples, dataset))
    return samples


def _luminance(samples: Plane, colours: str) -> Plane:
    """Return the luma of colours with axes (row, column, sample), in their own type.

    The Y of DICOM's YBR_FULL is that of ITU-R BT.601 (PS3.3, C.7.6.3.1.2), and so is `luminance`:
    a picture gives the same greys whether it was stored as RGB or as YBR.
    """
    if colours.startswith("YBR_PARTIAL"):
        top = float(np.iinfo(samples.dtype).max)
        luma = (samples[..., 0] * (255 / top) - _STUDIO_BLACK) * (top / _STUDIO_RANGE)
        return np.asarray(np.rint(luma.clip(0, top)), dtype=samples.dtype)
    if colours.startswith("YBR"):
        return samples[..., 0]
    return luminance(samples)
