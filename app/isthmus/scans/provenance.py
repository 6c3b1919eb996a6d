"""Marks that Isthmus leaves in a NIfTI header, so that a file keeps saying what it is.

A simulated head must not pass for a patient, nor a lossy reconstruction for an original, when the
file is opened again. The marks stand in `descrip`, the 80 bytes of free text of the header:
`Isthmus; simulated; lossy: 93:1, 32 ch`.
"""

from dataclasses import dataclass

from isthmus.scans.volume import Source

_NAME = "Isthmus"
_BYTES = 79  # of 80: the last stays zero


@dataclass(frozen=True)
class Marks:
    """What a description says.

    Attributes:
        simulated: Whether this is not a patient.
        lossy: How the voxels were compressed with loss; empty if they were not.
    """

    simulated: bool = False
    lossy: str = ""


def make_description(source: Source) -> bytes:
    """Return the marks of a volume for `descrip`, at most 79 bytes long."""
    parts = [_NAME]
    if source.simulated:
        parts.append("simulated")
    if source.sequence:
        parts.append(source.sequence)
    if source.lossy:
        parts.append(f"lossy: {source.lossy.replace(';', ',')}")
    return "; ".join(parts).encode("ascii", "replace")[:_BYTES]


def parse_description(text: str) -> Marks:
    """Read the marks; a description by another program has none."""
    parts = [part.strip() for part in text.split(";")]
    if parts[0] != _NAME:
        return Marks()
    lossy = next((part for part in parts if part.startswith("lossy:")), "")
    return Marks("simulated" in parts, lossy.removeprefix("lossy:").strip())
