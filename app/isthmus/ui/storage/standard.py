"""Standard codecs on the open scan: what is known of them, and the order in which it is found.

They wait for everything else. What the visible panel needs comes first: the lossless codecs and
JPEG 2000 at the quality of the bottleneck that is shown; then, once every bottleneck is measured,
the points of the curves, one by one. Another scan drops all of it.
"""

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isthmus.errors import IsthmusError
from isthmus.ui.session import Session
from isthmus.ui.storage import encoding
from isthmus.ui.storage.encoding import HEVC, JPEG_2000, JPEG_LS, JPEG_XL, Point
from isthmus.ui.study import Study
from isthmus.work import JobContext

LANE, KEY = "anchors", "standard"
POINTS = 5
_LAST = 9  # behind everything else in the lane
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One encoding that someone waits for.

    Attributes:
        kind: Without loss, at the quality of a bottleneck, or a point of a curve.
        codec: An anchor's name.
        psnr: What to aim at, in dB.
    """

    kind: Literal["lossless", "same", "curve"]
    codec: str
    psnr: float = math.inf

    def run(self, study: Study, context: JobContext) -> Point:
        """Encode. Called in the lane."""
        if self.kind == "lossless":
            return encoding.lossless(study.volume, self.codec, context)
        make = encoding.at_quality if self.kind == "same" else encoding.near
        return make(study.volume, self.codec, self.psnr, context)


class StandardCodecs(QObject):
    """Encodes the open scan by standard codecs, as far as someone wants to know.

    Args:
        session: The open scan.
        shown: Returns the name of the bottleneck that is shown; empty if none is.
        parent: Owns this.

    Attributes:
        changed: Something became known, began or was dropped.
    """

    changed = Signal()

    def __init__(
        self, session: Session, shown: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = shown
        self._known: dict[Task, Point] = {}
        self._reasons: dict[Task, str] = {}
        self._levels: tuple[float, ...] = ()
        self._running: Task | None = None
        self._stopped = False
        self._panel = self._curves = False
        session.store.volume_changed.connect(self._start_over)
        session.opened.connect(self._start_over)
        session.codec_changed.connect(self._forget_levels)
        session.pipeline.figures_changed.connect(self.plan)
        session.pipeline.picture_changed.connect(self.plan)
        session.jobs.ended.connect(self._look_after)

    # What someone wants to know

    def want_panel(self, wanted: bool) -> None:
        """Encode what the storage panel shows, while it is visible."""
        self._panel = wanted
        self._resume()

    def want_curves(self, wanted: bool) -> None:
        """Encode the points of the curves, once all else about a scan is known."""
        self._curves = wanted
        self._resume()

    @property
    def curves_wanted(self) -> bool:
        """Whether curves are asked for."""
        return self._curves

    # What is known

    def lossless(self) -> Point | None:
        """Return the smaller of the lossless encodings that are known."""
        return min(self.lossless_points(), key=lambda point: point.size, default=None)

    def lossless_points(self) -> tuple[Point, ...]:
        """Return the lossless encodings that are known."""
        known = (self._known.get(Task("lossless", codec)) for codec in (JPEG_LS, JPEG_XL))
        return tuple(point for point in known if point is not None)

    def same_quality(self, psnr: float) -> Point | None:
        """Return JPEG 2000 at a bottleneck's PSNR, once it is encoded."""
        return self._known.get(Task("same", JPEG_2000, psnr))

    def reason(self, kind: Literal["lossless", "same"], psnr: float = math.inf) -> str:
        """Return why an encoding is not to be had; empty if that is not known."""
        if kind == "same":
            return self._reasons.get(Task("same", JPEG_2000, psnr), "")
        reasons = (self._reasons.get(Task("lossless", codec), "") for codec in (JPEG_XL, JPEG_LS))
        return next(filter(None, reasons), "")

    def curve(self, codec: str) -> tuple[Point, ...]:
        """Return the points of a codec that are known, smallest first, each with its real bytes."""
        found = {
            point
            for task, point in self._known.items()
            if task.codec == codec and task.kind != "lossless" and math.isfinite(point.psnr)
        }
        return tuple(sorted(found, key=lambda point: (point.size, point.psnr)))

    def points(self) -> tuple[Point, ...]:
        """Return everything that was encoded, by codec and size."""
        return tuple(sorted(set(self._known.values()), key=lambda each: (each.codec, each.size)))

    @property
    def running(self) -> Task | None:
        """What is being encoded."""
        return self._running

    @property
    def waiting(self) -> bool:
        """Whether something that is wanted is not known yet and can be found now."""
        return bool(self._wanted())

    # The order of work

    @Slot()
    def plan(self) -> None:
        """Encode what is wanted most, in place of what no one waits for."""
        study = self._session.study
        wanted = self._wanted()
        if not wanted or study is None:
            if self._running is not None:
                self._running = None
                self._session.jobs.cancel(KEY)
                self.changed.emit()
            return
        if self._running in wanted[:1]:
            return
        task = self._running = wanted[0]
        self._session.jobs.submit(
            LANE,
            KEY,
            lambda context: task.run(study, context),
            done=lambda point: self._take(task, point),
            failed=lambda error: self._fail(task, error),
            priority=_LAST,
        )
        self.changed.emit()

    def _wanted(self) -> list[Task]:
        study = self._session.study
        if study is None or self._stopped:
            return []
        tasks: list[Task] = []
        if self._panel:
            tasks += [Task("lossless", JPEG_LS), Task("lossless", JPEG_XL)]
            psnr = self._shown_psnr(study)
            if psnr is not None:
                tasks.append(Task("same", JPEG_2000, psnr))
        if self._curves and self._fix_levels(study):
            tasks.append(Task("lossless", JPEG_LS))
            tasks += [Task("curve", JPEG_2000, level) for level in self._levels]
            tasks.append(Task("lossless", JPEG_XL))
            if encoding.installed(HEVC):
                tasks += [Task("curve", HEVC, level) for level in self._levels]
        return [task for task in dict.fromkeys(tasks) if not self._done(task)]

    def _done(self, task: Task) -> bool:
        return task in self._known or task in self._reasons

    def _shown_psnr(self, study: Study) -> float | None:
        shown = self._shown()
        quality = study.record(shown).quality if shown else None
        if quality is None or math.isnan(quality.psnr):
            return None
        return quality.psnr

    def _fix_levels(self, study: Study) -> bool:
        """Spread the curves' points over what the bottlenecks reach; False until that is known."""
        codec = self._session.codec
        if self._levels or codec is None:
            return bool(self._levels)
        records = [study.record(bottleneck.name) for bottleneck in codec.info.bottlenecks]
        if any(record.quality is None and not record.failed for record in records):
            return False
        reached = [record.quality.psnr for record in records if record.quality is not None]
        finite = [psnr for psnr in reached if math.isfinite(psnr)]
        if not finite:
            return False
        low, high = min(finite) - 1, max(finite) + 1
        step = (high - low) / (POINTS - 1)
        self._levels = tuple(round(low + number * step, 1) for number in range(POINTS))
        return True

    # Outcomes

    def _take(self, task: Task, point: Point) -> None:
        self._running = None
        self._known[task] = point
        self.plan()
        self.changed.emit()

    def _fail(self, task: Task, error: BaseException) -> None:
        self._running = None
        if isinstance(error, IsthmusError):
            self._reasons[task] = f"{error.problem} {error.remedy}".strip()
        else:
            _log.error("A standard codec failed.", exc_info=error)
            self._reasons[task] = "The encoder gave up on this scan."
        self.plan()
        self.changed.emit()

    @Slot(str)
    def _look_after(self, key: str) -> None:
        """Notice when the person cancels the work in the status line."""
        if key == KEY and self._running is not None:
            # An outcome, if there is one, is handed over right after this signal.
            QTimer.singleShot(0, self._stop_if_cancelled)

    @Slot()
    def _stop_if_cancelled(self) -> None:
        if self._running is not None and not self._session.jobs.has(KEY):
            self._running = None
            self._stopped = True
            self.changed.emit()

    def _resume(self) -> None:
        self._stopped = False
        self.plan()
        self.changed.emit()

    @Slot()
    def _forget_levels(self) -> None:
        """Another model reaches other qualities; what is encoded stays true."""
        self._levels = ()
        self.plan()

    @Slot()
    def _start_over(self) -> None:
        self._known.clear()
        self._reasons.clear()
        self._levels = ()
        self._stopped = False
        if self._running is not None:
            self._running = None
            self._session.jobs.cancel(KEY)
        self.plan()
        self.changed.emit()
