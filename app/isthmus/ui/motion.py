"""How long what moves takes. In panes nothing moves at all."""


class _Motion:
    reduced = False


def reduce(reduced: bool) -> None:
    """Let everything that glides jump instead, or glide again."""
    _Motion.reduced = reduced


def milliseconds(usual: int) -> int:
    """Return how long a movement is to take: its usual time, or none."""
    return 0 if _Motion.reduced else usual
