"""What tests of comparing share: panes with the actions of a window, but no model."""

from pathlib import Path

import pytest
from comparing_scenes import Bench
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from isthmus.ui.settings import Settings


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    """Panes with two flat pictures, and the keys and menus of comparing."""
    made = Bench()
    qtbot.addWidget(made.host)
    made.host.resize(1208, 640)
    made.host.show()
    made.host.activateWindow()
    qtbot.waitUntil(made.host.isActiveWindow)
    made.row.panes[0].canvas.setFocus()
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    """Settings that outlive a window."""
    return Settings(QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat))
