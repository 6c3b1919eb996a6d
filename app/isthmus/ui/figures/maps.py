"""Maps of where a slice lost what: computed in the background, kept, handed out to be drawn."""

from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal, Slot

from isthmus.quality import Foreground, noise_relative, ssim_map
from isthmus.scans import PlaneView, Volume
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.session import Session
from isthmus.work import JobContext

BUDGET = 64 << 20  # bytes: 64 maps of 512×512
_VISIBLE, _AHEAD = 0, 3
_FAR_AHEAD = 2  # slices to either side that are made ready

Map = npt.NDArray[np.float32]


class MapKind(StrEnum):
    """What a map shows."""

    SSIM = "ssim"  # structural similarity, 1 where nothing was lost
    NOISE = "noise"  # reconstruction − original, in units of the original's local noise


@dataclass(frozen=True)
class _Key:
    kind: MapKind
    view: PlaneView
    index: int
    bottleneck: str

    @property
    def job(self) -> str:
        """The place for which one map at a time is made: the newest wins."""
        return f"map {self.kind} {self.view.plane} {self.bottleneck}"


class Maps(QObject):
    """Makes maps of visible slices in lane "measure", and their neighbours' when idle.

    Args:
        session: Whose scan it is.
        budget: Bytes of maps that are kept, those used last.

    Attributes:
        changed: A map that was asked for is there.
    """

    changed = Signal()

    def __init__(
        self, session: Session, budget: int = BUDGET, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._budget = budget
        self._kept: OrderedDict[_Key, Map] = OrderedDict()
        self._size = 0
        self._under_way: dict[str, tuple[_Key, int]] = {}
        self._asked: dict[str, _Key] = {}
        self._failed: set[_Key] = set()
        session.opened.connect(self._forget)
        session.looked.connect(self._forget)
        session.codec_changed.connect(self._forget)

    def array(
        self,
        kind: MapKind,
        view: PlaneView,
        index: int,
        reconstruction: Reconstruction,
    ) -> Map | None:
        """Return the map of a slice, or None and make it; `changed` tells when it is there.

        Cheap: to be called whenever a pane is painted.

        Args:
            kind: Which map. SSIM runs from −1 to 1, 1 where nothing was lost, with the data range
                of the whole volume; noise is signed, without unit.
            view: The plane as it is drawn.
            index: The slice, by its display number.
            reconstruction: What is compared with the original.

        Returns:
            Shape (rows, columns) as `view` extracts it; None also where there is nothing to
            compare: the slice is not decoded yet, or the original has no contrast.
        """
        study = self._session.study
        if study is None or not study.data_range > 0 or not reconstruction.has_slice(view, index):
            return None
        if reconstruction.voxels.shape != study.volume.shape:
            return None
        key = _Key(kind, view, index, reconstruction.bottleneck.name)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        elif key not in self._failed:
            self._asked[key.job] = key
            if self._under_way.get(key.job) != (key, _VISIBLE):
                self._make(key, reconstruction, _VISIBLE)
        return found

    def _make(self, key: _Key, reconstruction: Reconstruction, priority: int) -> None:
        study = self._session.study
        assert study is not None
        volume, voxels = study.volume, reconstruction.voxels
        foreground, data_range = study.foreground, study.data_range
        self._under_way[key.job] = key, priority

        def take(found: Map) -> None:
            self._under_way.pop(key.job, None)
            self._keep(key, found)
            if self._asked.get(key.job) == key:
                del self._asked[key.job]
                self.changed.emit()
            self._make_ahead(key, reconstruction)

        self._session.jobs.submit(
            "measure",
            key.job,
            lambda context: make_map(
                key.kind, volume, voxels, key.view, key.index, data_range, foreground, context
            ),
            done=take,
            failed=lambda error: self._take_failure(key, error),
            priority=priority,
        )

    def _make_ahead(self, key: _Key, reconstruction: Reconstruction) -> None:
        """Make the map of a slice that one may scroll to next."""
        store = self._session.store
        if key.job in self._under_way or key.view.plane != store.state.plane:
            return
        for distance in range(1, _FAR_AHEAD + 1):
            for index in (store.index + distance, store.index - distance):
                near = _Key(key.kind, key.view, index, key.bottleneck)
                missing = near not in self._kept and near not in self._failed
                inside = 0 <= index < key.view.n_slices
                if missing and inside and reconstruction.has_slice(key.view, index):
                    self._make(near, reconstruction, _AHEAD)
                    return

    def _keep(self, key: _Key, found: Map) -> None:
        self._kept[key] = found
        self._size += found.nbytes
        while self._size > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._size -= dropped.nbytes

    def _take_failure(self, key: _Key, error: BaseException) -> None:
        """Tell once, and leave the slice without a map."""
        self._under_way.pop(key.job, None)
        self._failed.add(key)
        self._session.tell(error)

    @Slot()
    def _forget(self, *_: object) -> None:
        self._session.jobs.cancel(*self._under_way)
        self._under_way.clear()
        self._asked.clear()
        self._failed.clear()
        self._kept.clear()
        self._size = 0


def make_map(
    kind: MapKind,
    volume: Volume,
    voxels: npt.NDArray[np.generic],
    view: PlaneView,
    index: int,
    data_range: float,
    foreground: Foreground,
    context: JobContext,
) -> Map:
    """Return the map of one display slice.

    Args:
        kind: Which.
        volume: The original.
        voxels: The reconstruction; shape and type of the volume's.
        view: The plane.
        index: Display number of the slice.
        data_range: Of the volume, in real units, above 0.
        foreground: Of the volume.
        context: Of the job.
    """
    context.cancel.check()
    stored = view.extract(volume.voxels, index)
    original, reconstruction = volume.real(stored), volume.real(view.extract(voxels, index))
    if kind is MapKind.SSIM:
        return ssim_map(original, reconstruction, data_range)
    mask = foreground.mask(stored)
    context.cancel.check()
    return noise_relative(original, reconstruction, mask, _rounding(volume, data_range))


def _rounding(volume: Volume, data_range: float) -> float:
    """Return the noise that rounding to stored values makes, at least; in real units."""
    if volume.voxels.dtype.kind in "ui":
        return abs(volume.scale) / float(np.sqrt(12))
    return data_range * 1e-6
