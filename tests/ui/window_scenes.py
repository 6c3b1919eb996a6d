"""What tests of the whole window share: small scans, and waiting for what the window does."""

from pathlib import Path

from builders import phantom, write_nifti_scan
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from isthmus.ui.messages import Kind, Message
from isthmus.ui.window import Window

SHAPE = (10, 40, 36)
LONG = 60_000  # ms: the first test of a run imports torch and compiles the entropy coder


def small_scan(
    folder: Path, name: str = "head.nii.gz", shape: tuple[int, int, int] = SHAPE
) -> Path:
    """Write a head-like scan whose codec work takes a moment only."""
    return write_nifti_scan(folder / name, phantom(shape))


def open_scan(window: Window, path: Path, qtbot: QtBot) -> None:
    """Open a scan and wait until its first slice can be seen."""
    with qtbot.waitSignal(window.session.opened, timeout=LONG):
        window.opening.open(path)


def with_model(window: Window, qtbot: QtBot) -> None:
    """Load the model and wait for it."""
    window.session.choose_model()
    window.session.load_codec()
    qtbot.waitUntil(lambda: window.session.codec is not None, timeout=LONG)


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until everything about the open scan is known."""
    qtbot.waitUntil(lambda: window.settled, timeout=LONG)


def shown(window: Window) -> str:
    """Return the name of the bottleneck whose picture stands in the pane; empty if none does."""
    picture = window.viewer.panes.shown
    return "" if picture is None else picture.bottleneck.name


def errors(window: Window) -> list[Message]:
    """Return the errors that were shown."""
    return [message for message in window.messages.history if message.kind is Kind.ERROR]


def notices(window: Window) -> list[str]:
    """Return the notices that were shown, each as one text."""
    found = [message for message in window.messages.history if message.kind is Kind.NOTICE]
    return [f"{message.title} {message.text}" for message in found]


def canvas(window: Window, number: int = 0) -> QWidget:
    """Return the picture of a pane, counted from the left."""
    return window.viewer.panes.panes[number].canvas


def turn_wheel(
    widget: QWidget,
    notches: int,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Turn the wheel over the middle of a widget; positive is away from the hand."""
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
