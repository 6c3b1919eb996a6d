"""The window in which a scan is first shown."""

import numpy as np
import numpy.typing as npt

from isthmus.scans.volume import Volume, Window

# Enough voxels for percentiles that no one could tell from those of all.
_SAMPLE = 1_000_000


def robust_window(volume: Volume) -> Window:
    """Return a window in which the volume can be seen.

    That is the first of the file's own windows that meets the volume's range. Without one, a CT in
    Hounsfield units gets a soft-tissue window, and everything else runs from its darkest values to
    the 99.5th percentile of its foreground, so that a few bright vessels do not darken the rest.
    Padding counts for nothing.

    Returns:
        Centre and width in real units; the width is above 0.
    """
    voxels = _sample(volume.voxels)
    if volume.padding is not None:
        low, high = volume.padding
        picture = voxels[np.less(voxels, low) | np.greater(voxels, high)]
        voxels = picture if picture.size else voxels
    values = volume.real(voxels)
    low, high = float(values.min()), float(values.max())
    for window in volume.windows:
        if window.centre - window.width / 2 < high and window.centre + window.width / 2 > low:
            return window
    if volume.unit == "HU":
        return Window("Soft tissue", 40.0, 400.0)
    if low == high:
        return Window("Automatic", low, 1.0)
    # A handful of extreme values would stretch the histogram until all else falls into one bin.
    dark, top = (float(end) for end in np.percentile(values, (0.5, 99.9)))
    usual = values[values <= top]
    if usual.min() == usual.max():
        usual = values
    bright = float(np.percentile(usual[usual > _otsu(usual)], 99.5))
    if bright <= dark:
        dark, bright = low, high
    return Window("Automatic", (dark + bright) / 2, bright - dark)


def _sample(voxels: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return at most about a million voxels, spread over the whole volume."""
    step = -(-voxels.size // _SAMPLE)
    if step > 1 and any(size % step == 0 for size in voxels.shape[1:]):
        step += 1  # a step that divides a row would look at a few columns only
    return voxels.reshape(-1)[::step]


def _otsu(values: npt.NDArray[np.float64]) -> float:
    """Return the threshold that parts the values into two groups most clearly (Otsu 1979).

    It lies below the largest value, so that there is always a foreground.
    """
    counts, edges = np.histogram(values, bins=256)
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1].astype(np.float64)
    above = values.size - below
    sum_below = np.cumsum(counts * centres)[:-1]
    total = float((counts * centres).sum())
    means = sum_below / below, (total - sum_below) / above
    return float(edges[1:-1][np.argmax(below * above * (means[0] - means[1]) ** 2)])
