"""How the selector looks: the point in words, the curve, the stops."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from isthmus.ui import formats
from isthmus.ui.icons import paint_neck
from isthmus.ui.selector.curve import Axes, Stop, along
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.theme import TOKENS, colour, font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Scene:
    """Everything that one painting shows.

    Attributes:
        stops: Smallest bottleneck first.
        axes: Of the plot.
        asked: Index of the stop asked for.
        shown: Index of the stop whose picture is on screen, if any.
        hovered: Index of the stop under the pointer, if any.
        handle: Where the handle is on its way to `asked`, as a fractional index.
        neck_ratio: Ratio that the neck is drawn for.
        progress: Fraction done by index of the stop.
        focused: Whether to ring the stop asked for.
    """

    stops: Sequence[Stop]
    axes: Axes
    asked: int
    shown: int | None
    hovered: int | None
    handle: float
    neck_ratio: float | None
    progress: Mapping[int, float] = field(default_factory=dict)
    focused: bool = False

    @property
    def worded(self) -> Stop:
        """The stop that the words describe: what is on screen, not what is on its way."""
        return self.stops[self.asked if self.shown is None else self.shown]


def _write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    pixels: int,
    weight: int = 400,
    token: str = "",
    align: Qt.AlignmentFlag = _LEFT,
) -> None:
    painter.setFont(font(pixels, weight))
    painter.setPen(colour(token or TOKENS.text2))
    painter.drawText(rect, align, text)


def paint_words(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Write the ratio, channels, step and sizes, and draw the neck to scale."""
    stop, words = scene.worded, layout.words
    full = layout.density is Density.FULL
    beside = max(
        QFontMetricsF(font(13, 600)).horizontalAdvance(stop.channels_text),
        QFontMetricsF(font(13)).horizontalAdvance(step_text(stop)),
    )
    pixels = 36 if full else 26
    room = words.width() - (beside + 12 if full else 0)
    while (
        pixels > 18 and QFontMetricsF(font(pixels, 600)).horizontalAdvance(stop.ratio_text) > room
    ):
        pixels -= 1
    if layout.density is Density.STOPS:
        _write(painter, words, stop.ratio_text, pixels, 600, TOKENS.reconstruction_text)
        return
    left, right = words.left(), words.right()
    ratio_row = QRectF(left, 40 if full else 28, words.width(), 44 if full else 30)
    _write(painter, ratio_row, stop.ratio_text, pixels, 600, TOKENS.reconstruction_text)
    if full:
        wide = QFontMetricsF(font(pixels, 600)).horizontalAdvance(stop.ratio_text)
        column = QRectF(left + wide + 12, 44, right - left - wide - 12, 18)
        _write(painter, column, stop.channels_text, 13, 600, TOKENS.text)
        _write(painter, column.translated(0, 18), step_text(stop), 13)
    else:
        _write(
            painter, QRectF(left, 58, words.width(), 16), stop.channels_text, 12, 500, TOKENS.text
        )
    block = QRectF(left, 100, words.width(), 44) if full else QRectF(left, 78, words.width(), 17)
    if scene.neck_ratio is not None:
        paint_neck(painter, block, max(1.5, block.height() / scene.neck_ratio))
    stored = formats.size(stop.stored_bytes or None)
    file = formats.size(stop.file_bytes, estimated=not stop.weighed)
    bpv = formats.bits_per_voxel(stop.bpv, estimated=not stop.weighed)
    if full:
        row = QRectF(left, 152, words.width(), 18)
        _write(painter, row, stored, 13, 600, TOKENS.original_text)
        _write(painter, row, file, 13, 600, TOKENS.reconstruction_text, _RIGHT)
        _write(painter, row.translated(0, 18), "stored scan", 12)
        _write(painter, row.translated(0, 18), "file, all bytes", 12, align=_RIGHT)
        last = QRectF(left, layout.words.bottom() - 28, words.width(), 18)
        _write(painter, last, f"{bpv} bits per voxel", 12)
        _write(painter, last, formats.saved(stop.ratio), 12, align=_RIGHT)
    else:
        row = QRectF(left, layout.words.bottom() - 52, words.width(), 15)
        metrics = QFontMetricsF(font(12))
        for line, text in enumerate((f"{stored} →", file, f"{bpv} bpv")):
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, row.width())
            _write(painter, row.translated(0, 15 * line), fitting, 12)


def step_text(stop: Stop) -> str:
    """Return the step of quantisation, such as "step 0.125"."""
    return f"step {formats.number(stop.bottleneck.step, 6).rstrip('0')}"


def paint_plot(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw grid, curve, points, handle, and a hairline from each stop to its point."""
    plot, full = layout.plot, layout.density is Density.FULL
    if full:
        title = QRectF(layout.stops[0].left(), 12, plot.width(), 18)
        _write(painter, title, "PSNR of this scan, dB", 12)
        _paint_key(painter, layout)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    step = 5.0 if plot.height() / len(scene.axes.lines(5.0) or [0]) >= 18 else 10.0
    levels = scene.axes.lines(step) + ([math.inf] if scene.axes.endless else [])
    for level in levels:
        y = round(plot.bottom() - scene.axes.y(level) * plot.height())
        painter.setPen(colour(TOKENS.line))
        painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        label = QRectF(plot.left() - 40, y - 8, 34, 16)
        _write(painter, label, formats.number(level, 0), 11, token=TOKENS.text3, align=_RIGHT)
    painter.setPen(colour(TOKENS.edge))
    painter.drawLine(QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    places = [layout.place(scene.axes, stop) for stop in scene.stops]
    for place, cell in zip(places, layout.stops, strict=True):
        if place is not None:
            painter.setPen(QPen(colour(TOKENS.edge), 1))
            painter.drawLine(
                QPointF(place.x(), plot.bottom()), QPointF(cell.center().x(), cell.top())
            )
    known = [
        (place, stop) for place, stop in zip(places, scene.stops, strict=True) if place is not None
    ]
    for (start, first), (end, second) in pairwise(known):
        if math.isinf(first.psnr or 0.0) != math.isinf(second.psnr or 0.0):
            continue  # no curve leads to infinity
        solid = first.measured and second.measured
        pen = QPen(colour(TOKENS.reconstruction, 1.0 if solid else 0.75), 2 if solid else 1.5)
        if not solid:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(start, end)
    if len(known) == len(places):
        _paint_handle(painter, layout, scene, [place for place, _ in known])
    for index, (place, stop) in enumerate(zip(places, scene.stops, strict=True)):
        if place is None:
            continue
        if index == scene.hovered and index != scene.asked:
            _dot(painter, place, 8, None, TOKENS.text2, 1.5)
        radius = 5.0 if index == scene.shown else 4.0
        fill = TOKENS.reconstruction if stop.measured else TOKENS.panel
        _dot(painter, place, radius, fill, TOKENS.reconstruction, 1.5)


def _paint_key(painter: QPainter, layout: Layout) -> None:
    """Say what filled and hollow points are, above the stops' captions."""
    if layout.caption.isEmpty():
        return
    row = QRectF(layout.caption.left() + 16, layout.plot.bottom() - 36, 100, 16)
    for text, fill in (("measured", TOKENS.reconstruction), ("≈ expected", TOKENS.panel)):
        _dot(
            painter,
            QPointF(layout.caption.left() + 4, row.center().y()),
            3.5,
            fill,
            TOKENS.reconstruction,
            1.5,
        )
        _write(painter, row, text, 11, token=TOKENS.text3)
        row.translate(0, 17)


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


def _dot(
    painter: QPainter, at: QPointF, radius: float, fill: str | None, edge: str, width: float
) -> None:
    painter.setPen(QPen(colour(edge), width))
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_stops(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw the stops: a ring round the one asked for, filled the one that is shown."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    with_unit = _unit_fits(layout, scene.stops)
    for index, (cell, stop) in enumerate(zip(layout.stops, scene.stops, strict=True)):
        chosen = index == scene.shown
        fill = (
            TOKENS.selected
            if chosen
            else TOKENS.hover
            if index == scene.hovered
            else TOKENS.control
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(cell, 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if index == scene.asked:
            painter.setPen(QPen(colour(TOKENS.reconstruction), 2))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 4, 4)
            if scene.focused:
                painter.setPen(QPen(colour(TOKENS.focus), 2))
                painter.drawRoundedRect(cell.adjusted(-2, -2, 2, 2), 7, 7)
        _paint_cell(painter, layout.density, cell, stop, chosen, with_unit)
        if index in scene.progress:
            track = QRectF(cell.left() + 7, cell.bottom() - 5, cell.width() - 14, 2)
            painter.fillRect(track, colour(TOKENS.edge if chosen else TOKENS.track))
            track.setWidth(track.width() * scene.progress[index])
            painter.fillRect(track, colour(TOKENS.reconstruction))
    if not layout.caption.isEmpty():
        for line, text in enumerate(("Ratio", "Latent channels", "PSNR, dB")):
            _write(painter, _line(layout.caption, line, 3), text, 11, token=TOKENS.text3)


def _unit_fits(layout: Layout, stops: Sequence[Stop]) -> bool:
    """Return whether "dB" has room in every cell; it stands in all of them or in none."""
    metrics = QFontMetricsF(font(12))
    widest = max(metrics.horizontalAdvance(stop.psnr_text) for stop in stops)
    return bool(widest <= layout.stops[0].width() - 12)


def _paint_cell(
    painter: QPainter, density: Density, cell: QRectF, stop: Stop, chosen: bool, with_unit: bool
) -> None:
    bright = TOKENS.text if stop.measured or chosen else TOKENS.text2
    dim = TOKENS.text2 if stop.measured or chosen else TOKENS.text3
    texts = [(stop.ratio_text, 14, 600, bright)]
    if density is Density.FULL:
        texts.append((f"{stop.bottleneck.channels} ch", 12, 400, dim))
    if density is not Density.STOPS:
        psnr = formats.decibel(stop.psnr, estimated=not stop.measured, unit=with_unit)
        texts.append((psnr, 12, 400, dim))
    for line, (text, pixels, weight, token) in enumerate(texts):
        _write(painter, _line(cell, line, len(texts)), text, pixels, weight, token, _CENTRE)


def _line(cell: QRectF, line: int, lines: int) -> QRectF:
    """Return the place of one of a cell's lines of text; progress has room below the last."""
    pitch = 15.0 if lines > 1 else cell.height()
    first = cell.top() + (cell.height() - pitch * lines) / 2 - (2 if lines > 1 else 0)
    return QRectF(cell.left(), first + pitch * line, cell.width(), pitch)
