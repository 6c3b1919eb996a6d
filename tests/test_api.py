"""The Python API of the package's own docstring."""

import subprocess
import sys

import pytest
from builders import phantom, write_nifti_scan

import isthmus


def test_a_scan_is_read_compressed_and_compared(tmp_path):
    volume = isthmus.read(write_nifti_scan(tmp_path / "scan.nii", phantom((3, 24, 20))))
    codec = isthmus.load("linear-dct-2")
    file = codec.compress(volume, "32ch")
    quality = isthmus.compare(volume, codec.decompress(file))
    assert 15 < quality.psnr < 60
    assert 0 < quality.ssim < 1
    assert 0 < quality.mae < quality.max_error
    assert len(quality.slices) == 3
    assert max(each.max_error for each in quality.slices) == quality.max_error


def test_the_public_names_load_nothing_heavy_until_they_are_used():
    code = "import sys, isthmus; isthmus.read; isthmus.compare; print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert run.stdout.strip() == "False"
    assert sorted(isthmus.__all__) == ["__version__", "compare", "load", "read"]


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="has no attribute 'open'"):
        isthmus.open  # noqa: B018
