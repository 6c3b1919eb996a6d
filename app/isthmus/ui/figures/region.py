"""All figures of the region that is selected, measured in the background."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal, Slot

from isthmus.quality.figures import Figures, slice_figures
from isthmus.scans import PlaneView, Volume
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.geometry import lay, mask_of
from isthmus.ui.measure.shapes import Drawing
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.session import Session
from isthmus.work import JobContext

KEY = "figures region"
_PRIORITY = 0


def measure_drawing(
    drawing: Drawing,
    volume: Volume,
    voxels: npt.NDArray[np.generic],
    view: PlaneView,
    value_range: tuple[float, float],
    context: JobContext,
) -> Figures | None:
    """Return the figures of a region; None where it lies outside the scan."""
    context.cancel.check()
    laid = lay(drawing, volume, view)
    if not 0 <= laid.index < view.n_slices:
        return None
    mask = mask_of(laid, view).whole((view.n_rows, view.n_columns))
    ours, theirs = (volume.real(view.extract(each, laid.index)) for each in (volume.voxels, voxels))
    return slice_figures(ours, theirs, value_range, mask)


class Region(QObject):
    """Knows the figures of the selected region at the bottleneck that is shown.

    Args:
        session: Whose scan.
        drawings: Which is selected.

    Attributes:
        changed: Another region is selected, or its figures are there.
    """

    changed = Signal()

    def __init__(self, session: Session, drawings: Drawings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drawings = drawings
        self._of: tuple[Drawing, str] | None = None
        self._figures: Figures | None = None
        self._picture: Reconstruction | None = None
        drawings.changed.connect(self.plan)
        drawings.selected_changed.connect(self.plan)

    @property
    def name(self) -> str:
        """The region's; empty if none is selected."""
        drawing = self._selected()
        return "" if drawing is None else drawing.name

    @property
    def figures(self) -> Figures | None:
        """None while they are unknown."""
        return self._figures

    def want(self, picture: Reconstruction | None) -> None:
        """Say which reconstruction is shown beside the figures; None if they are not seen."""
        self._picture = picture
        self.plan()

    def _selected(self) -> Drawing | None:
        drawing = self._drawings.selected
        return drawing if drawing is not None and drawing.shape.is_region else None

    @Slot()
    def plan(self) -> None:
        """Measure what is selected, unless it is known or under way."""
        study, drawing, picture = self._session.study, self._selected(), self._picture
        if study is None or drawing is None or picture is None:
            self._forget()
            return
        view = study.views[drawing.plane]
        index = lay(drawing, study.volume, view).index
        there = 0 <= index < view.n_slices and picture.has_slice(view, index)
        of = (drawing, picture.bottleneck.name)
        if not there or picture.voxels.shape != study.volume.shape:
            self._forget()
            return
        if of == self._of:
            return
        self._of, self._figures = of, None
        volume, voxels, value_range = study.volume, picture.voxels, study.opened.full_range

        def take(found: Figures | None) -> None:
            self._figures = found
            self.changed.emit()

        self._session.jobs.submit(
            "measure",
            KEY,
            lambda context: measure_drawing(drawing, volume, voxels, view, value_range, context),
            done=take,
            failed=self._session.tell,
            priority=_PRIORITY,
        )
        self.changed.emit()

    def _forget(self) -> None:
        known = self._of is not None
        self._of = self._figures = None
        self._session.jobs.cancel(KEY)
        if known or self._selected() is not None:
            self.changed.emit()
