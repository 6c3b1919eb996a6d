"""The figures that are shown together, and how they leave the program: text, CSV, JSON."""

import csv
import io
import json
import math
from dataclasses import dataclass

from isthmus import __version__
from isthmus.quality.figures import Figures
from isthmus.ui import formats
from isthmus.ui.figures.rows import ROWS, Row, peak
from isthmus.ui.figures.scope import MEANINGS, Scope
from isthmus.ui.words import tr

_SLOW = ("haarpsi", "ms_ssim")


@dataclass(frozen=True)
class Column:
    """What one column of figures is of.

    Attributes:
        name: Its head, such as "Slice 21".
        figures: None while none is known; NaN in it is unknown or does not exist.
        still: Whose they still are if they are stale, as "still the value for 48 channels".
        still_slow: The same of HaarPSI and MS-SSIM, which come later.
    """

    name: str
    figures: Figures | None = None
    still: str = ""
    still_slow: str = ""

    def still_for(self, row: Row) -> str:
        """Return whose a figure still is; empty if it is of what is shown."""
        return self.still_slow if row.key in _SLOW else self.still


@dataclass(frozen=True)
class Table:
    """Figures side by side.

    Attributes:
        columns: From the left.
        scope: What counts in all of them but a region.
        value_range: Minimum and maximum of the original volume, in real units; None if unknown.
        title: The scan's short name.
        unit: Of its values; empty if they have none.
        reconstruction: What stands on its pictures, such as "LOSSY 93:1 · 32 ch".
    """

    columns: tuple[Column, ...] = ()
    scope: Scope = Scope.WHOLE
    value_range: tuple[float, float] | None = None
    title: str = ""
    unit: str = ""
    reconstruction: str = ""

    @property
    def data_range(self) -> float:
        """Maximum − minimum; NaN if unknown."""
        low, high = self.value_range or (math.nan, math.nan)
        return high - low

    def definition(self, row: Row) -> str:
        """Return how a measure is defined, with the range it is of."""
        return tr(row.definition).format(peak=peak(self.value_range))

    def tip(self, row: Row) -> str:
        """Return what a measure means, how it is defined, and what counts."""
        meanings = tr(row.meaning), self.definition(row), tr(MEANINGS[self.scope])
        return "<b>{}</b><br>{}<br>{}".format(*meanings)


def as_text(table: Table) -> str:
    """Return a table for the clipboard, as it is shown, with tabs between the columns."""
    lines = ["\t".join(("", *(column.name for column in table.columns)))]
    for row in ROWS:
        name = f"{row.name} ({row.unit})" if row.unit else row.name
        figures = [
            "" if column.still_for(row) else row.text(column.figures, table.data_range)
            for column in table.columns
        ]
        lines.append("\t".join((name, *figures)))
    about = [table.title, table.reconstruction, tr(MEANINGS[table.scope])]
    about.append(tr("Peak: {peak}.").format(peak=peak(table.value_range)))
    return "\n".join([*lines, *filter(None, about)]) + "\n"


def as_csv(table: Table) -> str:
    """Return a table as CSV: English, "." decimals, definitions in lines with # above it."""
    text = io.StringIO()
    for line in _about(table):
        text.write("# " + " ".join(line.split()) + "\n")
    for row in ROWS:
        text.write(f"# {row.key}: {_definition(row, table)}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("of", "voxels", *(row.key for row in ROWS)))
    for column in table.columns:
        found = column.figures
        voxels = "" if found is None else found.voxels
        values = (_value(column, row) for row in ROWS)
        writer.writerow((column.name, voxels, *("" if v is None else f"{v:.9g}" for v in values)))
    return text.getvalue()


def as_json(table: Table) -> str:
    """Return a table as one JSON object; null is unknown, "inf" infinite."""
    low, high = table.value_range or (None, None)
    found = {
        "program": f"Isthmus {__version__}",
        "note": "Research use. Not for diagnosis.",
        "scan": table.title,
        "reconstruction": table.reconstruction,
        "unit": table.unit,
        "scope": table.scope.value,
        "scope_definition": MEANINGS[table.scope],
        "minimum": low,
        "maximum": high,
        "definitions": {row.key: _definition(row, table) for row in ROWS},
        "figures": [
            {
                "of": column.name,
                "voxels": None if column.figures is None else column.figures.voxels,
                **{row.key: _finite(_value(column, row)) for row in ROWS},
            }
            for column in table.columns
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _about(table: Table) -> list[str]:
    return [
        f"Isthmus {__version__}. Research use. Not for diagnosis.",
        f"Scan: {table.title}",
        f"Reconstruction: {table.reconstruction or 'none yet'}",
        f"Counted: {table.scope.value}. {MEANINGS[table.scope]}",
        f"Errors in {table.unit or 'the units of the scan'}. Empty: unknown.",
    ]


def _definition(row: Row, table: Table) -> str:
    """Return a definition in English, whatever the language: programs read these files."""
    span = "unknown" if table.value_range is None else formats.span(*table.value_range)
    words = f"range {span}, maximum − minimum of the original over the volume"
    return row.definition.format(peak=words)


def _value(column: Column, row: Row) -> float | None:
    """Return a figure; None if it is unknown, or still another bottleneck's."""
    if column.figures is None or column.still_for(row):
        return None
    value = row.value(column.figures)
    return None if math.isnan(value) else value


def _finite(value: float | None) -> float | str | None:
    return value if value is None or math.isfinite(value) else "inf"
