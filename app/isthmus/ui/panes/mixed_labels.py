"""Labels of a pane that shows two pictures: each side says what it is, where it is seen."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from isthmus.ui import formats
from isthmus.ui.panes.mixing import swipe_line
from isthmus.ui.panes.overlay import Label, label_rects
from isthmus.ui.panes.writing import LABEL_HEIGHT, draw_label, label_rect
from isthmus.ui.theme import DARK, scaled
from isthmus.ui.view_state import Comparison, PaneKind, ViewState
from isthmus.ui.words import tr

_EDGE = 9
_GAP = 10
# At the right end of a lying line is its grip.
_GRIP = 66
# What is written at the top left: labels stand below it.
_WORDS = 190.0
_BELOW_WORDS = 84.0

Placed = tuple[Label, QRectF]


def original_label() -> Label:
    """Return the label of the original where it stands beside what is lossy."""
    return Label(tr("Original"), DARK.original, tr("The scan as it is stored."))


def side_labels(
    kinds: tuple[PaneKind, PaneKind], found: Callable[[PaneKind], list[Label]]
) -> tuple[list[Label], list[Label], list[Label]]:
    """Return the labels of the first picture, of the second, and of both.

    Args:
        kinds: The two pictures.
        found: Tells the labels that a picture has where it stands alone.
    """
    first, second = (found(kind) for kind in kinds)
    both = [label for label in second if label in first]
    if kinds[0] is PaneKind.ORIGINAL:
        first = [original_label(), *first]
    return (
        [label for label in first if label not in both],
        [label for label in second if label not in both],
        both,
    )


def place_labels(
    state: ViewState,
    sides: tuple[list[Label], list[Label], list[Label]],
    area: QRectF,
    second_turn: bool,
    taken: float = 0.0,
) -> list[Placed]:
    """Return the labels to draw and where.

    Args:
        state: Which comparison.
        sides: As `side_labels` returns them.
        area: The pane.
        second_turn: Whether the flicker shows the second picture now.
        taken: Width at the top right that something else has.
    """
    first, second, both = sides
    if state.comparison is Comparison.SWIPE:
        return _at_line(state, first, second, both, area, taken)
    if state.comparison is Comparison.FLICKER:
        shown = second if second_turn else first
        return _flickering(shown, (first, second), both, area)
    if state.comparison is Comparison.BLEND:
        first = [_with_share(label, 1 - state.blend) for label in first]
        second = [_with_share(label, state.blend) for label in second]
    stack = [*first, *second, *both]
    return list(zip(stack, label_rects(stack, int(area.width())), strict=True))


def draw_placed(painter: QPainter, placed: list[Placed]) -> None:
    """Draw labels where they were placed."""
    for label, rect in placed:
        draw_label(painter, rect, label.text, label.token)


def _with_share(label: Label, share: float) -> Label:
    return replace(label, text=f"{label.text}  {formats.number(100 * share, 0)} %")


def _flickering(
    shown: list[Label],
    sides: tuple[list[Label], list[Label]],
    both: list[Label],
    area: QRectF,
) -> list[Placed]:
    """Stack labels in boxes of one width: nothing but words and colour changes."""
    stack = [*shown, *both]
    rects = label_rects(stack, int(area.width()))
    widest = max(
        (rect.width() for side in sides for rect in label_rects(side[:1], int(area.width()))),
        default=0.0,
    )
    if shown:
        rects[0].setLeft(rects[0].right() - widest)
    return list(zip(stack, rects, strict=True))


def _at_line(
    state: ViewState,
    first: list[Label],
    second: list[Label],
    both: list[Label],
    area: QRectF,
    taken: float,
) -> list[Placed]:
    """Name both sides at the swipe's line; what both share stands below the second's."""
    at = swipe_line(state, area)
    step = scaled(LABEL_HEIGHT) + 4
    right = area.right() - _EDGE - taken
    if not state.swipe_upright:
        count = max(len(first), 1)
        lowest = area.bottom() - _EDGE - (len(second) + len(both)) * step + 4
        above = max(min(at - 8 - count * step + 4, lowest - count * step), area.top() + _EDGE)
        below = max(min(at + 8, lowest), above + count * step)
        placed = [(label, above + n * step) for n, label in enumerate(first)]
        placed += [(label, below + n * step) for n, label in enumerate([*second, *both])]
        right = area.right() - _EDGE - _GRIP
        return [(label, label_rect(right, top, label.text)) for label, top in placed]
    widths = [
        max((label_rect(0, 0, label.text).width() for label in side), default=0.0)
        for side in (first, [*second, *both])
    ]
    left_end = max(at - _GAP, area.left() + _EDGE + widths[0])
    right_end = min(max(at + _GAP, left_end + 6) + widths[1], right)
    top = area.top() + _EDGE
    # Words at the top left are not written over.
    left_top = top + (_BELOW_WORDS if left_end - widths[0] < _WORDS else 0)
    right_top = top + (_BELOW_WORDS if right_end - widths[1] < _WORDS else 0)
    if right_end - widths[1] < left_end + 6 and left_top == right_top:
        left_end = max(right_end - widths[1] - 6, area.left() + _EDGE + widths[0])
        if right_end - widths[1] < left_end + 6:
            right_top += max(len(first), 1) * step
    placed_at: list[Placed] = []
    for n, label in enumerate(first):
        placed_at.append((label, label_rect(left_end, left_top + n * step, label.text)))
    for n, label in enumerate([*second, *both]):
        width = label_rect(0, 0, label.text).width()
        start = right_end - widths[1]
        placed_at.append((label, label_rect(start + width, right_top + n * step, label.text)))
    return placed_at


def label_at(placed: list[Placed], at: QPointF) -> Placed | None:
    """Return the label under a place, if one is."""
    return next((each for each in placed if each[1].contains(at)), None)
