"""How fast the measures of quality are, beside scikit-image in the same run.

    python benchmarks/quality.py [SCAN] [--json]

All on one thread, by slice, the best of five runs. Without SCAN, on a made-up volume of
48 slices of 256×256; of a scan, the original against itself with some noise.

voxels             how many were compared
ssim_s             SSIM of the volume, slice by slice, as `isthmus.compare` measures it
skimage_ssim_s     the same by scikit-image: `structural_similarity(…, gaussian_weights=True)`
ratio              how many times faster
ssim_difference    largest difference between the two in a slice
compare_s          `isthmus.compare`: PSNR, SSIM, MAE and maximum error
ms_ssim_s          MS-SSIM of the volume; null where slices are too small for it
haarpsi_s          HaarPSI of the volume
ssim_map_s         the map of one slice
noise_map_s        the difference of one slice in units of local noise
first_s            the first SSIM of a process: loading what was compiled, or compiling it
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import numpy as np  # noqa: E402  (after the number of threads is set)

from isthmus.quality import Foreground, compare, noise_relative, ssim, ssim_map  # noqa: E402
from isthmus.quality.haarpsi import haarpsi  # noqa: E402
from isthmus.quality.multiscale import SMALLEST, ms_ssim  # noqa: E402
from isthmus.scans import Volume, read  # noqa: E402

_SHAPE = (48, 256, 256)
_RUNS = 5


def main() -> int:
    """Measure and print a table or one JSON object."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("scan", nargs="?", metavar="SCAN", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = _measure(_made_up() if options.scan is None else read(options.scan))
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:<18} {value}")
    return 0


def _made_up() -> Volume:
    """Return a volume like a head, in 16 bits, with noise."""
    axes = np.meshgrid(*(np.linspace(-1, 1, n) for n in _SHAPE), indexing="ij")
    blob = 900 * np.exp(-3 * sum(axis**2 for axis in axes)) * (1 + 0.2 * np.sin(20 * axes[1]))
    noise = np.random.default_rng(0).normal(0, 15, _SHAPE)
    return Volume(np.rint(blob + noise).clip(0).astype(np.uint16), np.diag([1.0, 1.0, 3.0, 1.0]))


def _measure(original: Volume) -> dict[str, Any]:
    from skimage.metrics import structural_similarity

    noise = np.random.default_rng(1).normal(0, 0.01 * np.ptp(original.voxels), original.shape)
    limits = original.voxels.min(), original.voxels.max()
    changed = (original.voxels + noise).clip(*limits).astype(original.voxels.dtype)
    low, high = sorted(original.real(float(limit)).item() for limit in limits)
    pairs = [
        (original.real(ours), original.real(theirs))
        for ours, theirs in zip(original.voxels, changed, strict=True)
    ]
    x, y = pairs[len(pairs) // 2]
    foreground = Foreground(original)
    mask = foreground.mask(original.voxels[len(pairs) // 2])
    first = _seconds(lambda: ssim(x, y, high - low), 1)[0]
    ssim_s, ours = _seconds(lambda: [ssim(a, b, high - low) for a, b in pairs])
    theirs_s, theirs = _seconds(
        lambda: [
            structural_similarity(
                a,
                b,
                data_range=high - low,
                gaussian_weights=True,
                sigma=1.5,
                use_sample_covariance=False,
            )
            for a, b in pairs
        ]
    )
    reconstruction = Volume(changed, original.affine, original.scale, original.offset)
    large = min(x.shape) >= SMALLEST
    times = {
        "compare_s": lambda: compare(original, reconstruction),
        "ms_ssim_s": lambda: [ms_ssim(a, b, high - low) for a, b in pairs],
        "haarpsi_s": lambda: [haarpsi(a, b, (low, high)) for a, b in pairs],
        "ssim_map_s": lambda: ssim_map(x, y, high - low),
        "noise_map_s": lambda: noise_relative(x, y, mask, 0.1),
    }
    return {
        "voxels": original.voxels.size,
        "ssim_s": round(ssim_s, 4),
        "skimage_ssim_s": round(theirs_s, 4),
        "ratio": round(theirs_s / ssim_s, 1),
        "ssim_difference": float(np.abs(np.subtract(ours, theirs)).max()),
        **{
            name: round(_seconds(run)[0], 4) if large or name != "ms_ssim_s" else None
            for name, run in times.items()
        },
        "first_s": round(first, 3),
    }


def _seconds(run: Callable[[], Any], runs: int = _RUNS) -> tuple[float, Any]:
    """Return the shortest time of several runs, and what the last one returned."""
    best, found = float("inf"), None
    for _ in range(runs):
        started = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - started)
    return best, found


if __name__ == "__main__":
    raise SystemExit(main())
