"""How the hand moves the selector: what a press takes hold of, and where a drag leads."""

from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QPointF

from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.curve import nearest
from isthmus.ui.selector.layout import Layout

_NEAR_FLOOR = 4.0
_NEAR_POINT = 10.0


class Grip(Enum):
    """What the hand holds."""

    NOTHING = auto()
    PLOT = auto()
    STOPS = auto()
    FLOOR = auto()


class Board(Protocol):
    """What the hand needs to know of the selector, and what it can do to it."""

    def layout_now(self) -> Layout:
        """Return where everything lies."""

    def axes_now(self) -> Axes:
        """Return the plot's ranges."""

    def places(self) -> list[float]:
        """Return the x of each stop's point; of its button where no place is known."""

    def points(self) -> list[QPointF]:
        """Return the points that are drawn."""

    def floor_at(self) -> float:
        """Return the y of the floor's line."""

    def floor_label_holds(self, at: QPointF) -> bool:
        """Return whether a position lies in the floor's label."""

    def chosen(self) -> int:
        """Return the stop asked for."""

    def choose(self, index: int) -> None:
        """Ask for a stop."""

    def set_floor_by_hand(self, value: float) -> None:
        """Move the floor."""

    def offer_list(self) -> None:
        """Show all stops as a list."""


class Hand:
    """Turns presses and moves into choices.

    Args:
        board: What is moved.

    Attributes:
        grip: What is held.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self.grip = Grip.NOTHING

    def press(self, at: QPointF) -> None:
        """Take hold of what lies at a position."""
        board = self._board
        over = self.stop_at(at)
        if over is not None and board.layout_now().ticks:
            board.offer_list()
        elif over is not None:
            self.grip = Grip.STOPS
            board.choose(over)
        elif self.on_floor(at):
            self.grip = Grip.FLOOR
        elif self.in_plot(at):
            self.grip = Grip.PLOT
            board.choose(nearest(at.x(), board.places()))

    def move(self, at: QPointF) -> bool:
        """Lead what is held to a position.

        Returns:
            Whether anything is held.
        """
        board = self._board
        if self.grip is Grip.PLOT:
            board.choose(nearest(at.x(), board.places(), board.chosen()))
        elif self.grip is Grip.STOPS:
            centres = [cell.center().x() for cell in board.layout_now().stops]
            board.choose(nearest(at.x(), centres, board.chosen()))
        elif self.grip is Grip.FLOOR:
            plot = board.layout_now().plot
            share = (plot.bottom() - at.y()) / plot.height()
            board.set_floor_by_hand(board.axes_now().value(share))
        return self.grip is not Grip.NOTHING

    def release(self) -> None:
        """Let go."""
        self.grip = Grip.NOTHING

    def stop_at(self, at: QPointF) -> int | None:
        """Return the stop whose button lies at a position."""
        inside = (i for i, cell in enumerate(self._board.layout_now().stops) if cell.contains(at))
        return next(inside, None)

    def in_plot(self, at: QPointF) -> bool:
        """Return whether a position counts as the plot's."""
        plot = self._board.layout_now().plot
        return not plot.isEmpty() and plot.adjusted(-16, -12, 14, 12).contains(at)

    def on_floor(self, at: QPointF) -> bool:
        """Return whether a press would take hold of the floor: points go first."""
        board = self._board
        plot = board.layout_now().plot
        if plot.isEmpty():
            return False
        if board.floor_label_holds(at):
            return True
        near = abs(at.y() - board.floor_at()) <= _NEAR_FLOOR
        if not (near and plot.left() <= at.x() <= plot.right()):
            return False
        return not any(
            abs(point.x() - at.x()) <= _NEAR_POINT and abs(point.y() - at.y()) <= _NEAR_POINT
            for point in board.points()
        )

    def under(self, at: QPointF) -> int | None:
        """Return the stop that a press at a position would ask for."""
        over = self.stop_at(at)
        if over is None and self.in_plot(at) and not self.on_floor(at):
            places = self._board.places()
            return nearest(at.x(), places) if places else None
        return over
