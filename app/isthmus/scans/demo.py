"""The scan that Isthmus carries: a simulated head, not a patient."""

from pathlib import Path

from isthmus import assets


def demo_scan() -> Path:
    """Return the file of the demo scan; read it as any other.

    Raises:
        IsthmusError: The installation is incomplete.
    """
    return assets.folder("resources") / "demo" / "simulated-head.nii.gz"
