"""Colours of the window as tokens: the dark theme, the light one, and the one in use.

Greys have R = G = B so that no picture is tinted. Contrasts and uses stand in the tests.
"""

from dataclasses import asdict, dataclass


@dataclass
class Theme:
    """Colour tokens as #rrggbb. Blue is the original, orange what came through the neck.

    `original` and `reconstruction` are for marks, lines and fills; words in these colours take
    `original_text` and `reconstruction_text`, which are darker in the light theme.
    """

    window: str = "#121212"
    panel: str = "#1b1b1b"
    control: str = "#272727"
    control_line: str = "#272727"  # round controls; as the control itself where none is to be seen
    segment: str = "#121212"  # ground of a group of buttons
    hover: str = "#323232"
    selected: str = "#404040"
    track: str = "#3a3a3a"
    line: str = "#2f2f2f"
    edge: str = "#757575"
    text: str = "#ebebeb"
    text2: str = "#b4b4b4"
    text3: str = "#919191"  # never on `selected`
    original: str = "#6fb7f2"
    original_text: str = "#6fb7f2"
    reconstruction: str = "#f2a03d"
    reconstruction_text: str = "#f2a03d"
    primary: str = "#f2a03d"
    primary_hover: str = "#f6b566"
    primary_pressed: str = "#d98c30"
    primary_text: str = "#141414"
    difference: str = "#d0d0d0"
    warning: str = "#f4dc5a"
    error: str = "#ff8a80"
    focus: str = "#ffffff"
    overlay_text: str = "#e8e8e8"


DARK = Theme()
"""What is drawn on pictures keeps these colours in every theme: panes are black."""

LIGHT = Theme(
    window="#d9d9d9",
    panel="#f1f1f1",
    control="#ffffff",
    control_line="#bdbdbd",
    segment="#ffffff",
    hover="#e3e3e3",
    selected="#c9c9c9",
    track="#cfcfcf",
    line="#c6c6c6",
    edge="#7b7b7b",
    text="#161616",
    text2="#454545",
    text3="#5f5f5f",
    original="#2a7dc6",
    original_text="#0a5ca3",
    reconstruction="#c46800",
    reconstruction_text="#8f4a00",
    primary="#a85800",
    primary_hover="#94500a",
    primary_pressed="#7d4300",
    primary_text="#ffffff",
    difference="#404040",
    warning="#6a5600",
    error="#b3261e",
    focus="#000000",
)

TOKENS = Theme()
"""The theme in use. `use` changes it in place, so read it when something is drawn, not before."""


def use(theme: Theme) -> None:
    """Give `TOKENS` the colours of a theme."""
    for name, value in asdict(theme).items():
        setattr(TOKENS, name, value)
