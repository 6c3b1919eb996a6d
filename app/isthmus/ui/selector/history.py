"""A choice of the bottleneck as a command that can be taken back, however it was made."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from isthmus.ui.selector.selector import BottleneckSelector
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.words import tr

_DRAG = 0x1571


class History(QObject):
    """Puts every change of the bottleneck that the person made on the stack of commands.

    It follows the store, so that stops, plot, wheel, keys and menus are all taken back alike; all
    stops that one drag passed are one command. What another model or another scan brings is no
    choice of the person's.

    Args:
        store: Whose bottleneck it is.
        selector: Knows which bottlenecks there are, and whether the hand drags.
        stack: What undo takes from.
    """

    def __init__(self, store: ViewStore, selector: BottleneckSelector, stack: QUndoStack) -> None:
        super().__init__(selector)
        self._store = store
        self._selector = selector
        self._stack = stack
        self._replaying = False
        self._drag = 0
        store.changed.connect(self._follow)
        selector.released.connect(self._end_drag)

    def ask(self, name: str) -> bool:
        """Ask for a bottleneck as undo and redo do.

        Returns:
            Whether the model that is in use has it.
        """
        if name not in self._selector.names():
            return False
        self._replaying = True
        try:
            self._store.set_bottleneck(name)
        finally:
            self._replaying = False
        return True

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        names = self._selector.names()
        known = old.bottleneck in names and new.bottleneck in names
        if new.bottleneck == old.bottleneck or not known or self._replaying:
            return
        drag = self._drag if self._selector.dragging else -1
        self._stack.push(_Choice(self, old.bottleneck, new.bottleneck, drag))

    @Slot()
    def _end_drag(self) -> None:
        self._drag += 1


class _Choice(QUndoCommand):
    """From one bottleneck to another.

    Args:
        history: Carries it out.
        before: Name of the bottleneck that was left.
        after: Name of the one that was chosen.
        drag: Number of the drag that it belongs to; below 0 for none.
    """

    def __init__(self, history: History, before: str, after: str, drag: int) -> None:
        super().__init__(tr("bottleneck {name}").format(name=after))
        self._history = history
        self._before = before
        self._after = after
        self._drag = drag

    def undo(self) -> None:
        """Return to the bottleneck before."""
        self.setObsolete(not self._history.ask(self._before))

    def redo(self) -> None:
        """Go to the bottleneck after; it is there already when the command is new."""
        self.setObsolete(not self._history.ask(self._after))

    def id(self) -> int:
        """Return one number for all that may be one drag."""
        return _DRAG if self._drag >= 0 else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later stop of the same drag into this command."""
        if not isinstance(other, _Choice) or other._drag != self._drag:
            return False
        self._after = other._after
        self.setText(other.text())
        self.setObsolete(self._before == self._after)
        return True
