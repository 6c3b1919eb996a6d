"""Everything by keyboard, by name and by ear; large text; colours that all eyes tell apart."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from scenes import Array
from test_languages import clipped
from window_scenes import open_scan, settle, small_scan, with_model

from isthmus.ui import accessibility, theme
from isthmus.ui.panes.raster import DIFFERENCE_TABLE
from isthmus.ui.program.preferences import TEXT_SCALE
from isthmus.ui.settings import Settings
from isthmus.ui.theme import DARK, LIGHT
from isthmus.ui.window import Window

CONTROLS = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QAbstractItemView,
)


@pytest.fixture
def scan(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """The window at full size with a scan of which everything is known."""
    window.resize(1920, 1080)
    with_model(window, qtbot)
    open_scan(window, small_scan(tmp_path), qtbot)
    settle(window, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return window


def interactive(window: QWidget) -> Iterator[QWidget]:
    """Yield visible widgets that take the keyboard or are controls."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar | QMenuBar):
            continue
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QAbstractItemView)
        inner = inner or widget.objectName().startswith("qt_")
        if inner or widget.focusProxy() is not None:
            continue
        if isinstance(widget, CONTROLS) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Name)


def explains(widget: QWidget) -> bool:
    """Whether a widget has a tooltip, or answers the pointer that asks for one somewhere on it."""
    if widget.toolTip():
        return True
    for x in range(4, widget.width(), 12):
        for y in range(4, widget.height(), 12):
            at = QPoint(x, y)
            event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
            QApplication.sendEvent(widget, event)
            if QToolTip.isVisible() or QToolTip.text():
                QToolTip.hideText()
                return True
    return False


def described(widget: QWidget) -> str:
    words = widget.accessibleName() or widget.objectName() or widget.toolTip()
    parent = widget.parentWidget()
    return f"{type(parent).__name__} > {type(widget).__name__} {words!r}"


@pytest.mark.parametrize("page", ["welcome", "viewer"])
def test_everything_that_can_be_used_has_a_name(
    window: Window, tmp_path: Path, qtbot: QtBot, page: str
) -> None:
    if page == "viewer":
        open_scan(window, small_scan(tmp_path), qtbot)
    nameless = [described(widget) for widget in interactive(window) if not name_of(widget).strip()]
    assert nameless == []


@pytest.mark.parametrize("page", ["welcome", "viewer"])
def test_every_control_says_what_it_does(
    window: Window, tmp_path: Path, qtbot: QtBot, page: str
) -> None:
    window.settings.add_recent(small_scan(tmp_path))
    window.welcome.set_recents(window.scans.recents())
    if page == "viewer":
        open_scan(window, small_scan(tmp_path), qtbot)
    silent = [
        described(widget)
        for widget in interactive(window)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QAbstractItemView | QTabBar)
        and not explains(widget)
    ]
    assert silent == []


def test_roles_and_values_are_told(scan: Window) -> None:
    accessibility.install()
    selector = QAccessible.queryAccessibleInterface(scan.viewer.deck.selector)
    assert selector.role() == QAccessible.Role.Slider
    spoken = selector.text(QAccessible.Text.Description)
    assert "channels" in spoken
    assert "to 1" in spoken
    assert "decibel" in spoken
    strip = QAccessible.queryAccessibleInterface(scan.viewer.strip)
    assert strip.role() == QAccessible.Role.Slider
    assert strip.valueInterface().currentValue() == scan.store.index + 1
    scan.store.scroll(1)
    assert strip.valueInterface().currentValue() == scan.store.index + 1
    assert "PSNR" in strip.text(QAccessible.Text.Description)
    for pane in scan.viewer.panes.panes:
        picture = QAccessible.queryAccessibleInterface(pane.canvas)
        assert picture.role() == QAccessible.Role.Graphic
        assert picture.text(QAccessible.Text.Name)
    made = QAccessible.queryAccessibleInterface(scan.viewer.panes.panes[1].canvas)
    assert "LOSSY" in made.text(QAccessible.Text.Description)
    assert QAccessible.queryAccessibleInterface(scan.viewer.deck.map).role() == (
        QAccessible.Role.Chart
    )


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier) -> QWidget | None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, keys)
    return QApplication.focusWidget()


def test_tab_reaches_everything_and_comes_round(scan: Window) -> None:
    scan.viewer.panes.panes[0].canvas.setFocus()
    start, none = QApplication.focusWidget(), Qt.KeyboardModifier.NoModifier
    reached: list[QWidget] = []
    for _ in range(200):
        focused = press(scan, Qt.Key.Key_Tab, none)
        assert focused is not None
        reached.append(focused)
        if focused is start:
            break
    assert reached[-1] is start
    missed = [
        described(widget)
        for widget in interactive(scan)
        if widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget not in reached
        and not any(widget.isAncestorOf(each) for each in reached)
    ]
    assert missed == []
    # Backwards through the same.
    back = press(scan, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert back is reached[-2]


def test_f6_goes_through_the_regions_both_ways(scan: Window) -> None:
    scan.viewer.panes.panes[0].canvas.setFocus()
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    there = [press(scan, Qt.Key.Key_F6, none) for _ in range(8)]
    deck = scan.viewer.deck
    regions = (scan.toolbar, scan.scans.widget, scan.viewer.panes, scan.viewer.strip,
               deck.selector, deck.quality, scan.status)  # fmt: skip
    for region in regions:
        assert any(each is region or region.isAncestorOf(each) for each in there if each), region
    assert press(scan, Qt.Key.Key_F6, shift) is there[-2]


# Large text


@pytest.fixture
def large(qapp: QApplication, settings: Settings) -> Iterator[Settings]:
    """Settings with text half as large again."""
    settings.set_value(TEXT_SCALE, 150)
    theme.apply(qapp, scale=1.5)
    yield settings
    theme.apply(qapp, scale=1.0)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_large_text_widens_bars_and_leaves_the_panes_their_width(
    large: Settings, qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    assert theme.font(13).pixelSize() == 20
    window = Window(large)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    QApplication.processEvents()
    assert clipped(window) == []
    open_scan(window, small_scan(tmp_path), qtbot)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    for pane in window.viewer.panes.panes:
        assert pane.canvas.width() >= 320
        assert pane.canvas.height() >= 240
    assert window.viewer.strip.height() >= 1.4 * 32
    assert clipped(window) == []
    window.close()


# Colours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("used", [DARK, LIGHT], ids=["dark", "light"])
def test_text_has_contrast_enough(used: theme.Theme) -> None:
    words = ("text", "text2", "original_text", "reconstruction_text", "error", "warning")
    for ground in ("window", "panel", "control"):
        for front in words:
            assert contrast(getattr(used, front), getattr(used, ground)) >= 4.5, (front, ground)
    for mark in ("original", "reconstruction", "edge"):
        assert contrast(getattr(used, mark), used.panel) >= 3, mark
    assert contrast(used.text3, used.panel) >= 4.5
    assert contrast(used.text2, used.selected) >= 4.5
    assert contrast(used.primary_text, used.primary) >= 4.5
    assert contrast(used.focus, used.panel) >= 4.5
    assert contrast(DARK.overlay_text, "#000000") >= 4.5


# How those see who lack a kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, in
# linear light.
MACHADO = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def lab(srgb: Array) -> Array:
    """Return CIE L*a*b* (D65) of colours in linear light, shape (n, 3)."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = srgb @ to_xyz.T / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1
    )


def seen(colours: Array, eyes: str) -> Array:
    """Return L*a*b* of sRGB colours (0–255, shape (n, 3)) as someone with such eyes sees them."""
    values = colours / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return lab(np.clip(linear @ np.array(MACHADO[eyes]).T, 0, 1))


@pytest.mark.parametrize("eyes", list(MACHADO))
def test_removed_and_added_are_told_apart_by_all_eyes(eyes: str) -> None:
    table = np.stack([(DIFFERENCE_TABLE >> shift) & 0xFF for shift in (16, 8, 0)], axis=1)
    count = len(table)
    assert count % 2 == 1
    as_seen = seen(table.astype(float), eyes)
    middle = count // 2
    for share in (0.3, 0.6, 1.0):
        step = round(share * middle)
        minus, plus = as_seen[middle - step], as_seen[middle + step]
        assert math.dist(minus, plus) > 25, share
        # Neither side wins: both are as light at the same size of the difference.
        assert abs(minus[0] - plus[0]) < 22
    # Further from nothing is always lighter, on both sides.
    lightness = as_seen[:, 0]
    assert (np.diff(lightness[middle:]) >= -0.5).all()
    assert (np.diff(lightness[: middle + 1]) <= 0.5).all()


@pytest.mark.parametrize("eyes", list(MACHADO))
@pytest.mark.parametrize("used", [DARK, LIGHT], ids=["dark", "light"])
def test_original_and_reconstruction_are_told_apart_by_all_eyes(
    used: theme.Theme, eyes: str
) -> None:
    pair = np.array(
        [
            [int(c[at : at + 2], 16) for at in (1, 3, 5)]
            for c in (used.original, used.reconstruction)
        ]
    )
    blue, orange = seen(pair.astype(float), eyes)
    assert math.dist(blue, orange) > 60


# Screens of another density


def test_another_density_of_the_screen_redraws_what_is_kept(
    scan: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip, panes = scan.viewer.strip, scan.viewer.panes
    strip.grab()
    for widget in (strip, panes):
        monkeypatch.setattr(widget, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(panes, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert scan.store.pixel_ratio == 2.0
    scan.store.one_to_one()
    view = scan.store.view
    assert view is not None
    # One voxel on one pixel of that screen: half of a device-independent one.
    assert scan.store.state.mm_per_pixel == pytest.approx(2 * min(view.row_mm, view.column_mm))
    strip.grab()
    assert strip._bars is not None
    assert strip._bars.devicePixelRatio() == 2.0
