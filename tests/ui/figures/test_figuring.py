"""Figures in the window: found out when they are seen, of the slice first, and written to files."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from scenes import drag
from window_scenes import (
    LONG,
    canvas,
    notices,
    open_scan,
    settle,
    small_scan,
    turn_wheel,
    with_model,
)

from isthmus.quality import compare
from isthmus.quality.figures import pool, slice_figures
from isthmus.scans import Plane
from isthmus.ui.figures.known import Known
from isthmus.ui.figures.scope import Scope
from isthmus.ui.settings import Settings
from isthmus.ui.view_state import Tool
from isthmus.ui.window import Window


@pytest.fixture
def measured(window: Window, tmp_path: Path, qtbot: QtBot) -> Window:
    """A window whose small scan is known at all bottlenecks."""
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    return window


def spoken(window: Window) -> dict[str, str]:
    """Return what a screen reader says: figures by measure and scope."""
    lines = window.viewer.deck.quality.accessibleDescription().split("; ")
    return dict(line.split(": ", 1) for line in lines)


def expected(window: Window, scope: Scope, k: int):
    study, picture = window.session.study, window.session.record().picture
    mask = study.foreground.mask(study.volume.voxels[k]) if scope is Scope.FOREGROUND else None
    real = study.volume.real
    ours, theirs = real(study.volume.voxels[k]), real(picture.voxels[k])
    return slice_figures(ours, theirs, study.opened.full_range, mask)


def choose(window: Window, scope: Scope) -> None:
    """Choose what counts by keys in the panel's chooser."""
    key = Qt.Key.Key_Down if scope is Scope.FOREGROUND else Qt.Key.Key_Up
    QTest.keyClick(window.viewer.deck.quality.scope, key)


def test_the_panel_shows_haarpsi_of_slice_and_volume(measured: Window) -> None:
    found = expected(measured, Scope.WHOLE, measured.store.k)
    slices = [expected(measured, Scope.WHOLE, k) for k in range(10)]
    said = spoken(measured)
    assert said[f"HaarPSI, slice {measured.store.index + 1}"] == f"{found.haarpsi:.3f}"
    whole = pool(slices, measured.session.study.data_range)
    assert said["HaarPSI, volume"] == f"{whole.haarpsi:.3f}"


def test_the_foreground_alone_can_count_and_is_remembered(
    measured: Window, settings: Settings, qtbot: QtBot
) -> None:
    choose(measured, Scope.FOREGROUND)
    settle(measured, qtbot)
    found = expected(measured, Scope.FOREGROUND, measured.store.k)
    number = measured.store.index + 1
    assert spoken(measured)[f"PSNR, slice {number}"] == f"{found.psnr:.1f}"
    assert found.voxels < measured.session.study.volume.voxels[0].size
    slices = [expected(measured, Scope.FOREGROUND, k) for k in range(10)]
    whole = pool(slices, measured.session.study.data_range)
    assert spoken(measured)["PSNR, volume"] == f"{whole.psnr:.1f}"
    again = Window(settings)
    qtbot.addWidget(again)
    assert again.features.figuring._scope is Scope.FOREGROUND
    again.close()


def test_the_figures_follow_the_wheel(measured: Window, qtbot: QtBot) -> None:
    turn_wheel(canvas(measured), -2)
    number = measured.store.index + 1
    found = expected(measured, Scope.WHOLE, measured.store.k)
    qtbot.waitUntil(
        lambda: spoken(measured).get(f"HaarPSI, slice {number}") == f"{found.haarpsi:.3f}",
        timeout=LONG,
    )


def test_a_plane_that_was_not_acquired_has_figures_of_its_slices(
    measured: Window, qtbot: QtBot
) -> None:
    measured.store.set_plane(Plane.CORONAL)
    settle(measured, qtbot)
    number = measured.store.index + 1
    assert spoken(measured)[f"HaarPSI, slice {number}"] != "unknown"


def test_nothing_more_is_measured_while_no_panel_shows_it(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1400, 690)  # as low as that, the panel has no room
    open_scan(window, small_scan(tmp_path), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    assert not window.viewer.deck.quality.isVisible()
    assert not window.session.record().figures
    window.resize(1400, 800)
    qtbot.waitUntil(lambda: Scope.WHOLE in window.session.record().pooled, timeout=LONG)


def test_what_is_known_is_not_measured_again(measured: Window, qtbot: QtBot) -> None:
    known = measured.features.figuring.known
    told: list[int] = []
    known.changed.connect(lambda: told.append(1))
    choose(measured, Scope.FOREGROUND)
    settle(measured, qtbot)
    assert told
    told.clear()
    choose(measured, Scope.WHOLE)
    choose(measured, Scope.FOREGROUND)
    settle(measured, qtbot)
    assert not told


def test_another_bottleneck_shows_whose_figures_are_still_there(
    measured: Window, qtbot: QtBot
) -> None:
    before = measured.session.model.bottleneck(measured.session.asked)
    names = [each.name for each in measured.session.model.bottlenecks]
    other = names[names.index(before.name) - 1]
    figuring = measured.features.figuring
    seen = []
    figuring.known.changed.connect(lambda: seen.append(dict(spoken(measured))))
    measured.viewer.panes.shown_changed.connect(lambda *_: seen.append(dict(spoken(measured))))
    measured.store.set_bottleneck(other)
    settle(measured, qtbot)
    late = f"still the value for {before.channels} channels"
    assert any(late in said["HaarPSI, volume"] for said in seen)
    assert late not in spoken(measured)["HaarPSI, volume"]
    assert spoken(measured)["HaarPSI, volume"] != "unknown"


def test_a_region_that_is_drawn_gets_its_own_column(measured: Window, qtbot: QtBot) -> None:
    measured.store.show(tool=Tool.ELLIPSE)
    target = canvas(measured)
    middle = QPointF(target.rect().center())
    drag(target, middle - QPointF(60, 60), QPointF(120, 120))
    settle(measured, qtbot)
    qtbot.waitUntil(lambda: measured.features.figuring.region.figures is not None, timeout=LONG)
    drawing = measured.features.measuring.drawings.selected
    region = measured.features.measuring.region
    name = drawing.name[:1].lower() + drawing.name[1:]
    assert spoken(measured)[f"PSNR, {name}"] == f"{region[1].between.psnr:.1f}"
    assert spoken(measured)[f"HaarPSI, {name}"] != "unknown"


def test_all_measures_are_shown_with_their_definitions(measured: Window, qtbot: QtBot) -> None:
    measured.resize(1700, 950)
    panel = measured.viewer.deck.quality
    qtbot.waitUntil(panel.all.isVisible, timeout=LONG)
    QTest.mouseClick(panel.all, Qt.MouseButton.LeftButton)
    details = measured.features.figuring.details
    assert details is not None
    qtbot.waitUntil(details.isActiveWindow, timeout=LONG)
    said = details.cells.accessibleDescription()
    for measure in ("PSNR", "SSIM", "MAE", "Max error", "HaarPSI", "NRMSE", "MS-SSIM"):
        assert f"{measure}, volume" in said
    assert "MS-SSIM, volume: unknown" in said  # 40 rows have no five scales
    QTest.keyClick(details, Qt.Key.Key_Escape)
    assert measured.features.figuring.details is None


def test_figures_are_saved_with_points_and_definitions(
    measured: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for suffix in (".csv", ".json"):
        path = tmp_path / f"figures{suffix}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=path: (str(p), ""))
        measured.viewer.deck.quality.export_wanted.emit()
        qtbot.waitUntil(path.exists, timeout=LONG)
    settle(measured, qtbot)
    assert any("Figures saved" in said for said in notices(measured))
    study, picture = measured.session.study, measured.session.record().picture
    quality = compare(study.volume, _with(study.volume, picture.voxels))
    found = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    volume = next(each for each in found["figures"] if each["of"] == "Volume")
    assert volume["psnr_db"] == pytest.approx(quality.psnr)
    assert volume["nrmse"] == pytest.approx(10 ** (-quality.psnr / 20))
    assert volume["voxels"] == study.volume.voxels.size
    assert volume["ms_ssim"] is None
    assert "maximum − minimum" in found["definitions"]["psnr_db"]
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert float(rows[1]["ssim"]) == pytest.approx(quality.ssim, rel=1e-6)
    assert any(line.startswith("# haarpsi: Reisenhofer") for line in text.splitlines())
    assert "Research use" in text


def _with(volume, voxels):
    from dataclasses import replace

    return replace(volume, voxels=np.array(voxels))


def test_a_folder_that_cannot_be_written_is_said(
    measured: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(measured.session.failed, timeout=LONG) as told:
        measured.features.figuring.save_figures(tmp_path / "nowhere" / "figures.csv")
    assert "figures.csv" in told.args[0]


def test_figures_without_a_scan_are_none(window: Window) -> None:
    known = Known(window.session)
    known.want(Scope.WHOLE)
    assert known.of_volume("32ch", Scope.WHOLE) is None
    assert not window.session.jobs.busy
    assert all(math.isnan(v) for v in (window.viewer.deck.quality.table.data_range,))


def test_stale_figures_are_one_step_old_at_most(
    window: Window, tmp_path: Path, qtbot: QtBot
) -> None:
    choose(window, Scope.FOREGROUND)
    open_scan(window, small_scan(tmp_path, shape=(48, 64, 56)), qtbot)
    with_model(window, qtbot)
    settle(window, qtbot)
    first, second, third = [each.name for each in window.session.model.bottlenecks][:3]
    window.store.set_bottleneck(first)
    settle(window, qtbot)
    for name in (second, third):
        window.session.study.records.pop(name)
    panes = window.viewer.panes
    for name in (second, third):
        window.store.set_bottleneck(name)
        qtbot.waitUntil(lambda n=name: panes.shown.bottleneck.name == n, timeout=LONG)
        assert window.session.record().quality is None
        late = "still the value" in spoken(window)["HaarPSI, volume"]
        assert late == (name == second)
    assert spoken(window)["HaarPSI, volume"] == "unknown"
