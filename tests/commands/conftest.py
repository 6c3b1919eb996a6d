"""Commands through the program's own entry, and small files for them."""

import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from endings import Ended

from isthmus.cli import main


@pytest.fixture
def run(capsys):
    """Return a function that runs a command and returns its exit code and what it printed."""

    def run_it(*words):
        try:
            code = main([str(word) for word in words])
        except SystemExit as leaving:  # argparse's way out
            code = leaving.code
        return Ended(code, *capsys.readouterr())

    return run_it


@pytest.fixture(scope="session")
def scan(tmp_path_factory):
    """A small scan with values below zero and a scale."""
    voxels = phantom((5, 41, 35), np.int16) - 200
    path = tmp_path_factory.mktemp("scans") / "scan.nii.gz"
    return write_nifti_scan(path, voxels, slope=0.5, intercept=3.0)


@pytest.fixture(scope="session")
def packed(scan, tmp_path_factory):
    """The same scan, compressed."""
    path = tmp_path_factory.mktemp("packed") / "scan.isth"
    assert main(["compress", str(scan), str(path), "--model", "linear-dct-2", "--json"]) == 0
    return path
