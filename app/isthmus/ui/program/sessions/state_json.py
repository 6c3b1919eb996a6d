"""The view's state as JSON's types and back. What is damaged is left as it was, and counted."""

import math
from dataclasses import fields
from enum import StrEnum
from typing import Any

from isthmus.scans import Plane
from isthmus.ui.panes.colour_maps import known
from isthmus.ui.view_state import PaneKind, ViewState

# Held keys, whose scan it is, and what only the model can tell.
_LEFT_OUT = {"peek", "flicker_held", "patient", "bottleneck", "pinned"}
_LIMITS = {
    "mm_per_pixel": (1e-4, 1e4),
    "window_width": (1e-12, 1e12),
    "difference_limit": (1e-12, 1e12),
    "swipe": (0.0, 1.0),
    "blend": (0.0, 1.0),
    "flicker_hz": (0.5, 5.0),
    "square_mm": (0.5, 500.0),
    "amplification": (1.0, 50.0),
    "magnification": (0.0, 8.0),
}


def to_json(state: ViewState) -> dict[str, Any]:
    """Return a state as strings, numbers, true and false, null, and lists of them."""
    return {
        field.name: getattr(state, field.name)
        for field in fields(state)
        if field.name not in _LEFT_OUT
    }


def from_json(found: object) -> tuple[dict[str, object], int]:
    """Return the fields that can be read, and how many cannot.

    Args:
        found: What `to_json` returned, after a journey through a file.
    """
    if not isinstance(found, dict):
        return {}, 1
    usual = ViewState()
    good: dict[str, object] = {}
    damaged = 0
    for field in fields(ViewState):
        if field.name in _LEFT_OUT or field.name not in found:
            continue
        try:
            good[field.name] = _read(field.name, found[field.name], getattr(usual, field.name))
        except (TypeError, ValueError):
            damaged += 1
    return good, damaged


def _read(name: str, value: object, usual: object) -> object:
    """Return a field's value of the same kind as the usual one.

    Raises:
        TypeError: It is of another kind.
        ValueError: It is out of its limits, or a word that no one knows.
    """
    if name == "maximised":
        return None if value is None else _spot(value)
    if name == "own_window":
        return None if value is None else _numbers(value, 2)
    if name == "panels":
        kinds = tuple(PaneKind(each) for each in _items(value, 3))
        if len(set(kinds)) != len(kinds):
            raise ValueError("two panes show the same")
        return kinds
    if name == "colour_map" and not (isinstance(value, str) and known(value)):
        raise ValueError(f"no colour map is called {value}")
    if isinstance(usual, StrEnum):
        return type(usual)(str(value))
    if isinstance(usual, tuple):
        return _numbers(value, len(usual))
    if isinstance(usual, bool) or isinstance(value, bool):
        if not (isinstance(usual, bool) and isinstance(value, bool)):
            raise TypeError(name)
        return value
    if isinstance(usual, float):
        (number,) = _numbers([value], 1)
        low, high = _LIMITS.get(name, (-1e12, 1e12))
        if not low <= number <= high:
            raise ValueError(name)
        return number
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _spot(value: object) -> tuple[PaneKind, Plane]:
    kind, plane = _items(value, 2)
    return PaneKind(kind), Plane(plane)


def _numbers(value: object, count: int) -> tuple[float, ...]:
    numbers = []
    for each in _items(value, count):
        if isinstance(each, bool) or not isinstance(each, int | float):
            raise TypeError("not a number")
        if not math.isfinite(each):
            raise ValueError("not finite")
        numbers.append(float(each))
    return tuple(numbers)


def _items(value: object, count: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != count:
        raise TypeError("not as many items")
    return value
