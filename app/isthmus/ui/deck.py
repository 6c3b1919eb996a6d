"""What lies below the pictures: selector, quality and latent map, as far as there is room."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QTabWidget

from isthmus.ui.figures.panel import QualityPanel
from isthmus.ui.latent_map import LatentMap
from isthmus.ui.selector import BottleneckSelector
from isthmus.ui.selector.layout import Density
from isthmus.ui.theme import scaled, text_scale
from isthmus.ui.words import tr

_NARROWEST = 480
_UNLIMITED = 16_777_215  # what Qt calls no limit


class Room(Enum):
    """How much room the window has: its deck's height, and the widths of quality and map."""

    FULL = (256, 372, 392)
    COMPACT = (150, 356, 300)
    LOW = (44, 0, 0)

    @classmethod
    def of(cls, width: int, height: int) -> "Room":
        """Return what a window of this size has room for: the larger the text, the less.

        Args:
            width: In device-independent pixels.
            height: In the same.
        """
        width, height = round(width / text_scale()), round(height / text_scale())
        if height < 700:
            return cls.LOW
        return cls.FULL if width >= 1600 and height >= 900 else cls.COMPACT


_DENSITY = {
    Room.FULL: Density.FULL,
    Room.COMPACT: Density.COMPACT,
    Room.LOW: Density.STOPS,
}


class Deck:
    """The instruments; `Docks` puts them into their places.

    Attributes:
        selector: Chooses the bottleneck.
        quality: What it costs.
        map: What the latent looks like.
        tabs: The map and other panels in one place.
    """

    def __init__(self) -> None:
        self.selector = BottleneckSelector()
        self.quality = QualityPanel()
        self.map = LatentMap()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("decktabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the bar takes it where it is shown
        self.tabs.addTab(self.map, tr("Latent map"))
        grows, keeps = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        self.selector.setSizePolicy(grows, grows)
        for panel in (self.quality, self.tabs):
            panel.setSizePolicy(keeps, grows)

    def set_room(self, room: Room) -> None:
        """Take this much room; where more is given, it is filled."""
        height, quality, latent_map = map(scaled, room.value)
        self.selector.set_density(_DENSITY[room])
        self.quality.set_compact(room is not Room.FULL)
        for panel, width in ((self.quality, quality), (self.tabs, latent_map)):
            panel.setMinimumSize(width, height - 1)
        self.selector.setMinimumSize(_NARROWEST, height - 1)
        low = room is Room.LOW
        self.selector.setMaximumHeight(height - 1 if low else _UNLIMITED)
