"""Session files: saved and opened by the menu, moved, damaged, dropped."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_scenes import LONG, open_scan, small_scan, with_model

from isthmus.errors import IsthmusError
from isthmus.scans import Plane
from isthmus.ui.measure.shapes import Shape
from isthmus.ui.program.sessions.session_file import SUFFIX, read
from isthmus.ui.program.sessions.state_json import from_json, to_json
from isthmus.ui.settings import Settings
from isthmus.ui.view_state import Comparison, Interpolation, Layout, PaneKind, Tool, ViewState
from isthmus.ui.window import Window


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """The window with a scan and a model."""
    (tmp_path / "scans").mkdir()
    open_scan(window, small_scan(tmp_path / "scans"), qtbot)
    with_model(window, qtbot)
    return window


def saved(window: Window, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save a session by the menu."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.features.sessions.save_action.trigger()
    assert path.is_file()
    return path


def look_around(window: Window) -> ViewState:
    """Look at the scan in a way that no one starts with, and draw on it."""
    store = window.store
    names = window.viewer.deck.selector.names()
    store.set_plane(Plane.CORONAL)
    store.go_to_slice(5)
    store.zoom(1.7)
    store.set_window(321.0, 654.0)
    store.show(
        layout=Layout.ONE,
        comparison=Comparison.SWIPE,
        swipe=0.25,
        interpolation=Interpolation.CUBIC,
        amplification=4.0,
        panels=(PaneKind.RECONSTRUCTION, PaneKind.ORIGINAL, PaneKind.SSIM),
    )
    store.set_bottleneck(names[0])
    store.show(pinned=names[-1])
    draw_distance(window)
    return store.state


def draw_distance(window: Window) -> None:
    """Measure a distance by a drag."""
    window.store.show(tool=Tool.DISTANCE)
    pane = next(each.canvas for each in window.viewer.panes.panes if each.isVisible())
    middle = pane.rect().center()
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=middle)
    for step in (10, 30):
        QTest.mouseMove(pane, middle + type(middle)(step, step))
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=middle + type(middle)(30, 30))
    assert len(window.features.measuring.drawings.all) == 1


@pytest.fixture
def other(qtbot: QtBot):
    """Another window, as after another start."""
    made = Window(Settings(None))
    made.resize(1400, 800)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def drop(window: Window, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    at, copy = QPoint(50, 50), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, mime, left, none))


def test_a_session_reopens_everything(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = look_around(viewing)
    drawings = viewing.features.measuring.state()
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        other.start_with([path])  # as from the command line
    assert other.store.state == state
    assert other.features.measuring.state() == drawings
    assert other.session.study.opened.path == viewing.session.study.opened.path
    assert other.session.asked == state.bottleneck
    qtbot.waitUntil(lambda: other.session.codec is not None, timeout=LONG)
    assert other.store.state.bottleneck == state.bottleneck
    listed = other.scans.widget.findChild(QListWidget)
    assert listed is not None
    assert listed.count() == 1  # the scan; a session is none


def test_a_session_can_be_dropped(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing.store.show(comparison=Comparison.BLEND)
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        drop(other, path)
    assert other.store.state.comparison is Comparison.BLEND


def test_scan_and_session_can_move_together(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing.store.go_to_slice(2)
    saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "scans").rename(elsewhere / "scans")
    moved = (tmp_path / f"mine{SUFFIX}").rename(elsewhere / f"mine{SUFFIX}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        other.features.sessions.open_action.trigger()
    assert other.store.index == 2
    assert other.session.study.opened.path == elsewhere / "scans" / "head.nii.gz"


def test_a_scan_that_moved_is_pointed_to(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing.store.go_to_slice(2)
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    found = (tmp_path / "scans" / "head.nii.gz").rename(tmp_path / "found.nii.gz")
    other.opening.open(path)
    box = other.findChild(QMessageBox)
    assert box is not None
    assert box.text() == f"head.nii.gz is not where it was when mine{SUFFIX} was saved."
    assert str(tmp_path / "scans" / "head.nii.gz") in box.informativeText()
    assert other.session.study is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(found), ""))
    point = next(each for each in box.findChildren(QPushButton) if "Point" in each.text())
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        QTest.mouseClick(point, Qt.MouseButton.LeftButton)
    assert other.store.index == 2
    assert other.session.study.opened.path == found


def test_another_scan_than_the_one_that_was_saved_is_said(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    small_scan(tmp_path / "scans", shape=(8, 40, 36))
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        other.opening.open(path)
    assert "another size" in other.messages.history[-1].text


def test_the_file_says_nothing_of_a_patient(
    viewing: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing.store.set_patient(("DOE^JANE", "born 1 January 1970"))
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    text = path.read_text(encoding="utf-8")
    assert "DOE" not in text
    assert "1970" not in text
    assert json.loads(text)["scan"]["relative"] == "scans/head.nii.gz"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01", "damaged, or not a session"),
        (b"[1, 2]", "not a session"),
        (b'{"a": 1}', "not a session"),
        (b'{"isthmus-session": 2, "scan": {}}', "later version"),
        (b'{"isthmus-session": 1}', "does not say which scan"),
        (b'{"isthmus-session": 1, "scan": {"path": 7}}', "does not say which scan"),
        (b'{"isthmus-session": 1, "scan": {"path": ""}}', "does not say which scan"),
        (b'{"isthmus-session": 1, "scan": {"path": "a", "part": -1}}', "does not say which scan"),
        (b'{"isthmus-session": "x", "scan": {"path": "a"}}', "does not say which scan"),
        (b"[" * 100_000, "damaged, or not a session"),
    ],
)
def test_a_damaged_file_gets_a_clear_sentence(
    window: Window, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / f"bad{SUFFIX}"
    path.write_bytes(content)
    window.opening.open(path)
    assert window.messages.current is not None
    assert said in window.messages.current.title
    assert f"bad{SUFFIX}" in window.messages.current.title


def test_a_missing_file_gets_a_clear_sentence(window: Window, tmp_path: Path) -> None:
    window.opening.open(tmp_path / f"gone{SUFFIX}")
    assert window.messages.current is not None
    assert "cannot be read" in window.messages.current.title


def test_what_is_damaged_inside_is_left_out_and_said(
    viewing: Window, other: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewing.store.go_to_slice(2)
    draw_distance(viewing)
    path = saved(viewing, tmp_path / f"mine{SUFFIX}", monkeypatch)
    said = json.loads(path.read_text(encoding="utf-8"))
    said["view"]["layout"] = "upside down"
    said["view"]["swipe"] = 1e9
    said["drawings"].append({"shape": "spiral"})
    said["model"] = "mr-of-next-year"
    path.write_text(json.dumps(said), encoding="utf-8")
    with qtbot.waitSignal(other.session.opened, timeout=LONG):
        other.opening.open(path)
    assert other.store.index == 2
    assert other.store.state.layout is Layout.THREE
    assert [each.shape for each in other.features.measuring.drawings.all] == [Shape.DISTANCE]
    text = other.messages.history[-1].text
    assert "mr-of-next-year, is not installed" in text
    assert "left out" in text


def test_a_session_that_cannot_be_written_is_said(viewing: Window, tmp_path: Path) -> None:
    viewing.features.sessions.save(tmp_path / "missing" / "mine")
    assert viewing.messages.current is not None
    assert f"mine{SUFFIX} cannot be written" in viewing.messages.current.title


def test_every_field_comes_back() -> None:
    state = ViewState(
        plane=Plane.SAGITTAL,
        cursor=(1.5, -2.25, 3.0),
        own_window=(40.0, 80.0),
        maximised=(PaneKind.ORIGINAL, Plane.SAGITTAL),
        inverted=True,
        magnification=4.0,
    )
    fields, damaged = from_json(json.loads(json.dumps(to_json(state))))
    assert damaged == 0
    assert ViewState(**fields) == state


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plane", "oblique"),
        ("cursor", [1.0, 2.0]),
        ("cursor", [1.0, 2.0, float("inf")]),
        ("fit", 1),
        ("swipe", True),
        ("swipe", "half"),
        ("panels", ["original", "original", "ssim"]),
        ("panels", "original"),
        ("colour_map", "rainbow of doom"),
        ("maximised", ["original"]),
        ("own_window", {}),
        ("amplification", 0),
    ],
)
def test_a_damaged_field_is_left_out(name: str, value: object) -> None:
    assert from_json({name: value}) == ({}, 1)


def test_a_session_is_read_by_its_version(tmp_path: Path) -> None:
    path = tmp_path / f"mine{SUFFIX}"
    path.write_text('{"isthmus-session": 1, "scan": {"path": "/scans/a.nii"}}', encoding="utf-8")
    session = read(path)
    assert session.path == Path("/scans/a.nii")
    path.write_text('{"isthmus-session": 99, "scan": {"path": "/a.nii"}}', encoding="utf-8")
    with pytest.raises(IsthmusError, match="later version"):
        read(path)
