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
# A way between slices that leans by less, in degrees, from their normal is rounding.
_UPRIGHT = 0.5
# Slices that stray sideways by less than this part of a pixel are rounding.
_STRAIGHT = 0.5


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
        warnings.append(_about_repeats(kept, repeats))
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


def _about_repeats(kept: Sequence[Frame], repeats: Sequence[Frame]) -> str:
    both = places_of([*kept, *repeats])
    at = np.unique(both[len(kept) :]) + 1
    return (
        f"{_slices(len(repeats))} left out: another lies at the same place, and comes first "
        f"({_numbers(at)})."
    )


def _step(frames: Sequence[Frame]) -> tuple[npt.NDArray[np.float64], list[str]]:
    """Return the way from one slice to the next in LPS+ millimetres, and warnings about it."""
    normal = normal_of(frames[0])
    if len(frames) == 1:
        return normal * (frames[0].thickness or 1.0), ["The series has one slice only."]
    positions = np.array([frame.position for frame in frames], dtype=np.float64)
    way = (positions[-1] - positions[0]) / (len(frames) - 1)
    gaps = np.diff(positions @ normal)
    # The lower median: of two gaps, the larger one may hide a slice.
    usual = float(np.sort(gaps)[(len(gaps) - 1) // 2])
    step = way  # not along the normal if the gantry was tilted
    warnings = []
    if np.any(np.abs(gaps - usual) > _EVEN * usual):
        step = way * (usual / float(way @ normal))
        warnings = _about_gaps(gaps, usual)
    return step, [*warnings, *_about_lean(frames, positions, way)]


def _about_gaps(gaps: npt.NDArray[np.float64], usual: float) -> list[str]:
    """Say where slices are missing or unevenly spaced.

    Args:
        gaps: Between neighbours, in millimetres.
        usual: Their median.
    """
    times = np.round(gaps / usual)
    is_hole = (times >= 2) & (np.abs(gaps - times * usual) <= _EVEN * gaps)
    holes, rest = np.flatnonzero(is_hole), np.flatnonzero(~is_hole)
    warnings = []
    if holes.size:
        missing = int((times[holes] - 1).sum())
        first = int(holes[0])
        others = f" Others follow {_numbers(holes[1:] + 1)}." if holes.size > 1 else ""
        warnings.append(
            f"{missing} slice{'s are' if missing > 1 else ' is'} missing: the first gap, "
            f"{gaps[first]:.4g} mm instead of {usual:.4g} mm, follows slice {first + 1}.{others} "
            "Positions behind it are wrong."
        )
    odd = rest[np.abs(gaps[rest] - usual) > _EVEN * usual]
    if odd.size:
        warnings.append(
            f"The slices are unevenly spaced: {gaps[rest].min():.4g} to {gaps[rest].max():.4g} mm. "
            f"They are shown {usual:.4g} mm apart, which is wrong behind {_numbers(odd + 1)}."
        )
    return warnings


def _about_lean(
    frames: Sequence[Frame], positions: npt.NDArray[np.float64], way: npt.NDArray[np.float64]
) -> list[str]:
    """Say that slices do not stand straight above each other.

    The voxels stay as they are: an affine that leans is exact, and resampling would not be.
    """
    normal = normal_of(frames[0])
    warnings = []
    lean = float(np.degrees(np.arccos(min(1.0, float(way @ normal / np.linalg.norm(way))))))
    if lean > _UPRIGHT:
        warnings.append(
            f"The slices lean by {lean:.1f}°, as with a tilted gantry. Positions in millimetres "
            "are right; pictures across the slices look slanted."
        )
    along = (positions - positions[0]) @ normal
    straight = positions[0] + np.outer(along / float(way @ normal), way)
    strays = np.linalg.norm(positions - straight, axis=1)
    worst = int(strays.argmax())
    if strays[worst] > _STRAIGHT * min(frames[0].spacing or (1.0, 1.0)):
        warnings.append(
            f"The slices do not lie in a straight row: slice {worst + 1} is {strays[worst]:.3g} mm "
            "to the side. They are shown as if they did."
        )
    return warnings


def _numbers(slices: npt.NDArray[np.int64]) -> str:
    """List numbers of slices in words, the first few of them."""
    some = [str(n) for n in slices[:5]]
    more = f" and {len(slices) - 5} more" if len(slices) > 5 else ""
    return f"slice{'s' if len(slices) > 1 else ''} {', '.join(some)}{more}"


def _slices(count: int) -> str:
    return "1 slice" if count == 1 else f"{count} slices"
