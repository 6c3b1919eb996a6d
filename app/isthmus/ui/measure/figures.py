"""The figures of all drawings, measured in the background as far as they are not known.

What can be measured is looked for anew after each change, and one small job runs at a time: while
a drawing is dragged, each of its places that there was time for is measured, the last one always.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal, Slot

from isthmus.quality.profiles import line_positions, sample
from isthmus.quality.regions import RegionFigures, measure_region
from isthmus.scans import Plane, PlaneView, Volume
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.geometry import Points, lay, length_mm, mask_of
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.session import Session
from isthmus.ui.study import Study
from isthmus.work import JobContext

KEY = "drawings"
# What someone looks at comes before what is measured for later.
_PRIORITY = 0
_AT_ONCE = 8


@dataclass(frozen=True, eq=False)
class Profile:
    """Values along a line, in real units.

    Attributes:
        distances: From the line's start, in millimetres; shape (n,).
        original: Shape (n,); NaN outside the slice.
        reconstruction: As `original`; None while there is none of the slice.
    """

    distances: Points
    original: Points
    reconstruction: Points | None


Found = RegionFigures | Profile


@dataclass(frozen=True, eq=False)
class Request:
    """What a job is to measure: a drawing, and the reconstruction to compare, if there is one."""

    drawing: Drawing
    bottleneck: str
    voxels: npt.NDArray[np.generic] | None


@dataclass(frozen=True)
class Known:
    """What is known of a drawing.

    Attributes:
        figures: Of a region.
        profile: Of a profile.
        stale: Whether it was measured before the drawing moved to where it is.
    """

    figures: RegionFigures | None = None
    profile: Profile | None = None
    stale: bool = False


def measure(
    requests: list[Request],
    volume: Volume,
    views: Mapping[Plane, PlaneView],
    data_range: float,
    context: JobContext,
) -> list[Found | None]:
    """Measure drawings on a volume and its reconstructions; runs in a lane.

    Returns:
        For each request its figures; None where the drawing lies outside the scan.

    Raises:
        Cancelled: They are no longer wanted.
    """
    found: list[Found | None] = []
    for request in requests:
        context.cancel.check()
        view = views[request.drawing.plane]
        laid = lay(request.drawing, volume, view)
        if not 0 <= laid.index < view.n_slices:
            found.append(None)
            continue
        ours = volume.real(view.extract(volume.voxels, laid.index))
        theirs = None
        if request.voxels is not None:
            theirs = volume.real(view.extract(request.voxels, laid.index))
        if request.drawing.shape.is_region:
            found.append(measure_region(ours, theirs, mask_of(laid, view), data_range))
            continue
        (r0, c0), (r1, c1) = laid.points
        at = line_positions((float(r0), float(c0)), (float(r1), float(c1)))
        distances = np.linspace(0.0, length_mm(request.drawing), len(at))
        made = None if theirs is None else sample(theirs, at)
        found.append(Profile(distances, sample(ours, at), made))
    return found


class Figures(QObject):
    """Knows the figures of drawings, by bottleneck.

    Args:
        session: Whose scan and reconstructions.
        drawings: What is measured.
        shown: Returns the names of the bottlenecks whose pictures stand in panes.

    Attributes:
        changed: More is known than before, or less.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        drawings: Drawings,
        shown: Callable[[], list[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._drawings = drawings
        self._shown = shown
        self._found: dict[tuple[str, str], tuple[Drawing, bool, Found | None]] = {}
        self._running = False
        drawings.changed.connect(self.plan)
        session.opened.connect(self._forget)
        session.looked.connect(self._forget)
        session.codec_changed.connect(self._forget)
        session.pipeline.picture_changed.connect(self.plan)

    def known(self, drawing: Drawing, bottleneck: str | None = None) -> Known:
        """Return what is known of a drawing.

        Args:
            drawing: Which one.
            bottleneck: Of which reconstruction; None for the one that is shown.
        """
        name = next(iter(self._shown()), "") if bottleneck is None else bottleneck
        entry = self._found.get((drawing.key, name))
        if entry is not None:
            measured, _, found = entry
            return _known(found, stale=not _alike(measured, drawing))
        # Nothing of this reconstruction, but the original's figures are the same for all of them.
        for (key, _), (measured, _, found) in self._found.items():
            if key == drawing.key and _alike(measured, drawing):
                return _known(_without(found), stale=False)
        return Known()

    @Slot()
    def plan(self, _picture: object = None) -> None:
        """Measure what is not known and can be."""
        if self._running:
            return
        study = self._session.study
        if study is None:
            return
        requests = self._missing(study)[:_AT_ONCE]
        if not requests:
            return
        self._running = True
        volume, views, data_range = study.volume, dict(study.views), study.data_range
        self._session.jobs.submit(
            "measure",
            KEY,
            lambda context: measure(requests, volume, views, data_range, context),
            done=lambda found: self._take(requests, found),
            failed=lambda error: self._fail(requests, error),
            priority=_PRIORITY,
        )

    def _missing(self, study: Study) -> list[Request]:
        """Return what is worth measuring, what is selected first."""
        selected = self._drawings.selected
        requests = []
        for drawing in sorted(self._drawings.all, key=lambda one: one is not selected):
            if not (drawing.shape.is_region or drawing.shape is Shape.PROFILE):
                continue
            view = study.views[drawing.plane]
            index = lay(drawing, study.volume, view).index
            for name in self._shown() or [""]:
                picture = study.record(name).picture if name else None
                voxels = None
                if picture is not None and _has(picture, view, index):
                    voxels = picture.voxels
                entry = self._found.get((drawing.key, name))
                there = entry is not None and _alike(entry[0], drawing)
                if entry is None or not there or (voxels is not None and not entry[1]):
                    requests.append(Request(drawing, name, voxels))
        return requests

    def _take(self, requests: list[Request], found: list[Found | None]) -> None:
        self._running = False
        for request, one in zip(requests, found, strict=True):
            whole = request.voxels is not None
            self._found[request.drawing.key, request.bottleneck] = (request.drawing, whole, one)
        self.changed.emit()
        self.plan()

    def _fail(self, requests: list[Request], error: BaseException) -> None:
        self._take(requests, [None] * len(requests))  # not tried again where it stands
        self._session.tell(error)

    @Slot()
    def _forget(self, _what: object = None) -> None:
        """Begin anew: another scan, another part of it, or another model."""
        self._session.jobs.cancel(KEY)
        self._running = False
        self._found.clear()
        self.changed.emit()
        self.plan()


def _has(picture: Reconstruction, view: PlaneView, index: int) -> bool:
    return 0 <= index < view.n_slices and picture.has_slice(view, index)


def _alike(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings hold the same voxels; their names do not matter."""
    return one is other or (one.points, one.plane) == (other.points, other.plane)


def _known(found: Found | None, *, stale: bool) -> Known:
    if isinstance(found, Profile):
        return Known(profile=found, stale=stale)
    return Known(figures=found, stale=stale)


def _without(found: Found | None) -> Found | None:
    """Return what the original alone says."""
    if isinstance(found, RegionFigures):
        return RegionFigures(found.original)
    if isinstance(found, Profile):
        return Profile(found.distances, found.original, None)
    return None
