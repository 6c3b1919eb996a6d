"""The stops: a ring round the one asked for, filled the one that is shown, dim below the floor."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from isthmus.ui.selector.curve import Stop, below
from isthmus.ui.selector.layout import WITHOUT_CHANNELS, Density, Layout
from isthmus.ui.selector.scene import CENTRE, LEFT, Scene, write
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr


def paint_stops(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw the stops and the names of their lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if layout.ticks:
        _paint_ticks(painter, layout, scene)
    else:
        for index in range(len(scene.stops)):
            _paint_cell(painter, layout, scene, index)
    keyed = layout.density is Density.COMPACT and len(scene.standard) > 0  # stands there instead
    if not (layout.caption.isEmpty() or layout.ticks or keyed):
        names = [tr("Ratio")]
        if _with_channels(layout, scene):
            names.append(tr("Latent channels"))
        names.append(tr("{measure}, volume").format(measure=scene.axes.measure.name))
        for line, text in enumerate(names):
            place = _line(layout.caption, line, len(names), layout.scale)
            write(painter, place, text, 11, token=TOKENS.text3)


def _with_channels(layout: Layout, scene: Scene) -> bool:
    return layout.density is Density.FULL and len(scene.stops) < WITHOUT_CHANNELS


def _ground(scene: Scene, index: int) -> str:
    if index == scene.shown:
        return TOKENS.selected
    return TOKENS.hover if index == scene.hovered else TOKENS.control


def _paint_cell(painter: QPainter, layout: Layout, scene: Scene, index: int) -> None:
    cell = layout.stops[index]
    ground = _ground(scene, index)
    outlined = ground == TOKENS.control and TOKENS.control_line != TOKENS.control
    painter.setPen(QPen(colour(TOKENS.control_line), 1) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(colour(ground))
    painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5) if outlined else cell, 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if index == scene.asked:
        painter.setPen(QPen(colour(TOKENS.reconstruction), 2))
        painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 4, 4)
        if scene.focused:
            painter.setPen(QPen(colour(TOKENS.focus), 2))
            painter.drawRoundedRect(cell.adjusted(-2, -2, 2, 2), 7, 7)
    if index == scene.pinned:
        painter.setPen(QPen(colour(TOKENS.reconstruction), 1.5))
        painter.drawRect(QRectF(cell.right() - 12, cell.top() + 5, 7, 7))
    _write_cell(painter, layout, scene, index)
    if index in scene.progress:
        track = QRectF(cell.left() + 7, cell.bottom() - 5, cell.width() - 14, 2)
        painter.fillRect(track, colour(TOKENS.edge if index == scene.shown else TOKENS.track))
        track.setWidth(track.width() * scene.progress[index])
        painter.fillRect(track, colour(TOKENS.reconstruction))


def _write_cell(painter: QPainter, layout: Layout, scene: Scene, index: int) -> None:
    cell, stop, measure = layout.stops[index], scene.stops[index], scene.axes.measure
    chosen = index == scene.shown
    bright = TOKENS.text if stop.measured or chosen else TOKENS.text2
    dim = TOKENS.text2 if stop.measured or chosen else TOKENS.text3
    weight = 600
    if below(stop, measure, scene.floor):
        # Third-rate text is too faint on a chosen stop.
        bright = dim = TOKENS.text2 if chosen else TOKENS.text3
        weight = 500
    texts = [(stop.ratio_text, 14, weight, bright)]
    if _with_channels(layout, scene):
        channels = tr("{count} ch").format(count=stop.bottleneck.channels)
        texts.append((channels, 12, 400, dim))
    if layout.density is not Density.STOPS:
        value = stop.text(measure, unit=_unit_fits(layout, scene))
        texts.append((value, 12, 400, dim))
    for line, (text, pixels, heavy, token) in enumerate(texts):
        place = _line(cell, line, len(texts), layout.scale)
        fitted = pixels
        while fitted > 11 and _width(text, fitted, heavy) > cell.width() - 4:
            fitted -= 1
        write(painter, place, text, fitted, heavy, token, CENTRE)


def _width(text: str, pixels: int, weight: int) -> float:
    return QFontMetricsF(font(pixels, weight)).horizontalAdvance(text)


def _unit_fits(layout: Layout, scene: Scene) -> bool:
    """Return whether the unit has room in every cell; it stands in all of them or in none."""
    widest = max(_width(stop.text(scene.axes.measure), 12, 400) for stop in scene.stops)
    return bool(widest <= layout.stops[0].width() - 12)


def _line(cell: QRectF, line: int, lines: int, scale: float) -> QRectF:
    """Return the place of one of a cell's lines of text; progress has room below the last."""
    pitch = 15.0 * scale if lines > 1 else cell.height()
    first = cell.top() + (cell.height() - pitch * lines) / 2 - (2 if lines > 1 else 0)
    return QRectF(cell.left(), first + pitch * line, cell.width(), pitch)


def _paint_ticks(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw a tick for each stop, with the chosen one in words: a click opens the list."""
    row = layout.stops[0].united(layout.stops[-1])
    painter.setPen(QPen(colour(TOKENS.control_line), 1))
    painter.setBrush(colour(TOKENS.control))
    painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for index, (cell, stop) in enumerate(zip(layout.stops, scene.stops, strict=True)):
        asked, shown = index == scene.asked, index == scene.shown
        faint = below(stop, scene.axes.measure, scene.floor)
        token = TOKENS.reconstruction if asked or shown else TOKENS.track if faint else TOKENS.edge
        height = 14 if asked or shown else 10 if index == scene.hovered else 6
        painter.setPen(QPen(colour(token), 4 if shown else 2))
        x = cell.center().x()
        painter.drawLine(QLineF(x, row.top() + 4, x, row.top() + 4 + height))
        if index == scene.pinned:
            painter.setPen(QPen(colour(TOKENS.reconstruction), 1.5))
            painter.drawRect(QRectF(x - 3, row.top() + 22, 6, 6))
    if scene.focused:
        painter.setPen(QPen(colour(TOKENS.focus), 2))
        painter.drawRoundedRect(row.adjusted(-2, -2, 2, 2), 7, 7)
    tall = 18 * layout.scale
    words = QRectF(row.left() + 10, row.bottom() - tall - 1, row.width() - 20, tall)
    write(painter, words, f"{tick_text(scene.stops[scene.asked], scene)}  ▾", 12, 600, align=LEFT)


def tick_text(stop: Stop, scene: Scene) -> str:
    """Return a stop in one line, such as "93:1 · 32 channels · 35.6 dB"."""
    return " · ".join((stop.ratio_text, stop.channels_text, stop.text(scene.axes.measure)))
