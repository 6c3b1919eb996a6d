"""What menus and keys do with drawings, the left button's tools and the magnifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from isthmus.ui.actions import Gesture
from isthmus.ui.icons import icon
from isthmus.ui.measure.power import USUAL, stepped
from isthmus.ui.measure.shapes import Shape
from isthmus.ui.state import ViewState
from isthmus.ui.view_state import Tool
from isthmus.ui.words import later, tr

if TYPE_CHECKING:
    from isthmus.ui.measure.measuring import Measuring
    from isthmus.ui.window import Window

# Text, keys, Phosphor's icon.
_LOOKING = {
    Tool.WINDOW: (later("&Window with the left button"), "W", "circle-half"),
    Tool.PAN: (later("&Pan with the left button"), "T", "hand"),
    Tool.ZOOM: (later("&Zoom with the left button"), "Z", "magnifying-glass"),
    Tool.SCROLL: (later("&Scroll with the left button"), "S", "arrows-down-up"),
}
_LINES = {
    Tool.DISTANCE: (later("&Distance"), "D", "ruler"),
    Tool.ANGLE: (later("&Angle"), "A", "caret-left"),
    Tool.PROFILE: (later("Line &profile"), "K", "chart-line"),
}
_REGIONS = {
    Tool.ELLIPSE: (later("&Ellipse"), "E", "circle-dashed"),
    Tool.RECTANGLE: (later("&Rectangle"), "R", "selection"),
    Tool.FREEHAND: (later("&Freehand region"), "Shift+F", "polygon"),
}
_GESTURES = (
    Gesture(
        later("Left-drag, or clicks, with a tool"),
        later("Draw; Shift keeps sides equal, or lines at 45°"),
    ),
    Gesture(
        later("Enter on a picture"),
        later("With a tool, draw at the cursor; then arrow keys move it, Tab goes through handles"),
    ),
    Gesture(later("Wheel, with the magnifier"), later("Enlarge more or less; Shift: ten slices")),
)


class MeasureActions(QObject):
    """The actions of the Measure menu, and the toolbar's buttons for tools.

    Args:
        window: Whose menus and tools.
        measuring: What they do.

    Attributes:
        tools: What the left button does, by tool.
    """

    def __init__(self, window: Window, measuring: Measuring) -> None:
        super().__init__(measuring)
        self._store = window.store
        self._drawings = measuring.drawings
        actions = window.actions_
        make, menu = actions.make, actions.menu("Measure")
        self.tools: dict[Tool, QAction] = {}
        for tool, (text, key, sign) in {**_LOOKING, **_LINES, **_REGIONS}.items():
            action = make(tr(text), key, lambda t=tool: self._choose(t), scan=True, check=True)
            action.setIcon(icon(sign))
            self.tools[tool] = action
        self.magnifier = make(tr("&Magnifier"), "G", self._magnify, scan=True, check=True)
        self.larger = make(tr("Enlarge &more"), ("+", "="), lambda: self._step(1))
        self.smaller = make(tr("Enlarge &less"), "-", lambda: self._step(-1))
        self.next = make(tr("&Next drawing"), "J", lambda: measuring.step(1))
        self.previous = make(tr("Pre&vious drawing"), "Shift+J", lambda: measuring.step(-1))
        self.go = make(tr("&Go to the drawing"), "", measuring.go_to_selected)
        self.rename = make(tr("Rena&me the drawing…"), "F2", measuring.rename_selected)
        self.delete = make(tr("De&lete the drawing"), ("Delete", "Backspace"), measuring.delete)
        self.copy = make(tr("&Copy the drawings' figures"), "Ctrl+Shift+C", measuring.copy)
        self.export = make(tr("E&xport the drawings as CSV…"), "", measuring.choose_export)
        self.copy_profile = make(tr("Copy the pr&ofile's values"), "", measuring.copy_profile)
        self.export_profile = make(
            tr("Export the profile as CS&V…"), "", measuring.choose_profile_export
        )
        for action, sign in (
            (self.go, "crosshair-simple"),
            (self.rename, "pencil-simple"),
            (self.delete, "trash"),
            (self.copy, "copy"),
            (self.export, "export"),
            (self.copy_profile, "copy"),
            (self.export_profile, "export"),
        ):
            action.setIcon(icon(sign))

        left = QMenu(tr("Left &button"), menu)
        left.addActions([self.tools[tool] for tool in _LOOKING])
        menu.addMenu(left)
        menu.addSeparator()
        menu.addActions([self.tools[tool] for tool in (*_LINES, *_REGIONS)])
        menu.addSeparator()
        menu.addActions([self.magnifier, self.larger, self.smaller])
        menu.addSeparator()
        menu.addActions([self.next, self.previous, self.go, self.rename, self.delete])
        menu.addSeparator()
        menu.addActions([self.copy, self.export, self.copy_profile, self.export_profile])
        actions.gestures.extend(_GESTURES)

        self._groups = [
            (window.toolbar.add(self.tools[next(iter(group))], sign), group)
            for group, sign in (
                (_LOOKING, "circle-half"),
                (_LINES, "ruler"),
                (_REGIONS, "selection"),
            )
        ]
        for button, group in self._groups:
            self._fill(button, [self.tools[tool] for tool in group])
        window.toolbar.add(self.magnifier, "magnifying-glass-plus")
        self._store.changed.connect(self._follow)
        self._drawings.changed.connect(self.refresh)
        self._drawings.selected_changed.connect(self.refresh)
        self._follow(self._store.state)
        self.refresh()

    @property
    def buttons(self) -> list[QToolButton]:
        """The toolbar's buttons for tools."""
        return [button for button, _ in self._groups]

    @Slot()
    def refresh(self) -> None:
        """Enable what can be done with the drawings that there are."""
        there = bool(self._drawings.all)
        chosen = self._drawings.selected is not None
        profile = any(one.shape is Shape.PROFILE for one in self._drawings.all)
        for action in (self.next, self.previous, self.copy, self.export):
            action.setEnabled(there)
        for action in (self.go, self.rename, self.delete):
            action.setEnabled(chosen)
        for action in (self.copy_profile, self.export_profile):
            action.setEnabled(profile)

    def _fill(self, button: QToolButton, actions: list[QAction]) -> None:
        menu = QMenu(button)
        menu.addActions(actions)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def _choose(self, tool: Tool) -> None:
        """Take a tool; its key once more puts it down."""
        again = self._store.state.tool is tool
        self._store.show(tool=Tool.WINDOW if again else tool)
        self._follow(self._store.state)

    def _magnify(self) -> None:
        self._store.show(magnification=0.0 if self._store.state.magnification else USUAL)

    def _step(self, steps: int) -> None:
        self._store.show(magnification=stepped(self._store.state.magnification, steps))

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState | None = None) -> None:
        """Tick what is on. The store decides; a tick never sets anything."""
        for tool, action in self.tools.items():
            action.setChecked(tool is new.tool)
        on = bool(new.magnification)
        self.magnifier.setChecked(on)
        for action in (self.larger, self.smaller):
            action.setEnabled(on)
        if old is None or new.tool is not old.tool:
            for button, group in self._groups:
                if new.tool in group:
                    button.setDefaultAction(self.tools[new.tool])
