"""Figures in the window: what the panels of quality and errors show of the open scan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from isthmus.quality.figures import Figures
from isthmus.ui.figures.details import Details
from isthmus.ui.figures.known import Known
from isthmus.ui.figures.region import Region
from isthmus.ui.figures.scope import Scope
from isthmus.ui.figures.table import Column, as_csv, as_json
from isthmus.ui.measure.drawings import Drawings
from isthmus.ui.measure.export import save
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.view_state import ViewState
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

_SCOPE = "quality/scope"
_SAVE = "save figures"


class Figuring(QObject):
    """Fills the quality panel with what takes longer, and lets figures leave the program.

    Args:
        window: All of it but its features is there.
        drawings: The regions that can be selected.

    Attributes:
        known: Holds figures.
        details: All measures; None while they are not shown.
    """

    def __init__(self, window: Window, drawings: Drawings) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._store = window.store
        self._settings = window.settings
        self._panel = window.viewer.deck.quality
        self.known = Known(window.session, self)
        self.region = Region(window.session, drawings, self)
        self.details: Details | None = None
        self._scope = Scope.WHOLE
        # Figures of the volume stay, with whose they are, until those of the new one are there.
        self._last: tuple[str, Scope, Figures] | None = None
        self._figures_of = ""
        panel = self._panel
        panel.scope_chosen.connect(self.set_scope)
        panel.shown.connect(self._want)
        panel.details_wanted.connect(self.show_details)
        panel.export_wanted.connect(self.export)
        self.known.changed.connect(self.refresh)
        self.region.changed.connect(self.refresh)
        window.viewer.panes.shown_changed.connect(self._take_shown)
        self._session.opened.connect(self._forget)
        self._session.looked.connect(self._forget)
        self._session.codec_changed.connect(self._forget)
        self._session.pipeline.figures_changed.connect(self.refresh)
        self._store.changed.connect(self._follow)
        self._make_actions()
        kept = self._settings.value(_SCOPE, Scope.WHOLE.value)
        self.set_scope(Scope(kept) if kept in set(Scope) else Scope.WHOLE)

    def _make_actions(self) -> None:
        make = self._window.actions_.make
        menu = self._window.actions_.menu("Measure")
        menu.addSeparator()
        menu.addActions(
            [
                make(tr("All &measures…"), "", self.show_details, scan=True),
                make(tr("Save &figures…"), "", self.export, scan=True),
            ]
        )

    @property
    def _shown(self) -> Reconstruction | None:
        return self._window.viewer.panes.shown

    @Slot(object)
    def set_scope(self, scope: Scope) -> None:
        """Let another part of the picture count."""
        self._scope = scope
        self._settings.set_value(_SCOPE, scope.value)
        self._panel.set_scope(scope)
        self._want()
        self.refresh()

    @Slot()
    def _want(self, *_: object) -> None:
        seen = self._panel.isVisible() or self.details is not None
        self.known.want(self._scope if seen else None)
        self.region.want(self._shown if seen else None)

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if (new.cursor, new.plane) != (old.cursor, old.plane):
            self.refresh()

    @Slot(object)
    def _take_shown(self, _shown: object = None) -> None:
        self._want()
        self.refresh()

    @Slot()
    def _forget(self, *_: object) -> None:
        self._last = None
        self._want()
        self.refresh()

    @Slot()
    def refresh(self, *_: object) -> None:
        """Bring the panel in line with what is known."""
        study, shown, view = self._session.study, self._shown, self._store.view
        if study is None or shown is None or view is None:
            self._last = None
            self._panel.set_more(None, None)
            self._panel.set_region(None)
        else:
            name, index = shown.bottleneck.name, self._store.index
            volume, voxels = study.volume, study.volume.voxels.size
            self._panel.set_about(
                volume.source.title,
                volume.unit,
                shown.label,
                (view.n_rows * view.n_columns, voxels),
            )
            of_slice = self.known.of_slice(name, self._scope, view, index)
            self._panel.set_more(of_slice, *self._of_volume(name))
            region = self.region
            self._panel.set_region(Column(region.name, region.figures) if region.name else None)
        if self.details is not None:
            self.details.set_table(self._panel.table)

    def _of_volume(self, name: str) -> tuple[Figures | None, str]:
        """Return the volume's figures, and whose they still are if they are stale.

        Those shown just before stay until the new ones are measured; never those before these.
        """
        found, before = self.known.of_volume(name, self._scope), self._figures_of
        self._figures_of = name
        if found is not None:
            self._last = (name, self._scope, found)
            return found, ""
        last, model = self._last, self._session.model
        late = last is not None and name != before and last[0] != before
        if last is None or late or last[1] is not self._scope or self._session.pipeline.stopped:
            self._last = None
            return None, ""
        if model is None:
            return None, ""
        if last[0] not in {each.name for each in model.bottlenecks}:
            return None, ""
        still = tr("still the value for {count} channels")
        return last[2], still.format(count=model.bottleneck(last[0]).channels)

    # All of them

    @Slot()
    def show_details(self) -> None:
        """Show all measures with their definitions."""
        if self.details is None:
            self.details = Details(self._window)
            self.details.scope_chosen.connect(self.set_scope)
            self.details.export_wanted.connect(self.export)
            self.details.finished.connect(self._end_details)
        self.details.set_table(self._panel.table)
        self._want()
        self.details.show()
        self.details.activateWindow()

    @Slot()
    def _end_details(self) -> None:
        if self.details is not None:
            self.details.deleteLater()
            self.details = None
        self._want()

    @Slot()
    def export(self) -> None:
        """Ask where to, and save all figures as CSV or JSON."""
        study = self._session.study
        if study is None:
            return
        folder = study.opened.path.parent
        path, kind = QFileDialog.getSaveFileName(
            self._window,
            tr("Save figures"),
            str(folder / f"{study.volume.source.title or 'figures'} quality.csv"),
            tr("CSV (*.csv);;JSON (*.json)"),
        )
        if path:
            wanted = Path(path)
            if not wanted.suffix:
                wanted = wanted.with_suffix(".json" if "json" in kind else ".csv")
            self.save_figures(wanted)

    def save_figures(self, path: Path) -> None:
        """Save all figures in the background: JSON if the name ends so, else CSV."""
        table = self._panel.table
        text = as_json(table) if path.suffix.lower() == ".json" else as_csv(table)
        self._session.jobs.submit(
            "save",
            _SAVE,
            lambda _context: save(text, path),
            done=lambda _: self._session.noticed.emit(tr("Figures saved"), str(path)),
            failed=self._session.tell,
        )
