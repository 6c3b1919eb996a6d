"""Where panes lie: a pure function of layout, comparison and room."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRect, QSize

from isthmus.scans import Plane
from isthmus.ui.comparing.arrangement import (
    GAP,
    arrangement,
    changed_panel,
    columns,
    main_spot,
    spots,
)
from isthmus.ui.view_state import Comparison, Difference, Layout, PaneKind, ViewState

HEAD = 30
EVERY = [
    ViewState(layout=layout, comparison=comparison, difference=difference)
    for layout, comparison, difference in product(
        Layout, Comparison, (Difference.SIGNED, Difference.APART)
    )
]


def named(state: ViewState) -> str:
    return f"{state.layout}, {state.comparison}, {state.difference}"


@pytest.mark.parametrize("state", EVERY, ids=named)
@pytest.mark.parametrize("size", [QSize(1683, 684), QSize(1000, 397), QSize(724, 240)])
def test_panes_fill_the_room_and_nothing_twice(state: ViewState, size: QSize) -> None:
    cells = arrangement(state, size, HEAD)
    room = QRect(0, 0, size.width(), size.height())
    assert all(room.contains(cell.rect) for cell in cells)
    assert not any(a.rect.intersects(b.rect) for a, b in combinations(cells, 2))
    assert [cell.spot for cell in cells] == list(spots(state))
    assert len({cell.spot for cell in cells}) == len(cells)
    assert sum(cell.main for cell in cells) == 1
    # Lines between panes, and what does not divide, are all that is left over.
    covered = sum(cell.rect.width() * cell.rect.height() for cell in cells)
    rows = 3 if state.layout is Layout.NINE else 1
    lines = 2 * (GAP + 2) * size.height() + (rows - 1) * (GAP + 2) * size.width()
    assert covered >= size.width() * size.height() - lines
    assert cells[-1].rect.right() == room.right()
    assert max(cell.rect.bottom() for cell in cells) == room.bottom()


@pytest.mark.parametrize("width", range(1000, 1012))
def test_three_panes_have_one_size(width: int) -> None:
    for layout in (Layout.THREE, Layout.NINE):
        cells = arrangement(ViewState(layout=layout), QSize(width, 500), HEAD)
        pictures = {(c.rect.width(), c.rect.height() - HEAD * c.head) for c in cells}
        assert len(pictures) == 1


def test_one_picture_gets_two_thirds_and_the_difference_a_third() -> None:
    for comparison in list(Comparison)[1:5]:
        cells = arrangement(ViewState(comparison=comparison), QSize(1500, 600), HEAD)
        assert [cell.kind for cell in cells] == [PaneKind.MIXED, PaneKind.DIFFERENCE]
        large, small = (cell.rect.width() for cell in cells)
        assert large == pytest.approx(2 * small, abs=4)
        assert [cell.main for cell in cells] == [True, False]
    ssim = columns(ViewState(comparison=Comparison.SSIM))
    assert ssim == ((PaneKind.SSIM, 2), (PaneKind.DIFFERENCE, 1))


def test_nine_panes_have_heads_in_the_first_row_only() -> None:
    cells = arrangement(ViewState(layout=Layout.NINE), QSize(1500, 700), HEAD)
    assert [cell.head for cell in cells] == [True] * 3 + [False] * 6
    assert [cell.plane for cell in cells[::3]] == [Plane.AXIAL, Plane.CORONAL, Plane.SAGITTAL]


def test_two_reconstructions_are_mixed_with_each_other_beside_the_original() -> None:
    state = ViewState(layout=Layout.TWO_RECONSTRUCTIONS)
    assert [kind for kind, _ in columns(state)] == [
        PaneKind.ORIGINAL,
        PaneKind.RECONSTRUCTION,
        PaneKind.PINNED,
    ]
    mixed = columns(replace(state, comparison=Comparison.SWIPE))
    assert mixed == ((PaneKind.MIXED, 2), (PaneKind.ORIGINAL, 1))


def test_what_is_removed_and_added_stands_apart() -> None:
    state = ViewState(comparison=Comparison.DIFFERENCE, difference=Difference.APART)
    assert [kind for kind, _ in columns(state)] == [
        PaneKind.REMOVED,
        PaneKind.ADDED,
        PaneKind.RECONSTRUCTION,
    ]
    alone = columns(replace(state, layout=Layout.ONE))
    assert [kind for kind, _ in alone] == [PaneKind.REMOVED, PaneKind.ADDED]


@pytest.mark.parametrize("state", EVERY, ids=named)
def test_a_maximised_pane_is_alone(state: ViewState) -> None:
    spot = main_spot(state)
    (cell,) = arrangement(replace(state, maximised=spot), QSize(900, 600), HEAD)
    assert cell.spot == spot
    assert cell.rect == QRect(0, 0, 900, 600)
    assert cell.head
    assert cell.main


def test_a_pane_swaps_with_the_one_that_shows_it_already() -> None:
    state = ViewState()
    spot = (PaneKind.ORIGINAL, Plane.AXIAL)
    swapped = changed_panel(state, spot, PaneKind.DIFFERENCE)
    assert swapped == {"panels": (PaneKind.DIFFERENCE, PaneKind.RECONSTRUCTION, PaneKind.ORIGINAL)}
    new = changed_panel(state, spot, PaneKind.SSIM)
    assert new == {"panels": (PaneKind.SSIM, PaneKind.RECONSTRUCTION, PaneKind.DIFFERENCE)}


def test_a_comparison_says_what_its_picture_is_and_leaves_what_is_beside() -> None:
    state = ViewState(comparison=Comparison.SWIPE)
    assert changed_panel(state, (PaneKind.MIXED, Plane.AXIAL), PaneKind.SSIM) == {}
    beside = changed_panel(state, (PaneKind.DIFFERENCE, Plane.AXIAL), PaneKind.SSIM)
    assert beside == {"beside": PaneKind.SSIM}


def test_a_maximised_pane_stays_maximised_when_it_shows_something_else() -> None:
    spot = (PaneKind.ORIGINAL, Plane.AXIAL)
    changes = changed_panel(ViewState(maximised=spot), spot, PaneKind.SSIM)
    assert changes["maximised"] == (PaneKind.SSIM, Plane.AXIAL)
