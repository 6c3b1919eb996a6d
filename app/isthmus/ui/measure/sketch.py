"""A drawing in the making: from the first press to the last, by dragging or click by click."""

import math

import numpy as np
from PySide6.QtCore import QPointF

from isthmus.ui.measure.geometry import Points, in_mm
from isthmus.ui.measure.handles import constrained, inside
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.measure.sheet import pixels, voxel
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mapping import Mapping

CLICK = 4  # pixels: a press that travels less is a click
DRAFT = "draft"
# A curve's points are at least so far apart, in pixels; its end joins its start from this near.
_APART = 2.0
_JOINS = 9.0


class Sketch:
    """The points that a person has set so far, and one that follows the pointer.

    Args:
        shape: What is drawn.
        place: The pane of the first press.
        at: Where that was.
    """

    def __init__(self, shape: Shape, place: Place, at: QPointF) -> None:
        self.shape = shape
        self.mapping = place.mapping
        first = inside(voxel(at, place.mapping), place.mapping.view)
        self._points: list[Points] = [first, first]
        self._pressed_at: QPointF | None = at
        self._by_clicks = False

    @property
    def pressed(self) -> bool:
        """Whether the button is down."""
        return self._pressed_at is not None

    def fits(self, mapping: Mapping) -> bool:
        """Whether a pane shows the slice that is drawn on."""
        ours = (self.mapping.view.plane, self.mapping.index, self.mapping.volume)
        return ours == (mapping.view.plane, mapping.index, mapping.volume)

    def press(self, at: QPointF, mapping: Mapping, *, straight: bool) -> bool:
        """Set the point that follows the pointer; another one follows it, or the drawing is done.

        Returns:
            Whether it is done.
        """
        self._pressed_at = at
        self._follow(at, mapping, straight)
        points = self._points
        if self.shape is Shape.FREEHAND:
            if len(points) > 3 and self._near_start(at, mapping):
                points.pop()
                return True
            points.append(points[-1])
            return False
        if self.shape is Shape.ANGLE and len(points) == 2:
            points.append(points[-1])
            return False
        return True

    def move(self, at: QPointF, mapping: Mapping, *, straight: bool) -> None:
        """Let the last point follow the pointer; a curve is drawn along its way."""
        if self.shape is Shape.FREEHAND and self.pressed and not self._by_clicks:
            here = inside(voxel(at, mapping), mapping.view)
            last = pixels(np.array([self._points[-1]]), mapping)[0]
            if math.hypot(at.x() - last[0], at.y() - last[1]) >= _APART:
                self._points.append(here)
            return
        self._follow(at, mapping, straight)

    def release(self, at: QPointF) -> bool:
        """Let the button go: after a drag the drawing is done, or its next point follows.

        Returns:
            Whether it is done.
        """
        start, self._pressed_at = self._pressed_at, None
        if start is None:
            return False
        step = at - start
        dragged = math.hypot(step.x(), step.y()) >= CLICK or (
            self.shape is Shape.FREEHAND and not self._by_clicks and len(self._points) > 4
        )
        if not dragged:
            if self.shape is Shape.FREEHAND and not self._by_clicks:
                self._points = [self._points[0], self._points[0]]
            self._by_clicks = True
            return False
        if self.shape is Shape.ANGLE and len(self._points) == 2:
            self._points.append(self._points[-1])
            return False
        return not (self.shape is Shape.FREEHAND and self._by_clicks)

    def close(self) -> None:
        """End a curve that is drawn click by click."""
        # A double click has set its last point twice, and one more follows the pointer.
        self._points = _apart(self._points)

    def drawing(self, name: str, key: str) -> Drawing | None:
        """Return what is drawn, or None while it is nothing that could be measured."""
        mapping = self.mapping
        points = self._points
        if self.shape is Shape.FREEHAND:
            points = _apart(points)
        if self.shape is Shape.FREEHAND and len(points) < 3 and key == DRAFT:
            points = [*points, *[points[-1]] * (3 - len(points))]
        spread = np.ptp(pixels(np.array(points), mapping), axis=0)
        if key != DRAFT:
            least = spread.min() if self.shape.is_region else spread.max()
            if least < 1.0 or (self.shape is Shape.ANGLE and len(points) < 3):
                return None
        elif self.shape is Shape.ANGLE and len(points) < 3:
            points = [*points, points[-1]]
        try:
            return Drawing(
                self.shape,
                mapping.view.plane,
                tuple(
                    in_mm(mapping.index, float(row), float(column), mapping.volume, mapping.view)
                    for row, column in points
                ),
                name,
                key,
            )
        except ValueError:  # a curve of far too many points
            return None

    def _follow(self, at: QPointF, mapping: Mapping, straight: bool) -> None:
        here = voxel(at, mapping)
        if straight and self.shape is not Shape.FREEHAND:
            here = constrained(self.shape, self._points[-2], here, mapping.view)
        self._points[-1] = inside(here, mapping.view)

    def _near_start(self, at: QPointF, mapping: Mapping) -> bool:
        x, y = pixels(np.array([self._points[0]]), mapping)[0]
        return math.hypot(at.x() - x, at.y() - y) <= _JOINS


def _apart(points: list[Points]) -> list[Points]:
    """Return points without those that stand where the one before them stands."""
    kept = points[:1]
    for point in points[1:]:
        if np.abs(point - kept[-1]).max() > 1e-6:
            kept.append(point)
    return kept
