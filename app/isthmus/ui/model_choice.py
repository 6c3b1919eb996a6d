"""Which models there are, as entries of a menu."""

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from isthmus.codec import ModelInfo, models
from isthmus.errors import IsthmusError


def installed() -> tuple[ModelInfo, ...]:
    """Return the models that can be chosen; none if their folder is missing."""
    try:
        return models()
    except IsthmusError:
        return ()  # the window has said so already


def add_models(menu: QMenu, current: str, choose: Callable[[ModelInfo], None]) -> None:
    """Put all models at a menu's end, by title; one of them may be chosen.

    Args:
        menu: Gets the entries.
        current: Name of the model in use, which is ticked.
        choose: Called with the model that the person chose.
    """
    choices = QActionGroup(menu)
    for info in installed():
        action = choices.addAction(info.title)
        action.setCheckable(True)
        action.setChecked(info.name == current)
        action.triggered.connect(lambda _=False, chosen=info: choose(chosen))
    menu.addActions(choices.actions())
