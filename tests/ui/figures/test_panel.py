"""The quality panel: figures, what is stale and unknown, definitions, copying."""

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from isthmus.quality import Measures
from isthmus.quality.figures import Figures
from isthmus.ui.figures.cells import Cells
from isthmus.ui.figures.panel import QualityPanel
from isthmus.ui.figures.scope import Scope
from isthmus.ui.figures.table import Column
from isthmus.ui.theme import DARK

SLICE = Measures(psnr=34.42, ssim=0.8904, mae=12.53, max_error=194.0)
VOLUME = Measures(psnr=35.61, ssim=0.9071, mae=10.08, max_error=291.0)
SLOW = Figures(900, 31.2, 0.871, 20.4, 194.0, 0.0275, 0.953, 0.8612)


@pytest.fixture
def panel(qtbot: QtBot) -> QualityPanel:
    widget = QualityPanel()
    qtbot.addWidget(widget)
    widget.set_range(0, 1019)
    widget.resize(372, 256)
    widget.show()
    return widget


def spoken(panel: QualityPanel) -> list[str]:
    return panel.accessibleDescription().split("; ")


def tip(panel: QualityPanel, row: int, x: int) -> str:
    """Ask for the tooltip in a row as the window system does; return it."""
    cells = panel.findChild(Cells)
    at = QPoint(x, cells.height() - (len(cells.rows) - row) * 27 + 10)
    QApplication.sendEvent(cells, QHelpEvent(QEvent.Type.ToolTip, at, cells.mapToGlobal(at)))
    return QToolTip.text()


def test_figures_have_fixed_decimals_and_their_scope(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME)
    panel.set_more(SLOW, None)
    assert spoken(panel) == [
        "PSNR, slice 21: 34.4",
        "PSNR, volume: 35.6",
        "SSIM, slice 21: 0.890",
        "SSIM, volume: 0.907",
        "MAE, slice 21: 12.5",
        "MAE, volume: 10.1",
        "Max error, slice 21: 194",
        "Max error, volume: 291",
        "HaarPSI, slice 21: 0.861",
        "HaarPSI, volume: unknown",
    ]


def test_unknown_is_a_dash_and_said(panel: QualityPanel) -> None:
    panel.set_slice(None, 3)
    assert "PSNR, slice 3: unknown" in spoken(panel)


def test_stale_values_are_marked_until_fresh_ones_come(panel: QualityPanel) -> None:
    still = "still the value for 48 channels"
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME, still)
    panel.set_more(SLOW, SLOW, "still the value for 32 channels")
    assert f"PSNR, volume: 35.6, {still}" in spoken(panel)
    assert "HaarPSI, volume: 0.861, still the value for 32 channels" in spoken(panel)
    assert "PSNR, slice 21: 34.4" in spoken(panel)
    assert f"Clock: {still}." in tip(panel, 0, 330)
    assert "Clock" not in tip(panel, 0, 230)
    dim = panel.grab().toImage()
    panel.set_volume(VOLUME)
    panel.set_more(SLOW, SLOW)
    assert "PSNR, volume: 35.6" in spoken(panel)
    fresh = panel.grab().toImage()

    def bright(image: object, top: int) -> int:
        return sum(
            image.pixelColor(x, y).lightness() > 60  # type: ignore[attr-defined]
            for x in range(372 - 14 - 64, 372 - 14 - 44)
            for y in range(top, top + 27)
        )

    top = panel.findChild(Cells).y() + 22
    assert bright(dim, top) > bright(fresh, top)


def test_a_stale_unknown_has_no_clock(panel: QualityPanel) -> None:
    panel.set_volume(None, "still the value for 48 channels")
    assert "PSNR, volume: unknown" in spoken(panel)
    assert "Clock" not in tip(panel, 0, 330)


def test_a_perfect_copy_and_a_small_range(panel: QualityPanel) -> None:
    panel.set_range(-0.5, 0.5)
    panel.set_slice(Measures(math.inf, 1.0, 0.0, 0.0), 1)
    panel.set_volume(Measures(48.3, 0.9987, 0.0123, 0.25))
    assert "PSNR, slice 1: ∞" in spoken(panel)
    assert "MAE, volume: 0.012" in spoken(panel)
    assert "Max error, volume: 0.25" in spoken(panel)


def texts(panel: QualityPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_the_range_stands_below(panel: QualityPanel) -> None:
    assert "Range 0–1019: maximum − minimum of the volume" in texts(panel)


def test_a_small_window_shows_four_measures_within_its_height(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_compact(True)
    panel.resize(356, 150)
    assert "Range 0–1019: maximum − minimum of the volume" not in texts(panel)
    assert panel.minimumSizeHint().height() <= 149
    assert [line.partition(",")[0] for line in spoken(panel)[::2]] == [
        "PSNR",
        "SSIM",
        "MAE",
        "HaarPSI",
    ]


def test_every_figure_tells_its_definition(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    ssim = tip(panel, 1, 40)
    assert "σ 1.5" in ssim
    assert "range 0–1019" in ssim
    assert "Every voxel counts" in ssim
    for row, words in enumerate(
        ("Peak signal-to-noise ratio", "Structural", "Mean absolute", "Maximum error", "Haar")
    ):
        assert words in tip(panel, row, 40)
    assert "Kastryulin et al. 2023" in tip(panel, 4, 40)
    panel.set_scope(Scope.FOREGROUND)
    assert "Only the patient counts" in tip(panel, 1, 40)


def test_volume_figures_are_quieter_than_those_of_the_slice(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME)
    image = panel.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(280, 360) for y in range(60, 190)}
    assert DARK.text2 in colours
    assert DARK.text not in colours


def test_a_region_has_a_column_of_its_own_while_it_is_selected(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_region(Column("Ellipse 1", SLOW))
    assert "PSNR, ellipse 1: 31.2" in spoken(panel)
    panel.set_region(None)
    assert not any("ellipse" in line for line in spoken(panel))


def test_the_foreground_shows_nothing_of_the_whole(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME)
    panel.set_scope(Scope.FOREGROUND)
    assert "PSNR, slice 21: unknown" in spoken(panel)
    panel.set_more(SLOW, None)
    assert "PSNR, slice 21: 31.2" in spoken(panel)


def test_what_counts_is_chosen_by_mouse_and_by_keys(panel: QualityPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.scope_chosen) as asked:
        QTest.keyClick(panel.scope, Qt.Key.Key_Down)
    assert asked.args == [Scope.FOREGROUND]
    menu = panel.menu()
    with qtbot.waitSignal(panel.scope_chosen) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [Scope.WHOLE]


def test_the_figures_are_copied_as_text(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME, "still the value for 48 channels")
    panel.setFocus()
    QTest.keyClick(panel, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["", "Slice 21", "Volume"]
    # What is still another bottleneck's stays out.
    assert lines[1].split("\t") == ["PSNR (dB)", "34.4", ""]
    assert any("range 0–1019" in line for line in lines)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_asks_for_all_measures(panel: QualityPanel, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(panel.details_wanted):
        QTest.keyClick(panel, key)


def test_a_click_on_its_button_asks_for_all_measures(panel: QualityPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.details_wanted):
        QTest.mouseClick(panel.all, Qt.MouseButton.LeftButton)
