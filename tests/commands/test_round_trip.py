"""`isthmus compress`, `info` and `decompress`: there and back."""

import json

import numpy as np
import pytest
from checkpoints import make_recipe, save, untrained
from endings import assert_one_line

import isthmus
from isthmus import codec
from isthmus.codec import bitstream
from isthmus.codec.normalise import normalise
from isthmus.scans import demo_scan


def test_a_scan_goes_there_and_back(run, scan, tmp_path):
    packed, back = tmp_path / "scan.isth", tmp_path / "back.nii.gz"
    ended = run("compress", scan, packed, "--model", "linear-dct-2", "--bottleneck", "96ch",
                "--json")  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    size = packed.stat().st_size
    original = isthmus.read(scan)
    assert json.loads(ended.out) == {
        "file": str(packed),
        "model": "linear-dct-2",
        "bottleneck": "96ch",
        "step": codec.find_model("linear-dct-2").bottleneck("96ch").step,
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
        "model": "linear-dct-2",
        "checkpoint": codec.find_model("linear-dct-2").checkpoint_id,
        "bottleneck": "96ch",
        "step": codec.find_model("linear-dct-2").bottleneck("96ch").step,
        "shape": [5, 41, 35],
        "type": "int16",
        "modality": original.modality,
        "simulated": False,
        "slabs": 3,
        "stored_as_samples": 0,
        "layers": 7,
        "layers_end_at": bitstream.prefix_sizes(packed.read_bytes()),
        "bits_per_voxel": 8 * size / original.voxels.size,
    }

    ended = run("decompress", packed, back, "--json")
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == {
        "file": str(back),
        "bytes": back.stat().st_size,
        "model": "linear-dct-2",
        "bottleneck": "96ch",
        "layers": 7,
        "shape": [5, 41, 35],
        "type": "int16",
        "lossy": True,
        "difference": False,
    }
    decoded = isthmus.read(back)
    assert decoded.same_grid(original)
    assert (decoded.scale, decoded.offset) == (original.scale, original.offset)
    assert decoded.voxels.dtype == original.voxels.dtype
    assert isthmus.compare(original, decoded).volume.psnr > 28
    ratio = original.voxels.nbytes / size
    assert decoded.source.lossy == f"{ratio:.3g}:1, linear-dct-2, 96 ch"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.nii.gz", "scan.isth"]


def test_a_simulated_scan_stays_one(run, tmp_path):
    assert run("compress", demo_scan(), tmp_path / "a.isth", "--bottleneck", "8ch",
               "--model", "linear-dct-2").code == 0  # fmt: skip
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
    assert "model: linear-dct-2\n" in ended.out
    assert "shape: [5, 41, 35]\n" in ended.out
    assert "bits per voxel: " in ended.out


def test_outputs_take_the_place_of_older_ones(run, scan, packed, tmp_path):
    old, back = tmp_path / "old.isth", tmp_path / "old.nii.gz"
    old.write_text("old")
    back.write_text("old")
    assert run("compress", scan, old, "--model", "linear-dct-2").code == 0
    assert old.read_bytes() == packed.read_bytes()
    assert run("decompress", old, back).code == 0
    assert isthmus.read(back).shape == (5, 41, 35)


def test_a_device_that_is_not_there_is_named(run, scan, tmp_path):
    import torch

    if torch.backends.mps.is_available():
        pytest.skip("needs a computer without MPS")
    ended = run("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-2",
                "--device", "mps", "--json")  # fmt: skip
    assert ended.code == 0
    assert_one_line(ended.err, "Computing on the CPU. There is no MPS device here.")
    assert json.loads(ended.out)["bytes"] > 0


def test_a_files_beginning_decodes_to_a_coarser_scan(run, scan, packed, tmp_path):
    original = isthmus.read(scan)
    ends = json.loads(run("info", packed, "--json").out)["layers_end_at"]
    assert ends[-1] == packed.stat().st_size
    found = []
    for layers in (1, 3, len(ends)):
        cut, back = tmp_path / "cut.isth", tmp_path / "back.nii"
        cut.write_bytes(packed.read_bytes()[: ends[layers - 1]])
        ended = run("decompress", cut, back, "--layers", layers, "--json")
        assert (ended.code, ended.err) == (0, "")
        assert json.loads(ended.out)["layers"] == layers
        found.append(isthmus.compare(original, isthmus.read(back)).psnr)
        run("decompress", packed, tmp_path / "whole.nii", "--layers", layers)
        np.testing.assert_array_equal(
            isthmus.read(tmp_path / "whole.nii").voxels, isthmus.read(back).voxels
        )
    assert found == sorted(found)
    assert found[0] < found[-1] - 1
    cut.write_bytes(packed.read_bytes()[: ends[1] - 1])
    ended = run("decompress", cut, tmp_path / "short.nii", "--layers", 2)
    assert ended.code == 1
    assert_one_line(ended.err, "cut.isth: The file ends too early")
    assert not (tmp_path / "short.nii").exists()


def test_a_target_psnr_is_met_by_the_file(run, scan, tmp_path):
    packed, back = tmp_path / "a.isth", tmp_path / "a.nii.gz"
    ended = run("compress", scan, packed, "--model", "linear-dct-2", "--psnr", "33", "--json")
    assert (ended.code, ended.err) == (0, "")
    figures = json.loads(ended.out)
    assert run("decompress", packed, back).code == 0
    reached = isthmus.compare(isthmus.read(scan), isthmus.read(back)).psnr
    assert abs(reached - 33) <= 0.1
    assert abs(figures["psnr"] - reached) < 1e-6
    assert figures["step"] == json.loads(run("info", packed, "--json").out)["step"]
    assert figures["tries"] >= 1


def test_a_target_ratio_is_met_by_the_file(run, scan, tmp_path):
    packed = tmp_path / "a.isth"
    ended = run("compress", scan, packed, "--model", "linear-dct-2", "--ratio", "6.5", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert abs(isthmus.read(scan).voxels.nbytes / packed.stat().st_size / 6.5 - 1) <= 0.02
    assert "psnr" not in json.loads(ended.out)


@pytest.mark.parametrize(("option", "target"), [("--psnr", "1"), ("--ratio", "100000")])
def test_a_target_out_of_reach_is_told_with_what_can_be(run, scan, tmp_path, option, target):
    ended = run("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-2", option, target)
    assert (ended.code, ended.out) == (1, "")
    assert_one_line(ended.err, "scan.nii.gz: This scan cannot be compressed", "Ask for")
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_installed_is_named(run, scan, tmp_path):
    model, packed, back = tmp_path / "own-1.safetensors", tmp_path / "a.isth", tmp_path / "a.nii"
    net = untrained(make_recipe(), [normalise(isthmus.read(scan))[0]])
    save(net, model)
    assert run("compress", scan, packed, "--model", model).code == 0
    ended = run("decompress", packed, back)
    assert ended.code == 1
    assert_one_line(ended.err, "No installed model has the weights")
    assert run("decompress", packed, back, "--model", model).code == 0
    assert isthmus.read(back).shape == (5, 41, 35)
    assert json.loads(run("info", packed, "--json").out)["model"] is None
