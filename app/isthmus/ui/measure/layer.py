"""Paints drawings on the panes: light lines with a dark edge, and what they measure beside them."""

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPolygonF

from isthmus.ui.measure.figures import Figures, Known
from isthmus.ui.measure.geometry import Laid
from isthmus.ui.measure.handles import handles
from isthmus.ui.measure.labels import LINE, lines, place_label
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.measure.sheet import Sheet, path, pixels
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.writing import HALO, text_width, write
from isthmus.ui.pictures import value_decimals
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.view_state import Overlay, PaneKind

# A grey with a little yellow: seen on any grey of a scan, and neither blue nor orange.
LINE_COLOUR = "#e6dfb4"
_HANDLE = 4.0
_TICK = 5.0
_ARC = 20.0
# A label further away than this is joined to its drawing by a line.
_NEAR = 60.0
_MOST = 200


class DrawingLayer:
    """Draws all drawings of a pane's slice, in every pane that shows it.

    Args:
        store: The view's state.
        sheet: The drawings, laid.
        figures: What they measure.
        bottleneck: Returns whose reconstruction a kind of pane shows.
    """

    def __init__(
        self,
        store: ViewStore,
        sheet: Sheet,
        figures: Figures,
        bottleneck: Callable[[PaneKind], str],
    ) -> None:
        self._store = store
        self._sheet = sheet
        self._figures = figures
        self._bottleneck = bottleneck
        self._labels: dict[tuple[str, object], tuple[object, QRectF]] = {}
        self._paths: dict[tuple[str, object], tuple[object, QPainterPath]] = {}
        self._pictures: dict[tuple[str, object], tuple[object, QPointF, QImage]] = {}

    def paint(self, painter: QPainter, place: Place) -> None:
        """Draw on one pane."""
        sheet, mapping = self._sheet, place.mapping
        state = self._store.state
        if mapping.view.plane is state.plane:
            sheet.mapping = mapping
        draft = sheet.draft
        shown = [] if state.overlay is Overlay.NONE else sheet.on(mapping)
        if draft is not None and draft.plane is mapping.view.plane:
            laid = sheet.lay(draft, mapping)
            if laid.index == mapping.index:
                shown = [*shown, laid]
        if not shown:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = sheet.drawings.selected
        paths = [self._path(laid, mapping) for laid in shown]
        for laid, line in zip(shown, paths, strict=True):
            strong = laid.drawing is selected or laid.drawing is draft
            self._paint_line(painter, place, laid, line, strong)
        painter.restore()
        if state.overlay is Overlay.ALL or draft is not None:
            self._write(painter, place, shown, paths)
        if sheet.mark is not None and any(laid.drawing is selected for laid in shown):
            _ring(painter, mapping.from_mm(sheet.mark))

    def _path(self, laid: Laid, mapping: Mapping) -> QPainterPath:
        """Return a drawing's line; made anew only when it or the picture moves."""
        key = (laid.drawing.key, mapping.view.plane)
        seen = (laid, mapping.origin, mapping.pixels_per_row, mapping.pixels_per_column)
        entry = self._paths.get(key)
        if entry is None or entry[0] != seen:
            if len(self._paths) > _MOST:
                self._paths.clear()
            entry = self._paths[key] = (seen, path(laid, mapping))
        return entry[1]

    def _paint_line(
        self, painter: QPainter, place: Place, laid: Laid, line: QPainterPath, strong: bool
    ) -> None:
        """Draw a line from the picture of it that is kept: stroking takes much longer.

        Panes of one size share it, and it is made anew only when it moves or looks different.
        """
        sheet, mapping = self._sheet, place.mapping
        selected = laid.drawing is sheet.drawings.selected
        width = 2.0 if strong or laid.drawing.key == sheet.hovered else 1.25
        carried = (sheet.carried, sheet.carried_handle) if selected else None
        where = (mapping.origin, mapping.pixels_per_row, mapping.pixels_per_column)
        seen = (laid, where, mapping.pixel_ratio, place.area, width, selected, carried)
        key = (laid.drawing.key, place.mapping.view.plane)
        entry = self._pictures.get(key)
        if entry is None or entry[0] != seen:
            if len(self._pictures) > _MOST:
                self._pictures.clear()
            entry = self._pictures[key] = (seen, *self._picture(place, laid, line, width))
        painter.drawImage(entry[1], entry[2])

    def _picture(
        self, place: Place, laid: Laid, line: QPainterPath, width: float
    ) -> tuple[QPointF, QImage]:
        """Return a drawing's line, ticks and handles, and where they lie in the pane."""
        mapping = place.mapping
        ends = [QPointF(x, y) for x, y in pixels(laid.points, mapping).tolist()]
        more = QPainterPath(line)
        if laid.drawing.shape in (Shape.DISTANCE, Shape.PROFILE):
            for tick in _ticks(*ends, arrow=laid.drawing.shape is Shape.PROFILE):
                more.moveTo(tick.p1())
                more.lineTo(tick.p2())
        elif laid.drawing.shape is Shape.ANGLE:
            _add_arc(more, ends)
        margin = 2 * _HANDLE + 2
        held = QPolygonF([QPointF(x, y) for x, y in pixels(handles(laid), mapping).tolist()])
        box = more.boundingRect().united(held.boundingRect())
        box = box.adjusted(-margin, -margin, margin, margin).intersected(place.area)
        box = QRectF(box.toAlignedRect())
        ratio = mapping.pixel_ratio
        size = QSize(
            max(math.ceil(box.width() * ratio), 1), max(math.ceil(box.height() * ratio), 1)
        )
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.translate(-box.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        round_ = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(HALO, width + 2.5, *round_))
        painter.drawPath(more)
        painter.setPen(QPen(colour(LINE_COLOUR), width, *round_))
        painter.drawPath(more)
        if laid.drawing is self._sheet.drawings.selected:
            self._paint_handles(painter, place, laid)
        painter.end()
        return box.topLeft(), image

    def _paint_handles(self, painter: QPainter, place: Place, laid: Laid) -> None:
        """Draw hollow squares, so that what lies under a handle is seen; the carried one filled."""
        carried = self._sheet.carried
        for number, (x, y) in enumerate(pixels(handles(laid), place.mapping).tolist()):
            box = QRectF(x - _HANDLE, y - _HANDLE, 2 * _HANDLE, 2 * _HANDLE)
            held = carried and self._sheet.carried_handle in (None, number)
            painter.setBrush(colour(DARK.focus) if held else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(HALO, 3.5))
            painter.drawRect(box)
            painter.setPen(QPen(colour(DARK.focus), 1.5))
            painter.drawRect(box)

    def _write(
        self, painter: QPainter, place: Place, shown: list[Laid], paths: list[QPainterPath]
    ) -> None:
        """Write each drawing's figures beside it."""
        taken = _corners(place.area)
        if self._store.state.crosshair:
            cursor = place.mapping.from_mm(self._store.state.cursor)
            taken.append(QRectF(cursor.x() - 14, cursor.y() - 14, 64, 40))
        for at, (laid, line) in enumerate(zip(shown, paths, strict=True)):
            drawing = laid.drawing
            strong = drawing is self._sheet.drawings.selected
            weight = 600 if strong else 500
            known = self._known(drawing, place.kind)
            texts = self._texts(place, drawing, known)
            wide = max(text_width(text, 12, weight) for text in texts) + 4
            size = QSizeF(math.ceil(wide), LINE * len(texts))
            others = [*paths[:at], *paths[at + 1 :]]
            rect = self._label_rect(place, laid, size, line, taken, others)
            taken.append(rect)
            _lead(painter, rect, line)
            for number, text in enumerate(texts):
                token = DARK.text3 if known.stale and number else DARK.overlay_text
                middle = QPointF(rect.left() + 2, rect.top() + LINE * (number + 0.5))
                write(painter, middle, text, weight=weight, token=token)

    def _texts(self, place: Place, drawing: Drawing, known: Known) -> list[str]:
        mapping, state = place.mapping, self._store.state
        decimals = value_decimals(mapping.volume, state.window_width)
        size = self._sheet.size(drawing, mapping)
        return lines(drawing, size, self._kind(place.kind), known.figures, decimals)

    def _known(self, drawing: Drawing, kind: PaneKind) -> Known:
        return self._figures.known(drawing, self._bottleneck(kind))

    def _kind(self, kind: PaneKind) -> PaneKind:
        """Return what stands in a pane: the original too, in the reconstruction's place."""
        peeks = self._store.state.peek and kind is PaneKind.RECONSTRUCTION
        return PaneKind.ORIGINAL if peeks else kind

    def _label_rect(
        self,
        place: Place,
        laid: Laid,
        size: QSizeF,
        line: QPainterPath,
        taken: list[QRectF],
        others: list[QPainterPath],
    ) -> QRectF:
        """Return where a label goes; looked for again only if something moved."""
        key = (laid.drawing.key, (place.kind, place.mapping.view.plane))
        boxes = [line.boundingRect(), place.area, *taken, *(one.boundingRect() for one in others)]
        seen = (size, laid, [(b.x(), b.y(), b.width(), b.height()) for b in boxes])
        entry = self._labels.get(key)
        if entry is None or entry[0] != seen:
            if len(self._labels) > _MOST:
                self._labels.clear()
            entry = self._labels[key] = (seen, place_label(size, line, place.area, taken, others))
        return entry[1]


def _corners(area: QRectF) -> list[QRectF]:
    """Return where a pane's own words stand."""
    wide, tall = area.width(), area.height()
    return [
        QRectF(0, 0, min(170, wide / 2), 62),
        QRectF(wide - min(190, wide / 2), 0, min(190, wide / 2), 36),
        QRectF(0, tall - 60, min(200, wide / 2), 60),
        QRectF(0.68 * wide - 12, tall - 36, 0.32 * wide + 12, 36),
        QRectF(0, tall / 2 - 14, 28, 28),
        QRectF(wide - 28, tall / 2 - 14, 28, 28),
        QRectF(wide / 2 - 14, 0, 28, 28),
        QRectF(wide / 2 - 14, tall - 28, 28, 28),
    ]


def _ticks(start: QPointF, end: QPointF, *, arrow: bool) -> list[QLineF]:
    """Return short lines across the ends; an arrow's head at the end of what has a direction."""
    line = QLineF(start, end)
    if line.length() < 1:
        return []
    along = (end - start) / line.length()
    across = QPointF(-along.y(), along.x()) * _TICK
    found = [QLineF(start - across, start + across)]
    if arrow:
        back = end - along * 1.6 * _TICK
        return [*found, QLineF(back - across, end), QLineF(back + across, end)]
    return [*found, QLineF(end - across, end + across)]


def _add_arc(line: QPainterPath, ends: list[QPointF]) -> None:
    """Add the arc between the arms of an angle that has both."""
    if len(ends) != 3:
        return
    corner = ends[1]
    arms = [QLineF(corner, end) for end in (ends[0], ends[2])]
    if min(arm.length() for arm in arms) < 2:
        return
    radius = min(_ARC, *(arm.length() for arm in arms))
    start, stop = (arm.angle() for arm in arms)
    sweep = (stop - start + 180) % 360 - 180
    box = QRectF(corner.x() - radius, corner.y() - radius, 2 * radius, 2 * radius)
    line.arcMoveTo(box, start)
    line.arcTo(box, start, sweep)


def _lead(painter: QPainter, rect: QRectF, line: QPainterPath) -> None:
    """Draw a thin line from a label that found no room near its drawing."""
    around = line.boundingRect()
    if rect.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).intersects(around):
        return
    ends = [line.pointAtPercent(share / 16) for share in range(17)]
    middle = rect.center()
    to = min(ends, key=lambda end: QLineF(middle, end).length())
    x = min(max(to.x(), rect.left()), rect.right())
    start = QPointF(x, rect.bottom() if to.y() > middle.y() else rect.top())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for pen in (QPen(HALO, 2.5), QPen(colour(LINE_COLOUR, 0.7), 1, Qt.PenStyle.DotLine)):
        painter.setPen(pen)
        painter.drawLine(start, to)
    painter.restore()


def _ring(painter: QPainter, at: QPointF) -> None:
    """Point out one place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(HALO, 4), QPen(colour(DARK.focus), 1.5)):
        painter.setPen(pen)
        painter.drawEllipse(at, 5, 5)
    painter.restore()
