"""What screen readers are told of widgets that Qt knows nothing special about."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

_PROPERTY = "spokenAs"
_ROLES = {"graphic": QAccessible.Role.Graphic, "chart": QAccessible.Role.Chart}
_made: list[QAccessibleInterface] = []


def speak_as(widget: QWidget, role: str) -> None:
    """Let a widget be a picture or a plot to screen readers, with its name and description.

    Args:
        widget: Painted by itself; to Qt it is any widget.
        role: `"graphic"` or `"chart"`.
    """
    widget.setProperty(_PROPERTY, role)


def install() -> None:
    """Tell Qt how to describe such widgets. Nothing is made before a screen reader asks."""
    QAccessible.installFactory(_describe)


def _describe(_name: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, QWidget) or widget.property(_PROPERTY) not in _ROLES:
        return None
    # Qt deletes what is made here with its widget; until then someone has to hold it in Python.
    _made[:] = [each for each in _made if isValid(each)]
    made = QAccessibleWidget(widget, _ROLES[widget.property(_PROPERTY)], "")
    _made.append(made)
    return made
