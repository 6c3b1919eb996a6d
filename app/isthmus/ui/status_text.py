"""What the status line says, from the session and the viewer."""

import os

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from isthmus.ui.model_choice import add_models, installed
from isthmus.ui.pictures import value_decimals
from isthmus.ui.pipeline import PREVIEW
from isthmus.ui.reading import READ
from isthmus.ui.saving import SAVE
from isthmus.ui.session import LOAD, Session
from isthmus.ui.status import StatusLine
from isthmus.ui.storage.standard import KEY as STANDARD
from isthmus.ui.viewer import Viewer
from isthmus.ui.words import later, spoken, tr

_SHOW_MS = 80
_DEVICES = {
    "auto": later("Automatic"),
    "cpu": later("Processor (CPU)"),
    "cuda": later("Graphics card (CUDA)"),
    "mps": later("Graphics card (Apple)"),
}


class StatusText(QObject):
    """Writes device, model, job, position and values into the status line."""

    def __init__(self, session: Session, line: StatusLine, viewer: Viewer) -> None:
        super().__init__(line)
        self._session = session
        self._line = line
        self._viewer = viewer
        self._running: dict[str, tuple[float, str]] = {}
        # Lays the line out anew, so not as often as jobs report.
        self._soon = QTimer(self, singleShot=True, interval=_SHOW_MS)
        self._soon.timeout.connect(self._show_job)
        self._menu = QMenu(line)
        self._menu.aboutToShow.connect(self._fill_menu)
        line.set_menu(self._menu)
        line.cancelled.connect(self._cancel)
        session.codec_changed.connect(self._show_device)
        session.model_changed.connect(self._show_device)
        session.jobs.progressed.connect(self._take_progress)
        session.jobs.ended.connect(self._take_end)
        viewer.pointed.connect(self.refresh)
        self._show_device()

    @Slot()
    def refresh(self) -> None:
        """Say where the pointer is and what lies there."""
        volume, position = self._session.store.volume, self._viewer.position
        self._line.set_position(volume, position)
        self._line.setToolTip(self._viewer.summary())
        readout = self._viewer.panes.values_at(position) if position is not None else None
        decimals = value_decimals(volume, self._session.store.state.window_width)
        if readout is None:
            self._line.set_values(None, None, decimals)
        else:
            self._line.set_values(readout.original, readout.reconstruction, decimals)

    @Slot()
    def _show_device(self) -> None:
        session = self._session
        if session.codec is None and not session.loading:
            self._line.set_device(tr("No model"), "")
        elif session.codec is not None:
            self._line.set_device(device_text(session.codec.device), session.codec.info.title)
        elif session.model is not None:
            self._line.set_device(tr("Loading the model…"), session.model.title)

    @Slot(str, float, str)
    def _take_progress(self, key: str, fraction: float, text: str) -> None:
        if text:
            self._running[key] = (fraction, text)
            self._show_soon()

    @Slot(str)
    def _take_end(self, key: str) -> None:
        self._running.pop(key, None)
        if self._running:
            self._show_soon()
        else:
            self._soon.stop()
            self._show_job()

    def _show_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _show_job(self) -> None:
        order = [key for key in (READ, SAVE, LOAD) if key in self._running]
        order += [key for key in self._running if key not in (READ, SAVE, LOAD, PREVIEW)]
        if not order:
            self._line.set_job(None)
            return
        fraction, text = self._running[order[0]]
        self._line.set_job(spoken(text), fraction, can_cancel=order[0] != LOAD)

    @Slot()
    def _cancel(self) -> None:
        if READ in self._running:
            self._session.cancel_reading()
        elif SAVE in self._running:
            self._session.jobs.cancel(SAVE)
        elif list(self._running) == [STANDARD]:
            self._session.jobs.cancel(STANDARD)
        else:
            self._session.stop()

    @Slot()
    def _fill_menu(self) -> None:
        """Offer what there is: devices, and models where there are several."""
        menu, session = self._menu, self._session
        menu.clear()
        devices = QActionGroup(menu)
        for name in ("auto", *session.devices):
            action = devices.addAction(tr(_DEVICES[name]))
            action.setCheckable(True)
            action.setChecked(name == session.device)
            action.triggered.connect(lambda _=False, n=name: session.load_codec(n))
        menu.addActions(devices.actions())
        if len(installed()) > 1:
            menu.addSeparator()
            add_models(menu, session.model.name if session.model else "", session.start_model)


def device_text(device: str) -> str:
    """Return a device's name for people, such as "CPU, 2 cores"."""
    if device == "cpu":
        cores = os.cpu_count() or 1
        return tr("CPU, 1 core") if cores == 1 else tr("CPU, {n} cores").format(n=cores)
    return tr("Graphics card (Apple)") if device == "mps" else tr("Graphics card (CUDA)")
