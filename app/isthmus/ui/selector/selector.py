"""The widget: what is asked, shown, hovered and measured, and how the hand moves it."""

import math
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from isthmus.codec import ModelInfo
from isthmus.quality import OperatingPoint
from isthmus.ui import formats, keys
from isthmus.ui.selector import paint
from isthmus.ui.selector.curve import Axes, Stop, nearest, spoken
from isthmus.ui.selector.glide import Glide
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.selector.model_button import ModelButton
from isthmus.ui.wheel import Wheel

_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class BottleneckSelector(QAbstractSlider):
    """Chooses a bottleneck on the scan's own rate–distortion curve.

    To a screen reader it is a slider named "Bottleneck" whose description is the value in words.
    What is asked for has a ring, what is shown is filled: they differ until the picture is there.

    Attributes:
        asked: Name of the bottleneck that the person chose. Not sent for `set_asked`.
        model_chosen: The other `ModelInfo` that the person chose; its bottlenecks are not shown
            before `set_model`.
        model: Shows the model's title and offers the others.
    """

    asked = Signal(str)
    model_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: list[Stop] = []
        self._axes = Axes()
        self._shown: int | None = None
        self._hovered: int | None = None
        self._progress: dict[int, float] = {}
        self._density = Density.FULL
        self._layout = Layout.of(1, 1, 0, Density.FULL)
        self._dragging_plot = False
        self._dragging_stops = False
        self._keyboard = False
        self._wheel = Wheel()
        self._telling = True
        self.model = ModelButton(self)
        self.model.chosen.connect(self.model_chosen)
        self._handle, self._neck = Glide(self), Glide(self)
        for glide in (self._handle, self._neck):
            glide.valueChanged.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "own")
        self.setMouseTracking(True)
        self.setAccessibleName("Bottleneck")
        self.valueChanged.connect(self._choose)

    # What is drawn

    def set_model(self, model: ModelInfo) -> None:
        """Show the bottlenecks of a model; nothing is asked, shown or measured yet."""
        scan = (self._stops[0].stored_bytes, self._stops[0].n_voxels) if self._stops else (0, 0)
        self._stops = [Stop(bottleneck, *scan) for bottleneck in model.bottlenecks]
        self.model.set_model(model)
        self._telling = False
        self.setRange(0, max(0, len(self._stops) - 1))
        self.setValue(0)
        self._telling = True
        self._start_over()

    def set_scan(self, stored_bytes: int, n_voxels: int) -> None:
        """Forget what was measured: this is another scan.

        Args:
            stored_bytes: Its voxels as stored; the "original" of every ratio.
            n_voxels: How many voxels it has.
        """
        self._stops = [
            replace(stop, stored_bytes=stored_bytes, n_voxels=n_voxels, point=None, written=None)
            for stop in self._stops
        ]
        self._start_over()

    def set_point(self, name: str, point: OperatingPoint | None) -> None:
        """Show what was measured on this scan in place of what was expected."""
        index = self._index(name)
        self._stops[index] = replace(self._stops[index], point=point)
        self._fit()
        self._move(self._neck, self._neck_target())
        self._describe()
        self.update()

    def set_written(self, name: str, file_bytes: int | None) -> None:
        """Show what the file takes on this scan before its quality is measured."""
        index = self._index(name)
        self._stops[index] = replace(self._stops[index], written=file_bytes)
        self._fit()
        self._move(self._neck, self._neck_target())
        self._describe()
        self.update()

    def set_asked(self, name: str) -> None:
        """Put the ring on a stop, without telling anyone."""
        self._telling = False
        self.setValue(self._index(name))
        self._telling = True

    def set_shown(self, name: str | None) -> None:
        """Fill the stop whose picture is on screen; None if there is none."""
        self._shown = None if name is None else self._index(name)
        self._move(self._neck, self._neck_target())
        self.update()

    def set_progress(self, name: str, fraction: float | None) -> None:
        """Show how much of a stop's file is made; None takes the line away."""
        index = self._index(name)
        if fraction is None:
            self._progress.pop(index, None)
        else:
            self._progress[index] = min(1.0, max(0.0, fraction))
        self.update()

    def set_density(self, density: Density) -> None:
        """Show all, less, or stops only."""
        self._density = density
        self.updateGeometry()
        self._lay_out()

    def set_compact(self, compact: bool) -> None:
        """Choose between the deck of a large window and that of a small one."""
        self.set_density(Density.COMPACT if compact else Density.FULL)

    def names(self) -> tuple[str, ...]:
        """Return the names of the bottlenecks, smallest first."""
        return tuple(stop.bottleneck.name for stop in self._stops)

    def stop_rect(self, name: str) -> QRect:
        """Return where a stop's button is, in this widget."""
        return self._layout.stops[self._index(name)].toRect()

    def point_at(self, name: str) -> QPointF | None:
        """Return where a stop's point is in the plot, or None if it is not drawn."""
        return self._layout.place(self._axes, self._stops[self._index(name)])

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a stop, or the one nearest in the plot, and begin to drag."""
        if event.button() != Qt.MouseButton.LeftButton or not self._stops:
            event.ignore()
            return
        self._keyboard = False
        self.update()
        at = event.position()
        over = self._stop_at(at)
        self._dragging_stops = over is not None
        self._dragging_plot = over is None and self._in_plot(at)
        if over is not None:
            self.setValue(over)
        elif self._dragging_plot:
            self.setValue(nearest(at.x(), self._places()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag to another stop, or ring the one under the pointer."""
        at = event.position()
        if self._dragging_plot:
            self.setValue(nearest(at.x(), self._places(), self.value()))
        elif self._dragging_stops:
            centres = [cell.center().x() for cell in self._layout.stops]
            self.setValue(nearest(at.x(), centres, self.value()))
        else:
            self._hover(self._under(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the last stop."""
        self._dragging_plot = self._dragging_stops = False
        self._fit()
        self._hover(self._under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the ghost ring away."""
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go one stop per notch; forward is a larger file."""
        self.setValue(self.value() + self._wheel.notches(event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go by one stop, Home and End to the ends; other keys are the window's."""
        targets = (self.value() - 1, self.value() + 1, 0, self.maximum())
        if event.key() not in _KEYS or not keys.is_bare(event):
            event.ignore()
            return
        self._keyboard = True
        self.setValue(targets[_KEYS.index(Qt.Key(event.key()))])
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the stop if the keyboard came here."""
        self._keyboard = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self._keyboard = False
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show the figures of the stop under the pointer; keep the slider's keys."""
        if keys.keeps(event, _KEYS):
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            over = self._under(QPointF(event.pos()))
            if over is None:
                QToolTip.hideText()
            else:
                around = self._layout.stops[over].toRect() | QRect(event.pos(), QSize(1, 1))
                QToolTip.showText(event.globalPos(), self.tip(over), self, around)
            return True
        return super().event(event)

    def tip(self, index: int) -> str:
        """Return the tooltip of a stop, as rich text."""
        stop = self._stops[index]
        unmeasured = not stop.weighed
        rows = [
            ("File", formats.size(stop.file_bytes, estimated=unmeasured)),
            ("Bits per voxel", formats.bits_per_voxel(stop.bpv, estimated=unmeasured)),
            ("PSNR", stop.psnr_text),
            ("SSIM", formats.similarity(stop.point.ssim if stop.point else None)),
        ]
        table = "".join(
            f"<tr><td>{name}&nbsp;&nbsp;</td><td align='right'>{value}</td></tr>"
            for name, value in rows
        )
        source = "Measured on this scan." if stop.measured else "Expected from training scans."
        head = f"<b>{stop.ratio_text} · {stop.channels_text}</b>, {paint.step_text(stop)}"
        return f"{head}<table>{table}</table>{source}"

    # Geometry and painting

    def sizeHint(self) -> QSize:
        """Return the size in a large or a small window."""
        return QSize(924 if self._density is Density.FULL else 880, self._density.value)

    def minimumSizeHint(self) -> QSize:
        """Return what the stops need."""
        return QSize(148 + 60 * max(1, len(self._stops)), self._density.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, curve and stops."""
        painter = QPainter(self)
        if not self._stops:
            return
        neck = self._neck.value
        scene = paint.Scene(
            stops=self._stops,
            axes=self._axes,
            asked=self.value(),
            shown=self._shown,
            hovered=self._hovered,
            handle=self._handle.value or 0.0,
            neck_ratio=None if neck is None else math.exp(neck),
            progress=self._progress,
            focused=self._keyboard and self.hasFocus(),
        )
        paint.paint_words(painter, self._layout, scene)
        if not self._layout.plot.isEmpty():
            paint.paint_plot(painter, self._layout, scene)
        paint.paint_stops(painter, self._layout, scene)

    # Private

    def _start_over(self) -> None:
        self._axes = Axes.around(self._stops)
        self._shown = self._hovered = None
        self._progress = {}
        self._lay_out()
        self._handle.settle(float(self.value()))
        self._neck.settle(self._neck_target())
        self._describe()

    def _fit(self) -> None:
        """Widen the axes for what lies outside; close in when all is measured and no one drags."""
        dragging = self._dragging_plot or self._dragging_stops
        if all(stop.measured for stop in self._stops) and not dragging:
            self._axes = Axes.around(self._stops)
        else:
            self._axes = self._axes.holding(self._stops)
        self.update()

    def _lay_out(self) -> None:
        density = Density.STOPS if self.height() < 100 else self._density
        self._layout = Layout.of(self.width(), self.height(), len(self._stops), density)
        place = self._layout.title.toRect()
        self.model.setVisible(bool(self._stops) and not place.isEmpty())
        self.model.set_small(density is Density.COMPACT)
        place.setWidth(min(place.width(), self.model.sizeHint().width()))
        self.model.setGeometry(place)
        self.update()

    def _choose(self, index: int) -> None:
        self._move(self._handle, float(index))
        self._move(self._neck, self._neck_target())
        self._describe()
        if self._telling and self._stops:
            self.asked.emit(self._stops[index].bottleneck.name)

    def _describe(self) -> None:
        if self._stops:
            self.setAccessibleDescription(spoken(self._stops, self.value()))

    def _index(self, name: str) -> int:
        return self.names().index(name)

    def _neck_target(self) -> float | None:
        if not self._stops:
            return None
        ratio = self._stops[self.value() if self._shown is None else self._shown].ratio
        return None if ratio is None else math.log(ratio)

    def _places(self) -> list[float]:
        """Return the x of each stop's point; of its button where no place is known."""
        points = [self._layout.place(self._axes, stop) for stop in self._stops]
        if any(point is None for point in points):
            return [cell.center().x() for cell in self._layout.stops]
        return [point.x() for point in points if point is not None]

    def _stop_at(self, at: QPointF) -> int | None:
        inside = (i for i, cell in enumerate(self._layout.stops) if cell.contains(at))
        return next(inside, None)

    def _in_plot(self, at: QPointF) -> bool:
        return self._layout.plot.adjusted(-16, -12, 14, 12).contains(at)

    def _under(self, at: QPointF) -> int | None:
        over = self._stop_at(at)
        if over is None and self._stops and self._in_plot(at):
            return nearest(at.x(), self._places())
        return over

    def _hover(self, index: int | None) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _move(self, glide: Glide, target: float | None) -> None:
        """Glide where it can be seen, else jump."""
        if self.isVisible():
            glide.glide(target)
        else:
            glide.settle(target)
        self.update()
