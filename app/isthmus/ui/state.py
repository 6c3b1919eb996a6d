"""The one truth about what is looked at. Panes are drawn from it; every input is a command to it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from isthmus.scans import Plane

Point = tuple[float, float, float]


class Overlay(StrEnum):
    """What is written on the pictures. LOSSY stays in all three."""

    ALL = "all"
    LABELS = "labels"
    NONE = "none"


@dataclass(frozen=True)
class ViewState:
    """Everything that decides what the panes show.

    Attributes:
        plane: Which plane the panes show.
        cursor: Crosshair in RAS+ millimetres; the slice is the one it lies in.
        centre: What lies in the middle of each pane, in RAS+ millimetres.
        mm_per_pixel: Millimetres per device-independent pixel.
        window_centre: In real units.
        window_width: In real units, above 0.
        bottleneck: Name of the bottleneck asked for.
        difference_limit: The difference map runs from minus to plus this, in real units.
        overlay: What is written on the pictures.
        crosshair: Whether the cursor is drawn.
        peek: Whether the original stands in the reconstruction's place (Space is held).
        smooth: Linear interpolation if true, else nearest.
    """

    plane: Plane = Plane.AXIAL
    cursor: Point = (0.0, 0.0, 0.0)
    centre: Point = (0.0, 0.0, 0.0)
    mm_per_pixel: float = 1.0
    window_centre: float = 0.5
    window_width: float = 1.0
    bottleneck: str = ""
    difference_limit: float = 1.0
    overlay: Overlay = Overlay.ALL
    crosshair: bool = True
    peek: bool = False
    smooth: bool = True


class ViewStore(QObject):
    """Holds the state and tells when it changes."""

    changed = Signal(object, object)  # new state, old state

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ViewState()

    @property
    def state(self) -> ViewState:
        """The state now."""
        return self._state

    def update(self, **changes: object) -> None:
        """Replace some fields at once, with one signal."""
        new = replace(self._state, **changes)  # type: ignore[arg-type]
        if new != self._state:
            old, self._state = self._state, new
            self.changed.emit(new, old)
