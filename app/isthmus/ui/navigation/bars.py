"""How good each slice is, as heights and colours of bars."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from isthmus.ui.theme import TOKENS, colour

# The height of a bar spans this much around the median, in decibel; a slice far below stretches
# it downwards. Bars from worst to best would let the empty end slices flatten all others.
_BELOW = 2.6
_ABOVE = 2.5
_FLOOR = 0.6
# From grey at the median to orange this much below it, in decibel.
_ORANGE_BELOW = 1.3
_LEAST_PIXELS = 3.0
_UNKNOWN_SHARE = 0.3
_TOP = 8
_BOTTOM = 5

Figures = npt.NDArray[np.float64] | None


@dataclass(frozen=True)
class Lane:
    """Where the bars stand.

    Attributes:
        rect: Room for all columns, as high as the strip.
        count: How many slices there are.
    """

    rect: QRectF
    count: int

    def slot(self, index: int) -> QRectF:
        """Return the column of a slice, not on whole pixels."""
        width = self.rect.width() / max(self.count, 1)
        return QRectF(self.rect.left() + index * width, 0, width, self.rect.height())

    def column(self, index: int) -> QRectF:
        """Return the column of a slice, on whole pixels."""
        exact = self.slot(index)
        left, right = round(exact.left()), round(exact.right())
        return QRectF(left, 0, max(right - left, 1), self.rect.height())

    def index_at(self, x: float) -> int:
        """Return the slice whose column is at or nearest to a place."""
        share = (x - self.rect.left()) / self.rect.width()
        return min(max(int(share * self.count), 0), self.count - 1)

    def drawn(self, psnr: Figures, size: QSize, ratio: float) -> QImage:
        """Return the bars of all slices, to be drawn once for as long as none of them changes.

        Args:
            psnr: See `slice_bars`.
            size: Of the strip, in device-independent pixels.
            ratio: Device pixels for each of those.
        """
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        heights, colours = slice_bars(psnr, self.count, self._room)
        painter = QPainter(image)
        # Where slices share a pixel, the worst is drawn last and is the one that is seen.
        for index in np.argsort(-heights, kind="stable").tolist():
            painter.fillRect(self._bar(index, heights[index]), colours[index])
        painter.end()
        return image

    def paint_current(self, painter: QPainter, index: int, psnr: Figures) -> None:
        """Mark the slice that is shown: its column lighter, its bar in the colour of text."""
        painter.fillRect(self.column(index), colour(TOKENS.selected))
        height = slice_bars(psnr, self.count, self._room)[0][index]
        painter.fillRect(self._bar(index, height), colour(TOKENS.text))

    def paint_lowest(self, painter: QPainter, index: int) -> None:
        """Mark the worst slice by a triangle above its bar."""
        middle = self.slot(index).center().x()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(TOKENS.reconstruction))
        corners = ((-4.5, 2), (4.5, 2), (0, 7))
        painter.drawPolygon(QPolygonF([QPointF(middle + x, y) for x, y in corners]))

    @property
    def _room(self) -> float:
        """The height of the highest bar."""
        return self.rect.height() - _TOP - _BOTTOM

    def _bar(self, index: int, height: float) -> QRectF:
        """Return a bar in the column of its slice."""
        column, exact = self.column(index), self.slot(index).width()
        gap = 2 if exact >= 6 else 1 if exact >= 4 else 0
        top = self.rect.height() - _BOTTOM - height
        return QRectF(column.left(), top, column.width() - gap, height)


def slice_bars(
    psnr: Figures, count: int, room: float
) -> tuple[npt.NDArray[np.float64], list[QColor]]:
    """Return the height of each slice's bar, in pixels, and its colour.

    Args:
        psnr: In decibel, one for each slice; NaN (no bar) or None (flat ticks) if unknown.
        count: How many slices there are.
        room: The largest height, in pixels.
    """
    known = None if psnr is None else psnr[np.isfinite(psnr)]
    if psnr is None or known is None or not known.size:
        return np.full(count, round(_UNKNOWN_SHARE * room)), [colour(TOKENS.track)] * count
    median = float(np.median(known))
    bottom = min(median - _BELOW, float(known.min()) - _FLOOR)
    shares = np.clip((psnr - bottom) / (median + _ABOVE - bottom), 0.0, 1.0)
    heights = np.where(np.isnan(psnr), 0.0, np.maximum(np.round(shares * room), _LEAST_PIXELS))
    orange = np.nan_to_num(np.clip((median - psnr) / _ORANGE_BELOW, 0.0, 1.0))
    return heights, [_towards_orange(float(share)) for share in orange]


def _towards_orange(share: float) -> QColor:
    """Return grey at 0, the reconstruction's orange at 1."""
    grey, orange = QColor(TOKENS.text3), QColor(TOKENS.reconstruction)
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in (
            (grey.red(), orange.red()),
            (grey.green(), orange.green()),
            (grey.blue(), orange.blue()),
        )
    )
    return QColor(red, green, blue)
