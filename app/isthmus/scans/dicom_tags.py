"""Values of DICOM attributes as plain numbers and texts, whatever the file holds in their place."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

Vector = tuple[float, float, float]


class Sources:
    """Where an attribute of one frame may stand: its own group, the shared one, or the top."""

    def __init__(self, dataset: Any, shared: Any, group: Any) -> None:
        self._dataset = dataset
        self._groups = [one for one in (group, shared) if one is not None]

    def places(self, sequence: str) -> Iterator[Any]:
        """Yield every dataset that may hold attributes of this functional group."""
        for group in self._groups:
            items = value_of(group, sequence)
            if items:
                yield items[0]
        yield self._dataset

    def floats(self, sequence: str, keyword: str, count: int) -> tuple[float, ...] | None:
        """Return the first finite value with `count` numbers, or None."""
        for place in self.places(sequence):
            values = floats(value_of(place, keyword))
            if len(values) == count:
                return values
        return None

    def items(self, sequence: str) -> list[Any]:
        """Return the items of a sequence that is a functional group itself or stands at the top."""
        for place in (*self._groups, self._dataset):
            items = value_of(place, sequence)
            if items:
                return list(items)
        return []

    def text(self, sequence: str, keyword: str) -> str:
        """Return the first that is not empty."""
        return next(filter(None, (text(place, keyword) for place in self.places(sequence))), "")


def value_of(place: Any, name: str | int) -> Any:
    """Return the value of an attribute, None if it is not there.

    Many that are looked for are not there, and pydicom's own `get` is slow to say so.

    Args:
        place: A pydicom dataset.
        name: Keyword, or the tag as a number.
    """
    tag = _tag(name)
    return place[tag].value if tag in place else None


@cache
def _tag(name: str | int) -> Any:
    from pydicom.tag import Tag

    return Tag(name)


def text(place: Any, keyword: str) -> str:
    """Return an attribute as one text; empty if it is not there."""
    value = value_of(place, keyword)
    return "" if value is None else str(value).strip()


def texts(place: Any, keyword: str) -> list[str]:
    """Return the texts of an attribute, none if it is not there."""
    return [str(value).strip() for value in _many(value_of(place, keyword))]


def _many(value: Any) -> Iterable[Any]:
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | bytes | int | float) else list(value)


def floats(value: Any) -> tuple[float, ...]:
    """Return numbers of an element; none at all if one of them is not a finite number."""
    try:
        found = tuple(float(part) for part in _many(value))
    except (TypeError, ValueError):
        return ()
    return found if all(abs(part) < float("inf") for part in found) else ()


def integer(place: Any, keyword: str, default: int = 0) -> int:
    """Return the first whole number of an attribute."""
    values = floats(value_of(place, keyword))
    return int(values[0]) if values else default


def unit_vector(vector: tuple[float, ...]) -> Vector | None:
    """Return a direction with length 1; None if it is nearly of no length."""
    length = sum(part * part for part in vector) ** 0.5
    if length < 0.5:
        return None
    return vector[0] / length, vector[1] / length, vector[2] / length


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def cross(a: Vector, b: Vector) -> Vector:
    """Return the vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )
