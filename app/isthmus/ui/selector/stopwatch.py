"""How long each bottleneck takes here, from the scan to its reconstruction."""

import time

from PySide6.QtCore import QObject, Signal, Slot

from isthmus.ui.session import Session


class Stopwatch(QObject):
    """Watches the pipeline make one bottleneck after another.

    It is wall time: what is more urgent, such as the visible slice, runs in between. What was
    interrupted, or is decoded again from bytes that are known, is not told.

    Attributes:
        taken: Name of a bottleneck, and the seconds it took.
    """

    taken = Signal(str, float)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._name = ""
        self._start = 0.0
        session.pipeline.planned.connect(self._look)
        session.pipeline.figures_changed.connect(self._look)
        session.store.volume_changed.connect(self._stop)
        session.codec_changed.connect(self._stop)

    @Slot()
    def _look(self) -> None:
        pipeline, study = self._session.pipeline, self._session.study
        now, name = time.perf_counter(), self._name
        if name and study is not None and study.record(name).slice_map is not None:
            self._name = ""
            self.taken.emit(name, now - self._start)
        if pipeline.rebuilding != self._name:
            self._name = pipeline.rebuilding
            self._start = now
            if self._name and study is not None and study.record(self._name).file is not None:
                self._name = ""

    @Slot()
    def _stop(self) -> None:
        self._name = ""
