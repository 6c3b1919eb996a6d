"""The signs of the comparisons, our own, on a grid of 16 pixels with strokes of 1.4."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from isthmus.ui.view_state import Comparison

SIZE = 16
_STROKE = 1.4


def paint_glyph(painter: QPainter, rect: QRectF, comparison: Comparison, tone: QColor) -> None:
    """Draw a comparison's sign.

    Args:
        painter: Where to.
        rect: A square.
        comparison: Which.
        tone: Colour of strokes and areas.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / SIZE, rect.height() / SIZE)
    pen = QPen(tone, _STROKE)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _DRAW[comparison](painter, tone)
    painter.restore()


def _filled(painter: QPainter, shape: QRectF, tone: QColor) -> None:
    painter.setBrush(tone)
    painter.drawRoundedRect(shape, 1, 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _side_by_side(painter: QPainter, tone: QColor) -> None:
    painter.drawRoundedRect(QRectF(1.7, 3.2, 4.8, 9.6), 1, 1)
    _filled(painter, QRectF(9.5, 3.2, 4.8, 9.6), tone)


def _swipe(painter: QPainter, tone: QColor) -> None:
    painter.drawRoundedRect(QRectF(1.7, 3.2, 12.6, 9.6), 1, 1)
    painter.fillRect(QRectF(8, 3.2, 6.3, 9.6), tone)
    painter.drawLine(QPointF(8, 0.9), QPointF(8, 15.1))


def _flicker(painter: QPainter, tone: QColor) -> None:
    painter.drawPolyline(
        [QPointF(3.4, 10.3), QPointF(1.7, 10.3), QPointF(1.7, 1.7), QPointF(10.3, 1.7),
         QPointF(10.3, 3.4)]
    )  # fmt: skip
    _filled(painter, QRectF(5.7, 5.7, 8.6, 8.6), tone)


def _checkerboard(painter: QPainter, tone: QColor) -> None:
    painter.drawRoundedRect(QRectF(1.7, 1.7, 12.6, 12.6), 1, 1)
    painter.fillRect(QRectF(8, 1.7, 6.3, 6.3), tone)
    painter.fillRect(QRectF(1.7, 8, 6.3, 6.3), tone)


def _blend(painter: QPainter, tone: QColor) -> None:
    circles = []
    for middle in (5.6, 10.4):
        circle = QPainterPath()
        circle.addEllipse(QPointF(middle, 8), 4.6, 4.6)
        circles.append(circle)
        painter.drawPath(circle)
    painter.fillPath(circles[0].intersected(circles[1]), tone)


def _difference(painter: QPainter, tone: QColor) -> None:
    painter.drawLine(QPointF(2, 4.4), QPointF(7.4, 4.4))
    painter.drawLine(QPointF(4.7, 1.7), QPointF(4.7, 7.1))
    painter.drawLine(QPointF(8.6, 12.2), QPointF(14, 12.2))
    painter.drawLine(QPointF(3, 13.9), QPointF(13.2, 2.4))


def _ssim(painter: QPainter, tone: QColor) -> None:
    for top in (5.6, 10.8):
        wave = QPainterPath(QPointF(1.4, top + 1))
        wave.cubicTo(QPointF(4.4, top - 4.2), QPointF(6.2, top - 1.2), QPointF(8, top))
        wave.cubicTo(QPointF(9.8, top + 1.2), QPointF(11.6, top + 4.2), QPointF(14.6, top - 1))
        painter.drawPath(wave)


_DRAW = {
    Comparison.SIDE_BY_SIDE: _side_by_side,
    Comparison.SWIPE: _swipe,
    Comparison.FLICKER: _flicker,
    Comparison.CHECKERBOARD: _checkerboard,
    Comparison.BLEND: _blend,
    Comparison.DIFFERENCE: _difference,
    Comparison.SSIM: _ssim,
}
