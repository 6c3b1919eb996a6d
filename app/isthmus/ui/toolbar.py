"""The row of tools under the menu: plane, window, part, cursor, text, zoom, open, screenshot."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from isthmus.ui.actions import NO_FOCUS, PLANES, Actions, key_text, plain_text
from isthmus.ui.icons import SIZE, icon
from isthmus.ui.part_choice import PartChoice
from isthmus.ui.regions import walk_in_reading_order
from isthmus.ui.state import ViewState, ViewStore
from isthmus.ui.theme import scaled
from isthmus.ui.windowing.field import window_text
from isthmus.ui.words import tr

_TALL, _LOW = 44, 38
_SEGMENT = 30
_WORDS = 1200  # a narrower row has no room for words in fields that open something


class ToolBar(QFrame):
    """Buttons for the window's actions; 44 px high, 38 where room is short."""

    def __init__(self, store: ViewStore, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAccessibleName(tr("Tools"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)

        self._planes = QFrame()
        self._planes.setProperty("role", "segment")
        self._planes.setFixedHeight(scaled(_SEGMENT))
        segment = QHBoxLayout(self._planes)
        segment.setContentsMargins(2, 0, 2, 0)
        segment.setSpacing(2)
        for plane in PLANES:
            segment.addWidget(self._button(actions.planes[plane], words=True))
        row.addWidget(self._planes)
        self._plane_field = _field("", tr("Plane"), tr("Plane of the panes (Alt+X, Alt+Y, Alt+Z)"))
        self._plane_field.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._plane_menu = QMenu(self)
        self._plane_menu.addActions([actions.planes[plane] for plane in PLANES])
        self._plane_field.setMenu(self._plane_menu)
        row.addWidget(self._plane_field)
        row.addSpacing(12)

        self.window_field = _field(
            "circle-half",
            tr("Window width and centre"),
            tr("Window width / centre. Drag on a picture changes it; press for the histogram."),
        )
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
        self._right = QHBoxLayout()
        self._right.setSpacing(4)
        row.addLayout(self._right)
        for action in (actions.open_file_action, actions.screenshot):
            self._right.addWidget(self._button(action))

        self._store = store
        self._actions = actions
        self._worded: list[tuple[QToolButton, str, str]] = []
        store.changed.connect(self._follow)
        store.volume_changed.connect(self._show_window)
        self._show_window()
        self._show_plane()

    def set_compact(self, compact: bool) -> None:
        """Choose between the high and the low row."""
        self.setFixedHeight(scaled(_LOW if compact else _TALL))
        self._planes.setVisible(not compact)
        self._plane_field.setVisible(compact)
        for field, words, short in self._worded:
            field.setText(short if compact else words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of fields out where there is no room for them."""
        super().resizeEvent(event)
        wide = event.size().width() >= scaled(_WORDS)
        style = Qt.ToolButtonStyle
        for field, _, _ in self._worded:
            field.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from the left to the right, whoever put what where."""
        super().showEvent(event)
        self._row.activate()
        walk_in_reading_order(self)

    def put_first(self, widget: QWidget) -> None:
        """Put a group of tools before all others."""
        self._row.insertWidget(0, widget)
        self._row.insertSpacing(1, 12)
        self._extra += 2

    def add_right(self, action: QAction, sign: str) -> QToolButton:
        """Put a tool at the right end.

        Args:
            action: What it does.
            sign: Phosphor's name of its icon.
        """
        action.setIcon(icon(sign))
        button = self._button(action)
        self._right.addWidget(button)
        return button

    def add_field(self, action: QAction, sign: str, words: str, short: str) -> QToolButton:
        """Put a field that opens something before the tools at the right end.

        Args:
            action: What it does.
            sign: Phosphor's name of its icon.
            words: What stands in it, before its key.
            short: What stands in it where room is short.
        """
        field = _field(sign, words, action.toolTip())
        self._worded.append((field, f"{words}   {key_text(action)}", short))
        field.clicked.connect(action.trigger)
        self._right.insertWidget(0, field)
        self._right.insertSpacing(1, 8)
        return field

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
        if new.plane != old.plane:
            self._show_plane()

    def _show_plane(self) -> None:
        self._plane_field.setText(plain_text(self._actions.planes[self._store.state.plane]))

    @Slot()
    def _show_window(self) -> None:
        self.window_field.setText(window_text(self._store.state, self._store.volume))


def _field(sign: str, name: str, tip: str) -> QToolButton:
    """Return a button that looks like a field with a value in it."""
    field = QToolButton()
    field.setProperty("role", "field")
    if sign:
        field.setIcon(icon(sign))
        field.setIconSize(SIZE)
    field.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    field.setToolTip(tip)
    field.setAccessibleName(name)
    field.setFocusPolicy(NO_FOCUS)
    field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return field
