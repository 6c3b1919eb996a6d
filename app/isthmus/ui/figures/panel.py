"""The quality panel: figures of slice, volume and region, each with its definition."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isthmus.quality import Measures
from isthmus.quality.figures import Figures
from isthmus.ui import formats
from isthmus.ui.figures.cells import Cells
from isthmus.ui.figures.rows import COMPACT, FULL, Row
from isthmus.ui.figures.scope import NAMES, Scope
from isthmus.ui.figures.scope_choice import ScopeChoice
from isthmus.ui.figures.table import Column, Table, as_text
from isthmus.ui.icons import icon
from isthmus.ui.words import tr


class QualityPanel(QWidget):
    """Shows what was lost: in this slice, in the volume, and in the region that was drawn.

    Attributes:
        scope_chosen: The `Scope` that is to count from now on.
        shown: The panel came onto the screen, or left it.
        details_wanted: All measures are to be shown.
        export_wanted: All measures are to be saved.
    """

    scope_chosen = Signal(object)
    shown = Signal(bool)
    details_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slice: Measures | None = None
        self._volume: Measures | None = None
        self._number = 1
        self._still = ""
        self._slow_slice: Figures | None = None
        self._slow_volume: Figures | None = None
        self._slow_still = ""
        self._region: Column | None = None
        self._voxels = (0, 0)
        self._table = Table()
        self._told: tuple[Table, tuple[Row, ...]] | None = None
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")
        self.setAccessibleName(tr("Quality"))

        self._title = QLabel(tr("Quality"))
        self._title.setProperty("role", "title")
        self.scope = ScopeChoice()
        self.scope.chosen.connect(self.scope_chosen)
        self.all = QToolButton()
        self.all.setIcon(icon("dots-three"))
        self.all.setAccessibleName(tr("All measures"))
        self.all.setToolTip(tr("All measures with their definitions, to copy or save (Enter)"))
        self.all.clicked.connect(self.details_wanted)
        self._top = QWidget()
        head = QHBoxLayout(self._top)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.scope)
        head.addWidget(self.all)
        self._cells = Cells(FULL, 27)
        self._note = QLabel()
        self._note.setProperty("role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._top)
        self._column.addWidget(self._cells)
        self._column.addStretch(1)
        self._column.addWidget(self._note)
        self.set_compact(False)

    # What it shows

    @property
    def table(self) -> Table:
        """Everything it knows, of all measures."""
        return self._table

    def set_slice(self, measures: Measures | None, number: int) -> None:
        """Show the figures of the slice on screen.

        Args:
            measures: None while they are unknown.
            number: Of the slice, as on screen, from 1.
        """
        if number != self._number:
            self._slow_slice = None
        self._slice, self._number = measures, number
        self._refresh()

    def set_volume(self, measures: Measures | None, still: str = "") -> None:
        """Show the figures of the whole volume.

        Args:
            measures: None while they are unknown.
            still: Whose they are if they are stale, as "still the value for 48 channels".
        """
        self._volume, self._still = measures, still
        self._refresh()

    def set_more(
        self, of_slice: Figures | None, of_volume: Figures | None, still: str = ""
    ) -> None:
        """Show what takes longer: HaarPSI and MS-SSIM, or all where not everything counts.

        Args:
            of_slice: Of what counts; None while they are unknown.
            of_volume: As `of_slice`.
            still: Whose those of the volume are if they are stale.
        """
        self._slow_slice, self._slow_volume, self._slow_still = of_slice, of_volume, still
        self._refresh()

    def set_region(self, region: Column | None) -> None:
        """Show the figures of a region beside the others; None for no region."""
        self._region = region
        self._refresh()

    def set_range(self, low: float, high: float) -> None:
        """Say which peak PSNR and SSIM are of: the volume's minimum and maximum, in real units."""
        self._table = replace(self._table, value_range=(low, high))
        self._refresh()

    def set_about(
        self, title: str, unit: str, reconstruction: str, voxels: tuple[int, int]
    ) -> None:
        """Say what the figures are of, for exports.

        Args:
            title: The scan's short name.
            unit: Of its values; empty if they have none.
            reconstruction: What stands on its pictures, such as "LOSSY 93:1 · 32 ch".
            voxels: Of the slice, and of the volume.
        """
        self._table = replace(self._table, title=title, unit=unit, reconstruction=reconstruction)
        self._voxels = voxels
        self._refresh()

    def set_scope(self, scope: Scope) -> None:
        """Say what counts; what was known of something else goes."""
        if scope != self._table.scope:
            self._slow_slice = self._slow_volume = None
            self._slow_still = ""
        self._table = replace(self._table, scope=scope)
        self.scope.show_scope(scope)
        self._refresh()

    def set_compact(self, compact: bool) -> None:
        """Show fewer measures, for the deck of a small window."""
        self._compact = compact
        self._top.setVisible(not compact)
        self._note.setVisible(not compact)
        self._cells.set_rows(
            COMPACT if compact else FULL, 28 if compact else 27, tr("Quality") if compact else ""
        )
        self._column.setContentsMargins(14, 4 if compact else 8, 14, 2 if compact else 8)
        self._refresh()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size in a large or a small window."""
        return QSize(356, 150) if self._compact else QSize(372, 256)

    def copy(self) -> None:
        """Put all figures on the clipboard, as text with tabs."""
        QGuiApplication.clipboard().setText(as_text(self._table))

    # Events

    def event(self, event: QEvent) -> bool:
        """Keep the key of copying to itself while it has the focus."""
        override = event.type() == QEvent.Type.ShortcutOverride
        keys = event if override and isinstance(event, QKeyEvent) else None
        if keys is not None and keys.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Say that what takes longer is wanted."""
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that no one sees it."""
        self.shown.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or show all."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show all."""
        self.details_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the figures."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu().popup(self.mapToGlobal(QPoint(14, 30)) if keyboard else event.globalPos())

    def menu(self) -> QMenu:
        """Return the context menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for scope in Scope:
            action = menu.addAction(tr(NAMES[scope]))
            action.setCheckable(True)
            action.setChecked(scope is self._table.scope)
            action.triggered.connect(lambda _=False, scope=scope: self.scope_chosen.emit(scope))
        menu.addSeparator()
        menu.addAction(tr("&Copy") + "\tCtrl+C").triggered.connect(self.copy)
        menu.addAction(tr("&All measures…")).triggered.connect(self.details_wanted)
        menu.addAction(tr("&Save as CSV or JSON…")).triggered.connect(self.export_wanted)
        return menu

    # Bringing it together

    def _refresh(self) -> None:
        slice_name = tr("Slice {number}").format(number=self._number)
        of_slice, of_volume = self._voxels
        columns = [
            self._column_of(slice_name, self._slice, of_slice, "", self._slow_slice, ""),
            self._column_of(
                tr("Volume"),
                self._volume,
                of_volume,
                self._still,
                self._slow_volume,
                self._slow_still,
            ),
        ]
        if self._region is not None:
            columns.append(self._region)
        self._table = replace(self._table, columns=tuple(columns))
        # While one scrolls, most of what is set is what was there.
        told = self._table, self._cells.rows
        if told == self._told:
            return
        self._told = told
        self._cells.set_table(self._table)
        self.setAccessibleDescription("; ".join(self._cells.spoken()))
        span = self._table.value_range
        words = tr("Range {span}: maximum − minimum of the volume")
        self._note.setText("" if span is None else words.format(span=formats.span(*span)))

    def _column_of(
        self,
        name: str,
        measures: Measures | None,
        voxels: int,
        still: str,
        slow: Figures | None,
        still_slow: str,
    ) -> Column:
        """Return a column from what the pipeline knows and what took longer."""
        if self._table.scope is not Scope.WHOLE:
            return Column(name, slow, still_slow, still_slow)
        if measures is None:
            return Column(name, None if still_slow else slow)
        figures = Figures.of(measures, voxels)
        if slow is not None:
            figures = replace(figures, ms_ssim=slow.ms_ssim, haarpsi=slow.haarpsi)
        return Column(name, figures, still, still_slow)
