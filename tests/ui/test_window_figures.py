"""Whose figures are shown, and what is said, while work goes on, is stopped, or goes on again."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from window_scenes import LONG, canvas, notices, open_scan, settle, shown, small_scan, with_model

from isthmus.scans import Plane
from isthmus.ui.study import Study
from isthmus.ui.window import Window


def names(window: Window) -> tuple[str, ...]:
    return window.viewer.deck.selector.names()


def study_of(window: Window) -> Study:
    assert window.session.study is not None
    return window.session.study


def volume_psnr(window: Window) -> str:
    """Return what a screen reader says of the volume's PSNR."""
    spoken = window.viewer.deck.quality.accessibleDescription().split("; ")
    return next(line for line in spoken if line.startswith("PSNR, volume"))


def press_stop(window: Window, name: str) -> None:
    selector = window.viewer.deck.selector
    at = selector.stop_rect(name).center()
    QTest.mouseClick(selector, Qt.MouseButton.LeftButton, pos=at)


def stop(window: Window) -> None:
    """Press the × in the status line as soon as it is there."""
    QTest.mouseClick(window.status.cancel, Qt.MouseButton.LeftButton)


def step_without_measuring(window: Window, name: str, qtbot: QtBot) -> None:
    """Choose a bottleneck and wait for its first slice only; the whole takes much longer."""
    study_of(window).records.pop(name, None)
    window.store.set_bottleneck(name)
    qtbot.waitUntil(lambda: shown(window) == name, timeout=LONG)


def still_unmeasured(window: Window, name: str) -> bool:
    return study_of(window).record(name).quality is None


@pytest.fixture
def stepped(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window on a scan large enough that a whole takes longer than a slice, all known."""
    open_scan(window, small_scan(tmp_path, shape=(48, 64, 56)), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    return window


def test_a_stale_figure_names_its_bottleneck_and_is_one_step_old_at_most(
    stepped: Window, qtbot: QtBot
) -> None:
    window, study = stepped, study_of(stepped)
    first, second, third = names(window)[:3]
    window.store.set_bottleneck(first)
    quality = study.record(first).quality
    assert quality is not None
    fresh = f"PSNR, volume: {quality.volume.psnr:.1f}"
    assert volume_psnr(window) == fresh
    for name in (second, third):
        study.records.pop(name)

    step_without_measuring(window, second, qtbot)
    assert still_unmeasured(window, second)
    channels = window.session.codec.info.bottleneck(first).channels  # type: ignore[union-attr]
    assert volume_psnr(window) == f"{fresh}, still the value for {channels} channels"

    step_without_measuring(window, third, qtbot)
    assert still_unmeasured(window, second)
    assert still_unmeasured(window, third)
    assert volume_psnr(window) == "PSNR, volume: unknown"

    # The one before is measured; one step from it, its figures may stand again.
    window.store.set_bottleneck(first)
    assert volume_psnr(window) == fresh
    settle(window, qtbot)
    window.store.set_bottleneck(third)
    assert "still" not in volume_psnr(window)


def test_the_tooltip_of_a_low_window_marks_stale_figures_too(stepped: Window, qtbot: QtBot) -> None:
    window = stepped
    window.resize(1000, 620)
    first, second = names(window)[:2]
    window.store.set_bottleneck(first)
    step_without_measuring(window, second, qtbot)
    assert still_unmeasured(window, second)
    channels = window.session.codec.info.bottleneck(first).channels  # type: ignore[union-attr]
    assert f"Volume, still the value for {channels} channels: PSNR" in window.status.toolTip()
    settle(window, qtbot)
    assert "\nVolume: PSNR" in window.status.toolTip()


@pytest.fixture
def stopped(window: Window, qtbot: QtBot, tmp_path: Path) -> Window:
    """A window whose work was stopped at the first slice."""
    open_scan(window, small_scan(tmp_path, shape=(48, 64, 56)), qtbot)
    with_model(window, qtbot)
    qtbot.waitUntil(lambda: window.status.cancel.isVisible() and bool(shown(window)), timeout=LONG)
    stop(window)
    settle(window, qtbot)
    assert not study_of(window).record(window.session.asked).whole
    return window


def waits(window: Window) -> bool:
    """Whether panes say that something is on its way, in words or by the line under the name."""
    pane = window.viewer.panes.panes[1]
    return pane.head.busy or pane.canvas.placeholder == "Reconstructing…"


def test_after_a_stop_it_is_said_how_to_go_on_and_nothing_claims_to_run(
    stopped: Window, qtbot: QtBot
) -> None:
    window = stopped
    assert notices(window) == ["Stopped Choose the bottleneck again to go on."]
    assert not window.status.cancel.isVisible()
    # Every other plane needs the whole, which no one makes now.
    window.store.set_plane(Plane.SAGITTAL)
    assert not waits(window)
    assert not window.session.jobs.busy


def test_after_a_stop_the_visible_slice_is_still_made(stopped: Window, qtbot: QtBot) -> None:
    window = stopped
    record = window.session.record()
    assert record is not None
    assert record.picture is not None
    missing = int((~record.picture.ready).argmax())
    window.store.go_to_k(missing)
    assert waits(window)
    qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)
    settle(window, qtbot)
    assert not waits(window)
    assert not record.whole
    assert missing in record.slices


def test_a_stop_takes_stale_figures_away(stepped: Window, qtbot: QtBot) -> None:
    window = stepped
    first, second = names(window)[:2]
    window.store.set_bottleneck(first)
    step_without_measuring(window, second, qtbot)
    assert "still the value" in volume_psnr(window)
    window.status.cancelled.emit()
    assert volume_psnr(window) == "PSNR, volume: unknown"


@pytest.mark.parametrize("way", ["same stop", "other stop", "key"])
def test_choosing_a_bottleneck_goes_on_after_a_stop(
    way: str, stopped: Window, qtbot: QtBot
) -> None:
    window, study = stopped, study_of(stopped)
    before = window.session.asked
    if way == "same stop":
        press_stop(window, before)
    elif way == "other stop":
        press_stop(window, names(window)[0])
    else:
        QTest.keyClick(canvas(window), Qt.Key.Key_Left)
    assert (window.session.asked == before) == (way == "same stop")
    settle(window, qtbot)
    assert all(study.record(name).quality is not None for name in names(window))
    assert not waits(window)


def test_a_model_that_cannot_be_loaded_leaves_nothing_waiting(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    import shutil

    from isthmus.codec import default_model, find_model

    open_scan(window, small_scan(tmp_path), qtbot)
    copied = tmp_path / "broken.safetensors"
    shutil.copy(default_model().path, copied)
    info = find_model(str(copied))
    copied.unlink()
    with qtbot.waitSignal(window.session.failed, timeout=LONG):
        window.session.start_model(info)
    assert not waits(window)
    assert "Loading" not in window.status.device.text()
