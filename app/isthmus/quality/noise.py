"""How noisy a picture is, and errors in units of that noise.

The noise is that of J. Immerkær, "Fast noise variance estimation", Computer Vision and Image
Understanding 64 (1996), 300–302: the difference of two Laplacians, which smooth structure does not
answer to. Its spread is taken robustly, as median / 0.6745 (F. R. Hampel, "The influence curve and
its role in robust estimation", J. Am. Stat. Assoc. 69 (1974), 383–393), so that edges hardly count,
and locally, because parallel imaging and surface coils make noise differ within a slice. Fine
texture counts as noise: an error in units of it is rather too small than too large.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_TILE = 32  # pixels between places where the noise is estimated, each from twice as many
_FEWEST = 256  # pixels of foreground that an estimate needs
_TO_SIGMA = 1 / (0.6745 * 6)  # 6: the root of the sum of the filter's squared weights


def noise_sigma(picture: Array, foreground: npt.NDArray[np.bool_]) -> float:
    """Return the standard deviation of the noise of a slice.

    Args:
        picture: The original, shape (rows, columns), in real units.
        foreground: Where it is judged; everywhere if that is fewer than 256 pixels.
    """
    response, judged = _response(picture, foreground)
    return _sigma(response[judged])


def local_noise(picture: Array, foreground: npt.NDArray[np.bool_], least: float) -> Array:
    """Return the standard deviation of the noise round each pixel of a slice.

    It is estimated every 32 pixels, from the foreground of 64 × 64 pixels there, and interpolated
    linearly between; where that holds fewer than 256 pixels, from the whole slice.

    Args:
        picture: The original, shape (rows, columns), in real units.
        foreground: Where it is judged.
        least: What it is at least, above 0, such as what rounding to whole numbers makes.

    Returns:
        Shape (rows, columns), in real units.
    """
    response, judged = _response(picture, foreground)
    whole = _sigma(response[judged])
    rows, columns = (_middles(size) for size in picture.shape)
    found = np.empty((len(rows), len(columns)))
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            near = (
                slice(max(int(row) - _TILE, 0), int(row) + _TILE),
                slice(max(int(column) - _TILE, 0), int(column) + _TILE),
            )
            there = response[near][judged[near]]
            found[r, c] = _sigma(there) if there.size >= _FEWEST else whole
    at_rows = [np.interp(np.arange(picture.shape[0]), rows, line) for line in found.T]
    between = np.array(at_rows).T
    at_columns = np.arange(picture.shape[1])
    local = np.array([np.interp(at_columns, columns, line) for line in between])
    return np.asarray(np.maximum(local, least))


def noise_relative(
    original: Array,
    reconstruction: Array,
    foreground: npt.NDArray[np.bool_],
    least: float,
) -> npt.NDArray[np.float32]:
    """Return reconstruction − original in units of the local noise of the original.

    Args:
        original: Shape (rows, columns), in real units.
        reconstruction: Same shape and units.
        foreground: Where the noise is judged.
        least: See `local_noise`.

    Returns:
        Shape (rows, columns), without unit.
    """
    noise = local_noise(original, foreground, least)
    return np.asarray((reconstruction - original) / noise, dtype=np.float32)


def _response(
    picture: Array, foreground: npt.NDArray[np.bool_]
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return the filter's absolute response, and where it is judged."""
    padded = np.pad(picture, 1, mode="edge")
    across = padded[:, :-2] - 2 * padded[:, 1:-1] + padded[:, 2:]
    response = np.abs(across[:-2] - 2 * across[1:-1] + across[2:])
    enough = np.count_nonzero(foreground) >= _FEWEST
    return response, foreground if enough else np.ones(picture.shape, np.bool_)


def _sigma(response: Array) -> float:
    return float(np.median(response)) * _TO_SIGMA


def _middles(size: int) -> Array:
    """Return where along an axis the noise is estimated."""
    return np.arange(min(_TILE, size) / 2, max(size, 1), _TILE)
