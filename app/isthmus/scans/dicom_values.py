"""What the stored values of a DICOM slice mean, and in which windows they are meant to be seen."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.scans.dicom_marks import private_values
from isthmus.scans.dicom_tags import Sources, floats, integer, text, texts, value_of
from isthmus.scans.volume import Window

# Codes of UCUM, of which the standard takes its units, and what is written on the screen.
_UNITS = {"[hnsf'U]": "HU", "1": "", "[arb'U]": ""}
# Of a curve's whole rise, the parts between which a straight window follows it.
_TENTH, _NINE_TENTHS = 0.1, 0.9


@dataclass(frozen=True)
class Values:
    """The meaning of one slice's values.

    Attributes:
        slope: Real value = value * slope + intercept, after the table if there is one.
        intercept: See slope.
        unit: Unit of the real values; empty if there is none.
        table: Bits of the entries of the table through which stored values go: a Modality LUT or
            a palette of colours. 0 if there is none.
        windows: In real values.
        notes: Sentences on what was chosen, for the person.
    """

    slope: float
    intercept: float
    unit: str
    table: int
    windows: tuple[Window, ...]
    notes: tuple[str, ...]


def read_values(dataset: Any, source: Sources, modality: str) -> Values:
    """Read the meaning of a slice's values.

    The rescale of the Modality LUT counts, as it does on the scanner's own screen; where a file has
    none, a Real World Value Mapping does, if it is one straight line.
    """
    windows, notes = _windows(source)
    table = _table_bits(dataset)
    if table:
        if "ModalityLUTSequence" in dataset:
            notes.append("Values are those of the file's own table (Modality LUT).")
        return Values(1.0, 0.0, _unit(modality, source), table, windows, tuple(notes))
    slope = _number(source, "RescaleSlope") or 1.0
    intercept = _number(source, "RescaleIntercept") or 0.0
    if (slope, intercept) == (1.0, 0.0):
        mapping = _real_world(source)
        if mapping is not None:
            slope, intercept, unit = mapping
            # The file's windows are made for the values before the mapping.
            windows = tuple(_mapped(window, slope, intercept) for window in windows)
            if (slope, intercept) != (1.0, 0.0):
                notes.append(
                    "Values are in real units by the file's Real World Value Mapping"
                    f"{f' ({unit})' if unit else ''}."
                )
            return Values(
                slope, intercept, unit or _unit(modality, source), 0, windows, tuple(notes)
            )
    notes += _about_philips(dataset)
    return Values(slope, intercept, _unit(modality, source), 0, windows, tuple(notes))


def padding(dataset: Any) -> tuple[int, int] | None:
    """Return the lowest and highest stored value that mean "no picture here"; None without any."""
    if value_of(dataset, "PixelPaddingValue") is None:
        return None
    signed, bits = integer(dataset, "PixelRepresentation") == 1, integer(dataset, "BitsAllocated")
    ends = []
    for keyword in ("PixelPaddingValue", "PixelPaddingRangeLimit"):
        found = floats(value_of(dataset, keyword))
        if found:
            value = int(found[0])
            # Some write a negative value as if it had no sign.
            ends.append(value - (1 << bits) if signed and value >= 1 << (bits - 1) else value)
    return (min(ends), max(ends)) if ends else None


def _number(source: Sources, keyword: str) -> float | None:
    found = source.floats("PixelValueTransformationSequence", keyword, 1)
    return found[0] if found else None


def _table_bits(dataset: Any) -> int:
    if text(dataset, "PhotometricInterpretation").startswith("PALETTE"):
        descriptor = floats(value_of(dataset, "RedPaletteColorLookupTableDescriptor"))
    else:
        tables = value_of(dataset, "ModalityLUTSequence")
        descriptor = floats(value_of(tables[0], "LUTDescriptor")) if tables else ()
    return int(descriptor[2]) if len(descriptor) == 3 else 0


def _real_world(source: Sources) -> tuple[float, float, str] | None:
    """Return slope, intercept and unit of a lone straight mapping."""
    items = source.items("RealWorldValueMappingSequence")
    if len(items) != 1:
        return None
    slope = floats(value_of(items[0], "RealWorldValueSlope"))
    intercept = floats(value_of(items[0], "RealWorldValueIntercept"))
    if len(slope) != 1 or len(intercept) != 1 or not slope[0]:
        return None
    codes = value_of(items[0], "MeasurementUnitsCodeSequence")
    unit = text(codes[0], "CodeValue") if codes else ""
    if unit.startswith("{"):  # an annotation, not a unit
        unit = ""
    return slope[0], intercept[0], _UNITS.get(unit, unit)


def _mapped(window: Window, slope: float, intercept: float) -> Window:
    return dataclasses.replace(
        window, centre=window.centre * slope + intercept, width=window.width * abs(slope)
    )


def _unit(modality: str, source: Sources) -> str:
    if modality == "CT":
        unit = source.text("PixelValueTransformationSequence", "RescaleType") or "HU"
        return "" if unit == "US" else unit  # "US" says that it is unspecified
    if modality == "PT":
        return source.text("", "Units")
    return ""


def _about_philips(dataset: Any) -> list[str]:
    """Say that Philips' scale for measuring is left alone, if the file has one."""
    (scale,) = private_values(dataset, 0x2005, 0x0E, "Philips MR Imaging DD 001", "f") or (0.0,)
    if not scale:
        return []
    sentence = (
        "Values are those that the scanner displays; Philips' own scale for measuring "
        f"({scale:.4g}) is not applied."
    )
    return [sentence]


def _windows(source: Sources) -> tuple[tuple[Window, ...], list[str]]:
    """Return the windows of the nearest place that has any, and what to say of them."""
    for place in source.places("FrameVOILUTSequence"):
        straight = list(_straight(place))
        notes: list[str] = []
        for item in value_of(place, "VOILUTSequence") or ():
            window = _as_window(item)
            if window is None:
                notes.append("A window that the file gives as a table (VOI LUT) is left out.")
            else:
                straight.append(window)
                notes.append("A window that the file gives as a table (VOI LUT) became a line.")
        if straight or notes:
            return tuple(straight), list(dict.fromkeys(notes))
    return (), []


def _straight(place: Any) -> Iterator[Window]:
    centres, widths = (
        floats(value_of(place, "WindowCenter")),
        floats(value_of(place, "WindowWidth")),
    )
    names = texts(place, "WindowCenterWidthExplanation")
    curve = " (sigmoid, as a line)" if text(place, "VOILUTFunction") == "SIGMOID" else ""
    for n, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        if width > 0:
            name = names[n] if n < len(names) and names[n] else "File"
            yield Window(name + curve, centre, width)


def _as_window(item: Any) -> Window | None:
    """Return the straight window that follows a rising table; None if it does not rise."""
    descriptor = floats(value_of(item, "LUTDescriptor"))
    values = _entries(value_of(item, "LUTData"))
    if len(descriptor) != 3 or values.size < 2:
        return None
    rise = values[-1] - values[0]
    if rise <= 0 or np.any(np.diff(values) < 0):
        return None
    tenth, nine_tenths = (
        int(np.argmax(values >= values[0] + part * rise)) for part in (_TENTH, _NINE_TENTHS)
    )
    width = (nine_tenths - tenth) / (_NINE_TENTHS - _TENTH)
    name = text(item, "LUTExplanation") or "File"
    centre = descriptor[1] + (tenth + nine_tenths) / 2
    return Window(f"{name} (table, as a line)", centre, max(width, 1.0))


def _entries(data: Any) -> npt.NDArray[np.float64]:
    """Return the entries of a table, which come as numbers or as words of sixteen bits."""
    if isinstance(data, bytes):
        return np.frombuffer(data[: len(data) // 2 * 2], dtype="<u2").astype(np.float64)
    return np.asarray(floats(data), dtype=np.float64)
