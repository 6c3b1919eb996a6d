"""Widgets drawn at another scale: painted anew at more pixels, not enlarged."""

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from isthmus.ui.panes import PaneRow
from isthmus.ui.state import ViewStore
from isthmus.ui.status import RESEARCH
from isthmus.ui.theme import DARK, colour, font
from isthmus.ui.words import tr

_FOOT = 24


def draw_widget(widget: QWidget, scale: float, panes: PaneRow, store: ViewStore) -> QImage:
    """Return a widget as it stands.

    Args:
        widget: The window, or a part of it.
        scale: How many times more pixels than on the screen, in each direction.
        panes: Its pictures: they are sampled for that many pixels, and say so.
        store: Theirs.
    """
    image = _blank(widget.width(), widget.height(), widget.devicePixelRatioF() * scale)
    with _sampled_for(image.devicePixelRatio(), panes, store):
        widget.render(image, QPoint(0, 0))
    return image


def draw_pictures(widget: QWidget, scale: float, panes: PaneRow, store: ViewStore) -> QImage:
    """Return panes, or one of them, above a line that says what they are for.

    Args:
        widget: The row of panes, or the canvas of one.
        scale: How many times more pixels than on the screen, in each direction.
        panes: The row of panes.
        store: Theirs.
    """
    wide, high = widget.width(), widget.height()
    image = _blank(wide, high + _FOOT, widget.devicePixelRatioF() * scale)
    with _sampled_for(image.devicePixelRatio(), panes, store):
        widget.render(image, QPoint(0, 0))
    painter = QPainter(image)
    painter.setFont(font(12))
    painter.setPen(colour(DARK.text2))
    row = QRectF(12, high, wide - 24, _FOOT)
    painter.drawText(row, _RIGHT, tr(RESEARCH))
    painter.drawText(row, _LEFT, label(panes))
    painter.end()
    image.setText("Description", description(panes))
    return image


def label(panes: PaneRow) -> str:
    """Return "LOSSY 93:1 · 32 ch" where a reconstruction is shown, else nothing."""
    return "" if panes.shown is None else panes.shown.label


def description(panes: PaneRow) -> str:
    """Return what is said of pictures inside their files; nothing of a patient."""
    return ". ".join(part for part in (label(panes), tr(RESEARCH)) if part)


def as_array(image: QImage) -> npt.NDArray[np.uint8]:
    """Return the pixels of an image as uint8 red, green, blue, shape (rows, columns, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _blank(width: int, height: int, ratio: float) -> QImage:
    image = QImage(math.ceil(width * ratio), math.ceil(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.black)
    return image


@contextmanager
def _sampled_for(ratio: float, panes: PaneRow, store: ViewStore) -> Iterator[None]:
    """Let pictures be sampled for a screen of so many pixels, as they will be on it."""
    usual = panes.devicePixelRatioF()
    areas = [QRect(pane.canvas.rect()) for pane in panes.panes if pane.canvas.isVisible()]
    largest = max(areas, key=lambda area: area.width() * area.height(), default=None)
    if largest is None or ratio == usual:
        yield
        return
    state = store.state
    store.set_pane_size(largest.width(), largest.height(), ratio)
    try:
        yield
    finally:
        store.set_pane_size(largest.width(), largest.height(), usual)
        if store.state != state:
            store.show(centre=state.centre, mm_per_pixel=state.mm_per_pixel)
