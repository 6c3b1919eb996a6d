"""How far national bodies let JPEG and JPEG 2000 go, by what made the scan.

A small table, each line with its source. None of these ratios was set for learned codecs. What is
known at second hand only says so; bodies of which no number could be verified are left out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guideline:
    """The largest ratio that one body recommends for one kind of scan.

    Attributes:
        country: Where it holds.
        body: Who set it.
        year: When it was set or published.
        modality: As in DICOM: `"CT"`, `"MR"`.
        part: What of the body it is for; empty for all, or for all else.
        ratio: Original to file.
        source: Where it can be read.
        second_hand: Whether only a copy of the body's own words was seen.
    """

    country: str
    body: str
    year: int
    modality: str
    part: str
    ratio: float
    source: str
    second_hand: bool = False


_GERMANY = (
    "Germany",
    "German Radiological Society (DRG), consensus conference",
    2009,
)
_GERMAN_SOURCE = (
    "Loose et al., Fortschr Röntgenstr 2009; 181: 32–37, doi 10.1055/s-2008-1027847; taken up by "
    "the Commission on Radiological Protection (SSK) in 2011"
)
_CANADA = ("Canada", "Canadian Association of Radiologists (CAR)", 2008)
_CANADIAN_SOURCE = (
    "CAR Standards for Irreversible Compression in Digital Diagnostic Imaging within Radiology, as "
    "a vendor copied its table"
)

GUIDELINES = (
    Guideline(*_GERMANY, "MR", "", 7.0, _GERMAN_SOURCE),
    Guideline(*_GERMANY, "CT", "brain", 5.0, _GERMAN_SOURCE),
    Guideline(*_GERMANY, "CT", "", 8.0, _GERMAN_SOURCE),
    Guideline(*_CANADA, "MR", "", 24.0, _CANADIAN_SOURCE, second_hand=True),
    Guideline(*_CANADA, "CT", "brain", 12.0, _CANADIAN_SOURCE, second_hand=True),
    Guideline(*_CANADA, "CT", "", 15.0, _CANADIAN_SOURCE, second_hand=True),
)


def guidelines_for(modality: str) -> tuple[Guideline, ...]:
    """Return what bodies recommend for a modality, the largest ratio first; none where none did.

    What part of the body a scan shows is not known, so that all of a modality's lines are returned.

    Args:
        modality: As in DICOM, such as `"MR"`.
    """
    found = (line for line in GUIDELINES if line.modality == modality.upper())
    return tuple(sorted(found, key=lambda line: -line.ratio))
