"""What kind of picture a scan is, read from the words of its file name or description.

Only words of a fixed list are ever returned, so nothing about a patient can slip through.
"""

import re
from collections.abc import Iterable

# In order: the first that matches wins, so that "t2_flair" is FLAIR and "t2star" is not T2.
_WORDS: tuple[tuple[str, str], ...] = (
    ("FLAIR", r"flair|tirm|dark[ _-]?fluid"),
    ("SWI", r"swi|swan"),
    ("T2*", r"t2[ _-]?(?:\*|star)"),
    ("ADC", r"adc"),
    ("DWI", r"dwi|dti|diff(?:usion)?|trace|mddw"),
    ("BOLD", r"bold|fmri"),
    ("T1", r"t1(?:w|c|ce|gd|post|pre|wi)?|mp2?rage|mpr|spgr|bravo"),
    ("T2", r"t2(?:w|wi)?|ciss|fiesta"),
    ("PD", r"pd(?:w|wi)?"),
    ("CT", r"ct|cta"),
)
_PATTERNS = tuple(
    (name, re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", re.IGNORECASE))
    for name, pattern in _WORDS
)
_SCANNING_SEQUENCES = {
    "SE": "Spin echo",
    "IR": "Inversion recovery",
    "GR": "Gradient echo",
    "EP": "Echo planar",
    "RM": "Research mode",
}


def sequence_from_words(texts: Iterable[str]) -> str:
    """Return `"FLAIR"`, `"T1"`, `"T2"` and the like, from the first text that says so.

    Returns:
        A word of the fixed list; empty if no text holds one.
    """
    for text in texts:
        for name, pattern in _PATTERNS:
            if pattern.search(text):
                return name
    return ""


def sequence_from_codes(codes: Iterable[str]) -> str:
    """Return the DICOM scanning sequence in words: `["GR", "IR"]` is an inversion recovery."""
    known = [code for code in codes if code in _SCANNING_SEQUENCES]
    for code in ("IR", "EP", "GR", "SE", "RM"):
        if code in known:
            return _SCANNING_SEQUENCES[code]
    return ""
