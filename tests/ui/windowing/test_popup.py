"""The histogram under the window field: limits to drag, figures to type, presets to click."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scenes import SHIFT, grabbed
from window_scenes import LONG, open_scan, small_scan
from windowing_scenes import key, with_reconstruction

from isthmus.ui.state import PaneKind
from isthmus.ui.window import Window
from isthmus.ui.windowing.plot import HistogramPlot
from isthmus.ui.windowing.popup import Field, HistogramPopup


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window with a scan and a reconstruction, whose histogram is open."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_reconstruction(window)
    QTest.mouseClick(window.toolbar.window_field, Qt.MouseButton.LeftButton)
    counts = window.features.windowing.counts
    qtbot.waitUntil(lambda: None not in (counts.original, counts.made), timeout=LONG)
    return window


@pytest.fixture
def popup(viewing: Window) -> HistogramPopup:
    found = viewing.features.windowing.popup
    assert found.isVisible()
    return found


def ends(window: Window) -> tuple[float, float]:
    state = window.store.state
    half = state.window_width / 2
    return state.window_centre - half, state.window_centre + half


def drag_plot(plot: HistogramPlot, start: float, end: float) -> None:
    y = round(plot.area.center().y())
    first, last = (QPoint(round(plot.x_of(value)), y) for value in (start, end))
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(plot, (first + last) / 2)
    QTest.mouseMove(plot, last)
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=last)


def type_into(field: Field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_each_end_and_the_whole_window_can_be_dragged(
    viewing: Window, popup: HistogramPopup
) -> None:
    viewing.store.set_window(400, 400)
    pixel = popup.plot.value_at(1) - popup.plot.value_at(0)
    drag_plot(popup.plot, 200, 300)
    assert ends(viewing) == pytest.approx((300, 600), abs=2 * pixel)
    drag_plot(popup.plot, ends(viewing)[1], 500)
    assert ends(viewing) == pytest.approx((300, 500), abs=2 * pixel)
    low, high = ends(viewing)
    middle = (low + high) / 2
    drag_plot(popup.plot, middle, middle + 150)
    assert ends(viewing) == pytest.approx((low + 150, high + 150), abs=2 * pixel)
    # An end does not go beyond the other.
    drag_plot(popup.plot, ends(viewing)[0], ends(viewing)[1] + 200)
    low, high = ends(viewing)
    assert low < high


def test_the_plot_keeps_its_scale_under_the_hand(viewing: Window, popup: HistogramPopup) -> None:
    viewing.store.set_window(400, 400)
    before = popup.plot.x_of(0), popup.plot.x_of(700)
    drag_plot(popup.plot, 400, 500)
    assert (popup.plot.x_of(0), popup.plot.x_of(700)) == before


def test_keys_move_the_window_in_the_plot(viewing: Window, popup: HistogramPopup) -> None:
    viewing.store.set_window(400, 400)
    index, bottleneck = viewing.store.index, viewing.store.state.bottleneck
    popup.plot.setFocus()
    QTest.keyClick(popup.plot, Qt.Key.Key_Right)
    assert ends(viewing) == (208, 608)
    QTest.keyClick(popup.plot, Qt.Key.Key_Up)
    assert ends(viewing) == (200, 616)
    assert (viewing.store.index, viewing.store.state.bottleneck) == (index, bottleneck)


def test_both_histograms_are_drawn_in_their_colours(viewing: Window, popup: HistogramPopup) -> None:
    shown = grabbed(popup.plot).astype(int)
    blue = (shown[..., 2] - shown[..., 0] > 60).sum()
    orange = (shown[..., 0] - shown[..., 2] > 30).sum()
    assert blue > 200
    assert orange > 500


def test_either_histogram_may_be_there_first(viewing: Window, popup: HistogramPopup) -> None:
    counts = viewing.features.windowing.counts
    for original, made in ((None, counts.made), (counts.original, None)):
        popup.plot.set_counts(original, made)
        shown = grabbed(popup.plot).astype(int)
        blue = (shown[..., 2] - shown[..., 0] > 60).sum() > 200
        orange = (shown[..., 0] - shown[..., 2] > 30).sum() > 500
        assert (blue, orange) == (original is not None, made is not None)


def test_exact_ends_are_written(viewing: Window, popup: HistogramPopup) -> None:
    volume = viewing.store.volume
    assert volume is not None
    texts = [label.text() for label in popup.findChildren(type(popup._range))]
    low, high = volume.voxels.min(), volume.voxels.max()
    assert any(text.startswith(f"{low}–{high}") and "foreground" in text for text in texts)


def test_figures_that_are_typed_set_the_window(viewing: Window, popup: HistogramPopup) -> None:
    type_into(popup.window_width, "300")
    type_into(popup.centre, "250")
    assert ends(viewing) == (100, 400)
    type_into(popup.low, "-50")
    assert ends(viewing) == (-50, 400)
    assert popup.low.text().startswith("−50")
    type_into(popup.high, "350")
    assert ends(viewing) == (-50, 350)
    # What makes no window is taken back.
    type_into(popup.high, "-200")
    assert ends(viewing) == (-50, 350)
    assert popup.high.value() == 350


def test_shift_w_brings_the_keys_into_the_field_of_the_width(
    viewing: Window, popup: HistogramPopup, qtbot: QtBot
) -> None:
    popup.hide()
    key(viewing, Qt.Key.Key_W, SHIFT)
    assert popup.isVisible()
    qtbot.waitUntil(popup.window_width.hasFocus)
    QTest.keyClicks(popup.window_width, "123")
    QTest.keyClick(popup.window_width, Qt.Key.Key_Return)
    assert viewing.store.state.window_width == 123
    QTest.keyClick(popup.window_width, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_preset_is_taken_by_a_click_and_marked(viewing: Window, popup: HistogramPopup) -> None:
    presets = popup.presets
    for place, window in enumerate(viewing.features.windowing.presets):
        item = presets.topLevelItem(place)
        at = presets.visualItemRect(item).center()
        QTest.mouseClick(presets.viewport(), Qt.MouseButton.LeftButton, pos=at)
        state = viewing.store.state
        assert (state.window_centre, state.window_width) == (window.centre, window.width)
        assert presets.currentItem() is item
    viewing.store.set_window(1, 2)
    assert presets.currentItem() is None


def test_arrows_and_return_take_a_preset_too(viewing: Window, popup: HistogramPopup) -> None:
    index, last = viewing.store.index, viewing.features.windowing.presets[-1]
    popup.presets.setFocus()
    QTest.keyClick(popup.presets, Qt.Key.Key_End)
    QTest.keyClick(popup.presets, Qt.Key.Key_Return)
    state = viewing.store.state
    assert (state.window_centre, state.window_width) == (last.centre, last.width)
    assert viewing.store.index == index


def test_percentiles_that_are_typed_set_the_window_and_are_remembered(
    viewing: Window, popup: HistogramPopup, qtbot: QtBot
) -> None:
    volume = viewing.store.volume
    assert volume is not None
    type_into(popup.shares[0], "10")
    type_into(popup.shares[1], "80")
    low, high = np.percentile(volume.real(volume.voxels), (10, 80), method="inverted_cdf")
    assert ends(viewing) == pytest.approx((low, high))
    assert viewing.settings.value("window/low percentile", 0.0) == 10
    assert viewing.settings.value("window/high percentile", 0.0) == 80


def test_where_windows_are_unlinked_one_chooses_which_is_set(
    viewing: Window, popup: HistogramPopup
) -> None:
    viewing.features.windowing.actions.unlink.trigger()
    of_original, of_made = popup._which.buttons()
    assert of_made.isVisible()
    shared = ends(viewing)
    QTest.mouseClick(of_made, Qt.MouseButton.LeftButton)
    type_into(popup.centre, "77")
    own = viewing.store.state.own_window
    assert own is not None
    assert own[0] == 77
    assert ends(viewing) == shared
    QTest.mouseClick(of_original, Qt.MouseButton.LeftButton)
    type_into(popup.centre, "55")
    assert viewing.store.state.window_centre == 55
    assert viewing.store.state.own_window == own
    assert viewing.features.windowing.pointed is PaneKind.ORIGINAL


def test_everything_has_a_name_and_is_reached_by_tab(popup: HistogramPopup) -> None:
    fields = (popup.plot, popup.presets, popup.low, popup.high, popup.centre, popup.window_width)
    for widget in (*fields, *popup.shares, popup.colours):
        assert widget.accessibleName()
        assert widget.toolTip()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
