"""A flag that one thread raises and another looks at between two pieces of work."""

import threading


class Cancelled(Exception):  # noqa: N818  (not an error: nothing went wrong)
    """Raised inside a job whose token was cancelled."""


class CancelToken:
    """Cancels one job. Safe to share between threads."""

    def __init__(self) -> None:
        self._event = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the work is no longer wanted."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._event.set()

    def check(self) -> None:
        """Raise `Cancelled` if the work is no longer wanted. Call it between blocks of work."""
        if self._event.is_set():
            raise Cancelled
