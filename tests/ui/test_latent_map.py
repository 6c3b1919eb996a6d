"""The latent map under real mouse and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from scenes import grabbed

from isthmus.latents import SliceMap
from isthmus.ui.latent_map import LatentMap
from isthmus.ui.theme import DARK

SLICES = (range(4), range(4, 8), range(8, 12), range(12, 14))
POINTS = np.array([[-3.0, 0.0], [-1.0, 2.0], [1.0, 2.0], [3.0, 0.0]])


@pytest.fixture
def latent_map(qtbot: QtBot) -> LatentMap:
    widget = LatentMap()
    qtbot.addWidget(widget)
    widget.set_map(SliceMap(POINTS, (0.14, 0.06), SLICES))
    widget.resize(392, 256)
    widget.show()
    return widget


def chosen(latent_map: LatentMap) -> list[int]:
    heard: list[int] = []
    latent_map.slice_chosen.connect(heard.append)
    return heard


def test_a_click_goes_to_the_slabs_slice(latent_map: LatentMap) -> None:
    heard = chosen(latent_map)
    at = latent_map.place_of(2).toPoint() + QPoint(4, -3)
    QTest.mouseClick(latent_map, Qt.MouseButton.LeftButton, pos=at)
    assert heard == [9]


def test_a_click_on_nothing_goes_nowhere(latent_map: LatentMap) -> None:
    heard = chosen(latent_map)
    QTest.mouseClick(latent_map, Qt.MouseButton.LeftButton, pos=QPoint(5, 250))
    assert heard == []


def test_keys_walk_along_the_path_and_stop_at_its_ends(latent_map: LatentMap) -> None:
    heard = chosen(latent_map)
    latent_map.slice_chosen.connect(latent_map.set_current)
    latent_map.set_current(5)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(latent_map, key)
    QTest.keyClick(latent_map, Qt.Key.Key_Home)
    assert heard == [9, 5, 12, 1]


def test_distances_are_true_in_both_directions(latent_map: LatentMap) -> None:
    places = [latent_map.place_of(slab) for slab in range(4)]
    across = (places[3] - places[0]).x() / 6
    up = (places[0] - places[1]).y() / 2
    assert across == pytest.approx(up)
    assert all(latent_map.rect().contains(place.toPoint()) for place in places)


def test_hover_names_the_slices_as_they_are_numbered_on_screen(latent_map: LatentMap) -> None:
    heard = chosen(latent_map)
    latent_map.set_numbers([14 - k for k in range(14)])
    at = latent_map.place_of(0).toPoint()
    QTest.mouseMove(latent_map, at)
    help_event = QHelpEvent(QEvent.Type.ToolTip, at, latent_map.mapToGlobal(at))
    QApplication.sendEvent(latent_map, help_event)
    assert QToolTip.text() == "slices 11–14"
    assert heard == []
    QToolTip.hideText()


def orange(latent_map: LatentMap, slab: int) -> bool:
    place = latent_map.place_of(slab).toPoint()
    image = latent_map.grab().toImage()
    around = [(x, y) for x in range(-10, 11) for y in range(-10, 11)]
    names = {image.pixelColor(place.x() + x, place.y() + y).name() for x, y in around}
    return DARK.reconstruction in names


def test_only_the_current_slab_has_the_orange_ring(latent_map: LatentMap) -> None:
    latent_map.set_current(6)
    assert [orange(latent_map, slab) for slab in range(4)] == [False, True, False, False]
    assert latent_map.accessibleDescription() == "slices 5–8, slab 2 of 4"


def test_without_a_map_it_says_so_and_takes_no_input(latent_map: LatentMap) -> None:
    heard = chosen(latent_map)
    latent_map.set_map(None)
    latent_map.grab()
    QTest.mouseClick(latent_map, Qt.MouseButton.LeftButton, pos=QPoint(200, 128))
    QTest.keyClick(latent_map, Qt.Key.Key_Right)
    assert heard == []
    assert latent_map.accessibleDescription() == "No map yet"


@pytest.mark.parametrize("n_slabs", [1, 2])
def test_equal_slabs_lie_in_the_middle(latent_map: LatentMap, n_slabs: int) -> None:
    latent_map.set_map(SliceMap(np.zeros((n_slabs, 2)), (0.0, 0.0), SLICES[:n_slabs]))
    latent_map.grab()
    assert latent_map.rect().contains(latent_map.place_of(0).toPoint())


@pytest.mark.parametrize("size", [(392, 256), (300, 150), (220, 140)])
def test_points_and_numbers_keep_clear_of_the_words(
    latent_map: LatentMap, size: tuple[int, int]
) -> None:
    """Paths along every edge: the words look the same, whatever lies beside them."""
    latent_map.resize(*size)
    latent_map.set_numbers(range(11, 25))
    words = (
        (slice(8, 32), slice(0, 88)),
        (slice(size[1] - 82, size[1] - 42), slice(0, 29)),
        (slice(size[1] - 25, size[1]), slice(0, size[0])),
    )
    corners = [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
    seen: list[list[bytes]] = []
    for turn in range(4):
        for back in (1, -1):
            points = np.array((corners[turn:] + corners[:turn])[::back]) * (1.6, 1.0)
            latent_map.set_map(SliceMap(points, (0.14, 0.06), SLICES))
            for slices in SLICES:
                latent_map.set_current(slices[0])
                pixels = grabbed(latent_map)
                seen.append([pixels[where].tobytes() for where in words])
    for words in seen:
        assert words == seen[0], [a == b for a, b in zip(words, seen[0], strict=True)]
