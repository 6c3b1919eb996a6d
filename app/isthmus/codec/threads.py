"""Runs of slabs, several at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch

from isthmus.work import CancelToken, Progress, no_progress

T = TypeVar("T")


def threads() -> int:
    """Return how many runs are coded at once: as many as torch has threads."""
    return torch.get_num_threads()


def in_threads(
    work: Callable[[int], T],
    runs: Sequence[int],
    doing: str = "",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> list[T]:
    """Run `work` for each run.

    Args:
        work: Takes the run's number. Releases the interpreter's lock.
        runs: Those numbers.
        doing: A word for the progress, such as "Writing".
        progress: Called in the caller's thread, in order.
        cancel: Checked before and after each piece.

    Raises:
        Cancelled: Through `cancel`.
    """

    def one(run: int) -> T:
        if cancel is not None:
            cancel.check()
        return work(run)

    results: list[T] = []
    with ThreadPoolExecutor(threads()) as pool:
        for result in pool.map(one, runs):
            if cancel is not None:
                cancel.check()
            results.append(result)
            progress(len(results) / len(runs), f"{doing}, {len(results)} of {len(runs)}")
    return results
