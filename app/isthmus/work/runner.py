"""Threads that run jobs, newest first for each key, and a queue of outcomes to poll.

    submit(lane, key, function) ─▶ pending slot of that key ─▶ lane's thread ─▶ outcomes ─▶ poll()

A newer job with the same key replaces a pending one and cancels a running one; what the old one
still delivers is dropped here, by serial number, so that no front ever sees a stale result: `poll`
looks at each outcome only when the one before it has been dealt with, because dealing with one may
replace the job of another.
"""

import contextlib
import itertools
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from isthmus.work.cancel import Cancelled, CancelToken

# More would backfire: a lane that other programs keep off the cores may hold Python's lock then,
# and the front waits for it.
_NICER = 5

Kind = Literal["progress", "partial", "result", "error", "cancelled"]


@dataclass(frozen=True)
class Outcome:
    """One message from a job to its front.

    Attributes:
        serial: The job's number.
        key: The job's key, as submitted.
        kind: `progress` (value is (fraction, text)), `partial` (an early piece of the result),
            `result`, `error` (value is the exception) or `cancelled` (no value).
        value: What belongs to the kind.
    """

    serial: int
    key: str
    kind: Kind
    value: Any = None


@dataclass(frozen=True)
class Submitted:
    """A job in a lane: plain data.

    `function` is called as `function(context)`; see `JobContext`.
    """

    serial: int
    key: str
    function: Callable[["JobContext"], Any]
    priority: int
    cancel: CancelToken = field(default_factory=CancelToken, compare=False)


class JobContext:
    """What a running job is handed: its cancel token, and two ways to report early.

    Attributes:
        cancel: Check it between blocks of work.
    """

    def __init__(
        self,
        job: Submitted,
        deliver: Callable[[Outcome], None],
        run_urgent: Callable[[int], None] = lambda priority: None,
    ) -> None:
        self.cancel = job.cancel
        self._job = job
        self._deliver = deliver
        self._run_urgent = run_urgent

    def progress(self, fraction: float, text: str = "") -> None:
        """Report the fraction done, from 0 to 1. Fits the `Progress` protocol."""
        self._deliver(Outcome(self._job.serial, self._job.key, "progress", (fraction, text)))

    def partial(self, value: Any) -> None:
        """Deliver an early piece of the result, such as the visible slice."""
        self._deliver(Outcome(self._job.serial, self._job.key, "partial", value))

    def give_way(self) -> None:
        """Run what is more urgent and waits in the same lane, then go on with this job.

        A long job calls it between blocks of work. Nothing done so far is lost, and a slice that
        someone looks at need not wait for a volume that no one sees yet.
        """
        self._run_urgent(self._job.priority)


class _Lane:
    """One thread, one list of pending jobs."""

    def __init__(self, name: str, finish: Callable[[Submitted, "_Lane"], None]) -> None:
        self.pending: list[Submitted] = []
        self.wake = threading.Condition()
        self.closed = False
        self.thread = threading.Thread(
            target=self._loop, args=(finish,), name=f"isthmus-{name}", daemon=True
        )
        self.thread.start()

    def _loop(self, finish: Callable[[Submitted, "_Lane"], None]) -> None:
        _step_back()
        while True:
            with self.wake:
                while not self.pending and not self.closed:
                    self.wake.wait()
                if self.closed:
                    return
                job = self._take()
            finish(job, self)
            del job  # or an idle lane would keep its last job's scan in memory

    def more_urgent(self, priority: int) -> Submitted | None:
        """Take the first pending job whose priority number is smaller, if there is one."""
        with self.wake:
            if self.closed or not any(job.priority < priority for job in self.pending):
                return None
            return self._take()

    def _take(self) -> Submitted:
        job = min(self.pending, key=lambda waiting: (waiting.priority, waiting.serial))
        self.pending.remove(job)
        return job


class Runner:
    """Runs jobs in named lanes, one thread each, until `close`.

    One runner lives as long as its front. All methods are to be called from the front's own
    thread; only `JobContext` is used from a lane.
    """

    def __init__(self, lanes: tuple[str, ...] = ("read", "codec")) -> None:
        self._serials = itertools.count(1)
        self._newest: dict[str, int] = {}
        self._open: dict[int, Submitted] = {}
        self._outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._closed = False
        self._lanes = {name: _Lane(name, self._run) for name in lanes}

    @property
    def busy(self) -> bool:
        """Whether a job is pending or running, or an outcome has not been polled."""
        return bool(self._open) or not self._outcomes.empty()

    def submit(
        self,
        lane: str,
        key: str,
        function: Callable[[JobContext], Any],
        *,
        priority: int = 0,
    ) -> int:
        """Queue `function`, replacing whatever has the same key.

        After `close` nothing is queued: no one is left to see the outcome.

        Args:
            lane: Which thread runs it.
            key: What the result is for, such as `"reconstruction"`.
            function: Called in the lane's thread with a `JobContext`; returns the result.
            priority: Smaller runs first among what is pending in the lane.

        Returns:
            The job's serial number.
        """
        target = self._lanes[lane]
        self.cancel(key)
        job = Submitted(next(self._serials), key, function, priority)
        if self._closed:
            return job.serial
        self._newest[key] = job.serial
        self._open[job.serial] = job
        with target.wake:
            target.pending.append(job)
            target.wake.notify()
        return job.serial

    def cancel(self, key: str) -> None:
        """Drop the job with this key, pending or running. Its outcomes will not be seen."""
        serial = self._newest.pop(key, None)
        job = self._open.get(serial) if serial is not None else None
        if job is None:
            return
        job.cancel.cancel()
        for lane in self._lanes.values():
            with lane.wake:
                if job in lane.pending:
                    lane.pending.remove(job)
                    del self._open[job.serial]
                    return

    def cancel_all(self) -> None:
        """Drop every job."""
        for key in list(self._newest):
            self.cancel(key)

    def poll(self) -> Iterator[Outcome]:
        """Yield the outcomes that have arrived, in order, without those of replaced jobs.

        What a front does with one outcome counts for the next: if it cancels or replaces a job,
        outcomes of that job which have arrived already are not yielded any more.
        """
        # Not until empty: a job that reports without pause would keep the front here for ever.
        for _ in range(self._outcomes.qsize()):
            try:
                outcome = self._outcomes.get_nowait()
            except queue.Empty:  # the front polled again while it dealt with an outcome
                return
            ended = outcome.kind in ("result", "error", "cancelled")
            if ended:
                self._open.pop(outcome.serial, None)
            if self._newest.get(outcome.key) != outcome.serial:
                continue
            if ended:
                del self._newest[outcome.key]
            yield outcome

    def close(self, timeout: float = 10.0) -> bool:
        """Cancel everything and wait for the threads.

        Args:
            timeout: Seconds to wait for each lane.

        Returns:
            Whether every thread ended in time.
        """
        self._closed = True
        self.cancel_all()
        for lane in self._lanes.values():
            with lane.wake:
                lane.closed = True
                lane.wake.notify()
        for lane in self._lanes.values():
            lane.thread.join(timeout)
        return not any(lane.thread.is_alive() for lane in self._lanes.values())

    def _run(self, job: Submitted, lane: _Lane) -> None:
        def run_urgent(priority: int) -> None:
            while (urgent := lane.more_urgent(priority)) is not None:
                self._run(urgent, lane)

        self._outcomes.put(_attempt(job, JobContext(job, self._outcomes.put, run_urgent)))


def _attempt(job: Submitted, context: JobContext) -> Outcome:
    """Run a job to its end, whatever that is.

    A function of its own, so that no variable keeps an exception whose traceback leads back here:
    such a circle would hold on to a failed job's arrays.
    """
    try:
        job.cancel.check()
        return Outcome(job.serial, job.key, "result", job.function(context))
    except Cancelled:
        return Outcome(job.serial, job.key, "cancelled")
    except BaseException as error:  # noqa: BLE001  (handed to the front, never swallowed)
        return Outcome(job.serial, job.key, "error", error)


def _step_back() -> None:
    """Let the front's own thread go first where it and a lane compete for a core.

    Threads that a job starts inherit it. Only Linux gives each thread a niceness of its own.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        niceness = min(os.getpriority(os.PRIO_PROCESS, thread) + _NICER, 19)
        with contextlib.suppress(OSError):  # a sandbox may forbid it; then all are equal
            os.setpriority(os.PRIO_PROCESS, thread, niceness)
