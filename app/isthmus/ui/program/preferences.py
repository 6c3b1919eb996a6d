"""Every setting there is, declared once: this table builds the dialog and says what is usual."""

from dataclasses import dataclass
from enum import StrEnum

from isthmus.ui.cache import BUDGET
from isthmus.ui.storage.sums import LINE_KEY, LINES, OWN_LINE, PER_DAY_KEY, SCANS_PER_DAY
from isthmus.ui.view_state import Convention, Interpolation
from isthmus.ui.words import LANGUAGES, later

Value = str | int | float | bool

THEME = "appearance/theme"
TEXT_SCALE = "appearance/text-scale"
REDUCE_MOTION = "appearance/reduce-motion"
LANGUAGE = "appearance/language"
MOUSE = "mouse/preset"
MOUSE_GAIN = "mouse/window-gain"
FLICKER = "comparison/flicker-hz"
MEMORY = "work/memory-mib"


@dataclass(frozen=True)
class Choice:
    """One of a few values, each with its name."""

    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Span:
    """A number within bounds.

    Attributes:
        low: The smallest.
        high: The largest.
        step: What an arrow changes it by.
        unit: What stands behind it.
        decimals: Digits behind the decimal sign.
    """

    low: float
    high: float
    step: float
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Switch:
    """On or off."""


@dataclass(frozen=True)
class Preference:
    """One setting.

    Attributes:
        key: Its name where settings are kept; empty if whoever owns the state's field keeps it.
        title: What it is called.
        kind: What it can be.
        usual: What it is unless someone chose otherwise.
        tip: What it does, in a sentence.
        field: Field of the view's state that it is, if it is one.
        names: What the field's values are, if they have names.
    """

    key: str
    title: str
    kind: Choice | Span | Switch
    usual: Value
    tip: str = ""
    field: str = ""
    names: type[StrEnum] | None = None

    def of(self, value: Value) -> object:
        """Return a kept value as the state's field has it."""
        return value if self.names is None else self.names(str(value))


def sections() -> tuple[tuple[str, tuple[Preference, ...]], ...]:
    """Return the settings by section, in the dialog's order."""
    return (
        (later("Appearance"), _APPEARANCE),
        (later("Pictures"), _PICTURES),
        (later("Mouse"), _MOUSE),
        (later("Storage"), _storage()),
        (later("Work"), _WORK),
    )


def _storage() -> tuple[Preference, ...]:
    lines = tuple((line.key, line.title()) for line in LINES)
    return (
        Preference(
            PER_DAY_KEY,
            later("Scans a working day"),
            Span(1, 10_000, 1),
            SCANS_PER_DAY,
            later("What a year of scans like the open one is summed up from."),
        ),
        Preference(
            LINE_KEY,
            later("Line"),
            Choice((*lines, (OWN_LINE, later("Own line")))),
            LINES[0].key,
            later("What scans are sent on. The rate of an own line stands in the storage panel."),
        ),
    )


_APPEARANCE = (
    Preference(
        THEME,
        later("Theme"),
        Choice((("dark", later("Dark")), ("light", later("Light")), ("system", later("System")))),
        "dark",
        later("Reading rooms are dark, so dark is usual. Pictures stand on black in both."),
    ),
    Preference(
        TEXT_SCALE,
        later("Text size"),
        Span(100, 150, 5, " %"),
        100,
        later("How large text and the bars that hold it are. Holds from the next start on."),
    ),
    Preference(
        REDUCE_MOTION,
        later("Reduce motion"),
        Switch(),
        False,
        later("Handles and cards jump instead of gliding."),
    ),
    Preference(
        LANGUAGE,
        later("Language"),
        Choice((("", later("System")), *LANGUAGES.items())),
        "",
        later("Holds from the next start on."),
    ),
)
_PICTURES = (
    Preference(
        "",
        later("Interpolation"),
        Choice(
            (
                (Interpolation.NEAREST, later("Nearest")),
                (Interpolation.LINEAR, later("Linear")),
                (Interpolation.CUBIC, later("Cubic")),
            )
        ),
        Interpolation.LINEAR,
        later("How voxels become pixels, in every pane alike."),
        "interpolation",
        Interpolation,
    ),
    Preference(
        "",
        later("Convention"),
        Choice(
            (
                (Convention.RADIOLOGICAL, later("Radiological")),
                (Convention.NEUROLOGICAL, later("Neurological")),
            )
        ),
        Convention.RADIOLOGICAL,
        later("Radiological: the patient's right is at the left of the picture."),
        "convention",
        Convention,
    ),
    Preference(
        FLICKER,
        later("Flicker rate"),
        Span(0.5, 5, 0.5, " Hz", 1),
        2.0,
        later(
            "How many times a second flicker shows both pictures. Above 3 Hz, flashing can harm."
        ),
        "flicker_hz",
    ),
)
_MOUSE = (
    Preference(
        MOUSE,
        later("Buttons"),
        Choice(
            (
                ("clinical", later("Clinical")),
                ("right", later("Right-button windowing")),
                ("neuro", later("Neuro")),
            )
        ),
        "clinical",
        later(
            "Clinical: left drags the window, right zooms, middle pans. "
            "Right-button windowing: right drags the window, with Shift it pans, with Ctrl it "
            "zooms; left moves the cursor. "
            "Neuro: left moves the cursor, right zooms, middle pans, Ctrl+Shift drags the window."
        ),
    ),
    Preference(
        MOUSE_GAIN,
        later("Window by drag"),
        Span(25, 400, 25, " %"),
        100,
        later("How much a drag changes the window."),
    ),
)
_WORK = (
    Preference(
        MEMORY,
        later("Memory for reconstructions"),
        Span(128, 16384, 128, " MiB"),
        BUDGET >> 20,
        later("What is used least is made again when it is wanted. Holds from the next start on."),
    ),
)
