"""Another model is chosen at the head of the selector, by mouse or keyboard, and all follows."""

from pathlib import Path

import pytest
import torch
from builders import phantom
from checkpoints import enliven, make_recipe, save, untrained
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from selector_scenes import STORED, VOXELS, classic, model
from window_scenes import errors, open_scan, settle, shown, small_scan, with_model

from isthmus import assets
from isthmus.training.classic import ClassicNetworks
from isthmus.ui.selector import BottleneckSelector, Density
from isthmus.ui.selector.model_button import ModelButton
from isthmus.ui.window import Window

MAIN, OTHER = "Layered", "Classic autoencoder"


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two models, one of each family, with one bottleneck name in common."""
    folder = tmp_path_factory.mktemp("installed") / "models"
    head = phantom((6, 40, 40)).astype("float32") / 1000
    recipe = make_recipe(title=MAIN, channels=(4, 16, 64), quantisation=(0.4, 0.1, 0.05))
    save(enliven(untrained(recipe, [head])), folder / "a-1.safetensors")
    torch.manual_seed(0)
    recipe = make_recipe(
        title=OTHER, family="classic", channels=(2, 4, 8, 32), quantisation=(0.5, 0.5, 0.5, 0.5)
    )
    save(ClassicNetworks(recipe).eval(), folder / "b-1.safetensors")
    return folder


@pytest.fixture
def viewing(
    window: Window, qtbot: QtBot, tmp_path: Path, families: Path, monkeypatch: pytest.MonkeyPatch
) -> Window:
    """The window with both models, a scan, and all about it known."""
    installed = assets.folder
    monkeypatch.setattr(
        assets, "folder", lambda name: families if name == "models" else installed(name)
    )
    with_model(window, qtbot)
    open_scan(window, small_scan(tmp_path), qtbot)
    settle(window, qtbot)
    return window


def button(window: Window) -> ModelButton:
    return window.viewer.deck.selector.model


def entries(menu: QMenu) -> list[tuple[str, bool]]:
    return [(action.text(), action.isChecked()) for action in menu.actions()]


def in_menu(of: ModelButton, title: str) -> list[tuple[str, bool]]:
    """Choose an entry with the keyboard once the menu is open; return what it offers then."""
    found: list[tuple[str, bool]] = []
    menu = of.menu()

    def choose() -> None:
        found.extend(entries(menu))
        for _ in found:
            QTest.keyClick(menu, Qt.Key.Key_Down)
            if menu.activeAction().text() == title:
                break
        QTest.keyClick(menu, Qt.Key.Key_Return)

    menu.aboutToShow.connect(
        lambda: QTimer.singleShot(0, choose), Qt.ConnectionType.SingleShotConnection
    )
    return found


def test_the_selectors_head_is_the_models_title(viewing: Window) -> None:
    assert button(viewing).text() == MAIN
    assert button(viewing).accessibleName() == f"Model: {MAIN}"
    assert button(viewing).isVisible()


def test_a_model_is_chosen_with_the_mouse_and_all_follows(viewing: Window, qtbot: QtBot) -> None:
    viewer, session = viewing.viewer, viewing.session
    offered = in_menu(button(viewing), OTHER)
    QTest.mouseClick(button(viewing), Qt.MouseButton.LeftButton)
    assert offered == [(MAIN, True), (OTHER, False)]
    # At once: nothing of the model that went is left.
    assert button(viewing).text() == OTHER
    assert viewer.deck.selector.names() == ("2ch", "4ch", "8ch", "32ch")
    assert shown(viewing) == ""
    qtbot.waitUntil(lambda: session.codec is not None, timeout=60_000)
    settle(viewing, qtbot)
    assert session.codec is not None
    assert session.codec.info.family == "classic"
    assert shown(viewing) == session.asked == "8ch"  # the middle one, as there is no 16ch
    assert session.study is not None
    assert set(session.study.records) == {"2ch", "4ch", "8ch", "32ch"}
    assert all(record.quality and record.slice_map for record in session.study.records.values())
    assert OTHER in viewing.status.device.text()
    assert errors(viewing) == []


def test_a_bottleneck_that_both_have_stays_with_figures_of_its_own(
    viewing: Window, qtbot: QtBot
) -> None:
    session = viewing.session
    session.store.set_bottleneck("4ch")
    settle(viewing, qtbot)
    before = session.record()
    in_menu(button(viewing), OTHER)
    button(viewing).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button(viewing), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.codec is not None, timeout=60_000)
    settle(viewing, qtbot)
    after = session.record()
    assert shown(viewing) == session.asked == "4ch"
    assert before is not None
    assert after is not None
    assert before.file != after.file


def test_the_model_in_use_is_not_loaded_again(viewing: Window) -> None:
    codec = viewing.session.codec
    offered = in_menu(button(viewing), MAIN)
    QTest.keyClick(button(viewing), Qt.Key.Key_Down)
    assert offered
    assert viewing.session.codec is codec


def test_space_at_the_button_is_the_windows(viewing: Window) -> None:
    QTest.keyPress(button(viewing), Qt.Key.Key_Space)
    assert viewing.store.state.peek
    QTest.keyRelease(button(viewing), Qt.Key.Key_Space)
    assert not viewing.store.state.peek


def test_the_button_keeps_clear_of_the_stops_and_the_plot(selector: BottleneckSelector) -> None:
    selector.set_model(classic())
    selector.set_scan(STORED, VOXELS)
    for width, density in ((924, Density.FULL), (640, Density.COMPACT)):
        selector.set_density(density)
        selector.resize(width, density.value)
        assert selector.model.isVisible()
        assert selector.model.width() >= selector.model.sizeHint().width()  # the whole title
        for name in selector.names():
            point = selector.point_at(name)
            assert point is not None
            assert not selector.model.geometry().contains(point.toPoint())
            assert not selector.model.geometry().intersects(selector.stop_rect(name))
            assert selector.rect().contains(selector.stop_rect(name))
    selector.resize(640, Density.STOPS.value)
    assert not selector.model.isVisible()


def test_without_a_model_there_is_no_button(qtbot: QtBot) -> None:
    widget = BottleneckSelector()
    qtbot.addWidget(widget)
    widget.resize(924, 256)
    widget.show()
    assert not widget.model.isVisible()
    widget.set_model(model(7))
    assert widget.model.isVisible()
