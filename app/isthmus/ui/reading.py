"""What runs in the lane "read": finding series, reading them, and small pictures of them.

find ─▶ Listing, Listing … ─▶ Listing     (several series lie there: the person chooses)
                       └────▶ as read     (there is but one)
read ─▶ Look ─▶ Opened
glimpse ─▶ Glimpse                         (while `find` gives way, and when nothing is read)
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from isthmus import scans
from isthmus.errors import IsthmusError
from isthmus.quality import value_range
from isthmus.scans import Series, Volume, Window, identity, is_collection, robust_window
from isthmus.scans.identity import place_without_identity
from isthmus.ui import tasks
from isthmus.ui.study import Opened, Wanted, modified
from isthmus.ui.windowing.presets import presets
from isthmus.work import JobContext, Progress

READ, GLIMPSE, WHO = "read", "glimpse", "who"
# Smaller goes first: who looks for series gives way to small pictures of those already found.
READING, GLIMPSING, FINDING = 0, 1, 2
_TELL_EVERY = 0.05  # seconds


@dataclass(frozen=True)
class Listing:
    """The series that lie at a path, as far as they are found.

    Attributes:
        path: What the person named.
        series: In the order in which they are opened by themselves.
        whole: Whether everything has been looked at.
    """

    path: Path
    series: tuple[Series, ...]
    whole: bool = False

    @property
    def volumes(self) -> tuple[Series, ...]:
        """Those that are scans, without localizers and pictures of the screen."""
        return tuple(one for one in self.series if not one.kind)

    @property
    def others(self) -> tuple[Series, ...]:
        """Localizers, pictures of the screen and the like."""
        return tuple(one for one in self.series if one.kind)

    @property
    def several(self) -> bool:
        """Whether the person has to choose; of one scan and its localizer it is the scan."""
        return len(self.series) > 1 and len(self.volumes) != 1

    def wanted(self, series: Series) -> Wanted:
        """Return the wish to open one of them."""
        return Wanted(self.path, series)


@dataclass(frozen=True)
class Look:
    """The middle slice of a scan, before the rest is read.

    Attributes:
        wanted: What is being read.
        volume: Of the whole scan's shape; zero but for the middle slice.
        window: In which it is shown, and the whole after it.
    """

    wanted: Wanted
    volume: Volume
    window: Window


@dataclass(frozen=True)
class Glimpse:
    """What a list shows of a series.

    Attributes:
        key: `Wanted.key` of the series.
        series: As it was listed then; it may have grown since.
        picture: uint8, square; None if there is none to show.
        n_bytes: Of its files on the disk.
    """

    key: str
    series: Series
    picture: npt.NDArray[np.uint8] | None
    n_bytes: int


def open_path(wanted: Wanted, context: JobContext, *, ask: bool, look: bool) -> Opened | Listing:
    """Read what is wanted, unless several series lie there and the person is to choose.

    Args:
        wanted: A path, or a series that was listed before.
        context: Takes `Listing` as series are found, and one `Look`.
        ask: Whether someone can choose; the largest is read otherwise.
        look: Whether a series' middle slice is to be delivered before the rest.

    Raises:
        ScanError: See `isthmus.scans.read`.
        OutOfMemoryError: The same.
    """
    if ask and wanted.series is None and _holds_series(wanted.path):
        listing = find(wanted.path, context)
        if listing.several:
            return listing
        if listing.series:
            context.partial(listing)
            wanted = listing.wanted((*listing.volumes, *listing.series)[0])
    return read_wanted(wanted, context, look=look)


def find(path: Path, context: JobContext) -> Listing:
    """List the series at a path, giving way to whatever is more urgent."""
    tell = _seldom(context)

    def progress(fraction: float, text: str = "") -> None:
        tell(fraction, text)
        context.give_way()

    found = scans.list_series(
        path,
        found=lambda series: context.partial(Listing(path, series)),
        progress=progress,
        cancel=context.cancel,
    )
    return Listing(path, found, whole=True)


def read_wanted(wanted: Wanted, context: JobContext, *, look: bool) -> Opened:
    """Read a scan and prepare what its first picture needs.

    Args:
        wanted: What to read.
        context: Takes one `Look`, if it is a series.
        look: Whether its middle slice is to be delivered first.

    Raises:
        ScanError: See `isthmus.scans.read`.
        OutOfMemoryError: The same.
    """
    seen = _look(wanted) if look and wanted.series is not None else None
    if seen is not None:
        context.partial(seen)
    context.cancel.check()
    tell, cancel = _seldom(context), context.cancel
    if wanted.series is not None:
        volume = scans.read_series(wanted.series, wanted.part, progress=tell, cancel=cancel)
    else:
        volume = scans.read(wanted.path, part=wanted.part, progress=tell, cancel=cancel)
    # What was shown first stays as it was shown.
    window = seen.window if seen is not None else robust_window(volume)
    full_range = value_range(volume)
    return Opened(
        wanted,
        volume,
        window,
        presets(volume, full_range),
        full_range,
        tasks.square(volume, window, tasks.THUMBNAIL),
        modified(wanted.path, volume),
        _place(wanted, volume),
    )


def glimpse(wanted: Wanted, context: JobContext) -> Glimpse:
    """Return a small picture of a listed series, and how large it is."""
    context.cancel.check()
    series = wanted.series
    assert series is not None
    picture = None
    seen = _first_look(series, wanted.part)
    if seen is not None:
        picture = tasks.square(seen, robust_window(seen), tasks.THUMBNAIL)
    return Glimpse(wanted.key, series, picture, sum(_size(path) for path in set(series.files)))


def who(paths: dict[str, Path], context: JobContext) -> dict[str, tuple[str, ...]]:
    """Return, by the same keys, whose scans these files hold, in lines."""
    found = {}
    for key, path in paths.items():
        context.cancel.check()
        try:
            found[key] = identity(path).lines
        except IsthmusError:
            found[key] = ()  # whoever opens it is told what is wrong with it
    return found


def _place(wanted: Wanted, volume: Volume) -> str:
    """Return the path in words, without what its first file says of the patient."""
    files = wanted.series.files if wanted.series is not None else volume.source.paths
    return place_without_identity(wanted.path, files[:1])


def _seldom(context: JobContext) -> Progress:
    """Return a progress call that passes on what a person can read: a window redraws for each."""
    next_at = 0.0

    def tell(fraction: float, text: str = "") -> None:
        nonlocal next_at
        now = time.monotonic()
        if now >= next_at:
            next_at = now + _TELL_EVERY
            context.progress(fraction, text)

    return tell


def _holds_series(path: Path) -> bool:
    """Whether a path is something in which several series can lie."""
    try:
        return is_collection(path)
    except OSError:
        return False  # reading it says why


def _first_look(series: Series, part: int) -> Volume | None:
    try:
        return scans.first_look(series, part)
    except (IsthmusError, MemoryError):
        return None  # reading the whole says what is wrong with it


def _look(wanted: Wanted) -> Look | None:
    """Return the middle slice where the whole scan will have it."""
    series = wanted.series
    assert series is not None
    seen = _first_look(series, wanted.part)
    if seen is None:
        return None
    middle = series.n_slices // 2
    affine = seen.affine.copy()
    affine[:3, 3] -= middle * affine[:3, 2]
    try:
        voxels = np.zeros((series.n_slices, *seen.shape[1:]), seen.voxels.dtype)
    except MemoryError:
        return None
    voxels[middle] = seen.voxels[0]
    return Look(wanted, replace(seen, voxels=voxels, affine=affine), robust_window(seen))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
