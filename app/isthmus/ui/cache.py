"""Which reconstructions stay in memory: the ones used last, up to a budget of bytes."""

from collections import OrderedDict

BUDGET = 1 << 30  # 1 GiB: seven bottlenecks of a 512×512×256 scan of 16 bits


class Budget:
    """Least recently used first out. Knows names and sizes only, not what they stand for."""

    def __init__(self, limit: int = BUDGET) -> None:
        self.limit = limit
        self._sizes: OrderedDict[str, int] = OrderedDict()

    @property
    def used(self) -> int:
        """Bytes of everything kept."""
        return sum(self._sizes.values())

    def touch(self, name: str, size: int) -> None:
        """Note that `name`, `size` bytes large, was just made or looked at."""
        self._sizes[name] = size
        self._sizes.move_to_end(name)

    def overdue(self, needed: frozenset[str]) -> tuple[str, ...]:
        """Forget what is used least until the rest fits, and return its names.

        Args:
            needed: Names that stay whatever they take: what is on the screen or being made.
        """
        dropped = []
        for name in list(self._sizes):
            if self.used <= self.limit:
                break
            if name not in needed:
                del self._sizes[name]
                dropped.append(name)
        return tuple(dropped)
