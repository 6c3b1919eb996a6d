"""How values of a picture become greys or colours: the window, which way round, the colour map."""

from dataclasses import dataclass

from isthmus.scans import Volume
from isthmus.ui.view_state import PaneKind, ViewState

_MADE = (PaneKind.RECONSTRUCTION, PaneKind.PINNED)


@dataclass(frozen=True)
class Look:
    """What `raster.grey_image` needs besides values.

    Attributes:
        centre: Centre of the window, in real units.
        width: Width of the window, in real units, above 0.
        inverted: Whether low values are bright and high ones dark.
        colour_map: Name of a colour map of `colour_maps`.
    """

    centre: float
    width: float
    inverted: bool = False
    colour_map: str = "grey"


def has_own(state: ViewState, kind: PaneKind) -> bool:
    """Whether pictures of a kind have another window than the original."""
    return state.own_window is not None and kind in _MADE


def window_of(state: ViewState, kind: PaneKind) -> tuple[float, float]:
    """Return centre and width of the window in which a picture of a kind is shown, real units.

    Reconstructions share the original's, unless they were given one of their own.
    """
    if state.own_window is not None and kind in _MADE:
        return state.own_window
    return state.window_centre, state.window_width


def look_of(state: ViewState, kind: PaneKind, volume: Volume) -> Look:
    """Return how a picture of a kind is to look. What a file means inverted starts inverted."""
    centre, width = window_of(state, kind)
    return Look(centre, width, volume.inverted != state.inverted, state.colour_map)
