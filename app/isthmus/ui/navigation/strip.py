"""The slice strip: which slice is shown, how good each one is, and a way to every one of them."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QApplication, QToolTip, QWidget

from isthmus.scans import PlaneView
from isthmus.ui import formats
from isthmus.ui.navigation.bars import Lane
from isthmus.ui.navigation.entry import NumberEntry
from isthmus.ui.navigation.strip_words import Words, paint_ends, paint_left, paint_right
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.theme import TOKENS, colour, font, scaled, text_scale
from isthmus.ui.wheel import Wheel
from isthmus.ui.words import tr

HEIGHT = 42
COMPACT_HEIGHT = 32
_EDGE = 12
_LETTER = 22
_BUTTON = 28
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class SliceStrip(QAbstractSlider):
    """A bar for every slice of the plane: height and colour are its PSNR. Click or drag to go.

    Its keys are the window's: they scroll wherever the focus is. To a screen reader it is a slider
    named "Slices" whose value is the slice's number.

    Attributes:
        entry: Asks for a number; see `ask_number`.
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
        self._button: QWidget | None = None
        self._player: QWidget | None = None
        self.entry = NumberEntry(self)
        self.entry.chosen.connect(lambda number: store.go_to_slice(number - 1))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setAccessibleName(tr("Slices"))
        self.set_compact(False)
        # Of a screen reader, which sets the value; the store sets it to where it is already.
        self.valueChanged.connect(self._take_value)
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
        self.setFixedHeight(scaled(COMPACT_HEIGHT if compact else HEIGHT))
        self._redraw()

    def set_player(self, button: QWidget, player: QWidget) -> None:
        """Take in what plays the slices.

        Args:
            button: Starts and stops; stands beside the slice's number.
            player: Takes the place of the lowest slice's words whenever it is shown.
        """
        self._button, self._player = button, player
        before: QWidget = self
        for widget in (button, player):
            widget.setParent(self)
            # Tab comes to them from the strip; as newcomers they would be the last of the window.
            for part in (widget, *widget.findChildren(QWidget)):
                QWidget.setTabOrder(before, part)
                before = part
        player.hide()
        self._redraw()

    def ask_number(self) -> None:
        """Let the person type the number of the slice to go to."""
        if self._count:
            self._place_parts()
            self.entry.ask(self._store.index + 1, self._count, QApplication.focusWidget())

    def sizeHint(self) -> QSize:
        """Return a comfortable width."""
        return QSize(900, self.height())

    def bar_rect(self, index: int) -> QRectF:
        """Return the column of a slice, from the strip's top to its bottom."""
        return self._lane().slot(index)

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

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a number where the number stands; elsewhere it is two presses."""
        if self._number_rect().contains(event.position()):
            self.ask_number()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, as over the pictures."""
        notches = self._wheel.notches(event)
        if notches:
            tenfold = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._store.scroll(-notches * (10 if tenfold else 1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all keys to the window."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell a slice's figure under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = QPointF(event.pos())
            text = ""
            if self._lowest_rect().contains(at) and self.lowest is not None:
                text = tr("Go to the slice with the lowest PSNR (N)")
            elif self._reach().contains(at):
                text = self._words_of(self._lane().index_at(at.x()))
            elif self._number_rect().contains(at) and self._count:
                text = tr("Double-click to type a slice's number (Ctrl+G)")
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
            self._paint_words(painter)
        if self._ring:
            painter.setPen(QPen(colour(TOKENS.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint_bars(self, painter: QPainter) -> None:
        if self._bars is None or self._bars.devicePixelRatio() != self.devicePixelRatioF():
            self._bars = self._lane().drawn(self._psnr, self.size(), self.devicePixelRatioF())
        painter.drawImage(QPointF(0, 0), self._bars)
        self._lane().paint_current(painter, self._store.index, self._psnr)
        if self.lowest is not None:
            self._lane().paint_lowest(painter, self.lowest)

    def _paint_words(self, painter: QPainter) -> None:
        view = self._view
        assert view is not None
        if not self.entry.isVisible():
            number = tr("Slice {n} / {count}").format(n=self._store.index + 1, count=view.n_slices)
            words = Words(number, self._figure(self._store.index), self._compact)
            paint_left(painter, self._number_rect(), words)
        paint_ends(painter, self._lane().rect, view.ends or ("", ""), _LETTER)
        lowest = self.lowest
        playing = self._player is not None and self._player.isVisible()
        if lowest is not None and not playing:
            figure = self._figure(lowest)
            paint_right(painter, self._lowest_rect(), Words(str(lowest + 1), figure, self._compact))

    # Places and words

    @property
    def _count(self) -> int:
        return 0 if self._view is None else self._view.n_slices

    def _number_rect(self) -> QRectF:
        """Return where the slice's number stands."""
        digits = "8" * len(str(self._count))
        words = tr("Slice {n} / {count}").format(n=digits, count=digits)
        width = math.ceil(QFontMetricsF(font(13, 600)).horizontalAdvance(words)) + 4
        return QRectF(_EDGE, 0, width, self.height())

    def _right_width(self) -> float:
        """Return how much the words at the right may take, be they known yet or not."""
        return (158 if self._compact else 136) * text_scale()

    def _lane(self) -> Lane:
        """Return where bars are."""
        left = self._number_rect().right() + _LETTER
        if self._button is not None:
            left += _BUTTON + 4
        width = max(self.width() - left - _LETTER - self._right_width(), 1)
        return Lane(QRectF(left, 0, width, self.height()), self._count)

    def _reach(self) -> QRectF:
        """Return where a press goes to a slice: the bars, and a little beside them."""
        return self._lane().rect.adjusted(-_LETTER, 0, _LETTER, 0)

    def _lowest_rect(self) -> QRectF:
        width = self._right_width()
        return QRectF(self.width() - width, 0, width - _EDGE, self.height())

    def _place_parts(self) -> None:
        """Give button, player and entry their places among what is painted."""
        number = self._number_rect()
        self.entry.setGeometry(
            QRect(
                round(number.left()) - 6,
                (self.height() - scaled(26)) // 2,
                round(number.width()) + 12,
                scaled(26),
            )
        )
        if self._button is not None and self._player is not None:
            top = (self.height() - _BUTTON) // 2
            self._button.setGeometry(round(number.right()) + 4, top, _BUTTON, _BUTTON)
            self._player.setGeometry(self._lowest_rect().toRect().adjusted(0, 1, 6, 0))

    def _go_to(self, at: QPointF) -> None:
        if self._count:
            self._store.go_to_slice(self._lane().index_at(at.x()))

    def _figure(self, index: int) -> str:
        if self._psnr is None or index >= len(self._psnr) or math.isnan(self._psnr[index]):
            return ""
        return f"{formats.number(float(self._psnr[index]), 1)} dB"

    def _words_of(self, index: int) -> str:
        figure = self._figure(index)
        if figure:
            return tr("Slice {n}: PSNR {figure}").format(n=index + 1, figure=figure)
        return tr("Slice {n}").format(n=index + 1)

    # Following the store

    def _take_volume(self) -> None:
        self._psnr = None
        self.set_view(self._store.view)

    @Slot(int)
    def _take_value(self, value: int) -> None:
        self._store.go_to_slice(value - 1)

    def _follow(self, new: ViewState, old: ViewState) -> None:
        if self._view != self._store.view:
            self.set_view(self._store.view)
        elif new.cursor != old.cursor or new.plane != old.plane:
            self._describe()
            self.update()

    def _redraw(self) -> None:
        """Draw all anew, the bars too."""
        self._bars = None
        self._place_parts()
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._view is None:
            return
        index, count = self._store.index, self._count
        # Both at once, before anyone hears of it: a range alone would move the value.
        blocked = self.blockSignals(True)
        self.setRange(1, count)
        self.blockSignals(blocked)
        self.setValue(index + 1)
        figure = self._figure(index)
        if figure:
            words = tr("Slice {n} of {count}, PSNR {figure}")
            text = words.format(n=index + 1, count=count, figure=figure)
        else:
            text = tr("Slice {n} of {count}").format(n=index + 1, count=count)
        self.setAccessibleDescription(text)
