"""`isthmus series`."""

import json
import shutil

import numpy as np
import pytest
from builders import phantom, write_dicom_series

from isthmus import read


@pytest.fixture
def disc(tmp_path):
    """A folder as on a hospital's disc: two series and a text."""
    folder = tmp_path / "disc"
    write_dicom_series(folder / "a", phantom((3, 8, 12)), series="1.2.3", description="t2_small",
                       SeriesDate="20190203", StudyDate="20190201")  # fmt: skip
    write_dicom_series(folder / "b", phantom((5, 16, 10)), series="1.2.4", description="t1_large",
                       StudyDate="20190201")  # fmt: skip
    (folder / "README.TXT").write_text("Run VIEW.EXE.")
    return folder


def test_every_series_is_listed_the_largest_first(run, disc):
    ended = run("series", disc, "--json")
    assert (ended.code, ended.err) == (0, "")
    sizes = {
        name: sum(path.stat().st_size for path in (disc / name).iterdir()) for name in ("a", "b")
    }
    assert json.loads(ended.out) == {
        "series": [
            {"uid": "1.2.4", "description": "t1_large", "modality": "MR", "kind": "",
             "slices": 5, "rows": 16, "columns": 10, "files": 5, "bytes": sizes["b"], "parts": []},
            {"uid": "1.2.3", "description": "t2_small", "modality": "MR", "kind": "",
             "slices": 3, "rows": 8, "columns": 12, "files": 3, "bytes": sizes["a"], "parts": []},
        ]
    }  # fmt: skip


def test_for_people_each_series_is_described(run, disc):
    ended = run("series", disc)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1.2.4\n  t1_large\n  MR; 5 slices of 16×10; 5 files, ")
    assert "1.2.3\n  t2_small\n  MR; 3 slices of 8×12; 3 files, " in ended.out


def test_dates_and_patients_stay_hidden_unless_asked_for(run, disc):
    for words in ([], ["--json"]):
        said = run("series", disc, *words).out
        assert "2019" not in said
        assert "Doe" not in said
        assert "4711" not in said
    assert [each["date"] for each in json.loads(run("series", disc, "--dates", "--json").out)[
        "series"]] == ["20190201", "20190203"]  # fmt: skip
    assert "; 20190203\n" in run("series", disc, "--dates").out


def test_a_folder_without_series_holds_none(run, scan):
    ended = run("series", scan.parent)
    assert (ended.code, ended.err) == (0, "")
    assert "holds no DICOM series." in ended.out
    assert json.loads(run("series", scan.parent, "--json").out) == {"series": []}


def test_parts_are_numbered_and_can_be_chosen(run, tmp_path):
    write_dicom_series(tmp_path / "dual", phantom((8, 8, 12)), series="1.2.5",
                       positions=[(0, 0, 3 * (k // 2)) for k in range(8)],
                       EchoTime=[12, 80] * 4)  # fmt: skip
    shown = run("series", tmp_path / "dual").out
    assert "    part 1: echo 1, TE 12 ms\n    part 2: echo 2, TE 80 ms\n" in shown
    (listed,) = json.loads(run("series", tmp_path / "dual", "--json").out)["series"]
    assert (listed["slices"], listed["parts"]) == (4, ["echo 1, TE 12 ms", "echo 2, TE 80 ms"])
    ended = run("convert", tmp_path / "dual", tmp_path / "b.nii.gz", "--part", "2")
    assert (ended.code, ended.err) == (0, "")
    np.testing.assert_array_equal(read(tmp_path / "b.nii.gz").voxels, phantom((8, 8, 12))[1::2])
    ended = run("convert", tmp_path / "dual", tmp_path / "c.nii.gz", "--part", "3")
    assert ended.code == 1
    assert "has no volume 3: it holds 2. Choose one from 1 to 2." in ended.err


def test_a_localizer_comes_last_and_says_so(run, disc):
    write_dicom_series(disc / "c", phantom((9, 8, 8)), series="1.2.6", description="scout",
                       ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])  # fmt: skip
    said = run("series", disc).out
    assert "MR; localizer; 9 slices of 8×8" in said.splitlines()[-1]
    assert [each["kind"] for each in json.loads(run("series", disc, "--json").out)["series"]] == [
        "", "", "localizer"]  # fmt: skip


def test_an_archive_is_listed_as_its_folder(run, disc, tmp_path):
    archive = shutil.make_archive(str(tmp_path / "disc"), "zip", disc)
    assert run("series", archive, "--json").out == run("series", disc, "--json").out
    ended = run("convert", archive, tmp_path / "a.nii.gz", "--series", "1.2.3")
    assert ended.code == 0
    assert ended.err == "isthmus: disc.zip: 1 file is left out: not DICOM.\n"
    assert read(tmp_path / "a.nii.gz").shape == (3, 8, 12)
