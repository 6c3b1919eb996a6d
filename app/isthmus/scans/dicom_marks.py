"""What tells images of one place apart: echo, component, b-value, time and the like.

The standard has a place for most of these, and each maker had its own before. Only headers are
read here; `dicom_parts` decides which of them divide a series.
"""

import struct
from dataclasses import dataclass
from typing import Any

from isthmus.scans.dicom_tags import Sources, Vector, floats, integer, texts, unit_vector, value_of

# Words of Image Type and their like in the private tags of makers.
_COMPONENTS = {
    "M": "magnitude",
    "MAG": "magnitude",
    "MAGNITUDE": "magnitude",
    "P": "phase",
    "PHASE": "phase",
    "VELOCITY": "velocity",
    "R": "real",
    "REAL": "real",
    "I": "imaginary",
    "IMAGINARY": "imaginary",
}
# GE's Image Type (Real, Imaginary, Phase, Magnitude), (0043,102F).
_GE_COMPONENTS = ("magnitude", "phase", "real", "imaginary")
# GE adds a billion to the b-values of series with several.
_GE_SURPLUS = 1_000_000
# Words of Image Type that say nothing of what is seen.
_EMPTY_WORDS = {"", "NONE", "OTHER", "ORIGINAL", "DERIVED", "PRIMARY", "SECONDARY", "MOSAIC"}
_FRAME_TYPES = ("MRImageFrameTypeSequence", "CTImageFrameTypeSequence", "PETFrameTypeSequence")
# Dimensions that count slices rather than images of one place.
_PLACES = {0x00209056, 0x00209057, 0x00200032, 0x00200037, 0x00201041, 0x00209111, 0x00209113}


@dataclass(frozen=True)
class Marks:
    """What one image is among those of its place. None or empty where the file does not say.

    Attributes:
        component: `"magnitude"`, `"phase"`, `"real"`, `"imaginary"` or `"velocity"`.
        flavour: The other words of Image Type, such as `"ADC"` or `"WATER"`.
        echo_number: Counts echoes from 1.
        echo_time: Milliseconds.
        inversion_time: Milliseconds.
        b_value: Seconds per square millimetre.
        gradient: Direction of the diffusion gradient, as the file has it.
        temporal: Number of the time point.
        trigger: Milliseconds after the heart's R wave.
        acquisition: Number of the acquisition.
        time: When it was acquired, or else made, as `YYYYMMDDhhmmss.ffffff` or its end.
        dimensions: Dimension index values, without those that count slices.
    """

    component: str = ""
    flavour: str = ""
    echo_number: int | None = None
    echo_time: float | None = None
    inversion_time: float | None = None
    b_value: float | None = None
    gradient: Vector | None = None
    temporal: int | None = None
    trigger: float | None = None
    acquisition: int | None = None
    time: str = ""
    dimensions: tuple[int, ...] = ()


def read_marks(dataset: Any, source: Sources) -> Marks:
    """Collect the marks of one frame.

    Args:
        dataset: The header of the file.
        source: Where attributes of the frame may stand.
    """
    words = _words(dataset, source)
    magnetic = value_of(dataset, "Modality") == "MR"
    b_value, gradient = _diffusion(dataset, source) if magnetic else (None, None)
    return Marks(
        component=_component(dataset, source, words) if magnetic else "",
        flavour=" ".join(word for word in words[2:] if word not in _EMPTY_WORDS),
        echo_number=_whole(source, "", "EchoNumbers") if magnetic else None,
        echo_time=(
            _first(source, "MREchoSequence", "EffectiveEchoTime") or _first(source, "", "EchoTime")
            if magnetic
            else None
        ),
        inversion_time=(
            _first(source, "MRModifierSequence", "InversionTimes")
            or _first(source, "", "InversionTime")
            if magnetic
            else None
        ),
        b_value=b_value,
        gradient=gradient,
        temporal=_whole(source, "FrameContentSequence", "TemporalPositionIndex")
        or _whole(source, "TemporalPositionSequence", "TemporalPositionIndex")
        or _whole(source, "", "TemporalPositionIdentifier"),
        trigger=_first(source, "CardiacSynchronizationSequence", "NominalCardiacTriggerDelayTime")
        or _first(source, "", "TriggerTime"),
        acquisition=_whole(source, "FrameContentSequence", "FrameAcquisitionNumber")
        or _whole(source, "", "AcquisitionNumber"),
        time=_time(source),
        dimensions=_dimensions(dataset, source),
    )


def private_values(
    dataset: Any, group: int, element: int, creator: str, binary: str
) -> tuple[float, ...]:
    """Return the numbers of a private element, from the first block of its group.

    Args:
        dataset: The header.
        group: Its group, such as 0x0019.
        element: Its number inside the block, such as 0x0C.
        creator: Who must have reserved the block.
        binary: What a value of unknown representation is made of, if it is not text: `"f"`,
            `"d"` or `"H"`, as `struct` has them.
    """
    owner = value_of(dataset, (group << 16) + 0x0010)
    if owner is None or str(owner).strip() != creator:
        return ()
    value = value_of(dataset, (group << 16) + 0x1000 + element)
    if value is None:
        return ()
    if not isinstance(value, bytes):
        return floats(value)
    try:
        return tuple(float(part) for part in value.decode("ascii").strip("\0 ").split("\\"))
    except ValueError:
        size = struct.calcsize(binary)
        whole = len(value) // size
        return floats(list(struct.unpack(f"<{whole}{binary}", value[: whole * size])))


def _first(source: Sources, sequence: str, keyword: str) -> float | None:
    for place in source.places(sequence):
        values = floats(value_of(place, keyword))
        if values:
            return values[0]
    return None


def _whole(source: Sources, sequence: str, keyword: str) -> int | None:
    value = _first(source, sequence, keyword)
    return None if value is None else int(value)


def _words(dataset: Any, source: Sources) -> list[str]:
    for sequence in _FRAME_TYPES:
        for place in source.places(sequence):
            words = texts(place, "FrameType")
            if words:
                return [word.upper() for word in words]
    return [word.upper() for word in texts(dataset, "ImageType")]


def _component(dataset: Any, source: Sources, words: list[str]) -> str:
    for place in source.places("MRImageFrameTypeSequence"):
        named = str(value_of(place, "ComplexImageComponent") or "").strip().upper()
        if named in _COMPONENTS:
            return _COMPONENTS[named]
    number = _private(dataset, 0x0043, 0x2F, "GEMS_PARM_01")
    if number is not None and 0 <= number < len(_GE_COMPONENTS):
        return _GE_COMPONENTS[int(number)]
    for word in words[2:]:
        # Philips writes M_FFE, PHASE MAP and the like.
        start = word.replace("_", " ").split()[:1]
        if start and start[0] in _COMPONENTS:
            return _COMPONENTS[start[0]]
    return ""


def _diffusion(dataset: Any, source: Sources) -> tuple[float | None, Vector | None]:
    """Return the b-value and the direction of its gradient."""
    for place in source.places("MRDiffusionSequence"):
        values = floats(value_of(place, "DiffusionBValue"))
        if values:
            inner = (value_of(place, "DiffusionGradientDirectionSequence") or [place])[0]
            return values[0], _direction(floats(value_of(inner, "DiffusionGradientOrientation")))
    siemens = _private(dataset, 0x0019, 0x0C, "SIEMENS MR HEADER")
    if siemens is not None:
        return siemens, _direction(private_values(dataset, 0x0019, 0x0E, "SIEMENS MR HEADER", "d"))
    philips = _private(dataset, 0x2001, 0x03, "Philips Imaging DD 001")
    if philips is not None:
        parts = [
            _private(dataset, 0x2005, element, "Philips MR Imaging DD 001")
            for element in (0xB0, 0xB1, 0xB2)
        ]
        return philips, _direction(tuple(part for part in parts if part is not None))
    ge = _private(dataset, 0x0043, 0x39, "GEMS_PARM_01")
    if ge is not None:
        parts = [
            _private(dataset, 0x0019, element, "GEMS_ACQU_01") for element in (0xBB, 0xBC, 0xBD)
        ]
        return ge % _GE_SURPLUS, _direction(tuple(part for part in parts if part is not None))
    return None, None


def _direction(values: tuple[float, ...]) -> Vector | None:
    if len(values) != 3:
        return None
    return unit_vector((round(values[0], 6), round(values[1], 6), round(values[2], 6)))


def _private(dataset: Any, group: int, element: int, creator: str) -> float | None:
    values = private_values(dataset, group, element, creator, "f")
    return values[0] if values else None


def _time(source: Sources) -> str:
    for keyword in ("FrameAcquisitionDateTime", "FrameReferenceDateTime"):
        moment = source.text("FrameContentSequence", keyword)
        if moment:
            return moment
    return source.text("", "AcquisitionTime") or source.text("", "ContentTime")


def _dimensions(dataset: Any, source: Sources) -> tuple[int, ...]:
    described = value_of(dataset, "DimensionIndexSequence")
    if not described:
        return ()
    pointers = [integer(item, "DimensionIndexPointer") for item in described]
    for place in source.places("FrameContentSequence"):
        values = floats(value_of(place, "DimensionIndexValues"))
        if len(values) == len(pointers):
            return tuple(
                int(value)
                for pointer, value in zip(pointers, values, strict=True)
                if pointer not in _PLACES
            )
    return ()
