"""A model and a scan for tests of the selector."""

from pathlib import Path

from isthmus.codec import Bottleneck, ModelInfo

VOXELS = 306 * 384 * 39
STORED = 2 * VOXELS
EXPECTED = (
    (4, 0.024, 30.1),
    (8, 0.046, 31.3),
    (16, 0.087, 33.2),
    (32, 0.171, 35.6),
    (64, 0.36, 39.5),
    (96, 0.64, 45.0),
    (128, 1.07, 52.0),
    (192, 1.7, 55.0),
    (256, 2.6, 58.0),
)


def model(count: int) -> ModelInfo:
    """Return a model with this many bottlenecks, the smallest first."""
    bottlenecks = tuple(Bottleneck(f"{c}ch", c, 0.125, bpv, db) for c, bpv, db in EXPECTED[:count])
    return ModelInfo("m", "Model", "trained", bottlenecks, 4, Path("m.safetensors"), "00", {})
