"""`isthmus convert`."""

import json
import shutil

import numpy as np
import pytest
from builders import phantom, write_dicom_series
from endings import assert_one_line

import isthmus


def test_a_dicom_folder_becomes_nifti(run, tmp_path):
    voxels = phantom((4, 24, 20))
    write_dicom_series(tmp_path / "series", voxels, spacing=(1.1, 0.9), step=3.0)
    out = tmp_path / "scan.nii.gz"
    ended = run("convert", tmp_path / "series", out, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == {
        "file": str(out),
        "bytes": out.stat().st_size,
        "shape": [4, 24, 20],
        "type": "uint16",
        "spacing": pytest.approx([3.0, 1.1, 0.9]),
        "modality": "MR",
    }
    converted = isthmus.read(out)
    np.testing.assert_array_equal(converted.voxels, voxels)
    np.testing.assert_allclose(converted.affine, isthmus.read(tmp_path / "series").affine)


def test_one_series_of_many_is_converted(run, tmp_path):
    write_dicom_series(tmp_path / "both", phantom((3, 8, 8)), series="1.2.3", prefix="A")
    write_dicom_series(tmp_path / "both", phantom((5, 8, 8)), series="1.2.4", prefix="B")
    out = tmp_path / "scan.nii"
    assert run("convert", tmp_path / "both", out, "--series", "1.2.3").code == 0
    assert isthmus.read(out).shape == (3, 8, 8)


def test_a_scan_is_not_converted_into_itself(run, scan, tmp_path):
    path = tmp_path / "scan.nii.gz"
    shutil.copy(scan, path)
    ended = run("convert", path, tmp_path / ".." / tmp_path.name / "scan.nii.gz")
    assert ended.code == 2
    assert_one_line(ended.err, "scan.nii.gz is the scan itself. Choose another name.")
    assert path.read_bytes() == scan.read_bytes()
