"""Pictures to measure, and what independent implementations say of them.

`python tests/quality/reference_figures.py` writes `reference_figures.json` anew. It needs PyTorch,
piq 0.8.0 (whose `haarpsi` follows the authors' MATLAB and Python code; it needs torchvision too)
and pytorch-msssim 1.0.0, which weigh too much to be dependencies of the tests.
"""

import json
from pathlib import Path

import numpy as np

HIGH = 1200.0
HAARPSI = ((192, 176, 1), (181, 217, 2), (256, 256, 3), (40, 37, 4))
MS_SSIM = ((192, 176, 1), (256, 256, 3))  # even on all five scales, where all agree
FILE = Path(__file__).with_suffix(".json")


def pair(rows, columns, seed):
    """Return a head-like picture with texture, and a degraded one; whole numbers up to HIGH."""
    rng = np.random.default_rng(seed)
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    original = 1000 * np.exp(-2 * (y**2 + x**2)) * (1 + 0.3 * np.sin(9 * y) * np.cos(13 * x))
    original = np.rint(original + rng.normal(0, 20, original.shape)).clip(0, HIGH)
    degraded = original + rng.normal(0, 40, original.shape) + 30 * np.sin(20 * y)
    return original, np.rint(degraded).clip(0, HIGH)


def main():
    """Write the figures of the other implementations."""
    import torch
    from piq import haarpsi
    from pytorch_msssim import ms_ssim

    def tensors(case):
        return [torch.tensor(picture)[None, None] for picture in pair(*case)]

    found = {
        "haarpsi": [
            haarpsi(*(each / HIGH for each in tensors(case)), data_range=1.0).item()
            for case in HAARPSI
        ],
        "ms_ssim": [ms_ssim(*tensors(case), data_range=HIGH).item() for case in MS_SSIM],
    }
    FILE.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
