"""What is open: the scan, the model, and the work on both.

open ─▶ lane "read" ─▶ opened ─────────┐
load_codec ─▶ lane "codec" ─▶ codec_changed ─▶ Pipeline
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from isthmus.codec import ModelInfo, default_model
from isthmus.errors import CheckpointError, IsthmusError
from isthmus.scans import Window
from isthmus.ui import reading, tasks
from isthmus.ui.cache import BUDGET
from isthmus.ui.jobs import Jobs
from isthmus.ui.pipeline import Pipeline, middle
from isthmus.ui.reading import READ, Listing, Look
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.study import Opened, Record, Study, Wanted
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.codec import Codec

_log = logging.getLogger(__name__)

LOAD = "load"
_DEMO, _LAST = "demo", 9


class Session(QObject):
    """Owns the open scan, the codec and the jobs; tells the window what became known.

    Args:
        store: The view's state.
        device: Where the model is to run: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
        bottleneck: Name of the bottleneck to start with; the middle one if empty.
        budget: Bytes of reconstructions kept in memory.

    Attributes:
        asks: Whether someone is there to choose among several series.
        reading: The path that is being read, or None when reading is over.
        listed: A `Listing`: more series were found, or all.
        looked: The `Look` that the store shows while the rest of that scan is read.
        opened: The `Study` that replaces what was open; the store already speaks of its volume.
        model_changed: The `ModelInfo` whose bottlenecks can be chosen.
        codec_changed: The codec is there or runs elsewhere; None if it loads or cannot be loaded.
        failed: Problem and remedy, for the person.
        noticed: Title and text, for the person.
    """

    reading = Signal(object)
    listed = Signal(object)
    looked = Signal(object)
    opened = Signal(object)
    model_changed = Signal(object)
    codec_changed = Signal(object)
    failed = Signal(str, str)
    noticed = Signal(str, str)

    def __init__(
        self,
        store: ViewStore,
        *,
        device: str = "auto",
        bottleneck: str = "",
        budget: int = BUDGET,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.device = device
        self.jobs = Jobs(("read", "codec", "measure", "save", "anchors"), self)
        self.pipeline = Pipeline(store, self.jobs, budget, self)
        self.study: Study | None = None
        self.model: ModelInfo | None = None
        self.codec: Codec | None = None
        self.devices: tuple[str, ...] = ("cpu",)
        self.asks = True
        self._load_failed = False
        self._wanted: Wanted | None = None
        self._look: Look | None = None
        self._left: tuple[Study, ViewState] | None = None
        self._first_bottleneck = bottleneck
        self.pipeline.failed.connect(self.tell)
        self.pipeline.figures_changed.connect(self._take_notices)

    @property
    def asked(self) -> str:
        """Name of the bottleneck asked for."""
        return self.store.state.bottleneck

    def record(self) -> Record | None:
        """Return what is known of the bottleneck asked for, on the open scan."""
        return self.study.record(self.asked) if self.study and self.asked else None

    @property
    def wanted(self) -> Wanted | None:
        """What is being read; None if nothing is."""
        return self._wanted if self.jobs.has(READ) else None

    @property
    def shown(self) -> Wanted | None:
        """What the pictures show: the open scan, or one whose middle slice is there already."""
        if self._look is not None:
            return self._look.wanted
        return self.study.opened.wanted if self.study is not None else None

    @property
    def loading(self) -> bool:
        """Whether the model's weights are there soon."""
        return self.model is not None and self.codec is None and not self._load_failed

    @property
    def complete(self) -> bool:
        """Whether the bottleneck asked for is whole, measured and mapped."""
        record = self.record()
        return (
            record is not None
            and record.whole
            and record.quality is not None
            and record.slice_map is not None
        )

    # The scan

    def open(self, wanted: Wanted) -> None:
        """Read a scan in the background; the open one stays until the new one is there.

        Of a series, the middle slice is shown first. A path at which several series lie is only
        listed, if someone is there to choose.
        """
        self._go_back()
        shown, asks = self.shown, self.asks
        # Another part takes the place of the one that is shown, slice for slice.
        look = shown is None or shown.key != wanted.key
        self._wanted = wanted
        self.reading.emit(wanted.path)
        self.jobs.submit(
            "read",
            READ,
            lambda context: reading.open_path(wanted, context, ask=asks, look=look),
            done=self._take_found,
            failed=lambda error: self._reading_failed(wanted.path, error),
            partial=self._take_early,
            priority=reading.FINDING if wanted.series is None else reading.READING,
        )

    def picture_demo(self, take: Callable[[tasks.Squeeze], None]) -> None:
        """Hand over a slice of the demo scan before and after the neck, made in no one's way."""
        codec = self.codec
        if codec is None:
            return

        def show(squeeze: tasks.Squeeze) -> None:
            if self.study is None:
                take(squeeze)

        self.jobs.submit(
            "codec",
            _DEMO,
            lambda context: tasks.demo_squeeze(codec, context),
            done=show,
            failed=self.tell,
            priority=_LAST,
        )

    def cancel_reading(self) -> None:
        """Stop reading; the open scan stays."""
        if self.jobs.has(READ):
            self.jobs.cancel(READ)
            self._go_back()
            self.reading.emit(None)

    def _take_early(self, part: Listing | Look) -> None:
        if isinstance(part, Listing):
            self.listed.emit(part)
            return
        if self.study is not None:
            self._left = (self.study, self.store.state)
        self.pipeline.begin(None, None)
        self.study, self._look = None, part
        self.store.set_volume(part.volume, part.window, one_slice=True)
        self.looked.emit(part)

    def _take_found(self, found: Opened | Listing) -> None:
        if isinstance(found, Listing):
            self.listed.emit(found)
            if not self.jobs.has(READ):  # the person may have chosen while it was searched
                self.reading.emit(None)
        else:
            self._take_scan(found)

    def _take_scan(self, opened: Opened) -> None:
        same = self.shown is not None and self.shown.key == opened.wanted.key
        before = self.store.state.window_centre, self.store.state.window_width
        rest, self._look, self._left = self._look is not None, None, None
        self.pipeline.begin(None, None)
        self.study = Study(opened)
        self.store.set_volume(opened.volume, opened.window, keep=same)
        if same and not (rest or _alike(before, opened.window)):
            self.store.set_window(opened.window.centre, opened.window.width)
        self.reading.emit(None)
        self.opened.emit(self.study)
        source = opened.volume.source
        # Who steps through the parts need not be told which one is open, nor what lies beside it.
        stepped = same and not rest
        part = source.parts[source.part] if stepped and source.parts else ""
        strays = "" if stepped else source.about_strays
        for warning in filter(None, (*source.warnings, strays)):
            if not (part and part in warning):
                self.noticed.emit(source.title, warning)
        self.pipeline.begin(self.study, self.codec)

    def _go_back(self) -> None:
        """Show what was open before the scan of which only one slice is there."""
        look, left = self._look, self._left
        self._look = self._left = None
        if look is None:
            return
        if left is None:
            self.store.set_volume(None)
            return
        self.study, state = left
        opened = self.study.opened
        self.store.restore(opened.volume, opened.window, state)
        self.opened.emit(self.study)
        self.pipeline.begin(self.study, self.codec)
        self.pipeline.announce()

    def _reading_failed(self, path: Path, error: BaseException) -> None:
        self._go_back()
        self.reading.emit(None)
        if isinstance(error, MemoryError):
            problem = tr("There is not enough memory to open {name}.").format(name=path.name)
            self.failed.emit(problem, tr("Close other programs, or open a smaller scan."))
        else:
            self.tell(error, tr("{name} cannot be opened.").format(name=path.name))

    # The model

    def start_model(self, info: ModelInfo) -> None:
        """Go over to another model; what the present one made is dropped at once."""
        # Before the other's bottlenecks are offered, which may have other names.
        self._drop_codec()
        self.choose_model(info)
        self.load_codec()

    def choose_model(self, info: ModelInfo | None = None) -> None:
        """Offer a model's bottlenecks, the default model's if none is named; reads headers only."""
        try:
            self.model = info or default_model()
            names = [bottleneck.name for bottleneck in self.model.bottlenecks]
            wanted, self._first_bottleneck = self._first_bottleneck, ""
            if wanted and wanted not in names:
                self.model.bottleneck(wanted)  # raises, and says which names there are
        except CheckpointError as error:
            self.failed.emit(error.problem, error.remedy)
            if self.model is None:
                return
        known = (name for name in (wanted, self.asked) if name in names)
        self.model_changed.emit(self.model)
        self.store.set_bottleneck(next(known, middle(self.model).name))

    def load_codec(self, device: str | None = None) -> None:
        """Load the model's weights, on another device if one is named. Imports torch at first."""
        self.device = device or self.device
        if self.model is None:
            return
        self._drop_codec()
        info, wanted = self.model, self.device
        self.jobs.submit(
            "codec",
            LOAD,
            lambda context: tasks.load_codec(info, wanted, context),
            done=lambda loaded: self.use_codec(*loaded),
            failed=self._loading_failed,
        )

    def _drop_codec(self) -> None:
        self.pipeline.begin(None, None)
        self.codec, self._load_failed = None, False
        if self.study is not None:
            self.study.records.clear()
        self.codec_changed.emit(None)

    def _loading_failed(self, error: BaseException) -> None:
        self._load_failed = True
        self.codec_changed.emit(None)
        self.tell(error)

    def stop(self) -> None:
        """Stop what runs on the open scan until someone chooses a bottleneck."""
        self.pipeline.stop()
        self.noticed.emit(tr("Stopped"), tr("Choose the bottleneck again to go on."))

    def use_codec(self, codec: "Codec", devices: tuple[str, ...]) -> None:
        """Work with this codec from now on; what another one made of the scan is dropped.

        Args:
            codec: A codec that no one else uses.
            devices: What can be asked for in `load_codec`.
        """
        self.codec, self.devices = codec, devices
        self._take_notices()
        self.codec_changed.emit(codec)
        if self.study is not None:
            self.study.records.clear()
        self.pipeline.begin(self.study, codec)

    # Messages and the end

    @Slot()
    def _take_notices(self) -> None:
        notices = self.codec.take_notices() if self.codec is not None else ()
        for notice in notices:
            title, _, text = notice.partition(". ")
            self.noticed.emit(title, text)
        if notices:
            self.codec_changed.emit(self.codec)  # it may run on another device now

    @Slot(object)
    def tell(self, error: BaseException, problem: str = "") -> None:
        """Turn a job's exception into a message; what no one foresaw also goes to the log."""
        if isinstance(error, IsthmusError):
            self.failed.emit(error.problem, error.remedy)
        elif isinstance(error, MemoryError):
            self.failed.emit(
                tr("There is not enough memory for this step."),
                tr("Close other programs, or open a smaller scan."),
            )
        else:
            _log.error("A background job failed.", exc_info=error)
            self.failed.emit(
                problem or tr("Something went wrong in the background."),
                tr("{error}. The open scan is not touched.").format(
                    error=f"{type(error).__name__}: {error}"
                ),
            )

    def close(self, timeout: float = 10.0) -> bool:
        """Drop all work and wait for it to stop.

        Returns:
            Whether every thread ended in time.
        """
        return self.jobs.close(timeout)


def _alike(shown: tuple[float, float], own: Window) -> bool:
    """Whether another part of a scan can be seen in the window in which the last one is shown."""
    centre, width = shown
    return abs(centre - own.centre) < own.width / 2 and 0.5 < width / own.width < 2
