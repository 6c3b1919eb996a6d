"""How far a job has come."""

from typing import Protocol


class Progress(Protocol):
    """Called by a job as it advances: fraction done from 0 to 1, and what it is doing."""

    def __call__(self, fraction: float, text: str = "") -> None:
        """Report; returns at once."""
        ...


def no_progress(fraction: float, text: str = "") -> None:
    """Ignore progress."""
