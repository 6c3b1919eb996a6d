"""What a pane shows, from the black up: pictures, what is hooked in, words, labels.

It knows of no widget, so a pane, a magnifier and an exported picture are drawn by the same lines.
"""

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from isthmus.ui import formats
from isthmus.ui.comparing.names import difference_words, kind_mark, kind_name
from isthmus.ui.icons import Mark
from isthmus.ui.panes import mixed_labels, overlay
from isthmus.ui.panes.differences import MAPS, Scale, style_of
from isthmus.ui.panes.hooks import Hooks, Place
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.mixing import draw_mixed, in_second, line_of, sides
from isthmus.ui.panes.overlay import Label
from isthmus.ui.panes.slices import Picture, Readout, Slices
from isthmus.ui.panes.writing import write
from isthmus.ui.pictures import Reconstruction, value_decimals
from isthmus.ui.state import PaneKind, ViewStore
from isthmus.ui.theme import DARK
from isthmus.ui.view_state import Comparison, Interpolation
from isthmus.ui.words import tr


class Drawing:
    """Draws panes of every kind from the state and the slices that there are.

    Attributes:
        second_turn: Whether the flicker shows its second picture now.
    """

    def __init__(self, store: ViewStore, slices: Slices, hooks: Hooks) -> None:
        self._store = store
        self._slices = slices
        self._hooks = hooks
        self.second_turn = False

    def shown_kind(self, kind: PaneKind) -> PaneKind:
        """Return what a pane shows now: the original in another's place while a key is held."""
        peeking = self._store.state.peek and kind in (PaneKind.RECONSTRUCTION, PaneKind.MIXED)
        return PaneKind.ORIGINAL if peeking else kind

    def reconstruction(self, kind: PaneKind, mapping: Mapping) -> Reconstruction | None:
        """Return what a pane's picture is made from, if it shows one that is made from any."""
        kind = self.shown_kind(kind)
        if kind is PaneKind.MIXED:
            kind = PaneKind.RECONSTRUCTION
        return self._slices.made_from(kind, mapping.view, mapping.index, self._store.state)

    def scale(self, kind: PaneKind, mapping: Mapping) -> Scale | None:
        """Return what the colours of a pane mean, if it shows a map that is there."""
        if kind not in MAPS or self.reconstruction(kind, mapping) is None:
            return None
        return self._slices.scale(kind, mapping, self._store.state)

    def picture(self, kind: PaneKind, mapping: Mapping, area: QRectF) -> Picture | None:
        """Return a whole slice as a pane of a kind shows it; the first side's if it shows two."""
        state = self._store.state
        if state.interpolation is Interpolation.CUBIC:
            state = replace(state, interpolation=Interpolation.LINEAR)
        kind = self.shown_kind(kind)
        if kind is PaneKind.MIXED:
            kind = sides(state)[0]
        return self._slices.picture(kind, mapping, state, area)

    def head_words(
        self, kind: PaneKind, shown: Reconstruction | None, pinned: Reconstruction | None
    ) -> tuple[Mark, str, str, tuple[Mark, str] | None]:
        """Return what stands in a pane's head.

        Args:
            kind: The pane.
            shown: The reconstruction whose slice is shown.
            pinned: The same of the pinned one.

        Returns:
            Mark and name of its picture, where that comes from, and mark and name of a second one.
        """
        state, volume = self._store.state, self._store.volume
        stored = ""
        if volume is not None:
            size = formats.size(volume.source.stored_bytes)
            stored = tr("{size}, as stored").format(size=size)
        kind = self.shown_kind(kind)
        second = None
        origin = {
            PaneKind.ORIGINAL: stored,
            PaneKind.RECONSTRUCTION: "" if shown is None else shown.origin,
            PaneKind.PINNED: "" if pinned is None else pinned.origin,
            PaneKind.MIXED: "" if shown is None else shown.origin,
        }.get(kind, "")
        if kind is PaneKind.MIXED:
            kind, other = sides(state)
            second = kind_mark(other), kind_name(other)
        elif kind in MAPS and shown is not None:
            origin = difference_words(style_of(kind, state))
        return kind_mark(kind), kind_name(kind), origin, second

    def labels(self, kind: PaneKind, mapping: Mapping) -> list[Label]:
        """Return the labels on a pane, of both pictures if it shows two."""
        if kind is PaneKind.MIXED and not self._store.state.peek:
            first, second, both = self._sides(mapping)
            return [*first, *second, *both]
        return self._stack(kind, mapping)

    def placed(
        self, kind: PaneKind, mapping: Mapping, area: QRectF, taken: float = 0.0
    ) -> list[mixed_labels.Placed]:
        """Return the labels that a pane shows now, and where they stand.

        Args:
            kind: The pane.
            mapping: Where its slice lies.
            area: The whole pane.
            taken: Width at the top right that something else has.
        """
        state = self._store.state
        if kind is PaneKind.MIXED and not state.peek:
            found = self._sides(mapping)
            second = self.second_turn and bool(found[1])
            return mixed_labels.place_labels(state, found, area, second, taken)
        stack = self._stack(kind, mapping)
        rects = overlay.label_rects(stack, int(area.width()))
        return list(zip(stack, rects, strict=True))

    def paint(
        self,
        painter: QPainter,
        place: Place,
        *,
        compact: bool = False,
        placeholder: str = "",
        taken: float = 0.0,
    ) -> None:
        """Draw all of a pane but the black below it.

        Args:
            painter: On the pane.
            place: The pane.
            compact: Whether to write less.
            placeholder: What to write where there is no picture.
            taken: Width at the top right that something else has.
        """
        state, area, mapping = self._store.state, place.area, place.mapping
        kind = self.shown_kind(place.kind)
        there = self._paint_pictures(painter, kind, mapping, area, placeholder)
        for layer in self._hooks.layers:
            layer.paint(painter, place)
        if overlay.draws(state.overlay, words=True):
            scale = self.scale(kind, mapping)
            overlay.draw_words(painter, kind, mapping, state, area, compact, scale)
        if overlay.draws(state.overlay, words=False):
            swiping = kind is PaneKind.MIXED and state.comparison is Comparison.SWIPE
            line = line_of(state, area) if swiping else None
            overlay.draw_letters(painter, mapping, area, line)
            overlay.draw_scale(painter, state, area)
            if state.crosshair and there:
                value = ""
                if overlay.draws(state.overlay, words=True):
                    value = self._value(kind, mapping, area)
                overlay.draw_cursor(painter, mapping, state, area, value)
        mixed_labels.draw_placed(painter, self.placed(place.kind, mapping, area, taken))

    def _sides(self, mapping: Mapping) -> tuple[list[Label], list[Label], list[Label]]:
        """Return the labels of both pictures of a mixed pane, and those that are of both."""
        kinds = sides(self._store.state)
        first, second, both = mixed_labels.side_labels(
            kinds, lambda side: self._labels_of(side, mapping)
        )
        there = self.reconstruction(kinds[1], mapping) is not None
        return first, second if there else [], both

    def _stack(self, kind: PaneKind, mapping: Mapping) -> list[Label]:
        """Return the labels of a pane that shows one picture."""
        # In a mixed pane the original is named as it is in the reconstruction's place.
        named = PaneKind.RECONSTRUCTION if kind is PaneKind.MIXED else kind
        return self._labels_of(named, mapping)

    def _labels_of(self, kind: PaneKind, mapping: Mapping) -> list[Label]:
        reconstruction = self.reconstruction(kind, mapping)
        return overlay.labels(kind, mapping, reconstruction, self._store.state.peek)

    def _paint_pictures(
        self, painter: QPainter, kind: PaneKind, mapping: Mapping, area: QRectF, placeholder: str
    ) -> bool:
        """Draw one picture or two; whether there is any."""
        state = self._store.state
        if kind is PaneKind.MIXED:
            first, second = (
                self._slices.picture(side, mapping, state, area) for side in sides(state)
            )
            turn = self.second_turn and second is not None
            draw_mixed(painter, state, mapping, area, (first, second), turn)
            missing = second is None
            there = first is not None or second is not None
        else:
            picture = self._slices.picture(kind, mapping, state, area)
            if picture is not None:
                picture.draw(painter)
            there, missing = picture is not None, picture is None
        if missing:
            middle = Qt.AlignmentFlag.AlignHCenter
            write(painter, area.center(), placeholder, align=middle, pixels=13, token=DARK.text2)
        return there

    def _value(self, kind: PaneKind, mapping: Mapping, area: QRectF) -> str:
        """Return what is written beside the cursor."""
        state = self._store.state
        readout = self._slices.values_at(mapping.view, mapping.index, state.cursor)
        decimals = value_decimals(mapping.volume, state.window_width)
        if kind is PaneKind.MIXED:
            first, second = sides(state)
            at = mapping.from_mm(state.cursor)
            if state.comparison is Comparison.BLEND:
                values = [value_text(side, readout, decimals) for side in (first, second)]
                return tr("{first} and {second}").format(first=values[0], second=values[1])
            if state.comparison is Comparison.FLICKER:
                kind = second if self.second_turn else first
            else:
                kind = second if in_second(state, area, mapping, at) else first
        return value_text(kind, readout, decimals)


def value_text(kind: PaneKind, readout: Readout | None, decimals: int) -> str:
    """Return a pane's value as it is written beside the cursor; empty if there is none."""
    if readout is None or kind is PaneKind.SSIM:
        return ""
    signed = kind in MAPS
    if signed:
        value = readout.difference
    elif kind is PaneKind.RECONSTRUCTION:
        value = readout.reconstruction
    elif kind is PaneKind.PINNED:
        value = readout.pinned
    else:
        value = readout.original
    return "" if value is None else formats.number(value, decimals, signed=signed)
