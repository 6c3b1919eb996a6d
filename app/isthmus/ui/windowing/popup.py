"""The histogram and all about the window, under its field in the toolbar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent, QValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui import formats, keys
from isthmus.ui.icons import Mark, MarkSign
from isthmus.ui.panes.colour_maps import COLOUR_MAPS
from isthmus.ui.pictures import value_decimals
from isthmus.ui.theme import TOKENS, colour, enlarged, scaled
from isthmus.ui.view_state import PaneKind
from isthmus.ui.windowing.plot import HistogramPlot, Shown
from isthmus.ui.windowing.preset_list import PresetList
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.windowing.windowing import Windowing

_FAR = 1e12
_FIELD_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class Field(QDoubleSpinBox):
    """A figure to be typed in; arrows and wheel change it, and the window's keys stay out of it.

    Args:
        name: What it is, for labels and screen readers.
        tip: What it means.
    """

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        # WORKAROUND: with `NoButtons` and a style sheet Qt 6.11 leaves no room for the text; the
        # style sheet of the program makes the buttons 0 px wide instead.
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setRange(-_FAR, _FAR)
        self.setGroupSeparatorShown(False)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setStyleSheet(enlarged("padding: 0; min-height: 24px"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(scaled(64))

    def textFromValue(self, value: float) -> str:
        """Return a figure as everywhere else: with a true minus, and never −0."""
        return formats.number(value, self.decimals())

    def valueFromText(self, text: str) -> float:
        """Return what was typed, with either minus."""
        return super().valueFromText(text.replace(formats.MINUS, "-"))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Take either minus."""
        state, found, position = super().validate(text.replace(formats.MINUS, "-"), position)
        return state, found.replace("-", formats.MINUS), position

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean slices elsewhere."""
        return keys.keeps(event, _FIELD_KEYS) or super().event(event)


class HistogramPopup(QFrame):
    """Presets at the left; histogram, figures, percentiles and colours at the right.

    Args:
        windowing: What it shows and changes.
        parent: The window.

    Attributes:
        plot: The histogram.
        presets: The windows to choose from.
        low, high, centre, width: Figures of the window; `shares` those of automatic ones.
    """

    def __init__(self, windowing: Windowing, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._windowing = windowing
        self._store = windowing.store
        self.setAccessibleName(tr("Histogram and window"))
        self.plot = HistogramPlot()
        self.presets = PresetList()
        self.low = Field(tr("Lower end"), tr("Values from here downwards are drawn black"))
        self.high = Field(tr("Upper end"), tr("Values from here upwards are drawn white"))
        self.centre = Field(tr("Centre"), tr("The window's centre, also called level"))
        self.window_width = Field(tr("Width"), tr("From the lower to the upper end"))
        self.shares = tuple(
            Field(name, tr("Percent of the volume's voxels below an automatic window's end"))
            for name in (tr("Lower percentile"), tr("Upper percentile"))
        )
        for share in self.shares:
            share.setRange(0, 100)
            share.setDecimals(2)
            share.setSuffix(" %")
            share.setSingleStep(0.1)
        self.colours = QComboBox()
        self.colours.setAccessibleName(tr("Colour map"))
        self.colours.setToolTip(tr("Colours of original and reconstruction alike (Shift+Q)"))
        for each in COLOUR_MAPS:
            self.colours.addItem(each.title, each.name)
        self._which = QButtonGroup(self)
        self._lay_out()
        self._connect()

    def open_below(self, field: QWidget) -> None:
        """Come up under a widget, with the keys in the field of the width."""
        self._fill()
        self.ensurePolished()
        self.adjustSize()
        at = field.mapToGlobal(QPoint(0, field.height() + 4))
        room = field.screen().availableGeometry()
        at.setX(max(min(at.x(), room.right() - self.width()), room.left()))
        self.move(at)
        self.show()
        self.plot.span()
        self.window_width.setFocus(Qt.FocusReason.PopupFocusReason)
        self.window_width.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(TOKENS.panel))
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the colours of the theme in use."""
        super().showEvent(event)
        self.update()

    # Making it

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(self._legend())
        right.addWidget(self.plot, 1)
        right.addLayout(self._figures())
        right.addLayout(self._automatic())
        right.addLayout(self._looks())
        self._two = self._choice()
        right.addWidget(self._two)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 14, 12)
        row.setSpacing(16)
        row.addWidget(self.presets)
        row.addLayout(right, 1)

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._made_words = QLabel()
        for mark, label in (
            (Mark.ORIGINAL, QLabel(tr("Original"))),
            (Mark.RECONSTRUCTION, self._made_words),
        ):
            label.setProperty("role", "secondary")
            row.addWidget(MarkSign(mark, 12))
            row.addWidget(label)
            row.addSpacing(8)
        row.addStretch(1)
        self._range = QLabel()
        self._range.setProperty("role", "secondary")
        self._range.setToolTip(
            tr(
                "Smallest and largest value of the original, exact. Foreground: voxels above"
                " Otsu's threshold, which the dotted line marks."
            )
        )
        row.addWidget(self._range)
        return row

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        for column, field in enumerate((self.low, self.high, self.centre, self.window_width)):
            label = QLabel(field.accessibleName())
            label.setProperty("role", "caption")
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        return grid

    def _automatic(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        automatic = QPushButton(tr("Automatic"))
        automatic.setToolTip(
            tr("From the lower to the upper percentile of the original's voxels (Shift+0)")
        )
        automatic.clicked.connect(self._windowing.automatic)
        low, high = self.shares
        row.addWidget(automatic)
        row.addWidget(low)
        row.addWidget(QLabel(tr("to")))
        row.addWidget(high)
        row.addStretch(1)
        return row

    def _looks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        actions = self._windowing.actions
        for action in (actions.invert, actions.unlink):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("role", "field")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        label = QLabel(tr("Colours"))
        label.setProperty("role", "secondary")
        label.setBuddy(self.colours)
        row.addWidget(label)
        row.addWidget(self.colours)
        return row

    def _choice(self) -> QWidget:
        """Return the choice between the two windows, for as long as there are two."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(QLabel(tr("Set the window of")))
        for kind, text in (
            (PaneKind.ORIGINAL, tr("the original")),
            (PaneKind.RECONSTRUCTION, tr("the reconstruction")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(tr("Which of the two windows is set here and by keys"))
            button.clicked.connect(lambda _=False, k=kind: self._point(k))
            self._which.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return whole

    def _connect(self) -> None:
        windowing = self._windowing
        self.plot.moved.connect(windowing.set_limits)
        self.presets.chosen.connect(windowing.apply)
        self.low.valueChanged.connect(self._take_ends)
        self.high.valueChanged.connect(self._take_ends)
        self.centre.valueChanged.connect(self._take_window)
        self.window_width.valueChanged.connect(self._take_window)
        for share in self.shares:
            share.valueChanged.connect(self._take_shares)
        self.colours.activated.connect(
            lambda _: self._store.show(colour_map=self.colours.currentData())
        )
        windowing.counts.changed.connect(self._refresh)
        self._store.changed.connect(self._refresh)

    # What the person does

    @Slot()
    def _take_ends(self) -> None:
        if self.high.value() > self.low.value():
            self._windowing.set_limits(self.low.value(), self.high.value())
        self._refresh()

    @Slot()
    def _take_window(self) -> None:
        if self.window_width.value() > 0:
            self._windowing.set(self.centre.value(), self.window_width.value())
        self._refresh()

    @Slot()
    def _take_shares(self) -> None:
        low, high = (share.value() for share in self.shares)
        self._windowing.set_percentiles(low, high)
        self._refresh()
        if low < high:
            self._windowing.automatic()

    def _point(self, kind: PaneKind) -> None:
        self._windowing.pointed = kind
        self._refresh()

    # What is shown

    def _fill(self) -> None:
        """Take what the scan offers, and how its values are written."""
        self.presets.set_presets(self._windowing.presets, self._store.volume)
        self._refresh(force=True)

    @Slot()
    def _refresh(self, *_: object, force: bool = False) -> None:
        """Bring everything in line with the state."""
        if not (force or self.isVisible()):
            return
        windowing, state = self._windowing, self._store.state
        volume = self._store.volume
        centre, width = windowing.shown
        low, high = centre - width / 2, centre + width / 2
        decimals = value_decimals(volume, width)
        inverted = state.inverted != (volume is not None and volume.inverted)
        self.plot.set_counts(windowing.counts.original, windowing.counts.made)
        self.plot.set_shown(Shown(low, high, inverted, state.colour_map, decimals))
        # Ends of a window of whole values may lie between them.
        ends = decimals + (not all(float(end).is_integer() for end in (low, high, centre)))
        for field, value, places in (
            (self.low, low, ends),
            (self.high, high, ends),
            (self.centre, centre, ends),
            (self.window_width, width, ends),
        ):
            with QSignalBlocker(field):
                field.setDecimals(places)
                field.setSingleStep(max(10.0**-decimals, float(f"{width / 100:.0e}")))
                field.setValue(value)
        for share, value in zip(self.shares, windowing.percentiles, strict=True):
            with QSignalBlocker(share):
                share.setValue(value)
        self.colours.setCurrentIndex(self.colours.findData(state.colour_map))
        self.presets.set_current(centre, width)
        for kind, button in zip((False, True), self._which.buttons(), strict=True):
            button.setChecked(kind == windowing.own)
        two = state.own_window is not None
        if two != self._two.isVisibleTo(self):
            self._two.setVisible(two)
            self.adjustSize()
        self._show_words()

    def _show_words(self) -> None:
        counted, made = self._windowing.counts.original, self._windowing.counts.made
        self._made_words.setText(
            tr("Reconstruction") if made is not None else tr("Reconstruction: not whole yet")
        )
        if counted is None:
            self._range.setText("")
            return
        share = formats.number(100 * counted.foreground_share, 0)
        ends = formats.span(counted.minimum, counted.maximum)
        unit = f" {self._store.volume.unit}" if self._store.volume else ""
        words = tr("{range}, foreground {share} %").format(range=ends + unit.rstrip(), share=share)
        self._range.setText(words)
