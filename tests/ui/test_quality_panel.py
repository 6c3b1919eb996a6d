"""The quality panel: figures, what is stale and unknown, definitions."""

import math

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from isthmus.quality import Measures
from isthmus.ui.quality_panel import QualityPanel
from isthmus.ui.theme import DARK

SLICE = Measures(psnr=34.42, ssim=0.8904, mae=12.53, max_error=194.0)
VOLUME = Measures(psnr=35.61, ssim=0.9071, mae=10.08, max_error=291.0)


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


def test_figures_have_fixed_decimals_and_their_scope(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME)
    assert spoken(panel) == [
        "PSNR, slice 21: 34.4",
        "PSNR, volume: 35.6",
        "SSIM, slice 21: 0.890",
        "SSIM, volume: 0.907",
        "MAE, slice 21: 12.5",
        "MAE, volume: 10.1",
        "Max error, slice 21: 194",
        "Max error, volume: 291",
    ]


def test_unknown_is_a_dash_and_said(panel: QualityPanel) -> None:
    panel.set_slice(None, 3)
    assert "PSNR, slice 3: unknown" in spoken(panel)


def test_stale_values_are_marked_until_fresh_ones_come(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME, "still the value for 48 channels")
    assert "PSNR, volume: 35.6, still the value for 48 channels" in spoken(panel)
    tips = [child.toolTip() for child in panel.findChildren(QWidget)]
    assert sum("Clock: still the value for 48 channels." in tip for tip in tips) == 4
    assert "PSNR, slice 21: 34.4" in spoken(panel)
    dim = panel.grab().toImage()
    panel.set_volume(VOLUME)
    assert "PSNR, volume: 35.6" in spoken(panel)
    fresh = panel.grab().toImage()

    def clocks(image: object, x0: int, x1: int) -> int:
        bright = 0
        for x in range(x0, x1):
            for y in range(36, 60):
                bright += image.pixelColor(x, y).lightness() > 60  # type: ignore[attr-defined]
        return bright

    value_left = 372 - 14 - 40
    assert clocks(dim, value_left - 20, value_left) > clocks(fresh, value_left - 20, value_left)


def test_a_stale_unknown_has_no_clock(panel: QualityPanel) -> None:
    panel.set_volume(None, "still the value for 48 channels")
    assert "PSNR, volume: unknown" in spoken(panel)
    assert not any("Clock" in child.toolTip() for child in panel.findChildren(QWidget))


def test_a_perfect_copy_and_a_small_range(panel: QualityPanel) -> None:
    panel.set_range(-0.5, 0.5)
    panel.set_slice(Measures(math.inf, 1.0, 0.0, 0.0), 1)
    panel.set_volume(Measures(48.3, 0.9987, 0.0123, 0.25))
    assert "PSNR, slice 1: ∞" in spoken(panel)
    assert "MAE, volume: 0.012" in spoken(panel)
    assert "Max error, volume: 0.25" in spoken(panel)


def texts(panel: QualityPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_sizes_and_range_stand_below(panel: QualityPanel) -> None:
    panel.set_sizes(97_960, 93.4, 0.171)
    assert {"98.0\u00a0kB", "93:1", "0.17"} <= set(texts(panel))
    assert "Range 0–1019: maximum − minimum of the volume" in texts(panel)


def test_compact_keeps_every_measure_within_its_height(panel: QualityPanel) -> None:
    panel.set_compact(True)
    panel.resize(356, 150)
    assert "Range 0–1019: maximum − minimum of the volume" not in texts(panel)
    assert panel.minimumSizeHint().height() <= 149


def test_every_figure_tells_its_definition(panel: QualityPanel) -> None:
    tips = {child.toolTip() for child in panel.findChildren(QWidget)}
    ssim = next(tip for tip in tips if "Structural similarity" in tip)
    assert "σ 1.5" in ssim
    assert "range 0–1019" in ssim
    assert "Whole image, air included." in ssim
    for words in ("Peak signal-to-noise ratio", "Mean absolute error", "Maximum error"):
        assert any(words in tip for tip in tips)


def test_volume_figures_are_quieter_than_those_of_the_slice(panel: QualityPanel) -> None:
    panel.set_slice(SLICE, 21)
    panel.set_volume(VOLUME)
    image = panel.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(280, 372) for y in range(34, 140)}
    assert DARK.text not in colours
