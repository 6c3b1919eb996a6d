"""Colours, type and measures of the window, as tokens. Greys have R = G = B so that no picture is tinted."""

from dataclasses import dataclass


@dataclass(frozen=True)
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
