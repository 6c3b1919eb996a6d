"""Over what figures are taken."""

from enum import StrEnum

from isthmus.ui.words import later


class Scope(StrEnum):
    """Which voxels of a slice or a volume count."""

    WHOLE = "whole"
    FOREGROUND = "foreground"


NAMES = {Scope.WHOLE: later("Whole image"), Scope.FOREGROUND: later("Foreground")}

MEANINGS = {
    Scope.WHOLE: later("Every voxel counts, the air round the patient too."),
    Scope.FOREGROUND: later(
        "Only the patient counts: voxels more than 10 % above the bottom of the range from the "
        "2nd to the 98th percentile of the original volume, and what they enclose in their slice. "
        "In means over slices, each weighs as much as voxels of it count."
    ),
}
