"""What a bottleneck saves: bytes on disk and seconds on a line, beside standard codecs.

Standard codecs are really encoded, in a lane of their own, and only while someone wants to see
what becomes of it: the panel is visible, or their curves are asked for.
"""

from isthmus.ui.storage.encoding import HEVC, JPEG_2000, JPEG_LS, JPEG_XL, Point
from isthmus.ui.storage.standard import StandardCodecs

__all__ = ["HEVC", "JPEG_2000", "JPEG_LS", "JPEG_XL", "Point", "StandardCodecs"]
