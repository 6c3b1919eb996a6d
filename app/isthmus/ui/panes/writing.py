"""Text, boxes and lines on pictures: light, with a dark halo, so that they read on any grey."""

import math
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
)

from isthmus.ui.theme import DARK, colour, font, scaled, text_scale

# Panes are black in every theme, so what is written on them keeps these colours too.
HALO = QColor(0, 0, 0, round(0.88 * 255))
HALO_WIDTH = 3.0
_MARGIN = 2
LABEL_HEIGHT = 22


@lru_cache(maxsize=512)
def _drawn(text: str, pixels: int, weight: int, token: str, ratio: float, _scale: float) -> QImage:
    """Return text with its halo: the text in black all around its place, then in its colour.

    Stroking its outlines looks the same and takes five times as long, too long for figures that
    change with every slice.
    """
    face = letter_font(pixels, weight) if len(text) == 1 else font(pixels, weight)
    metrics = QFontMetricsF(face)
    width = math.ceil(metrics.horizontalAdvance(text)) + 2 * _MARGIN
    height = math.ceil(metrics.ascent() + metrics.descent()) + 2 * _MARGIN
    base = QPointF(_MARGIN, _MARGIN + metrics.ascent())
    halo, image = _blank(width, height, ratio), _blank(width, height, ratio)
    painter = QPainter(halo)
    painter.setFont(face)
    painter.setPen(Qt.GlobalColor.black)
    for offset in _around(ratio):
        painter.drawText(base + offset, text)
    painter.end()
    painter = QPainter(image)
    painter.setOpacity(HALO.alphaF())
    painter.drawImage(QPointF(0, 0), halo)
    painter.setOpacity(1)
    painter.setFont(face)
    painter.setPen(colour(token))
    painter.drawText(base, text)
    painter.end()
    return image


@lru_cache
def _around(ratio: float) -> list[QPointF]:
    """Return all device pixels within half a halo's width, as device-independent offsets."""
    radius = HALO_WIDTH / 2 * ratio
    reach = range(-math.floor(radius), math.floor(radius) + 1)
    return [
        QPointF(x / ratio, y / ratio) for x in reach for y in reach if x * x + y * y <= radius**2
    ]


def _blank(width: int, height: int, ratio: float) -> QImage:
    size = QSize(math.ceil(width * ratio), math.ceil(height * ratio))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def letter_font(pixels: int, weight: int) -> QFont:
    """Return the typeface for orientation letters: Inter's I has serifs there, or it is a bar."""
    made = QFont(font(pixels, weight))
    made.setFeature(QFont.Tag("cv08"), 1)
    return made


def text_width(text: str, pixels: int = 12, weight: int = 500) -> float:
    """Return how wide a text is, in device-independent pixels."""
    return QFontMetricsF(font(pixels, weight)).horizontalAdvance(text)


def shortened(text: str, width: float, pixels: int = 12, weight: int = 500) -> str:
    """Return a text cut to a width in device-independent pixels, with an ellipsis if need be."""
    metrics = QFontMetricsF(font(pixels, weight))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def write(
    painter: QPainter,
    at: QPointF,
    text: str,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    pixels: int = 12,
    weight: int = 500,
    token: str = DARK.overlay_text,
) -> None:
    """Write one line on a picture.

    Args:
        painter: Where to.
        at: Middle of the line's height; its left end, centre or right end by `align`.
        text: What to write.
        align: Left, horizontal centre or right.
        pixels: Size of the type.
        weight: Weight of the type.
        token: Colour as #rrggbb.
    """
    # Of what is drawn to in the end, which may be a picture with more pixels than the screen.
    ratio = painter.deviceTransform().m11()
    image = _drawn(text, pixels, weight, token, ratio, text_scale())
    width, height = image.width() / ratio, image.height() / ratio
    left = at.x() - _MARGIN
    if align == Qt.AlignmentFlag.AlignRight:
        left = at.x() + _MARGIN - width
    elif align == Qt.AlignmentFlag.AlignHCenter:
        left = at.x() - width / 2
    corner = QPointF(left, at.y() - height / 2)
    painter.drawImage(_to_grid(corner, ratio), image)


def label_rect(right: float, top: float, text: str) -> QRectF:
    """Return where a label's box lies whose top right corner is given."""
    width = math.ceil(text_width(text, 12, 600)) + 16
    return QRectF(right - width, top, width, scaled(LABEL_HEIGHT))


def draw_label(painter: QPainter, rect: QRectF, text: str, token: str) -> None:
    """Draw a label: a black box with a thin border, which no overlay state takes away."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(token), 1))
    painter.setBrush(Qt.GlobalColor.black)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(font(12, 600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def draw_lines(painter: QPainter, lines: list[QLineF]) -> None:
    """Draw 1 px lines with a dark edge; ends are on pixel centres."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(HALO, 3)
    edge.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(edge)
    painter.drawLines(lines)
    line = QPen(colour(DARK.overlay_text), 1)
    line.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(line)
    painter.drawLines(lines)
    painter.restore()


def pixel_centre(at: QPointF) -> QPointF:
    """Return the middle of the device-independent pixel that a place lies in."""
    return QPointF(math.floor(at.x()) + 0.5, math.floor(at.y()) + 0.5)


def _to_grid(at: QPointF, ratio: float) -> QPointF:
    # Not round(): it sends halves to even numbers, and lines of text come to stand unevenly.
    return QPointF(
        math.floor(at.x() * ratio + 0.5) / ratio, math.floor(at.y() * ratio + 0.5) / ratio
    )
