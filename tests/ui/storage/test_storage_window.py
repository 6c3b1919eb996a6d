"""Storage and the selector in the real window: real encoders, real events, small scans."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip
from pytestqt.qtbot import QtBot
from window_scenes import LONG, errors, notices, open_scan, settle, shown, small_scan, with_model

from isthmus.anchors import find_anchor
from isthmus.ui.settings import Settings
from isthmus.ui.storage import HEVC, JPEG_2000, JPEG_LS, JPEG_XL
from isthmus.ui.storage.panel import StoragePanel
from isthmus.ui.storage.sums import Kind, Row
from isthmus.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def viewing(window: Window, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """A window with a small scan, the model there and everything known."""
    window.resize(1700, 1000)
    with_model(window, qtbot)
    open_scan(window, small_scan(tmp_path), qtbot)
    settle(window, qtbot)
    return window


def panel(window: Window) -> StoragePanel:
    return window.features.storage.panel


def rows(window: Window) -> dict[Kind, Row]:
    return {row.kind: row for row in panel(window).bars.rows}


def see_storage(window: Window, qtbot: QtBot) -> None:
    """Show the panel and wait until all of it is encoded."""
    window.docks.show_tab("storage")
    standard = window.features.storage.standard
    qtbot.waitUntil(lambda: panel(window).isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: not standard.waiting and standard.running is None, timeout=LONG)


def key(window: Window, pressed: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window, pressed, modifiers)


def test_nothing_is_encoded_while_no_one_looks(viewing: Window) -> None:
    standard = viewing.features.storage.standard
    assert not standard.waiting
    assert standard.points() == ()


def test_the_panel_shows_real_bytes_of_the_open_scan(viewing: Window, qtbot: QtBot) -> None:
    see_storage(viewing, qtbot)
    found, study = rows(viewing), viewing.session.study
    assert study is not None
    voxels = study.volume.voxels
    sizes = {codec: find_anchor(codec).encode(voxels, 0).size for codec in (JPEG_LS, JPEG_XL)}
    assert found[Kind.STORED].size == voxels.nbytes
    assert found[Kind.LOSSLESS].size == min(sizes.values())
    best = "JPEG-LS" if sizes[JPEG_LS] < sizes[JPEG_XL] else "JPEG XL"
    assert best in found[Kind.LOSSLESS].name
    record = study.record(viewing.session.asked)
    assert record.file is not None
    assert record.quality is not None
    assert found[Kind.BOTTLENECK].size == len(record.file)
    assert not found[Kind.BOTTLENECK].estimated
    same = viewing.features.storage.standard.same_quality(record.quality.psnr)
    assert same is not None
    assert same.psnr == pytest.approx(record.quality.psnr, abs=0.3)
    assert found[Kind.JPEG_2000].size == same.size


def test_the_panel_follows_the_selector(viewing: Window, qtbot: QtBot) -> None:
    see_storage(viewing, qtbot)
    before = rows(viewing)[Kind.BOTTLENECK]
    selector = viewing.viewer.deck.selector
    other = selector.names()[0]
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=selector.stop_rect(other).center())
    qtbot.waitUntil(lambda: shown(viewing) == other, timeout=LONG)
    see_storage(viewing, qtbot)
    after = rows(viewing)
    study = viewing.session.study
    assert study is not None
    file = study.record(other).file
    assert file is not None
    assert after[Kind.BOTTLENECK].size == len(file) != before.size
    assert after[Kind.JPEG_2000].size is not None


def test_bars_are_to_scale(viewing: Window, qtbot: QtBot) -> None:
    see_storage(viewing, qtbot)
    bars, found = panel(viewing).bars, rows(viewing)
    whole = bars.bar_rect(Kind.STORED).width()
    assert whole == bars.width()
    share = (found[Kind.LOSSLESS].size or 0) / (found[Kind.STORED].size or 1)
    assert bars.bar_rect(Kind.LOSSLESS).width() == pytest.approx(whole * share, abs=0.01)


def test_line_and_scans_a_day_change_the_figures_and_are_remembered(
    viewing: Window, qtbot: QtBot, settings: Settings
) -> None:
    see_storage(viewing, qtbot)
    shown_panel = panel(viewing)
    stored = rows(viewing)[Kind.STORED]
    assert stored.size is not None
    slow = shown_panel.habit.seconds(stored.size)
    shown_panel.line.setFocus()
    QTest.keyClick(shown_panel.line, Qt.Key.Key_End)  # the last one: a line of one's own
    assert shown_panel.own.isVisible()
    shown_panel.own.setFocus()
    shown_panel.own.selectAll()
    QTest.keyClicks(shown_panel.own, "160")
    QTest.keyClick(shown_panel.own, Qt.Key.Key_Return)
    assert shown_panel.habit.seconds(stored.size) == pytest.approx(slow / 10)
    shown_panel.per_day.setFocus()
    shown_panel.per_day.selectAll()
    QTest.keyClicks(shown_panel.per_day, "7")
    QTest.keyClick(shown_panel.per_day, Qt.Key.Key_Return)
    assert shown_panel.habit.per_year == 1750
    again = StoragePanel(settings)
    qtbot.addWidget(again)
    assert again.habit == shown_panel.habit


def test_a_row_says_what_its_figures_are(viewing: Window, qtbot: QtBot) -> None:
    see_storage(viewing, qtbot)
    bars = panel(viewing).bars
    at = bars.row_rect(Kind.LOSSLESS).center()
    QApplication.sendEvent(bars, QHelpEvent(QEvent.Type.ToolTip, at, bars.mapToGlobal(at)))
    said = QToolTip.text().replace("\u00a0", " ")
    for words in ("JPEG-LS", "JPEG XL", "20 scans a day on 250 days", "without any overhead"):
        assert words in said
    assert "Measured here" in said
    assert "a year" in bars.accessibleDescription()


def test_voxels_that_no_lossless_codec_takes_say_why(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1700, 1000)
    with_model(window, qtbot)
    floats = phantom((6, 40, 36)).astype(np.float32) / 7
    open_scan(window, write_nifti_scan(tmp_path / "float.nii.gz", floats), qtbot)
    see_storage(window, qtbot)
    row = rows(window)[Kind.LOSSLESS]
    assert row.size is None
    assert "integers of at most 16 bits" in row.state
    assert errors(window) == []


def test_the_panel_fits_into_the_smallest_place(qtbot: QtBot, settings: Settings) -> None:
    made = StoragePanel(settings)
    qtbot.addWidget(made)
    made.set_rows(tuple(Row(kind, kind.value, 1000.0) for kind in Kind))
    made.resize(300, 110)
    made.show()
    assert (made.width(), made.height()) == (300, 110)
    heights = [made.bars.row_rect(kind).height() for kind in Kind]
    assert min(heights) >= 14
    for control in (made.line, made.per_day, made.export):
        assert made.rect().contains(control.geometry())
    assert made.per_day.lineEdit().width() > 50
    assert isinstance(made.grab().toImage(), QImage)


def standard_curves(window: Window, qtbot: QtBot) -> None:
    """Ask for the curves and wait until they are encoded."""
    window.features.selecting.standard.trigger()
    standard = window.features.storage.standard
    qtbot.waitUntil(lambda: not standard.waiting and standard.running is None, timeout=LONG)


def test_curves_are_encoded_on_request_and_drawn(
    viewing: Window, qtbot: QtBot, settings: Settings
) -> None:
    selector = viewing.viewer.deck.selector
    assert selector.scene().standard == ()
    assert selector.scene().lossless is None
    standard_curves(viewing, qtbot)
    scene = selector.scene()
    titles = [curve.title for curve in scene.standard]
    assert "JPEG 2000" in titles
    assert ("HEVC" in titles) is find_anchor(HEVC).installed
    assert all(len(curve.points) >= 4 for curve in scene.standard)
    assert scene.lossless is not None
    assert settings.value("standard-codecs", False) is True
    study = viewing.session.study
    assert study is not None
    reached = [
        quality.psnr
        for record in study.records.values()
        if (quality := record.quality) is not None and math.isfinite(quality.psnr)
    ]
    drawn = [point[1] for curve in scene.standard for point in curve.points]
    assert min(drawn) < min(reached) + 3
    assert max(drawn) > max(reached) - 3


def test_another_scan_ends_what_is_encoded_and_forgets_it(
    viewing: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    standard_curves(viewing, qtbot)
    standard = viewing.features.storage.standard
    before = set(standard.points())
    viewing.features.selecting.standard.trigger()
    viewing.features.selecting.standard.trigger()
    with qtbot.waitSignal(viewing.session.opened, timeout=LONG):
        viewing.opening.open(small_scan(tmp_path, "other.nii.gz", (8, 44, 40)))
    assert standard.points() == ()
    assert viewing.viewer.deck.selector.scene().lossless is None
    qtbot.waitUntil(lambda: len(standard.curve(JPEG_2000)) == 5, timeout=LONG)
    assert not before & set(standard.points())


def test_what_the_person_cancels_in_the_status_line_stays_cancelled(
    viewing: Window, qtbot: QtBot
) -> None:
    standard = viewing.features.storage.standard
    viewing.features.selecting.standard.trigger()
    assert standard.running is not None
    with qtbot.waitSignal(standard.changed):
        viewing.session.jobs.cancel("standard")
        qtbot.waitUntil(lambda: standard.running is None, timeout=LONG)
    assert not standard.waiting
    viewing.features.selecting.standard.trigger()
    viewing.features.selecting.standard.trigger()
    assert standard.waiting


def test_the_table_is_saved_by_the_button(
    viewing: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    see_storage(viewing, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "points"), ""))
    QTest.mouseClick(panel(viewing).export, Qt.MouseButton.LeftButton)
    path = tmp_path / "points.csv"
    qtbot.waitUntil(lambda: any("Table saved" in said for said in notices(viewing)), timeout=LONG)
    entries = list(csv.DictReader(path.read_text().splitlines()))
    names = viewing.viewer.deck.selector.names()
    assert [entry["setting"] for entry in entries[: len(names)]] == list(names)
    assert {entry["codec"] for entry in entries[len(names) :]} == {JPEG_LS, JPEG_XL, JPEG_2000}
    study = viewing.session.study
    assert study is not None
    for entry in entries[: len(names)]:
        file = study.record(entry["setting"]).file
        assert file is not None
        assert int(entry["bytes"]) == len(file)
        assert entry["source"] == "measured"


# The selector's commands


def test_a_choice_is_taken_back_and_done_again(viewing: Window) -> None:
    selector = viewing.viewer.deck.selector
    first = viewing.session.asked
    other = selector.names()[0]
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=selector.stop_rect(other).center())
    assert viewing.session.asked == other
    key(viewing, Qt.Key.Key_Z, CTRL)
    assert viewing.session.asked == first
    assert selector.value() == selector.names().index(first)
    key(viewing, Qt.Key.Key_Z, CTRL | SHIFT)
    assert viewing.session.asked == other
    key(viewing, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
    assert viewing.session.asked == selector.names()[1]
    key(viewing, Qt.Key.Key_Z, CTRL)
    assert viewing.session.asked == other


def test_a_drag_over_many_stops_is_one_command(viewing: Window) -> None:
    selector = viewing.viewer.deck.selector
    names, first = selector.names(), viewing.session.asked
    count = viewing.undo.count()
    start, end = selector.stop_rect(first).center(), selector.stop_rect(names[-1]).center()
    QTest.mousePress(selector, Qt.MouseButton.LeftButton, pos=start)
    for x in range(start.x(), end.x() + 1, 4):
        QTest.mouseMove(selector, QPoint(x, start.y()))
    QTest.mouseMove(selector, QPoint(5000, -300))
    QTest.mouseRelease(selector, Qt.MouseButton.LeftButton, pos=QPoint(5000, -300))
    assert viewing.session.asked == names[-1]
    assert viewing.undo.count() == count + 1
    key(viewing, Qt.Key.Key_Z, CTRL)
    assert viewing.session.asked == first
    key(viewing, Qt.Key.Key_Z, CTRL | SHIFT)
    assert viewing.session.asked == names[-1]


def test_opening_a_scan_or_the_model_is_no_choice_to_take_back(viewing: Window) -> None:
    assert not viewing.undo.canUndo()


def test_alt_and_arrows_move_the_floor_which_is_remembered(
    viewing: Window, settings: Settings
) -> None:
    selector = viewing.viewer.deck.selector
    selector.set_floor(35.0)
    alt = Qt.KeyboardModifier.AltModifier
    key(viewing, Qt.Key.Key_Up, alt)
    assert selector.floor == 35.5
    key(viewing, Qt.Key.Key_Down, alt)
    key(viewing, Qt.Key.Key_Down, alt)
    assert selector.floor == 34.5
    assert settings.value("floor-psnr", 0.0) == 34.5


def test_the_pinned_bottleneck_is_marked(viewing: Window) -> None:
    selector = viewing.viewer.deck.selector
    viewing.store.show(pinned=selector.names()[1])
    assert selector.scene().pinned == 1
    viewing.store.show(pinned="")
    assert selector.scene().pinned is None


def test_each_stop_knows_how_long_it_took(viewing: Window) -> None:
    selector = viewing.viewer.deck.selector
    times = [stop.seconds for stop in selector.scene().stops]
    assert all(seconds is not None and 0 < seconds < 60 for seconds in times)


def test_guidelines_are_those_of_the_scans_modality(viewing: Window) -> None:
    study = viewing.session.study
    assert study is not None
    kinds = {line.modality for line in viewing.viewer.deck.selector.scene().guidelines}
    assert kinds <= {study.volume.modality}
