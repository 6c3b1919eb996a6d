"""Comparisons through keys and mouse: what each shows, to the pixel, and what it says it is."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from comparing_scenes import (
    BRIGHT,
    CTRL,
    DARK,
    FIRST,
    SECOND,
    SHIFT,
    THIRD,
    Bench,
    flat,
    texts,
)
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scenes import Array, a_reconstruction, a_volume, drag, grabbed, mouse

from isthmus.scans import PlaneView
from isthmus.ui.panes.raster import DIFFERENCE_TABLE
from isthmus.ui.state import PaneKind
from isthmus.ui.view_state import Comparison, Difference, Layout

LOSSY = "LOSSY 93:1 · 32 ch"


def test_every_comparison_has_a_key_and_all_come_in_turn(bench: Bench) -> None:
    for number, comparison in enumerate(Comparison):
        bench.press(Qt.Key(Qt.Key.Key_1 + number), CTRL)
        assert bench.store.state.comparison is comparison
        assert bench.comparing.comparisons[comparison].isChecked()
    bench.press(Qt.Key.Key_V)
    assert bench.store.state.comparison is Comparison.SIDE_BY_SIDE
    bench.press(Qt.Key.Key_V, SHIFT)
    assert bench.store.state.comparison is Comparison.SSIM


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        (1, [PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.DIFFERENCE]),
        (2, [PaneKind.MIXED, PaneKind.DIFFERENCE]),
        (3, [PaneKind.MIXED, PaneKind.DIFFERENCE]),
        (4, [PaneKind.MIXED, PaneKind.DIFFERENCE]),
        (5, [PaneKind.MIXED, PaneKind.DIFFERENCE]),
        (6, [PaneKind.DIFFERENCE, PaneKind.RECONSTRUCTION]),
        (7, [PaneKind.SSIM, PaneKind.DIFFERENCE]),
    ],
)
def test_panes_of_a_comparison_share_zoom_and_place(
    bench: Bench, number: int, kinds: list[PaneKind]
) -> None:
    bench.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    assert bench.kinds == kinds
    scales = {
        (mapping.pixels_per_row, mapping.pixels_per_column)
        for pane in bench.row.panes
        if (mapping := pane.canvas.mapping) is not None
    }
    assert len(scales) == 1
    if len(kinds) == 2:
        large, small = (pane.width() for pane in bench.row.panes)
        assert large == pytest.approx(2 * small, abs=4)


# Swipe


def halves(bench: Bench) -> tuple[set[int], set[int]]:
    """Return the greys just before and after the swipe's line, in the middle of the picture."""
    state, canvas = bench.store.state, bench.mixed.canvas
    shown = bench.greys()
    upright = state.swipe_upright
    at = round(state.swipe * (canvas.width() if upright else canvas.height()))
    middle = shown.shape[0 if upright else 1] // 2
    lines = shown[middle - 20 : middle - 10] if upright else shown[:, middle - 20 : middle - 10].T
    return set(np.unique(lines[:, at - 30 : at - 3])), set(np.unique(lines[:, at + 3 : at + 30]))


def test_swipe_shows_the_original_on_one_side_and_names_both(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    assert halves(bench) == ({DARK}, {BRIGHT})
    assert texts(bench.mixed) == ["Original", LOSSY]
    assert bench.mixed.head.accessibleName() == "Original, Reconstruction"
    bench.store.show(swipe_upright=False)
    assert halves(bench) == ({DARK}, {BRIGHT})
    # The line itself is white, two pixels wide, with dark edges.
    at = round(0.5 * bench.mixed.canvas.height())
    column = bench.greys()[at - 3 : at + 3, bench.mixed.canvas.width() // 2]
    assert column.tolist() == [DARK, 0, 255, 255, 0, BRIGHT]


def test_the_grip_drags_the_line(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    canvas = bench.mixed.canvas
    grip = canvas.grip
    assert grip.isVisible()
    assert (grip.width(), grip.height()) == (34, 34)
    # Near the bottom, never over the middle.
    assert grip.y() > 0.7 * canvas.height()
    drag(grip, QPointF(17, 17), QPointF(-120, 6), steps=1)
    assert bench.store.state.swipe == pytest.approx(0.5 - 120 / canvas.width(), abs=0.005)
    assert halves(bench) == ({DARK}, {BRIGHT})
    assert abs(grip.geometry().center().x() - bench.store.state.swipe * canvas.width()) <= 2


def test_the_line_itself_can_be_dragged_and_elsewhere_the_window_is(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    canvas, before = bench.mixed.canvas, bench.store.state
    drag(canvas, QPointF(canvas.width() / 2 + 2, 100), QPointF(60, 0))
    assert bench.store.state.swipe > 0.55
    assert bench.store.state.window_width == before.window_width
    swipe = bench.store.state.swipe
    drag(canvas, QPointF(100, 100), QPointF(-60, 0))
    assert bench.store.state.swipe == swipe
    assert bench.store.state.window_width < before.window_width


def test_arrow_keys_move_the_line_where_the_grip_has_the_focus(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    grip = bench.mixed.canvas.grip
    before = bench.store.index
    grip.setFocus(Qt.FocusReason.TabFocusReason)
    bench.press(Qt.Key.Key_Right)
    assert bench.store.state.swipe == pytest.approx(0.51)
    bench.press(Qt.Key.Key_Left, SHIFT)
    assert bench.store.state.swipe == pytest.approx(0.41)
    for _ in range(5):
        bench.press(Qt.Key.Key_Left, SHIFT)
    assert bench.store.state.swipe == 0
    bench.press(Qt.Key.Key_Up)
    assert bench.store.index == before
    assert grip.accessibleDescription() == "0 %"
    # Elsewhere they are the window's again.
    bench.mixed.canvas.setFocus()
    bench.press(Qt.Key.Key_Up)
    assert bench.store.index == before - 1


def test_the_line_follows_the_pointer_where_it_is_to(bench: Bench, qtbot: QtBot) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    canvas = bench.mixed.canvas
    none = Qt.MouseButton.NoButton
    mouse(canvas, QEvent.Type.MouseMove, QPointF(100, 100), none)
    assert bench.store.state.swipe == 0.5
    qtbot.mouseClick(bench.row.mixing.follow, Qt.MouseButton.LeftButton)
    mouse(canvas, QEvent.Type.MouseMove, QPointF(100, 100), none)
    assert bench.store.state.swipe == pytest.approx(100 / canvas.width())


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.9, 1.0])
def test_both_labels_are_seen_wherever_the_line_is(
    bench: Bench, upright: bool, share: float
) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    bench.store.show(swipe=share, swipe_upright=upright)
    canvas = bench.mixed.canvas
    mapping = canvas.mapping
    assert mapping is not None
    placed = bench.row.drawing.placed(PaneKind.MIXED, mapping, canvas.rect().toRectF())
    (_, first), (_, second) = placed
    area = canvas.rect().toRectF()
    assert area.contains(first)
    assert area.contains(second)
    assert not first.intersects(second)
    # Each is on its side, as far as there is room for it.
    if upright and 0.3 <= share <= 0.7:
        assert first.right() <= share * area.width() <= second.left()
    if not upright and 0.3 <= share <= 0.7:
        assert first.bottom() <= share * area.height() <= second.top()


# Flicker


class Paints:
    """Counts the paints of a mixed pane, as a layer that draws nothing."""

    def __init__(self) -> None:
        self.count = 0

    def paint(self, painter: object, place: object) -> None:
        self.count += getattr(place, "kind", None) is PaneKind.MIXED


def corner_and_middle(bench: Bench) -> tuple[bytes, int]:
    """Return the pixels of the labels, and the grey in the middle of the picture."""
    shown = grabbed(bench.mixed.canvas)
    middle = shown[shown.shape[0] // 2 - 30, shown.shape[1] // 2, 0]
    return shown[:40, -260:].tobytes(), int(middle)


def test_flicker_never_paints_a_third_picture(bench: Bench, qtbot: QtBot) -> None:
    paints = Paints()
    bench.row.hooks.layers.append(paints)
    bench.store.show(flicker_hz=5.0)
    bench.press(Qt.Key.Key_3, CTRL)
    qtbot.waitUntil(lambda: paints.count > 0)
    paints.count = 0
    turns = 0
    whole: list[bytes] = []
    seen: list[tuple[bytes, int]] = []

    def painted() -> bool:
        return paints.count > turns

    for _ in range(8):
        with qtbot.waitSignal(bench.row.flicker.turned, timeout=2000):
            pass
        qtbot.waitUntil(painted, timeout=2000)
        # One paint for each turn, and nothing between two.
        assert paints.count == turns + 1
        whole.append(grabbed(bench.mixed.canvas).tobytes())
        seen.append(corner_and_middle(bench))
        turns = paints.count
    assert len(set(whole)) == 2
    assert all(a != b for a, b in pairwise(whole))
    # The label changes in the same paint as the picture.
    assert {grey for _, grey in seen} == {DARK, BRIGHT}
    assert len(set(seen)) == 2


def test_the_flickers_labels_have_one_size(bench: Bench) -> None:
    bench.press(Qt.Key.Key_3, CTRL)
    canvas, drawing = bench.mixed.canvas, bench.row.drawing
    mapping = canvas.mapping
    assert mapping is not None
    rects, words = set(), []
    for second in (False, True):
        drawing.second_turn = second
        ((label, rect),) = drawing.placed(PaneKind.MIXED, mapping, canvas.rect().toRectF())
        rects.add(rect.toRect().getRect())
        words.append(label.text)
    assert words == ["Original", LOSSY]
    assert len(rects) == 1


def test_the_flickers_key_goes_there_and_back(bench: Bench) -> None:
    bench.press(Qt.Key.Key_5, CTRL)
    bench.press(Qt.Key.Key_B)
    assert bench.store.state.comparison is Comparison.FLICKER
    assert bench.row.flicker.running
    bench.press(Qt.Key.Key_B)
    assert bench.store.state.comparison is Comparison.BLEND
    assert not bench.row.flicker.running


def test_where_it_is_chosen_it_flickers_only_while_the_key_is_held(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.press(Qt.Key.Key_3, CTRL)
    qtbot.mouseClick(bench.row.mixing.held, Qt.MouseButton.LeftButton)
    assert not bench.row.flicker.running
    bench.press(Qt.Key.Key_1, CTRL)
    bench.hold(Qt.Key.Key_B)
    assert bench.store.state.comparison is Comparison.FLICKER
    assert bench.row.flicker.running
    bench.let_go(Qt.Key.Key_B)
    assert bench.store.state.comparison is Comparison.SIDE_BY_SIDE
    assert not bench.row.flicker.running


def test_the_rate_is_chosen_and_goes_above_three_only_where_asked(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.press(Qt.Key.Key_3, CTRL)
    options = bench.row.mixing
    options.rate.setFocus(Qt.FocusReason.TabFocusReason)
    bench.press(Qt.Key.Key_End)
    assert bench.store.state.flicker_hz == 3.0
    qtbot.mouseClick(options.faster, Qt.MouseButton.LeftButton)
    assert bench.store.state.flicker_hz == 3.0
    bench.press(Qt.Key.Key_End)
    assert bench.store.state.flicker_hz == 5.0
    qtbot.mouseClick(options.faster, Qt.MouseButton.LeftButton)
    assert bench.store.state.flicker_hz == 3.0
    bench.press(Qt.Key.Key_Home)
    assert bench.store.state.flicker_hz == 0.5


# Checkerboard and blend


def test_squares_alternate_and_have_the_size_that_was_chosen(bench: Bench) -> None:
    bench.press(Qt.Key.Key_4, CTRL)
    canvas = bench.mixed.canvas
    for side_mm in (20.0, 35.0):
        bench.store.show(square_mm=side_mm)
        mapping, state = canvas.mapping, bench.store.state
        assert mapping is not None
        side = side_mm / state.mm_per_pixel
        shown, rect = bench.greys(), mapping.rect()
        for row in range(int(rect.height() / side)):
            for column in range(int(rect.width() / side)):
                at = rect.topLeft() + QPointF((column + 0.5) * side, (row + 0.5) * side)
                if at.y() < 60 or not canvas.rect().contains(at.toPoint()):
                    continue
                wanted = BRIGHT if (row + column) % 2 else DARK
                assert shown[int(at.y()), int(at.x())] == wanted
    assert texts(bench.mixed) == ["Original", LOSSY]


def test_squares_move_with_the_anatomy(bench: Bench) -> None:
    bench.press(Qt.Key.Key_4, CTRL)
    bench.store.zoom(2.0)
    before = bench.greys()[60:-60, 60:-60]
    bench.store.pan(10 * bench.store.state.mm_per_pixel, 0)
    after = bench.greys()[60:-60, 60:-60]
    np.testing.assert_array_equal(before[:, :500], after[:, 10:510])


def test_blend_mixes_by_the_slider_and_says_how_much(bench: Bench) -> None:
    bench.press(Qt.Key.Key_5, CTRL)
    slider = bench.row.mixing.blend
    for share in (0, 25, 50, 100):
        slider.setFocus(Qt.FocusReason.TabFocusReason)
        bench.press(Qt.Key.Key_Home)
        for _ in range(share):
            bench.press(Qt.Key.Key_Right)
        shown = bench.greys()
        middle = int(shown[shown.shape[0] // 2, shown.shape[1] // 2])
        assert middle == pytest.approx(DARK + share / 100 * (BRIGHT - DARK), abs=2)
    canvas = bench.mixed.canvas
    bench.store.show(blend=0.25)
    mapping = canvas.mapping
    assert mapping is not None
    placed = bench.row.drawing.placed(PaneKind.MIXED, mapping, canvas.rect().toRectF())
    assert [label.text for label, _ in placed] == ["Original  75 %", f"{LOSSY}  25 %"]


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_space_shows_the_original_alone_in_a_mixed_picture(bench: Bench, number: int) -> None:
    bench.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    bench.store.set_peek(True)
    shown = bench.greys()[60:-60]
    middle = shown[:, shown.shape[1] // 2 - 100 : shown.shape[1] // 2 + 100]
    assert set(np.unique(middle)) == {DARK}
    assert texts(bench.mixed) == ["Original"]
    assert bench.mixed.head.name == "Original"
    assert not bench.row.flicker.running


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_nothing_is_mixed_before_there_is_a_reconstruction(bench: Bench, number: int) -> None:
    bench.row.set_reconstruction(None)
    bench.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    bench.row.drawing.second_turn = True
    assert texts(bench.mixed) == ["Original"]
    assert BRIGHT not in np.unique(bench.greys()[60 : bench.mixed.canvas.height() // 2 - 20])


# Differences


def colours_of(bench: Bench, kind: PaneKind) -> set[tuple[int, int, int]]:
    """Return the colours in the picture of a pane."""
    shown = grabbed(bench.row.pane(kind).canvas)
    part = shown[60:-60, shown.shape[1] // 2 - 40 : shown.shape[1] // 2 + 40]
    return {tuple(int(v) for v in colour) for colour in part.reshape(-1, 3)}


def table(share: float) -> tuple[int, int, int]:
    """Return the difference's colour at a share of the scale, −1 to 1."""
    colour = int(DIFFERENCE_TABLE[round(127 + 127 * share)])
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


@pytest.fixture
def both_signs(bench: Bench) -> Bench:
    """A difference of −60 in the upper half and +100 in the lower one."""
    made = flat(FIRST - 60)
    volume = a_volume(voxels=flat(FIRST), spacing=(3.0, 3.0, 3.0))
    # Rows run from anterior to posterior on the screen, and j the other way.
    made[:, : made.shape[1] // 2] = FIRST + 100
    bench.open(volume, made)
    bench.store.set_difference_limit(250)
    bench.press(Qt.Key.Key_6, CTRL)
    return bench


BLACK = (0, 0, 0)


def test_every_kind_of_difference_shows_what_it_says(both_signs: Bench) -> None:
    bench = both_signs
    minus, plus = table(-0.24), table(0.4)
    grey_minus, grey_plus = (round(255 * share) for share in (0.24, 0.4))
    expected: list[tuple[Difference, set[tuple[int, int, int]]]] = [
        (Difference.SIGNED, {minus, plus}),
        (Difference.ABSOLUTE, {(grey_minus,) * 3, (grey_plus,) * 3}),
        (Difference.REMOVED, {minus, BLACK}),
        (Difference.ADDED, {BLACK, plus}),
    ]
    for style, colours in expected:
        while bench.store.state.difference is not style:
            bench.press(Qt.Key.Key_Y)
        found = colours_of(bench, PaneKind.DIFFERENCE)
        assert all(min(np.abs(np.subtract(a, b)).max() for b in found) <= 1 for a in colours), style
        bar = bench.row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
        assert bar is not None
        assert "250" in bar.accessibleDescription()


def test_removed_and_added_stand_apart_in_two_panes(both_signs: Bench) -> None:
    bench = both_signs
    while bench.store.state.difference is not Difference.APART:
        bench.press(Qt.Key.Key_Y)
    assert bench.kinds == [PaneKind.REMOVED, PaneKind.ADDED, PaneKind.RECONSTRUCTION]
    assert {table(-0.24), BLACK} <= colours_of(bench, PaneKind.REMOVED)
    assert table(0.4) not in colours_of(bench, PaneKind.REMOVED)
    assert {table(0.4), BLACK} <= colours_of(bench, PaneKind.ADDED)
    assert table(-0.24) not in colours_of(bench, PaneKind.ADDED)
    for kind in (PaneKind.REMOVED, PaneKind.ADDED):
        assert texts(bench.row.pane(kind)) == [LOSSY]


def test_amplification_goes_from_1_to_50_and_the_scale_says_so(both_signs: Bench) -> None:
    bench = both_signs
    seen = [bench.store.state.amplification]
    for _ in range(7):
        bench.press(Qt.Key.Key_Up, CTRL)
        seen.append(bench.store.state.amplification)
    assert seen == [1, 2, 5, 10, 20, 50, 50, 50]
    bar = bench.row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert bar is not None
    assert bar.accessibleDescription() == "Scale ±5  ×50"
    assert colours_of(bench, PaneKind.DIFFERENCE) >= {table(-1), table(1)}
    for _ in range(4):
        bench.press(Qt.Key.Key_Down, CTRL)
    assert bench.store.state.amplification == 2
    assert colours_of(bench, PaneKind.DIFFERENCE) >= {table(-0.48), table(0.8)}


def test_the_scale_stays_when_the_slice_changes_unless_told_otherwise(bench: Bench) -> None:
    made = flat(FIRST)
    for k in range(len(made)):
        made[k] = FIRST + 10 * (k + 1)
    bench.open(a_volume(voxels=flat(FIRST), spacing=(3.0, 3.0, 3.0)), made)
    bench.store.set_difference_limit(200)
    bench.press(Qt.Key.Key_6, CTRL)
    bar = bench.row.pane(PaneKind.DIFFERENCE).canvas.colour_bar
    assert bar is not None

    def scales() -> list[str]:
        found = []
        for index in (0, 5, 11):
            bench.store.go_to_slice(index)
            found.append(bar.accessibleDescription())
        return found

    assert scales() == ["Scale ±200"] * 3
    bench.comparing.by_slice.trigger()
    # Twice the 99th percentile of what differs in the slice.
    assert scales() == ["Scale ±20", "Scale ±120", "Scale ±240"]
    assert bench.store.state.difference_limit == 200


class Maps:
    """Has the map of one slice only, as while the others are computed."""

    def __init__(self, index: int) -> None:
        self._index = index

    def array(self, _kind: object, view: PlaneView, index: int, _made: object) -> Array | None:
        if index != self._index:
            return None
        found = np.full((view.n_rows, view.n_columns), 0.5, np.float32)
        found[: view.n_rows // 2] = 1.0
        return found


@pytest.mark.parametrize(
    ("number", "kind", "difference"),
    [
        (7, PaneKind.SSIM, Difference.SIGNED),
        (6, PaneKind.DIFFERENCE, Difference.NOISE),
    ],
)
def test_a_map_that_is_not_there_says_so_and_never_another_slices(
    bench: Bench, number: int, kind: PaneKind, difference: Difference
) -> None:
    bench.row.set_maps(Maps(index=3))
    bench.store.show(difference=difference)
    bench.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
    bench.store.go_to_slice(3)
    pane = bench.row.pane(kind)
    assert texts(pane) == [LOSSY]
    there = colours_of(bench, kind)
    assert len(there) > 1
    bench.store.go_to_slice(4)
    assert pane.canvas.placeholder == "Computing…"
    assert texts(pane) == []
    shown = grabbed(pane.canvas)
    middle = shown.shape[0] // 2
    assert shown[: middle - 20].max() == 0
    bar = pane.canvas.colour_bar
    assert bar is not None
    assert not bar.isVisible()


def test_an_older_map_of_the_same_slice_stays_with_its_own_label(bench: Bench) -> None:
    bench.row.set_maps(Maps(index=3))
    bench.press(Qt.Key.Key_7, CTRL)
    bench.store.go_to_slice(3)
    before = colours_of(bench, PaneKind.SSIM)
    volume = bench.store.volume
    assert volume is not None
    bench.row.set_maps(Maps(index=-1))
    bench.row.set_reconstruction(a_reconstruction(volume, 8, ratio=40))
    assert colours_of(bench, PaneKind.SSIM) == before
    assert texts(bench.row.pane(PaneKind.SSIM)) == [LOSSY]
    assert texts(bench.row.pane(PaneKind.DIFFERENCE)) == ["LOSSY 40:1 · 8 ch"]
    bench.store.scroll(1)
    assert texts(bench.row.pane(PaneKind.SSIM)) == []


# Two reconstructions


def test_two_reconstructions_are_compared_with_each_other(bench: Bench) -> None:
    volume = bench.store.volume
    assert volume is not None
    bench.store.show(bottleneck="32ch")
    bench.press(Qt.Key.Key_P)
    assert bench.store.state.pinned == "32ch"
    bench.store.show(bottleneck="64ch")
    bench.row.set_pinned(a_reconstruction(volume, 8, voxels=flat(THIRD), ratio=40))
    bench.press(Qt.Key.Key_P, SHIFT)
    assert bench.kinds == [PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.PINNED]
    pinned = bench.row.pane(PaneKind.PINNED)
    assert texts(pinned) == ["LOSSY 40:1 · 8 ch"]
    assert bench.greys(pinned)[100, pinned.width() // 2] == round(255 * THIRD / 1000)
    bench.press(Qt.Key.Key_2, CTRL)
    assert bench.kinds == [PaneKind.MIXED, PaneKind.ORIGINAL]
    assert texts(bench.mixed) == ["LOSSY 40:1 · 8 ch", LOSSY]
    assert halves(bench) == ({round(255 * THIRD / 1000)}, {BRIGHT})
    bench.press(Qt.Key.Key_X)
    assert (bench.store.state.bottleneck, bench.store.state.pinned) == ("32ch", "64ch")
    bench.press(Qt.Key.Key_P, SHIFT)
    assert bench.store.state.layout is Layout.THREE
    bench.press(Qt.Key.Key_X)
    bench.store.show(bottleneck="32ch")
    bench.press(Qt.Key.Key_P)
    assert bench.store.state.pinned == ""


# The navigator


def test_a_navigator_shows_what_is_seen_and_moves_it(bench: Bench) -> None:
    bench.press(Qt.Key.Key_2, CTRL)
    navigator = bench.mixed.canvas.navigator
    assert not navigator.isVisible()
    bench.store.zoom(4.0)
    assert navigator.isVisible()
    assert max(navigator.width(), navigator.height()) in (96, 128)
    assert navigator.width() <= 96
    before = np.array(bench.store.state.centre)
    at = QPoint(navigator.width() // 4, navigator.height() // 4)
    position = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        position,
        navigator.mapToGlobal(position),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(navigator, event)
    moved = np.array(bench.store.state.centre) - before
    # A quarter from the top left: towards the patient's right and front.
    volume = bench.store.volume
    assert volume is not None
    assert moved[0] == pytest.approx(30 * 3 / 4, abs=3)
    assert moved[1] == pytest.approx(40 * 3 / 4, abs=3)
    bench.store.fit()
    assert not navigator.isVisible()


def test_side_by_side_has_no_navigator_but_a_maximised_pane_has(bench: Bench) -> None:
    bench.store.zoom(4.0)
    assert not any(pane.canvas.navigator.isVisible() for pane in bench.row.panes)
    pane = bench.row.panes[1]
    bench.store.toggle_maximised(*pane.spot)
    assert pane.canvas.navigator.isVisible()


# The switch in the toolbar


def test_the_switch_shows_and_chooses_the_comparison(bench: Bench, qtbot: QtBot) -> None:
    bench.switcher.adjustSize()
    bench.switcher.show()
    bench.press(Qt.Key.Key_2, CTRL)
    assert bench.switcher.buttons[Comparison.SWIPE].isChecked()
    qtbot.mouseClick(bench.switcher.buttons[Comparison.BLEND], Qt.MouseButton.LeftButton)
    assert bench.store.state.comparison is Comparison.BLEND
    button = bench.switcher.buttons[Comparison.BLEND]
    assert button.toolTip() == "Blend (Ctrl+5)"
    button.setFocus(Qt.FocusReason.TabFocusReason)
    bench.press(Qt.Key.Key_Right)
    assert bench.store.state.comparison is Comparison.DIFFERENCE


def test_signs_differ_from_each_other(bench: Bench) -> None:
    bench.switcher.show()
    grab: Callable[[Comparison], Array] = lambda c: grabbed(bench.switcher.buttons[c])[:, :34]  # noqa: E731
    bench.press(Qt.Key.Key_1, CTRL)
    signs = [grab(comparison).tobytes() for comparison in list(Comparison)[1:]]
    assert len(set(signs)) == 6


def test_flat_pictures_are_what_they_are_said_to_be(bench: Bench) -> None:
    assert bench.greys(bench.row.panes[0])[100, 200] == DARK
    assert bench.greys(bench.row.panes[1])[100, 200] == BRIGHT
    assert (FIRST, SECOND) == (200, 800)
