"""Standard codecs to stand beside: what a hospital or a studio already has, with its real bytes.

Each is a small class behind one interface, `Anchor`: voxels and an error to aim at become the
bytes of real streams (JPEG 2000, JPEG XL, JPEG-LS, HTJ2K, SPERR, HEVC, AV1), and those bytes become
voxels again. The libraries that do the work are optional, and are imported when they are used.
"""

from isthmus.anchors.anchor import Anchor, Coded
from isthmus.anchors.listing import ANCHORS, find_anchor, find_anchors

__all__ = ["ANCHORS", "Anchor", "Coded", "find_anchor", "find_anchors"]
