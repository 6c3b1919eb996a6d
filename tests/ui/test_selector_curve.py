"""What the selector plots and writes: every point in the plot, every word in its place."""

import pytest
from selector_scenes import STORED, VOXELS, model

from isthmus.quality import OperatingPoint
from isthmus.ui.selector import BottleneckSelector, Density
from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.curve import Stop, along, nearest

INFINITE = float("inf")


@pytest.mark.parametrize(
    ("voxels", "file_bytes"),
    [(VOXELS, None), (VOXELS, 275), (32_000, 275), (90_000_000_000, None), (88_800_000, 888_800)],
)
def test_words_keep_clear_of_the_stops_where_room_is_short(
    selector: BottleneckSelector, voxels: int, file_bytes: int | None
) -> None:
    selector.set_compact(True)
    selector.set_scan(2 * voxels, voxels)
    selector.set_written("32ch", file_bytes)
    selector.set_shown("32ch")
    selector.resize(880, 150)
    image = selector.grab().toImage()
    ends = selector.stop_rect("4ch").left()
    between = {image.pixelColor(x, y).name() for x in range(ends - 9, ends) for y in range(60, 150)}
    assert len(between) == 1
    # All three lines are there: scan, file, bits per voxel.
    for top in (98, 113, 128):
        line = {image.pixelColor(x, y).name() for x in range(12, 60) for y in range(top, top + 15)}
        assert len(line) > 3


@pytest.mark.parametrize("density", [Density.FULL, Density.COMPACT])
@pytest.mark.parametrize("growth", [0, 3])
def test_a_constant_scan_lies_at_the_upper_edge_inside_the_plot(
    selector: BottleneckSelector, density: Density, growth: int
) -> None:
    selector.set_density(density)
    selector.resize(880, density.value)
    for number, name in enumerate(selector.names()):
        selector.set_point(name, OperatingPoint(275 + growth * number, 0.0002, INFINITE, 1.0))
    places = [selector.point_at(name) for name in selector.names()]
    plot = selector.plot_rect()
    for place in places:
        assert place is not None
        assert plot.left() <= place.x() <= plot.right()
        assert place.y() == {Density.FULL: 42, Density.COMPACT: 12}[density]
    # Its ring is whole: as much of it above the point as below.
    asked_at = selector.point_at("32ch")
    assert asked_at is not None
    image = selector.grab().toImage()
    for away in (-8, 8):
        ring = image.pixelColor(round(asked_at.x()), round(asked_at.y()) + away)
        assert ring.red() > 150 > 100 > ring.blue()
    # No figure stands at the axis, for none would be true.
    assert selector._axes.lines(5.0) == []


def test_axes_widen_for_a_point_outside_and_hold_otherwise() -> None:
    stops = [Stop(bottleneck, STORED, VOXELS) for bottleneck in model(7).bottlenecks]
    axes = Axes.around(stops)
    assert axes.holding(stops[2:4]) == axes
    far = OperatingPoint(STORED // 5, 3.2, 70.0, 0.99)
    wider = axes.holding([*stops[:-1], Stop(stops[-1].bottleneck, STORED, VOXELS, far)])
    assert wider.highest > 70
    assert wider.smallest_ratio == pytest.approx(2.5)  # lossless is not known: 3:1, over 1.2
    assert wider.largest_ratio == axes.largest_ratio


def test_a_lossless_point_has_the_upper_edge_to_itself() -> None:
    stops = [Stop(bottleneck, STORED, VOXELS) for bottleneck in model(7).bottlenecks]
    whole = Stop(stops[-1].bottleneck, STORED, VOXELS, OperatingPoint(9_000, 1.0, INFINITE, 1.0))
    axes = Axes.around([*stops[:-1], whole])
    assert axes.y(INFINITE) == 1.0
    assert axes.y(45.0) < 0.85
    assert axes.lines(5.0) == [30.0, 35.0, 40.0, 45.0]


def test_nearest_changes_at_half_way_plus_hysteresis() -> None:
    places = [0.0, 100.0, 200.0]
    assert nearest(49, places) == 0
    assert nearest(51, places) == 1
    assert nearest(53, places, current=0) == 0
    assert nearest(55, places, current=0) == 1
    assert nearest(47, places, current=1) == 1
    assert nearest(45, places, current=1) == 0
    assert nearest(190, places, current=0) == 2


def test_values_between_two_stops_are_linear() -> None:
    assert along([10.0, 20.0, 40.0], 1.5) == 30.0
    assert along([10.0, 20.0, 40.0], 2.0) == 40.0
