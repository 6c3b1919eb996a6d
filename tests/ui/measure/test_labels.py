"""What stands beside a drawing: what belongs to its pane, and never over what is measured."""

import pytest
from drawing_scenes import draw, pane
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainterPath
from pytestqt.qtbot import QtBot
from test_values import figures, with_reconstruction

from isthmus.quality.regions import Agreement, RegionFigures, Statistics
from isthmus.scans import Plane
from isthmus.ui.measure import layer
from isthmus.ui.measure.labels import lines, place_label
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.view_state import PaneKind
from isthmus.ui.window import Window

AREA = QRectF(0, 0, 440, 480)


@settings(max_examples=100, deadline=None)
@given(st.floats(5, 400), st.floats(5, 440), st.floats(2, 250), st.floats(2, 250), st.booleans())
def test_a_label_never_lies_over_its_drawing(
    x: float, y: float, width: float, height: float, line: bool
) -> None:
    box = QRectF(x, y, min(width, 430 - x), min(height, 470 - y))
    shape = QPainterPath()
    if line:
        shape.moveTo(box.topLeft())
        shape.lineTo(box.bottomRight())
    else:
        shape.addEllipse(box)
    found = place_label(QSizeF(150, 32), shape, AREA, [])
    assert AREA.contains(found)
    assert not shape.intersects(found)


def test_a_label_gives_way_to_others_and_to_the_panes_words() -> None:
    shape = QPainterPath()
    shape.addRect(QRectF(180, 200, 60, 60))
    taken: list[QRectF] = []
    for _ in range(8):
        found = place_label(QSizeF(120, 32), shape, AREA, taken)
        assert not any(found.intersects(other) for other in taken)
        taken.append(found)


def region(shape: Shape = Shape.ELLIPSE) -> Drawing:
    points = ((0.0, 0.0, 0.0), (5.0, 5.0, 0.0))
    return Drawing(shape, Plane.AXIAL, points, "Lesion", "key")


def test_each_pane_says_what_belongs_to_it() -> None:
    original = Statistics(40, 362.04, 25.06, 300, 410)
    made = Statistics(40, 337.2, 22.0, 290, 400)
    found = RegionFigures(original, made, Agreement(33.0, 0.9341, 18.1, 60, -24.84, 12))
    texts = {kind: " / ".join(lines(region(), 12.34, kind, found, 0)) for kind in PaneKind}
    assert texts[PaneKind.ORIGINAL] == "Lesion  12.3 mm² / mean 362.0  SD 25.1"
    assert texts[PaneKind.RECONSTRUCTION] == "Lesion  12.3 mm² / mean 337.2  SD 22.0"
    assert texts[PaneKind.DIFFERENCE] == "Lesion  12.3 mm² / bias −24.8  MAE 18.1"
    assert texts[PaneKind.SSIM] == "Lesion  12.3 mm² / SSIM 0.934"
    assert texts[PaneKind.MIXED] == "Lesion  12.3 mm²"
    assert lines(region(), 1, PaneKind.ORIGINAL, None, 0)[1] == "mean —  SD —"
    assert lines(region(Shape.DISTANCE), 12.34, PaneKind.DIFFERENCE, None, 0) == ["Lesion  12.3 mm"]


@pytest.mark.parametrize("held", [False, True])
def test_with_the_original_in_its_place_the_reconstructions_label_is_the_originals(
    opened: Window,
    measuring: Measuring,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    held: bool,
) -> None:
    with_reconstruction(opened)
    draw(pane(opened), Qt.Key.Key_R, (10, 8), (20, 20))
    found = figures(measuring, qtbot)
    assert found.reconstruction is not None
    written: list[str] = []
    write = layer.write

    def note(painter, at, text, **more):
        written.append(text)
        write(painter, at, text, **more)

    monkeypatch.setattr(layer, "write", note)
    canvas = pane(opened, 1)
    if held:
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
    canvas.grab()
    of = found.original if held else found.reconstruction
    assert f"mean {of.mean:.1f}  SD {of.sd:.1f}" in written
    if held:
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
