"""Which panes there are and where: a pure function of the state and the room.

No layout object of Qt has a say, so nothing is moved later or in steps: every pane has its place
in the same turn in which the state changes.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from isthmus.scans import Plane
from isthmus.ui.view_state import Comparison, Difference, Layout, PaneKind, Spot, ViewState

GAP = 2
PLANES = (Plane.AXIAL, Plane.CORONAL, Plane.SAGITTAL)

MIXING = (
    Comparison.SWIPE,
    Comparison.FLICKER,
    Comparison.CHECKERBOARD,
    Comparison.BLEND,
)
"""The comparisons that show two pictures in one pane."""


@dataclass(frozen=True)
class Cell:
    """The place of one pane.

    Attributes:
        kind: What it shows.
        plane: In which plane.
        rect: Where, in pixels of the whole; head and picture together.
        head: Whether it has a head; below another pane of its column it has none.
        main: Whether it is the largest: slices are fitted into it.
    """

    kind: PaneKind
    plane: Plane
    rect: QRect
    head: bool
    main: bool

    @property
    def spot(self) -> Spot:
        """What is shown there."""
        return self.kind, self.plane


def columns(state: ViewState) -> tuple[tuple[PaneKind, int], ...]:
    """Return what stands side by side, from the left, each with its share of the width."""
    if state.comparison is Comparison.SIDE_BY_SIDE:
        if state.layout is Layout.ONE:
            return ((state.alone, 1),)
        if state.layout is Layout.TWO_RECONSTRUCTIONS:
            three = (PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.PINNED)
        else:
            three = state.panels
        return tuple((kind, 1) for kind in three)
    alone = state.layout is Layout.ONE
    beside = state.beside
    if state.comparison in MIXING:
        kind = PaneKind.MIXED
        # Two reconstructions are mixed with each other there, so the original stands beside.
        if state.layout is Layout.TWO_RECONSTRUCTIONS:
            beside = PaneKind.ORIGINAL
    elif state.comparison is Comparison.SSIM:
        kind = PaneKind.SSIM
    else:
        kind = PaneKind.DIFFERENCE
        # The difference need not stand beside itself.
        beside = PaneKind.RECONSTRUCTION if beside is PaneKind.DIFFERENCE else beside
        if state.difference is Difference.APART:
            apart = ((PaneKind.REMOVED, 1), (PaneKind.ADDED, 1))
            beside = PaneKind.RECONSTRUCTION if beside in (apart[0][0], apart[1][0]) else beside
            return apart if alone else (*apart, (beside, 1))
    if beside is kind:
        beside = PaneKind.DIFFERENCE
    return ((kind, 1),) if alone else ((kind, 2), (beside, 1))


def spots(state: ViewState) -> tuple[Spot, ...]:
    """Return every pane of the layout, row by row, whether one is maximised or not."""
    planes = PLANES if state.layout is Layout.NINE else (state.plane,)
    return tuple((kind, plane) for plane in planes for kind, _ in columns(state))


def main_spot(state: ViewState) -> Spot:
    """Return the pane that is compared in: the largest, or the first of equals."""
    kind, _ = max(columns(state), key=lambda column: column[1])
    return kind, state.plane


def changed_panel(state: ViewState, spot: Spot, kind: PaneKind) -> dict[str, object]:
    """Return which fields of the state change for a pane to show something else.

    Another pane that shows it already takes what this one showed: no two show the same.

    Args:
        state: The state now.
        spot: The pane.
        kind: What it is to show.

    Returns:
        Fields and values; empty where the comparison or the layout says what the pane shows.
    """
    shown, plane = spot
    changes: dict[str, object] = {}
    if state.comparison is not Comparison.SIDE_BY_SIDE:
        fixed = columns(state)[-1][0] is not shown or state.layout is Layout.TWO_RECONSTRUCTIONS
        if state.layout is not Layout.ONE and not fixed:
            taken = {each for each, _ in columns(state)[:-1]}
            changes = {} if kind in taken else {"beside": kind}
    elif state.layout is Layout.ONE:
        changes = {"alone": kind}
    elif state.layout is not Layout.TWO_RECONSTRUCTIONS and shown in state.panels:
        swapped = {shown: kind, kind: shown}
        changes = {"panels": tuple(swapped.get(each, each) for each in state.panels)}
    if changes and state.maximised == spot:
        changes["maximised"] = (kind, plane)
    return changes


def choices(state: ViewState) -> tuple[PaneKind, ...]:
    """Return what a pane can be made to show, in the order in which keys step through it."""
    usual = (
        PaneKind.ORIGINAL,
        PaneKind.RECONSTRUCTION,
        PaneKind.DIFFERENCE,
        PaneKind.SSIM,
        PaneKind.REMOVED,
        PaneKind.ADDED,
    )
    return (*usual, PaneKind.PINNED) if state.pinned else usual


def arrangement(state: ViewState, size: QSize, head: int) -> tuple[Cell, ...]:
    """Lay out the panes.

    All pictures of a column have one size, and so have all of one share; what does not divide
    widens the lines between them.

    Args:
        state: Which layout, which comparison, which planes.
        size: The room for all, in device-independent pixels.
        head: Height of a pane's head.

    Returns:
        The panes that are seen, row by row; the maximised one alone if one is.
    """
    if state.maximised is not None:
        kind, plane = state.maximised
        return (Cell(kind, plane, QRect(0, 0, size.width(), size.height()), True, True),)
    shown = columns(state)
    parts = sum(share for _, share in shown)
    unit = max((size.width() - (parts - 1) * GAP) // parts, 0)
    rows = PLANES if state.layout is Layout.NINE else (state.plane,)
    picture = max((size.height() - head - (len(rows) - 1) * GAP) // len(rows), 0)
    main = main_spot(state)[0]
    cells = []
    for row, plane in enumerate(rows):
        top = 0 if row == 0 else head + _spread(size.height() - head, picture, row, len(rows))
        height = picture + head if row == 0 else picture
        before = 0
        for kind, share in shown:
            width = share * unit + (share - 1) * GAP
            last = before + share == parts
            if last:
                left = size.width() - width
            elif parts == len(shown):
                left = _spread(size.width(), unit, before, parts)
            else:
                left = before * (unit + GAP)
                # The largest takes what is over: it stands alone in its size.
                width += size.width() - parts * unit - (parts - 1) * GAP
            rect = QRect(left, top, width, height)
            cells.append(Cell(kind, plane, rect, row == 0, kind is main and plane == state.plane))
            before += share
    return tuple(cells)


def _spread(room: int, each: int, number: int, count: int) -> int:
    """Return where one of `count` equal parts begins, spread over all the room."""
    return (room - each) * number // (count - 1) if count > 1 else 0
