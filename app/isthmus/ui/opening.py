"""The ways to open a scan: a path, a file dialog, something dropped, a recent one, the demo."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from isthmus.errors import IsthmusError
from isthmus.scans import demo_scan
from isthmus.ui.program.sessions.session_file import SUFFIX
from isthmus.ui.scans_shown import ScansShown
from isthmus.ui.session import Session
from isthmus.ui.settings import Settings
from isthmus.ui.starting.welcome import dropped_paths
from isthmus.ui.study import Wanted
from isthmus.ui.words import later, tr

_FILTER = later(
    "Scans (*.nii *.nii.gz *.dcm *.ima *.DCM *.IMA *.hdr *.img *.mgh *.mgz *.nrrd *.nhdr *.mha"
    " *.mhd *.zip DICOMDIR *.isthmus-session);;All files (*)"
)
_SUFFIXES = {
    ".nii", ".gz", ".dcm", ".ima", ".hdr", ".img", ".mgh", ".mgz", ".nrrd", ".nhdr", ".mha", ".mhd",
    ".zip", ".isthmus-session",
}  # fmt: skip


class Opening(QObject):
    """Every way ends in `open`.

    Args:
        host: The window, which dialogs belong to.
        session: What reads.
        settings: Where dialogs start.
        scans: The list of scans.

    Attributes:
        failed: Problem and remedy, for the person.
        session_named: The path that is to be opened is a session's file.
    """

    failed = Signal(str, str)
    session_named = Signal(object)

    def __init__(
        self, host: QWidget, session: Session, settings: Settings, scans: ScansShown
    ) -> None:
        super().__init__(host)
        self._host = host
        self._session = session
        self._settings = settings
        self._scans = scans

    def open(self, path: Path) -> None:
        """Open a file or folder; what is open stays until the new scan is there."""
        if path.suffix == SUFFIX:
            self.session_named.emit(path)
            return
        self._session.open(Wanted(path.absolute()))

    def open_all(self, paths: Iterable[Path]) -> None:
        """List all of these, and open the first."""
        paths = list(paths)
        self._scans.add([path for path in paths if path.suffix != SUFFIX])
        if paths:
            self.open(paths[0])

    def drop(self, mime: QMimeData) -> None:
        """Open what was dropped."""
        self.open_all(Path(path) for path in dropped_paths(mime))

    @Slot(str)
    def choose(self, key: str) -> None:
        """Go over to a listed scan; the open one is only read again if its files have changed."""
        study, wanted = self._session.study, self._scans.wanted(key)
        here = study is not None and study.opened.wanted.key == key and study.opened.current
        reading = self._session.wanted
        if here:
            self._session.cancel_reading()
        elif reading is None or reading.key != key:
            self._session.open(wanted)

    @Slot(int)
    def choose_part(self, part: int) -> None:
        """Go over to another part of the open scan, from 0; the ends stop it."""
        study = self._session.study
        if study is None:
            return
        opened = study.opened
        part = min(max(part, 0), len(opened.volume.source.parts) - 1)
        if part == opened.wanted.part:
            self._session.cancel_reading()
        else:
            self._session.open(replace(opened.wanted, part=part))

    @Slot(str)
    def open_text(self, path: str) -> None:
        """Open what a list names."""
        self.open(Path(path))

    @Slot()
    def open_demo(self) -> None:
        """Open the simulated head."""
        try:
            self.open(demo_scan())
        except IsthmusError as error:
            self.failed.emit(error.problem, error.remedy)

    @Slot(str)
    def locate(self, path: str) -> None:
        """Ask where a recent scan is now, open it there, and forget where it was."""
        lost = Path(path)
        title = tr("Where is {name} now?").format(name=self._settings.recent_name(lost))
        # A folder's name has no suffix, or one that a date or a version makes.
        if lost.suffix.lower() in _SUFFIXES:
            found, _ = QFileDialog.getOpenFileName(
                self._host, title, self._start_folder(), tr(_FILTER)
            )
        else:
            found = QFileDialog.getExistingDirectory(self._host, title, self._start_folder())
        if found:
            self._settings.forget_recent(lost)
            self.open(Path(found))

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._host, tr("Open a scan"), self._start_folder(), tr(_FILTER)
        )
        if path:
            self.open(Path(path))

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder with a DICOM series and open it."""
        path = QFileDialog.getExistingDirectory(
            self._host, tr("Open a folder with DICOM files"), self._start_folder()
        )
        if path:
            self.open(Path(path))

    def _start_folder(self) -> str:
        recents = self._settings.recents()
        return str(recents[0][0].parent) if recents else ""
