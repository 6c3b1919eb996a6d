"""What stands beside this scan's curve: standard codecs, guidelines' ratios, and lossless."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from isthmus.quality.guidelines import Guideline
from isthmus.ui import formats
from isthmus.ui.selector.layout import Density, Layout
from isthmus.ui.selector.scene import CENTRE, Lossless, Scene, write
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

_VERTICAL, _DOTS = (4.0, 4.0), (1.0, 3.0)


@dataclass(frozen=True)
class Ratio:
    """A vertical line of the plot.

    Attributes:
        about: Where its ratio is from.
        x: In pixels.
        texts: What it may be labelled, the longest first.
        label: Where its label stands; empty if there is no room.
        text: What it is labelled.
    """

    about: Guideline | Lossless
    x: float
    texts: tuple[str, ...]
    label: QRectF
    text: str


def ratios(layout: Layout, scene: Scene) -> list[Ratio]:
    """Return the vertical lines within the plot, from the right; labels keep off each other."""
    plot = layout.plot
    if plot.isEmpty():
        return []
    wanted: list[tuple[float, Guideline | Lossless, tuple[str, ...]]] = []
    if scene.lossless is not None:
        figure = formats.ratio(scene.lossless.ratio)
        name = tr("lossless {ratio}").format(ratio=figure)
        wanted.append((scene.lossless.ratio, scene.lossless, (name, tr("lossless"))))
    for line in scene.guidelines:
        figure = formats.ratio(line.ratio)
        part = f" {tr(line.part)}" if line.part else ""
        name = f"{tr(line.country)}{part} {figure}"
        # Second hand says so where it stands, not in the tooltip only.
        sure = "?" if line.second_hand else ""
        wanted.append((line.ratio, line, (name + sure, figure + sure)))
    axes = scene.axes
    inside = [each for each in wanted if axes.smallest_ratio < each[0] < axes.largest_ratio]
    inside.sort(key=lambda each: each[0])
    full = layout.density is Density.FULL
    metrics = QFontMetricsF(font(12 if full else 11))
    tall = 16 * layout.scale
    right = layout.header.right() + 8 if full else plot.right()
    least = layout.header.left() + scene.header_taken + 12 if full else plot.left()
    found = []
    for ratio, about, texts in inside:
        x = layout.across(axes, ratio)
        text, label = "", QRectF()
        for each in texts if full else texts[1:]:
            wide = metrics.horizontalAdvance(each) + 2
            left = min(x - wide / 2, right - wide) if full else x + 3
            if (full and left >= least and left + wide <= right + 0.5) or (
                not full and left + wide <= right
            ):
                text = each
                top = plot.top() - tall - 6 if full else plot.top() - 5
                label = QRectF(left, top, wide, tall)
                right = (left if full else x) - 8
                break
        found.append(Ratio(about, x, texts, label, text))
    return found


def paint_ratios(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw guidelines as dashes and lossless as dots, with their labels."""
    full = layout.density is Density.FULL
    for line in ratios(layout, scene):
        dotted = isinstance(line.about, Lossless)
        pen = QPen(colour(TOKENS.edge), 1)
        pen.setDashPattern(list(_DOTS if dotted else _VERTICAL))
        painter.setPen(pen)
        x = round(line.x) + 0.5
        top = layout.plot.top() - 4
        painter.drawLine(QLineF(x, top, x, layout.plot.bottom()))
        if line.text:
            write(painter, line.label, line.text, 12 if full else 11, 400, TOKENS.text2, CENTRE)


def paint_curves(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw the standard codecs' lines, cut off at the plot's edges, each with its name."""
    taken: list[QRectF] = []
    for number, curve in enumerate(scene.standard):
        places = [
            QPointF(
                layout.across(scene.axes, ratio),
                layout.plot.bottom() - scene.axes.height(value) * layout.plot.height(),
            )
            for ratio, value in curve.places(scene.axes.measure)
        ]
        if len(places) < 2:
            continue
        painter.save()
        painter.setClipRect(layout.plot.adjusted(0, -4, 0, 0))
        pen = QPen(colour(TOKENS.text3), 1.5)
        pen.setDashPattern(list(curve.dashes))
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(places))
        painter.restore()
        if layout.density is Density.FULL:
            label = _name_place(layout, places, curve.title, number, taken)
            if label is not None:
                taken.append(label)
                write(painter, label, curve.title, 12, 500, TOKENS.text2)
    if layout.density is Density.COMPACT and scene.standard and not layout.caption.isEmpty():
        _paint_key(painter, layout, scene)


def _name_place(
    layout: Layout, places: list[QPointF], title: str, number: int, taken: list[QRectF]
) -> QRectF | None:
    """Return a place for a curve's name: right of it and below, within the plot."""
    wide = QFontMetricsF(font(12, 500)).horizontalAdvance(title)
    tall = 16.0 * layout.scale
    shares = (0.62, 0.75, 0.5, 0.4) if number else (0.8, 0.7, 0.9, 0.6)
    for share in shares:
        at = _along(places, share)
        label = QRectF(at.x() + 10, at.y() + 4, wide, tall)
        clear = not any(label.adjusted(-4, -2, 4, 2).intersects(other) for other in taken)
        if clear and layout.plot.adjusted(0, 0, 0, -2).contains(label):
            return label
    return None


def _along(places: list[QPointF], share: float) -> QPointF:
    """Return the point at a share of the way across."""
    x = places[0].x() + share * (places[-1].x() - places[0].x())
    for start, end in pairwise(places):
        if x <= end.x() and end.x() > start.x():
            part = (x - start.x()) / (end.x() - start.x())
            return QPointF(x, start.y() + part * (end.y() - start.y()))
    return places[-1]


def _paint_key(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Name the curves beside the stops, where the plot has no room."""
    row = QRectF(layout.caption.left(), layout.caption.top(), layout.caption.width(), 0)
    row.setHeight(layout.caption.height() / max(2, len(scene.standard)))
    for curve in scene.standard:
        pen = QPen(colour(TOKENS.text3), 1.5)
        pen.setDashPattern(list(curve.dashes))
        painter.setPen(pen)
        painter.drawLine(QLineF(row.left(), row.center().y(), row.left() + 28, row.center().y()))
        write(painter, row.adjusted(36, 0, 0, 0), curve.title, 11, 400, TOKENS.text2)
        row.translate(0, row.height())


def about_ratio(line: Ratio) -> str:
    """Return the tooltip of a vertical line, as rich text."""
    about = line.about
    if isinstance(about, Lossless):
        return tr(
            "<b>Lossless, {ratio}</b><br>{codec} makes {size} of this scan and gives every voxel "
            "back. Encoded here."
        ).format(ratio=formats.ratio(about.ratio), codec=about.title, size=formats.size(about.size))
    part = f", {tr(about.part)}" if about.part else ""
    lines = [
        f"<b>{tr(about.country)}, {about.modality}{part}: {formats.ratio(about.ratio)}</b>",
        f"{about.body}, {about.year}",
        tr("Set for JPEG and JPEG 2000, not for learned codecs."),
    ]
    if about.second_hand:
        lines.append(tr("Known at second hand only: the body's own words were not seen."))
    if about.modality == "CT":
        lines.append(tr("Which part of the body this scan shows is not known."))
    lines.append(tr("Source: {source}.").format(source=about.source))
    return "<br>".join(lines)
