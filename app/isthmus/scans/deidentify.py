"""De-identification of DICOM headers by the standard's Basic Application Confidentiality Profile.

What is removed, emptied or replaced stands in PS3.15, table E.1-1, some 650 attributes that change
with each edition. `dicom-anonymizer` ships them as generated from the standard; nothing is listed
here. The profile is about attributes: what is drawn into a picture, and a face that a head's voxels
hold, stay.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from isthmus.scans.dicom_codes import make_code

_EDITION = "2026c"
# What the library puts in a date's or a time's place. Validators take the year 1 for an error, and
# midnight is a time; the classic kinds of MR and CT allow both to be empty.
_DUMMIES = {"DA": "00010101", "DT": "00010101", "TM": "000000.00"}
Rules = dict[tuple[int, ...], Callable[..., None]]


def apply_profile(header: Any) -> None:
    """Apply the basic profile to a header in place, private attributes and sequences included.

    UIDs are replaced, each by the same new one for as long as the program runs, so that the
    slices of a series, and series of one study, stay together. References to other images, which
    would lead nowhere, are removed.

    Args:
        header: A pydicom dataset, without pixels.

    Raises:
        ValueError: A value in it is too odd to be replaced.
    """
    from importlib.metadata import version  # it takes 20 ms to import, which no start should pay

    try:
        _apply(header)
    except Exception as error:  # values are parsed when looked at; pydicom raises many kinds
        raise ValueError(str(error)) from error
    header.PatientIdentityRemoved = "YES"
    header.DeidentificationMethod = [
        "DICOM PS3.15 Annex E, Basic Application Confidentiality Profile",
        f"Edition {_EDITION}, dicom-anonymizer {version('dicom-anonymizer')}",
    ]
    header.DeidentificationMethodCodeSequence = [
        make_code("BasicApplicationConfidentialityProfile")
    ]
    header.LongitudinalTemporalInformationModified = "REMOVED"


@cache
def _profile() -> Rules:
    from dicomanonymizer.simpledicomanonymizer import initialize_actions

    rules: Rules = initialize_actions(f"dicomfields_{_EDITION}")
    return rules


def _apply(dataset: Any) -> None:
    """Apply the rules to a dataset and to every item of the sequences that are left in it.

    The library looks at the top level only, and the profile holds at every depth.
    """
    from dicomanonymizer import anonymize_dataset

    there = {(tag.group, tag.element) for tag in dataset.keys()}  # noqa: SIM118  (not its elements)
    # Those of whole groups, such as all overlays, have four numbers.
    rules = {tag: rule for tag, rule in _profile().items() if len(tag) > 2 or tag in there}
    anonymize_dataset(dataset, base_rules_gen=lambda: rules)
    for element in list(dataset):
        if element.VR in _DUMMIES and str(element.value).startswith(_DUMMIES[element.VR]):
            element.value = None
        if element.VR != "SQ":
            continue
        if any(item.get("ReferencedSOPClassUID") == "" for item in element.value):
            del dataset[element.tag]
            continue
        for item in element.value:
            _apply(item)
