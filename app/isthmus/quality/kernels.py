"""The inner loops of structural similarity and of the foreground, compiled by numba.

The compiled code is cached beside this file, or in the user's cache where that is not writable;
the first run compiles it. Import this module where it is used, not at the top of another: numba
takes half a second.
"""

import math

import numba
import numpy as np

RADIUS = 5  # pixels, 3.5 sigma rounded: the 11-pixel window of Wang et al.
SIZE = 2 * RADIUS + 1
_SIGMA = 1.5
# Rows filtered at a time: each is read from the cache once for all of them.
_LINES = 4
_KEPT = SIZE + _LINES - 1
# Rows that lie a power of two apart would drive one another out of the cache.
_APART = 40

_SUM = math.fsum(math.exp(-0.5 * (tap / _SIGMA) ** 2) for tap in range(-RADIUS, RADIUS + 1))
_W0, _W1, _W2, _W3, _W4, _W5 = (
    math.exp(-0.5 * ((tap - RADIUS) / _SIGMA) ** 2) / _SUM for tap in range(RADIUS + 1)
)


# Without checks for divisions by zero, which would keep loops from being vectorised.
_compiled = numba.njit(cache=True, nogil=True, fastmath=True, error_model="numpy")


@_compiled
def _weigh(a, b, c, d, e, f, g, h, i, j, k):
    """Weigh eleven neighbours; those that share a weight are added first."""
    return _W5 * f + _W4 * (e + g) + _W3 * (d + h) + _W2 * (c + i) + _W1 * (b + j) + _W0 * (a + k)


@_compiled
def _fill(line, x, y):
    """Put a row of both pictures, the sum of their squares and their product side by side."""
    n = x.shape[0]
    ours, theirs, squares, products = line[:n], line[n:], line[2 * n :], line[3 * n :]
    for at in range(n):
        a, b = x[at], y[at]
        ours[at] = a
        theirs[at] = b
        squares[at] = a * a + b * b
        products[at] = a * b


@_compiled
def _blur_down(out, ring, top, width):
    """Filter fourteen rows, kept in a ring, into four."""
    r0, r1, r2 = ring[top % _KEPT], ring[(top + 1) % _KEPT], ring[(top + 2) % _KEPT]
    r3, r4, r5 = ring[(top + 3) % _KEPT], ring[(top + 4) % _KEPT], ring[(top + 5) % _KEPT]
    r6, r7, r8 = ring[(top + 6) % _KEPT], ring[(top + 7) % _KEPT], ring[(top + 8) % _KEPT]
    r9, ra, rb = ring[(top + 9) % _KEPT], ring[(top + 10) % _KEPT], ring[(top + 11) % _KEPT]
    rc, rd = ring[(top + 12) % _KEPT], ring[(top + 13) % _KEPT]
    out0, out1, out2, out3 = out[0], out[1], out[2], out[3]
    for at in range(width):
        a, b, c, d, e, f, g = r0[at], r1[at], r2[at], r3[at], r4[at], r5[at], r6[at]
        h, i, j, k, m, n, o = r7[at], r8[at], r9[at], ra[at], rb[at], rc[at], rd[at]
        first = _weigh(a, b, c, d, e, f, g, h, i, j, k)
        second = _weigh(b, c, d, e, f, g, h, i, j, k, m)
        third = _weigh(c, d, e, f, g, h, i, j, k, m, n)
        fourth = _weigh(d, e, f, g, h, i, j, k, m, n, o)
        out0[at] = first
        out1[at] = second
        out2[at] = third
        out3[at] = fourth


@_compiled
def _blurred(row, at):
    """Return a row's value filtered along it, by the place where the window begins."""
    return _weigh(
        row[at], row[at + 1], row[at + 2], row[at + 3], row[at + 4], row[at + 5],
        row[at + 6], row[at + 7], row[at + 8], row[at + 9], row[at + 10],
    )  # fmt: skip


@_compiled
def _add_up(row, columns, c1, c2):
    """Return the sum of SSIM over a row of the four, filtered downwards."""
    ours, theirs = row[:columns], row[columns:]
    squares, products = row[2 * columns :], row[3 * columns :]
    total = 0.0
    for at in range(columns - 2 * RADIUS):
        mean_x, mean_y = _blurred(ours, at), _blurred(theirs, at)
        both, each = mean_x * mean_y, mean_x * mean_x + mean_y * mean_y
        total += ((2 * both + c1) * (2 * (_blurred(products, at) - both) + c2)) / (
            (each + c1) * (_blurred(squares, at) - each + c2)
        )
    return total


@_compiled
def _write_down(row, columns, c1, c2, luminance, structure):
    """Write SSIM's two factors over a row of the four, filtered downwards."""
    ours, theirs = row[:columns], row[columns:]
    squares, products = row[2 * columns :], row[3 * columns :]
    for at in range(columns - 2 * RADIUS):
        mean_x, mean_y = _blurred(ours, at), _blurred(theirs, at)
        both, each = mean_x * mean_y, mean_x * mean_x + mean_y * mean_y
        luminance[at] = (2 * both + c1) / (each + c1)
        structure[at] = (2 * (_blurred(products, at) - both) + c2) / (
            _blurred(squares, at) - each + c2
        )


@_compiled
def similarity(x, y, c1, c2, luminance, structure):
    """Compare two pictures wherever the whole window lies inside them.

    Args:
        x: float64, shape (rows, columns), C-contiguous, at least 11 by 11.
        y: As `x`.
        c1: (K1 · data range)².
        c2: (K2 · data range)².
        luminance: Filled with SSIM's first factor; float64, shape (rows − 10, columns − 10),
            C-contiguous. Of shape (0, 0), neither is filled.
        structure: Filled with its second factor, contrast and structure; shape as `luminance`.

    Returns:
        The sum of SSIM; 0 where its factors are filled.
    """
    rows, columns = x.shape
    width = 4 * columns
    # What is filtered lies side by side in a row, so that one loop filters the four; only the
    # rows under the windows are kept.
    ring = np.zeros((_KEPT, width + _APART))
    down = np.empty((_LINES, width + _APART))
    filled, total = 0, 0.0
    for top in range(0, rows - 2 * RADIUS, _LINES):
        while filled < min(top + _KEPT, rows):
            _fill(ring[filled % _KEPT], x[filled], y[filled])
            filled += 1
        _blur_down(down, ring, top, width)
        for r in range(top, min(top + _LINES, rows - 2 * RADIUS)):
            if luminance.shape[0] > 0:
                _write_down(down[r - top], columns, c1, c2, luminance[r], structure[r])
            else:
                total += _add_up(down[r - top], columns, c1, c2)
    return total


@numba.njit(cache=True, nogil=True)
def fill_holes(mask):
    """Add to a mask, in place, what it encloses: what the picture's edge cannot be reached from.

    Args:
        mask: bool, shape (rows, columns). A way leads over sides of voxels, not over corners.
    """
    rows, columns = mask.shape
    outside = np.zeros((rows, columns), np.bool_)
    stack = np.empty(rows * columns, np.int64)
    count = 0
    for r in range(rows):
        for c in range(columns):
            edge = r == 0 or c == 0 or r == rows - 1 or c == columns - 1
            if edge and not mask[r, c]:
                outside[r, c] = True
                stack[count] = r * columns + c
                count += 1
    while count > 0:
        count -= 1
        r, c = stack[count] // columns, stack[count] % columns
        for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            y, x = r + down, c + right
            if 0 <= y < rows and 0 <= x < columns and not mask[y, x] and not outside[y, x]:
                outside[y, x] = True
                stack[count] = y * columns + x
                count += 1
    for r in range(rows):
        for c in range(columns):
            mask[r, c] = not outside[r, c]
