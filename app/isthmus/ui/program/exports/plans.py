"""Which frames a film has: what the view is to show, one after the other. No Qt."""

from dataclasses import dataclass
from enum import StrEnum

from isthmus.ui.view_state import Comparison, ViewState

# A sweep goes there and back in so many seconds each, and leaves the very edges out.
_SWEEP_S = 2.0
_EDGE = 0.02


class Subject(StrEnum):
    """What a film goes through."""

    SLICES = "slices"
    COMPARISON = "comparison"


@dataclass(frozen=True)
class Step:
    """What one frame shows.

    Attributes:
        slice: Display number of the slice, from 0; None for the one that is shown.
        fields: Fields of the view's state, with their values.
    """

    slice: int | None = None
    fields: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Plan:
    """A film's frames.

    Attributes:
        steps: One for each frame.
        rate: Frames a second.
    """

    steps: tuple[Step, ...]
    rate: float

    @property
    def seconds(self) -> float:
        """How long it takes to see it once."""
        return len(self.steps) / self.rate


def through_slices(first: int, last: int, rate: float) -> Plan:
    """Return a film through the slices from one to another, both with it, numbered from 0."""
    step = 1 if last >= first else -1
    return Plan(tuple(Step(slice=at) for at in range(first, last + step, step)), rate)


def can_sweep(comparison: Comparison) -> bool:
    """Whether a comparison moves by itself: a swipe, a blend, a flicker."""
    return comparison in (Comparison.SWIPE, Comparison.BLEND, Comparison.FLICKER)


def of_comparison(state: ViewState, rate: float) -> Plan:
    """Return a film of one slice in which the comparison moves: there and back, to be looped.

    Args:
        state: Says which comparison, and how fast a flicker is.
        rate: Frames a second; a flicker has two in each of its turns, whatever this is.

    Raises:
        ValueError: Nothing in this comparison moves.
    """
    if state.comparison is Comparison.FLICKER:
        original = Step(fields=(("peek", True),))
        second = Step(fields=(("peek", False), ("flicker_runs", True)))
        return Plan((original, second), 2 * state.flicker_hz)
    if not can_sweep(state.comparison):
        raise ValueError(f"nothing moves in {state.comparison}")
    name = "swipe" if state.comparison is Comparison.SWIPE else "blend"
    count = max(2, round(_SWEEP_S * rate))
    low, high = (_EDGE, 1 - _EDGE) if name == "swipe" else (0.0, 1.0)
    there = [low + (high - low) * at / (count - 1) for at in range(count)]
    shares = there + there[-2:0:-1]
    return Plan(tuple(Step(fields=((name, share),)) for share in shares), rate)
