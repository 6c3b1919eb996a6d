"""The panel "Profile": both pictures along a line that is drawn on them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from isthmus.scans import Volume
from isthmus.ui.icons import Mark, MarkSign
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.figures import Figures
from isthmus.ui.measure.plot import ProfilePlot
from isthmus.ui.measure.regions_panel import tool_button
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.theme import font, scaled
from isthmus.ui.words import tr

_WIDE = 360


class ProfilePanel(QWidget):
    """Shows the profile that is selected, or else the last one that was.

    Args:
        drawings: Where profiles are drawn.
        figures: What is known of them.
        volume: Returns the scan, if one is open.
        decimals: Returns how many decimals a value of the scan is worth.
        actions: What the buttons do.

    Attributes:
        pointed: A profile and the share of its length that is read off, or None.
    """

    pointed = Signal(object, object)

    def __init__(
        self,
        drawings: Drawings,
        figures: Figures,
        volume: Callable[[], Volume | None],
        decimals: Callable[[], int],
        actions: Sequence[QAction],
    ) -> None:
        super().__init__()
        self._drawings = drawings
        self._figures = figures
        self._volume = volume
        self._decimals = decimals
        self._last = ""
        self.setAccessibleName(tr("Profile"))
        self._name = QLabel()
        self._name.setFont(font(12, 600))
        self.plot = ProfilePlot()
        self.difference = QCheckBox(tr("Difference"))
        self.difference.setToolTip(tr("Draw reconstruction − original below, with its own scale."))
        self.difference.toggled.connect(self.plot.set_difference)
        nothing = QLabel(
            tr("No profile is drawn yet. Press K, then drag a line across what is to be compared.")
        )
        nothing.setWordWrap(True)
        nothing.setProperty("role", "secondary")
        nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.plot)
        self._pages.addWidget(nothing)
        self._captions: list[QLabel] = []
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._name)
        row.addSpacing(6)
        for mark, words, tip in (
            (Mark.ORIGINAL, tr("solid"), tr("Original, a solid line")),
            (Mark.RECONSTRUCTION, tr("dashed"), tr("Reconstruction, a dashed line")),
        ):
            label = QLabel(words)
            label.setProperty("role", "caption")
            sign = MarkSign(mark, 12)
            self._captions.append(label)
            for part in (sign, label):
                part.setToolTip(tip)
                row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.difference)
        for action in actions:
            row.addWidget(tool_button(action))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._pages, 1)

        self.plot.pointed.connect(self._tell_pointed)
        drawings.changed.connect(self.refresh)
        drawings.selected_changed.connect(self.refresh)
        figures.changed.connect(self.refresh)
        self.refresh()

    @property
    def drawing(self) -> Drawing | None:
        """The profile that is shown."""
        selected = self._drawings.selected
        if selected is not None and selected.shape is Shape.PROFILE:
            self._last = selected.key
        found = self._drawings.get(self._last)
        if found is not None:
            return found
        profiles = [one for one in self._drawings.all if one.shape is Shape.PROFILE]
        return profiles[-1] if profiles else None

    def minimumSizeHint(self) -> QSize:
        """Return the room that it makes do with."""
        return QSize(280, 108)

    def sizeHint(self) -> QSize:
        """Return a comfortable room."""
        return QSize(392, 220)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the tooltips say too where there is no room for it."""
        super().resizeEvent(event)
        for caption in self._captions:
            caption.setVisible(self.width() >= scaled(_WIDE))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while no one looked."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is known now."""
        if not self.isVisible():
            return
        drawing = self.drawing
        self._pages.setCurrentIndex(1 if drawing is None else 0)
        self._name.setText(drawing.name if drawing else "")
        if drawing is not None:
            known = self._figures.known(drawing)
            volume = self._volume()
            unit = volume.unit if volume is not None else ""
            self.plot.show_profile(known.profile, unit, self._decimals(), stale=known.stale)

    @Slot(object)
    def _tell_pointed(self, share: float | None) -> None:
        self.pointed.emit(self.drawing, share)
