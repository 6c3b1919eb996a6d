"""The panels below the pictures that share one place: the latent map and others, as tabs."""

from PySide6.QtWidgets import QWidget

from isthmus.ui.deck import Deck


class Docks:
    """Puts panels into their places.

    Args:
        deck: Where the tabs are.
    """

    def __init__(self, deck: Deck) -> None:
        self._deck = deck

    def add(self, widget: QWidget, title: str, key: str) -> None:
        """Put a panel beside the latent map, as a tab.

        Args:
            widget: Looks right from 300×110 px to any size; it works only while it is visible.
            title: What its tab says.
            key: Its name in settings; unique.
        """
        widget.setObjectName(key)
        self._deck.tabs.addTab(widget, title)
