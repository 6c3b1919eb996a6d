"""Masks over the scan: opened, drawn, listed, hidden, and refused where they do not fit."""

from pathlib import Path

import numpy as np
import pytest
from builders import write_nifti_scan
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from scenes import Array, grabbed
from window_scenes import LONG, SHAPE, errors, open_scan, small_scan

from isthmus.ui.masks.colours import label_colour
from isthmus.ui.masks.masks import Masks
from isthmus.ui.masks.overlay import Style, paint_labels
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.state import Overlay, PaneKind
from isthmus.ui.view_state import Convention
from isthmus.ui.window import Window

LABELS = np.zeros(SHAPE, np.uint8)
LABELS[2:8, 8:20, 6:16] = 1
LABELS[4:6, 22:32, 20:30] = 4


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    return write_nifti_scan(tmp_path / "mask.nii.gz", LABELS)


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window with a scan whose middle slice has both labels; no words on the pictures."""
    open_scan(window, small_scan(tmp_path), qtbot)
    window.store.show(overlay=Overlay.NONE, crosshair=False)
    return window


@pytest.fixture
def masks(viewing: Window, mask: Path, qtbot: QtBot) -> Masks:
    """The same with a mask, its panel to be seen."""
    drop(viewing, mask, Qt.KeyboardModifier.ShiftModifier)
    found = viewing.features.masks
    qtbot.waitUntil(lambda: found.map is not None, timeout=LONG)
    found.panel.resize(392, 220)
    return found


def drop(window: Window, path: Path, keys: Qt.KeyboardModifier) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, button, middle = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        window.rect().center(),
    )
    QApplication.sendEvent(window, QDragEnterEvent(middle, copy, mime, button, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), copy, mime, button, keys))


def press(window: Window, key: Qt.Key) -> None:
    window.activateWindow()
    QTest.keyClick(window.viewer.panes.panes[0].canvas, key)
    QApplication.processEvents()


def mapping_of(window: Window) -> Mapping:
    mapping = window.viewer.panes.panes[0].canvas.mapping
    assert mapping is not None
    return mapping


def at_voxel(window: Window, row: float, column: float) -> Array:
    """Return the pixel in the middle of a voxel of the original, by display row and column."""
    mapping = mapping_of(window)
    x = mapping.origin.x() + (column + 0.5) * mapping.pixels_per_column
    y = mapping.origin.y() + (row + 0.5) * mapping.pixels_per_row
    return grabbed(window.viewer.panes.pane(PaneKind.ORIGINAL).canvas)[int(y), int(x)].astype(int)


def places(window: Window, value: int) -> Array:
    """Return (row, column) of the visible slice's voxels with a label."""
    mapping = mapping_of(window)
    return np.argwhere(mapping.view.extract(LABELS, mapping.index) == value)


def middle(window: Window, value: int) -> tuple[int, int]:
    row, column = places(window, value).mean(axis=0).round().astype(int)
    return int(row), int(column)


def rgb(name: str) -> Array:
    return np.array([int(name[n : n + 2], 16) for n in (1, 3, 5)])


def test_a_file_that_is_dropped_with_shift_becomes_a_mask(viewing: Window, masks: Masks) -> None:
    volume = viewing.store.volume
    assert volume is not None
    assert volume.source.title != "mask"
    assert masks.path is not None
    assert masks.path.name == "mask.nii.gz"
    assert [label.value for label in masks.map.labels] == [1, 4]


def test_without_shift_it_is_a_scan(viewing: Window, mask: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewing.session.opened, timeout=LONG):
        drop(viewing, mask, Qt.KeyboardModifier.NoModifier)
    assert viewing.features.masks.map is None


def test_the_menu_asks_for_a_file(
    viewing: Window, mask: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(mask), ""))
    viewing.activateWindow()
    QTest.keyClick(
        viewing.viewer.panes.panes[0].canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: viewing.features.masks.map is not None, timeout=LONG)


def test_each_label_is_drawn_in_its_colour_at_its_place(viewing: Window, mask: Path, qtbot: QtBot):
    where = {value: middle(viewing, value) for value in (1, 4)}
    before = {value: at_voxel(viewing, *at) for value, at in where.items()}
    drop(viewing, mask, Qt.KeyboardModifier.ShiftModifier)
    masks = viewing.features.masks
    qtbot.waitUntil(lambda: masks.map is not None, timeout=LONG)
    for place, (value, at) in enumerate(where.items()):
        colour, share = rgb(label_colour(place)), masks.opacity
        expected = colour * share + before[value] * (1 - share)
        assert np.abs(at_voxel(viewing, *at) - expected).max() <= 3


def test_labels_mirror_with_the_picture(viewing: Window, masks: Masks) -> None:
    for convention in Convention:
        viewing.store.show(convention=convention)
        masks.set_opacity(1.0)
        for place, value in enumerate((1, 4)):
            at = middle(viewing, value)
            assert np.abs(at_voxel(viewing, *at) - rgb(label_colour(place))).max() <= 2


def test_o_hides_and_shows_the_mask(viewing: Window, masks: Masks) -> None:
    canvas = viewing.viewer.panes.panes[0].canvas
    drawn = grabbed(canvas)
    press(viewing, Qt.Key.Key_O)
    plain = grabbed(canvas)
    assert (drawn != plain).any()
    assert np.ptp(plain.astype(int), axis=2).max() == 0  # greys alone
    press(viewing, Qt.Key.Key_O)
    np.testing.assert_array_equal(grabbed(canvas), drawn)


def test_a_tick_hides_one_label(viewing: Window, masks: Masks, qtbot: QtBot) -> None:
    table = masks.panel.table
    masks.panel.setParent(None)
    masks.panel.show()
    qtbot.addWidget(masks.panel)
    item = table.topLevelItem(0)
    box = table.visualItemRect(item)
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=box.topLeft() + QPoint(12, box.height() // 2),
    )
    assert not masks.is_shown(1)
    first, second = (at_voxel(viewing, *middle(viewing, value)) for value in (1, 4))
    assert np.ptp(first) == 0
    assert np.ptp(second) > 10
    # What is hidden is still known to others.
    mapping = mapping_of(viewing)
    labels = masks.labels(mapping.view, mapping.index)
    np.testing.assert_array_equal(labels, mapping.view.extract(LABELS, mapping.index))


def test_the_list_tells_voxels_and_millilitres(masks: Masks) -> None:
    volume = 0.9 * 1.1 * 3.0 / 1000
    for place, (value, count) in enumerate(((1, 720), (4, 200))):
        item = masks.panel.table.topLevelItem(place)
        assert item.text(0) == f"Label {value}"
        assert item.text(1) == str(count)
        assert float(item.text(2).replace(",", ".")) == pytest.approx(count * volume, abs=0.006)


def test_the_slider_makes_areas_opaque_and_is_remembered(viewing: Window, masks: Masks) -> None:
    slider = masks.panel.opacity
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert masks.opacity == 1
    assert np.abs(at_voxel(viewing, *middle(viewing, 1)) - rgb(label_colour(0))).max() <= 1
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert np.ptp(at_voxel(viewing, *middle(viewing, 1))) == 0  # the outline alone is left
    assert viewing.settings.value("masks/opacity", 0.5) == 0


def test_outlines_are_opaque_and_lie_inside_their_label() -> None:
    labels = np.zeros((9, 9), np.uint8)
    labels[2:7, 2:7] = 1
    image = paint_labels(labels, Style(((1, "#e6d96a"),), 0.0), 1)
    alpha = np.array([[image.pixelColor(x, y).alpha() for x in range(9)] for y in range(9)])
    expected = np.zeros((9, 9))
    expected[2:7, 2:7] = 255
    expected[3:6, 3:6] = 0
    np.testing.assert_array_equal(alpha, expected)
    assert image.pixelColor(2, 2).name() == "#e6d96a"


def test_the_label_under_the_cursor_is_marked(viewing: Window, masks: Masks, qtbot: QtBot) -> None:
    masks.panel.setParent(None)
    masks.panel.show()
    qtbot.addWidget(masks.panel)
    mapping, (row, column) = mapping_of(viewing), middle(viewing, 4)
    canvas = viewing.viewer.panes.panes[0].canvas
    at = QPointF(
        mapping.origin.x() + (column + 0.5) * mapping.pixels_per_column,
        mapping.origin.y() + (row + 0.5) * mapping.pixels_per_row,
    )
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert masks.at_cursor() == 4
    bold = [masks.panel.table.topLevelItem(n).font(0).weight() for n in (0, 1)]
    assert bold[1] > bold[0]


def test_another_grid_is_refused_with_a_sentence(
    viewing: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    other = write_nifti_scan(tmp_path / "other.nii.gz", LABELS, np.diag((0.9, 1.1, 2.0, 1.0)))
    drop(viewing, other, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(errors(viewing)), timeout=LONG)
    assert "not on this scan's grid" in errors(viewing)[0].title
    assert viewing.features.masks.map is None


def test_a_mask_goes_with_its_scan(viewing: Window, masks: Masks, tmp_path: Path, qtbot: QtBot):
    open_scan(viewing, small_scan(tmp_path, "wider.nii.gz", (10, 40, 40)), qtbot)
    assert masks.map is None
    assert not masks.actions.shown.isEnabled()
    assert masks.panel.table.topLevelItemCount() == 0
    masks.actions.close.trigger()


def test_no_label_is_blue_or_orange() -> None:
    for place in range(20):
        hue, saturation, *_ = QColor(label_colour(place)).getHslF()
        degrees = hue * 360
        assert saturation < 0.35 or not (20 < degrees < 45 or 195 < degrees < 235)
