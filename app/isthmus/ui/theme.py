"""The look of the program: type, palette, and the one call that gives it to every widget."""

import re
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from isthmus.ui.focus import FocusRing
from isthmus.ui.mnemonics import HiddenMnemonics, Mnemonics
from isthmus.ui.style_sheet import style_sheet
from isthmus.ui.tokens import DARK, LIGHT, TOKENS, Theme, use

__all__ = ["DARK", "LIGHT", "TOKENS", "Theme"]


@cache
def family() -> str:
    """Return the typeface: Inter where it is installed, else the system's sans.

    Needs a running `QApplication`.
    """
    if "Inter" in QFontDatabase.families():
        return "Inter"
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


LARGEST_TEXT = 1.5
_SIZES = re.compile(r"(font-size: |min-height: |max-height: )(\d+)px")


class _Text:
    """How much larger than usual text is."""

    scale = 1.0


def text_scale() -> float:
    """Return how much larger than usual text is, 1 to 1.5."""
    return _Text.scale


def scaled(pixels: float) -> int:
    """Return a length that grows with the text, such as the height of a bar with words in it."""
    return round(pixels * _Text.scale)


def font(pixels: int, weight: int = 400) -> QFont:
    """Return the window's typeface with tabular figures, at the person's text scale.

    Args:
        pixels: Size in device-independent pixels at a scale of 1; 11 is the smallest in use.
        weight: 400, 500 or 600.
    """
    return _font(scaled(pixels), weight)


@cache
def _font(pixels: int, weight: int) -> QFont:
    made = QFont(family())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def colour(token: str, alpha: float = 1.0) -> QColor:
    """Return a token such as `DARK.text` as a Qt colour, optionally translucent."""
    made = QColor(token)
    made.setAlphaF(alpha)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another look of the style sheet, such as `"note"`; empty for the usual."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def palette(theme: Theme = TOKENS) -> QPalette:
    """Return the palette for what the style sheet does not reach, such as native file dialogs."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, token in (
        (role.Window, theme.panel),
        (role.WindowText, theme.text),
        (role.Base, theme.control),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.text3),
        (role.Button, theme.control),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.focus),
        (role.ToolTipBase, theme.control),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.selected),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.selected),
        (role.Link, theme.text),
        (role.LinkVisited, theme.text2),
        (role.Light, theme.hover),
        (role.Midlight, theme.track),
        (role.Mid, theme.line),
        (role.Dark, theme.window),
        (role.Shadow, "#000000"),
    ):
        made.setColor(name, QColor(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.edge))
    return made


def enlarged(sheet: str) -> str:
    """Return a style sheet with its sizes of type, and the heights that hold it, at text scale."""
    return _SIZES.sub(lambda found: f"{found[1]}{scaled(int(found[2]))}px", sheet)


def apply(app: QApplication, theme: Theme = DARK, scale: float | None = None) -> None:
    """Give the program its style, type, palette, style sheet and focus ring.

    Args:
        app: The program.
        theme: Its colours.
        scale: How much larger than usual text is, 1 to 1.5; as before if None. What is on the
            screen already keeps its size.
    """
    if scale is not None:
        _Text.scale = min(max(scale, 1.0), LARGEST_TEXT)
    use(theme)
    first = app.findChild(FocusRing.Watcher) is None
    if first:
        app.setStyle(HiddenMnemonics(Mnemonics(app)))
    app.setFont(font(13))
    app.setPalette(palette(theme))
    app.setStyleSheet(enlarged(style_sheet(theme)))
    if first:
        FocusRing.Watcher(app)
