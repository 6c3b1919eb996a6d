"""What is opened by Isthmus and by dcm2niix, and the table of where they differ.

    python tests/scans/dicom_differences.py

writes the table of `dicom-differences.toml` to docs/dicom-differences.md; a test compares the two.
"""

import tomllib
from pathlib import Path
from typing import Any

import pydicom.data

HERE = Path(__file__).resolve().parent
TABLE = HERE / "dicom-differences.toml"
PAGE = HERE.parents[1] / "docs" / "dicom-differences.md"
DIFFERENCES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["difference"]
EXPECTED = {name: row["what"] for row in DIFFERENCES for name in row["files"]}

PYDICOM = Path(pydicom.data.__file__).parent
# Opened as folders; every other file of pydicom's stands alone in one.
DISCS = tuple(
    f"dicomdirtests/{name}" for name in ("77654033", "98892001", "98892003", "TINY_ALPHA")
)
FILES = tuple(
    f"{folder}/{path.name}"
    for folder in ("test_files", "palettes", "charset_files")
    for path in sorted((PYDICOM / folder).glob("*.dcm"))
)
SHARED = (
    "dicom-decubitus/HFS",
    "dicom-decubitus/HFP",
    "dicom-enhanced-xa30",
    "dicom-schwannoma-t1gd",
)


def page() -> str:
    """The page in docs/, made from the table."""
    about = (
        f"`tests/scans/test_against_dcm2niix.py` opens {len(FILES)} files and {len(DISCS)} folders "
        f"that come with pydicom, and {len(SHARED)} folders of real scanners, with both programs. "
        "They must find the same number of volumes (every echo, direction and time point is one), "
        "with the same values, and every voxel within 0.001 mm of the same place. dcm2niix turns "
        "the rows over when it writes NIfTI, so that places are compared and not indices. Copies "
        "that it adds, resampled to even gaps or without tilt, or of overlays, don't count. "
        "Colours are compared by their luminance, to one step.\n\n"
        "All others agree. Each row is a test that fails once it is no longer true."
    )
    lines = [
        f"# Where Isthmus and dcm2niix differ\n\n{about}\n",
        "| files | differ in | dcm2niix | Isthmus | why |",
        "|---|---|---|---|---|",
    ]
    for row in DIFFERENCES:
        files = ", ".join(f"`{name}`" for name in row["files"])
        cells = (files, *(row[key] for key in ("what", "dcm2niix", "isthmus", "why")))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
