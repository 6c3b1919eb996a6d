"""A drawing as plain data: what it is, where it lies in the patient, and what it is called."""

import math
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from isthmus.scans import Plane
from isthmus.ui.view_state import Point, Tool
from isthmus.ui.words import later, tr

# A curve of more points than this is no drawing of a hand.
_MOST_POINTS = 4000
_LONGEST_NAME = 200


class Shape(StrEnum):
    """What can be drawn. The words are those of files."""

    DISTANCE = "distance"
    ANGLE = "angle"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    FREEHAND = "freehand"
    PROFILE = "profile"

    @property
    def is_region(self) -> bool:
        """Whether voxels lie in it."""
        return self in (Shape.ELLIPSE, Shape.RECTANGLE, Shape.FREEHAND)

    @property
    def words(self) -> str:
        """What it is called, in the person's language."""
        return tr(_TITLES[self])


_TITLES = {
    Shape.DISTANCE: later("Distance"),
    Shape.ANGLE: later("Angle"),
    Shape.ELLIPSE: later("Ellipse"),
    Shape.RECTANGLE: later("Rectangle"),
    Shape.FREEHAND: later("Freehand"),
    Shape.PROFILE: later("Profile"),
}

# How many points each has, at least and at most.
_POINTS = {
    Shape.DISTANCE: (2, 2),
    Shape.ANGLE: (3, 3),
    Shape.ELLIPSE: (2, 2),
    Shape.RECTANGLE: (2, 2),
    Shape.FREEHAND: (3, _MOST_POINTS),
    Shape.PROFILE: (2, 2),
}

SHAPES = {Tool(shape.value): shape for shape in Shape}
"""What each drawing tool draws."""


@dataclass(frozen=True)
class Drawing:
    """Something drawn on a slice of a plane, and seen in all panes that show that slice.

    Attributes:
        shape: What it is.
        plane: In which plane it was drawn.
        points: RAS+ millimetres, all in one slice: the ends of a line, arm–corner–arm of an angle,
            two opposite corners of a rectangle or of the box round an ellipse, or a closed curve.
        name: What the person calls it.
        key: Tells it from all others.

    Raises:
        ValueError: The points are too few, too many, or not finite; or the name is empty or long.
    """

    shape: Shape
    plane: Plane
    points: tuple[Point, ...]
    name: str
    key: str

    def __post_init__(self) -> None:
        fewest, most = _POINTS[self.shape]
        if not fewest <= len(self.points) <= most:
            raise ValueError(f"{self.shape} with {len(self.points)} points")
        for point in self.points:
            if len(point) != 3 or not all(math.isfinite(value) for value in point):
                raise ValueError(f"no place in the patient: {point}")
        if not 0 < len(self.name.strip()) <= _LONGEST_NAME:
            raise ValueError("a drawing needs a name")
        if not 0 < len(self.key) <= _LONGEST_NAME:
            raise ValueError("a drawing needs a key")

    @property
    def handles(self) -> tuple[Point, ...]:
        """The points that can be dragged one by one; a curve is moved as a whole."""
        return () if self.shape is Shape.FREEHAND else self.points

    def at(self, points: Iterable[Point]) -> "Drawing":
        """Return it with its points elsewhere."""
        return replace(self, points=tuple(points))

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON's types."""
        return {
            "shape": self.shape.value,
            "plane": self.plane.value,
            "points_mm": [list(point) for point in self.points],
            "name": self.name,
            "key": self.key,
        }

    @classmethod
    def from_dict(cls, found: object) -> "Drawing":
        """Return the drawing that `as_dict` wrote.

        Raises:
            ValueError: It is not one.
        """
        if not isinstance(found, dict):
            raise ValueError("a drawing must be an object")
        points, name, key = found.get("points_mm"), found.get("name"), found.get("key")
        if not (isinstance(points, list) and isinstance(name, str) and isinstance(key, str)):
            raise ValueError("a drawing needs points, a name and a key")
        places = []
        for point in points:
            if not isinstance(point, list) or len(point) != 3:
                raise ValueError(f"no place in the patient: {point}")
            if any(isinstance(v, bool) or not isinstance(v, int | float) for v in point):
                raise ValueError(f"no place in the patient: {point}")
            x, y, z = (float(value) for value in point)
            places.append((x, y, z))
        shape, plane = Shape(str(found.get("shape"))), Plane(str(found.get("plane")))
        return cls(shape, plane, tuple(places), name.strip(), key)


def new_key() -> str:
    """Return a key that no drawing has."""
    return uuid.uuid4().hex
