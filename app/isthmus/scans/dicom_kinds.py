"""What kind of series it is: slices of a patient, or something else that scanners store."""

from collections.abc import Sequence

import numpy as np

from isthmus.scans.dicom_frames import Frame, Header
from isthmus.scans.dicom_geometry import normal_of
from isthmus.scans.dicom_parts import Part

_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
# Slices of a localizer at any one of its angles are few.
_MOST_OF_LOCALIZER = 20
_MOST_ANGLES = 3


def kind_of(headers: Sequence[Header], parts: Sequence[Part]) -> str:
    """Name what a series is if it is not slices through a patient; else return an empty string.

    `"localizer"`, `"screenshot"`, `"projection"`, `"colour"` (slices in colour, as of maps),
    `"radial"` (slices around an axis), `"picture"` (a single one without a position) or `"mosaic"`
    (one that does not say of how many slices).
    """
    # The frames of a part have one angle.
    placed = [part.frames[0] for part in parts if part.frames[0].placed]
    words = set.intersection(*(set(header.image_type) for header in headers))
    if not placed:
        captured = all(header.storage.startswith(_SECONDARY_CAPTURE) for header in headers)
        if captured or any("SCREEN" in word for word in words):
            return "screenshot"
    if any(header.mosaic and header.frames[0].tile is None for header in headers):
        return "mosaic"
    if "LOCALIZER" in words:
        return "localizer"
    if "PROJECTION IMAGE" in words:
        return "projection"
    if all(header.colour for header in headers):
        return "colour"
    if not placed:
        return "picture" if max(len(part.frames) for part in parts) == 1 else ""
    if all(header.colour for header in headers):
        return "colour"
    angles = _angles(placed)
    if angles > _MOST_ANGLES:
        return "radial" if max(len(part.frames) for part in parts) < angles else ""
    if angles > 1 and max(len(part.frames) for part in parts) <= _MOST_OF_LOCALIZER:
        return "localizer"
    return ""


def _angles(frames: Sequence[Frame]) -> int:
    """Count directions across slices that differ clearly, by more than 20 degrees."""
    kept: list[np.ndarray] = []
    for frame in frames:
        normal = normal_of(frame)
        if all(abs(float(normal @ other)) < 0.94 for other in kept):
            kept.append(normal)
    return len(kept)
