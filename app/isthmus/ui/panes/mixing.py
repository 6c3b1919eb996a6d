"""Two pictures in one pane: swipe, flicker, checkerboard, blend.

Both pictures are there already, windowed; they are put together with the painter's clips and
opacity, so that a frame costs no more than drawing each of them once.
"""

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QRegion

from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.slices import Picture
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import Comparison, Layout, PaneKind, ViewState

# Smaller squares than this tell nothing, and there would be very many.
LEAST_SQUARE = 8


def sides(state: ViewState) -> tuple[PaneKind, PaneKind]:
    """Return which two pictures are mixed: left or above, and right or below."""
    if state.layout is Layout.TWO_RECONSTRUCTIONS:
        return PaneKind.PINNED, PaneKind.RECONSTRUCTION
    return PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION


def swipe_line(state: ViewState, area: QRectF) -> float:
    """Return where the swipe's line is, from the left or the top, on a whole pixel."""
    room = area.width() if state.swipe_upright else area.height()
    return float(round(min(max(state.swipe, 0.0), 1.0) * room))


def swipe_parts(state: ViewState, area: QRectF) -> tuple[QRectF, QRectF]:
    """Return what of a pane shows the first picture, and what the second."""
    at = swipe_line(state, area)
    if state.swipe_upright:
        first = QRectF(area.left(), area.top(), at, area.height())
        return first, QRectF(at, area.top(), area.width() - at, area.height())
    first = QRectF(area.left(), area.top(), area.width(), at)
    return first, QRectF(area.left(), at, area.width(), area.height() - at)


def draw_mixed(
    painter: QPainter,
    state: ViewState,
    mapping: Mapping,
    area: QRectF,
    pictures: tuple[Picture | None, Picture | None],
    second_turn: bool,
) -> None:
    """Draw two pictures as the comparison says.

    Args:
        painter: On the pane, black so far.
        state: Which comparison, and its options.
        mapping: Where the slice lies.
        area: The pane.
        pictures: First and second; what is not there is left out.
        second_turn: Whether the flicker shows the second one now.
    """
    first, second = pictures
    painter.save()
    if state.comparison is Comparison.SWIPE:
        for part, picture in zip(swipe_parts(state, area), pictures, strict=True):
            if picture is not None:
                painter.setClipRect(part)
                picture.draw(painter)
        painter.setClipping(False)
        _draw_line(painter, state, area)
    elif state.comparison is Comparison.FLICKER:
        shown = second if second_turn else first
        if shown is not None:
            shown.draw(painter)
    else:
        if first is not None:
            first.draw(painter)
        if second is not None:
            if state.comparison is Comparison.CHECKERBOARD:
                side = max(state.square_mm / state.mm_per_pixel, LEAST_SQUARE)
                origin = mapping.origin.toPoint()
                squares = _squares(origin.x(), origin.y(), side, area.toRect().size().toTuple())
                painter.setClipRegion(squares)
            elif first is not None:
                painter.setOpacity(state.blend)
            second.draw(painter)
    painter.restore()


def in_second(state: ViewState, area: QRectF, mapping: Mapping, at: QPointF) -> bool:
    """Whether a place of the pane shows the second picture, where one place shows one."""
    if state.comparison is Comparison.SWIPE:
        return swipe_parts(state, area)[1].contains(at)
    side = max(state.square_mm / state.mm_per_pixel, LEAST_SQUARE)
    from_origin = at - mapping.origin
    return (math.floor(from_origin.x() / side) + math.floor(from_origin.y() / side)) % 2 == 1


@lru_cache(maxsize=4)
def _squares(left: int, top: int, side: float, size: tuple[int, int]) -> QRegion:
    """Return every second square of a board that begins at the picture's corner, and moves with it.

    Args:
        left: The picture's corner, in the pane.
        top: The same.
        side: Of a square, in pixels.
        size: Width and height of the pane.
    """
    width, height = size
    across = [
        (number, round(left + number * side), round(left + (number + 1) * side))
        for number in range(math.floor(-left / side), math.ceil((width - left) / side))
    ]
    # Row by row from the left: each is appended then, and nothing is merged.
    region = QRegion()
    for row in range(math.floor(-top / side), math.ceil((height - top) / side)):
        above, below = round(top + row * side), round(top + (row + 1) * side)
        for number, start, end in across:
            if (number + row) % 2:
                region += QRect(QPoint(start, above), QPoint(end - 1, below - 1))
    return region


def line_of(state: ViewState, area: QRectF) -> QLineF:
    """Return the swipe's line, from edge to edge."""
    at = swipe_line(state, area)
    if state.swipe_upright:
        return QLineF(at, area.top(), at, area.bottom())
    return QLineF(area.left(), at, area.right(), at)


def _draw_line(painter: QPainter, state: ViewState, area: QRectF) -> None:
    """Draw the swipe's line: 2 px, white, with dark edges."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for width, tone in ((4, Qt.GlobalColor.black), (2, colour(DARK.focus))):
        pen = QPen(tone, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(line_of(state, area))
