"""What menus and keys do to grey values, colours and conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from isthmus.ui.actions import Actions, Gesture
from isthmus.ui.panes.colour_maps import COLOUR_MAPS
from isthmus.ui.panes.overlay import interpolation_name
from isthmus.ui.view_state import Interpolation, ViewState
from isthmus.ui.words import later, tr

if TYPE_CHECKING:
    from isthmus.ui.windowing.windowing import Windowing


class WindowingActions(QObject):
    """The actions of windows, colour maps, interpolation and convention, in the View menu.

    Args:
        actions: Makes them.
        windowing: What they do.
    """

    def __init__(self, actions: Actions, windowing: Windowing) -> None:
        super().__init__(windowing)
        store, make = windowing.store, actions.make
        self.histogram: QAction = make(
            tr("&Histogram and window…"), "Shift+W", windowing.open_popup, scan=True
        )
        self.automatic: QAction = make(
            tr("A&utomatic window, by percentiles"), "Shift+0", windowing.automatic, scan=True
        )
        self.invert: QAction = make(
            tr("In&vert greys"), "Ctrl+R", windowing.invert, scan=True, check=True
        )
        self.unlink: QAction = make(
            tr("&Own window for reconstructions"), "U", windowing.unlink, scan=True, check=True
        )
        # What stands on buttons.
        self.invert.setIconText(tr("Invert"))
        self.unlink.setIconText(tr("Own window"))
        self.next_interpolation = make(
            tr("&Next interpolation"), "Q", windowing.cycle_interpolation, scan=True
        )
        self.next_map = make(
            tr("&Next colour map"), "Shift+Q", windowing.cycle_colour_map, scan=True
        )
        self.convention = make(
            tr("&Neurological convention: left is left"),
            "Shift+N",
            windowing.toggle_convention,
            scan=True,
            check=True,
        )
        self.convention.setToolTip(
            tr("The patient's left at the left of axial and coronal pictures (Shift+N)")
        )
        self._interpolations: dict[Interpolation, QAction] = {}
        self._maps: dict[str, QAction] = {}
        view = actions.menu("View")
        self._interpolation_menu = QMenu(tr("&Interpolation"), view)
        self._map_menu = QMenu(tr("Colour &map"), view)
        self._groups: dict[QMenu, QActionGroup] = {}
        self._fill(view, actions.window_menu)
        for each in Interpolation:
            action = self._choice(self._interpolation_menu, interpolation_name(each).capitalize())
            action.triggered.connect(lambda _=False, i=each: store.show(interpolation=i))
            self._interpolations[each] = action
        for each_map in COLOUR_MAPS:
            action = self._choice(self._map_menu, each_map.title)
            action.triggered.connect(lambda _=False, n=each_map.name: store.show(colour_map=n))
            self._maps[each_map.name] = action
        actions.gestures.append(
            Gesture(
                later("Ctrl+left-drag"),
                later("Window from the values in a box; press Ctrl later for a faster window"),
            )
        )
        store.changed.connect(self._follow)
        self._follow(store.state)

    def _fill(self, view: QMenu, windows: QMenu) -> None:
        """Put everything below the presets."""
        after = view.actions()[view.actions().index(windows.menuAction()) + 1]
        view.insertActions(after, [self.histogram, self.automatic, self.invert, self.unlink])
        view.insertSeparator(after)
        view.insertMenu(after, self._interpolation_menu)
        view.insertMenu(after, self._map_menu)
        view.insertAction(after, self.convention)
        for menu, following in (
            (self._interpolation_menu, self.next_interpolation),
            (self._map_menu, self.next_map),
        ):
            self._groups[menu] = QActionGroup(self)
            menu.addAction(following)
            menu.addSeparator()

    def _choice(self, menu: QMenu, text: str) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        self._groups[menu].addAction(action)
        return action

    @Slot(object, object)
    def _follow(self, new: ViewState, _old: object = None) -> None:
        """Tick what is on. The store decides; a tick never sets anything."""
        self.invert.setChecked(new.inverted)
        self.unlink.setChecked(new.own_window is not None)
        self.convention.setChecked(new.neurological)
        self._interpolations[new.interpolation].setChecked(True)
        self._maps[new.colour_map].setChecked(True)
