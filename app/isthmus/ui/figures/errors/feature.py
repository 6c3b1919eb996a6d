"""Errors in the window: what the panel shows of the open scan, and how it is found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Slot

from isthmus.quality import Foreground
from isthmus.quality.errors import Errors, WorstPlace, find_errors
from isthmus.scans import Volume
from isthmus.ui import formats
from isthmus.ui.figures.errors.curves import Line
from isthmus.ui.figures.errors.panel import ErrorsPanel
from isthmus.ui.study import Record, Study
from isthmus.ui.view_state import ViewState
from isthmus.ui.words import tr
from isthmus.work import JobContext

if TYPE_CHECKING:
    from isthmus.ui.window import Window

KEY = "errors"
_BEHIND_ALL = 3


def look_for_errors(
    volume: Volume,
    voxels: npt.NDArray[np.generic],
    foreground: Foreground,
    context: JobContext,
) -> Errors:
    """Find out where a reconstruction is off; gives way to what is more urgent."""

    def progress(fraction: float, text: str = "") -> None:
        context.give_way()

    return find_errors(volume, voxels, foreground, progress=progress, cancel=context.cancel)


class Erring(QObject):
    """Fills the panel "Errors" while it is visible; goes to slices and places.

    Args:
        window: All of it but its features is there.

    Attributes:
        panel: What is shown.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._store = window.store
        self._under_way: Record | None = None
        self.panel = ErrorsPanel(window.settings)
        window.docks.add(self.panel, tr("Errors"), "errors")
        panel = self.panel
        panel.seen.connect(self._see)
        panel.page_changed.connect(self.refresh)
        panel.curves.chosen.connect(self._go_to_slice)
        panel.agreement.chosen.connect(lambda at: self._go_to(*panel.agreement.block(at)))
        panel.worst.chosen.connect(self._go_to_worst)
        window.viewer.panes.shown_changed.connect(self.refresh)
        self._session.pipeline.figures_changed.connect(self.refresh)
        self._session.opened.connect(self._start_anew)
        self._session.looked.connect(self._start_anew)
        self._session.codec_changed.connect(self._start_anew)
        self._store.changed.connect(self._follow)

    @property
    def _record(self) -> Record | None:
        """What is known of the bottleneck that is shown."""
        study, shown = self._session.study, self._window.viewer.panes.shown
        if study is None or shown is None:
            return None
        return study.records.get(shown.bottleneck.name)

    @Slot(bool)
    def _see(self, _visible: bool) -> None:
        self.refresh()

    @Slot()
    def _start_anew(self, *_: object) -> None:
        self._leave()
        self.refresh()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.cursor != old.cursor and self.panel.isVisible():
            self._mark_current()

    # Finding out

    @Slot()
    def refresh(self, *_: object) -> None:
        """Show what is known, and have found out what the page needs."""
        study, record = self._session.study, self._record
        if not self.panel.isVisible():
            self._leave()
            return
        shown = self._window.viewer.panes.shown
        self.panel.set_of(shown.label if shown is not None and study is not None else "")
        self._show_curves(study)
        self._show_errors(study, record)
        wants = self.panel.page != "slices"
        missing = record is not None and record.errors is None and record.quality is not None
        if study is None or record is None or not (wants and missing and record.whole):
            self._leave()
        elif record is not self._under_way:
            self._find(study, record)

    def _find(self, study: Study, record: Record) -> None:
        assert record.picture is not None
        volume, voxels, foreground = study.volume, record.picture.voxels, study.foreground
        self._under_way = record

        def take(found: Errors) -> None:
            record.errors = found
            self._under_way = None
            self.refresh()

        self._session.jobs.submit(
            "measure",
            KEY,
            lambda context: look_for_errors(volume, voxels, foreground, context),
            done=take,
            # It stays under way in name, so that what fails is not tried for ever.
            failed=self._session.tell,
            priority=_BEHIND_ALL,
        )

    def _leave(self) -> None:
        if self._under_way is not None:
            self._under_way = None
            self._session.jobs.cancel(KEY)

    # What is shown

    def _show_curves(self, study: Study | None) -> None:
        shown, model = self._window.viewer.panes.shown, self._session.model
        lines = []
        measure = self.panel.measure
        if study is not None and shown is not None and model is not None:
            acquired = next(view for view in study.views.values() if view.slice_axis == 0)
            for bottleneck in model.bottlenecks:
                record = study.records.get(bottleneck.name)
                if record is None or record.quality is None:
                    continue
                values = [measure.value(each) for each in record.quality.slices]
                if acquired.flip_slices:
                    values.reverse()
                count = bottleneck.channels
                name = tr("1 channel") if count == 1 else tr("{count} channels")
                is_shown = bottleneck.name == shown.bottleneck.name
                lines.append(Line(name.format(count=count), tuple(values), is_shown))
        decimals = measure.decimals
        if decimals is None:
            decimals = formats.error_decimals(study.data_range) if study is not None else 1
        self.panel.curves.show_lines(lines, measure, decimals)
        self._mark_current()

    def _mark_current(self) -> None:
        study = self._session.study
        current = study.numbers()[self._store.k] - 1 if study is not None else -1
        self.panel.curves.set_current(current)

    def _show_errors(self, study: Study | None, record: Record | None) -> None:
        found = record.errors if record is not None else None
        unit = study.volume.unit if study is not None else ""
        decimals = formats.error_decimals(study.data_range) if study is not None else 1
        numbers = study.numbers() if study is not None else []
        self.panel.bars.show_histogram(found.histogram if found else None, unit, decimals)
        self.panel.agreement.show_agreement(
            found.agreement if found else None, numbers, unit, decimals
        )
        worst = found.worst if found else ()
        lines = [self._line(study, place, numbers, decimals) for place in worst if study]
        self.panel.worst.show_places(lines)
        if found is None:
            self.panel.say_nothing(tr("Looked for when the reconstruction is whole."))
        else:
            self.panel.say_nothing("" if lines else tr("No place is worse than others."))

    def _line(
        self, study: Study, place: WorstPlace, numbers: list[int], decimals: int
    ) -> tuple[str, str, str, str]:
        volume = study.volume
        mean = formats.number(place.mean, decimals, signed=True)
        what = tr("added") if place.mean > 0 else tr("removed")
        voxel = float(np.prod(volume.spacing))
        size = f"{formats.number(place.voxels * voxel, 0 if voxel >= 1 else 1)} mm³"
        position = _whole_mm(volume, volume.to_mm(*place.place))
        return str(numbers[place.place[0]]), f"{mean} {what}", size, position

    # Going there

    @Slot(int)
    def _go_to_slice(self, index: int) -> None:
        study = self._session.study
        if study is not None:
            self._store.go_to_k(study.numbers().index(index + 1))

    @Slot(int)
    def _go_to_worst(self, at: int) -> None:
        record = self._record
        if record is not None and record.errors is not None and at < len(record.errors.worst):
            self._go_to(*record.errors.worst[at].place)

    def _go_to(self, k: int, j: int, i: int) -> None:
        volume = self._store.volume
        if volume is not None:
            self._store.set_cursor(volume.to_mm(k, j, i))


def _whole_mm(volume: Volume, position: tuple[float, float, float]) -> str:
    """Write a position in whole millimetres, such as "R 13 A 32 S 12"."""
    if not volume.orientation_known:
        return " ".join(formats.number(value, 0) for value in position)
    ends = ("RL", "AP", "SI")  # positive and negative ends of x, y, z in RAS+
    return " ".join(
        f"{letters[value < 0]} {formats.number(abs(value), 0)}"
        for letters, value in zip(ends, position, strict=True)
    )
