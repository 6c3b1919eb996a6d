"""Which picture each pane shows: the slice of the original, of a reconstruction, of neither."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from isthmus.scans import PlaneView, Volume
from isthmus.ui.panes.interpolation import cubic, visible_part
from isthmus.ui.panes.look import look_of
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.raster import Values, difference_image, grey_image, thinned
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind, Point, ViewState
from isthmus.ui.view_state import Interpolation

# A reconstruction that is asked for, one that is half there, one that is whole.
_MOST_KEPT = 3
# Three panes, and what they showed before: a peek costs nothing.
_MOST_IMAGES = 8


@dataclass(frozen=True)
class Readout:
    """Values of one voxel, in real units; None where there is no reconstruction to show."""

    original: float
    reconstruction: float | None
    difference: float | None


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

    A slice is shown from the newest reconstruction that has it. So an older picture stays, with
    its own label, until the newer one is there, and nothing is ever made up.
    """

    def __init__(self) -> None:
        self._volume: Volume | None = None
        self._kept: list[Reconstruction] = []
        self._images: OrderedDict[tuple[object, ...], QImage] = OrderedDict()

    def set_volume(self, volume: Volume | None) -> None:
        """Take another scan; reconstructions of the old one go."""
        self._volume = volume
        self._kept = []
        self._images.clear()

    def set_reconstruction(self, reconstruction: Reconstruction | None) -> None:
        """Take a newer reconstruction, or more of the newest one; None drops them all.

        Raises:
            ValueError: It does not lie on the scan's grid.
        """
        if reconstruction is None:
            self._kept = []
            self._images.clear()
            return
        shape = None if self._volume is None else self._volume.shape
        if reconstruction.voxels.shape != shape:
            raise ValueError(f"a reconstruction of {reconstruction.voxels.shape} for {shape}")
        older = [kept for kept in self._kept if not _supersedes(reconstruction, kept)]
        self._kept = []
        for kept in [reconstruction, *older][:_MOST_KEPT]:
            self._kept.append(kept)
            if kept.complete:
                break
        # Pictures are found by the identity of their voxels, so none may outlive them.
        alive = {id(self._volume), *(id(kept.voxels) for kept in self._kept)}
        for key in [key for key in self._images if key[1] not in alive]:
            del self._images[key]

    def reconstruction(self, view: PlaneView, index: int) -> Reconstruction | None:
        """Return the reconstruction that is shown on a slice, or None if none has it."""
        return next((kept for kept in self._kept if kept.has_slice(view, index)), None)

    def picture(
        self, kind: PaneKind, mapping: Mapping, state: ViewState, area: QRectF
    ) -> Picture | None:
        """Return the picture of the visible slice, or None if it is not there.

        Args:
            kind: Which picture.
            mapping: Which slice, and where it lies.
            state: Window, colour map, limit of the difference, interpolation.
            area: The pane, in its own device-independent pixels.
        """
        made_from: object = mapping.volume
        reconstruction = None
        if kind is not PaneKind.ORIGINAL:
            reconstruction = self.reconstruction(mapping.view, mapping.index)
            if reconstruction is None:
                return None
            made_from = reconstruction.voxels
        look: object = state.difference_limit
        if kind is not PaneKind.DIFFERENCE:
            look = look_of(state, kind, mapping.volume)
        part, block = None, (1, 1)
        if state.interpolation is Interpolation.CUBIC:
            part = visible_part(mapping, area)
        elif state.interpolation is Interpolation.LINEAR:
            block = mapping.block
        key = (kind, id(made_from), mapping.view, mapping.index, look, block, part)
        found = self._images.get(key)
        if found is None:
            values = self._values(kind, mapping, reconstruction)
            values = thinned(values, *block) if part is None else cubic(values, part)
            if kind is PaneKind.DIFFERENCE:
                found = difference_image(values, state.difference_limit)
            else:
                found = grey_image(values, look_of(state, kind, mapping.volume))
            self._images[key] = found
            if len(self._images) > _MOST_IMAGES:
                self._images.popitem(last=False)
        else:
            self._images.move_to_end(key)
        if part is not None:
            return Picture(found, part.rect, smooth=True)
        smooth = state.interpolation is not Interpolation.NEAREST
        return Picture(found, mapping.rect(block), smooth)

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
        reconstruction = self.reconstruction(view, index)
        if reconstruction is None:
            return Readout(original, None, None)
        made = float(volume.real(float(reconstruction.voxels[k, j, i])))
        return Readout(original, made, made - original)

    def _values(
        self, kind: PaneKind, mapping: Mapping, reconstruction: Reconstruction | None
    ) -> Values:
        """Return what a pane shows of the visible slice, in real units."""
        volume, view, index = mapping.volume, mapping.view, mapping.index
        if reconstruction is None:
            return volume.real(view.extract(volume.voxels, index))
        made = volume.real(view.extract(reconstruction.voxels, index))
        if kind is PaneKind.RECONSTRUCTION:
            return made
        return made - volume.real(view.extract(volume.voxels, index))


def _supersedes(new: Reconstruction, old: Reconstruction) -> bool:
    """Whether `new` is the same reconstruction as `old`, with no slice less."""
    if new.bottleneck != old.bottleneck:
        return False
    return new.voxels is old.voxels or not bool((old.ready & ~new.ready).any())
