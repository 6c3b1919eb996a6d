"""DICOM headers as plain facts: files, and the slices in them.

Classic files hold one slice each, enhanced ones many in functional groups, and Siemens mosaics many
in one picture. All become `Frame`s, so that everything behind sees one kind of slice.
"""

from dataclasses import dataclass
from pathlib import Path

from isthmus.scans.dicom_marks import Marks
from isthmus.scans.dicom_tags import Vector
from isthmus.scans.volume import Window


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
        table: Bits of the entries of the table through which stored values go first; 0 if there
            is none.
        stack: Name of the stack in an enhanced file.
        windows: Windows for this slice.
        marks: What it is among the images of its place.
        tile: Its number in a mosaic's picture, from 0; None if it is the whole picture.
        across: How many tiles stand side by side in the picture.
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
    marks: Marks
    tile: int | None = None
    across: int = 1
    table: int = 0

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
            Its frames are tiles, unless the file does not say how many there are.
        inverted: Whether the smallest value is meant to be white.
        bits: Bits used of each stored value.
        bytes_per_voxel: Bytes taken by each stored value.
        signed: Whether stored values are signed.
        encoding: Name of the transfer syntax.
        lossy: How the pixels were compressed with loss; empty if they were not.
        instance: SOP instance UID.
        storage: SOP class UID.
        image_type: Its words, in capitals.
        colour: Whether the picture is in colour, of which the luminance is read.
        padding: Lowest and highest stored value that mean "no picture here"; None without any.
        notes: Sentences on the meaning of its values, for the person.
        anonymous: Whether it says that the patient's identity was taken out of it.
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
    instance: str = ""
    storage: str = ""
    image_type: tuple[str, ...] = ()
    colour: bool = False
    padding: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    anonymous: bool = False
