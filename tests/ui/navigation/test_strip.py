"""The slice strip: bars that tell the truth, and a way to every slice."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from scenes import LEFT, SHIFT, Array, a_volume, click, drag, grabbed, wheel

from isthmus.scans import Plane
from isthmus.ui.navigation.bars import slice_bars
from isthmus.ui.navigation.strip import SliceStrip
from isthmus.ui.state import ViewStore

ORANGE, WHITE, PANEL = (0xF2, 0xA0, 0x3D), (0xEB, 0xEB, 0xEB), (0x1B, 0x1B, 0x1B)


@pytest.fixture
def store(qtbot: QtBot) -> ViewStore:
    """A store with a scan of 20 slices."""
    made = ViewStore()
    made.set_volume(a_volume((20, 12, 10)))
    return made


@pytest.fixture
def strip(qtbot: QtBot, store: ViewStore) -> SliceStrip:
    """A shown strip of that scan."""
    made = SliceStrip(store)
    qtbot.addWidget(made)
    made.resize(1000, made.height())
    made.show()
    return made


def middle(strip: SliceStrip, index: int) -> QPointF:
    """Return a place in the column of a slice."""
    centre = strip.bar_rect(index).center()
    return QPointF(round(centre.x()), round(centre.y()))


def bar(strip: SliceStrip, index: int) -> tuple[tuple[int, ...], int]:
    """Return colour and height of a bar, as drawn."""
    column = grabbed(strip)[:, int(middle(strip, index).x())]
    colour = tuple(int(v) for v in column[-6])
    return colour, int((column[8:] == column[-6]).all(axis=1).sum())


def words_at_the_right(strip: SliceStrip) -> Array:
    """Return the pixels of what stands beside the last bar."""
    return grabbed(strip)[2:, -134:]


def test_click_and_drag_go_to_the_slice(strip: SliceStrip, store: ViewStore) -> None:
    for index in (0, 7, 19):
        click(strip, middle(strip, index))
        assert store.index == index
    drag(strip, middle(strip, 3), middle(strip, 12) - middle(strip, 3))
    assert store.index == 12
    # A hand that leaves the strip holds on to its end.
    drag(strip, middle(strip, 3), QPointF(5000, 300))
    assert store.index == 19
    click(strip, middle(strip, 5), Qt.MouseButton.RightButton)
    assert store.index == 19


def test_the_wheel_scrolls(strip: SliceStrip, store: ViewStore) -> None:
    wheel(strip, -120)
    assert store.index == 11
    wheel(strip, 120, keys=SHIFT)
    assert store.index == 1


def test_before_quality_is_known_there_are_flat_grey_ticks(
    strip: SliceStrip, store: ViewStore
) -> None:
    store.go_to_slice(19)
    drawn = {bar(strip, index) for index in range(19)}
    assert len(drawn) == 1
    (red, green, blue), _ = drawn.pop()
    assert red == green == blue
    assert bar(strip, 19)[0] == WHITE
    assert strip.lowest is None
    strip.go_to_lowest()
    assert store.index == 19


def test_bars_are_high_where_the_picture_is_good_and_orange_where_not(
    strip: SliceStrip, store: ViewStore
) -> None:
    psnr = np.linspace(33.0, 37.0, 20)
    strip.set_quality(psnr.tolist())
    store.go_to_slice(19)
    heights = [bar(strip, index)[1] for index in range(20)]
    assert heights == sorted(heights)
    assert heights[0] < heights[10] < heights[19]
    assert bar(strip, 0)[0] == ORANGE  # 2 dB below the median
    red, green, blue = bar(strip, 15)[0]
    assert red == green == blue
    assert bar(strip, 19)[0] == WHITE
    store.go_to_slice(4)
    assert bar(strip, 4)[0] == WHITE
    assert bar(strip, 19)[0] != WHITE


def test_the_lowest_is_marked_and_can_be_gone_to(strip: SliceStrip, store: ViewStore) -> None:
    psnr = np.full(20, 36.0)
    psnr[6] = 34.0
    strip.set_quality(psnr.tolist())
    assert strip.lowest == 6
    top = grabbed(strip)[2:6]
    orange = np.flatnonzero((np.abs(top.astype(int) - ORANGE).max(axis=2) < 30).any(axis=0))
    assert abs(orange.mean() - middle(strip, 6).x()) < 2
    strip.go_to_lowest()
    assert store.index == 6
    store.go_to_slice(0)
    click(strip, QPointF(strip.width() - 60, 20))
    assert store.index == 6


@pytest.mark.parametrize("compact", [False, True])
def test_other_planes_have_figures_of_their_own(
    strip: SliceStrip, store: ViewStore, compact: bool
) -> None:
    strip.set_compact(compact)
    strip.set_quality([36.0] * 20)
    store.set_plane(Plane.CORONAL)
    assert strip.lowest is None
    click(strip, middle(strip, 11))
    assert store.index == 11
    assert strip.accessibleDescription() == "Slice 12 of 12"
    with pytest.raises(ValueError, match="figures"):
        strip.set_quality([36.0] * 20)
    # Nothing is said, and nothing is hidden under a click, before it is known.
    click(strip, QPointF(strip.width() - 60, 16))
    assert store.index == 11
    assert words_at_the_right(strip).max() < 60
    psnr = np.full(12, 36.0)
    psnr[6] = 34.0
    strip.set_quality(psnr.tolist())
    said = words_at_the_right(strip)
    click(strip, QPointF(strip.width() - 60, 16))
    assert store.index == strip.lowest == 6
    # They are the words of an acquired plane with the same lowest slice.
    store.set_plane(Plane.AXIAL)
    strip.set_quality([*psnr.tolist(), *[36.0] * 8])
    np.testing.assert_array_equal(words_at_the_right(strip), said)


def test_another_scan_of_the_same_size_has_no_figures_yet(
    strip: SliceStrip, store: ViewStore
) -> None:
    strip.set_quality([36.0] * 20)
    store.set_volume(a_volume((20, 12, 10)))
    assert strip.lowest is None


def test_it_tells_screen_readers_and_the_pointer(strip: SliceStrip, store: ViewStore) -> None:
    strip.set_quality([30.0 + index for index in range(20)])
    store.go_to_slice(4)
    assert strip.accessibleName() == "Slices"
    described = strip.accessibleDescription().replace("\u00a0", " ")
    assert described == "Slice 5 of 20, PSNR 34.0 dB"
    at = middle(strip, 11).toPoint()
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, at, strip.mapToGlobal(at)))
    assert QToolTip.text().replace("\u00a0", " ") == "Slice 12: PSNR 41.0 dB"
    QToolTip.hideText()


def test_two_thousand_slices_still_fit_and_the_worst_is_seen(qtbot: QtBot) -> None:
    store = ViewStore()
    store.set_volume(a_volume((2000, 3, 3)))
    strip = SliceStrip(store)
    qtbot.addWidget(strip)
    strip.resize(900, strip.height())
    psnr = np.full(2000, 36.0)
    psnr[777] = 30.0
    strip.set_quality(psnr.tolist())
    store.go_to_slice(0)
    assert bar(strip, 777)[0] == ORANGE
    click(strip, middle(strip, 1500), LEFT)
    assert abs(store.index - 1500) <= 2


def test_infinite_and_unknown_figures_have_bars_too(strip: SliceStrip) -> None:
    heights, colours = slice_bars(np.array([np.inf, 35.0, 36.0, np.nan]), 4, 30)
    assert heights[0] == 30
    assert heights[3] == 0
    assert colours[0] == colours[2]
    heights, _ = slice_bars(np.array([np.inf, np.inf]), 2, 30)
    assert heights[0] == heights[1] > 0
    strip.set_quality([np.inf] * 20)
    assert strip.lowest is None
    grabbed(strip)


def test_compact_is_lower(strip: SliceStrip) -> None:
    assert strip.height() == 42
    strip.set_compact(True)
    assert strip.height() == 32
    strip.set_quality([36.0] * 20)
    assert tuple(grabbed(strip)[16, 2]) == PANEL
