"""What else may draw on the pictures and take the mouse over them."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.view_state import PaneKind


@dataclass(frozen=True)
class Place:
    """A picture that is drawn or pointed at.

    Attributes:
        kind: What the pane shows.
        mapping: Where its slice lies.
        area: The whole pane, in its own device-independent pixels.
        pointer: Where the pointer is, if it is over this pane.
    """

    kind: PaneKind
    mapping: Mapping
    area: QRectF
    pointer: QPointF | None = None


class Layer(Protocol):
    """Draws something over every picture, below the words."""

    def paint(self, painter: QPainter, place: Place) -> None:
        """Draw on one pane."""


class MouseTool(Protocol):
    """Takes the mouse over the pictures before the gestures do; each call says whether it did."""

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Answer a button that goes down."""
        ...

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Answer the pointer, with a button down or not."""
        ...

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """Answer a button that goes up."""
        ...

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """Answer a double click."""
        ...

    def key(self, event: QKeyEvent) -> bool:
        """Answer a key, such as Esc or Delete, while a picture has the focus."""
        ...


class KeyTaker(Protocol):
    """Takes keys over the pictures that otherwise are the window's, such as Esc or arrows."""

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for it now; `key` answers it then."""
        ...

    def key(self, event: QKeyEvent) -> bool:
        """Answer a key; whether it did."""
        ...


class Hooks:
    """What has been hooked into a row of panes; shared by all its canvases.

    Attributes:
        layers: Drawn in this order.
        tools: Asked in this order; the first that answers has the event.
        key_takers: Asked before the window's shortcuts while a picture has the focus.
    """

    def __init__(self) -> None:
        self.layers: list[Layer] = []
        self.tools: list[MouseTool] = []
        self.key_takers: list[KeyTaker] = []
