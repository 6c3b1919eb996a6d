"""Whatever a person does, in whatever order: nothing fails, and the end is what was asked last."""

import random
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_scenes import LONG, settle, shown, small_scan

from isthmus.codec import models
from isthmus.scans import Plane
from isthmus.ui.settings import Settings
from isthmus.ui.window import Window

TURNS = 250


@pytest.mark.parametrize("seed", [0, 1])
def test_any_order_of_commands_ends_well(
    seed: int, qtbot: QtBot, settings: Settings, tmp_path: Path
) -> None:
    dice = random.Random(seed)
    shapes = [(10, 40, 36), (3, 20, 90), (33, 64, 48)]
    paths = [small_scan(tmp_path, f"{n}.nii.gz", shape) for n, shape in enumerate(shapes)]
    paths.append(tmp_path / "gone.nii.gz")
    window = Window(settings, budget=dice.choice([1, 300_000, 1 << 30]))
    qtbot.addWidget(window)
    window.show()
    window.start_with(paths[:1])
    session, store = window.session, window.store

    def rarely(run: object, *words: object) -> None:
        if dice.random() < 0.2:
            run(*words)  # type: ignore[operator]

    commands = [
        lambda: window.opening.open(dice.choice(paths)),
        lambda: store.set_plane(dice.choice(list(Plane))),
        lambda: store.scroll(dice.randrange(-5, 6)),
        lambda: store.scroll(dice.randrange(-5, 6)),
        lambda: window.commands.step_bottleneck(dice.randrange(-3, 4)),
        lambda: window.commands.step_bottleneck(dice.randrange(-3, 4)),
        lambda: window.resize(dice.randrange(960, 2000), dice.randrange(600, 1200)),
        lambda: store.zoom(dice.uniform(0.5, 2.0)),
        lambda: store.set_peek(dice.random() < 0.5),
        lambda: window.docks.tabs_action.trigger(),
        lambda: rarely(session.pipeline.stop),
        lambda: rarely(session.load_codec, "cpu"),
        lambda: rarely(session.cancel_reading),
        lambda: rarely(session.start_model, dice.choice(models())),
        lambda: qtbot.wait(dice.randrange(30)),
    ]
    for _ in range(TURNS):
        dice.choice(commands)()
        qtbot.wait(dice.choice([0, 0, 1, 3]))
        picture = window.viewer.panes.shown
        if picture is not None:
            assert session.study is not None
            assert picture.voxels.shape == session.study.volume.shape
    with qtbot.waitSignal(session.opened, timeout=LONG):
        window.opening.open(paths[0])
    qtbot.waitUntil(lambda: session.codec is not None, timeout=LONG)
    settle(window, qtbot)
    assert shown(window) == session.asked
    window.close()
