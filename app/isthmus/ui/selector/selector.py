"""The bottleneck selector as the hand and the keys move it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QActionGroup,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from isthmus.ui import keys
from isthmus.ui.selector import tips
from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.cells import tick_text
from isthmus.ui.selector.curve import smallest_above
from isthmus.ui.selector.hand import Grip, Hand
from isthmus.ui.selector.layout import Layout
from isthmus.ui.selector.measure import Measure
from isthmus.ui.selector.plot import pill
from isthmus.ui.selector.references import Ratio, about_ratio, ratios
from isthmus.ui.selector.view import SelectorView
from isthmus.ui.wheel import Wheel
from isthmus.ui.words import tr

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEAR_LINE = 3.0
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class BottleneckSelector(SelectorView):
    """Chooses a bottleneck on the scan's own rate–distortion curve.

    Attributes:
        floor_moved: The quality floor that the person chose, in the unit of the measure drawn.
        measure_changed: The `Measure` that the person chose; it is drawn already.
        standard_wanted: Whether the person wants standard codecs beside the curve.
        released: The hand let go.
    """

    floor_moved = Signal(float)
    measure_changed = Signal(object)
    standard_wanted = Signal(bool)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = Hand(self)
        self._wheel = Wheel()
        self.header.measure_chosen.connect(self._take_measure)
        self.header.standard_chosen.connect(self._take_standard)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setMouseTracking(True)

    # The board of the hand

    def layout_now(self) -> Layout:
        """Return where everything lies."""
        return self._layout

    def axes_now(self) -> Axes:
        """Return the plot's ranges."""
        return self._axes

    def places(self) -> list[float]:
        """Return the x of each stop's point; of its button where no place is known."""
        ratios_ = [stop.ratio for stop in self._stops]
        if self._layout.plot.isEmpty() or any(ratio is None for ratio in ratios_):
            return [cell.center().x() for cell in self._layout.stops]
        return [self._layout.across(self._axes, ratio) for ratio in ratios_ if ratio is not None]

    def points(self) -> list[QPointF]:
        """Return the points that are drawn."""
        found = (self._layout.place(self._axes, stop) for stop in self._stops)
        return [point for point in found if point is not None]

    def floor_at(self) -> float:
        """Return the y of the floor's line."""
        return self._layout.level(self._axes, self.floor)

    def floor_label_holds(self, at: QPointF) -> bool:
        """Return whether a position lies in the floor's label."""
        return bool(self._stops) and pill(self._layout, self.scene()).contains(at)

    def chosen(self) -> int:
        """Return the stop asked for."""
        return self.value()

    def choose(self, index: int) -> None:
        """Ask for a stop."""
        self.setValue(index)

    def set_floor_by_hand(self, value: float) -> None:
        """Move the floor, and tell of it."""
        before = self.floor
        self.set_floor(value)
        if self.floor != before:
            self.floor_moved.emit(self.floor)

    def offer_list(self) -> None:
        """Show all stops as a list, where they are too many for buttons."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        scene = self.scene()
        for index, stop in enumerate(self._stops):
            entry = group.addAction(tick_text(stop, scene))
            entry.setCheckable(True)
            entry.setChecked(index == self.value())
            entry.triggered.connect(self._chooser(index))
        menu.addActions(group.actions())
        menu.setActiveAction(group.actions()[self.value()])
        menu.popup(self.mapToGlobal(self._layout.stops[0].topLeft().toPoint()))

    def _chooser(self, index: int) -> Callable[[], None]:
        return lambda: self.setValue(index)

    # Commands

    @property
    def dragging(self) -> bool:
        """Whether the hand holds a stop."""
        return self._hand.grip in (Grip.PLOT, Grip.STOPS)

    def move_floor(self, steps: int) -> None:
        """Move the floor by so many steps, 0.5 dB each; within the plot."""
        target = self.floor + steps * self.measure.step
        low, high = self._axes.lowest, self._axes.highest
        if low <= self.floor <= high:
            target = min(max(target, low), high)
        self.set_floor_by_hand(target)

    def choose_above_floor(self, where: QPoint | None = None) -> None:
        """Ask for the smallest file that reaches the floor; say so if there is none."""
        best = smallest_above(self._stops, self.measure, self.floor)
        if best is not None:
            self.setValue(best)
        elif self._stops:
            level = self.measure.text(self.floor)
            text = tr("No stop reaches {level} on this scan.").format(level=level)
            QToolTip.showText(where or self.mapToGlobal(self.rect().center()), text, self)

    @Slot(object)
    def _take_measure(self, measure: Measure) -> None:
        self.set_measure(measure)
        self.measure_changed.emit(measure)

    @Slot(bool)
    def _take_standard(self, wanted: bool) -> None:
        self.set_standard_wanted(wanted)
        self.update()
        self.standard_wanted.emit(wanted)

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a stop, or the one nearest in the plot, or take the floor; begin to drag."""
        if event.button() != Qt.MouseButton.LeftButton or not self._stops:
            event.ignore()
            return
        self._keyboard = False
        self.update()
        self._hand.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag to another stop or level, or ring the stop under the pointer."""
        at = event.position()
        if not self._hand.move(at):
            self._hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the last stop, wherever the hand let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.release()
            if self._stops:
                self._fit()
            self.released.emit()
            self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Take the ghost ring away."""
        self._show_hover(None, False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go one stop per notch; forward is a larger file."""
        self.setValue(self.value() + self._wheel.notches(event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go by one stop, Home and End to the ends, Enter to the floor's stop."""
        targets = (self.value() - 1, self.value() + 1, 0, self.maximum())
        if event.key() not in (*_ARROWS, *_ENTER) or not keys.is_bare(event):
            event.ignore()
            return
        self._keyboard = True
        if event.key() in _ENTER:
            self.choose_above_floor()
        else:
            self.setValue(targets[_ARROWS.index(Qt.Key(event.key()))])
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the stop if the keyboard came here."""
        self._keyboard = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._keyboard = False
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer measures and standard codecs, also where there is no room for their controls."""
        if not self._stops:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.header.add_to(menu)
        menu.popup(event.globalPos())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Show what lies under the pointer; keep the slider's keys."""
        if keys.keeps(event, (*_ARROWS, *_ENTER)):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        at = QPointF(event.pos())
        text, around = self._tip_at(at)
        if text:
            QToolTip.showText(
                event.globalPos(), text, self, around | QRect(event.pos(), QSize(1, 1))
            )
        else:
            QToolTip.hideText()

    def _tip_at(self, at: QPointF) -> tuple[str, QRect]:
        """Return the tooltip at a position, and where it holds."""
        if not self._stops:
            return "", QRect()
        over = self._hand.stop_at(at)
        line = None if over is not None else self._ratio_at(at)
        if line is not None:
            return about_ratio(line), line.label.toRect()
        if over is None and self._hand.on_floor(at):
            return tips.about_floor(self.measure, self.floor), QRect()
        under = self._hand.under(at)
        if under is None:
            return "", QRect()
        return self.tip(under), self._layout.stops[under].toRect()

    def _ratio_at(self, at: QPointF) -> Ratio | None:
        """Return the vertical line at a position, by its label or within its reach."""
        for line in ratios(self._layout, self.scene()):
            near = abs(at.x() - line.x) <= _NEAR_LINE and self._hand.in_plot(at)
            if near or line.label.contains(at):
                return line
        return None

    def tip(self, index: int) -> str:
        """Return the tooltip of a stop, as rich text."""
        return tips.about_stop(self._stops[index], self.measure, self.floor)

    def _hover(self, at: QPointF) -> None:
        if not self._stops:
            return
        on_floor = self._hand.on_floor(at) and self._hand.stop_at(at) is None
        self._show_hover(None if on_floor else self._hand.under(at), on_floor)

    def _show_hover(self, index: int | None, on_floor: bool) -> None:
        if (index, on_floor) != (self._hovered, self._floor_held):
            self._hovered, self._floor_held = index, on_floor
            shape = Qt.CursorShape.SizeVerCursor if on_floor else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()
