"""How voxels become a DICOM picture's stored values: whole numbers of 8 or 16 bits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from isthmus.scans.dicom_templates import Template
from isthmus.scans.volume import Volume

_Scaling = tuple[float, float]


@dataclass(frozen=True)
class Encoding:
    """How the voxels of a volume are stored.

    Attributes:
        dtype: Of stored values, 8 or 16 bits.
        bits: How many of them are used.
        scalings: Rescale slope and intercept of each slice, as they read back from their text.
        step: What stored values are apart, in real units, where voxels are rounded; 0 where they
            are stored as they are.
    """

    dtype: np.dtype[Any]
    bits: int
    scalings: tuple[_Scaling, ...]
    step: float

    def encode(self, volume: Volume, k: int) -> npt.NDArray[np.generic]:
        """Return stored values of one slice, axes (row, column), little endian."""
        plane: npt.NDArray[Any] = volume.voxels[k]
        if self.step:
            slope, intercept = self.scalings[k]
            limits = np.iinfo(self.dtype)
            stored = np.rint((volume.real(plane) - intercept) / slope)
            plane = np.clip(stored, limits.min, limits.max)
        return np.ascontiguousarray(plane, dtype=self.dtype.newbyteorder("<"))


def plan_encoding(volume: Volume, templates: Sequence[Template]) -> Encoding:
    """Choose how a volume is stored.

    Whole numbers that fit are stored as they are. Real numbers that were read from slices with
    scalings of their own go back to those; all others are spread over 16 bits.

    Args:
        volume: Axes (slice, row, column).
        templates: A header for each slice.
    """
    header = templates[0].header
    low, high = _limits(volume)
    whole = volume.voxels.dtype.kind in "ui" or _all_whole(volume)
    if whole and low >= np.iinfo(np.int16).min and high <= np.iinfo(np.uint16).max:
        kind = _narrowest(volume, header, low, high)
        if kind is not None:
            scaling = as_text(volume.scale), as_text(volume.offset)
            bits = kind.itemsize * 8
            used = header.get("BitsStored") or bits
            top = 2 ** (used - (kind.kind == "i"))
            bottom = -top if kind.kind == "i" else 0
            bits = int(used) if used < bits and bottom <= low and high < top else bits
            return Encoding(kind, bits, (scaling,) * len(templates), 0.0)
    own = _own_scalings(volume, templates, low, high)
    if own is not None:
        return own
    return _spread(volume, len(templates), low, high, header.get("Modality") == "PT")


def as_text(value: float) -> float:
    """Return a number as it reads back from DICOM's decimal string of 16 characters."""
    from pydicom.valuerep import format_number_as_ds

    return float(format_number_as_ds(float(value)))


def _limits(volume: Volume) -> _Scaling:
    return float(volume.voxels.min()), float(volume.voxels.max())


def _all_whole(volume: Volume) -> bool:
    return all(np.array_equal(plane, np.rint(plane)) for plane in volume.voxels)


def _narrowest(volume: Volume, header: Any, low: float, high: float) -> np.dtype[Any] | None:
    """Return the volume's own type if DICOM has it, or else one of 16 bits that holds it all."""
    own = volume.voxels.dtype
    if own in (np.uint16, np.int16) or (own.itemsize == 1 and header.get("BitsAllocated") == 8):
        return own
    signed, unsigned = np.iinfo(np.int16), np.iinfo(np.uint16)
    if low >= 0 and high <= unsigned.max:
        return np.dtype(np.uint16)
    return np.dtype(np.int16) if low >= signed.min and high <= signed.max else None


def _own_scalings(
    volume: Volume, templates: Sequence[Template], low: float, high: float
) -> Encoding | None:
    """Return the scalings of the source's slices, if every value fits into them."""
    headers = [template.header for template in templates]
    try:
        scalings = tuple(
            (float(header.RescaleSlope), float(header.RescaleIntercept)) for header in headers
        )
        signed = int(headers[0].PixelRepresentation) == 1
    except (AttributeError, TypeError, ValueError):
        return None
    if len(set(scalings)) == 1 or any(slope == 0 for slope, _ in scalings):
        return None
    kind = np.dtype(np.int16 if signed else np.uint16)
    limits = np.iinfo(kind)
    for plane, (slope, intercept) in zip(volume.voxels, scalings, strict=True):
        real = volume.real(np.array([plane.min(), plane.max()]))
        stored = (real - intercept) / slope
        if stored.min() < limits.min - 0.5 or stored.max() > limits.max + 0.5:
            return None
    return Encoding(kind, 16, scalings, max(abs(slope) for slope, _ in scalings))


def _spread(volume: Volume, n_slices: int, low: float, high: float, pet: bool) -> Encoding:
    """Spread the volume's range over 16 bits; PET allows no intercept."""
    ends = sorted(float(end) for end in volume.real(np.array([low, high])))
    bottom, top = ends
    if pet:
        kind = np.dtype(np.int16 if bottom < 0 else np.uint16)
        step, intercept = max(abs(bottom), abs(top)) / np.iinfo(kind).max, 0.0
    else:
        kind, intercept = np.dtype(np.uint16), as_text(bottom)
        step = (top - intercept) / np.iinfo(np.uint16).max
    # Rounded up, so that the largest value still fits.
    slope = as_text(step * (1 + 1e-9)) or 1.0
    return Encoding(kind, 16, ((slope, intercept),) * n_slices, slope)
