"""What is known of a reconstruction beyond its first four measures; found out when wanted.

The pipeline measures every bottleneck's PSNR, SSIM, MAE and maximum error. What costs more waits
until a panel that shows it is on the screen: first of the visible slice, then of the volume, slice
by slice from there outwards. Whatever is more urgent goes first, and nothing is done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal, Slot

from isthmus.quality import Foreground
from isthmus.quality.figures import Figures, pool, slice_figures
from isthmus.scans import PlaneView, Volume
from isthmus.ui.figures.scope import Scope
from isthmus.ui.session import Session
from isthmus.ui.state import ViewState
from isthmus.ui.study import Record, Study
from isthmus.work import JobContext

SLICE, VOLUME = "figures slice", "figures volume"
_VISIBLE, _BEHIND_ALL = 0, 3

Place = tuple[str, int, int]


@dataclass(frozen=True, eq=False)
class Job:
    """What a lane needs to measure slices of a reconstruction; plain data.

    Attributes:
        volume: The original.
        voxels: The reconstruction's, on its grid and in its type.
        value_range: Minimum and maximum of the original, in real units.
        foreground: Of the original.
        scope: What counts.
    """

    volume: Volume
    voxels: npt.NDArray[np.generic]
    value_range: tuple[float, float]
    foreground: Foreground
    scope: Scope

    def slice(self, axis: int, number: int) -> Figures:
        """Measure the slice `number` along an axis of the voxels, as it lies in memory."""
        stored, changed = (
            np.take(voxels, number, axis=axis) for voxels in (self.volume.voxels, self.voxels)
        )
        mask = self.foreground.mask(stored) if self.scope is Scope.FOREGROUND else None
        real = self.volume.real
        return slice_figures(real(stored), real(changed), self.value_range, mask)


def measure_slices(job: Job, order: list[int], context: JobContext) -> None:
    """Measure acquired slices in this order; each is handed over as it is known.

    Raises:
        Cancelled: They are no longer wanted.
    """
    for k in order:
        context.cancel.check()
        context.give_way()
        context.partial((k, job.slice(0, k)))


class Known(QObject):
    """Holds all figures, and has those measured that someone shows.

    Args:
        session: Whose scan and reconstructions.

    Attributes:
        changed: More is known.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = session.store
        self._wanted: Scope | None = None
        self._under_way: dict[str, tuple[Any, ...]] = {}
        session.opened.connect(self._start_anew)
        session.looked.connect(self._start_anew)
        session.codec_changed.connect(self._start_anew)
        session.pipeline.figures_changed.connect(self.plan)
        session.pipeline.picture_changed.connect(self.plan)
        self._store.changed.connect(self._follow)

    def want(self, scope: Scope | None) -> None:
        """Say what is on the screen; None for nothing of it."""
        if scope != self._wanted:
            self._wanted = scope
            self.plan()

    def of_slice(self, name: str, scope: Scope, view: PlaneView, index: int) -> Figures | None:
        """Return the figures of a display slice at a bottleneck; None while they are unknown."""
        record = self._record(name)
        return None if record is None else record.figures.get(place(scope, view, index))

    def of_volume(self, name: str, scope: Scope) -> Figures | None:
        """Return the figures of the volume at a bottleneck; None while they are unknown."""
        record = self._record(name)
        return None if record is None else record.pooled.get(scope)

    def _record(self, name: str) -> Record | None:
        study = self._session.study
        return study.records.get(name) if study is not None else None

    # What comes next

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        decides = ("cursor", "plane", "bottleneck")
        if any(getattr(new, name) != getattr(old, name) for name in decides):
            self.plan()

    @Slot()
    def plan(self, *_: object) -> None:
        """Submit what is wanted and not known; leave what no one waits for."""
        study, scope, name = self._session.study, self._wanted, self._session.asked
        record = self._record(name)
        if study is None or scope is None or record is None or record.picture is None:
            self._leave(SLICE, VOLUME)
            return
        job = Job(
            study.volume,
            record.picture.voxels,
            study.opened.full_range,
            study.foreground,
            scope,
        )
        self._plan_slice(record, name, job)
        self._plan_volume(study, record, name, job)

    def _plan_slice(self, record: Record, name: str, job: Job) -> None:
        view, index, picture = self._store.view, self._store.index, record.picture
        if view is None or picture is None or not picture.has_slice(view, index):
            self._leave(SLICE)
            return
        of = place(job.scope, view, index)
        if of in record.figures:
            self._leave(SLICE)
            return

        def take(found: Figures) -> None:
            record.figures[of] = found
            self._end(SLICE)

        self._submit(SLICE, (name, *of), lambda _context: job.slice(*of[1:]), take)

    def _plan_volume(self, study: Study, record: Record, name: str, job: Job) -> None:
        """Measure the rest once the pipeline has measured its own."""
        scope, n_slices = job.scope, study.volume.shape[0]
        if scope in record.pooled or record.quality is None or not record.whole:
            self._leave(VOLUME)
            return
        k = self._store.k
        missing = [each for each in range(n_slices) if (scope, 0, each) not in record.figures]
        missing.sort(key=lambda each: abs(each - k))

        def take_part(part: tuple[int, Figures]) -> None:
            record.figures[(scope, 0, part[0])] = part[1]

        def take(_: None) -> None:
            slices = [record.figures[(scope, 0, each)] for each in range(n_slices)]
            record.pooled[scope] = pool(slices, study.data_range)
            self._end(VOLUME)

        self._submit(
            VOLUME,
            (name, scope),
            lambda context: measure_slices(job, missing, context),
            take,
            take_part,
            _BEHIND_ALL,
        )

    def _submit(
        self,
        key: str,
        of: tuple[Any, ...],
        run: Callable[[JobContext], Any],
        take: Callable[[Any], None],
        take_part: Callable[[Any], None] = lambda part: None,
        priority: int = _VISIBLE,
    ) -> None:
        if self._under_way.get(key) == of:
            return
        self._under_way[key] = of
        self._session.jobs.submit(
            "measure",
            key,
            run,
            done=take,
            # It stays under way in name, so that what fails is not tried for ever.
            failed=self._session.tell,
            partial=take_part,
            priority=priority,
        )

    def _end(self, key: str) -> None:
        self._under_way.pop(key, None)
        self.changed.emit()
        self.plan()

    def _leave(self, *keys: str) -> None:
        for key in keys:
            if self._under_way.pop(key, None) is not None:
                self._session.jobs.cancel(key)

    @Slot()
    def _start_anew(self, *_: object) -> None:
        self._leave(SLICE, VOLUME)
        self.plan()


def place(scope: Scope, view: PlaneView, index: int) -> Place:
    """Return which slice of the voxels a display slice is, whichever way it is turned."""
    axis = view.slice_axis
    return scope, axis, round(view.to_voxel(index, 0, 0)[axis])
