"""Training learns, can be interrupted at any step, and ends in a checkpoint that works."""

import csv
import json

import numpy as np
import pytest
import torch
from builders import phantom, write_nifti_scan
from checkpoints import enliven, make_recipe, save, write_recipe
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from isthmus import codec, read
from isthmus.codec.checkpoint import read_info
from isthmus.codec.context import layer_edges
from isthmus.codec.layers import dct_basis
from isthmus.errors import CheckpointError, UsageError
from isthmus.quality import compare
from isthmus.training.command import train
from isthmus.training.data import Crops, find_scans, load
from isthmus.training.loop import Run
from isthmus.training.networks import Networks, energy_order
from isthmus.training.recipe import read_recipe


class Spoken(list):
    """What a run said."""

    def __call__(self, text):
        self.append(text)


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def begin(recipe_path, data, out):
    return Run(read_recipe(recipe_path), data, out, Spoken())


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    """What a whole run leaves behind: the folder, the checkpoint, what was said."""
    folder = tmp_path_factory.mktemp("trained")

    recipe = write_recipe(folder / "tiny.toml")
    said = Spoken()
    path = train(
        recipe, data, folder / "run",
        minutes=None, threads=1, model=folder / "models" / "tiny-1.safetensors", say=said,
    )  # fmt: skip
    return folder, path, said


def test_a_run_logs_its_loss_and_its_validation(trained):
    folder, _, said = trained
    losses = rows(folder / "run" / "train.csv")
    assert [row["step"] for row in losses] == ["4"]
    assert np.isfinite(float(losses[0]["loss"]))
    found = rows(folder / "run" / "validation.csv")
    assert [(row["step"], row["channels"]) for row in found] == [
        ("2", "6"), ("2", "128"), ("4", "6"), ("4", "128")
    ]  # fmt: skip
    for row in found:
        assert float(row["estimated_bpv"]) > 0
        assert float(row["psnr"]) > 10
    assert any(text.startswith("step 4") for text in said)
    with safe_open(folder / "run" / "state.safetensors", "np") as state:
        assert state.metadata()["step"] == "4"


def test_the_checkpoint_compresses_and_decompresses(trained, data):
    _, path, _ = trained
    engine = codec.load(path, "cpu")
    scan = read(data / "validation" / "three.nii.gz")
    latent = engine.encode(scan, "128ch")
    bytes_ = engine.write(latent)
    assert compare(scan, engine.decode(engine.read(bytes_))).volume.psnr > 40
    assert [bottleneck.name for bottleneck in engine.info.bottlenecks] == ["6ch", "128ch"]


def test_the_card_is_complete_and_measured_on_real_bytes(trained, data):
    _, path, _ = trained
    info = read_info(path)
    card = info.card
    assert card["data"] == "made on the spot"
    assert card["limits"] == "knows nothing"
    assert card["split"] == "by patient: train is trained on, validation only judged on"
    assert card["steps"] == 4
    assert card["minutes"] >= 0
    assert "0.12" in card["loss"]
    engine = codec.load(info, "cpu")
    scan = read(data / "validation" / "three.nii.gz")
    for row, bottleneck in zip(card["validation"], info.bottlenecks, strict=True):
        written = engine.write(engine.encode(scan, bottleneck))
        quality = compare(scan, engine.decode(engine.read(written))).volume
        assert row == {
            "bottleneck": bottleneck.name,
            "bpv": round(8 * len(written) / scan.voxels.size, 4),
            "ratio": round(scan.voxels.nbytes / len(written), 1),
            "psnr": round(quality.psnr, 2),
            "ssim": round(quality.ssim, 4),
        }
    for row, bottleneck in zip(card["train"], info.bottlenecks, strict=True):
        assert (row["bpv"], row["psnr"]) == (bottleneck.expected_bpv, bottleneck.expected_psnr)
    beside = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert (beside["name"], beside["card"]) == ("tiny-1", card)
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "tiny-1.json", "tiny-1.safetensors"
    ]  # fmt: skip


def test_the_classic_family_ends_in_a_checkpoint_that_works(data, recipe_file, tmp_path):
    recipe = recipe_file(
        family="classic", channels=(2, 20), quantisation=(1.0, 1.0), prior_weight=0.25
    )
    path = train(
        recipe, data, tmp_path / "run",
        minutes=None, threads=1, device="cpu", model=tmp_path / "c-1.safetensors", say=Spoken(),
    )  # fmt: skip
    engine = codec.load(path, "cpu")
    scan = read(data / "validation" / "three.nii.gz")
    data_ = engine.write(engine.encode(scan, "20ch"))
    quality = compare(scan, engine.decode(engine.read(data_))).volume
    card = engine.info.card
    assert card["validation"][1]["psnr"] == round(quality.psnr, 2)
    assert card["validation"][1]["bpv"] == round(8 * len(data_) / scan.voxels.size, 4)
    assert "each size by itself" in card["loss"]
    assert "0.25 · divergence" in card["loss"]


def test_the_tables_are_fitted_to_the_training_scans(trained, data):
    """The shipped tables cost fewer bytes than the logistic ones that they start from."""
    folder, path, _ = trained
    run = begin(folder / "tiny.toml", data, folder / "run")
    assert run.say == ["Resumed at step 4."]
    plain = codec.load(save(run.averaged(), folder / "plain-1.safetensors"), "cpu")
    fitted = codec.load(path, "cpu")
    scan = read(data / "train" / "one.nii.gz")
    assert np.array_equal(plain.encode(scan, "128ch").values, fitted.encode(scan, "128ch").values)
    sizes = [len(each.write(each.encode(scan, "128ch"))) for each in (plain, fitted)]
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize("family", ["trained", "linear", "classic"])
def test_an_interrupted_run_ends_with_the_very_same_weights(recipe_file, data, tmp_path, family):
    recipe = recipe_file(family=family)
    whole = begin(recipe, data, tmp_path / "whole")
    whole.train()
    for step in range(1, 5):
        part = begin(recipe, data, tmp_path / "parts")
        part.train(minutes=0)
        assert part.step == step
    assert begin(recipe, data, tmp_path / "parts").step == 4
    expected = load_file(tmp_path / "whole" / "state.safetensors")
    found = load_file(tmp_path / "parts" / "state.safetensors")
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert torch.equal(found[name], value), name
    start = begin(recipe, data, tmp_path / "new").net.state_dict()
    moved = {
        name.split(".")[0]
        for name, value in whole.net.state_dict().items()
        if not torch.equal(value, start[name])
    }
    networks = {"linear": set(), "classic": {"analysis", "synthesis", "expected"}}
    assert moved == {"rate"} | networks.get(family, {"analysis", "synthesis"})


def test_training_lowers_the_loss(recipe_file, data, tmp_path):
    run = begin(recipe_file(steps=80, evaluate_every=1000), data, tmp_path / "run")
    which = torch.tensor([0, 1])
    crops = run.crops.batch(10_000, 2, 4, 32)

    def loss(net):
        with torch.inference_mode():
            return float(net.loss(net(crops, which), which))

    before = loss(run.net)
    run.train()
    assert loss(run.net) < 0.95 * before
    assert loss(run.averaged()) < 0.95 * before


def test_rows_of_steps_that_are_done_again_are_forgotten(recipe_file, data, tmp_path):
    recipe, out = recipe_file(), tmp_path / "run"
    begin(recipe, data, out).train(minutes=0)
    with (out / "train.csv").open("a", encoding="utf-8") as file:
        file.write("3,9.9\n")
    run = begin(recipe, data, out)
    assert [row["step"] for row in rows(out / "train.csv")] == ["1"]
    run.train()
    assert [row["step"] for row in rows(out / "train.csv")] == ["1", "4"]


def test_a_run_that_diverges_stops_and_keeps_its_last_state(recipe_file, data, tmp_path):
    out = tmp_path / "run"
    begin(recipe_file(), data, out).train(minutes=0)
    state = (out / "state.safetensors").read_bytes()
    run = begin(recipe_file(), data, out)
    with torch.no_grad():
        run.net.rate.heads.weight += torch.nan
    with pytest.raises(UsageError, match=r"diverged before step 4\. Lower"):
        run.train()
    assert (out / "state.safetensors").read_bytes() == state


@pytest.mark.parametrize(
    "changes",
    [{"channels": (6, 64)}, {"quantisation": (0.4, 0.02)}, {"family": "linear"},
     {"channels": (6, 64, 128), "quantisation": (0.4, 0.1, 0.01)}],
)  # fmt: skip
def test_a_state_of_another_recipe_is_refused(recipe_file, data, tmp_path, changes):
    begin(recipe_file(), data, tmp_path / "run").train(minutes=0)
    with pytest.raises(CheckpointError, match=r"of another recipe\. Choose another --out"):
        begin(recipe_file(**changes), data, tmp_path / "run")


def test_a_run_may_be_made_longer(recipe_file, data, tmp_path):
    begin(recipe_file(), data, tmp_path / "run").train()
    longer = begin(recipe_file(steps=6, learning_rate=1e-3), data, tmp_path / "run")
    longer.train()
    assert longer.step == 6


@pytest.mark.parametrize("spoil", ["cut", "foreign", "no average", "empty"])
def test_a_damaged_state_is_refused(recipe_file, data, tmp_path, spoil):
    recipe, path = recipe_file(), tmp_path / "run" / "state.safetensors"
    begin(recipe, data, tmp_path / "run").train(minutes=0)
    if spoil == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    elif spoil == "foreign":
        save_file({"weight": torch.zeros(3)}, path)
    elif spoil == "empty":
        path.write_bytes(b"")
    else:
        with safe_open(path, "pt") as file:
            metadata = file.metadata()
        tensors = load_file(path)
        save_file({key: tensors[key] for key in tensors if key[:4] != "aver"}, path, metadata)
    with pytest.raises(CheckpointError, match="is damaged or of another recipe"):
        begin(recipe, data, tmp_path / "run")


def test_scans_are_found_without_those_left_out(data):
    found = [path.name for path in find_scans(data / "train", ("gt.",))]
    assert found == ["two.nii", "one.nii.gz"]
    assert len(find_scans(data / "train")) == 3


def test_a_folder_without_scans_is_named(recipe_file, tmp_path):
    with pytest.raises(UsageError, match=r"No NIfTI scan was found below .*train"):
        begin(recipe_file(), tmp_path, tmp_path / "run")


def test_scans_without_a_whole_block_are_refused(recipe_file, tmp_path):
    for name in ("train", "validation"):
        (tmp_path / name).mkdir()
        write_nifti_scan(tmp_path / name / "thin.nii", phantom((1, 30, 30)))
    with pytest.raises(UsageError, match="smaller than one block"):
        begin(recipe_file(), tmp_path, tmp_path / "run")


def test_an_output_folder_that_cannot_be_made_is_named(recipe_file, data, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot be made\. Choose another --out"):
        train(
            recipe_file(), data, tmp_path / "file" / "run",
            minutes=0, threads=None, model=None, say=Spoken(),
        )  # fmt: skip


def test_crops_depend_on_seed_and_step_alone(data):
    volumes = load(find_scans(data / "train", ("gt.",)))
    one, two = Crops(volumes, 5), Crops(volumes, 5)
    one.batch(0, 3, 4, 32)
    assert torch.equal(one.batch(7, 2, 4, 32), two.batch(7, 2, 4, 32))
    assert not torch.equal(one.batch(7, 2, 4, 32), one.batch(8, 2, 4, 32))
    assert not torch.equal(one.batch(7, 2, 4, 32), Crops(volumes, 6).batch(7, 2, 4, 32))
    assert one.batch(0, 2, 4, 32).shape == (2, 4, 32, 32)


def test_the_order_of_energy_is_that_of_the_scans():
    """A scan of one coefficient alone puts this one first."""
    basis = dct_basis(2)
    scan = np.tile(basis[70], (2, 3, 3)).astype(np.float32)
    ordered, spread = energy_order([scan], 2)
    assert np.allclose(ordered[0], basis[70], atol=1e-6)
    assert spread[0] == pytest.approx(1, rel=1e-5)
    assert spread[1] < 1e-5


@pytest.mark.parametrize("channel", [1, 5, 9, 40, 127])
def test_the_rate_model_looks_at_nothing_that_is_decoded_later(channel):
    """Changing an integer changes no prediction before it, in the order of decoding.

    That order is layer by layer of channels; in a layer slab by slab, block by block, channel by
    channel. The lowest channels have a linear path, too, which must keep to it.
    """
    scan = phantom((8, 40, 40)).astype(np.float32) / 1000
    net = enliven(Networks(make_recipe(family="linear"), *energy_order([scan], 2)))
    values = torch.from_numpy(
        np.random.default_rng(0).integers(-3, 4, (1, 3, 128, 3, 3)).astype(np.float32)
    )
    changed = values.clone()
    slab, row, column = 1, 1, 1
    changed[0, slab, channel, row, column] += 5
    with torch.inference_mode():
        one, two = (torch.stack(net.rate(each, torch.tensor([1]))) for each in (values, changed))
    differs = (one != two).any(0).numpy()
    order, first = np.empty(differs.shape, int), 0
    for start, end in layer_edges(128):
        size = (3, 3, 3, end - start)
        places = first + np.arange(np.prod(size)).reshape(size)
        order[:, start:end] = places.transpose(0, 3, 1, 2)
        first += places.size
    here = order[slab, channel, row, column]
    assert not differs[order <= here].any()

    (start, end) = next(edge for edge in layer_edges(128) if edge[0] <= channel < edge[1])
    same, above = differs[:, start:end], differs[:, end:]
    if channel + 1 < end:
        assert differs[slab, channel + 1 : end, row, column].any()  # later in its block
    assert same[slab, :, row, column + 1].any()  # E of it
    assert same[slab, :, row + 1].any()  # below it
    assert same[slab + 1].any()  # one slab on
    if end < 128:
        # The layers above see all blocks around, those before it as well, but no slab before.
        assert above[slab].any(0).all()
        assert above[slab + 1].any()
        assert not above[:slab].any()
    assert not differs[:slab].any()


def test_the_bases_ship_as_each_others_inverse(trained):
    """Or scans that are sharper than those trained on do not come back whole at fine steps."""
    _, path, _ = trained
    tensors = load_file(path)
    analysis, synthesis = (
        tensors[f"{part}.basis"].flatten(1) for part in ("analysis", "synthesis")
    )
    assert not torch.allclose(analysis @ analysis.T, torch.eye(128), atol=1e-6)  # it was trained
    torch.testing.assert_close(analysis @ synthesis.T, torch.eye(128), atol=1e-5, rtol=0)


def test_a_run_draws_its_curves(trained):
    folder, _, _ = trained
    drawn = (folder / "run" / "curves.svg").read_text(encoding="utf-8")
    assert drawn.lstrip().startswith("<?xml")
    assert drawn.rstrip().endswith("</svg>")
