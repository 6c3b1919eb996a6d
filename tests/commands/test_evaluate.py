"""`isthmus evaluate`: its figures are those of files that the other commands write."""

import csv
import json

import numpy as np
import pytest
from builders import phantom, write_dicom_series, write_nifti_scan
from checkpoints import make_recipe, save, untrained
from endings import assert_one_line

import isthmus
from isthmus import codec, scans
from isthmus.codec.normalise import normalise
from isthmus.scans import Volume

pytest.importorskip("imagecodecs", reason="needs the extra “anchors”: imagecodecs")
pytest.importorskip("av", reason="needs the extra “anchors”: av")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A model of three bottlenecks, in its file."""
    recipe = make_recipe(channels=(8, 48, 128), quantisation=(0.3, 0.1, 0.04))
    net = untrained(recipe, [normalise(Volume(phantom((8, 64, 64)), np.eye(4)))[0]])
    return save(net, tmp_path_factory.mktemp("models") / "tiny-1.safetensors").path


@pytest.fixture
def few(model):
    """Options for two of its bottlenecks."""
    return "--model", model, "--bottlenecks", "8ch,128ch"


def test_points_are_those_of_the_files_that_compress_and_decompress_write(
    run, scan, model, few, tmp_path
):
    ended = run("evaluate", scan, *few, "--anchors", "none", "--json")
    assert ended.code == 0
    (result,) = json.loads(ended.out)["scans"]
    original = isthmus.read(scan)
    assert result["patient"] == scan.parent.name
    assert result["scan"] == "scan"
    assert result["shape"] == list(original.shape)
    assert result["type"] == "int16"
    assert result["peak"] == np.ptp(original.real(original.voxels))
    (curve,) = result["codecs"]
    assert curve["version"] == f"tiny-1 {codec.find_model(model).checkpoint_id}"
    assert [point["setting"] for point in curve["points"]] == ["8ch", "128ch"]
    engine = codec.load(model, "cpu")
    for point in curve["points"]:
        packed, back = tmp_path / "scan.isth", tmp_path / "back.nii.gz"
        ended = run("compress", scan, packed, "--model", model, "--bottleneck", point["setting"])
        assert ended.code == 0
        # As `isthmus decompress` does with a model that is installed.
        scans.write_nifti(engine.decode(engine.read(packed.read_bytes())), back)
        size = packed.stat().st_size
        quality = isthmus.compare(original, isthmus.read(back))
        assert (point["bytes"], point["psnr"], point["ssim"]) == (
            size, quality.psnr, quality.ssim
        )  # fmt: skip
        assert point["bits_per_voxel"] == 8 * size / original.voxels.size


def test_one_run_makes_the_whole_table(run, model, tmp_path):
    for patient, names in {"01": ("a", "b"), "02": ("a",)}.items():
        (tmp_path / patient).mkdir()
        for seed, name in enumerate(names):
            voxels = phantom((4, 48, 48)) + np.uint16(seed)
            write_nifti_scan(tmp_path / patient / f"{name}.nii.gz", voxels)
    write_dicom_series(tmp_path / "03", phantom((4, 32, 32)))
    plan = tmp_path / "plan.toml"
    plan.write_text(
        f'models = {{ Isthmus = "{model.as_posix()}" }}\nanchors = ["jpeg2000", "hevc-intra"]\n'
        'bottlenecks = ["128ch", "8ch"]\n'
        + "".join(
            f'[[patients]]\nname = "patient {name}"\nscans = {json.dumps(scans)}\n'
            for name, scans in {
                "one": ["01/a.nii.gz", "01/b.nii.gz"], "two": ["02/a.nii.gz"], "three": ["03"]
            }.items()
        )
    )  # fmt: skip
    kept, points, curves = tmp_path / "kept", tmp_path / "points.csv", tmp_path / "curves.svg"
    words = ("evaluate", "--plan", plan, "--keep", kept)
    ended = run(*words, "--csv", points, "--plot", curves)
    assert ended.code == 0
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in ended.out.split("\n")
    ]
    head = ["patient", "scan", "model", "to JPEG 2000", "to HEVC intra"]
    start = lines.index(head)
    assert [line[:3] for line in lines[start + 2 : start + 7]] == [
        ["patient one", "a", "tiny-1"],
        ["patient one", "b", "tiny-1"],
        ["patient one", "mean of 2", "tiny-1"],
        ["patient two", "a", "tiny-1"],
        ["patient three", "03", "tiny-1"],
    ]
    assert lines[start + 7][0] == "mean of 3 patients"
    assert all("±" in cell for cell in lines[start + 7][3:])

    with points.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["codec"] for row in rows} == {"Isthmus", "jpeg2000", "hevc-intra"}
    settings = {row["setting"] for row in rows if row["codec"] == "Isthmus"}
    assert settings == {"8ch", "128ch"}
    assert {row["psnr_db"] for row in rows if row["setting"] == "lossless"} == {"inf"}
    for scan in ("a", "b", "03"):
        assert (
            len([row for row in rows if row["codec"] == "hevc-intra" and row["scan"] == scan]) > 5
        )
    assert curves.read_bytes().startswith(b"<?xml")

    # The next run takes the anchors from where they were kept, times too.
    again = json.loads(run(*words, "--json").out)
    for result in again["scans"]:
        for curve in result["codecs"]:
            for point in curve["points"]:
                line = next(
                    row for row in rows
                    if (row["patient"], row["scan"], row["codec"], row["setting"])
                    == (result["patient"], result["scan"], curve["codec"], point["setting"])
                )  # fmt: skip
                assert point["bytes"] == int(line["bytes"])
                assert point["psnr"] == pytest.approx(float(line["psnr_db"]), abs=1e-4)
                if curve["anchor"]:
                    assert point["encode_s"] == pytest.approx(float(line["encode_s"]), abs=1e-4)
    rates = {(each["tested"], each["reference"]): each for each in again["bd_rates"]}
    assert rates["Isthmus", "jpeg2000"]["patients"].keys() == {
        "patient one", "patient two", "patient three"
    }  # fmt: skip
    assert rates["hevc-intra", "jpeg2000"]["mean"]["patients"] == 3


def test_models_stand_in_rows_of_their_own(run, scan, model, few, tmp_path):
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(model.read_bytes())
    ended = run("evaluate", scan, *few, "--model", copy, "--anchors", "jpegls", "--json")
    found = json.loads(ended.out, parse_constant=pytest.fail)
    first, second, anchor = found["scans"][0]["codecs"]
    assert [first["codec"], second["codec"], anchor["codec"]] == ["tiny-1", "copy", "jpegls"]
    sizes = [[point["bytes"] for point in each["points"]] for each in (first, second)]
    assert sizes[0] == sizes[1]
    assert anchor["lossless"]["psnr"] is None
    assert len(found["bd_rates"]) == 2


def test_a_picture_is_drawn_once_and_for_all(run, scan, few, tmp_path):
    pytest.importorskip("matplotlib", reason="needs the extra “plots”: matplotlib")
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    for path in (one, other):
        assert run("evaluate", scan, *few, "--anchors", "none", "--plot", path).code == 0
    assert one.read_bytes() == other.read_bytes()
    assert one.read_bytes().startswith(b"\x89PNG")


def test_a_scan_that_fails_leaves_the_points_before_it(run, scan, few, tmp_path):
    flat = write_nifti_scan(tmp_path / "flat.nii", np.full((3, 16, 16), 7, np.uint8))
    points = tmp_path / "points.csv"
    ended = run("evaluate", scan, flat, *few, "--anchors", "none", "--csv", points)
    assert (ended.code, ended.out) == (1, "")
    assert "flat.nii has no contrast to measure." in ended.err.splitlines()[-1]
    assert points.read_text().count("\n") == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["flat.nii", "points.csv"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "There is nothing to measure."),
        (["SCAN", "--anchors", "jpeg"], 2, "There is no anchor “jpeg”."),
        (["SCAN", "--model", "nonsuch"], 1, "There is no model “nonsuch”."),
        (["SCAN", "--model", "MODEL", "--bottlenecks", "5ch"], 1, "has no bottleneck “5ch”."),
        (["nowhere.nii", "--model", "MODEL"], 1, "nowhere.nii does not exist."),
        (["SCAN", "--csv", "points.txt"], 2, "Let it end in .csv."),
        (["SCAN", "--plot", "curves.pdf"], 2, "Let it end in .svg or .png."),
        (["SCAN", "--plot", "nowhere/curves.svg"], 1, "There is no folder nowhere"),
        (["SCAN", "--data", "."], 2, "--data belongs to a --plan."),
        (["SCAN", "--plan", "plan.toml"], 2, "Leave out SCAN and --model."),
        (["--plan", "plan.toml"], 2, "The plan plan.toml cannot be read."),
        (["SCAN", "--model", "MODEL", "--keep", "SCAN"], 2, "cannot be made."),
    ],
)
def test_what_cannot_be_measured_is_told_at_once(
    run, scan, model, tmp_path, monkeypatch, words, code, said
):
    monkeypatch.chdir(tmp_path)
    named = {"SCAN": scan, "MODEL": model}
    ended = run("evaluate", *(named.get(word, word) for word in words))
    assert (ended.code, ended.out) == (code, "")
    assert_one_line(ended.err, said)
    assert list(tmp_path.iterdir()) == []
