"""Crops of training scans, and whole scans for evaluation."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from isthmus.codec.normalise import normalise
from isthmus.errors import UsageError
from isthmus.scans import read
from isthmus.scans.volume import Volume

# A crop darker than this on average is air, which teaches nothing.
_AIR = 0.06
_TRIES = 6


def find_scans(folder: Path, leave_out: Sequence[str] = ()) -> list[Path]:
    """Return the NIfTI files below `folder`.

    Args:
        folder: Looked through with all folders in it.
        leave_out: Files and folders whose name starts like one of these are left out.

    Raises:
        UsageError: There are none.
    """
    paths = sorted(
        path
        for pattern in ("*.nii", "*.nii.gz")
        for path in folder.rglob(pattern)
        if not any(part.startswith(tuple(leave_out)) for part in path.relative_to(folder).parts)
    )
    if not paths:
        raise UsageError(f"No NIfTI scan was found below {folder}.", "Choose another folder.")
    return paths


def load(paths: Sequence[Path]) -> list[Volume]:
    """Read all scans."""
    return [read(path) for path in paths]


def middle(volume: Volume, slices: int) -> Volume:
    """Return only so many slices from the middle of a scan; all of them for 0."""
    if not 0 < slices < volume.shape[0]:
        return volume
    start = (volume.shape[0] - slices) // 2
    part = np.ascontiguousarray(volume.voxels[start : start + slices])
    return replace(volume, voxels=part)


class Crops:
    """Random crops, reproducible by seed and step.

    Scans are drawn with the square root of their size, so that large ones don't swamp the rest.
    Crops are flipped along each axis, transposed, and scaled in brightness, unless they are to
    stay as they are.
    """

    def __init__(self, volumes: Sequence[Volume], seed: int, augment: bool = True):
        # Half precision halves memory; its error is far below the finest quantisation step.
        self._scans = [normalise(volume)[0].astype(np.float16) for volume in volumes]
        weight = np.sqrt([scan.size for scan in self._scans])
        self._share = weight / weight.sum()
        self._seed, self._augment = seed, augment

    def batch(self, step: int, count: int, slices: int, size: int) -> Tensor:
        """Return the crops of one training step, (count, slices, size, size), float32.

        The same seed and step always give the same crops, so a run can be resumed anywhere.
        """
        random = np.random.default_rng((self._seed, step))
        return torch.from_numpy(np.stack([self._crop(random, slices, size) for _ in range(count)]))

    def _crop(self, random: np.random.Generator, slices: int, size: int) -> npt.NDArray[np.float32]:
        for _ in range(_TRIES):
            scan = self._scans[random.choice(len(self._scans), p=self._share)]
            corner = [
                random.integers(0, max(have - want, 0) + 1)
                for have, want in zip(scan.shape, (slices, size, size), strict=True)
            ]
            part = scan[
                corner[0] : corner[0] + slices,
                corner[1] : corner[1] + size,
                corner[2] : corner[2] + size,
            ]
            if part[::2, ::4, ::4].mean(dtype=np.float32) > _AIR:
                break
        missing = [
            (0, want - have) for have, want in zip(part.shape, (slices, size, size), strict=True)
        ]
        crop = np.pad(part.astype(np.float32), missing, mode="edge")
        if not self._augment:
            return crop
        for axis in range(3):
            if random.random() < 0.5:
                crop = np.flip(crop, axis)
        if random.random() < 0.5:
            crop = crop.swapaxes(1, 2)
        return np.ascontiguousarray(crop * np.float32(np.exp(random.uniform(-0.3, 0.25))))
