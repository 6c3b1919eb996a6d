"""Whose scan it is: read only when asked for, kept nowhere, and taken out of other words.

A `Volume` and a `Source` hold nothing of this. Whoever wants to show it reads it from the file's
header at that moment.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isthmus.scans.dicom_tags import text
from isthmus.scans.failures import explained

HIDDEN = "•••"
# A name such as "Li" is part of too many words to be taken out of them; a longer one is taken out
# even where it is only part of a word.
_SHORTEST, _LONG = 3, 5


@dataclass(frozen=True)
class Identity:
    """What tells who was scanned, and when. Every field may be empty.

    The fields stay out of `repr`, so that no log and no traceback holds them.

    Attributes:
        name: Family name first, such as "Doe, Jane".
        id: What the hospital calls the patient.
        birth_date: As 1970-01-31, where the file holds a date.
        study_date: When the scan was made, likewise.
    """

    name: str = field(default="", repr=False)
    id: str = field(default="", repr=False)
    birth_date: str = field(default="", repr=False)
    study_date: str = field(default="", repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """Up to two lines that tell it; empty if the file tells nothing."""
        who = "  ".join(part for part in (self.name, self.id) if part)
        dates = (("born", self.birth_date), ("scanned", self.study_date))
        when = "  ".join(f"{word} {date}" for word, date in dates if date)
        return tuple(line for line in (who, when) if line)


def identity(path: Path) -> Identity:
    """Read from a file's header whose scan it is. What is not DICOM tells nothing.

    Raises:
        ScanError: The file cannot be read.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    with explained(path):
        try:
            return of_dataset(pydicom.dcmread(path, stop_before_pixels=True))
        except InvalidDicomError:
            return Identity()


def of_dataset(dataset: Any) -> Identity:
    """Return whose scan a parsed header says it is."""
    return Identity(
        name=_name(text(dataset, "PatientName")),
        id=text(dataset, "PatientID"),
        birth_date=day(text(dataset, "PatientBirthDate")),
        study_date=day(text(dataset, "StudyDate")),
    )


def without_identity(words: str, dataset: Any) -> str:
    """Return words from a header without the patient's name, ID and date of birth.

    People write them into descriptions, which stand in titles and lists for all to see.
    """
    secrets = re.split(r"[\^=,\s]+", text(dataset, "PatientName"))
    whole = "".join(secrets)
    secrets = [whole, *secrets, text(dataset, "PatientID"), text(dataset, "PatientBirthDate")]
    for secret in sorted({one for one in secrets if len(one) >= _SHORTEST}, key=len, reverse=True):
        bounds = ("", "") if len(secret) >= _LONG else (r"(?<![^\W_])", r"(?![^\W_])")
        pattern = re.escape(secret).join(bounds)
        words = re.sub(pattern, HIDDEN, words, flags=re.IGNORECASE)
    return words


def day(date: str) -> str:
    """Return DICOM's YYYYMMDD as YYYY-MM-DD, and anything else as it is."""
    found = re.fullmatch(r"(\d{4})\.?(\d{2})\.?(\d{2})", date.strip())
    return "-".join(found.groups()) if found else date.strip()


def _name(written: str) -> str:
    """Return a DICOM name, "Doe^Jane^M^Dr=…", as people write it in a list."""
    group = next((part for part in written.split("=") if part.strip("^ ")), "")
    family, *others = [part.strip() for part in group.split("^")]
    given = " ".join(part for part in others if part)
    return ", ".join(part for part in (family, given) if part)
