"""Writing a volume as a DICOM series: a folder with one file a slice, whole or not at all.

Files are of the classic kinds, MR or CT Image Storage, also where the source is an enhanced file:
they are what every program opens, and a slice that was compressed on its own says so on its own.
"""

import os
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from isthmus.errors import IsthmusError, OutOfMemoryError, ScanError
from isthmus.scans.deidentify import apply_profile
from isthmus.scans.dicom_derived import Loss, Marking, drop_padding, mark
from isthmus.scans.dicom_encoding import Encoding, plan_encoding
from isthmus.scans.dicom_placing import place, upright
from isthmus.scans.dicom_templates import Template, bare_template, read_templates
from isthmus.scans.failures import quiet
from isthmus.scans.volume import Volume
from isthmus.scans.writing import replacing_folder
from isthmus.work import Cancelled, CancelToken, Progress, no_progress

PIXELS_STAY = (
    "Only the headers are de-identified: text that is drawn into the pictures, and a face, stay."
)
_CHOOSE = "Write a NIfTI file instead."


@dataclass(frozen=True)
class Written:
    """A series that was written.

    Attributes:
        folder: Where it lies.
        files: Its files, slice by slice.
        series: Series instance UID.
        notes: Sentences that the person should see once.
    """

    folder: Path
    files: tuple[Path, ...]
    series: str
    notes: tuple[str, ...]


def write_dicom(
    volume: Volume,
    folder: Path | str,
    *,
    original: Volume | None = None,
    loss: Loss | None = None,
    difference: bool = False,
    deidentify: bool = False,
    modality: str = "",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Written:
    """Write a volume as a new DICOM series, derived from the one that it comes from.

    Patient, study, frame of reference and what is known of the acquisition are taken from the
    source, slice by slice; series and images get UIDs of their own. Private attributes, overlays
    and values that make no sense are left out. The folder appears when all is written; until then,
    and if anything fails, whatever was there stays as it was.

    Args:
        volume: What to write. Its grid and scaling are kept; voxels other than whole numbers of 16
            bits are rounded, and a note says so.
        folder: A new folder, or an empty one.
        original: The scan on the same grid whose headers are taken, if not the volume's own.
        loss: How the volume was compressed, if it was.
        difference: Whether the volume is reconstruction − original.
        deidentify: Whether headers follow the basic profile of PS3.15 annex E.
        modality: `"MR"` or `"CT"`, for a scan that is not DICOM and does not say itself.
        progress: Told which slice is being written.
        cancel: Checked between slices.

    Returns:
        What was written, and what is to be said about it.

    Raises:
        ScanError: It cannot be written there, or not as DICOM.
        Cancelled: `cancel` was set; nothing was written.
    """
    folder = Path(folder).absolute()
    source = original if original is not None else volume
    _check_folder(folder, source)
    if not source.same_grid(volume):
        raise ScanError(
            folder,
            f"{source.source.title} lies on another grid than what is to be written.",
            "Choose the scan that it was made from.",
        )
    try:
        with quiet():
            templates = _templates(folder, source, modality, cancel)
            if not source.source.kind.startswith("DICOM"):
                volume = upright(volume)
            volume = replace(volume, inverted=source.inverted and not difference)
            encoding = plan_encoding(volume, templates)
            marking = Marking(
                loss or Loss.of(volume.source, templates[0].header), difference, deidentify
            )
            series, files = _write(volume, folder, templates, encoding, marking, progress, cancel)
    except (IsthmusError, Cancelled):
        raise
    except MemoryError as error:
        raise OutOfMemoryError(
            f"There was not enough memory to write {folder.name}.", "Close other programs."
        ) from error
    except OSError as error:
        raise ScanError(
            folder,
            f"{folder.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
    except Exception as error:  # headers are parsed when looked at; pydicom raises many kinds
        raise ScanError(
            folder, f"{folder.name} cannot be written: a header is damaged ({error}).", _CHOOSE
        ) from error
    progress(1.0, "Written")
    return Written(folder, files, series, _notes(encoding, deidentify))


def _check_folder(folder: Path, source: Volume) -> None:
    """Refuse a place where something of the person's would be changed or mixed up."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ScanError(
            folder, f"{folder.name} is there already, with something in it.", "Name a new folder."
        )
    if not folder.parent.is_dir():
        raise ScanError(
            folder,
            f"There is no folder {folder.parent} to write to.",
            "Make it, or choose another.",
        )
    parents = {path.resolve().parent for path in source.source.paths}
    several = len(source.source.paths) > 1  # one file may well have a folder beside it
    if several and any(folder.resolve().is_relative_to(parent) for parent in parents):
        raise ScanError(
            folder, f"{folder.name} lies in the folder of the scan itself.", "Choose another."
        )


def _templates(
    folder: Path, source: Volume, modality: str, cancel: CancelToken | None
) -> Sequence[Template]:
    """Return a header for each slice."""
    if source.source.kind.startswith("DICOM"):
        try:
            return read_templates(source, cancel)
        except OSError as error:
            raise ScanError(
                folder,
                f"The headers of {source.source.title} cannot be read again: "
                f"{error.strerror or error}.",
                _CHOOSE,
            ) from error
    name = source.source.title or "The scan"
    if not source.orientation_known:
        raise ScanError(
            folder,
            f"{name} does not say where left and right are, and DICOM has to.",
            _CHOOSE,
        )
    known = modality or known_modality(source)
    if known not in ("MR", "CT"):
        raise ScanError(
            folder,
            f"{name} does not say what made it, and DICOM has to.",
            "Name the modality, MR or CT.",
        )
    return [bare_template(known)] * source.shape[0]


def known_modality(volume: Volume) -> str:
    """Return what made a scan, by its header, unit or name; empty if DICOM of it has to ask."""
    if volume.source.kind.startswith("DICOM") or volume.modality:
        return volume.modality or "OT"
    if volume.unit == "HU" or volume.source.sequence == "CT":
        return "CT"
    return "MR" if volume.source.sequence else ""


def _write(
    volume: Volume,
    folder: Path,
    templates: Sequence[Template],
    encoding: Encoding,
    marking: Marking,
    progress: Progress,
    cancel: CancelToken | None,
) -> tuple[str, tuple[Path, ...]]:
    """Write all slices; return the series' UID and the files."""
    from pydicom.uid import generate_uid

    series, n_slices = generate_uid(), volume.shape[0]
    names = [f"{k + 1:04d}.dcm" for k in range(n_slices)]
    with replacing_folder(folder) as beside:
        for k, (name, template) in enumerate(zip(names, templates, strict=True)):
            if cancel is not None:
                cancel.check()
            progress(k / n_slices, f"Writing slice {k + 1} of {n_slices}")
            header = deepcopy(template.header)
            sources = template.sources
            if marking.anonymous:
                apply_profile(header)
                sources = ()  # their UIDs would lead back
            place(header, volume, k, template.position)
            mark(header, volume, marking, sources, encoding.scalings[k])
            header.SeriesInstanceUID, header.SOPInstanceUID = series, generate_uid()
            header.InstanceNumber = k + 1
            _fill_pixels(header, volume, encoding, k)
            _save(header, beside / name)
    return series, tuple(folder / name for name in names)


def _fill_pixels(header: Any, volume: Volume, encoding: Encoding, k: int) -> None:
    from pydicom.valuerep import DSfloat

    stored = encoding.encode(volume, k)
    bits = encoding.dtype.itemsize * 8
    header.Rows, header.Columns = stored.shape
    header.SamplesPerPixel = 1
    header.PhotometricInterpretation = "MONOCHROME1" if volume.inverted else "MONOCHROME2"
    signed = int(encoding.dtype.kind == "i")
    if encoding.step or header.get("PixelRepresentation") != signed:
        drop_padding(header)
    header.BitsAllocated, header.BitsStored, header.HighBit = bits, encoding.bits, encoding.bits - 1
    header.PixelRepresentation = signed
    slope, intercept = encoding.scalings[k]
    if header.get("Modality") in ("CT", "PT") or (slope, intercept) != (1, 0):
        header.RescaleSlope = DSfloat(slope, auto_format=True)
        header.RescaleIntercept = DSfloat(intercept, auto_format=True)
        if header.get("Modality") != "PT":
            header.RescaleType = header.get("RescaleType") or volume.unit or "US"
    else:
        for keyword in ("RescaleSlope", "RescaleIntercept", "RescaleType"):
            header.pop(keyword, None)
    data = stored.tobytes()
    header.add_new("PixelData", "OW" if bits == 16 else "OB", data + b"\0" * (len(data) % 2))


def _save(header: Any, path: Path) -> None:
    """Write one file, and wait until the disk has it."""
    from pydicom import dcmwrite
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    header.file_meta = FileMetaDataset()
    header.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    with path.open("xb") as file:
        dcmwrite(file, header, enforce_file_format=True)
        file.flush()
        os.fsync(file.fileno())


def _notes(encoding: Encoding, deidentify: bool) -> tuple[str, ...]:
    notes = []
    if encoding.step:
        notes.append(
            f"DICOM holds whole numbers of 16 bits: values are rounded to {encoding.step:.4g}."
        )
    return (*notes, PIXELS_STAY) if deidentify else tuple(notes)
