"""What tests of the window share: no display, the program's own style, windows and their parts."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scenes import a_volume
from selector_scenes import STORED, VOXELS, model

from isthmus.ui.panes import PaneRow
from isthmus.ui.selector import BottleneckSelector
from isthmus.ui.settings import Settings
from isthmus.ui.state import ViewStore
from isthmus.ui.window import Window

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say what it cannot do; other warnings still fail."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True, scope="session")
def themed(qapp: QApplication) -> None:
    """Draw with the program's type and style sheet."""
    from isthmus.ui import theme

    theme.apply(qapp)


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings in a file of the test's own, apart from the scans that it writes."""
    file = tmp_path_factory.mktemp("settings") / "isthmus.ini"
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[Window]:
    """The real window, shown; its threads have ended when the test is over."""
    made = Window(settings)
    made.resize(1400, 800)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("isthmus-")]
    assert left == []


@pytest.fixture
def row(qtbot: QtBot) -> PaneRow:
    """Three shown panes with a small scan."""
    store = ViewStore()
    made = PaneRow(store)
    qtbot.addWidget(made)
    made.resize(1204, 430)
    made.show()
    made.set_volume(a_volume())
    return made


@pytest.fixture
def store(row: PaneRow) -> ViewStore:
    """The store of the panes."""
    return row._store


@pytest.fixture
def selector(qtbot: QtBot) -> BottleneckSelector:
    """A shown selector whose middle stop is asked for and shown."""
    widget = BottleneckSelector()
    qtbot.addWidget(widget)
    widget.set_model(model(7))
    widget.set_scan(STORED, VOXELS)
    widget.set_asked("32ch")
    widget.set_shown("32ch")
    widget.resize(924, 256)
    widget.show()
    return widget
