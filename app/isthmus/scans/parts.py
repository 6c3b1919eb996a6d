"""Names of the volumes that one file or series holds: its echoes, time points, components."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Headers can announce thousands of millions. No list of choices is longer than this.
MOST_PARTS = 1 << 16


@dataclass(frozen=True)
class PartAxis:
    """An axis of a file that is not one of space.

    Attributes:
        word: What a step along it is: `"volume"`, `"component"`.
        size: How many there are.
        names: What each of them is, such as `"b 1000"`; empty if unknown.
        start: Where it begins, in `unit`.
        step: Distance of its steps; 0 if unknown.
        unit: `"s"` or the like.
    """

    word: str
    size: int
    names: tuple[str, ...] = ()
    start: float = 0.0
    step: float = 0.0
    unit: str = ""

    def label(self, at: int, *, alone: bool) -> str:
        """Return the name of one place on the axis.

        Args:
            at: Counted from 0.
            alone: Whether there is no other axis, so that the number of all can be told.
        """
        number = f"{self.word} {at + 1} of {self.size}" if alone else f"{self.word} {at + 1}"
        if self.names:
            return f"{number}, {self.names[at]}"
        if self.step and self.unit:
            return f"{number}, {self.start + at * self.step:g} {self.unit}"
        return number


def part_labels(axes: Sequence[PartAxis]) -> tuple[str, ...]:
    """Return a name for every volume, at most `MOST_PARTS`.

    Args:
        axes: The one that runs fastest first. Those of a single place are no choice.

    Returns:
        `"volume 3 of 20, 4.5 s"`, or `"volume 2, component 1"`; empty if there is one volume only.
    """
    axes = [axis for axis in axes if axis.size > 1]
    if not axes:
        return ()
    labels = []
    for part in range(min(MOST_PARTS, math.prod(axis.size for axis in axes))):
        words = []
        for axis in axes:
            part, at = divmod(part, axis.size)
            words.append(axis.label(at, alone=len(axes) == 1))
        labels.append(", ".join(words))
    return tuple(labels)
