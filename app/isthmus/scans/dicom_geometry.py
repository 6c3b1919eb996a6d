"""Where the slices of a DICOM series lie: their order, and one affine for all of them.

DICOM gives each slice its own position and directions, in LPS+ (x to the patient's left, y to the
back, z to the head). Slices are sorted by where they lie along their common normal, never by name
or number, and the result is turned to RAS+.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from isthmus.scans.dicom_frames import Frame

_LPS_TO_RAS = np.diag((-1.0, -1.0, 1.0, 1.0))
# Slices closer than this, in millimetres, lie at the same place.
_SAME_PLACE = 1e-2
# Parts of directions, and sizes of pixels, that differ by less than this are the same.
_SAME_ANGLE = 0.005
# Distances that differ by less than this part of their median are rounding.
_EVEN = 0.02


@dataclass(frozen=True)
class Arrangement:
    """Slices in order, and their place.

    Attributes:
        frames: One for each slice, along k.
        affine: Maps (i, j, k, 1) to RAS+ millimetres.
        orientation_known: Whether the files say how the patient lay.
        left_out: Frames that are not part of the volume, each with the reason.
        warnings: What is odd, in sentences with numbers.
    """

    frames: tuple[Frame, ...]
    affine: npt.NDArray[np.float64]
    orientation_known: bool
    left_out: tuple[tuple[Frame, str], ...]
    warnings: tuple[str, ...]


def arrange(frames: Sequence[Frame]) -> Arrangement:
    """Put the frames of one part in order.

    All but the first of several at one place are left out.

    Args:
        frames: At least one, all of one size and angle.
    """
    kept = list(frames)
    left_out: list[tuple[Frame, str]] = []
    warnings: list[str] = []
    if not all(frame.placed for frame in kept):
        placed = [frame for frame in kept if frame.placed]
        if not placed:
            return _unplaced(kept, left_out, warnings)
        lost = [frame for frame in kept if not frame.placed]
        left_out += [(frame, "has no position") for frame in lost]
        warnings.append(f"{_slices(len(lost))} without a position left out.")
        kept = placed
    kept, repeats = _first_at_each_place(kept)
    if repeats:
        warnings.append(
            f"{_slices(len(repeats))} left out: another lies at the same place, and comes first."
        )
        left_out += [(frame, "lies at the place of another slice") for frame in repeats]
    step, about_steps = _step(kept)
    spacing = kept[0].spacing
    if spacing is None:
        warnings.append("The files do not say how large a pixel is. 1 mm is assumed.")
    row_mm, column_mm = spacing or (1.0, 1.0)
    affine = np.eye(4)
    affine[:3, 0] = np.asarray(kept[0].along_row) * column_mm
    affine[:3, 1] = np.asarray(kept[0].along_column) * row_mm
    affine[:3, 2] = step
    affine[:3, 3] = np.asarray(kept[0].position)
    return Arrangement(
        tuple(kept), _LPS_TO_RAS @ affine, True, tuple(left_out), tuple(warnings + about_steps)
    )


def alike_groups(frames: Iterable[Frame]) -> list[list[Frame]]:
    """Group frames that can stand in one volume: the same size, angle, spacing and stack."""
    groups: list[list[Frame]] = []
    for frame in frames:
        same = next((group for group in groups if alike(group[0], frame)), None)
        if same is None:
            groups.append([frame])
        else:
            same.append(frame)
    return groups


def places_of(frames: Sequence[Frame]) -> list[int]:
    """Number the places at which frames lie, from 0 along their normal.

    Args:
        frames: Of one angle, all with a position.
    """
    normal = normal_of(frames[0])
    along = np.array([frame.position for frame in frames], dtype=np.float64) @ normal
    order = np.argsort(along, kind="stable")
    places = [0] * len(frames)
    place, start = 0, along[order[0]]
    for n in order:
        if along[n] - start >= _SAME_PLACE:
            place, start = place + 1, along[n]
        places[n] = place
    return places


def alike(first: Frame, second: Frame) -> bool:
    """Whether two frames can stand in one volume; numbers may differ by rounding."""

    def close(one: Sequence[float] | None, other: Sequence[float] | None) -> bool:
        if one is None or other is None:
            return one is other
        return all(abs(a - b) < _SAME_ANGLE for a, b in zip(one, other, strict=True))

    return (
        (first.rows, first.columns, first.stack) == (second.rows, second.columns, second.stack)
        and close(first.along_row, second.along_row)
        and close(first.along_column, second.along_column)
        and close(first.spacing, second.spacing)
    )


def _unplaced(
    frames: Sequence[Frame], left_out: list[tuple[Frame, str]], warnings: list[str]
) -> Arrangement:
    """Order slices by their number, for want of a position."""
    ordered = sorted(frames, key=lambda frame: (frame.number, str(frame.path)))
    row_mm, column_mm = ordered[0].spacing or (1.0, 1.0)
    affine = _LPS_TO_RAS @ np.diag((column_mm, row_mm, ordered[0].thickness or 1.0, 1.0))
    about = (
        "The files do not say where their slices lie: they stand in the order of their numbers, "
        "and left and right are unknown."
    )
    return Arrangement(tuple(ordered), affine, False, tuple(left_out), (*warnings, about))


def normal_of(frame: Frame) -> npt.NDArray[np.float64]:
    """Return the direction across a slice that has one, in LPS+."""
    normal = np.cross(np.asarray(frame.along_row), np.asarray(frame.along_column))
    return np.asarray(normal / np.linalg.norm(normal), dtype=np.float64)


def _first_at_each_place(frames: Sequence[Frame]) -> tuple[list[Frame], list[Frame]]:
    """Sort along the normal; of several frames at one place keep the one with the lowest number."""
    by_place: dict[int, list[Frame]] = {}
    for place, frame in zip(places_of(frames), frames, strict=True):
        by_place.setdefault(place, []).append(frame)
    kept, repeats = [], []
    for place in sorted(by_place):
        first, *others = sorted(by_place[place], key=lambda one: (one.number, str(one.path)))
        kept.append(first)
        repeats += others
    return kept, repeats


def _step(frames: Sequence[Frame]) -> tuple[npt.NDArray[np.float64], list[str]]:
    """Return the way from one slice to the next in LPS+ millimetres, and warnings about it."""
    normal = normal_of(frames[0])
    if len(frames) == 1:
        return normal * (frames[0].thickness or 1.0), ["The series has one slice only."]
    positions = np.array([frame.position for frame in frames], dtype=np.float64)
    way = (positions[-1] - positions[0]) / (len(frames) - 1)
    gaps = np.diff(positions @ normal)
    usual = float(np.median(gaps))
    if np.all(np.abs(gaps - usual) <= _EVEN * usual):
        return way, []  # not along the normal if the gantry was tilted
    step = way * (usual / float(way @ normal))
    times = np.round(gaps / usual)
    holes = np.flatnonzero((times >= 2) & (np.abs(gaps - times * usual) <= _EVEN * gaps))
    rest = np.delete(gaps, holes)
    warnings = []
    if holes.size:
        missing = int((times[holes] - 1).sum())
        first = int(holes[0])
        warnings.append(
            f"{missing} slice{'s are' if missing > 1 else ' is'} missing: the first gap, "
            f"{gaps[first]:.4g} mm instead of {usual:.4g} mm, follows slice {first + 1}. "
            "Positions behind it are wrong."
        )
    if rest.size and np.any(np.abs(rest - usual) > _EVEN * usual):
        warnings.append(
            f"The slices are unevenly spaced: {rest.min():.4g} to {rest.max():.4g} mm. "
            f"They are shown {usual:.4g} mm apart."
        )
    return step, warnings


def _slices(count: int) -> str:
    return "1 slice" if count == 1 else f"{count} slices"
