"""What other programs say of DICOM that Isthmus wrote."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_series

from isthmus.scans import Loss, Volume, Window, read, write_dicom

LOSS = Loss(93.25, "mr-general-2, 32 ch")
OBLIQUE = (0.96, 0.28, 0.0, -0.28 * 0.8, 0.96 * 0.8, 0.6)
DATA = Path(__file__).parents[3] / "shared" / "data"
SCHWANNOMA = DATA / "dicom-schwannoma-t1gd"
XA30 = DATA / "dicom-enhanced-xa30" / "5_anat-T1w_acq-tfl.dcm"


def test_highdicom_and_dcm2niix_read_the_same(tmp_path: Path) -> None:
    highdicom = pytest.importorskip("highdicom")
    dcm2niix = pytest.importorskip("dcm2niix")
    import nibabel

    write_dicom_series(
        tmp_path / "in",
        phantom(),
        orientation=OBLIQUE,
        StudyInstanceUID="1.2.3",
        AcquisitionTime="12",
    )
    before = read(tmp_path / "in")
    written = write_dicom(before, tmp_path / "out", loss=LOSS)
    volume = highdicom.get_volume_from_series([pydicom.dcmread(path) for path in written.files])
    voxels, affine = volume.array, np.diag((-1, -1, 1, 1)) @ volume.affine
    if affine[:3, 0] @ before.affine[:3, 2] < 0:  # it counts slices the other way
        voxels = voxels[::-1]
        affine[:3, 3] += affine[:3, 0] * (len(voxels) - 1)
        affine[:3, 0] *= -1
    np.testing.assert_array_equal(voxels, before.voxels)
    np.testing.assert_allclose(affine[:, [2, 1, 0, 3]], before.affine, atol=1e-9)

    (tmp_path / "nifti").mkdir()
    program = [dcm2niix.bin, "-f", "a", "-o", tmp_path / "nifti", tmp_path / "out"]
    subprocess.run(program, check=True, capture_output=True)
    image = nibabel.load(tmp_path / "nifti" / "a.nii")
    flip = np.diag((1.0, -1, 1, 1))
    flip[1, 3] = before.shape[1] - 1
    np.testing.assert_allclose(image.affine, before.affine @ flip, atol=1e-3)
    np.testing.assert_array_equal(np.asarray(image.dataobj).T[:, ::-1], before.voxels)
    assert len(written.files) == before.shape[0]


@pytest.mark.skipif(not SCHWANNOMA.is_dir(), reason="real scans are absent")
@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy (dicom3tools) is absent")
@pytest.mark.parametrize("source", [SCHWANNOMA, XA30], ids=["classic", "enhanced"])
@pytest.mark.parametrize("deidentify", [False, True], ids=["named", "deidentified"])
def test_a_validator_finds_no_error_that_the_source_lacks(
    source: Path, deidentify: bool, tmp_path: Path
) -> None:
    before = read(source)
    written = write_dicom(before, tmp_path / "out", loss=LOSS, deidentify=deidentify)
    after = read(written.folder)
    assert after.same_grid(before)
    np.testing.assert_array_equal(after.voxels, before.voxels)
    had = _errors(before.source.paths[0])
    for path in written.files[:: len(written.files) // 4]:
        assert not _errors(path) - had


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy (dicom3tools) is absent")
@pytest.mark.parametrize("modality", ["MR", "CT"])
def test_a_validator_accepts_what_comes_from_nifti(modality: str, tmp_path: Path) -> None:
    volume = Volume(phantom(), np.eye(4), windows=(Window("A", 300, 600),))
    written = write_dicom(volume, tmp_path / "out", modality=modality, loss=LOSS)
    assert not _errors(written.files[0])


def _errors(path: Path) -> Counter[str]:
    said = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False)
    lines = (said.stdout + said.stderr).splitlines()
    return Counter(line for line in lines if line.startswith("Error"))
