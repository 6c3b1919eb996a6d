"""The cursor follows the pointer while Shift is held."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from isthmus.ui.panes.gestures import pixel_middle
from isthmus.ui.panes.hooks import Place
from isthmus.ui.state import ViewStore


class Follow:
    """Puts the cursor under the pointer as it moves with Shift and no button held.

    The other planes go along, slice by slice: what lies under the pointer is seen in all of them.
    """

    def __init__(self, store: ViewStore) -> None:
        self._store = store

    def press(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to the gestures: Shift and the left one pan."""
        return False

    def move(self, event: QMouseEvent, place: Place) -> bool:
        """Take the cursor along."""
        free = event.buttons() == Qt.MouseButton.NoButton
        if not free or event.modifiers() != Qt.KeyboardModifier.ShiftModifier:
            return False
        self._store.set_cursor(place.mapping.to_mm(pixel_middle(event.position())))
        return True

    def release(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to the gestures."""
        return False

    def double_click(self, event: QMouseEvent, place: Place) -> bool:
        """Leave buttons to the gestures."""
        return False

    def key(self, event: QKeyEvent) -> bool:
        """Answer no key."""
        return False
