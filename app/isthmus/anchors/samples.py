"""Voxels of any type as the unsigned integers that standard codecs take, and back."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

# What standard codecs take at most, and what floating-point voxels are cut into: rounding them to
# 4096 levels costs what noise 83 dB below the peak would, far less than any point that is measured.
_MOST_BITS = 16
_FLOAT_BITS = 12

Stored = npt.NDArray[np.generic]
Unsigned = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Mapping:
    """How stored values become samples: sample = (stored − minimum) / step, rounded.

    Attributes:
        minimum: Smallest stored value; becomes 0.
        maximum: Largest stored value; becomes `top`.
        step: Stored units in one sample.
        dtype: The stored type.
    """

    minimum: float
    maximum: float
    step: float
    dtype: np.dtype[Any]

    @classmethod
    def of(cls, voxels: Stored, bits: int | None = None) -> "Mapping":
        """Choose the mapping of a scan.

        Args:
            voxels: Any shape; finite numbers.
            bits: Stretch the scan's range over all values of so many bits. By default, integers
                are only shifted to start at 0, so that lossless stays lossless, and other values
                are stretched over 12 bits.
        """
        low, high = float(voxels.min()), float(voxels.max())
        if high == low or (bits is None and _is_exact(voxels.dtype, low, high)):
            step = 1.0
        else:
            step = (high - low) / ((1 << (bits or _FLOAT_BITS)) - 1)
        return cls(low, high, step, voxels.dtype)

    @property
    def exact(self) -> bool:
        """Whether every stored value comes back as it was from samples that do."""
        return self.step == 1.0 and _is_exact(self.dtype, self.minimum, self.maximum)

    @property
    def top(self) -> int:
        """The largest sample."""
        return round((self.maximum - self.minimum) / self.step)

    @property
    def bits(self) -> int:
        """How many bits the largest sample takes; at least 1."""
        return max(1, self.top.bit_length())

    def to_samples(self, voxels: Stored) -> Unsigned:
        """Map stored values, of two axes or more, to samples: uint16 of the same shape."""
        samples = np.empty(voxels.shape, np.uint16)
        # Picture by picture: the whole in double precision would take four times as much.
        for picture, mapped in zip(voxels, samples, strict=True):
            mapped[...] = np.rint((picture.astype(np.float64) - self.minimum) / self.step)
        return samples

    def to_stored(self, samples: npt.NDArray[Any]) -> Stored:
        """Map samples to the stored type, within the original's range."""
        stored = np.empty(samples.shape, self.dtype)
        for picture, mapped in zip(samples, stored, strict=True):
            values = picture.astype(np.float64) * self.step + self.minimum
            if self.dtype.kind in "iu":
                np.rint(values, out=values)
            mapped[...] = np.clip(values, self.minimum, self.maximum)
        return stored


def _is_exact(dtype: np.dtype[Any], low: float, high: float) -> bool:
    """Whether values of a type between two of them are integers that samples can hold."""
    return dtype.kind in "iu" and high - low < 1 << _MOST_BITS
