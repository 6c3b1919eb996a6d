"""The drawings of each scan, which one is selected, and how what was done is taken back."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.words import tr

_CHANGE_ID = 0x49530  # tells our changes from other parts' commands


class Drawings(QObject):
    """Keeps drawings by scan. Every change that a person makes can be undone.

    Attributes:
        changed: There are others, or one of them changed.
        selected_changed: Another one is selected, or none.
        added: The person drew one.
    """

    changed = Signal()
    selected_changed = Signal()
    added = Signal(object)

    def __init__(self, undo: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo = undo
        self._books: dict[str, dict[str, Drawing]] = {}
        self._scan = ""
        self._selected = ""

    @property
    def all(self) -> tuple[Drawing, ...]:
        """Those of the scan that is shown, oldest first."""
        return tuple(self._book.values())

    @property
    def selected(self) -> Drawing | None:
        """The one that keys and figures speak of."""
        return self._book.get(self._selected)

    def get(self, key: str) -> Drawing | None:
        """Return one of the shown scan's drawings."""
        return self._book.get(key)

    def use(self, scan: str) -> None:
        """Go over to the drawings of another scan; nothing done on the one before is undone."""
        if scan == self._scan:
            return
        self._scan, self._selected = scan, ""
        self._undo.clear()
        self.changed.emit()
        self.selected_changed.emit()

    def select(self, key: str) -> None:
        """Select a drawing, or none with an empty key."""
        key = key if key in self._book else ""
        if key != self._selected:
            self._selected = key
            self.selected_changed.emit()

    def step(self, steps: int) -> None:
        """Select the next or the previous drawing, round and round."""
        keys = list(self._book)
        if keys:
            at = keys.index(self._selected) if self._selected in keys else -1 if steps > 0 else 0
            self.select(keys[(at + steps) % len(keys)])

    def name_for(self, shape: Shape) -> str:
        """Return a name for a new drawing, such as "Ellipse 2", that no other has."""
        names = {drawing.name for drawing in self.all}
        number = 1
        while (name := f"{shape.words} {number}") in names:
            number += 1
        return name

    # What a person does

    def add(self, drawing: Drawing) -> None:
        """Add a drawing and select it."""
        words = tr("Draw {name}").format(name=drawing.name)
        self._undo.push(_Change(self, None, drawing, words, ""))
        self.added.emit(drawing)

    def remove(self, key: str) -> None:
        """Remove a drawing."""
        drawing = self.get(key)
        if drawing is not None:
            words = tr("Delete {name}").format(name=drawing.name)
            self._undo.push(_Change(self, drawing, None, words, ""))

    def change(self, before: Drawing, after: Drawing, gesture: str = "") -> None:
        """Move or reshape a drawing.

        Args:
            before: As it was.
            after: As it is to be.
            gesture: Changes of one drawing that have the same one are undone at once.
        """
        if before != after:
            words = tr("Move {name}").format(name=after.name)
            self._undo.push(_Change(self, before, after, words, gesture))

    def rename(self, key: str, name: str) -> None:
        """Give a drawing another name; an empty one changes nothing."""
        drawing, name = self.get(key), name.strip()[:200]
        if drawing is not None and name and name != drawing.name:
            words = tr("Rename {name}").format(name=drawing.name)
            self._undo.push(_Change(self, drawing, replace(drawing, name=name), words, ""))

    def preview(self, drawing: Drawing) -> None:
        """Show a drawing as it is while it is dragged; nothing of it can be undone yet."""
        if drawing.key in self._book:
            self._put(drawing.key, drawing)

    def replace_all(self, drawings: list[Drawing]) -> None:
        """Take these in place of all of the shown scan; this is not undone."""
        self._books[self._scan] = {drawing.key: drawing for drawing in drawings}
        self._selected = ""
        self._undo.clear()
        self.changed.emit()
        self.selected_changed.emit()

    @property
    def _book(self) -> dict[str, Drawing]:
        return self._books.setdefault(self._scan, {})

    def _put(self, key: str, drawing: Drawing | None) -> None:
        book = self._book
        if drawing is None:
            book.pop(key, None)
            if key == self._selected:
                self._selected = ""
                self.selected_changed.emit()
        else:
            book[key] = drawing
        self.changed.emit()

    def _apply(self, key: str, drawing: Drawing | None) -> None:
        """Carry out a command; what it changed is selected, so that one sees it."""
        self._put(key, drawing)
        if drawing is not None:
            self.select(key)


class _Change(QUndoCommand):
    """One drawing as it was and as it is to be; None where there is none."""

    def __init__(
        self,
        drawings: Drawings,
        before: Drawing | None,
        after: Drawing | None,
        words: str,
        gesture: str,
    ) -> None:
        super().__init__(words)
        self._drawings = drawings
        self.before = before
        self.after = after
        self.gesture = gesture
        one = after or before
        assert one is not None
        self.key = one.key

    def redo(self) -> None:
        """Carry it out, at first and again."""
        self._drawings._apply(self.key, self.after)

    def undo(self) -> None:
        """Take it back."""
        self._drawings._apply(self.key, self.before)

    def id(self) -> int:
        """Say whether it may be one with the command before it."""
        return _CHANGE_ID if self.gesture else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the next change of the same gesture."""
        if not isinstance(other, _Change) or (other.key, other.gesture) != (self.key, self.gesture):
            return False
        self.after = other.after
        return True
