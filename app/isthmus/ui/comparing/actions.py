"""What menus and keys do about layouts, comparisons, differences and the pinned bottleneck."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent

from isthmus.ui.actions import Actions
from isthmus.ui.comparing.arrangement import changed_panel, choices
from isthmus.ui.comparing.names import comparison_name, difference_name, layout_name
from isthmus.ui.comparing.options import amplified
from isthmus.ui.panes import PaneRow
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.view_state import Comparison, Difference, Layout
from isthmus.ui.words import tr

Item = TypeVar("Item")


class ComparisonActions(QObject):
    """Layouts and comparisons, what panes show, kinds of difference, and pinning.

    Args:
        actions: The window's; menus and the list of shortcuts get these from it.
        store: Where commands go.
        panes: Tells which pane the pointer is over.

    Attributes:
        comparisons: One action for each comparison.
    """

    def __init__(self, actions: Actions, store: ViewStore, panes: PaneRow) -> None:
        super().__init__(panes)
        self._actions = actions
        self._store = store
        self._panes = panes
        self._layout_before = Layout.THREE
        self._comparison_before = Comparison.SIDE_BY_SIDE
        make = actions.make

        self.comparisons: dict[Comparison, QAction] = {}
        for number, comparison in enumerate(Comparison, start=1):
            action = make(
                comparison_name(comparison),
                f"Ctrl+{number}",
                lambda c=comparison: store.show(comparison=c),
                scan=True,
                check=True,
            )
            self.comparisons[comparison] = action
        self.next_comparison = make(tr("Next comparison"), "V", lambda: self._step(1), scan=True)
        self.previous_comparison = make(
            tr("Previous comparison"), "Shift+V", lambda: self._step(-1), scan=True
        )
        self.flicker = make(tr("Flicker on and off"), "B", self._press_flicker, scan=True)
        self.flicker.setAutoRepeat(False)

        self.layouts: dict[Layout, QAction] = {}
        for layout in Layout:
            self.layouts[layout] = make(
                layout_name(layout),
                "",
                lambda each=layout: self._lay_out(each),
                scan=True,
                check=True,
            )
        self.next_layout = make(tr("Next layout"), "L", lambda: self._step_layout(1), scan=True)
        self.previous_layout = make(
            tr("Previous layout"), "Shift+L", lambda: self._step_layout(-1), scan=True
        )
        self.next_kind = make(
            tr("Show the next in this pane"), ".", lambda: self._step_kind(1), scan=True
        )
        self.previous_kind = make(
            tr("Show the previous in this pane"), ",", lambda: self._step_kind(-1), scan=True
        )

        self.differences: dict[Difference, QAction] = {}
        for style in Difference:
            self.differences[style] = make(
                difference_name(style),
                "",
                lambda each=style: store.show(difference=each),
                scan=True,
                check=True,
            )
        self.next_difference = make(
            tr("Next kind of difference"), "Y", self._step_difference, scan=True
        )
        self.more = make(
            tr("Amplify the difference more"), "Ctrl+Up", lambda: self._amplify(True), scan=True
        )
        self.less = make(
            tr("Amplify the difference less"), "Ctrl+Down", lambda: self._amplify(False), scan=True
        )
        self.by_slice = make(
            tr("Scale the difference for each slice"),
            "",
            lambda: store.show(scale_by_slice=not store.state.scale_by_slice),
            scan=True,
            check=True,
        )

        self.pin = make(tr("Pin this bottleneck"), "P", self._pin, scan=True, check=True)
        self.swap = make(tr("Swap with the pinned bottleneck"), "X", self._swap, scan=True)
        self.both = make(
            tr("Pinned beside the original"), "Shift+P", self._show_both, scan=True, check=True
        )
        for group in (self.comparisons, self.layouts, self.differences):
            exclusive = QActionGroup(self)
            for action in group.values():
                exclusive.addAction(action)
        self._fill()
        panes.window().installEventFilter(self)
        store.changed.connect(self._follow)
        self._follow(store.state, None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the flicker's key goes up, whoever had it; shortcuts tell only of presses."""
        if (
            event.type() == QEvent.Type.KeyRelease
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_B
            and not event.isAutoRepeat()
            and self._store.state.flicker_held
        ):
            self._store.show(flicker_held=False, comparison=self._comparison_before)
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        view, compare = self._actions.menu("View"), self._actions.menu("Compare")
        view.addSeparator()
        layouts = view.addMenu(tr("&Layout"))
        layouts.addActions(list(self.layouts.values()))
        layouts.addSeparator()
        layouts.addActions([self.next_layout, self.previous_layout])
        layouts.addSeparator()
        layouts.addActions([self.next_kind, self.previous_kind])
        compare.addSeparator()
        compare.addActions(list(self.comparisons.values()))
        compare.addSeparator()
        compare.addActions([self.next_comparison, self.previous_comparison, self.flicker])
        compare.addSeparator()
        differences = compare.addMenu(tr("&Difference"))
        differences.addActions(list(self.differences.values()))
        differences.addSeparator()
        differences.addActions([self.next_difference, self.more, self.less, self.by_slice])
        compare.addSeparator()
        compare.addActions([self.pin, self.swap, self.both])

    # Comparisons

    def _step(self, step: int) -> None:
        self._store.show(comparison=_after(list(Comparison), self._store.state.comparison, step))

    def _press_flicker(self) -> None:
        """Begin to flicker; or end, where it goes by itself and the key is pressed again."""
        state = self._store.state
        flickering = state.comparison is Comparison.FLICKER
        if not flickering:
            self._comparison_before = state.comparison
        if not state.flicker_runs:
            if flickering:
                self._comparison_before = Comparison.FLICKER
            self._store.show(comparison=Comparison.FLICKER, flicker_held=True)
        elif flickering:
            self._store.show(comparison=self._comparison_before)
        else:
            self._store.show(comparison=Comparison.FLICKER)

    # Layouts

    def _lay_out(self, layout: Layout) -> None:
        self._store.show(layout=layout, maximised=None)

    def _step_layout(self, step: int) -> None:
        self._lay_out(_after(list(Layout), self._store.state.layout, step))

    def _step_kind(self, step: int) -> None:
        """Let the pane under the pointer, else the focused one, show what comes next."""
        pane = self._panes.pointed
        if pane is None:
            return
        state = self._store.state
        offered = choices(state)
        if pane.kind not in offered:
            return
        kind = pane.kind
        for _ in offered:
            kind = _after(offered, kind, step)
            changes = changed_panel(state, pane.spot, kind)
            if changes and kind is not pane.kind:
                self._store.show(**changes)
                return

    # Differences

    def _step_difference(self) -> None:
        self._store.show(difference=_after(list(Difference), self._store.state.difference, 1))

    def _amplify(self, up: bool) -> None:
        self._store.show(amplification=amplified(self._store.state, up))

    # The pinned bottleneck

    def _pin(self) -> None:
        state = self._store.state
        self._store.show(pinned="" if state.pinned == state.bottleneck else state.bottleneck)

    def _swap(self) -> None:
        state = self._store.state
        if state.pinned:
            self._store.show(bottleneck=state.pinned, pinned=state.bottleneck)

    def _show_both(self) -> None:
        state = self._store.state
        if state.layout is Layout.TWO_RECONSTRUCTIONS:
            self._lay_out(self._layout_before)
            return
        self._layout_before = state.layout
        self._store.show(
            layout=Layout.TWO_RECONSTRUCTIONS,
            comparison=Comparison.SIDE_BY_SIDE,
            pinned=state.pinned or state.bottleneck,
            maximised=None,
        )

    def _follow(self, new: ViewState, _old: ViewState | None) -> None:
        """Tick what is on. The store decides; a tick never sets anything."""
        self.comparisons[new.comparison].setChecked(True)
        self.layouts[new.layout].setChecked(True)
        self.differences[new.difference].setChecked(True)
        self.by_slice.setChecked(new.scale_by_slice)
        self.pin.setChecked(bool(new.pinned) and new.pinned == new.bottleneck)
        self.both.setChecked(new.layout is Layout.TWO_RECONSTRUCTIONS)


def _after(items: Sequence[Item], item: Item, step: int) -> Item:
    """Return what stands `step` places after an item, round and round."""
    return items[(items.index(item) + step) % len(items)]
