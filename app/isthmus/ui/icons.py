"""Icons: Phosphor from qtawesome's font, and our own marks, neck and logo."""

from enum import StrEnum
from functools import cache

import qtawesome
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from isthmus import assets
from isthmus.ui.tokens import TOKENS

SIZE = QSize(16, 16)


class Mark(StrEnum):
    """What a pane, a value or a curve stands for. The shape tells as much as the colour."""

    ORIGINAL = "original"
    RECONSTRUCTION = "reconstruction"
    DIFFERENCE = "difference"


@cache
def icon(name: str, token: str = "text2") -> QIcon:
    """Return a Phosphor icon in regular weight, brighter under the pointer and when switched on.

    It is drawn in the colours of the theme in use, whichever that is by then.

    Args:
        name: Phosphor's name without prefix, such as `"folder-open"`.
        token: Name of the colour at rest, a field of `Theme`.
    """
    return QIcon(_Engine(name, token))


class _Engine(QIconEngine):
    """Draws an icon each time anew, so that a change of theme needs no other icon."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        at_rest = getattr(TOKENS, self._token)
        bright = TOKENS.text if self._token == "text2" else at_rest
        made = _coloured(self._name, at_rest, bright, TOKENS.text, TOKENS.edge)
        made.paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode, state)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap


@cache
def _coloured(name: str, at_rest: str, active: str, on: str, disabled: str) -> QIcon:
    made = qtawesome.icon(
        f"ph.{name}",
        color=at_rest,
        color_active=active,
        color_selected=on,
        color_disabled=disabled,
        color_on=on,
    )
    assert isinstance(made, QIcon)
    return made


class Sign(QWidget):
    """An icon that stands by itself.

    Args:
        name: Phosphor's name.
        size: Its side, in device-independent pixels.
        token: Name of its colour, a field of `Theme`.
    """

    def __init__(self, name: str = "", size: int = 16, token: str = "text2") -> None:
        super().__init__()
        self._name = name
        self._token = token
        self.setFixedSize(size, size)

    def set_icon(self, name: str, token: str = "text2") -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        if self._name:
            icon(self._name, self._token).paint(QPainter(self), self.rect())


class MarkSign(QWidget):
    """A mark that stands by itself, such as before a value.

    Args:
        mark: Which.
        size: Its side, in device-independent pixels.
    """

    def __init__(self, mark: Mark, size: int) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        paint_mark(QPainter(self), QRectF(self.rect()), self._mark)


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
