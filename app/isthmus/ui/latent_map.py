"""The latent map: each slab of the scan as a point, in the plane of its two main components."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.latents import SliceMap
from isthmus.ui import keys
from isthmus.ui.accessibility import speak_as
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

_NAME = "Latent map"
_FIRST, _SECOND = "PC 1 →", "PC 2 →"
_REACH = 16.0
_RING = 9.0
_LOW = 200
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class LatentMap(QWidget):
    """Shows the path of the scan's slabs; a click goes to the slab's slice.

    Attributes:
        slice_chosen: Slice k of the volume that the person chose.
    """

    slice_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: SliceMap | None = None
        self._places: list[QPointF] = []
        self._path = np.empty((2, 0))  # x and y of points sampled densely along the path
        self._numbers: Sequence[int] | None = None
        self._k = 0
        self._hovered: int | None = None
        self.setMouseTracking(True)
        # A click leaves the arrows with slices and bottlenecks.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")
        self._titled = True
        self.setAccessibleName(tr("Latent map"))
        speak_as(self, "chart")
        self._describe()

    def set_map(self, slice_map: SliceMap | None) -> None:
        """Show a map; None while there is none."""
        self._map, self._hovered = slice_map, None
        self._lay_out()
        self._describe()

    def set_current(self, k: int) -> None:
        """Ring the slab of slice k of the volume."""
        self._k = k
        self._describe()
        self.update()

    def set_numbers(self, numbers: Sequence[int] | None) -> None:
        """Say which number each slice k has on screen; k + 1 where None."""
        self._numbers = numbers
        self._describe()
        self.update()

    def place_of(self, slab: int) -> QPointF:
        """Return where a slab's point is in this widget."""
        return self._places[slab]

    def sizeHint(self) -> QSize:
        """Return the size in the deck of a large window."""
        return QSize(392, 256)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the map can be read."""
        return QSize(220, 140)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the points anew."""
        self._lay_out()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the slice of the point under the pointer."""
        slab = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton and slab is not None:
            self._go(slab)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ring the point under the pointer."""
        self._hover(self._near(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the ghost ring away."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the path: left and right by one slab, Home and End to the ends."""
        now, last = self._slab(), len(self._places) - 1
        if event.key() not in _KEYS or not keys.is_bare(event) or now is None:
            event.ignore()
            return
        targets = (max(0, now - 1), min(last, now + 1), 0, last)
        target = targets[_KEYS.index(Qt.Key(event.key()))]
        if target != now:
            self._go(target)

    def event(self, event: QEvent) -> bool:
        """Say which slices the point under the pointer stands for; keep the path's keys."""
        if self._map is not None and keys.keeps(event, _KEYS):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            slab = self._near(QPointF(event.pos()))
            if slab is None:
                QToolTip.hideText()
            else:
                around = QRect(event.pos(), QSize(1, 1)).adjusted(-4, -4, 4, 4)
                QToolTip.showText(event.globalPos(), self.tip(slab), self, around)
            return True
        return super().event(event)

    def set_titled(self, titled: bool) -> None:
        """Write the panel's name, or leave it to the tab that it lies in."""
        self._titled = titled
        self._lay_out()
        self.update()

    def tip(self, slab: int) -> str:
        """Return the tooltip of a point, such as "slices 21–22"."""
        first, last = self._ends(slab)
        if first == last:
            return tr("slice {n}").format(n=first)
        return tr("slices {first}–{last}").format(first=first, last=last)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the path, its points, and what it is."""
        painter = QPainter(self)
        if self._titled:
            painter.setFont(font(13, 600))
            painter.setPen(colour(TOKENS.text))
            painter.drawText(self._title(), Qt.AlignmentFlag.AlignVCenter, _NAME)
        if self._map is None:
            painter.setFont(font(12))
            painter.setPen(colour(TOKENS.text3))
            words = tr("Appears when the scan is encoded")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawPolyline(self._places)
        current = self._slab()
        # From what just stands out of the panel to what does so most, in either theme.
        first, last = QColor(TOKENS.edge).red(), QColor(TOKENS.text).red()
        for slab, at in enumerate(self._places):
            share = slab / max(1, len(self._places) - 1)
            grey = round(first + share * (last - first))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(grey, grey, grey))
            painter.drawEllipse(at, 3.5, 3.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._hovered is not None and self._hovered != current:
            painter.setPen(QPen(colour(TOKENS.text2), 1.5))
            painter.drawEllipse(self._places[self._hovered], 7, 7)
        if current is not None:
            painter.setPen(QPen(colour(TOKENS.reconstruction), 2))
            painter.drawEllipse(self._places[current], 8, 8)
        self._paint_numbers(painter, current)

    def _paint_axes(self, painter: QPainter) -> None:
        painter.setFont(font(11))
        painter.setPen(colour(TOKENS.text3))
        last = self._last_line()
        painter.drawText(last, Qt.AlignmentFlag.AlignLeft, _FIRST)
        upright = self._upright()
        painter.save()
        painter.translate(upright.bottomLeft())
        painter.rotate(-90)
        lying = QRectF(0, 0, upright.height(), upright.width())
        painter.drawText(lying, Qt.AlignmentFlag.AlignLeft, _SECOND)
        painter.restore()
        if self._map is not None:
            first, second = (f"{100 * share:.0f}\u00a0%" for share in self._map.explained)
            words = tr("PCA of slabs · {first} + {second} of variance").format(
                first=first, second=second
            )
            if len(self._map.slices) == 1:
                words = tr("One slab: no path")
            metrics = QFontMetricsF(font(11))
            room = last.width() - metrics.horizontalAdvance(_FIRST) - 12
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(last, Qt.AlignmentFlag.AlignRight, words)

    def _title(self) -> QRectF:
        """Return where the panel's name stands."""
        if not self._titled:
            return QRectF(14, 0, 0, 0)
        return QRectF(14, 12, QFontMetricsF(font(13, 600)).horizontalAdvance(_NAME) + 1, 18)

    def _upright(self) -> QRectF:
        """Return where the name of the upright axis stands."""
        long = QFontMetricsF(font(11)).horizontalAdvance(_SECOND) + 1
        return QRectF(14, self.height() - 42 - long, 14, long)

    def _last_line(self) -> QRectF:
        """Return where the name of the level axis stands, and what the map is."""
        return QRectF(14, self.height() - 26, self.width() - 28, 16)

    def _paint_numbers(self, painter: QPainter, current: int | None) -> None:
        """Number the ends, and the current slice in bold; the current one wins a shared place."""
        taken: list[QRectF] = []
        if current is not None:
            taken.append(self._number(painter, current, self._shown_number(self._k), bold=True))
        if self._map is None:
            return
        slices = self._map.slices
        for slab, k in ((0, slices[0][0]), (len(slices) - 1, slices[-1][-1])):
            number = self._shown_number(k)
            box = self._number_box(slab, number, font(11))
            if slab != current and not any(box.intersects(other) for other in taken):
                taken.append(self._number(painter, slab, number, bold=False))

    def _number(self, painter: QPainter, slab: int, number: int, *, bold: bool) -> QRectF:
        face = font(13, 600) if bold else font(11)
        box = self._number_box(slab, number, face)
        painter.setFont(face)
        painter.setPen(colour(TOKENS.text if bold else TOKENS.text2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
        return box

    def _number_box(self, slab: int, number: int, face: QFont) -> QRectF:
        """Return where a number stands: on the free side of its point where it hides least."""
        at = self._places[slab]
        wide = QFontMetricsF(face).horizontalAdvance(str(number)) + 2
        box = QRectF(at.x() - wide / 2, at.y() - 9, wide, 18)
        aside, above = 12 + wide / 2, 17
        moves = ((aside, 0), (-aside, 0), (0, -above), (0, above))
        sides = [box.translated(x, y) for x, y in moves]
        words = (self._title().adjusted(0, 0, 6, 0), self._upright(), self._last_line())
        free = [
            side
            for side in sides
            if QRectF(self.rect()).contains(side) and not any(map(side.intersects, words))
        ]
        return min(free or sides, key=self._hidden)

    def _hidden(self, box: QRectF) -> int:
        """Return how much of the path a box would cover, in points of a dense sample."""
        around = box.adjusted(-3, -1, 3, 1)
        x, y = self._path
        across = (x >= around.left()) & (x <= around.right())
        return int(np.count_nonzero(across & (y >= around.top()) & (y <= around.bottom())))

    def _area(self) -> QRectF:
        """Return where points may lie: below the name, or beside it where height is short.

        A ring round any of them keeps clear of all words, and so does the number at its right.
        """
        if self.height() < _LOW:
            left = self._title().right() + _RING + 4
            return QRectF(self.rect()).adjusted(left, 18, -40, -36)
        return QRectF(self.rect()).adjusted(40, 44 if self._titled else 20, -40, -42)

    def _lay_out(self) -> None:
        """Place the points with one scale for both axes, so that distances mean something."""
        self._places = []
        if self._map is not None:
            points = np.nan_to_num(self._map.points)
            low, high = points.min(axis=0), points.max(axis=0)
            area = self._area()
            extent = np.maximum(high - low, 1e-12)
            scale = min(area.width() / extent[0], area.height() / extent[1])
            middle = (low + high) / 2
            if not (high > low).any():
                scale = 0.0
            self._places = [
                QPointF(
                    area.center().x() + float(x - middle[0]) * scale,
                    area.center().y() - float(y - middle[1]) * scale,
                )
                for x, y in points
            ]
        at = np.array([(place.x(), place.y()) for place in self._places]).reshape(-1, 2)
        parts = np.arange(0, 1.1, 0.2)[:, None, None]
        self._path = (at[:-1] + (at[1:] - at[:-1]) * parts).reshape(-1, 2).T
        self.update()

    def _slab(self) -> int | None:
        return None if self._map is None else self._map.slab_of(self._k)

    def _shown_number(self, k: int) -> int:
        return k + 1 if self._numbers is None else self._numbers[k]

    def _ends(self, slab: int) -> tuple[int, int]:
        """Return the lowest and highest number on screen of a slab's slices."""
        assert self._map is not None
        numbers = [self._shown_number(k) for k in self._map.slices[slab]]
        return min(numbers), max(numbers)

    def _near(self, at: QPointF) -> int | None:
        """Return the slab whose point is nearest and within reach."""
        away = [(at - place).manhattanLength() for place in self._places]
        if not away or min(away) > _REACH:
            return None
        return away.index(min(away))

    def _go(self, slab: int) -> None:
        assert self._map is not None
        slices = self._map.slices[slab]
        self.slice_chosen.emit(slices[(len(slices) - 1) // 2])

    def _hover(self, slab: int | None) -> None:
        if slab != self._hovered:
            self._hovered = slab
            self.update()

    def _describe(self) -> None:
        slab = self._slab()
        if slab is None:
            self.setAccessibleDescription(tr("No map yet"))
        else:
            words = tr("{slices}, slab {n} of {count}")
            self.setAccessibleDescription(
                words.format(slices=self.tip(slab), n=slab + 1, count=len(self._places))
            )
