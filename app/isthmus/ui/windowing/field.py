"""What the toolbar's field says of the window."""

from isthmus.scans import Volume
from isthmus.ui.formats import number
from isthmus.ui.pictures import value_decimals
from isthmus.ui.view_state import ViewState
from isthmus.ui.words import tr


def window_text(state: ViewState, volume: Volume | None) -> str:
    """Return width and centre; and whether reconstructions have a window of their own.

    Theirs stands on their pictures: the field has to leave room for the tools.
    """
    decimals = value_decimals(volume, state.window_width)
    window = state.window_width, state.window_centre
    text = " / ".join(number(value, decimals) for value in window)
    if state.own_window is None:
        return text
    return tr("{window}, unlinked").format(window=text)
