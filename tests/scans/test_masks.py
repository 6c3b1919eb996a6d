"""Label maps lie on the scan's grid exactly, or one is told what differs."""

from pathlib import Path

import numpy as np
import pytest
from builders import phantom, write_nifti_scan

from isthmus.errors import ScanError
from isthmus.scans import Volume, read, read_labels

SHAPE = (6, 12, 10)
AFFINE = np.diag((0.9, 1.1, 3.0, 1.0))
DATA = Path(__file__).parents[2].parent / "shared" / "data" / "ms-mni" / "patient07"


@pytest.fixture
def scan(tmp_path: Path) -> Volume:
    return read(write_nifti_scan(tmp_path / "scan.nii.gz", phantom(SHAPE), AFFINE))


def mask_of(scan: Volume) -> np.ndarray:
    labels = np.zeros(scan.shape, np.uint8)
    labels[1:3, 2:5, 4:8] = 3
    labels[4, 6, :] = 7
    return labels


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32, np.float64])
def test_labels_are_counted_and_measured(dtype: type, scan: Volume, tmp_path: Path) -> None:
    labels = mask_of(scan)
    path = write_nifti_scan(tmp_path / "mask.nii.gz", labels.astype(dtype), AFFINE)
    found = read_labels(path, scan)
    np.testing.assert_array_equal(found.voxels, labels)
    assert found.voxels.dtype == np.uint8
    assert not found.voxels.flags.writeable
    assert [(label.value, label.count) for label in found.labels] == [(3, 24), (7, 10)]
    each = 0.9 * 1.1 * 3.0 / 1000
    assert [label.millilitres for label in found.labels] == pytest.approx([24 * each, 10 * each])


def test_large_numbers_keep_their_value(scan: Volume, tmp_path: Path) -> None:
    labels = mask_of(scan).astype(np.int32) * 2000
    found = read_labels(write_nifti_scan(tmp_path / "m.nii", labels, AFFINE), scan)
    assert [label.value for label in found.labels] == [6000, 14000]
    np.testing.assert_array_equal(found.voxels, labels)


def moved(row: int, column: int, by: float) -> np.ndarray:
    other = AFFINE.copy()
    other[row, column] += by
    return other


@pytest.mark.parametrize(
    ("shape", "affine", "said"),
    [
        ((6, 12, 9), AFFINE, "9×12×6 voxels, the scan 10×12×6"),
        (SHAPE, np.diag((0.9, 1.1, 2.5, 1.0)), "0.9 × 1.1 × 2.5 mm large, the scan's"),
        (SHAPE, moved(0, 3, 4.0), "up to 4 mm beside"),
        (SHAPE, moved(1, 3, 1e-3), "up to 0.001 mm beside"),
        (SHAPE, AFFINE @ np.diag((-1.0, 1.0, 1.0, 1.0)), "up to 16 mm beside"),
    ],
)
def test_another_grid_is_refused_and_told_apart(
    shape: tuple[int, int, int], affine: np.ndarray, said: str, scan: Volume, tmp_path: Path
) -> None:
    path = write_nifti_scan(tmp_path / "mask.nii.gz", np.ones(shape, np.uint8), affine)
    with pytest.raises(ScanError) as refused:
        read_labels(path, scan)
    assert refused.value.problem.startswith("mask.nii.gz is not on this scan's grid")
    assert said in refused.value.problem
    assert "nearest neighbour" in refused.value.remedy


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (np.zeros(SHAPE, np.uint8), "empty"),
        (np.full(SHAPE, -1, np.int16), "the value -1"),
        (np.full(SHAPE, 0.5, np.float32), "fractions"),
        (np.full(SHAPE, 70_000, np.int32), "the value 70000"),
        (np.arange(6 * 30 * 30, dtype=np.uint16).reshape(6, 30, 30), "different values"),
    ],
)
def test_what_is_no_label_map_is_refused(values: np.ndarray, said: str, tmp_path: Path) -> None:
    scan = read(write_nifti_scan(tmp_path / "scan.nii.gz", phantom(values.shape), AFFINE))
    path = write_nifti_scan(tmp_path / "mask.nii.gz", values, AFFINE)
    with pytest.raises(ScanError, match=said):
        read_labels(path, scan)


def test_a_mask_of_several_volumes_is_refused(scan: Volume, tmp_path: Path) -> None:
    import nibabel

    four = nibabel.Nifti1Image(np.ones((10, 12, 6, 2), np.uint8), AFFINE)
    nibabel.save(four, tmp_path / "four.nii")
    with pytest.raises(ScanError, match="2 volumes"):
        read_labels(tmp_path / "four.nii", scan)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real scans are not here")
def test_an_experts_lesions_lie_on_their_scan() -> None:
    found = read_labels(DATA / "lesion-mask.nii.gz", read(DATA / "flair.nii.gz"))
    assert [label.value for label in found.labels] == [1]
    assert found.labels[0].millilitres == pytest.approx(found.labels[0].count / 1000)
