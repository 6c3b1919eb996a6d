"""Cine: the slices of a plane one after the other, at a rate that is kept or said to be missed."""

from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter

from isthmus.ui.panes.hooks import Place
from isthmus.ui.state import ViewState, ViewStore

SLOWEST, FASTEST = 1, 60
USUAL = 15
# The rate reached is that of the last second, told twice a second.
_SPAN_S = 1.0
_TELL_S = 0.5


class Cine(QObject):
    """Steps through the slices of the plane that is shown.

    No slice is ever left out: where the pictures cannot be drawn fast enough, it runs slower and
    `reached` tells how fast. Steps are due at fixed times, so that small delays do not add up.

    Attributes:
        running_changed: It was started or stopped.
        reached: Pictures per second that were really painted during the last second.
        settings_changed: Rate, or what happens at the ends, has changed.
    """

    running_changed = Signal(bool)
    reached = Signal(float)
    settings_changed = Signal()

    def __init__(self, store: ViewStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rate = USUAL
        self._swings = False
        self._running = False
        self._stepping = False
        self._direction = 1
        self._due = 0.0
        self._told = 0.0
        self._painted: deque[float] = deque()
        self._last_painted: int | None = None
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        store.changed.connect(self._follow)
        store.volume_changed.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether slices go by."""
        return self._running

    @property
    def rate(self) -> int:
        """Pictures per second that are asked for, 1 to 60."""
        return self._rate

    @property
    def swings(self) -> bool:
        """Whether it goes back and forth, instead of from the last slice to the first."""
        return self._swings

    def set_rate(self, rate: int) -> None:
        """Ask for so many pictures per second; also while it runs."""
        rate = min(max(rate, SLOWEST), FASTEST)
        if rate != self._rate:
            self._rate = rate
            if self._running:
                self._begin_counting()
                self._schedule()
            self.settings_changed.emit()

    def set_swings(self, swings: bool) -> None:
        """Choose between back and forth and from the last slice to the first."""
        if swings != self._swings:
            self._swings = swings
            self.settings_changed.emit()

    def start(self) -> None:
        """Let the slices go by, if there are several."""
        view = self._store.view
        if self._running or view is None or view.n_slices < 2:
            return
        self._running, self._direction = True, 1
        self._begin_counting()
        self._schedule()
        self.running_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        """Stay at the slice that is shown."""
        if self._running:
            self._running = False
            self._timer.stop()
            self.running_changed.emit(False)

    def toggle(self) -> None:
        """Start, or stop."""
        if self._running:
            self.stop()
        else:
            self.start()

    # A layer over the pictures: it draws nothing, and knows by that when they are painted.

    def paint(self, painter: QPainter, place: Place) -> None:
        """Count a slice as shown, the first time one of the panes paints it."""
        index = place.mapping.index
        if not self._running or index == self._last_painted:
            return
        now = perf_counter()
        self._last_painted = index
        self._painted.append(now)
        while now - self._painted[0] > _SPAN_S:
            self._painted.popleft()
        if now - self._told >= _TELL_S and len(self._painted) > 1:
            self._told = now
            self.reached.emit((len(self._painted) - 1) / (now - self._painted[0]))

    def _begin_counting(self) -> None:
        self._painted.clear()
        self._last_painted = None
        self._told = self._due = perf_counter()

    def _schedule(self) -> None:
        now = perf_counter()
        self._due += 1 / self._rate
        if now - self._due > 1 / self._rate:
            self._due = now  # too slow for the rate: no hurry afterwards to make up for it
        self._timer.start(max(round(1000 * (self._due - now)), 0))

    @Slot()
    def _step(self) -> None:
        view = self._store.view
        if view is None or view.n_slices < 2:
            self.stop()
            return
        last, wanted = view.n_slices - 1, self._store.index + self._direction
        if not 0 <= wanted <= last:
            if self._swings:
                self._direction = -self._direction
                wanted = self._store.index + self._direction
            else:
                wanted = 0
        self._stepping = True
        self._store.go_to_slice(wanted)
        self._stepping = False
        if self._running:
            self._schedule()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        """Stop where someone else goes to another slice."""
        moved = (new.cursor, new.plane) != (old.cursor, old.plane)
        if moved and not self._stepping:
            self.stop()
