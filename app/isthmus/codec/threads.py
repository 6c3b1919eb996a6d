"""Restart points, several at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch

from isthmus.work import CancelToken, Progress

T = TypeVar("T")


def in_threads(
    work: Callable[[int], T],
    starts: range,
    doing: str,
    progress: Progress,
    cancel: CancelToken | None,
) -> list[T]:
    """Run `work` for each restart point, as many at once as torch has threads.

    Args:
        work: Takes the number of the first slab. Releases the interpreter's lock.
        starts: Those numbers.
        doing: A word for the progress, such as "Writing".
        progress: Called in the caller's thread, in order.
        cancel: Checked before and after each piece.

    Raises:
        Cancelled: Through `cancel`.
    """

    def one(start: int) -> T:
        if cancel is not None:
            cancel.check()
        return work(start)

    results: list[T] = []
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        for result in pool.map(one, starts):
            if cancel is not None:
                cancel.check()
            results.append(result)
            progress(len(results) / len(starts), f"{doing}, {len(results)} of {len(starts)}")
    return results
