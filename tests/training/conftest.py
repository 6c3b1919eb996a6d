"""A folder of small scans to train on."""

from pathlib import Path

import numpy as np
import pytest
import torch
from builders import phantom, write_nifti_scan
from checkpoints import write_recipe


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    """Compute with one thread, so that sums are added in one order and no thread waits."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """Two training scans, one of them thinner than a crop, and a validation scan."""
    folder = tmp_path_factory.mktemp("data")
    for name, shape in (
        ("train/one.nii.gz", (8, 48, 56)),
        ("train/deep/two.nii", (3, 40, 40)),
        ("train/gt.nii.gz", (3, 40, 40)),
        ("validation/three.nii.gz", (5, 41, 35)),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        voxels = phantom(shape)
        write_nifti_scan(folder / name, np.zeros_like(voxels) if "gt" in name else voxels)
    return folder


@pytest.fixture
def recipe_file(tmp_path):
    """Return a function that writes a recipe and returns its path."""

    def write(**changes):
        return write_recipe(tmp_path / "tiny.toml", **changes)

    return write
