"""What the buttons do over a picture, by the preset that the person is used to."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from PySide6.QtCore import Qt

from isthmus.ui.view_state import Tool


class Preset(StrEnum):
    """Whose habits the buttons follow."""

    CLINICAL = "clinical"  # left windows, right zooms, middle pans
    RIGHT = "right"  # right windows, with Shift pans, with Ctrl zooms; left moves the cursor
    NEURO = "neuro"  # left moves the cursor, right zooms, middle pans, Ctrl+Shift+left windows


class Drag(Enum):
    """What a drag does."""

    WINDOW = auto()
    PAN = auto()
    ZOOM = auto()
    SCROLL = auto()
    CURSOR = auto()


@dataclass
class Mouse:
    """The preset in use, and how much a drag changes the window; changed in place.

    Attributes:
        preset: Whose habits.
        gain: 1 for the usual.
    """

    preset: Preset = Preset.CLINICAL
    gain: float = 1.0


MOUSE = Mouse()
"""Of the whole program, as the theme is."""

_TOOLS = {Tool.PAN: Drag.PAN, Tool.ZOOM: Drag.ZOOM, Tool.SCROLL: Drag.SCROLL}
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def drag_of(
    button: Qt.MouseButton, modifiers: Qt.KeyboardModifier, tool: Tool, preset: Preset
) -> Drag:
    """Return what a drag with a button does.

    Args:
        button: Left, middle or right.
        modifiers: What is held when it goes down.
        tool: The left button's, where someone chose another than the preset's own.
        preset: Whose habits the buttons follow.
    """
    shift, ctrl = bool(modifiers & _SHIFT), bool(modifiers & _CTRL)
    if button == Qt.MouseButton.MiddleButton:
        return Drag.PAN
    if button == Qt.MouseButton.RightButton:
        if preset is not Preset.RIGHT:
            return Drag.ZOOM
        return Drag.PAN if shift else Drag.ZOOM if ctrl else Drag.WINDOW
    if preset is Preset.NEURO and shift and ctrl:
        return Drag.WINDOW
    if shift:
        return Drag.PAN
    return _TOOLS.get(tool, Drag.WINDOW if preset is Preset.CLINICAL else Drag.CURSOR)
