"""Dividing a series into parts: volumes of the same place that show different things.

A series may hold several echoes, magnitude and phase, b-values, time points, or slices at several
angles. Slices of different size, angle or stack can never stand in one volume, so they are divided
first. Then, as long as several images lie at one place, the first mark that tells them apart
divides them. What no mark tells apart is counted: the first at each place, the second, and so on.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isthmus.scans.dicom_frames import Frame
from isthmus.scans.dicom_geometry import alike_groups, normal_of, places_of
from isthmus.scans.dicom_tags import dot

_COMPONENT_ORDER = ("magnitude", "", "real", "imaginary", "phase", "velocity")
_PLANES = ("sagittal", "coronal", "axial")


@dataclass(frozen=True)
class Part:
    """One volume of a series.

    Attributes:
        label: What it is among the others, in words; empty if it is alone.
        frames: Its frames, in no order.
    """

    label: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True)
class _Mark:
    """One thing that can tell images of a place apart.

    Attributes:
        value: What it is for a frame.
        order: Sorts the values, given one and its first frame.
        label: Words for a value, given it, its number from 1, and all values in order.
    """

    value: Callable[[Frame], Hashable]
    order: Callable[[Any, Frame], Any]
    label: Callable[[Any, int, Sequence[Any]], str]


def divide(frames: Sequence[Frame]) -> tuple[Part, ...]:
    """Divide the frames of a series into parts, of which the first is the one to open.

    Args:
        frames: At least one.
    """
    groups = sorted(alike_groups(frames), key=lambda group: (-len(group), _first(group).number))
    names = _geometry_names(groups) if len(groups) > 1 else [""]
    labelled: list[tuple[list[str], list[Frame]]] = []
    for name, group in zip(names, groups, strict=True):
        labelled += [([name, *words], part) for words, part in _divide_group(group)]
    if len(labelled) == 1:
        return (Part("", tuple(labelled[0][1])),)
    labels = [", ".join(word for word in words if word) for words, _ in labelled]
    labels = _distinct(labels)
    return tuple(
        Part(label, tuple(part)) for label, (_, part) in zip(labels, labelled, strict=True)
    )


def _divide_group(group: list[Frame]) -> list[tuple[list[str], list[Frame]]]:
    """Divide frames of one size and angle. Those without a position go with the first part."""
    placed = [frame for frame in group if frame.placed]
    if len(placed) < 2:
        return [([], group)]
    places = dict(zip(map(id, placed), places_of(placed), strict=True))
    parts = _divide(placed, places)
    parts[0][1].extend(frame for frame in group if not frame.placed)
    return parts


def _divide(frames: list[Frame], places: dict[int, int]) -> list[tuple[list[str], list[Frame]]]:
    counts = Counter(places[id(frame)] for frame in frames)
    most = max(counts.values())
    if most == 1:
        return [([], frames)]
    for mark in _MARKS:
        by_value: dict[Any, list[Frame]] = {}
        for frame in frames:
            by_value.setdefault(mark.value(frame), []).append(frame)
        # A mark with more values than there are images at a place goes with the place.
        if not 2 <= len(by_value) <= most or not _tells_apart(by_value, places):
            continue
        values = sorted(by_value, key=lambda one: mark.order(one, _first(by_value[one])))
        return [
            ([mark.label(value, n, values), *words], part)
            for n, value in enumerate(values, 1)
            for words, part in _divide(by_value[value], places)
        ]
    return _divide_by_rank(frames, places, counts)


def _tells_apart(by_value: dict[Any, list[Frame]], places: dict[int, int]) -> bool:
    seen: set[int] = set()
    for group in by_value.values():
        here = {places[id(frame)] for frame in group}
        if here & seen:
            return True
        seen |= here
    return False


def _divide_by_rank(
    frames: list[Frame], places: dict[int, int], counts: Counter[int]
) -> list[tuple[list[str], list[Frame]]]:
    """Take the first at each place as the first volume, and so on.

    Where but a few places hold several, the rest are stray copies: `arrange` leaves them out.
    """
    if 2 * sum(count > 1 for count in counts.values()) < len(counts):
        return [([], frames)]
    word = "time" if _differ_in_time(frames, places) else "volume"
    volumes: list[list[Frame]] = [[] for _ in range(max(counts.values()))]
    taken: Counter[int] = Counter()
    for frame in sorted(frames, key=_moment):
        place = places[id(frame)]
        volumes[taken[place]].append(frame)
        taken[place] += 1
    return [([f"{word} {n} of {len(volumes)}"], part) for n, part in enumerate(volumes, 1)]


def _differ_in_time(frames: Sequence[Frame], places: dict[int, int]) -> bool:
    here = [frame.marks for frame in frames if places[id(frame)] == places[id(frames[0])]]
    return len({(marks.time, marks.temporal, marks.trigger) for marks in here}) > 1


def _first(frames: Sequence[Frame]) -> Frame:
    return min(frames, key=lambda frame: (frame.number, str(frame.path), frame.index))


def _moment(frame: Frame) -> Any:
    marks = frame.marks
    return (
        marks.temporal or 0,
        marks.trigger or 0.0,
        marks.dimensions,
        marks.acquisition or 0,
        marks.time,
        frame.number,
        str(frame.path),
    )


def _by_value(value: Any, first: Frame) -> Any:
    return (value is not None, value if value is not None else 0, first.number)


def _by_number(_value: Any, first: Frame) -> Any:
    return first.number


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _in_plane(frame: Frame) -> Hashable:
    """Return where a slice begins inside its plane, in whole millimetres."""
    if frame.position is None or frame.along_row is None or frame.along_column is None:
        return None
    return (
        round(dot(frame.position, frame.along_row)),
        round(dot(frame.position, frame.along_column)),
    )


def _echo(frame: Frame) -> Hashable:
    return (_rounded(frame.marks.echo_time) or 0.0, frame.marks.echo_number or 0)


def _echo_label(value: tuple[float, int], n: int, values: Sequence[tuple[float, int]]) -> str:
    numbers = [number for _, number in values]
    number = value[1] if len(set(numbers)) == len(numbers) and value[1] else n
    return f"echo {number}, TE {value[0]:g} ms" if value[0] else f"echo {number}"


def _flavour_label(value: str, n: int, values: Sequence[str]) -> str:
    common = set.intersection(*(set(one.split()) for one in values))
    return " ".join(word for word in value.split() if word not in common) or f"kind {n}"


_MARKS: tuple[_Mark, ...] = (
    _Mark(_in_plane, _by_number, lambda _value, n, _values: f"position {n}"),
    _Mark(
        lambda frame: frame.marks.component,
        lambda value, _first: _COMPONENT_ORDER.index(value),
        lambda value, _n, _values: value or "magnitude",
    ),
    _Mark(lambda frame: frame.marks.flavour, _by_number, _flavour_label),
    _Mark(_echo, _by_value, _echo_label),
    _Mark(
        lambda frame: _rounded(frame.marks.inversion_time),
        _by_value,
        lambda value, _n, _values: f"TI {value or 0:g} ms",
    ),
    _Mark(
        lambda frame: frame.marks.b_value,
        _by_value,
        lambda value, _n, _values: "no b-value" if value is None else f"b {value:g}",
    ),
    _Mark(
        lambda frame: frame.marks.gradient,
        _by_number,
        lambda value, n, _values: "no direction" if value is None else f"direction {n}",
    ),
    _Mark(
        lambda frame: frame.marks.temporal,
        _by_value,
        lambda _value, n, values: f"time {n} of {len(values)}",
    ),
    _Mark(
        lambda frame: _rounded(frame.marks.trigger),
        _by_value,
        lambda value, _n, _values: f"trigger {value or 0:g} ms",
    ),
    _Mark(
        lambda frame: frame.marks.dimensions,
        lambda value, _first: value,
        lambda _value, n, values: f"volume {n} of {len(values)}",
    ),
    _Mark(
        lambda frame: frame.marks.acquisition,
        _by_value,
        lambda _value, n, values: f"time {n} of {len(values)}",
    ),
)


def _geometry_names(groups: Sequence[Sequence[Frame]]) -> list[str]:
    """Name groups that differ in angle, stack or size."""
    firsts = [group[0] for group in groups]
    facts = (
        [_plane(frame) for frame in firsts],
        [f"stack {frame.stack}" if frame.stack else "" for frame in firsts],
        [f"{frame.columns}×{frame.rows}" for frame in firsts],
        [f"pixels of {frame.spacing[0]:.3g} mm" if frame.spacing else "" for frame in firsts],
    )
    telling = [words for words in facts if len(set(words)) > 1]
    return [" ".join(word for word in words if word) for words in zip(*telling, strict=True)] or [
        f"angle {n}" for n in range(1, len(groups) + 1)
    ]


def _plane(frame: Frame) -> str:
    if not frame.placed:
        return "without a position"
    return _PLANES[int(np.argmax(np.abs(normal_of(frame))))]


def _distinct(labels: Sequence[str]) -> list[str]:
    """Number labels that are the same."""
    counts = Counter(labels)
    seen: Counter[str] = Counter()
    result = []
    for label in labels:
        seen[label] += 1
        result.append(f"{label} ({seen[label]})".strip() if counts[label] > 1 else label)
    return result
