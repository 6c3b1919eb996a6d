"""The page with pictures: panes, strip and deck, told by the session what they show.

What is asked and what is shown are two things. Figures, label and picture all follow what is
*shown*, and change in one turn of the event loop, so that they are painted together.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from isthmus.quality import Measures, OperatingPoint
from isthmus.scans import Plane, Volume
from isthmus.ui import formats
from isthmus.ui.deck import Deck, Room
from isthmus.ui.loading import ReadingLine
from isthmus.ui.navigation.strip import SliceStrip
from isthmus.ui.panes import PaneRow
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.pipeline import REBUILD
from isthmus.ui.reading import READ, Look
from isthmus.ui.session import Session
from isthmus.ui.state import ViewState
from isthmus.ui.study import Study
from isthmus.ui.words import tr


class Viewer(QWidget):
    """Pictures above, figures below.

    Attributes:
        panes: Original, reconstruction, difference.
        strip: The slices.
        reading: Stands in the strip's place while only one slice is there.
        deck: Selector, quality, map.
        session: What is shown.
        pointed: What the readout is to speak of has moved or changed.
    """

    pointed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._store = session.store
        self._hovered: tuple[float, float, float] | None = None
        self._fraction: float | None = None
        self._figures_of = ""
        self._last_volume: tuple[str, Measures] | None = None
        self._whole: tuple[Measures | None, str] = (None, "")
        self._on_curve: dict[str, tuple[int | None, OperatingPoint | None]] = {}
        self._on_strip: tuple[Plane, tuple[float, ...] | None] | None = None
        self.panes = PaneRow(self._store)
        self.strip = SliceStrip(self._store)
        self.reading = ReadingLine()
        self.deck = Deck()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(self.strip)
        column.addWidget(self.reading)
        self.reading.hide()

        self.deck.selector.asked.connect(self._store.set_bottleneck)
        self.deck.selector.model_chosen.connect(session.start_model)
        self.deck.selector.installEventFilter(self)
        self.deck.map.slice_chosen.connect(self._store.go_to_k)
        self.panes.hovered.connect(self._hover)
        self.panes.shown_changed.connect(self._show_figures)
        session.model_changed.connect(self._take_model)
        session.opened.connect(self._take_study)
        session.looked.connect(self._take_look)
        self.reading.cancelled.connect(session.cancel_reading)
        session.codec_changed.connect(self._take_codec)
        session.pipeline.picture_changed.connect(self._take_picture)
        session.pipeline.figures_changed.connect(self._take_figures)
        session.pipeline.planned.connect(self._show_waiting)
        session.jobs.progressed.connect(self._show_progress)
        session.jobs.ended.connect(self._end_progress)
        self._store.changed.connect(self._follow)

    @property
    def position(self) -> tuple[float, float, float] | None:
        """What the readout speaks of, in RAS+ millimetres: under the pointer, else the cursor."""
        if self._store.volume is None:
            return None
        return self._hovered or self._store.state.cursor

    def summary(self) -> str:
        """Return the quality in words where its panel has no room; else nothing."""
        study, shown = self.session.study, self.panes.shown
        if self.deck.quality.isVisible() or study is None or shown is None:
            return ""
        known = study.measures(shown.bottleneck.name, self._store.state.plane, self._store.index)
        lines = [shown.label]
        whole, still = self._whole
        volume = tr("Volume, {still}").format(still=still) if still else tr("Volume")
        slice_ = tr("Slice {n}").format(n=self._store.index + 1)
        for scope, measures in ((slice_, known), (volume, whole)):
            if measures is not None:
                psnr, ssim = formats.decibel(measures.psnr), formats.similarity(measures.ssim)
                error = formats.number(measures.mae, formats.error_decimals(study.data_range))
                lines.append(f"{scope}: PSNR {psnr}, SSIM {ssim}, MAE {error}")
        return "\n".join(lines)

    def set_room(self, room: Room) -> None:
        """Fit into a window of another size."""
        compact = room is not Room.FULL
        self.panes.set_compact(compact)
        self.strip.set_compact(compact)
        self.reading.setFixedHeight(self.strip.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with the bottleneck asked for when its stop is pressed again."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            selector, asked = self.deck.selector, self.session.asked
            left = event.button() == Qt.MouseButton.LeftButton and asked in selector.names()
            if left and selector.stop_rect(asked).contains(event.pos()):
                self.session.pipeline.resume()
        return super().eventFilter(watched, event)

    # The session

    @Slot(object)
    def _take_model(self, _model: object) -> None:
        model = self.session.model
        assert model is not None
        self._on_curve.clear()
        self.deck.map.set_map(None)
        self.deck.selector.set_model(model)
        if self.session.asked in self.deck.selector.names():
            self.deck.selector.set_asked(self.session.asked)

    @Slot(object)
    def _take_look(self, look: Look) -> None:
        """Show the one slice that is there, and nothing that was known of another scan."""
        self.reading.set_progress(0.0, "")
        self._forget(look.volume, reading=True)
        self.panes.set_busy(None, "")
        self._show_figures()

    def _forget(self, volume: Volume, *, reading: bool) -> None:
        """Begin with another scan, of which nothing is known but what was read."""
        self.reading.setVisible(reading)
        self.strip.setVisible(not reading)
        self._hovered = self._on_strip = None
        self._on_curve.clear()
        self.panes.set_reconstruction(None)
        if self.session.model is not None:
            self.deck.selector.set_scan(volume.source.stored_bytes, volume.voxels.size)
        self.strip.set_view(self._store.view)
        self.deck.map.set_map(None)

    @Slot(object)
    def _take_study(self, study: Study) -> None:
        self._forget(study.volume, reading=False)
        self.deck.map.set_numbers(study.numbers())
        self.deck.quality.set_range(*study.opened.full_range)
        self._show_figures()

    @Slot(object)
    def _take_codec(self, codec: object) -> None:
        if codec is None:
            self.panes.set_reconstruction(None)
            self.panes.set_busy(None, tr("Loading the model") if self.session.loading else "")
        else:
            self.panes.set_busy(None, "")

    @Slot(object)
    def _take_picture(self, picture: Reconstruction | None) -> None:
        if picture is not None:
            self.panes.set_reconstruction(picture)
        self._show_waiting()

    @Slot(str)
    def _take_figures(self, name: str) -> None:
        study = self.session.study
        if study is None:
            return
        if name in self.deck.selector.names():
            record = study.record(name)
            written = len(record.file) if record.file is not None else None
            known = (written, record.point(study.volume.voxels.size))
            if self._on_curve.get(name) != known:
                self._on_curve[name] = known
                self.deck.selector.set_written(name, known[0])
                self.deck.selector.set_point(name, known[1])
        self._show_figures()

    @Slot(str, float, str)
    def _show_progress(self, key: str, fraction: float, text: str) -> None:
        if key == READ:
            self.reading.set_progress(fraction, text)
        name = self.session.pipeline.rebuilding
        if key == REBUILD and name:
            self.deck.selector.set_progress(name, fraction)
            self._fraction = fraction if name == self.session.asked else None
            self._show_waiting()

    @Slot(str)
    def _end_progress(self, key: str) -> None:
        if key == REBUILD:
            self._fraction = None
            for name in self.deck.selector.names():
                self.deck.selector.set_progress(name, None)

    # What is shown

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.bottleneck != old.bottleneck and new.bottleneck in self.deck.selector.names():
            self.deck.selector.set_asked(new.bottleneck)
        if (new.cursor, new.plane) != (old.cursor, old.plane):
            self._show_slice()
            self._show_waiting()
        self.pointed.emit()

    @Slot(object)
    def _hover(self, position: tuple[float, float, float] | None) -> None:
        self._hovered = position
        self.pointed.emit()

    @Slot()
    def _show_waiting(self) -> None:
        """Say under the reconstruction's name that what is asked, and not yet shown, is made."""
        asked, shown, codec = self.session.asked, self.panes.shown, self.session.codec
        if codec is None or self.session.study is None:
            return
        there = shown is not None and shown.bottleneck.name == asked
        if there or not self.session.pipeline.under_way:
            self.panes.set_busy(None, "")
        else:
            channels = codec.info.bottleneck(asked).channels
            self.panes.set_busy(
                self._fraction, tr("making {channels} channels").format(channels=channels)
            )

    @Slot(object)
    def _show_figures(self, _shown: object = None) -> None:
        """Bring every figure in line with the picture that is shown."""
        study, shown = self.session.study, self.panes.shown
        selector, quality = self.deck.selector, self.deck.quality
        self._show_slice()
        if study is None or shown is None:
            self._figures_of, self._last_volume, self._whole = "", None, (None, "")
            selector.set_shown(None)
            quality.set_volume(None)
            return
        name = shown.bottleneck.name
        record = study.record(name)
        selector.set_shown(name)
        self._whole = self._volume_figures(study, name)
        quality.set_volume(*self._whole)
        if record.slice_map is not None:
            self.deck.map.set_map(record.slice_map)
        self.pointed.emit()

    def _volume_figures(self, study: Study, name: str) -> tuple[Measures | None, str]:
        """Return the whole's figures to show with a bottleneck, and whose they still are.

        Until its own are measured, those shown just before it stay; never those before these.

        Returns:
            Figures, or None if they are unknown; and "" or "still the value for 48 channels".
        """
        quality = study.record(name).quality
        if quality is not None:
            self._last_volume = (name, quality.volume)
        elif self._last_volume is not None:
            stepped = name != self._figures_of
            late = stepped and self._last_volume[0] != self._figures_of
            if late or self.session.pipeline.stopped:
                self._last_volume = None
        self._figures_of = name
        if self._last_volume is None:
            return None, ""
        origin, measures = self._last_volume
        model = self.session.model
        if origin == name or model is None:
            return measures, ""
        channels = model.bottleneck(origin).channels
        return measures, tr("still the value for {channels} channels").format(channels=channels)

    def _show_slice(self) -> None:
        """Bring the visible slice's figures and the strip in line; called while scrolling."""
        study, shown, plane = self.session.study, self.panes.shown, self._store.state.plane
        self.deck.map.set_current(self._store.k)
        name = shown.bottleneck.name if shown is not None else ""
        known = study.measures(name, plane, self._store.index) if study and name else None
        self.deck.quality.set_slice(known, self._store.index + 1)
        by_slice = study.psnr_by_slice(name, plane) if study and name else None
        if (plane, by_slice) != self._on_strip:
            self._on_strip = (plane, by_slice)
            self.strip.set_quality(by_slice)
