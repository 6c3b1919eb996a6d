"""The clock of the flicker: which of two pictures has its turn."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from isthmus.ui.state import ViewStore
from isthmus.ui.view_state import Comparison, ViewState

SLOWEST, USUAL_MOST, FASTEST = 0.5, 3.0, 5.0
"""Flickers per second; above the usual most only where someone asked for it: it can do harm."""


class Flicker(QObject):
    """Gives both pictures their turn, equally long, as often as the state says.

    Attributes:
        turned: The other picture has its turn; whoever paints it paints its label with it.
    """

    turned = Signal()

    def __init__(self, store: ViewStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._second = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        store.changed.connect(self._follow)

    @property
    def second(self) -> bool:
        """Whether the second picture has its turn."""
        return self._second

    @property
    def running(self) -> bool:
        """Whether the pictures take turns."""
        return self._timer.isActive()

    @Slot()
    def _turn(self) -> None:
        self._second = not self._second
        self.turned.emit()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        runs = runs_in(new)
        interval = round(500 / min(max(new.flicker_hz, SLOWEST), FASTEST))
        if runs and (not self._timer.isActive() or self._timer.interval() != interval):
            if not self._timer.isActive():
                # It begins with what was not seen just before.
                self._second = True
            self._timer.start(interval)
        elif not runs and self._timer.isActive():
            self._timer.stop()


def runs_in(state: ViewState) -> bool:
    """Whether pictures take turns in a state."""
    going = state.flicker_runs or state.flicker_held
    return state.comparison is Comparison.FLICKER and going and not state.peek
