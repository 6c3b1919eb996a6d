"""What tests of drawings do on a window: places in a pane, and tools used by real events."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scenes import LEFT, NONE, click, drag, grabbed, mouse

from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.measure.shapes import Drawing
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.window import Window

SHIFT = Qt.KeyboardModifier.ShiftModifier


def pane(window: Window, number: int = 0) -> Canvas:
    """Return the picture of a pane, counted from the left."""
    canvas = window.viewer.panes.panes[number].canvas
    canvas.setFocus()
    return canvas


def at(canvas: Canvas, row: float, column: float) -> QPointF:
    """Return where a voxel of the visible slice is drawn; the pointer's pixel, not between two."""
    mapping = canvas.mapping
    assert mapping is not None
    return QPointF(
        round(mapping.origin.x() + (column + 0.5) * mapping.pixels_per_column - 0.5),
        round(mapping.origin.y() + (row + 0.5) * mapping.pixels_per_row - 0.5),
    )


def press_key(
    canvas: Canvas, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1
) -> None:
    """Press a key over a picture."""
    for _ in range(times):
        QTest.keyClick(canvas, key, modifiers)
    QApplication.processEvents()


def draw(
    canvas: Canvas,
    key: Qt.Key,
    start: tuple[float, float],
    end: tuple[float, float],
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    """Take a tool by its key, drag from voxel to voxel, put the tool down."""
    press_key(canvas, key, modifiers)
    from_, to = at(canvas, *start), at(canvas, *end)
    drag(canvas, from_, to - from_)
    press_key(canvas, Qt.Key.Key_W)


def draw_angle(canvas: Canvas, places: Sequence[tuple[float, float]]) -> None:
    """Take the angle's tool and click at three voxels."""
    press_key(canvas, Qt.Key.Key_A)
    for place in places:
        hover(canvas, at(canvas, *place))
        click(canvas, at(canvas, *place))
    press_key(canvas, Qt.Key.Key_W)


def draw_curve(canvas: Canvas, places: Sequence[tuple[float, float]]) -> None:
    """Take the freehand tool and drag through voxels."""
    press_key(canvas, Qt.Key.Key_F, SHIFT)
    points = [at(canvas, *place) for place in places]
    mouse(canvas, QEvent.Type.MouseButtonPress, points[0], LEFT, LEFT)
    for point in points[1:]:
        mouse(canvas, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, LEFT)
    mouse(canvas, QEvent.Type.MouseButtonRelease, points[-1], LEFT)
    press_key(canvas, Qt.Key.Key_W)


def hover(canvas: Canvas, place: QPointF) -> None:
    """Move the pointer without a button."""
    mouse(canvas, QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton)


def only(measuring: Measuring) -> Drawing:
    """Return the one drawing that there is."""
    (drawing,) = measuring.drawings.all
    return drawing


def yellowish(canvas: Canvas) -> int:
    """Return how many pixels of a pane have the colour of drawings, and of nothing else there."""
    pixels = grabbed(canvas).astype(int)
    red, green, blue = (pixels[..., channel] for channel in range(3))
    return int(np.count_nonzero((red > 150) & (np.abs(red - green) < 12) & (green - blue > 25)))
