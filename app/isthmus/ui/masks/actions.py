"""What menus and keys do with masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from isthmus.ui.actions import Actions, Gesture
from isthmus.ui.words import later, tr

if TYPE_CHECKING:
    from isthmus.ui.masks.masks import Masks


class MaskActions(QObject):
    """The actions of masks, in the File and View menus.

    Args:
        actions: Makes them.
        masks: What they do.

    Attributes:
        open: Asks for a file.
        close: Takes the mask away.
        shown: Shows or hides it.
    """

    def __init__(self, actions: Actions, masks: Masks) -> None:
        super().__init__(masks)
        self._masks = masks
        make = actions.make
        self.open: QAction = make(tr("Open &mask…"), "Ctrl+M", masks.choose, scan=True)
        self.open.setToolTip(
            tr("Lay a label map on the same grid over the scan (Ctrl+M, or Shift while dropping)")
        )
        self.close: QAction = make(tr("Close m&ask"), "", masks.close)
        self.shown: QAction = make(tr("&Mask"), "O", masks.toggle, check=True)
        self.shown.setToolTip(tr("Show or hide the mask (O)"))
        file = actions.menu("File")
        file.insertActions(actions.recent_menu.menuAction(), [self.open, self.close])
        view = actions.menu("View")
        after = view.actions()[view.actions().index(actions.overlay) + 1]
        view.insertAction(after, self.shown)
        actions.gestures.append(
            Gesture(later("Shift while dropping a file"), later("Open it as a mask over the scan"))
        )
        masks.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        there = self._masks.map is not None
        self.close.setEnabled(there)
        self.shown.setEnabled(there)
        self.shown.setChecked(there and self._masks.visible)
