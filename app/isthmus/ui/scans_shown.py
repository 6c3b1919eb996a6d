"""Which scans the list at the left holds: those of this session first, then recent ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Signal, Slot
from PySide6.QtGui import QAction

from isthmus.scans import Series, Volume
from isthmus.ui.formats import number
from isthmus.ui.reading import Listing
from isthmus.ui.scan_list import ScanEntry, ScanList
from isthmus.ui.session import Session
from isthmus.ui.settings import Settings
from isthmus.ui.study import Study, Wanted
from isthmus.ui.words import tr


class ScansShown(QObject):
    """Keeps the list of scans true.

    Attributes:
        widget: The list.
        chosen: Key of a scan that the person wants to see; `wanted` says which that is.
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
        self._entries: dict[str, ScanEntry] = {}
        self._wanted: dict[str, Wanted] = {}
        self._read: set[str] = set()
        self.widget = ScanList(actions)
        self.widget.chosen.connect(self.chosen)
        session.opened.connect(self._take_study)
        session.looked.connect(self._take_look)
        session.listed.connect(self._take_listing)

    def add(self, paths: list[Path]) -> None:
        """List scans that are not read yet."""
        known = {wanted.path for wanted in self._wanted.values()}
        for path in paths:
            path = path.absolute()
            if path not in known:
                self._put(Wanted(path), ScanEntry(str(path), _title(path.name)))
        self.refresh()

    def wanted(self, key: str) -> Wanted:
        """Return which scan a key stands for; a path stands for itself."""
        return self._wanted.get(key) or Wanted(Path(key))

    def recents(self) -> list[ScanEntry]:
        """Return recent scans, with what is known of those read in this session."""
        entries = []
        for path, when in self._settings.recents():
            # A folder with several series has no picture and no words of its own.
            here = [entry for entry in self._entries.values() if entry.path == str(path)]
            name = self._settings.recent_name(path)
            known = here[0] if len(here) == 1 else ScanEntry(str(path), _title(name))
            missing = not path.exists()
            entries.append(replace(known, current=False, missing=missing, when=when_text(when)))
        return entries

    def refresh(self) -> None:
        """Fill the list anew."""
        shown = self._session.shown
        here = [
            replace(entry, current=shown is not None and key == shown.key)
            for key, entry in self._entries.items()
        ]
        known = {wanted.path for wanted in self._wanted.values()}
        others = [entry for entry in self.recents() if Path(entry.path) not in known]
        self.widget.set_entries([*here, *others])

    @Slot(object)
    def take_pictures(self, pictures: dict[str, npt.NDArray[np.uint8]]) -> None:
        """Show small pictures, by key, of listed series; a scan that was read has its own."""
        new = {
            key: replace(self._entries[key], thumbnail=picture)
            for key, picture in pictures.items()
            if key in self._entries and key not in self._read
        }
        if new:
            self._entries.update(new)
            self.refresh()

    def _put(self, wanted: Wanted, entry: ScanEntry) -> None:
        self._entries[wanted.key] = entry
        self._wanted[wanted.key] = replace(wanted, part=0)

    @Slot(object)
    def _take_study(self, study: Study) -> None:
        opened, volume = study.opened, study.volume
        entry = ScanEntry(
            str(opened.path),
            volume.source.title or _title(opened.path.name),
            details(volume),
            opened.thumbnail,
            key=opened.wanted.key,
            place=opened.place,
        )
        self._read.add(opened.wanted.key)
        self._put(opened.wanted, entry)
        self.refresh()

    @Slot(object)
    def _take_look(self, _look: object) -> None:
        self.refresh()

    @Slot(object)
    def _take_listing(self, listing: Listing) -> None:
        """List every series of a folder in the folder's place, once all are found."""
        if not listing.whole or not listing.series:
            return
        before = list(self._entries.items())
        mine = [key for key, wanted in self._wanted.items() if wanted.path == listing.path]
        first = next((at for at, (key, _) in enumerate(before) if key in mine), len(before))
        known = {key: self._entries.pop(key) for key in mine}
        for key in mine:
            del self._wanted[key]
        rest = [item for item in before[first:] if item[0] not in mine]
        for key, _ in rest:
            del self._entries[key]
        for series in (*listing.volumes, *listing.others):
            wanted = listing.wanted(series)
            entry = known.get(wanted.key) or ScanEntry(
                str(listing.path), series_title(series), series_details(series), key=wanted.key
            )
            self._put(wanted, entry)
        self._entries.update(rest)
        self.refresh()


def series_title(series: Series) -> str:
    """Return what a list calls a series that is not read yet."""
    return series.description or tr("{modality} series").format(modality=series.modality).strip()


def series_details(series: Series) -> tuple[str, str]:
    """Return two lines on a series that is not read yet: its size; its parts, or what it is."""
    size = f"{series.columns}×{series.rows}×{series.n_slices}"
    count = len(series.parts)
    parts = tr("{count} parts").format(count=count) if count > 1 else ""
    return f"{series.modality}  {size}".strip(), series.kind or parts


def details(volume: Volume) -> tuple[str, str]:
    """Return two lines on a scan: what it is and its size; its spacing, or that it is simulated."""
    slices, rows, columns = volume.shape
    kind = volume.source.sequence or volume.modality
    size = f"{columns}×{rows}×{slices}"
    if volume.source.simulated:
        second = tr("simulated")
    else:
        k, j, i = volume.spacing
        second = "×".join(number(value, 2) for value in (i, j, k)) + " mm"
    return f"{kind}  {size}".strip(), second


def when_text(when: QDateTime, today: QDate | None = None) -> str:
    """Return a time in words: "today 09:12", "yesterday", "20 Nov"."""
    day = when.date()
    days = day.daysTo(today or QDate.currentDate())
    if days == 0:
        return tr("today {time}").format(time=when.toString("HH:mm"))
    if days == 1:
        return tr("yesterday")
    return QLocale(tr("en")).toString(day, tr("d MMM"))


def _title(name: str) -> str:
    return name.removesuffix(".gz").removesuffix(".nii")
