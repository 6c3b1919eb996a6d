"""The commands without a window, through the program's own entry: outputs, exit codes, one line."""

import json
import subprocess
import sys
from collections import namedtuple

import numpy as np
import pytest
from builders import phantom, write_nifti_scan
from checkpoints import write_recipe

import isthmus
from isthmus import codec
from isthmus.cli import main
from isthmus.scans import demo_scan

Ended = namedtuple("Ended", "code out err")


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


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """A small scan with values below zero and a scale."""
    voxels = phantom((5, 41, 35), np.int16) - 200
    path = tmp_path_factory.mktemp("scans") / "scan.nii.gz"
    return write_nifti_scan(path, voxels, slope=0.5, intercept=3.0)


@pytest.fixture(scope="module")
def packed(scan, tmp_path_factory):
    """The same scan, compressed."""
    path = tmp_path_factory.mktemp("packed") / "scan.isth"
    assert main(["compress", str(scan), str(path), "--model", "linear-dct-1", "--json"]) == 0
    return path


def assert_one_line(text, *parts):
    assert text.startswith("isthmus: ")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    for part in parts:
        assert part in text


def test_models_are_listed(run):
    ended = run("models")
    assert (ended.code, ended.err) == (0, "")
    for model in codec.models():
        assert f"{model.name}  {model.title}  {model.checkpoint_id}" in ended.out
        for bottleneck in model.bottlenecks:
            assert f"  {bottleneck.name} " in ended.out


def test_models_are_one_json_object(run):
    ended = run("models", "--json")
    assert (ended.code, ended.err) == (0, "")
    listed = json.loads(ended.out)["models"]
    assert [each["name"] for each in listed] == [model.name for model in codec.models()]
    linear = next(each for each in listed if each["name"] == "linear-dct-1")
    assert linear["checkpoint"] == codec.find_model("linear-dct-1").checkpoint_id
    assert linear["bottlenecks"][0].keys() == {
        "name", "channels", "step", "expected_bpv", "expected_psnr"
    }  # fmt: skip
    assert linear["card"]["data"]


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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compress", "nowhere.nii", "OUT.isth"], "nowhere.nii"),
        (["compress", "SCAN", "OUT.isth", "--model", "nonsuch"], "There is no model “nonsuch”."),
        (["compress", "SCAN", "OUT.isth", "--model", "linear-dct-1", "--bottleneck", "5ch"],
         "has no bottleneck “5ch”. It has 4ch,"),
        (["compress", "PACKED", "OUT.isth"], "scan.isth"),
        (["compress", "SCAN", "nowhere/a.isth"], "There is no folder nowhere"),
        (["info", "nowhere.isth"], "nowhere.isth cannot be read. Check the path."),
        (["info", "SCAN"], "scan.nii.gz: This is not an .isth file."),
        (["decompress", "nowhere.isth", "OUT.nii.gz"], "nowhere.isth cannot be read."),
        (["decompress", "SCAN", "OUT.nii.gz"], "scan.nii.gz: This is not an .isth file."),
        (["decompress", "CUT", "OUT.nii.gz"], "cut.isth: The file ends too early: 2 of 3 slabs"),
        (["decompress", "FLIPPED", "OUT.nii.gz"], "flipped.isth: The file is damaged: 2 of 3"),
        (["decompress", "STRANGER", "OUT.nii.gz"], "No installed model has the weights 00"),
        (["decompress", "PACKED", "nowhere/a.nii.gz"], "There is no folder nowhere"),
    ],
)  # fmt: skip
def test_what_fails_leaves_one_line_and_nothing_else(
    run, scan, packed, tmp_path, monkeypatch, words, said
):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    data = packed.read_bytes()
    kept = {
        "CUT": data[:-1],
        "FLIPPED": data[:-1] + bytes([data[-1] ^ 1]),
        # The header's checksum covers the checkpoint's name: made anew.
        "STRANGER": stranger(data),
    }
    for name, content in kept.items():
        (tmp_path / f"{name.lower()}.isth").write_bytes(content)
    paths = {"SCAN": scan, "PACKED": packed}
    paths |= {name: tmp_path / f"{name.lower()}.isth" for name in kept}
    ended = run(*(paths.get(word, word) for word in words))
    assert ended.code == 1
    assert ended.out == ""
    assert_one_line(ended.err, said)
    assert list(work.iterdir()) == []


def stranger(data):
    """Return the same file as if other weights had written it."""
    header = codec.read_header(data)
    from isthmus.codec import bitstream

    other = bitstream.Header("00" * 8, header.bottleneck, header.depth, header.grid)
    return bitstream.pack(other, bitstream.unpack(data)[1])


@pytest.mark.parametrize("words", [
    ["compress", "SCAN", "OUT"],
    ["compress", "SCAN", "scan.nii.gz"],
    ["compress", "SCAN", "a.isth.gz"],
    ["decompress", "PACKED", "back.isth"],
    ["decompress", "PACKED", "back"],
])  # fmt: skip
def test_a_name_with_another_ending_is_wrong_usage(run, scan, packed, tmp_path, monkeypatch, words):
    """Above all, a scan is never overwritten by what was made of it."""
    monkeypatch.chdir(tmp_path)
    ended = run(*({"SCAN": scan, "PACKED": packed}.get(word, word) for word in words))
    assert ended.code == 2
    assert_one_line(ended.err, "is no name for the output. Let it end in .")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [
    ["compress"],
    ["compress", "a.nii"],
    ["compress", "a.nii", "b.isth", "--device", "abacus"],
    ["info"],
    ["info", "a.isth", "--colour"],
    ["decompress", "a.isth"],
    ["models", "extra"],
    ["train", "a.toml"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--threads", "0"],
    ["train", "a.toml", "--data", ".", "--out", "x", "--threads", "two"],
])  # fmt: skip
def test_wrong_usage_is_two(run, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = run(*words)
    assert ended.code == 2
    assert f"usage: isthmus {words[0]}" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["models", "compress", "info", "decompress", "train"])
def test_every_command_explains_itself(run, command):
    ended = run(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert f"usage: isthmus {command}" in ended.out


def test_a_device_that_is_not_there_is_named(run, scan, tmp_path):
    import torch

    if torch.backends.mps.is_available():
        pytest.skip("needs a computer without MPS")
    ended = run("compress", scan, tmp_path / "a.isth", "--model", "linear-dct-1",
                "--device", "mps", "--json")  # fmt: skip
    assert ended.code == 0
    assert_one_line(ended.err, "Computing on the CPU. There is no MPS device here.")
    assert json.loads(ended.out)["bytes"] > 0


def test_training_writes_a_model_that_compresses(run, scan, tmp_path):
    for name in ("train", "validation"):
        (tmp_path / name).mkdir()
        write_nifti_scan(tmp_path / name / "scan.nii.gz", phantom((4, 40, 40)))
    recipe = write_recipe(tmp_path / "tiny.toml", family="linear", steps=1)
    model = tmp_path / "out" / "tiny-1.safetensors"
    ended = run("train", recipe, "--data", tmp_path, "--out", tmp_path / "out", "--threads", 1)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith(f"Wrote {model}\n")
    ended = run("compress", scan, tmp_path / "a.isth", "--model", model, "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["model"] == "tiny-1"


def test_a_bad_recipe_is_wrong_usage(run, tmp_path):
    recipe = write_recipe(tmp_path / "tiny.toml", steps=0)
    ended = run("train", recipe, "--data", tmp_path, "--out", tmp_path / "out")
    assert ended.code == 2
    assert_one_line(ended.err, "entry steps must be a whole number above 0")
    ended = run("train", write_recipe(recipe), "--data", tmp_path, "--out", tmp_path / "out")
    assert ended.code == 2
    assert_one_line(ended.err, "No NIfTI scan was found below")


def test_the_program_itself_ends_with_the_code(tmp_path):
    """Through the interpreter, not only through the function: what a script sees."""
    for words, code in ((["info", "nowhere.isth"], 1), (["info"], 2), (["models", "--json"], 0)):
        ended = subprocess.run(
            [sys.executable, "-c", "import sys; from isthmus.cli import main; sys.exit(main())",
             *words],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
        assert ended.returncode == code
        assert "Traceback" not in ended.stderr
        if code == 1:
            assert_one_line(ended.stderr, "nowhere.isth cannot be read.")
