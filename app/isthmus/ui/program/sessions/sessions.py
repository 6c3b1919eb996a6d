"""Saving a session and opening one: reads the scan again and looks at it as before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from isthmus.errors import IsthmusError
from isthmus.scans import demo_scan
from isthmus.ui.model_choice import installed
from isthmus.ui.program.sessions.session_file import SUFFIX, SessionFile, read, write
from isthmus.ui.program.sessions.state_json import from_json, to_json
from isthmus.ui.study import Study, Wanted
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.measure.measuring import Measuring
    from isthmus.ui.window import Window


class Sessions(QObject):
    """Session files of a window.

    Args:
        window: Whose. Its other features are there: they take their scan before this does.
        measuring: Has the drawings.
    """

    def __init__(self, window: Window, measuring: Measuring) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._store = window.session, window.store
        self._measuring = measuring
        self._waiting: tuple[Wanted, SessionFile] | None = None
        make, menu = window.actions_.make, window.actions_.menu("File")
        self.open_action = make(tr("Open s&ession…"), "", self.choose)
        self.save_action = make(tr("Save session…"), "", self.choose_file, scan=True)
        entries = menu.actions()
        menu.insertAction(entries[entries.index(window.actions_.demo) + 1], self.open_action)
        after = entries[entries.index(window.actions_.save_difference) + 1]
        menu.insertAction(after, self.save_action)
        window.opening.session_named.connect(self.open)
        self._session.opened.connect(self._take_study)
        self._session.failed.connect(self._forget)

    # Saving

    @Slot()
    def choose_file(self) -> None:
        """Ask for a name, and save what is open under it."""
        path, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the session"), f"session{SUFFIX}", _filter()
        )
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Save which scan is open, and how it is looked at."""
        study = self._session.study
        if study is None:
            return
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        wanted, state, source = study.opened.wanted, self._store.state, study.volume.source
        # One of a folder's series is named by one of its files, which opens all of it.
        scan = wanted.path if wanted.series is None else Path(wanted.series.files[0])
        session = SessionFile(
            path=scan.absolute(),
            folder=scan.is_dir(),
            part=wanted.part,
            shape=study.volume.shape,
            demo=source.simulated,
            model=self._session.model.name if self._session.model is not None else "",
            bottleneck=state.bottleneck,
            pinned=state.pinned,
            view=to_json(state),
            drawings=self._measuring.state(),
        )
        try:
            write(session, path)
        except IsthmusError as error:
            self._window.messages.show_error(error.problem, error.remedy)
        else:
            self._window.messages.show_notice(tr("Session saved"), str(path))

    # Opening

    @Slot()
    def choose(self) -> None:
        """Ask for a session, and open it."""
        path, _ = QFileDialog.getOpenFileName(self._window, tr("Open a session"), "", _filter())
        if path:
            self.open(Path(path))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a session's scan; if it has moved, ask where to."""
        try:
            session = read(path)
            scan = demo_scan() if session.demo else _found(session.places(path.absolute()))
        except IsthmusError as error:
            self._window.messages.show_error(error.problem, error.remedy)
            return
        if scan is None:
            self._ask(session, path)
        else:
            self._read(session, scan)

    def _read(self, session: SessionFile, scan: Path) -> None:
        wanted = Wanted(scan.absolute(), part=session.part)
        self._waiting = wanted, session
        self._session.open(wanted)

    def _ask(self, session: SessionFile, path: Path) -> None:
        """Say kindly that the scan is not where it was."""
        box = QMessageBox(self._window)
        box.setWindowTitle(tr("The scan has moved"))
        box.setText(
            tr("{scan} is not where it was when {session} was saved.").format(
                scan=session.path.name, session=path.name
            )
        )
        looked = "\n".join(str(place) for place in session.places(path.absolute()))
        box.setInformativeText(
            tr(
                "Looked for it here:\n{places}\n\nPoint to it, and the session opens as it was."
            ).format(places=looked)
        )
        point = box.addButton(tr("Point to it…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(point)
        box.accepted.connect(lambda: self._point(session))
        box.open()

    def _point(self, session: SessionFile) -> None:
        title = tr("Where is {scan}?").format(scan=session.path.name)
        if session.folder:
            found = QFileDialog.getExistingDirectory(self._window, title)
        else:
            found, _ = QFileDialog.getOpenFileName(self._window, title)
        if found:
            self._read(replace(session, path=Path(found)), Path(found))

    @Slot()
    def _forget(self) -> None:
        self._waiting = None

    @Slot(object)
    def _take_study(self, study: Study) -> None:
        """Look at the scan as before, if it is a session's."""
        if self._waiting is None:
            return
        (wanted, session), self._waiting = self._waiting, None
        if study.opened.wanted == wanted:
            self._restore(session, study)

    def _restore(self, session: SessionFile, study: Study) -> None:
        said = []
        if session.shape and session.shape != study.volume.shape:
            said.append(tr("This scan has another size than the one that was saved."))
        said.append(self._take_model(session))
        fields, damaged = from_json(session.view)
        self._store.show(**fields)
        lost = self._measuring.restore(session.drawings)
        if damaged or lost:
            said.append(tr("Some of the session is damaged and was left out."))
        self._window.messages.show_notice(
            tr("Session opened"), " ".join(sentence for sentence in said if sentence)
        )

    def _take_model(self, session: SessionFile) -> str:
        """Go over to the session's model and bottlenecks; return what is to be said of it."""
        model = self._session.model
        if session.model and (model is None or model.name != session.model):
            info = next((each for each in installed() if each.name == session.model), None)
            if info is None:
                return tr("Its model, {model}, is not installed.").format(model=session.model)
            self._session.start_model(info)
            model = info
        names = [each.name for each in model.bottlenecks] if model is not None else []
        if session.bottleneck in names:
            self._store.set_bottleneck(session.bottleneck)
        if session.pinned in names:
            self._store.show(pinned=session.pinned)
        return ""


def _found(places: tuple[Path, ...]) -> Path | None:
    return next((place for place in places if place.exists()), None)


def _filter() -> str:
    return tr("Sessions of Isthmus") + f" (*{SUFFIX})"
