"""The row of tools under the menu: plane, window, part, cursor, text, zoom, open, screenshot."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from isthmus.ui.actions import NO_FOCUS, PLANES, Actions
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.part_choice import PartChoice
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.windowing.field import window_text
from isthmus.ui.words import tr

_TALL, _LOW = 44, 38


class ToolBar(QFrame):
    """Buttons for the window's actions; 44 px high, 38 where room is short."""

    def __init__(self, store: ViewStore, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAccessibleName("Tools")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)

        planes = QFrame()
        planes.setProperty("role", "segment")
        segment = QHBoxLayout(planes)
        segment.setContentsMargins(2, 2, 2, 2)
        segment.setSpacing(2)
        for plane in PLANES:
            segment.addWidget(self._button(actions.planes[plane], words=True))
        row.addWidget(planes)
        row.addSpacing(12)

        self.window_field = QToolButton()
        self.window_field.setProperty("role", "field")
        self.window_field.setIcon(icon("circle-half"))
        self.window_field.setIconSize(SIZE)
        self.window_field.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.window_field.setToolTip(
            tr("Window width / centre. Drag on a picture changes it; press for the histogram.")
        )
        self.window_field.setAccessibleName(tr("Window width and centre"))
        self.window_field.setFocusPolicy(NO_FOCUS)
        row.addWidget(self.window_field)
        row.addSpacing(12)
        self.parts = PartChoice(actions)
        row.addWidget(self.parts)

        actions.crosshair.setIcon(icon("crosshair"))
        actions.overlay.setIcon(icon("text-t"))
        actions.fit.setIcon(icon("frame-corners"))
        actions.open_file_action.setIcon(icon("folder-open"))
        actions.open_folder_action.setIcon(icon("folder-plus"))
        actions.screenshot.setIcon(icon("camera"))
        actions.privacy.setIcon(icon("eye"))
        for action in (actions.crosshair, actions.overlay, actions.fit):
            row.addWidget(self._button(action))
        row.addWidget(self._button(actions.one_to_one, words=True))
        self._row = row
        self._extra = row.count()
        row.addStretch(1)
        for action in (actions.open_file_action, actions.screenshot):
            row.addWidget(self._button(action))

        self._store = store
        store.changed.connect(self._follow)
        store.volume_changed.connect(self._show_window)
        self._show_window()

    def set_compact(self, compact: bool) -> None:
        """Choose between the high and the low row."""
        self.setFixedHeight(_LOW if compact else _TALL)

    def add(self, action: QAction, sign: str) -> QToolButton:
        """Put a tool after the others.

        Args:
            action: What it does.
            sign: Phosphor's name of its icon.
        """
        action.setIcon(icon(sign))
        button = self._button(action)
        self._row.insertWidget(self._extra, button)
        self._extra += 1
        return button

    def _button(self, action: QAction, *, words: bool = False) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(SIZE)
        button.setFocusPolicy(NO_FOCUS)
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setProperty("role", "word")
        else:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    @Slot(object, object)
    def _follow(self, new: ViewState, old: ViewState) -> None:
        text = window_text(new, self._store.volume)
        if text != window_text(old, self._store.volume):
            self._show_window()

    @Slot()
    def _show_window(self) -> None:
        self.window_field.setText(window_text(self._store.state, self._store.volume))
