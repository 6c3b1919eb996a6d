"""The list of scans and its rail."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from isthmus.ui.icons import icon
from isthmus.ui.scan_list import ScanEntry, ScanList, picture
from isthmus.ui.theme import DARK

ENTRIES = (
    ScanEntry("/a.nii", "a", ("FLAIR 306×384×39", "0.57×0.57×3.30 mm"), current=True),
    ScanEntry("/b.nii", "b", ("T1 512×512×120",), np.full((30, 20), 200, dtype=np.uint8)),
    ScanEntry("/c", "sub-0412_ses-preoperative_acq-highresolution_run-01_T1w"),
)


@pytest.fixture
def scans(qtbot: QtBot) -> ScanList:
    actions = [QAction(icon("folder-open"), "Open folder"), QAction(icon("plus"), "Open file")]
    widget = ScanList(actions)
    for action in actions:
        action.setParent(widget)
    qtbot.addWidget(widget)
    widget.set_entries(ENTRIES)
    widget.resize(widget.width(), 500)
    widget.show()
    return widget


def view(scans: ScanList) -> QListWidget:
    return scans.findChildren(QListWidget)[0]


def chosen(scans: ScanList) -> list[str]:
    heard: list[str] = []
    scans.chosen.connect(heard.append)
    return heard


@pytest.mark.parametrize("rail", [False, True])
def test_a_click_chooses(scans: ScanList, rail: bool) -> None:
    scans.set_rail(rail)
    heard = chosen(scans)
    inner = view(scans)
    at = inner.visualItemRect(inner.item(1)).center()
    QTest.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard == ["/b.nii"]


def test_arrows_walk_and_return_chooses(scans: ScanList) -> None:
    heard = chosen(scans)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view(scans), key)
    assert heard == ["/c"]


def test_a_click_leaves_the_keys_where_they_are(qtbot: QtBot, scans: ScanList) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    inner = view(scans)
    at = inner.visualItemRect(inner.item(1)).center()
    with qtbot.waitSignal(scans.clicked):
        QTest.mouseClick(inner.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert not inner.hasFocus()


def test_the_rail_is_48_wide_and_the_list_232(scans: ScanList) -> None:
    assert scans.width() == 232
    scans.set_rail(True)
    assert scans.width() == 48
    inner = view(scans)
    assert inner.visualItemRect(inner.item(0)).width() <= 48


def test_the_open_scan_is_marked(scans: ScanList) -> None:
    inner = view(scans)
    image = scans.grab().toImage()
    corners = [inner.visualItemRect(inner.item(row)).topRight() for row in range(2)]
    places = [inner.viewport().mapTo(scans, corner + QPoint(-12, 12)) for corner in corners]
    names = [image.pixelColor(place).name() for place in places]
    assert names == [DARK.selected, DARK.panel]


def test_rows_tell_their_words_and_their_path(scans: ScanList) -> None:
    item = view(scans).item(0)
    words = "a, FLAIR 306×384×39, 0.57×0.57×3.30 mm"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == words
    assert item.toolTip().endswith("/a.nii")


def test_head_buttons_run_their_actions(scans: ScanList) -> None:
    button = scans.findChildren(QToolButton)[0]
    heard: list[bool] = []
    button.defaultAction().triggered.connect(lambda checked: heard.append(checked))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [False]


def test_thumbnails_keep_their_greys_and_shape() -> None:
    ramp = np.arange(12, dtype=np.uint8).reshape(3, 4)[:, ::-1]
    pixmap = picture(ramp)
    assert pixmap is not None
    image = pixmap.toImage()
    assert (image.width(), image.height()) == (4, 3)
    assert image.pixelColor(0, 2).red() == 11
    assert picture(None) is None
