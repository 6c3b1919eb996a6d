"""What tests of grey values ask of the whole window."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from scenes import Array, a_reconstruction, grabbed

from isthmus.ui.pictures import Reconstruction
from isthmus.ui.state import PaneKind
from isthmus.ui.window import Window


def with_reconstruction(window: Window) -> Reconstruction:
    """Show a reconstruction that is 200 brighter than the scan, without any codec."""
    QApplication.processEvents()  # the model would be loaded, were it chosen by then
    window.session.choose_model()
    volume, model = window.store.volume, window.session.model
    assert volume is not None
    assert model is not None
    made = a_reconstruction(volume, 200)
    bottleneck = model.bottlenecks[1]
    made = Reconstruction(bottleneck, made.voxels, made.ready, 1000, made.stored_bytes)
    window.viewer.panes.set_reconstruction(made)
    return made


def pane(window: Window, kind: PaneKind) -> QWidget:
    """Return the picture of a kind."""
    return window.viewer.panes.pane(kind).canvas


def key(
    window: Window,
    which: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key over the pictures."""
    window.activateWindow()
    QTest.keyClick(pane(window, PaneKind.ORIGINAL), which, modifiers)
    QApplication.processEvents()


def greys(window: Window, kind: PaneKind) -> Array:
    """Return the pixels in the middle of a picture, where no word and no cursor is."""
    shown = grabbed(pane(window, kind))
    rows, columns = shown.shape[:2]
    return shown[rows // 4 : rows // 2 - 20, columns // 3 : columns // 2 - 20].astype(np.int64)
