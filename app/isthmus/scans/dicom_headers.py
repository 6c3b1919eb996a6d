"""Reading the headers of DICOM files: which are images, and what is to be known of their frames.

Only headers are read here, never pixels.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from isthmus.scans.dicom_deflated import open_dicom
from isthmus.scans.dicom_frames import DamagedFileError, Frame, Header, NotAnImageError
from isthmus.scans.dicom_marks import read_marks
from isthmus.scans.dicom_stacks import stacked
from isthmus.scans.dicom_tags import (
    Sources,
    dot,
    floats,
    integer,
    text,
    texts,
    unit_vector,
    value_of,
)
from isthmus.scans.dicom_tiles import tiles
from isthmus.scans.dicom_values import Values, padding, read_values
from isthmus.scans.identity import without_identity
from isthmus.scans.sequences import sequence_from_codes, sequence_from_words

_MARK = b"DICM"
_UNMARKED = {
    b"\x02\0\0\0",
    b"\x08\0\0\0",
    b"\x08\0\x05\0",
    b"\x08\0\x08\0",
    # big endian
    b"\0\x08\0\0",
    b"\0\x08\0\x05",
    b"\0\x08\0\x08",
}
# Transfer syntaxes whose names pydicom does not know yet.
_NEWER_ENCODINGS = {
    "1.2.840.10008.1.2.4.110": "JPEG XL Lossless",
    "1.2.840.10008.1.2.4.111": "JPEG XL JPEG Recompression",
    "1.2.840.10008.1.2.4.112": "JPEG XL",
}
# Bits that a stored value may take.
_WIDTHS = {1, 8, 16, 32, 64}
# Millimetres that a pixel or the way to the next slice may measure; others are damage.
_LEAST_MM, _MOST_MM = 1e-6, 1e6
_DAMAGED = "its header ends early or is damaged"


def read_header(path: Path) -> Header:
    """Read the header of a file, without its pixels.

    Raises:
        NotAnImageError: It is not DICOM, or holds no picture.
        DamagedFileError: It is DICOM but cut short or damaged.
        OSError: It cannot be opened.
    """
    dataset = _dataset(path)
    try:
        return _facts(path, dataset)
    except (NotAnImageError, DamagedFileError):
        raise
    except Exception as error:  # values are parsed when looked at; pydicom raises many kinds
        raise DamagedFileError(_DAMAGED) from error


def _facts(path: Path, dataset: Any) -> Header:
    rows, columns = integer(dataset, "Rows"), integer(dataset, "Columns")
    if not rows or not columns:
        # pydicom takes a header that ends early for a whole one.
        if "Image Storage" in dataset.SOPClassUID.name:
            raise DamagedFileError(_DAMAGED)
        raise NotAnImageError("DICOM without a picture")
    samples = integer(dataset, "SamplesPerPixel", 1)
    bits_allocated = integer(dataset, "BitsAllocated", 16)
    if samples not in (1, 3):
        raise NotAnImageError(f"a picture of {samples} values a pixel")
    if samples == 3 and bits_allocated > 16:
        raise NotAnImageError("a colour picture of more than 16 bits")
    if bits_allocated not in _WIDTHS:
        raise NotAnImageError(f"a picture with values of {bits_allocated} bits")
    colours = text(dataset, "PhotometricInterpretation").upper()
    groups = value_of(dataset, "PerFrameFunctionalGroupsSequence") or []
    count = max(integer(dataset, "NumberOfFrames", 1), 1)
    shared = (value_of(dataset, "SharedFunctionalGroupsSequence") or [None])[0]
    if count > path.stat().st_size:  # not a byte for each
        raise DamagedFileError(f"it announces {count} frames, more than its size can hold")
    if groups and len(groups) < count:
        raise DamagedFileError(f"it announces {count} frames and describes {len(groups)}")
    sources = [Sources(dataset, shared, group) for group in list(groups)[:count] or [None]]
    modality = text(dataset, "Modality")
    description = text(dataset, "SeriesDescription") or text(dataset, "ProtocolName")
    image_type = tuple(word.upper() for word in texts(dataset, "ImageType"))
    values = [read_values(dataset, one, modality) for one in sources]
    frames = tuple(_frame(path, i, dataset, one, values[i]) for i, one in enumerate(sources))
    if not groups:
        frames = tuple(
            replace(frames[0], index=i, number=frames[0].number + i) for i in range(count)
        )
    mosaic = "MOSAIC" in image_type and not groups
    if mosaic and count == 1:
        frames = tiles(frames[0], dataset)
    elif count > 1 and not groups:
        frames = stacked(frames, dataset)
    return Header(
        path=path,
        series=text(dataset, "SeriesInstanceUID"),
        date=text(dataset, "SeriesDate") or text(dataset, "StudyDate"),
        frames=frames,
        description=without_identity(description, dataset),
        modality=modality,
        unit=values[0].unit,
        sequence=sequence_from_words((description, text(dataset, "ProtocolName")))
        or sequence_from_codes(texts(dataset, "ScanningSequence")),
        multiframe=count > 1 or bool(groups),
        mosaic=mosaic,
        inverted=colours == "MONOCHROME1",
        bits=integer(dataset, "BitsStored", bits_allocated),
        bytes_per_voxel=-(-bits_allocated // 8),
        signed=integer(dataset, "PixelRepresentation") == 1,
        encoding=_encoding(dataset),
        lossy=_lossy(dataset),
        instance=text(dataset, "SOPInstanceUID"),
        storage=text(dataset, "SOPClassUID"),
        image_type=image_type,
        colour=samples > 1 or colours.startswith("PALETTE"),
        padding=padding(dataset),
        notes=values[0].notes,
        anonymous=text(dataset, "PatientIdentityRemoved").upper() == "YES",
    )


def begins_as_dicom(start: bytes) -> bool:
    """Whether a file may be DICOM, by its first 132 bytes."""
    # Old files lack the mark; they begin with a low element of group 2 or 8.
    return start[128:] == _MARK or start[:4] in _UNMARKED


def _dataset(path: Path) -> Any:
    """Parse everything before the pixels."""
    import pydicom
    from pydicom.errors import InvalidDicomError

    with path.open("rb") as file:
        start = file.read(132)
    if not begins_as_dicom(start):
        raise NotAnImageError("not DICOM")
    marked = start[128:] == _MARK
    try:
        with open_dicom(path) as file:
            dataset = pydicom.dcmread(file, stop_before_pixels=True, force=not marked)
    except InvalidDicomError as error:
        raise NotAnImageError("not DICOM") from error
    except Exception as error:
        # pydicom also raises errors of the system, which have numbers, for bytes that it dislikes.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        if not marked:
            raise NotAnImageError("not DICOM") from error
        raise DamagedFileError(_DAMAGED) from error
    if "DirectoryRecordSequence" in dataset:
        raise NotAnImageError("a DICOM directory")
    if "SOPClassUID" not in dataset:
        raise DamagedFileError(_DAMAGED) if marked else NotAnImageError("not DICOM")
    return dataset


def _frame(path: Path, index: int, dataset: Any, source: Sources, values: Values) -> Frame:
    orientation = source.floats("PlaneOrientationSequence", "ImageOrientationPatient", 6)
    along_row = unit_vector(orientation[:3]) if orientation else None
    along_column = unit_vector(orientation[3:]) if orientation else None
    if along_row and along_column and abs(dot(along_row, along_column)) > 0.1:
        along_row = along_column = None
    position = source.floats("PlanePositionSequence", "ImagePositionPatient", 3)
    spacing = source.floats("PixelMeasuresSequence", "PixelSpacing", 2) or source.floats(
        "PixelMeasuresSequence", "ImagerPixelSpacing", 2
    )
    thickness = source.floats("PixelMeasuresSequence", "SpacingBetweenSlices", 1) or source.floats(
        "PixelMeasuresSequence", "SliceThickness", 1
    )
    number = source.floats("", "InstanceNumber", 1)
    return Frame(
        path=path,
        index=index,
        number=(number[0] if number else 0.0) + index,
        rows=integer(dataset, "Rows"),
        columns=integer(dataset, "Columns"),
        position=(position[0], position[1], position[2]) if position else None,
        along_row=along_row,
        along_column=along_column,
        spacing=(spacing[0], spacing[1]) if spacing and all(map(_measures, spacing)) else None,
        thickness=abs(thickness[0]) if thickness and _measures(abs(thickness[0])) else None,
        slope=values.slope,
        intercept=values.intercept,
        stack=source.text("FrameContentSequence", "StackID"),
        windows=values.windows,
        marks=read_marks(dataset, source),
        table=values.table,
    )


def _measures(millimetres: float) -> bool:
    return _LEAST_MM < millimetres < _MOST_MM


def _encoding(dataset: Any) -> str:
    uid = dataset.file_meta.get("TransferSyntaxUID") if hasattr(dataset, "file_meta") else None
    return _NEWER_ENCODINGS.get(uid, uid.name) if uid else "unknown"


def _lossy(dataset: Any) -> str:
    if text(dataset, "LossyImageCompression") != "01":
        return ""
    methods = texts(dataset, "LossyImageCompressionMethod")
    ratios = floats(value_of(dataset, "LossyImageCompressionRatio"))
    ratio = f"{ratios[-1]:g}:1" if ratios else ""
    return ", ".join(part for part in (methods[-1] if methods else "", ratio) if part) or "unknown"
