"""Threads that run jobs, newest first for each key, and a queue of outcomes to poll.

    submit(lane, key, function) ──▶ pending slot of that key ──▶ lane's thread ──▶ outcomes ──▶ poll()

A newer job with the same key replaces a pending one and cancels a running one; what the old one
still delivers is dropped here, by serial number, so that no front ever sees a stale result.
"""

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from isthmus.work.cancel import Cancelled, CancelToken

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
        while True:
            with self.wake:
                while not self.pending and not self.closed:
                    self.wake.wait()
                if self.closed:
                    return
                job = self._take()
            finish(job, self)

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

        Args:
            lane: Which thread runs it.
            key: What the result is for, such as `"reconstruction"`.
            function: Called in the lane's thread with a `JobContext`; returns the result.
            priority: Smaller runs first among what is pending in the lane.

        Returns:
            The job's serial number.
        """
        self.cancel(key)
        job = Submitted(next(self._serials), key, function, priority)
        self._newest[key] = job.serial
        self._open[job.serial] = job
        target = self._lanes[lane]
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

    def poll(self) -> list[Outcome]:
        """Return the outcomes since the last call, in order, without those of replaced jobs."""
        fresh: list[Outcome] = []
        while True:
            try:
                outcome = self._outcomes.get_nowait()
            except queue.Empty:
                return fresh
            ended = outcome.kind in ("result", "error", "cancelled")
            if ended:
                self._open.pop(outcome.serial, None)
            if self._newest.get(outcome.key) != outcome.serial:
                continue
            if ended:
                del self._newest[outcome.key]
            fresh.append(outcome)

    def close(self, timeout: float = 10.0) -> bool:
        """Cancel everything and wait for the threads.

        Args:
            timeout: Seconds to wait for each lane.

        Returns:
            Whether every thread ended in time.
        """
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

        context = JobContext(job, self._outcomes.put, run_urgent)
        kind: Kind
        value: Any = None
        try:
            job.cancel.check()
            value, kind = job.function(context), "result"
        except Cancelled:
            kind = "cancelled"
        except BaseException as error:  # noqa: BLE001  (handed to the front, never swallowed)
            value, kind = error, "error"
        self._outcomes.put(Outcome(job.serial, job.key, kind, value))
