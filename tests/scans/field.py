"""What dcm2niix and Isthmus make of the same folder, and in what they differ."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np

from isthmus.errors import ScanError
from isthmus.scans import list_series, read_series

# Millimetres by which the places of voxels may differ: dcm2niix writes float32.
TOLERANCE = 1e-3
# Copies of a volume that dcm2niix adds: resampled to even gaps or without tilt, or of overlays.
_COPIES = ("_Eq", "_Tilt", "_ROI")

AGREE = ""
ONLY_THEIRS = "only dcm2niix opens it"
ONLY_OURS = "only Isthmus opens it"
NUMBER = "number of volumes"
SHAPE = "shape"
PLACE = "place"
VALUES = "values"
_BEST_FIRST = (AGREE, VALUES, PLACE, f"{PLACE} and {VALUES}", SHAPE).index


@dataclass(frozen=True)
class Picture:
    """A volume of either program: values with axes (i, j, k), and an affine to RAS+ mm.

    `step` is by how much two values of one meaning may differ: by rounding, where a colour was
    turned to its luminance.
    """

    values: np.ndarray
    affine: np.ndarray
    step: float = 0.0


def by_dcm2niix(folder: Path, out: Path) -> list[Picture]:
    """Convert a folder; volumes of a 4-D file one by one, resampled copies left away.

    Rows run upwards in its files. That is undone by nobody: places are compared, not indices.
    """
    import dcm2niix  # here, so that only what needs it is skipped without it

    out.mkdir()
    subprocess.run(
        [dcm2niix.bin, "-b", "n", "-z", "n", "-x", "i", "-f", "%s_%b", "-o", out, folder],
        capture_output=True,
        check=False,
    )
    pictures = []
    for path in sorted(out.glob("*.nii")):
        if any(copy in path.stem for copy in _COPIES):
            continue
        image = nibabel.load(path)
        values, step = np.asanyarray(image.dataobj), 0.0
        if values.dtype.names:
            colours = np.stack([values[name] for name in values.dtype.names], axis=-1)
            values, step = luminance(colours), 1.0
        values = values.reshape(*values.shape[:3], -1)
        pictures += [Picture(values[..., n], image.affine, step) for n in range(values.shape[3])]
    return pictures


def by_isthmus(folder: Path) -> list[Picture]:
    """Read every part of every series in a folder; what is refused is not there."""
    pictures = []
    try:
        listed = list_series(folder)
    except ScanError:
        return []
    for series in listed:
        for part in range(max(len(series.parts), 1)):
            try:
                volume = read_series(series, part)
            except ScanError:
                continue
            pictures.append(Picture(volume.real(volume.voxels).T, volume.affine))
    return pictures


def luminance(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue, weighed as ITU-R BT.601 does."""
    return colours @ np.array((0.299, 0.587, 0.114))


def difference(theirs: list[Picture], ours: list[Picture]) -> str:
    """In what two programs differ; empty if in nothing.

    Volumes are paired whatever their order; those that pair with none say in what they differ.
    """
    if not theirs or not ours:
        return ONLY_THEIRS if theirs else ONLY_OURS if ours else AGREE
    if len(theirs) != len(ours):
        return NUMBER
    left = list(ours)
    found = []
    for one in theirs:
        differences = [_between(one, other) for other in left]
        best = min(differences, key=_BEST_FIRST)
        left.pop(differences.index(best))
        found.append(best)
    return max(found, key=_BEST_FIRST)


def _between(one: Picture, other: Picture) -> str:
    """In what two volumes differ."""
    turn = _turn(one, other)
    if turn is not None:
        return AGREE if _alike(one, turn(other.values)) else VALUES
    if one.values.shape != other.values.shape:
        return SHAPE
    # Without a place, dcm2niix turns rows over, and slices too if it counts them downwards.
    turned = (other.values[:, ::-1], other.values[:, ::-1, ::-1])
    return PLACE if any(_alike(one, values) for values in turned) else f"{PLACE} and {VALUES}"


def _alike(one: Picture, values: np.ndarray) -> bool:
    """Whether values are the same but for rounding to float32, or by one step."""
    close = 1e-5 * float(np.ptp(one.values)) + one.step
    return bool(np.allclose(one.values, values, rtol=1e-5, atol=close))


def _turn(one: Picture, other: Picture):
    """Return what brings `other`'s axes into the order of `one`'s; None if places differ."""
    first, second = (_with_steps(picture) for picture in (one, other))
    steps = np.linalg.solve(second, first)
    whole = np.rint(steps)
    axes = np.abs(whole[:3, :3]).argmax(axis=0)
    if sorted(axes) != [0, 1, 2] or np.abs(whole[:3, :3]).sum() != 3:
        return None
    if tuple(other.values.shape[axis] for axis in axes) != one.values.shape:
        return None
    corners = np.indices((2, 2, 2)).reshape(3, -1) * (np.array(one.values.shape)[:, None] - 1)
    corners = np.vstack((corners, np.ones(8)))
    if np.abs(second @ whole @ corners - first @ corners).max() > TOLERANCE:
        return None
    inside = (whole @ corners)[:3]
    if inside.min() < 0 or np.any(inside.max(axis=1) >= other.values.shape):
        return None
    signs = [int(whole[axis, n]) for n, axis in enumerate(axes)]
    return lambda values: values.transpose(axes)[tuple(slice(None, None, sign) for sign in signs)]


def _with_steps(picture: Picture) -> np.ndarray:
    """The affine; across a single slice, where only the direction has a meaning, 1 mm along it."""
    affine = picture.affine.astype(np.float64)
    for axis, length in enumerate(picture.values.shape):
        if length == 1:
            across = np.cross(*(affine[:3, n] for n in range(3) if n != axis))
            affine[:3, axis] = across / np.linalg.norm(across)
    return affine
