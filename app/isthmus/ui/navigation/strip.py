"""The slice strip: which slice is shown, how good each one is, and a way to every one of them."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from isthmus.scans import PlaneView
from isthmus.ui import formats
from isthmus.ui.navigation.bars import slice_bars
from isthmus.ui.panes.writing import letter_font
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.wheel import Wheel

HEIGHT = 42
COMPACT_HEIGHT = 32
_EDGE = 12
_LETTER = 22
_TOP = 8
_BOTTOM = 5
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class SliceStrip(QWidget):
    """A bar for every slice of the plane: height and colour are its PSNR. Click or drag to go.

    Its keys are the window's: they scroll wherever the focus is.
    """

    def __init__(self, store: ViewStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._view: PlaneView | None = store.view
        self._psnr: npt.NDArray[np.float64] | None = None
        self._wheel = Wheel()
        self._dragging = False
        self._compact = False
        self._ring = False
        self._bars: QImage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setAccessibleName("Slices")
        self.set_compact(False)
        store.changed.connect(self._follow)
        store.volume_changed.connect(self._take_volume)

    # What it shows

    def set_view(self, view: PlaneView | None) -> None:
        """Show the slices of a plane; the store's own changes are followed without being told.

        The slices' quality is unknown until it is set.
        """
        if view != self._view:
            self._view = view
            self._psnr = None
        self._redraw()

    def set_quality(self, psnr: Sequence[float] | None) -> None:
        """Show each slice's PSNR.

        Args:
            psnr: In decibel, by display number, as measured on the slices of this plane; NaN for
                a slice whose figure is unknown, None if none is known yet.

        Raises:
            ValueError: There is not one figure for each slice.
        """
        if psnr is None:
            self._psnr = None
        else:
            found = np.asarray(psnr, dtype=np.float64)
            if self._view is None or found.shape != (self._view.n_slices,):
                raise ValueError(f"{found.size} figures for another number of slices")
            self._psnr = found
        self._redraw()

    @property
    def lowest(self) -> int | None:
        """Display number of the slice with the lowest PSNR; None if that is not known."""
        if self._psnr is None or not np.isfinite(self._psnr).any():
            return None
        return int(np.nanargmin(self._psnr))

    def go_to_lowest(self) -> None:
        """Go to the slice with the lowest PSNR, if it is known."""
        lowest = self.lowest
        if lowest is not None:
            self._store.go_to_slice(lowest)

    def set_compact(self, compact: bool) -> None:
        """Take less height, for small windows."""
        self._compact = compact
        self.setFixedHeight(COMPACT_HEIGHT if compact else HEIGHT)
        self._redraw()

    def sizeHint(self) -> QSize:
        """Return a comfortable width."""
        return QSize(900, self.height())

    def bar_rect(self, index: int) -> QRectF:
        """Return the column of a slice, from the strip's top to its bottom."""
        lane = self._lane()
        count = max(self._count, 1)
        width = lane.width() / count
        return QRectF(lane.left() + index * width, 0, width, self.height())

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the slice under the pointer, or to the lowest by its words."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._lowest_rect().contains(event.position()):
            self.go_to_lowest()
        elif self._reach().contains(event.position()):
            self._dragging = True
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along with the pointer, also outside."""
        if self._dragging and event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay where one is."""
        self._dragging = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, as over the pictures."""
        notches = self._wheel.notches(event)
        if notches:
            tenfold = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._store.scroll(-notches * (10 if tenfold else 1))

    def event(self, event: QEvent) -> bool:
        """Tell a slice's figure under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            text = ""
            if self._lowest_rect().contains(at) and self.lowest is not None:
                text = "Go to the slice with the lowest PSNR (N)"
            elif self._reach().contains(at):
                text = self._words_of(self._index_at(at))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus if the keyboard brought it."""
        self._ring = event.reason() in _KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no focus."""
        self._ring = False
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the bars out anew."""
        self._redraw()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, bars and ends."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(TOKENS.panel))
        painter.fillRect(QRectF(0, 0, self.width(), 1), colour(TOKENS.line))
        if self._view is not None:
            self._paint_bars(painter)
            self._paint_left(painter)
            self._paint_right(painter)
        if self._ring:
            painter.setPen(QPen(colour(TOKENS.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_bars(self, painter: QPainter) -> None:
        if self._bars is None or self._bars.devicePixelRatio() != self.devicePixelRatioF():
            self._bars = self._drawn_bars()
        painter.drawImage(QPointF(0, 0), self._bars)
        current = self._store.index
        slot = self._column(current)
        painter.fillRect(slot, colour(TOKENS.selected))
        height = slice_bars(self._psnr, self._count, self._room)[0][current]
        painter.fillRect(self._bar(slot, height), colour(TOKENS.text))
        lowest = self.lowest
        if lowest is not None:
            middle = self.bar_rect(lowest).center().x()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(TOKENS.reconstruction))
            corners = ((-4.5, 2), (4.5, 2), (0, 7))
            painter.drawPolygon(QPolygonF([QPointF(middle + x, y) for x, y in corners]))

    def _paint_left(self, painter: QPainter) -> None:
        view = self._view
        assert view is not None
        number = f"Slice {self._store.index + 1} / {view.n_slices}"
        figure = self._figure(self._store.index)
        room = QRectF(_EDGE, 0, self._left_width() - _EDGE, self.height())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._compact or not figure:
            _put(painter, room, left, number, font(13, 600), TOKENS.text)
        else:
            half = room.height() / 2 + 1
            upper, lower = QRectF(room), QRectF(room)
            upper.setHeight(half + 2)
            lower.setTop(half - 5)
            _put(painter, upper, left, number, font(13, 600), TOKENS.text)
            _put(painter, lower, left, figure, font(11), TOKENS.text2)
        lane = self._lane()
        for letter, x in zip(view.ends or ("", ""), (lane.left(), lane.right()), strict=True):
            at = x - _LETTER if x == lane.left() else x
            box = QRectF(at, 0, _LETTER, self.height())
            _put(
                painter,
                box,
                Qt.AlignmentFlag.AlignCenter,
                letter,
                letter_font(11, 400),
                TOKENS.text3,
            )

    def _paint_right(self, painter: QPainter) -> None:
        """Say which slice of this plane is the lowest, and by which key it is reached."""
        room = self._lowest_rect()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        lowest = self.lowest
        if lowest is None:
            return
        if self._compact:
            words = f"Lowest: {lowest + 1}, {self._figure(lowest)}"
            _put(painter, room, left, words, font(12), TOKENS.text2)
        else:
            half = room.height() / 2 + 1
            upper, lower = QRectF(room), QRectF(room)
            upper.setHeight(half + 2)
            lower.setTop(half - 5)
            _put(painter, upper, left, f"Lowest: {lowest + 1}", font(12), TOKENS.text2)
            _put(painter, lower, left, self._figure(lowest), font(11), TOKENS.text2)
            key = QRectF(self.width() - _EDGE - 18, (self.height() - 18) / 2, 18, 18)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(TOKENS.edge), 1))
            painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            _put(painter, key, Qt.AlignmentFlag.AlignCenter, "N", font(11, 600), TOKENS.text2)

    def _drawn_bars(self) -> QImage:
        """Return the bars of all slices, drawn once for as long as none of them changes."""
        ratio = self.devicePixelRatioF()
        image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        heights, colours = slice_bars(self._psnr, self._count, self._room)
        painter = QPainter(image)
        # Where slices share a pixel, the worst is drawn last and is the one that is seen.
        for index in np.argsort(-heights, kind="stable").tolist():
            bar = self._bar(self._column(index), heights[index])
            painter.fillRect(bar, colours[index])
        painter.end()
        return image

    # Places and words

    @property
    def _count(self) -> int:
        return 0 if self._view is None else self._view.n_slices

    def _left_width(self) -> float:
        digits = "8" * len(str(self._count))
        words = f"Slice {digits} / {digits}"
        return _EDGE + math.ceil(QFontMetricsF(font(13, 600)).horizontalAdvance(words)) + 4

    def _right_width(self) -> float:
        """Return how much the words at the right may take, be they known yet or not."""
        return 158 if self._compact else 136

    def _lane(self) -> QRectF:
        """Return where bars are."""
        left = self._left_width() + _LETTER
        return QRectF(
            left, 0, max(self.width() - left - _LETTER - self._right_width(), 1), self.height()
        )

    def _reach(self) -> QRectF:
        """Return where a press goes to a slice: the bars, and a little beside them."""
        return self._lane().adjusted(-_LETTER, 0, _LETTER, 0)

    def _lowest_rect(self) -> QRectF:
        width = self._right_width()
        return QRectF(self.width() - width, 0, width - _EDGE, self.height())

    def _column(self, index: int) -> QRectF:
        """Return the column of a slice, on whole pixels."""
        exact = self.bar_rect(index)
        left, right = round(exact.left()), round(exact.right())
        return QRectF(left, 0, max(right - left, 1), self.height())

    @property
    def _room(self) -> int:
        """The height of the highest bar."""
        return self.height() - _TOP - _BOTTOM

    def _bar(self, slot: QRectF, height: float) -> QRectF:
        """Return a bar in the column of its slice."""
        exact = self.bar_rect(0).width()
        gap = 2 if exact >= 6 else 1 if exact >= 4 else 0
        return QRectF(slot.left(), self.height() - _BOTTOM - height, slot.width() - gap, height)

    def _index_at(self, at: QPointF) -> int:
        lane = self._lane()
        share = (at.x() - lane.left()) / lane.width()
        return min(max(int(share * self._count), 0), self._count - 1)

    def _go_to(self, at: QPointF) -> None:
        if self._count:
            self._store.go_to_slice(self._index_at(at))

    def _figure(self, index: int) -> str:
        if self._psnr is None or index >= len(self._psnr) or math.isnan(self._psnr[index]):
            return ""
        return f"{formats.number(float(self._psnr[index]), 1)} dB"

    def _words_of(self, index: int) -> str:
        figure = self._figure(index)
        return f"Slice {index + 1}: PSNR {figure}" if figure else f"Slice {index + 1}"

    def _take_volume(self) -> None:
        self._psnr = None
        self.set_view(self._store.view)

    def _follow(self, new: ViewState, old: ViewState) -> None:
        if self._view != self._store.view:
            self.set_view(self._store.view)
        elif new.cursor != old.cursor or new.plane != old.plane:
            self._describe()
            self.update()

    def _redraw(self) -> None:
        """Draw all anew, the bars too."""
        self._bars = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._view is not None:
            described = f"Slice {self._store.index + 1} of {self._count}"
            figure = self._figure(self._store.index)
            self.setAccessibleDescription(f"{described}, PSNR {figure}" if figure else described)


def _put(
    painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, text: str, face: QFont, token: str
) -> None:
    painter.setFont(face)
    painter.setPen(colour(token))
    painter.drawText(box, align, text)
