"""A bar beside pictures in colours: which colour is which value."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from isthmus.ui import formats
from isthmus.ui.panes.colour_maps import GREY, table
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.look import look_of
from isthmus.ui.panes.writing import HALO, write
from isthmus.ui.pictures import value_decimals
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import Overlay, PaneKind

_OF = (PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.PINNED, PaneKind.MIXED)
_WIDTH, _FROM_RIGHT = 9, 20
_LEAST, _MOST, _SHARE = 40, 180, 0.26
# Below the letter at the right edge, above the scale bar.
_BELOW_MIDDLE, _ABOVE_BOTTOM = 30, 58


class MapBar:
    """A layer that draws the colour map in use from the window's lower to its upper end."""

    def __init__(self, store: ViewStore) -> None:
        self._store = store

    def paint(self, painter: QPainter, place: Place) -> None:
        """Draw the bar on pictures that have colours, where words are wanted and there is room."""
        state, volume = self._store.state, place.mapping.volume
        if state.colour_map == GREY or place.kind not in _OF or state.overlay is Overlay.NONE:
            return
        if place.kind is PaneKind.MIXED and state.own_window is not None:
            return  # one bar cannot speak of two windows
        bar = bar_rect(place.area)
        if bar is None:
            return
        look = look_of(state, place.kind, volume)
        colours = table(look.colour_map)
        ramp = np.ascontiguousarray((colours if look.inverted else colours[::-1])[:, None])
        image = QImage(ramp.data, 1, len(ramp), 4, QImage.Format.Format_RGB32)
        painter.fillRect(bar.adjusted(-1, -1, 1, 1), HALO)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(bar, image)
        painter.setPen(QPen(colour(DARK.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5))
        decimals = value_decimals(volume, look.width)
        half = look.width / 2
        for y, value in ((bar.top(), look.centre + half), (bar.bottom(), look.centre - half)):
            at = QPointF(bar.left() - 6, y)
            text = formats.number(value, decimals)
            write(painter, at, text, align=Qt.AlignmentFlag.AlignRight, pixels=11)


def bar_rect(area: QRectF) -> QRectF | None:
    """Return where the colours lie in a pane; None where there is no room."""
    top = area.center().y() + _BELOW_MIDDLE
    height = min(_SHARE * area.height(), _MOST, area.bottom() - _ABOVE_BOTTOM - top)
    if height < _LEAST:
        return None
    return QRectF(area.right() - _FROM_RIGHT, top, _WIDTH, height)
