"""How large slices are drawn, and where, so that they fit: plain functions of state and scan."""

from collections.abc import Mapping
from dataclasses import replace

from isthmus.scans import Plane, PlaneView, Volume
from isthmus.ui.comparing import arrangement
from isthmus.ui.view_state import Layout, Point, ViewState

# How far one can zoom: to so many pixels for a voxel, and to this share of "fit" or of 1:1.
_LARGEST_VOXEL = 96.0
_SMALLEST = 0.25

Views = Mapping[Plane, PlaneView]
Size = tuple[int, int]


def fitted(state: ViewState, volume: Volume | None, views: Views, size: Size) -> ViewState:
    """Return the state with a centre within the scan, or with centre and scale that fit.

    What is maximised is a pane of the layout, too.

    Args:
        state: As it was asked for.
        volume: The open scan, if one is.
        views: How its planes are cut.
        size: Width and height of the largest pane; nothing fits into none.
    """
    one = state.maximised
    if one is not None and one not in arrangement.spots(state):
        # Another comparison, say: it goes on as large as the one before it.
        state = replace(state, maximised=arrangement.main_spot(state))
    if volume is None or state.plane not in views:
        return state
    if not state.fit:
        return replace(state, centre=inside(state.centre, volume))
    if _shows_all_planes(state):
        k, j, i = ((n - 1) / 2 for n in volume.shape)
    else:
        view = views[state.plane]
        index, _, _ = view.from_voxel(*volume.to_voxel(*state.cursor))
        k, j, i = view.to_voxel(index, (view.n_rows - 1) / 2, (view.n_columns - 1) / 2)
    scale = fit_scale(state, views, size)
    return replace(state, centre=volume.to_mm(k, j, i), mm_per_pixel=scale)


def fit_scale(state: ViewState, views: Views, size: Size) -> float:
    """Return the millimetres per pixel at which the slice, or one of each plane shown, fits."""
    width, height = size
    if min(size) <= 0:
        return state.mm_per_pixel
    shown = views.values() if _shows_all_planes(state) else (views[state.plane],)
    return max(
        max(view.n_columns * view.column_mm / width, view.n_rows * view.row_mm / height)
        for view in shown
    )


def one_to_one_scale(view: PlaneView, pixel_ratio: float) -> float:
    """Return the millimetres per pixel at which a voxel's shorter side is one device pixel."""
    return min(view.row_mm, view.column_mm) * pixel_ratio


def zoom_limits(
    state: ViewState, views: Views, size: Size, pixel_ratio: float
) -> tuple[float, float]:
    """Return the smallest and the largest scale, in millimetres per pixel."""
    view = views[state.plane]
    closest = min(view.row_mm, view.column_mm) / _LARGEST_VOXEL
    usual = max(fit_scale(state, views, size), one_to_one_scale(view, pixel_ratio))
    return closest, usual / _SMALLEST


def zoomed(
    state: ViewState, factor: float, anchor: Point | None, limits: tuple[float, float]
) -> tuple[float, Point]:
    """Return scale and centre of pictures that are drawn `factor` times as large.

    Args:
        state: As they are drawn now.
        factor: Above 0.
        anchor: What stays where it is on the screen, in RAS+ millimetres; the middle if None.
        limits: Of the scale, in millimetres per pixel.
    """
    after = min(max(state.mm_per_pixel / factor, limits[0]), limits[1])
    if anchor is None:
        return after, state.centre
    share = after / state.mm_per_pixel
    x, y, z = (a + (c - a) * share for a, c in zip(anchor, state.centre, strict=True))
    return after, (x, y, z)


def inside(position: Point, volume: Volume) -> Point:
    """Return the nearest position that lies in a voxel; the same one if it does."""
    voxel = volume.to_voxel(*position)
    k, j, i = (min(max(v, -0.5), n - 0.5) for v, n in zip(voxel, volume.shape, strict=True))
    return position if (k, j, i) == voxel else volume.to_mm(k, j, i)


def _shows_all_planes(state: ViewState) -> bool:
    return state.layout is Layout.NINE and state.maximised is None
