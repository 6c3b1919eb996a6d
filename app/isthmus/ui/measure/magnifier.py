"""The magnifier: the same place of original and reconstruction, enlarged, beside each other.

It lies over all panes, follows the pointer, or stands at the cursor while the pointer is
elsewhere, and keeps off the place that it enlarges wherever there is room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from isthmus.ui import formats
from isthmus.ui.icons import Mark, paint_mark
from isthmus.ui.panes import PaneRow
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.panes.gestures import pixel_middle
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.writing import draw_label, draw_lines, label_rect, write
from isthmus.ui.pictures import value_decimals
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour, font
from isthmus.ui.view_state import Interpolation, PaneKind, Point
from isthmus.ui.words import tr

_SIDE, _SMALL_SIDE = 176, 140
_HEAD, _FOOT, _GAP, _EDGE = 22, 20, 2, 1
_AWAY = 26  # pixels between the pointer and the magnifier
_CLEAR = 20  # half of what is kept free round a place


def place_magnifier(size: QSizeF, at: QPointF, room: QRectF, keep: Sequence[QPointF]) -> QRectF:
    """Return where the magnifier lies.

    Args:
        size: Its size.
        at: The place that is enlarged, under the pointer.
        room: All panes.
        keep: The same place in other panes.
    """
    width, height = size.width(), size.height()
    free = [QRectF(p.x() - _CLEAR, p.y() - _CLEAR, 2 * _CLEAR, 2 * _CLEAR) for p in (at, *keep)]
    right, left = at.x() + _AWAY, at.x() - _AWAY - width
    below, above = at.y() + _AWAY, at.y() - _AWAY - height
    across, beside = at.x() - width / 2, at.y() - height / 2
    corners = (
        (right, below), (right, above), (left, below), (left, above),
        (across, below), (across, above), (right, beside), (left, beside),
        (room.left(), room.top()), (room.right() - width, room.top()),
        (room.left(), room.bottom() - height), (room.right() - width, room.bottom() - height),
    )  # fmt: skip

    def cost(number: int) -> tuple[float, int]:
        rect = inside(number)
        hidden = [rect.intersects(each) for each in free]
        return 10.0 * hidden[0] + sum(hidden[1:]), number

    def inside(number: int) -> QRectF:
        x, y = corners[number]
        x = min(max(x, room.left()), max(room.right() - width, room.left()))
        y = min(max(y, room.top()), max(room.bottom() - height, room.top()))
        return QRectF(QPointF(x, y), size)

    return inside(min(range(len(corners)), key=cost))


@dataclass(frozen=True)
class _Spot:
    """What is enlarged: a place, in a pane."""

    canvas: Canvas
    at: QPointF


class Magnifier(QWidget):
    """Two enlarged pictures; takes no mouse and no focus.

    Args:
        store: The view's state; `magnification` says how large, and whether at all.
        row: The panes.
    """

    def __init__(self, store: ViewStore, row: PaneRow) -> None:
        super().__init__(row)
        self._store = store
        self._row = row
        self._pointer: _Spot | None = None
        self._spot: _Spot | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Magnifier"))
        self.hide()
        store.changed.connect(self.follow)
        row.hovered.connect(self._leave)
        row.shown_changed.connect(self.follow)
        row.hooks.tools.insert(0, _Watch(self))

    @property
    def spot(self) -> Point | None:
        """What lies at its middle, in RAS+ millimetres; None while it is not shown."""
        spot = self._spot
        mapping = spot.canvas.mapping if spot is not None else None
        return None if spot is None or mapping is None else mapping.to_mm(spot.at)

    # The pointer

    def point(self, at: QPointF) -> None:
        """Follow the pointer.

        Args:
            at: In the screen's coordinates.
        """
        canvas = self._canvas_at(self._row.mapFromGlobal(at))
        if canvas is not None:
            self._pointer = _Spot(canvas, pixel_middle(QPointF(canvas.mapFromGlobal(at))))
            self.follow()

    @Slot(object)
    def _leave(self, position: Point | None) -> None:
        if position is None:
            self._pointer = None
            self.follow()

    def _canvas_at(self, at: QPointF) -> Canvas | None:
        for canvas in self._row.findChildren(Canvas):
            if canvas.isVisible() and canvas.rect().contains(
                canvas.mapFrom(self._row, at.toPoint())
            ):
                return canvas
        return None

    # Where it is

    @Slot()
    def follow(self, _new: object = None, _old: object = None) -> None:
        """Go to the pointer, or the cursor, and draw anew."""
        self._spot = self._found() if self._store.state.magnification else None
        spot = self._spot
        mapping = spot.canvas.mapping if spot is not None else None
        if spot is None or mapping is None:
            self.hide()
            return
        position = mapping.to_mm(spot.at)
        keep = []
        for canvas in self._row.findChildren(Canvas):
            other = canvas.mapping
            if canvas is spot.canvas or not canvas.isVisible() or other is None:
                continue
            if other.view == mapping.view:
                keep.append(_mapped(canvas, self._row, other.from_mm(position)))
        size = self._size()
        at = _mapped(spot.canvas, self._row, spot.at)
        rect = place_magnifier(size, at, QRectF(self._row.rect()), keep)
        self.setGeometry(rect.toRect())
        self.raise_()
        self.show()
        self.update()

    def _found(self) -> _Spot | None:
        """Return the place under the pointer, or that of the cursor where it is seen."""
        pointer = self._pointer
        if pointer is not None and pointer.canvas.isVisible():
            return pointer
        for canvas in self._row.findChildren(Canvas):
            mapping = canvas.mapping
            if not canvas.isVisible() or mapping is None:
                continue
            if mapping.view.plane is self._store.state.plane:
                return _Spot(canvas, mapping.from_mm(self._store.state.cursor))
        return None

    def _size(self) -> QSizeF:
        side = self._side
        return QSizeF(2 * side + _GAP + 2 * _EDGE, side + _HEAD + _FOOT + 2 * _EDGE)

    @property
    def _side(self) -> int:
        return _SIDE if self._row.height() >= 560 else _SMALL_SIDE

    # What it shows

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both pictures, what they are, and what is read at their middle."""
        spot = self._spot
        mapping = spot.canvas.mapping if spot is not None else None
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(DARK.window))
        if spot is None or mapping is None:
            return
        side = float(self._side)
        slices = self._row.slices
        readout = slices.values_at(mapping.view, mapping.index, mapping.to_mm(spot.at))
        decimals = value_decimals(mapping.volume, self._store.state.window_width)
        for number, (kind, mark, name) in enumerate(
            (
                (PaneKind.ORIGINAL, Mark.ORIGINAL, tr("Original")),
                (PaneKind.RECONSTRUCTION, Mark.RECONSTRUCTION, tr("Reconstruction")),
            )
        ):
            left = _EDGE + number * (side + _GAP)
            paint_mark(painter, QRectF(left + 7, _EDGE + 6, 11, 11), mark)
            painter.setFont(font(12, 600))
            painter.setPen(colour(DARK.text))
            head = QRectF(left + 24, _EDGE, side - 26, _HEAD)
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
            box = QRectF(left, _EDGE + _HEAD, side, side)
            value = None
            if readout is not None:
                original = kind is PaneKind.ORIGINAL
                value = readout.original if original else readout.reconstruction
            self._paint_lens(painter, box, kind, mapping, spot.at)
            text = formats.number(value, decimals)
            write(painter, QPointF(box.left() + 8, box.bottom() - 12), text, weight=600)
        painter.setFont(font(11))
        painter.setPen(colour(DARK.text2))
        foot = QRectF(_EDGE + 7, _EDGE + _HEAD + side, 2 * side - 12, _FOOT)
        power = self._store.state.magnification
        words = tr("{power}×, {scale} px/voxel, nearest").format(
            power=formats.number(power, 0),
            scale=formats.number(power * mapping.pixels_per_column * mapping.pixel_ratio, 1),
        )
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(colour(DARK.edge), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_lens(
        self, painter: QPainter, box: QRectF, kind: PaneKind, mapping: Mapping, at: QPointF
    ) -> None:
        """Draw one enlarged picture into a square."""
        state = self._store.state
        power = state.magnification
        middle = box.center()
        lens = replace(
            mapping,
            origin=middle - (at - mapping.origin) * power,
            pixels_per_row=mapping.pixels_per_row * power,
            pixels_per_column=mapping.pixels_per_column * power,
        )
        plain = replace(state, interpolation=Interpolation.NEAREST, peek=False)
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, Qt.GlobalColor.black)
        picture = self._row.slices.picture(kind, lens, plain, box)
        if picture is None:
            centre = Qt.AlignmentFlag.AlignHCenter
            words = tr("No reconstruction yet")
            write(painter, middle, words, align=centre, token=DARK.text2)
        else:
            picture.draw(painter)
            arms = ((1, 0), (-1, 0), (0, 1), (0, -1))
            draw_lines(
                painter,
                [
                    QLineF(middle + QPointF(6 * x, 6 * y), middle + QPointF(16 * x, 16 * y))
                    for x, y in arms
                ],
            )
        made = self._row.slices.reconstruction(mapping.view, mapping.index)
        if kind is PaneKind.RECONSTRUCTION and made is not None:
            text = made.label
            rect = label_rect(box.right() - 5, box.top() + 5, text)
            if rect.left() < box.left():
                text = text.partition(" · ")[0]
                rect = label_rect(box.right() - 5, box.top() + 5, text)
            draw_label(painter, rect, text, DARK.reconstruction)
        painter.restore()


class _Watch:
    """Tells the magnifier where the pointer is, and takes nothing from others."""

    def __init__(self, magnifier: Magnifier) -> None:
        self._magnifier = magnifier

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to others."""
        return False

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Pass the pointer on."""
        self._magnifier.point(event.globalPosition())
        return False

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to others."""
        return False

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to others."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Leave keys to others."""
        return False


def _mapped(canvas: QWidget, row: QWidget, at: QPointF) -> QPointF:
    return QPointF(canvas.mapTo(row, QPointF(at).toPoint()))
