"""Colours, type and measures of the window, as tokens, and the style sheet made from them.

Greys have R = G = B so that no picture is tinted.
"""

import re
from dataclasses import asdict, dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from isthmus.ui.focus import FocusRing
from isthmus.ui.mnemonics import HiddenMnemonics, Mnemonics


@dataclass
class Theme:
    """Colour tokens as #rrggbb. Blue is the original, orange what came through the neck."""

    window: str = "#121212"
    panel: str = "#1b1b1b"
    control: str = "#272727"
    hover: str = "#323232"
    selected: str = "#404040"
    track: str = "#3a3a3a"
    line: str = "#2f2f2f"
    edge: str = "#757575"
    text: str = "#ebebeb"
    text2: str = "#b4b4b4"
    text3: str = "#919191"
    original: str = "#6fb7f2"
    reconstruction: str = "#f2a03d"
    primary_text: str = "#141414"
    difference: str = "#d0d0d0"
    warning: str = "#f4dc5a"
    error: str = "#ff8a80"
    focus: str = "#ffffff"
    overlay_text: str = "#e8e8e8"


DARK = Theme()
"""What is drawn on pictures keeps these colours in every theme: panes are black."""

TOKENS = Theme()
"""The theme in use. `apply` changes it in place, so read it when something is drawn, not before."""


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


def style_sheet(theme: Theme = TOKENS) -> str:
    """Return the style sheet of the whole program.

    Widgets choose a look by the dynamic property `role`: labels `title`, `heading`, `secondary`,
    `caption`; buttons `primary`, `link`, `quiet`.
    """
    t = theme
    sheet = f"""
* {{ outline: none; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.panel}; }}
QToolTip {{
    background: {t.control}; color: {t.text}; border: 1px solid {t.edge}; padding: 6px 8px;
    font-size: 12px;
}}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-weight: 600; }}
QLabel[role="heading"] {{ font-size: 18px; font-weight: 600; }}
QLabel[role="secondary"] {{ font-size: 12px; color: {t.text2}; }}
QLabel[role="caption"] {{ font-size: 11px; color: {t.text3}; }}

QMenuBar {{ background: {t.window}; color: {t.text2}; padding: 0; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 5px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {t.hover}; color: {t.text}; }}
QMenu {{ background: {t.control}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.edge}; }}
QMenu::separator {{ height: 1px; background: {t.track}; margin: 4px 8px; }}
QMenu::icon {{ left: 6px; }}

QToolBar {{ background: {t.panel}; border: none; spacing: 4px; padding: 0 12px; }}
QToolBar::separator {{ background: {t.line}; width: 1px; margin: 8px 6px; }}
QStatusBar {{ background: {t.window}; color: {t.text2}; border-top: 1px solid {t.line}; }}
QStatusBar QLabel {{ font-size: 12px; color: {t.text2}; }}
QStatusBar::item {{ border: none; }}

QPushButton, QComboBox, QLineEdit, QAbstractSpinBox {{
    background: {t.control}; border: 1px solid transparent; border-radius: 5px;
    min-height: 26px; padding: 0 12px;
}}
QPushButton:hover, QComboBox:hover {{ background: {t.hover}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.selected}; }}
QPushButton:disabled {{ background: transparent; border-color: {t.line}; color: {t.edge}; }}
QPushButton[role="primary"] {{
    background: {t.reconstruction}; color: {t.primary_text}; min-height: 38px; padding: 0 20px;
    font-size: 14px; font-weight: 500;
}}
QPushButton[role="primary"]:hover {{ background: #f6b566; }}
QPushButton[role="primary"]:pressed {{ background: #d98c30; }}
QPushButton[role="link"], QPushButton[role="quiet"] {{
    background: transparent; min-height: 22px; padding: 0 6px;
}}
QPushButton[role="link"] {{ font-size: 12px; color: {t.text2}; padding: 0 1px; }}
QPushButton[role="link"]:hover {{ color: {t.text}; background: transparent; }}
QPushButton[role="quiet"] {{ font-weight: 500; }}
QPushButton[role="quiet"]:hover {{ background: {t.selected}; }}

QToolButton {{
    background: transparent; color: {t.text2}; border: none; border-radius: 5px;
    padding: 0 6px; min-width: 16px; min-height: 28px;
}}
QToolButton:hover {{ background: {t.hover}; color: {t.text}; }}
QToolButton:pressed, QToolButton:checked {{ background: {t.selected}; color: {t.text}; }}
QToolButton:disabled {{ color: {t.edge}; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QAbstractSpinBox {{ border-color: {t.edge}; selection-background-color: {t.edge}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{
    background: {t.control}; border: 1px solid {t.edge}; selection-background-color: {t.selected};
}}

QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {t.track}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: none; border: none; width: 0; height: 0;
}}
QAbstractScrollArea {{ background: transparent; border: none; }}

QProgressBar {{
    background: {t.track}; border: none; border-radius: 2px; min-height: 4px; max-height: 4px;
}}
QProgressBar::chunk {{ background: {t.text2}; border-radius: 2px; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {t.text2}; padding: 7px 2px; margin-right: 18px;
    border-bottom: 2px solid transparent;
}}
QTabBar::tab:selected {{ color: {t.text}; font-weight: 600; border-bottom-color: {t.text}; }}
QTabBar::tab:hover {{ color: {t.text}; }}

QSplitter::handle {{ background: {t.line}; }}
"""
    return enlarged(sheet)


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
    for name, value in asdict(theme).items():
        setattr(TOKENS, name, value)
    first = app.findChild(FocusRing.Watcher) is None
    if first:
        app.setStyle(HiddenMnemonics(Mnemonics(app)))
    app.setFont(font(13))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme))
    if first:
        FocusRing.Watcher(app, QColor(theme.focus))
