"""What the workstation can do beyond showing, each put together by a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.ui.comparing.feature import Comparing
from isthmus.ui.figures.errors.feature import Erring
from isthmus.ui.figures.feature import Figuring
from isthmus.ui.masks.masks import Masks
from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.navigation.feature import Navigation
from isthmus.ui.program.program import Program
from isthmus.ui.program.sessions.sessions import Sessions
from isthmus.ui.selector.selecting import Selecting
from isthmus.ui.storage.feature import Storage
from isthmus.ui.tour.feature import Tour
from isthmus.ui.windowing.windowing import Windowing

if TYPE_CHECKING:
    from isthmus.ui.window import Window


class Features:
    """The features of a window; each makes its own actions, panels and layers.

    Args:
        window: All of it but its features is there.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.program = Program(window)
        self.comparing = Comparing(window)
        self.navigation = Navigation(window)
        self.tour = Tour(window)
        self.windowing = Windowing(window)
        self.erring = Erring(window)
        self.masks = Masks(window)
        self.storage = Storage(window)
        self.selecting = Selecting(window, self.storage.standard)
        self.measuring = Measuring(window)
        self.figuring = Figuring(window, self.measuring.drawings)
        # The last: it tells the others what they were.
        self.sessions = Sessions(window, self.measuring)
