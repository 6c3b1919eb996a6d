"""How a command ended."""

from typing import NamedTuple


class Ended(NamedTuple):
    """Exit code, and what was printed."""

    code: int
    out: str
    err: str


def assert_one_line(text, *parts):
    assert text.startswith("isthmus: ")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    for part in parts:
        assert part in text
