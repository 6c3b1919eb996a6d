"""Icons: Phosphor from qtawesome's font, and our own marks, neck and logo."""

from enum import StrEnum
from functools import cache

import qtawesome
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from isthmus import assets
from isthmus.ui.theme import TOKENS

SIZE = QSize(16, 16)


class Mark(StrEnum):
    """What a pane, a value or a curve stands for. The shape tells as much as the colour."""

    ORIGINAL = "original"
    RECONSTRUCTION = "reconstruction"
    DIFFERENCE = "difference"


@cache
def icon(name: str, colour: str = TOKENS.text2) -> QIcon:
    """Return a Phosphor icon in regular weight, brighter under the pointer and when switched on.

    Args:
        name: Phosphor's name without prefix, such as `"folder-open"`.
        colour: Colour at rest, as #rrggbb.
    """
    made = qtawesome.icon(
        f"ph.{name}",
        color=colour,
        color_active=TOKENS.text if colour == TOKENS.text2 else colour,
        color_selected=TOKENS.text,
        color_disabled=TOKENS.edge,
        color_on=TOKENS.text,
    )
    assert isinstance(made, QIcon)
    return made


def paint_mark(painter: QPainter, rect: QRectF, mark: Mark) -> None:
    """Draw a mark into a square: open for the original, filled for the reconstruction, split."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    blue, orange = QColor(TOKENS.original), QColor(TOKENS.reconstruction)
    unit = rect.width() / 12
    box = rect.adjusted(unit, unit, -unit, -unit)
    if mark is Mark.ORIGINAL:
        painter.setPen(QPen(blue, 2 * unit))
        painter.drawRoundedRect(box.adjusted(unit, unit, -unit, -unit), unit, unit)
    elif mark is Mark.RECONSTRUCTION:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(orange)
        painter.drawRoundedRect(box, 1.5 * unit, 1.5 * unit)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        half = QRectF(box.left(), box.top(), 4.4 * unit, box.height())
        for side, fill in ((half, blue), (half.translated(5.6 * unit, 0), orange)):
            painter.setBrush(fill)
            painter.drawRoundedRect(side, unit, unit)
    painter.restore()


@cache
def mark_pixmap(mark: Mark, size: int = 12, pixel_ratio: float = 1.0) -> QPixmap:
    """Return a mark as a transparent pixmap of `size` device-independent pixels."""
    pixmap = QPixmap(QSize(size, size) * pixel_ratio)
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QRectF(0, 0, size, size), mark)
    painter.end()
    return pixmap


def paint_neck(painter: QPainter, rect: QRectF, neck: float, flat: float = 0.34) -> None:
    """Draw the isthmus: a block of scan, the neck, a block of picture.

    Args:
        painter: Where to draw.
        rect: The whole shape.
        neck: Height of the neck in the painter's units.
        flat: How much of each half is a plain block.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle = rect.center()
    for outer, fill in ((rect.left(), TOKENS.original), (rect.right(), TOKENS.reconstruction)):
        reach = middle.x() - outer
        shoulder, bend = outer + flat * reach, outer + (1 + flat) / 2 * reach
        upper, lower = middle.y() - neck / 2, middle.y() + neck / 2
        path = QPainterPath(QPointF(outer, rect.top()))
        path.lineTo(shoulder, rect.top())
        path.cubicTo(bend, rect.top(), bend, upper, middle.x(), upper)
        path.lineTo(middle.x(), lower)
        path.cubicTo(bend, lower, bend, rect.bottom(), shoulder, rect.bottom())
        path.lineTo(outer, rect.bottom())
        path.closeSubpath()
        painter.setBrush(QColor(fill))
        painter.drawPath(path)
    painter.restore()


@cache
def logo() -> QIcon:
    """Return the program's icon.

    Raises:
        IsthmusError: The installation lacks its resources.
    """
    return QIcon(str(assets.folder("resources") / "icons" / "isthmus.svg"))
