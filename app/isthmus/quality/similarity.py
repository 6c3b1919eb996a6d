"""Structural similarity of two slices: one number, or a map of where it is low.

SSIM (Wang et al., 2004) is 2-D with a Gaussian window of 1.5 pixels, 11 pixels wide, population
covariances, K1 = 0.01, K2 = 0.03: scikit-image's `structural_similarity` with
`gaussian_weights=True, sigma=1.5, use_sample_covariance=False`.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

RADIUS = 5
_SIZE = 2 * RADIUS + 1
_K1, _K2 = 0.01, 0.03


def prepare() -> None:
    """Compile what measures need, or load it: a moment, seconds on a machine's first run.

    Called where it keeps no one waiting; without it, the first measure takes that time.
    """
    from isthmus.quality import kernels

    ssim(np.zeros((_SIZE, _SIZE)), np.zeros((_SIZE, _SIZE)), 1.0)
    kernels.fill_holes(np.zeros((1, 1), np.bool_))


def ssim(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
) -> float:
    """Return the mean structural similarity of two slices, where the whole window fits inside.

    A slice narrower than the window of 11 pixels is first mirrored at its edges.

    Args:
        original: Shape (rows, columns).
        reconstruction: Same shape and units.
        data_range: Maximum − minimum of the original over its volume, in the same units; above 0.
    """
    if min(original.shape) < _SIZE:
        margins = [(RADIUS, RADIUS) if size < _SIZE else (0, 0) for size in original.shape]
        original = np.pad(original, margins, mode="symmetric")
        reconstruction = np.pad(reconstruction, margins, mode="symmetric")
    nothing = np.empty((0, 0))
    total = _compare(original, reconstruction, data_range, nothing, nothing)
    rows, columns = _inside(original.shape)
    return total / (rows * columns)


def ssim_map(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
) -> npt.NDArray[np.float32]:
    """Return the structural similarity round each pixel, from −1 to 1; 1 where nothing was lost.

    It has a value at the edges too: there, both slices go on mirrored, the outermost pixel
    repeated. `scikit-image` with `full=True` does the same.

    Args:
        original: Shape (rows, columns).
        reconstruction: Same shape and units.
        data_range: As for `ssim`.

    Returns:
        Shape (rows, columns).
    """
    ours, theirs = (
        np.pad(picture, RADIUS, mode="symmetric") for picture in (original, reconstruction)
    )
    luminance, structure = luminance_and_structure(ours, theirs, data_range)
    return np.multiply(luminance, structure, dtype=np.float64).astype(np.float32)


def luminance_and_structure(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
) -> tuple[Array, Array]:
    """Return the two factors of SSIM: that of luminance, and that of contrast and structure.

    Both where the whole window fits inside: 10 rows and columns fewer than the pictures have.
    """
    luminance, structure = np.empty(_inside(original.shape)), np.empty(_inside(original.shape))
    _compare(original, reconstruction, data_range, luminance, structure)
    return luminance, structure


def _compare(
    original: npt.NDArray[np.generic],
    reconstruction: npt.NDArray[np.generic],
    data_range: float,
    luminance: Array,
    structure: Array,
) -> float:
    # Not at the top: numba takes half a second, and not all who import this measure something.
    from isthmus.quality import kernels

    ours, theirs = (
        np.ascontiguousarray(picture, dtype=np.float64) for picture in (original, reconstruction)
    )
    c1, c2 = (_K1 * data_range) ** 2, (_K2 * data_range) ** 2
    return float(kernels.similarity(ours, theirs, c1, c2, luminance, structure))


def _inside(shape: tuple[int, ...]) -> tuple[int, int]:
    return shape[0] - 2 * RADIUS, shape[1] - 2 * RADIUS
