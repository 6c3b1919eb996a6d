"""Which scans the list at the left holds: those of this session first, then recent ones."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Signal, Slot
from PySide6.QtGui import QAction

from isthmus.scans import Volume
from isthmus.ui.formats import number
from isthmus.ui.scan_list import ScanEntry, ScanList
from isthmus.ui.session import Session
from isthmus.ui.settings import Settings
from isthmus.ui.study import Study


class ScansShown(QObject):
    """Keeps the list of scans true.

    Attributes:
        widget: The list.
        chosen: Path of a scan that the person wants to see.
    """

    chosen = Signal(str)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: list[QAction],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._entries: dict[Path, ScanEntry] = {}
        self.widget = ScanList(actions)
        self.widget.chosen.connect(self.chosen)
        session.opened.connect(self._take_study)

    def add(self, paths: list[Path]) -> None:
        """List scans that are not read yet."""
        for path in paths:
            path = path.absolute()
            self._entries.setdefault(path, ScanEntry(str(path), _title(path)))
        self.refresh()

    def recents(self) -> list[ScanEntry]:
        """Return recent scans, with what is known of those read in this session."""
        entries = []
        for path, when in self._settings.recents():
            known = self._entries.get(path) or ScanEntry(str(path), _title(path))
            missing = not path.exists()
            entries.append(replace(known, current=False, missing=missing, when=when_text(when)))
        return entries

    def refresh(self) -> None:
        """Fill the list anew."""
        study = self._session.study
        open_path = study.opened.path if study is not None else None
        here = [replace(entry, current=path == open_path) for path, entry in self._entries.items()]
        others = [entry for entry in self.recents() if Path(entry.path) not in self._entries]
        self.widget.set_entries([*here, *others])

    @Slot(object)
    def _take_study(self, study: Study) -> None:
        opened, volume = study.opened, study.volume
        self._entries[opened.path] = ScanEntry(
            str(opened.path),
            volume.source.title or _title(opened.path),
            details(volume),
            opened.thumbnail,
        )
        self.refresh()


def details(volume: Volume) -> tuple[str, str]:
    """Return two lines on a scan: what it is and its size; its spacing, or that it is simulated."""
    slices, rows, columns = volume.shape
    kind = volume.source.sequence or volume.modality
    size = f"{columns}×{rows}×{slices}"
    if volume.source.simulated:
        second = "simulated"
    else:
        k, j, i = volume.spacing
        second = "×".join(number(value, 2) for value in (i, j, k)) + " mm"
    return f"{kind}  {size}".strip(), second


def when_text(when: QDateTime, today: QDate | None = None) -> str:
    """Return a time in words: "today 09:12", "yesterday", "20 Nov"."""
    day = when.date()
    days = day.daysTo(today or QDate.currentDate())
    if days == 0:
        return f"today {when.toString('HH:mm')}"
    if days == 1:
        return "yesterday"
    return QLocale(QLocale.Language.English).toString(day, "d MMM")


def _title(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".nii")
