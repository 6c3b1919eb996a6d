"""What tests of panes ask of them: the pixels of a picture, the words taken away."""

import numpy as np
from scenes import Array, grabbed

from isthmus.ui.panes import PaneRow
from isthmus.ui.state import Overlay, PaneKind, ViewStore

ORANGE, GREY = (0xF2, 0xA0, 0x3D), (0xD0, 0xD0, 0xD0)


def bare(store: ViewStore) -> None:
    """Take all words away but labels."""
    while store.state.overlay is not Overlay.NONE:
        store.cycle_overlay()


def picture(row: PaneRow, kind: PaneKind) -> Array:
    """Return the pixels of the slice in a pane, without the black round it."""
    canvas = row.pane(kind).canvas
    mapping = canvas.mapping
    assert mapping is not None
    rect = mapping.rect().toRect()
    return grabbed(canvas)[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]


def windowed(values: Array, store: ViewStore) -> Array:
    """Window values as a textbook would."""
    state = store.state
    low = state.window_centre - state.window_width / 2
    return np.floor(np.clip((values - low) / state.window_width * 255 + 0.5, 0, 255))


def shows(row: PaneRow, kind: PaneKind, colour: tuple[int, int, int]) -> bool:
    """Whether a label's colour is at the top right of a pane."""
    corner = grabbed(row.pane(kind).canvas)[8:34, -170:].astype(int)
    return bool((np.abs(corner - colour).max(axis=2) < 12).sum() > 30)
