"""A shown window with a small scan, for tests of what is drawn on it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_scenes import open_scan, small_scan

from isthmus.ui.measure.measuring import Measuring
from isthmus.ui.window import Window


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scan of 10 slices of 40×36 voxels of 1.1×0.9 mm, 3 mm apart."""
    return small_scan(tmp_path)


@pytest.fixture
def opened(window: Window, scan: Path, qtbot: QtBot) -> Window:
    """The window with the scan, before any model is loaded."""
    open_scan(window, scan, qtbot)
    QApplication.processEvents()
    return window


@pytest.fixture
def measuring(opened: Window) -> Measuring:
    """What draws and measures."""
    return opened.features.measuring
