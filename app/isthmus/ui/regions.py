"""F6 and Shift+F6: the keyboard goes from one region of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


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


def _holds(region: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (region is focused or region.isAncestorOf(focused))


def _first(region: QWidget) -> QWidget | None:
    """Return the first visible, enabled part of a region that Tab reaches, or None."""
    for widget in (region, *region.findChildren(QWidget)):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if takes and widget.isVisible() and widget.isEnabled():
            return widget
    return None
