"""The switch that shows whose scan it is. It is off at every start, and nothing remembers it."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from isthmus.ui import reading
from isthmus.ui.session import Session
from isthmus.ui.words import later, tr

_KEY = "patient"
_UNKNOWN = later("The file does not say whose scan this is")


class Privacy(QObject):
    """Writes patient and dates on the pictures while the switch is on, and takes them off again.

    Args:
        session: Whose scan; its first file's header is read when it is asked for.
        action: The switch.
    """

    def __init__(self, session: Session, action: QAction) -> None:
        super().__init__(session)
        self._session = session
        self._action = action
        self._of: Path | None = None
        action.toggled.connect(self._show)
        session.store.volume_changed.connect(self._follow)

    @Slot(object)
    def _follow(self, _volume: object) -> None:
        self._show(self._action.isChecked())

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        path = self._first_file()
        self._session.jobs.cancel(_KEY)
        if not shown or path is None:
            self._take({})
            return
        files = {_KEY: path}
        if path != self._of:
            self._take({})
        self._session.jobs.submit(
            "read",
            _KEY,
            lambda context: reading.who(files, context),
            done=lambda found: self._take(found, path),
            failed=lambda _error: None,
            priority=reading.READING,
        )

    def _first_file(self) -> Path | None:
        volume, wanted = self._session.store.volume, self._session.shown
        if volume is None:
            return None
        if wanted is not None and wanted.series is not None:
            return wanted.series.files[0]
        return volume.source.paths[0] if volume.source.paths else None

    def _take(self, found: dict[str, tuple[str, ...]], of: Path | None = None) -> None:
        self._of = of
        lines = found.get(_KEY, ())
        self._session.store.set_patient(lines or ((tr(_UNKNOWN),) if found else ()))
