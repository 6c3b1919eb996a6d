"""The panels round the pictures: each can be moved, floated, closed and brought back.

They start where they belong: scans at the left, the instruments below. Their title bars cost
height, so they are there only while panels are being arranged, and on panels that float.
"""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QTabWidget,
    QToolButton,
    QWidget,
)

from isthmus.ui.actions import NO_FOCUS, Actions
from isthmus.ui.deck import Room
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.settings import Settings
from isthmus.ui.theme import scaled
from isthmus.ui.viewer import Viewer
from isthmus.ui.words import later, tr

_VERSION = 1
_STATE, _HIDDEN = "panels/state", "panels/hidden"
_TITLE_HEIGHT = 26
_BESIDE = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
_ACROSS = Qt.DockWidgetArea.TopDockWidgetArea | Qt.DockWidgetArea.BottomDockWidgetArea
_BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
_NORTH = QTabWidget.TabPosition.North

_TITLES = {
    "scans": later("Scans"),
    "selector": later("Bottleneck"),
    "quality": later("Quality"),
    "tabs": later("Latent map and more"),
}
# What each room shows unless the person wants it otherwise.
_SHOWN = {
    Room.FULL: {"scans", "selector", "quality", "tabs"},
    Room.COMPACT: {"scans", "selector", "quality"},
    Room.LOW: {"scans", "selector"},
}


class _Title(QWidget):
    """A thin bar to take a panel by; without height while it is not needed."""

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self.setObjectName("docktitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown = False
        name = QLabel(dock.windowTitle())
        name.setProperty("role", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(name, 1)
        for sign, tip, run in (
            ("arrow-square-out", tr("Float, or put back"), self._toggle_float),
            ("x", tr("Close; Window brings it back"), dock.close),
        ):
            button = QToolButton()
            button.setIcon(icon(sign))
            button.setIconSize(SIZE * 0.75)
            button.setToolTip(tip)
            button.setAccessibleName(f"{dock.windowTitle()}: {tip}")
            button.setFocusPolicy(NO_FOCUS)
            button.clicked.connect(run)
            row.addWidget(button)
        self._dock = dock
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Take room, or none."""
        self._shown = shown
        for child in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.setVisible(shown)
        self.setFixedHeight(scaled(_TITLE_HEIGHT) if shown else 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that the dock keeps free."""
        return QSize(80, scaled(_TITLE_HEIGHT)) if self._shown else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a layout does not squeeze the bar."""
        return self.sizeHint()

    @Slot()
    def _toggle_float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())


class Panel(QDockWidget):
    """One panel.

    Attributes:
        closed: The person closed it.
    """

    closed = Signal()

    def __init__(self, key: str, content: QWidget, areas: Qt.DockWidgetArea) -> None:
        super().__init__(tr(_TITLES[key]))
        self.setObjectName(f"panel-{key}")
        self.setWidget(content)
        self.setAllowedAreas(areas)
        self._title = _Title(self)
        self._arranging = False
        self.setTitleBarWidget(self._title)
        self.topLevelChanged.connect(self._show_title)

    def set_arranging(self, arranging: bool) -> None:
        """Show the bar to take it by."""
        self._arranging = arranging
        self._show_title()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the person does not want it."""
        super().closeEvent(event)
        self.closed.emit()

    @Slot()
    def _show_title(self) -> None:
        self._title.set_shown(self._arranging or self.isFloating())


class Docks(QMainWindow):
    """Pictures in the middle, panels round them; a page of the window.

    Args:
        viewer: The pictures, with the instruments that are put below them.
        scans: The list of scans.
        actions: Get the entries of the menu Window.
        settings: Where the arrangement is remembered.

    Attributes:
        panels: By key: scans, selector, quality, tabs.
    """

    def __init__(
        self, viewer: Viewer, scans: QWidget, actions: Actions, settings: Settings
    ) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, _NORTH)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.TopLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self._settings = settings
        self._actions = actions
        self._viewer = viewer
        self._scans = scans
        self._deck = deck = viewer.deck
        self._room: Room | None = None
        self._sized = False
        every = Qt.DockWidgetArea.AllDockWidgetAreas
        self.panels = {
            "scans": Panel("scans", scans, _BESIDE),
            "selector": Panel("selector", deck.selector, _ACROSS),
            "quality": Panel("quality", deck.quality, every),
            "tabs": Panel("tabs", deck.tabs, every),
        }
        # Tab goes through them in this order.
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.panels["scans"])
        self.setCentralWidget(viewer)
        self._wanted = {room: set(shown) for room, shown in _SHOWN.items()}
        self._put_in_place()
        self._make_actions()
        for key, panel in self.panels.items():
            panel.closed.connect(lambda key=key: self.set_wanted(key, False))
            panel.topLevelChanged.connect(lambda floats, key=key: self._float(key, floats))
        self._remember()

    def add(self, widget: QWidget, title: str, key: str) -> None:
        """Put a panel beside the latent map, as a tab.

        Args:
            widget: Looks right from 300×110 px to any size; it works only while it is visible.
            title: What its tab says.
            key: Its name in settings; unique.
        """
        widget.setObjectName(key)
        self._deck.tabs.addTab(widget, title)
        self._deck.map.set_titled(False)  # its tab says it now

    def show_tab(self, key: str) -> None:
        """Bring a panel that `add` got to the front, and the tabs if they are closed."""
        found = self._deck.tabs.findChild(QWidget, key)
        if found is not None:
            self._deck.tabs.setCurrentWidget(found)
            self.set_wanted("tabs", True)

    # What is shown

    def set_room(self, room: Room) -> None:
        """Take as much room as there is, as the look says; only a change of it resizes anything."""
        if room is self._room:
            return
        self._room = room
        self._scans.set_rail(room is not Room.FULL)  # type: ignore[attr-defined]
        self._deck.set_room(room)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the panels their sizes: before, there was nothing to divide."""
        super().showEvent(event)
        self._size()

    def _size(self) -> None:
        if self._sized or not self.isVisible() or self._room is None:
            return
        self._sized = True
        height, quality, tabs = map(scaled, self._room.value)
        wide = {"selector": self.width(), "quality": quality, "tabs": tabs}
        below = [
            (panel, width)
            for panel, width in ((self.panels[key], width) for key, width in wide.items())
            if self.dockWidgetArea(panel) == _BELOW and not panel.isFloating()
            if panel.isVisibleTo(self)
        ]
        panels = [panel for panel, _ in below]
        # Their smallest sizes are those of the room by now.
        for layout in (*(panel.layout() for panel in self.panels.values()), self.layout()):
            if layout is not None:
                layout.activate()
        self.resizeDocks(panels, [height - 1] * len(below), Qt.Orientation.Vertical)
        self.resizeDocks(panels, [width for _, width in below], Qt.Orientation.Horizontal)

    def is_wanted(self, key: str) -> bool:
        """Return whether a panel is to be seen in the room that there is."""
        return key in self._wanted[self._room or Room.FULL]

    def set_wanted(self, key: str, wanted: bool) -> None:
        """Show a panel, or take it away, in windows of this size."""
        keys = self._wanted[self._room or Room.FULL]
        (keys.add if wanted else keys.discard)(key)
        self._settle()

    def _float(self, key: str, floats: bool) -> None:
        """What floats is seen beside windows of every size, until it is closed or put back."""
        for room, keys in self._wanted.items():
            if floats:
                keys.add(key)
            elif room is not self._room and key not in _SHOWN[room]:
                keys.discard(key)
        self._settle()

    @Slot()
    def _settle(self) -> None:
        self._sized = False
        self._show_wanted()
        self._size()

    def _show_wanted(self) -> None:
        room = self._room or Room.FULL
        for key, panel in self.panels.items():
            # A low window has no height for them, but they may float beside it.
            fits = room is not Room.LOW or key in _SHOWN[Room.LOW] or panel.isFloating()
            panel.setVisible(fits and key in self._wanted[room])
            action = self._shown_actions[key]
            action.setEnabled(fits)
            action.setChecked(fits and key in self._wanted[room])

    # Actions

    def _make_actions(self) -> None:
        make, menu = self._actions.make, self._actions.menu("Window")
        self._shown_actions: dict[str, QAction] = {}
        for key, title in _TITLES.items():
            self._shown_actions[key] = make(
                tr(title),
                "M" if key == "tabs" else "",
                lambda key=key: self.set_wanted(key, not self.is_wanted(key)),
                check=True,
            )
        self.arrange = make(tr("Arrange &panels"), "", self._arrange, check=True)
        self.reset = make(tr("&Reset layout"), "", self.reset_layout)
        menu.addActions(list(self._shown_actions.values()))
        menu.addSeparator()
        menu.addActions([self.arrange, self.reset])

    @property
    def tabs_action(self) -> QAction:
        """Shows the latent map and what lies beside it, or takes them away."""
        return self._shown_actions["tabs"]

    def _arrange(self) -> None:
        for panel in self.panels.values():
            panel.set_arranging(self.arrange.isChecked())
        self._settle()

    @Slot()
    def reset_layout(self) -> None:
        """Put every panel back where the look has it."""
        self._wanted = {room: set(shown) for room, shown in _SHOWN.items()}
        for panel in self.panels.values():
            panel.setFloating(False)
            self.removeDockWidget(panel)
        self._put_in_place()
        room, self._room = self._room, None
        self.set_room(room or Room.FULL)

    def _put_in_place(self) -> None:
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.panels["scans"])
        for key in ("selector", "quality", "tabs"):
            self.addDockWidget(_BELOW, self.panels[key], Qt.Orientation.Horizontal)

    # What is remembered

    def save(self) -> None:
        """Remember where the panels are and which are closed."""
        state = bytes(self.saveState(_VERSION).toBase64().data()).decode("ascii")
        self._settings.set_value(_STATE, state)
        hidden = [
            f"{room.name}.{key}"
            for room, shown in _SHOWN.items()
            for key in self.panels
            if (key in shown) != (key in self._wanted[room])
        ]
        self._settings.set_value(_HIDDEN, " ".join(hidden))

    def _remember(self) -> None:
        for word in self._settings.value(_HIDDEN, "").split():
            room, _, key = word.partition(".")
            if room in Room.__members__ and key in self.panels:
                self._wanted[Room[room]] ^= {key}
        state = self._settings.value(_STATE, "")
        if state:
            self.restoreState(QByteArray.fromBase64(state.encode("ascii")), _VERSION)
        self._show_wanted()
