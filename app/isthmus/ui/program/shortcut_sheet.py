"""Every key and gesture on one sheet, by menu, to be searched."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from isthmus.ui.actions import Actions, Gesture, key_text, plain_text
from isthmus.ui.program.commands import Command
from isthmus.ui.program.search import plain
from isthmus.ui.words import tr

_SIZE = (620, 640)


class ShortcutSheet(QDialog):
    """Gestures first, then keys by the menu where their commands are.

    Args:
        commands: What the menus offer.
        actions: What has keys, in menus or not, and the gestures.
        parent: The window.

    Attributes:
        field: Leaves only what its words are in.
    """

    def __init__(self, commands: Iterable[Command], actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find a key or what it does"))
        self.field.setAccessibleName(tr("Find a key or what it does"))
        self.field.textChanged.connect(self._search)
        self._nothing = QLabel(tr("No key does that."))
        self._nothing.setProperty("role", "dim")
        self._groups: list[tuple[QWidget, list[tuple[str, tuple[QLabel, QLabel]]]]] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(16)
        for title, rows in _grouped(commands, actions):
            column.addWidget(self._group(title, rows))
        column.addWidget(self._nothing)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 12, 16)
        whole.setSpacing(16)
        whole.addWidget(self.field)
        whole.addWidget(area, 1)
        whole.addWidget(buttons)
        self.resize(_SIZE[0], min(_SIZE[1], parent.window().height() - 80))
        self._search("")

    def _group(self, title: str, rows: list[tuple[str, str]]) -> QWidget:
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 200)
        grid.setColumnStretch(1, 1)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        grid.addWidget(heading, 0, 0, 1, 2)
        labels = []
        for at, (keys, does) in enumerate(rows, start=1):
            pair = QLabel(keys), QLabel(does)
            for place, label in enumerate(pair):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                grid.addWidget(label, at, place, Qt.AlignmentFlag.AlignTop)
            pair[1].setProperty("role", "dim")
            labels.append((plain(f"{title} {keys} {does}"), pair))
        self._groups.append((group, labels))
        return group

    def _search(self, text: str) -> None:
        words = plain(text).split()
        any_shown = False
        for group, rows in self._groups:
            shown = False
            for said, labels in rows:
                fits = all(word in said for word in words)
                shown = shown or fits
                for label in labels:
                    label.setVisible(fits)
            group.setVisible(shown)
            any_shown = any_shown or shown
        self._nothing.setVisible(not any_shown)


def _grouped(
    commands: Iterable[Command], actions: Actions
) -> Iterable[tuple[str, list[tuple[str, str]]]]:
    """Return titles, each with its keys and what they do."""
    yield tr("Mouse"), [_said(gesture) for gesture in actions.gestures]
    groups: dict[str, list[tuple[str, str]]] = {}
    found = set()
    for command in commands:
        found.add(command.action)
        if command.keys:
            groups.setdefault(command.path[0], []).append((command.keys, command.title.rstrip("…")))
    yield from groups.items()
    others = [each for each in actions.listed if each not in found and key_text(each)]
    if others:
        yield tr("Without a menu"), [(key_text(each), plain_text(each)) for each in others]


def _said(gesture: Gesture) -> tuple[str, str]:
    return tr(gesture.keys), tr(gesture.does)
