"""What can be set about a comparison, in the head of the pane that shows it."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from isthmus.ui import formats
from isthmus.ui.comparing.controls import ThinSlider, row_of, small_button, value_label
from isthmus.ui.comparing.flicker import FASTEST, SLOWEST, USUAL_MOST
from isthmus.ui.comparing.names import difference_name
from isthmus.ui.state import ViewStore
from isthmus.ui.view_state import Comparison, Difference, ViewState
from isthmus.ui.words import tr

AMPLIFICATIONS = (1, 2, 5, 10, 20, 50)
_TENTHS = 10  # steps of the flicker's slider for a hertz
SMALLEST_SQUARE, LARGEST_SQUARE = 5, 60  # mm


class MixingOptions(QWidget):
    """Of swipe, flicker, checkerboard and blend: only those of the one that is shown.

    Attributes:
        upright: Lets the swipe's line stand.
        lying: Lets it lie.
        follow: Lets it follow the pointer.
        rate: How often it flickers, in tenths of a hertz.
        faster: Allows rates that can do harm.
        held: Lets it flicker only while the key is held.
        square: Side of the checkerboard's squares, in millimetres.
        blend: Share of the second picture, in percent.
    """

    def __init__(self, store: ViewStore) -> None:
        super().__init__()
        self._store = store
        self.upright = small_button(
            tr("Line upright"), lambda: store.show(swipe_upright=True), sign="arrows-left-right",
            check=True,
        )  # fmt: skip
        self.lying = small_button(
            tr("Line lying"), lambda: store.show(swipe_upright=False), sign="arrows-down-up",
            check=True,
        )  # fmt: skip
        self.follow = small_button(tr("Follow pointer"), self._toggle_follow, check=True)
        self.rate = ThinSlider(tr("Flicker rate"))
        self.rate.setRange(round(SLOWEST * _TENTHS), round(USUAL_MOST * _TENTHS))
        self.rate.setPageStep(5)
        self.rate.valueChanged.connect(lambda value: store.show(flicker_hz=value / _TENTHS))
        self._hertz = value_label(tr("{rate} Hz").format(rate="5,0"))
        self.faster = small_button(
            tr("Up to 5 Hz"), lambda: self._allow_faster(self.faster.isChecked()), check=True
        )
        self.faster.setToolTip(
            tr("Up to 5 Hz. Pictures that flicker more than three times a second can do harm.")
        )
        self.held = small_button(tr("While B is held"), self._toggle_held, check=True)
        self.square = ThinSlider(tr("Side of the squares"))
        self.square.setRange(SMALLEST_SQUARE, LARGEST_SQUARE)
        self.square.setPageStep(5)
        self.square.valueChanged.connect(lambda value: store.show(square_mm=float(value)))
        self._side = value_label(tr("{side} mm").format(side="60"))
        self.blend = ThinSlider(tr("Share of the second picture"))
        self.blend.setRange(0, 100)
        self.blend.valueChanged.connect(lambda value: store.show(blend=value / 100))
        self._share = value_label(tr("{percent} %").format(percent="100"))
        self._parts = {
            Comparison.SWIPE: row_of(self.upright, self.lying, self.follow),
            Comparison.FLICKER: row_of(self.rate, self._hertz, self.faster, self.held),
            Comparison.CHECKERBOARD: row_of(self.square, self._side),
            Comparison.BLEND: row_of(self.blend, self._share),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addStretch()
        for part in self._parts.values():
            row.addWidget(part)
        store.changed.connect(self._follow)
        self._follow(store.state)

    def _toggle_follow(self) -> None:
        self._store.show(swipe_follows=not self._store.state.swipe_follows)

    def _toggle_held(self) -> None:
        self._store.show(flicker_runs=not self._store.state.flicker_runs)

    def _allow_faster(self, allowed: bool) -> None:
        self.rate.setMaximum(round((FASTEST if allowed else USUAL_MOST) * _TENTHS))

    def _follow(self, new: ViewState, old: ViewState | None = None) -> None:
        if old is not None and _shown(new) == _shown(old):
            return
        for comparison, part in self._parts.items():
            part.setVisible(comparison is new.comparison)
        self.upright.setChecked(new.swipe_upright)
        self.lying.setChecked(not new.swipe_upright)
        self.follow.setChecked(new.swipe_follows)
        self.held.setChecked(not new.flicker_runs)
        if new.flicker_hz > USUAL_MOST:
            self.faster.setChecked(True)
            self._allow_faster(True)
        for slider, value, label, words in (
            (
                self.rate,
                round(new.flicker_hz * _TENTHS),
                self._hertz,
                tr("{rate} Hz").format(rate=formats.number(new.flicker_hz, 1)),
            ),
            (
                self.square,
                round(new.square_mm),
                self._side,
                tr("{side} mm").format(side=formats.number(new.square_mm, 0)),
            ),
            (
                self.blend,
                round(100 * new.blend),
                self._share,
                tr("{percent} %").format(percent=formats.number(100 * new.blend, 0)),
            ),
        ):
            with QSignalBlocker(slider):
                slider.setValue(value)
            slider.setAccessibleDescription(words)
            slider.setToolTip(f"{slider.accessibleName()}: {words}")
            label.setText(words)


class DifferenceOptions(QWidget):
    """Which difference, how many times amplified, and whether its scale follows the slice."""

    def __init__(self, store: ViewStore) -> None:
        super().__init__()
        self._store = store
        self.style_button = _menu_button(tr("Kind of difference (Y)"))
        self.factor_button = _menu_button(tr("Amplification (Ctrl+Up, Ctrl+Down)"))
        self._styles: dict[Difference, QAction] = {}
        self._factors: dict[int, QAction] = {}
        styles, factors = QMenu(self), QMenu(self)
        group = QActionGroup(self)
        for style in Difference:
            action = styles.addAction(difference_name(style))
            action.triggered.connect(lambda _=False, s=style: store.show(difference=s))
            self._styles[style] = action
        styles.addSeparator()
        self.by_slice = styles.addAction(tr("Scale for each slice"))
        self.by_slice.setCheckable(True)
        self.by_slice.triggered.connect(lambda on: store.show(scale_by_slice=on))
        for factor in AMPLIFICATIONS:
            action = factors.addAction(f"×{factor}")
            action.triggered.connect(lambda _=False, f=factor: store.show(amplification=float(f)))
            self._factors[factor] = action
        for action in (*self._styles.values(), *self._factors.values()):
            action.setCheckable(True)
        for action in self._styles.values():
            group.addAction(action)
        self.style_button.setMenu(styles)
        self.factor_button.setMenu(factors)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.style_button)
        row.addWidget(self.factor_button)
        store.changed.connect(self._follow)
        self._follow(store.state)

    def set_ssim(self, ssim: bool) -> None:
        """Offer no kinds of difference beside a map of structural similarity."""
        self.style_button.setVisible(not ssim)

    def _follow(self, new: ViewState, old: ViewState | None = None) -> None:
        if old is not None and _shown(new) == _shown(old):
            return
        self._styles[new.difference].setChecked(True)
        self.by_slice.setChecked(new.scale_by_slice)
        for factor, action in self._factors.items():
            action.setChecked(factor == new.amplification)
        self.style_button.setText(difference_name(new.difference))
        times = f"×{formats.number(new.amplification, 0)}"
        self.factor_button.setText(times)
        self.style_button.setAccessibleDescription(self.style_button.text())
        self.factor_button.setAccessibleDescription(times)


def _shown(state: ViewState) -> tuple[object, ...]:
    """Return all of a state that the options show."""
    mixing = (state.comparison, state.swipe_upright, state.swipe_follows, state.blend)
    flicker = (state.flicker_hz, state.flicker_runs, state.square_mm)
    return (*mixing, *flicker, state.difference, state.amplification, state.scale_by_slice)


def amplified(state: ViewState, up: bool) -> float:
    """Return the next larger or smaller amplification; the ends stop it."""
    steps = [step for step in AMPLIFICATIONS if (step > state.amplification) == up]
    steps = [step for step in steps if step != state.amplification]
    if not steps:
        return state.amplification
    return float(min(steps) if up else max(steps))


def _menu_button(name: str) -> QToolButton:
    button = small_button(name, lambda: None)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return button
