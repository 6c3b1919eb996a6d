"""Masks as a feature of the window: opened, drawn over the pictures, listed in a panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QMimeData, QObject, QRectF, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog

from isthmus.scans import LabelMap, PlaneView, Volume, read_labels
from isthmus.ui.masks.actions import MaskActions
from isthmus.ui.masks.colours import label_colour
from isthmus.ui.masks.overlay import Overlays, Style
from isthmus.ui.masks.panel import MaskPanel
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.panes.hooks import Place
from isthmus.ui.panes.interpolation import visible_part
from isthmus.ui.starting.welcome import dropped_paths
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_KEY, _PANEL = "mask", "masks"
# After what reads scans.
_PRIORITY = 2
_OPACITY = "masks/opacity"
_USUAL = 0.35


class Masks(QObject):
    """Keeps the mask that lies over the scan, and draws it on every picture.

    Args:
        window: Whose.

    Attributes:
        map: The mask; None without one.
        visible: Whether it is drawn.
        panel: Lists its labels.
        changed: Another mask, or it is drawn in another way.
    """

    changed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._store = window.store
        self._session = window.session
        self._settings = window.settings
        self._panes = window.viewer.panes
        self._overlays = Overlays()
        self._volume: Volume | None = None
        self._hidden: frozenset[int] = frozenset()
        self._style = Style((), _USUAL)
        self.map: LabelMap | None = None
        self.visible = True
        self.actions = MaskActions(window.actions_, self)
        self.panel = MaskPanel(self, window.store)
        window.docks.add(self.panel, tr("Masks"), _PANEL)
        # Below drawings, which are to be seen on it.
        self._panes.hooks.layers.insert(0, self)
        self._store.volume_changed.connect(self._take_volume)

    # What lies over the scan

    @property
    def path(self) -> Path | None:
        """The file of the mask, if there is one."""
        return self.map.path if self.map is not None else None

    def labels(self, view: PlaneView, index: int) -> npt.NDArray[np.unsignedinteger] | None:
        """Return the labels of a slice by its display number, axes (row, column); None without.

        Hidden labels are there too: what is drawn and what is marked are two things.
        """
        if self.map is None or self.map.voxels.shape != view.shape:
            return None
        found: npt.NDArray[np.unsignedinteger] = view.extract(self.map.voxels, index)  # type: ignore[assignment]
        return found

    def at_cursor(self) -> int:
        """Return the label of the voxel that the cursor lies in; 0 for none."""
        view = self._store.view
        if view is None:
            return 0
        labels = self.labels(view, self._store.index)
        if labels is None:
            return 0
        place = view.from_voxel(*self._store.voxel(self._store.state.cursor))[1:]
        row, column = (
            min(max(round(at), 0), size - 1) for at, size in zip(place, labels.shape, strict=True)
        )
        return int(labels[row, column])

    def open(self, path: Path) -> None:
        """Read a mask in the background; the one that is there stays until then."""
        study = self._session.study
        if study is None:
            return
        volume = study.volume
        self._session.jobs.submit(
            "read",
            _KEY,
            lambda context: read_labels(
                path, volume, progress=context.progress, cancel=context.cancel
            ),
            done=lambda found: self._take(found, volume),
            failed=self._session.tell,
            priority=_PRIORITY,
        )

    def choose(self) -> None:
        """Ask for a file and open it."""
        source = self._store.volume.source if self._store.volume is not None else None
        folder = str(source.paths[0].parent) if source is not None and source.paths else ""
        kinds = "(*.nii *.nii.gz *.hdr *.mgh *.mgz *.nrrd *.nhdr *.mha *.mhd)"
        path, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a mask"),
            folder,
            f"{tr('Label maps')} {kinds};;{tr('All files')} (*)",
        )
        if path:
            self.open(Path(path))

    def drop(self, mime: QMimeData) -> bool:
        """Open what was dropped as a mask, if a scan is open; whether it did."""
        paths = dropped_paths(mime)
        if self._session.study is None or not paths:
            return False
        self.open(Path(paths[0]))
        return True

    def close(self) -> None:
        """Take the mask away."""
        self._session.jobs.cancel(_KEY)
        self._set(None)

    # How it is drawn

    @property
    def opacity(self) -> float:
        """Of areas, 0 to 1."""
        return min(max(self._settings.value(_OPACITY, _USUAL), 0.0), 1.0)

    def set_opacity(self, opacity: float) -> None:
        """Draw areas more or less opaque; 0 leaves the outlines."""
        self._settings.set_value(_OPACITY, float(opacity))
        self._restyle()

    def toggle(self) -> None:
        """Show the mask or hide it."""
        self.visible = not self.visible
        self._restyle()

    def is_shown(self, value: int) -> bool:
        """Whether a label is drawn, while the mask is."""
        return value not in self._hidden

    def show_label(self, value: int, shown: bool) -> None:
        """Draw a label or leave it out."""
        self._hidden = self._hidden - {value} if shown else self._hidden | {value}
        self._restyle()

    def paint(self, painter: QPainter, place: Place) -> None:
        """Draw the labels of the slice that a pane shows."""
        found = self.map
        if found is None or not self.visible or not self._style.colours:
            return
        mapping = place.mapping
        labels = self.labels(mapping.view, mapping.index)
        if labels is None or not labels.any():
            return
        part = visible_part(mapping, QRectF(place.area))
        if part is not None:
            image = self._overlays.image(found, mapping.view, mapping.index, part, self._style)
            painter.drawImage(part.rect, image)

    # Following

    def _take(self, found: LabelMap, volume: Volume) -> None:
        if self._store.volume is volume:
            self.visible = True
            self._set(found)
            self._window.docks.show_tab(_PANEL)

    def _set(self, found: LabelMap | None) -> None:
        self.map, self._hidden = found, frozenset()
        self._volume = self._store.volume if found is not None else None
        self._overlays.clear()
        self._restyle()

    @Slot(object)
    def _take_volume(self, volume: Volume | None) -> None:
        """Keep the mask over another part of the same scan; over another grid it means nothing."""
        if self.map is None:
            self._session.jobs.cancel(_KEY)
            return
        kept = self._volume
        if volume is None or kept is None or not volume.same_grid(kept):
            self.close()
        else:
            self._volume = volume

    def _restyle(self) -> None:
        labels = self.map.labels if self.map is not None else ()
        colours = tuple(
            (label.value, label_colour(n))
            for n, label in enumerate(labels)
            if label.value not in self._hidden
        )
        self._style = Style(colours, self.opacity)
        self.changed.emit()
        for canvas in self._panes.findChildren(Canvas):
            canvas.update()
