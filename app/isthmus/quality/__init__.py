"""How much of a scan is lost: measures by slice and volume, difference maps, operating points.

Everything is computed in real units (after the file's scale and offset), with one definition of
each measure for the window, the command line and the reports; see `isthmus.quality.measures`.
"""

from isthmus.quality.difference import difference, difference_limit
from isthmus.quality.measures import (
    Measures,
    Quality,
    compare,
    measure_slice,
    ssim,
    value_range,
)
from isthmus.quality.points import OperatingPoint

__all__ = [
    "Measures",
    "OperatingPoint",
    "Quality",
    "compare",
    "difference",
    "difference_limit",
    "measure_slice",
    "ssim",
    "value_range",
]
