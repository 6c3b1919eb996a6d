"""Whose scan it is: read only when asked for, kept nowhere, and taken out of other words.

A `Volume` and a `Source` hold nothing of this. Whoever wants to show it reads it from the file's
header at that moment.
"""

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from isthmus.errors import ScanError
from isthmus.scans.dicom_deflated import open_dicom
from isthmus.scans.dicom_tags import text
from isthmus.scans.failures import explained

HIDDEN = "•••"
# A name such as "Li" is part of too many words to be taken out of them; a longer one is taken out
# even where it is only part of a word.
_SHORTEST, _LONG = 3, 5
_DATES = ("PatientBirthDate", "StudyDate", "SeriesDate")
_TAGS = ("SpecificCharacterSet", "PatientName", "PatientID", *_DATES)


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
    header = _header(path)
    return Identity() if header is None else of_dataset(header)


def of_dataset(dataset: Any) -> Identity:
    """Return whose scan a parsed header says it is."""
    return Identity(
        name=_name(text(dataset, "PatientName")),
        id=text(dataset, "PatientID"),
        birth_date=day(text(dataset, "PatientBirthDate")),
        study_date=day(text(dataset, "StudyDate")),
    )


def without_identity(words: str, dataset: Any) -> str:
    """Return words without the patient's name and ID and without the dates of a parsed header.

    People write them into descriptions and names of folders, which stand in titles and lists for
    all to see.
    """
    names = re.split(r"[\^=,\s]+", text(dataset, "PatientName"))
    dates = [day(text(dataset, keyword)) for keyword in _DATES]
    spelled = [date.replace("-", mark) for date in dates for mark in ("", "-", "_", ".")]
    secrets = {"".join(names), *names, text(dataset, "PatientID"), *spelled}
    for secret in sorted((one for one in secrets if len(one) >= _SHORTEST), key=len, reverse=True):
        bounds = ("", "") if len(secret) >= _LONG else (r"(?<![^\W_])", r"(?![^\W_])")
        pattern = re.escape(secret).join(bounds)
        words = re.sub(pattern, HIDDEN, words, flags=re.IGNORECASE)
    return words


def place_without_identity(place: Path, files: Iterable[Path]) -> str:
    """Return a path in words, without what these files in it say of their patients."""
    words = str(place)
    for path in files:
        with contextlib.suppress(ScanError):  # whoever reads the file is told what is wrong
            header = _header(path)
            words = words if header is None else without_identity(words, header)
    return words


def _header(path: Path) -> Any:
    """Parse a file's header; None if it is not DICOM.

    Raises:
        ScanError: The file cannot be read.
    """
    import pydicom
    from pydicom.errors import InvalidDicomError

    with explained(path):
        try:
            with open_dicom(path) as file:
                return pydicom.dcmread(file, stop_before_pixels=True, specific_tags=list(_TAGS))
        except InvalidDicomError:
            return None


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
