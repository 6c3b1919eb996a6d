"""What a scan is and how it gets in and out.

Files become an immutable `Volume` through one function, `read`; `PlaneView` says how a volume is
cut and turned for the screen; `write_nifti` and `write_dicom` put a volume back on disk. nibabel
and pydicom are imported on first use, so that importing this room costs nothing at start.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from isthmus.scans.demo import demo_scan
from isthmus.scans.dicom_files import is_collection, looks_like_dicom
from isthmus.scans.identity import Identity, identity
from isthmus.scans.masks import LabelMap, MaskLabel, read_labels
from isthmus.scans.planes import Plane, PlaneView, acquired_plane, plane_view, plane_views
from isthmus.scans.read import read
from isthmus.scans.series import Series, first_look, list_series, read_series
from isthmus.scans.volume import Source, Volume, Window
from isthmus.scans.windows import robust_window
from isthmus.scans.writing import write_nifti

if TYPE_CHECKING:
    from isthmus.scans.dicom_derived import Loss
    from isthmus.scans.dicom_writing import Written, known_modality, write_dicom

_WRITING = {
    "Loss": "dicom_derived",
    "Written": "dicom_writing",
    "known_modality": "dicom_writing",
    "write_dicom": "dicom_writing",
}

__all__ = [
    "Identity",
    "LabelMap",
    "Loss",
    "MaskLabel",
    "Plane",
    "PlaneView",
    "Series",
    "Source",
    "Volume",
    "Window",
    "Written",
    "acquired_plane",
    "demo_scan",
    "first_look",
    "identity",
    "is_collection",
    "known_modality",
    "list_series",
    "looks_like_dicom",
    "plane_view",
    "plane_views",
    "read",
    "read_labels",
    "read_series",
    "robust_window",
    "write_dicom",
    "write_nifti",
]


def __getattr__(name: str) -> Any:
    """Load what writes DICOM when it is first asked for: the window starts without it."""
    if name not in _WRITING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"isthmus.scans.{_WRITING[name]}"), name)
