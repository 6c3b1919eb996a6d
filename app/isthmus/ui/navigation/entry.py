"""Numbers that are typed in: a slice's, and the rate of the cine."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from isthmus.ui.keys import keeps
from isthmus.ui.theme import enlarged
from isthmus.ui.words import tr

_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


class Number(QSpinBox):
    """A field without arrows, which has its keys to itself while it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the window has too."""
        return keeps(event, _KEYS) or super().event(event)


class NumberEntry(Number):
    """Asks for the number of a slice; Return goes there, Esc does not.

    Attributes:
        chosen: Number of the slice, from 1.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Slice to go to"))
        self.setToolTip(tr("Type a slice's number. Return goes there, Esc does not (Ctrl+G)."))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStyleSheet(enlarged("padding: 0 6px; min-height: 22px"))
        self._returns_to: QWidget | None = None
        self.hide()

    def ask(self, number: int, count: int, returns_to: QWidget | None) -> None:
        """Come up with the slice that is shown, ready to be typed over.

        Args:
            number: Of that slice, from 1.
            count: How many there are.
            returns_to: What has the keyboard afterwards.
        """
        self._returns_to = returns_to
        self.setRange(1, count)
        self.setSuffix(f" / {count}")
        self.setValue(number)
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there, or away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.interpretText()
            self._close()
            self.chosen.emit(self.value())
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Go away when something else is used."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hide()

    def _close(self) -> None:
        self.hide()
        if self._returns_to is not None:
            self._returns_to.setFocus(Qt.FocusReason.OtherFocusReason)
