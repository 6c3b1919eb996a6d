"""F6 and Shift+F6: the keyboard goes from one region of the window to the next."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

_TAB = Qt.FocusPolicy.TabFocus
# Parts whose tops lie within so many pixels stand in one line.
_LINE = 40


class Regions(QObject):
    """Moves the focus round a window's regions, skipping what is hidden.

    Args:
        window: The window.
        regions: In order; each is entered at its first part that takes the focus.
    """

    def __init__(self, window: QWidget, regions: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._regions = tuple(regions)
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(keys), window)
            shortcut.activated.connect(lambda step=step: self._go(step))

    def _go(self, step: int) -> None:
        count = len(self._regions)
        focused = QApplication.focusWidget()
        start = next(
            (at for at, region in enumerate(self._regions) if _holds(region, focused)),
            -1 if step > 0 else 0,
        )
        for turn in range(1, count + 1):
            target = _first(self._regions[(start + step * turn) % count])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return


def walk_in_reading_order(region: QWidget) -> None:
    """Let Tab go through the parts of a laid-out region as they are read, not as they were made."""
    parts = [
        part
        for part in region.findChildren(QWidget)
        if part.focusPolicy() & _TAB and part.window() is region.window()  # no popup of one
    ]

    def place(part: QWidget) -> tuple[int, int]:
        at = part.mapTo(region, QPoint(0, 0))
        return at.y() // _LINE, at.x()

    for first, second in pairwise(sorted(parts, key=place)):
        QWidget.setTabOrder(first, second)


def _holds(region: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (region is focused or region.isAncestorOf(focused))


def _first(region: QWidget) -> QWidget | None:
    """Return the first visible, enabled part of a region that Tab reaches, or None."""
    for widget in (region, *region.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled():
            return widget
    return None
