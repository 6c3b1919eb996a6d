"""The open scan and what is known about it so far, bottleneck by bottleneck."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from isthmus.latents import SliceMap
from isthmus.quality import Foreground, Measures, OperatingPoint, Quality
from isthmus.quality.errors import Errors
from isthmus.quality.figures import Figures
from isthmus.scans import Plane, PlaneView, Series, Volume, Window, plane_view
from isthmus.ui.pictures import Reconstruction


@dataclass(frozen=True)
class Wanted:
    """What is to be opened.

    Attributes:
        path: A file or a folder, as the person named it.
        series: Which of the series that lie there; None for the only one, or for a file's own.
        part: Which of the series' or the file's volumes, from 0.
    """

    path: Path
    series: Series | None = None
    part: int = 0

    @property
    def key(self) -> str:
        """What lists know it by: the same for every part of it."""
        if self.series is None:
            return str(self.path)
        return "\n".join((str(self.path), self.series.uid, str(self.series.files[0])))


@dataclass(frozen=True)
class Opened:
    """What the read lane delivers.

    Attributes:
        wanted: What was asked for.
        volume: The scan.
        window: Window to start with, in real units.
        presets: Windows to choose from.
        full_range: Minimum and maximum of the volume, in real units.
        modified: When its files were last modified, in nanoseconds; see `modified`.
        thumbnail: uint8, shape (rows, columns), square: the middle acquired slice, windowed.
        place: The path in words, without the patient's name, ID and dates.
    """

    wanted: Wanted
    volume: Volume
    window: Window
    presets: tuple[Window, ...]
    full_range: tuple[float, float]
    thumbnail: npt.NDArray[np.uint8]
    modified: tuple[int, ...] = ()
    place: str = ""

    @property
    def path(self) -> Path:
        """The file or folder that was named."""
        return self.wanted.path

    @property
    def current(self) -> bool:
        """Whether the files are still those that were read."""
        return self.modified == modified(self.path, self.volume)


def modified(path: Path, volume: Volume) -> tuple[int, ...]:
    """Return when a scan's path and each file it was read from were last modified.

    Returns:
        Nanoseconds; empty if one of them is gone.
    """
    try:
        return tuple(each.stat().st_mtime_ns for each in (path, *volume.source.paths))
    except OSError:
        return ()


@dataclass
class Record:
    """One bottleneck on the open scan.

    Attributes:
        picture: The reconstruction, whole or in part; dropped first when memory is short.
        file: The compressed file, once it is written.
        quality: Measures of the whole reconstruction.
        slices: Measures of single acquired slices, known before the whole.
        planes: Measures of each display slice of other planes than the acquired one.
        slice_map: Projection of the latent.
        figures: More of single slices, by what counts in them, the axis of the voxels that they
            cut, and their number along it.
        pooled: More of the volume, by what counts in it.
        errors: Where and how it departs from the original.
        failed: Whether making it failed; not tried again until the person asks.
    """

    picture: Reconstruction | None = None
    file: bytes | None = None
    quality: Quality | None = None
    slices: dict[int, Measures] = field(default_factory=dict)
    planes: dict[Plane, tuple[Measures, ...]] = field(default_factory=dict)
    slice_map: SliceMap | None = None
    figures: dict[tuple[str, int, int], Figures] = field(default_factory=dict)
    pooled: dict[str, Figures] = field(default_factory=dict)
    errors: Errors | None = None
    failed: bool = False

    @property
    def whole(self) -> bool:
        """Whether every slice is there and the file's size is known."""
        picture = self.picture
        return picture is not None and self.file is not None and bool(picture.ready.all())

    @property
    def unmeasured(self) -> bool:
        """Whether it is whole and its quality is yet to be measured."""
        return self.whole and self.quality is None and not self.failed

    def point(self, n_voxels: int) -> OperatingPoint | None:
        """Return the measured operating point, once bytes and quality are known."""
        if self.file is None or self.quality is None:
            return None
        size = len(self.file)
        return OperatingPoint(size, 8 * size / n_voxels, self.quality.psnr, self.quality.ssim)


class Study:
    """The open scan: what was read, how each plane is drawn, and a record of each bottleneck."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.volume = opened.volume
        self.views: dict[Plane, PlaneView] = {
            plane: plane_view(opened.volume, plane) for plane in Plane
        }
        self.records: dict[str, Record] = {}
        self.foreground = Foreground(opened.volume)

    @property
    def data_range(self) -> float:
        """Maximum minus minimum, in real units."""
        low, high = self.opened.full_range
        return high - low

    def record(self, name: str) -> Record:
        """Return the record of a bottleneck, a new one if nothing is known yet."""
        return self.records.setdefault(name, Record())

    def lacks(self, name: str, k: int) -> bool:
        """Whether a bottleneck's acquired slice is yet to be made."""
        record = self.record(name)
        there = record.picture is not None and bool(record.picture.ready[k])
        return not (there or record.failed)

    def next_missing(self, names: Sequence[str], looked_at: Sequence[str]) -> str | None:
        """Return the bottleneck to make next: one looked at, or the nearest to the first of them.

        Args:
            names: All of the model's, in order.
            looked_at: Those that are shown, the most urgent first; at least one.
        """
        at = names.index(looked_at[0])
        outwards = sorted(names, key=lambda name: abs(names.index(name) - at))
        for name in dict.fromkeys((*looked_at, *outwards)):
            record = self.record(name)
            measured_before = record.quality is not None and name not in looked_at
            if not (record.whole or record.failed or measured_before):
                return name
        return None

    def numbers(self) -> list[int]:
        """Return which number, from 1, each acquired slice has on screen in its own plane."""
        view = next(view for view in self.views.values() if view.slice_axis == 0)
        return [round(view.from_voxel(k, 0, 0)[0]) + 1 for k in range(view.n_slices)]

    def measures(self, name: str, plane: Plane, index: int) -> Measures | None:
        """Return what is known of one display slice at one bottleneck."""
        record = self.record(name)
        view = self.views[plane]
        if view.slice_axis != 0:
            known = record.planes.get(plane)
            return known[index] if known else None
        k = round(view.to_voxel(index, 0, 0)[0])
        if record.quality is not None:
            return record.quality.slices[k]
        return record.slices.get(k)

    def psnr_by_slice(self, name: str, plane: Plane) -> tuple[float, ...] | None:
        """Return the PSNR of each display slice in order, once all are known."""
        record = self.record(name)
        view = self.views[plane]
        if view.slice_axis != 0:
            known = record.planes.get(plane)
            return tuple(measures.psnr for measures in known) if known else None
        if record.quality is None:
            return None
        in_order = record.quality.slices[:: -1 if view.flip_slices else 1]
        return tuple(measures.psnr for measures in in_order)
