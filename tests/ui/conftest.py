"""What every test of the window needs: no display, quiet for that, the program's own style."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from isthmus.ui.settings import Settings
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
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of the test's own."""
    return Settings(QSettings(str(tmp_path / "isthmus.ini"), QSettings.Format.IniFormat))


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
