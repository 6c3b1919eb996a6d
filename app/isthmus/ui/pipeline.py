"""The order of work on the open scan.

    preview of the visible slab ─▶ the bottleneck asked for, whole, and its map ─▶ its quality
                                       ─▶ the pinned one ─▶ the other bottlenecks, one by one

Nothing here computes. `plan` looks at what is known, drops what no one waits for, and submits what
is missing most; it is called whenever something was asked or became known.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from isthmus.codec import Bottleneck, ModelInfo
from isthmus.latents import SliceMap
from isthmus.quality import Measures, Quality
from isthmus.ui import tasks
from isthmus.ui.cache import BUDGET
from isthmus.ui.jobs import Jobs
from isthmus.ui.shelf import Shelf
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.study import Study
from isthmus.ui.view_state import Layout

if TYPE_CHECKING:
    from isthmus.codec import Codec

_FIRST, _ASKED, _OTHERS = 0, 1, 2

PREVIEW, REBUILD = "preview", "rebuild"
_SLICE, _VOLUME, _PLANE = "slice", "quality", "plane"


class Pipeline(QObject):
    """Keeps one scan's reconstructions coming, in the order in which someone looks at them.

    Args:
        store: Its cursor, plane and bottleneck steer the order of work.
        jobs: Where work is submitted; lanes `"codec"` and `"measure"`.
        budget: Bytes of reconstructions kept in memory.

    Attributes:
        picture_changed: The `Reconstruction` asked for (None if there is nothing of it yet) is
            another one, or has new slices or its bytes.
        pinned_changed: The same of the pinned bottleneck; None also if nothing is pinned.
        figures_changed: Name of a bottleneck whose measures, point or map became known.
        planned: What is under way may have changed.
        failed: The exception of a job.
    """

    picture_changed = Signal(object)
    pinned_changed = Signal(object)
    figures_changed = Signal(str)
    planned = Signal()
    failed = Signal(object)

    def __init__(
        self, store: ViewStore, jobs: Jobs, budget: int = BUDGET, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._jobs = jobs
        self._shelf = Shelf(budget)
        self._focus = tasks.Focus()
        self._study: Study | None = None
        self._codec: Codec | None = None
        self._previewing: tuple[str, int] | None = None
        self._slicing: tuple[str, int] | None = None
        self._rebuilding = ""
        self._measuring = ""
        self._stopped = False
        store.changed.connect(self._follow)

    @property
    def asked(self) -> str:
        """Name of the bottleneck asked for."""
        return self._store.state.bottleneck

    @property
    def pinned(self) -> str:
        """Name of the pinned bottleneck; empty if none is, or if it is the one asked for."""
        name, codec = self._store.state.pinned, self._codec
        known = codec is not None and any(each.name == name for each in codec.info.bottlenecks)
        return name if known and name != self.asked else ""

    @property
    def rebuilding(self) -> str:
        """Name of the bottleneck that is being made whole; empty if none is."""
        return self._rebuilding

    @property
    def stopped(self) -> bool:
        """Whether the person stopped the work; only the visible slice is made then."""
        return self._stopped

    @property
    def under_way(self) -> bool:
        """Whether the bottleneck asked for is being made, the visible slice or the whole."""
        previewing = self._previewing is not None and self._previewing[0] == self.asked
        return previewing or self._rebuilding == self.asked != ""

    @property
    def settled(self) -> bool:
        """Whether all about the open scan is known, has failed, or was left when stopped."""
        if self._study is None or self._codec is None or self._jobs.busy:
            return False
        if self._stopped:
            return True
        return self._next_missing(self._codec, self._study) is None

    def begin(self, study: Study | None, codec: "Codec | None") -> None:
        """Work on this scan with this codec from now on; drop what was under way.

        With another codec than before, the study's records are to be empty.
        """
        self._jobs.cancel(PREVIEW, REBUILD, _SLICE, _VOLUME, _PLANE)
        self._previewing = self._slicing = None
        self._rebuilding = self._measuring = ""
        self._stopped = False
        self._study, self._codec = study, codec
        self._shelf.begin(study)
        self._focus.k = self._store.k
        self.plan()

    def announce(self) -> None:
        """Tell all that is known of the scan, to a front that shows none of it."""
        for name, record in (self._study.records if self._study else {}).copy().items():
            self.figures_changed.emit(name)
            if name == self.asked:
                self.picture_changed.emit(record.picture)
        self._announce_pinned()

    def stop(self) -> None:
        """Leave what is not finished as it is, until someone asks for a bottleneck again.

        The visible slice is still made: it takes a moment only.
        """
        if self._study is None or self._codec is None:
            return
        self._stopped = True
        self._jobs.cancel(REBUILD, _VOLUME, _PLANE)
        self._rebuilding = self._measuring = ""
        self.plan()
        self.figures_changed.emit(self.asked)

    def resume(self) -> None:
        """Go on after a stop, and try the bottleneck asked for again if it failed."""
        if self._study is None:
            return
        record = self._study.record(self.asked)
        if self._stopped or record.failed:
            self._stopped = record.failed = False
            self.plan()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        self._focus.k = self._store.k
        if new.bottleneck != old.bottleneck and self._study is not None:
            record = self._study.record(new.bottleneck)
            self._stopped = record.failed = False
            self._shelf.touch(self._study, new.bottleneck)
            self.picture_changed.emit(record.picture)
            self.figures_changed.emit(new.bottleneck)
        if new.pinned != old.pinned or new.bottleneck != old.bottleneck:
            self._shelf.touch(self._study, new.pinned)
            self._announce_pinned()
        decides = ("cursor", "plane", "bottleneck", "pinned", "layout")
        if any(getattr(new, name) != getattr(old, name) for name in decides):
            self.plan()

    # What comes next

    def plan(self) -> None:
        """Drop what no one waits for, and submit what is missing most."""
        codec, study = self._codec, self._study
        if codec is None or study is None or not self.asked:
            return
        self._plan_preview(codec, study)
        self._plan_slice(study)
        if not self._stopped:
            self._plan_rebuild(codec, study)
            self._plan_volume(study)
            self._plan_plane(study)
        self.planned.emit()

    def _plan_preview(self, codec: "Codec", study: Study) -> None:
        k = self._store.k
        name = next((each for each in self._looked_at if study.lacks(each, k)), None)
        if name is None or not self._sees_acquired(study):
            self._jobs.cancel(PREVIEW)
            self._previewing = None
            return
        wanted = (name, codec.slab_of(k))
        if wanted == self._previewing:
            return
        self._previewing = wanted
        bottleneck, data_range = codec.info.bottleneck(name), study.data_range
        self._jobs.submit(
            "codec",
            PREVIEW,
            lambda context: tasks.preview(
                codec, study.volume, bottleneck, k, data_range, context.cancel
            ),
            done=lambda found: self._take_preview(study, bottleneck, found),
            failed=lambda error: self._take_failure(study, bottleneck.name, error),
            priority=_FIRST,
        )

    def _plan_rebuild(self, codec: "Codec", study: Study) -> None:
        wanted = self._next_missing(codec, study)
        if wanted is None or wanted == self._rebuilding:
            return
        urgent = wanted == self.asked
        # One thing at a time in the background, so that scrolling stays smooth.
        if not urgent and (self._rebuilding or self._measuring):
            return
        bottleneck = codec.info.bottleneck(wanted)
        record = study.record(wanted)
        record.picture = picture = self._shelf.picture(study, bottleneck)
        self._rebuilding = wanted
        self._shelf.keep(study, self._needed)
        file, target, focus = record.file, picture.voxels, self._focus
        self._jobs.submit(
            "codec",
            REBUILD,
            lambda context: tasks.rebuild(
                codec, study.volume, bottleneck, file, target, focus, context
            ),
            done=lambda found: self._take_map(study, bottleneck, found),
            failed=lambda error: self._take_failure(study, bottleneck.name, error),
            partial=lambda part: self._take_part(study, bottleneck, part),
            priority=_ASKED if urgent else _OTHERS,
        )

    def _plan_slice(self, study: Study) -> None:
        """Measure the visible slice alone while the whole is not measured."""
        name, k = self.asked, self._store.k
        record = study.record(name)
        picture = record.picture
        known = record.quality is not None or k in record.slices
        if known or record.failed or picture is None or not picture.ready[k]:
            self._jobs.cancel(_SLICE)
            self._slicing = None
            return
        if self._slicing == (name, k):
            return
        self._slicing = (name, k)
        volume, target, data_range = study.volume, picture.voxels, study.data_range

        def take(found: Measures) -> None:
            self._slicing = None
            record.slices[k] = found
            self._announce(study, name)

        self._jobs.submit(
            "measure",
            _SLICE,
            lambda context: tasks.measure_one(volume, target, k, data_range, context),
            done=take,
            failed=lambda error: self._take_failure(study, name, error),
            priority=_FIRST,
        )

    def _plan_volume(self, study: Study) -> None:
        order = [self.asked, *(name for name in study.records if name != self.asked)]
        name = next((name for name in order if study.record(name).unmeasured), None)
        if name is None or name == self._measuring or (self._measuring and name != self.asked):
            return
        picture = study.record(name).picture
        assert picture is not None
        self._measuring = name
        bottleneck, target = picture.bottleneck, picture.voxels
        self._jobs.submit(
            "measure",
            _VOLUME,
            lambda context: tasks.measure(study.volume, target, context),
            done=lambda found: self._take_quality(study, bottleneck, found),
            failed=lambda error: self._take_failure(study, bottleneck.name, error),
            priority=_ASKED,
        )

    def _plan_plane(self, study: Study) -> None:
        """Measure the slices of a plane that was not acquired, when that plane is looked at."""
        name, plane = self.asked, self._store.state.plane
        record, view = study.record(name), study.views[plane]
        if view.slice_axis == 0 or plane in record.planes or not record.whole or record.failed:
            self._jobs.cancel(_PLANE)
            return
        if self._jobs.has(_PLANE):
            return
        assert record.picture is not None
        target, data_range = record.picture.voxels, study.data_range

        def take(found: tuple[Measures, ...]) -> None:
            record.planes[plane] = found
            self._announce(study, name)

        self._jobs.submit(
            "measure",
            _PLANE,
            lambda context: tasks.measure_plane(study.volume, target, view, data_range, context),
            done=take,
            failed=lambda error: self._take_failure(study, name, error),
            priority=_OTHERS,
        )

    def _next_missing(self, codec: "Codec", study: Study) -> str | None:
        """Return the name of the bottleneck to make next, if one is missing."""
        return study.next_missing([each.name for each in codec.info.bottlenecks], self._looked_at)

    # What becomes known

    def _take_preview(self, study: Study, bottleneck: Bottleneck, found: tasks.Preview) -> None:
        self._previewing = None
        record = study.record(bottleneck.name)
        picture = self._shelf.picture(study, bottleneck)
        inside = slice(found.slices.start, found.slices.stop)
        if not picture.ready[inside].all():
            picture.voxels[inside] = found.voxels
            ready = picture.ready.copy()
            ready[inside] = True
            picture = replace(picture, ready=ready)
        record.picture = picture
        record.slices[found.k] = found.measures
        if not any(known.quality for known in study.records.values()):
            self._store.set_difference_limit(found.limit, automatic=True)
        self._announce(study, bottleneck.name)

    def _take_part(
        self, study: Study, bottleneck: Bottleneck, part: tasks.Encoded | tasks.Decoded
    ) -> None:
        record = study.record(bottleneck.name)
        picture = self._shelf.picture(study, bottleneck)
        if isinstance(part, tasks.Encoded):
            record.file = part.file
            record.picture = replace(picture, file_bytes=len(part.file))
        else:
            record.picture = replace(picture, ready=picture.ready | part.ready)
        self._announce(study, bottleneck.name, figures=isinstance(part, tasks.Encoded))

    def _take_map(self, study: Study, bottleneck: Bottleneck, found: SliceMap) -> None:
        self._rebuilding = ""
        study.record(bottleneck.name).slice_map = found
        self._announce(study, bottleneck.name)

    def _take_quality(
        self, study: Study, bottleneck: Bottleneck, found: tuple[Quality, float]
    ) -> None:
        self._measuring = ""
        first = not any(known.quality for known in study.records.values())
        study.record(bottleneck.name).quality, limit = found
        # The scale is that of the middle bottleneck, and stays while the selector moves.
        if first or (self._codec and bottleneck == middle(self._codec.info)):
            self._store.set_difference_limit(limit, automatic=True)
        self._announce(study, bottleneck.name)

    def _take_failure(self, study: Study, name: str, error: BaseException) -> None:
        self._previewing = self._slicing = None
        self._rebuilding = "" if name == self._rebuilding else self._rebuilding
        self._measuring = "" if name == self._measuring else self._measuring
        study.record(name).failed = True  # not tried again until someone asks for it
        self.failed.emit(error)
        self.plan()

    def _announce(self, study: Study, name: str, *, figures: bool = True) -> None:
        """Tell about a bottleneck's new state, and go on with what is missing."""
        self._shelf.keep(study, self._needed)
        if name == self.asked:
            self.picture_changed.emit(study.record(name).picture)
        if name == self._store.state.pinned:
            self._announce_pinned()
        if figures:
            self.figures_changed.emit(name)
        self.plan()

    def _announce_pinned(self) -> None:
        name = self._store.state.pinned
        record = self._study.records.get(name) if self._study is not None and name else None
        self.pinned_changed.emit(record.picture if record is not None else None)

    @property
    def _looked_at(self) -> tuple[str, ...]:
        """The bottlenecks that someone looks at, the one asked for first."""
        return (self.asked, self.pinned) if self.pinned else (self.asked,)

    @property
    def _needed(self) -> set[str]:
        return {*self._looked_at, self._rebuilding, self._measuring}

    def _sees_acquired(self, study: Study) -> bool:
        """Whether a slice can be seen that was acquired as one: a slab alone has it."""
        state = self._store.state
        return state.layout is Layout.NINE or study.views[state.plane].slice_axis == 0


def middle(info: ModelInfo) -> Bottleneck:
    """Return the bottleneck to start with: the middle one."""
    return info.bottlenecks[len(info.bottlenecks) // 2]
