"""Measuring as a feature of the window: drawings, figures, panels, files and the magnifier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from isthmus.errors import IsthmusError
from isthmus.quality.regions import RegionFigures
from isthmus.scans import Volume
from isthmus.ui.measure import export
from isthmus.ui.measure.actions import MeasureActions
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.figures import Figures
from isthmus.ui.measure.labels import size_text
from isthmus.ui.measure.layer import DrawingLayer
from isthmus.ui.measure.magnifier import Magnifier
from isthmus.ui.measure.profile_panel import ProfilePanel
from isthmus.ui.measure.regions_panel import RegionsPanel
from isthmus.ui.measure.shapes import Drawing, Shape
from isthmus.ui.measure.sheet import Sheet
from isthmus.ui.measure.tool import DrawingTool
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.pictures import value_decimals
from isthmus.ui.reading import Look
from isthmus.ui.study import Study
from isthmus.ui.view_state import PaneKind, ViewState
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

REGIONS, PROFILE = "regions", "profile"


class Measuring(QObject):
    """Puts drawings on the pictures and tells what they measure.

    Args:
        window: Whose.

    Attributes:
        drawings: Those of the scan that is shown.
        figures: What they measure.
        tool: Draws them.
        regions: The panel that lists them.
        profile: The panel with a line's profile.
        region_changed: Another region is selected, or more is known of it.
    """

    region_changed = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._store = window.store
        self._session = window.session
        self._row = row = window.viewer.panes
        self.drawings = Drawings(window.undo, self)
        self.sheet = Sheet(self.drawings, self)
        self.figures = Figures(self._session, self.drawings, self._shown, self)
        self.tool = DrawingTool(self._store, self.sheet, self)
        row.hooks.layers.append(
            DrawingLayer(self._store, self.sheet, self.figures, self._bottleneck)
        )
        self.magnifier = Magnifier(self._store, row)
        # After the swipe's handle, before what the pointer does without a button.
        row.hooks.tools.insert(2, self.tool)
        row.hooks.key_takers.append(self.tool)

        self.actions = actions = MeasureActions(window, self)
        self.regions = RegionsPanel(
            self.drawings,
            self.figures,
            self.number,
            lambda drawing: size_text(drawing.shape, self.size(drawing)),
            self._decimals,
            self.go_to,
            [actions.go, actions.rename, actions.delete, actions.copy, actions.export],
        )
        self.profile = ProfilePanel(
            self.drawings,
            self.figures,
            lambda: self._store.volume,
            self._decimals,
            [actions.copy_profile, actions.export_profile],
        )
        window.docks.add(self.regions, tr("Regions"), REGIONS)
        window.docks.add(self.profile, tr("Profile"), PROFILE)

        self.tool.named.connect(self._rename)
        self.tool.pointer_changed.connect(self._set_pointer)
        self.profile.pointed.connect(self._mark)
        for signal in (
            self.sheet.repaint,
            self.drawings.changed,
            self.drawings.selected_changed,
            self.figures.changed,
        ):
            signal.connect(self._repaint)
        for signal in (self.drawings.selected_changed, self.figures.changed, self.drawings.changed):
            signal.connect(self.region_changed)
        self.drawings.added.connect(self._show_panel)
        row.shown_changed.connect(self._take_shown)
        self._session.opened.connect(self._take_study)
        self._session.looked.connect(self._take_look)
        self._store.volume_changed.connect(self._take_volume)
        self._store.changed.connect(self._follow)

    # For others

    @property
    def region(self) -> tuple[str, RegionFigures | None] | None:
        """Name and figures of the selected region; no figures while they are unknown."""
        selected = self.drawings.selected
        if selected is None or not selected.shape.is_region:
            return None
        known = self.figures.known(selected)
        return selected.name, None if known.stale else known.figures

    def state(self) -> list[dict[str, Any]]:
        """Return the shown scan's drawings as JSON's types, for a session file."""
        return [drawing.as_dict() for drawing in self.drawings.all]

    def restore(self, found: object) -> int:
        """Take drawings from a session file, in place of those of the shown scan.

        Args:
            found: What `state` returned.

        Returns:
            How many of them were damaged and are left out.
        """
        if not isinstance(found, list):
            return 1
        good: dict[str, Drawing] = {}
        for each in found:
            try:
                drawing = Drawing.from_dict(each)
            except ValueError:
                continue
            good.setdefault(drawing.key, drawing)
        self.drawings.replace_all(list(good.values()))
        return len(found) - len(good)

    # What is known of a drawing

    def number(self, drawing: Drawing) -> int | None:
        """Return the number, from 1, of a drawing's slice; None if it is not in the scan."""
        volume, view = self._store.volume, self._store.view_of(drawing.plane)
        if volume is None or view is None:
            return None
        index = self.sheet.place(drawing, volume, view).index
        return index + 1 if 0 <= index < view.n_slices else None

    def size(self, drawing: Drawing) -> float | None:
        """Return a length in mm, an angle in degrees, an area in mm²; None without a scan."""
        volume, view = self._store.volume, self._store.view_of(drawing.plane)
        if volume is None or view is None:
            return None
        return self.sheet.measure(drawing, volume, view)

    def _decimals(self) -> int:
        return value_decimals(self._store.volume, self._store.state.window_width)

    def _bottleneck(self, kind: PaneKind) -> str:
        """Return the name of the bottleneck that a kind of pane shows."""
        if kind is PaneKind.PINNED:
            return self._store.state.pinned
        shown = self._row.shown
        return shown.bottleneck.name if shown is not None else self._session.asked

    def _shown(self) -> list[str]:
        names = [self._bottleneck(PaneKind.RECONSTRUCTION), self._store.state.pinned]
        return [name for name in dict.fromkeys(names) if name]

    # What actions do

    def step(self, steps: int) -> None:
        """Select the next drawing and go there."""
        self.drawings.step(steps)
        self.go_to_selected()

    def go_to_selected(self) -> None:
        """Show the slice of the selected drawing."""
        if self.drawings.selected is not None:
            self.go_to(self.drawings.selected)

    def go_to(self, drawing: Drawing) -> None:
        """Show a drawing's slice, and bring it into the panes."""
        volume, view = self._store.volume, self._store.view_of(drawing.plane)
        number = self.number(drawing)
        if volume is None or view is None or number is None:
            return
        self._store.set_plane(drawing.plane)
        self._store.go_to_slice(number - 1, drawing.plane)
        if not self._store.state.fit:
            middle = self.sheet.place(drawing, volume, view).outline.mean(axis=0)
            row, column = (float(value) for value in middle)
            self._store.show(centre=volume.to_mm(*view.to_voxel(number - 1, row, column)))

    def rename_selected(self) -> None:
        """Let the person type the selected drawing's name."""
        if self.drawings.selected is not None:
            self._rename(self.drawings.selected.key)

    @Slot(str)
    def _rename(self, key: str) -> None:
        self._window.docks.show_tab(REGIONS)
        self.regions.rename(key)

    def delete(self) -> None:
        """Delete the selected drawing."""
        if self.drawings.selected is not None:
            self.drawings.remove(self.drawings.selected.key)

    def copy(self) -> None:
        """Put all drawings' figures on the clipboard, as a table."""
        self._copy(export.as_tabs(export.drawings_table(self._rows())))

    def copy_profile(self) -> None:
        """Put the profile's values on the clipboard, as a table."""
        drawing = self.profile.drawing
        known = self.figures.known(drawing).profile if drawing is not None else None
        if known is not None:
            self._copy(export.as_tabs(export.profile_table(known)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._window.messages.show_notice(
            tr("Copied"), tr("{count} lines, with a head.").format(count=text.count("\n"))
        )

    def choose_export(self) -> None:
        """Ask for a file and write the drawings there."""
        path = self._ask(tr("Export the drawings"), "drawings.csv")
        if path is not None:
            self.save(path)

    def choose_profile_export(self) -> None:
        """Ask for a file and write the profile there."""
        drawing = self.profile.drawing
        if drawing is None:
            return
        path = self._ask(tr("Export the profile"), f"{drawing.name}.csv")
        if path is not None:
            self.save_profile(path)

    def save(self, path: Path) -> None:
        """Write the drawings as CSV."""
        self._save(export.drawings_csv(self._rows(), self._about()), path)

    def save_profile(self, path: Path) -> None:
        """Write the profile that is shown as CSV."""
        drawing = self.profile.drawing
        known = self.figures.known(drawing).profile if drawing is not None else None
        if drawing is not None and known is not None:
            self._save(export.profile_csv(known, drawing, self._about()), path)

    def _ask(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, name, tr("CSV (*.csv)"))
        return Path(chosen) if chosen else None

    def _save(self, text: str, path: Path) -> None:
        try:
            export.save(text, path)
        except IsthmusError as error:
            self._window.messages.show_error(error.problem, error.remedy)
        else:
            self._window.messages.show_notice(tr("Saved"), path.name)

    def _about(self) -> export.About:
        volume, shown = self._store.volume, self._row.shown
        title = volume.source.title if volume is not None else ""
        unit = volume.unit if volume is not None else ""
        return export.About(title, unit, shown.label if shown is not None else "")

    def _rows(self) -> list[export.Row]:
        rows = []
        for drawing in self.drawings.all:
            known, size = self.figures.known(drawing), self.size(drawing)
            figures = None if known.stale else known.figures
            rows.append(export.Row(drawing, self.number(drawing), size or 0.0, figures))
        return rows

    # Following

    @Slot(object)
    def _take_study(self, study: Study) -> None:
        self.drawings.use(study.opened.wanted.key)

    @Slot(object)
    def _take_look(self, look: Look) -> None:
        self.drawings.use(look.wanted.key)

    @Slot(object)
    def _take_volume(self, volume: Volume | None) -> None:
        if volume is None:
            self.drawings.use("")

    @Slot(object)
    def _take_shown(self, _shown: object) -> None:
        self.figures.plan()
        self.figures.changed.emit()

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if new.pinned != old.pinned:
            self.figures.plan()
        if new.window_width != old.window_width and self.regions.isVisible():
            self.regions.refresh()

    @Slot(object)
    def _show_panel(self, drawing: Drawing) -> None:
        """Bring forward what tells about a new drawing."""
        if drawing.shape is Shape.PROFILE:
            self._window.docks.show_tab(PROFILE)
        elif drawing.shape.is_region and self._window.docks.is_wanted("tabs"):
            self._window.docks.show_tab(REGIONS)

    @Slot(object, object)
    def _mark(self, drawing: Drawing | None, share: float | None) -> None:
        """Point out on the pictures what is read off in the plot."""
        self.sheet.mark = None
        if drawing is not None and share is not None:
            start, end = drawing.points
            x, y, z = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            self.sheet.mark = (x, y, z)
        self._repaint()

    @Slot(object)
    def _set_pointer(self, shape: Qt.CursorShape | None) -> None:
        if shape is None:
            self._row.unsetCursor()
        else:
            self._row.setCursor(shape)

    @Slot()
    def _repaint(self) -> None:
        for canvas in self._row.findChildren(Canvas):
            canvas.update()
