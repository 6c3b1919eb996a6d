"""Isthmus: see what a learned bottleneck does to a medical scan.

The public names are loaded on first use, so that importing the package loads neither Qt nor torch::

    volume = isthmus.read("scan.nii.gz")
    codec = isthmus.load()  # or a model's name, or its file
    file = codec.compress(volume, "32ch")  # the bytes of an .isth file
    quality = isthmus.compare(volume, codec.decompress(file))
    print(quality.psnr, quality.ssim, quality.slices[0].max_error)

Volumes are described in `isthmus.scans`, codecs in `isthmus.codec`, measures in `isthmus.quality`.
Whatever a person can be told about is raised as an `isthmus.errors.IsthmusError`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from isthmus.codec import load
    from isthmus.quality import compare
    from isthmus.scans.read import read

_PUBLIC = {"read": "isthmus.scans", "load": "isthmus.codec", "compare": "isthmus.quality"}

__all__ = ["__version__", "compare", "load", "read"]


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first asked for."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
