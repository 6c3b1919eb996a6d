"""The main window: menus and tools above, scans at the left, pictures and deck, status below."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QUndoStack,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui import icons
from isthmus.ui.actions import Actions
from isthmus.ui.cache import BUDGET
from isthmus.ui.choosing import Choosing
from isthmus.ui.deck import Room
from isthmus.ui.docks import Docks
from isthmus.ui.features import Features
from isthmus.ui.loading import Loading
from isthmus.ui.messages import MessageBar
from isthmus.ui.opening import Opening
from isthmus.ui.privacy import Privacy
from isthmus.ui.program.preferences import MEMORY
from isthmus.ui.reading import READ, Look
from isthmus.ui.regions import Regions
from isthmus.ui.scans_shown import ScansShown
from isthmus.ui.session import LOAD, Session
from isthmus.ui.settings import Settings
from isthmus.ui.starting.welcome import Welcome
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.status import RESEARCH, StatusLine
from isthmus.ui.status_text import StatusText
from isthmus.ui.study import Study
from isthmus.ui.toolbar import ToolBar
from isthmus.ui.viewer import Viewer
from isthmus.ui.window_commands import WindowCommands
from isthmus.ui.words import tr

_SIZE = QSize(1600, 960)
_SMALLEST = QSize(960, 600)


class Window(QMainWindow):
    """One scan, what the bottleneck makes of it, and how to move about in both.

    Args:
        settings: What is remembered.
        device: Where the model is to run: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
        bottleneck: Name of the bottleneck to start with; the middle one if empty.
        budget: Bytes of reconstructions kept in memory; as the settings say if None.

    Attributes:
        store: The view's state.
        session: The open scan, the model and the work.
        opening: The ways to open a scan.
        choosing: The chooser among several series.
        commands: What menus and keys do besides.
        undo: What can be taken back.
        docks: The panels that can be moved, floated and closed.
        features: What there is beyond showing.
        first_painted: The window stands on the screen for the first time.
    """

    first_painted = Signal()

    def __init__(
        self,
        settings: Settings,
        *,
        device: str = "auto",
        bottleneck: str = "",
        budget: int | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.store = ViewStore(self)
        if budget is None:
            budget = settings.value(MEMORY, BUDGET >> 20) << 20
        self.session = Session(
            self.store, device=device, bottleneck=bottleneck, budget=budget, parent=self
        )
        self.actions_ = Actions(self.store, self)
        self.undo = QUndoStack(self)
        self._painted = False
        self._closing = False
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.logo())
        self.setMinimumSize(_SMALLEST)

        self.toolbar = ToolBar(self.store, self.actions_)
        self.status = StatusLine()
        self.welcome = Welcome()
        self.loading = Loading()
        self.viewer = Viewer(self.session)
        self.scans = ScansShown(
            self.session,
            settings,
            [self.actions_.open_file_action, self.actions_.open_folder_action],
            self,
        )
        self.opening = Opening(self, self.session, settings, self.scans)
        self.choosing = Choosing(self, self.session, self.actions_.privacy)
        self.privacy = Privacy(self.session, self.actions_.privacy)
        self.pages = QStackedWidget()
        self.docks = Docks(self.viewer, self.scans.widget, self.actions_, settings)
        self._tabs_button = self.toolbar.add(self.docks.tabs_action, "path")
        for page in (self.welcome, self.loading, self.docks):
            self.pages.addWidget(page)
        self._lay_out()
        self.messages = MessageBar(self.body)
        self.text = StatusText(self.session, self.status, self.viewer)

        self.commands = WindowCommands(self, self.actions_, self.viewer, self.messages)
        self.menuBar().setCornerWidget(_mark(self.menuBar()), Qt.Corner.TopLeftCorner)
        self.features = Features(self)
        self._connect()
        deck = self.viewer.deck
        parts = (self.viewer.panes, self.viewer.strip, deck.selector, deck.quality, deck.tabs)
        Regions(self, (self.toolbar, self.scans.widget, self.welcome, *parts, self.status))
        self._show_recents()
        self._show_page(self.welcome)
        self._show_title("")
        self.resize(_SIZE)
        geometry = settings.geometry()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _lay_out(self) -> None:
        self.body = QWidget()
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pages, 1)
        whole = QWidget()
        whole.setObjectName("whole")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.body, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        actions, session = self.actions_, self.session
        welcome, opening = self.welcome, self.opening
        for source in (actions, welcome):
            source.open_file.connect(opening.choose_file)
            source.open_folder.connect(opening.choose_folder)
        opening.failed.connect(self.messages.show_error)
        welcome.open_path.connect(opening.open_text)
        welcome.list_path.connect(lambda path: self.scans.add([Path(path)]))
        welcome.start_demo.connect(opening.open_demo)
        welcome.locate.connect(opening.locate)
        welcome.clear_recents.connect(self._clear_recents)
        actions.open_demo.connect(opening.open_demo)
        actions.recent_chosen.connect(opening.open_text)
        actions.clear_recents.connect(self._clear_recents)
        actions.quit.connect(self.close)
        self.loading.cancelled.connect(session.cancel_reading)
        self.scans.chosen.connect(opening.choose)
        self.scans.widget.clicked.connect(self._focus_panes)
        self.choosing.pictured.connect(self.scans.take_pictures)
        self.toolbar.parts.chosen.connect(opening.choose_part)
        session.reading.connect(self.toolbar.parts.follow)
        session.reading.connect(self._show_reading)
        session.looked.connect(self._show_look)
        session.opened.connect(self._show_study)
        session.codec_changed.connect(self._picture_demo)
        session.failed.connect(self.messages.show_error)
        session.noticed.connect(self.messages.show_notice)
        session.jobs.progressed.connect(self._show_loading)
        self.store.changed.connect(self._follow)

    # Starting

    def start_with(self, paths: list[Path]) -> None:
        """Open the first path, and load the model once the window is on the screen.

        Reading begins at once, beside the window's first paint; torch waits for the first slice,
        because importing it holds up whatever else is done.
        """
        self.opening.open_all(paths)
        self.first_painted.connect(self._start, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _start(self) -> None:
        # Only where it hides nothing; the status line says the same words in any case.
        if self.welcome.isVisible() and self.settings.greet():
            self.messages.show_notice(tr(RESEARCH), tr("Isthmus is not a medical device."))
        if self.session.model is None:
            self.session.choose_model()
        if not self.session.jobs.has(READ):
            self._load_codec()

    @property
    def settled(self) -> bool:
        """Whether nothing is under way and everything about the open scan is known."""
        return self.session.pipeline.settled

    # Following the session

    @Slot(object)
    def _show_reading(self, path: Path | None) -> None:
        if path is not None and self.session.study is None:
            self.loading.start(path.name)
            self._show_page(self.loading)
        elif path is None and self.session.study is None:
            self._show_page(self.welcome)
            self.actions_.set_scan_open(False)
            self._show_title("")
            self._load_codec()

    @Slot(str, float, str)
    def _show_loading(self, key: str, fraction: float, text: str) -> None:
        if key == READ:
            self.loading.set_progress(fraction, text)

    @Slot(object)
    def _show_look(self, look: Look) -> None:
        """Show the first slice of a scan while the rest is read."""
        self.actions_.set_presets(look.volume.windows, look.window)
        self.actions_.set_scan_open(True)
        self.toolbar.parts.set_parts((), 0)
        self._show_page(self.docks)
        self._show_title(look.volume.source.title)
        self._focus_panes()

    @Slot(object)
    def _show_study(self, study: Study) -> None:
        if not study.volume.source.simulated:
            self.settings.add_recent(study.opened.path, Path(study.opened.place).name)
            self._show_recents()
        self.actions_.set_presets(study.opened.presets, study.opened.window)
        self.actions_.set_scan_open(True)
        source = study.volume.source
        self.toolbar.parts.set_parts(source.parts, source.part)
        self._show_page(self.docks)
        self._show_title(source.title)
        self._focus_panes()
        QTimer.singleShot(0, self._load_codec)

    @Slot()
    def _focus_panes(self) -> None:
        self.viewer.panes.panes[0].canvas.setFocus()

    @Slot()
    def _load_codec(self) -> None:
        """Load the model if that has waited for the first slice, or for the window."""
        session = self.session
        waits = session.codec is None and session.model is not None and not session.jobs.has(LOAD)
        if waits and not self._closing:
            self.repaint()  # now: importing torch would hold up the first slice
            self.session.load_codec()

    @Slot(object)
    def _picture_demo(self, codec: object) -> None:
        """Show what the demo is, once nothing else is to be done at start."""
        if codec is not None and self.session.study is None:
            self.session.picture_demo(self.welcome.set_squeeze)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        viewing = page is self.docks
        if viewing:
            self.messages.withdraw(tr(RESEARCH))
        self.toolbar.setVisible(viewing)

    def _show_title(self, name: str) -> None:
        self.setWindowTitle(f"{name} — Isthmus" if name else "Isthmus")

    def _show_recents(self) -> None:
        self.welcome.set_recents(self.scans.recents())
        settings = self.settings
        self.actions_.set_recents(
            [(path, settings.recent_name(path)) for path, _ in settings.recents()]
        )
        self.scans.refresh()

    @Slot()
    def _clear_recents(self) -> None:
        self.settings.clear_recents()
        self._show_recents()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.plane != old.plane:
            self.text.refresh()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell about the first paint: heavy imports wait for it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every part as much room as there is."""
        super().resizeEvent(event)
        room = Room.of(self.width(), self.height())
        compact = room is not Room.FULL
        self.toolbar.set_compact(compact)
        self.status.set_compact(compact)
        self.viewer.set_room(room)
        self.docks.set_room(room)
        # The map has its place in a large window, and none in a low one.
        self._tabs_button.setVisible(room is Room.COMPACT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold Space, wherever the focus is: the original in the reconstruction's place."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.store.set_peek(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let Space go: the reconstruction again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.store.set_peek(False)
        else:
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders of this computer."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped, more than one are listed; with Shift held, as a mask."""
        event.acceptProposedAction()
        as_mask = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not (as_mask and self.features.masks.drop(event.mimeData())):
            self.opening.drop(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Drop all work, wait for it to stop, and remember where the window was."""
        if not self._closing:
            self._closing = True
            self.docks.save()
            self.settings.set_geometry(QByteArray(self.saveGeometry()))
            self.hide()  # at once: what runs may take a moment to notice
            self.session.close()
        super().closeEvent(event)


def _mark(bar: QWidget) -> QLabel:
    """Return the logo as it stands before the menus."""
    label = QLabel(bar)
    label.setPixmap(icons.logo().pixmap(QSize(20, 20), bar.devicePixelRatioF()))
    label.setContentsMargins(12, 0, 6, 0)
    return label
