"""The selector in the window: its actions, what it remembers, and what stands beside its curve."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from isthmus.quality.guidelines import guidelines_for
from isthmus.ui.selector.history import History
from isthmus.ui.selector.measure import MEASURES, Measure
from isthmus.ui.selector.scene import Lossless, StandardCurve
from isthmus.ui.selector.stopwatch import Stopwatch
from isthmus.ui.state import ViewState
from isthmus.ui.storage import HEVC, JPEG_2000, JPEG_LS, JPEG_XL, StandardCodecs
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_MEASURE, _FLOOR, _STANDARD = "curve-measure", "floor-{key}", "standard-codecs"
_DASHES = {JPEG_2000: (2.0, 2.0), HEVC: (7.0, 4.0)}


class Selecting(QObject):
    """Ties the selector to the window.

    Args:
        window: All of it but its features is there.
        standard: Encodes the open scan by standard codecs.
    """

    def __init__(self, window: "Window", standard: StandardCodecs) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._settings = window.settings
        self._standard = standard
        self._selector = window.viewer.deck.selector
        self.history = History(window.store, self._selector, window.undo)
        self._stopwatch = Stopwatch(self._session, self)
        self._make_actions()
        self._recall()
        selector = self._selector
        selector.floor_moved.connect(self._keep_floor)
        selector.measure_changed.connect(self._keep_measure)
        selector.standard_wanted.connect(self._want_standard)
        self._stopwatch.taken.connect(self._show_seconds)
        standard.changed.connect(self._show_standard)
        self._session.opened.connect(self._show_guidelines)
        self._session.looked.connect(self._show_guidelines)
        self._session.model_changed.connect(self._show_pinned)
        window.store.changed.connect(self._follow)

    def _make_actions(self) -> None:
        make, selector = self._window.actions_.make, self._selector
        self.raise_floor = make(
            tr("Raise the quality floor"), "Alt+Up", lambda: selector.move_floor(1), scan=True
        )
        self.lower_floor = make(
            tr("Lower the quality floor"), "Alt+Down", lambda: selector.move_floor(-1), scan=True
        )
        self.above_floor = make(
            tr("Smallest bottleneck above the floor"), "", selector.choose_above_floor, scan=True
        )
        self.standard = make(
            tr("Curves of JPEG 2000 and HEVC"), "", self._toggle_standard, check=True
        )
        menu = self._window.actions_.menu("Compare")
        menu.addSeparator()
        menu.addActions([self.raise_floor, self.lower_floor, self.above_floor, self.standard])

    def _recall(self) -> None:
        """Take up what was chosen in an earlier run."""
        settings, selector = self._settings, self._selector
        for measure in MEASURES:
            key = _FLOOR.format(key=measure.key)
            selector.set_floor(settings.value(key, measure.floor), measure)
        wanted = settings.value(_MEASURE, MEASURES[0].key)
        selector.set_measure(next((m for m in MEASURES if m.key == wanted), MEASURES[0]))
        self._apply_standard(settings.value(_STANDARD, False))

    # What the person chose

    @Slot(float)
    def _keep_floor(self, value: float) -> None:
        self._settings.set_value(_FLOOR.format(key=self._selector.measure.key), value)

    @Slot(object)
    def _keep_measure(self, measure: Measure) -> None:
        self._settings.set_value(_MEASURE, measure.key)

    def _toggle_standard(self) -> None:
        self._want_standard(not self._standard.curves_wanted)

    @Slot(bool)
    def _want_standard(self, wanted: bool) -> None:
        self._settings.set_value(_STANDARD, wanted)
        self._apply_standard(wanted)

    def _apply_standard(self, wanted: bool) -> None:
        self._selector.set_standard_wanted(wanted)
        self.standard.setChecked(wanted)
        self._standard.want_curves(wanted)
        self._show_standard()

    # What became known

    @Slot()
    def _show_guidelines(self) -> None:
        volume = self._window.store.volume
        modality = volume.modality if volume is not None else ""
        self._selector.set_guidelines(guidelines_for(modality))
        self._show_pinned()

    @Slot()
    def _show_standard(self) -> None:
        study, best = self._session.study, self._standard.lossless()
        if study is None:
            return
        stored = study.volume.source.stored_bytes
        curves = []
        for codec, title in ((HEVC, "HEVC"), (JPEG_2000, "JPEG 2000")):
            points = self._standard.curve(codec)
            if len(points) > 1:
                figures = tuple((stored / each.size, each.psnr, each.ssim) for each in points)
                curves.append(StandardCurve(title, _DASHES[codec], figures))
        lossless = None
        if best is not None:
            title = {JPEG_LS: "JPEG-LS", JPEG_XL: "JPEG XL"}[best.codec]
            lossless = Lossless(stored / best.size, best.size, title)
        self._selector.set_standard(curves, lossless)

    @Slot(str, float)
    def _show_seconds(self, name: str, seconds: float) -> None:
        if name in self._selector.names():
            self._selector.set_seconds(name, seconds)

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.pinned != old.pinned:
            self._show_pinned()

    @Slot()
    def _show_pinned(self) -> None:
        self._selector.set_pinned(self._window.store.state.pinned or None)
