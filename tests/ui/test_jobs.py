"""The adapter between lanes and the main thread."""

import threading

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from isthmus.ui.jobs import Jobs
from isthmus.work import JobContext


@pytest.fixture
def jobs(qtbot: QtBot) -> Jobs:
    made = Jobs(("one", "two"))
    yield made
    assert made.close()


class Heard:
    """What a job's callbacks were called with, and in which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[BaseException] = []
        self.partial: list[object] = []
        self.threads: set[int] = set()

    def take(self, into: list) -> object:
        def callback(value: object) -> None:
            into.append(value)
            self.threads.add(threading.get_ident())

        return callback

    def submit(self, jobs: Jobs, lane: str, key: str, function: object, **more: int) -> None:
        jobs.submit(
            lane,
            key,
            function,
            done=self.take(self.done),
            failed=self.take(self.failed),
            partial=self.take(self.partial),
            **more,
        )


def test_outcomes_arrive_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    heard, where = Heard(), []

    def work(context: JobContext) -> str:
        where.append(threading.get_ident())
        context.progress(0.5, "half")
        context.partial("early")
        return "late"

    progress: list[tuple[str, float, str]] = []
    jobs.progressed.connect(lambda *words: progress.append(words))
    with qtbot.waitSignal(jobs.ended):
        heard.submit(jobs, "one", "key", work)
    assert (heard.partial, heard.done, heard.failed) == (["early"], ["late"], [])
    assert progress == [("key", 0.5, "half")]
    assert heard.threads == {threading.get_ident()}
    assert where != [threading.get_ident()]
    assert not jobs.busy
    assert not jobs.has("key")


def test_a_failure_arrives_as_the_exception(jobs: Jobs, qtbot: QtBot) -> None:
    heard = Heard()

    def work(_context: JobContext) -> None:
        raise ValueError("no")

    with qtbot.waitSignal(jobs.ended):
        heard.submit(jobs, "one", "key", work)
    assert [str(error) for error in heard.failed] == ["no"]


def test_only_the_newest_of_a_key_is_heard_of(jobs: Jobs, qtbot: QtBot) -> None:
    heard, begun, go_on = Heard(), threading.Event(), threading.Event()
    ended: list[str] = []
    jobs.ended.connect(ended.append)

    def slow(context: JobContext) -> str:
        begun.set()
        go_on.wait(10)
        return "old"

    heard.submit(jobs, "one", "key", slow)
    assert begun.wait(10)
    for number in range(5):
        heard.submit(jobs, "one", "key", lambda _context, n=number: n)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert heard.done == [4]
    assert ended == ["key"] * 6


def test_a_cancelled_job_is_not_heard_of(jobs: Jobs, qtbot: QtBot) -> None:
    heard, begun = Heard(), threading.Event()

    def work(context: JobContext) -> None:
        begun.set()
        while True:
            context.cancel.check()

    heard.submit(jobs, "one", "key", work)
    assert begun.wait(10)
    with qtbot.waitSignal(jobs.ended):
        jobs.cancel("key")
    qtbot.waitUntil(lambda: not jobs.busy)
    assert (heard.done, heard.failed) == ([], [])


def test_a_callback_may_submit_the_next_job_of_its_key(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[int] = []

    def submit(number: int) -> None:
        jobs.submit("one", "key", lambda _context: number, done=take, failed=lambda _: None)

    def take(number: int) -> None:
        seen.append(number)
        if number < 3:
            submit(number + 1)

    submit(0)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert seen == [0, 1, 2, 3]


def test_an_urgent_job_passes_a_long_one_that_gives_way(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def long(context: JobContext) -> str:
        begun.set()
        go_on.wait(10)
        context.give_way()
        return "long"

    for name, work, priority in (("long", long, 5), ("urgent", lambda _context: "urgent", 0)):
        jobs.submit("one", name, work, done=order.append, failed=lambda _: None, priority=priority)
        assert begun.wait(10)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert order == ["urgent", "long"]


def test_nothing_is_heard_after_the_end(qtbot: QtBot) -> None:
    jobs, heard, begun = Jobs(("one",)), Heard(), threading.Event()

    def work(context: JobContext) -> str:
        begun.set()
        context.partial("early")
        return "late"

    heard.submit(jobs, "one", "key", work)
    assert begun.wait(10)
    assert jobs.close()
    heard.submit(jobs, "one", "key", work)
    qtbot.wait(50)
    assert (heard.partial, heard.done) == ([], [])
    assert not any(thread.name == "isthmus-one" for thread in threading.enumerate())


def test_20000_emits_survive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses a reference to `True` at each, and dies."""

    class Source(QObject):
        told = Signal(object)

    source, heard = Source(), []
    source.told.connect(heard.append)
    for number in range(20_000):
        source.told.emit(number)
    assert heard == list(range(20_000))
