"""Where a slice lies in a pane: between pixels of the pane, voxels and millimetres."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from isthmus.scans import Plane, PlaneView, Volume
from isthmus.ui.state import Point, ViewStore


@dataclass(frozen=True)
class Mapping:
    """How the visible slice is laid into a pane of a given size.

    Pixels are device-independent, from the pane's top left corner. The picture's corner lies on a
    whole device pixel, so that at 1:1 every voxel is exactly one pixel.

    Attributes:
        volume: The scan.
        view: How its plane is cut.
        index: Display number of the slice.
        origin: The picture's top left corner: the outer corner of its first voxel.
        pixels_per_row: Height of a voxel.
        pixels_per_column: Width of a voxel.
        pixel_ratio: Device pixels per device-independent pixel.
    """

    volume: Volume
    view: PlaneView
    index: int
    origin: QPointF
    pixels_per_row: float
    pixels_per_column: float
    pixel_ratio: float

    @classmethod
    def of(cls, store: ViewStore, size: QSize, plane: Plane | None = None) -> "Mapping | None":
        """Return the mapping into a pane, or None while no scan is open.

        Args:
            store: What is looked at.
            size: Of the pane's picture.
            plane: Whose slice; the state's plane if None.
        """
        plane = plane or store.state.plane
        volume, view = store.volume, store.view_of(plane)
        if volume is None or view is None:
            return None
        state, ratio = store.state, store.pixel_ratio
        _, row, column = view.from_voxel(*store.voxel(state.centre))
        down = view.row_mm / state.mm_per_pixel
        right = view.column_mm / state.mm_per_pixel
        left = size.width() / 2 - (column + 0.5) * right
        top = size.height() / 2 - (row + 0.5) * down
        corner = QPointF(_whole(left, ratio), _whole(top, ratio))
        return cls(volume, view, store.index_of(plane), corner, down, right, ratio)

    def rect(self, block: tuple[int, int] = (1, 1)) -> QRectF:
        """Return where the whole slice lies, up to whole blocks of (rows, columns)."""
        rows = -(-self.view.n_rows // block[0]) * block[0]
        columns = -(-self.view.n_columns // block[1]) * block[1]
        size = QSizeF(columns * self.pixels_per_column, rows * self.pixels_per_row)
        return QRectF(self.origin, size)

    @property
    def block(self) -> tuple[int, int]:
        """How many rows and columns of voxels fall on one device pixel; at least 1."""
        rows = int(1 / (self.pixels_per_row * self.pixel_ratio) + 1e-9)
        columns = int(1 / (self.pixels_per_column * self.pixel_ratio) + 1e-9)
        return max(rows, 1), max(columns, 1)

    @property
    def share_shown(self) -> float:
        """Share of the visible voxels that have a device pixel of their own."""
        down = min(self.pixels_per_row * self.pixel_ratio, 1.0)
        right = min(self.pixels_per_column * self.pixel_ratio, 1.0)
        return down * right

    def to_mm(self, at: QPointF) -> Point:
        """Return the position in RAS+ millimetres under a place of the pane."""
        row = (at.y() - self.origin.y()) / self.pixels_per_row - 0.5
        column = (at.x() - self.origin.x()) / self.pixels_per_column - 0.5
        return self.volume.to_mm(*self.view.to_voxel(self.index, row, column))

    def from_mm(self, position: Point) -> QPointF:
        """Return where a position in RAS+ millimetres is drawn."""
        _, row, column = self.view.from_voxel(*self.volume.to_voxel(*position))
        return QPointF(
            self.origin.x() + (column + 0.5) * self.pixels_per_column,
            self.origin.y() + (row + 0.5) * self.pixels_per_row,
        )


def _whole(pixels: float, ratio: float) -> float:
    """Round to whole device pixels."""
    return math.floor(pixels * ratio + 0.5) / ratio
