"""What is written beside a drawing, and where: never over what is measured."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

from isthmus.quality.regions import RegionFigures
from isthmus.ui import formats
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.view_state import PaneKind
from isthmus.ui.words import tr

LINE = 16
_GAP = 8
_FAR = 96
_STEP = 40


def size_text(shape: Shape, size: float | None) -> str:
    """Return a length, an angle or an area with its unit; a dash if it is unknown."""
    if size is None:
        return formats.UNKNOWN
    if shape is Shape.ANGLE:
        return f"{formats.number(size, 1)}°"
    unit = "mm²" if shape.is_region else "mm"
    return f"{formats.number(size, 1)} {unit}"


def lines(
    drawing: Drawing,
    size: float | None,
    kind: PaneKind,
    found: RegionFigures | None,
    decimals: int,
) -> list[str]:
    """Return what stands beside a drawing in one pane.

    Args:
        drawing: Which one.
        size: Its length, angle or area.
        kind: What the pane shows.
        found: Its figures; None while they are unknown.
        decimals: How many a value of the scan is worth.
    """
    text = f"{drawing.name}  {size_text(drawing.shape, size)}"
    if not drawing.shape.is_region:
        return [text]
    if kind in (PaneKind.ORIGINAL, PaneKind.RECONSTRUCTION, PaneKind.PINNED):
        statistics = found and (
            found.original if kind is PaneKind.ORIGINAL else found.reconstruction
        )
        mean = formats.number(statistics.mean if statistics else None, decimals + 1)
        sd = formats.number(statistics.sd if statistics else None, decimals + 1)
        return [text, tr("mean {mean}  SD {sd}").format(mean=mean, sd=sd)]
    if kind is PaneKind.DIFFERENCE:
        between = found.between if found else None
        bias = formats.number(between.bias if between else None, decimals + 1, signed=True)
        mae = formats.number(between.mae if between else None, decimals + 1)
        return [text, tr("bias {bias}  MAE {mae}").format(bias=bias, mae=mae)]
    if kind is PaneKind.SSIM:
        between = found.between if found else None
        return [text, f"SSIM {formats.similarity(between.ssim if between else None)}"]
    return [text]


def place_label(
    size: QSizeF,
    shape: QPainterPath,
    area: QRectF,
    taken: Sequence[QRectF],
    others: Sequence[QPainterPath] = (),
) -> QRectF:
    """Return where a label lies: near its drawing, in the pane, and over nothing of interest.

    Args:
        size: Of the label.
        shape: What the label is of; it never lies over it if there is room anywhere.
        area: The pane.
        taken: What else is to stay visible: other labels, the pane's own words.
        others: Other drawings.
    """
    around = shape.boundingRect()
    room = area.adjusted(4, 4, -4, -4)

    def cost(rect: QRectF) -> tuple[int, float]:
        # Its own shape last of all, then out of the pane, then others, then far away.
        worst = 0
        if _meets(shape, rect):
            worst += 4
        if not room.contains(rect):
            worst += 2
        if any(rect.intersects(other) for other in taken) or any(
            _meets(other, rect) for other in others
        ):
            worst += 1
        away = rect.center() - around.center()
        return worst, away.x() ** 2 + away.y() ** 2

    found = next((rect for rect in _candidates(size, around, room) if cost(rect)[0] == 0), None)
    if found is None:
        everywhere = [*_candidates(size, around, room), *_anywhere(size, room)]
        found = min(everywhere, key=cost)
    return found


def _anywhere(size: QSizeF, room: QRectF) -> Iterable[QRectF]:
    """Return places all over the pane, for a drawing with no room round it."""
    across, down = room.width() - size.width(), room.height() - size.height()
    for row in range(max(int(down // _STEP), 0) + 1):
        for column in range(max(int(across // _STEP), 0) + 1):
            corner = room.topLeft() + QPointF(column * _STEP, row * _STEP)
            yield QRectF(corner, size)


def _candidates(size: QSizeF, around: QRectF, room: QRectF) -> Iterable[QRectF]:
    width, height = size.width(), size.height()
    for gap in (_GAP, _GAP + 22, _GAP + 44, _FAR):
        left, right = around.left() - gap - width, around.right() + gap
        above, below = around.top() - gap - height, around.bottom() + gap
        across = around.center().x() - width / 2
        middle = around.center().y() - height / 2
        for x, y in (
            (right, middle),
            (right, around.top()),
            (right, around.bottom() - height),
            (across, below),
            (left, middle),
            (across, above),
            (right, below),
            (right, above),
            (left, below),
            (left, above),
        ):
            yield QRectF(x, y, width, height)
            # Beside a drawing that runs along an edge, the label slides into the pane.
            yield QRectF(
                min(max(x, room.left()), room.right() - width),
                min(max(y, room.top()), room.bottom() - height),
                width,
                height,
            )


def _meets(shape: QPainterPath, rect: QRectF) -> bool:
    return shape.intersects(rect.adjusted(-4, -4, 4, 4))
