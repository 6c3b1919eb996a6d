"""Small scans, made-up reconstructions of them, and real events, for tests of the panes."""

from typing import Any

import numpy as np
import numpy.typing as npt
from builders import phantom
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from isthmus.codec import Bottleneck
from isthmus.scans import Source, Volume
from isthmus.ui.pictures import Reconstruction

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier

Array = npt.NDArray[Any]


def a_volume(
    shape: tuple[int, int, int] = (12, 40, 30),
    spacing: tuple[float, float, float] = (3.0, 1.0, 1.0),
    **more: Any,
) -> Volume:
    """Return a small axial scan; `spacing` along (k, j, i) in millimetres."""
    k, j, i = spacing
    affine = np.diag([i, j, k, 1.0])
    affine[:3, 3] = (-7.0, 11.0, 5.0)
    voxels = more.pop("voxels", None)
    voxels = phantom(shape) if voxels is None else voxels
    more.setdefault("source", Source(sequence="T2", stored_bytes=voxels.nbytes))
    return Volume(voxels, affine, **more)


def a_reconstruction(
    volume: Volume,
    channels: int = 32,
    *,
    ready: Array | None = None,
    voxels: Array | None = None,
    ratio: float | None = 93.0,
    expected_bpv: float = 0.0,
) -> Reconstruction:
    """Return a reconstruction that differs from the scan; whole, unless `ready` says what is."""
    made = np.clip(volume.voxels.astype(np.int64) + channels, 0, 60000)
    stored = volume.source.stored_bytes
    return Reconstruction(
        Bottleneck(f"{channels}ch", channels, 0.1, expected_bpv),
        made.astype(volume.voxels.dtype) if voxels is None else voxels,
        np.ones(volume.shape[0], dtype=bool) if ready is None else ready,
        None if ratio is None else round(stored / ratio),
        stored,
    )


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPointF,
    button: Qt.MouseButton,
    held: Qt.MouseButton = Qt.MouseButton.NoButton,
    keys: Qt.KeyboardModifier = NONE,
) -> None:
    """Send one event of the mouse."""
    everywhere = QPointF(widget.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, everywhere, button, held, keys))


def click(
    widget: QWidget,
    at: QPointF,
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NONE,
) -> None:
    """Press and release without moving."""
    mouse(widget, QEvent.Type.MouseButtonPress, at, button, button, keys)
    mouse(widget, QEvent.Type.MouseButtonRelease, at, button, keys=keys)


def drag(
    widget: QWidget,
    start: QPointF,
    by: QPointF,
    button: Qt.MouseButton = LEFT,
    keys: Qt.KeyboardModifier = NONE,
    steps: int = 5,
) -> None:
    """Press, move in steps, release."""
    mouse(widget, QEvent.Type.MouseButtonPress, start, button, button, keys)
    for step in range(1, steps + 1):
        at = start + by * (step / steps)
        mouse(widget, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, button, keys)
    mouse(widget, QEvent.Type.MouseButtonRelease, start + by, button, keys=keys)


def double_click(widget: QWidget, at: QPointF) -> None:
    """Send what a window system sends for a double-click."""
    click(widget, at)
    mouse(widget, QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)
    mouse(widget, QEvent.Type.MouseButtonRelease, at, LEFT)


def wheel(
    widget: QWidget,
    angle: int = 0,
    *,
    at: QPointF | None = None,
    keys: Qt.KeyboardModifier = NONE,
    pixels: int = 0,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    sideways: bool = False,
) -> None:
    """Turn the wheel; `angle` 120 is a notch away from the hand, `pixels` are a touchpad's."""
    at = QPointF(widget.rect().center()) if at is None else at
    turned, stroked = QPoint(0, angle), QPoint(0, pixels)
    if sideways:
        turned, stroked = turned.transposed(), stroked.transposed()
    everywhere = QPointF(widget.mapToGlobal(at.toPoint()))
    held = Qt.MouseButton.NoButton
    QApplication.sendEvent(
        widget, QWheelEvent(at, everywhere, stroked, turned, held, keys, phase, False)
    )


def pixels_of(image: QImage) -> Array:
    """Return a picture as an array with axes (row, column, red green blue)."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), dtype=np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def grabbed(widget: QWidget) -> Array:
    """Return what a widget shows, as `pixels_of` does."""
    return pixels_of(widget.grab().toImage())
