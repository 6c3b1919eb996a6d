"""Storage and transfer in the window: the panel, and what it shows of the open scan."""

import math
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from isthmus.ui import formats
from isthmus.ui.storage.encoding import JPEG_2000, JPEG_LS, JPEG_XL, Point
from isthmus.ui.storage.panel import StoragePanel
from isthmus.ui.storage.standard import StandardCodecs
from isthmus.ui.storage.sums import Kind, Row
from isthmus.ui.storage.table import Entry, save
from isthmus.ui.study import Study
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

SAVE_TABLE = "table"
_TITLES = {JPEG_LS: "JPEG-LS", JPEG_XL: "JPEG XL", JPEG_2000: "JPEG 2000", "hevc-inter": "HEVC"}


class Storage(QObject):
    """Fills the storage panel while it is visible, and saves the table.

    Args:
        window: All of it but its features is there.

    Attributes:
        standard: Encodes the open scan by standard codecs.
        panel: What is shown.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.standard = StandardCodecs(window.session, self._shown, self)
        self.panel = StoragePanel(window.settings)
        window.docks.add(self.panel, tr("Storage"), "storage")
        self.panel.seen.connect(self._see)
        self.panel.habit_changed.connect(self._refresh)
        self.panel.save_wanted.connect(self.save_table)
        self.standard.changed.connect(self._refresh)
        window.viewer.panes.shown_changed.connect(self._follow_shown)
        self._session.pipeline.figures_changed.connect(self._refresh)
        self._session.opened.connect(self._refresh)
        self._session.looked.connect(self._refresh)

    def _shown(self) -> str:
        """Return the name of the bottleneck whose picture is shown; empty if none is."""
        shown = self._window.viewer.panes.shown
        return shown.bottleneck.name if shown is not None else ""

    @Slot(bool)
    def _see(self, visible: bool) -> None:
        self.standard.want_panel(visible)
        self._refresh()

    @Slot()
    def _follow_shown(self) -> None:
        self.standard.plan()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self.panel.isVisible():
            study = self._session.study
            self.panel.set_rows(self._rows(study) if study is not None else ())

    # The rows

    def _rows(self, study: Study) -> tuple[Row, ...]:
        stored = Row(
            Kind.STORED,
            tr("Uncompressed"),
            study.volume.source.stored_bytes,
            about=tr("The voxels of this scan in their stored type; the original of every ratio."),
        )
        return stored, self._lossless(), self._jpeg_2000(study), self._bottleneck(study)

    def _lossless(self) -> Row:
        best = self.standard.lossless()
        if best is None:
            return Row(Kind.LOSSLESS, tr("Lossless"), None, state=self._state("lossless", math.inf))
        known = [
            f"{_TITLES[point.codec]} {formats.size(point.size)}"
            for point in self.standard.lossless_points()
        ]
        name = tr("Lossless, {codec}").format(codec=_TITLES[best.codec])
        about = tr("Really encoded, slice by slice, and decoded to the same voxels: {sizes}.")
        return Row(Kind.LOSSLESS, name, best.size, about=about.format(sizes=", ".join(known)))

    def _jpeg_2000(self, study: Study) -> Row:
        shown = self._shown()
        quality = study.record(shown).quality if shown else None
        if quality is None:
            waits = tr("waits for the quality of the bottleneck")
            return Row(Kind.JPEG_2000, tr("JPEG 2000"), None, state=waits)
        psnr = quality.psnr
        aimed = tr("no loss") if math.isinf(psnr) else formats.decibel(psnr)
        name = tr("JPEG 2000, {quality}").format(quality=aimed)
        point = self.standard.same_quality(psnr)
        if point is not None:
            about = tr("Really encoded from this scan; it came back with a PSNR of {reached}.")
            reached = about.format(reached=formats.decibel(point.psnr))
            return Row(Kind.JPEG_2000, name, point.size, about=reached)
        guess = between(self.standard.curve(JPEG_2000), psnr)
        if guess is not None:
            about = tr("Estimated between two encodings of this scan of other quality.")
            return Row(Kind.JPEG_2000, name, guess, estimated=True, about=about)
        return Row(Kind.JPEG_2000, name, None, state=self._state("same", psnr))

    def _state(self, kind: str, psnr: float) -> str:
        same = kind == "same"
        reason = self.standard.reason("same" if same else "lossless", psnr)
        if reason:
            return reason
        running = self.standard.running
        if running is not None and running.kind == kind:
            return tr("encoding…")
        return tr("waits to be encoded") if self.standard.waiting else tr("stopped")

    def _bottleneck(self, study: Study) -> Row:
        shown, model = self._shown(), self._session.model
        if not shown or model is None or shown not in {b.name for b in model.bottlenecks}:
            return Row(Kind.BOTTLENECK, tr("Isthmus"), None, state=tr("no bottleneck is shown yet"))
        bottleneck, record = model.bottleneck(shown), study.record(shown)
        name = tr("Isthmus, {count} ch").format(count=bottleneck.channels)
        about = tr("Every byte of the file at the bottleneck that is shown.")
        if record.file is not None:
            return Row(Kind.BOTTLENECK, name, len(record.file), about=about)
        if bottleneck.expected_bpv > 0:
            size = bottleneck.expected_bpv * study.volume.voxels.size / 8
            return Row(Kind.BOTTLENECK, name, size, estimated=True, about=about)
        return Row(Kind.BOTTLENECK, name, None, state=tr("being written"))

    # The table

    def entries(self, study: Study) -> list[Entry]:
        """Return every operating point that is known, or expected, on this scan."""
        stored, voxels = study.volume.source.stored_bytes, study.volume.voxels.size
        found = []
        model = self._session.model
        for bottleneck in model.bottlenecks if model is not None else ():
            record = study.record(bottleneck.name)
            point = record.point(voxels)
            size: float | None = None
            if record.file is not None:
                size = len(record.file)
            elif bottleneck.expected_bpv > 0:
                size = bottleneck.expected_bpv * voxels / 8
            expected = bottleneck.expected_psnr or None
            found.append(
                Entry(
                    codec=model.name if model is not None else "",
                    version=model.checkpoint_id if model is not None else "",
                    setting=bottleneck.name,
                    channels=bottleneck.channels,
                    step=bottleneck.step,
                    measured=point is not None,
                    size=size,
                    ratio=stored / size if size else None,
                    bpv=8 * size / voxels if size else None,
                    psnr=point.psnr if point is not None else expected,
                    ssim=point.ssim if point is not None else None,
                )
            )
        for each in self.standard.points():
            setting = "lossless" if math.isinf(each.psnr) else f"{each.psnr:.1f} dB"
            ratio, bpv = stored / each.size, 8 * each.size / voxels
            found.append(
                Entry(
                    each.codec, each.version, setting, None, None, True, each.size, ratio, bpv,
                    each.psnr, each.ssim,
                )
            )  # fmt: skip
        return found

    @Slot(object)
    def save_table(self, path: Path) -> None:
        """Save the table in the background."""
        study = self._session.study
        if study is None:
            return
        entries = self.entries(study)
        self._session.jobs.submit(
            "save",
            SAVE_TABLE,
            lambda _context: save(path, entries),
            done=lambda saved: self._session.noticed.emit(tr("Table saved"), str(saved)),
            failed=self._session.tell,
        )


def between(points: tuple[Point, ...], psnr: float) -> float | None:
    """Return the size at a PSNR between two points of a curve; None outside of it.

    Linear in the logarithm of the size, as the curves nearly are.
    """
    for low, high in pairwise(points):
        if low.psnr <= psnr <= high.psnr and high.psnr > low.psnr:
            share = (psnr - low.psnr) / (high.psnr - low.psnr)
            return math.exp(math.log(low.size) * (1 - share) + math.log(high.size) * share)
    return None
