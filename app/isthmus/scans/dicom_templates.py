"""The header that each slice of a written DICOM series starts from.

A slice of a classic series starts from the header of its own source file. A frame of an enhanced
file becomes a classic header: the functional groups, which hold what differs by frame, are laid
out flat, and the enhanced names of echo time and the like are turned into the classic ones. A
volume that does not come from DICOM starts from a header that names nobody.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.errors import ScanError
from isthmus.scans.archive import is_archive, unpack
from isthmus.scans.dicom_deflated import open_dicom
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, no_progress

Reference = tuple[str, str, int | None]  # SOP class, SOP instance, number of the frame from 1

# Facts of the pixels that were there, or a seal on them; they are said anew or no longer hold.
_OF_THE_PIXELS = (
    "NumberOfFrames", "FrameIncrementPointer", "PixelData", "FloatPixelData",
    "DoubleFloatPixelData", "SmallestImagePixelValue", "LargestImagePixelValue",
    "SmallestPixelValueInSeries", "LargestPixelValueInSeries", "PlanarConfiguration",
    "ModalityLUTSequence", "VOILUTSequence",
    "RealWorldValueMappingSequence", "IconImageSequence", "DigitalSignaturesSequence",
    "MACParametersSequence", "DataSetTrailingPadding", "ConcatenationUID", "ICCProfile",
    "GridFrameOffsetVector", "FrameTimeVector", "FrameTime",
)  # fmt: skip
_OVERLAYS, _CURVES = range(0x6000, 0x6100), range(0x5000, 0x5100)
# Enhanced attributes by group have elements from here on; the classic ones lie below.
_ENHANCED = 0x9000

# What pydicom raises when it parses a value such as "1.5" where a whole number must stand.
_UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, OverflowError, NotImplementedError)

# Kinds of many frames, and the kind that a single one of them is written as.
_CLASSIC = {
    "EnhancedMRImageStorage": "MRImageStorage",
    "EnhancedMRColorImageStorage": "MRImageStorage",
    "LegacyConvertedEnhancedMRImageStorage": "MRImageStorage",
    "EnhancedCTImageStorage": "CTImageStorage",
    "LegacyConvertedEnhancedCTImageStorage": "CTImageStorage",
    "LegacyConvertedEnhancedPETImageStorage": "PositronEmissionTomographyImageStorage",
    "UltrasoundMultiFrameImageStorage": "UltrasoundImageStorage",
    "MultiFrameGrayscaleByteSecondaryCaptureImageStorage": "SecondaryCaptureImageStorage",
    "MultiFrameGrayscaleWordSecondaryCaptureImageStorage": "SecondaryCaptureImageStorage",
    "MultiFrameTrueColorSecondaryCaptureImageStorage": "SecondaryCaptureImageStorage",
}
# Enhanced name, classic name, and whether the classic one is a whole number.
_RENAMED = (
    ("PulseSequenceName", "SequenceName", False),
    ("EffectiveEchoTime", "EchoTime", False),
    ("InversionTimes", "InversionTime", False),
    ("FrameType", "ImageType", False),
    ("DiffusionBValue", "DiffusionBValue", False),
    ("DiffusionGradientOrientation", "DiffusionGradientOrientation", False),
    ("TemporalPositionIndex", "TemporalPositionIdentifier", True),
    ("NominalCardiacTriggerDelayTime", "TriggerTime", False),
    ("ExposureTimeInms", "ExposureTime", True),
    ("XRayTubeCurrentInmA", "XRayTubeCurrent", True),
    ("ExposureInmAs", "Exposure", True),
)


@dataclass(frozen=True)
class Template:
    """What one slice starts from.

    Attributes:
        header: A classic pydicom dataset, without pixels and private attributes. Slices may share
            its elements: copy it before it is changed.
        sources: The images that it is made of.
        position: Of the first voxel, in LPS+ millimetres, as the header says; None if it does not.
    """

    header: Any
    sources: tuple[Reference, ...] = ()
    position: npt.NDArray[np.float64] | None = None


def read_templates(volume: Volume, cancel: CancelToken | None = None) -> list[Template]:
    """Return a header for each slice of a volume that was read from DICOM.

    Where several source images lie at one slice's place, as in an enhanced file of several
    echoes, its header holds what they agree on.

    Raises:
        OSError: A source file is gone.
        ScanError: There is no kind of DICOM for a single slice of it.
        Cancelled: `cancel` was set.
        Exception: pydicom's, of several kinds: a header is damaged.
    """
    found = _found(volume, cancel)
    n_slices = volume.shape[0]
    if any(one.position is None for one in found):
        return found if len(found) == n_slices else [_common(found)] * n_slices
    row, column = (np.diag((-1, -1, 1)) @ volume.affine[:3, axis] for axis in (0, 1))
    normal = np.cross(row, column) / np.linalg.norm(np.cross(row, column))
    # A gap in the series shifts the slices behind it, so that their order is the better guide.
    places: list[tuple[float, list[Template]]] = []
    for one in sorted(found, key=lambda one: float(normal @ one.position)):
        place = float(normal @ one.position)
        if places and place - places[-1][0] < 1e-3:
            places[-1][1].append(one)
        else:
            places.append((place, [one]))
    if len(places) == n_slices:
        return [_common(together) for _, together in places]
    starts = [(np.diag((-1, -1, 1)) @ volume.to_mm(k, 0, 0)) @ normal for k in range(n_slices)]
    nearest = [min(places, key=lambda place: abs(place[0] - start))[1] for start in starts]
    # One header for several slices, as of a mosaic, cannot say where each lies.
    return [replace(_common(together), position=None) for together in nearest]


def bare_template(modality: str) -> Template:
    """Return a header for a volume that does not come from DICOM.

    What the standard wants to be there stands there empty; it names no patient, no date and no
    scanner. What must have a value says the least: of MR, scanning sequence `RM`, "research mode".

    Args:
        modality: `"MR"`, `"CT"` or `"PT"`.
    """
    from pydicom import uid
    from pydicom.dataset import Dataset

    header = Dataset()
    header.SpecificCharacterSet = "ISO_IR 192"
    classes = {"MR": uid.MRImageStorage, "CT": uid.CTImageStorage}
    header.SOPClassUID = classes[modality]
    header.ImageType = ["DERIVED", "SECONDARY", "AXIAL" if modality == "CT" else "OTHER"]
    header.Modality = modality
    empty = (
        "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime",
        "StudyID", "AccessionNumber", "ReferringPhysicianName", "Manufacturer", "PatientPosition",
        "PositionReferenceIndicator", "AcquisitionNumber", "ContentDate", "ContentTime",
        "Laterality",
    )  # fmt: skip
    of_mr = ("ScanOptions", "MRAcquisitionType", "RepetitionTime", "EchoTime", "EchoTrainLength")
    for keyword in (*empty, *(of_mr if modality == "MR" else ("KVP",))):
        setattr(header, keyword, None)
    if modality == "MR":
        header.ScanningSequence, header.SequenceVariant = "RM", "NONE"
    header.StudyInstanceUID, header.FrameOfReferenceUID = uid.generate_uid(), uid.generate_uid()
    header.SeriesNumber = 0
    return Template(header)


def _found(volume: Volume, cancel: CancelToken | None) -> list[Template]:
    """Return a template for each frame of a volume's files."""
    from pydicom.uid import generate_uid

    source = volume.source
    if len(source.paths) == 1 and is_archive(source.paths[0]):
        unpacked = unpack(source.paths[0], progress=no_progress, cancel=cancel)
        files = sorted(path for path in unpacked.folder.rglob("*") if path.is_file())
    else:
        unpacked, files = None, list(source.paths)
    found: list[Template] = []
    for path in files:
        if cancel is not None:
            cancel.check()
        found += _templates_of(path, source.series if unpacked else "")
    study, frame = generate_uid(), generate_uid()
    for one in found:
        one.header.setdefault("Modality", volume.modality or "OT")
        one.header.setdefault("StudyInstanceUID", study)
        if one.position is not None:
            one.header.setdefault("FrameOfReferenceUID", frame)
            one.header.setdefault("PositionReferenceIndicator", None)
        kinds = one.header.get("ImageType")
        if kinds and "MOSAIC" in kinds:
            one.header.ImageType = [kind for kind in kinds if kind != "MOSAIC"]
    return found


def _templates_of(path: Path, series: str = "") -> list[Template]:
    """Return one template for each frame of a file; none if it is not of this series."""
    import pydicom
    from pydicom.uid import UID

    with open_dicom(path) as file:
        dataset = pydicom.dcmread(file, stop_before_pixels=True, force=True)
    if series and dataset.get("SeriesInstanceUID") != series:
        return []
    own = str(dataset.SOPClassUID), str(dataset.SOPInstanceUID)
    kind = UID(dataset.SOPClassUID)
    n_frames = int(dataset.get("NumberOfFrames") or 1)
    if n_frames > 1 and kind.keyword not in {*_CLASSIC, *_CLASSIC.values()}:
        raise ScanError(
            path,
            f"{path.name} is {kind.name}: DICOM has no kind for single slices of it.",
            "Write a NIfTI file instead.",
        )
    groups: Sequence[Any] = dataset.get("PerFrameFunctionalGroupsSequence") or ()
    if not groups:
        header = _copy(dataset, enhanced=False)
        _name_kind(header)
        if n_frames == 1:
            return [Template(header, ((*own, None),), _position(header))]
        return [Template(header, ((*own, n),)) for n in range(1, n_frames + 1)]
    shared = (dataset.get("SharedFunctionalGroupsSequence") or [None])[0]
    templates = []
    for n, group in enumerate(groups, start=1):
        header = _copy(dataset, enhanced=True)
        lie = [place for place in (shared, group) if place is not None]
        items = [item for place in lie for item in _items(place)]
        for item in (*lie, *items):
            header.update(_copy(item, enhanced=True))
        _name_classically(header, dataset, items)
        templates.append(Template(header, ((*own, n),), _position(header)))
    return templates


def _copy(dataset: Any, *, enhanced: bool) -> Any:
    """Copy what still holds of a dataset without its pixels, but for values that make no sense."""
    from pydicom.dataset import Dataset
    from pydicom.tag import Tag

    drop = {Tag(keyword) for keyword in _OF_THE_PIXELS}
    copy = Dataset()
    for tag in dataset.keys():  # noqa: SIM118  (its elements are parsed one by one)
        drawn = tag.group in _OVERLAYS or tag.group in _CURVES or tag.group == 0x5200
        beyond = enhanced and tag.group in (8, 0x18, 0x20, 0x28) and tag.element >= _ENHANCED
        if tag.is_private or tag.group < 8 or tag in drop or drawn or beyond:
            continue
        with contextlib.suppress(*_UNREADABLE):
            copy.add(dataset[tag])
    return copy


def _items(group: Any) -> list[Any]:
    """Return what stands in the functional groups of a frame, each in its one item."""
    found = []
    for element in group:
        # References to other images are no such group: the classic header has the same sequence.
        if element.VR == "SQ" and element.value and element.tag.element >= _ENHANCED:
            found.append(element.value[0])
            found += [
                inner.value[0]
                for inner in element.value[0]
                if inner.keyword == "DiffusionGradientDirectionSequence" and inner.value
            ]
    return found


def _name_classically(header: Any, dataset: Any, items: Sequence[Any]) -> None:
    """Say with classic attributes what a frame's enhanced ones say."""
    from pydicom.uid import MRImageStorage

    def enhanced(keyword: str) -> Any:
        places = [*reversed(items), dataset]
        return next((place[keyword].value for place in places if keyword in place), None)

    _name_kind(header)
    for source, target, whole in _RENAMED:
        value = enhanced(source)
        if value is None or value == "":
            continue
        if target != source and isinstance(value, float | int):
            value = round(value) if whole else round(value, 6)
        elif source == "InversionTimes":
            value = round(float(np.atleast_1d(value)[0]), 6)
        setattr(header, target, value)
    moment = str(enhanced("FrameAcquisitionDateTime") or "").partition("+")[0].partition("-")[0]
    if len(moment) >= 14:
        header.AcquisitionDate, header.AcquisitionTime = moment[:8], moment[8:]
    if header.SOPClassUID == MRImageStorage:
        _say_sequence(header, enhanced)


def _name_kind(header: Any) -> None:
    from pydicom import uid

    name = uid.UID(header.SOPClassUID).keyword
    if name in _CLASSIC:
        header.SOPClassUID = getattr(uid, _CLASSIC[name])


def _say_sequence(header: Any, enhanced: Any) -> None:
    """Write the classic codes of an MR sequence."""
    kinds = {"GRADIENT": ["GR"], "SPIN": ["SE"], "BOTH": ["SE", "GR"]}
    scanning = list(kinds.get(str(enhanced("EchoPulseSequence")), []))
    if enhanced("EchoPlanarPulseSequence") == "YES":
        scanning.append("EP")
    if enhanced("InversionRecovery") == "YES":
        scanning.append("IR")
    variants = [
        code
        for keyword, code in (
            ("SegmentedKSpaceTraversal", "SK"),
            ("MagnetizationTransfer", "MTC"),
            ("SteadyStatePulseSequence", "SS"),
            ("Spoiling", "SP"),
        )
        if str(enhanced(keyword) or "NONE") not in ("NONE", "SINGLE")
    ]
    header.ScanningSequence = scanning or ["RM"]
    header.SequenceVariant = variants or ["NONE"]
    for keyword in ("ScanOptions", "EchoTime", "EchoTrainLength", "MRAcquisitionType"):
        if keyword not in header:
            setattr(header, keyword, None)


def _position(header: Any) -> npt.NDArray[np.float64] | None:
    try:
        place = np.array([float(part) for part in header.ImagePositionPatient], dtype=np.float64)
    except (AttributeError, TypeError, ValueError):
        return None
    return place if place.shape == (3,) and np.isfinite(place).all() else None


def _common(together: Sequence[Template]) -> Template:
    """Return what several templates agree on."""
    if len(together) == 1:
        return together[0]
    header = _copy(together[0].header, enhanced=False)
    for other in together[1:]:
        for tag in list(header.keys()):
            if tag not in other.header or other.header[tag] != header[tag]:
                del header[tag]
    sources = tuple(source for one in together for source in one.sources)
    return Template(header, sources, together[0].position)
