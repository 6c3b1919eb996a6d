"""The guided demo as a feature of the window: its course, its clock, and its keys."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from isthmus.ui.keys import is_bare
from isthmus.ui.tour import stage, story
from isthmus.ui.tour.card import Card
from isthmus.ui.tour.story import STEPS, Subject
from isthmus.ui.view_state import PaneKind, ViewState
from isthmus.ui.words import tr

if TYPE_CHECKING:
    from isthmus.ui.window import Window

STEP_S = 10.0
"""How long a step stands, once its figures are there."""

_TICK_MS = 200
_KEYS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape}
_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_KINDS = {Subject.ORIGINAL: PaneKind.ORIGINAL, Subject.RECONSTRUCTION: PaneKind.RECONSTRUCTION}


class Tour(QObject):
    """Leads through the open scan in six steps; without one, through the demo scan.

    It drives the view by commands to the store only, and puts it back in the end. While the person
    looks around, the time stands still.

    Args:
        window: Whose.

    Attributes:
        running_changed: It has begun or ended.
        card: What it says.
        ring: Round what it speaks of.
    """

    running_changed = Signal(bool)

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._store = window.session, window.store
        self.card = Card(window)
        self.ring = stage.Ring(window)
        self._scrim = stage.Scrim(window)
        self._number: int | None = None
        self._wanted = False
        self._before: ViewState | None = None
        self._focus_before: QWidget | None = None
        self._map_before: tuple[bool, QWidget] | None = None
        self._driving = False
        self._held = False
        self._waiting = True
        self._spent = 0.0
        self._looked_at = 0.0
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.action = window.actions_.make(tr("&Guided demo"), "F1", self.toggle)
        self.action.setAutoRepeat(False)
        help_menu = window.actions_.menu("Help")
        first = help_menu.actions()[0] if help_menu.actions() else None
        if first is None:
            help_menu.addAction(self.action)
        else:
            help_menu.insertAction(first, self.action)
        self.card.following.connect(self.go_on)
        self.card.preceding.connect(self.go_back)
        self.card.skipped.connect(self.stop)
        self.card.held.connect(self._toggle_held)
        self._session.opened.connect(self._take_scan)
        self._session.failed.connect(self._give_up)
        self._session.pipeline.figures_changed.connect(self._refresh)
        self._store.changed.connect(self._follow)
        self._store.volume_changed.connect(self._leave_scan)
        window.welcome.start_demo.connect(self.want)

    @property
    def running(self) -> bool:
        """Whether a step is shown."""
        return self._number is not None

    @property
    def number(self) -> int | None:
        """Which step is shown, from 0; None if none is."""
        return self._number

    @property
    def held(self) -> bool:
        """Whether the time stands still because the person wants it to."""
        return self._held

    # The course

    @Slot()
    def want(self) -> None:
        """Begin as soon as a scan is there that is about to be opened."""
        self._wanted = True

    def toggle(self) -> None:
        """Begin with the open scan, or with the demo scan where none is open; or end."""
        if self.running:
            self.stop()
        elif self._session.study is not None:
            self.start()
        else:
            self.want()
            if self._session.wanted is None:
                self._window.opening.open_demo()

    def start(self) -> None:
        """Begin with the first step. Nothing happens while no scan is open."""
        if self.running or self._session.study is None:
            return
        self._before = self._store.state
        self._focus_before = QApplication.focusWidget()
        self._held = False
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._window.installEventFilter(self)
        self._show(0)
        self._clock.start()
        self.card.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self.running_changed.emit(True)

    @Slot()
    def stop(self) -> None:
        """End, and show again what was shown before."""
        self._end(put_back=True)

    @Slot()
    def go_on(self) -> None:
        """Show the next step; after the last one, end."""
        if self._number is None:
            return
        if self._number + 1 < len(STEPS):
            self._show(self._number + 1)
        else:
            self.stop()

    @Slot()
    def go_back(self) -> None:
        """Show the step before."""
        if self._number:
            self._show(self._number - 1)

    def _show(self, number: int) -> None:
        step = STEPS[number]
        self._number, self._spent, self._looked_at = number, 0.0, perf_counter()
        self._driving = True
        story.show(step, self._session)
        self._driving = False
        self._open_map(step.subject is Subject.MAP)
        self.card.set_step(number, len(STEPS), tr(step.title))
        self._refresh()
        self.card.show()
        self._place()
        title, text = self.card.words
        event = QAccessibleAnnouncementEvent(self.card, f"{title}. {text}")
        QAccessible.updateAccessibility(event)

    def _end(self, *, put_back: bool) -> None:
        if self._number is None:
            return
        self._number = None
        self._clock.stop()
        had_focus = self.card.isAncestorOf(QApplication.focusWidget() or self._window)
        self.card.hide()
        self.ring.hide()
        self._scrim.hide()
        self._open_map(False)
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        self._window.removeEventFilter(self)
        if put_back and self._before is not None:
            story.put_back(self._store, self._before)
        if had_focus:
            focus = self._focus_before
            target = focus if focus is not None and focus.isVisible() else self._picture()
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = self._focus_before = None
        self.running_changed.emit(False)

    def _open_map(self, wanted: bool) -> None:
        """Show the map where it is on demand or behind another tab, and put that back."""
        docks, deck = self._window.docks, self._window.viewer.deck
        if wanted and self._map_before is None:
            self._map_before = (docks.is_wanted("tabs"), deck.tabs.currentWidget())
            docks.set_wanted("tabs", True)
            deck.tabs.setCurrentWidget(deck.map)
        elif not wanted and self._map_before is not None:
            shown, tab = self._map_before
            self._map_before = None
            deck.tabs.setCurrentWidget(tab)
            docks.set_wanted("tabs", shown)

    # What becomes known, and what the person does

    @Slot(object)
    def _take_scan(self, _study: object) -> None:
        if self._wanted:
            self._wanted = False
            # After everything else has taken in the scan.
            QTimer.singleShot(0, self.start)

    @Slot()
    def _give_up(self) -> None:
        if self._session.study is None:
            self._wanted = False

    @Slot()
    def _leave_scan(self) -> None:
        """End where another scan comes: there is nothing to put back."""
        self._end(put_back=False)

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        if self.running and not self._driving and story.changed(new, old):
            self._held = True
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Say what is known by now."""
        if self._number is None:
            return
        step = STEPS[self._number]
        text = step.words(self._session)
        if self._waiting and text is not None:
            self._looked_at = perf_counter()
        self._waiting = text is None
        self.card.set_words(tr(step.waiting) if text is None else text, waiting=text is None)
        self._show_time()

    @Slot()
    def _tick(self) -> None:
        """Let time go by while there is something to read and no one looks elsewhere."""
        now = perf_counter()
        passed, self._looked_at = now - self._looked_at, now
        if self._number is None or self._held or self._waiting:
            return
        self._spent = min(self._spent + passed, STEP_S)
        if self._spent >= STEP_S and self._number + 1 < len(STEPS):
            self._show(self._number + 1)
        else:
            self._show_time()

    @Slot()
    def _toggle_held(self) -> None:
        self._held = not self._held
        self._looked_at = perf_counter()
        self._show_time()

    def _show_time(self) -> None:
        assert self._number is not None
        left = (len(STEPS) - self._number) * STEP_S - self._spent
        self.card.set_time(left, self._number + self._spent / STEP_S, held=self._held)

    # Where it stands, and its keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the demo's keys wherever the focus is, and follow the window's size."""
        kind = event.type()
        if watched is self._window:
            if kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
                QTimer.singleShot(0, self._place)
        elif kind in _PRESSES and isinstance(event, QKeyEvent) and self._takes(event):
            if kind == QEvent.Type.KeyPress:
                self._answer(Qt.Key(event.key()))
            event.accept()
            return True
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QAbstractSpinBox)
        elsewhere = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return is_bare(event) and event.key() in _KEYS and not typing and elsewhere is None

    def _answer(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Right:
            self.go_on()
        elif key == Qt.Key.Key_Left:
            self.go_back()
        else:
            self.stop()

    @Slot()
    def _place(self) -> None:
        if self._number is None:
            return
        subject, room = self._subject(), self._room()
        deck = QRect(room.left, room.deck, room.right - room.left + 1, room.bottom - room.deck)
        self._scrim.cover(deck, subject)
        on_black = STEPS[self._number].subject in _KINDS
        if subject is None:
            self.ring.hide()
        else:
            self.ring.surround(subject, on_black=on_black)
        stage.place(self.card, subject, room)

    def _subject(self) -> QRect | None:
        """Return where the subject of the step is, in the window."""
        assert self._number is not None
        subject, deck = STEPS[self._number].subject, self._window.viewer.deck
        if subject in _KINDS:
            return stage.rect_in(self._window, self._picture(_KINDS[subject]))
        return stage.rect_in(self._window, deck.map if subject is Subject.MAP else deck.selector)

    def _picture(self, kind: PaneKind = PaneKind.ORIGINAL) -> QWidget:
        panes = self._window.viewer.panes.panes
        return next((pane.canvas for pane in panes if pane.kind is kind), panes[0].canvas)

    def _room(self) -> stage.Room:
        window, viewer = self._window, self._window.viewer
        page = stage.rect_in(window, viewer) or window.rect()
        panes = stage.rect_in(window, viewer.panes) or page
        strip = stage.rect_in(window, viewer.strip) or panes
        status = stage.rect_in(window, window.status)
        bottom = status.top() if status is not None else window.height()
        return stage.Room(page.left(), page.right(), panes.bottom() + 1, strip.bottom() + 1, bottom)
