"""What the toolbar's field says of the window."""

from isthmus.scans import Volume
from isthmus.ui.formats import number
from isthmus.ui.pictures import value_decimals
from isthmus.ui.view_state import ViewState
from isthmus.ui.words import tr


def window_text(state: ViewState, volume: Volume | None) -> str:
    """Return width and centre; and those of reconstructions, where they have their own."""
    shared = _text(state.window_centre, state.window_width, volume)
    if state.own_window is None:
        return shared
    own = _text(*state.own_window, volume)
    return tr("{shared}, reconstruction {own}").format(shared=shared, own=own)


def _text(centre: float, width: float, volume: Volume | None) -> str:
    decimals = value_decimals(volume, width)
    return " / ".join(number(value, decimals) for value in (width, centre))
