"""The plot: grid, floor, this scan's curve with its handle, and a hairline from each stop."""

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from isthmus.ui import formats
from isthmus.ui.selector.curve import along, below
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.selector.references import paint_curves, paint_ratios
from isthmus.ui.selector.scene import CENTRE, RIGHT, Scene, write
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

_APART = 18.0


def paint_plot(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw everything between the axes, and what leads out of it."""
    _paint_grid(painter, layout, scene)
    paint_ratios(painter, layout, scene)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_curves(painter, layout, scene)
    places = [layout.place(scene.axes, stop) for stop in scene.stops]
    _paint_hairlines(painter, layout, scene)
    _paint_floor(painter, layout, scene)
    _paint_curve(painter, layout, scene, places)
    known = [place for place in places if place is not None]
    if len(known) == len(places):
        _paint_handle(painter, layout, scene, known)
    _paint_points(painter, scene, places)


def pill(layout: Layout, scene: Scene) -> QRectF:
    """Return where the floor's label is, at the right end of its line."""
    metrics = QFontMetricsF(font(11, 500))
    text = scene.axes.measure.floor_text(scene.floor)
    wide, tall = metrics.horizontalAdvance(text) + 10, 16.0 * layout.scale
    y = layout.level(scene.axes, scene.floor)
    top = min(max(y - tall / 2, layout.plot.top() - 4), layout.plot.bottom() - tall)
    return QRectF(layout.plot.right() - wide, round(top), wide, tall)


def _paint_grid(painter: QPainter, layout: Layout, scene: Scene) -> None:
    plot, axes = layout.plot, scene.axes
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    room = _APART * layout.scale
    steps = axes.measure.grid
    fitting = (s for s in steps if plot.height() / len(axes.lines(s) or [0]) >= room)
    levels = axes.lines(next(fitting, steps[-1])) + ([math.inf] if axes.endless else [])
    decimals = 0 if axes.measure.unit else 2
    for level in levels:
        y = round(layout.level(axes, level))
        painter.setPen(colour(TOKENS.line))
        painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        label = QRectF(plot.left() - 46, y - 8, 40, 16)
        write(painter, label, formats.number(level, decimals), 11, 400, TOKENS.text3, RIGHT)
    painter.setPen(colour(TOKENS.edge))
    painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))


def _paint_hairlines(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Lead each stop to its true place on the rate axis."""
    painter.setPen(QPen(colour(TOKENS.edge), 1))
    for stop, cell in zip(scene.stops, layout.stops, strict=True):
        if stop.ratio is not None:
            x = layout.across(scene.axes, stop.ratio)
            painter.drawLine(
                QPointF(x, layout.plot.bottom()), QPointF(cell.center().x(), cell.top())
            )


def _paint_floor(painter: QPainter, layout: Layout, scene: Scene) -> None:
    y = round(layout.level(scene.axes, scene.floor)) + 0.5
    label = pill(layout, scene)
    token = TOKENS.text if scene.floor_held else TOKENS.text2
    pen = QPen(colour(token), 1)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(layout.plot.left(), y, label.left(), y))
    painter.setPen(QPen(colour(TOKENS.text if scene.floor_held else TOKENS.edge), 1))
    painter.setBrush(colour(TOKENS.control))
    painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    write(painter, label, scene.axes.measure.floor_text(scene.floor), 11, 500, token, CENTRE)


def _paint_curve(
    painter: QPainter, layout: Layout, scene: Scene, places: Sequence[QPointF | None]
) -> None:
    """Draw this scan's line: solid where both ends are measured, dashed where one is expected."""
    known = [
        (place, stop) for place, stop in zip(places, scene.stops, strict=True) if place is not None
    ]
    measure = scene.axes.measure
    for (start, first), (end, second) in pairwise(known):
        if math.isinf(first.value(measure) or 0.0) != math.isinf(second.value(measure) or 0.0):
            continue  # no curve leads to infinity
        solid = first.measured and second.measured
        pen = QPen(colour(TOKENS.reconstruction, 1.0 if solid else 0.75), 2 if solid else 1.5)
        if not solid:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(start, end)
    if layout.density is Density.FULL and len(known) > 2:
        place, _ = known[-2]
        wide = QFontMetricsF(font(12, 600)).horizontalAdvance(tr("Isthmus"))
        label = QRectF(place.x() - 12 - wide, place.y() - 16, wide, 16)
        if label.top() < layout.plot.top() - 6:
            label.moveTop(place.y() - 6)
        write(painter, label, tr("Isthmus"), 12, 600, TOKENS.reconstruction_text)


def _paint_handle(
    painter: QPainter, layout: Layout, scene: Scene, places: Sequence[QPointF]
) -> None:
    """Draw the ring of what is asked for, and its line down to the stop."""
    x = along([place.x() for place in places], scene.handle)
    y = along([place.y() for place in places], scene.handle)
    foot = along([cell.center().x() for cell in layout.stops], scene.handle)
    painter.setPen(QPen(colour(TOKENS.reconstruction), 2))
    painter.drawPolyline(
        [QPointF(x, y), QPointF(x, layout.plot.bottom()), QPointF(foot, layout.stops[0].top())]
    )
    _dot(painter, QPointF(x, y), 8.5, TOKENS.panel, TOKENS.reconstruction, 2.5)


def _paint_points(painter: QPainter, scene: Scene, places: Sequence[QPointF | None]) -> None:
    measure = scene.axes.measure
    crowded = len(scene.stops) > 14
    for index, (place, stop) in enumerate(zip(places, scene.stops, strict=True)):
        if place is None:
            continue
        if index == scene.hovered and index != scene.asked:
            _dot(painter, place, 8, None, TOKENS.text2, 1.5)
        if index == scene.pinned:
            around = QRectF(place.x() - 7, place.y() - 7, 14, 14)
            painter.setPen(QPen(colour(TOKENS.reconstruction), 1.5))
            painter.drawRect(around)
        radius = 5.0 if index == scene.shown else 3.0 if crowded else 4.0
        orange = colour(TOKENS.reconstruction, 0.6 if below(stop, measure, scene.floor) else 1.0)
        painter.setPen(QPen(orange, 1.5))
        # The panel's colour first: the line shall not shine through a faint point.
        painter.setBrush(colour(TOKENS.panel))
        painter.drawEllipse(place, radius, radius)
        if stop.measured:
            painter.setBrush(orange)
            painter.drawEllipse(place, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _dot(
    painter: QPainter, at: QPointF, radius: float, fill: str | None, edge: str, width: float
) -> None:
    painter.setPen(QPen(colour(edge), width))
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
