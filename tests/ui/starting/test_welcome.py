"""The welcome page: drop, demo, recent scans."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from window_scenes import LONG, small_scan, with_model

from isthmus.ui.scan_list import ScanEntry
from isthmus.ui.starting.demo_card import Picture
from isthmus.ui.starting.welcome import Welcome, dropped_paths
from isthmus.ui.tasks import Squeeze
from isthmus.ui.theme import DARK
from isthmus.ui.window import Window

THUMBNAIL = np.full((40, 30), 128, dtype=np.uint8)
ENTRIES = (
    ScanEntry("/data/study2_FLAIR.nii.gz", "study2_FLAIR", ("FLAIR 306×384×39",), THUMBNAIL),
    ScanEntry("/data/gone", "gone", ("T1 512×512×120",), missing=True, when="18 Nov"),
)


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    widget = Welcome()
    qtbot.addWidget(widget)
    widget.set_recents(ENTRIES)
    widget.resize(1366, 692)
    widget.show()
    return widget


def button(welcome: Welcome, text: str) -> QAbstractButton:
    found = [b for b in welcome.findChildren(QAbstractButton) if b.text().strip() == text]
    return found[0]


def mime(*paths: Path | str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def colours(card: QWidget, *, inner: bool = False) -> set[str]:
    """Return the colours of every fourth pixel; of the middle third only if `inner`."""
    image = card.grab().toImage()
    width, height = image.width(), image.height()
    rows = range(height // 3, 2 * height // 3, 4) if inner else range(0, height, 4)
    return {image.pixelColor(x, y).name() for x in range(0, width, 4) for y in rows}


def drop(welcome: Welcome, data: QMimeData) -> bool:
    """Drag in and drop in the middle; return whether it was taken."""
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(600, 300), actions, data, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(welcome, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(welcome, QDropEvent(QPointF(600, 300), actions, data, left, none))
    return True


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Start demo", "start_demo"),
        ("Open file…", "open_file"),
        ("Open folder…", "open_folder"),
        ("Clear", "clear_recents"),
    ],
)
def test_buttons_say_what_the_person_wants(
    qtbot: QtBot, welcome: Welcome, text: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(welcome, signal)):
        QTest.mouseClick(button(welcome, text), Qt.MouseButton.LeftButton)


def test_a_recent_scan_opens_by_click_and_by_key(welcome: Welcome) -> None:
    heard: list[str] = []
    welcome.open_path.connect(heard.append)
    row = button(welcome, "study2_FLAIR")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert heard == ["/data/study2_FLAIR.nii.gz"] * 2


def test_tab_goes_from_the_demo_to_the_status_line(window: Window) -> None:
    window.welcome.set_recents(ENTRIES)
    button(window.welcome, "Start demo").setFocus()
    handle = window.windowHandle()
    assert handle is not None
    there = []
    for _ in range(7):
        QTest.keyClick(handle, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QAbstractButton)
        there.append(focused.text().strip())
    recents = [entry.title for entry in ENTRIES]
    status = window.status.device.text()
    opening = ["Open file…", "Open folder…"]
    assert there == [*opening, *recents, "Clear", status, "Start demo"]


def test_a_missing_scan_says_so(welcome: Welcome) -> None:
    assert button(welcome, "gone").accessibleName() == "gone, moved or renamed, 18 Nov"


def test_without_recent_scans_there_is_nothing_to_clear(welcome: Welcome) -> None:
    welcome.set_recents(())
    assert not button(welcome, "Clear").isVisible()
    welcome.set_recents(ENTRIES[:1])
    assert button(welcome, "Clear").isVisible()
    assert not [
        b for b in welcome.findChildren(QAbstractButton) if b.text() == "gone" and b.isVisible()
    ]


def test_files_and_folders_can_be_dropped(tmp_path: Path, welcome: Welcome) -> None:
    scan = tmp_path / "scan.nii.gz"
    scan.touch()
    heard: list[str] = []
    welcome.open_path.connect(heard.append)
    assert drop(welcome, mime(scan))
    assert drop(welcome, mime(tmp_path))
    assert heard == [str(scan), str(tmp_path)]


def test_what_is_no_file_is_not_taken(welcome: Welcome) -> None:
    text, web = QMimeData(), QMimeData()
    text.setText("scan.nii.gz")
    web.setUrls([QUrl("https://example.org/scan.nii.gz")])
    assert not drop(welcome, text)
    assert not drop(welcome, web)


def test_slices_of_one_folder_stand_for_the_folder(tmp_path: Path) -> None:
    slices = [tmp_path / f"{number}.dcm" for number in range(3)]
    scans = [tmp_path / f"{number}.nii.gz" for number in range(2)]
    for path in (*slices, *scans):
        path.touch()
    assert dropped_paths(mime(*slices)) == (str(tmp_path),)
    assert dropped_paths(mime(slices[0])) == (str(slices[0]),)
    assert dropped_paths(mime(*scans)) == tuple(map(str, scans))


def test_the_demo_is_shown_before_and_after_the_neck(welcome: Welcome) -> None:
    card = welcome.findChildren(Picture)[0]
    neck = colours(card)
    assert {DARK.original, DARK.reconstruction} <= neck
    side = np.zeros((64, 64), dtype=np.uint8)
    welcome.set_squeeze(Squeeze(side + 90, side + 200, 6_290_000, 16, 530.0))
    image = card.grab().toImage()
    middle = card.height() // 2
    assert image.pixelColor(20, middle).name() == "#5a5a5a"
    assert image.pixelColor(card.width() - 20, middle).name() == "#c8c8c8"
    assert image.pixelColor(card.width() // 2, middle).name() == "#ffffff"
    # Labels in the two colours, and SIMULATED over both.
    left = {image.pixelColor(x, 14 + y).name() for x in range(14, 180) for y in range(22)}
    right = {
        image.pixelColor(x, 14 + y).name()
        for x in range(card.width() - 180, card.width() - 14)
        for y in range(22)
    }
    assert DARK.original in left
    assert DARK.reconstruction in right
    low = range(card.height() - 36, card.height() - 14)
    assert DARK.overlay_text in {image.pixelColor(x, y).name() for x in range(14, 110) for y in low}


def test_the_models_own_squeeze_of_the_demo_comes_by_itself(window: Window, qtbot: QtBot) -> None:
    with_model(window, qtbot)
    card = window.welcome.findChildren(Picture)[0]
    qtbot.waitUntil(lambda: card.toolTip() != "", timeout=LONG)
    assert DARK.original not in colours(card, inner=True)


def test_a_scan_that_moved_is_located_by_the_person(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, found = tmp_path / "gone.nii.gz", small_scan(tmp_path)
    window.settings.add_recent(lost)
    window.welcome.set_recents(window.scans.recents())
    asked: list[str] = []

    def ask(_host: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return str(found), ""

    monkeypatch.setattr("isthmus.ui.opening.QFileDialog.getOpenFileName", ask)
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        QTest.mouseClick(button(window.welcome, "gone"), Qt.MouseButton.LeftButton)
    assert "gone.nii.gz" in asked[0]
    assert [path for path, _ in window.settings.recents()] == [found]


@pytest.mark.parametrize(("width", "height"), [(1366, 692), (1920, 1026), (1280, 600)])
@pytest.mark.parametrize("count", [0, 2, 10])
def test_everything_lies_inside_the_page(
    welcome: Welcome, width: int, height: int, count: int
) -> None:
    welcome.set_recents((ENTRIES * 5)[:count])
    welcome.resize(width, height)
    QApplication.processEvents()
    for text in ("Start demo", "Open file…", "Open folder…"):
        found = button(welcome, text)
        corner = found.mapTo(welcome, QPoint(0, 0))
        assert welcome.rect().contains(found.rect().translated(corner))
        assert found.height() >= 28
