"""The newest job of a key wins, stale outcomes never arrive, and nothing is left when it closes."""

import gc
import os
import sys
import threading
import weakref

import pytest

from isthmus.work import Cancelled, CancelToken, Outcome, Runner, no_progress

SECONDS = 10.0  # only how long a broken runner may hang before a test fails


@pytest.fixture
def runner():
    made = Runner(("a", "b"))
    yield made
    assert made.close(SECONDS)


class Gate:
    """A job that says when it has started and goes on when it is let."""

    def __init__(self, result=None, check=False):
        self.started = threading.Event()
        self.open = threading.Event()
        self.left = threading.Event()
        self._result = result
        self._check = check

    def __call__(self, context):
        self.started.set()
        try:
            assert self.open.wait(SECONDS)
            if self._check:
                context.cancel.check()
            return self._result
        finally:
            self.left.set()


def settle(runner, lane="a"):
    """Wait until a lane has run all that was pending, by running one more job in it."""
    passed = threading.Event()
    runner.submit(lane, "settle", lambda context: passed.set(), priority=1000)
    assert passed.wait(SECONDS)


def finish(runner):
    """Return all outcomes that are still to come, once both lanes have run dry."""
    for lane in ("a", "b"):
        settle(runner, lane)
    return [outcome for outcome in runner.poll() if outcome.key != "settle"]


def results(outcomes):
    return [(outcome.key, outcome.value) for outcome in outcomes if outcome.kind == "result"]


def test_a_job_runs_in_its_lane_and_delivers_its_result(runner):
    serial = runner.submit("a", "name", lambda context: threading.current_thread().name)
    assert finish(runner) == [Outcome(serial, "name", "result", "isthmus-a")]


def test_progress_and_parts_arrive_in_order_before_the_result(runner):
    def job(context):
        context.progress(0.5, "half")
        context.partial("slice")
        return "volume"

    runner.submit("a", "key", job)
    assert [(outcome.kind, outcome.value) for outcome in finish(runner)] == [
        ("progress", (0.5, "half")),
        ("partial", "slice"),
        ("result", "volume"),
    ]


def test_an_error_is_handed_over_and_the_lane_goes_on(runner):
    def fail(context):
        raise KeyError("broken")

    runner.submit("a", "first", fail)
    runner.submit("a", "second", lambda context: 2)
    first, second = finish(runner)
    assert (first.key, first.kind, type(first.value)) == ("first", "error", KeyError)
    assert (second.key, second.kind, second.value) == ("second", "result", 2)


def test_a_pending_job_is_replaced_by_a_newer_one_of_its_key(runner):
    gate = Gate()
    ran = []
    runner.submit("a", "gate", gate)
    assert gate.started.wait(SECONDS)
    for number in range(5):
        runner.submit("a", "key", lambda context, number=number: ran.append(number) or number)
    gate.open.set()
    assert results(finish(runner)) == [("gate", None), ("key", 4)]
    assert ran == [4]


def test_a_running_job_that_is_replaced_is_cancelled_and_never_heard_of_again(runner):
    old = Gate("old", check=True)
    runner.submit("a", "key", old)
    assert old.started.wait(SECONDS)
    runner.submit("a", "key", lambda context: "new")
    old.open.set()
    assert [(outcome.kind, outcome.value) for outcome in finish(runner)] == [("result", "new")]


def test_what_a_replaced_job_still_delivers_is_dropped(runner):
    old = Gate("old")

    def deaf(context):
        result = old(context)
        context.progress(0.9)
        context.partial("old part")
        return result

    runner.submit("a", "key", deaf)
    assert old.started.wait(SECONDS)
    runner.submit("b", "key", lambda context: "new")
    settle(runner, "b")
    old.open.set()
    settle(runner, "a")
    assert [
        (outcome.kind, outcome.value) for outcome in finish(runner) if outcome.key == "key"
    ] == [("result", "new")]


def test_a_result_that_waits_to_be_polled_is_dropped_when_its_job_is_replaced(runner):
    runner.submit("a", "key", lambda context: "old")
    settle(runner)
    runner.submit("a", "key", lambda context: "new")
    assert ("key", "old") not in results(finish(runner))


def test_dealing_with_one_outcome_may_replace_the_job_of_the_next(runner):
    runner.submit("a", "first", lambda context: 1)
    runner.submit("a", "second", lambda context: "stale")
    settle(runner)
    seen = []
    for outcome in runner.poll():
        seen.append(outcome)
        if outcome.key == "first":
            runner.submit("a", "second", lambda context: "fresh")
    seen.extend(finish(runner))
    assert [value for key, value in results(seen) if key == "second"] == ["fresh"]


def test_polling_within_a_poll_loses_and_repeats_nothing(runner):
    for number in range(6):
        runner.submit("a", str(number), lambda context, number=number: number)
    settle(runner)
    seen = []
    for outcome in runner.poll():
        seen.append(outcome.key)
        seen.extend(inner.key for inner in runner.poll())
    seen.extend(outcome.key for outcome in finish(runner))
    seen = [key for key in seen if key != "settle"]
    assert seen == ["0", "1", "2", "3", "4", "5"]


def test_a_poll_ends_though_a_job_reports_without_pause(runner):
    stop = threading.Event()
    flowing = threading.Event()

    def chatter(context):
        while not stop.is_set():
            context.progress(0.1)
            flowing.set()

    runner.submit("a", "key", chatter)
    assert flowing.wait(SECONDS)
    for _ in runner.poll():
        assert runner.busy
    stop.set()
    assert finish(runner)[-1].kind == "result"


def test_cancelling_a_pending_job_keeps_it_from_running(runner):
    gate = Gate()
    ran = []
    runner.submit("a", "gate", gate)
    assert gate.started.wait(SECONDS)
    runner.submit("a", "key", ran.append)
    runner.cancel("key")
    gate.open.set()
    assert [outcome.key for outcome in finish(runner)] == ["gate"]
    assert ran == []


def test_cancelling_a_running_job_stops_it_silently(runner):
    gate = Gate("never", check=True)
    runner.submit("a", "key", gate)
    assert gate.started.wait(SECONDS)
    runner.cancel("key")
    assert runner.busy
    gate.open.set()
    assert finish(runner) == []


def test_a_job_that_gives_up_by_itself_is_reported(runner):
    def give_up(context):
        raise Cancelled

    runner.submit("a", "key", give_up)
    assert [outcome.kind for outcome in finish(runner)] == ["cancelled"]


def test_cancelling_what_does_not_exist_does_nothing(runner):
    runner.cancel("nothing")
    assert not runner.busy


def test_lanes_do_not_wait_for_each_other(runner):
    gate = Gate()
    runner.submit("a", "gate", gate)
    assert gate.started.wait(SECONDS)
    settle(runner, "b")
    gate.open.set()


def test_the_smallest_priority_runs_first_and_equals_in_order(runner):
    gate = Gate()
    ran = []
    runner.submit("a", "gate", gate)
    assert gate.started.wait(SECONDS)
    for key, priority in (("late", 5), ("first", 0), ("second", 0), ("soon", 1)):
        runner.submit("a", key, lambda context, key=key: ran.append(key), priority=priority)
    gate.open.set()
    finish(runner)
    assert ran == ["first", "second", "soon", "late"]


def test_a_long_job_gives_way_to_urgent_ones_and_goes_on(runner):
    ran = []
    started, waiting = threading.Event(), threading.Event()

    def long(context):
        started.set()
        assert waiting.wait(SECONDS)
        context.give_way()
        ran.append("long")
        return "whole"

    runner.submit("a", "long", long, priority=5)
    assert started.wait(SECONDS)
    runner.submit("a", "later", lambda context: ran.append("later"), priority=9)
    runner.submit("a", "equal", lambda context: ran.append("equal"), priority=5)
    runner.submit("a", "urgent", lambda context: ran.append("urgent"), priority=0)
    waiting.set()
    outcomes = finish(runner)
    assert ran == ["urgent", "long", "equal", "later"]
    assert ("long", "whole") in results(outcomes)


def test_an_urgent_error_does_not_hurt_the_job_that_gave_way(runner):
    started, waiting = threading.Event(), threading.Event()

    def long(context):
        started.set()
        assert waiting.wait(SECONDS)
        context.give_way()
        return "whole"

    def fail(context):
        raise ValueError("urgent")

    runner.submit("a", "long", long, priority=5)
    assert started.wait(SECONDS)
    runner.submit("a", "urgent", fail)
    waiting.set()
    assert [(outcome.key, outcome.kind) for outcome in finish(runner)] == [
        ("urgent", "error"),
        ("long", "result"),
    ]


def test_an_unknown_lane_is_refused_and_leaves_nothing_behind(runner):
    with pytest.raises(KeyError):
        runner.submit("c", "key", lambda context: None)
    assert not runner.busy


def test_closing_cancels_what_runs_and_drops_what_waits():
    runner = Runner(("a",))
    gate = Gate(check=True)
    ran = []
    runner.submit("a", "running", gate)
    runner.submit("a", "waiting", ran.append)
    assert gate.started.wait(SECONDS)
    assert not runner.close(0.0)
    gate.open.set()
    assert runner.close(SECONDS)
    assert list(runner.poll()) == []
    assert ran == []
    assert not any(thread.name == "isthmus-a" for thread in threading.enumerate())


def test_a_runner_is_busy_until_the_last_outcome_has_been_seen():
    runner = Runner(("a",))
    gate = Gate()
    runner.submit("a", "key", gate)
    assert runner.busy
    gate.open.set()
    settle(runner)
    assert runner.busy
    assert runner.close(SECONDS)
    assert list(runner.poll()) == []
    assert not runner.busy


def test_nothing_is_queued_after_closing():
    runner = Runner(("a",))
    assert runner.close(SECONDS)
    ran = []
    runner.submit("a", "late", ran.append)
    assert not runner.busy
    assert ran == []


class Scan:
    """Something large that a job holds on to."""


def test_an_idle_lane_does_not_hold_on_to_its_last_job(runner):
    scan = Scan()
    gone = threading.Event()
    weakref.finalize(scan, gone.set)
    runner.submit("a", "key", lambda context, scan=scan: None)
    del scan
    while runner.busy:  # no other job, which would take the place of this one
        list(runner.poll())
    assert gone.wait(SECONDS)


def test_a_failed_job_lets_go_of_what_it_held(runner):
    scan = Scan()
    gone = threading.Event()
    weakref.finalize(scan, gone.set)

    def fail(context, scan=scan):
        raise ValueError("broken")

    runner.submit("a", "key", fail)
    del scan, fail
    gc.disable()
    try:
        finish(runner)
        assert gone.wait(SECONDS)
    finally:
        gc.enable()


def test_a_token_raises_only_once_it_is_cancelled():
    token = CancelToken()
    token.check()
    assert not token.cancelled
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.check()


def test_no_progress_takes_what_any_job_reports():
    no_progress(0.5)
    no_progress(1.0, "done")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives threads a niceness")
def test_lanes_leave_a_contested_core_to_the_front():
    runner = Runner(("one",))
    found = []
    runner.submit("one", "key", lambda _context: found.append(os.getpriority(os.PRIO_PROCESS, 0)))
    while runner.busy:
        for _ in runner.poll():
            pass
    assert runner.close()
    assert found[0] == min(os.getpriority(os.PRIO_PROCESS, 0) + 5, 19)
