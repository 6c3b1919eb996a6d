"""The colour maps to choose from: grey, and some whose steps look equally large.

Each runs from dark to bright without turning back, so its order reads without colour too, and
people with any kind of colour vision tell its parts. None is chosen for anyone. The tables are
those of the `cmap` library: viridis, magma and inferno by S. van der Walt and N. Smith (CC0),
cividis by J. Nuñez, C. Anderton and R. Renslow (2018), batlow and acton by F. Crameri (MIT).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from isthmus.ui.words import tr

GREY = "grey"
ENTRIES = 256


@dataclass(frozen=True)
class ColourMap:
    """A colour map that can be chosen.

    Attributes:
        name: What the state calls it.
        source: What the library calls it; empty for greys, which need no table.
    """

    name: str
    source: str = ""

    @property
    def title(self) -> str:
        """What it is called in menus: a name of its own, and so in every language."""
        return tr("Grey") if self.name == GREY else self.name.capitalize()


COLOUR_MAPS = (
    ColourMap(GREY),
    ColourMap("cividis", "cividis"),
    ColourMap("viridis", "viridis"),
    ColourMap("magma", "magma"),
    ColourMap("inferno", "inferno"),
    ColourMap("batlow", "crameri:batlow"),
    ColourMap("acton", "crameri:acton"),
)


def known(name: str) -> bool:
    """Whether a colour map can be chosen."""
    return any(each.name == name for each in COLOUR_MAPS)


@cache
def table(name: str) -> npt.NDArray[np.uint32]:
    """Return a colour map as 0xffRRGGBB, 256 entries from the lowest value to the highest.

    Raises:
        KeyError: There is no such colour map.
    """
    source = {each.name: each.source for each in COLOUR_MAPS}[name]
    if not source:
        channels = np.repeat(np.arange(ENTRIES, dtype=np.uint32)[:, None], 3, axis=1)
    else:
        from cmap import Colormap

        channels = np.rint(255 * Colormap(source).lut(ENTRIES)[:, :3]).astype(np.uint32)
    made: npt.NDArray[np.uint32] = np.full(ENTRIES, 0xFF, dtype=np.uint32)
    for channel in channels.T:
        made = made * np.uint32(256) | channel
    made.flags.writeable = False
    return made
