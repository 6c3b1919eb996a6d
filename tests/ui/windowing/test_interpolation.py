"""Cubic is Keys' convolution at the screen's pixels, of the part that is seen and no more."""

import numpy as np
import pytest
from pane_scenes import bare, picture, windowed
from PySide6.QtCore import QPointF, QRectF, QSize
from scenes import Array, a_volume, grabbed

from isthmus.scans import Plane, plane_view
from isthmus.ui.panes import PaneRow
from isthmus.ui.panes.interpolation import cubic, visible_part
from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.state import PaneKind, ViewStore
from isthmus.ui.view_state import Interpolation

RNG = np.random.default_rng(11)


def keys_kernel(distance: Array) -> Array:
    """The kernel as the paper writes it, with a = −1/2."""
    x = np.abs(distance)
    near = 1.5 * x**3 - 2.5 * x**2 + 1
    far = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    return np.where(x < 1, near, np.where(x < 2, far, 0.0))


def by_hand(values: Array, rows: Array, columns: Array) -> Array:
    """Sum over the neighbours of each place, voxels beyond the edge as those on it."""

    def weights(at: Array, count: int) -> Array:
        reach = np.arange(-6, count + 6)
        kernel = keys_kernel(at[:, None] - reach[None])
        made = np.zeros((len(at), count))
        for n, voxel in enumerate(reach.clip(0, count - 1)):
            made[:, voxel] += kernel[:, n]
        return made

    return weights(rows, values.shape[0]) @ values @ weights(columns, values.shape[1]).T


def mapping_of(values: Array, origin: QPointF, down: float, right: float, ratio: float) -> Mapping:
    volume = a_volume(voxels=values[None].astype(np.float32))
    view = plane_view(volume, Plane.AXIAL)
    return Mapping(volume, view, 0, origin, down, right, ratio)


@pytest.mark.parametrize(
    ("origin", "down", "right", "ratio"),
    [
        (QPointF(3, 5), 4.0, 4.0, 1.0),
        (QPointF(-31, -17), 7.3, 5.1, 1.0),  # zoomed in: all edges lie outside
        (QPointF(-31, 12), 6.5, 6.5, 2.0),
        (QPointF(10, 10), 1.0, 1.0, 1.0),
    ],
)
def test_cubic_is_keys_convolution(
    origin: QPointF, down: float, right: float, ratio: float
) -> None:
    values = RNG.normal(0, 300, (24, 30))
    part = visible_part(mapping_of(values, origin, down, right, ratio), QRectF(0, 0, 120, 100))
    assert part is not None
    rows = (part.top + np.arange(part.rows) + 0.5 - origin.y() * ratio) / (down * ratio) - 0.5
    columns = (part.left + np.arange(part.columns) + 0.5 - origin.x() * ratio) / (right * ratio)
    expected = by_hand(values, rows, columns - 0.5)
    np.testing.assert_allclose(cubic(values, part), expected, atol=6e-3)  # of ± 1000


def test_only_what_is_seen_is_made() -> None:
    values = np.zeros((400, 400))
    part = visible_part(mapping_of(values, QPointF(-900, -700), 8, 8, 1), QRectF(0, 0, 120, 90))
    assert part is not None
    assert (part.left, part.top, part.columns, part.rows) == (0, 0, 120, 90)
    assert cubic(values, part).shape == (90, 120)
    nothing = mapping_of(values, QPointF(130, 0), 1, 1, 1)
    assert visible_part(nothing, QRectF(0, 0, 120, 90)) is None


def test_smaller_pictures_skip_no_voxel() -> None:
    values = np.indices((240, 200)).sum(axis=0) % 2 * 100.0  # a chessboard of single voxels
    part = visible_part(mapping_of(values, QPointF(0, 0), 0.25, 0.25, 1), QRectF(0, 0, 90, 90))
    assert part is not None
    made = cubic(values, part)
    assert made.shape == (60, 50)
    np.testing.assert_allclose(made, 50, atol=1.5)


def test_each_pane_draws_cubic_pixel_for_pixel(row: PaneRow, store: ViewStore) -> None:
    bare(store)
    store.toggle_crosshair()
    store.show(interpolation=Interpolation.CUBIC)
    canvas = row.pane(PaneKind.ORIGINAL).canvas
    mapping = canvas.mapping
    assert mapping is not None
    part = visible_part(mapping, QRectF(canvas.rect()))
    assert part is not None
    values = mapping.volume.real(mapping.view.extract(mapping.volume.voxels, mapping.index))
    expected = windowed(cubic(values, part), store)
    shown = grabbed(canvas)[part.top : part.top + part.rows, part.left : part.left + part.columns]
    np.testing.assert_array_equal(shown[..., 0], expected)
    np.testing.assert_array_equal(shown[..., 1], shown[..., 0])


def test_the_three_ways_differ_and_agree_on_flat_ground(row: PaneRow, store: ViewStore) -> None:
    bare(store)
    store.toggle_crosshair()
    pictures = []
    for each in Interpolation:
        store.show(interpolation=each)
        pictures.append(picture(row, PaneKind.ORIGINAL).astype(int))
    nearest, linear, smooth = pictures
    assert np.abs(nearest - linear).max() > 20
    assert np.abs(smooth - linear).max() > 5
    assert abs(nearest.mean() - smooth.mean()) < 2


def test_zoom_and_pan_do_not_move_cubic_against_nearest(row: PaneRow, store: ViewStore) -> None:
    bare(store)
    store.toggle_crosshair()
    row.setFixedSize(QSize(1204, 430))
    for factor, step in ((3.1, (0.0, 0.0)), (1.7, (4.3, -2.9)), (0.2, (0.0, 1.1))):
        store.zoom(factor)
        store.pan(*step)
        store.show(interpolation=Interpolation.NEAREST)
        sharp = grabbed(row.pane(PaneKind.ORIGINAL).canvas)[..., 0].astype(float)
        store.show(interpolation=Interpolation.CUBIC)
        soft = grabbed(row.pane(PaneKind.ORIGINAL).canvas)[..., 0].astype(float)
        assert ((sharp > 0) | (soft < 60)).mean() > 0.97  # neither reaches beyond the other
        assert np.corrcoef(sharp.ravel(), soft.ravel())[0, 1] > 0.95
