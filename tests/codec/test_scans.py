"""Every real scan goes through a file at three bottlenecks with grid, type and range exact.

Of each scan the middle, so that the suite stays quick; `pytest --whole-scans` takes them whole.
"""

import numpy as np

from isthmus import read, scans
from isthmus.codec.normalise import grid_of
from isthmus.scans.volume import Volume

BOTTLENECKS = ("4ch", "32ch", "128ch")
KINDS = {"u1", "u2", "i2", "f4"}
SLICES, ROWS = 18, 80


def all_scans(folder):
    """Yield (name, volume) of every NIfTI file and DICOM series below a folder."""
    for path in sorted(folder.rglob("*.nii*")):
        yield str(path.relative_to(folder)), read(path)
    for inside in sorted(path for path in folder.iterdir() if path.name.startswith("dicom")):
        for series in scans.list_series(inside):
            yield f"{inside.name}, {series.description}", scans.read_series(series)


def middle(volume):
    """Return the middle of a scan as a scan, at a size that is no multiple of blocks and slabs."""
    slices, rows, columns = (
        slice((size - kept) // 2, (size - kept) // 2 + kept)
        for size, kept in zip(
            volume.shape,
            (
                min(size, most)
                for size, most in zip(volume.shape, (SLICES, ROWS, ROWS), strict=True)
            ),
            strict=True,
        )
    )
    affine = volume.affine.copy()
    first = (columns.start, rows.start, slices.start, 1)
    affine[:, 3] = volume.affine @ first
    return Volume(
        np.ascontiguousarray(volume.voxels[slices, rows, columns]), affine, volume.scale,
        volume.offset, unit=volume.unit, modality=volume.modality,
        orientation_known=volume.orientation_known, source=volume.source,
    )  # fmt: skip


def test_every_scan_comes_back(linear, shared_data, request):
    whole = request.config.getoption("--whole-scans")
    kinds, names = set(), []
    for name, volume in all_scans(shared_data):
        scan = volume if whole else middle(volume)
        kinds.add(scan.voxels.dtype.str[1:])
        names.append(name)
        error = np.inf
        for bottleneck in BOTTLENECKS:
            data = linear.compress(scan, bottleneck)
            back = linear.decompress(data)
            assert back.same_grid(scan), name
            assert back.voxels.dtype == scan.voxels.dtype, name
            for fact in ("scale", "offset", "unit", "modality", "orientation_known"):
                assert getattr(back, fact) == getattr(scan, fact), (name, fact)
            assert back.voxels.min() >= scan.voxels.min(), name
            assert back.voxels.max() <= scan.voxels.max(), name
            # What is written is what was encoded; a larger bottleneck is never worse.
            before, error = error, np.mean((back.voxels.astype(float) - scan.voxels) ** 2)
            assert error <= before, (name, bottleneck)
        grid = grid_of(scan)
        assert error <= (0.02 * (grid.high - grid.low)) ** 2, name
    assert kinds >= KINDS
    assert len(names) > 30
