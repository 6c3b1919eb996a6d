"""Tokens, type, icons and the focus ring."""

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from isthmus.ui import icons
from isthmus.ui.focus import FocusRing
from isthmus.ui.theme import DARK, LIGHT, Theme, font


def luminance(token: str) -> float:
    channels = [QColor(token).redF(), QColor(token).greenF(), QColor(token).blueF()]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str) -> float:
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
GROUNDS = ("window", "panel", "control", "segment")
WORDS = ("text", "text2", "text3", "original_text", "reconstruction_text", "warning", "error")


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("front", WORDS)
def test_text_can_be_read_on_every_ground_it_stands_on(
    theme: Theme, front: str, ground: str
) -> None:
    assert contrast(getattr(theme, front), getattr(theme, ground)) >= 4.5


@THEMES
def test_text_can_be_read_on_what_is_selected_or_hovered_and_on_the_primary_button(
    theme: Theme,
) -> None:
    for ground in (theme.selected, theme.hover):
        assert contrast(theme.text, ground) >= 4.5
        assert contrast(theme.text2, ground) >= 4.5
    for ground in (theme.primary, theme.primary_hover, theme.primary_pressed):
        assert contrast(theme.primary_text, ground) >= 4.5


@THEMES
def test_marks_and_edges_stand_out_from_the_panel(theme: Theme) -> None:
    for name in ("edge", "original", "reconstruction", "difference", "focus"):
        assert contrast(getattr(theme, name), theme.panel) >= 3


@pytest.mark.parametrize("front", ["overlay_text", "original", "reconstruction", "difference"])
def test_what_is_written_on_pictures_can_be_read_on_black(front: str) -> None:
    assert contrast(getattr(DARK, front), "#000000") >= 4.5


@THEMES
def test_greys_are_grey(theme: Theme) -> None:
    greys = ("window", "panel", "control", "control_line", "hover", "selected", "track", "line")
    for name in (*greys, "edge", "text", "text2", "text3", "difference", "focus"):
        token = QColor(getattr(theme, name))
        assert token.red() == token.green() == token.blue()


@pytest.mark.parametrize("pixels", [11, 13, 36])
def test_figures_are_tabular(qapp: QApplication, pixels: int) -> None:
    metrics = QFontMetricsF(font(pixels, 600))
    widths = [metrics.horizontalAdvance(digit * 4) for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.3


@pytest.mark.parametrize("name", ["folder-open", "x", "clock", "play-fill", "tray", "x-circle"])
def test_icons_are_drawn(qapp: QApplication, name: str) -> None:
    image = icons.icon(name).pixmap(QSize(16, 16)).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))


def drawn(mark: icons.Mark) -> QImage:
    image = QImage(12, 12, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icons.paint_mark(painter, QRectF(0, 0, 12, 12), mark)
    painter.end()
    return image


def test_marks_differ_in_shape_and_not_only_in_colour(qapp: QApplication) -> None:
    images = [drawn(mark) for mark in icons.Mark]
    shapes = {tuple(image.pixelColor(x, 6).alpha() > 128 for x in range(12)) for image in images}
    assert len(shapes) == 3


def test_the_logo_has_both_colours(qapp: QApplication) -> None:
    image = icons.logo().pixmap(QSize(64, 64)).toImage()
    assert image.pixelColor(5, 32).name() == DARK.original
    assert image.pixelColor(58, 32).name() == DARK.reconstruction
    assert image.pixelColor(32, 5).alpha() == 0


@pytest.fixture
def row(qtbot: QtBot) -> tuple[QWidget, QPushButton, QPushButton]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    first, second = QPushButton("First"), QPushButton("Second")
    layout.addWidget(first)
    layout.addWidget(second)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window, first, second


def rings(window: QWidget) -> list[FocusRing]:
    return [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]


def test_tab_rings_the_focused_widget_outside_its_edge(
    row: tuple[QWidget, QPushButton, QPushButton],
) -> None:
    window, first, second = row
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert window.focusWidget() is second
    (ring,) = rings(window)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    image = window.grab().toImage()
    assert image.pixelColor(second.geometry().center().x(), second.y() - 3).name() == DARK.focus


def test_the_ring_follows_its_widget_and_goes_with_it(
    row: tuple[QWidget, QPushButton, QPushButton],
) -> None:
    window, first, second = row
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    window.resize(500, 90)
    QApplication.processEvents()
    (ring,) = rings(window)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.hide()  # the focus goes on to the first
    QApplication.processEvents()
    (ring,) = rings(window)
    assert ring.geometry() == first.geometry().adjusted(-4, -4, 4, 4)


def test_the_mouse_takes_the_ring_away(row: tuple[QWidget, QPushButton, QPushButton]) -> None:
    window, first, second = row
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert rings(window)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not rings(window)


def test_what_draws_its_own_focus_gets_no_ring(
    row: tuple[QWidget, QPushButton, QPushButton],
) -> None:
    window, first, second = row
    second.setProperty("focusRing", "own")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert not rings(window)
    first.setProperty("focusRing", "inside")
    QTest.keyClick(second, Qt.Key.Key_Tab)
    (ring,) = rings(window)
    assert ring.geometry() == first.geometry().adjusted(1, 1, -1, -1)
    assert window.childAt(first.geometry().topLeft() + QPoint(2, 2)) is not ring
