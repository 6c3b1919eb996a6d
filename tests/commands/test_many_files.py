"""Several files at once: names, one object, and going on when one fails."""

import json
import shutil

import numpy as np
import pytest
from builders import phantom, write_dicom_series, write_nifti_scan
from endings import assert_one_line

import isthmus

LINEAR = ("--model", "linear-dct-2")


@pytest.fixture
def several(scan, tmp_path):
    """A NIfTI file, a folder with a DICOM series, and a file that is no scan."""
    folder = tmp_path / "several"
    folder.mkdir()
    shutil.copy(scan, folder / "one.nii.gz")
    write_dicom_series(folder / "two", phantom((3, 20, 18)))
    (folder / "bad.nii").write_text("no scan")
    return folder


def test_outputs_in_a_folder_are_named_after_their_sources(run, several, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    ended = run("compress", several / "one.nii.gz", several / "two", "--out", out, *LINEAR,
                "--json")  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    listed = json.loads(ended.out)["files"]
    assert [each["file"] for each in listed] == [str(out / "one.isth"), str(out / "two.isth")]
    assert [each["bytes"] for each in listed] == [
        (out / name).stat().st_size for name in ("one.isth", "two.isth")
    ]

    ended = run("decompress", out / "one.isth", out / "two.isth", "--out", out, "--json")
    assert (ended.code, ended.err) == (0, "")
    listed = json.loads(ended.out)["files"]
    assert [each["shape"] for each in listed] == [[5, 41, 35], [3, 20, 18]]
    assert isthmus.read(out / "two.nii.gz").shape == (3, 20, 18)


def test_one_that_fails_does_not_stop_the_others(run, several, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    sources = [several / name for name in ("bad.nii", "one.nii.gz", "two")]
    ended = run("compress", *sources, "--out", out, *LINEAR, "--json")
    assert ended.code == 1
    assert_one_line(ended.err, "bad.nii")
    failed, *done = json.loads(ended.out)["files"]
    assert failed["source"] == str(sources[0])
    assert ended.err == f"isthmus: {failed['error']}\n"
    assert [each["file"] for each in done] == [str(out / "one.isth"), str(out / "two.isth")]
    assert sorted(path.name for path in out.iterdir()) == ["one.isth", "two.isth"]


def test_one_file_that_fails_in_a_folder_is_told_too(run, several, tmp_path):
    ended = run("compress", several / "bad.nii", "--out", tmp_path, *LINEAR)
    assert (ended.code, ended.out) == (1, "")
    assert_one_line(ended.err, "bad.nii")


def test_the_one_output_can_be_named_by_the_option(run, scan, packed, tmp_path):
    ended = run("compress", scan, "--out", tmp_path / "a.isth", *LINEAR, "--json")
    assert json.loads(ended.out)["file"] == str(tmp_path / "a.isth")
    assert (tmp_path / "a.isth").read_bytes() == packed.read_bytes()


def test_two_scans_never_share_an_output(run, scan, several, tmp_path):
    shutil.copy(scan, tmp_path / "one.nii.gz")
    ended = run("compress", several / "one.nii.gz", tmp_path / "one.nii.gz", "--out", tmp_path)
    assert ended.code == 2
    assert_one_line(ended.err, "Two of these files would become one.isth.")
    assert not (tmp_path / "one.isth").exists()


def test_a_made_up_name_never_takes_the_place_of_a_scan(run, several, packed):
    """The original lies most often beside its file, under just this name."""
    shutil.copy(packed, several / "one.isth")
    before = (several / "one.nii.gz").read_bytes()
    ended = run("decompress", several / "one.isth", "--out", several)
    assert ended.code == 1
    assert_one_line(ended.err, "one.nii.gz is there already; it may be the original.")
    assert (several / "one.nii.gz").read_bytes() == before


def test_a_series_of_one_folder_is_chosen(run, tmp_path):
    folder = tmp_path / "both"
    write_dicom_series(folder, phantom((3, 20, 18)), series="1.2.3", prefix="A")
    write_dicom_series(folder, phantom((5, 20, 18)), series="1.2.4", prefix="B")
    for words, slices in ((["--series", "1.2.3"], 3), (["--series", "1.2.4"], 5), ([], 5)):
        ended = run("compress", folder, tmp_path / "a.isth", *LINEAR, *words)
        assert ended.code == 0
        assert json.loads(run("info", tmp_path / "a.isth", "--json").out)["shape"][0] == slices
        if words:
            assert ended.err == ""
        else:  # a choice that the person did not make is told
            assert_one_line(ended.err, "both: The folder holds 2 series.")
    ended = run("compress", folder, tmp_path / "b.isth", "--series", "1.2.5")
    assert ended.code == 1
    assert_one_line(ended.err, "holds no series 1.2.5. It holds 1.2.4, 1.2.3.")


@pytest.mark.parametrize("command", ["compress", "convert"])
def test_a_series_of_a_file_is_wrong_usage(run, scan, tmp_path, command):
    out = tmp_path / ("a.isth" if command == "compress" else "a.nii")
    ended = run(command, scan, out, "--series", "1.2.3")
    assert ended.code == 2
    assert_one_line(ended.err, "--series chooses from a folder, and scan.nii.gz is a file.")
    assert not out.exists()


def test_what_the_codec_refuses_is_named(run, tmp_path):
    voxels = phantom((2, 8, 8), np.int64) << 50
    path = write_nifti_scan(tmp_path / "huge.nii", voxels)
    ended = run("compress", path, tmp_path / "a.isth", *LINEAR)
    assert ended.code == 1
    assert_one_line(ended.err, "huge.nii: The scan cannot be compressed: ")
