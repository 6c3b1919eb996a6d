"""What every test of the window needs: no display, quiet for that, the program's own style."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

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
