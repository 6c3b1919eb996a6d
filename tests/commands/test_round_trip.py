"""`isthmus compress`, `info` and `decompress`: there and back."""

import json

import pytest
from endings import assert_one_line

import isthmus
from isthmus import codec
from isthmus.scans import demo_scan


def test_a_scan_goes_there_and_back(run, scan, tmp_path):
    packed, back = tmp_path / "scan.isth", tmp_path / "back.nii.gz"
    ended = run("compress", scan, packed, "--model", "linear-dct-1", "--bottleneck", "96ch",
                "--json")  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    size = packed.stat().st_size
    original = isthmus.read(scan)
    assert json.loads(ended.out) == {
        "file": str(packed),
        "model": "linear-dct-1",
        "bottleneck": "96ch",
        "bytes": size,
        "stored_bytes": original.voxels.nbytes,
        "ratio": original.voxels.nbytes / size,
        "bits_per_voxel": 8 * size / original.voxels.size,
    }

    ended = run("info", packed, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == {
        "file": str(packed),
        "bytes": size,
        "model": "linear-dct-1",
        "checkpoint": codec.find_model("linear-dct-1").checkpoint_id,
        "bottleneck": "96ch",
        "shape": [5, 41, 35],
        "type": "int16",
        "modality": original.modality,
        "simulated": False,
        "slabs": 3,
        "bits_per_voxel": 8 * size / original.voxels.size,
    }

    ended = run("decompress", packed, back, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == {
        "file": str(back),
        "model": "linear-dct-1",
        "bottleneck": "96ch",
        "shape": [5, 41, 35],
        "type": "int16",
        "lossy": True,
    }
    decoded = isthmus.read(back)
    assert decoded.same_grid(original)
    assert (decoded.scale, decoded.offset) == (original.scale, original.offset)
    assert decoded.voxels.dtype == original.voxels.dtype
    assert isthmus.compare(original, decoded).volume.psnr > 28
    ratio = original.voxels.nbytes / size
    assert decoded.source.lossy == f"{ratio:.3g}:1, linear-dct-1, 96 ch"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.nii.gz", "scan.isth"]


def test_a_simulated_scan_stays_one(run, tmp_path):
    assert run("compress", demo_scan(), tmp_path / "a.isth", "--bottleneck", "8ch",
               "--model", "linear-dct-1").code == 0  # fmt: skip
    assert json.loads(run("info", tmp_path / "a.isth", "--json").out)["simulated"]
    assert run("decompress", tmp_path / "a.isth", tmp_path / "a.nii").code == 0
    assert isthmus.read(tmp_path / "a.nii").source.simulated


def test_by_default_the_default_model_takes_its_middle_bottleneck(run, scan, tmp_path):
    ended = run("compress", scan, tmp_path / "a.isth", "--json")
    model = codec.default_model()
    middle = model.bottlenecks[len(model.bottlenecks) // 2]
    assert json.loads(ended.out)["model"] == model.name
    assert json.loads(ended.out)["bottleneck"] == middle.name


def test_for_people_the_figures_stand_on_lines(run, packed):
    ended = run("info", packed)
    assert "model: linear-dct-1\n" in ended.out
    assert "shape: [5, 41, 35]\n" in ended.out
    assert "bits per voxel: " in ended.out


def test_outputs_take_the_place_of_older_ones(run, scan, packed, tmp_path):
    old, back = tmp_path / "old.isth", tmp_path / "old.nii.gz"
    old.write_text("old")
    back.write_text("old")
    assert run("compress", scan, old, "--model", "linear-dct-1").code == 0
    assert old.read_bytes() == packed.read_bytes()
    assert run("decompress", old, back).code == 0
    assert isthmus.read(back).shape == (5, 41, 35)


def test_a_device_that_is_not_there_is_named(run, scan, tmp_path):
    import torch

    if torch.backends.mps.is_available():
        pytest.skip("needs a computer without MPS")
    ended = run("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-1",
                "--device", "mps", "--json")  # fmt: skip
    assert ended.code == 0
    assert_one_line(ended.err, "Computing on the CPU. There is no MPS device here.")
    assert json.loads(ended.out)["bytes"] > 0
