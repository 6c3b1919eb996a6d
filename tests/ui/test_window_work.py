"""The work in the background: its order, what is dropped, and how it ends."""

import gc
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_scenes import (
    LONG,
    canvas,
    errors,
    notices,
    open_scan,
    settle,
    shown,
    small_scan,
    with_model,
)

import isthmus
from isthmus.scans import Plane
from isthmus.ui.pipeline import PREVIEW, REBUILD
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window


def threads() -> list[str]:
    found = [thread.name for thread in threading.enumerate()]
    return [name for name in found if name.startswith("isthmus-")]


def names(window: Window) -> tuple[str, ...]:
    return window.viewer.deck.selector.names()


def test_everything_becomes_known(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    study, codec = window.session.study, window.session.codec
    assert study is not None
    assert codec is not None
    asked = window.session.asked
    assert asked == names(window)[len(names(window)) // 2]
    assert shown(window) == asked
    assert errors(window) == []
    for name in names(window):
        point = study.record(name).point(study.volume.voxels.size)
        assert point is not None
        assert point.file_bytes == len(study.record(name).file or b"")
    # The figures are those of what really comes back from the bytes.
    record = study.record(asked)
    assert record.file is not None
    again = codec.decode(codec.read(record.file))
    assert record.picture is not None
    np.testing.assert_array_equal(again.voxels, record.picture.voxels)
    assert record.quality == isthmus.compare(study.volume, again)
    ratio = study.volume.source.stored_bytes / len(record.file)
    label = canvas(window, 1).labels[0].text  # type: ignore[attr-defined]
    assert label.startswith("LOSSY ")
    assert "≈" not in label
    assert float(label.removeprefix("LOSSY ").partition(":")[0]) == pytest.approx(ratio, rel=0.05)
    assert record.slice_map is not None


def test_what_a_model_loads_is_no_work_for_the_collector(window: Window, qtbot: QtBot) -> None:
    with_model(window, qtbot)
    assert gc.isenabled()
    walked = len(gc.get_objects())
    assert walked < gc.get_freeze_count()


def test_the_preview_is_what_the_file_gives(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    study = window.session.study
    assert study is not None
    previews: list[np.ndarray] = []

    def keep(picture: object) -> None:
        record = window.session.record()
        if record is not None and record.picture is not None and not previews:
            previews.append(record.picture.voxels[window.store.k].copy())

    window.session.pipeline.picture_changed.connect(keep)
    with_model(window, qtbot)
    settle(window, qtbot)
    record = window.session.record()
    assert record is not None
    assert record.picture is not None
    np.testing.assert_array_equal(previews[0], record.picture.voxels[window.store.k])


def test_the_bottleneck_asked_for_comes_before_the_others(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    order: list[str] = []
    study_known = window.session.pipeline.figures_changed

    def note(name: str) -> None:
        study = window.session.study
        if study and study.record(name).quality is not None and name not in order:
            order.append(name)

    study_known.connect(note)
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    assert order[0] == window.session.asked
    assert set(order) == set(names(window))


def test_scrolling_loses_no_work(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path, shape=(40, 64, 56)), qtbot)
    window.session.choose_model()
    window.session.load_codec()
    ended: list[str] = []
    window.session.jobs.ended.connect(ended.append)
    qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)
    for turn in range(30):
        window.store.go_to_slice((turn * 17) % 40)
        qtbot.wait(2)
    settle(window, qtbot)
    assert ended.count(REBUILD) == len(names(window))
    assert ended.count(PREVIEW) >= 1
    assert shown(window) == window.session.asked


def test_the_visible_slice_is_measured_with_its_picture(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    window.session.choose_model()
    window.session.load_codec()
    missing: list[str] = []

    def look(picture: object) -> None:
        study = window.session.study
        if picture is not None and study is not None:
            known = study.measures(shown(window), window.store.state.plane, window.store.index)
            if known is None:
                missing.append(shown(window))

    window.viewer.panes.shown_changed.connect(look)
    qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)
    for name in names(window):
        window.store.set_bottleneck(name)
        qtbot.waitUntil(lambda wanted=name: shown(window) == wanted, timeout=LONG)
    assert missing == []


def test_the_last_of_many_moves_is_shown(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path, shape=(24, 96, 80)), qtbot)
    with_model(window, qtbot)
    swaps: list[str] = []
    window.viewer.panes.shown_changed.connect(lambda _: swaps.append(shown(window)))
    qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)
    for turn in range(40):
        window.store.set_bottleneck(names(window)[(turn * 3) % len(names(window))])
        qtbot.wait(1)
    last = window.session.asked
    qtbot.waitUntil(lambda: shown(window) == last, timeout=LONG)
    settle(window, qtbot)
    assert shown(window) == last
    assert swaps[-1] == last
    record = window.session.record()
    assert record is not None
    assert record.picture is not None
    assert record.picture.bottleneck.name == last


def test_the_old_picture_stays_with_its_label_until_the_new_slice_is_there(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    study = window.session.study
    assert study is not None
    before = shown(window)
    label = canvas(window, 1).labels[0].text  # type: ignore[attr-defined]
    other = names(window)[0]
    study.records.pop(other)
    window.commands.step_bottleneck(-len(names(window)))
    assert window.session.asked == other
    assert shown(window) == before
    assert canvas(window, 1).labels[0].text == label  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: shown(window) == other, timeout=LONG)
    assert canvas(window, 1).labels[0].text != label  # type: ignore[attr-defined]


def test_a_known_reconstruction_is_shown_at_once(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    for name in names(window):
        window.store.set_bottleneck(name)
        assert shown(window) == name


def test_keys_step_through_the_bottlenecks(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    window.session.choose_model()
    at = names(window).index(window.session.asked)
    window.actions_.larger.trigger()
    assert window.session.asked == names(window)[at + 1]
    for _ in range(20):
        window.actions_.smaller.trigger()
    assert window.session.asked == names(window)[0]


def test_other_planes_wait_for_the_whole_and_have_figures_too(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    window.store.set_plane(Plane.SAGITTAL)
    with_model(window, qtbot)
    settle(window, qtbot)
    study = window.session.study
    assert study is not None
    assert shown(window) == window.session.asked
    known = study.record(window.session.asked).planes[Plane.SAGITTAL]
    assert len(known) == study.views[Plane.SAGITTAL].n_slices
    assert window.viewer.strip.lowest == int(np.argmin([each.psnr for each in known]))


def test_the_lowest_slice_has_a_key(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    record = window.session.record()
    assert record is not None
    assert record.quality is not None
    window.actions_.lowest_slice.emit()
    lowest = int(np.argmin([each.psnr for each in record.quality.slices]))
    assert window.store.k == lowest


def test_reading_can_be_cancelled(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    open_scan(window, small_scan(tmp_path, "stays.nii.gz"), qtbot)
    before = window.session.study
    window.opening.open(small_scan(tmp_path, "big.nii.gz", (64, 256, 256)))
    window.session.cancel_reading()
    qtbot.waitUntil(lambda: not window.session.jobs.busy, timeout=LONG)
    assert window.session.study is before
    assert errors(window) == []


def test_cancelling_the_first_scan_goes_back_to_the_welcome_page(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.opening.open(small_scan(tmp_path, "big.nii.gz", (64, 256, 256)))
    assert window.loading.isVisible()
    window.loading.cancel.click()
    assert window.welcome.isVisible()
    qtbot.waitUntil(lambda: not window.session.jobs.has("read"), timeout=LONG)
    assert window.session.study is None


@pytest.mark.parametrize("turn", range(20))
def test_the_window_closes_while_work_runs(
    turn: int, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    window = Window(settings)
    qtbot.addWidget(window)
    window.show()
    path = small_scan(tmp_path, shape=(16, 64, 64))
    if turn % 4 == 0:
        window.opening.open(path)  # closes while it is read
    else:
        open_scan(window, path, qtbot)
        window.session.choose_model()
        window.session.load_codec()
        if turn % 4 > 1:
            qtbot.waitUntil(lambda: window.session.codec is not None, timeout=LONG)
        if turn % 4 == 3:
            qtbot.waitUntil(lambda: bool(shown(window)), timeout=LONG)
    window.close()
    assert not window.isVisible()
    assert threads() == []
    heard: list[object] = []
    for signal in (window.session.opened, window.session.failed, window.session.codec_changed):
        signal.connect(lambda *words: heard.append(words))
    QApplication.processEvents()
    assert heard == []


def test_a_graphics_card_without_memory_is_told_of_and_nothing_is_lost(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    import torch

    from isthmus.codec import Codec, default_model
    from isthmus.codec.placement import Placement

    class FullCard(Placement):
        """A card on which nothing fits."""

        def __init__(self, device: str, nets: Any) -> None:
            super().__init__(device, nets)
            self.device = "cuda:0"

        def on(self, tensor: torch.Tensor) -> torch.Tensor:
            if self.device != "cpu":
                raise torch.OutOfMemoryError("out of memory")
            return super().on(tensor)

    open_scan(window, small_scan(tmp_path), qtbot)
    window.session.choose_model()
    codec = Codec.load(default_model(), "cpu", FullCard)
    window.session.use_codec(codec, ("cpu", "cuda"))
    assert "Graphics card" in window.status.device.text()
    settle(window, qtbot)
    assert codec.device == "cpu"
    told = [notice for notice in notices(window) if "ran out of memory" in notice]
    assert len(told) == 1
    assert told[0].startswith("Continuing on the CPU")
    assert "CPU" in window.status.device.text()
    assert errors(window) == []
    assert shown(window) == window.session.asked


def test_memory_for_reconstructions_has_a_limit(
    qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    path = small_scan(tmp_path)
    voxels = isthmus.read(path).voxels
    window = Window(settings, budget=3 * voxels.nbytes)
    qtbot.addWidget(window)
    window.show()
    open_scan(window, path, qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    study = window.session.study
    assert study is not None
    kept = [name for name in names(window) if study.record(name).picture is not None]
    assert len(kept) == 3
    assert window.session.asked in kept
    gone = next(name for name in names(window) if name not in kept)
    assert study.record(gone).quality is not None
    window.store.set_bottleneck(gone)
    settle(window, qtbot)
    assert shown(window) == gone
    window.close()
