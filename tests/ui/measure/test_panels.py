"""The panels Regions and Profile: table, figures, plot, files and clipboard."""

import csv
from pathlib import Path

import pytest
from drawing_scenes import SHIFT, draw, only, pane, press_key, yellowish
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from scenes import double_click, grabbed, mouse
from test_values import figures, with_reconstruction
from window_scenes import errors, turn_wheel

from isthmus.ui.measure.list_model import NAME, SIZE, SLICE
from isthmus.ui.measure.measuring import PROFILE, REGIONS, Measuring
from isthmus.ui.theme import TOKENS
from isthmus.ui.window import Window


@pytest.fixture
def wide(opened: Window, qtbot: QtBot) -> Window:
    """The window so large that the panels have their place."""
    opened.resize(1920, 1080)
    QApplication.processEvents()
    return opened


def cell(measuring: Measuring, row: int, column: int) -> str:
    """Return what stands in the table."""
    model = measuring.regions.model
    return str(model.data(model.index(row, column)))


def click_row(measuring: Measuring, row: int) -> QPoint:
    """Click a row of the table; returns where."""
    table = measuring.regions.table
    place = table.visualRect(measuring.regions.model.index(row, NAME)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return place


def test_a_region_comes_into_the_table_and_its_panel_to_the_front(
    wide: Window, measuring: Measuring, qtbot: QtBot
) -> None:
    with_reconstruction(wide)
    canvas = pane(wide)
    draw(canvas, Qt.Key.Key_E, (8, 8), (18, 20))
    assert measuring.regions.isVisible()
    found = figures(measuring, qtbot)
    size = measuring.size(only(measuring))
    assert cell(measuring, 0, NAME) == "Ellipse 1"
    assert cell(measuring, 0, SLICE) == str(wide.store.index + 1)
    assert cell(measuring, 0, SIZE) == f"{size:.1f} mm²"
    details = measuring.regions.details
    assert details.isVisible()
    said = {label.accessibleName() for label in details.findChildren(QLabel)}
    assert found.between is not None
    assert f"Mean, original: {found.original.mean:.1f}" in said
    assert f"PSNR, difference: {found.between.psnr:.1f}" in said
    assert f"SSIM, difference: {found.between.ssim:.3f}" in said
    for label in details.findChildren(QLabel):
        assert label.toolTip() or label.parent().toolTip()
    draw(canvas, Qt.Key.Key_R, (20, 20), (30, 30))
    assert measuring.regions.model.rowCount() == 2
    click_row(measuring, 0)
    assert measuring.drawings.selected is measuring.drawings.all[0]


def test_a_drawing_is_renamed_in_the_table_and_by_double_click_on_its_line(
    wide: Window, measuring: Measuring
) -> None:
    canvas = pane(wide)
    draw(canvas, Qt.Key.Key_R, (8, 8), (18, 20))
    click_row(measuring, 0)
    table = measuring.regions.table
    QTest.keyClick(table, Qt.Key.Key_F2)
    for name in ("Lesion", "Other lesion"):
        editor = table.findChild(QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, name)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert only(measuring).name == name
        mapping = canvas.mapping
        assert mapping is not None
        place = QPointF(mapping.from_mm(only(measuring).points[0]))
        double_click(canvas, place)
        QApplication.processEvents()
    assert wide.store.state.maximised is None
    editor = table.findChild(QLineEdit)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert only(measuring).name == "Lesion"


def test_enter_and_double_click_go_to_the_drawing(wide: Window, measuring: Measuring) -> None:
    canvas = pane(wide)
    draw(canvas, Qt.Key.Key_R, (8, 8), (18, 20))
    first = wide.store.index
    turn_wheel(canvas, -2)
    place = click_row(measuring, 0)
    assert wide.store.index == first + 2
    QTest.keyClick(measuring.regions.table, Qt.Key.Key_Return)
    assert wide.store.index == first
    turn_wheel(canvas, -2)
    QTest.mouseDClick(measuring.regions.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wide.store.index == first
    QTest.keyClick(measuring.regions.table, Qt.Key.Key_Delete)
    assert measuring.drawings.all == ()


def test_a_zoomed_in_pane_goes_to_the_drawing_too(wide: Window, measuring: Measuring) -> None:
    canvas = pane(wide)
    draw(canvas, Qt.Key.Key_R, (4, 4), (8, 8))
    wide.store.zoom(8, wide.store.state.cursor)
    QApplication.processEvents()
    assert yellowish(canvas) == 0
    measuring.go_to_selected()
    QApplication.processEvents()
    assert yellowish(canvas) > 50


def test_the_panels_make_do_with_little_room(measuring: Measuring, qtbot: QtBot) -> None:
    for panel in (measuring.regions, measuring.profile):
        hint = panel.minimumSizeHint()
        assert hint.width() <= 300
        assert hint.height() <= 110


def test_drawings_are_written_as_csv(
    opened: Window, measuring: Measuring, qtbot: QtBot, tmp_path: Path
) -> None:
    with_reconstruction(opened)
    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_D, (10, 8), (20, 28))
    draw(canvas, Qt.Key.Key_E, (8, 6), (18, 18))
    found = figures(measuring, qtbot)
    measuring.drawings.rename(measuring.drawings.all[1].key, 'Lesion, "left"')
    out = tmp_path / "drawings.csv"
    measuring.save(out)
    lines = out.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    assert any("Not for diagnosis" in line for line in notes)
    assert any("LOSSY 93:1" in line for line in notes)
    assert any("SNR is mean / SD" in line for line in notes)
    rows = list(csv.DictReader(lines[len(notes) :]))
    assert [row["name"] for row in rows] == ["Distance 1", 'Lesion, "left"']
    assert float(rows[0]["size"]) == pytest.approx(measuring.size(measuring.drawings.all[0]))
    assert (rows[0]["size_unit"], rows[0]["voxels"]) == ("mm", "")
    assert rows[1]["size_unit"] == "mm2"
    assert found.reconstruction is not None
    assert found.between is not None
    assert int(rows[1]["voxels"]) == found.original.count
    assert float(rows[1]["reconstruction_sd"]) == pytest.approx(found.reconstruction.sd, rel=1e-6)
    assert float(rows[1]["ssim"]) == pytest.approx(found.between.ssim, rel=1e-6)
    assert float(rows[1]["bias"]) == pytest.approx(found.between.bias, rel=1e-6)
    press_key(canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | SHIFT)
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert len(copied) == 3
    assert dict(zip(copied[0], copied[2], strict=True))["ssim"] == rows[1]["ssim"]


def test_a_file_that_cannot_be_written_is_told_of_and_leaves_the_old_one(
    opened: Window, measuring: Measuring, tmp_path: Path
) -> None:
    draw(pane(opened), Qt.Key.Key_D, (10, 8), (20, 28))
    measuring.save(tmp_path / "missing" / "drawings.csv")
    (told,) = errors(opened)
    assert "drawings.csv cannot be written" in told.title
    assert list(tmp_path.glob("*.part")) == []


def coloured(widget, token: str) -> list[int]:
    """Return, by column, how many pixels of a plot have a colour."""
    pixels = grabbed(widget).astype(int)
    wanted = [int(token[at : at + 2], 16) for at in (1, 3, 5)]
    return (abs(pixels - wanted).max(axis=2) < 24).sum(axis=0).tolist()


def test_a_profile_is_plotted_for_both_pictures_and_read_off(
    wide: Window, measuring: Measuring, qtbot: QtBot, tmp_path: Path
) -> None:
    with_reconstruction(wide)
    draw(pane(wide), Qt.Key.Key_K, (20, 4), (20, 30))
    panel = measuring.profile
    assert panel.isVisible()
    plot = panel.plot

    def drawn() -> bool:
        return sum(coloured(plot, TOKENS.reconstruction)) > 40

    qtbot.waitUntil(drawn, timeout=20_000)
    solid = coloured(plot, TOKENS.original)
    dashed = coloured(plot, TOKENS.reconstruction)
    inner = slice(60, plot.width() - 20)
    assert sum(n > 0 for n in solid[inner]) > sum(n > 0 for n in dashed[inner]) > 20
    mouse(plot, QEvent.Type.MouseMove, QPointF(plot.width() / 2, 60), Qt.MouseButton.NoButton)
    reading = plot.accessibleDescription()
    assert " mm · " in reading
    assert reading.count("·") == 2
    assert measuring.sheet.mark is not None
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription() != reading
    before = coloured(plot, TOKENS.difference)
    QTest.mouseClick(panel.difference, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    QApplication.processEvents()
    assert sum(coloured(plot, TOKENS.difference)) > sum(before) + 20
    out = tmp_path / "profile.csv"
    measuring.save_profile(out)
    lines = [line for line in out.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert float(rows[-1]["distance_mm"]) == pytest.approx(
        measuring.size(only(measuring)), abs=1e-3
    )
    for row in rows:
        gap = float(row["reconstruction"]) - float(row["original"])
        assert float(row["difference"]) == pytest.approx(gap, abs=1e-3)


def test_drawings_come_back_with_their_scan_and_from_a_session(
    opened: Window, measuring: Measuring, qtbot: QtBot, tmp_path: Path, scan: Path
) -> None:
    from window_scenes import open_scan, small_scan

    canvas = pane(opened)
    draw(canvas, Qt.Key.Key_D, (10, 8), (20, 28))
    draw(canvas, Qt.Key.Key_E, (8, 6), (18, 18))
    kept, state = measuring.drawings.all, measuring.state()
    open_scan(opened, small_scan(tmp_path, "other.nii.gz"), qtbot)
    assert measuring.drawings.all == ()
    assert not opened.undo.canUndo()
    assert measuring.restore(state) == 0
    assert measuring.drawings.all == kept
    measuring.drawings.remove(kept[0].key)
    open_scan(opened, scan, qtbot)
    assert measuring.drawings.all == kept


@pytest.mark.parametrize(
    "spoilt",
    [
        {"shape": "star"},
        {"plane": "oblique"},
        {"points_mm": [[0, 0, 0]]},
        {"points_mm": [[0, 0, 0], [0, 1]]},
        {"points_mm": [[0, 0, 0], [0, "1", 2]]},
        {"points_mm": [[0, 0, 0], [0, float("nan"), 2]]},
        {"points_mm": "none"},
        {"name": ""},
        {"name": None},
        {"key": 3},
    ],
)
def test_a_damaged_drawing_is_left_out_and_counted(
    opened: Window, measuring: Measuring, spoilt: dict[str, object]
) -> None:
    draw(pane(opened), Qt.Key.Key_D, (10, 8), (20, 28))
    good = measuring.state()[0]
    assert measuring.restore([good | spoilt, good, 7]) == 2
    assert measuring.state() == [good]
    assert measuring.restore({"drawings": []}) == 1


def test_panels_have_their_keys(opened: Window, measuring: Measuring) -> None:
    assert measuring.regions.objectName() == REGIONS
    assert measuring.profile.objectName() == PROFILE
