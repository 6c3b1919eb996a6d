"""The pictures inside one DICOM file, decoded and made grey.

Whatever the transfer syntax, colours and tables are, one value a pixel comes out: as stored where
the picture is grey, through the Modality LUT where the file has one, luminance where it is in
colour.
"""

import io
import itertools
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from isthmus.scans.dicom_decoders import plugin_for
from isthmus.scans.dicom_deflated import HEADER_BYTES, open_dicom
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
_REPRESENTATIONS = {b"OB", b"OW", b"OF", b"OD", b"UN"}
_UNDEFINED = 0xFFFFFFFF
# The tag, representation and length of the pixels.
_MOST_BEFORE_PIXELS = 12


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
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.pixels.utils import as_pixel_options
    from pydicom.uid import RLELossless

    file, dataset = _open(path)
    with file:
        syntax = _syntax(dataset)
        decoder = get_decoder(syntax)
        keyword, representation, length = _find_pixels(file, dataset)
        options = as_pixel_options(dataset, transfer_syntax_uid=syntax, pixel_keyword=keyword)
        if representation:
            options["pixel_vr"] = representation
        native = not syntax.is_encapsulated
        wanted: Iterable[int] | None = indices
        if native:
            wanted = _there(file, length, dataset, indices)
        elif 1 < len(indices) == options["number_of_frames"]:
            wanted = None  # front to back: each alone would be looked for from the start
        masked = native or syntax == RLELossless
        if masked and "Float" not in keyword:
            options["correct_unused_bits"] = False  # pydicom takes the highest bit for granted
        decoded = decoder.iter_array(
            file,
            indices=wanted,
            raw=True,
            decoding_plugin=plugin_for(syntax),
            **options,
        )
        # There may be more frames than the header says.
        done = 0
        for samples, facts in itertools.islice(decoded, len(indices)):
            if masked and samples.dtype.kind != "f":
                _keep_stored_bits(samples, dataset)
            yield _grey(samples, str(facts["photometric_interpretation"]), dataset)
            done += 1
        if done < len(indices):
            raise PicturesEndError(f"frame {indices[done]} is not there")


def _open(path: Path) -> tuple[BinaryIO, Any]:
    """Open a file at its pixels, and return it with what decoding needs of its header."""
    file = open_dicom(path)
    try:
        dataset = _read(file)
        if not isinstance(file, io.BytesIO):
            return file, dataset
        needed = (
            file.tell()
            + _MOST_BEFORE_PIXELS
            + int(dataset.get("NumberOfFrames") or 1) * (_frame_bits(dataset) // 8 + 1)
        )
        if needed <= HEADER_BYTES:
            return file, dataset
    except BaseException:
        file.close()
        raise
    file = open_dicom(path, needed)
    return file, _read(file)


def _read(file: BinaryIO) -> Any:
    import pydicom

    dataset = pydicom.dcmread(file, stop_before_pixels=True, force=True, specific_tags=_ATTRIBUTES)
    _complete(dataset)
    return dataset


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


def _find_pixels(file: BinaryIO, dataset: Any) -> tuple[str, str, int]:
    """Go to the first byte of the pixels; return keyword, representation if told, and length."""
    order = "<" if dataset.original_encoding[1] else ">"
    try:
        group, element = struct.unpack(f"{order}HH", file.read(4))
        told, representation = file.read(4), ""
        # Some files have no representations although they announce them. What stands there instead
        # is a length, which is even, and so cannot be taken for one of these.
        if told[:2] in _REPRESENTATIONS:
            representation, told = told[:2].decode("ascii"), file.read(4)
        (length,) = struct.unpack(f"{order}L", told)
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


def _there(file: BinaryIO, length: int, dataset: Any, indices: Sequence[int]) -> Iterator[int]:
    """Yield those frames that the file holds whole; the first that it does not ends it."""
    start = file.tell()
    end = file.seek(0, 2)
    file.seek(start)
    held = end - start if length == _UNDEFINED else min(length, end - start)
    bits = _frame_bits(dataset)
    for index in indices:
        if -(-bits * (index + 1) // 8) > held:
            raise PicturesEndError(f"frame {index} is not there")
        yield index


def _frame_bits(dataset: Any) -> int:
    """Return how many bits an uncompressed frame takes."""
    samples = int(dataset.SamplesPerPixel)
    if dataset.PhotometricInterpretation == "YBR_FULL_422":
        samples = 2
    return int(dataset.Rows) * int(dataset.Columns) * samples * int(dataset.BitsAllocated)


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
    if colours.startswith("YBR"):
        return samples[..., 0]
    return luminance(samples)
