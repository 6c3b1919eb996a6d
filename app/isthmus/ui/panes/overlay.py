"""What is written on the pictures: where one is, how it is shown, and what it is."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from isthmus.scans import Plane, Volume
from isthmus.ui import formats
from isthmus.ui.panes.colour_maps import GREY
from isthmus.ui.panes.differences import MAPS, Scale, limit_decimals, scale_words
from isthmus.ui.panes.look import has_own, window_of
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.writing import (
    draw_label,
    draw_lines,
    label_rect,
    pixel_centre,
    shortened,
    text_width,
    write,
)
from isthmus.ui.pictures import Reconstruction, value_decimals
from isthmus.ui.state import Overlay, PaneKind, ViewState
from isthmus.ui.theme import DARK, scaled
from isthmus.ui.view_state import Interpolation
from isthmus.ui.words import tr

_EDGE = 10
# Of lines of text, at usual size.
_LINE, _FIRST, _LAST = 17, 16, 15
_SCALE_SHARE = 0.30
_HOLE = 4
# From a line to the middle of a letter beside it.
_BESIDE = 22
_ARM = 13
_RIGHT = Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignHCenter

# Normal of each plane: axis of RAS+ and its letters towards plus and minus.
_NORMALS = {Plane.SAGITTAL: (0, "R", "L"), Plane.CORONAL: (1, "A", "P"), Plane.AXIAL: (2, "S", "I")}


@dataclass(frozen=True)
class Label:
    """A box at the top right of a picture; it stays in every overlay state.

    Attributes:
        text: What it says.
        token: Colour of text and border.
        tip: What it means, shown on hover.
    """

    text: str
    token: str
    tip: str


def labels(
    kind: PaneKind, mapping: Mapping, reconstruction: Reconstruction | None, peek: bool
) -> list[Label]:
    """Return the labels of a picture, from the top.

    Args:
        kind: The pane.
        mapping: Whose volume the picture shows.
        reconstruction: What the picture was made from, if it shows one.
        peek: Whether the original stands in the reconstruction's place.
    """
    source = mapping.volume.source
    found = []
    if kind is PaneKind.RECONSTRUCTION and peek:
        found.append(Label(tr("Original"), DARK.original, tr("Shown while the key is held.")))
    elif kind is not PaneKind.ORIGINAL and reconstruction is not None:
        orange = kind not in MAPS
        token = DARK.reconstruction if orange else DARK.difference
        found.append(Label(reconstruction.label, token, lossy_tip(reconstruction)))
    if source.lossy and (kind is PaneKind.ORIGINAL or peek):
        tip = tr("The source is already lossy: {how}. Lossy is compared with lossy here.")
        found.append(Label(tr("SOURCE LOSSY"), DARK.difference, tip.format(how=source.lossy)))
    if source.simulated:
        tip = tr("Simulated, not a patient.")
        found.append(Label(tr("SIMULATED"), DARK.overlay_text, tip))
    if source.anonymous:
        tip = tr("The file says that the patient's identity was taken out of it.")
        found.append(Label(tr("ANONYMOUS"), DARK.overlay_text, tip))
    return found


def lossy_tip(reconstruction: Reconstruction) -> str:
    """Return what LOSSY means for a reconstruction, in a sentence or two."""
    origin = reconstruction.origin
    if reconstruction.ratio is not None:
        times = formats.number(reconstruction.ratio, 0 if reconstruction.ratio >= 9.95 else 1)
        origin = tr("{origin}: {times} times smaller than the stored scan").format(
            origin=origin, times=times
        )
    sentence = origin[0].upper() + origin[1:]
    return tr("{sentence}. Details were lost; the difference shows which.").format(
        sentence=sentence
    )


def label_rects(found: list[Label], width: int) -> list[QRectF]:
    """Return where labels lie in a pane of a given width, stacked under each other."""
    rects: list[QRectF] = []
    for label in found:
        top = rects[-1].bottom() + 4 if rects else 9
        rects.append(label_rect(width - 9, top, label.text))
    return rects


def draw_labels(painter: QPainter, found: list[Label], width: int) -> None:
    """Draw labels at the top right."""
    for label, rect in zip(found, label_rects(found, width), strict=True):
        draw_label(painter, rect, label.text, label.token)


def draw_letters(
    painter: QPainter, mapping: Mapping, area: QRectF, taken: QLineF | None = None
) -> None:
    """Draw orientation letters at the edges; a "?" left and right if orientation is unknown.

    Args:
        painter: On the pane.
        mapping: Whose directions.
        area: The whole pane.
        taken: A line from edge to edge beside which letters stand, not on it.
    """
    left, right, top, bottom = mapping.view.letters or ("?", "?", "", "")
    middle = area.center()
    if taken is not None:
        middle = _beside(middle, taken)
    for text, at, align in (
        (left, QPointF(_EDGE, middle.y()), Qt.AlignmentFlag.AlignLeft),
        (right, QPointF(area.right() - _EDGE, middle.y()), _RIGHT),
        (top, QPointF(middle.x(), scaled(15)), _CENTRE),
        (bottom, QPointF(middle.x(), area.bottom() - scaled(14)), _CENTRE),
    ):
        if text:
            write(painter, at, text, align=align, pixels=14, weight=600)


def _beside(middle: QPointF, line: QLineF) -> QPointF:
    """Return a place as near as letters can be to an upright or a lying line."""
    room = float(scaled(_BESIDE))
    if line.dx() == 0 and abs(middle.x() - line.x1()) < room:
        return QPointF(line.x1() - room, middle.y())
    if line.dy() == 0 and abs(middle.y() - line.y1()) < room:
        return QPointF(middle.x(), line.y1() - room)
    return middle


def draw_words(
    painter: QPainter,
    kind: PaneKind,
    mapping: Mapping,
    state: ViewState,
    area: QRectF,
    compact: bool,
    scale: Scale | None = None,
) -> None:
    """Draw what and where at the top left, and how at the bottom left.

    Args:
        painter: On the pane.
        kind: What it shows.
        mapping: Where its slice lies.
        state: How it is shown.
        area: The whole pane.
        compact: Whether to write less.
        scale: What a map's colours mean, if it is there.
    """
    line, room = scaled(_LINE), area.width() - 2 * _EDGE
    top = _place_words(mapping, state, compact)
    for n, text in enumerate(top):
        write(painter, QPointF(_EDGE, scaled(_FIRST) + n * line), text)
    # Whose scan it is stands apart, and never runs into the letter at the left.
    below = scaled(_FIRST) + (len(top) + 0.5) * line
    for n, text in enumerate(state.patient):
        write(painter, QPointF(_EDGE, below + n * line), shortened(text, room))
    bottom = look_words(kind, mapping, state, scale)
    # In a narrow pane the last line would run into the letter at the bottom.
    reach = _EDGE + text_width(bottom[-1]) + 12
    lift = line if mapping.view.letters is not None and reach > area.center().x() else 0
    lowest = area.bottom() - scaled(_LAST) - lift
    for n, text in enumerate(reversed(bottom)):
        write(painter, QPointF(_EDGE, lowest - n * line), shortened(text, room))


def scale_step(mm_per_pixel: float, width: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20… mm (or 0.5, 0.2…) within 30 % of a pane's width."""
    most = _SCALE_SHARE * width * mm_per_pixel
    power = 10.0 ** int(f"{most:e}".partition("e")[2])
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def draw_scale(painter: QPainter, state: ViewState, area: QRectF) -> None:
    """Draw the scale bar at the bottom right."""
    step = scale_step(state.mm_per_pixel, area.width())
    length = step / state.mm_per_pixel
    right = QPointF(area.right() - _EDGE, area.bottom() - 13)
    right = pixel_centre(right)
    left = pixel_centre(right - QPointF(length, 0))
    tick = QPointF(0, -4)
    draw_lines(
        painter,
        [QLineF(left + tick, left), QLineF(left, right), QLineF(right, right + tick)],
    )
    at = QPointF(right.x(), right.y() - scaled(14))
    write(painter, at, f"{formats.number(step, limit_decimals(step))} mm", align=_RIGHT)


def draw_cursor(
    painter: QPainter, mapping: Mapping, state: ViewState, area: QRectF, value: str
) -> None:
    """Draw a cross with a hole where the cursor is, and the value that is read there beside it."""
    at = pixel_centre(mapping.from_mm(state.cursor))
    if not area.contains(at):
        return
    arms = [
        QLineF(at + QPointF(near * x, near * y), at + QPointF(far * x, far * y))
        for x, y, near, far in (
            (1, 0, _HOLE, _ARM),
            (-1, 0, _HOLE, _ARM),
            (0, 1, _HOLE, _ARM),
            (0, -1, _HOLE, _ARM),
        )
    ]
    draw_lines(painter, arms)
    if value:
        room = text_width(value) + 16
        rightwards = at.x() + room < area.right()
        below = at.y() + 28 < area.bottom()
        side = QPointF(12 if rightwards else -12, 14 if below else -14)
        align = Qt.AlignmentFlag.AlignLeft if rightwards else _RIGHT
        write(painter, at + side, value, align=align)


def draws(overlay: Overlay, *, words: bool) -> bool:
    """Whether an overlay state draws words, or else letters, scale and cursor."""
    return overlay is Overlay.ALL or (overlay is Overlay.LABELS and not words)


def _place_words(mapping: Mapping, state: ViewState, compact: bool) -> list[str]:
    volume, view = mapping.volume, mapping.view
    what = volume.source.sequence or volume.modality
    plane = plane_name(view.plane)
    slice_words = tr("Slice {n} / {count}").format(n=mapping.index + 1, count=view.n_slices)
    words = [f"{what}  {plane}" if what else plane[:1].upper() + plane[1:], slice_words]
    if view.letters is not None and not compact:
        axis, plus, minus = _NORMALS[view.plane]
        along = state.cursor[axis]
        words.append(f"{plus if along >= 0 else minus} {formats.number(abs(along), 1)} mm")
    parts = volume.source.parts
    if len(parts) > 1:
        words.insert(1, parts[volume.source.part])
    if state.neurological and view.plane is not Plane.SAGITTAL:
        words.append(tr("Neurological: left is left"))
    return words


def plane_name(plane: Plane) -> str:
    """Return what a plane is called within a sentence."""
    names = {
        Plane.AXIAL: tr("axial"),
        Plane.CORONAL: tr("coronal"),
        Plane.SAGITTAL: tr("sagittal"),
    }
    return names[plane]


def interpolation_name(interpolation: Interpolation) -> str:
    """Return what a way of interpolating is called within a sentence."""
    names = {
        Interpolation.NEAREST: tr("nearest"),
        Interpolation.LINEAR: tr("linear"),
        Interpolation.CUBIC: tr("cubic"),
    }
    return names[interpolation]


def look_words(
    kind: PaneKind, mapping: Mapping, state: ViewState, scale: Scale | None = None
) -> list[str]:
    """Return how a picture is shown: window or scale, what is unusual, zoom and interpolation."""
    words = []
    share = mapping.share_shown
    if share < 0.995:
        percent = formats.number(100 * share, 0)
        words.append(tr("{percent} % of voxels shown").format(percent=percent))
    if kind in MAPS:
        if scale is not None:
            words.append(scale_words(scale, mapping.volume.unit, state.amplification))
    else:
        words.append(_window_words(window_of(state, kind), mapping.volume))
        if has_own(state, kind):
            words[-1] += "  " + tr("own window")
        elif state.own_window is not None and kind is PaneKind.MIXED:
            own = _window_words(state.own_window, mapping.volume)
            words.append(tr("{window}  own window of the reconstruction").format(window=own))
        words += _unusual(state)
    right = formats.number(mapping.pixels_per_column * mapping.pixel_ratio, 2)
    down = formats.number(mapping.pixels_per_row * mapping.pixel_ratio, 2)
    zoom = right if right == down else f"{right} × {down}"
    how = interpolation_name(state.interpolation)
    words.append(tr("{zoom} px/voxel  {interpolation}").format(zoom=zoom, interpolation=how))
    return words


def _window_words(window: tuple[float, float], volume: Volume) -> str:
    centre, width = window
    decimals = value_decimals(volume, width)
    texts = (formats.number(value, decimals) for value in (width, centre))
    return "W {}  L {}".format(*texts) + (f"  {volume.unit}" if volume.unit else "")


def _unusual(state: ViewState) -> list[str]:
    """Return a line on what is not as the file has it: colours, and the way round of greys."""
    said = []
    if state.colour_map != GREY:
        said.append(tr("colours: {name}").format(name=state.colour_map))
    if state.inverted:
        said.append(tr("inverted"))
    return ["  ".join(said)] if said else []
