"""What any viewer can be told to do, each once: menus, toolbar and keys share these actions.

Each ends in one command of the store, the session or the window; none has state of its own. What a
feature adds, it makes itself with the same kit.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from isthmus.scans import Plane, Window
from isthmus.ui.action_kit import NO_FOCUS, ActionKit, Gesture, key_text, plain_text
from isthmus.ui.formats import number
from isthmus.ui.pictures import value_decimals
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.words import later, tr

__all__ = ["GESTURES", "NO_FOCUS", "PLANES", "Actions", "Gesture", "key_text", "plain_text"]

PLANES = {
    Plane.AXIAL: (later("&Axial"), "Alt+Z"),
    Plane.CORONAL: (later("&Coronal"), "Alt+Y"),
    Plane.SAGITTAL: (later("&Sagittal"), "Alt+X"),
}


GESTURES = (
    Gesture(later("Wheel"), later("Next or previous slice; with Shift, ten")),
    Gesture(
        later("Left-drag"),
        later("Window: right is wider, up is brighter; Ctrl then makes it faster"),
    ),
    Gesture(later("Click"), later("Put the cursor there, in all three planes")),
    Gesture(later("Middle-drag, Shift+left-drag"), later("Pan")),
    Gesture(later("Right-drag, Ctrl+wheel"), later("Zoom")),
    Gesture(later("Double-click"), later("One pane alone, and back")),
    Gesture(later("Hold Space"), later("The original in the reconstruction's place")),
)


class Actions(ActionKit):
    """The window's actions, by what they do.

    Attributes:
        Signals named after what was chosen and is not the store's business; the window connects
        them. `recent_chosen` carries a path, `window_chosen` a preset.
    """

    open_file = Signal()
    open_folder = Signal()
    open_demo = Signal()
    recent_chosen = Signal(str)
    window_chosen = Signal(object)
    clear_recents = Signal()
    save_screenshot = Signal()
    save_scan = Signal(bool)
    quit = Signal()
    step_bottleneck = Signal(int)
    step_part = Signal(int)
    lowest_slice = Signal()
    full_screen = Signal()
    escape = Signal()
    messages = Signal()
    shortcuts = Signal()
    about = Signal()

    def __init__(self, store: ViewStore, host: QMainWindow) -> None:
        super().__init__(host)
        self._store = store
        self.gestures.extend(GESTURES)
        self._presets: tuple[Window, ...] = ()
        self._start_window: Window | None = None

        make = self.make
        self.open_file_action = make(tr("&Open file…"), "Ctrl+O", self.open_file.emit)
        self.open_folder_action = make(tr("Open &folder…"), "Ctrl+Shift+O", self.open_folder.emit)
        self.demo = make(tr("Open &demo scan"), "", self.open_demo.emit)
        self.screenshot = make(tr("Save &picture…"), "Ctrl+E", self.save_screenshot.emit, scan=True)
        self.save_reconstruction = make(
            tr("Save re&construction…"), "Ctrl+S", lambda: self.save_scan.emit(False), scan=True
        )
        self.save_difference = make(
            tr("Save d&ifference…"), "Ctrl+Shift+S", lambda: self.save_scan.emit(True), scan=True
        )
        self.quit_action = make(tr("&Quit"), "Ctrl+Q", self.quit.emit)

        group = QActionGroup(self)
        self.planes: dict[Plane, QAction] = {}
        for plane, (text, key) in PLANES.items():
            action = make(tr(text), key, lambda _=False, p=plane: store.set_plane(p), scan=True)
            action.setCheckable(True)
            group.addAction(action)
            self.planes[plane] = action
        self.slices = [
            make(tr("&Previous slice"), "Up", lambda: store.scroll(-1), scan=True),
            make(tr("&Next slice"), "Down", lambda: store.scroll(1), scan=True),
            make(tr("Ten slices back"), "Shift+Up", lambda: store.scroll(-10), scan=True),
            make(tr("Ten slices on"), "Shift+Down", lambda: store.scroll(10), scan=True),
            make(tr("&First slice"), "Home", lambda: store.go_to_slice(0), scan=True),
            make(tr("&Last slice"), "End", lambda: store.go_to_slice(1 << 30), scan=True),
            make(tr("Slice with the &lowest PSNR"), "N", self.lowest_slice.emit, scan=True),
        ]
        self.parts = [
            make(tr("&Previous part"), "PgUp", lambda: self.step_part.emit(-1)),
            make(tr("&Next part"), "PgDown", lambda: self.step_part.emit(1)),
        ]
        self.crosshair = make(tr("C&rosshair"), "H", store.toggle_crosshair, scan=True, check=True)
        self.overlay = make(tr("&Overlay text"), "I", store.cycle_overlay, scan=True, check=True)
        # Its own state, and of this run only: no setting and no store remembers it.
        self.privacy = make(tr("Show patient and &dates"), "Ctrl+I", lambda: None, check=True)
        self.privacy.setIconText(tr("Show patient and dates"))
        self.fit = make(tr("&Fit"), "F", store.fit, scan=True)
        self.one_to_one = make(
            tr("&1 voxel on 1 device pixel"), "Ctrl+0", store.one_to_one, scan=True
        )
        self.one_to_one.setIconText("1:1")
        self.reset = make(tr("&Reset zoom, pan and window"), "Esc", self.escape.emit)
        self.full = make(tr("F&ull screen"), "F11", self.full_screen.emit, check=True)
        self.first_window = make(
            tr("Window the scan was &opened with"), "0", self._apply_first, scan=True
        )

        self.smaller = make(
            tr("&Smaller bottleneck"),
            ("Left", "["),
            lambda: self.step_bottleneck.emit(-1),
            scan=True,
        )
        self.larger = make(
            tr("&Larger bottleneck"),
            ("Right", "]"),
            lambda: self.step_bottleneck.emit(1),
            scan=True,
        )
        self.peek = make(
            tr("Show the &original (hold Space)"), "", self._toggle_peek, scan=True, check=True
        )

        self.messages_action = make(tr("&Messages"), "", self.messages.emit)
        self.shortcuts_action = make(tr("&Shortcuts"), "?", self.shortcuts.emit)
        self.about_action = make(tr("&About Isthmus"), "", self.about.emit)

        self.recent_menu = QMenu(tr("Open &recent"), host)
        self.window_menu = QMenu(tr("&Window level"), host)
        self._fill()
        store.changed.connect(self._follow)
        self.set_scan_open(False)
        self.set_several_parts(False)
        self._follow(store.state, None)

    def _fill(self) -> None:
        file = self.menu("File")
        file.addActions([self.open_file_action, self.open_folder_action, self.demo])
        file.addMenu(self.recent_menu)
        file.addSeparator()
        file.addActions([self.save_reconstruction, self.save_difference, self.screenshot])
        file.addSeparator()
        file.addAction(self.quit_action)

        view = self.menu("View")
        view.addActions(list(self.planes.values()))
        self.slice_menu = view.addMenu(tr("&Slice"))
        self.slice_menu.addActions(self.slices)
        view.addActions(self.parts)
        view.addMenu(self.window_menu)
        view.addSeparator()
        view.addActions([self.crosshair, self.overlay])
        view.addSeparator()
        view.addAction(self.privacy)
        view.addSeparator()
        view.addActions([self.fit, self.one_to_one, self.reset])
        view.addSeparator()
        view.addAction(self.full)

        self.menu("Compare").addActions([self.smaller, self.larger, self.peek])
        self.menu("Help").addActions(
            [self.messages_action, self.shortcuts_action, self.about_action]
        )

    def set_scan_open(self, is_open: bool) -> None:
        """Enable what needs a scan."""
        super().set_scan_open(is_open)
        self.window_menu.setEnabled(is_open)

    def set_several_parts(self, several: bool) -> None:
        """Offer the way to other parts where there are any."""
        for action in self.parts:
            action.setVisible(several)
            action.setEnabled(several)
        # Where there are no parts, the page keys are the larger step through the slices.
        for action, arrow, page in zip(
            self.slices[2:4], ("Shift+Up", "Shift+Down"), ("PgUp", "PgDown"), strict=True
        ):
            keys = (arrow,) if several else (arrow, page)
            action.setShortcuts([QKeySequence(key) for key in keys])

    def set_recents(self, recents: list[tuple[Path, str]]) -> None:
        """Fill File → Open recent with paths, each by a name."""
        self.recent_menu.clear()
        for path, name in recents:
            action = self.recent_menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, p=str(path): self.recent_chosen.emit(p))
        self.recent_menu.addSeparator()
        self.recent_menu.addAction(tr("Clear"), self.clear_recents.emit)
        self.recent_menu.setEnabled(bool(recents))

    def set_presets(self, presets: tuple[Window, ...], first: Window) -> None:
        """Fill View → Window level for the open scan, with keys 1 to 9 in the order given.

        Args:
            presets: What a scan offers, in real units.
            first: The one it was opened with.
        """
        self._presets, self._start_window = presets, first
        self.window_menu.clear()
        self.window_menu.addAction(self.first_window)
        self.window_menu.addSeparator()
        for place, preset in enumerate(presets, start=1):
            decimals = value_decimals(self._store.volume, preset.width)
            width, centre = (number(v, decimals) for v in (preset.width, preset.centre))
            action = self.window_menu.addAction(f"{tr(preset.name)}  {width} / {centre}")
            if place <= 9:
                action.setShortcut(QKeySequence(str(place)))
            action.triggered.connect(lambda _=False, w=preset: self._apply(w))

    def _apply_first(self) -> None:
        if self._start_window is not None:
            self._apply(self._start_window)

    def _apply(self, window: Window) -> None:
        self.window_chosen.emit(window)

    def _toggle_peek(self) -> None:
        self._store.set_peek(not self._store.state.peek)

    def _follow(self, new: ViewState, _old: ViewState | None) -> None:
        """Tick what is on. The store decides; a tick never sets anything."""
        self.planes[new.plane].setChecked(True)
        self.crosshair.setChecked(new.crosshair)
        self.overlay.setChecked(new.overlay != "none")
        self.peek.setChecked(new.peek)
