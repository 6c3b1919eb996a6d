"""What lies on one pane: the drawings of its slice, in pixels, and which of them is hit."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QPainterPath, QPolygonF

from isthmus.scans import PlaneView, Volume
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.geometry import Laid, Points, angle_degrees, area_mm2, lay, length_mm
from isthmus.ui.measure.handles import handles
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.panes.mapping import Mapping

# Half the side of what the mouse can hit: handles in all directions, lines to either side.
HANDLE_REACH = 9.0
LINE_REACH = 6.0
_MOST = 500


@dataclass(frozen=True)
class Hit:
    """What lies under the pointer.

    Attributes:
        laid: The drawing.
        handle: Which of its handles; None for its line.
    """

    laid: Laid
    handle: int | None


class Sheet(QObject):
    """Lays drawings into slices, once for each of their places.

    Attributes:
        draft: What is being drawn, which is no drawing yet.
        hovered: Key of the drawing under the pointer.
        carried: Whether keys move the selected drawing.
        carried_handle: Which of its handles keys move; None for all of it.
        mark: A place in a slice to point out, in RAS+ millimetres.
        mapping: Of the pane of the shown plane that was painted last; keys think in it.
        repaint: Something of this changed.
    """

    repaint = Signal()

    def __init__(self, drawings: Drawings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawings = drawings
        self.draft: Drawing | None = None
        self.hovered = ""
        self.carried = False
        self.carried_handle: int | None = None
        self.mark: tuple[float, float, float] | None = None
        self.mapping: Mapping | None = None
        self._laid: dict[tuple[str, PlaneView], tuple[Drawing, Volume, Laid, float]] = {}

    def on(self, mapping: Mapping) -> list[Laid]:
        """Return the drawings of a pane's slice, what is selected last."""
        found = []
        selected = self.drawings.selected
        for drawing in self.drawings.all:
            if drawing.plane is mapping.view.plane and drawing is not selected:
                found.append(self.lay(drawing, mapping))
        if selected is not None and selected.plane is mapping.view.plane:
            found.append(self.lay(selected, mapping))
        return [laid for laid in found if laid.index == mapping.index]

    def lay(self, drawing: Drawing, mapping: Mapping) -> Laid:
        """Lay a drawing into the plane of a pane."""
        return self.place(drawing, mapping.volume, mapping.view)

    def size(self, drawing: Drawing, mapping: Mapping) -> float:
        """Return a length in mm, an angle in degrees, an area in mm²."""
        return self.measure(drawing, mapping.volume, mapping.view)

    def place(self, drawing: Drawing, volume: Volume, view: PlaneView) -> Laid:
        """Lay a drawing into a plane of a scan."""
        return self._entry(drawing, volume, view)[2]

    def measure(self, drawing: Drawing, volume: Volume, view: PlaneView) -> float:
        """Return what `size` does, without a pane."""
        return self._entry(drawing, volume, view)[3]

    def forget(self) -> None:
        """Let go of a scan that is no longer shown."""
        self.mapping = None
        self._laid.clear()

    def hit(self, at: QPointF, mapping: Mapping, *, only: str = "") -> Hit | None:
        """Return what the pointer is on, what is selected first.

        Args:
            at: In the pane.
            mapping: Of the pane.
            only: Key of the one drawing that counts; all if empty.
        """
        place = np.array([at.x(), at.y()])
        laid = [one for one in reversed(self.on(mapping)) if only in ("", one.drawing.key)]
        for one in laid:
            away = np.abs(pixels(handles(one), mapping) - place).max(axis=1)
            if away.min() <= HANDLE_REACH:
                return Hit(one, int(away.argmin()))
        for one in laid:
            if _distance(pixels(one.outline, mapping), place, one.closed) <= LINE_REACH:
                return Hit(one, None)
        return None

    def _entry(
        self, drawing: Drawing, volume: Volume, view: PlaneView
    ) -> tuple[Drawing, Volume, Laid, float]:
        key = (drawing.key, view)
        entry = self._laid.get(key)
        # The volume too: another part of a scan may have another grid.
        if entry is None or entry[0] is not drawing or entry[1] is not volume:
            if len(self._laid) > _MOST:
                self._laid.clear()
            laid = lay(drawing, volume, view)
            entry = self._laid[key] = (drawing, volume, laid, _size(laid, volume, view))
        return entry


def pixels(points: Points, mapping: Mapping) -> Points:
    """Return (x, y) in a pane of (row, column) in voxels; shape (n, 2)."""
    x = mapping.origin.x() + (points[:, 1] + 0.5) * mapping.pixels_per_column
    y = mapping.origin.y() + (points[:, 0] + 0.5) * mapping.pixels_per_row
    return np.stack([x, y], axis=1)


def voxel(at: QPointF, mapping: Mapping) -> Points:
    """Return the (row, column) under a place of a pane."""
    row = (at.y() - mapping.origin.y()) / mapping.pixels_per_row - 0.5
    column = (at.x() - mapping.origin.x()) / mapping.pixels_per_column - 0.5
    return np.array([row, column])


def path(laid: Laid, mapping: Mapping) -> QPainterPath:
    """Return a drawing's line in a pane."""
    corners = QPolygonF([QPointF(x, y) for x, y in pixels(laid.outline, mapping).tolist()])
    made = QPainterPath()
    made.addPolygon(corners)
    if laid.closed:
        made.closeSubpath()
    return made


def _size(laid: Laid, volume: Volume, view: PlaneView) -> float:
    drawing = laid.drawing
    if drawing.shape.is_region:
        return area_mm2(laid, volume, view)
    return angle_degrees(drawing) if drawing.shape is Shape.ANGLE else length_mm(drawing)


def _distance(line: Points, place: Points, closed: bool) -> float:
    """Return how far a place is from a line of straight pieces."""
    starts = line if closed else line[:-1]
    ends = np.roll(line, -1, axis=0) if closed else line[1:]
    along = ends - starts
    length = np.maximum((along * along).sum(axis=1), 1e-12)
    share = np.clip(((place - starts) * along).sum(axis=1) / length, 0, 1)
    return float(np.linalg.norm(starts + share[:, None] * along - place, axis=1).min())
