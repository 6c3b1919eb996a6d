"""What is looked at, as plain data."""

from dataclasses import dataclass
from enum import StrEnum

from isthmus.scans import Plane

Point = tuple[float, float, float]


class Overlay(StrEnum):
    """What is written on the pictures. LOSSY stays in all three."""

    ALL = "all"
    LABELS = "labels"
    NONE = "none"


class PaneKind(StrEnum):
    """What a pane shows."""

    ORIGINAL = "original"
    RECONSTRUCTION = "reconstruction"
    DIFFERENCE = "difference"


@dataclass(frozen=True)
class ViewState:
    """Everything that decides what the panes show.

    Attributes:
        plane: Which plane the panes show.
        cursor: Crosshair in RAS+ millimetres; the slice is the one it lies in.
        centre: What lies in the middle of each pane, in RAS+ millimetres.
        mm_per_pixel: Millimetres per device-independent pixel; always the scale that is drawn.
        fit: Whether scale and centre follow the size of the panes so that the slice fills them.
        window_centre: In real units.
        window_width: In real units, above 0.
        bottleneck: Name of the bottleneck asked for.
        difference_limit: The difference map runs from minus to plus this, in real units.
        overlay: What is written on the pictures.
        crosshair: Whether the cursor is drawn.
        peek: Whether the original stands in the reconstruction's place (Space is held).
        smooth: Linear interpolation if true, else nearest.
        maximised: The pane that has all the room, if one has.
        patient: Whose scan it is, in lines; empty unless the person asked for it.
    """

    plane: Plane = Plane.AXIAL
    cursor: Point = (0.0, 0.0, 0.0)
    centre: Point = (0.0, 0.0, 0.0)
    mm_per_pixel: float = 1.0
    fit: bool = True
    window_centre: float = 0.5
    window_width: float = 1.0
    bottleneck: str = ""
    difference_limit: float = 1.0
    overlay: Overlay = Overlay.ALL
    crosshair: bool = True
    peek: bool = False
    smooth: bool = True
    maximised: PaneKind | None = None
    patient: tuple[str, ...] = ()
