"""What menus and keys do that is neither the store's business nor the opening of scans."""

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from isthmus.ui import dialogs
from isthmus.ui.actions import Actions
from isthmus.ui.messages import MessageBar
from isthmus.ui.reading import READ
from isthmus.ui.saving import Saving
from isthmus.ui.viewer import Viewer


class WindowCommands(QObject):
    """Carries out a window's actions.

    Args:
        host: The window.
        actions: What is answered here.
        viewer: The window's page with pictures.
        messages: Where failures are told.

    Attributes:
        saving: Saves reconstructions and differences.
    """

    def __init__(
        self, host: QWidget, actions: Actions, viewer: Viewer, messages: MessageBar
    ) -> None:
        super().__init__(host)
        self._host = host
        self._actions = actions
        self._viewer = viewer
        self._session = viewer.session
        self._messages = messages
        self.saving = Saving(host, viewer.session, messages)
        actions.save_scan.connect(self.saving.choose)
        actions.step_bottleneck.connect(self.step_bottleneck)
        actions.lowest_slice.connect(self._go_to_lowest)
        actions.full_screen.connect(self._toggle_full_screen)
        actions.escape.connect(self._escape)
        actions.messages.connect(self._show_messages)
        actions.about.connect(self._show_about)
        viewer.panes.context_menu_requested.connect(self._show_context_menu)

    @Slot(int)
    def step_bottleneck(self, step: int) -> None:
        """Ask for the next larger or smaller bottleneck; the ends stop it."""
        names = self._viewer.deck.selector.names()
        if self._session.asked in names:
            at = names.index(self._session.asked) + step
            self._session.store.set_bottleneck(names[min(max(at, 0), len(names) - 1)])

    @Slot()
    def _go_to_lowest(self) -> None:
        lowest = self._viewer.strip.lowest
        if lowest is not None:
            self._session.store.go_to_slice(lowest)

    @Slot()
    def _toggle_full_screen(self) -> None:
        self._host.setWindowState(self._host.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _escape(self) -> None:
        """Stop reading if that is under way, close a message, else reset the view."""
        if self._session.jobs.has(READ):
            self._session.cancel_reading()
        elif self._messages.current is not None:
            self._messages.close_current()
        else:
            self._session.store.reset()

    @Slot()
    def _show_messages(self) -> None:
        said = [(message.title, message.text) for message in self._messages.history]
        dialogs.messages(said, self._host).open()

    @Slot()
    def _show_about(self) -> None:
        dialogs.about(self._host).open()

    @Slot(QPoint)
    def _show_context_menu(self, at: QPoint) -> None:
        actions = self._actions
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addMenu(actions.window_menu)
        menu.addActions([actions.fit, actions.one_to_one, actions.reset])
        menu.addSeparator()
        menu.addActions([actions.crosshair, actions.overlay])
        menu.popup(at)
