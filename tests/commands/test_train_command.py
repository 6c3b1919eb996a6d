"""`isthmus train`."""

import json

from builders import phantom, write_nifti_scan
from checkpoints import write_recipe
from endings import assert_one_line


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
