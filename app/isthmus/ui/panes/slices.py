"""Which picture each pane shows: the slice of the original, of a reconstruction, of neither."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from isthmus.scans import PlaneView, Volume
from isthmus.ui.figures.maps import MapKind
from isthmus.ui.panes import tables
from isthmus.ui.panes.differences import (
    MAPS,
    Scale,
    limit_of_slice,
    map_image,
    scale_of,
    style_of,
)
from isthmus.ui.panes.interpolation import cubic, visible_part
from isthmus.ui.panes.kept import Kept
from isthmus.ui.panes.look import Look, look_of
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.raster import grey_image, thinned
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind, Point, ViewState
from isthmus.ui.view_state import Difference, Interpolation

# Nine panes, and what they showed before: a peek and a step back cost nothing.
_MOST_IMAGES = 20

Map = npt.NDArray[np.floating]


class MapSource(Protocol):
    """Makes maps that take too long for a paint."""

    def array(
        self, kind: MapKind, view: PlaneView, index: int, reconstruction: Reconstruction
    ) -> npt.NDArray[np.float32] | None:
        """Return a slice's map, axes (row, column); None while it is computed."""
        ...


@dataclass(frozen=True)
class Readout:
    """Values of one voxel, in real units; None where there is no reconstruction to show."""

    original: float
    reconstruction: float | None
    difference: float | None
    pinned: float | None = None


@dataclass(frozen=True)
class Picture:
    """A slice as it is drawn in a pane.

    Attributes:
        image: Its pixels.
        rect: Where they lie, in the pane's device-independent pixels.
        smooth: Whether Qt is to interpolate between them.
    """

    image: QImage
    rect: QRectF
    smooth: bool

    def draw(self, painter: QPainter) -> None:
        """Draw it where it lies; clip the painter to draw a part, or set its opacity."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(self.rect, self.image)


class Slices:
    """Holds the scan and its newest reconstructions, and makes pictures of visible slices.

    Attributes:
        maps: Where maps come from that are computed in the background; None for nowhere.
    """

    def __init__(self) -> None:
        self.maps: MapSource | None = None
        self._volume: Volume | None = None
        self._asked = Kept()
        self._pinned = Kept()
        self._images: OrderedDict[tuple[object, ...], QImage] = OrderedDict()
        self._limits: dict[tuple[object, ...], float | None] = {}
        # The last map of each kind and view: index, what it was made from, and itself.
        self._last_maps: dict[tuple[MapKind, PlaneView], tuple[int, Reconstruction, Map]] = {}

    def set_volume(self, volume: Volume | None) -> None:
        """Take another scan; reconstructions of the old one go."""
        self._volume = volume
        self._asked, self._pinned = Kept(), Kept()
        self._forget()

    def set_reconstruction(self, reconstruction: Reconstruction | None) -> None:
        """Take a newer reconstruction, or more of the newest one; None drops them all.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        self._take(self._asked, reconstruction)

    def set_pinned(self, reconstruction: Reconstruction | None) -> None:
        """Take more of the pinned reconstruction, or another one; None if nothing is pinned.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        self._take(self._pinned, reconstruction)

    def reconstruction(
        self, view: PlaneView, index: int, kind: PaneKind = PaneKind.RECONSTRUCTION
    ) -> Reconstruction | None:
        """Return what the picture of a slice is made from, or None if nothing has it.

        Args:
            view: The plane.
            index: Display number of the slice.
            kind: Which picture; not the original.
        """
        kept = self._pinned if kind is PaneKind.PINNED else self._asked
        return kept.shown(view, index)

    def made_from(
        self, kind: PaneKind, view: PlaneView, index: int, state: ViewState
    ) -> Reconstruction | None:
        """Return the reconstruction that a pane's picture shows or speaks of, if it is there."""
        if kind is PaneKind.ORIGINAL:
            return None
        which = _map_kind(kind, state)
        if which is not None:
            found = self._map(which, view, index)
            return found[0] if found is not None else None
        return self.reconstruction(view, index, kind)

    def picture(
        self, kind: PaneKind, mapping: Mapping, state: ViewState, area: QRectF
    ) -> Picture | None:
        """Return the picture of the visible slice, or None if it is not there.

        Args:
            kind: Which picture; none of two.
            mapping: Which slice, and where it lies.
            state: Window, colour map, limit of the difference, interpolation.
            area: The pane, in its own device-independent pixels.
        """
        made_from: object = mapping.volume
        reconstruction = None
        if kind is not PaneKind.ORIGINAL:
            reconstruction = self.made_from(kind, mapping.view, mapping.index, state)
            if reconstruction is None:
                return None
            made_from = reconstruction.voxels
        if kind in MAPS:
            look: Look | Scale = self.scale(kind, mapping, state)
        else:
            look = look_of(state, kind, mapping.volume)
        part, block = None, (1, 1)
        if state.interpolation is Interpolation.CUBIC:
            part = visible_part(mapping, area)
        elif state.interpolation is Interpolation.LINEAR:
            block = mapping.block
        key = (kind, id(made_from), mapping.view, mapping.index, look, block, part)
        found = self._images.get(key)
        if found is None:
            if block == (1, 1) and part is None:
                found = self._by_table(mapping, reconstruction, look)
            if found is None:
                values = self._values(kind, mapping, reconstruction, state)
                values = thinned(values, *block) if part is None else cubic(values, part)
                if isinstance(look, Scale):
                    found = map_image(values, look)
                else:
                    found = grey_image(values, look)
            self._images[key] = found
            if len(self._images) > _MOST_IMAGES:
                self._images.popitem(last=False)
        else:
            self._images.move_to_end(key)
        if part is not None:
            return Picture(found, part.rect, smooth=True)
        smooth = state.interpolation is not Interpolation.NEAREST
        return Picture(found, mapping.rect(block), smooth)

    def scale(self, kind: PaneKind, mapping: Mapping, state: ViewState) -> Scale:
        """Return what the colours of a pane's map mean on the visible slice.

        Args:
            kind: A kind of `differences.MAPS`.
            mapping: Which slice.
            state: The limit, and whether the scale follows the slice.
        """
        limit = None
        reconstruction = self.made_from(kind, mapping.view, mapping.index, state)
        if state.scale_by_slice and kind is not PaneKind.SSIM and reconstruction is not None:
            which = _map_kind(kind, state)
            key = (id(reconstruction.voxels), mapping.view, mapping.index, which)
            if key not in self._limits:
                values = self._values(kind, mapping, reconstruction, state)
                self._limits[key] = limit_of_slice(values)
            limit = self._limits[key]
        return scale_of(kind, state, limit)

    def values_at(self, view: PlaneView, index: int, position: Point) -> Readout | None:
        """Return the values of the voxel at a position, as far as slice `index` shows them.

        Args:
            view: The plane that is shown.
            index: The slice that is shown, by its display number.
            position: RAS+ millimetres.

        Returns:
            None if the position lies outside the scan.
        """
        volume = self._volume
        if volume is None:
            return None
        k, j, i = (int(np.floor(v + 0.5)) for v in volume.to_voxel(*position))
        if not all(0 <= v < n for v, n in zip((k, j, i), volume.shape, strict=True)):
            return None
        original = float(volume.real(float(volume.voxels[k, j, i])))
        made, pinned = (
            None if found is None else float(volume.real(float(found.voxels[k, j, i])))
            for found in (kept.shown(view, index) for kept in (self._asked, self._pinned))
        )
        return Readout(original, made, None if made is None else made - original, pinned)

    # Below the surface

    def _take(self, kept: Kept, reconstruction: Reconstruction | None) -> None:
        shape = None if self._volume is None else self._volume.shape
        if reconstruction is not None and reconstruction.voxels.shape != shape:
            raise ValueError(f"a reconstruction of {reconstruction.voxels.shape} for {shape}")
        kept.take(reconstruction)
        # Pictures are found by the identity of their voxels, so none may outlive them.
        alive = {id(self._volume)} | self._asked.identities | self._pinned.identities
        for key in [key for key in self._images if key[1] not in alive]:
            del self._images[key]
        for key in [key for key in self._limits if key[0] not in alive]:
            del self._limits[key]
        if reconstruction is None:
            self._last_maps.clear()

    def _forget(self) -> None:
        self._images.clear()
        self._limits.clear()
        self._last_maps.clear()

    def _map(self, kind: MapKind, view: PlaneView, index: int) -> tuple[Reconstruction, Map] | None:
        """Return a slice's map and what it was made from; an older one of the slice till then."""
        reconstruction = self.reconstruction(view, index)
        if reconstruction is None or self.maps is None:
            return None
        found: Map | None = self.maps.array(kind, view, index, reconstruction)
        if found is not None:
            self._last_maps[kind, view] = index, reconstruction, found
            return reconstruction, found
        last = self._last_maps.get((kind, view))
        return last[1:] if last is not None and last[0] == index else None

    def _by_table(
        self, mapping: Mapping, reconstruction: Reconstruction | None, look: Look | Scale
    ) -> QImage | None:
        """Return the picture of a slice whose numbers are few; None of any other."""
        volume, view, index = mapping.volume, mapping.view, mapping.index
        if not tables.has_table(volume):
            return None
        original = view.extract(volume.voxels, index)
        if isinstance(look, Look):
            stored = original
            if reconstruction is not None:
                stored = view.extract(reconstruction.voxels, index)
            return tables.look_image(stored, volume, look)
        if not look.in_real_units or reconstruction is None:
            return None
        made = view.extract(reconstruction.voxels, index)
        return tables.difference_image(made, original, volume, look)

    def _values(
        self,
        kind: PaneKind,
        mapping: Mapping,
        reconstruction: Reconstruction | None,
        state: ViewState,
    ) -> Map:
        """Return what a pane shows of the visible slice, in real units where it has any."""
        volume, view, index = mapping.volume, mapping.view, mapping.index
        if reconstruction is None:
            return volume.real(view.extract(volume.voxels, index))
        which = _map_kind(kind, state)
        if which is not None:
            found = self._map(which, view, index)
            assert found is not None
            return found[1]
        if kind in MAPS:
            return self._difference(mapping, reconstruction)
        return volume.real(view.extract(reconstruction.voxels, index))

    def _difference(self, mapping: Mapping, reconstruction: Reconstruction) -> Map:
        """Return reconstruction − original of the visible slice, in real units."""
        volume, view, index = mapping.volume, mapping.view, mapping.index
        made = volume.real(view.extract(reconstruction.voxels, index))
        return made - volume.real(view.extract(volume.voxels, index))


def in_background(kind: PaneKind, state: ViewState) -> bool:
    """Whether a pane shows a map that takes too long for a paint."""
    return _map_kind(kind, state) is not None


def _map_kind(kind: PaneKind, state: ViewState) -> MapKind | None:
    """Return which map of the background a pane shows, if it shows one."""
    if kind is PaneKind.SSIM:
        return MapKind.SSIM
    if kind is PaneKind.DIFFERENCE and style_of(kind, state) is Difference.NOISE:
        return MapKind.NOISE
    return None
