"""`isthmus models`."""

import json

from isthmus import codec


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
    linear = next(each for each in listed if each["name"] == "linear-dct-2")
    assert linear["checkpoint"] == codec.find_model("linear-dct-2").checkpoint_id
    assert linear["bottlenecks"][0].keys() == {
        "name", "channels", "step", "expected_bpv", "expected_psnr"
    }  # fmt: skip
    assert linear["card"]["data"]
