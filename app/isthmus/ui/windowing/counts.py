"""The histograms of the open scan and of its reconstruction, counted when someone asks."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from isthmus.scans import Volume
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.session import Session
from isthmus.ui.windowing.histogram import Histogram, count
from isthmus.work import JobContext

_ORIGINAL, _MADE = "histogram", "histogram of the reconstruction"

Take = Callable[[Histogram], None]


class Counts(QObject):
    """Keeps the two histograms, and counts in the measure lane what is missing.

    Args:
        session: The open scan.

    Attributes:
        original: Of the scan; None until it was asked for and counted.
        made: Of a whole reconstruction, likewise.
        changed: One of them is there, or has gone.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._jobs = session.jobs
        self.original: Histogram | None = None
        self.made: Histogram | None = None
        self._made_from: Reconstruction | None = None
        self._waiting: list[Take] = []
        session.store.volume_changed.connect(self._forget)

    def ask(self, take: Take | None = None) -> None:
        """Count the scan unless that was done; hand the histogram over when it is there."""
        study = self._session.study
        if study is None:
            return
        if self.original is not None:
            if take is not None:
                take(self.original)
            return
        if take is not None:
            self._waiting.append(take)
        if not self._jobs.has(_ORIGINAL):
            volume = study.volume
            self._submit(_ORIGINAL, lambda context: _count(volume, None, context), self._take)

    def ask_made(self, reconstruction: Reconstruction | None) -> None:
        """Count a reconstruction too, once it is whole; None drops what is known of another."""
        study = self._session.study
        if reconstruction is self._made_from:
            return
        self._made_from = self.made = None
        self._jobs.cancel(_MADE)
        if study is not None and reconstruction is not None and reconstruction.complete:
            self._made_from = reconstruction
            volume = replace(study.volume, voxels=reconstruction.voxels)
            # Its foreground is not asked for: that of the original is what both are judged by.
            self._submit(_MADE, lambda context: _count(volume, 0.0, context), self._take_made)
        self.changed.emit()

    def _submit(self, key: str, function: Callable[[JobContext], Histogram], done: Take) -> None:
        self._jobs.submit(
            "measure", key, function, done=done, failed=self._session.tell, priority=0
        )

    def _take(self, found: Histogram) -> None:
        self.original = found
        waiting, self._waiting = self._waiting, []
        self.changed.emit()
        for take in waiting:
            take(found)

    def _take_made(self, found: Histogram) -> None:
        self.made = found
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._jobs.cancel(_ORIGINAL, _MADE)
        self._waiting.clear()
        self.original = self.made = self._made_from = None
        self.changed.emit()


def _count(volume: Volume, threshold: float | None, context: JobContext) -> Histogram:
    return count(volume, context.cancel.check, threshold=threshold)
