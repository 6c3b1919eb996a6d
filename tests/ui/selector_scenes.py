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
    return ModelInfo("m", "Model", "trained", bottlenecks, 4, 2, Path("m"), "00", {})


def many(count: int) -> ModelInfo:
    """Return a model with so many bottlenecks, evenly spread."""
    bottlenecks = tuple(
        Bottleneck(
            f"{4 + 8 * number}ch",
            4 + 8 * number,
            0.125,
            0.024 * 60 ** (number / (count - 1)),
            30 + 22 * number / (count - 1),
        )
        for number in range(count)
    )
    return ModelInfo("m", "Model", "trained", bottlenecks, 4, 2, Path("m"), "00", {})


CLASSIC = (
    (2, 0.06, 24.1),
    (4, 0.11, 26.3),
    (8, 0.2, 28.0),
    (16, 0.36, 30.5),
    (32, 0.65, 33.0),
    (64, 1.1, 35.4),
    (128, 1.9, 37.7),
)


def classic() -> ModelInfo:
    """Return a model of the classic family: other names, sizes and steps."""
    bottlenecks = tuple(Bottleneck(f"{c}ch", c, 3.5, bpv, db) for c, bpv, db in CLASSIC)
    return ModelInfo(
        "classic", "Classic autoencoder", "classic", bottlenecks, 2, 2, Path("c"), "01", {}
    )
