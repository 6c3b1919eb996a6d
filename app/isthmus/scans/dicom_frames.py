"""DICOM headers as plain facts: which files are images, and where each of their frames lies.

Classic files hold one slice each, enhanced ones many in functional groups. Both become `Frame`s, so
that everything behind this module sees one kind of slice. Only headers are read here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from isthmus.scans.dicom_tags import (
    Sources,
    Vector,
    dot,
    floats,
    integer,
    text,
    texts,
    unit_vector,
)
from isthmus.scans.sequences import sequence_from_codes, sequence_from_words
from isthmus.scans.volume import Window

_DAMAGED = "its header ends early or is damaged"


class NotAnImageError(Exception):
    """A file is not a picture that a scan could be made of; the message is the reason."""


class DamagedFileError(Exception):
    """A file is DICOM, but cannot be read to its end; the message is the reason."""


@dataclass(frozen=True)
class Frame:
    """One slice, before its pixels are read. Positions are in DICOM's LPS+ millimetres.

    Attributes:
        path: The file.
        index: Number of the frame in the file, from 0.
        number: What orders slices without positions, and repeats at one position.
        rows: Number of rows.
        columns: Number of columns.
        position: Centre of the first voxel; None if the file does not say.
        along_row: Direction in which columns are counted, of length 1; None if unknown.
        along_column: Direction in which rows are counted, of length 1; None if unknown.
        spacing: Distance between rows, and between columns, in millimetres; None if unknown.
        thickness: Distance between slices, or else their thickness, in mm; None if unknown.
        slope: Real value = stored * slope + intercept.
        intercept: See slope.
        stack: Name of the stack in an enhanced file.
        windows: Windows for this slice.
    """

    path: Path
    index: int
    number: float
    rows: int
    columns: int
    position: Vector | None
    along_row: Vector | None
    along_column: Vector | None
    spacing: tuple[float, float] | None
    thickness: float | None
    slope: float
    intercept: float
    stack: str
    windows: tuple[Window, ...]

    @property
    def placed(self) -> bool:
        """Whether the file says where in the patient the slice lies."""
        return None not in (self.position, self.along_row, self.along_column)


@dataclass(frozen=True)
class Header:
    """The facts of one DICOM file. Of patient data, nothing but the date.

    Attributes:
        path: The file.
        series: Series instance UID.
        date: Of the series, or else of its study: `YYYYMMDD`, or empty.
        frames: Its slices, one in a classic file.
        description: Series description.
        modality: `"MR"`, `"CT"`, …
        unit: Unit of the real values.
        sequence: What kind of picture it is, if known.
        multiframe: Whether it is a file of many frames.
        mosaic: Whether several slices stand in one picture, as Siemens stores diffusion and fMRI.
        inverted: Whether the smallest value is meant to be white.
        bits: Bits used of each stored value.
        bytes_per_voxel: Bytes taken by each stored value.
        signed: Whether stored values are signed.
        encoding: Name of the transfer syntax.
        lossy: How the pixels were compressed with loss; empty if they were not.
    """

    path: Path
    series: str
    date: str
    frames: tuple[Frame, ...]
    description: str
    modality: str
    unit: str
    sequence: str
    multiframe: bool
    mosaic: bool
    inverted: bool
    bits: int
    bytes_per_voxel: int
    signed: bool
    encoding: str
    lossy: str


def read_header(path: Path) -> Header:
    """Read the header of a file, without its pixels.

    Raises:
        NotAnImageError: It is not DICOM, or holds no grey picture.
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
    if integer(dataset, "SamplesPerPixel", 1) != 1:
        raise NotAnImageError("a colour picture")
    if str(dataset.get("PhotometricInterpretation", "")).startswith("PALETTE"):
        raise NotAnImageError("a colour picture")
    groups = dataset.get("PerFrameFunctionalGroupsSequence") or []
    count = max(integer(dataset, "NumberOfFrames", 1), 1)
    shared = (dataset.get("SharedFunctionalGroupsSequence") or [None])[0]
    if groups and len(groups) != count:
        raise DamagedFileError(f"it announces {count} frames and describes {len(groups)}")
    sources = [Sources(dataset, shared, group) for group in groups or [None] * count]
    modality = text(dataset, "Modality")
    description = text(dataset, "SeriesDescription") or text(dataset, "ProtocolName")
    bits_allocated = integer(dataset, "BitsAllocated", 16)
    return Header(
        path=path,
        series=text(dataset, "SeriesInstanceUID"),
        date=text(dataset, "SeriesDate") or text(dataset, "StudyDate"),
        frames=tuple(_frame(path, i, source, rows, columns) for i, source in enumerate(sources)),
        description=description,
        modality=modality,
        unit=_unit(modality, sources[0]),
        sequence=sequence_from_words((description, text(dataset, "ProtocolName")))
        or sequence_from_codes(texts(dataset, "ScanningSequence")),
        multiframe=count > 1 or bool(groups),
        mosaic="MOSAIC" in texts(dataset, "ImageType"),
        inverted=text(dataset, "PhotometricInterpretation") == "MONOCHROME1",
        bits=integer(dataset, "BitsStored", bits_allocated),
        bytes_per_voxel=-(-bits_allocated // 8),
        signed=integer(dataset, "PixelRepresentation") == 1,
        encoding=_encoding(dataset),
        lossy=_lossy(dataset),
    )


def _dataset(path: Path) -> Any:
    """Parse everything before the pixels."""
    import pydicom
    from pydicom.errors import InvalidDicomError

    with path.open("rb") as file:
        start = file.read(132)
    marked = start[128:] == b"DICM"
    # Old files lack the mark; they begin with a group 2 or 8 in little or big endian.
    if not marked and start[:4] not in {
        b"\x02\0\0\0",
        b"\x08\0\0\0",
        b"\x08\0\x05\0",
        b"\x08\0\x08\0",
    }:
        raise NotAnImageError("not DICOM")
    try:
        dataset = pydicom.dcmread(path, stop_before_pixels=True, force=not marked)
    except InvalidDicomError as error:
        raise NotAnImageError("not DICOM") from error
    except OSError:
        raise
    except Exception as error:
        if not marked:
            raise NotAnImageError("not DICOM") from error
        raise DamagedFileError(_DAMAGED) from error
    if "DirectoryRecordSequence" in dataset:
        raise NotAnImageError("a DICOM directory")
    if "SOPClassUID" not in dataset:
        raise DamagedFileError(_DAMAGED) if marked else NotAnImageError("not DICOM")
    return dataset


def _frame(path: Path, index: int, source: Sources, rows: int, columns: int) -> Frame:
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
    slope = source.floats("PixelValueTransformationSequence", "RescaleSlope", 1)
    intercept = source.floats("PixelValueTransformationSequence", "RescaleIntercept", 1)
    number = source.floats("", "InstanceNumber", 1)
    return Frame(
        path=path,
        index=index,
        number=(number[0] if number else 0.0) + index,
        rows=rows,
        columns=columns,
        position=(position[0], position[1], position[2]) if position else None,
        along_row=along_row,
        along_column=along_column,
        spacing=(spacing[0], spacing[1]) if spacing and min(spacing) > 0 else None,
        thickness=abs(thickness[0]) if thickness and thickness[0] else None,
        slope=slope[0] if slope and slope[0] else 1.0,
        intercept=intercept[0] if intercept else 0.0,
        stack=source.text("FrameContentSequence", "StackID"),
        windows=_windows(source),
    )


def _windows(source: Sources) -> tuple[Window, ...]:
    for place in source.places("FrameVOILUTSequence"):
        centres, widths = floats(place.get("WindowCenter")), floats(place.get("WindowWidth"))
        names = texts(place, "WindowCenterWidthExplanation")
        found = [
            Window(names[n] if n < len(names) and names[n] else "File", centre, width)
            for n, (centre, width) in enumerate(zip(centres, widths, strict=False))
            if width > 0
        ]
        if found:
            return tuple(found)
    return ()


def _unit(modality: str, source: Sources) -> str:
    if modality == "CT":
        return source.text("PixelValueTransformationSequence", "RescaleType") or "HU"
    if modality == "PT":
        return source.text("", "Units")
    return ""


def _encoding(dataset: Any) -> str:
    uid = dataset.file_meta.get("TransferSyntaxUID") if hasattr(dataset, "file_meta") else None
    return uid.name if uid else "unknown"


def _lossy(dataset: Any) -> str:
    if text(dataset, "LossyImageCompression") != "01":
        return ""
    methods = texts(dataset, "LossyImageCompressionMethod")
    ratios = floats(dataset.get("LossyImageCompressionRatio"))
    ratio = f"{ratios[-1]:g}:1" if ratios else ""
    return ", ".join(part for part in (methods[-1] if methods else "", ratio) if part) or "unknown"
