"""What stands beside this scan's curve: standard codecs, guidelines' ratios, and lossless."""

from dataclasses import dataclass, replace
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
    if layout.plot.isEmpty():
        return []
    wanted: list[tuple[float, Guideline | Lossless, tuple[str, ...]]] = []
    if scene.lossless is not None:
        figure = formats.ratio(scene.lossless.ratio)
        name = tr("lossless {ratio}").format(ratio=figure)
        wanted.append((scene.lossless.ratio, scene.lossless, (name, name, tr("lossless"))))
    wanted += [(line.ratio, line, _labels(line)) for line in scene.guidelines]
    axes = scene.axes
    inside = [each for each in wanted if axes.smallest_ratio < each[0] < axes.largest_ratio]
    inside.sort(key=lambda each: each[0])
    lines = [
        Ratio(about, layout.across(axes, x), texts, QRectF(), "") for x, about, texts in inside
    ]
    if layout.density is not Density.FULL:
        return _labelled(layout, scene, lines, 2)
    longest = _labelled(layout, scene, lines, 0)
    return longest if all(line.text for line in longest) else _labelled(layout, scene, lines, 1)


def _labels(line: Guideline) -> tuple[str, ...]:
    """Return what a guideline's line may be labelled, the longest first.

    What is known at second hand only says so where it stands, not in the tooltip alone.
    """
    figure = exact_ratio(line.ratio)
    part = f" {tr(line.part)}" if line.part else ""
    name = f"{tr(line.country)}{part} {figure}"
    if not line.second_hand:
        return name, name, figure
    return tr("{name}, second hand").format(name=name), f"{name}?", f"{figure}?"


def exact_ratio(ratio: float) -> str:
    """Return a ratio that someone set, without figures that no one set: "7:1"."""
    return f"{formats.number(ratio, 0 if ratio.is_integer() else 1)}:1"


def _labelled(layout: Layout, scene: Scene, lines: list[Ratio], first: int) -> list[Ratio]:
    """Give each line the longest label that has room, from its text number `first` on."""
    full = layout.density is Density.FULL
    metrics = QFontMetricsF(font(12 if full else 11))
    tall = 16 * layout.scale
    right = layout.header.right() + 8 if full else layout.plot.right()
    least = layout.header.left() + scene.header_taken + 12 if full else layout.plot.left()
    top = layout.header.center().y() - tall / 2 if full else layout.plot.top() - 5
    found = []
    for line in lines:
        for text in line.texts[first:]:
            wide = metrics.horizontalAdvance(text) + 2
            left = min(line.x - wide / 2, right - wide) if full else line.x + 3
            # A label stands over its own line, or it would seem to be another's.
            over = not full or left + wide >= line.x + 2
            if over and left >= least and left + wide <= right + 0.5:
                label = QRectF(left, top, wide, tall)
                right = (left if full else line.x) - 8
                found.append(replace(line, label=label, text=text))
                break
        else:
            found.append(line)
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
        top = layout.header.bottom() if full and line.text else layout.plot.top() - 4
        painter.drawLine(QLineF(x, top, x, layout.plot.bottom()))
        if line.text:
            write(painter, line.label, line.text, 12 if full else 11, 400, TOKENS.text2, CENTRE)


def paint_curves(painter: QPainter, layout: Layout, scene: Scene) -> None:
    """Draw the standard codecs' lines, cut off at the plot's edges, each with its name."""
    floor = layout.level(scene.axes, scene.floor)
    taken = [QRectF(layout.plot.left(), floor - 1, layout.plot.width(), 2)]
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
                painter.fillRect(label.adjusted(-2, 1, 2, -1), colour(TOKENS.panel))
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
        f"<b>{tr(about.country)}, {about.modality}{part}: {exact_ratio(about.ratio)}</b>",
        f"{about.body}, {about.year}",
        tr("Set for JPEG and JPEG 2000, not for learned codecs."),
    ]
    if about.second_hand:
        lines.append(tr("Known at second hand only: the body's own words were not seen."))
    if about.modality == "CT":
        lines.append(tr("Which part of the body this scan shows is not known."))
    lines.append(tr("Source: {source}.").format(source=about.source))
    return "<br>".join(lines)
