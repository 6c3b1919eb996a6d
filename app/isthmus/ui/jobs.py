"""The one adapter between background jobs and the window.

Lanes belong to `isthmus.work`; nothing in them touches Qt. A timer polls for outcomes while there
is work, on the main thread, and hands each to the callbacks that its job was submitted with.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isthmus.work import JobContext, Outcome, Runner

_POLL_MS = 8
_log = logging.getLogger(__name__)


def _ignore(*_: object) -> None:
    """Do nothing with an outcome that no one asked for."""


@dataclass(frozen=True)
class _Callbacks:
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    partial: Callable[[Any], None]


class Jobs(QObject):
    """Submits jobs and tells, on the main thread, what became of them.

    Attributes:
        progressed: Key, fraction from 0 to 1 and a text, from a running job.
        ended: Key of a job that is over: done, failed, cancelled or replaced.
    """

    progressed = Signal(str, float, str)
    ended = Signal(str)

    def __init__(self, lanes: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = Runner(lanes)
        self._callbacks: dict[str, _Callbacks] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether any job is pending, running or not yet told about."""
        return self._runner.busy

    def has(self, key: str) -> bool:
        """Whether a job with this key is pending or running."""
        return key in self._callbacks

    def submit(
        self,
        lane: str,
        key: str,
        function: Callable[[JobContext], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        partial: Callable[[Any], None] = _ignore,
        priority: int = 0,
    ) -> None:
        """Queue `function` in a lane, in place of whatever has the same key.

        Args:
            lane: Which thread runs it.
            key: What the result is for. The newest job of a key wins; older ones stay silent.
            function: Called with a `JobContext` in the lane's thread. Must not touch Qt.
            done: Called with the result.
            failed: Called with the exception.
            partial: Called with each early piece of the result.
            priority: Smaller runs first.
        """
        self.cancel(key)
        self._runner.submit(lane, key, function, priority=priority)
        self._callbacks[key] = _Callbacks(done, failed, partial)
        self._timer.start()

    def cancel(self, *keys: str) -> None:
        """Drop the jobs with these keys; their callbacks will not be called."""
        for key in keys:
            self._runner.cancel(key)
            if self._callbacks.pop(key, None) is not None:
                self.ended.emit(key)

    def close(self, timeout: float = 10.0) -> bool:
        """Cancel everything and wait for the threads.

        Args:
            timeout: Seconds to wait for each lane.

        Returns:
            Whether every thread ended in time.
        """
        self._timer.stop()
        self._callbacks.clear()
        ended = self._runner.close(timeout)
        if not ended:
            _log.warning("A background thread did not end within %.0f s.", timeout)
        return ended

    @Slot()
    def _poll(self) -> None:
        for outcome in self._runner.poll():
            self._hand_over(outcome)
            if not self._timer.isActive():
                return  # what was handed over has closed the window
        if not self._runner.busy:
            self._timer.stop()

    def _hand_over(self, outcome: Outcome) -> None:
        callbacks = self._callbacks.get(outcome.key)
        if callbacks is None:
            return
        if outcome.kind == "progress":
            self.progressed.emit(outcome.key, *outcome.value)
            return
        if outcome.kind == "partial":
            callbacks.partial(outcome.value)
            return
        del self._callbacks[outcome.key]
        self.ended.emit(outcome.key)  # first: a callback may submit the next job of the same key
        if outcome.kind == "result":
            callbacks.done(outcome.value)
        elif outcome.kind == "error":
            callbacks.failed(outcome.value)
