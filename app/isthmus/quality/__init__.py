"""How much of a scan is lost: measures, difference maps, operating points and BD-rates.

Everything is computed in real units (after the file's scale and offset), with one definition of
each measure for the window, the command line and the reports; see `isthmus.quality.measures`.
"""

from isthmus.quality.bd_rate import BdRate, bd_rate, rate_curve
from isthmus.quality.confidence import Mean, mean_with_confidence
from isthmus.quality.difference import difference, difference_limit, difference_volume
from isthmus.quality.foreground import Foreground
from isthmus.quality.measures import (
    Measures,
    Quality,
    compare,
    measure_slice,
    value_range,
)
from isthmus.quality.noise import local_noise, noise_relative, noise_sigma
from isthmus.quality.points import OperatingPoint
from isthmus.quality.similarity import prepare, ssim, ssim_map

__all__ = [
    "BdRate",
    "Foreground",
    "Mean",
    "Measures",
    "OperatingPoint",
    "Quality",
    "bd_rate",
    "compare",
    "difference",
    "difference_limit",
    "difference_volume",
    "local_noise",
    "mean_with_confidence",
    "measure_slice",
    "noise_relative",
    "noise_sigma",
    "prepare",
    "rate_curve",
    "ssim",
    "ssim_map",
    "value_range",
]
