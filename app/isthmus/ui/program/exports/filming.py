"""Makes a film: shows one frame after the other and hands each to the lane that writes them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from isthmus.ui.panes import PaneRow
from isthmus.ui.program.exports.files import Feed, Pixels, write_film
from isthmus.ui.program.exports.plans import Plan, Step
from isthmus.ui.program.exports.rendering import as_array, description, draw_pictures
from isthmus.ui.session import Session
from isthmus.ui.view_state import PaneKind, ViewState
from isthmus.ui.words import tr

FILM = "film"
_TICK_MS = 4
_PATIENCE_MS = 60_000


@dataclass
class _Run:
    """A film that is being made."""

    plan: Plan
    scale: float
    feed: Feed
    before: ViewState
    next: int = 0
    waiting: Pixels | None = None
    closed: bool = False


class Filming(QObject):
    """One film at a time.

    Args:
        session: Runs the lane, and knows whether pictures are there.
        panes: What is filmed.
        parent: Owns this.

    Attributes:
        progressed: How many frames of how many are there.
        done: The file is there; carries its path.
        failed: It is not; carries the exception.
    """

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, panes: PaneRow, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._store = session.store
        self._panes = panes
        self._run: _Run | None = None
        self._waited = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether a film is being made."""
        return self._run is not None

    def start(self, path: Path, plan: Plan, scale: float) -> None:
        """Make a film; a half-made one is dropped.

        Args:
            path: A name that ends in `.gif` or `.mp4`.
            plan: Its frames.
            scale: How many times more pixels than on the screen, in each direction.
        """
        self.cancel()
        self._run = _Run(plan, scale, Feed(), self._store.state)
        feed, count, said = self._run.feed, len(plan.steps), description(self._panes)
        self._session.jobs.submit(
            "save",
            FILM,
            lambda context: write_film(path, feed, plan.rate, count, said, context),
            done=lambda _: self._end(path),
            failed=self._fail,
        )
        self._waited.start()
        self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """Leave no file, and show what was shown before."""
        self._session.jobs.cancel(FILM)
        self._restore()

    def _end(self, path: Path) -> None:
        self._restore()
        self.done.emit(path)

    def _fail(self, error: BaseException) -> None:
        self._session.jobs.cancel(FILM)
        self._restore()
        self.failed.emit(error)

    def _restore(self) -> None:
        run, self._run = self._run, None
        self._timer.stop()
        if run is not None:
            fields = {name for step in run.plan.steps for name, _ in step.fields}
            self._store.show(
                cursor=run.before.cursor,
                centre=run.before.centre,
                **{name: getattr(run.before, name) for name in fields},
            )

    @Slot()
    def _go_on(self) -> None:
        """Do one thing: hand over a frame, or make the next one."""
        run = self._run
        if run is None or run.closed:
            return
        if run.waiting is not None:
            if not run.feed.offer(run.waiting):
                return
            run.waiting = None
            self.progressed.emit(run.next, len(run.plan.steps))
        if run.next == len(run.plan.steps):
            run.closed = run.feed.offer(None)
            return
        self._show(run.plan.steps[run.next])
        if self._there():
            image = draw_pictures(self._panes, run.scale, self._panes, self._store)
            run.waiting = as_array(image)
            run.next += 1
            self._waited.restart()
        elif self._waited.elapsed() > _PATIENCE_MS:
            self._fail(TimeoutError(tr("The reconstruction of a slice did not come.")))

    def _show(self, step: Step) -> None:
        if step.slice is not None:
            self._store.go_to_slice(step.slice, self._store.state.plane)
        if step.fields:
            self._store.show(**dict(step.fields))

    def _there(self) -> bool:
        """Whether every pane shows what it is to show, of the bottleneck that is asked for."""
        state, shown = self._store.state, self._panes.shown
        kinds = {pane.kind for pane in self._panes.panes if pane.canvas.isVisible()}
        if kinds == {PaneKind.ORIGINAL}:
            return True
        if shown is None or shown.bottleneck.name != self._session.asked:
            return False
        return all(
            pane.canvas.reconstruction is not None
            for pane in self._panes.panes
            if pane.canvas.isVisible() and pane.kind is not PaneKind.ORIGINAL
            if pane.kind is not PaneKind.PINNED or state.pinned
        )
