"""What a scan is and how it gets in and out.

Files become an immutable `Volume` through one function, `read`; `PlaneView` says how a volume is
cut and turned for the screen; `write_nifti` puts a volume back on disk. nibabel and pydicom are
imported on first use, so that importing this room costs nothing at start.
"""

from isthmus.scans.planes import Plane, PlaneView, acquired_plane, plane_view
from isthmus.scans.volume import Source, Volume, Window

__all__ = [
    "Plane",
    "PlaneView",
    "Source",
    "Volume",
    "Window",
    "acquired_plane",
    "plane_view",
]
