"""From a folder's series to the one that is opened: the chooser, and its pictures.

session.listed ─▶ rows ─▶ chooser ─▶ picked ─▶ session.open
      └─▶ glimpse, one series after another ─▶ rows, list of scans
"""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from isthmus.scans import Series
from isthmus.scans.identity import day
from isthmus.ui import formats, reading
from isthmus.ui.reading import GLIMPSE, READ, WHO, Glimpse, Listing
from isthmus.ui.scans_shown import series_title
from isthmus.ui.series_chooser import SeriesChooser
from isthmus.ui.series_list import SeriesRow
from isthmus.ui.session import Session
from isthmus.ui.study import Wanted

_SHOWN_PARTS = 3


class Choosing(QObject):
    """Lets the person choose where several series lie.

    Args:
        host: The window, which the chooser belongs to.
        session: What finds and reads series.
        privacy: Whether patient and dates may be shown.

    Attributes:
        chooser: The chooser, while it is open.
        pictured: Small pictures of series by key, each uint8, shape (rows, columns).
    """

    pictured = Signal(object)

    def __init__(self, host: QWidget, session: Session, privacy: QAction) -> None:
        super().__init__(host)
        self._host = host
        self._session = session
        self._privacy = privacy
        self._listing: Listing | None = None
        self._glimpses: dict[str, Glimpse] = {}
        self._sizes: dict[str, int] = {}
        self._settled: set[str] = set()
        self._who: dict[str, tuple[str, ...]] = {}
        self._picked = ""
        self.chooser: SeriesChooser | None = None
        session.listed.connect(self._take)
        session.reading.connect(self._follow)
        session.jobs.progressed.connect(self._show_progress)
        privacy.toggled.connect(self._show_who)

    # What is found

    @Slot(object)
    def _take(self, listing: Listing) -> None:
        if self._listing is None or self._listing.path != listing.path:
            self._glimpses.clear()
            self._who.clear()
        before, self._listing = self._sizes, listing
        self._sizes = {listing.wanted(one).key: len(one.files) for one in listing.series}
        # One that has just grown will grow on: its middle is not known yet.
        self._settled = {
            key for key, size in self._sizes.items() if listing.whole or before.get(key) == size
        }
        several = listing.several if listing.whole else len(listing.volumes) > 1
        fresh = several and self.chooser is None
        if fresh:
            self._make_chooser()
        elif listing.whole and not several:
            self._close()
        self._show_rows()
        if fresh and self.chooser is not None:
            self.chooser.open()
        self._look_at_next()
        if listing.whole:
            found = {key: one.picture for key, one in self._glimpses.items()}
            self.pictured.emit({key: one for key, one in found.items() if one is not None})
            self._show_who(self._privacy.isChecked())
            if self._picked:
                self._open(self._picked)

    def _look_at_next(self) -> None:
        """Make the next small picture that is missing."""
        if self._listing is None or self._session.jobs.has(GLIMPSE):
            return
        for series in (*self._listing.volumes, *self._listing.others):
            wanted = self._listing.wanted(series)
            known = self._glimpses.get(wanted.key)
            there = known is not None and len(known.series.files) == len(series.files)
            if there or wanted.key not in self._settled:
                continue
            self._look_at(wanted, Glimpse(wanted.key, series, None, 0))
            return

    def _look_at(self, wanted: Wanted, nothing: Glimpse) -> None:
        self._session.jobs.submit(
            "read",
            GLIMPSE,
            lambda context: reading.glimpse(wanted, context),
            done=self._take_glimpse,
            failed=lambda _error: self._take_glimpse(nothing),
            priority=reading.GLIMPSING,
        )

    def _take_glimpse(self, found: Glimpse) -> None:
        self._glimpses[found.key] = found
        if found.picture is not None:
            self.pictured.emit({found.key: found.picture})
        self._show_rows()
        self._look_at_next()

    @Slot(bool)
    def _show_who(self, shown: bool) -> None:
        """Read whose series these are when it is asked for, and forget it when it is not."""
        self._session.jobs.cancel(WHO)
        self._who.clear()
        listing = self._listing
        if shown and self.chooser is not None and listing is not None and listing.whole:
            files = {listing.wanted(one).key: one.files[0] for one in listing.series}
            self._session.jobs.submit(
                "read",
                WHO,
                lambda context: reading.who(files, context),
                done=self._take_who,
                failed=lambda _error: None,
                priority=reading.GLIMPSING,
            )
        self._show_rows()

    def _take_who(self, found: dict[str, tuple[str, ...]]) -> None:
        self._who = found
        self._show_rows()

    # The chooser

    def _make_chooser(self) -> None:
        self._picked = ""
        self.chooser = chooser = SeriesChooser(self._privacy, self._host)
        chooser.picked.connect(self._pick)
        chooser.rejected.connect(self._leave)

    def _show_rows(self) -> None:
        if self.chooser is not None and self._listing is not None:
            looking = not self._listing.whole
            rows = [self._row(self._listing, one) for one in self._listing.series]
            self.chooser.set_rows(rows, looking=looking)

    def _row(self, listing: Listing, series: Series) -> SeriesRow:
        key = listing.wanted(series).key
        glimpse = self._glimpses.get(key)
        n_slices = f"{series.n_slices} slice{'' if series.n_slices == 1 else 's'}"
        facts = [series.modality, n_slices, f"{series.columns}×{series.rows}"]
        if glimpse is not None and glimpse.n_bytes:
            facts.append(formats.size(glimpse.n_bytes))
        private = [*self._who.get(key, ())[:1], day(series.date)]
        shown = self._privacy.isChecked()
        return SeriesRow(
            key,
            series_title(series),
            tuple(filter(None, facts)),
            parts_text(series),
            "   ".join(filter(None, private)) if shown else "",
            glimpse.picture if glimpse is not None else None,
            bool(series.kind),
        )

    @Slot(str)
    def _pick(self, key: str) -> None:
        if self._listing is None or self.chooser is None:
            return
        if self._listing.whole:
            self._open(key)
        else:
            self._picked = key
            self.chooser.wait()

    def _open(self, key: str) -> None:
        assert self._listing is not None
        found = {self._listing.wanted(one).key: one for one in self._listing.series}
        self._close()
        if key in found:
            self._session.open(self._listing.wanted(found[key]))

    def _leave(self) -> None:
        """Leave everything as it was."""
        if self.chooser is not None:
            self._close()
            self._session.cancel_reading()

    def _close(self) -> None:
        chooser, self.chooser, self._picked = self.chooser, None, ""
        self._session.jobs.cancel(WHO)
        self._who.clear()
        if chooser is not None:
            chooser.hide()
            chooser.deleteLater()

    # Following the search

    @Slot(object)
    def _follow(self, path: object) -> None:
        """Close the chooser where the search has failed, was stopped, or is for another path."""
        listing = self._listing
        if listing is None or listing.whole:
            return
        if path != listing.path:
            self._close()
            self._listing = None

    @Slot(str, float, str)
    def _show_progress(self, key: str, fraction: float, text: str) -> None:
        if key == READ and self.chooser is not None:
            self.chooser.set_progress(fraction, text)


def parts_text(series: Series) -> str:
    """Return a series' parts in words, or what it is if it is no volume."""
    names = series.parts
    if series.kind or len(names) < 2:
        return series.kind
    if len(names) > _SHOWN_PARTS:
        names = (*names[: _SHOWN_PARTS - 1], "…", names[-1])
    return f"{len(series.parts)} parts: {' · '.join(names)}"
