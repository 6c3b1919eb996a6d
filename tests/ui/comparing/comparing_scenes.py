"""Panes with the actions of comparing, and what tests ask of their pixels."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from scenes import Array, a_reconstruction, a_volume, grabbed

from isthmus.scans import Volume
from isthmus.ui.actions import Actions
from isthmus.ui.comparing.actions import ComparisonActions
from isthmus.ui.comparing.switcher import ModeSwitcher
from isthmus.ui.panes import Pane, PaneRow
from isthmus.ui.state import Overlay, PaneKind, ViewStore

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
# Stored values of the flat scan, of its reconstruction and of the pinned one, and their greys in
# the window from 0 to 1000.
FIRST, SECOND, THIRD = 200, 800, 500
DARK, BRIGHT, MIDDLE = 51, 204, 128


def flat(level: int, shape: tuple[int, int, int] = (12, 40, 30)) -> Array:
    """Return voxels of one value."""
    return np.full(shape, level, np.uint16)


class Bench:
    """A window with nothing in it but panes, and every action of comparing.

    Attributes:
        store: What is looked at.
        row: The panes.
        host: The window.
    """

    def __init__(self) -> None:
        self.host = QMainWindow()
        self.store = ViewStore(self.host)
        self.row = PaneRow(self.store)
        self.host.setCentralWidget(self.row)
        self.actions = Actions(self.store, self.host)
        self.comparing = ComparisonActions(self.actions, self.store, self.row)
        self.switcher = ModeSwitcher(self.store, self.comparing.comparisons, self.host)
        self.actions.set_scan_open(True)
        self.open(a_volume(voxels=flat(FIRST), spacing=(3.0, 3.0, 3.0)), flat(SECOND))

    def open(self, volume: Volume, made: Array) -> None:
        """Show a scan and a reconstruction of it, without words but labels."""
        self.store.set_volume(volume)
        self.row.set_reconstruction(a_reconstruction(volume, 32, voxels=made))
        self.store.set_window(500, 1000)
        while self.store.state.overlay is not Overlay.NONE:
            self.store.cycle_overlay()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key as the window system does: shortcuts come before the focused widget."""
        QTest.keyClick(self.host.windowHandle(), key, modifiers)

    def hold(self, key: Qt.Key) -> None:
        """Press a key and keep it down."""
        QTest.keyPress(self.host.windowHandle(), key)

    def let_go(self, key: Qt.Key) -> None:
        """Let a key go."""
        QTest.keyRelease(self.host.windowHandle(), key)

    def point_at(self, pane: Pane) -> None:
        """Move the pointer over a pane."""
        middle = pane.canvas.rect().center()
        # Where the pointer was in the window before this one, nothing would move.
        for at in (middle + QPoint(9, 9), middle):
            QTest.mouseMove(self.host.windowHandle(), pane.canvas.mapTo(self.host, at))
        assert pane.canvas.underMouse()

    @property
    def kinds(self) -> list[PaneKind]:
        """What the visible panes show, row by row."""
        return [pane.kind for pane in self.row.panes if pane.isVisible()]

    @property
    def mixed(self) -> Pane:
        """The pane with two pictures."""
        return self.row.pane(PaneKind.MIXED)

    def greys(self, pane: Pane | None = None) -> Array:
        """Return what a pane shows, one channel, axes (row, column)."""
        return grabbed((pane or self.mixed).canvas)[..., 0]


def texts(pane: Pane) -> list[str]:
    """Return the labels of a pane."""
    return [label.text for label in pane.canvas.labels]


def centre_of(pane: Pane) -> QPoint:
    """Return the middle of a pane's picture."""
    return pane.canvas.rect().center()
