"""Labels as they are drawn over a slice: see-through areas with an opaque outline."""

from collections import OrderedDict
from collections.abc import Mapping as Table
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from isthmus.scans import LabelMap, PlaneView
from isthmus.ui.panes.interpolation import Part

Labels = npt.NDArray[np.unsignedinteger]
# Three panes and what they showed before; nine of three planes.
_MOST_IMAGES = 12


@dataclass(frozen=True)
class Style:
    """How labels are drawn.

    Attributes:
        colours: Colour as #rrggbb of each label that is shown, by its value.
        opacity: Of areas, 0 to 1; outlines are opaque.
    """

    colours: tuple[tuple[int, str], ...]
    opacity: float


class Overlays:
    """Makes pictures of label maps at the screen's pixels, and keeps the last ones."""

    def __init__(self) -> None:
        self._images: OrderedDict[tuple[object, ...], QImage] = OrderedDict()

    def clear(self) -> None:
        """Forget the pictures of another map."""
        self._images.clear()

    def image(
        self, found: LabelMap, view: PlaneView, index: int, part: Part, style: Style
    ) -> QImage:
        """Return the labels of what is seen of a slice, one pixel for a pixel of the screen."""
        key = (id(found), view, index, part, style)
        image = self._images.get(key)
        if image is None:
            labels = sampled(view.extract(found.voxels, index), part)
            image = self._images[key] = paint_labels(labels, style, round(part.ratio))
            if len(self._images) > _MOST_IMAGES:
                self._images.popitem(last=False)
        else:
            self._images.move_to_end(key)
        return image


def sampled(labels: npt.NDArray[np.generic], part: Part) -> Labels:
    """Return the label at the middle of each pixel: labels have nothing between them.

    Args:
        labels: The whole slice, axes (row, column).
        part: What is seen of it.
    """
    left, top, right, bottom = part.box
    rows = _voxels(top, bottom, part.rows, labels.shape[0])
    columns = _voxels(left, right, part.columns, labels.shape[1])
    return np.ascontiguousarray(labels[rows][:, columns])


def paint_labels(labels: Labels, style: Style, line: int) -> QImage:
    """Return a picture of labels.

    Args:
        labels: Axes (row, column).
        style: Which are shown, and how.
        line: Width of outlines, in pixels; they lie inside their label.
    """
    fill = _table(labels, dict(style.colours), style.opacity)
    edge = _table(labels, dict(style.colours), 1.0)
    # What is not shown is no neighbour either.
    seen = np.where(edge > 0, np.arange(len(edge)), 0).astype(labels.dtype)[labels]
    inside = np.ones(seen.shape, np.bool_)
    for step in range(1, max(line, 1) + 1):
        inside[step:] &= seen[step:] == seen[:-step]
        inside[:-step] &= seen[step:] == seen[:-step]
        inside[:, step:] &= seen[:, step:] == seen[:, :-step]
        inside[:, :-step] &= seen[:, step:] == seen[:, :-step]
    pixels = np.where(inside, fill[labels], edge[labels])
    rows, columns = pixels.shape
    made = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    )
    return made.copy()


def _voxels(low: float, high: float, pixels: int, count: int) -> npt.NDArray[np.intp]:
    at = low + (np.arange(pixels) + 0.5) * (high - low) / pixels
    return np.floor(at).astype(np.intp).clip(0, count - 1)


def _table(labels: Labels, colours: Table[int, str], opacity: float) -> npt.NDArray[np.uint32]:
    """Return each label's colour, premultiplied; 0 for what is not shown."""
    table: npt.NDArray[np.uint32] = np.zeros(int(labels.max()) + 1, np.uint32)
    for value, name in colours.items():
        if value < len(table):
            colour = QColor(name)
            channels = (255, colour.red(), colour.green(), colour.blue())
            packed = 0
            for channel in channels:
                packed = packed << 8 | round(channel * opacity)
            table[value] = packed
    return table
