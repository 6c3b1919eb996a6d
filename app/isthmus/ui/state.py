"""The one truth about what is looked at. Panes are drawn from it; every input is a command to it.

`ViewStore` holds the state, keeps it within the scan, and has one method for each thing a person
can do. Wheel, drag, key and menu all end in the same methods, so panes cannot come apart.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from isthmus.scans import (
    Plane,
    PlaneView,
    Volume,
    Window,
    acquired_plane,
    plane_views,
    robust_window,
)
from isthmus.ui import fitting
from isthmus.ui.numbers import nearest, two_figures
from isthmus.ui.view_state import Overlay, PaneKind, Point, ViewState

__all__ = ["Overlay", "PaneKind", "Point", "ViewState", "ViewStore"]


class ViewStore(QObject):
    """Holds the state and tells of its changes. Commands that need a scan do nothing without."""

    changed = Signal(object, object)  # new state, old state
    volume_changed = Signal(object)  # the volume, or None; the state already speaks of it

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = ViewState()
        self._volume: Volume | None = None
        self._views: dict[Plane, PlaneView] = {}
        self._automatic_window = (0.5, 1.0)
        self._automatic_limit = 1.0
        self._limit_chosen = False
        self._held = False
        self._pointed: Plane | None = None
        self._pane_size = (0, 0)
        self._pixel_ratio = 1.0
        self._changes: list[tuple[ViewState, ViewState]] = []
        self._telling = False

    # What is looked at

    @property
    def state(self) -> ViewState:
        """The state now."""
        return self._state

    @property
    def volume(self) -> Volume | None:
        """The scan that the state speaks of."""
        return self._volume

    @property
    def view(self) -> PlaneView | None:
        """How the plane of the state is cut from the volume."""
        return self.view_of(self._state.plane)

    @property
    def index(self) -> int:
        """Display number of the visible slice, from 0; 0 without a volume."""
        return self.index_of(self._state.plane)

    def view_of(self, plane: Plane) -> PlaneView | None:
        """How a plane is cut from the volume; None without one."""
        return self._views.get(plane)

    def index_of(self, plane: Plane) -> int:
        """Display number, from 0, of a plane's slice that the cursor lies in."""
        view = self._views.get(plane)
        if view is None:
            return 0
        return nearest(view.from_voxel(*self.voxel(self._state.cursor))[0], view.n_slices)

    @property
    def k(self) -> int:
        """Number of the acquired slice that the cursor lies in, from 0; 0 without a volume."""
        if self._volume is None:
            return 0
        return nearest(self.voxel(self._state.cursor)[0], self._volume.shape[0])

    @property
    def one_slice(self) -> bool:
        """Whether the scan is still read, and only the slice that is seen is there."""
        return self._held

    @property
    def pixel_ratio(self) -> float:
        """Device pixels per device-independent pixel where the panes are."""
        return self._pixel_ratio

    def voxel(self, position: Point) -> Point:
        """Return the (k, j, i) of a position in RAS+ millimetres; not rounded, not clipped.

        Raises:
            ValueError: No scan is open.
        """
        if self._volume is None:
            raise ValueError("no scan is open")
        return self._volume.to_voxel(*position)

    # The scan and the room for it

    def set_volume(
        self,
        volume: Volume | None,
        window: Window | None = None,
        *,
        keep: bool = False,
        one_slice: bool = False,
    ) -> None:
        """Speak of another scan: its acquired plane, its middle, fitted, in `window` or its own.

        Args:
            volume: The scan; None for none.
            window: What `reset` returns to, and what is shown unless `keep` is set.
            keep: Go on looking at the same place, as large and in the same window: it is another
                part of the same scan, or the rest of it.
            one_slice: Only the middle slice is there so far; the view cannot leave it.
        """
        before = self._state if keep and self._volume is not None else None
        self._volume = volume
        self._held = one_slice
        self._views = {}
        self._limit_chosen = False
        state = replace(self._state, peek=False, patient=self._state.patient if before else ())
        if volume is not None:
            self._views = plane_views(volume, neurological=state.neurological)
            window = window or robust_window(volume)
            self._automatic_window = (window.centre, window.width)
            # A tenth of the window, until a reconstruction tells how large differences are.
            self._automatic_limit = two_figures(window.width / 10)
            state = replace(state, difference_limit=self._automatic_limit)
            if before is not None:
                state = replace(state, cursor=fitting.inside(before.cursor, volume))
            else:
                n_slices, n_rows, n_columns = volume.shape
                state = replace(
                    state,
                    fit=True,
                    plane=acquired_plane(volume),
                    cursor=volume.to_mm(n_slices // 2, n_rows // 2, n_columns // 2),
                    window_centre=window.centre,
                    window_width=window.width,
                    own_window=None,
                    inverted=False,
                )
        state = self._fitted(state)
        self._changes.append((state, self._state))
        self._state = state
        self.volume_changed.emit(volume)
        self._tell()

    def restore(self, volume: Volume, window: Window, state: ViewState) -> None:
        """Go back to a scan that was left for another, as it was looked at then."""
        self.set_volume(volume, window)
        place = ("plane", "cursor", "centre", "mm_per_pixel", "fit", "maximised")
        look = ("window_centre", "window_width", "own_window", "inverted", "difference_limit")
        self._update(**{name: getattr(state, name) for name in (*place, *look)})

    def set_pane_size(self, width: int, height: int, pixel_ratio: float = 1.0) -> None:
        """Tell how large each pane's picture is, in device-independent pixels.

        Centre and scale stay, unless they are to fit.
        """
        self._pane_size = (width, height)
        self._pixel_ratio = pixel_ratio
        self._update()

    # Slices

    def point_at(self, plane: Plane | None) -> None:
        """Tell over which plane the pointer is, if over one: keys scroll that one."""
        self._pointed = plane

    def scroll(self, steps: int, plane: Plane | None = None) -> None:
        """Go so many slices on, stopping at the ends; of the plane pointed at if none is named."""
        plane = plane or self._pointed or self._state.plane
        self.go_to_slice(self.index_of(plane) + steps, plane)

    def go_to_slice(self, index: int, plane: Plane | None = None) -> None:
        """Go to a slice by its display number, from 0; ends stop it.

        Args:
            index: Which slice.
            plane: Of which plane, which is the state's from then on; the state's if None.
        """
        plane = plane or self._state.plane
        view = self._views.get(plane)
        if self._volume is None or view is None:
            return
        _, row, column = view.from_voxel(*self.voxel(self._state.cursor))
        index = min(max(index, 0), view.n_slices - 1)
        self._update(cursor=self._volume.to_mm(*view.to_voxel(index, row, column)), plane=plane)

    def go_to_k(self, k: int) -> None:
        """Move the cursor to acquired slice `k`, from 0, in whatever plane is shown."""
        if self._volume is None:
            return
        _, j, i = self.voxel(self._state.cursor)
        k = min(max(k, 0), self._volume.shape[0] - 1)
        self._update(cursor=self._volume.to_mm(k, j, i))

    def set_plane(self, plane: Plane) -> None:
        """Show another plane through the cursor, which comes to the middle if zoomed in."""
        if plane != self._state.plane:
            one = self._state.maximised and (self._state.maximised[0], plane)
            self._update(plane=plane, centre=self._state.cursor, maximised=one)

    def set_cursor(self, position: Point, plane: Plane | None = None) -> None:
        """Put the cursor at the nearest place within the scan.

        Args:
            position: In RAS+ millimetres.
            plane: Where it was pointed at, the state's from then on; the state's if None.
        """
        if self._volume is not None:
            cursor = fitting.inside(position, self._volume)
            self._update(cursor=cursor, plane=plane or self._state.plane)

    # Grey values and colours

    def set_window(self, centre: float, width: float, *, own: bool = False) -> None:
        """Set the window, in real units. A width below the smallest useful one becomes that.

        Args:
            centre: What is drawn in the middle grey.
            width: From black to white.
            own: Set that of the reconstructions alone, if they do not share the original's.
        """
        if not (math.isfinite(centre) and math.isfinite(width)):
            return
        smallest = self._automatic_window[1] / 1000
        if self._volume is not None and self._volume.voxels.dtype.kind in "ui":
            smallest = abs(self._volume.scale)
        width = min(max(width, smallest), 1000 * max(self._automatic_window[1], smallest))
        own = own and self._state.own_window is not None
        shared = {"window_centre": centre, "window_width": width}
        self._update(**{"own_window": (centre, width)} if own else shared)

    def set_difference_limit(self, limit: float, *, automatic: bool = False) -> None:
        """Set the scale of the difference map to ± `limit`, in real units.

        Args:
            limit: Above 0; rounded to two figures.
            automatic: Whether it was computed, not chosen. A computed one is what
                `reset_difference_limit` returns to, and does not replace a chosen one.
        """
        if not (math.isfinite(limit) and limit > 0):
            return
        if automatic:
            self._automatic_limit = two_figures(limit)
            if self._limit_chosen:
                return
        self._limit_chosen = not automatic
        self._update(difference_limit=two_figures(limit))

    def reset_difference_limit(self) -> None:
        """Return to the computed scale of the difference map."""
        self._limit_chosen = False
        self._update(difference_limit=self._automatic_limit)

    # Zoom and pan

    def fit(self) -> None:
        """Let the slice fill the panes, now and when they change size."""
        self._update(fit=True)

    def one_to_one(self) -> None:
        """Draw one voxel on one device pixel; where voxels are not square, their shorter side."""
        view = self.view
        if view is not None:
            scale = fitting.one_to_one_scale(view, self._pixel_ratio)
            self._update(mm_per_pixel=scale, fit=False)

    def zoom(self, factor: float, anchor: Point | None = None) -> None:
        """Enlarge the pictures.

        Args:
            factor: Above 1 enlarges, below 1 shrinks.
            anchor: What stays where it is on the screen, in RAS+ millimetres; the middle if None.
        """
        if self.view is None or not (math.isfinite(factor) and factor > 0):
            return
        limits = fitting.zoom_limits(self._state, self._views, self._pane_size, self._pixel_ratio)
        scale, centre = fitting.zoomed(self._state, factor, anchor, limits)
        self._update(mm_per_pixel=scale, centre=centre, fit=False)

    def pan(self, right_mm: float, down_mm: float, plane: Plane | None = None) -> None:
        """Move the pictures of a plane, the state's if None, in millimetres of the scan."""
        view = self._views.get(plane or self._state.plane)
        if self._volume is None or view is None:
            return
        if not (math.isfinite(right_mm) and math.isfinite(down_mm)):
            return
        index, row, column = view.from_voxel(*self.voxel(self._state.centre))
        row -= down_mm / view.row_mm
        column -= right_mm / view.column_mm
        self._update(centre=self._volume.to_mm(*view.to_voxel(index, row, column)), fit=False)

    def reset(self) -> None:
        """Return to the fitted picture in its first window; slice, plane and cursor stay."""
        centre, width = self._automatic_window
        window = {"window_centre": centre, "window_width": width, "own_window": None}
        self._update(fit=True, inverted=False, **window)

    # The rest

    def set_bottleneck(self, name: str) -> None:
        """Ask for a bottleneck by name."""
        self._update(bottleneck=name)

    def cycle_overlay(self) -> None:
        """Write all, labels and letters only, or none of the overlays, in turn."""
        order = list(Overlay)
        self._update(overlay=order[(order.index(self._state.overlay) + 1) % len(order)])

    def toggle_crosshair(self) -> None:
        """Draw the cursor or leave it out."""
        self._update(crosshair=not self._state.crosshair)

    def show(self, **changes: object) -> None:
        """Change what stands for itself, such as layout or comparison, by the fields' names."""
        self._update(**changes)

    def toggle_maximised(self, kind: PaneKind, plane: Plane | None = None) -> None:
        """Give one pane all the room, or give the room back.

        Args:
            kind: What the pane shows.
            plane: In which plane, which is the state's from then on; the state's if None.
        """
        spot = (kind, plane or self._state.plane)
        self._update(maximised=None if self._state.maximised == spot else spot, plane=spot[1])

    def set_peek(self, held: bool) -> None:
        """Show the original in the reconstruction's place for as long as a key is held."""
        self._update(peek=held)

    def set_patient(self, lines: tuple[str, ...]) -> None:
        """Write on the pictures whose scan it is, or nothing of it."""
        self._update(patient=lines)

    # Keeping it true

    def _update(self, **changes: object) -> None:
        """Replace some fields at once, with one signal."""
        if self._held and self._leaves_slice(changes):
            return
        new = replace(self._state, **changes)  # type: ignore[arg-type]
        if new.convention != self._state.convention and self._volume is not None:
            self._views = plane_views(self._volume, neurological=new.neurological)
        new = self._fitted(new)
        if new != self._state:
            self._changes.append((new, self._state))
            self._state = new
            self._tell()

    def _leaves_slice(self, changes: Mapping[str, object]) -> bool:
        """Whether changes would show another slice than the one that the cursor lies in."""
        plane, cursor = self._state.plane, self._state.cursor
        new: Any = changes.get("cursor", cursor)
        moved = round(self.voxel(new)[0]) != round(self.voxel(cursor)[0])
        return moved or changes.get("plane", plane) != plane

    def _tell(self) -> None:
        """Emit what changed, oldest first, also where a listener's command changes it again."""
        if self._telling:
            return
        self._telling = True
        try:
            while self._changes:
                new, old = self._changes.pop(0)
                if new != old:
                    self.changed.emit(new, old)
        finally:
            self._telling = False

    def _fitted(self, state: ViewState) -> ViewState:
        return fitting.fitted(state, self._volume, self._views, self._pane_size)
