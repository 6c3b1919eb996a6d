"""Checkpoints are listed from their headers, and damage to one never hides the others."""

import json
import pickle
import shutil
import subprocess
import sys

import numpy as np
import pytest
from builders import phantom
from safetensors import safe_open
from safetensors.numpy import save_file

from isthmus import assets, codec
from isthmus.codec import Bottleneck, ModelInfo
from isthmus.codec.checkpoint import DEFAULT, find_checkpoint, read_info
from isthmus.errors import CheckpointError, IsthmusError
from isthmus.scans.volume import Volume


@pytest.fixture
def folder(tmp_path, monkeypatch, lively_info, linear):
    """A models folder of one's own, with two models in it."""
    monkeypatch.setattr(assets, "folder", lambda name: tmp_path)
    shutil.copy(lively_info.path, tmp_path / f"{DEFAULT}.safetensors")
    shutil.copy(linear.info.path, tmp_path / "linear-dct-2.safetensors")
    return tmp_path


def contents(path):
    """Return a checkpoint's arrays and metadata."""
    with safe_open(path, "np") as file:
        meta = json.loads(file.metadata()["isthmus"])
        return {name: file.get_tensor(name) for name in file.keys()}, meta  # noqa: SIM118


def rewrite(path, arrays=None, **changes):
    """Write a checkpoint again with other arrays, or other entries of its metadata."""
    old, meta = contents(path)
    save_file(old if arrays is None else arrays, path, {"isthmus": json.dumps({**meta, **changes})})


def header_size(path):
    return 8 + int.from_bytes(path.read_bytes()[:8], "little")


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_the_models_that_ship_are_whole():
    found = codec.models()
    assert codec.model_problems() == ()
    assert found[0].name == DEFAULT
    assert {"trained", "linear"} <= {model.family for model in found}
    for model in found:
        assert model.compresses
        channels = [each.channels for each in model.bottlenecks]
        assert channels == sorted(channels)
        assert len(channels) >= 6
        sizes = [each.expected_bpv for each in model.bottlenecks]
        quality = [each.expected_psnr for each in model.bottlenecks]
        assert sizes == sorted(sizes)
        assert quality == sorted(quality)
        assert sizes[0] > 0
        assert {"data", "split", "steps", "loss", "limits", "train", "validation"} <= set(
            model.card
        )
        assert len(model.card["validation"]) == len(channels)
        card = json.loads(model.path.with_suffix(".json").read_text(encoding="utf-8"))
        assert card["card"] == model.card
        assert codec.load(model, "cpu").info == model


def test_the_models_that_have_shipped_still_read():
    """Those that a better one has replaced are not offered, but their files name them."""
    listed = {model.name for model in codec.models()}
    for name, checkpoint, architecture in (
        ("mr-general-1", "b31164a010c57226", 1),
        ("linear-dct-1", "5408adeaca1a24e3", 1),
        ("mr-general-2", "4682a0ee053a9d57", 2),
    ):
        info = find_checkpoint(checkpoint)
        assert (info.name, info.architecture) == (name, architecture)
        assert info.compresses == (architecture == 2)
        assert codec.find_model(name) == info
        assert info.name not in listed
        assert codec.load(info, "cpu").info == info


def test_listing_models_imports_no_torch():
    code = (
        "import sys; from isthmus import codec; codec.models(); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_models_are_listed_and_the_general_one_is_the_default(folder):
    assert [model.name for model in codec.models()] == [DEFAULT, "linear-dct-2"]
    assert codec.default_model().name == DEFAULT
    assert codec.find_model().name == DEFAULT
    assert codec.find_model("linear-dct-2").family == "linear"
    (folder / f"{DEFAULT}.safetensors").unlink()
    assert codec.default_model().name == "linear-dct-2"


def test_models_of_an_older_architecture_are_found_but_not_listed(folder, frozen):
    old = frozen("version1").info
    shutil.copy(old.path, folder / "a-1.safetensors")
    assert [model.name for model in codec.models()] == [DEFAULT, "linear-dct-2"]
    assert codec.model_problems() == ()
    found = find_checkpoint(old.checkpoint_id)
    assert (found.name, found.compresses) == ("a-1", False)
    assert codec.find_model("a-1") == found


def test_a_model_is_found_by_its_file(lively_info):
    assert codec.find_model(lively_info.path) == lively_info
    assert codec.find_model(str(lively_info.path)) == lively_info
    assert codec.load(str(lively_info.path), "cpu").info == lively_info


def test_a_model_is_found_by_its_weights(folder):
    for model in codec.models():
        assert find_checkpoint(model.checkpoint_id) == model
    with pytest.raises(CheckpointError, match="No installed model has the weights 0123"):
        find_checkpoint("0123")


def test_a_name_that_is_not_there_tells_which_are(folder):
    with pytest.raises(CheckpointError, match=r"“nonsuch”\. Installed: mr-general-3, linear-dct-2"):
        codec.find_model("nonsuch")
    with pytest.raises(CheckpointError, match=r"nonsuch\.safetensors is missing"):
        codec.find_model("nonsuch.safetensors")


def test_a_folder_without_models_says_so(folder):
    for path in folder.iterdir():
        path.unlink()
    assert codec.models() == ()
    with pytest.raises(CheckpointError, match="No model was found in"):
        codec.default_model()


def short(path):
    path.write_bytes(path.read_bytes()[:-1])


def long(path):
    path.write_bytes(path.read_bytes() + b"!")


def empty(path):
    path.write_bytes(b"")


def only_a_header(path):
    path.write_bytes(path.read_bytes()[: header_size(path)])


def half_a_header(path):
    path.write_bytes(path.read_bytes()[: header_size(path) // 2])


def no_json(path):
    flip(path, 8)


def nested(path):
    text = b'{"a":' + b"[" * 100_000
    path.write_bytes(len(text).to_bytes(8, "little") + text)


def a_list(path):
    path.write_bytes((2).to_bytes(8, "little") + b"[]")


def no_offsets(path):
    text = b'{"a": {"data_offsets": [3]}}'
    path.write_bytes(len(text).to_bytes(8, "little") + text)


def a_pickle(path):
    path.write_bytes(pickle.dumps({"analysis.basis": np.zeros(3)}))


def foreign(path):
    save_file({"weight": np.zeros(3, np.float32)}, path)


def foreign_metadata(path):
    save_file({"weight": np.zeros(3, np.float32)}, path, {"format": "pt"})


def newer(path):
    rewrite(path, architecture=3)


def without(entry):
    def spoil(path):
        arrays, meta = contents(path)
        del meta[entry]
        save_file(arrays, path, {"isthmus": json.dumps(meta)})

    return spoil


def with_entries(**changes):
    return lambda path: rewrite(path, **changes)


ONE = {"name": "4ch", "channels": 4, "step": 0.6}
SPOILS = {
    "short": (short, "is cut short"),
    "long": (long, "is cut short"),
    "empty": (empty, "is damaged"),
    "only a header": (only_a_header, "is cut short"),
    "half a header": (half_a_header, "is damaged"),
    "no json": (no_json, "is damaged"),
    "nested": (nested, "is damaged"),
    "a list": (a_list, "is damaged"),
    "no offsets": (no_offsets, "is damaged"),
    "a pickle": (a_pickle, "is damaged"),
    "foreign": (foreign, "is not an Isthmus model"),
    "foreign metadata": (foreign_metadata, "is not an Isthmus model"),
    "newer": (newer, r"was made by a newer Isthmus\. Update Isthmus\."),
    "no title": (without("title"), "is damaged"),
    "no shape": (without("shape"), "is damaged"),
    "no bottlenecks": (with_entries(bottlenecks=[]), "is damaged"),
    "twins": (with_entries(bottlenecks=[ONE, ONE]), "is damaged"),
    "no channels": (with_entries(bottlenecks=[{**ONE, "channels": 0}]), "is damaged"),
    "no step": (with_entries(bottlenecks=[{**ONE, "step": 0.0}]), "is damaged"),
    "unknown entry": (with_entries(bottlenecks=[{**ONE, "colour": "red"}]), "is damaged"),
    "text for a number": (with_entries(architecture="two"), "is damaged"),
    "no depth": (with_entries(slab_depth=0), "is damaged"),
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_damaged_checkpoint_is_named_and_the_others_stay(folder, spoil):
    path = folder / f"{DEFAULT}.safetensors"
    spoiler, sentence = SPOILS[spoil]
    spoiler(path)
    assert [model.name for model in codec.models()] == ["linear-dct-2"]
    (problem,) = codec.model_problems()
    assert f"{DEFAULT}.safetensors" in problem.problem
    for refused in (codec.find_model, codec.load):
        with pytest.raises(CheckpointError, match=sentence) as caught:
            refused(DEFAULT)
        assert caught.value.remedy
    assert codec.default_model().name == "linear-dct-2"
    (folder / "linear-dct-2.safetensors").unlink()
    with pytest.raises(CheckpointError, match=sentence):
        codec.default_model()


def array_changes(arrays):
    yield "lost", {name: arrays[name] for name in arrays if name != "synthesis.basis"}
    yield "lost table", {name: arrays[name] for name in arrays if name != "context.shifts"}
    yield "extra", {**arrays, "synthesis.more": np.zeros(3, np.float32)}
    for name in ("analysis.basis", "synthesis.restoration.enter.weight", "context.cumulative"):
        yield f"short {name}", {**arrays, name: np.ascontiguousarray(arrays[name][:-1])}
    yield "no table", {**arrays, "context.cumulative": 0 * arrays["context.cumulative"]}


@pytest.mark.parametrize("number", range(7))
def test_weights_that_do_not_fit_are_refused_when_loaded(tmp_path, lively_info, number):
    path = tmp_path / "odd-1.safetensors"
    shutil.copy(lively_info.path, path)
    _, changed = list(array_changes(contents(path)[0]))[number]
    rewrite(path, changed)
    info = read_info(path)
    with pytest.raises(CheckpointError, match=r"odd-1\.safetensors is damaged"):
        codec.load(info, "cpu")


@pytest.mark.parametrize(
    "changes",
    [
        {"shape": {"depth": 4}},
        {"shape": {"depth": 2, "restoration": 32}},
        {"shape": {"depth": 2, "colour": 3}},
        {"slab_depth": 4},
        {"family": "magic"},
        {"bottlenecks": [ONE, {**ONE, "name": "129ch", "channels": 129}]},
        {"bottlenecks": [ONE]},
    ],
)
def test_metadata_that_does_not_fit_the_weights_is_refused(tmp_path, lively_info, changes):
    path = tmp_path / "odd-1.safetensors"
    shutil.copy(lively_info.path, path)
    rewrite(path, **changes)
    with pytest.raises(CheckpointError, match=r"odd-1\.safetensors is damaged"):
        codec.load(read_info(path), "cpu")


def test_flipped_weights_are_other_weights(tmp_path, lively_info, lively):
    path = tmp_path / "lively-1.safetensors"
    shutil.copy(lively_info.path, path)
    assert read_info(path).checkpoint_id == lively_info.checkpoint_id
    listed = read_info(path)
    data = lively.compress(Volume(phantom((2, 9, 9)), np.eye(4)), "6ch")
    start, end = header_size(path), path.stat().st_size
    for at in (start, (start + end) // 2, end - 1):
        flip(path, at)
        with pytest.raises(CheckpointError, match="is damaged"):
            codec.load(listed, "cpu")
        other = read_info(path)
        assert other.checkpoint_id != lively_info.checkpoint_id
        with pytest.raises(CheckpointError, match=lively_info.checkpoint_id):
            codec.load(other, "cpu").read(data)
        flip(path, at)


def test_what_decides_how_files_decode_is_part_of_the_identity(tmp_path, lively_info):
    path = tmp_path / "lively-1.safetensors"
    shutil.copy(lively_info.path, path)
    meta = contents(path)[1]
    steps = [{**entry, "step": 2 * entry["step"]} for entry in meta["bottlenecks"]]
    expectations = [{**entry, "expected_psnr": 40.0} for entry in meta["bottlenecks"]]
    rewrite(path, bottlenecks=steps)
    assert read_info(path).checkpoint_id != lively_info.checkpoint_id
    rewrite(path, bottlenecks=expectations, title="Other", card={"data": "measured again"})
    changed = read_info(path)
    assert changed.checkpoint_id == lively_info.checkpoint_id
    assert changed.title == "Other"


class Trap:
    """Leaves a mark if it is ever unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return open, (str(self.mark), "w")


def test_nothing_is_ever_unpickled(tmp_path):
    mark, path = tmp_path / "mark", tmp_path / "trap.safetensors"
    path.write_bytes(pickle.dumps(Trap(mark)))
    info = ModelInfo("trap", "", "trained", (Bottleneck("4ch", 4, 0.5),), 2, 2, path, "0" * 16, {})
    for attempt in (lambda: read_info(path), lambda: codec.load(info, "cpu")):
        with pytest.raises(IsthmusError, match="is damaged"):
            attempt()
    assert not mark.exists()
    pickle.loads(path.read_bytes()).close()  # noqa: S301  (ours: shows that the trap works)
    assert mark.exists()
