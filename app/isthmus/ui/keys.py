"""Keys that a widget keeps for itself while it has the focus, though the window has them too."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Accept an event that asks whether a key is the focused widget's, before any shortcut's.

    Args:
        event: Any event of the widget.
        keys: What its `keyPressEvent` answers, pressed without Shift, Ctrl or Alt.

    Returns:
        Whether it asked for one of the keys; it needs no other handling then.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    kept = is_bare(event) and event.key() in keys
    if kept:
        event.accept()
    return kept


def is_bare(event: QKeyEvent) -> bool:
    """Whether a key is pressed without Shift, Ctrl, Alt or Meta; the keypad's keys count too."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
