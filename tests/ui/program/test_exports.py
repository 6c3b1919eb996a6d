"""Pictures and films that leave the program: copied, dragged, saved."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from window_scenes import LONG, open_scan, settle, small_scan, with_model

from isthmus.ui.program.exports.film_dialog import FilmDialog
from isthmus.ui.program.exports.picture_dialog import PictureDialog
from isthmus.ui.program.exports.plans import of_comparison, through_slices
from isthmus.ui.program.exports.rendering import as_array, draw_pictures, draw_widget
from isthmus.ui.view_state import Comparison, Overlay, PaneKind, ViewState
from isthmus.ui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ORANGE = (0xF2, 0xA0, 0x3D)


@pytest.fixture
def viewing(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """The window with a scan and its reconstruction."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    return window


def orange(picture: np.ndarray) -> int:
    """Return how many pixels have the colour in which LOSSY is written."""
    return int((np.abs(picture.astype(int) - ORANGE).max(axis=-1) < 12).sum())


def dialog_of(window: Window, kind: type, key: Qt.Key, modifiers: Qt.KeyboardModifier):
    QTest.keyClick(window, key, modifiers)
    found = window.findChild(kind)
    assert found is not None
    return found


def choose(box: QComboBox, text: str) -> None:
    """Choose an entry of a list by the keyboard."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    while not box.currentText().startswith(text):
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() != before, f"there is no {text}"


def test_the_view_is_copied_with_its_label(viewing: Window) -> None:
    viewing.store.show(overlay=Overlay.NONE)
    QTest.keyClick(viewing, Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().image()
    panes = viewing.viewer.panes
    assert (copied.width(), copied.height()) == (panes.width(), panes.height() + 24)
    # LOSSY is on the picture though all other overlays are hidden; the mark in the head is orange.
    canvas = panes.pane(PaneKind.RECONSTRUCTION).canvas
    corner = canvas.mapTo(panes, QPoint(canvas.width() // 2, 0))
    label = as_array(copied)[corner.y() : corner.y() + 60, corner.x() : corner.x() + 240]
    assert orange(label) > 50


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_picture_has_as_many_pixels_as_its_scale_says(viewing: Window, scale: int) -> None:
    panes = viewing.viewer.panes
    image = draw_widget(viewing, scale, panes, viewing.store)
    assert image.size() == viewing.size() * scale


def test_a_large_picture_is_drawn_anew_and_not_enlarged(viewing: Window) -> None:
    panes, store = viewing.viewer.panes, viewing.store
    before = store.state
    one = draw_pictures(panes, 1.0, panes, store)
    three = draw_pictures(panes, 3.0, panes, store)
    assert store.state == before
    canvas = panes.pane(PaneKind.ORIGINAL).canvas
    corner = canvas.mapTo(panes, QPoint(0, 0)) * 3
    words = (slice(corner.y(), corner.y() + 150), slice(corner.x(), corner.x() + 300))
    for how in (
        Qt.TransformationMode.FastTransformation,
        Qt.TransformationMode.SmoothTransformation,
    ):
        enlarged = one.scaled(three.size(), mode=how)
        apart = np.abs(as_array(three)[words].astype(int) - as_array(enlarged)[words])
        assert apart.max() > 90  # letters have edges that the small picture does not hold


def test_a_picture_is_saved_at_the_scale_that_is_chosen(
    viewing: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(viewing, PictureDialog, Qt.Key.Key_E, CTRL)
    choose(dialog.what, "Reconstruction")
    choose(dialog.scale, "2")
    canvas = viewing.viewer.panes.pane(PaneKind.RECONSTRUCTION).canvas
    wide, high = 2 * canvas.width(), 2 * (canvas.height() + 24)
    assert dialog.size_label.text() == f"{wide} × {high} pixels"
    path = tmp_path / "view.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(path.exists, timeout=LONG)
    with Image.open(path) as saved:
        assert saved.size == (wide, high)
        assert saved.text["Description"].startswith("LOSSY ")
        assert "Not for diagnosis" in saved.text["Description"]
        assert orange(np.asarray(saved.convert("RGB"))) > 50
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []


def test_a_picture_that_cannot_be_written_is_said(
    viewing: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(viewing, PictureDialog, Qt.Key.Key_E, CTRL)
    path = tmp_path / "missing" / "view.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: viewing.messages.current is not None, timeout=LONG)
    assert "view.png cannot be written" in viewing.messages.current.title


def test_a_patients_name_on_the_pictures_is_warned_of(viewing: Window) -> None:
    viewing.store.set_patient(("DOE^JANE",))
    dialog = dialog_of(viewing, PictureDialog, Qt.Key.Key_E, CTRL)
    assert any("patient is named" in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()


def test_a_picture_is_dragged_out_by_the_head_of_its_pane(viewing: Window) -> None:
    pane = viewing.viewer.panes.pane(PaneKind.RECONSTRUCTION)
    begun = []
    viewing.viewer.panes.picture_dragged.connect(begun.append)
    QTest.mousePress(pane.head, Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    QTest.mouseMove(pane.head, QPoint(64, 12))
    assert begun == []
    QTest.mouseMove(pane.head, QPoint(120, 60))
    QTest.mouseRelease(pane.head, Qt.MouseButton.LeftButton, pos=QPoint(120, 60))
    assert begun == [pane]
    mime = viewing.features.program.exports.mime(pane)
    image, (url,) = QImage(mime.imageData()), mime.urls()
    assert image.size() == pane.canvas.size() + QSize(0, 24)
    assert orange(as_array(image)) > 50
    path = Path(url.toLocalFile())
    assert path.name == f"isthmus-reconstruction-axial-{viewing.store.index + 1}.png"
    assert np.array_equal(np.asarray(Image.open(path).convert("RGB")), as_array(image))


def filmed(window: Window, qtbot: QtBot, path: Path, **wanted: str) -> None:
    """Make a film through the dialog and wait for it."""
    dialog = dialog_of(window, FilmDialog, Qt.Key.Key_E, CTRL | SHIFT)
    for name, text in wanted.items():
        choose(getattr(dialog, name), text)
    with qtbot.waitSignal(dialog.accepted, timeout=LONG):
        dialog.start(path)


def test_a_gif_goes_through_the_slices_and_comes_back(
    viewing: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    viewing.store.go_to_slice(7)
    before = viewing.store.state
    filmed(viewing, qtbot, tmp_path / "film", format="GIF")
    assert viewing.store.state == before
    panes, count = viewing.viewer.panes, viewing.store.view.n_slices
    with Image.open(tmp_path / "film.gif") as film:
        assert film.n_frames == count
        assert film.size == (panes.width(), panes.height() + 24)
        assert film.info["duration"] == 100
        frames = []
        for number in range(count):
            film.seek(number)
            frames.append(np.asarray(film.convert("RGB")).astype(int))
    assert all(orange(frame) > 50 for frame in frames)
    assert all(np.abs(a - b).max() > 40 for a, b in pairwise(frames))


def test_an_mp4_has_the_same_frames(viewing: Window, qtbot: QtBot, tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    filmed(viewing, qtbot, tmp_path / "film.mp4", format="MP4")
    with av.open(str(tmp_path / "film.mp4")) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
        assert film.streams.video[0].average_rate == 10
        assert "LOSSY" in film.metadata["comment"]
    assert len(frames) == viewing.store.view.n_slices
    shown = as_array(draw_pictures(viewing.viewer.panes, 1.0, viewing.viewer.panes, viewing.store))
    still = frames[viewing.store.index][: shown.shape[0], : shown.shape[1]]
    assert np.abs(still.astype(int) - shown).mean() < 3


def test_a_swipe_moves_in_its_film(viewing: Window, qtbot: QtBot, tmp_path: Path) -> None:
    viewing.store.show(comparison=Comparison.SWIPE, swipe=0.3)
    filmed(viewing, qtbot, tmp_path / "swipe.gif", subject="The comparison", format="GIF")
    assert viewing.store.state.swipe == 0.3
    with Image.open(tmp_path / "swipe.gif") as film:
        assert film.n_frames == 38


def test_a_film_can_be_stopped_and_leaves_nothing(
    viewing: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "films"
    folder.mkdir()
    before = viewing.store.state
    dialog = dialog_of(viewing, FilmDialog, Qt.Key.Key_E, CTRL | SHIFT)
    choose(dialog.format, "GIF")
    dialog.start(folder / "film.gif")
    qtbot.waitUntil(lambda: dialog.bar.value() >= 2, timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert viewing.store.state == before
    qtbot.waitUntil(lambda: not viewing.session.jobs.busy, timeout=LONG)
    assert list(folder.iterdir()) == []


def test_a_film_that_cannot_be_written_is_said_in_the_dialog(
    viewing: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = dialog_of(viewing, FilmDialog, Qt.Key.Key_E, CTRL | SHIFT)
    choose(dialog.format, "GIF")
    with qtbot.waitSignal(viewing.features.program.exports.filming.failed, timeout=LONG):
        dialog.start(tmp_path / "missing" / "film.gif")
    assert dialog.isVisible()
    assert dialog.save.isEnabled()
    dialog.close()


def test_plans_of_films() -> None:
    assert [step.slice for step in through_slices(3, 1, 10).steps] == [3, 2, 1]
    flicker = of_comparison(ViewState(comparison=Comparison.FLICKER, flicker_hz=1.5), 10)
    assert (len(flicker.steps), flicker.rate) == (2, 3.0)
    blend = of_comparison(ViewState(comparison=Comparison.BLEND), 10)
    shares = [dict(step.fields)["blend"] for step in blend.steps]
    assert (min(shares), max(shares)) == (0.0, 1.0)
    assert shares[1] == shares[-1]  # it can be looped
    with pytest.raises(ValueError, match="nothing moves"):
        of_comparison(ViewState(comparison=Comparison.DIFFERENCE), 10)
