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
    """What a pane shows. What `DIFFERENCE` is, is the state's `difference`."""

    ORIGINAL = "original"
    RECONSTRUCTION = "reconstruction"
    DIFFERENCE = "difference"
    PINNED = "pinned"  # the reconstruction at the pinned bottleneck
    SSIM = "ssim"
    REMOVED = "removed"  # the difference's two signs, apart
    ADDED = "added"
    MIXED = "mixed"  # original and reconstruction in one picture, as the comparison says


Spot = tuple[PaneKind, Plane]
"""Which pane: what it shows, in which plane."""


class Layout(StrEnum):
    """Which panes there are."""

    THREE = "three"  # the panels that were chosen, in one plane
    NINE = "nine"  # the same in all planes
    ONE = "one"
    TWO_RECONSTRUCTIONS = "two reconstructions"  # original, reconstruction, pinned


class Comparison(StrEnum):
    """How original and reconstruction are compared."""

    SIDE_BY_SIDE = "side by side"
    SWIPE = "swipe"
    FLICKER = "flicker"
    CHECKERBOARD = "checkerboard"
    BLEND = "blend"
    DIFFERENCE = "difference"
    SSIM = "ssim map"


class Difference(StrEnum):
    """What a map of the difference shows."""

    SIGNED = "signed"
    ABSOLUTE = "absolute"
    NOISE = "relative to noise"
    REMOVED = "removed"
    ADDED = "added"
    APART = "removed and added apart"  # in two panes where the difference is compared, else signed


class Interpolation(StrEnum):
    """How voxels become pixels, in every pane alike."""

    NEAREST = "nearest"
    LINEAR = "linear"
    CUBIC = "cubic"


class Convention(StrEnum):
    """Which side of the patient is at the left of axial and coronal pictures."""

    RADIOLOGICAL = "radiological"  # the patient's right
    NEUROLOGICAL = "neurological"  # the patient's left


class Tool(StrEnum):
    """What the left button does over a picture."""

    WINDOW = "window"
    PAN = "pan"
    ZOOM = "zoom"
    SCROLL = "scroll"
    DISTANCE = "distance"
    ANGLE = "angle"
    ELLIPSE = "ellipse"
    RECTANGLE = "rectangle"
    FREEHAND = "freehand"
    PROFILE = "profile"


@dataclass(frozen=True)
class ViewState:
    """Everything that decides what the panes show.

    Attributes:
        plane: Which plane the panes show; where they show all, the one that was used last.
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
        interpolation: How voxels become pixels.
        maximised: The pane that has all the room, if one has; always one of the layout's.
        patient: Whose scan it is, in lines; empty unless the person asked for it.
        layout: Which panes there are.
        panels: What the panes of the layouts with three of a plane show, from the left.
        alone: What the one pane of `Layout.ONE` shows where pictures stand side by side.
        beside: What stands beside the picture of a comparison that has one picture.
        comparison: How original and reconstruction are compared.
        pinned: Name of the bottleneck kept beside; empty for none.
        swipe: Where the swipe's line is: share of the pane, from the left or the top.
        swipe_upright: Whether the swipe's line is upright.
        swipe_follows: Whether the swipe's line follows the pointer.
        flicker_hz: How many times a second the flicker shows both pictures.
        flicker_runs: Whether the flicker goes by itself, not only while its key is held.
        flicker_held: Whether the flicker's key is held.
        blend: Share of the reconstruction in a blend.
        square_mm: Side of the checkerboard's squares, in millimetres.
        difference: What the map of the difference shows.
        noise_limit: The map relative to noise runs from minus to plus so many times the noise.
        amplification: How many times the difference is amplified, 1 to 50.
        scale_by_slice: Whether the difference's scale follows the slice instead of staying.
        inverted: Whether low values are bright.
        colour_map: Name of the colour map of original and reconstruction.
        own_window: Centre and width of reconstructions where they do not share the original's.
        convention: Which side of the patient is at the left.
        tool: What the left button does.
        magnification: How many times the magnifier enlarges, 2 to 8; 0 while there is none.
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
    interpolation: Interpolation = Interpolation.LINEAR
    maximised: Spot | None = None
    patient: tuple[str, ...] = ()
    layout: Layout = Layout.THREE
    panels: tuple[PaneKind, PaneKind, PaneKind] = (
        PaneKind.ORIGINAL,
        PaneKind.RECONSTRUCTION,
        PaneKind.DIFFERENCE,
    )
    alone: PaneKind = PaneKind.RECONSTRUCTION
    beside: PaneKind = PaneKind.DIFFERENCE
    comparison: Comparison = Comparison.SIDE_BY_SIDE
    pinned: str = ""
    swipe: float = 0.5
    swipe_upright: bool = True
    swipe_follows: bool = False
    flicker_hz: float = 2.0
    flicker_runs: bool = True
    flicker_held: bool = False
    blend: float = 0.5
    square_mm: float = 20.0
    difference: Difference = Difference.SIGNED
    noise_limit: float = 6.0
    amplification: float = 1.0
    scale_by_slice: bool = False
    inverted: bool = False
    colour_map: str = "grey"
    own_window: tuple[float, float] | None = None
    convention: Convention = Convention.RADIOLOGICAL
    tool: Tool = Tool.WINDOW
    magnification: float = 0.0

    @property
    def neurological(self) -> bool:
        """Whether the patient's left is at the left of axial and coronal pictures."""
        return self.convention == Convention.NEUROLOGICAL
