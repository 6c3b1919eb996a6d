"""What lies below the pictures: selector, quality and latent map, as far as there is room."""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from isthmus.ui.latent_map import LatentMap
from isthmus.ui.quality_panel import QualityPanel
from isthmus.ui.selector import BottleneckSelector
from isthmus.ui.selector.layout import Density
from isthmus.ui.theme import TOKENS, colour


class Room(Enum):
    """How much room the window has: its deck's height, and the widths of quality and map."""

    FULL = (256, 372, 392)
    COMPACT = (150, 356, 300)
    LOW = (44, 0, 0)

    @classmethod
    def of(cls, width: int, height: int) -> "Room":
        """Return what a window of this size, in device-independent pixels, has room for."""
        if height < 700:
            return cls.LOW
        return cls.FULL if width >= 1600 and height >= 900 else cls.COMPACT


_DENSITY = {
    Room.FULL: Density.FULL,
    Room.COMPACT: Density.COMPACT,
    Room.LOW: Density.STOPS,
}


class Deck(QWidget):
    """The instrument panel.

    Attributes:
        selector: Chooses the bottleneck.
        quality: What it costs.
        map: What the latent looks like.
        tabs: The map and other panels in one place; on demand where room is short.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selector = BottleneckSelector()
        self.quality = QualityPanel()
        self.map = LatentMap()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("decktabs")
        self.tabs.setTabBarAutoHide(True)
        self.tabs.addTab(self.map, "Latent map")
        self._room = Room.FULL
        self._map_wanted = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.selector, 1)
        row.addWidget(self.quality)
        row.addWidget(self.tabs)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_room(Room.FULL)

    @property
    def map_shown(self) -> bool:
        """Whether the map has its place."""
        return self._room is Room.FULL or (self._room is Room.COMPACT and self._map_wanted)

    def set_room(self, room: Room) -> None:
        """Take this much room."""
        self._room = room
        height, quality, latent_map = room.value
        self.setFixedHeight(height)
        self.selector.set_density(_DENSITY[room])
        self.quality.set_compact(room is not Room.FULL)
        self.quality.setFixedWidth(quality or 1)
        self.quality.setVisible(quality > 0)
        self.tabs.setFixedWidth(latent_map or 1)
        self.tabs.setVisible(self.map_shown)

    def toggle_map(self) -> None:
        """Show the map where it is on demand, or take it away."""
        self._map_wanted = not self._map_wanted
        self.tabs.setVisible(self.map_shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the panels' ground and the lines between them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(TOKENS.line))
        for panel in (self.selector, self.quality, self.tabs):
            if panel.isVisible():
                painter.fillRect(panel.geometry(), colour(TOKENS.panel))
