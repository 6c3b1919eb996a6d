"""Bytes and seconds, without Qt: what rows the panel has, and what a year of them comes to.

A second on a line is bits over its rate: bytes · 8 / rate, without any overhead of protocols.
"""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QLocale

from isthmus.ui import formats
from isthmus.ui.words import tr

WORKING_DAYS = 250
SCANS_PER_DAY = 20
LINE_KEY, PER_DAY_KEY = "storage-line", "storage-scans-a-day"
"""What settings call the line that was chosen, and scans a working day."""
OWN_LINE = "own"
_SPACE = "\u00a0"


@dataclass(frozen=True)
class Line:
    """A line that a scan may be sent on.

    Attributes:
        key: As settings have it.
        megabits: Per second; a megabit is a million bits.
    """

    key: str
    megabits: float

    def title(self) -> str:
        """Return its name for people."""
        rate = rate_text(self.megabits)
        kinds = {"dsl": tr("DSL {rate}"), "4g": tr("4G {rate}")}
        return kinds.get(self.key, "{rate}").format(rate=rate)


LINES = (Line("dsl", 16.0), Line("4g", 20.0), Line("100m", 100.0), Line("1g", 1000.0))


class Kind(Enum):
    """What a row of the panel is about."""

    STORED = "stored"
    LOSSLESS = "lossless"
    JPEG_2000 = "jpeg2000"
    BOTTLENECK = "bottleneck"


@dataclass(frozen=True)
class Row:
    """One way to keep this scan.

    Attributes:
        kind: Which.
        name: For people.
        size: Bytes; None where it is not known.
        estimated: Whether the size is expected, not measured.
        state: In place of figures that are not known: that it is being encoded, or why it is not.
        about: What it is, for a tooltip.
    """

    kind: Kind
    name: str
    size: float | None
    estimated: bool = False
    state: str = ""
    about: str = ""


@dataclass(frozen=True)
class Habit:
    """How many such scans are made, and what they are sent on.

    Attributes:
        per_day: Scans a working day.
        megabits: Rate of the line, in million bits a second.
    """

    per_day: int = SCANS_PER_DAY
    megabits: float = LINES[0].megabits

    @property
    def per_year(self) -> int:
        """Scans a year of 250 working days."""
        return self.per_day * WORKING_DAYS

    def seconds(self, size: float) -> float:
        """Return how long bytes take on the line."""
        return size * 8 / (self.megabits * 1e6)


def seconds_text(seconds: float | None, *, estimated: bool = False) -> str:
    """Return a time in seconds to three figures, such as "4.58 s" or "22,913 s"."""
    if seconds is None:
        return formats.UNKNOWN
    about = "≈" if estimated else ""
    if seconds < 0.0005:
        return f"<{formats.number(0.001, 3)}{_SPACE}s"
    if seconds >= 99.95:
        return f"{about}{QLocale().toString(round(seconds))}{_SPACE}s"
    decimals = 1 if seconds >= 9.995 else 2 if seconds >= 0.1 else 3
    return f"{about}{formats.number(seconds, decimals)}{_SPACE}s"


def gigabytes_text(size: float | None, *, estimated: bool = False) -> str:
    """Return bytes in GB to three figures, such as "45.8 GB"; 1 GB = 10⁹ bytes."""
    if size is None:
        return formats.UNKNOWN
    about = "≈" if estimated else ""
    count = size / 1e9
    if 0 < count < 0.0005:
        return f"<{formats.number(0.001, 3)}{_SPACE}GB"
    if count >= 999.5:
        return f"{about}{QLocale().toString(round(count))}{_SPACE}GB"
    decimals = 0 if count >= 99.95 else 1 if count >= 9.995 else 2 if count >= 0.9995 else 3
    return f"{about}{formats.number(count, decimals)}{_SPACE}GB"


def duration_text(seconds: float) -> str:
    """Return a long time in words, such as "6.4 hours"; empty below two minutes."""
    for length, text in (
        (172_800.0, tr("{count} days")),
        (7_200.0, tr("{count} hours")),
        (120.0, tr("{count} minutes")),
    ):
        if seconds >= length:
            unit = {172_800.0: 86_400.0, 7_200.0: 3_600.0, 120.0: 60.0}[length]
            return text.format(count=formats.number(seconds / unit, 1))
    return ""


def rate_text(megabits: float) -> str:
    """Return a rate such as "16 Mbit/s" or "1 Gbit/s"."""
    value, unit = (megabits / 1000, "Gbit/s") if megabits >= 1000 else (megabits, "Mbit/s")
    figure = formats.number(value, 0 if float(value).is_integer() else 1)
    return f"{figure}{_SPACE}{unit}"
